"""Bits: stretches of a paragraph with their looks and their place in the file.

A bit without text marks a place: a note reference, the end of a page. What a
paragraph holds but the reading text does not (hidden words, the sign of a
note) is a bit of another role, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

#: Stretches are joined up to this length, so that the joining takes no more than their sum.
LONGEST: Final = 4096


@dataclass(slots=True, eq=False)
class Reference:
    """A note mark: the note it calls, and the sign that shows it."""

    sort: str  # "footnote", "endnote", "typed" or "cross"
    id: str
    label: str = ""
    number: int = 0
    custom: bool = False  # the sign stands in the text behind the reference
    section: int = 0
    page: int = 0
    unread: bool = False  # the notes of its sort could not be read


@dataclass(slots=True, eq=False)
class Bit:
    """A stretch of one paragraph; ``source`` counts in what the file's places count in.

    That is the text of the paragraph number ``paragraph`` (a Word paragraph, a
    text node), or the decoded file, of which ``line`` is the line. Where the
    words are not those of the file (an entity, a macro, a ligature), ``repair``
    names why, ``original`` has those of the file, and they end at ``stop``.
    """

    text: str
    paragraph: int = -1  # -1: not in the file (what stands between two cells)
    source: int = 0
    role: str = "text"  # or "mark", "markup", "furniture"
    italic: bool = False
    raised: bool = False
    bold: bool = False
    page: int = 0
    reference: Reference | None = None
    own_mark: bool = False  # the number that a note shows of itself
    crossing: bool = False  # the result of a field that repeats a note's number
    line: int = 0
    stop: int = -1
    repair: str = ""
    original: str = ""
    part: str = ""  # the file it stands in, where that is not its block's

    @property
    def end(self) -> int:
        """Where the bit ends in its paragraph."""
        return self.source + len(self.text) if self.stop < 0 else self.stop

    @property
    def shown(self) -> bool:
        """Whether the bit's characters belong to the reading text."""
        return self.role == "text" and bool(self.text)

    def cut(self, start: int, end: int) -> Bit:
        """Return the characters ``start:end`` of the bit as a bit of their own.

        What is not as in the file cannot be divided there: each part keeps the whole place.
        """
        return Bit(
            self.text[start:end],
            self.paragraph,
            self.source + start if self.stop < 0 else self.source,
            self.role,
            self.italic,
            self.raised,
            self.bold,
            self.page,
            self.reference,
            self.own_mark,
            self.crossing,
            self.line,
            self.stop,
            self.repair,
            self.original,
            self.part,
        )

    def joins(self, other: Bit) -> bool:
        """Return whether another bit goes on where this one ends, and looks the same."""
        return (
            self.end == other.source
            and (self.paragraph, self.line) == (other.paragraph, other.line)
            and (self.role, self.italic, self.raised, self.bold, self.page, self.crossing)
            == (other.role, other.italic, other.raised, other.bold, other.page, other.crossing)
            and not (self.reference or other.reference or self.own_mark or other.own_mark)
            and not (self.repair or other.repair)
            and self.part == other.part
            and bool(self.text and other.text)
            and len(self.text) < LONGEST
        )


def add(found: list[Bit], bit: Bit) -> None:
    """Add a bit, to the one before it where the two are one stretch."""
    if found and found[-1].joins(bit):
        found[-1].text += bit.text
    elif bit.text:
        found.append(bit)


_BRACKETS: Final = {"[": "]", "(": ")", "［": "］", "（": "）", "〔": "〕", "【": "】"}
_BETWEEN: Final = re.compile(r"[,;，、\s]{1,3}")


def unbracketed(found: list[Bit]) -> list[Bit]:
    """Return the bits without what the author put around and between note marks.

    Brackets that hold nothing but note references, and commas between two of
    them, are part of the mark.
    """
    out = list(found)
    at = 0
    while at < len(out):
        if out[at].reference is None:
            at += 1
            continue
        last = _last_of_row(out, at)
        before = out[at - 1] if at and out[at - 1].shown else None
        after = out[last + 1] if last + 1 < len(out) and out[last + 1].shown else None
        if before and after and _BRACKETS.get(before.text[-1]) == after.text[0]:
            opening = replace(before.cut(len(before.text) - 1, len(before.text)), role="mark")
            closing = replace(after.cut(0, 1), role="mark")
            rest = [before.cut(0, len(before.text) - 1), opening, *out[at : last + 1]]
            rest += [closing, after.cut(1, len(after.text))]
            rest = [bit for bit in rest if bit.text or bit.reference or bit.own_mark]
            out[at - 1 : last + 2] = rest
            last += len(rest) - (last + 3 - at)
        at = max(at, last) + 1
    return out


def _last_of_row(out: list[Bit], at: int) -> int:
    """Return the index of the last reference of a row, marking the commas between them."""
    last = at
    while last + 1 < len(out):
        bit = out[last + 1]
        if bit.reference is not None or bit.role != "text":
            last += 1
            continue
        following = out[last + 2].reference if last + 2 < len(out) else None
        if following is None or not bit.raised or not _BETWEEN.fullmatch(bit.text):
            break
        bit.role = "mark"
        last += 1
    return last


_NUMBER: Final = re.compile(r"\d{1,3}")


def crossings(found: list[Bit]) -> Iterator[Bit]:
    """Yield the bits, a raised number that repeats a note's as a note mark."""
    for bit in found:
        if bit.crossing and bit.role == "text" and _NUMBER.fullmatch(bit.text.strip()):
            label = bit.text.strip()
            mark = replace(bit, role="mark")
            place = Reference("cross", "", label, int(label), page=bit.page)
            yield Bit("", bit.paragraph, bit.source, reference=place, page=bit.page)
            yield mark
        else:
            yield bit
