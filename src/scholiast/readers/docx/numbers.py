"""The numbers that Word gives to notes by itself: formats, starts and restarts.

How a number is written is told by ``structure.flow.numerals``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scholiast.packages.ooxml import Element, attribute, child
from scholiast.structure.flow.numerals import written


@dataclass(frozen=True, slots=True)
class Scheme:
    """How the notes of one sort are numbered in one section of the file."""

    format: str
    start: int = 1
    restart: str = "continuous"  # or "eachSect", "eachPage"


def scheme(base: Scheme, properties: Element | None) -> Scheme:
    """Return ``base`` with what a ``w:footnotePr`` or ``w:endnotePr`` sets."""
    if properties is None:
        return base
    form = child(properties, "w:numFmt")
    start = child(properties, "w:numStart")
    restart = child(properties, "w:numRestart")
    if form is not None:
        base = replace(base, format=attribute(form, "w:val", base.format))
    if start is not None and attribute(start, "w:val").isdecimal():
        base = replace(base, start=int(attribute(start, "w:val")))
    if restart is not None:
        base = replace(base, restart=attribute(restart, "w:val", base.restart))
    return base


class Counter:
    """Counts the notes of one sort through the sections and pages of a file."""

    def __init__(self, schemes: Sequence[Scheme]) -> None:
        self._schemes = schemes
        self._last: int | None = None
        self._where = (0, 0)

    def next(self, section: int, page: int) -> tuple[int, str]:
        """Return the number of the next note, and how Word writes it."""
        now = self._schemes[min(section, len(self._schemes) - 1)]
        turned = {
            "eachSect": section != self._where[0],
            "eachPage": (section, page) != self._where and page != self._where[1],
        }.get(now.restart, False)
        if self._last is None or turned:
            self._last = now.start - 1
        self._last += 1
        self._where = (section, page)
        return self._last, written(self._last, now.format)
