"""Paragraphs of a Word file taken to pieces, with what stands around each piece.

What stands around matters because marks of comments are lost inside some of
it: in the result of a field, which Word makes anew, and in content controls,
which LibreOffice reads as one value.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from scholiast.packages.ooxml import Element, Piece, attribute, elements, kind, pieces

_WRAPPERS: Final = frozenset(("w:sdt", "w:fldSimple", "w:smartTag", "w:customXml"))
_SWALLOWING: Final = frozenset(("w:sdt", "w:fldSimple"))
#: A field over more runs than this is no citation, link or bibliography: it is passed over.
MOST_RUNS: Final = 5000


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A complex field: the marks that begin and end it, and whether in one paragraph."""

    begin: Element
    end: Element
    closed: bool  # begin and end stand in one paragraph


@dataclass(slots=True, eq=False)
class Wrapper:
    """What stands around pieces of one paragraph, and the text it covers.

    ``swallowing``: a comment whose reference stands inside would be lost.
    """

    before: Element
    behind: Element
    swallowing: bool
    whole: bool  # all of it stands in this paragraph
    start: int
    end: int


class Found(NamedTuple):
    """A piece, its number in the paragraph, and an offset in its text."""

    piece: Piece
    number: int
    offset: int


@dataclass(slots=True, eq=False)
class Paragraph:
    """A paragraph with its pieces, and what stands around each of them, outermost first."""

    pieces: list[Piece]
    wrappers: list[tuple[Wrapper, ...]]
    starts: list[int]

    def beginning(self, offset: int) -> Found | None:
        """Return the piece whose text goes on at an offset; None behind the last."""
        number = bisect_right(self.starts, offset) - 1
        while 0 <= number < len(self.pieces):
            piece = self.pieces[number]
            if piece.end > offset:
                return Found(piece, number, max(0, offset - piece.start))
            number += 1
        return None

    def ending(self, offset: int) -> Found | None:
        """Return the piece whose text reaches an offset; None before the first."""
        number = bisect_right(self.starts, offset - 1) - 1
        while 0 <= number < len(self.pieces):
            piece = self.pieces[number]
            if piece.end > piece.start:
                return Found(piece, number, min(offset, piece.end) - piece.start)
            number -= 1
        return None


def take(paragraph: Element, fields: dict[Element, Field]) -> Paragraph:
    """Take a paragraph to pieces and note what stands around each."""
    found = pieces(paragraph)
    known: dict[Any, Wrapper] = {}
    around: list[tuple[Wrapper, ...]] = []
    for piece in found:
        row: list[Wrapper] = []
        for key in _around(piece.element, paragraph, fields):
            wrapper = known.get(key)
            if wrapper is None:
                wrapper = known[key] = _wrapper(key, piece.start)
            wrapper.end = max(wrapper.end, piece.end)
            row.append(wrapper)
        around.append(tuple(row))
    return Paragraph(found, around, [piece.start for piece in found])


def _around(
    element: Element, paragraph: Element, fields: dict[Element, Field]
) -> list[Element | Field]:
    """Return what stands around an element inside its paragraph, outermost first."""
    row: list[Element | Field] = []
    field: Field | None = None
    for above in element.iterancestors():
        if above is paragraph:
            break
        if kind(above) in _WRAPPERS:
            row.append(above)
        elif field is None:
            field = fields.get(above)
    row.reverse()
    if field is not None:
        holds = set(field.begin.iterancestors())
        at = next((n for n, item in enumerate(row) if item not in holds), len(row))
        row.insert(at, field)
    return row


def _wrapper(key: Element | Field, start: int) -> Wrapper:
    """Return the record of what stands around pieces, with the text from ``start`` on."""
    if isinstance(key, Field):
        return Wrapper(key.begin, key.end, True, key.closed, start, start)
    return Wrapper(key, key, kind(key) in _SWALLOWING, True, start, start)


def fields(root: Element) -> dict[Element, Field]:
    """Return, for each run in a complex field, the outermost such field.

    Fields that LibreOffice reads as plain links are left out, and so are
    fields that never end.
    """
    if next(elements(root, "w:fldChar"), None) is None:
        return {}
    runs = list(elements(root, "w:r"))
    found: dict[Element, Field] = {}
    reached = -1
    for first, last, field in sorted(_ended(runs), key=lambda item: item[:2]):
        if first > reached and last - first <= MOST_RUNS:
            found.update(dict.fromkeys(runs[first : last + 1], field))
            reached = last
    return found


def _ended(runs: list[Element]) -> Iterator[tuple[int, int, Field]]:
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
                    yield first, number, Field(begin, item, closed)


def _paragraph(element: Element) -> Element | None:
    """Return the paragraph that an element stands in."""
    return next((above for above in element.iterancestors() if kind(above) == "w:p"), None)
