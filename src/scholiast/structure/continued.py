"""Notes that run over the end of their page and go on at the foot of the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from scholiast.structure.lines import Layout
from scholiast.structure.sentences import terminal

#: A note goes on for no more lines than this.
MOST: Final = 40
#: Notes are set smaller: their lines hold so many times the characters of a full line.
WIDER: Final = 1.06


def continued(
    layout: Layout, ranges: Mapping[int, tuple[int, int]], endnotes: Sequence[tuple[int, int]]
) -> dict[int, tuple[int, ...]]:
    """Return the lines on which notes go on, by the line on which each begins.

    Only a note that is the last of its page and ends without a full stop can
    go on. Its rest stands at the foot of the next page, above the first note
    there: below a rule, in a paragraph of its own that begins small, or in
    lines wider than those of the text. The lines get the role of notes.
    """
    if not layout.paged:
        return {}
    starts = sorted(ranges)
    width = _body_width(layout)
    found: dict[int, tuple[int, ...]] = {}
    for order, first in enumerate(starts):
        last = ranges[first][1] - 1
        if any(a <= first < b for a, b in endnotes) or terminal(layout.lines[last].text):
            continue
        page = layout.lines[last].page
        following = starts[order + 1] if order + 1 < len(starts) else len(layout.lines)
        if following < len(layout.lines) and layout.lines[following].page != page + 1:
            following = len(layout.lines)
        lines = _rest(layout, page + 1, last + 1, following, width)
        if lines:
            found[first] = tuple(lines)
            for at in lines:
                layout.lines[at].role = "note"
    return found


def _body_width(layout: Layout) -> int:
    """Return how many characters the fuller lines of the body hold."""
    lengths = sorted(len(line.text) for line in layout.lines if line.text and line.role == "")
    return lengths[int(len(lengths) * 0.9)] if lengths else layout.width


def _rest(layout: Layout, page: int, after: int, limit: int, width: int) -> list[int]:
    """Return the lines at the foot of a page, above the line ``limit``, that a note goes on in."""
    here = [
        at
        for at in range(after, min(limit, len(layout.lines)))
        if layout.lines[at].page == page and layout.lines[at].role in ("", "separator")
    ]
    rules = [at for at in here if layout.lines[at].rule]
    inked = [at for at in here if layout.lines[at].text and not layout.lines[at].rule]
    if rules:
        return [at for at in inked if at > rules[-1]][:MOST]
    if limit >= len(layout.lines) or not inked:
        return []
    chunk = _last_run(inked)
    if chunk == inked or len(chunk) > MOST:
        chunk = []
    small = bool(chunk) and layout.lines[chunk[0]].text[0].islower()
    wide = bool(chunk) and max(len(layout.lines[at].text) for at in chunk) > WIDER * width
    if small or wide:
        return chunk
    return _wide_lines(layout, inked, width)


def _last_run(inked: list[int]) -> list[int]:
    """Return the last lines that follow one another without a blank line."""
    at = len(inked) - 1
    while at > 0 and inked[at - 1] == inked[at] - 1:
        at -= 1
    return inked[at:]


def _wide_lines(layout: Layout, inked: list[int], width: int) -> list[int]:
    """Return the last lines of a page that are wider than text, with a short one at their end."""
    at = len(inked) - 1
    while at > 0 and len(layout.lines[inked[at - 1]].text) > WIDER * width:
        at -= 1
    wide = any(len(layout.lines[n].text) > WIDER * width for n in inked[at:])
    return inked[at:] if wide and len(inked) - at <= MOST else []
