"""What the names of fonts tell: bold, italic."""

from __future__ import annotations

import ctypes
import re
from typing import Any, Final

from scholiast.readers.pdf.page import Font

_SUBSET: Final = re.compile(r"^[A-Z]{6}\+")
_BOLD: Final = re.compile(
    r"bold|black|heavy|semibd|demi|[-,_ ](?:bd|sb|md)(?![a-z])|Bd(?![a-z])"
    r"|^(?:cm|sf|ec|lm|pl|la|lc)(?:b|bx|bxti|bxsl|ssbx|rb|rx|bi)\d+$",
    re.IGNORECASE,
)
_ITALIC: Final = re.compile(
    r"ital|obli|kursiv|cursiv|slant|inclin|[-,_ ](?:it|i|obl|bi)(?![a-z])|It(?![a-z])"
    r"|^(?:cm|sf|ec|pl|la|lc)(?:ti|bxti|sl|bxsl|ssi|u|mi|itt|fi|bi)\d+$",
    re.IGNORECASE,
)
_FLAG_ITALIC: Final = 0x40
_FLAG_BOLD: Final = 0x40000


def font(raw: Any, handle: Any) -> Font:
    """Return the font behind a handle of PDFium."""
    buffer = ctypes.create_string_buffer(256)
    size = raw.FPDFFont_GetBaseFontName(handle, buffer, 256)
    name = buffer.value.decode("utf-8", "replace") if 0 < size <= 256 else ""
    name = _SUBSET.sub("", name)
    flags = raw.FPDFFont_GetFlags(handle)
    flags = max(flags, 0)
    bold = bool(_BOLD.search(name)) or bool(flags & _FLAG_BOLD)
    angle = ctypes.c_int()
    leans = raw.FPDFFont_GetItalicAngle(handle, angle) and -45 <= angle.value <= -4
    italic = bool(_ITALIC.search(name)) or bool(flags & _FLAG_ITALIC) or bool(leans)
    return Font(name, bold, italic)
