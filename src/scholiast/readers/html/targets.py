"""Where the links of the pages lead: from one page to itself or to another of the same book."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from scholiast.data import table
from scholiast.packages.hypertext import Element
from scholiast.readers.html.tree import Page, Tree

#: A name on a page: the member it stands in, and the name itself.
Key = tuple[str, str]
_QUOTED: Final = re.compile(r"['\"]#?([\w:.-]{2,80})['\"]")
_SCHEME: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


class Targets:
    """The named elements of all pages, and the names that an element leads to."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._parts = {page.part for page in tree.pages}
        self.named: dict[Key, list[Element]] = {}
        attributes = table("html")["notes"]["named"]
        self._leads = table("html")["notes"]["leads"]
        for element in tree.ordered:
            if not isinstance(element.tag, str) or not element.attrib:
                continue
            part = tree.home(element).part
            for name in {element.get(attribute) for attribute in attributes}:
                if name:
                    self.named.setdefault((part, name), []).append(element)

    def keys(self, element: Element) -> Iterator[Key]:
        """Yield the names that an element may lead to, the surest first; they need not exist."""
        page = self._tree.home(element)
        href = element.get("href")
        if href:
            key = self._of_link(href.strip(), page)
            if key is not None:
                yield key
        for attribute in self._leads:
            for value in (element.get(attribute) or "").split():
                yield page.part, value.removeprefix("#")
        for attribute in ("onclick", "onmouseover"):
            for match in _QUOTED.finditer((element.get(attribute) or "")[:1000]):
                if (page.part, match[1]) in self.named:
                    yield page.part, match[1]

    def found(self, element: Element) -> tuple[Key, list[Element]] | None:
        """Return the first name an element leads to that stands on a page, and who bears it."""
        for key in self.keys(element):
            named = self.named.get(key)
            if named:
                return key, named
        return None

    def missing(self, element: Element) -> Key | None:
        """Return the name in a link of an element to its own pages, whether it exists or not."""
        href = (element.get("href") or "").strip()
        return self._of_link(href, self._tree.home(element)) if href else None

    def _of_link(self, href: str, page: Page) -> Key | None:
        """Return the name a link leads to on the pages at hand, None where it leads elsewhere."""
        path, mark, fragment = href.partition("#")
        fragment = fragment if (page.part, fragment) in self.named else unquote(fragment)
        if not mark or not fragment:
            return None
        if not path:
            return page.part, fragment
        if not page.part:  # a page alone: links to its own address, or to what is on it
            own = path.rstrip("/") in page.addresses or (page.part, fragment) in self.named
            return (page.part, fragment) if own else None
        if _SCHEME.match(path):
            return None
        folder = posixpath.dirname(page.part)
        part = posixpath.normpath(posixpath.join(folder, unquote(path)))
        return (part, fragment) if part in self._parts else None
