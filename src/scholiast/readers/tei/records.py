"""Many records at once, column by column.

A frozen record sets its fields one by one through Python; a TEI volume has
tens of thousands of them. Here each field of all records is set in one go by
the field's own descriptor, which takes about half the time. The records are
the same in every other way.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import fields
from itertools import repeat
from typing import Any, TypeVar

T = TypeVar("T")


def records(kind: type[T], count: int, columns: Mapping[str, Iterable[Any]]) -> list[T]:
    """Return ``count`` records of a class with slots; a field without a column has its default."""
    made = list(map(object.__new__, repeat(kind, count)))
    for field in fields(kind):  # type: ignore[arg-type]
        values = columns.get(field.name)
        if values is None:
            values = repeat(field.default)
        deque(map(kind.__dict__[field.name].__set__, made, values), maxlen=0)
    return made
