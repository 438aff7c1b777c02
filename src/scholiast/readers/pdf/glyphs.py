"""PDFium's characters become the runs of a page.

One call for each character tells its code and its text object; all else
(place, size, font, colour) is asked once for a text object, whose characters
share it. A blank that PDFium puts where it sees a gap ends a run; runs that
go on where the last one ends are joined.
"""

from __future__ import annotations

import ctypes
import math
import re
from itertools import pairwise
from typing import Any, Final

from scholiast.readers.pdf.accents import ACCENTS, SIGNS, composed
from scholiast.readers.pdf.calls import Calls
from scholiast.readers.pdf.page import Font, Page, Run
from scholiast.structure.sentences import wide

#: How PDFium tells a hyphen at the end of a line.
_HYPHEN: Final = 2
_LINE_END_HYPHEN: Final = "\ufffe"
#: A text object with more characters than this is always asked how it looks.
_FEW: Final = 10
_BREAKS: Final = re.compile(r"[\t\r\n]")
_MAYBE_GENERATED: Final = re.compile(r"[ \r\n]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
#: Two runs of one look are joined where the gap is smaller (in sizes of the letters).
NEAR: Final = 0.9
#: Letters this narrow a gap apart belong to one word.
TOUCHING: Final = 0.12
_INVISIBLE: Final = (3, 7)
_WHITE: Final = 250


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
        self.shape: tuple[int, float] = (0, 0.0)  # font and size of the last text object
        self.looks: tuple[Font, float, bool, int, str] = (Font(), 1.0, False, 0, "")
        self.runs: list[Run] = []
        self.turns: list[int] = []

    def read(self) -> None:
        """Fill the page with its runs."""
        count = max(self.calls.raw.FPDFText_CountChars(self.textpage), 0)
        self.page.characters = count
        handle, generated = self.handle, self.calls.generated
        text = self._text(count)
        first = 0
        blank = joined = False  # joined: nothing but a blank since the last run
        for match in _MAYBE_GENERATED.finditer(text):
            at = match.start()
            if not generated(handle, at):
                continue
            if at > first:
                self._stretch(text, first, at, blank, joined)
                joined = True
            blank = match.group() == " "
            joined = joined and blank
            first = at + 1
        if first < count:
            self._stretch(text, first, count, blank, joined)

    def _stretch(self, text: str, first: int, last: int, blank: bool, joined: bool) -> None:
        """Add the characters between two that PDFium put in, by their text objects.

        The characters of a text object follow one another: where the first
        and the last of some are of one, all are.
        """
        thing, handle = self.calls.object, self.handle
        here = thing(handle, first)
        open_ = [(last, thing(handle, last - 1) if last - first > 1 else here)]
        at = first
        while open_:
            end, there = open_[-1]
            if there != here and end - at > 1:
                middle = (at + end) // 2
                open_.append((middle, thing(handle, middle - 1)))
                continue
            open_.pop()
            at = end
            following = thing(handle, at) if open_ else None
            if following != here or not open_:
                self._run(first, text[first:end], here or 0, blank, joined)
                blank, joined, first = False, True, end
            here = following

    def _text(self, count: int) -> str:
        """Return the characters of the page, one for each that PDFium counts."""
        buffer = (ctypes.c_ushort * (count + 1))()
        got = self.calls.raw.FPDFText_GetText(self.textpage, 0, count, buffer)
        if got == count + 1:
            text = bytes(memoryview(buffer).cast("B")[: 2 * count]).decode(
                "utf-16-le", "surrogatepass"
            )
            if len(text) == count:
                return text.replace(_LINE_END_HYPHEN, "-").replace("\x02", "-")
        code, handle = self.calls.code, self.handle
        return "".join([_character(code(handle, at)) for at in range(count)])

    def _run(self, first: int, text: str, thing: int, blank: bool, joined: bool) -> None:
        """Add the characters of one text object from ``first`` on."""
        calls, handle = self.calls, self.handle
        last = first + len(text) - 1
        calls.origin(handle, first, self._x, self._y)
        calls.loose(handle, last, self._box)
        plain = text.isascii() and text.isprintable()
        if thing != self.object:
            shape = (calls.font(thing) or 0, calls.size(handle, first)) if thing else (0, 1.0)
            before = self.runs[-1] if self.runs and joined else None
            # A few letters that go on in one line share the look of those before them.
            if before is None or shape != self.shape or len(text) > _FEW or not self._level(before):
                self.shape = shape
                self._look(first, thing)
            self.object = thing
        face, size, slanted, turn, hidden = self.looks
        left, base, box = self.x.value, self.y.value, self.box
        right, bottom, top = box.right, box.bottom, box.top
        if turn:
            left, base, right, bottom, top = self._turned(turn, left, base, box, size)
        whole = text if plain else self._mend(text)
        run = Run(
            whole, first, len(text), left, right, base, bottom, top, size, face, slanted, blank,
            hidden=hidden,
        )  # fmt: skip
        if len(whole) != len(text):
            run.repair, run.original = "characters", whole
        if joined and self.runs and self.turns[-1] == turn:
            before = self.runs[-1]
            if _goes_on(before, run):
                if blank:
                    before.stops.append((len(before.text) + 1, left))
                    before.text += " "
                before.text += whole
                before.count = last + 1 - before.source
                if right > before.right:
                    before.right = right
                if bottom < before.bottom:
                    before.bottom = bottom
                if top > before.top:
                    before.top = top
                return
        self.runs.append(run)
        self.turns.append(turn)

    def _level(self, before: Run) -> bool:
        """Return whether the character just asked for stands on the line of a run, and near it."""
        if self.looks[3]:
            return False
        gap = self.x.value - before.right
        return (
            abs(self.y.value - before.base) < 0.05 * before.size
            and -0.35 * before.size < gap < NEAR * before.size
        )

    def _look(self, first: int, thing: int) -> None:
        """Ask what the characters of a text object share."""
        calls, handle, matrix = self.calls, self.handle, self.matrix
        calls.matrix(handle, first, self._matrix)
        a, b, c, d = matrix.a, matrix.b, matrix.c, matrix.d
        turn = round(math.degrees(math.atan2(b, a))) % 360 if b else 0 if a >= 0 else 180
        size = self.shape[1] * math.hypot(c, d)
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

    def _mend(self, text: str) -> str:
        """Return text without surrogates, counting what means nothing."""
        faulty = 0
        for letter in text:
            if letter < " " or letter >= "\ud800":
                faulty += letter in "\ufffd\ufffe\uffff" or "\ue000" <= letter <= "\uf8ff"
                faulty += letter < " " and letter not in "\t\r\n" and letter not in SIGNS
        self.page.faulty += faulty
        if "\t" in text or "\n" in text or "\r" in text:
            text = _BREAKS.sub(" ", text)
        if _SURROGATE.search(text):
            return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return text


def _character(code: int) -> str:
    if code == _HYPHEN:
        return "-"
    return chr(code) if code < 0x110000 else "\ufffd"


def _goes_on(before: Run, run: Run) -> bool:
    """Return whether a run goes on where the one before it ends, and looks the same."""
    size, gap = run.size, run.left - before.right
    if not (
        before.font is run.font
        and -0.35 * size < gap < NEAR * size
        and run.source == before.source + before.count + run.blank
        and abs(before.base - run.base) < 0.05 * size
        and abs(before.size - size) < 0.03 * size
        and before.slanted == run.slanted
        and before.hidden == run.hidden
        and not before.repair
        and not run.repair
    ):
        return False
    last, first = before.text[-1:] or " ", run.text[:1] or " "
    if run.blank:
        return not (wide(last) or wide(first))
    return gap <= TOUCHING * size or last.isspace() or first.isspace()


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
    characters = "".join([run.text for run in runs])
    han = 0 if characters.isascii() else sum(map(wide, characters))
    if not han:
        return
    for before, run in pairwise(runs):
        sides = wide(before.text[-1:] or " "), wide(run.text[:1] or " ")
        if not run.blank or not any(sides):
            continue
        gap = (run.left - before.right) / run.size
        wanted = 0.8 if all(sides) else 0.45 if 2 * han > len(characters) else 0.12
        if gap < wanted or run.text[:1] in ",.;:!?)]}”’" or before.text[-1:] in "([{“‘":
            run.blank = False
