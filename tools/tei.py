"""A manuscript as TEI P5, tagged as an edition would: notes inline at their marks.

Divisions nest as the headings do; the title of the whole is the heading of the
body. White space between blocks is indentation and no text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final

from tools.flow import section
from tools.manuscript import Block, Inline, Manuscript, Note, Run, Words, number_of, plain

_NAMESPACE: Final = "http://www.tei-c.org/ns/1.0"


def write(manuscript: Manuscript) -> bytes:
    """Return a manuscript as the bytes of a TEI file.

    A mark without a note is a reference to an id that nothing has; a note
    without a mark, and the second of two notes with one label, stand between
    the blocks, behind the note before them.
    """
    writer = _Writer(manuscript)
    head = manuscript.head
    language = str(head.get("language", "en"))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<TEI xmlns="{_NAMESPACE}">',
        *_header(head, language),
        f'  <text xml:lang="{escape(language)}">',
        *writer.text(),
        "  </text>",
        "</TEI>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _header(head: dict[str, Any], language: str) -> Iterator[str]:
    yield "  <teiHeader>"
    yield "    <fileDesc>"
    yield "      <titleStmt>"
    yield f"        <title>{_text(str(head.get('title', '')))}</title>"
    for tag, names in (("author", "authors"), ("editor", "editors")):
        value = head.get(names) or head.get(tag) or ()
        for name in value if isinstance(value, list) else [value] if value else ():
            yield f"        <{tag}>{_text(str(name))}</{tag}>"
    yield "      </titleStmt>"
    yield "      <publicationStmt>"
    yield "        <p>An invented specimen.</p>"
    yield "      </publicationStmt>"
    yield "      <sourceDesc>"
    yield "        <p>Born digital.</p>"
    yield "      </sourceDesc>"
    yield "    </fileDesc>"
    yield "    <profileDesc>"
    yield "      <langUsage>"
    yield f'        <language ident="{escape(language)}"/>'
    yield "      </langUsage>"
    yield "    </profileDesc>"
    yield "  </teiHeader>"


def _text(words: str) -> str:
    return escape(words, quote=False)


@dataclass
class _Writer:
    """Writes the blocks; knows which notes were set."""

    manuscript: Manuscript
    numbers: dict[str, int] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    loose: dict[str, list[Note]] = field(default_factory=dict)  # by the label called before them
    called: set[str] = field(default_factory=set)
    due: list[Note] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.numbers = self.manuscript.numbers()
        marks = self.manuscript.marks()
        last = marks[0] if marks else ""
        for note in self.manuscript.notes:
            if note.label in marks and note.label not in self.notes:
                self.notes[note.label] = note
                last = note.label
            else:
                self.loose.setdefault(last, []).append(note)

    def text(self) -> list[str]:
        """Return the lines of the front, body and back."""
        blocks = self.manuscript.blocks
        levels = [block.level for block in blocks if block.kind == "heading"]
        titled = bool(levels) and blocks[0].kind == "heading" and levels.count(levels[0]) == 1
        titled = titled and levels[0] == min(levels)
        self._line(2, "<body>")
        open_: list[int] = []
        at = 0
        listed = False
        while at < len(blocks):
            block = blocks[at]
            depth = 3 + len(open_)
            if block.kind == "heading":
                if titled and at == 0:
                    self._line(3, f"<head>{self._words(block.words)}</head>")
                else:
                    while open_ and open_[-1] >= block.level:
                        open_.pop()
                        self._line(3 + len(open_), "</div>")
                    kind = section(plain(block.words), whole=False, taken=[]).kind
                    listed = kind == "bibliography"
                    self._line(3 + len(open_), _division(kind))
                    open_.append(block.level)
                    self._line(3 + len(open_), f"<head>{self._words(block.words)}</head>")
                at += 1
            else:
                end = at
                while end < len(blocks) and blocks[end].kind == block.kind:
                    end += 1
                self._group(blocks[at:end], depth, listed=listed)
                at = end
            self._loose(3 + len(open_))
        while open_:
            open_.pop()
            self._line(3 + len(open_), "</div>")
        self._line(2, "</body>")
        return self.lines

    def _line(self, depth: int, words: str) -> None:
        self.lines.append("  " * depth + words)

    def _loose(self, depth: int) -> None:
        """Set the notes that no mark calls."""
        for note in self.due:
            self._line(depth, self._note(note, named=False))
        self.due.clear()

    def _group(self, blocks: Sequence[Block], depth: int, *, listed: bool) -> None:
        """Write blocks of one kind that follow one another."""
        kind = blocks[0].kind
        if kind == "item":
            self._items(blocks, depth)
        elif kind == "row":
            self._line(depth, "<table>")
            for number, row in enumerate(blocks):
                role = ' role="label"' if number == 0 else ""
                cells = "".join(f"<cell>{self._words(cell)}</cell>" for cell in row.cells)
                self._line(depth + 1, f"<row{role}>{cells}</row>")
            self._line(depth, "</table>")
        elif kind == "quote":
            self._line(depth, "<quote>")
            for block in blocks:
                self._line(depth + 1, f"<p>{self._words(block.words)}</p>")
            self._line(depth, "</quote>")
        elif listed:
            self._line(depth, "<listBibl>")
            for block in blocks:
                self._line(depth + 1, f"<bibl>{self._words(block.words)}</bibl>")
            self._line(depth, "</listBibl>")
        else:
            for block in blocks:
                self._line(depth, f"<p>{self._words(block.words)}</p>")
                self._loose(depth)

    def _items(self, blocks: Sequence[Block], depth: int) -> None:
        """Write the items of a list; deeper ones stand in the item before them."""
        kind = ' rend="numbered"' if blocks[0].ordered else ""
        self._line(depth, f"<list{kind}>")
        level = blocks[0].level
        at = 0
        while at < len(blocks):
            end = at + 1
            while end < len(blocks) and blocks[end].level > level:
                end += 1
            words = self._words(blocks[at].words)
            if end == at + 1:
                self._line(depth + 1, f"<item>{words}</item>")
            else:
                self._line(depth + 1, f"<item>{words}")
                self._items(blocks[at + 1 : end], depth + 2)
                self._line(depth + 1, "</item>")
            at = end
        self._line(depth, "</list>")

    def _words(self, words: Words) -> str:
        return "".join(self._inline(inline) for inline in words)

    def _inline(self, inline: Inline) -> str:
        if isinstance(inline, Run):
            return _run(inline)
        number = self.numbers[inline.label]
        note = self.notes.get(inline.label)
        if note is None or inline.label in self.called:
            return f'<ref type="note" target="#n{number}">{number}</ref>'
        self.called.add(inline.label)
        self.due += self.loose.get(inline.label, [])
        return self._note(note, named=True)

    def _note(self, note: Note, *, named: bool) -> str:
        number = self.numbers[note.label]
        printed = note.label if number_of(note.label) else str(number)
        name = f' xml:id="n{number}"' if named else ""
        place = "end" if self.manuscript.endnotes else "foot"
        if len(note.paragraphs) == 1:
            inner = self._words(note.paragraphs[0])
        else:
            inner = "".join(f"<p>{self._words(words)}</p>" for words in note.paragraphs)
        return f'<note place="{place}" n="{escape(printed)}"{name}>{inner}</note>'


def _division(kind: str) -> str:
    told = kind if kind in ("introduction", "bibliography", "notes", "review", "response") else ""
    return f'<div type="{told}">' if told else "<div>"


def _run(run: Run) -> str:
    words = "<lb/>".join(_text(line) for line in run.text.split("\n"))
    if run.italic:
        words = f'<hi rend="italic">{words}</hi>'
    if run.bold:
        words = f'<hi rend="bold">{words}</hi>'
    return f'<ref target="{escape(run.href)}">{words}</ref>' if run.href else words
