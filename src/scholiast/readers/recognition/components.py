"""Connected pieces of ink: letters, dots, rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from scholiast.readers.recognition.image import Box

_RUN: Final = re.compile(rb"\x01+")


@dataclass(frozen=True, slots=True)
class Component:
    """A piece of ink: its box and how many pixels it has."""

    left: int
    top: int
    right: int
    bottom: int
    pixels: int

    @property
    def width(self) -> int:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """How high it is."""
        return self.bottom - self.top

    @property
    def box(self) -> Box:
        """Its box."""
        return self.left, self.top, self.right, self.bottom


def components(ink: bytes, width: int) -> list[Component]:
    """Return the connected pieces of a picture in which ink is 1, from the top down.

    Runs of ink in a row are joined to those of the row above that they touch.
    """
    parents: list[int] = []
    boxes: list[list[int]] = []
    above: list[tuple[int, int, int]] = []
    for top in range(0, len(ink), width):
        y = top // width
        row: list[tuple[int, int, int]] = []
        at = 0
        for match in _RUN.finditer(ink, top, top + width):
            left, right = match.start() - top, match.end() - top
            while at < len(above) and above[at][1] < left:
                at += 1
            label = -1
            touching = at
            while touching < len(above) and above[touching][0] <= right:
                other = above[touching][2]
                while parents[other] != other:
                    parents[other] = other = parents[parents[other]]
                if label < 0:
                    label = other
                elif label != other:
                    _join(parents, boxes, label, other)
                touching += 1
            if label < 0:
                label = len(parents)
                parents.append(label)
                boxes.append([left, y, right, y + 1, right - left])
            else:
                box = boxes[label]
                box[0] = min(box[0], left)
                box[2] = max(box[2], right)
                box[3] = y + 1
                box[4] += right - left
            row.append((left, right, label))
        above = row
    return [Component(*boxes[n]) for n, parent in enumerate(parents) if parent == n]


def _join(parents: list[int], boxes: list[list[int]], label: int, other: int) -> None:
    """Make two pieces that met one."""
    parents[other] = label
    into, box = boxes[label], boxes[other]
    into[0], into[1] = min(into[0], box[0]), min(into[1], box[1])
    into[2], into[3] = max(into[2], box[2]), max(into[3], box[3])
    into[4] += box[4]
