"""The blocks and notes of a manuscript as strips, which pages are filled with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

from tools.manuscript import Block, Manuscript, Mark, Note, Words, plain
from tools.pdf_layout import Layout, Set, Strip, labels_of
from tools.pdf_lines import Line, set_lines
from tools.pdf_rows import rows
from tools.pdf_type import Glyph, Style, glyphs, width
from tools.plain import mark

#: Sizes of headings by their depth below the title, in sizes of the body.
_HEADINGS: Final = (1.2, 1.05, 1.0)
#: How much of its size a mark has, and how far it is raised, in sizes.
_MARK: Final = 0.64
_RAISED: Final = 0.36
#: Lines that a large initial is deep.
_DEEP: Final = 2


@dataclass
class Setter:
    """Sets the blocks of one manuscript in one design."""

    manuscript: Manuscript
    layout: Layout
    chinese: bool = False
    numbers: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        """Find the numbers of the notes and the language of the text."""
        self.numbers = self.manuscript.numbers()
        self.chinese = str(self.manuscript.head.get("language", "")).startswith("zh")

    def body(self) -> Iterator[Strip]:
        """Yield the strips of the text, endnotes included."""
        blocks = self.manuscript.blocks
        levels = [block.level for block in blocks if block.kind == "heading"]
        titled = bool(levels) and blocks[0].kind == "heading" and levels.count(levels[0]) == 1
        before = ""
        for kind, group in groupby(blocks, key=lambda block: block.kind):
            several = tuple(group)
            if kind == "row":
                cells = [[self.words(cell, self._style()) for cell in row.cells] for row in several]
                yield from rows(cells, self.layout)
                before = kind
                continue
            for block in several:
                if kind == "heading":
                    depth = block.level - min(levels) - titled
                    yield from self._heading(block, depth)
                elif kind in ("quote", "item"):
                    yield from self._narrow(block, first=before != kind)
                else:
                    yield from self._paragraph(block, after=before)
                before = kind
        if self.manuscript.endnotes:
            for note in self.manuscript.notes:
                yield from self.note(note)

    def notes(self) -> dict[str, list[Strip]]:
        """Return the strips of the notes by the label of the mark that brings them along.

        Notes that no mark calls, and second ones under a label, come along
        with the note before them.
        """
        if self.manuscript.endnotes:
            return {}
        called = dict.fromkeys(self.manuscript.marks())
        found: dict[str, list[Strip]] = {}
        last = next(iter(called), "")
        for note in self.manuscript.notes:
            last = note.label if note.label in called and note.label not in found else last
            found.setdefault(last, []).extend(self.note(note))
        return found

    def note(self, note: Note) -> Iterator[Strip]:
        """Yield the strips of one note, its number first."""
        style = Style(self.layout.note_size)
        number = mark(note.label, self.numbers[note.label])
        raised = self.layout.note_numbers == "raised"
        how = self._raised(style, "") if raised else style
        head = glyphs(number if raised else f"{number}.", how, chinese=self.chinese)
        head += glyphs(" ", style)
        for at, words in enumerate(note.paragraphs or ((),)):
            own = [*(head if at == 0 else ()), *self.words(words, style)]
            yield from self._strips(own, indent=0.9 * style.size)

    def words(self, words: Words, style: Style) -> list[Glyph]:
        """Return words as characters, with their marks."""
        found: list[Glyph] = []
        for inline in words:
            if isinstance(inline, Mark):
                printed = mark(inline.label, self.numbers[inline.label])
                raised = self._raised(style, inline.label)
                found += glyphs(printed, raised, chinese=self.chinese)
            else:
                how = replace(
                    style,
                    italic=style.italic != inline.italic,
                    bold=style.bold or inline.bold,
                    href=inline.href,
                )
                found += glyphs(inline.text, how, chinese=self.chinese)
        return found

    def _style(self) -> Style:
        return Style(self.layout.size)

    def _raised(self, style: Style, label: str) -> Style:
        return Style(_MARK * style.size, rise=_RAISED * style.size, label=label)

    def _heading(self, block: Block, depth: int) -> Iterator[Strip]:
        """Yield the lines of a heading; a title (depth below 0) stands in the middle."""
        layout = self.layout
        size = layout.size * (1.5 if depth < 0 else _HEADINGS[min(depth, 2)])
        style = Style(size, bold=True, italic=depth > 1)
        lines = set_lines(
            self.words(block.words, style),
            lambda _: layout.column,
            justified=False,
            hyphenated=False,
        )
        for number, line in enumerate(lines):
            middle = (layout.column - width(line.glyphs)) / 2 if depth < 0 else 0.0
            last = number == len(lines) - 1
            yield Strip(
                size * 1.25 + (layout.between * 0.5 if last else 0.0),
                (Set(middle, size, line),),
                labels_of([line]),
                keep=len(lines) - number + 1,
                space=layout.between * 0.9 if number == 0 else 0.0,
                title=plain(block.words) if number == 0 else "",
            )

    def _narrow(self, block: Block, *, first: bool) -> Iterator[Strip]:
        """Yield the lines of a block quotation, or of an item of a list behind its sign."""
        quote = block.kind == "quote"
        style = Style(self.layout.size * 0.92) if quote else self._style()
        left = 18.0 * max(block.level, 1)
        own = self.words(block.words, style)
        strips = self._strips(own, left=left, right=18.0 if quote else 0.0)
        space = self.layout.between * (0.5 if first else 0.15)
        for number, strip in enumerate(strips):
            if number:
                yield strip
                continue
            sign = glyphs(f"{block.ordered}." if block.ordered else "•", style)
            signed = () if quote else (Set(left - 11, strip.items[0].y, Line(tuple(sign))),)
            yield replace(strip, items=(*signed, *strip.items), space=space)

    def _paragraph(self, block: Block, *, after: str) -> Iterator[Strip]:
        style = self._style()
        own = self.words(block.words, style)
        opening = after == "heading" and bool(own) and own[0].character.isalpha()
        plainly = opening and not own[0].style.bold and not own[0].style.italic
        space = self.layout.between * 0.5 if after in ("quote", "item", "row") else 0.0
        if plainly and self.layout.small_capitals:
            own = _small_capitals(own)
        if plainly and self.layout.drop_capitals and not self.chinese:
            strips = self._with_initial(own, style)
        else:
            indent = 0.0 if after == "heading" and not self.chinese else 1.5 * style.size
            strips = list(self._strips(own, indent=indent))
        for number, strip in enumerate(strips):
            yield replace(strip, space=space) if number == 0 else strip

    def _with_initial(self, own: list[Glyph], style: Style) -> list[Strip]:
        """Return a paragraph whose first letter is two lines deep, if it has three lines."""
        size = (self.layout.between * (_DEEP - 1) + 0.73 * style.size) / 0.73
        letter = glyphs(own[0].character, Style(size))
        indent = letter[0].width + 2.0
        lines = set_lines(
            own[1:],
            lambda number: self.layout.column - (indent if number < _DEEP else 0.0),
            hyphenated=self.layout.hyphenation,
        )
        if len(lines) <= _DEEP:
            return list(self._strips(own))
        strips = []
        for number, line in enumerate(lines):
            item = Set(indent if number < _DEEP else 0.0, style.size, line)
            initial = Set(0.0, style.size + self.layout.between * (_DEEP - 1), Line(tuple(letter)))
            items = (initial, item) if number == 0 else (item,)
            strips.append(Strip(self.layout.between, items, labels_of([line])))
        strips[0] = replace(strips[0], keep=_DEEP)
        return strips

    def _strips(
        self, own: Sequence[Glyph], *, indent: float = 0.0, left: float = 0.0, right: float = 0.0
    ) -> Iterator[Strip]:
        """Yield the lines of a paragraph."""
        size = max((glyph.style.size for glyph in own), default=self.layout.note_size)
        room = self.layout.column - left - right
        lines = set_lines(
            own,
            lambda number: room - (indent if number == 0 else 0.0),
            hyphenated=self.layout.hyphenation,
        )
        for number, line in enumerate(lines):
            x = left + (indent if number == 0 else 0.0)
            keep = 1 if number in (0, len(lines) - 2) and len(lines) > 2 else 0
            items = (Set(x, size, line),)
            yield Strip(size * self.layout.leading, items, labels_of([line]), keep=keep)


def _small_capitals(own: list[Glyph], words: int = 3) -> list[Glyph]:
    """Return characters whose first words are set in small capitals."""
    found: list[Glyph] = []
    blanks = 0
    for glyph in own:
        blanks += glyph.character == " "
        upper = glyph.character.upper()
        if blanks < words and found and upper != glyph.character and len(upper) == 1:
            found += glyphs(upper, replace(glyph.style, size=glyph.style.size * 0.8))
        else:
            found.append(glyph)
    return found
