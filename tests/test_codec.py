"""Every record survives the way to JSON and back."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scholiast import model
from scholiast.codec import decode, encode

RECORDS = [
    record
    for record in vars(model).values()
    if isinstance(record, type)
    and (dataclasses.is_dataclass(record) or hasattr(record, "_fields"))
    and record is not model.Source
]


# A score is a number: "not a number" is not equal to itself, and no score.
st.register_type_strategy(float, st.floats(allow_nan=False))


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
@given(data=st.data())
def test_round_trip(record: type, data: Any) -> None:
    value = data.draw(st.from_type(record))
    assert decode(record, json.loads(json.dumps(encode(value)))) == value


def test_an_unknown_or_missing_field_is_an_error() -> None:
    with pytest.raises(ValueError, match="unknown field 'colour'"):
        decode(model.Edit, {"start": 1, "end": 2, "replacement": "x", "colour": "red"})
    with pytest.raises(ValueError, match="field 'end' is missing"):
        decode(model.Edit, {"start": 1})


def test_what_is_no_record_cannot_be_encoded() -> None:
    with pytest.raises(TypeError, match="cannot encode object"):
        encode(object())


# --- rows of named tuples, told by columns ------------------------------------------

SEGMENTS = tuple(
    model.Segment(at, at + 1, at, at + 1, line=3, role="mark" if at % 2 else "text", part="a.xml")
    for at in range(6)
)


def told(rows: tuple[Any, ...]) -> Any:
    return json.loads(json.dumps(encode(rows)))


def read_back(segments: Any) -> tuple[model.Segment, ...]:
    return decode(model.Document, {"name": "a", "segments": segments}).segments


def test_rows_are_told_by_columns_without_what_is_default() -> None:
    count, columns = told(SEGMENTS)
    assert count == 6
    assert columns == {
        "start": [0, 1, 2, 3, 4, 5],
        "end": [1, 2, 3, 4, 5, 6],
        "source": [0, 1, 2, 3, 4, 5],
        "source_end": [1, 2, 3, 4, 5, 6],
        "line": 3,
        "role": ["text", "mark"] * 3,
        "part": "a.xml",
    }
    assert read_back([count, columns]) == SEGMENTS


def test_words_that_many_rows_share_are_kept_once() -> None:
    roles = {id(segment.role) for segment in read_back(told(SEGMENTS))}
    assert len(roles) == 2


@given(st.lists(st.from_type(model.Mention), max_size=6))
def test_rows_within_rows_survive(mentions: list[model.Mention]) -> None:
    intake = model.Intake(model.Document("a"), tuple(mentions))
    assert decode(model.Intake, json.loads(json.dumps(encode(intake)))) == intake


def test_columns_that_do_not_fit_are_an_error() -> None:
    count, columns = told(SEGMENTS)
    with pytest.raises(ValueError, match="unknown field 'colour'"):
        read_back([count, {**columns, "colour": "red"}])
    with pytest.raises(ValueError, match="field 'start' is missing"):
        read_back([count, {"end": 1, "source": 1, "source_end": 1}])
    with pytest.raises(ValueError, match="zip"):
        read_back([count, {**columns, "start": [1, 2]}])
    with pytest.raises(ValueError, match="zip"):
        read_back([count, {**columns, "role": ["text"] * 7}])
