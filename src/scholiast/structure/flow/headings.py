"""Which blocks are headings, block quotations and lists, seen from the whole text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from scholiast.structure.flow.blocks import Block
from scholiast.structure.sections import opening, split_authors

#: A paragraph longer than this is no heading, whatever its style says.
LONGEST: Final = 300
#: A paragraph without a style for headings must be shorter to be one.
LONGEST_PLAIN: Final = 160
#: So many headings in a row are a list of contents.
CONTENTS: Final = 3
#: The end of a line in a list of contents: a tabulator or leaders, and a page.
_LEADS_TO_PAGE: Final = re.compile(r"(?:\t|\.{3,}|…)\s*[\divxlc]+\s*$")
#: How far a block quotation stands in from the left alone, in twentieths of a point
#: (0.28 inch: two characters of a Chinese text are a little less than 0.3).
FAR: Final = 400
#: How far it stands in at least where it does so on both sides.
BOTH: Final = 200
#: What stands in further than this is a signature or a date.
TOO_FAR: Final = 4000


class Headings:
    """The headings of a body with their depths, and its title and authors.

    ``title`` and ``authors`` are those of the file's properties, which hold
    where the text itself has none.
    """

    def __init__(
        self, blocks: Sequence[Block], title: str = "", authors: tuple[str, ...] = ()
    ) -> None:
        self._levels: dict[int, int] = {}
        styled = [block for block in blocks if block.level and _short(block, LONGEST)]
        titles = [block for block in blocks if block.title and _short(block, LONGEST)]
        titles = titles or _named(blocks, title)
        plain = _plain_headings(blocks)
        strong = [block.level for block in styled if opening(_words(block)).strong]
        top = min([block.level for block in styled], default=1)
        level = min(strong, default=top)
        # Under a title every heading is one deeper; without one they keep their depth.
        shift = max(0, 2 - top) if titles else 0
        self._levels.update({id(block): block.level + shift for block in styled})
        self._levels.update({id(block): level + shift for block in plain})
        self._levels.update({id(block): 1 for block in titles})
        self._base = _usual_indent(blocks)
        self.title = self._title(blocks, titles) or title
        self.authors = _authors(blocks) or authors

    def __contains__(self, block: Block) -> bool:
        return id(block) in self._levels

    def level(self, block: Block) -> int:
        """Return the depth of a heading, 1 the highest."""
        return self._levels[id(block)]

    def quoted(self, block: Block) -> bool:
        """Return whether a block is a block quotation, by its style or by how far it stands in."""
        if block in self or block.table or block.contents:
            return False
        if block.quote:
            return True
        if block.list or block.itemised or block.centred or block.note or block.author:
            return False
        indent, (left, right) = block.indent, self._base
        if indent.first < 0 or indent.left > TOO_FAR:
            return False
        further, narrower = indent.left - left, indent.right - right
        return further >= FAR or (further >= BOTH and narrower >= BOTH)

    def listed(self, block: Block) -> str:
        """Return the id of the list that a block is an item of, or ""."""
        return "" if block in self or block.table or block.quote else block.list

    def _title(self, blocks: Sequence[Block], titles: list[Block]) -> str:
        """Return the title in the text, "" where it has none."""
        if not titles:
            return ""
        at = next(n for n, block in enumerate(blocks) if block is titles[0])
        run = [titles[0]]
        for block in blocks[at + 1 :]:
            if not block.title or block not in self:
                break
            run.append(block)
        return " ".join(filter(None, map(_words, run)))


def _words(block: Block) -> str:
    return " ".join(block.text.split())


def _named(blocks: Sequence[Block], title: str) -> list[Block]:
    """Return the first paragraph where its words are the title that the file gives of itself."""
    first = next((block for block in blocks if block.text.strip()), None)
    if first is None or first.level or not title or not _short(first, LONGEST):
        return []
    return [first] if _words(first).casefold() == " ".join(title.split()).casefold() else []


def _short(block: Block, most: int) -> bool:
    """Return whether a block has words, and no more than a heading has."""
    return not block.table and 0 < len(block.text.strip()) <= most


def _plain_headings(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks without a heading's style that are headings by their words and look.

    Several of them in a row, with nothing between, are a list of contents.
    """
    found: list[Block] = []
    inked = (block for block in blocks if block.text.strip())
    for is_one, run in groupby(inked, key=_plain_heading):
        row = list(run)
        if is_one and len(row) < CONTENTS:
            found.extend(row)
    return found


def _plain_heading(block: Block) -> bool:
    """Return whether a block without a heading's style is one by its words and its look.

    A line that names the authors of what follows ("Review by …") needs no
    look of its own; "Introduction" must be bold or centred.
    """
    if block.heads_notes:
        return True
    if block.level or block.title or block.list or block.contents or block.note or block.quote:
        return False
    if not _short(block, LONGEST_PLAIN) or _LEADS_TO_PAGE.search(block.text):
        return False
    words = _words(block)
    told = opening(words)
    told_well = told.strong and (bool(told.authors) or block.prominent)
    return told_well and not words.endswith((".", ";", ","))


def _usual_indent(blocks: Sequence[Block]) -> tuple[int, int]:
    """Return the left and right indent in which most of the text stands."""
    weights: Counter[tuple[int, int]] = Counter()
    for block in blocks:
        if not (block.level or block.title or block.table or block.list or block.quote):
            weights[block.indent.left, block.indent.right] += len(block.text)
    if not weights:
        return 0, 0
    return min(weights, key=lambda indent: (-weights[indent], indent))


def _authors(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return the authors in paragraphs of a style for authors, before the first real paragraph."""
    found: list[str] = []
    for block in blocks:
        if block.author and _short(block, LONGEST_PLAIN):
            found.extend(split_authors(_words(block))[0])
    return tuple(dict.fromkeys(found))
