"""Marks put into the XML of a Word file, cutting runs where a mark stands inside one.

Nothing else is changed: taking the marks out and joining the cut runs gives
the original again (a tested property).
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Final, NamedTuple

from scholiast.packages.ooxml import Element, attribute, kind
from scholiast.report.word_spots import BEFORE, BEHIND, FIRST, Spot, Spots

_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_BLANK: Final = " \t\n\r"


class Mark(NamedTuple):
    """An element to be put at a spot; ends go before starts where they meet."""

    spot: Spot
    opens: bool
    element: Element


def comment_marks(spots: Spots, number: int, namespace: str, style: str) -> tuple[Mark, Mark, Mark]:
    """Return the marks of the comment ``number``; ``style`` is that of the reference, or ""."""
    from lxml import etree

    names = {"w": namespace}
    w = f"{{{namespace}}}"
    start = etree.Element(f"{w}commentRangeStart", {f"{w}id": str(number)}, nsmap=names)
    end = etree.Element(f"{w}commentRangeEnd", {f"{w}id": str(number)}, nsmap=names)
    run = etree.Element(f"{w}r", nsmap=names)
    if style:
        properties = etree.SubElement(run, f"{w}rPr")
        etree.SubElement(properties, f"{w}rStyle", {f"{w}val": style})
    etree.SubElement(run, f"{w}commentReference", {f"{w}id": str(number)})
    # Around nothing (an empty paragraph) the three stay in this order.
    return (
        Mark(spots.start, spots.start != spots.end, start),
        Mark(spots.end, False, end),
        Mark(spots.reference, False, run),
    )


def put(marks: Iterable[Mark]) -> None:
    """Put all marks where they belong; the tree is changed in place.

    Marks of one spot stand in the order given, those that end a range first.
    """
    cuts: dict[Element, list[Mark]] = {}
    sides: dict[Spot, list[Mark]] = {}
    for mark in sorted(marks, key=lambda mark: mark.opens):
        holder = mark.spot.element.getparent()
        if mark.spot.at != FIRST and holder is not None and kind(holder) == "w:r":
            cuts.setdefault(holder, []).append(mark)
        else:
            sides.setdefault(mark.spot, []).append(mark)
    for run, own in cuts.items():
        _cut(run, own)
    for spot, own in sides.items():
        _beside(spot, [mark.element for mark in own])


def _beside(spot: Spot, added: list[Element]) -> None:
    """Put elements before or behind an element, or first into a paragraph."""
    if spot.at == BEFORE:
        for element in added:
            spot.element.addprevious(element)
        return
    after = spot.element
    if spot.at == FIRST:
        properties = next((item for item in after if kind(item) == "w:pPr"), None)
        if properties is None:
            for number, element in enumerate(added):
                after.insert(number, element)
            return
        after = properties
    for element in reversed(added):
        _add_behind(after, element)


def _cut(run: Element, marks: list[Mark]) -> None:
    """Cut a run at all marks that stand in it and put the marks between its parts."""
    inner = dict.fromkeys(mark.spot.element for mark in marks if mark.spot.at >= 0)
    loosened = {element: _loosen(element) for element in inner}
    children = list(run)
    numbers = {element: number for number, element in enumerate(children)}
    lead = _lead(children)
    rows: dict[tuple[int, int], list[Element]] = {}
    for mark in marks:
        number = numbers[mark.spot.element]
        offset = 0
        if mark.spot.at == BEHIND:
            number += 1
        elif mark.spot.at >= 0:
            offset = mark.spot.at - loosened[mark.spot.element]
        if number <= lead and not offset:
            number = 0
        rows.setdefault((number, offset), []).append(mark.element)
    for (number, offset), added in sorted(rows.items(), reverse=True):
        if number == 0 and not offset:
            for element in added:
                run.addprevious(element)
            continue
        if number < len(children) or offset:
            _add_behind(run, _part(run, children, number, offset))
        for element in reversed(added):
            _add_behind(run, element)
        children = list(run)


def _lead(children: list[Element]) -> int:
    """Return how many children at the start of a run show nothing."""
    count = 0
    for item in children:
        if kind(item) not in ("w:rPr", "w:lastRenderedPageBreak", ""):
            break
        count += 1
    return count


def _part(run: Element, children: list[Element], number: int, offset: int) -> Element:
    """Take what stands behind a cut out of a run, as a run of its own with the same looks."""
    part = _like(run)
    properties = next((item for item in children if kind(item) == "w:rPr"), None)
    if properties is not None:
        copied = deepcopy(properties)
        copied.tail = None
        part.append(copied)
    moved = children[number + 1 :] if offset else children[number:]
    if offset:
        part.append(_halved(children[number], offset))
    for item in moved:
        part.append(item)
    return part


def _halved(text: Element, offset: int) -> Element:
    """Cut a ``w:t`` at an offset and return its second half."""
    whole = text.text or ""
    half = _like(text)
    text.text, half.text = whole[:offset], whole[offset:]
    half.tail, text.tail = text.tail, None
    for item in (text, half):
        words = item.text or ""
        if words[:1] in _BLANK or words[-1:] in _BLANK:
            item.set(_SPACE, "preserve")
    return half


def _loosen(text: Element) -> int:
    """Set the blanks that Word drops at the edges of a ``w:t`` apart; return how many led.

    So its halves may ask to keep the blanks at the cut without these coming back.
    """
    words = text.text or ""
    if not (words[:1] in _BLANK or words[-1:] in _BLANK):
        return 0
    keeps = (attribute(above, "xml:space") for above in (text, *text.iterancestors()))
    if next(filter(None, keeps), "") == "preserve":
        return 0
    core = words.strip(_BLANK)
    lead, trail = words[: len(words) - len(words.lstrip(_BLANK))], ""
    trail = words[len(lead) + len(core) :]
    text.text = core
    if lead:
        before = _like(text)
        before.text = lead
        text.addprevious(before)
    if trail:
        behind = _like(text)
        behind.text = trail
        behind.tail, text.tail = text.tail, None
        text.addnext(behind)
    return len(lead)


def _like(element: Element) -> Element:
    """Return an empty element with the name and the attributes of another."""
    from lxml import etree

    return etree.Element(element.tag, {str(name): str(v) for name, v in element.attrib.items()})


def _add_behind(element: Element, added: Element) -> None:
    """Put an element right behind another; the white space behind that one follows both."""
    tail, element.tail = element.tail, None
    element.addnext(added)
    added.tail = tail
