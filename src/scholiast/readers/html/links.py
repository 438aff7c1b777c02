"""The links of the pages, what is around them, and the blocks that they lead to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scholiast.packages.hypertext import Element, name
from scholiast.readers.html.marks import sign
from scholiast.readers.html.targets import Targets
from scholiast.readers.html.tree import Tree, blocks

#: Elements that may lead to a note, with or without "href".
LEADING: Final = frozenset(("a", "button", "label", "sup", "span", "xref"))
#: The longest text of a mark.
LONGEST: Final = 24
#: Elements with one name that a link is taken to lead to.
MOST_NAMED: Final = 8


class Links:
    """The links of a tree, both ways."""

    def __init__(self, tree: Tree, targets: Targets) -> None:
        self.tree = tree
        self.targets = targets
        self.all: list[Element] = []  # the elements that lead somewhere
        self.sources: dict[Element, list[Element]] = {}  # those that lead to an element
        self.leading: dict[Element, list[Element]] = {}  # where each leads
        self._ordinals: dict[Element, dict[Element, int]] = {}
        self._holding: dict[Element, bool] = {}  # whether blocks stand in a block
        for element in tree.ordered:
            if name(element) in LEADING and element.attrib:
                found = targets.found(element)
                if found is not None:
                    self.all.append(element)
                    self.leading[element] = found[1]
                    for target in found[1][:MOST_NAMED]:
                        self.sources.setdefault(target, []).append(element)

    def raised(self, element: Element) -> bool:
        """Return whether a link stands raised."""
        around: Element | None = element
        for _ in range(4):
            if around is None or name(around) in blocks():
                break
            if name(around) == "sup" or self.tree.home(element).sheet.look(around).raised:
                return True
            around = around.getparent()
        tree = self.tree
        return any(
            name(one) == "sup" and tree.ink(one) == tree.ink(element)
            for one in tree.inside(element)
        )

    def near(self, element: Element) -> Iterator[Element]:
        """Yield what a way back to a mark may lead to: it, its wrappers, an anchor beside it."""
        around: Element | None = element
        for _ in range(4):
            if around is None or name(around) in blocks():
                break
            yield around
            previous = around.getprevious()
            if (
                previous is not None
                and self.tree.between(previous, around) == 0
                and self.tree.ink(previous) == 0
            ):
                yield previous
            around = around.getparent()
        yield from (one for one in self.tree.inside(element) if one is not element)

    def holder(self, target: Element) -> Element:
        """Return the block that a target begins, or stands in."""
        holder = self.tree.block(target)
        if name(holder) in ("td", "th"):
            parent = holder.getparent()
            return parent if parent is not None else holder
        if self.tree.ink(target) == 0 and not self.own_block(target, holder):
            following = target.getnext()
            if (
                following is not None
                and name(following) in blocks()
                and self.tree.between(target, following) == 0
            ):
                return following
        return holder

    def own_block(self, target: Element, holder: Element) -> bool:
        """Return whether a block is a paragraph's and not one that holds blocks."""
        return target is not holder and not self.holds_blocks(holder)

    def holds_blocks(self, holder: Element) -> bool:
        """Return whether blocks stand in a block."""
        if holder not in self._holding:
            self._holding[holder] = any(name(one) in blocks() for one in holder)
        return self._holding[holder]

    def ordinal(self, item: Element) -> int:
        """Return the number that browsers print before an item of a list, 0 for none."""
        parent = item.getparent()
        if parent is None or name(item) != "li" or name(parent) != "ol":
            return 0
        if parent not in self._ordinals:
            self._ordinals[parent] = dict(_ordinals(parent))
        return self._ordinals[parent].get(item, 0)

    def whole(self, element: Element) -> Element:
        """Return the widest stretch around a mark that holds nothing but it and brackets."""
        found = element
        while True:
            parent = found.getparent()
            if (
                parent is None
                or name(parent) in blocks()
                or name(parent)
                not in ("sup", "span", "small", "b", "i", "em", "strong", "a", "font", "u")
            ):
                return found
            if (
                self.tree.ink(parent) > self.tree.ink(element) + 2
                or sign(self.tree.words(parent, LONGEST) or "1") is None
            ):
                return found
            if any(
                one is not found
                and isinstance(one.tag, str)
                and (one.get("id") and name(one) != "a")
                for one in parent
            ):
                return found
            found = parent


def _ordinals(parent: Element) -> Iterator[tuple[Element, int]]:
    """Yield the items of a numbered list with their numbers."""
    items = [one for one in parent if name(one) == "li"]
    backwards = parent.get("reversed") is not None
    start = parent.get("start") or ""
    number_ = int(start) if start.isdecimal() else len(items) if backwards else 1
    for item in items:
        own = item.get("value") or ""
        number_ = int(own) if own.isdecimal() and len(own) < 6 else number_
        yield item, number_
        number_ += -1 if backwards else 1
