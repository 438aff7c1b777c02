"""What in a note is no word of it: the way back to the text, and its own number."""

from __future__ import annotations

from typing import Final

from scholiast.packages.hypertext import Element, name
from scholiast.readers.html.links import LONGEST, Links
from scholiast.readers.html.marks import is_back, sign
from scholiast.readers.html.plan import Found
from scholiast.readers.html.tree import blocks, classes, words

#: More ink than this is no way back.
MOST: Final = 60


def own_marks(links: Links, one: Found) -> set[Element]:
    """Return the elements of a note that are ways back or its number."""
    tree = links.tree
    near = {near for call in one.calls for near in links.near(call)}
    opened = tree.before[one.start]
    found: set[Element] = set()
    for element in _inside(links, one):
        if tree.ink(element) > MOST or name(element) not in words("notes", "mark_elements"):
            continue
        leads = any(target in near for target in links.leading.get(element, ()))
        first = tree.before[element] == opened
        own = first and _is_number(links, one, element)
        if own or is_back(element) or (leads and _is_way_back(links, one, element, first=first)):
            found.add(_widest(links, one, element))
            if own or (leads and first):
                opened = tree.behind[element]  # a second sign may follow (a way back, a number)
    return found


def _inside(links: Links, one: Found) -> list[Element]:
    """Return the elements of a note; not the block that it is."""
    tree = links.tree
    first, last = tree.start[one.start], tree.last[one.until]
    if one.end >= 0:
        last = one.end
    elif one.before is not None:
        last = min(last, tree.start[one.before] - 1)
    first += name(one.start) in blocks()
    return [element for element in tree.ordered[first : last + 1] if name(element)]


def _shown(links: Links, element: Element) -> str:
    return links.tree.words(element, MOST).strip(" []()（）").casefold()


def _is_way_back(links: Links, one: Found, element: Element, *, first: bool) -> bool:
    """Return whether a link to the mark is no more than that: a sign, or the end of the note."""
    tree = links.tree
    text = _shown(links, element) if tree.ink(element) else ""
    brief = text in words("notes", "back_words") or sign(text) is not None
    ends = not first and tree.behind[element] == tree.behind[one.until]
    return brief or not any(letter.isspace() for letter in text) or ends


def _is_number(links: Links, one: Found, element: Element) -> bool:
    """Return whether what a note begins with is its own number."""
    text = _shown(links, element)
    if sign(text) is None:
        return False
    if element in one.targets or classes(element) & words("notes", "own"):
        return True
    return name(element) in ("sup", "dt", "th", "td") and text == _label(links, one)


def _label(links: Links, one: Found) -> str:
    """Return the sign of a note's first mark; of one without, the number it shows."""
    if not one.calls:
        return one.printed.casefold()
    shown = sign(links.tree.words(one.calls[0], LONGEST))
    return shown.label.casefold() if shown else ""


def _widest(links: Links, one: Found, element: Element) -> Element:
    """Return the widest stretch around a way back that holds nothing else."""
    tree = links.tree
    found = element
    while True:
        parent = found.getparent()
        if parent is None or parent is one.start or name(parent) in blocks():
            return found
        if tree.ink(parent) > tree.ink(element) + 2:
            return found
        found = parent
