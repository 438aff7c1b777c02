"""The passes in order: nothing is lost, nothing depends on order. Invented specimens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from scholiast import engine
from scholiast.case import Annotated
from scholiast.config import ConfigError, Settings
from scholiast.engine import check, read
from scholiast.model import Source
from scholiast.rule import Hit, Rule, rule

BAD = Source("bad.md", b"The boats came back.[^1]\n")
GOOD = Source("good.md", b"The boats came back.[^1]\n\n[^1]: Lind, 3.\n")


class Shelf:
    """A store in memory that counts what is asked of it."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], bytes] = {}
        self.put_count = 0

    def get(self, name: str, key: str) -> bytes | None:
        return self.kept.get((name, key))

    def put(self, name: str, key: str, value: bytes) -> None:
        self.put_count += 1
        self.kept[name, key] = value


def test_findings_come_in_the_order_of_documents_and_places() -> None:
    outcome = check([GOOD, BAD, replace(BAD, name="a.md")])
    assert [(f.place.document, f.code) for f in outcome.findings if f.code != "DOC014"] == [
        ("a.md", "NOT001"),
        ("bad.md", "NOT001"),
    ]


def test_a_second_run_does_no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Shelf()
    first = check([BAD, GOOD], store=store)

    def never(*_: object) -> Annotated:
        raise AssertionError("the text was read again")

    monkeypatch.setattr(engine, "read", never)
    second = check([BAD], store=store)
    assert store.put_count == 2
    assert second.findings == tuple(f for f in first.findings if f.place.document == "bad.md")


def test_what_findings_depend_on_is_in_the_key() -> None:
    store = Shelf()
    check([BAD], store=store)
    check([BAD], Settings(select=("DOC",)), store=store)
    check([replace(BAD, name="other.md")], store=store)
    check([replace(BAD, data=BAD.data + b"\nMore.\n")], store=store)
    assert store.put_count == 4


def test_kept_values_that_cannot_be_read_are_made_anew() -> None:
    store = Shelf()
    first = check([BAD], store=store)
    store.kept = dict.fromkeys(store.kept, b"{}")
    assert check([BAD], store=store).findings == first.findings


def test_a_reader_that_fails_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(source: Source, settings: Settings) -> None:
        raise RuntimeError(source.name)

    monkeypatch.setattr("scholiast.worker.read", fails)
    (finding,) = check([BAD]).findings
    assert (finding.code, finding.place.document) == ("DOC000", "bad.md")
    assert "RuntimeError" in finding.message


def test_a_rule_that_fails_is_a_finding_and_the_others_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("scholiast.rules.ALL", (*rules_of("NOT001"), BROKEN))
    assert [f.code for f in check([BAD]).findings] == ["DOC000", "NOT001"]


def rules_of(code: str) -> tuple[Rule, ...]:
    from scholiast.rules import ALL

    return tuple(one for one in ALL if one.code == code)


@rule("XYZ001", since="0.1", bad=[], good=[])
def broken_rule(text: Annotated) -> Iterator[Hit]:
    """It fails."""
    raise ZeroDivisionError(text.document.name)


BROKEN = broken_rule


def test_a_file_over_the_limit_is_refused() -> None:
    text = read(GOOD, Settings(max_bytes=10))
    assert [trouble.name for trouble in text.troubles] == ["unreadable-file"]


def test_a_users_rules_come_in_by_the_configuration() -> None:
    settings = Settings(rules=("test_engine:MINE",), select=("XYZ",))
    assert [f.code for f in check([GOOD], settings).findings] == ["XYZ002"]


def test_rules_that_cannot_be_loaded_are_an_error_in_words() -> None:
    with pytest.raises(ConfigError, match="no_such_module"):
        check([GOOD], Settings(rules=("no_such_module:RULES",)))


@rule("XYZ002", since="0.1", bad=[], good=[])
def first_word(text: Annotated) -> Iterator[Hit]:
    """No text begins with a word."""
    yield Hit(0, 3, "It begins with a word.", "Must it?")


MINE = (first_word,)


def test_the_rules_of_the_judge_itself_can_be_selected() -> None:
    source = Source("a.md", b"Words.\n")
    assert check([source], Settings(select=("DOC015",))).findings == ()
