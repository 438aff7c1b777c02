"""The type a PDF specimen is set in: faces, and which of them has which character.

The faces are embedded in part, as every publisher's are: DejaVu for Latin and
Cyrillic, WenQuanYi Micro Hei (here under Apache 2.0) for Han, which has no
italic and is slanted instead, as word processors do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

FOLDERS: Final = (
    Path("/usr/share/fonts/truetype/dejavu"),
    Path("/usr/share/fonts/truetype/wqy"),
)
#: The Debian packages that hold the faces.
PACKAGES: Final = ("fonts-dejavu-core", "fonts-dejavu-extra", "fonts-wqy-microhei")
HAN: Final = "wqy-microhei"
#: Faces by family, then plain, italic, bold, bold italic.
_FACES: Final = {
    "serif": (
        "DejaVuSerifCondensed",
        "DejaVuSerifCondensed-Italic",
        "DejaVuSerifCondensed-Bold",
        "DejaVuSerifCondensed-BoldItalic",
    ),
    "sans": (
        "DejaVuSansCondensed",
        "DejaVuSansCondensed-Oblique",
        "DejaVuSansCondensed-Bold",
        "DejaVuSansCondensed-BoldOblique",
    ),
}
#: Quotation marks and dashes are those of the Han face in a Chinese text.
_WIDE: Final = frozenset("“”‘’—…·")
#: How far letters lean that have no italic face.
SLANT: Final = 0.21


class FontsMissingError(RuntimeError):
    """Fonts that the specimens are set in are not installed; the message says which."""


@dataclass(frozen=True, slots=True)
class Style:
    """How characters are set; ``rise`` lifts them, in points."""

    size: float
    italic: bool = False
    bold: bool = False
    family: str = "serif"
    rise: float = 0.0
    href: str = ""
    label: str = ""  # of the note that a mark calls


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as it is set, with its width in points."""

    character: str
    face: str
    style: Style
    width: float

    @property
    def slanted(self) -> bool:
        """Whether the face must be slanted to be italic."""
        return self.face == HAN and self.style.italic


def glyphs(text: str, style: Style, *, chinese: bool = False) -> list[Glyph]:
    """Return the characters of a text as they are set."""
    return [_glyph(character, style, chinese) for character in text]


def width(set_: Sequence[Glyph]) -> float:
    """Return how wide characters are that stand in a row."""
    return sum(glyph.width for glyph in set_)


@cache
def _glyph(character: str, style: Style, chinese: bool) -> Glyph:
    face = _face(character, style, chinese)
    units = _font(face).face
    advance = units.charWidths.get(ord(character), units.defaultWidth)
    return Glyph(character, face, style, advance * style.size / 1000)


@cache
def _face(character: str, style: Style, chinese: bool) -> str:
    """Return the first face that has a character; the family's own where none has."""
    own = _FACES[style.family][style.italic + 2 * style.bold]
    others = (HAN, own) if chinese and character in _WIDE else (own, HAN)
    for face in others:
        if character in "\n\t" or ord(character) in _font(face).face.charToGlyph:
            return face
    return own


@cache
def _font(face: str) -> Any:
    """Return a face, which reportlab knows from now on."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for folder in FOLDERS:
        for name in (f"{face}.ttf", f"{face}.ttc"):
            if (folder / name).is_file():
                font = TTFont(face, str(folder / name))
                pdfmetrics.registerFont(font)
                return font
    raise FontsMissingError(f"{face} is missing: apt-get install {' '.join(PACKAGES)}")
