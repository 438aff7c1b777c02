"""Many records at once, column by column.

A TEI volume has tens of thousands of records. Here they are made of whole
columns in one go, without a step of Python for each.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice, repeat
from typing import Any, TypeVar

T = TypeVar("T")


def records(kind: type[T], count: int, columns: Mapping[str, Iterable[Any]]) -> list[T]:
    """Return ``count`` named tuples of a class; a field without a column has its default."""
    named: Any = kind
    values = [
        columns[name] if name in columns else repeat(named._field_defaults[name])
        for name in named._fields
    ]
    new: Any = tuple.__new__  # as ``_make`` does, but without a step of Python
    return list(islice(map(new, repeat(kind), zip(*values, strict=False)), count))


@contextmanager
def collector_rests() -> Iterator[None]:
    """Let the collector of garbage rest while a file is read.

    Every record that is made counts as a reason to look through all others for
    circles, of which a reader makes none: on a whole volume that is a sixth of
    the time. Nor does it look through them afterwards: what was made is put
    with what has long been there (which freezing and thawing does at once).
    A collector that rests already, and what others froze, are left alone.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            gc.freeze()
            gc.unfreeze()
        gc.enable()
