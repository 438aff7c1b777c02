"""What a recogniser writes, as it is printed: signs of Han texts, blanks between words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from scholiast.data import table
from scholiast.readers.recognition.words import Word
from scholiast.structure.sentences import wide

#: A blank beside a Han character is one when it is wider than this, in heights of the line.
_WIDE_BLANK: Final = 0.6
_DASHES: Final = "一-–—"


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a line: where it begins and ends (pixels), and whether a blank goes before."""

    text: str
    left: int
    right: int
    confidence: float
    blank: bool
    repair: str = ""
    original: str = ""


def pieces(words: Sequence[Word]) -> Iterator[Piece]:
    """Yield the words of one line."""
    before: Word | None = None
    han = _mostly_wide("".join(word.text for word in words))
    height = max((word.box[3] - word.box[1] for word in words), default=0)
    for word in words:
        text = _widened(word.text) if han else word.text
        blank = before is not None and _parted(before, word, height)
        yield Piece(text, word.box[0], word.box[2], word.confidence, blank)
        before = word


def _mostly_wide(text: str) -> bool:
    return 2 * sum(map(wide, text)) > len(text)


def _parted(before: Word, word: Word, height: int) -> bool:
    """Return whether a blank belongs between two words."""
    if not (wide(before.text[-1]) or wide(word.text[0])):
        return True
    gap = word.box[0] - before.box[2]
    return gap > _WIDE_BLANK * height


def _widened(text: str) -> str:
    """Return a word of a line of Han characters with the signs that belong to them."""
    signs: dict[str, str] = table("recognition")["wide"]
    out = []
    for at, sign in enumerate(text):
        digits = text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
        if sign == "一" and digits:
            out.append("—")
        else:
            out.append(sign if digits else signs.get(sign, sign))
    return "".join(out)
