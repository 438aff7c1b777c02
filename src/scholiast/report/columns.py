"""Text in columns of a terminal: how wide it is, how it wraps, what of a line fits.

Widths are columns: ideographs take two, combining marks none (Unicode Standard
Annex 11, East Asian Width; ambiguous characters count as narrow).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

ELLIPSIS: Final = "…"

#: A blank that ``wrap`` does not break a line at, and gives back as a common one.
FIRM: Final = "\u00a0"

_WORD: Final = re.compile(r" *[^ ]+")
#: Marks that may not begin a line of Chinese, and those that may not end one.
_NOT_FIRST: Final = frozenset("，。、；：？！）》」』】〉”’…—％")
_NOT_LAST: Final = frozenset("（《「『【〈“‘")
#: Characters that steer a terminal or turn the direction of writing, made visible or dropped.
_CONTROLS: Final = {
    **{code: 0x2400 + code for code in range(0x20)},
    **dict.fromkeys(range(0x7F, 0xA0), 0xFFFD),
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
    **dict.fromkeys(
        (0x00AD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)
    ),
}


class Line(NamedTuple):
    """A line of text and the columns of it that are to be marked."""

    text: str
    mark_start: int
    mark_width: int


def plain(text: str) -> str:
    """Return a text on one line, runs of blanks made one, without control characters."""
    return re.sub(r"\s+", " ", text).translate(_CONTROLS)


def width(text: str) -> int:
    """Return how many columns a text takes."""
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else 1


def wrap(text: str, columns: int, indent: str = "", hanging: str | None = None) -> list[str]:
    """Return a ``plain`` text as lines of at most ``columns``, the later begun with ``hanging``.

    Lines break at blanks, and between ideographs; a word too long for a line
    is broken where the line ends.
    """
    later = indent if hanging is None else hanging
    lines: list[str] = []
    line, bare = indent, True
    for piece in _pieces(text):
        if not bare and width(line + piece) > columns:
            lines.append(line.rstrip())
            line, bare = later, True
        if bare:
            piece = piece.lstrip()
        while bare and width(line + piece) > columns and len(piece) > 1:
            head = _head(piece, columns - width(line)) or piece[0]
            lines.append(line + head)
            line, piece = later, piece[len(head) :]
        line += piece
        bare = bare and not piece
    return [line.replace(FIRM, " ") for line in (*lines, line.rstrip())]


def _pieces(text: str) -> list[str]:
    """Return what a line may not break inside: words with their blank, single ideographs."""
    pieces: list[str] = []
    for match in _WORD.finditer(text):
        word = match.group()
        if word.isascii():
            pieces.append(word)
            continue
        begun = ""
        for character in word:
            if begun and _breaks(begun[-1], character):
                pieces.append(begun)
                begun = ""
            begun += character
        pieces.append(begun)
    return pieces


def _breaks(before: str, after: str) -> bool:
    """Return whether a line may break between two characters that no blank divides."""
    wide = _width(before) == 2 or _width(after) == 2
    return wide and before not in _NOT_LAST and before != " " and after not in _NOT_FIRST


def _head(text: str, columns: int) -> str:
    """Return the longest beginning of a text that takes at most so many columns."""
    taken = 0
    for at, character in enumerate(text):
        taken += _width(character)
        if taken > columns:
            return text[:at]
    return text


def _tail(text: str, columns: int) -> str:
    """Return the longest end of a text that takes at most so many columns."""
    taken = 0
    for at in range(len(text) - 1, -1, -1):
        taken += _width(text[at])
        if taken > columns:
            return text[at + 1 :].lstrip("".join(filter(unicodedata.combining, text[at + 1 :])))
    return text


def shortened(text: str, columns: int) -> str:
    """Return a text with its middle left out where it is too wide."""
    if width(text) <= columns:
        return text
    room = columns - 3
    head = _head(text, room - room // 2).rstrip()
    return f"{head} {ELLIPSIS} {_tail(text, room // 2).lstrip()}"


def fit(before: str, words: str, after: str, columns: int) -> Line:
    """Return words in their context on one line of at most ``columns``, and where to mark them.

    Context is left out at its far ends, at blanks where there are any; of
    words longer than the line the middle is left out. An empty ``words``
    marks the place between the two sides.
    """
    words = shortened(words, columns - 4)
    room = columns - width(words)
    left, right = width(before), width(after)
    half = room // 2
    left_room = max(half, room - right) if left > half else left
    left_text = _cut(before, left_room, first=True)
    right_text = _cut(after, room - width(left_text), first=False)
    return Line(left_text + words + right_text, width(left_text), max(1, width(words)))


def _cut(text: str, columns: int, *, first: bool) -> str:
    """Return a side of a context cut to a width between words, with an ellipsis where it was cut.

    ``first`` says that it is the side before the words, which is cut at its
    beginning.
    """
    if width(text) <= columns:
        return text
    room = columns - 2
    if room < 1:
        return ""
    if first:
        at = len(text) - len(_tail(text, room))
        while at < len(text) and not _parts(text, at):
            at += 1
        blank = " " if text.endswith(" ") else ""
        return f"{ELLIPSIS} {text[at:].lstrip()}" if text[at:].strip() else ELLIPSIS + blank
    at = len(_head(text, room))
    while at > 0 and not _parts(text, at):
        at -= 1
    blank = " " if text.startswith(" ") else ""
    return f"{text[:at].rstrip()} {ELLIPSIS}" if text[:at].strip() else blank + ELLIPSIS


def _parts(text: str, at: int) -> bool:
    """Return whether a text may be parted before the character at an offset."""
    return text[at] == " " or text[at - 1] == " " or _breaks(text[at - 1], text[at])
