"""The forms a text is checked in: as it is, as a Word file, as plain text, as if extracted."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Final

from benchmarks.faults.texts import Text
from benchmarks.gold import GoldText


def _word(content: str, seed: int) -> bytes:
    from tools.manuscript import parse
    from tools.word import write

    return write(parse(content))


def _plain(content: str, seed: int) -> bytes:
    from tools.manuscript import parse
    from tools.plain import write

    return write(parse(content)).encode()


def set_as_pages(content: str, seed: int) -> GoldText:
    """Return Markdown as if extracted from a PDF, each text in a style of its own."""
    from benchmarks.extracted import STYLES, extracted

    style = list(STYLES)[zlib.crc32(content[:200].encode()) % len(STYLES)]
    return extracted("text", content, style, seed=seed)


def _extracted(content: str, seed: int) -> bytes:
    return set_as_pages(content, seed).data


def _same(content: str, seed: int) -> bytes:
    return content.encode()


#: Form -> ending of the file, and the bytes made of Markdown (plain text has the form "txt" alone).
FORMS: Final[dict[str, tuple[str, Callable[[str, int], bytes]]]] = {
    "md": (".md", _same),
    "docx": (".docx", _word),
    "endnotes": (".txt", _plain),
    "extracted": (".txt", _extracted),
    "txt": (".txt", _same),
}


def forms_of(text: Text) -> tuple[str, ...]:
    """Return the forms that a text can be given."""
    return ("txt",) if text.suffix == ".txt" else ("md", "docx", "endnotes", "extracted")


def in_form(text: Text, content: str, form: str, *, seed: int) -> tuple[str, bytes]:
    """Return the content of a text in a form: the name of the file and its bytes."""
    suffix, make = FORMS[form]
    return f"{text.name}{suffix}", make(content, seed)
