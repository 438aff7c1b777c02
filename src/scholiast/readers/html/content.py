"""Which part of a page is its text, and what in it is not the author's.

Signs that pages give of themselves come first (``main``, ``article``,
``itemprop=articleBody``, the classes of ``data/html.toml``), then how much is
written where: an element that holds much of the page's prose is never left out
for its name, and a list of links is never the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from scholiast.packages.hypertext import Element, content, name
from scholiast.readers.html.marks import is_list
from scholiast.readers.html.tree import Page, Tree, classes, pieces, roles, unseen, words

#: What holds more than this share of the page's words is not left out for its name.
MUCH: Final = 0.35
#: A node that says it is the text must hold this share of what is in the page.
ENOUGH: Final = 0.4
#: Without any sign the text is the smallest node that holds this share.
MOST: Final = 0.93
#: An element with this share of its words in links is navigation.
LINKED: Final = 0.65
#: What stands before an item of a list where a program writes that into the page.
_BULLETS: Final = frozenset("•◦▪‣●○■–·*-")
#: Longer names are lists of states, as themes write them on the body of a page.
LONGEST_NAME: Final = 400
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")


@cache
def _phrases() -> tuple[str, ...]:
    return tuple(f" {' '.join(phrase.split())} " for phrase in sorted(words("left_out", "phrases")))


@lru_cache(maxsize=4096)
def _says_out(told: str) -> bool:
    """Return whether the words of a class and an id are those of what is no text."""
    parts = pieces(told)
    if len(told) > LONGEST_NAME:
        return False
    joined = f" {' '.join(parts)} "
    return any(part in words("left_out", "words") for part in parts) or any(
        phrase in joined for phrase in _phrases()
    )


class Content:
    """The text of one page: the nodes to walk, and what to leave out."""

    def __init__(self, page: Page, tree: Tree, kept: frozenset[Element]) -> None:
        self.page = page
        self._tree = tree
        self._kept = kept  # where notes begin: never left out for its name
        self._holding = {around for one in kept for around in one.iterancestors()}
        self._body = next((e for e in page.root.iter() if name(e) == "body"), page.root)
        self._all = max(1, tree.ink(self._body))
        self.left_out = self._left_out()
        self.main = self._main()
        if not self._says_so:
            self.left_out |= self._linked()

    # --- what is left out ---------------------------------------------------

    def _left_out(self) -> set[Element]:
        """Return the outermost elements that are no part of the text."""
        found: set[Element] = set()
        end = -1
        for element in self._tree.inside(self._body):
            at = self._tree.start[element]
            if at <= end or not isinstance(element.tag, str) or element is self._body:
                continue
            if self._is_out(element):
                found.add(element)
                end = self._tree.last[element]
        return found

    def _is_out(self, element: Element) -> bool:
        tag = name(element)
        if tag in words("left_out", "elements"):
            much = self._tree.ink(element) > MUCH * self._all
            return not (
                tag in ("form", "button", "noscript", "dialog")
                and (much or element in self._holding)
            )
        if not element.attrib and tag not in words("left_out", "edges"):
            return bool(self.page.sheet.look(element).hidden) and element not in self._holding
        if element in self._kept or is_list(element):
            return False
        if tag == "span" and _is_bullet(element):
            return True
        if tag == "a" and self._tree.ink(element) == 1 and _links_to_itself(element):
            return True
        if self._tree.ink(element) > MUCH * self._all:
            return False
        if unseen(element) or self.page.sheet.look(element).hidden:
            return element not in self._holding
        if tag in _HEADINGS or tag in (
            "p",
            "em",
            "i",
            "strong",
            "b",
            "sup",
            "sub",
            "tr",
            "blockquote",
            "q",
        ):
            return bool(classes(element)) and self._told(element)
        if tag in words("left_out", "edges") and self._edge(element, tag):
            return True
        if set((element.get("role") or "").lower().split()) & words("left_out", "roles"):
            return element not in self._holding
        return self._told(element)

    def _edge(self, element: Element, tag: str) -> bool:
        """Return whether a header, a footer or an aside is the page's and not the text's."""
        if element in self._holding:
            return False
        inside = any(
            name(one) in ("article", "main", "section", "blockquote")
            for one in element.iterancestors()
        )
        if tag == "header":
            return not inside and not any(name(one) == "h1" for one in element.iter())
        if tag == "footer":
            return not any(name(one) in ("blockquote", "figure") for one in element.iterancestors())
        return True

    def _told(self, element: Element) -> bool:
        """Return whether an element's class or id says that it is not the text."""
        told = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
        return bool(told) and element not in self._holding and _says_out(told)

    def _linked(self) -> set[Element]:
        """Return the lists and cells within the text that are nothing but links elsewhere."""
        found: set[Element] = set()
        end = -1
        for element in self._tree.inside(self.main):
            at = self._tree.start[element]
            if at <= end or element is self.main:
                continue
            if element in self.left_out or element in self._kept:  # links of a note are its words
                end = self._tree.last[element]
                continue
            if (
                name(element) in ("ul", "ol", "td", "table", "div", "menu", "center")
                and element not in self._holding
            ):
                ink = self._tree.ink(element)
                if (
                    ink
                    and ink < MUCH * self._all
                    and self._tree.linked(element) > LINKED * ink
                    and self._menu(element)
                ):
                    found.add(element)
                    end = self._tree.last[element]
        return found

    def _menu(self, element: Element) -> bool:
        """Return whether three links or more stand in an element that is not a bibliography."""
        links = [
            one
            for one in element.iter()
            if name(one) == "a"
            and self._tree.ink(one)
            and not (one.get("href") or "#").startswith("#")
        ]
        if len(links) < 3 or any(name(one) in _HEADINGS for one in element.iter()):
            return False
        long = sum(len(" ".join(content(one).split())) > 60 for one in links)
        return long * 2 < len(links)

    # --- the text ------------------------------------------------------------

    def _written(self, element: Element) -> int:
        """Return how much is written in an element that is not left out, links counted half."""
        return self._written_in.get(element, 0)

    def _count(self) -> None:
        self._written_in: dict[Element, int] = {}
        gone = sorted((self._tree.start[one], self._tree.last[one]) for one in self.left_out)
        sums: list[tuple[int, int]] = []
        for one in self.left_out:
            weight = self._tree.ink(one) - self._tree.linked(one) // 2
            sums.append((self._tree.start[one], weight))
        sums.sort()
        from bisect import bisect_left

        firsts = [at for at, _ in sums]
        totals = [0]
        for _, weight in sums:
            totals.append(totals[-1] + weight)
        ends = [last for _, last in gone]
        for element in self._tree.inside(self._body):
            first, last = self._tree.start[element], self._tree.last[element]
            inside = totals[bisect_left(firsts, last + 1)] - totals[bisect_left(firsts, first)]
            at = bisect_left(firsts, first + 1) - 1
            covered = at >= 0 and ends[at] >= first
            own = self._tree.ink(element) - self._tree.linked(element) // 2
            self._written_in[element] = 0 if covered else own - inside

    def _main(self) -> Element:
        """Return the node that holds the text."""
        self._count()
        whole = max(1, self._written(self._body) - self._in_notes())
        best: Element | None = None
        for candidates in self._candidates():
            held = [one for one in candidates if self._written(one) >= ENOUGH * whole]
            if held:
                # The innermost that still holds nearly all that the others hold.
                top = max(self._written(one) for one in held)
                near = [one for one in held if self._written(one) >= 0.9 * top]
                best = max(near, key=lambda one: self._tree.start[one])
                break
        self._says_so = best is not None
        return self._narrowed(best if best is not None else self._body, told=best is not None)

    def _in_notes(self) -> int:
        return sum(self._tree.ink(one) for one in self._kept)

    def _candidates(self) -> Iterator[list[Element]]:
        """Yield the nodes that say they are the text, the surest signs first."""
        every = [e for e in self._tree.inside(self._body) if isinstance(e.tag, str)]
        properties = words("main", "properties")
        yield [e for e in every if (e.get("itemprop") or "").lower() in properties - {"text"}]
        phrases = [f" {phrase} " for phrase in words("main", "phrases")]
        named: list[Element] = []
        for element in every:
            told = f"{element.get('class') or ''} {element.get('id') or ''}"
            if len(told) > 2 and name(element) not in ("body", "html", "main"):
                joined = f" {' '.join(pieces(told))} "
                if any(phrase in joined for phrase in phrases):
                    named.append(element)
        articles = [e for e in every if name(e) == "article" or e.get("role") == "article"]
        yield [e for e in named if name(e) in ("div", "section", "article", "td")]
        if len(articles) == 1 or not articles:
            yield articles
        yield [e for e in every if name(e) == "main" or e.get("role") == "main"]
        yield articles

    def _narrowed(self, top: Element, *, told: bool) -> Element:
        """Return the smallest node within one that holds nearly all its prose."""
        found = top
        while not told:
            whole = self._written(found)
            inner = next(
                (
                    one
                    for one in found
                    if isinstance(one.tag, str) and self._written(one) >= MOST * whole
                ),
                None,
            )
            if inner is None or name(inner) in (
                "p",
                "pre",
                "table",
                "tbody",
                "tr",
                "ul",
                "ol",
                "blockquote",
                "dl",
                "h1",
            ):
                if inner is not None and name(inner) in ("table", "tbody", "tr"):
                    found = inner
                    continue
                return found
            found = inner
        return found

    def title(self) -> Element | None:
        """Return the heading of the whole where it stands outside the text."""
        if any(
            name(one) == "h1" and one not in self.left_out for one in self._tree.inside(self.main)
        ):
            return None
        return next(
            (
                one
                for one in self._tree.inside(self._body)
                if name(one) == "h1"
                and self._tree.ink(one)
                and not self._hidden(one)
                and self._tree.start[one] < self._tree.last[self.main]
                # A heading that nobody closed holds the text itself.
                and self._tree.last[one] < self._tree.start[self.main]
            ),
            None,
        )

    def _hidden(self, element: Element) -> bool:
        return unseen(element) or any(
            unseen(one) or name(one) in ("nav", "aside") for one in element.iterancestors()
        )


def _is_bullet(element: Element) -> bool:
    """Return whether an element is the sign before an item of a list, written as words."""
    parent = element.getparent()
    if parent is None or len(element) or element.getprevious() is not None:
        return False
    sign = (element.text or "").strip()
    if not sign or not set(sign) <= _BULLETS or (parent.text or "").strip():
        return False
    outer = parent.getparent() if name(parent) in ("p", "div") else parent
    return outer is not None and name(outer) == "li" and not (outer.text or "").strip()


def _links_to_itself(element: Element) -> bool:
    """Return whether a link is the sign beside a heading that leads to it."""
    return content(element).strip() in ("#", "¶", "§", "🔗") and any(
        name(one) in _HEADINGS for one in element.iterancestors()
    )


def out_of_book(page: Page, tree: Tree, kept: frozenset[Element]) -> set[Element]:
    """Return what is no text in a page of a book: lists of contents, what is hidden, scripts."""
    holding = {around for one in kept for around in one.iterancestors()}
    roles_out = words("left_out", "book_roles")
    found: set[Element] = set()
    end = -1
    for element in tree.inside(page.root):
        at = tree.start[element]
        if at <= end or not isinstance(element.tag, str) or element in kept or element in holding:
            continue
        tag = name(element)
        hidden = unseen(element) or page.sheet.look(element).hidden
        if tag in words("left_out", "elements") or hidden or roles(element) & roles_out:
            found.add(element)
            end = tree.last[element]
    return found
