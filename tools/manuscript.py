"""Markdown as a manuscript: blocks, notes and marks, faults of the notes included.

The footnote syntax is read here and not by a plug-in, because a manuscript may
have marks without notes, notes without marks, and one label twice; all of them
are kept. Everything else is CommonMark with tables, as markdown-it-py reads it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from markdown_it.token import Token

_DEFINITION: Final = re.compile(r"^\[\^([^\]\s]+)\]:[ \t]?(.*)$")
_MARK: Final = re.compile(r"\[\^([^\]\s]+)\]")
#: A mark while markdown-it reads the text around it: punctuation, as ``[^1]`` is.
_HELD: Final = re.compile(r"⸨(\d+)⸩")
_FENCE: Final = re.compile(r"^ {0,3}(```|~~~)")
#: A heading under which the notes of a text are printed.
_NOTES_HEADING: Final = frozenset(
    {"notes", "endnotes", "примечания", "注释", "註釋", "anmerkungen"}
)


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words set in one way."""

    text: str
    italic: bool = False
    bold: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A note mark, by the label it has in the Markdown."""

    label: str


Inline = Run | Mark
Words = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, a paragraph of a quotation, an item of a list, a row of a table.

    ``cells`` is one run of words, or one for each cell of a row; ``level`` is
    the depth of a heading or of a list.
    """

    kind: str  # "heading", "paragraph", "quote", "item" or "row"
    cells: tuple[Words, ...]
    level: int = 0
    ordered: int = 0  # the number of an item in a numbered list

    @property
    def words(self) -> Words:
        """The words of a block that is no row."""
        return self.cells[0] if self.cells else ()


@dataclass(frozen=True, slots=True)
class Note:
    """A note with its paragraphs; an empty note has none."""

    label: str
    paragraphs: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A text as its author handed it in."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    head: dict[str, Any] = field(default_factory=dict)

    def marks(self) -> tuple[str, ...]:
        """Return the labels of the marks in the body, in reading order."""
        return tuple(
            inline.label
            for block in self.blocks
            for cell in block.cells
            for inline in cell
            if isinstance(inline, Mark)
        )

    @property
    def endnotes(self) -> bool:
        """Whether the text ends with a heading under which its notes are printed."""
        last = self.blocks[-1] if self.blocks else None
        return (
            last is not None
            and last.kind == "heading"
            and plain(last.words).strip().casefold() in _NOTES_HEADING
        )

    def numbers(self) -> dict[str, int]:
        """Return the printed number of every label, running through the whole text.

        Labels that are numbers already (``1``, ``①``) are kept; others are
        numbered in the order of their marks, then of their notes.
        """
        labels = tuple(dict.fromkeys((*self.marks(), *(note.label for note in self.notes))))
        given = {label: number_of(label) for label in labels}
        if all(given.values()):
            return given
        return {label: number for number, label in enumerate(labels, 1)}


def number_of(label: str) -> int:
    """Return the number a label is, or 0: ``12``, ``①`` and ``¹²`` are numbers."""
    folded = unicodedata.normalize("NFKC", label)
    return int(folded) if folded.isascii() and folded.isdecimal() else 0


def plain(words: Sequence[Inline]) -> str:
    """Return words without how they are set and without note marks."""
    return "".join(inline.text for inline in words if isinstance(inline, Run))


def parse(text: str) -> Manuscript:
    """Return the manuscript that a Markdown text is."""
    head, body = _head(text.replace("\r\n", "\n"))
    body, definitions = _definitions(body)
    labels: list[str] = []
    blocks = tuple(_blocks(_hold(body, labels), labels))
    notes = tuple(
        Note(label, tuple(block.words for block in _blocks(_hold(words, labels), labels)))
        for label, words in definitions
    )
    return Manuscript(blocks, notes, head)


def _head(text: str) -> tuple[dict[str, Any], str]:
    """Return the values of a YAML head, and the text after it."""
    import yaml

    found = re.match(r"\A---\n(.*?)\n(?:---|\.\.\.)\n", text, re.DOTALL)
    if not found:
        return {}, text
    values = yaml.safe_load(found[1])
    return (values if isinstance(values, dict) else {}), text[found.end() :]


def _definitions(body: str) -> tuple[str, list[tuple[str, str]]]:
    """Return a body without its footnote definitions, and these in order."""
    kept: list[str] = []
    found: list[tuple[str, list[str]]] = []
    inside = fenced = blank = False
    for line in body.split("\n"):
        fenced ^= bool(_FENCE.match(line))
        opened = None if fenced else _DEFINITION.match(line)
        if opened:
            found.append((opened[1], [opened[2]]))
            inside, blank = True, False
        elif inside and (not line.strip() or line.startswith(("    ", "\t"))):
            found[-1][1].append(line[4:] if line.startswith("    ") else line.lstrip("\t"))
            blank = not line.strip()
        elif inside and not blank and found[-1][1] != [""]:
            found[-1][1].append(line)  # a lazy continuation
        else:
            inside = False
            kept.append(line)
    return "\n".join(kept), [(label, "\n".join(lines)) for label, lines in found]


def _hold(text: str, labels: list[str]) -> str:
    """Return a text whose marks are held as ⸨n⸩, n being the place of the label in ``labels``."""

    def held(match: re.Match[str]) -> str:
        labels.append(match[1])
        return f"⸨{len(labels) - 1}⸩"

    return _MARK.sub(held, text)


def _blocks(text: str, labels: Sequence[str]) -> Iterator[Block]:
    """Yield the blocks of a Markdown text whose marks are held."""
    from markdown_it import MarkdownIt

    around: list[Token] = []
    cells: list[Words] = []
    count = 0
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.nesting == 1:
            around.append(token)
            cells = [] if token.type == "tr_open" else cells
            count = int(token.info) if token.type == "list_item_open" and token.info else 0
        elif token.nesting == -1:
            around.pop()
            if token.type == "tr_close":
                yield Block("row", tuple(cells))
        elif token.type == "inline":
            words = _words(token.children or (), labels)
            if around[-1].type in ("th_open", "td_open"):
                cells.append(words)
            elif words:
                yield _block(around, words, count)
        elif token.type in ("fence", "code_block"):
            yield Block("paragraph", ((Run(token.content.rstrip("\n")),),))


def _block(around: Sequence[Token], words: Words, count: int) -> Block:
    types = [token.type for token in around]
    if types[-1] == "heading_open":
        return Block("heading", (words,), level=int(around[-1].tag[1:]))
    if "list_item_open" in types:
        depth = types.count("list_item_open")
        return Block("item", (words,), level=depth, ordered=count)
    return Block("quote" if "blockquote_open" in types else "paragraph", (words,))


def _words(children: Sequence[Token], labels: Sequence[str]) -> Words:
    """Return the inlines of one run of Markdown words."""
    found: list[Inline] = []
    italic = bold = 0
    href = ""
    for token in children:
        if token.type in ("em_open", "em_close"):
            italic += token.nesting
        elif token.type in ("strong_open", "strong_close"):
            bold += token.nesting
        elif token.type == "link_open":
            href = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            href = ""
        else:
            text = {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content)
            text = "" if token.type == "html_inline" else text
            _add(found, text, labels, Run("", bool(italic), bool(bold), href))
    return tuple(found)


def _add(found: list[Inline], text: str, labels: Sequence[str], how: Run) -> None:
    """Add words, their marks let go again, to a run set in the same way where there is one."""
    for at, piece in enumerate(_HELD.split(text)):
        if at % 2:
            found.append(Mark(labels[int(piece)]))
            continue
        last = found[-1] if found else None
        if isinstance(last, Run) and (last.italic, last.bold, last.href) == (
            how.italic,
            how.bold,
            how.href,
        ):
            found[-1] = Run(last.text + piece, how.italic, how.bold, how.href)
        elif piece:
            found.append(Run(piece, how.italic, how.bold, how.href))
