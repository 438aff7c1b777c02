"""Decisions: their file, and how they attach to findings. All texts are invented specimens."""

import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scholiast import decisions
from scholiast.decisions import ACCEPTED, KNOWN, REJECTED, Decision, DecisionsError, finding_id
from scholiast.model import Certainty, Finding, Place

LONG = "The envoy of Tarnovia left the conference before the treaty of the two rivers was read."


def finding(
    quote: str = "treaty",
    context: str = LONG,
    *,
    code: str = "NOT001",
    document: str = "review.md",
    ordinal: int = 0,
) -> Finding:
    return Finding(
        id=finding_id(code, quote, context, ordinal),
        code=code,
        rule="missing-note",
        message="There is no note 4.",
        question="Is a note missing?",
        certainty=Certainty.CERTAIN,
        place=Place(document, 0, len(quote), quote, context),
    )


def verdicts(applied: decisions.Applied) -> list[str]:
    return [item.decision for item in applied.findings]


# --- the id ------------------------------------------------------------------


def test_the_id_is_twelve_hexadecimal_digits_and_does_not_change() -> None:
    # The ids stand in people's files: this value may never change.
    assert finding_id("NOT001", "treaty", LONG) == "f459e8b59ef6"


def test_the_id_folds_what_carries_no_meaning() -> None:
    assert finding_id("NOT001", "“Treaty”", "the\u00a0 “Treaty”") == finding_id(
        "NOT001", '"treaty"', 'the "treaty"'
    )


@pytest.mark.parametrize(
    "other",
    [
        ("NOT002", "treaty", LONG, 0),
        ("NOT001", "the treaty", LONG, 0),
        ("NOT001", "treaty", LONG + " Twice.", 0),
        ("NOT001", "treaty", LONG, 1),
        ("NOT001", "", "treaty" + LONG, 0),
    ],
)
def test_the_id_tells_code_words_context_and_ordinal_apart(
    other: tuple[str, str, str, int],
) -> None:
    assert finding_id(*other) != finding_id("NOT001", "treaty", LONG, 0)


# --- the file ----------------------------------------------------------------

words = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
entries = st.builds(
    Decision,
    id=st.sampled_from(["", "0123456789ab", "ba9876543210"]),
    code=st.sampled_from(["NOT001", "DOC012"]),
    quote=words,
    context=words,
    verdict=st.sampled_from([ACCEPTED, REJECTED]),
    document=words,
    reason=words,
    who=words,
)


@given(st.lists(entries, max_size=5))
def test_what_is_written_is_read_back(written: list[Decision]) -> None:
    assert set(decisions.parse(decisions.format(written))) == set(written)


@given(st.lists(entries, max_size=5))
def test_the_file_does_not_depend_on_the_order_of_decisions(written: list[Decision]) -> None:
    assert decisions.format(written) == decisions.format(reversed(written))


def test_half_a_character_does_not_break_the_file() -> None:
    text = decisions.format([decisions.decide(finding("a\ud800b", "a\ud800b"), REJECTED)])
    assert text.encode("utf-8")
    assert decisions.parse(text)[0].quote == "a\ufffdb"


def test_the_file_is_for_people() -> None:
    text = decisions.format(
        [decisions.decide(finding(), REJECTED, "The mark is meant.", "V. Orel")]
    )
    assert text == (
        "# What was decided about the findings of this case.\n"
        "# It may be edited by hand; comments are not kept when the program writes it again.\n"
        "\n"
        "[[decision]]\n"
        f'id = "{finding().id}"\n'
        'code = "NOT001"\n'
        'quote = "treaty"\n'
        f'context = "{LONG}"\n'
        'verdict = "rejected"\n'
        'document = "review.md"\n'
        'reason = "The mark is meant."\n'
        'who = "V. Orel"\n'
    )
    assert tomllib.loads(text)["decision"][0]["who"] == "V. Orel"


def test_an_empty_file_holds_no_decisions() -> None:
    assert decisions.parse("") == ()
    assert decisions.parse(decisions.format(())) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[decision]\n", "d.toml: not valid TOML"),
        ("[[decisions]]\n", "d.toml: unknown key 'decisions'"),
        ("decision = 3\n", "double brackets"),
        ("decision = [3]\n", "double brackets"),
        ('[decision]\ncode = "NOT001"\n', "double brackets"),
        ('[[decision]]\ncode = "NOT001"\nverdict = "maybe"\n', "'maybe'; it must be accepted or"),
        ('[[decision]]\ncode = "NOT001"\nverdict = "known"\n', "it must be accepted or rejected"),
        ('[[decision]]\nverdict = "rejected"\n', "decision 1: the code of the rule is missing"),
        ('[[decision]]\ncode = 4\nverdict = "rejected"\n', "code must be words in quotation marks"),
        ('[[decision]]\ncolour = "red"\n', "decision 1: unknown key 'colour'"),
    ],
)
def test_a_broken_file_is_an_error_in_words(text: str, said: str) -> None:
    with pytest.raises(DecisionsError) as caught:
        decisions.parse(text, "d.toml")
    assert said in str(caught.value)
    assert str(caught.value).startswith("d.toml: ")
    assert "\n" not in str(caught.value)


def test_a_later_decision_replaces_an_earlier_one_on_the_same_finding() -> None:
    first = decisions.decide(finding(), REJECTED, "No.")
    second = decisions.decide(finding(), ACCEPTED, "After all.")
    other = decisions.decide(finding("envoy"), REJECTED)
    assert set(decisions.merge([first, other], [second])) == {second, other}


# --- attaching ---------------------------------------------------------------


def test_a_decision_attaches_by_its_id() -> None:
    decided = decisions.decide(finding(), REJECTED, "The mark is meant.")
    moved = replace(finding(), place=replace(finding().place, start=900, end=906, line=40))
    applied = decisions.apply([finding("envoy"), moved], [decided])
    assert verdicts(applied) == ["", REJECTED]
    assert applied.findings[1].reason == "The mark is meant."
    assert applied.stale == ()


def test_a_decision_without_an_id_attaches_by_its_words() -> None:
    decided = replace(decisions.decide(finding(), REJECTED), id="", quote="TREATY")
    assert verdicts(decisions.apply([finding()], [decided])) == [REJECTED]


@pytest.mark.parametrize(
    "look_alike",
    [
        finding("treaties"),
        finding(context=LONG.replace("left", "did not leave")),
        finding(code="NOT002"),
    ],
)
def test_a_decision_never_attaches_to_a_look_alike(look_alike: Finding) -> None:
    decided = decisions.decide(finding(), REJECTED)
    applied = decisions.apply([look_alike], [decided])
    assert verdicts(applied) == [""]
    assert applied.stale == (decided,)


def test_where_several_findings_would_fit_it_attaches_to_none() -> None:
    decided = replace(decisions.decide(finding(), REJECTED), id="")
    applied = decisions.apply([finding(), finding(ordinal=1)], [decided])
    assert verdicts(applied) == ["", ""]
    assert applied.stale == (decided,)


def test_the_second_of_two_equal_places_keeps_its_decision_when_the_first_is_mended() -> None:
    decided = decisions.decide(finding(ordinal=1), REJECTED)
    assert verdicts(decisions.apply([finding()], [decided])) == [REJECTED]


def test_one_decision_does_not_push_another_off_its_finding() -> None:
    kept = decisions.decide(finding(), REJECTED)
    loose = decisions.decide(finding(ordinal=1), ACCEPTED)
    applied = decisions.apply([finding()], [kept, loose])
    assert verdicts(applied) == [REJECTED]
    assert applied.stale == (loose,)


def test_the_same_words_in_another_checked_document_are_another_finding() -> None:
    decided = decisions.decide(finding(document="response.md"), REJECTED)
    applied = decisions.apply([finding()], [decided], documents=["review.md", "response.md"])
    assert verdicts(applied) == [""]
    assert applied.stale == (decided,)


def test_a_renamed_file_keeps_its_decisions() -> None:
    decided = decisions.decide(finding(document="review-1.md"), REJECTED)
    applied = decisions.apply([finding()], [decided], documents=["review.md"])
    assert verdicts(applied) == [REJECTED]


def test_words_too_few_to_be_known_again_stay_with_their_file() -> None:
    decided = decisions.decide(finding("Ibid.", "Ibid., 12.", document="other.md"), REJECTED)
    here = finding("Ibid.", "Ibid., 12.")
    applied = decisions.apply([here], [decided], documents=["review.md"])
    assert verdicts(applied) == [""]
    assert applied.stale == ()  # its own document was not checked


def test_a_folder_before_the_name_makes_no_other_document() -> None:
    decided = decisions.decide(finding("Ibid.", "Ibid., 12."), REJECTED)
    here = finding("Ibid.", "Ibid., 12.", document="issue/review.md")
    applied = decisions.apply([here], [decided], documents=["issue/review.md"])
    assert verdicts(applied) == [REJECTED]


def test_a_decision_is_stale_only_when_its_rule_was_run() -> None:
    decided = decisions.decide(finding(), REJECTED)
    ran = decisions.apply([], [decided], documents=["review.md"], wants=lambda code: True)
    passed_over = decisions.apply([], [decided], documents=["review.md"], wants=lambda code: False)
    elsewhere = decisions.apply([], [decided], documents=["preface.md"])
    assert ran.stale == (decided,)
    assert passed_over.stale == ()
    assert elsewhere.stale == ()


def test_findings_of_a_baseline_are_not_shown() -> None:
    text = decisions.baseline([finding(), finding("envoy")])
    known = decisions.parse_baseline(text)
    assert {entry.verdict for entry in known} == {KNOWN}
    new = finding("rivers")
    assert decisions.unknown([finding("envoy"), new, finding()], known) == (new,)
