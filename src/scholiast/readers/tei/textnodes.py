"""The text nodes of a file, as segments count them.

A text node is what stands between two tags, if that is anything: comments,
processing instructions, CDATA sections and references to characters do not
divide it. Nodes are counted from 0 in the order of the file, the header's
included. A segment may go on through the nodes behind its own, where nothing
between them was folded or left out: its offsets then count on, as if the nodes
were one string from the beginning of its own. The reader counts so while it
walks; a report finds what a segment points to in the characters of the file by
``scholiast.report.xml_text``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.etree import _Element


def text_nodes(root: _Element) -> Iterator[str]:
    """Yield the text nodes of a tree without comments and processing instructions."""
    from lxml import etree

    for event, element in etree.iterwalk(root, events=("start", "end")):
        text = element.text if event == "start" else element.tail
        if text and not (event == "end" and element is root):
            yield text


def count(element: _Element) -> int:
    """Return how many text nodes stand in an element."""
    found = 0
    for one in element.iter():
        found += bool(one.text)
        found += one is not element and bool(one.tail)
    return found


def all_words(element: _Element) -> str:
    """Return all text in an element."""
    return "".join(map(str, element.itertext()))


def child(element: _Element, space: str, *names: str) -> _Element | None:
    """Return the first child of one of these names (as ``find``, but at once)."""
    for one in element.iterchildren(*[f"{space}{name}" for name in names]):
        return one
    return None


def attributes(element: _Element) -> tuple[tuple[str, str], ...]:
    """Return the attributes of an element in the order of the file."""
    found: Any = element.items()
    return tuple(found)
