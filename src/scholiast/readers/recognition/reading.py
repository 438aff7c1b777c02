"""The words of a page, read in the language of its document and in those of its titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from scholiast.data import table
from scholiast.readers.recognition.alike import cyrillic, unbarred
from scholiast.readers.recognition.image import Box
from scholiast.readers.recognition.initials import Initial, initials
from scholiast.readers.recognition.languages import Choice
from scholiast.readers.recognition.program import ONE_BLOCK, Tesseract
from scholiast.readers.recognition.sheet import Sheet
from scholiast.readers.recognition.words import Line, Word
from scholiast.structure.sentences import wide

#: A word below this confidence may be in another language: its line is read again.
DOUBTFUL: Final = 0.7
#: What another language reads must be surer by this.
_SURER: Final = 0.12
#: Beside words in another language a word is read in it when that is so sure, and hardly less
#: sure than before.
_TITLE: Final = 0.7
_AS_SURE: Final = 0.1
#: A word in letters printed alike in two scripts: one reading is a guess, the other is clear.
_GUESS: Final = 0.5
_CLEAR: Final = 0.85
#: A second reading of a line must be surer by this, and be this long.
_SURER_LINE: Final = 0.02
_AS_LONG: Final = 0.85
#: A word belongs to a line whose middle is nearer than this (in heights of the line).
_ASIDE: Final = 0.6
#: Words read the same in two languages overlap by this part of the narrower.
_OVERLAP: Final = 0.5
#: With fewer doubtful words than this a page is not read again.
_FEWEST: Final = 1
#: How far around a line the picture is read again, in pixels.
_EDGE: Final = 6


@dataclass(frozen=True, slots=True)
class Read:
    """What was read on a page: its words and its drop capitals."""

    words: Sequence[Word]
    initials: Sequence[Initial] = ()


def read_words(sheet: Sheet, choice: Choice, tesseract: Tesseract) -> Read:
    """Return the words of a page; raises ``RecognitionError``."""
    image = sheet.picture.image
    large = initials(image, sheet.ink, sheet.rows, choice.main, tesseract)
    gone = [mark.box for mark in sheet.marks] + [one.box for one in large]
    clean = sheet.without(gone)
    words = tesseract.read(clean, [choice.main], dpi=sheet.dpi)
    doubtful = _doubtful_lines(words)
    if doubtful:
        # Lines that were cut badly are cut otherwise as lines of one block.
        again = tesseract.read(
            clean.only(doubtful), [choice.main], dpi=sheet.dpi, division=ONE_BLOCK
        )
        words = _better_lines(words, again)
    for language in choice.beside:
        doubtful = _doubtful_lines(words)
        if len(doubtful) < _FEWEST:
            break
        again = tesseract.read(clean.only(doubtful), [language], dpi=sheet.dpi)
        words = _better(words, again)
    following = (*(word.text for word in words[1:]), "")
    words = [
        replace(word, text=unbarred(word.text, after)) if word.text[0] in "|[" else word
        for word, after in zip(words, following, strict=True)
    ]
    return Read(words, large)


def _doubtful_lines(words: Sequence[Word]) -> list[Box]:
    """Return the boxes of the lines with words that are read badly, and those after such ends."""
    found: list[Box] = []
    broken = False
    for line in _by_line(words).values():
        doubtful = [word for word in line if word.confidence < DOUBTFUL and _lettered(word)]
        if doubtful or broken:
            found.append(_around(line, _EDGE))
        broken = bool(doubtful) and doubtful[-1] is line[-1]
    return found


def _lettered(word: Word) -> bool:
    return any(sign.isalpha() for sign in word.text)


def _better_lines(words: Sequence[Word], again: Sequence[Word]) -> list[Word]:
    """Return the words, whole lines of them as a second reading has them where that is surer."""
    lines = _by_line(words)
    boxes = {key: _around(line) for key, line in lines.items()}
    others: dict[Line, list[Word]] = {}
    for other in again:
        home = _home(other, boxes)
        if home is not None:
            others.setdefault(home, []).append(other)
    found: list[Word] = []
    for key, line in lines.items():
        new = others.get(key, [])
        long_enough = sum(w.width for w in new) >= _AS_LONG * sum(w.width for w in line)
        if long_enough and _sureness(new) > _sureness(line) + _SURER_LINE:
            line = [replace(one, line=key) for one in new]
        found.extend(line)
    return found


def _home(word: Word, boxes: dict[Line, Box]) -> Line | None:
    """Return the line in the middle of which a word stands best."""
    across, down = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    best: Line | None = None
    least = _ASIDE
    for key, (left, top, right, bottom) in boxes.items():
        high = bottom - top
        away = abs(down - (top + bottom) / 2) / max(1, high)
        if left - high <= across <= right + high and away < least:
            best, least = key, away
    return best


def _by_line(words: Sequence[Word]) -> dict[Line, list[Word]]:
    lines: dict[Line, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return lines


def _around(words: Sequence[Word], edge: int = 0) -> Box:
    return (
        min(word.box[0] for word in words) - edge,
        min(word.box[1] for word in words) - edge,
        max(word.box[2] for word in words) + edge,
        max(word.box[3] for word in words) + edge,
    )


def _better(words: Sequence[Word], again: Sequence[Word]) -> list[Word]:
    """Return the words, those read badly as another language read them where that is surer."""
    found: list[Word] = []
    used: set[int] = set()
    changed: set[int] = set()  # the ids of the words that are read otherwise
    for group in _groups(words):
        others = [
            n
            for n, other in enumerate(again)
            if n not in used and any(_same_place(word, other) for word in group)
        ]
        if min(word.confidence for word in group) < DOUBTFUL and others:
            new = [again[n] for n in others]
            alike = _alike(group, new)
            if alike:
                used.update(others)
                found.extend(alike)
                continue
            if _surer(new, group):
                used.update(others)
                found.extend(replace(one, line=group[0].line) for one in new)
                changed.update(map(id, found[-len(new) :]))
                continue
        found.extend(group)
    left = [other for n, other in enumerate(again) if n not in used]
    for order in (range(len(found)), range(len(found) - 1, -1, -1)):
        _follow(found, order, left, changed)
    return found


def _alike(group: Sequence[Word], new: Sequence[Word]) -> list[Word]:
    """Return the words of a group where what another script reads is letters printed alike.

    None where it is not so. The other reading helps where the first is a guess.
    """
    found = []
    if len(group) != len(new):
        return []
    for word, other in zip(group, new, strict=True):
        text = cyrillic(other.text, word.text)
        if not text:
            return []
        better = other.confidence >= _CLEAR > _GUESS >= word.confidence
        found.append(replace(other, text=text, line=word.line) if better else word)
    return found


def _follow(
    found: list[Word], order: Sequence[int], again: Sequence[Word], changed: set[int]
) -> None:
    """Read words beside changed ones otherwise too, where that is as sure: a title goes on."""
    pages: list[str] = table("recognition")["pages"]
    passed: set[int] = set()  # the ids of figures behind a title
    for before, at in pairwise(order):
        word, beside = found[at], found[before]
        if id(word) in changed or not _goes_on(beside, word, changed | passed, at > before):
            continue
        if not _lettered(word):
            if at > before:
                passed.add(id(word))
            continue
        others = [other for other in again if _same_place(word, other)]
        if len(others) == 1 and _lettered(others[0]):
            other = others[0]
            if other.text not in pages and (
                id(beside) in passed or cyrillic(other.text, word.text)
            ):
                continue
            if other.confidence >= max(_TITLE, word.confidence - _AS_SURE) and not _han([word]):
                found[at] = replace(other, line=word.line)
                changed.add(id(found[at]))


def _goes_on(beside: Word, word: Word, changed: set[int], ahead: bool) -> bool:
    """Return whether a word stands beside a changed one, or begins the line after it."""
    return id(beside) in changed and (word.line == beside.line or ahead)


def _surer(new: Sequence[Word], group: Sequence[Word]) -> bool:
    """Return whether another language reads words surer, and not Han characters as letters."""
    if _han(group) and not _han(new):
        return False
    return any(map(_lettered, new)) and _sureness(new) > _sureness(group) + _SURER


def _han(words: Sequence[Word]) -> bool:
    return any(wide(sign) for word in words for sign in word.text)


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
