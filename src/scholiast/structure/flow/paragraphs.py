"""A block's bits as the paragraphs of the reading text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice
from operator import itemgetter
from typing import Final

from scholiast.structure.flow.bits import Bit
from scholiast.structure.flow.blocks import Block

#: Two line breaks typed one after the other are the end of a paragraph.
_END: Final = re.compile(r"[^\S\n]*(?:\n[^\S\n]*){2,}")


def divided(block: Block, *, whole: bool = False) -> list[list[Bit]]:
    """Return the bits of a block, one list for each paragraph of the text.

    Blanks at the edges, and the breaks between paragraphs, become markup. A
    row of a table, or a block that is to stay ``whole``, is one paragraph:
    there several line breaks count as one. A block without words gives one
    list whose bits all are empty or no text.
    """
    text = block.text
    if text and not (text[0].isspace() or text[-1].isspace() or _END.search(text)):
        return [list(block.bits)]  # most blocks: there is nothing to cut
    if block.table or whole:
        kept = _lines(text, " \n\u00a0" if block.table else None)
        starts = [0]
    else:
        kept = _stripped(text)
        starts = [start for start, _ in kept] or [0]
    out: list[list[Bit]] = [[] for _ in starts]
    offset = 0
    for bit in block.bits:
        here = max(0, bisect_right(starts, offset) - 1)
        if not bit.shown:
            out[here].append(bit)
            continue
        end = offset + len(bit.text)
        for first, last, stays in _cuts(kept, offset, end):
            part = bit
            if last - first < len(bit.text):
                part = bit.cut(first - offset, last - offset)
            if not stays:
                if part.paragraph < 0:
                    continue
                part.role = "markup"
            out[max(0, bisect_right(starts, first) - 1)].append(part)
        offset = end
    return out


def _stripped(text: str) -> list[tuple[int, int]]:
    """Return the spans of the paragraphs in a text, without blanks at their edges."""
    spans: list[tuple[int, int]] = []
    begin = 0
    for end, following in [*(match.span() for match in _END.finditer(text)), (len(text),) * 2]:
        words = text[begin:end]
        left = begin + len(words) - len(words.lstrip())
        right = begin + len(words.rstrip())
        if right > left:
            spans.append((left, right))
        begin = following
    return spans


def _lines(text: str, edges: str | None) -> list[tuple[int, int]]:
    """Return the spans of a text that stay when edges go and several breaks become one."""
    left = len(text) - len(text.lstrip(edges))
    right = len(text.rstrip(edges))
    if not text.strip():
        return []
    spans: list[tuple[int, int]] = []
    begin = left
    for match in _END.finditer(text, left, right):
        first = text.index("\n", match.start())
        spans.append((begin, first + 1))
        begin = match.end()
    spans.append((begin, right))
    return spans


def _cuts(kept: list[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Yield the pieces of ``start:end`` and whether each lies in a kept span."""
    at = start
    for first, last in islice(kept, bisect_right(kept, at, key=itemgetter(1)), None):
        if first >= end:
            break
        if first > at:
            yield at, first, False
        yield max(first, at), min(last, end), True
        at = min(last, end)
    if at < end:
        yield at, end, False


def italics(paragraph: list[Bit], start: int) -> Iterator[tuple[int, int]]:
    """Yield the spans in italics of a paragraph whose text begins at ``start``.

    Runs with nothing but blanks between them are one; blanks at the edges do
    not count, and blanks alone are none.
    """
    if not any(bit.italic for bit in paragraph):
        return
    text = "".join([bit.text for bit in paragraph if bit.role == "text"])
    spans: list[list[int]] = []
    at = 0
    for bit in paragraph:
        if not bit.shown:
            continue
        end = at + len(bit.text)
        words = bit.text.strip()
        if bit.italic and words:
            first = at + len(bit.text) - len(bit.text.lstrip())
            last = at + len(bit.text.rstrip())
            gap = text[spans[-1][1] : first] if spans else "x"
            if not gap.strip() and "\t" not in gap and "\n" not in gap:
                spans[-1][1] = last
            else:
                spans.append([first, last])
        at = end
    for first, last in spans:
        yield start + first, start + last
