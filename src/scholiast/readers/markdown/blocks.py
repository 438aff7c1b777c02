"""The block tokens of a Markdown text become its tree: the body's blocks and the notes'."""

from __future__ import annotations

import re
from typing import Final

from markdown_it.token import Token

from scholiast.readers.markdown.grammar import parse_blocks
from scholiast.readers.markdown.html import html_blocks
from scholiast.readers.markdown.inline import InlineReader, Run, trimmed
from scholiast.readers.markdown.pieces import TEXT, Block, Column, NoteText, Piece, Range, Tree, cut
from scholiast.readers.markdown.places import BLANKS, Lines, Places, of_lines, of_span
from scholiast.structure.sections import opening

#: An underlined heading of more characters is a paragraph above a rule.
LONGEST_UNDERLINED: Final = 200

_ENCLOSING: Final = {
    "blockquote_open": "quote",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "table_open": "table",
}
_CLOSING: Final = frozenset(kind.replace("_open", "_close") for kind in _ENCLOSING)
#: Attributes behind a heading: ``{#origins .unnumbered}``, ``{-}``.
_ATTRIBUTES: Final = re.compile(r"\s*\{\s*(?:-|[#.][^{}]*|[\w-]+=[^{}]*)\}\s*$")


def tree(text: str, start: int) -> Tree:
    """Return the tree of the Markdown that begins at an offset of a file's text."""
    lines = Lines(text, start)
    tokens, known = parse_blocks(lines.plain)
    walker = _Walker(text, lines, known)
    for token in tokens:
        walker.take(token)
    return walker.finished()


class _Walker:
    """The state of going through the block tokens of one document."""

    def __init__(self, text: str, lines: Lines, known: dict[str, object]) -> None:
        self.text = text
        self.lines = lines
        self.inline = InlineReader(text, known)
        self.tree = Tree()
        self.column = self.tree.body
        self.outer: list[Column] = []
        self.open: list[tuple[Column, str, int]] = []
        self.heading = 0
        self.hashes = 0  # number signs in front of the heading; none where it is underlined
        self.number = 0

    def take(self, token: Token) -> None:
        """Take the next block token."""
        kind = token.type
        if kind in _ENCLOSING:
            self.open.append((self.column, _ENCLOSING[kind], len(self.column.blocks)))
        elif kind in _CLOSING:
            column, name, first = self.open.pop()
            if len(column.blocks) > first:
                column.ranges.append(Range(name, first, len(column.blocks)))
        elif kind == "heading_open":
            self.heading, self.hashes = int(token.tag[1]), token.markup.count("#")
        elif kind == "list_item_open":
            self.number = int(token.info) if token.info.isdecimal() else 0
        elif kind == "tr_open":
            self._row(*token.meta["lines"][0])
        elif kind == "inline" and self.open and self.open[-1][1] == "table":
            return  # its row was read whole
        elif kind == "inline":
            self._paragraph(token)
        elif kind in ("fence", "code_block", "html_block"):
            self._verbatim(token)
        elif kind == "footnote_reference_open":
            self._note(token)
        elif kind == "footnote_reference_close":
            self.column = self.outer.pop()

    def finished(self) -> Tree:
        """Return the tree; notes written inline stand among the others by their place."""
        self.tree.notes.extend(self.inline.notes)
        self._bold_headings()
        return self.tree

    def _bold_headings(self) -> None:
        """Make headings of the bold lines whose words open a section (Notes, Review by …)."""
        level = 0
        for block in self.tree.body.blocks:
            if block.kind == "heading":
                level = block.level
            elif self._bold(block) and opening(block.text(self.text)).strong:
                block.kind, block.level = "heading", min(level + 1, 6)

    def _bold(self, block: Block) -> bool:
        """Return whether a paragraph is one line all in bold."""
        words = [piece for piece in block.pieces if piece.kind == TEXT]
        if block.kind != "paragraph" or not words or any(piece.words == " " for piece in words):
            return False
        start, end = words[0].start, words[-1].end
        marks = self.text[start - 2 : start], self.text[end : end + 2]
        return marks in (("**", "**"), ("__", "__")) and marks[0] not in self.text[start:end]

    def _add(self, block: Block) -> None:
        block.number, self.number = self.number, 0
        self.column.blocks.append(block)

    def _paragraph(self, token: Token) -> None:
        """Add a paragraph or a heading."""
        content, spans = token.content, token.meta["lines"]
        if not self.hashes and len(content) > LONGEST_UNDERLINED:
            self.heading = 0  # a rule right below a paragraph, not a heading of many lines
        if self.heading and self.hashes:
            first, end = spans[0]
            at = self.lines.plain.find(content, first + self.hashes, end)
            places = of_span(at, end, self.lines)
        else:
            places = of_lines(content, spans, self.lines)
        pieces = self.inline.read(content, places)
        block = Block("heading" if self.heading else "paragraph", pieces, self.heading)
        if self.heading:
            block.pieces = self._without_attributes(pieces)
            self.heading = 0
        self._add(block)

    def _without_attributes(self, pieces: list[Piece]) -> list[Piece]:
        words = "".join([piece.text(self.text) for piece in pieces])
        match = _ATTRIBUTES.search(words)
        if match is None:
            return pieces
        return trimmed(cut(pieces, match.start(), len(words)), self.text)

    def _verbatim(self, token: Token) -> None:
        """Add a block of code or of HTML, line by line."""
        spans: list[tuple[int, int]] = token.meta["lines"]
        if token.type == "fence" and token.info.strip().startswith("{"):
            return  # a program to be run, as in Quarto and R Markdown
        if token.type == "fence":
            count = token.content.count("\n") + (not token.content.endswith("\n"))
            spans = spans[1 : 1 + (count if token.content else 0)]
        spans = [(a, b) for a, b in spans if self.lines.plain[a:b].strip(BLANKS)]
        if not spans:
            return
        content = "\n".join(self.lines.plain[first:end] for first, end in spans)
        places = of_lines(content, spans, self.lines)
        if token.type == "html_block":
            for block in html_blocks(self.text, content, places):
                self._add(block)
            return
        run = Run(self.text, places, content)
        self._code(run, content)
        self._add(Block("paragraph", trimmed(run.pieces, self.text)))

    def _code(self, run: Run, content: str) -> None:
        """Add the lines of program text, each a line of its own."""
        position = 0
        for stretch, line in enumerate(content.split("\n")):
            if stretch:
                run.hard_break(run.places.at(position - 1), run.places.ends[stretch - 1])
            run.add(position, position + len(line))
            position += len(line) + 1

    def _note(self, token: Token) -> None:
        """Begin the definition of a note; what follows belongs to it."""
        start, end = (self.lines.back(at) for at in token.meta["at"])
        note = NoteText(token.meta["label"], Column(), (start, end), len(self.tree.body.blocks))
        self.tree.notes.append(note)
        self.outer.append(self.column)
        self.column = note.column

    def _row(self, first: int, end: int) -> None:
        """Add a row of a table, a tabulator between its cells."""
        pieces: list[Piece] = []
        before = -1
        for fragments in cells(self.lines.plain[first:end]):
            content, places = self._cell(fragments, first)
            start = places.files[0]
            if before >= 0:
                pieces.append(Piece(TEXT, before, start, "\t"))
            pieces.extend(self.inline.read(content, places))
            before = places.ends[-1]
        self._add(Block("row", pieces))

    def _cell(self, fragments: list[tuple[int, int]], first: int) -> tuple[str, Places]:
        """Return the content of a cell, and its places; its stretches leave out backslashes."""
        plain = self.lines.plain
        starts: list[int] = []
        files: list[int] = []
        content = ""
        for start, end in fragments:
            starts.append(len(content))
            files.append(self.lines.back(first + start))
            content += plain[first + start : first + end]
        last = self.lines.back(first + fragments[-1][1])
        return content, Places(starts, files, [*files[1:], last])


def cells(row: str) -> list[list[tuple[int, int]]]:
    r"""Return the cells of a row as spans of it: more than one where ``\|`` stands in a cell.

    Blanks around a cell are left out, and so is an empty cell before the
    first bar and after the last (the rule of GitHub's tables).
    """
    found: list[list[tuple[int, int]]] = []
    fragments: list[tuple[int, int]] = []
    start = 0
    escaped = False
    for position, character in enumerate(row):
        if character == "|" and not escaped:
            found.append([*fragments, (start, position)])
            fragments, start = [], position + 1
        elif character == "|":
            fragments.append((start, position - 1))
            start = position
        escaped = character == "\\"
    found.append([*fragments, (start, len(row))])
    if len(found) > 1 and _empty(row, found[0]):
        del found[0]
    if len(found) > 1 and _empty(row, found[-1]):
        del found[-1]
    return [_bare(row, fragments) for fragments in found]


def _empty(row: str, fragments: list[tuple[int, int]]) -> bool:
    return all(not row[start:end].strip(" \t") for start, end in fragments)


def _bare(row: str, fragments: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the fragments of a cell without the blanks around it."""
    start, end = fragments[0]
    start += len(row[start:end]) - len(row[start:end].lstrip(" \t"))
    fragments = [(start, end), *fragments[1:]]
    start, end = fragments[-1]
    return [*fragments[:-1], (start, start + len(row[start:end].rstrip(" \t")))]
