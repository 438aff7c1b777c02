"""Texts as they come out of PDFs, in several styles of print, with right answers.

Set and damaged by ``tools.extraction``, which says what it did in the gold
format; measured like any annotated text.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tools.extraction import Style, extract_like

from benchmarks.gold import GoldText

#: Ways in which journals and books are set, and extraction tools deliver them.
STYLES: Final[dict[str, Style]] = {
    "roundtable": Style(),
    "journal": Style(
        marks="superscript",
        width=78,
        page_lines=40,
        separator="none",
        note_blanks=False,
        form_feeds=True,
        leading_blank=False,
        trailing_blank=False,
        hyphenation=True,
        section_pages=False,
        drop_capitals=False,
        running_head="Annals of Invented History",
        page_number="{}",
    ),
    "book": Style(
        numbering="run-on",
        width=64,
        page_lines=36,
        separator="underscores",
        form_feeds=True,
        leading_blank=False,
        hyphenation=True,
        running_head="An Invented Book",
        page_number="- {} -",
        furniture_at="foot",
    ),
    "endnotes": Style(
        marks="brackets",
        placement="end",
        numbering="run-on",
        separator="none",
        drop_capitals=False,
        trailing_blank=False,
    ),
    "spaced": Style(marks="blank", width=90, lost_letters=1.0, page_number="{} | P a g e"),
}


def extracted(name: str, markdown: str, style: str, *, seed: int = 0) -> GoldText:
    """Return a Markdown text as if extracted from a PDF set in one of the styles."""
    file = f"{name.replace('/', '-')}-{style}.txt"
    text, gold = extract_like(markdown, seed=seed, style=STYLES[style], file=file)
    return GoldText(f"{name} as {style}", Path(file), text.encode(), gold)
