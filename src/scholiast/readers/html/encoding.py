"""The bytes of a page as characters: what the page says of itself, else what they look like."""

from __future__ import annotations

import codecs
import re
from typing import Final

from scholiast.readers.decoding import Decoded, decode

#: How far from its beginning a page may say how it is encoded.
_HEAD: Final = 4096
_DECLARED: Final = (
    re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']\s*([\w.:-]+)", re.IGNORECASE),
    re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE),
)
#: What pages say, and the larger encoding that browsers take it for.
_MEANT: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "tis-620": "cp874",
    "x-mac-cyrillic": "mac-cyrillic",
    "macintosh": "mac-roman",
    "x-cp1251": "cp1251",
    "unicode": "utf-8",
    "utf8": "utf-8",
}


def decode_page(data: bytes) -> Decoded:
    """Return the characters of a page; never raises.

    A byte-order mark counts most, then what the page declares where its bytes
    are of that encoding; what is told by neither is found by its letters.
    """
    found = decode(data)
    if found.encoding in ("", "utf-8") or found.encoding.startswith(("utf-16", "utf-32")):
        if any(trouble.name == "damaged-characters" for trouble in found.troubles):
            return _declared(data) or found
        return found
    return _declared(data) or found


def _declared(data: bytes) -> Decoded | None:
    """Return the characters by the encoding the page declares, None where it is not that."""
    for pattern in _DECLARED:
        match = pattern.search(data[:_HEAD])
        if match is None:
            continue
        said = match[1].decode("ascii", "replace").lower()
        encoding = _MEANT.get(said, said)
        try:
            codec = codecs.lookup(encoding).name
            text = data.decode(encoding, "replace")
        except (LookupError, UnicodeError, ValueError):
            continue
        if codec.startswith(("utf-16", "utf-32")) or not _is_text(codec):
            continue  # a declaration that could be read as bytes of ASCII is no such thing
        if text.count("\ufffd") * 200 <= len(text):
            return Decoded(text, codec)
    return None


def _is_text(codec: str) -> bool:
    """Return whether a codec makes characters of bytes (and is not rot13 or zip)."""
    return bool(getattr(codecs.lookup(codec), "_is_text_encoding", True))
