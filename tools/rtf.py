"""A manuscript as Rich Text Format with real notes, as Word and WordPad read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from tools.manuscript import Block, Inline, Manuscript, Mark, Note, Run, Words, number_of

_TITLE, _QUOTE, _NOTE, _ITEM = 20, 21, 22, 23
_STYLES: Final = {
    0: "Normal", 1: "heading 1", 2: "heading 2", 3: "heading 3", 4: "heading 4",
    _TITLE: "Title", _QUOTE: "Quote", _NOTE: "footnote text", _ITEM: "List Paragraph",
}  # fmt: skip
#: What Word writes of each style once more in every paragraph.
_SETTINGS: Final = {
    1: r"\outlinelevel0\sb240\sa120\b\fs28 ",
    2: r"\outlinelevel1\sb240\sa120\b\fs25 ",
    3: r"\outlinelevel2\sb240\sa120\b\fs23 ",
    4: r"\outlinelevel3\sb240\sa120\b\fs23 ",
    _TITLE: r"\sa240\b\fs38 ",
    _QUOTE: r"\li567\ri567\sa120\fs23 ",
    _NOTE: r"\sa60\fs19 ",
    _ITEM: r"\li720\fi-360\sa60\fs23 ",
}
_PLAIN: Final = r"\sa120\fs23 "
_WIDTH: Final = 9026  # of A4 with margins of an inch, in twentieths of a point
_SPECIAL: Final = {"\\": r"\\", "{": r"\{", "}": r"\}", "\n": r"\line ", "\t": r"\tab ",
                   "\u00a0": r"\~", "\u2011": r"\_", "\u00ad": r"\-"}  # fmt: skip


def write(manuscript: Manuscript) -> bytes:
    """Return a manuscript as the bytes of an .rtf file.

    A note is a group behind its mark: a mark without a note is a mark that no
    group follows, a note without a mark a group that no mark stands before; it
    shows its number itself.
    """
    writer = _Writer(manuscript)
    head = manuscript.head
    kind = r"\aftnnar" if manuscript.endnotes else r"\ftnnar"
    if any(not label.isascii() and number_of(label) for label in manuscript.marks()):
        kind = r"\ftnncnum"
    info = f"{{\\title {_words(str(head.get('title', '')))}}}" + "".join(
        f"{{\\author {_words('; '.join(_creators(head)))}}}"
    )
    sheet = "".join(
        f"{{\\s{number}{_SETTINGS.get(number, _PLAIN)}\\sbasedon0 {name};}}\n"
        for number, name in _STYLES.items()
    )
    lines = [
        r"{\rtf1\ansi\ansicpg1252\uc1\deff0",
        r"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}}",
        f"{{\\stylesheet\n{sheet}}}",
        _LISTS,
        f"{{\\info{info}}}",
        rf"\paperw11906\paperh16838\margl1440\margr1440\margt1440\margb1440{kind}",
        *writer.body(),
        "}",
    ]
    return "\n".join(lines).encode("ascii")


def _creators(head: dict[str, Any]) -> tuple[str, ...]:
    for key in ("authors", "editors", "author", "editor"):
        value = head.get(key)
        if value:
            return tuple(map(str, value)) if isinstance(value, list) else (str(value),)
    return ()


@dataclass
class _Writer:
    """Writes the paragraphs of one body; knows which notes are set already."""

    manuscript: Manuscript
    _set: set[str] = field(default_factory=set)

    def body(self) -> Iterator[str]:
        """Yield the paragraphs and rows."""
        blocks = self.manuscript.blocks
        levels = [block.level for block in blocks if block.kind == "heading"]
        titled = bool(levels) and blocks[0].kind == "heading" and levels.count(levels[0]) == 1
        titled = titled and levels[0] == min(levels)
        shift = min(levels, default=1) - (0 if titled else 1)
        for kind, group in groupby(blocks, key=lambda block: block.kind):
            for block in group:
                if kind == "row":
                    yield self._row(block)
                elif kind == "item":
                    yield self._item(block)
                else:
                    title = titled and block is blocks[0]
                    style = _TITLE if title else {"quote": _QUOTE}.get(kind, 0)
                    if kind == "heading" and not title:
                        style = block.level - shift
                    yield self._paragraph(style, block.words)

    def _paragraph(self, style: int, words: Words, more: str = "") -> str:
        return f"{_opening(style)}{more}{self._inlines(words)}\\par"

    def _item(self, block: Block) -> str:
        list_ = 2 if block.ordered else 1
        sign = f"{block.ordered}." if block.ordered else r"\bullet"
        label = f"{{\\listtext {sign}\\tab }}"
        more = f"\\ls{list_}\\ilvl{block.level - 1} {label}"
        return self._paragraph(_ITEM, block.words, more)

    def _row(self, block: Block) -> str:
        width = _WIDTH // max(1, len(block.cells))
        edges = "".join(f"\\cellx{width * number}" for number in range(1, len(block.cells) + 1))
        cells = "".join(
            f"{_opening(0)}\\intbl {self._inlines(cell)}\\cell\n" for cell in block.cells
        )
        return f"\\trowd\\trgaph108{edges}\n{cells}\\row"

    def _inlines(self, words: Iterable[Inline]) -> str:
        return "".join(
            self._mark(inline.label) if isinstance(inline, Mark) else _run(inline)
            for inline in words
        )

    def _mark(self, label: str) -> str:
        """Return the mark of a note with the note, and the notes without a mark behind it."""
        if label in self._set:
            return f"{{\\super {_words(str(self.manuscript.numbers()[label]))}}}"
        self._set.add(label)
        notes = self.manuscript.notes
        at = next((n for n, note in enumerate(notes) if note.label == label), None)
        mark = r"{\super\chftn}"
        if at is None:
            return mark
        return mark + self._note(notes[at], mark) + "".join(self._uncalled(at))

    def _uncalled(self, at: int) -> Iterator[str]:
        called = set(self.manuscript.marks())
        before = [note.label for note in self.manuscript.notes[: at + 1]]
        for note in self.manuscript.notes[at + 1 :]:
            if note.label in called and note.label not in before:
                break
            yield self._note(note, f"{{\\super {self.manuscript.numbers()[note.label]}}}")
            before.append(note.label)

    def _note(self, note: Note, own: str) -> str:
        alternative = r"\ftnalt" if self.manuscript.endnotes else ""
        paragraphs: Sequence[Words] = note.paragraphs or ((),)
        inside = "\\par\n".join(f"{_opening(_NOTE)}{self._inlines(words)}" for words in paragraphs)
        first = _opening(_NOTE)
        return f"{{\\footnote{alternative}{first}{own} {inside.removeprefix(first)}}}"


def _opening(style: int) -> str:
    """Return how a paragraph of a style begins."""
    return f"\\pard\\plain\\s{style}{_SETTINGS.get(style, _PLAIN)}"


def _run(run: Run) -> str:
    words = _words(run.text)
    looks = (r"\b" if run.bold else "") + (r"\i" if run.italic else "")
    if looks:
        words = f"{{{looks} {words}}}"
    if run.href:
        code = f'HYPERLINK "{_words(run.href)}"'
        words = f"{{\\field{{\\*\\fldinst {code}}}{{\\fldrslt {words}}}}}"
    return words


def _words(text: str) -> str:
    """Return characters as RTF: the rest by its code, with a question mark."""
    found: list[str] = []
    for character in text:
        if character in _SPECIAL:
            found.append(_SPECIAL[character])
        elif character.isascii():
            found.append(character)
        else:
            codes = character.encode("utf-16-le")
            for at in range(0, len(codes), 2):
                code = int.from_bytes(codes[at : at + 2], "little", signed=True)
                found.append(f"\\u{code}?")
    return "".join(found)


def _list(number: int, form: str, sign: str) -> str:
    level = (
        f"{{\\listlevel\\levelnfc{form}\\levelstartat1{{\\leveltext{sign}}}{{\\levelnumbers;}}"
        "\\fi-360\\li720}"
    )
    return f"{{\\list\\listtemplateid{number}{level}\\listid{number}}}"


_BULLET: Final = r"\'01\u8226 ?;"
_NUMBER: Final = r"\'02\'00.;"
_LISTS: Final = (
    f"{{\\*\\listtable{_list(1, '23', _BULLET)}{_list(2, '0', _NUMBER)}}}\n"
    "{\\*\\listoverridetable{\\listoverride\\listid1\\listoverridecount0\\ls1}"
    "{\\listoverride\\listid2\\listoverridecount0\\ls2}}"
)
