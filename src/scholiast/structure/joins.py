"""How two lines of extracted text belong together: words, paragraphs, hyphens."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Final

from scholiast.data import table
from scholiast.structure.lines import Layout, Line
from scholiast.structure.sentences import awaits_number, terminal, wide

#: The parts of a compound that was broken at its own hyphen have at least so many letters.
LEAST_PART: Final = 4
_HYPHENS: Final = "-‐\u00ad¬"
_LIST_ITEM: Final = re.compile(r"(?:[•‣◦▪–—-]\s|\(?(?:\d{1,2}|[a-zа-я])[.)]\s)")
_LAST_WORD: Final = re.compile(r"[^\W\d_]+$")
_FIRST_WORD: Final = re.compile(r"[^\W\d_]+")
_WEB: Final = re.compile(r"(?:https?://|www\.|(?<![\w.@])(?:[\w-]+\.)+[a-z]{2,6}/)\S*$")


class Join(Enum):
    """What stands in the text where one line ends and the next begins."""

    PARAGRAPH = "\n\n"
    BLANK = " "
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Seam:
    """The seam of two lines: what joins them, and what was mended there."""

    join: Join
    drop: int = 0  # characters taken off the end of the first line (a soft hyphen)
    repair: str = ""


@cache
def _parts(name: str) -> frozenset[str]:
    return frozenset(table("hyphens")[name])


@cache
def _endings() -> tuple[str, ...]:
    return tuple(table("hyphens")["endings"])


@cache
def _wade() -> re.Pattern[str]:
    sounds = table("hyphens")["wade"]
    return re.compile(f"(?:{sounds['initials']})?(?:{sounds['finals']})", re.IGNORECASE)


def _chinese_name(text: str, right: str) -> bool:
    """Return whether words end with a surname and half a given name: "Tao Chih-" and "heng"."""
    words = re.findall(r"[^\W\d_]+(?:['’ʻ][^\W\d_]+)*", text[-40:])
    if len(words) < 2 or not re.search(rf"{words[-2]}\s{words[-1]}$", text):
        return False
    names = words[-2:]
    return all(name[0].isupper() for name in names) and all(
        _wade().fullmatch(part) for part in (*names, right)
    )


PARAGRAPH: Final = Seam(Join.PARAGRAPH)


def _han(text: str) -> bool:
    """Return whether most characters of a text belong to scripts written without blanks."""
    return 2 * sum(map(wide, text)) > len(text)


class Joiner:
    """Decides the seams of one text, by its own words and its own habit with hyphens."""

    def __init__(self, layout: Layout, vocabulary: Counter[str]) -> None:
        self.layout = layout
        self.vocabulary = vocabulary
        self._torn = Counter(part for parts in self._breaks() for part in parts)
        self._breaks_words = self._habit()

    def _breaks(self) -> list[tuple[str, str]]:
        """Return the parts of the words with a hyphen at the end of a line."""
        found: list[tuple[str, str]] = []
        for first, second in zip(self.layout.lines, self.layout.lines[1:], strict=False):
            if not first.text or not second.text or first.text[-1] not in _HYPHENS:
                continue
            left, right = _LAST_WORD.search(first.text[:-1]), _FIRST_WORD.match(second.text)
            if left is not None and right is not None and not right.group()[0].isupper():
                found.append((left.group(), right.group()))
        return found

    def _habit(self) -> bool:
        """Return whether the text breaks words at line ends, judged by the certain cases."""
        broken = kept = 0
        for left, right in self._breaks():
            whole = self._count(left + right)
            compound = self._count(f"{left}-{right}")
            parts = self._alone(left) and self._alone(right)
            if whole > compound or not (parts or compound):
                broken += 1
            elif compound > whole or parts:
                kept += 1
        return broken > kept

    def _count(self, word: str) -> int:
        return self.vocabulary[word] + self.vocabulary[word.lower()]

    def _compound(self, left: str, right: str) -> bool:
        """Return whether a hyphen between two parts is the word's own, where no other word tells.

        The parts are then words by themselves that form no word together.
        """
        low = left.lower()
        if low in _parts("open") and (self._alone(right) or right.lower().endswith(_endings())):
            return True
        if min(len(left), len(right)) < LEAST_PART or low in _parts("closed"):
            return False
        if not (self._alone(left) and self._alone(right)):
            return False
        stem = (low + right.lower())[:-2]
        if any(word.lower().startswith(stem) for word in self.vocabulary):
            return False
        return left[0].isupper() or right.lower().endswith(_endings())

    def _alone(self, word: str) -> bool:
        """Return whether the text has a word elsewhere than at the ends of its lines."""
        return self._count(word) - self._torn[word] - self._torn[word.lower()] > 0

    def seam(self, first: Line, text: str, second: Line, *, note: bool, near_initial: bool) -> Seam:
        """Return the seam of two lines of a body or of a note.

        ``text`` is the first line without its note marks; ``near_initial``
        says that a torn initial indents the lines here.
        """
        gap = second.order - first.order > 1
        if not text:
            return PARAGRAPH if gap else Seam(Join.BLANK)
        if "heading" in (first.role, second.role) and first.role != second.role:
            return PARAGRAPH
        if not gap and self._adjacent(first, text, second, note):
            return self.glue(text, second.text)
        if not gap:
            return PARAGRAPH
        if self._broken(first, text, second, note, near_initial):
            seam = self.glue(text, second.text)
            return Seam(seam.join, seam.drop, seam.repair or "page-join")
        return PARAGRAPH

    def _adjacent(self, first: Line, text: str, second: Line, note: bool) -> bool:
        """Return whether two lines without a blank line between are of one paragraph."""
        layout = self.layout
        if not layout.wrapped:
            return False
        if note:
            return True
        if layout.spaced:
            short = len(first.text) < 0.8 * layout.width
            return not (_LIST_ITEM.match(second.text) and terminal(text) and short)
        short = len(first.text) < 0.8 * layout.width
        if terminal(text) and (short or second.indent > first.indent + 1):
            return False
        return not (short and second.text[0].isupper() and len(first.text) < 0.6 * layout.width)

    def _broken(self, first: Line, text: str, second: Line, note: bool, near_initial: bool) -> bool:
        """Return whether a gap between two lines breaks a paragraph that goes on."""
        if not self.layout.wrapped and first.page == second.page:
            return False
        if awaits_number(text, second.text):
            return True
        if terminal(text) or _LIST_ITEM.match(second.text):
            return False
        start = second.text[0]
        turned = first.page != second.page or self._removed_between(first, second)
        if text[-1] in ":;：；" and not (note or turned or near_initial):
            return False  # a list follows, or goes on
        if text[-1] in _HYPHENS or start.islower() or near_initial:
            return True
        if wide(text[-1]) and wide(start) and len(first.text) > 0.4 * self.layout.width:
            return True
        if note:
            return True
        closed = text[-1] in "”’\"')]»」』》）:："
        return turned and not closed and len(first.text) > 0.5 * self.layout.width

    def _removed_between(self, first: Line, second: Line) -> bool:
        """Return whether notes, furniture or a rule were taken out between two lines."""
        between = self.layout.lines[first.order + 1 : second.order]
        return any(line.role or line.rule for line in between)

    def glue(self, text: str, following: str) -> Seam:
        """Return how a line and the next are joined inside a paragraph."""
        last, start = text[-1], following[0]
        if last == "\u00ad":
            return Seam(Join.NOTHING, 1, "hyphen")
        if last in _HYPHENS and len(text) > 1 and not text[-2].isspace():
            return self._hyphen(text, following)
        if (last in "—―" and len(text) > 1 and not text[-2].isspace()) or start in "—―":
            return Seam(Join.NOTHING)
        if last == "–" and start.isdigit() and text[-2:-1].isdigit():
            return Seam(Join.NOTHING)  # 228–40
        if (wide(last) or wide(start) or (last.isdigit() and start.isdigit())) and _han(
            text[-40:] + following[:40]
        ):
            return Seam(Join.NOTHING)  # a text in which nothing but the end of a line is there
        opens, closes = last in "([{“‘«„", start in ")]}”’»"
        if (wide(last) or opens) and (wide(start) or closes):
            return Seam(Join.NOTHING)
        web = _WEB.search(text)
        if web and last in "/-_=&?%" and not start.isspace():
            return Seam(Join.NOTHING)
        return Seam(Join.BLANK)

    def _hyphen(self, text: str, following: str) -> Seam:
        """Decide whether a hyphen at a line end belongs to the word."""
        kept = Seam(Join.NOTHING, 0, "hyphen-kept")
        if _WEB.search(text):
            return kept
        left, right = _LAST_WORD.search(text[:-1]), _FIRST_WORD.match(following)
        if left is None or right is None or right.group()[0].isupper():
            return kept
        if right.group() in ("and", "or", "to", "und", "oder", "bis", "и", "или"):
            return Seam(Join.BLANK)
        whole = self._count(left.group() + right.group())
        compound = self._count(f"{left.group()}-{right.group()}")
        if compound > whole:
            return kept
        if whole > compound:
            return Seam(Join.NOTHING, 1, "hyphen")
        if _chinese_name(text[:-1], right.group()):
            return kept
        if self._breaks_words and not self._compound(left.group(), right.group()):
            return Seam(Join.NOTHING, 1, "hyphen")
        known = self._alone(left.group()) and self._alone(right.group())
        return kept if known or not whole else Seam(Join.NOTHING, 1, "hyphen")
