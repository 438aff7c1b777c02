"""Bytes become characters, and what could not be said for certain is said.

UTF-8 first, strictly; then byte-order marks and the zeros of UTF-16; then the
code pages of the field, by the letters they would give
(``scholiast.readers.codepages``). A file that is nearly UTF-8 stays UTF-8: its
broken bytes become U+FFFD and are reported, each at its place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from scholiast.model import Trouble

#: Control characters that mean nothing in a text (blanks and line ends are not among them).
CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]+")
_DAMAGE: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]+")
_CONTROL_BYTES: Final = bytes([*range(9), *range(0x0E, 0x20), 0x7F])
_HIGH_BYTES: Final = bytes(range(0x80, 0x100))
_C1: Final = re.compile(rb"\xc2[\x80-\x9f]")
_LINE_END: Final = re.compile(r"\r\n?|[\n\u2028\u2029]")

#: Runs of damage that are reported one by one; the rest is one more report.
MOST_REPORTED: Final = 1000
#: Damaged characters above which a file is no text: a few, and a share of its length.
FEW_ODD: Final = 5
MOST_ODD: Final = 0.04
#: A file is nearly UTF-8 where it has this many good sequences for each broken one.
GOOD_FOR_BROKEN: Final = 2

_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

_SAVE_AS_DOCX: Final = "open it in Word or LibreOffice and save it as .docx"
_SAVE_FROM_ITS_PROGRAM: Final = "open it in the program that made it and save it as .docx or .txt"
_SAVE_AGAIN: Final = "open it in the program that made it and save it as .docx or .txt"
_NO_TEXT: Final = "there is no text to read in it"

#: What a file begins with, what it then is, and what to do.
_KINDS: Final = (
    (b"%PDF-", "a PDF file", "use the author's .docx, or save the text of the PDF as a .txt file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc)", _SAVE_AS_DOCX),
    (b"{\\rtf", "a Rich Text document (.rtf)", _SAVE_AS_DOCX),
    (b"%!PS", "a PostScript file", "save its text as a .txt file"),
    (b"\x89PNG\r\n", "a picture (PNG)", _NO_TEXT),
    (b"\xff\xd8\xff", "a picture (JPEG)", _NO_TEXT),
    (b"GIF87a", "a picture (GIF)", _NO_TEXT),
    (b"GIF89a", "a picture (GIF)", _NO_TEXT),
    (b"II*\x00", "a picture (TIFF)", _NO_TEXT),
    (b"MM\x00*", "a picture (TIFF)", _NO_TEXT),
    (b"AT&TFORM", "a scan (DjVu)", "save its text as a .txt file"),
    (b"\x7fELF", "a program", _NO_TEXT),
    (b"\x1f\x8b", "a compressed file (gzip)", "unpack it first"),
    (b"BZh91AY&SY", "a compressed file (bzip2)", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file (7z)", "unpack it first"),
    (b"Rar!\x1a\x07", "a compressed file (RAR)", "unpack it first"),
    (b"\xfd7zXZ\x00", "a compressed file (xz)", "unpack it first"),
    (b"SQLite format 3\x00", "a database (SQLite)", _NO_TEXT),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a file, the encoding they were read in, and what was odd.

    The spans of ``troubles`` are offsets in ``text``; a byte-order mark is not
    in it, line ends and control characters are as in the file.
    """

    text: str
    encoding: str
    troubles: tuple[Trouble, ...] = ()


def decode(data: bytes) -> Decoded:
    """Return the text of a file's bytes; never raises.

    The troubles are ``empty-file``, ``unreadable-file`` (the text is then
    empty), ``encoding-guessed`` (for every choice other than UTF-8) and
    ``damaged-characters``, each with its span.
    """
    why = _not_text(data)
    if why:
        return _unreadable(why)
    bom, encoding = next(((b, e) for b, e in _BOMS if data.startswith(b)), (b"", ""))
    if bom:
        return _finished(data[len(bom) :].decode(encoding, "replace"), encoding, look=True)
    controls = len(data) - len(data.translate(None, _CONTROL_BYTES))
    if controls:
        wide = _wide(data)
        if wide:
            return _finished(data.decode(wide, "replace"), wide, look=True)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data)
    look = bool(controls) or b"\xef\xbf\xbd" in data or _C1.search(data) is not None
    return _finished(text, "utf-8", look=look)


def _not_utf8(data: bytes) -> Decoded:
    """Return the text of bytes that are not, or not wholly, UTF-8."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    ascii_count = len(data.translate(None, _HIGH_BYTES))
    good = len(text) - ascii_count - broken
    if good >= GOOD_FOR_BROKEN * broken:
        return _finished(text, "utf-8", look=True)
    from scholiast.readers.codepages import guess

    encoding = guess(data)
    return _finished(data.decode(encoding, "replace"), encoding, look=True)


def _finished(text: str, encoding: str, *, look: bool) -> Decoded:
    """Return a decoded text with its troubles; ``look`` for damage only where there may be any."""
    if not text or text.isspace():
        return Decoded(text, encoding, (Trouble("empty-file"),))
    troubles = [Trouble("encoding-guessed", encoding)] if encoding != "utf-8" else []
    if look:
        if not CONTROL.sub("", text).strip():
            return _unreadable("there is nothing in it but zeros: ask for another copy")
        if _much_damage(text):
            return _unreadable(f"this is not a text file: {_SAVE_AGAIN}")
        troubles.extend(_damage(text))
    return Decoded(text, encoding, tuple(troubles))


def _much_damage(text: str) -> bool:
    """Return whether damage is more than a text could have; a run of one character counts once."""
    odd = sum(len(set(match.group())) for match in _DAMAGE.finditer(text))
    return odd > FEW_ODD + MOST_ODD * len(text)


def _damage(text: str) -> list[Trouble]:
    """Return one trouble for each run of characters that are damage."""
    runs = [match.span() for match in _DAMAGE.finditer(text)]
    if runs and runs[-1] == (len(text) - 1, len(text)) and text[-1] == "\x1a":
        runs.pop()  # the end-of-file mark of DOS
    if not runs:
        return []
    starts = line_starts(text)
    found = [
        Trouble("damaged-characters", _described(text[a:b]), a, b, line_at(starts, a))
        for a, b in runs[:MOST_REPORTED]
    ]
    if len(runs) > MOST_REPORTED:
        start, end = runs[MOST_REPORTED][0], runs[-1][1]
        rest = f"{len(runs) - MOST_REPORTED} more places"
        found.append(Trouble("damaged-characters", rest, start, end, line_at(starts, start)))
    return found


def _described(run: str) -> str:
    """Return what a run of damaged characters is, in words."""
    if "\ufffd" in run:
        return "characters that could not be read"
    return "NUL characters" if "\0" in run else "control characters"


def _unreadable(why: str) -> Decoded:
    return Decoded("", "", (Trouble("unreadable-file", why),))


def _not_text(data: bytes) -> str:
    """Return why bytes are no text and what to do, by what they begin with, or an empty string."""
    if not data:
        return ""
    head = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, kind, advice in _KINDS:
        if data.startswith(magic) or head.startswith(magic):
            return f"this is {kind}, not a text file: {advice}"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(data)
    return ""


def _package(data: bytes) -> str:
    """Return what a zip archive is and what to do."""
    if b"word/document" in data:
        return "this is a Word document, not a text file: rename it so that its name ends in .docx"
    if b"opendocument.text" in data[:200]:
        return f"this is an OpenDocument text, not a text file: {_SAVE_AS_DOCX}"
    return "this is a zip archive, not a text file: unpack it first"


def _wide(data: bytes) -> str:
    """Return the UTF-16 or UTF-32 that bytes without a mark are, or an empty string.

    The high bytes of Latin and Cyrillic letters and of blanks are 0 and 4,
    and stand at every other byte, or at three of four. (Chinese is no UTF-8
    when it is UTF-16; it is told by its characters.)
    """
    sample = data[: 1 << 16]
    sample = sample[: len(sample) // 4 * 4]
    high = [sum(sample[at::4].count(byte) for byte in (0, 4)) for at in range(4)]
    even, odd = high[0] + high[2], high[1] + high[3]
    if len(sample) < FEWEST_BYTES or max(even, odd) < LEAST_HIGH * len(sample) / 2:
        return ""
    for encoding, fits in (
        ("utf-32-le", high[2] == high[3] == len(sample) // 4),
        ("utf-32-be", high[0] == high[1] == len(sample) // 4),
        ("utf-16-le", odd > MORE_HIGH * even),
        ("utf-16-be", even > MORE_HIGH * odd),
    ):
        if fits:
            text = sample.decode(encoding, "replace")
            strange = _controls(text) + sum(not _familiar(ord(c)) for c in text if c > "\u052f")
            if strange <= FEW_ODD + MOST_ODD * len(text):
                return encoding
    return ""


#: Fewer bytes than this tell nothing of UTF-16.
FEWEST_BYTES: Final = 8
#: In UTF-16 so many of the high bytes are those of Latin or Cyrillic letters or blanks …
LEAST_HIGH: Final = 0.5
#: … and so many times more often there than among the low bytes.
MORE_HIGH: Final = 4


def _controls(text: str) -> int:
    return sum(len(match.group()) for match in CONTROL.finditer(text))


def _familiar(code: int) -> bool:
    """Return whether a character beyond Cyrillic is of a script or sign that texts here have."""
    return any(low <= code <= high for low, high in _FAMILIAR)


#: Latin and general punctuation; Chinese and kana; Hangul; full-width forms.
_FAMILIAR: Final = ((0x1E00, 0x214F), (0x3000, 0x9FFF), (0xAC00, 0xD7A3), (0xFF00, 0xFFEF))


def line_starts(text: str) -> Sequence[int]:
    r"""Return the offset at which each line begins; the first is 0.

    Lines end with LF, CRLF, CR, U+2028 or U+2029. A form feed ends a page and
    no line, as editors count.
    """
    if "\r" not in text and "\u2028" not in text and "\u2029" not in text:
        return [0, *accumulate(len(line) + 1 for line in text.split("\n"))][:-1]
    return [0, *(match.end() for match in _LINE_END.finditer(text))]


def line_at(starts: Sequence[int], offset: int) -> int:
    """Return the line, counted from 1, of an offset; ``starts`` are of ``line_starts``."""
    return bisect_right(starts, offset)
