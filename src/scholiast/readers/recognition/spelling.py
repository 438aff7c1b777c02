"""What a recogniser writes, as it is printed: signs of Han texts, blanks between words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from scholiast.data import table
from scholiast.readers.recognition.words import Word
from scholiast.structure.sentences import wide

#: The boxes of Han characters are inexact: a gap narrower than this (in heights) is none.
_INEXACT: Final = 3


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
    for word, following in zip(words, (*words[1:], None), strict=True):
        text = _widened(word.text) if han else word.text
        blank = before is not None and _parted(before, word)
        right = word.box[2]
        if han and following is not None and following.box[0] - right < _INEXACT * height:
            right = max(right, following.box[0])
        yield Piece(text, word.box[0], right, word.confidence, blank)
        before = word


def _mostly_wide(text: str) -> bool:
    """Return whether most letters, digits and signs apart, are Han characters."""
    letters = [sign for sign in text if sign.isalpha()]
    return 2 * sum(map(wide, letters)) > len(letters)


def _parted(before: Word, word: Word) -> bool:
    """Return whether a blank belongs between two words: beside Han characters none does."""
    return not (wide(before.text[-1]) or wide(word.text[0]))


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
