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
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from scholiast.packages.ooxml import Element, Piece, attribute, child, elements, kind, pieces
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
    """Where the three marks of a comment stand; ``exact``: the range is the words alone."""

    start: Spot
    end: Spot
    reference: Spot
    exact: bool


#: What may hold range marks among its runs.
_OPEN: Final = frozenset(
    ("w:hyperlink", "w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:bdo", "w:dir")
) | {"w:sdt", "w:sdtContent", "w:fldSimple"}
_WRAPPERS: Final = frozenset(("w:sdt", "w:fldSimple", "w:smartTag", "w:customXml"))
_SWALLOWING: Final = frozenset(("w:sdt", "w:fldSimple"))
#: Content controls whose content is one value: a mark inside would not be kept.
_VALUES: Final = frozenset(
    ("w:dataBinding", "w:dropDownList", "w:comboBox", "w:date", "w:picture", "w14:checkbox")
)
_WORD_BEFORE: Final = re.compile(r"\S{1,24}\s*\Z")
_WORD_AFTER: Final = re.compile(r"\S{1,24}")
_REFERENCES: Final = frozenset(("w:footnoteReference", "w:endnoteReference"))


@dataclass(frozen=True, slots=True, eq=False)
class _Field:
    """A complex field: the marks that begin and end it, and whether in one paragraph."""

    begin: Element
    end: Element
    closed: bool  # begin and end stand in one paragraph


@dataclass(slots=True, eq=False)
class _Wrapper:
    """What stands around pieces of one paragraph, and the text it covers."""

    before: Element
    behind: Element
    swallowing: bool
    whole: bool  # all of it stands in this paragraph
    start: int
    end: int


@dataclass(slots=True, eq=False)
class _Paragraph:
    """A paragraph with its pieces, and what stands around each of them, outermost first."""

    pieces: list[Piece]
    wrappers: list[tuple[_Wrapper, ...]]
    starts: list[int]


class Body:
    """The XML of the part that holds the body, asked for the spots of anchors.

    Every paragraph is taken to pieces once, when first asked for.
    """

    def __init__(self, root: Element) -> None:
        self._paragraphs = list(elements(root, "w:p"))
        self._fields = _fields(root)
        self._seen: dict[int, _Paragraph] = {}

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
        opening = _piece_from(first, anchor.start)
        closing = _piece_to(last, anchor.end)
        if opening is None or closing is None:
            return self._whole_paragraph(anchor)
        return self._between(anchor, opening, closing)

    def anywhere(self) -> Spots | None:
        """Return spots in the first paragraph of the body; None where there is none."""
        for number, paragraph in enumerate(self._paragraphs):
            if self._outer(paragraph) is paragraph:
                return self._whole_paragraph(Anchor(number, 0, number, 0))
        return None

    def _taken(self, number: int) -> _Paragraph:
        """Return a paragraph taken to pieces."""
        if number not in self._seen:
            self._seen[number] = self._take(self._paragraphs[number])
        return self._seen[number]

    def _take(self, paragraph: Element) -> _Paragraph:
        """Take a paragraph to pieces and note what stands around each."""
        found = pieces(paragraph)
        known: dict[Any, _Wrapper] = {}
        around: list[tuple[_Wrapper, ...]] = []
        for piece in found:
            row: list[_Wrapper] = []
            for key in self._around(piece.element, paragraph):
                wrapper = known.get(key)
                if wrapper is None:
                    wrapper = known[key] = _wrapper(key, piece.start)
                wrapper.end = max(wrapper.end, piece.end)
                row.append(wrapper)
            around.append(tuple(row))
        return _Paragraph(found, around, [piece.start for piece in found])

    def _around(self, element: Element, paragraph: Element) -> list[Element | _Field]:
        """Return what stands around an element inside its paragraph, outermost first."""
        row: list[Element | _Field] = []
        field: _Field | None = None
        for above in element.iterancestors():
            if above is paragraph:
                break
            if kind(above) in _WRAPPERS:
                row.append(above)
            elif field is None and above in self._fields:
                field = self._fields[above]
        row.reverse()
        if field is not None:
            holds = set(field.begin.iterancestors())
            at = next((n for n, item in enumerate(row) if item not in holds), len(row))
            row.insert(at, field)
        return row

    def _between(
        self, anchor: Anchor, opening: tuple[Piece, int, int], closing: tuple[Piece, int, int]
    ) -> Spots:
        """Return the spots of a range that begins and ends at pieces with text."""
        piece, number, offset = opening
        piece_to, number_to, offset_to = closing
        start, sharp = self._spot(piece, offset, BEFORE)
        end, sharp_to = self._spot(piece_to, offset_to, BEHIND)
        outside = _covered(self._taken(anchor.paragraph).wrappers[number], anchor, first=True)
        if outside is not None:
            start = Spot(outside.before, BEFORE)
        around = self._taken(anchor.last_paragraph).wrappers[number_to]
        covered = _covered(around, anchor, first=False)
        if covered is not None:
            end = Spot(covered.behind, BEHIND)
        reference = self._reference(anchor.last_paragraph, around, covered, end)
        exact = anchor.exact and sharp and sharp_to
        return Spots(self._lifted(start), self._lifted(end), self._lifted(reference), exact)

    def _reference(
        self,
        number: int,
        around: tuple[_Wrapper, ...],
        covered: _Wrapper | None,
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

    def _word_near(self, anchor: Anchor, taken: _Paragraph) -> Spots | None:
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


def _covered(around: tuple[_Wrapper, ...], anchor: Anchor, *, first: bool) -> _Wrapper | None:
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
    """Return whether a paragraph is the first of a block that is a content control."""
    content = paragraph.getparent()
    if content is None or kind(content) != "w:sdtContent":
        return False
    if next((item for item in content if kind(item) == "w:p"), None) is not paragraph:
        return False
    properties = child(content.getparent(), "w:sdtPr")
    return child(properties, "w:docPartObj") is None


def _cuttable(piece: Piece) -> bool:
    """Return whether offsets in a piece are offsets in its element's text."""
    text = piece.element.text or ""
    return kind(piece.element) == "w:t" and len(text) >= piece.skip + len(piece.text)


def _piece_from(paragraph: _Paragraph, offset: int) -> tuple[Piece, int, int] | None:
    """Return the piece whose text goes on at an offset, its number, and the offset in it."""
    number = bisect_right(paragraph.starts, offset) - 1
    while 0 <= number < len(paragraph.pieces):
        piece = paragraph.pieces[number]
        if piece.end > offset:
            return piece, number, max(0, offset - piece.start)
        number += 1
    return None


def _piece_to(paragraph: _Paragraph, offset: int) -> tuple[Piece, int, int] | None:
    """Return the piece whose text reaches an offset, its number, and the offset in it."""
    number = bisect_right(paragraph.starts, offset - 1) - 1
    while 0 <= number < len(paragraph.pieces):
        piece = paragraph.pieces[number]
        if piece.end > piece.start:
            return piece, number, min(offset, piece.end) - piece.start
        number -= 1
    return None


def _wrapper(key: Element | _Field, start: int) -> _Wrapper:
    """Return the record of what stands around pieces, with the text from ``start`` on."""
    if isinstance(key, _Field):
        return _Wrapper(key.begin, key.end, True, key.closed, start, start)
    return _Wrapper(key, key, kind(key) in _SWALLOWING, True, start, start)


def _fields(root: Element) -> dict[Element, _Field]:
    """Return, for each run in a complex field, the outermost such field.

    Fields that LibreOffice reads as plain links are left out, and so are
    fields that never end.
    """
    if next(elements(root, "w:fldChar"), None) is None:
        return {}
    runs = list(elements(root, "w:r"))
    found: dict[Element, _Field] = {}
    reached = -1
    for first, last, field in sorted(_ended(runs), key=lambda item: item[:2]):
        if first > reached:
            found.update(dict.fromkeys(runs[first : last + 1], field))
            reached = last
    return found


def _ended(runs: list[Element]) -> Iterator[tuple[int, int, _Field]]:
    """Yield every field that ends, with the numbers of its first and last run."""
    open_: list[tuple[int, Element, list[str]]] = []
    for number, run in enumerate(runs):
        for item in run:
            name = kind(item)
            if name == "w:instrText" and open_:
                open_[-1][2].append(item.text or "")
            if name != "w:fldChar":
                continue
            what = attribute(item, "w:fldCharType")
            if what == "begin":
                open_.append((number, item, []))
            elif what == "end" and open_:
                first, begin, code = open_.pop()
                if "".join(code).split(maxsplit=1)[:1] != ["HYPERLINK"]:
                    closed = _paragraph(begin) is _paragraph(item)
                    yield first, number, _Field(begin, item, closed)


def _paragraph(element: Element) -> Element | None:
    """Return the paragraph that an element stands in."""
    return next((above for above in element.iterancestors() if kind(above) == "w:p"), None)
