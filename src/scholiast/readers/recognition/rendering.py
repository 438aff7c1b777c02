"""Pages of a PDF as pictures, upright, turned as told."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from scholiast.readers.recognition.image import Grey

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

POINTS: Final = 72
#: The resolution at which pages are recognised, in pixels an inch.
DPI: Final = 300
#: A picture of a whole page is drawn in its own resolution between these: pixels that are
#: neither lost nor made up are read best.
_COARSEST: Final = 190
_FINEST: Final = 450
#: A picture that covers this part of its page is the scan of it.
_WHOLE: Final = 0.4
#: A page is drawn with at most so many pixels (a sheet of newspaper at 300 dpi).
_MOST_PIXELS: Final = 40_000_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A page drawn, turned by ``angle`` (radians, clockwise) around its middle to stand upright."""

    image: Grey
    scale: float  # pixels a point
    angle: float
    size: tuple[float, float]  # of the page as it is shown, in points
    rotation: int  # by which the page is turned to be shown, clockwise


def resolution(page: PdfPage) -> float:
    """Return the resolution of the picture that a page consists of, or the usual one."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    try:
        for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=1):
            left, bottom, right, top = one.get_bounds()
            area = (right - left) * (top - bottom)
            if area >= _WHOLE * width * height > 0:
                across, down = one.get_px_size()
                own = POINTS * math.sqrt(across * down / area)
                if _COARSEST <= own <= _FINEST:
                    return own
    except pypdfium2.PdfiumError:
        return DPI
    return DPI


def drawn(page: PdfPage, dpi: float = DPI, angle: float = 0.0) -> Picture:
    """Draw a page in grey at a resolution, turned clockwise by ``angle`` radians."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    scale = min(dpi / POINTS, math.sqrt(_MOST_PIXELS / max(1.0, width * height)))
    wide, high = max(1, round(width * scale)), max(1, round(height * scale))
    bitmap = pypdfium2.PdfBitmap.new_native(wide, high, pdfium.FPDFBitmap_Gray)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, wide, high)
    cos, sin = scale * math.cos(angle), scale * math.sin(angle)
    matrix = pdfium.FS_MATRIX(
        cos,
        sin,
        -sin,
        cos,
        wide / 2 - cos * width / 2 + sin * height / 2,
        high / 2 - sin * width / 2 - cos * height / 2,
    )
    clip = pdfium.FS_RECTF(0, 0, wide, high)
    pdfium.FPDF_RenderPageBitmapWithMatrix(
        bitmap, page, matrix, clip, pdfium.FPDF_GRAYSCALE | pdfium.FPDF_ANNOT
    )
    return Picture(
        Grey(wide, high, _pixels(bitmap)), scale, angle, (width, height), page.get_rotation()
    )


def _pixels(bitmap: Any) -> bytes:
    """Return the pixels of a bitmap without what pads its rows."""
    data = ctypes.string_at(ctypes.addressof(bitmap.buffer), bitmap.stride * bitmap.height)
    if bitmap.stride == bitmap.width:
        return data
    return b"".join(
        data[y * bitmap.stride : y * bitmap.stride + bitmap.width] for y in range(bitmap.height)
    )
