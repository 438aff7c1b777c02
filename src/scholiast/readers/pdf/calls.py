"""The functions of PDFium that are called for each character, made cheap to call."""

from __future__ import annotations

import ctypes
from typing import Any

from scholiast.readers.pdf.fonts import font
from scholiast.readers.pdf.page import Font


def cheap(function: Any, result: Any, *arguments: Any) -> Any:
    """Return a function of PDFium that takes and returns plain numbers for its pointers."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(address)


class Calls:
    """The functions of PDFium that are called for each character, made cheap to call."""

    def __init__(self, raw: Any) -> None:
        self.raw = raw
        pointer, number = ctypes.c_void_p, ctypes.c_int
        self.code = cheap(raw.FPDFText_GetUnicode, ctypes.c_uint, pointer, number)
        self.object = cheap(raw.FPDFText_GetTextObject, pointer, pointer, number)
        self.generated = cheap(raw.FPDFText_IsGenerated, number, pointer, number)
        self.faulty = cheap(raw.FPDFText_HasUnicodeMapError, number, pointer, number)
        self.size = cheap(raw.FPDFText_GetFontSize, ctypes.c_double, pointer, number)
        self.origin = cheap(raw.FPDFText_GetCharOrigin, number, pointer, number, pointer, pointer)
        self.loose = cheap(raw.FPDFText_GetLooseCharBox, number, pointer, number, pointer)
        self.matrix = cheap(raw.FPDFText_GetMatrix, number, pointer, number, pointer)
        self.mode = cheap(raw.FPDFTextObj_GetTextRenderMode, number, pointer)
        self.font = cheap(raw.FPDFTextObj_GetFont, pointer, pointer)
        self.colour = cheap(raw.FPDFPageObj_GetFillColor, number, *(pointer,) * 5)
        self.fonts: dict[int, Font] = {}

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
