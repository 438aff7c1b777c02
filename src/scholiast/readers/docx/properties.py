"""The title and the authors in a file's properties, where a person put them there."""

from __future__ import annotations

import re
from typing import Final

from scholiast.data import table
from scholiast.packages.ooxml import Element, child
from scholiast.readers.docx.styles import nobody

_LONGEST_NAME: Final = 60
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def title(properties: Element | None) -> str:
    """Return the title in ``docProps/core.xml``, "" where a program wrote it."""
    words = _value(properties, "dc:title")
    folded = words.casefold()
    junk = table("word_styles")["untitled"]
    if folded.startswith(tuple(junk["prefixes"])) or folded.endswith(tuple(junk["suffixes"])):
        return ""
    return words if len(words) > 2 and any(sign.isalpha() for sign in words) else ""


def authors(properties: Element | None) -> tuple[str, ...]:
    """Return the authors in ``docProps/core.xml`` that look like persons."""
    names = (" ".join(name.split()) for name in _value(properties, "dc:creator").split(";"))
    return tuple(name for name in names if _person(name))


def language(properties: Element | None) -> str:
    """Return the language (BCP 47) in ``docProps/core.xml``, where there is one."""
    tag = _value(properties, "dc:language")
    return tag if _LANGUAGE.fullmatch(tag) else ""


def _value(properties: Element | None, name: str) -> str:
    found = child(properties, name)
    return " ".join(str(found.text or "").split()) if found is not None else ""


def _person(name: str) -> bool:
    """Return whether a name is a person's: of two words at least, or a few Han characters."""
    if name.casefold() in nobody() or len(name) > _LONGEST_NAME:
        return False
    if any(sign.isdigit() or sign in "@_\\/" for sign in name):
        return False
    if all("\u2e80" < sign < "\ua000" for sign in name):
        return 2 <= len(name) <= 4
    words = name.split()
    return len(words) > 1 and words[0][0].isupper() and words[-1][0].isupper()
