"""What lies under the highlights of a PDF, and what else differs from the file before."""

from __future__ import annotations

import ctypes
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

#: Left, bottom, right, top in points.
Quad = tuple[float, float, float, float]

#: A page is drawn so many pixels to the point; so many pixels around a highlight may differ.
_SCALE: Final = 1.5
_MARGIN: Final = 2
_UNWRITTEN: Final = re.compile(r"[\s\x00-\x1f\ufffe\ufeff\u00ad‐-]+")


@dataclass(frozen=True, slots=True)
class Highlight:
    """A highlight as it stands in the file."""

    name: str
    page: int  # from 1
    quads: tuple[Quad, ...]


def highlights(data: bytes) -> Iterator[Highlight]:
    """Yield the highlights of a PDF, page by page; of the notes on a page, their sign."""
    from pypdf import PdfReader

    for number, page in enumerate(PdfReader(io.BytesIO(data)).pages, 1):
        for one in page.annotations or ():
            annotation: Any = one.get_object()
            if annotation.get("/Subtype") == "/Highlight":
                points = [float(point) for point in annotation["/QuadPoints"]]
                quads = tuple(_quad(points[at : at + 8]) for at in range(0, len(points), 8))
                yield Highlight(str(annotation.get("/NM", "")), number, quads)
            elif annotation.get("/Subtype") == "/Text":
                left, bottom, right, top = (float(edge) for edge in annotation["/Rect"])
                yield Highlight("", number, ((left, bottom, right, top),))


def _quad(points: Sequence[float]) -> Quad:
    across, up = points[0::2], points[1::2]
    return min(across), min(up), max(across), max(up)


def bare(words: str) -> str:
    """Return the characters of words in one order, without blanks and hyphens.

    A break over lines takes hyphens and blanks; a file may draw the letters of
    a line in any order.
    """
    return "".join(sorted(_UNWRITTEN.sub("", unicodedata.normalize("NFKC", words))))


class Under:
    """Reads what lies under highlights: the characters the middle of whose room lies in a quad."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        self._document: Any = pypdfium2.PdfDocument(data)
        self._pages: dict[int, list[tuple[float, float, str]]] = {}

    def words(self, several: Sequence[Highlight]) -> str:
        """Return the characters under highlights, each once, in the order of the file."""
        found = []
        for highlight in several:
            found += [
                character
                for x, y, character in self._characters(highlight.page)
                if any(a <= x <= c and b <= y <= d for a, b, c, d in highlight.quads)
            ]
        return "".join(found)

    def _characters(self, page: int) -> list[tuple[float, float, str]]:
        from pypdfium2 import raw

        if page in self._pages:
            return self._pages[page]
        text = self._document[page - 1].get_textpage()
        found = []
        for at in range(text.count_chars()):
            if raw.FPDFText_IsGenerated(text, at) == 1:
                continue
            left, _, right, _ = text.get_charbox(at, loose=True)
            _, bottom, _, top = text.get_charbox(at)
            character = chr(raw.FPDFText_GetUnicode(text, at))
            found.append(((left + right) / 2, (bottom + top) / 2, character))
        self._pages[page] = found
        return found


def changed_pages(before: bytes, after: bytes) -> tuple[int, int]:
    """Return how many pages differ outside their highlights, and how many pages there are."""
    import pypdfium2

    covered: dict[int, list[Quad]] = {}
    for one in highlights(after):
        covered.setdefault(one.page, []).extend(one.quads)
    old, new = pypdfium2.PdfDocument(before), pypdfium2.PdfDocument(after)
    pairs = enumerate(zip(old, new, strict=True), 1)
    wrong = sum(
        _drawn(a, covered.get(number, [])) != _drawn(b, covered.get(number, []))
        for number, (a, b) in pairs
    )
    return wrong, len(new)


def _drawn(page: Any, covered: Sequence[Quad]) -> bytes:
    """Return the pixels of a page, those of some quads and around them blackened."""
    bitmap = page.render(scale=_SCALE)
    pixels, stride, deep = bytearray(bitmap.buffer), bitmap.stride, bitmap.n_channels
    for quad in covered:
        left, top, right, bottom = _on_bitmap(page, quad, bitmap.width, bitmap.height)
        for row in range(max(top, 0), min(bottom, bitmap.height)):
            start, end = row * stride + max(left, 0) * deep, row * stride + right * deep
            end = min(end, row * stride + bitmap.width * deep)
            pixels[start:end] = bytes(max(end - start, 0))
    return bytes(pixels)


def _on_bitmap(page: Any, quad: Quad, width: int, height: int) -> tuple[int, int, int, int]:
    """Return where a quad lies on the bitmap of a page, with its margin."""
    from pypdfium2 import raw

    corners = []
    for x, y in ((quad[0], quad[1]), (quad[2], quad[3])):
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, across, down)
        corners.append((across.value, down.value))
    (a, b), (c, d) = corners
    return (
        min(a, c) - _MARGIN,
        min(b, d) - _MARGIN,
        max(a, c) + _MARGIN + 1,
        max(b, d) + _MARGIN + 1,
    )
