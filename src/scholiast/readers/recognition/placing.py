"""Recognised words become runs of the page model, in points, with size and confidence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from scholiast.readers.pdf.page import Page, Run, Stroke
from scholiast.readers.recognition.initials import Initial
from scholiast.readers.recognition.numbers import Mark
from scholiast.readers.recognition.reading import Read
from scholiast.readers.recognition.rows import Row, rules
from scholiast.readers.recognition.sheet import Sheet
from scholiast.readers.recognition.sizes import TALL, WIDE, evened
from scholiast.readers.recognition.spelling import Piece, pieces
from scholiast.readers.recognition.words import Word
from scholiast.structure.sentences import wide

#: The size of a raised mark, of that of its row.
_RAISED: Final = 0.6
#: How far above and below the foot of its row a word reaches, in sizes.
_ABOVE: Final = 0.8
_BELOW: Final = 0.2
#: A mark follows the word before it no further away (in sizes).
_BESIDE: Final = 1.5
#: What is recognised is never certain.
SUREST: Final = 0.99
#: A line has a size of its own when this share of its letters are Han characters.
_MOSTLY: Final = 0.5


@dataclass(frozen=True, slots=True)
class Placed:
    """A page, what was made of its picture, and the words read on it."""

    page: Page
    sheet: Sheet
    read: Read


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of words, where its letters stand and how large they are (points)."""

    words: tuple[Piece, ...]
    foot: float  # in pixels
    size: float


def place(placed: Sequence[Placed]) -> None:
    """Fill the pages with runs; sizes are evened out over all of them."""
    lines = [list(_lines(one)) for one in placed]
    sizes = evened(
        (line.size, sum(len(word.text) for word in line.words)) for page in lines for line in page
    )
    for one, own in zip(placed, lines, strict=True):
        _fill(one, own, sizes)


def _lines(placed: Placed) -> Iterator[_Line]:
    """Yield the lines of a page as tesseract saw them, with foot and size of our rows."""
    rows = sorted(placed.sheet.rows, key=lambda row: row.foot)
    feet = [row.foot for row in rows]
    by_line: dict[tuple[int, int, int], list[Word]] = {}
    for word in placed.read.words:
        by_line.setdefault(word.line, []).append(word)
    for words in by_line.values():
        found = tuple(pieces(words))
        if not found:
            continue
        row = _row_of(words, rows, feet)
        letters = "".join(word.text for word in found)
        han = sum(map(wide, letters)) > _MOSTLY * len(letters)
        top, bottom = min(word.box[1] for word in words), max(word.box[3] for word in words)
        foot = row.foot if row else bottom
        # Every Han character is as high as its row; their pieces are of any height.
        height = (row.own if han else row.height) if row else bottom - top
        scale = placed.sheet.picture.scale
        yield _Line(found, foot, round(height / scale / (WIDE if han else TALL), 1))


def _row_of(words: Sequence[Word], rows: Sequence[Row], feet: Sequence[int]) -> Row | None:
    """Return the row on which most of a line of words stands."""
    left, right = min(word.box[0] for word in words), max(word.box[2] for word in words)
    top, bottom = min(word.box[1] for word in words), max(word.box[3] for word in words)
    best: Row | None = None
    most = 0
    for row in rows[bisect_left(feet, (top + bottom) // 2) :]:
        if row.foot > bottom + 2:
            break
        common = min(right, row.right) - max(left, row.left)
        if common > most:
            best, most = row, common
    return best


def _fill(placed: Placed, lines: Sequence[_Line], sizes: dict[float, float]) -> None:
    """Put the words and marks of a page into it, in place of what it had."""
    page, sheet = placed.page, placed.sheet
    away = _Away(page, sheet)
    page.runs = [run for line in lines for run in _runs(line, sizes[line.size], away)]
    feet = {line.foot: sizes[line.size] for line in lines}
    for mark in sheet.marks:
        run = _mark(mark, feet, away)
        _reach(page.runs, run, away.y(mark.foot))
        page.runs.append(run)
    page.runs.extend(_initial(initial, away) for initial in placed.read.initials)
    page.strokes = [
        Stroke(away.x(rule.left), away.x(rule.right), away.y((rule.top + rule.bottom) / 2))
        for rule in rules(sheet.ink)
    ]
    page.hidden, page.pictures = [], []
    page.faulty = 0
    page.characters = sum(len(run.text) for run in page.runs)
    page.turn = away.turn
    # What was turned one way to stand upright stands the other way on the page.
    page.skew = -sheet.picture.angle
    page.middle = away.x(sheet.picture.image.width / 2), away.y(sheet.picture.image.height / 2)


class _Away:
    """The way from the pixels of a picture to the layout of its page."""

    def __init__(self, page: Page, sheet: Sheet) -> None:
        self.scale = sheet.picture.scale
        self.turn = sheet.picture.rotation
        high = sheet.picture.size[1]
        right, top = page.left + page.width, page.bottom + page.height
        origins = {
            0: (page.left, page.bottom),
            90: (page.bottom, -right),
            180: (-right, -top),
            270: (-top, page.left),
        }
        self.left, bottom = origins[self.turn]
        self.top = bottom + high

    def x(self, pixel: float) -> float:
        """Return a place from the left."""
        return self.left + pixel / self.scale

    def y(self, pixel: float) -> float:
        """Return a height, from a place from the top."""
        return self.top - pixel / self.scale


def _runs(line: _Line, size: float, away: _Away) -> Iterator[Run]:
    """Yield the words of a line as runs."""
    base = away.y(line.foot)
    for word in line.words:
        yield Run(
            word.text,
            0,
            0,
            away.x(word.left),
            away.x(word.right),
            base,
            base - _BELOW * size,
            base + _ABOVE * size,
            size,
            blank=word.blank,
            repair=word.repair,
            original=word.original,
            confidence=min(word.confidence, SUREST),
        )


def _reach(runs: Sequence[Run], mark: Run, base: float) -> None:
    """Let the word before a mark reach up to it: boxes of words end too early."""
    before = [
        run
        for run in runs
        if not run.raised and abs(run.base - base) < _BELOW * run.size and run.left < mark.left
    ]
    last = max(before, key=lambda run: run.left, default=None)
    if last is not None and 0 < mark.left - last.right < _BESIDE * last.size:
        last.right = mark.left


def _mark(mark: Mark, feet: dict[float, float], away: _Away) -> Run:
    """Return a raised mark as a run that stands above its row."""
    own = (mark.box[3] - mark.box[1]) / away.scale / TALL
    size = min(own, _RAISED * feet[mark.foot]) if mark.foot in feet else own
    bottom = away.y(mark.box[3])
    return Run(
        mark.text,
        0,
        0,
        away.x(mark.box[0]),
        away.x(mark.box[2]),
        bottom,
        bottom - 0.1 * size,
        away.y(mark.box[1]),
        size,
        raised=True,
        confidence=min(mark.confidence, SUREST),
    )


def _initial(initial: Initial, away: _Away) -> Run:
    """Return a drop capital as a run of its own size."""
    left, top, right, bottom = initial.box
    base, high = away.y(bottom), away.y(top)
    size = (high - base) / TALL
    return Run(
        initial.text,
        0,
        0,
        away.x(left),
        away.x(right),
        base,
        base - _BELOW * size,
        high,
        size,
        confidence=min(initial.confidence, SUREST),
    )
