"""Offsets in the characters of a file as offsets in its bytes.

So that a copy may gain words while every byte of the original stays, also
where the file is not what its encoding asks for.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from typing import Final

#: Marks of the byte order, which are not in the decoded text; the longer ones first.
_MARKS: Final = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)


class Decoded:
    """A file's bytes with their characters, as the readers decode them.

    Raises ``LookupError`` where the encoding is unknown.
    """

    def __init__(self, data: bytes, encoding: str) -> None:
        self.data = data
        self.encoding = encoding or "utf-8"
        name = codecs.lookup(self.encoding).name
        marks = (m for m, e in _MARKS if codecs.lookup(e).name == name and data.startswith(m))
        self._start = len(next(marks, b""))
        body = data[self._start :]
        self.text = body.decode(self.encoding, "replace")
        self._whole = self.text.encode(self.encoding, "replace") == body

    def at(self, offsets: Sequence[int]) -> list[int]:
        """Return the offsets in the bytes of rising offsets in the text."""
        if not self._whole:
            starts = self._one_by_one()
            return [starts[offset] for offset in offsets]
        found: list[int] = []
        here, byte = 0, self._start
        for offset in offsets:
            byte += len(self.text[here:offset].encode(self.encoding))
            here = offset
            found.append(byte)
        return found

    def with_inserted(self, added: Sequence[tuple[int, str]]) -> bytes:
        """Return the bytes with words added at rising offsets of the text.

        Characters that the encoding lacks become plainer ones, or "?".
        """
        places = self.at([offset for offset, _ in added])
        parts: list[bytes] = []
        here = 0
        for place, (_, words) in zip(places, added, strict=True):
            parts += [self.data[here:place], encoded(words, self.encoding)]
            here = place
        return b"".join((*parts, self.data[here:]))

    def without(self, spans: Sequence[tuple[int, int]]) -> bytes:
        """Return the bytes without rising spans of the text."""
        places = self.at([offset for span in spans for offset in span])
        parts: list[bytes] = []
        here = 0
        for start, end in zip(places[::2], places[1::2], strict=True):
            parts.append(self.data[here:start])
            here = end
        return b"".join((*parts, self.data[here:]))

    def _one_by_one(self) -> list[int]:
        """Return where in the bytes each character begins, and where the last ends.

        For the few files with broken bytes: the decoder is fed byte by byte.
        """
        decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        starts: list[int] = []
        pending = self._start
        for at in range(self._start, len(self.data)):
            got = decoder.decode(self.data[at : at + 1])
            if got:
                # What comes with an error is the broken character, then the one that showed it.
                starts += [pending, *[at] * (len(got) - 1)]
                pending = at + 1
        starts += [pending] * len(decoder.decode(b"", True))
        if len(starts) != len(self.text):
            raise ValueError("the file cannot be read character by character")
        return [*starts, len(self.data)]


_PLAIN: Final = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "·": "-"}
)


def encoded(words: str, encoding: str) -> bytes:
    """Return words in an encoding, plainer ones where it lacks a character, or "?"."""
    try:
        return words.encode(encoding)
    except UnicodeEncodeError:
        return words.translate(_PLAIN).encode(encoding, "replace")
