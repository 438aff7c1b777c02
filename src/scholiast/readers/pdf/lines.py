"""Lines: the text of one row in one column, every stretch with the run it comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from scholiast.readers.pdf.addresses import unstretched
from scholiast.readers.pdf.page import Run
from scholiast.structure.sentences import wide

_NUMBER: Final = re.compile(r"[\[(]?\d{1,3}[.)\]]?")
#: Letters a wider gap apart (in sizes) belong to two words, where no blank says so.
GAP: Final = 0.2
#: A gap this wide may divide the cells of a row of a table.
CELL: Final = 1.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters ``start:end`` of a line and the run they come from (None: a blank put in)."""

    start: int
    end: int
    run: Run | None
    first: int = 0  # the characters of the run that are left out at its beginning

    @property
    def source(self) -> int:
        """The number of the first character in PDFium's count."""
        return self.run.source + self.first if self.run is not None else -1


@dataclass(slots=True, eq=False)
class Line:
    """One line of a column of a page."""

    page: int
    left: float
    right: float
    base: float
    bottom: float
    top: float
    size: float
    text: str = ""
    stretches: list[Stretch] = field(default_factory=list)
    column: int = 0  # counted through the document
    edge: float = 0.0  # the left edge of its column
    far: float = 0.0  # the right edge of its column
    bold: bool = False
    italic: bool = False
    cells: tuple[int, ...] = ()  # where in the text a new cell begins
    role: str = ""  # "", "furniture", "note", "heading", "separator"
    at: int = 0  # its offset among all lines
    initial: Run | None = None  # the drop capital in front of it
    beside: float = 0.0  # how far a drop capital pushes it in
    tail: int = -1  # where the marks that end the line begin; -1 without any
    parted: bool = False  # a blank stands between that capital and its words
    dotted: bool = False  # a drawn sign of an item of a list stands before it
    opens: bool = False  # known to begin a paragraph

    @property
    def end(self) -> int:
        """Offset after its last character among all lines."""
        return self.at + len(self.text)

    @property
    def bare(self) -> str:
        """Its words without the marks that end it."""
        return self.text[: self.tail].rstrip() or self.text if self.tail > 0 else self.text

    @property
    def height(self) -> float:
        """How high the line is."""
        return self.top - self.bottom

    @property
    def indent(self) -> float:
        """How far it stands in from the edge of its column, in sizes of its letters."""
        return (self.left - self.beside - self.edge) / self.size

    def run_at(self, at: int) -> Run | None:
        """Return the run that the character ``at`` comes from."""
        for stretch in self.stretches:
            if stretch.start <= at < stretch.end:
                return stretch.run
        return None


def line_of(runs: list[Run], page: int, size: float, base: float) -> Line:
    """Return the line that runs, from left to right, make."""
    if any("/" in run.text for run in runs):
        runs = unstretched(runs)
    level = [run for run in runs if not run.raised] or runs
    line = Line(
        page,
        min(run.left for run in runs),
        max(run.right for run in runs),
        base,
        min(run.bottom for run in level),
        max(run.top for run in level),
        size,
    )
    pieces: list[str] = []
    length = 0
    cells: list[int] = []
    before: Run | None = None
    for run in runs:
        text, first = run.text, 0
        if before is None:
            first = len(text) - len(text.lstrip())
        elif run.left - before.right > CELL * size and not before.raised:
            first = len(text) - len(text.lstrip())
            if pieces and pieces[-1][-1:] != " ":
                line.stretches.append(Stretch(length, length + 1, None))
                pieces.append(" ")
                length += 1
            cells.append(length)
        elif _parted(before, run, size, first=len(line.stretches) == 1):
            line.stretches.append(Stretch(length, length + 1, None))
            pieces.append(" ")
            length += 1
        elif pieces[-1][-1:] == " " and text[:1] == " ":
            first = len(text) - len(text.lstrip())
        if first < len(text):
            line.stretches.append(Stretch(length, length + len(text) - first, run, first))
            pieces.append(text[first:])
            length += len(text) - first
            before = run
    line.text = "".join(pieces).rstrip()
    _trim(line)
    line.cells = tuple(cells)
    inked = [run for run in runs if run.text.strip() and not run.raised] or runs
    line.bold = all(run.font.bold for run in inked)
    line.italic = all(run.italic for run in inked)
    return line


def _trim(line: Line) -> None:
    """Let the stretches end where the text ends."""
    end = len(line.text)
    while line.stretches and line.stretches[-1].start >= end:
        line.stretches.pop()
    if line.stretches and line.stretches[-1].end > end:
        last = line.stretches.pop()
        line.stretches.append(Stretch(last.start, end, last.run, last.first))


def _parted(before: Run, run: Run, size: float, *, first: bool) -> bool:
    """Return whether a blank belongs between two runs that stand side by side."""
    last, start = before.text[-1:], run.text[:1]
    if last.isspace() or start.isspace():
        return False
    if run.glued:
        return False
    gap = run.left - before.right
    small = min(size, max(before.size, run.size))
    if run.blank and run.source == before.source + before.count + 1:
        return True  # PDFium's own blank
    if run.recognised and not run.raised:
        return run.blank  # the recogniser tells words; its boxes are less exact than a font's
    if first and _NUMBER.fullmatch(before.text) and gap > 0.2 * small:
        return True  # the number of an item or a note
    if wide(last) or wide(start):
        return gap > 0.8 * small
    return gap > GAP * small
