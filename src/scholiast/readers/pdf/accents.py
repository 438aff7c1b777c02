"""Accents set as characters of their own are put on their letters; ligatures are resolved.

Old fonts draw an accent over its letter, before it or behind it in the file;
which of its neighbours it belongs to is told by where it stands.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from scholiast.readers.pdf.page import Run

if TYPE_CHECKING:
    from scholiast.readers.pdf.glyphs import Glyphs

#: Spacing accents and the combining ones that they stand for.
_COMBINING: Final = {
    "`": "\u0300", "\u02cb": "\u0300", "\u00b4": "\u0301", "\u02ca": "\u0301", "^": "\u0302",
    "\u02c6": "\u0302", "~": "\u0303", "\u02dc": "\u0303", "\u00af": "\u0304", "\u02c9": "\u0304",
    "\u02d8": "\u0306", "\u02d9": "\u0307", "\u00a8": "\u0308", "\u02da": "\u030a",
    "\u02dd": "\u030b", "\u02c7": "\u030c", "\u00b8": "\u0327", "\u02db": "\u0328",
}  # fmt: skip
_DOTLESS: Final = {"\u0131": "i", "\u0237": "j"}
#: What fonts of TeX without a map have in place of control characters (the Cork encoding).
SIGNS: Final = {
    "\x10": "“", "\x11": "”", "\x12": "„", "\x13": "«", "\x14": "»", "\x15": "–", "\x16": "—",
    "\x1b": "ff", "\x1c": "fi", "\x1d": "fl", "\x1e": "ffi", "\x1f": "ffl",
}  # fmt: skip
_CONTROL: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff"
_LIGATURES: Final = "\ufb00-\ufb06\u0132\u0133\u01c4-\u01cc"
ACCENTS: Final = re.compile(
    f"[{''.join(map(re.escape, _COMBINING))}\u0300-\u036f{_LIGATURES}{_CONTROL}]"
)
_LIGATURE: Final = re.compile(f"[{_LIGATURES}]")


def composed(runs: list[Run], glyphs: Glyphs) -> list[Run]:
    """Return the runs of a page with whole letters and without ligatures."""
    found: list[Run] = []
    places = _Places(glyphs)
    pending: Run | None = None  # an accent that belongs to the next letter
    for run in runs:
        if pending is None and not ACCENTS.search(run.text):
            found.append(run)
            continue
        pending = _one(run, found, places, pending)
    if pending is not None:
        found.append(pending)
    return _far(found, places)


def _far(runs: list[Run], places: _Places) -> list[Run]:
    """Return the runs with accents that stand elsewhere in the file put on their letters."""
    for accent in [run for run in runs if run.text in _COMBINING and not run.repair]:
        middle = (accent.left + accent.right) / 2
        for at, run in enumerate(runs):
            near = run.left - 1 <= middle <= run.right + 1
            level = abs(run.base - accent.base) < 0.6 * run.size
            if run is accent or not (near and level) or run.repair or len(run.text) != run.count:
                continue
            letter = next(
                (
                    n
                    for n, character in enumerate(run.text)
                    if character.isalpha() and places.over(accent.source, run.source + n)
                ),
                None,
            )
            if letter is None:
                continue
            whole = _joined(accent, places.cut(run, letter, letter + 1), before=True)
            whole.source, whole.count = run.source + letter, 1
            parts = [places.cut(run, 0, letter)] if letter else []
            parts.append(whole)
            if letter + 1 < len(run.text):
                parts.append(places.cut(run, letter + 1, len(run.text)))
            runs[at : at + 1] = parts
            runs.remove(accent)
            accent.hidden = "accent"
            places.glyphs.page.hidden.append(accent)
            break
    return runs


def _one(run: Run, found: list[Run], places: _Places, pending: Run | None) -> Run | None:
    """Add one run in pieces; return an accent at its end that awaits its letter."""
    text, begun, at = run.text, 0, 0
    if run.repair or len(text) != run.count:
        if pending is not None:
            found.append(pending)
        found.append(run)
        return None
    while at < len(text):
        character = text[at]
        if pending is not None:
            if character.isalpha() and places.over(pending.source, run.source + at):
                found.append(_joined(pending, places.cut(run, at, at + 1), before=True))
                begun = at + 1
            else:
                found.append(pending)
            pending = None
            at += 1
            continue
        if not ACCENTS.match(character):
            at += 1
            continue
        if at > begun:
            found.append(places.cut(run, begun, at))
        begun = at + 1
        piece = places.cut(run, at, at + 1)
        at += 1
        if character < " " or character > "\ufffd":
            shown = SIGNS.get(character, "\ufffd")
            found.append(replace(piece, text=shown, repair="character", original=character))
        elif _LIGATURE.match(character):
            plain = unicodedata.normalize("NFKC", character)
            found.append(replace(piece, text=plain, repair="ligature", original=character))
        elif _takes(found, piece, places):
            found.append(_joined(piece, places.last(found), before=False))
        else:
            pending = piece
    if begun < len(text):
        found.append(places.cut(run, begun, len(text)))
    return pending


def _takes(found: list[Run], accent: Run, places: _Places) -> bool:
    """Return whether an accent belongs to the letter before it."""
    if not found or found[-1].repair or not found[-1].text[-1:].isalpha():
        return False
    last = found[-1].source + found[-1].count - 1
    if accent.source - last > 2:
        return False
    if "\u0300" <= accent.text <= "\u036f" and accent.source == last + 1:
        return True
    return places.over(accent.source, last)


def _joined(accent: Run, letter: Run, *, before: bool) -> Run:
    """Return the letter with its accent."""
    mark = _COMBINING.get(accent.text, accent.text)
    base = _DOTLESS.get(letter.text, letter.text)
    first, last = (accent, letter) if before else (letter, accent)
    return replace(
        letter,
        text=unicodedata.normalize("NFC", base + mark),
        source=first.source,
        count=last.source + last.count - first.source,
        blank=first.blank,
        top=max(accent.top, letter.top),
        repair="accent",
        original=first.text + last.text,
    )


class _Places:
    """Where single characters stand."""

    def __init__(self, glyphs: Glyphs) -> None:
        self.glyphs = glyphs
        self.edges: list[Any] = [ctypes.c_double() for _ in range(4)]

    def _box(self, at: int) -> tuple[float, float, float, float]:
        raw = self.glyphs.calls.raw
        raw.FPDFText_GetCharBox(self.glyphs.textpage, at, *self.edges)
        left, right, bottom, top = (edge.value for edge in self.edges)
        return left, right, bottom, top

    def over(self, accent: int, letter: int) -> bool:
        """Return whether an accent is drawn over (or under) a letter."""
        left, right, bottom, top = self._box(accent)
        begin, end, low, high = self._box(letter)
        if right <= left or end <= begin:
            return False
        middle = (left + right) / 2
        near = bottom < high + 0.6 * (high - low) and top > low - 0.6 * (high - low)
        return begin - 0.1 * (end - begin) <= middle <= end + 0.1 * (end - begin) and near

    def cut(self, run: Run, first: int, last: int) -> Run:
        """Return the characters ``first:last`` of a run as a run of their own."""
        if first == 0 and last == len(run.text):
            return run
        calls, glyphs = self.glyphs.calls, self.glyphs
        left, right = run.left, run.right
        if not glyphs.page.turn:
            if first:
                calls.origin(glyphs.handle, run.source + first, glyphs._x, glyphs._y)
                left = glyphs.x.value
            calls.loose(glyphs.handle, run.source + last - 1, glyphs._box)
            right = glyphs.box.right
        else:
            left, right = run.x(first), run.x(last)
        return replace(
            run,
            text=run.text[first:last],
            source=run.source + first,
            count=last - first,
            left=left,
            right=right,
            blank=run.blank and not first,
        )

    def last(self, found: list[Run]) -> Run:
        """Take the last letter off the runs found so far and return it."""
        run = found.pop()
        if len(run.text) > 1:
            found.append(self.cut(run, 0, len(run.text) - 1))
        return self.cut(run, len(run.text) - 1, len(run.text))
