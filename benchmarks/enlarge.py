"""A text many times over, as a longer one might really be.

A reader may well take a line that comes back a hundred times for a running
head. So every copy has other authors in its headings, its own note labels,
and other vowels in its longer words.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import permutations
from typing import Final

from benchmarks.gold import GoldError
from scholiast.config import Settings
from scholiast.model import Node, Source
from scholiast.readers import reader_for

_LABEL: Final = re.compile(r"\[\^([^\]\s]+)\]")
#: An id, or a pointer to one, in TEI.
_ID: Final = re.compile(r'((?:xml:id="|="#)[^"\s]+)(")')
_LONG: Final = re.compile(r"(?<![\w/.:@-])[^\W\d_]{6,}(?![\w/@])")
_HEAD: Final = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def enlarged(name: str, data: bytes, times: int) -> bytes:
    """Return a text file (txt, md) as many times in a row, sections renamed in each copy."""
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    read = reader_for(name)
    if read is None:
        raise GoldError(f"{name}: there is no reader for this kind of file")
    document = read(Source(name, data), Settings()).document
    sections = document.of_kind("section")
    body = _HEAD.sub("", text)
    numbers = [int(label) for label in _LABEL.findall(body) if label.isdecimal()]
    step = max(numbers, default=0)
    headings = _heading_lines(body, sections)
    copies = [text]
    for copy in range(1, times):
        renamed = _renamed(_respelt(body, copy, headings), sections, copy)
        copies.append(_LABEL.sub(partial(_labelled, copy=copy, step=step), renamed))
    return "\n\n".join(part.rstrip("\n") for part in copies).encode() + b"\n"


def many_texts(data: bytes, times: int) -> bytes:
    """Return a TEI file with its text as many times, in one group, every copy with its own ids."""
    head, opening, rest = data.decode("utf-8-sig").partition("<text")
    inner, closing, tail = rest.rpartition("</text>")
    if not (opening and closing):
        raise GoldError("a TEI file is wanted, with one text")
    copies = (
        opening + _ID.sub(rf"\g<1>-{copy}\g<2>", inner) + closing for copy in range(1, times + 1)
    )
    return f"{head}<text><group>{''.join(copies)}</group></text>{tail}".encode()


def _labelled(match: re.Match[str], copy: int, step: int) -> str:
    """Return a note label that no other copy has."""
    label = match[1]
    return f"[^{int(label) + copy * step}]" if label.isdecimal() else f"[^{label}-{copy}]"


def _heading(section: Node, text: str) -> re.Match[str] | None:
    """Return where a section's heading stands, over however many lines."""
    words = section.title.split()
    return re.search(r"(?m)^\W*" + r"\s+".join(map(re.escape, words)), text) if words else None


def _heading_lines(text: str, sections: tuple[Node, ...]) -> frozenset[str]:
    """Return the lines of a text that are headings, without their margins."""
    found = (_heading(section, text) for section in sections)
    return frozenset(line.strip() for one in found if one for line in one[0].split("\n"))


def _respelt(text: str, copy: int, headings: frozenset[str]) -> str:
    """Give the longer words of a copy other vowels; headings and addresses stay."""
    vowels = "aeiou"
    orders = list(permutations(vowels))
    order = "".join(orders[copy % len(orders)])
    table = str.maketrans(vowels, order)
    return "\n".join(
        line if line.strip() in headings else _LONG.sub(lambda m: m[0].translate(table), line)
        for line in text.split("\n")
    )


def _renamed(text: str, sections: tuple[Node, ...], copy: int) -> str:
    """Give the authors in the headings of a copy other family names, other titles a word more."""
    for section in sections:
        heading = _heading(section, text)
        if heading is None:
            continue
        other = heading[0]
        for author in section.authors:
            given, blank, family = author.rpartition(" ")
            other = other.replace(author, f"{given}{blank}{_name(family, copy)}")
        if other == heading[0] and section.role in ("section", "chapter", "article"):
            other = f"{other} {_name('a', copy)}"
        text = text[: heading.start()] + other + text[heading.end() :]
    return text


def _name(word: str, copy: int) -> str:
    """Return an invented name for a word in a copy: no two copies share one."""
    syllables = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
    name = ""
    while copy or not name:
        copy, syllable = divmod(copy, len(syllables))
        name += syllables[syllable]
    return (word[0] + word[-1:] + name).capitalize()
