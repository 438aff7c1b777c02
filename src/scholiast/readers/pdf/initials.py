"""Drop capitals: large letters beside the first lines of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from scholiast.readers.pdf.lines import Line
from scholiast.readers.pdf.page import Page, Run

#: A drop capital is so many times larger than the text.
LARGER: Final = 1.7
_LETTER: Final = re.compile(r"\s*[“‘«„\"']?[^\W\d_]\s*")


def take_initials(page: Page, body: float) -> list[Run]:
    """Take the drop capitals out of the runs of a page and return them."""
    found: list[Run] = []
    for run in page.runs:
        if run.size < LARGER * body or not _LETTER.fullmatch(run.text):
            continue
        beside = {
            round(other.base)
            for other in page.runs
            if other is not run
            and other.size < 0.7 * run.size
            and other.left >= run.right - 0.35 * run.size
            and other.left - run.right < 2 * body
            and run.base - 0.3 * body <= other.base <= run.base + run.size
        }
        if len(beside) >= 2:
            found.append(run)
    if found:
        page.runs = [run for run in page.runs if run not in found]
    return found


def place_initials(initials: Sequence[Run], lines: Sequence[Line], page: int) -> None:
    """Put the drop capitals of a page in front of the lines they belong to."""
    for run in initials:
        beside = [
            line
            for line in lines
            if line.page == page
            and line.left >= run.right - 0.35 * run.size
            and line.left - run.right < 3 * line.size
            and run.base - 0.3 * line.size <= line.base <= run.base + 0.95 * run.size
        ]
        if not beside:
            continue
        first = max(beside, key=lambda line: line.base)
        first.initial = run
        for line in beside:
            line.beside = max(0.0, line.left - run.left)
        others = [line.left for line in beside if line is not first]
        first.parted = bool(others) and first.left - min(others) > 0.2 * first.size
        first.opens = True
