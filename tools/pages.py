"""Galleys set as pages: lines of the body, notes at the foot, and what a page adds of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Final

from tools.flow import FIRST_MARK, Flow, Galley, NoteKey
from tools.lines import FAST, cut, display_width

if TYPE_CHECKING:
    from tools.extraction import Style

_SUPERSCRIPT: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
#: How many lines stand beside a drop capital, and how much narrower they are.
_BESIDE: Final = 3
_NARROWER: Final = 4
#: Below a heading there is room for this many lines, or it goes to the next page.
_KEPT_WITH_HEADING: Final = 4
_RULES: Final = {"blanks": " " * 56, "underscores": "_" * 20, "none": ""}


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line and where its words are from.

    ``role`` is "body", "note", "separator", "blank", "letter" or "furniture";
    ``galley`` is the number of a galley of the body, or the number of a
    galley of the note ``note``. ``end`` is where the line ends in that galley.
    """

    text: str
    role: str
    galley: int = -1
    start: int = 0
    end: int = 0
    note: NoteKey | None = None
    broken: bool = False  # by a hyphen that is no part of the word
    page: int = 0
    opens_page: bool = False


@dataclass
class Page:
    """A page while it is filled: its lines, each with the notes it calls."""

    lines: list[Line] = field(default_factory=list)
    notes: list[list[NoteKey]] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)

    def add(self, line: Line, notes: Sequence[NoteKey] = ()) -> None:
        """Add a line to the body of the page."""
        self.lines.append(line)
        self.notes.append(list(notes))

    @property
    def called(self) -> list[NoteKey]:
        """The notes that the page must hold."""
        return [key for notes in self.notes for key in notes]


@dataclass
class Setter:
    """Sets one flow in one style."""

    flow: Flow
    style: Style
    random: Random
    lost_letters: frozenset[int]  # sections whose initial is printed nowhere
    capitals: frozenset[int]  # galleys that begin with a drop capital
    lost_notes: frozenset[NoteKey] = frozenset()
    pages: list[Page] = field(default_factory=list)
    _placed: set[NoteKey] = field(default_factory=set)
    _set: dict[NoteKey, list[Line]] = field(default_factory=dict)

    def lines(self) -> list[Line]:
        """Return the printed lines of the whole text."""
        self.pages = [Page()]
        for number, galley in enumerate(self.flow.galleys):
            self._galley(number, galley)
        if self.style.placement == "end":
            self._all_notes()
        found: list[Line] = []
        for number, page in enumerate(self.pages, 1):
            found.extend(self._printed(page, number))
        return found

    def shown(self, text: str) -> str:
        """Return words with their marks as the style prints them."""
        return "".join(
            self._mark(ord(character) - FIRST_MARK) if ord(character) >= FIRST_MARK
            and character != FAST else " " if character == FAST else character
            for character in text
        )  # fmt: skip

    def number(self, key: NoteKey) -> str:
        """Return the number of a note as its mark shows it."""
        return str(self.flow.numbers[key])

    def _mark(self, at: int) -> str:
        number = self.number(self.flow.marks[at])
        return {
            "glued": number,
            "blank": f" {number}",
            "superscript": number.translate(_SUPERSCRIPT),
            "brackets": f"[{number}]",
        }[self.style.marks]

    def _cut(self, text: str, width: Callable[[int], int], start: int = 0) -> list[Line]:
        """Return the lines of a text, not yet placed."""
        breaks = self.random if self.style.hyphenation else None
        return [
            Line(
                self.shown(text[one.start : one.end]) + ("-" if one.broken else ""),
                "body",
                start=one.start,
                end=one.end,
                broken=one.broken,
            )
            for one in cut(text, width, self._columns(text), start=start, break_words=breaks)
        ]

    def _columns(self, text: str) -> list[int]:
        """Return how many columns every character of a galley takes in print."""
        return [display_width(self.shown(character)) for character in text]

    def _galley(self, number: int, galley: Galley) -> None:
        """Add a galley to the pages."""
        capital = number in self.capitals
        full = self.style.width
        narrow = full - 8 if galley.kind == "quote" else full

        def width(line: int) -> int:
            return narrow - _NARROWER if capital and line < _BESIDE else narrow

        text = galley.text
        sign = "• " if galley.kind == "item" else ""
        lines = self._cut(text, width, start=1 if capital else 0)
        heading = galley.kind == "heading"
        if heading and self._opens(number):
            self._turn()
        page = self.pages[-1]
        if heading and self._room(page) < _KEPT_WITH_HEADING + len(lines):
            self._turn()
        self._space(number, galley)
        if capital and galley.section not in self.lost_letters:
            self.pages[-1].letters.append(text[0])
        for at, line in enumerate(lines):
            shown = sign + line.text if at == 0 else line.text
            self._body(_at(line, shown, number), text)
            if capital and at == _BESIDE - 1 and at + 1 < len(lines) and self.pages[-1].lines:
                self.pages[-1].add(Line("", "blank"))

    def _opens(self, number: int) -> bool:
        """Return whether a section begins here that begins on a new page."""
        section = self.flow.galleys[number].section
        first = number == 0 or self.flow.galleys[number - 1].section != section
        kind = self.flow.sections[section].kind
        return first and number > 0 and self.style.section_pages and kind in ("review", "response")

    def _space(self, number: int, galley: Galley) -> None:
        """Divide a galley from the one before it, if that stands on the same page."""
        page = self.pages[-1]
        before = self.flow.galleys[number - 1].kind if number else ""
        if page.lines and not (galley.kind == before and galley.kind in ("row", "item")):
            page.add(Line("", "blank"))

    def _body(self, line: Line, text: str) -> None:
        """Add a line of the body, on the next page where it and its notes do not fit."""
        calls = [
            self.flow.marks[ord(character) - FIRST_MARK]
            for character in text[line.start : line.end]
            if ord(character) >= FIRST_MARK and character != FAST
        ]
        notes = [] if self.style.placement == "end" else self._new(calls)
        page = self.pages[-1]
        used = len(page.lines) + 1 + self._foot([*page.called, *notes])
        if page.lines and used > self.style.page_lines:
            self._turn()
        self._placed.update(notes)
        self.pages[-1].add(line, notes)

    def _new(self, calls: Sequence[NoteKey]) -> list[NoteKey]:
        """Return the notes to be printed for marks: those not yet printed, and their followers."""
        notes: list[NoteKey] = []
        waiting = list(reversed(calls))
        while waiting:
            key = waiting.pop()
            if key not in self._placed and key not in notes:
                notes.append(key)
                waiting.extend(reversed(self.flow.after.get(key, ())))
        return notes

    def _room(self, page: Page) -> int:
        return self.style.page_lines - len(page.lines) - self._foot(page.called)

    def _turn(self) -> None:
        """Begin a new page; a line that ends in a hyphen goes with it."""
        page = self.pages[-1]
        if not page.lines:
            return
        following = Page()
        while len(page.lines) > 3 and (
            page.lines[-1].text.endswith("-") or page.lines[-1].role == "blank"
        ):
            line, notes = page.lines.pop(), page.notes.pop()
            if line.role != "blank":
                following.lines.insert(0, line)
                following.notes.insert(0, notes)
        self.pages.append(following)

    def _foot(self, notes: Sequence[NoteKey]) -> int:
        """Return how many lines the foot of a page takes with these notes."""
        lines = sum(len(self._note(key)) for key in notes)
        return lines + 2 if lines else 0

    def _note(self, key: NoteKey) -> list[Line]:
        """Return the lines of a note; none where it is missing or lost."""
        if key not in self._set:
            lost = key not in self.flow.notes or key in self.lost_notes
            self._set[key] = [] if lost else self._set_note(key, self.flow.notes[key])
        return self._set[key]

    def _set_note(self, key: NoteKey, galleys: Sequence[Galley]) -> list[Line]:
        label = {"brackets": f"[{self.number(key)}]"}.get(self.style.marks, self.number(key))
        found: list[Line] = []
        for at, galley in enumerate(galleys):
            lead = len(label) + 1 if at == 0 else 0
            lines = self._cut(galley.text, _less(self.style.width, lead))
            for number, line in enumerate(lines):
                if found and self.style.note_blanks and (number == 0 or (at, number) == (0, 1)):
                    found.append(Line("", "blank", note=key))
                shown = f"{label} {line.text}".rstrip() if not found else line.text
                found.append(_at(line, shown, at, "note", key))
        return found

    def _all_notes(self) -> None:
        """Set the notes after the body, on pages of their own lines."""
        self.pages[-1].add(Line("", "blank"))
        headed = self.flow.galleys[-1].kind == "heading"
        if self.style.separator != "none" and not headed:
            self.pages[-1].add(Line(_RULES[self.style.separator], "separator"))
        for key in self._new(self.flow.marks):
            lines = self._note(key)
            if len(self.pages[-1].lines) + len(lines) >= self.style.page_lines:
                self.pages.append(Page())
            if self.style.note_blanks and self.pages[-1].lines:
                self.pages[-1].add(Line("", "blank"))
            for line in lines:
                self.pages[-1].add(line)

    def _printed(self, page: Page, number: int) -> list[Line]:
        """Return the lines of a page, with its head, its foot and its torn letters."""
        head, foot = self.style.furniture(number)
        lines = [line for text in head for line in (Line(text, "furniture"), Line("", "blank"))]
        if head and not self.style.form_feeds:
            lines.insert(0, Line("", "blank"))
        lines += page.lines
        notes = [self._note(key) for key in page.called if self._note(key)]
        if notes:
            lines.append(Line("", "blank"))
            if self.style.separator != "none":
                lines.append(Line(_RULES[self.style.separator], "separator"))
            for at, note in enumerate(notes):
                lines += [Line("", "blank")] if at and self.style.note_blanks else []
                lines += note
        for letter in page.letters:
            lines += [Line("", "blank"), Line(letter, "letter")]
        for text in foot:
            lines += [Line("", "blank"), Line(text, "furniture")]
        opened = [self._ended(line, number) for line in lines]
        first = opened[0]
        if not head or self.style.form_feeds:
            lead = "\f" if self.style.form_feeds and number > 1 else ""
            lead += " " if self.style.leading_blank else ""
            opened[0] = _placed(first, lead + first.text, number, opens=bool(lead))
        return opened

    def _ended(self, line: Line, page: int) -> Line:
        inked = line.role in ("body", "note", "letter", "furniture")
        return _placed(line, line.text + (" " if inked and self.style.trailing_blank else ""), page)


def _less(width: int, lead: int) -> Callable[[int], int]:
    """Return the widths of lines of which the first is shorter by ``lead``."""
    return lambda line: width if line else width - lead


def _at(
    line: Line, text: str, galley: int, role: str = "body", note: NoteKey | None = None
) -> Line:
    return Line(text, role, galley, line.start, line.end, note, line.broken)


def _placed(line: Line, text: str, page: int, *, opens: bool = False) -> Line:
    return Line(
        text, line.role, line.galley, line.start, line.end, line.note, line.broken, page, opens
    )
