"""The notes of RTF and their marks: a note stands in a group behind its mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from scholiast.data import table
from scholiast.packages.ooxml import symbols
from scholiast.structure.flow.bits import Bit, Reference
from scholiast.structure.flow.notes import Note
from scholiast.structure.flow.numerals import value, written

_SIGN: Final = re.compile(r"\S{1,4}\s*$")
_WORD: Final = re.compile(r"(a?)ftn(start|rstcont|restart|rstpg|n[a-z]+)")


@dataclass(slots=True)
class Numbering:
    """How notes are numbered, as the control words of the file say."""

    formats: dict[str, str] = field(
        default_factory=lambda: {"footnote": "decimal", "endnote": "lowerRoman"}
    )
    starts: dict[str, int] = field(default_factory=dict)
    by_section: set[str] = field(default_factory=set)

    def take(self, word: str, number: int | None) -> bool:
        """Take a control word; return whether it is one of numbering."""
        match = _WORD.fullmatch(word.removeprefix("s") if word.startswith(("sf", "sa")) else word)
        if match is None:
            return False
        sort = "endnote" if match[1] else "footnote"
        if match[2] == "start":
            self.starts[sort] = number if number is not None and 0 <= number < 10_000 else 1
        elif match[2] == "restart":
            self.by_section.add(sort)
        elif match[2] in table("rtf")["numbers"]:
            self.formats[sort] = table("rtf")["numbers"][match[2]]
        return True

    def number(self, references: Sequence[Reference]) -> None:
        """Give every mark the number that is shown for it, in the order of the text."""
        last: dict[str, int] = {}
        section: dict[str, int] = {}
        for reference in references:
            sort = reference.sort
            if sort not in self.formats:
                continue
            if reference.custom:
                reference.number = value(reference.label)
                continue
            if sort in self.by_section and section.get(sort, 0) != reference.section:
                last.pop(sort, None)
            section[sort] = reference.section
            last[sort] = last.get(sort, self.starts.get(sort, 1) - 1) + 1
            reference.number = last[sort]
            reference.label = written(last[sort], self.formats[sort])


def sign_before(bits: list[Bit]) -> tuple[str, int]:
    """Take the sign typed before a note, which is raised, out of the words.

    Returns it and the place among the bits where it begins; "" where there is none.
    """
    at, text = len(bits), ""
    while at and bits[at - 1].shown and bits[at - 1].raised:
        at -= 1
        text = bits[at].text + text
    match = _SIGN.search(text)
    if match is None:
        return "", len(bits)
    wanted = len(text) - match.start()
    at = len(bits)
    while wanted:
        at -= 1
        bit = bits[at]
        if len(bit.text) > wanted:
            rest = bit.cut(0, len(bit.text) - wanted)
            bit = bit.cut(len(bit.text) - wanted, len(bit.text))
            bits[at : at + 1] = [rest, bit]
            at += 1
        wanted -= len(bit.text)
        _mark(bit)
    return symbols(match.group().strip(), "Symbol").replace("\u2217", "*"), at


def own_sign(bits: list[Bit], label: str) -> None:
    """Make what a note begins with a mark, where it is the sign of the note."""
    shown = "".join(bit.text for bit in bits if bit.shown)
    if symbols(shown.strip(), "Symbol").replace("\u2217", "*") == label:
        for bit in bits:
            _mark(bit)


def _mark(bit: Bit) -> None:
    """Make a bit part of a mark, with the characters of the file."""
    if bit.shown:
        bit.role, bit.text, bit.repair = "mark", bit.original or bit.text, ""


def own_label(note: Note) -> None:
    """Give a note without a mark the number that it shows of itself, where it is raised."""
    first = next((block for block in note.blocks if block.text.strip()), None)
    if first is None:
        return
    opening = next(bit for bit in first.bits if bit.shown and bit.text.strip())
    if opening.raised and value(opening.text):
        note.label, note.number = opening.text.strip(), value(opening.text)
