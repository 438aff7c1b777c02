"""Raised numbers and signs in the text: the candidates for note marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from scholiast.readers.pdf.furniture import roman
from scholiast.readers.pdf.lines import Line
from scholiast.structure.marks import LINE_START, SUPERSCRIPT, Mark

_TOKEN: Final = re.compile(r"\d{1,3}|[*∗⁎†‡§‖¶]{1,4}|\b[a-z]{1,5}\b")
_ALLOWED: Final = re.compile(r"[\s\d,;.()\[\]–-]*|[\s*∗⁎†‡§‖¶,]*|\s*\(?[a-z]{1,5}\)?\s*")
#: Raised signs that a mark may follow.
_TRADE: Final = frozenset("®™©℠")
#: A raised number behind one of these is a power of a measure.
_UNITS: Final = frozenset(
    (
        "m",
        "km",
        "cm",
        "mm",
        "dm",
        "ft",
        "in",
        "mi",
        "yd",
        "sq",
        "x",
        "y",
        "n",
        "r",
        "sin",
        "cos",
        "tan",
        "log",
        "ln",
        "м",
        "км",
        "см",
        "дм",
    )
)
_ORDINALS: Final = frozenset(
    (
        "st",
        "nd",
        "rd",
        "th",
        "o",
        "a",
        "e",
        "er",
        "re",
        "ère",
        "ème",
        "eme",
        "os",
        "mo",
        "to",
        "ro",
        "me",
        "le",
        "lle",
        "tm",
        "r",
        "c",
    )
)
#: Weight of a number that is likely a power.
POWER: Final = 0.6
#: Weight of a number behind a single letter or a bracket in an equation.
LIKELY_POWER: Final = 2.0


def raised_marks(lines: Sequence[Line], *, letters: bool = False) -> list[Mark]:
    """Return the raised numbers and signs of lines as candidates for marks, in order.

    With ``letters``, raised letters that are no endings of ordinals too.
    """
    found: list[Mark] = []
    for line in lines:
        for start, end in _raised_spans(line):
            found.extend(_tokens(line, start, end, letters=letters))
    return found


def _raised_spans(line: Line) -> list[tuple[int, int]]:
    """Return where raised letters stand in a line, runs side by side as one."""
    spans: list[tuple[int, int]] = []
    for stretch in line.stretches:
        raised = stretch.run is not None and stretch.run.raised
        if raised and spans and spans[-1][1] == stretch.start:
            spans[-1] = (spans[-1][0], stretch.end)
        elif raised:
            spans.append((stretch.start, stretch.end))
    return spans


def _tokens(line: Line, start: int, end: int, *, letters: bool) -> list[Mark]:
    """Return the marks of one raised span."""
    while line.text[start:end][:1] in _TRADE and start < end:
        start += 1
    text = line.text[start:end]
    if not _ALLOWED.fullmatch(text):
        return []
    found: list[Mark] = []
    tokens = list(_TOKEN.finditer(text))
    for order, token in enumerate(tokens):
        label = token.group().replace("∗", "*").replace("⁎", "*")
        first = start + (token.start() if order else 0)
        last = end if order + 1 == len(tokens) else start + tokens[order + 1].start()
        gap = 0
        if not order:
            while first and line.text[first - 1].isspace():
                first, gap = first - 1, gap + 1
        while last > first and line.text[last - 1].isspace():
            last -= 1
        at = line.at
        if label.isdecimal():
            weight = _weight(line, first)
            number = int(label)
            if number and len(label) == len(str(number)):
                found.append(Mark(at + first, at + last, number, label, weight, "super"))
        elif label[0].isalpha():
            ordinal = label in _ORDINALS and (
                len(label) > 1 or line.text[first - 1 : first].isdigit()
            )
            if letters and (not ordinal or roman(label)):
                found.append(Mark(at + first, at + last, 0, label, 1.0, "letter"))
        else:
            found.append(Mark(at + first, at + last, 0, label, SUPERSCRIPT, "symbol"))
    return found


def _weight(line: Line, start: int) -> float:
    """Weigh a raised number by what stands before it."""
    before = line.text[:start].rstrip()
    if not before:
        return LINE_START  # the number of a line of code, mostly: no mark is parted from its word
    word = re.search(r"[^\W\d_]+$", before)
    if before[-1].isdigit():
        return 2.0 if re.search(r"(?<!\d)(?:1[0-9]|20)\d\d$", before) else POWER
    if word is not None and word.group() in _UNITS:
        return POWER
    if before[-1] in "=+×*/^(":
        return POWER
    if (word is not None and len(word.group()) == 1) or (before[-1] == ")" and "=" in line.text):
        return LIKELY_POWER
    return SUPERSCRIPT
