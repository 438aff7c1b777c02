"""The judge: from hits to findings, in order, with their places, ids and persons."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from scholiast.case import Annotated, Case, annotated
from scholiast.config import Settings
from scholiast.decisions import finding_id
from scholiast.judge import INTERNAL_ERROR, chosen, judge, judge_case, ordered
from scholiast.model import Certainty, Document, Node, Segment, Source, Trouble
from scholiast.readers import reader_for
from scholiast.rule import Hit, Rule, Span, case_rule, rule
from scholiast.rules import ALL

TEXT = "One bird. Two birds.\n\nOne bird. Two birds."


def document(name: str = "birds.md", text: str = TEXT) -> Document:
    """Return an invented text of two sections, each by its own author."""
    half = len(text) // 2
    return Document(
        name,
        text=text,
        body_end=len(text),
        segments=(Segment(0, len(text), 0, len(text), line=1),),
        nodes=(
            Node("section", 0, half, "s1", title="First", authors=("Ada Halloran",)),
            Node("section", half, len(text), "s2", title="Second", authors=("B. Ito", "C. Roth")),
        ),
    )


@rule("XYZ001", since="0.1", bad=["x"], good=["y"])
def every_one(text: Annotated) -> Iterator[Hit]:
    """Every “One” is seen, the last first."""
    for at in reversed([n for n in range(len(text.text)) if text.text.startswith("One", n)]):
        yield Hit(at, at + 3, "There is one.", "Is it one?", also=(Span(at, at + 8),))


@rule("XYZ002", since="0.1", bad=["x"], good=["y"], copy=True, certainty=Certainty.STYLE)
def breaking(text: Annotated) -> Iterator[Hit]:
    """It sees one place, then fails."""
    yield Hit(0, 3, "There is one.", "Is it one?", certainty=Certainty.LIKELY)
    raise KeyError("lost")


@rule("XYZ003", since="0.1", bad=["x"], good=["y"], preview=True)
def unproven(text: Annotated) -> Iterator[Hit]:
    """It sees the whole text."""
    yield Hit(0, len(text.text), "There is a text.", "Is it one?")


@case_rule("XYZ004", since="0.1", bad=[()], good=[()])
def several(case: Case) -> Iterator[Hit]:
    """It sees the beginnings of all documents."""
    first, *others = sorted(case.documents)
    also = tuple(Span(0, 3, name) for name in others)
    yield Hit(0, 3, "There are several.", "Are they one?", also=also, document=first)


@case_rule("XYZ005", since="0.1", bad=[()], good=[()])
def lost_document(case: Case) -> Iterator[Hit]:
    """It names a document that is not there."""
    yield Hit(0, 3, "There is one.", "Is it one?", document="nowhere.md")


def test_findings_are_sorted_by_place_and_know_it() -> None:
    findings = judge(annotated(document()), [every_one], Settings())
    assert [(f.place.start, f.place.end) for f in findings] == [(0, 3), (22, 25)]
    assert [f.place.section for f in findings] == ["First", "Second"]
    assert [f.place.quote for f in findings] == ["One", "One"]
    assert [f.also[0].quote for f in findings] == ["One bird", "One bird"]
    assert {f.rule for f in findings} == {"every-one"}


def test_the_authors_of_the_section_are_asked() -> None:
    findings = judge(annotated(document()), [every_one], Settings())
    assert [f.contributor for f in findings] == ["Ada Halloran", "B. Ito, C. Roth"]


def test_a_rule_on_the_copy_asks_nobody_of_the_authors() -> None:
    findings = judge(annotated(document()), [breaking], Settings())
    assert [f.contributor for f in findings] == ["", ""]


def test_same_words_in_the_same_context_have_different_ids() -> None:
    findings = judge(annotated(document()), [every_one], Settings())
    first, second = findings
    assert first.place.context == second.place.context
    assert first.id == finding_id("XYZ001", "One", first.place.context, 0)
    assert second.id == finding_id("XYZ001", "One", first.place.context, 1)


def test_an_id_stands_while_the_words_around_it_stand() -> None:
    before = judge(annotated(document(text="One bird. Two birds.")), [every_one], Settings())
    moved = document(text="Nothing else.\n\nOne bird. Two birds.")
    after = judge(annotated(moved), [every_one], Settings())
    assert [f.id for f in before] == [f.id for f in after]


def test_a_rule_that_fails_is_a_finding_and_what_it_saw_is_kept() -> None:
    findings = judge(annotated(document()), [breaking, every_one], Settings())
    assert [f.code for f in findings] == ["DOC000", "XYZ001", "XYZ002", "XYZ001"]
    failed = findings[0]
    assert "XYZ002" in failed.message
    assert "breaking" in failed.message
    assert "KeyError" in failed.message
    assert failed.rule == INTERNAL_ERROR.name
    assert findings[2].certainty == Certainty.LIKELY


def test_what_failed_while_reading_is_a_finding() -> None:
    text = annotated(Document("a.md"), troubles=(Trouble("internal-error", "reading: oops"),))
    (finding,) = judge(text, ALL, Settings())
    assert finding.code == "DOC000"
    assert "reading: oops" in finding.message


def test_certainty_is_the_hits_own_else_the_rules() -> None:
    findings = judge(annotated(document()), [every_one], Settings())
    assert {f.certainty for f in findings} == {Certainty.CERTAIN}


def test_rules_in_preview_run_when_asked_for() -> None:
    text = annotated(document())
    assert judge(text, [unproven], Settings()) == ()
    (finding,) = judge(text, [unproven], Settings(preview=True))
    assert finding.preview
    assert judge(text, [unproven], Settings(select=("XYZ003",))) == (finding,)
    assert judge(text, [unproven], Settings(select=("XYZ",))) == ()


def test_select_and_ignore_take_codes_and_families() -> None:
    codes = lambda **keys: [r.code for r in chosen(ALL, Settings(**keys))]  # noqa: E731
    assert codes(select=("NOT",)) == [r.code for r in ALL if r.family == "NOT"]
    assert codes(select=("NOT001", "DOC012")) == ["DOC012", "NOT001"]
    assert "NOT001" not in codes(ignore=("NOT001",))
    assert {code[:3] for code in codes(ignore=("NOT",))} == {"DOC"}
    assert codes(select=("NOT",), ignore=("NOT0",)) == []


def test_a_code_runs_once() -> None:
    assert chosen([every_one, every_one], Settings()) == (every_one,)


def test_a_rule_of_a_case_names_its_documents() -> None:
    names = ("b.md", "a.md", "c.md")
    case = Case({name: annotated(document(name)) for name in names})
    (finding,) = judge_case(case, [several, every_one], Settings())
    assert finding.place.document == "a.md"
    assert [place.document for place in finding.also] == ["b.md", "c.md"]
    assert [place.quote for place in finding.also] == ["One", "One"]


def test_a_document_that_is_not_there_is_a_failure_not_a_crash() -> None:
    case = Case({"a.md": annotated(document("a.md"))})
    (finding,) = judge_case(case, [lost_document], Settings())
    assert finding.code == "DOC000"
    assert "nowhere.md" in finding.message


def test_rules_of_a_case_do_not_run_on_one_document() -> None:
    assert judge(annotated(document()), [several], Settings()) == ()


def test_the_order_is_that_of_documents_places_and_codes() -> None:
    findings = judge(annotated(document()), [every_one, breaking], Settings())
    shuffled = ordered([*findings[1:], findings[0]])
    assert shuffled == findings


def test_a_quote_that_stands_only_in_the_file_is_shown() -> None:
    @rule("XYZ006", since="0.1", bad=["x"], good=["y"])
    def quoting(text: Annotated) -> Iterator[Hit]:
        """It quotes what is not in the text."""
        yield Hit(3, 3, "A head.", "Is it?", quote="Running Head")

    (finding,) = judge(annotated(document()), [quoting], Settings())
    assert finding.place.quote == "Running Head"
    assert finding.place.start == finding.place.end == 3


ALPHABET = "ab .,:;()[]“”‘’„«»\"'-–1290\n\t[^1]《》、。条约ж"


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet=ALPHABET, max_size=200), st.sampled_from(["a.md", "a.txt"]))
def test_no_rule_fails_and_every_place_lies_in_the_text(words: str, name: str) -> None:
    reader = reader_for(name)
    assert reader is not None
    intake = reader(Source(name, words.encode()), Settings())
    text = annotated(intake.document, intake.mentions, intake.troubles)
    findings = judge(text, ALL, Settings(preview=True))
    assert [f.message for f in findings if f.code == INTERNAL_ERROR.code] == []
    for finding in findings:
        for place in (finding.place, *finding.also):
            assert 0 <= place.start <= place.end <= len(text.text)
    assert findings == judge(text, ALL, Settings(preview=True))


def test_every_rule_is_a_plain_frozen_value() -> None:
    for one in ALL:
        assert isinstance(one, Rule)
        assert dataclasses.is_dataclass(one)
        assert (one.check is None) != (one.check_case is None)
