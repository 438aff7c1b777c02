"""Where on the pages of a PDF its characters stand, as PDFium sees them.

Boxes are in the page's own coordinates (PDF user space), which are those of
annotations too, whatever the rotation of the page and its crop box.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable
from typing import Any, Final

#: Left, bottom, right, top in points.
Box = tuple[float, float, float, float]

#: A letter reaches so far below and above its line at most, in sizes of its type.
_BELOW: Final = 0.28
_ABOVE: Final = 0.96
#: Boxes belong to one line when they overlap across it by this share of the smaller one …
_ACROSS: Final = 0.4
#: … are of nearly one height (a large initial is not, a raised mark is) …
_ALIKE: Final = 0.55
_GROWN: Final = 1.35
#: … and are no further apart along it than this many times the height of the line.
_APART: Final = 2.5


class Boxes:
    """Answers where runs of characters stand; open until ``close``."""

    def __init__(self, data: bytes, password: str = "") -> None:
        import pypdfium2

        self._document: Any = pypdfium2.PdfDocument(data, password=password or None)
        self._texts: dict[int, Any] = {}
        self._pages: dict[int, Any] = {}

    def close(self) -> None:
        """Let the document go."""
        for text in self._texts.values():
            text.close()
        for page in self._pages.values():
            page.close()
        self._document.close()

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._document)

    def of(self, page: int, start: int, end: int) -> list[Box]:
        """Return the boxes of the lines that characters of a page (from 1) stand in.

        Blanks that only PDFium sees have no box: of these alone it is the room
        between the characters beside them.
        """
        text = self._text(page)
        if text is None:
            return []
        start, end = max(start, 0), min(end, text.count_chars())
        found = [(box, _sideways(text, at)) for at in range(start, end) if (box := _box(text, at))]
        return in_lines(found) if found else _gap(text, start, end)

    def blank(self, page: int, start: int, end: int) -> bool:
        """Return whether nothing but blanks and line ends stands between two characters."""
        text = self._text(page)
        if text is None or not 0 <= start <= end <= text.count_chars():
            return False
        return all(_unicode(text, at).isspace() or not _box(text, at) for at in range(start, end))

    def _text(self, page: int) -> Any:
        if not 1 <= page <= self.pages:
            return None
        if page not in self._texts:
            self._pages[page] = self._document[page - 1]
            self._texts[page] = self._pages[page].get_textpage()
        return self._texts[page]


def in_lines(boxes: Iterable[tuple[Box, bool]]) -> list[Box]:
    """Return the boxes around boxes that follow each other in one line.

    The second value says that a line runs up or down the page.
    """
    found: list[Box] = []
    before = False
    for box, sideways in boxes:
        if found and sideways == before and beside(found[-1], box, sideways=sideways):
            found[-1] = around(found[-1], box)
        else:
            found.append(box)
        before = sideways
    return found


def beside(one: Box, other: Box, *, sideways: bool = False, apart: float = _APART) -> bool:
    """Return whether two boxes stand in one line, near each other."""
    a, b = (_turned(one), _turned(other)) if sideways else (one, other)
    low, high = sorted((a[3] - a[1], b[3] - b[1]))
    across = min(a[3], b[3]) - max(a[1], b[1])
    together = max(a[3], b[3]) - min(a[1], b[1])
    along = max(a[0], b[0]) - min(a[2], b[2])
    alike = low >= _ALIKE * high and together <= _GROWN * high
    return alike and across >= _ACROSS * low and along <= apart * high


def around(one: Box, other: Box) -> Box:
    """Return the box around two boxes."""
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def _turned(box: Box) -> Box:
    return (box[1], box[0], box[3], box[2])


def _unicode(text: Any, at: int) -> str:
    from pypdfium2 import raw

    code = raw.FPDFText_GetUnicode(text, at)
    return chr(code) if 0 < code < 0x110000 else " "


def _box(text: Any, at: int) -> Box | None:
    """Return the box of one character, as high as its type; None where it is not printed."""
    from pypdfium2 import PdfiumError, raw

    if raw.FPDFText_IsGenerated(text, at) == 1:
        return None
    try:
        tight, loose = text.get_charbox(at), text.get_charbox(at, loose=True)
    except PdfiumError:
        return None
    left, bottom, right, top = loose if _open(loose) else tight
    size, baseline = _size(text, at), ctypes.c_double()
    if size and raw.FPDFText_GetCharOrigin(text, at, ctypes.c_double(), baseline):
        # The faces of some files claim to be three times as high as they are.
        bottom = max(bottom, min(tight[1], baseline.value - _BELOW * size))
        top = min(top, max(tight[3], baseline.value + _ABOVE * size))
    box = (left, bottom, right, top)
    return box if _open(box) else None


def _open(box: tuple[float, ...]) -> bool:
    finite = all(math.isfinite(edge) for edge in box)
    return finite and box[2] - box[0] > 0.01 and box[3] - box[1] > 0.01


def _size(text: Any, at: int) -> float:
    """Return the size a character is printed in, 0 where its line is not level."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text, at, matrix) or abs(matrix.b) > 0.01 or matrix.d <= 0:
        return 0.0
    return float(raw.FPDFText_GetFontSize(text, at) * matrix.d)


def _sideways(text: Any, at: int) -> bool:
    from pypdfium2 import raw

    return abs(math.sin(raw.FPDFText_GetCharAngle(text, at))) > 0.7


def _gap(text: Any, start: int, end: int) -> list[Box]:
    """Return the room between the characters around a stretch that has none, in one line."""
    if not 0 < start <= end < text.count_chars():
        return []
    before, after = _box(text, start - 1), _box(text, end)
    if before is None or after is None or not beside(before, after):
        return []
    left, right = before[2], after[0]
    bottom, top = max(before[1], after[1]), min(before[3], after[3])
    return [(left, bottom, right, top)] if right - left > 0.1 else []
