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
