"""The tokens of RTF: braces, control words, control symbols, bytes and characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\'(?P<hex>[0-9A-Fa-f]{2})"
    rb"|\\(?P<sign>[^A-Za-z])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)"
    rb"|[\r\n]+|\\",
    re.DOTALL,
)


class Token(NamedTuple):
    """One token and its place in the file; ``number`` is None where a word has none."""

    kind: str  # "word", "hex", "sign", "open", "close" or "text"
    name: bytes
    number: int | None
    start: int
    end: int


def tokens(data: bytes) -> Iterator[Token]:
    """Yield the tokens of a file; binary data are passed over."""
    at = 0
    while (match := _TOKEN.match(data, at)) is not None:
        start, at = match.span()
        kind, found = match.lastgroup, match.group()
        if kind in ("word", "number"):
            number = match["number"]
            value = None if number is None else int(number)
            if match["word"] == b"bin" and value:
                at += max(0, value)
            yield Token("word", match["word"], value, start, match.end())
        elif kind == "hex":
            yield Token("hex", bytes.fromhex(match["hex"].decode()), None, start, at)
        elif kind == "brace":
            yield Token("open" if found == b"{" else "close", found, None, start, at)
        elif kind == "sign":
            name = match["sign"]
            yield Token("word" if name in b"\r\n" else "sign",
                        b"par" if name in b"\r\n" else name, None, start, at)  # fmt: skip
        elif kind == "text":
            yield Token("text", found, None, start, at)
