"""The words of a page, read in the language of its document and in those of its titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from scholiast.readers.recognition.image import Box
from scholiast.readers.recognition.initials import Initial, initials
from scholiast.readers.recognition.languages import Choice
from scholiast.readers.recognition.program import Tesseract
from scholiast.readers.recognition.sheet import Sheet
from scholiast.readers.recognition.words import Word

#: A word below this confidence may be in another language: its line is read again.
DOUBTFUL: Final = 0.7
#: What another language reads must be surer by this.
_SURER: Final = 0.12
#: Words read the same in two languages overlap by this part of the narrower.
_OVERLAP: Final = 0.5
#: With fewer doubtful words than this a page is not read again.
_FEWEST: Final = 1
_AROUND: Final = 6


@dataclass(frozen=True, slots=True)
class Read:
    """What was read on a page: its words and its drop capitals."""

    words: Sequence[Word]
    initials: Sequence[Initial] = ()


def read_words(sheet: Sheet, choice: Choice, tesseract: Tesseract) -> Read:
    """Return the words of a page; raises ``RecognitionError``."""
    image = sheet.picture.image
    large = initials(image, sheet.ink, sheet.rows, choice.main, tesseract)
    gone = [one.box for one in (*sheet.marks, *large)]
    clean = sheet.without(gone)
    words = tesseract.read(clean, [choice.main], dpi=sheet.dpi)
    for language in choice.beside:
        doubtful = _doubtful_lines(words)
        if len(doubtful) < _FEWEST:
            break
        part = clean.only(doubtful)
        again = tesseract.read(part, [language], dpi=sheet.dpi)
        words = _better(words, again)
    return Read(words, large)


def _doubtful_lines(words: Sequence[Word]) -> list[Box]:
    """Return the boxes of the lines with words that are read badly."""
    lines: dict[tuple[int, int, int], list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return [
        (
            min(word.box[0] for word in line) - _AROUND,
            min(word.box[1] for word in line) - _AROUND,
            max(word.box[2] for word in line) + _AROUND,
            max(word.box[3] for word in line) + _AROUND,
        )
        for line in lines.values()
        if any(word.confidence < DOUBTFUL and _lettered(word) for word in line)
    ]


def _lettered(word: Word) -> bool:
    return any(sign.isalpha() for sign in word.text)


def _better(words: Sequence[Word], again: Sequence[Word]) -> list[Word]:
    """Return the words, those read badly as another language read them where that is surer."""
    found: list[Word] = []
    used: set[int] = set()
    for group in _groups(words):
        others = [
            n
            for n, other in enumerate(again)
            if n not in used and any(_same_place(word, other) for word in group)
        ]
        if min(word.confidence for word in group) < DOUBTFUL and others:
            new = [again[n] for n in others]
            if _sureness(new) > _sureness(group) + _SURER and any(map(_lettered, new)):
                used.update(others)
                found.extend(Word(one.text, one.box, one.confidence, group[0].line) for one in new)
                continue
        found.extend(group)
    return found


def _groups(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield doubtful words side by side as one group, every other word by itself."""
    group: list[Word] = []
    for word in words:
        doubtful = word.confidence < DOUBTFUL
        if group and not (doubtful and word.line == group[-1].line):
            yield group
            group = []
        if doubtful:
            group.append(word)
        else:
            yield [word]
    if group:
        yield group


def _same_place(word: Word, other: Word) -> bool:
    """Return whether two words stand at one place of the picture."""
    across = min(word.box[2], other.box[2]) - max(word.box[0], other.box[0])
    down = min(word.box[3], other.box[3]) - max(word.box[1], other.box[1])
    low = min(word.box[3] - word.box[1], other.box[3] - other.box[1])
    return across > _OVERLAP * min(word.width, other.width) and down > _OVERLAP * low


def _sureness(words: Sequence[Word]) -> float:
    """Return the mean confidence of words, by their width."""
    width = sum(word.width for word in words)
    return sum(word.confidence * word.width for word in words) / max(1, width)
