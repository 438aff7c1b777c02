"""Addresses of the web that were drawn wide to fill their line: they have no blanks."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

from scholiast.readers.pdf.page import Run

_ADDRESS: Final = re.compile(r"h ?t ?t ?p ?s? ?: ?/ ?/(?: ?\S){8}")
#: So many letters between blanks, in all of the first six groups, are letters set apart.
APART: Final = 18


def unstretched(runs: list[Run]) -> list[Run]:
    """Return the runs of a row; those of an address that was drawn wide are glued.

    PDFium sees blanks between its letters.
    """
    starts: list[int] = []
    pieces: list[str] = []
    length = 0
    for before, run in pairwise([None, *runs]):
        blank = before is not None and run is not None and run.left - before.right > 0.12 * run.size
        if run is not None:
            pieces.append(" " + run.text if blank else run.text)
            starts.append(length + blank)
            length += len(pieces[-1])
    text = "".join(pieces)
    match = _ADDRESS.search(text)
    if match is None:
        return runs
    letters = text[match.start() :].split()[:6]
    if len(letters) < 6 or sum(map(len, letters)) > APART:
        return runs
    found: list[Run] = []
    for start, run in zip(starts, runs, strict=True):
        if start + len(run.text) <= match.start():
            found.append(run)
        else:
            found.extend(_cut(run, match.start() - start))
    return found


def _cut(run: Run, first: int) -> list[Run]:
    """Return a run divided at the blanks that PDFium saw behind its character ``first``."""
    cuts = [(0, run.left), *(stop for stop in run.stops if stop[0] > first)]
    pieces = []
    for (begin, left), (end, right) in pairwise([*cuts, (len(run.text) + 1, run.right)]):
        text = run.text[begin : end - 1]
        stops = [stop for stop in run.stops if stop[0] < end] if not begin else []
        pieces.append(
            replace(
                run,
                text=text,
                source=run.source + begin,
                count=len(text),
                left=left,
                right=right,
                blank=run.blank and not begin,
                glued=bool(begin) or first < 0,
                stops=stops,
            )
        )
    return pieces
