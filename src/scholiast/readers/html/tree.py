"""Where everything stands in the pages of a text: order, containment, and how much is written."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, Final

from scholiast.data import table
from scholiast.packages.hypertext import (
    SILENT,
    Element,
    attribute,
    content,
    events,
    name,
    text_nodes,
)
from scholiast.readers.html.css import Sheet

_BLANKS: Final = re.compile(r"\s+")
_PIECES: Final = re.compile(r"[^\W\d_]+|\d+")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


@cache
def words(*path: str) -> frozenset[str]:
    """Return a list of ``data/html.toml`` as a set."""
    found: Any = table("html")
    for key in path:
        found = found[key]
    return frozenset(found)


@cache
def blocks() -> frozenset[str]:
    """Return the names of the elements that begin a paragraph of their own."""
    return words("blocks", "elements")


def classes(element: Element) -> frozenset[str]:
    """Return the classes of an element in small letters."""
    told = element.get("class")
    return _split(told) if told else _NONE


def roles(element: Element) -> frozenset[str]:
    """Return the roles of an element, those of EPUB among them."""
    role, kind = element.get("role"), attribute(element, "epub:type")
    return _split(f"{role or ''} {kind}") if role or kind else _NONE


_NONE: Final[frozenset[str]] = frozenset()


@lru_cache(maxsize=4096)
def _split(told: str) -> frozenset[str]:
    return frozenset(told.lower().split())


@lru_cache(maxsize=4096)
def pieces(words_: str) -> tuple[str, ...]:
    """Return the words of a class or an id: ``ShareButtons`` is share, buttons."""
    return tuple(_PIECES.findall(_CAMEL.sub(" ", words_).lower()))


@dataclass(slots=True, eq=False)
class Page:
    """One page: the root of its tree, the member it is, the numbers of its text nodes."""

    root: Element
    part: str = ""
    addresses: tuple[str, ...] = ()  # what the page is called in links to itself
    numbers: dict[Element, tuple[int, int]] = field(default_factory=dict)
    sheet: Sheet = field(default_factory=lambda: Sheet(""))


def page(root: Element, part: str = "", css: str = "") -> Page:
    """Return a page with what its own style sheet says (``css`` stands before it)."""
    sheets = [css, *(content(e) for e in root.iter() if name(e) == "style")]
    return Page(root, part, _addresses(root), text_nodes(root), Sheet("\n".join(sheets)))


def _addresses(root: Element) -> tuple[str, ...]:
    """Return the addresses that the page gives as its own, without fragments."""
    found: list[str] = []
    for element in root.iter():
        tag = name(element)
        if tag == "link" and (element.get("rel") or "").lower() == "canonical":
            found.append(element.get("href") or "")
        elif tag == "meta" and (element.get("property") or "").lower() == "og:url":
            found.append(element.get("content") or "")
        elif tag == "body":
            break
    return tuple(one.partition("#")[0].rstrip("/") for one in found if one)


class Column:
    """A number for every element of a tree."""

    def __init__(self, places: dict[Element, int]) -> None:
        self._places = places
        self.values = array("l")

    def __getitem__(self, element: Element) -> int:
        return self.values[self._places[element]]


class Tree:
    """The elements of all pages in one order; spans count in elements and in characters of ink.

    Ink are the characters that are no blanks, those of scripts left out.
    """

    def __init__(self, pages: list[Page]) -> None:
        self.pages = pages
        self.ordered: list[Element] = []
        self.start: dict[Element, int] = {}
        self.last = Column(self.start)
        self.before = Column(self.start)  # the ink before an element
        self.behind = Column(self.start)  # the ink up to its end
        self._linked = Column(self.start)  # the ink of links in it
        self._firsts: list[int] = []  # the first element of each page
        ink = linked = 0
        for one in pages:
            self._firsts.append(len(self.ordered))
            silent = links = 0
            for begins, element in events(one.root):
                tag = name(element)
                mute = tag in SILENT or element.get("class") == "scholiast"
                link = tag == "a" and bool(element.get("href"))
                if begins:
                    self.start[element] = len(self.ordered)
                    self.ordered.append(element)
                    self.before.values.append(ink)
                    self._linked.values.append(linked)
                    for column in (self.last, self.behind):
                        column.values.append(0)
                    silent += mute
                    links += link
                    text = element.text if tag else None
                else:
                    at = self.start[element]
                    self.last.values[at] = len(self.ordered) - 1
                    self.behind.values[at] = ink
                    self._linked.values[at] = linked - self._linked.values[at]
                    silent -= mute
                    links -= link
                    text = element.tail if element is not one.root else None
                if text and not silent:
                    size = len(_BLANKS.sub("", text))
                    ink += size
                    linked += size if links else 0

    def home(self, element: Element) -> Page:
        """Return the page of an element."""
        return self.pages[bisect_right(self._firsts, self.start[element]) - 1]

    def within(self, inner: Element, outer: Element) -> bool:
        """Return whether an element is another or stands in it."""
        return self.start[outer] <= self.start[inner] <= self.last[outer]

    def ink(self, element: Element) -> int:
        """Return how much ink there is in an element."""
        return self.behind[element] - self.before[element]

    def linked(self, element: Element) -> int:
        """Return how much of it stands in links."""
        return self._linked[element]

    def opens(self, inner: Element, outer: Element) -> bool:
        """Return whether nothing is written in an element before another one in it."""
        return self.before[inner] == self.before[outer]

    def between(self, first: Element, second: Element) -> int:
        """Return how many characters stand between the end of one and the start of another."""
        return self.before[second] - self.behind[first]

    def block(self, element: Element) -> Element:
        """Return the innermost block that an element is or stands in."""
        found: Element | None = element
        while found is not None and name(found) not in blocks():
            found = found.getparent()
        return self.home(element).root if found is None else found

    def inside(self, element: Element) -> Iterator[Element]:
        """Yield an element and all that stand in it, in order."""
        return iter(self.ordered[self.start[element] : self.last[element] + 1])

    def words(self, element: Element, most: int = 200) -> str:
        """Return the first ``most`` characters, or somewhat more, that are seen in an element."""
        found: list[str] = []
        size = 0
        hidden: Element | None = None
        for begins, one in events(element):
            if hidden is not None:
                if one is hidden and not begins:
                    hidden = None
                else:
                    continue
            elif begins and (name(one) in SILENT or not name(one) or unseen(one)):
                hidden = one
                continue
            text = one.text if begins else one.tail if one is not element else None
            if text:
                found.append(text)
                size += len(text)
                if size > most:
                    break
        return " ".join("".join(found).split())


def unseen(element: Element) -> bool:
    """Return whether an element is for machines and screen readers alone."""
    if not element.attrib:
        return False
    if element.get("hidden") is not None or (element.get("aria-hidden") or "").lower() == "true":
        return True
    style = element.get("style")
    if style and _hides(style):
        return True
    told = element.get("class")
    return bool(told) and _says_unseen(told)


@lru_cache(maxsize=4096)
def _hides(style: str) -> bool:
    plain = style.replace(" ", "").lower()
    return any(one in plain for one in ("display:none", "visibility:hidden", "mso-hide:all"))


@lru_cache(maxsize=4096)
def _says_unseen(told: str) -> bool:
    joined = f" {' '.join(pieces(told))} "
    return any(f" {phrase} " in joined for phrase in _UNSEEN)


_UNSEEN: Final = (
    "sr only",
    "show for sr",
    "visually hidden",
    "visuallyhidden",
    "screen reader text",
    "screen reader only",
    "screenreader",
    "print only",
    "offscreen",
    "a11y hidden",
    "scholiast",
)
