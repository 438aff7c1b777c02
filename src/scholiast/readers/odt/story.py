"""The body and the notes of an OpenDocument text as blocks, with the note marks numbered."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from scholiast.packages.odf import Element, attribute, child, elements, paragraphs
from scholiast.readers.odt.blocks import Walk, deletions
from scholiast.readers.odt.notes import Marks, schemes
from scholiast.readers.odt.parts import Parts
from scholiast.readers.odt.styles import Styles
from scholiast.structure.flow.blocks import Block
from scholiast.structure.flow.notes import Note
from scholiast.structure.flow.pages import Pages, forget
from scholiast.structure.flow.typed import typed_notes

#: Letters that a printed page may hold.
MOST_ON_PAGE: Final = 8000
_HAN: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f]")
#: Languages of other letters than Latin ones, by which a language of styles is checked.
_IN_CYRILLIC: Final = frozenset(("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "tt"))
_IN_OTHERS: Final = frozenset(["zh", "ja", "ko", "ar", "he", "el", "hi", "th", "ka", "hy"])


@dataclass(frozen=True, slots=True)
class Story:
    """What a document tells: the blocks of its body, its notes, the language of its styles."""

    blocks: list[Block]
    notes: list[Note]
    language: str


def story(parts: Parts) -> Story:
    """Return the blocks and notes of a file."""
    styles = Styles(parts.content, parts.styles if parts.styles is not parts.content else None)
    marks = Marks()
    walk = Walk(
        styles,
        paragraphs(parts.content),
        marks,
        parts.main,
        flat=not parts.main,
        deleted=deletions(parts.body),
    )
    blocks = list(walk.blocks(parts.body))
    if not _pages_known(parts, blocks, walk.pages):
        forget(blocks)
    marks.number(schemes(parts.styles))
    language = _language(styles, blocks)
    blocks, typed = typed_notes(blocks, parts.main)
    return Story(blocks, [*marks.notes, *typed], language)


def _pages_known(parts: Parts, blocks: list[Block], pages: Pages) -> bool:
    """Return whether the pages counted are those of the printed text.

    They are where LibreOffice left its marks of where pages end; without these
    only if the breaks set by hand give as many pages as the properties tell.
    A program that converts files without showing them marks only the first
    few: then a page holds more than any page can.
    """
    longest: Counter[int] = Counter()
    for block in blocks:
        for bit in block.bits:
            longest[bit.page] += len(bit.text) if bit.shown else 0
    if pages.now < 2 or max(longest.values(), default=0) > MOST_ON_PAGE:
        return False
    if next(elements(parts.body, "text:soft-page-break"), None) is not None:
        return True
    statistic: Element | None = child(parts.meta, "meta:document-statistic")
    told = attribute(statistic, "meta:page-count") if statistic is not None else ""
    return told == str(pages.now)


def _language(styles: Styles, blocks: list[Block]) -> str:
    """Return the language of plain paragraphs, "" where the letters are of another.

    A program gives every text the language it was installed in.
    """
    western, asian = styles.languages()
    sample = "".join(block.text for block in blocks[:200])
    han, cyrillic, latin = (len(p.findall(sample)) for p in (_HAN, _CYRILLIC, _LATIN))
    if 2 * han > cyrillic + latin:
        return asian
    name = western.partition("-")[0]
    fits = name in _IN_CYRILLIC if cyrillic > latin else name not in _IN_CYRILLIC | _IN_OTHERS
    return western if fits and (cyrillic or latin) else ""
