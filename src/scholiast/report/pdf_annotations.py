"""The annotations of a PDF: highlights with their notes, and notes on a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from scholiast.report.pdf_boxes import Box, around

if TYPE_CHECKING:
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    from scholiast.report.pdf_increment import Increment

#: The tints of highlights by certainty; the note says the same in words.
TINTS: Final = {
    "certain": (1.0, 0.75, 0.45),
    "likely": (1.0, 0.92, 0.45),
    "style": (0.70, 0.88, 1.0),
}
#: How far a tint goes towards white where a place is but looked at beside another.
_LIGHTER: Final = 0.55
#: Flags of an annotation: it is printed; it keeps its size and stands upright.
_PRINTED: Final = 4
_UPRIGHT: Final = 8 + 16
#: The window of a note, and its sign on the page.
_WINDOW: Final = (220.0, 140.0)
_SIGN: Final = 18.0
#: A speech bubble with two lines in it, in a square of 18 points.
_BUBBLE: Final = b"""1 0.92 0.45 rg 0.35 0.3 0 RG 1 w
2 5 14 11 re B
5 5 m 7 1.5 l 9 5 l B
4.5 12 m 13.5 12 l 4.5 9 m 13.5 9 l S
"""


def tint(certainty: str, *, lighter: bool = False) -> tuple[float, float, float]:
    """Return the colour of a highlight."""
    red, green, blue = TINTS.get(certainty, TINTS["likely"])
    if not lighter:
        return red, green, blue
    red, green, blue = (part + (1 - part) * _LIGHTER for part in (red, green, blue))
    return round(red, 3), round(green, 3), round(blue, 3)


class Annotator:
    """Adds annotations to the pages of one file."""

    def __init__(self, update: Increment, author: str, date: datetime | None) -> None:
        self._update = update
        self._author = author
        self._date = date
        self._new: dict[int, list[IndirectObject]] = {}

    def highlight(
        self,
        page: int,
        boxes: Sequence[Box],
        colour: tuple[float, float, float],
        *,
        name: str,
        subject: str,
        note: str,
        window: bool = True,
    ) -> None:
        """Add a highlight over boxes of a page (from 1), with a note."""
        from pypdf.generic import NameObject

        rectangle = reduce(around, boxes)
        own = self._annotation("/Highlight", rectangle, name, subject, note)
        quads = [
            corner
            for left, bottom, right, top in boxes
            for corner in (left, top, right, top, left, bottom, right, bottom)
        ]
        own[NameObject("/QuadPoints")] = _numbers(quads)
        own[NameObject("/C")] = _numbers(colour)
        own[NameObject("/AP")] = self._appearance(rectangle, _painted(boxes, colour), multiply=True)
        reference = self._put(page, own)
        if window:
            self._window(page, rectangle, own, reference)

    def note(self, *, name: str, subject: str, note: str, place: int) -> None:
        """Add a note on the copy as a whole, the ``place``-th (from 0), to the first page."""
        from pypdf.generic import NameObject, NumberObject

        left, bottom, right, top = self._visible(1)
        x = min(left + 12 + place * (_SIGN + 6), right - _SIGN)
        y = max(top - 12, bottom + _SIGN)
        rectangle = (x, y - _SIGN, x + _SIGN, y)
        own = self._annotation("/Text", rectangle, name, subject, note)
        own[NameObject("/Name")] = NameObject("/Comment")
        own[NameObject("/C")] = _numbers(TINTS["likely"])
        own[NameObject("/F")] = NumberObject(_PRINTED + _UPRIGHT)
        own[NameObject("/AP")] = self._appearance((0.0, 0.0, _SIGN, _SIGN), _BUBBLE)
        reference = self._put(1, own)
        self._window(1, rectangle, own, reference)

    def write(self) -> None:
        """Put the annotations behind those that the pages have."""
        from pypdf.generic import ArrayObject, NameObject

        for page, new in sorted(self._new.items()):
            changed = self._update.changed(self._page(page))
            old: Any = changed.get("/Annots")
            old = old.get_object() if old is not None else None
            kept = list(old) if isinstance(old, ArrayObject) else []
            changed[NameObject("/Annots")] = ArrayObject([*kept, *new])

    def _annotation(
        self, sort: str, rectangle: Box, name: str, subject: str, note: str
    ) -> DictionaryObject:
        from pypdf.generic import DictionaryObject, NameObject, NumberObject, TextStringObject

        own = DictionaryObject()
        own[NameObject("/Type")] = NameObject("/Annot")
        own[NameObject("/Subtype")] = NameObject(sort)
        own[NameObject("/Rect")] = _numbers(rectangle)
        own[NameObject("/F")] = NumberObject(_PRINTED)
        own[NameObject("/T")] = TextStringObject(self._author)
        own[NameObject("/NM")] = TextStringObject(name)
        own[NameObject("/Subj")] = TextStringObject(subject)
        own[NameObject("/Contents")] = TextStringObject(note)
        if self._date is not None:
            said = TextStringObject(_dated(self._date))
            own[NameObject("/M")] = said
            own[NameObject("/CreationDate")] = said
        return own

    def _window(
        self, page: int, rectangle: Box, own: DictionaryObject, reference: IndirectObject
    ) -> None:
        """Give an annotation the window that its note opens in, closed, at the page's edge."""
        from pypdf.generic import BooleanObject, DictionaryObject, NameObject, NumberObject

        left, bottom, right, top = self._visible(page)
        width, height = _WINDOW
        x, y = max(right - width, left), min(max(rectangle[3], bottom + height), top)
        window = DictionaryObject()
        window[NameObject("/Type")] = NameObject("/Annot")
        window[NameObject("/Subtype")] = NameObject("/Popup")
        window[NameObject("/Rect")] = _numbers((x, y - height, x + width, y))
        window[NameObject("/F")] = NumberObject(_UPRIGHT)
        window[NameObject("/Open")] = BooleanObject(False)
        window[NameObject("/Parent")] = reference
        own[NameObject("/Popup")] = self._put(page, window)

    def _put(self, page: int, own: DictionaryObject) -> IndirectObject:
        from pypdf.generic import NameObject

        own[NameObject("/P")] = self._page(page)
        reference = self._update.add(own)
        self._new.setdefault(page, []).append(reference)
        return reference

    def _appearance(self, box: Box, painted: bytes, *, multiply: bool = False) -> DictionaryObject:
        from pypdf.generic import DictionaryObject, NameObject, StreamObject

        form = StreamObject()
        form[NameObject("/Type")] = NameObject("/XObject")
        form[NameObject("/Subtype")] = NameObject("/Form")
        form[NameObject("/BBox")] = _numbers(box)
        resources = DictionaryObject()
        if multiply:
            state = DictionaryObject({NameObject("/BM"): NameObject("/Multiply")})
            states = DictionaryObject({NameObject("/G"): state})
            resources[NameObject("/ExtGState")] = states
        form[NameObject("/Resources")] = resources
        form.set_data(painted)
        return DictionaryObject({NameObject("/N"): self._update.add(form)})

    def _page(self, page: int) -> IndirectObject:
        reference = self._update.reader.pages[page - 1].indirect_reference
        assert reference is not None  # of a sound file
        return reference

    def _visible(self, page: int) -> Box:
        """Return the part of a page that is shown."""
        box = self._update.reader.pages[page - 1].cropbox
        return float(box.left), float(box.bottom), float(box.right), float(box.top)


def _painted(boxes: Iterable[Box], colour: Iterable[float]) -> bytes:
    """Return the drawing of filled boxes."""
    lines = ["/G gs", " ".join(f"{part:g}" for part in colour) + " rg"]
    for left, bottom, right, top in boxes:
        corner = f"{left:.2f} {bottom:.2f}"
        lines.append(f"{corner} {right - left:.2f} {top - bottom:.2f} re")
    return "\n".join((*lines, "f", "")).encode()


def _numbers(values: Iterable[float]) -> ArrayObject:
    from pypdf.generic import ArrayObject, FloatObject

    return ArrayObject(FloatObject(f"{value:.2f}") for value in values)


def _dated(date: datetime) -> str:
    """Return a moment as a PDF writes it."""
    offset = date.strftime("%z")
    zone = f"{offset[:3]}'{offset[3:5]}'" if offset else ""
    return f"D:{date:%Y%m%d%H%M%S}{zone}"
