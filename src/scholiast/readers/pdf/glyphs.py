"""PDFium's characters become the runs of a page.

One call for each character tells its code and its text object; all else
(place, size, font, colour) is asked once for a text object, whose characters
share it. A blank that PDFium puts where it sees a gap ends a run; runs that
go on where the last one ends are joined.
"""

from __future__ import annotations

import ctypes
import math
from typing import Any, Final

from scholiast.readers.pdf.accents import ACCENTS, composed
from scholiast.readers.pdf.fonts import font
from scholiast.readers.pdf.page import Font, Page, Run
from scholiast.structure.sentences import wide

#: How PDFium tells a hyphen at the end of a line.
_HYPHEN: Final = 2
#: Two runs of one look are joined where the gap is smaller (in sizes of the letters).
NEAR: Final = 0.9
#: Letters this narrow a gap apart belong to one word.
TOUCHING: Final = 0.12
_INVISIBLE: Final = (3, 7)
_WHITE: Final = 250


class Calls:
    """The functions of PDFium that are called for each character, made cheap to call."""

    def __init__(self, raw: Any) -> None:
        self.raw = raw
        pointer, number = ctypes.c_void_p, ctypes.c_int
        self.code = self._of(raw.FPDFText_GetUnicode, ctypes.c_uint, pointer, number)
        self.object = self._of(raw.FPDFText_GetTextObject, pointer, pointer, number)
        self.generated = self._of(raw.FPDFText_IsGenerated, number, pointer, number)
        self.faulty = self._of(raw.FPDFText_HasUnicodeMapError, number, pointer, number)
        self.size = self._of(raw.FPDFText_GetFontSize, ctypes.c_double, pointer, number)
        self.origin = self._of(
            raw.FPDFText_GetCharOrigin, number, pointer, number, pointer, pointer
        )
        self.loose = self._of(raw.FPDFText_GetLooseCharBox, number, pointer, number, pointer)
        self.matrix = self._of(raw.FPDFText_GetMatrix, number, pointer, number, pointer)
        self.mode = self._of(raw.FPDFTextObj_GetTextRenderMode, number, pointer)
        self.font = self._of(raw.FPDFTextObj_GetFont, pointer, pointer)
        self.colour = self._of(raw.FPDFPageObj_GetFillColor, number, *(pointer,) * 5)
        self.fonts: dict[int, Font] = {}

    @staticmethod
    def _of(function: Any, result: Any, *arguments: Any) -> Any:
        address = ctypes.cast(function, ctypes.c_void_p).value
        return ctypes.CFUNCTYPE(result, *arguments)(address)

    def font_of(self, thing: int) -> Font:
        """Return the font of a text object."""
        handle = self.font(thing)
        if not handle:
            return Font()
        found = self.fonts.get(handle)
        if found is None:
            found = font(self.raw, ctypes.cast(handle, self.raw.FPDF_FONT))
            self.fonts[handle] = found
        return found


class Glyphs:
    """Reads the characters of one page."""

    def __init__(self, calls: Calls, textpage: Any, page: Page) -> None:
        self.calls = calls
        self.page = page
        self.textpage = textpage
        self.handle = ctypes.cast(textpage, ctypes.c_void_p).value
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.box = calls.raw.FS_RECTF()
        self.matrix = calls.raw.FS_MATRIX()
        self.colours = [ctypes.c_uint() for _ in range(4)]
        self._x, self._y = ctypes.byref(self.x), ctypes.byref(self.y)
        self._box, self._matrix = ctypes.byref(self.box), ctypes.byref(self.matrix)
        self._colours = [ctypes.byref(colour) for colour in self.colours]
        self.object = 0
        self.looks: tuple[Font, float, bool, int, str] = (Font(), 1.0, False, 0, "")
        self.runs: list[Run] = []
        self.turns: list[int] = []

    def read(self) -> None:
        """Fill the page with its runs."""
        count = self.calls.raw.FPDFText_CountChars(self.textpage)
        code, thing, handle = self.calls.code, self.calls.object, self.handle
        first, letters, current, blank = 0, [], 0, False
        joined = False  # nothing but a blank since the last run
        for at in range(max(count, 0)):
            value = code(handle, at)
            if value in (32, 13, 10) and self.calls.generated(handle, at):
                if letters:
                    self._run(first, letters, current, blank, joined)
                    letters = []
                    joined = True
                blank = value == 32
                if value != 32:
                    joined = False
                continue
            here = thing(handle, at) or 0
            if letters and here != current:
                self._run(first, letters, current, blank, joined)
                letters, blank, joined = [], False, True
            if not letters:
                first, current = at, here
            letters.append(value)
        if letters:
            self._run(first, letters, current, blank, joined)
        self.page.characters = count

    def _run(self, first: int, codes: list[int], thing: int, blank: bool, joined: bool) -> None:
        """Add the characters of one text object from ``first`` on."""
        calls, handle = self.calls, self.handle
        last = first + len(codes) - 1
        text = "".join(map(_character, codes))
        if thing != self.object:
            self._look(first, thing)
        face, size, slanted, turn, hidden = self.looks
        calls.origin(handle, first, self._x, self._y)
        calls.loose(handle, last, self._box)
        left, base, box = self.x.value, self.y.value, self.box
        right, bottom, top = box.right, box.bottom, box.top
        if turn:
            left, base, right, bottom, top = self._turned(turn, left, base, box, size)
        if any(value < 32 or value > 0xD7FF for value in codes):
            text = self._mend(text, codes, first)
        run = Run(
            text, first, len(codes), left, right, base, bottom, top, size, face, slanted, blank,
            hidden=hidden,
        )  # fmt: skip
        if len(text) != len(codes):
            run.repair, run.original = "characters", text
        before = self.runs[-1] if self.runs else None
        if joined and before is not None and self.turns[-1] == turn and _goes_on(before, run):
            before.text += " " + text if blank else text
            before.count = last + 1 - before.source
            before.right = max(before.right, right)
            before.bottom, before.top = min(before.bottom, bottom), max(before.top, top)
            return
        self.runs.append(run)
        self.turns.append(turn)

    def _look(self, first: int, thing: int) -> None:
        """Ask what the characters of a text object share."""
        calls, handle, matrix = self.calls, self.handle, self.matrix
        self.object = thing
        calls.matrix(handle, first, self._matrix)
        a, b, c, d = matrix.a, matrix.b, matrix.c, matrix.d
        turn = round(math.degrees(math.atan2(b, a))) % 360 if b else 0 if a >= 0 else 180
        size = calls.size(handle, first) * math.hypot(c, d)
        slanted = turn == 0 and abs(d) > 0 and 0.1 < c / d < 0.8
        hidden = ""
        face = Font()
        if thing:
            face = calls.font_of(thing)
            if calls.mode(thing) in _INVISIBLE:
                hidden = "invisible"
            elif calls.colour(thing, *self._colours):
                shade = [colour.value for colour in self.colours]
                if shade[3] == 0:
                    hidden = "invisible"
                elif min(shade[:3]) >= _WHITE:
                    hidden = "white"
        self.looks = (face, size or 1.0, slanted, turn, hidden)

    def _turned(
        self, turn: int, x: float, y: float, box: Any, size: float
    ) -> tuple[float, float, float, float, float]:
        """Return left, base, right, bottom, top as if the letters stood upright."""
        if turn == 90:
            return y, -x, box.top, -box.right, -box.left
        if turn == 270:
            return -y, x, -box.bottom, box.left, box.right
        if turn == 180:
            return -x, -y, -box.left, -box.top, -box.bottom
        return x, y, box.right, box.bottom, box.top

    def _mend(self, text: str, codes: list[int], first: int) -> str:
        """Return text without surrogates, counting the characters that mean nothing."""
        faulty = sum(
            value == 0 or (value < 32 and value not in (_HYPHEN, 9, 10, 13))
            or 0xE000 <= value <= 0xF8FF or value == 0xFFFD
            for value in codes
        )  # fmt: skip
        self.page.faulty += faulty
        if any(0xD800 <= value <= 0xDFFF for value in codes):
            return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return text


def _character(code: int) -> str:
    if code == _HYPHEN:
        return "-"
    if code < 32:
        return " " if code in (9, 10, 13) else "\ufffd"
    return chr(code) if code < 0x110000 else "\ufffd"


def _goes_on(before: Run, run: Run) -> bool:
    """Return whether a run goes on where the one before it ends, and looks the same."""
    return (
        before.font is run.font
        and before.slanted == run.slanted
        and before.hidden == run.hidden
        and not before.repair
        and not run.repair
        and abs(before.base - run.base) < 0.05 * run.size
        and abs(before.size - run.size) < 0.03 * run.size
        and -0.35 * run.size < run.left - before.right < NEAR * run.size
        and run.source == before.source + before.count + run.blank
        and not (run.blank and (wide(before.text[-1:] or " ") or wide(run.text[:1] or " ")))
        and not (
            not run.blank
            and run.left - before.right > TOUCHING * run.size
            and not (before.text[-1:].isspace() or run.text[:1].isspace())
        )
    )


def read_runs(calls: Calls, textpage: Any, page: Page) -> None:
    """Fill a page with the runs of its characters; what cannot be seen goes to ``hidden``."""
    glyphs = Glyphs(calls, textpage, page)
    glyphs.read()
    weights: dict[int, int] = {}
    for run, turn in zip(glyphs.runs, glyphs.turns, strict=True):
        weights[turn] = weights.get(turn, 0) + len(run.text)
    upright = max(weights, key=weights.__getitem__) if weights else 0
    if upright % 90:
        upright = 0
    page.turn = upright
    seen = sum(len(run.text) for run in glyphs.runs if not run.hidden)
    unseen = sum(len(run.text) for run in glyphs.runs if run.hidden == "invisible")
    for run, turn in zip(glyphs.runs, glyphs.turns, strict=True):
        if turn != upright:
            run.hidden = run.hidden or "turned"
        if run.hidden == "invisible" and unseen > 4 * seen:
            run.hidden = ""  # the text under the picture of a scanned page
        (page.hidden if run.hidden else page.runs).append(run)
    _blanks_beside_han(page.runs)
    if any(ACCENTS.search(run.text) for run in page.runs):
        page.runs = composed(page.runs, glyphs)


def _blanks_beside_han(runs: list[Run]) -> None:
    """Take back blanks that PDFium sees where there is but the gap set around Han characters.

    A text that is mostly Han has such gaps; in one that is not, a gap beside
    Han characters is a blank that somebody set.
    """
    characters = [c for run in runs for c in run.text]
    han = sum(map(wide, characters))
    if not han:
        return
    for before, run in zip(runs, runs[1:], strict=False):
        sides = wide(before.text[-1:] or " "), wide(run.text[:1] or " ")
        if not run.blank or not any(sides):
            continue
        gap = (run.left - before.right) / run.size
        wanted = 0.8 if all(sides) else 0.45 if 2 * han > len(characters) else 0.12
        if gap < wanted:
            run.blank = False
