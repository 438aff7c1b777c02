"""Notes whose words stand nowhere but in an attribute of their mark (``data-footnote="…"``).

Their bits are repairs ("note-in-attribute") at the place of the mark, with the
attribute's value as the original: it is in no text node.
"""

from __future__ import annotations

from collections.abc import Iterator

from scholiast.data import table
from scholiast.packages.hypertext import Element, events, name, parse_html
from scholiast.packages.zip import PackageError
from scholiast.readers.html.tree import blocks
from scholiast.structure.flow.bits import Bit
from scholiast.structure.flow.blocks import Block

REPAIR = "note-in-attribute"


def held(element: Element) -> str:
    """Return the words of a note that an element holds in an attribute, "" where it holds none."""
    for key in table("html")["notes"]["holding"]:
        value = (element.get(key) or "").strip()
        if len(value) > 3 and any(sign.isalpha() for sign in value) and value[0] not in "{#":
            return value
    return ""


def held_blocks(value: str, place: tuple[int, int], part: str) -> list[Block]:
    """Return the paragraphs of a note in an attribute, at the place of its mark."""
    try:
        root = parse_html(f"<div>{value}</div>")
    except PackageError:
        return []
    found = [Block(note=True, part=part)]
    italic = 0
    for text, begins in _pieces(root):
        if text is None:
            if begins is None:
                if found[-1].bits:
                    found.append(Block(note=True, part=part))
            else:
                italic += 1 if begins else -1
            continue
        words = " ".join(text.split())
        lead = " " if text[:1].isspace() and found[-1].bits else ""
        trail = " " if text[-1:].isspace() and words else ""
        if words or lead:
            number, at = place
            shown = f"{lead}{words}{trail}"
            found[-1].bits.append(
                Bit(shown, number, at, italic=italic > 0, stop=at, repair=REPAIR, original=value)
            )
    return [block for block in found if block.text.strip()]


def _pieces(root: Element) -> Iterator[tuple[str | None, bool | None]]:
    """Yield texts; (None, True or False) where italics begin or end; (None, None) at a block."""
    for begins, element in events(root):
        tag = name(element)
        if tag in ("em", "i", "cite"):
            yield None, begins
        elif tag in blocks() or tag == "br":
            yield None, None
        text = element.text if begins else element.tail
        if text and (tag or not begins):
            yield text, None
