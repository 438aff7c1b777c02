"""The table of contents of a book, and the headings that nothing but it tells of.

Many programs set the headings of a book as paragraphs of a class of their own;
its table of contents then names them, and leads to the page that each begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from scholiast.packages.hypertext import Element, attribute, content, name

_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS: Final = frozenset(("p", "div", "section", "body", "header", "center", "article", "main"))
#: Deeper entries are all of the lowest depth.
_DEEPEST: Final = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table: the page it leads to, the place in it, its words, its depth."""

    page: str
    place: str
    words: str
    depth: int


def entries(root: Element) -> Iterator[tuple[str, str, int]]:
    """Yield the link, words and depth of each line of a table, of version 2 or 3."""
    for element in root.iter():
        tag = name(element)
        if tag == "navpoint":
            label = next((one for one in element if name(one) == "navlabel"), None)
            target = next((one for one in element if name(one) == "content"), None)
            if label is not None and target is not None:
                yield target.get("src") or "", _words(label), _depth(element, "navpoint")
        elif tag == "a" and _is_contents(element):
            yield attribute(element, "href"), _words(element), _depth(element, "li")


def headings(
    table: Mapping[str, list[Entry]], page: str, root: Element, title: str
) -> Iterator[tuple[Element, int]]:
    """Yield the paragraphs of a page that the table names as headings, with their depth.

    The title of the whole is none of them.
    """
    if page not in table:
        return
    places = {one.get("id"): one for one in root.iter() if one.get("id")}
    for entry in table[page]:
        if entry.words.casefold() == title.casefold():
            continue
        start = places.get(entry.place) if entry.place else _body(root)
        found = _first(start) if start is not None else None
        if found is not None and _words(found).casefold() == entry.words.casefold():
            yield found, entry.depth


def _first(start: Element) -> Element | None:
    """Return the first paragraph with words at or in an element; None where it is a heading."""
    around = (start, *start.iterancestors())
    if any(name(one) in _HEADINGS for one in around):
        return None
    holder = next((one for one in around if name(one) in _BLOCKS), start)
    while name(holder) != "p":
        inner = next((one for one in holder if isinstance(one.tag, str) and _words(one)), None)
        if inner is None or name(inner) not in _BLOCKS or (holder.text or "").strip():
            break
        holder = inner
    plain = name(holder) in ("p", "div") and not any(
        name(one) in _BLOCKS | _HEADINGS for one in holder.iterdescendants()
    )
    return holder if plain else None


def _is_contents(link: Element) -> bool:
    """Return whether a link stands in the contents, and not in a list of pages or figures."""
    nav = next((one for one in link.iterancestors() if name(one) == "nav"), None)
    return nav is not None and "toc" in attribute(nav, "epub:type").split()


def _depth(element: Element, tag: str) -> int:
    around = sum(name(one) == tag for one in element.iterancestors())
    return min(_DEEPEST, around + (tag == "navpoint"))


def _body(root: Element) -> Element | None:
    return next((one for one in root.iter() if name(one) == "body"), None)


def _words(element: Element) -> str:
    return " ".join(content(element).split())
