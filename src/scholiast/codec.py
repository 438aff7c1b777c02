"""One versioned form of every record as plain JSON values.

``encode`` and ``decode`` are each other's inverse for every record of
``scholiast.model`` (a tested property). Fields that hold their default are
left out, so that a new field with a default reads old data. A document has
hundreds of thousands of named tuples: those of one class in a row are told by
columns, how many there are and then a list for every field, so that neither
side takes a step of Python for each.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Iterable, Sequence
from dataclasses import MISSING, dataclass
from enum import StrEnum
from functools import cache, partial
from itertools import chain, islice, repeat
from operator import itemgetter
from typing import Any, TypeVar

from scholiast import model

#: Raise when the meaning of a field changes; stored values of another version are made anew.
VERSION = 2

T = TypeVar("T")

#: What turns a JSON value into that of a field; None where it is the same.
Made = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class _Plan:
    """The fields of a record class: what each holds by default, and how its value is made."""

    fields: tuple[tuple[str, Any, bool], ...]  # name, default, whether it is encoded as it is
    made: tuple[tuple[str, Callable[[Any], Any]], ...]
    rows: dict[str, Any]  # of what record class the fields are that hold rows of named tuples
    known: frozenset[str]
    required: frozenset[str]


@cache
def _plan(record: Any) -> _Plan:
    """Return the plan of a record class."""
    hints = typing.get_type_hints(record, vars(model))
    defaults = _defaults(record)
    making = {name: _making(hints[name]) for name in defaults}
    return _Plan(
        fields=tuple((n, default, making[n] in (None, tuple)) for n, default in defaults.items()),
        made=tuple((name, made) for name, made in making.items() if made is not None),
        rows={name: kind for name in defaults if (kind := _rows_of(hints[name])) is not None},
        known=frozenset(making),
        required=frozenset(n for n, default in defaults.items() if default is MISSING),
    )


def _is_row(kind: Any) -> bool:
    """Return whether a class is one of named tuples."""
    return hasattr(kind, "_field_defaults")


def _rows_of(hint: Any) -> Any:
    """Return the class of named tuples of which a field holds any number, or None."""
    items = typing.get_args(hint)
    many = typing.get_origin(hint) is tuple and len(items) == 2 and items[1] is Ellipsis
    return items[0] if many and _is_row(items[0]) else None


def _is_record(kind: Any) -> bool:
    """Return whether a class is one of records: a dataclass, or a named tuple."""
    return dataclasses.is_dataclass(kind) or _is_row(kind)


def _defaults(record: Any) -> dict[str, Any]:
    """Return the fields of a record class with their defaults, ``MISSING`` for none."""
    if dataclasses.is_dataclass(record):
        return {field.name: field.default for field in dataclasses.fields(record)}
    return {name: record._field_defaults.get(name, MISSING) for name in record._fields}


def _making(hint: Any) -> Made:
    """Return how a value of this type is made of its JSON value."""
    origin = typing.get_origin(hint)
    if (row := _rows_of(hint)) is not None:
        return partial(_from_columns, row)
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
    if isinstance(hint, type) and _is_record(hint):
        return partial(decode, hint)
    if isinstance(hint, type) and (issubclass(hint, StrEnum) or hint is bytes):
        return hint
    return None


def encode(value: Any) -> Any:
    """Return a record, or a tuple of records, as JSON values."""
    if value is None or isinstance(value, (str, int, float)):
        return value.value if isinstance(value, StrEnum) else value
    kind: Any = type(value)
    if kind in (tuple, list):
        kinds = set(map(type, value))
        if len(kinds) == 1 and _is_row(row := kinds.pop()):
            return _columns(row, value)
        return [encode(item) for item in value]
    if not _is_record(kind):
        raise TypeError(f"cannot encode {kind.__name__}")
    told: dict[str, Any] = {}
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
    _check(kind, plan, data)
    values = dict(data)
    for name, made in plan.made:
        if name in values:
            values[name] = made(values[name])
    return record(**values)


def _check(record: Any, plan: _Plan, data: Any) -> None:
    """Raise ``ValueError`` where a field is unknown or missing."""
    if not plan.known.issuperset(data):
        raise ValueError(f"{record.__name__}: unknown field {min(set(data) - plan.known)!r}")
    if not plan.required.issubset(data):
        raise ValueError(f"{record.__name__}: field {min(plan.required - set(data))!r} is missing")


# --- many named tuples of one class ------------------------------------------------


def _columns(row: Any, rows: Sequence[Any]) -> list[Any]:
    """Return how many rows there are, and the values of each field that is not at its default.

    A value that all rows share stands alone, without a list around it. Of a
    field that holds rows itself: how many each has, and then all of them.
    """
    plan = _plan(row)
    told: dict[str, Any] = {}
    if not rows:
        return [0, told]
    for at, (name, default, plain) in enumerate(plan.fields):
        column = list(map(itemgetter(at), rows))
        first = column[0]
        alike = column.count(first) == len(column)
        if alike and first == default:
            continue
        if name in plan.rows:
            inner = tuple(chain.from_iterable(column))
            told[name] = [list(map(len, column)), _columns(plan.rows[name], inner)]
        elif alike and isinstance(first, (str, int, float)):
            told[name] = encode(first)
        else:
            told[name] = column if plain else list(map(encode, column))
    return [len(rows), told]


def _from_columns(row: Any, data: Any) -> tuple[Any, ...]:
    """Return the rows that ``_columns`` gave ``data`` for.

    Raises ``ValueError`` where a field is unknown or missing, or a column of another length.
    """
    if not (data and data[0]):
        return ()
    count, told = data
    plan = _plan(row)
    _check(row, plan, told)
    making = dict(plan.made)
    columns: list[Iterable[Any]] = []
    for name, default, _ in plan.fields:
        if name not in told:
            columns.append(repeat(default, count))
        elif not isinstance(told[name], list):
            made = making.get(name)
            columns.append(repeat(made(told[name]) if made else told[name], count))
        elif name in plan.rows:
            counts, inner = told[name]
            every = iter(_from_columns(plan.rows[name], inner))
            columns.append([tuple(islice(every, size)) for size in counts])
        else:
            columns.append(_column(told[name], making.get(name)))
    return tuple(map(partial(tuple.__new__, row), zip(*columns, strict=True)))


def _column(values: list[Any], made: Made) -> Iterable[Any]:
    """Return the values of a field, each kept once where many rows hold the same words."""
    if made is not None:
        return map(made, values)
    if not isinstance(values[0], str):
        return values
    seen: dict[Any, Any] = {}
    return map(seen.setdefault, values, values)
