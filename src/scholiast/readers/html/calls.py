"""Which links are note marks.

A link is one where it looks like one and something proves it: the page says so
(a role, a class, the name of its target), or the note leads back to it, or
begins with the same number. Links to the bibliography, to figures, to sections
are none.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from scholiast.packages.hypertext import Element, content, name
from scholiast.readers.html.links import LEADING, LONGEST, Links
from scholiast.readers.html.marks import Sign, is_back, is_call, is_item, leads, sign, told
from scholiast.readers.html.plan import Call
from scholiast.readers.html.tree import blocks, classes, roles
from scholiast.structure.sections import opening

_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
#: Elements that are no notes, whatever leads to them.
NEVER: Final = _HEADINGS | {
    "figure", "table", "img", "svg", "math", "body", "html", "main", "article", "nav", "input",
}  # fmt: skip


class Calls:
    """Finds the note marks among the links of a tree."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self.headings = [e for e in links.tree.ordered if name(e) in _HEADINGS]
        self._heads = [links.tree.start[e] for e in self.headings]

    def calls(self) -> list[Call]:
        """Return the links that are note marks, in order."""
        found: list[Call] = []
        for element in self.links.tree.ordered:
            if name(element) in LEADING and element.attrib:
                call = self._call(element)
                if call is not None and not (
                    found and self.links.tree.within(element, found[-1].element)
                ):
                    if found and self.links.tree.within(found[-1].element, element):
                        found.pop()
                    found.append(call)
        return found

    def _call(self, element: Element) -> Call | None:
        tree = self.links.tree
        if tree.ink(element) > LONGEST * 2:
            return None
        shown = tree.words(element, LONGEST)
        read = sign(shown) if shown else Sign("")
        if read is None:
            return None
        sure = self._says_call(element)
        if not shown and not sure:
            return None
        pair = self.links.targets.found(element)
        if pair is None:
            key = self.links.targets.missing(element)
            tells = told(key[1]) if key else ""
            if key is None or tells in ("back", "other") or is_back(element):
                return None
            proven = tells == "note" or sure
            return Call(element, read, key, None, sure) if proven and shown else None
        key, elements = pair
        target = next((one for one in elements if not tree.within(element, one)), None)
        if target is None or tree.within(target, element):
            return None
        if not self._is_note(element, read, key[1], target, sure=sure):
            return None
        return Call(element, read, key, target, sure)

    def _says_call(self, element: Element) -> bool:
        """Return whether an element, or what it fills or is filled by, says it is a mark."""
        tree = self.links.tree
        around: Element | None = element
        for _ in range(4):
            if (
                around is None
                or name(around) in blocks()
                or tree.ink(around) > tree.ink(element) + 3
            ):
                break
            if is_call(around):
                return True
            around = around.getparent()
        return any(
            is_call(one) and tree.ink(one) == tree.ink(element) for one in tree.inside(element)
        )

    def _is_note(
        self, element: Element, read: Sign, key: str, target: Element, *, sure: bool
    ) -> bool:
        """Return whether a link that looks like a mark leads to a note."""
        tree = self.links.tree
        tells = told(key)
        if name(target) in NEVER and not (is_item(target) or name(target) == "input"):
            return False
        if roles(target) & {"doc-biblioentry", "biblioentry", "doc-glossref"}:
            return False
        back = self._leads_back(target, element)
        if tree.start[target] < tree.start[element]:
            # What stands before its link is the mark, and the link the way back, unless both say
            # otherwise.
            if back or not (sure and (is_item(target) or tells == "note")) or is_back(element):
                return False
        elif tells == "back" or (is_back(element) and not sure and not back):
            return False
        if self._refers(element) and not sure:
            return False
        if tells == "note" or is_item(target):
            return True
        if name(tree.block(target)) in _HEADINGS or tells == "other":
            return False
        if self._kind_of_section(target) == "bibliography" or _bibliographic(target):
            return False
        if sure:
            return True
        if not read.plain and not read.bracketed:
            return False
        raised = read.bracketed or self.links.raised(element)
        stands_out = raised or not read.label.isalnum()
        return stands_out and (back or self._begins_with(target, read)) and self._says(target, read)

    def _says(self, target: Element, read: Sign) -> bool:
        """Return whether a row has words beside its sign: the letters of an index have none."""
        holder = self.links.holder(target)
        return name(holder) != "tr" or self.links.tree.ink(holder) > len(read.label) + 3

    def _refers(self, element: Element) -> bool:
        """Return whether the words before a link make it a reference ("see note 3")."""
        if self.links.raised(element):
            return False
        before = _before(element)
        lasting = before.rstrip(" \u00a0([").casefold().split()
        lead = leads()
        return bool(lasting) and lasting[-1].lstrip("([") in lead

    def _leads_back(self, target: Element, element: Element) -> bool:
        """Return whether a link in the note at ``target`` leads to the mark."""
        holder = self.links.holder(target)
        tree = self.links.tree
        for one in self.links.near(element):
            for source in self.links.sources.get(one, ()):
                if tree.within(source, holder) and not tree.within(source, element):
                    return True
        return False

    def _begins_with(self, target: Element, read: Sign) -> bool:
        """Return whether what stands at a target begins with the number of the mark."""
        holder = self.links.holder(target)
        tree = self.links.tree
        if name(holder) == "li" and read.number:
            return self.links.ordinal(holder) == read.number
        if not tree.opens(target, holder):
            shown = tree.words(target, LONGEST) + _after(target)
        else:
            shown = tree.words(holder, LONGEST)
        return _opens_with(shown, read.label)

    def _kind_of_section(self, element: Element) -> str:
        """Return the kind of the section that an element stands in, by the heading before it."""
        at = bisect_right(self._heads, self.links.tree.start[element]) - 1
        return opening(self.links.tree.words(self.headings[at], 80)).kind if at >= 0 else ""


def _before(element: Element) -> str:
    """Return the last words before an element in its line."""
    here: Element | None = element
    for _ in range(3):
        if here is None or name(here) in blocks():
            return ""
        previous = here.getprevious()
        text = previous.tail if previous is not None else None
        if previous is None:
            parent = here.getparent()
            text = parent.text if parent is not None else None
        if text and text.strip():
            return text[-40:]
        if previous is not None:
            return ""
        here = here.getparent()
    return ""


def _after(element: Element) -> str:
    """Return the first words behind an element."""
    here: Element | None = element
    for _ in range(3):
        if here is None:
            break
        if here.tail and here.tail.strip():
            return here.tail.strip()[:20]
        following = here.getnext()
        if following is not None:
            return content(following)[:20]
        here = here.getparent()
    return ""


def _opens_with(shown: str, label: str) -> bool:
    """Return whether words begin with the number of a mark."""
    bare = shown.lstrip(" \u00a0[(（［〔")
    return bare.startswith(label) and not bare[len(label) : len(label) + 1].isalnum()


def _bibliographic(target: Element) -> bool:
    """Return whether an element, or what is around it, says that it is a list of works."""
    around: Element | None = target
    for _ in range(6):
        if around is None or name(around) == "body":
            break
        told_ = " ".join((*classes(around), *roles(around), (around.get("id") or "").lower()))
        if any(
            word in told_
            for word in (
                "bibliograph",
                "biblist",
                "reflist",
                "ref-list",
                "references",
                "citation",
                "bibitem",
                "cited",
            )
        ):
            return True
        around = around.getparent()
    return False
