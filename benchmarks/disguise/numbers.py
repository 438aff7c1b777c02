"""Years and page numbers in disguise: other numbers of the same length in the same order."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

_YEAR: Final = re.compile(r"(?<!\d)(?:1[5-9]\d\d|20\d\d)(?!\d)")
_DECADE: Final = re.compile(r"(?<!\d)(?:1[5-9]\d|20\d)(?=X)")
_SHORT_YEAR: Final = re.compile(r"(?<!\d)((?:1[5-9]|20)(\d\d))([-–‒/])(\d\d)(?![\d-])")
_DASH: Final = "-–‒—"
#: Years move by whole decades, so that decades stay decades and spans keep their length.
_SHIFTS: Final = (-30, -20, -10)

#: A parenthesis that holds nothing but numbers.
_BRACKETED: Final = re.compile(rf"[(\[]\s*(\d{{1,4}}(?:\s*[{_DASH},;]\s*\d{{1,4}})*)\s*[)\]]")
#: Numbers after "p.", "pp.", "page"; not after an inventory, where "p." is a folder.
_AFTER_PAGE: Final = re.compile(
    rf"(?<![A-Za-z])(?:pp?\.|[Pp]ages?)\s*(\d{{1,4}}(?:\s*[{_DASH},]\s*\d{{1,4}})*)"
)
_INVENTORY: Final = re.compile(r"op\.\s*\d+,\s*$")
_PAGES: Final = re.compile(rf"(?<!\d)(\d{{3,4}})([{_DASH}]\s?)(\d{{1,2}})(?!\d)|\d+")


@dataclass(frozen=True, slots=True)
class Years:
    """A shift of all years by whole decades."""

    shift: int

    def disguised(self, text: str, *, dates: bool = False) -> str:
        """Return a text with its years moved.

        ``dates`` says that the text is a date in EDTF, where two digits after
        a year are a month or a season.
        """
        if dates:
            text = _DECADE.sub(lambda m: str(int(m[0]) + self.shift // 10), text)
        else:
            text = _SHORT_YEAR.sub(self._short, text)
        return _YEAR.sub(lambda m: str(int(m[0]) + self.shift), text)

    def _short(self, match: re.Match[str]) -> str:
        """Move the two last digits of a span such as 1945-59."""
        if int(match[4]) <= int(match[2]):
            return match[0]
        return f"{match[1]}{match[3]}{(int(match[4]) + self.shift) % 100:02}"


def shifted_years(rng: random.Random) -> Years:
    """Return one of the shifts."""
    return Years(rng.choice(_SHIFTS))


def page_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans in which numbers are page numbers by what stands around them."""
    for match in _BRACKETED.finditer(text):
        yield match.span(1)
    for match in _AFTER_PAGE.finditer(text):
        if not _INVENTORY.search(text[: match.start()][-30:]):
            yield match.span(1)


@dataclass(frozen=True, slots=True)
class Pages:
    """What every page number becomes."""

    others: dict[int, int]

    def disguised(self, text: str) -> str:
        """Return a string of page numbers with every number replaced; years stay."""
        return _PAGES.sub(self._other, text)

    def _other(self, match: re.Match[str]) -> str:
        numbers = _numbers(match)
        if not numbers:
            return match[0]
        first = self.others.get(numbers[0], numbers[0])
        if len(numbers) == 1:
            return str(first)
        # A span such as 286-92: the end keeps its few digits and stays behind the start.
        tail = 10 ** len(match[3])
        last = self.others.get(numbers[1], numbers[1])
        end = last % tail if last // tail == first // tail else tail - 1
        return f"{first}{match[2]}{end:0{len(match[3])}}"


def _numbers(match: re.Match[str]) -> tuple[int, ...]:
    """Return the page numbers of a match: none for a year, the full end of a short span."""
    printed = match[1] or match[0]
    if _YEAR.fullmatch(printed) or printed.startswith("0"):
        return ()
    if not match[3]:
        return (int(printed),)
    return int(printed), int(printed[: -len(match[3])] + match[3])


def page_numbers(strings: Iterable[str]) -> set[int]:
    """Return the numbers that stand in strings of page numbers, years left out."""
    matches = (match for string in strings for match in _PAGES.finditer(string))
    return {number for match in matches for number in _numbers(match)}


def other_pages(used: Iterable[int], rng: random.Random) -> Pages:
    """Return an increasing replacement of the numbers used, each of as many digits.

    Single digits stay: there is no other order-keeping choice worth making.
    """
    others: dict[int, int] = {}
    for digits in range(2, 5):
        low, high = 10 ** (digits - 1), 10**digits
        ours = sorted({number for number in used if low <= number < high})
        theirs = sorted(rng.sample(range(low, high), len(ours)))
        others.update(zip(ours, theirs, strict=True))
    return Pages(others)
