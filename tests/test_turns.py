"""Turns of speech: who speaks where, and texts that only look like transcripts."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from scholiast.model import Node
from scholiast.structure.turns import turns


def _paragraphs(text: str, parents: Sequence[str] = ()) -> list[Node]:
    found, start = [], 0
    for number, part in enumerate(text.split("\n\n")):
        parent = parents[number] if parents else "s1"
        found.append(Node("paragraph", start, start + len(part), parent=parent))
        start += len(part) + 2
    return found


def _turns(text: str, parents: Sequence[str] = ()) -> list[tuple[str, str]]:
    return [
        (turn.label, text[turn.start : turn.end])
        for turn in turns(text, _paragraphs(text, parents))
    ]


def test_a_turn_reaches_to_the_next_speaker() -> None:
    text = "SMITH: One.\n\nAnd more.\n\nBROWN: Two.\n\nSMITH: Three.\n\nBROWN: Four.\n\nEnd."
    assert _turns(text) == [
        ("SMITH", "SMITH: One.\n\nAnd more."),
        ("BROWN", "BROWN: Two."),
        ("SMITH", "SMITH: Three."),
        ("BROWN", "BROWN: Four.\n\nEnd."),
    ]


def test_a_turn_ends_with_its_section() -> None:
    text = "SMITH: One.\n\nBROWN: Two.\n\nSMITH: Three.\n\nBROWN: Four.\n\nNo one says this."
    assert _turns(text, ["s1", "s1", "s1", "s1", "s2"])[-1] == ("BROWN", "BROWN: Four.")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Q", "A"),
        ("Anna Smith", "Dr. Bob van der Berg"),
        ("Иванов", "Вопрос"),
        ("А. П. Иванов", "Тов. Петрова"),
        ("Mr. McNeil", "Jean-Luc O'Brien"),
        ("Moderator", "Smith (London)"),
    ],
)
def test_speakers_of_many_kinds(first: str, second: str) -> None:
    text = f"{first}: Why?\n\n{second}: So.\n\n{first}: And?\n\n{second}: Thus."
    found = turns(text, _paragraphs(text))
    second_name = second.replace(" (London)", "")
    assert [turn.label for turn in found] == [first, second_name, first, second_name]
    assert {turn.parent for turn in found} == {"s1"}


def test_chinese_speakers_and_the_wide_colon() -> None:
    text = "问：为什么？\n\n沈志华：因为。\n\n问：后来呢？\n\n沈志华：后来没有了。"
    assert [label for label, _ in _turns(text)] == ["问", "沈志华", "问", "沈志华"]


@pytest.mark.parametrize(
    "text",
    [
        "Smith: One.\n\nBrown: Two.\n\nSmith: Three.",  # too few
        "Smith: One.\n\nSmith: Two.\n\nSmith: Three.\n\nSmith: Four.",  # one voice alone
        "Note: One.\n\nSource: Two.\n\nNote: Three.\n\nSource: Four.",
        "Anna Smith: a book.\n\nBob Brown: a map.\n\nCarl Green: a song.\n\nDora White: a play.",
        "In short: one.\n\nIn long: two.\n\nIn short: three.\n\nIn long: four.",
        "http://a.b\n\nHttps://c.d\n\nhttp://a.b\n\nHttps://c.d",
        "Ratio 3:4\n\nVerse 1:2\n\nRatio 5:6\n\nVerse 7:8",
        "Smith, Anna: One.\n\nBrown, Bob: Two.\n\nSmith, Anna: Three.\n\nBrown, Bob: Four.",
        "",
    ],
)
def test_colons_that_open_no_turn(text: str) -> None:
    assert turns(text, _paragraphs(text)) == ()


def test_a_panel_in_capitals_where_each_speaks_once() -> None:
    text = "SMITH: One.\n\nBROWN: Two.\n\nGREEN: Three.\n\nWHITE: Four."
    assert [label for label, _ in _turns(text)] == ["SMITH", "BROWN", "GREEN", "WHITE"]
