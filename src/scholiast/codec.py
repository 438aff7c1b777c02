"""One versioned form of every record as plain JSON values.

``encode`` and ``decode`` are each other's inverse for every record of
``scholiast.model`` (a tested property). Fields that hold their default are
left out, so that a new field with a default reads old data. A document has
tens of thousands of records: what a class needs is worked out once.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial
from typing import Any, TypeVar

from scholiast import model

#: Raise when the meaning of a field changes; stored values of another version are made anew.
VERSION = 1

T = TypeVar("T")

#: What turns a JSON value into that of a field; None where it is the same.
Made = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class _Plan:
    """The fields of a record class: what each holds by default, and how its value is made."""

    fields: tuple[tuple[str, Any, bool], ...]  # name, default, whether it is encoded as it is
    made: tuple[tuple[str, Callable[[Any], Any]], ...]
    known: frozenset[str]
    required: frozenset[str]


@cache
def _plan(record: Any) -> _Plan:
    """Return the plan of a record class."""
    hints = typing.get_type_hints(record, vars(model))
    fields = dataclasses.fields(record)
    making = {field.name: _making(hints[field.name]) for field in fields}
    return _Plan(
        fields=tuple((f.name, f.default, making[f.name] in (None, tuple)) for f in fields),
        made=tuple((name, made) for name, made in making.items() if made is not None),
        known=frozenset(making),
        required=frozenset(f.name for f in fields if f.default is dataclasses.MISSING),
    )


def _making(hint: Any) -> Made:
    """Return how a value of this type is made of its JSON value."""
    origin = typing.get_origin(hint)
    if origin is tuple:
        items = typing.get_args(hint)
        if len(items) == 2 and items[1] is Ellipsis:
            each = _making(items[0])
            return tuple if each is None else lambda data: tuple(map(each, data))
        every = [_making(item) for item in items]
        return lambda data: tuple(
            value if made is None else made(value) for made, value in zip(every, data, strict=True)
        )
    if origin is types.UnionType or origin is typing.Union:
        chosen = _making(next(i for i in typing.get_args(hint) if i is not type(None)))
        return None if chosen is None else lambda data: None if data is None else chosen(data)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return partial(decode, hint)
    if isinstance(hint, type) and (issubclass(hint, StrEnum) or hint is bytes):
        return hint
    return None


def encode(value: Any) -> Any:
    """Return a record, or a tuple of records, as JSON values."""
    if value is None or isinstance(value, (str, int, float)):
        return value.value if isinstance(value, StrEnum) else value
    if isinstance(value, (tuple, list)):
        return [encode(item) for item in value]
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        raise TypeError(f"cannot encode {type(value).__name__}")
    told: dict[str, Any] = {}
    kind: Any = type(value)
    for name, default, plain in _plan(kind).fields:
        held = getattr(value, name)
        if held != default:
            told[name] = held if plain else encode(held)
    return told


def decode(record: type[T], data: Any) -> T:
    """Return the record of class ``record`` that ``encode`` gave ``data`` for.

    Raises ``ValueError`` where a field is unknown or missing.
    """
    kind: Any = record
    plan = _plan(kind)
    if not plan.known.issuperset(data):
        raise ValueError(f"{record.__name__}: unknown field {min(set(data) - plan.known)!r}")
    if not plan.required.issubset(data):
        raise ValueError(f"{record.__name__}: field {min(plan.required - set(data))!r} is missing")
    values = dict(data)
    for name, made in plan.made:
        if name in values:
            values[name] = made(values[name])
    return record(**values)
