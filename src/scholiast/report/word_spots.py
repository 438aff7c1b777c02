"""Where in the XML of a Word file the marks of a comment stand.

A comment has three marks: the start and the end of its range, and a run that
refers to the comment. Range marks stand at the exact words. The reference
must not be lost: Word throws away what stands in the result of a field when
it updates the field, and LibreOffice empties comments whose reference stands
in a field, in a content control, or in the first paragraph of a block that
is one. There the reference stands behind what would swallow it, and a range
that covers the whole of it is set around it.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from scholiast.packages.ooxml import Element, Piece, child, elements, kind
from scholiast.report.word_paragraphs import Found, Paragraph, Wrapper, fields, take
from scholiast.report.word_places import Anchor

#: Where a mark stands: before an element, behind it, as the first thing in a paragraph,
#: or (zero and above) behind so many characters of a ``w:t``.
BEFORE: Final = -1
BEHIND: Final = -2
FIRST: Final = -3


class Spot(NamedTuple):
    """A place in the XML: an element and where at it (``BEFORE`` … or an offset)."""

    element: Element
    at: int


class Spots(NamedTuple):
    """Where the three marks of a comment stand.

    ``exact``: the range is the words alone, and every program will show it.
    """

    start: Spot
    end: Spot
    reference: Spot
    exact: bool


#: What may hold range marks among its runs.
_OPEN: Final = frozenset(
    ("w:hyperlink", "w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:bdo", "w:dir")
) | {"w:sdt", "w:sdtContent", "w:fldSimple"}
#: Content controls whose content is one value: a mark inside would not be kept.
_VALUES: Final = frozenset(
    ("w:dataBinding", "w:dropDownList", "w:comboBox", "w:date", "w:picture", "w14:checkbox")
)
_WORD_BEFORE: Final = re.compile(r"\S{1,24}\s*\Z")
_WORD_AFTER: Final = re.compile(r"\S{1,24}")
_REFERENCES: Final = frozenset(("w:footnoteReference", "w:endnoteReference"))


class Body:
    """The XML of the part that holds the body, asked for the spots of anchors.

    Every paragraph is taken to pieces once, when first asked for.
    """

    def __init__(self, root: Element) -> None:
        self._paragraphs = list(elements(root, "w:p"))
        self._fields = fields(root)
        self._seen: dict[int, Paragraph] = {}

    def __len__(self) -> int:
        return len(self._paragraphs)

    def spots(self, anchor: Anchor) -> Spots | None:
        """Return where the marks of a comment stand; None where the file has no such place."""
        count = len(self._paragraphs)
        if not (0 <= anchor.paragraph < count and 0 <= anchor.last_paragraph < count):
            return None
        if (anchor.paragraph, anchor.start) == (anchor.last_paragraph, anchor.end):
            return self._zero(anchor)
        first, last = self._taken(anchor.paragraph), self._taken(anchor.last_paragraph)
        opening, closing = first.beginning(anchor.start), last.ending(anchor.end)
        if opening is None or closing is None:
            return self._whole_paragraph(anchor)
        return self._between(anchor, opening, closing)

    def anywhere(self) -> Spots | None:
        """Return spots in the first paragraph of the body; None where there is none."""
        for number, paragraph in enumerate(self._paragraphs):
            if self._outer(paragraph) is paragraph:
                return self._whole_paragraph(Anchor(number, 0, number, 0))
        return None

    def _taken(self, number: int) -> Paragraph:
        """Return a paragraph taken to pieces."""
        if number not in self._seen:
            self._seen[number] = take(self._paragraphs[number], self._fields)
        return self._seen[number]

    def _between(self, anchor: Anchor, opening: Found, closing: Found) -> Spots:
        """Return the spots of a range that begins and ends at pieces with text."""
        start, sharp = self._spot(opening.piece, opening.offset, BEFORE)
        end, sharp_to = self._spot(closing.piece, closing.offset, BEHIND)
        around = self._taken(anchor.paragraph).wrappers[opening.number]
        outside = _covered(around, anchor, first=True)
        if outside is not None:
            start = Spot(outside.before, BEFORE)
        around = self._taken(anchor.last_paragraph).wrappers[closing.number]
        covered = _covered(around, anchor, first=False)
        if covered is not None:
            end = Spot(covered.behind, BEHIND)
        reference = self._reference(anchor.last_paragraph, around, covered, end)
        exact = anchor.exact and sharp and sharp_to and reference == end
        return Spots(self._lifted(start), self._lifted(end), self._lifted(reference), exact)

    def _reference(
        self,
        number: int,
        around: tuple[Wrapper, ...],
        covered: Wrapper | None,
        end: Spot,
    ) -> Spot:
        """Return where the reference stands so that neither program loses the comment."""
        outside = around[: around.index(covered)] if covered is not None else around
        for wrapper in outside:
            if wrapper.swallowing:
                return Spot(wrapper.behind, BEHIND)
        paragraph = self._outer(self._paragraphs[number])
        if _opens_control(paragraph):
            for following in self._paragraphs[number + 1 :]:
                if self._outer(following) is following and not _opens_control(following):
                    return Spot(following, FIRST)
        return end

    def _zero(self, anchor: Anchor) -> Spots | None:
        """Return the spots of a note reference that has no text."""
        taken = self._taken(anchor.paragraph)
        row = [
            number
            for number, piece in enumerate(taken.pieces)
            if piece.start == piece.end == anchor.start and kind(piece.element) in _REFERENCES
        ]
        if not row:
            return self._word_near(anchor, taken)
        number = row[min(anchor.ordinal, len(row) - 1)]
        unit = _unit(taken.pieces[number].element, self._outer(self._paragraphs[anchor.paragraph]))
        end = Spot(unit, BEHIND)
        reference = self._reference(anchor.paragraph, taken.wrappers[number], None, end)
        return Spots(Spot(unit, BEFORE), end, self._lifted(reference), anchor.exact)

    def _word_near(self, anchor: Anchor, taken: Paragraph) -> Spots | None:
        """Return the spots of the word before an offset, or else of the one after it."""
        text = "".join(piece.text for piece in taken.pieces)
        match = _WORD_BEFORE.search(text, 0, anchor.start) or _WORD_AFTER.search(text, anchor.start)
        if match is None:
            return self._whole_paragraph(anchor)
        start, end = match.span()
        return self.spots(anchor._replace(start=start, end=end, exact=False))

    def _whole_paragraph(self, anchor: Anchor) -> Spots:
        """Return spots around all of a paragraph, for what has no finer place."""
        paragraph = self._outer(self._paragraphs[anchor.paragraph])
        runs = [item for item in paragraph if kind(item) not in ("w:pPr", "")]
        if not runs:
            return Spots(*(Spot(paragraph, FIRST),) * 3, exact=False)
        number = anchor.paragraph
        end = Spot(runs[-1], BEHIND)
        reference = self._reference(number, (), None, end)
        return Spots(Spot(runs[0], BEFORE), end, reference, exact=False)

    def _spot(self, piece: Piece, offset: int, edge: int) -> tuple[Spot, bool]:
        """Return the spot of an offset in a piece, and whether it is just there.

        ``edge`` is which side to take where the piece cannot be cut.
        """
        paragraph = next(above for above in piece.element.iterancestors() if kind(above) == "w:p")
        unit = _unit(piece.element, self._outer(paragraph))
        at_edge = offset == (0 if edge == BEFORE else len(piece.text))
        if at_edge and unit is piece.element:
            return Spot(unit, edge), True
        if unit is not piece.element or not _cuttable(piece):
            return Spot(unit, edge), False
        return Spot(unit, piece.skip + offset), True

    def _outer(self, paragraph: Element) -> Element:
        """Return the paragraph that a paragraph is anchored in (a text box), or itself."""
        outer = paragraph
        for above in paragraph.iterancestors():
            if kind(above) == "w:p":
                outer = above
        return outer

    def _lifted(self, spot: Spot) -> Spot:
        """Return a spot outside of a text box, which takes no comments."""
        if spot.at == FIRST:
            return spot
        outer: Element | None = None
        for above in spot.element.iterancestors():
            if kind(above) == "w:p":
                outer = above
        if outer is None:
            return spot
        unit = _unit(spot.element, outer)
        return spot if unit is spot.element else Spot(unit, BEFORE if spot.at == BEFORE else BEHIND)


def _covered(around: tuple[Wrapper, ...], anchor: Anchor, *, first: bool) -> Wrapper | None:
    """Return the outermost thing around the first, or last, piece that a range covers wholly."""
    one = anchor.paragraph == anchor.last_paragraph
    for wrapper in around:
        begun = anchor.start <= wrapper.start or not (one or first)
        ended = anchor.end >= wrapper.end or not (one or not first)
        if wrapper.whole and begun and ended:
            return wrapper
    return None


def _unit(element: Element, paragraph: Element) -> Element:
    """Return the thing at whose sides marks may stand: a child of a run, or what holds it.

    Inside a formula, a phonetic guide, a text box or a control that is one
    value, no mark may stand: the unit is then the whole of it.
    """
    down = [element]
    while down[-1].getparent() is not paragraph:
        above = down[-1].getparent()
        if above is None:
            return element
        down.append(above)
    down.reverse()
    for number, node in enumerate(down):
        name = kind(node)
        if name == "w:r":
            return down[number + 1] if number + 1 < len(down) else node
        if name not in _OPEN or (name == "w:sdt" and _one_value(node)):
            return node
    return element


def _one_value(control: Element) -> bool:
    """Return whether a content control holds one value, not words."""
    properties = child(control, "w:sdtPr")
    if properties is None:
        return False
    return any(kind(item) in _VALUES for item in properties)


def _opens_control(paragraph: Element) -> bool:
    """Return whether a paragraph is the first of a block, or a cell, that is a content control."""
    first, content = paragraph, paragraph.getparent()
    if content is not None and kind(content) == "w:tc" and child(content, "w:p") is paragraph:
        first, content = content, content.getparent()
    if content is None or kind(content) != "w:sdtContent":
        return False
    if child(content, kind(first)) is not first:
        return False
    return child(content.getparent(), "w:sdtPr", "w:docPartObj") is None


def _cuttable(piece: Piece) -> bool:
    """Return whether offsets in a piece are offsets in its element's text."""
    text = piece.element.text or ""
    return kind(piece.element) == "w:t" and len(text) >= piece.skip + len(piece.text)
