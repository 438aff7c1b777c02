"""One versioned form of every record as plain JSON values.

``encode`` and ``decode`` are each other's inverse for every record of
``scholiast.model`` (a tested property). Fields that hold their default are
left out, so that a new field with a default reads old data.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from scholiast import model

#: Raise when the meaning of a field changes; stored values of another version are made anew.
VERSION = 1

T = TypeVar("T")


@cache
def _fields(record: Any) -> tuple[tuple[str, Any, Any], ...]:
    """Return (name, type, default) of each field of a record class."""
    hints = typing.get_type_hints(record, vars(model))
    return tuple(
        (field.name, hints[field.name], field.default) for field in dataclasses.fields(record)
    )


def encode(value: Any) -> Any:
    """Return a record, or a tuple of records, as JSON values."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            name: encode(getattr(value, name))
            for name, _, default in _fields(type(value))
            if getattr(value, name) != default
        }
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [encode(item) for item in value]
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    raise TypeError(f"cannot encode {type(value).__name__}")


def decode(record: type[T], data: Any) -> T:
    """Return the record of class ``record`` that ``encode`` gave ``data`` for.

    Raises ``ValueError`` where a field is unknown or missing.
    """
    hashable: Any = record
    known = _fields(hashable)
    names = {name for name, _, _ in known}
    unknown = set(data) - names
    if unknown:
        raise ValueError(f"{record.__name__}: unknown field {sorted(unknown)[0]!r}")
    values: dict[str, Any] = {}
    for name, hint, default in known:
        if name in data:
            values[name] = _decode_value(hint, data[name])
        elif default is dataclasses.MISSING:
            raise ValueError(f"{record.__name__}: field {name!r} is missing")
    return record(**values)


def _decode_value(hint: Any, data: Any) -> Any:
    """Decode ``data`` to the type that a field's annotation names."""
    origin = typing.get_origin(hint)
    if origin is tuple:
        items = typing.get_args(hint)
        if len(items) == 2 and items[1] is Ellipsis:
            return tuple(_decode_value(items[0], item) for item in data)
        return tuple(_decode_value(item, value) for item, value in zip(items, data, strict=True))
    if origin is types.UnionType or origin is typing.Union:
        if data is None:
            return None
        chosen = next(item for item in typing.get_args(hint) if item is not type(None))
        return _decode_value(chosen, data)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return decode(hint, data)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(data)
    if hint is bytes:
        return bytes(data)
    return data
