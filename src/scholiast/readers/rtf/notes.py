"""The notes of RTF and their marks: a note stands in a group behind its mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from scholiast.data import table
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


def sign_before(bits: list[Bit]) -> str:
    """Take the sign typed before a note, which is raised, out of the words; return it."""
    if not bits or not bits[-1].shown or not bits[-1].raised:
        return ""
    last = bits[-1]
    match = _SIGN.search(last.text)
    if match is None:
        return ""
    sign = last.cut(match.start(), len(last.text))
    sign.role = "mark"
    rest = last.cut(0, match.start())
    bits[-1:] = [rest, sign] if rest.text else [sign]
    return match.group().strip()


def own_label(note: Note) -> None:
    """Give a note without a mark the number that it shows of itself, where it is raised."""
    first = next((block for block in note.blocks if block.text.strip()), None)
    if first is None:
        return
    opening = next(bit for bit in first.bits if bit.shown and bit.text.strip())
    if opening.raised and value(opening.text):
        note.label, note.number = opening.text.strip(), value(opening.text)
