"""The characters of RTF: code pages of fonts, bytes and code points gathered into words."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from scholiast.data import table
from scholiast.packages.ooxml import symbol

_DEFAULT: Final = "cp1252"
#: Code pages whose characters may take two bytes.
_DOUBLE: Final = frozenset(("cp932", "shift_jis", "cp949", "johab", "gbk", "cp950"))


@cache
def codec_of(number: int) -> str:
    """Return the codec of a Windows code page, the usual one where it is unknown."""
    for name in (f"cp{number}", {936: "gbk", 10000: "mac_roman", 65001: "utf-8"}.get(number, "")):
        try:
            return codecs.lookup(name).name
        except LookupError:
            continue
    return _DEFAULT


@cache
def charset(number: int) -> str:
    """Return the codec of a font's character set; "" for that of the file."""
    return str(table("rtf")["charsets"].get(str(number), ""))


@dataclass(slots=True)
class Codes:
    """Characters told by numbers, gathered until they can be read together."""

    start: int = -1
    end: int = -1
    _chars: list[str] = field(default_factory=list)
    _bytes: bytearray = field(default_factory=bytearray)
    _codec: str = _DEFAULT

    def __bool__(self) -> bool:
        return self.start >= 0

    def add_byte(self, value: bytes, codec: str, start: int, end: int) -> None:
        """Add a byte in a code page."""
        if codec != self._codec:
            self._settle()
            self._codec = codec
        self._bytes += value
        self._reach(start, end)

    def add_code(self, code: int, start: int, end: int) -> None:
        """Add a UTF-16 code (negative ones count from 65,536)."""
        self._settle()
        self._chars.append(chr(code & 0xFFFF))
        self._reach(start, end)

    def passed(self, end: int) -> None:
        """Note that what stands for these in older programs ends here."""
        self.end = max(self.end, end)

    @property
    def halved(self) -> bool:
        """Whether the last byte is the first half of a character."""
        if self._codec not in _DOUBLE or not self._bytes:
            return False
        try:
            self._bytes.decode(self._codec)
        except UnicodeDecodeError as error:
            return error.end == len(self._bytes) and "incomplete" in error.reason
        return False

    def take(self) -> str:
        """Return the characters gathered, and begin anew."""
        self._settle()
        joined = "".join(self._chars)
        self._chars.clear()
        self.start = self.end = -1
        return joined.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _settle(self) -> None:
        if not self._bytes:
            return
        if self._codec == "symbol":
            self._chars.extend(symbol("Symbol", f"{byte:X}") for byte in self._bytes)
        else:
            self._chars.append(self._bytes.decode(self._codec, "replace"))
        self._bytes.clear()

    def _reach(self, start: int, end: int) -> None:
        if self.start < 0:
            self.start = start
        self.end = max(self.end, end)
