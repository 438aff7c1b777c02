"""Bookmarks of a PDF's findings, before those it has."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from pypdf.generic import DictionaryObject, IndirectObject

    from scholiast.report.pdf_increment import Increment

#: Groups are open where there are no more entries than this.
_OPEN: Final = 30
#: A bookmark shows so much of the page above its words.
_ABOVE: Final = 60.0


class Entry(NamedTuple):
    """A bookmark: its words, its page (from 1; 0 for none), how far up the page it leads."""

    title: str
    page: int
    top: float
    below: tuple[Entry, ...] = ()


def bookmark(update: Increment, entry: Entry) -> None:
    """Put an entry with all below it before the bookmarks of a file."""
    from pypdf.generic import DictionaryObject, NameObject, NumberObject

    reader = update.reader
    catalog = update.changed(reader.trailer.raw_get("/Root"))
    root, reference = _root(update, catalog)
    many = sum(len(group.below) for group in entry.below) > _OPEN
    first = update.add(DictionaryObject())
    shown = 1 + _fill(update, first, entry, reference, closed=many)
    own = update.changed(first)
    old: Any = root.raw_get("/First") if "/First" in root else None
    if old is not None:
        own[NameObject("/Next")] = old
        update.changed(old)[NameObject("/Prev")] = first
    else:
        root[NameObject("/Last")] = first
    root[NameObject("/First")] = first
    count = root.get("/Count")
    before = int(count) if isinstance(count, NumberObject) and count > 0 else 0
    root[NameObject("/Count")] = NumberObject(before + shown)
    if "/PageMode" not in catalog:
        catalog[NameObject("/PageMode")] = NameObject("/UseOutlines")


def _root(update: Increment, catalog: DictionaryObject) -> tuple[DictionaryObject, IndirectObject]:
    """Return the root of the bookmarks, a new one where there is none."""
    from pypdf.generic import DictionaryObject, IndirectObject, NameObject

    old = catalog.raw_get("/Outlines") if "/Outlines" in catalog else None
    if isinstance(old, IndirectObject) and isinstance(old.get_object(), DictionaryObject):
        return update.changed(old), old
    root = DictionaryObject(old) if isinstance(old, DictionaryObject) else DictionaryObject()
    root[NameObject("/Type")] = NameObject("/Outlines")
    reference = update.add(root)
    catalog[NameObject("/Outlines")] = reference
    return root, reference


def _fill(
    update: Increment,
    reference: IndirectObject,
    entry: Entry,
    parent: IndirectObject,
    *,
    closed: bool,
    depth: int = 0,
) -> int:
    """Write an entry and all below it; return how many below are shown."""
    from pypdf.generic import (
        ArrayObject,
        DictionaryObject,
        FloatObject,
        NameObject,
        NullObject,
        NumberObject,
        TextStringObject,
    )

    own = update.changed(reference)
    own[NameObject("/Title")] = TextStringObject(entry.title)
    own[NameObject("/Parent")] = parent
    if entry.page:
        page = update.reader.pages[entry.page - 1]
        top = FloatObject(f"{min(entry.top + _ABOVE, float(page.cropbox.top)):.2f}")
        left = FloatObject(f"{float(page.cropbox.left):.2f}")
        target = [page.indirect_reference, NameObject("/XYZ"), left, top, NullObject()]
        own[NameObject("/Dest")] = ArrayObject(target)
    if not entry.below:
        return 0
    below = [update.add(DictionaryObject()) for _ in entry.below]
    own[NameObject("/First")], own[NameObject("/Last")] = below[0], below[-1]
    _chain(update, below)
    count = len(below)
    for one, child in zip(below, entry.below, strict=True):
        count += _fill(update, one, child, reference, closed=closed, depth=depth + 1)
    shut = closed and depth > 0
    own[NameObject("/Count")] = NumberObject(-count if shut else count)
    return 0 if shut else count


def _chain(update: Increment, entries: Sequence[IndirectObject]) -> None:
    """Lead from each entry to the next and back."""
    from pypdf.generic import NameObject

    for one, other in pairwise(entries):
        update.changed(one)[NameObject("/Next")] = other
        update.changed(other)[NameObject("/Prev")] = one
