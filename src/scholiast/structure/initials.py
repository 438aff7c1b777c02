"""Drop capitals that extraction tore off: found elsewhere on the page, or inferred."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from scholiast.structure.lines import Layout

#: How many lines below the torn word its letter is looked for.
BELOW: Final = 70
#: How far around a torn word its like is looked for (characters).
AROUND: Final = 100_000
_LETTER: Final = re.compile(r"^[“‘«\"']?([^\W\d_])$")
#: Capitals that are words of their own.
_WORDS: Final = "AIOАВИКОСУЯ"
_LATIN: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CYRILLIC: Final = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ"


@dataclass(frozen=True, slots=True)
class Initial:
    """A torn initial: the line it belongs to, the letter, and the line it stands on."""

    line: int  # index of the line whose first word is torn
    letter: str
    letter_line: int  # index of the line with the letter; -1 when it is nowhere
    spaced: bool = False  # the letter is a word of its own


def lone_letters(layout: Layout) -> list[int]:
    """Return the indexes of lines that hold one capital letter and nothing else."""
    found = []
    for at, line in enumerate(layout.lines):
        if 0 < len(line.text) <= 2 and line.role == "":
            match = _LETTER.match(line.text)
            if match and match.group(1).isupper():
                found.append(at)
    return found


def torn_initials(
    layout: Layout,
    openings: Sequence[int],
    letters: Sequence[int],
    vocabulary: Counter[str],
    text: str,
) -> list[Initial]:
    """Return the torn initials of the paragraphs that begin at the lines ``openings``.

    A paragraph that begins small after a heading has lost its first letter. A
    lone capital below it is that letter; where there is none, the letter is
    inferred from the words of the text, if they leave no doubt.
    """
    free = list(letters)
    found: list[Initial] = []
    pending: list[tuple[int, str]] = []
    for order, at in enumerate(openings):
        torn = re.match(r"[^\W\d_]+", layout.lines[at].text)
        if torn is None or not torn.group()[0].islower():
            continue
        limit = openings[order + 1] if order + 1 < len(openings) else len(layout.lines)
        letter_at = next(
            (x for x in free if at - 3 <= x < min(limit, at + BELOW)),
            None,
        )
        if letter_at is None:
            pending.append((at, torn.group()))
            continue
        free.remove(letter_at)
        match = _LETTER.match(layout.lines[letter_at].text)
        letter = match.group(1) if match else ""
        spaced = stands_alone(letter, torn.group(), vocabulary)
        found.append(Initial(at, letter, letter_at, spaced))
    found += _far_initials(layout, free, {initial.line for initial in found}, vocabulary)
    for at, rest in pending:
        if any(initial.line == at for initial in found):
            continue
        # A word that the text has may begin small on purpose, unless initials are torn here.
        if vocabulary[rest] > 1 and not found:
            continue
        begin = max(0, layout.lines[at].start - AROUND)
        near = text[begin : layout.lines[at].start + AROUND]
        letter = _inferred(rest, layout.lines[at].text[len(rest) :], vocabulary, near)
        if letter:
            found.append(Initial(at, letter, -1))
    return sorted(found, key=lambda initial: initial.line)


def stands_alone(letter: str, rest: str, vocabulary: Counter[str]) -> bool:
    """Return whether an initial is a word of its own ("A", "I") and not part of the next."""
    whole = letter + rest
    known = vocabulary[whole] + vocabulary[whole.lower()]
    if letter not in _WORDS or known:
        return False
    return vocabulary[rest] > 1 or _kin(rest, vocabulary) > 1 > _kin(whole, vocabulary)


def _kin(word: str, vocabulary: Counter[str]) -> int:
    """Return how many words of a text are forms of a longer word, its ending apart."""
    stem = word.casefold()[: max(5, len(word) - 3)]
    if len(word) < 5:
        return 0
    return sum(one.casefold().startswith(stem) for one in vocabulary)


def _far_initials(
    layout: Layout, letters: Sequence[int], taken: set[int], vocabulary: Counter[str]
) -> list[Initial]:
    """Return the words above a lone capital that it makes whole, after no heading we know."""
    found = []
    for letter_at in letters:
        match = _LETTER.match(layout.lines[letter_at].text)
        letter = match.group(1) if match else ""
        for at in range(letter_at - 1, max(0, letter_at - BELOW), -1):
            line = layout.lines[at]
            if line.role != "" or at in taken or not line.text[:1].islower():
                continue
            first = re.match(r"[^\W\d_]+", line.text)
            begins = not layout.lines[at - 1].text
            whole = letter + (first.group() if first else "")
            if begins and vocabulary[whole] + vocabulary[whole.lower()] > 1:
                found.append(Initial(at, letter, letter_at))
                break
    return found


def _inferred(rest: str, following: str, vocabulary: Counter[str], text: str) -> str:
    """Return the letter that makes the torn word a word of the text, or nothing.

    Where several letters do, the one whose word comes before the same next
    word elsewhere, else the one that is clearly more frequent.
    """
    alphabet = _CYRILLIC if "а" <= rest[0] <= "я" else _LATIN
    # A word that begins a paragraph begins sentences: its capital form counts.
    weights = {letter: vocabulary[letter + rest] for letter in alphabet}
    if not any(weights.values()):
        weights = {letter: vocabulary[(letter + rest).lower()] for letter in alphabet}
    known = sorted((weight, letter) for letter, weight in weights.items() if weight)[::-1]
    if not known:
        return ""
    if len(known) == 1 or known[0][0] >= 3 * known[1][0]:
        return known[0][1]
    next_word = re.match(r"\s+[^\W\d_]+", following)
    if next_word is not None:
        pairs = sorted(
            (
                len(
                    re.findall(
                        rf"\b{letter}{rest}\s+{next_word.group().strip()}\b", text, re.IGNORECASE
                    )
                ),
                letter,
            )
            for _, letter in known
        )[::-1]
        if pairs[0][0] > pairs[1][0]:
            return pairs[0][1]
    return known[0][1] if known[0][0] >= 1.5 * known[1][0] else ""
