"""Every rule's own examples, through reader and judge, and every rule's page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools.rule_pages import outdated, pages

from scholiast.case import Annotated, Case, annotated
from scholiast.config import Settings
from scholiast.judge import OWN, judge, judge_case
from scholiast.model import Finding, Place, Source
from scholiast.readers import reader_for
from scholiast.rule import CLOSE_SPAN, OPEN_SPAN, Example, Rule, Sample, strip_marks
from scholiast.rules import ALL

SETTINGS = Settings(preview=True)
DOCUMENT_RULES = [rule for rule in ALL if rule.check is not None]
CASE_RULES = [rule for rule in ALL if rule.check_case is not None]
HEADINGS = ("## Why it matters", "## What it checks", "## Known gaps")


def as_sample(example: Example) -> Sample:
    """Return an example as a file; one without a name is Markdown."""
    return example if isinstance(example, Sample) else Sample("example.md", example)


def read(sample: Sample) -> Annotated:
    """Return an example, its marks taken out, as rules see it."""
    content = sample.content
    data = content if isinstance(content, bytes) else strip_marks(content)[0].encode()
    reader = reader_for(sample.name)
    assert reader is not None
    intake = reader(Source(sample.name, data), Settings())
    return annotated(intake.document, intake.mentions, intake.troubles)


def expected(content: str) -> set[tuple[int, int]]:
    """Return the spans between the marks as offsets of the file without them."""
    spans = set()
    opened = 0
    for marks, match in enumerate(re.finditer(f"[{OPEN_SPAN}{CLOSE_SPAN}]", content)):
        place = match.start() - marks
        if match.group() == OPEN_SPAN:
            opened = place
        else:
            spans.add((opened, place))
    return spans


def in_file(text: Annotated, place: Place) -> tuple[int, int]:
    """Return the span of a place as offsets of the file."""
    for segment in text.document.segments:
        furniture = segment.role == "furniture" and segment.original.strip() == place.quote
        if furniture and segment.start == place.start:
            return segment.source, segment.source_end
    inside = [s for s in text.document.segments if s.end > s.start]
    first = next(s for s in inside if s.start <= place.start < s.end)
    last = next(s for s in inside if s.start < place.end <= s.end)
    end = last.source + place.end - last.start
    for segment in text.document.segments:
        if segment.role == "repair" and segment.start == segment.end == place.end:
            end = max(end, segment.source_end)
    return first.source + place.start - first.start, end


def places(finding: Finding) -> Iterator[Place]:
    yield finding.place
    yield from finding.also


def pairs(rules: list[Rule], which: str) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.code}-{number}")
        for rule in rules
        for number, example in enumerate(getattr(rule, which))
    ]


@pytest.mark.parametrize(("rule", "example"), pairs(DOCUMENT_RULES, "bad"))
def test_a_bad_example_gives_exactly_its_spans(rule: Rule, example: Example) -> None:
    sample = as_sample(example)
    text = read(sample)
    findings = judge(text, [rule], SETTINGS)
    assert findings, "no finding"
    assert {finding.code for finding in findings} == {rule.code}
    if isinstance(sample.content, bytes) or OPEN_SPAN not in sample.content:
        return
    wanted = expected(sample.content)
    first = {in_file(text, finding.place) for finding in findings}
    every = {in_file(text, place) for finding in findings for place in places(finding)}
    assert first <= wanted, [finding.place.quote for finding in findings]
    assert wanted <= every, [finding.place.quote for finding in findings]


@pytest.mark.parametrize(("rule", "example"), pairs(DOCUMENT_RULES, "good"))
def test_a_good_example_gives_nothing(rule: Rule, example: Example) -> None:
    findings = judge(read(as_sample(example)), [rule], SETTINGS)
    assert [(finding.code, finding.place.quote) for finding in findings] == []


def case_of(samples: tuple[Sample, ...]) -> Case:
    return Case({sample.name: read(sample) for sample in samples})


@pytest.mark.parametrize(("rule", "example"), pairs(CASE_RULES, "bad"))
def test_a_bad_case_gives_exactly_its_spans(rule: Rule, example: tuple[Sample, ...]) -> None:
    case = case_of(example)
    findings = judge_case(case, [rule], SETTINGS)
    found = {
        (f.place.document, *in_file(case.documents[f.place.document], f.place)) for f in findings
    }
    wanted = {
        (sample.name, *span)
        for sample in example
        if isinstance(sample.content, str)
        for span in expected(sample.content)
    }
    assert wanted
    assert found == wanted


@pytest.mark.parametrize(("rule", "example"), pairs(CASE_RULES, "good"))
def test_a_good_case_gives_nothing(rule: Rule, example: tuple[Sample, ...]) -> None:
    assert judge_case(case_of(example), [rule], SETTINGS) == ()


@pytest.mark.parametrize("rule", [*ALL, *OWN], ids=lambda rule: rule.code)
def test_every_rule_has_a_page(rule: Rule) -> None:
    for heading in HEADINGS:
        _, found, rest = rule.page.partition(f"\n{heading}\n\n")
        assert found, f"{heading} is missing"
        assert rest.partition("\n## ")[0].strip(), f"{heading} is empty"
    assert rule.summary.endswith(".")
    assert "\n" not in rule.summary


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_every_rule_has_examples(rule: Rule) -> None:
    assert rule.bad
    assert rule.good


def test_codes_and_names_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in ALL]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in ALL}) == len(ALL)
    for rule in ALL:
        assert re.fullmatch(r"(?:DOC|NOT)\d{3}", rule.code)
        assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", rule.name)


#: Rules whose verdict does not depend on a language.
WITHOUT_LANGUAGE = {"DOC001", "DOC002", "DOC005", "DOC006", "DOC007", "DOC008"}


@pytest.mark.parametrize(
    "rule",
    [rule for rule in ALL if rule.code not in WITHOUT_LANGUAGE],
    ids=lambda rule: rule.code,
)
def test_rules_that_depend_on_language_have_examples_in_two(rule: Rule) -> None:
    contents = []
    for example in rule.bad:
        samples = example if isinstance(example, tuple) else (as_sample(example),)
        for sample in samples:
            encodings = ("utf-8", "cp1251", "gb18030")
            if isinstance(sample.content, bytes):
                contents.extend(sample.content.decode(name, "replace") for name in encodings)
            else:
                contents.append(sample.content)
    words = " ".join(contents)
    marks = (r"\b(?:the|of|was)\b", r"[\u0400-\u052f]", r"[\u4e00-\u9fff]", r"\b(?:der|und|dem)\b")
    assert sum(re.search(mark, words) is not None for mark in marks) >= 2


def test_messages_are_single_sentences() -> None:
    for rule in DOCUMENT_RULES:
        for example in rule.bad:
            for finding in judge(read(as_sample(example)), [rule], SETTINGS):
                assert finding.message.endswith("."), finding.message
                assert finding.question.endswith("?"), finding.question
                assert "\n" not in finding.message


def test_the_pages_in_docs_are_current() -> None:
    assert outdated() == [], "run: python -m tools.rule_pages"


def test_a_page_that_was_changed_by_hand_is_noticed(tmp_path: Path) -> None:
    for name, content in pages((*OWN, *ALL)).items():
        (tmp_path / name).write_text(content, encoding="utf-8", newline="\n")
    assert outdated(tmp_path) == []
    (tmp_path / "NOT001.md").write_text("something else", encoding="utf-8")
    (tmp_path / "NOT999.md").write_text("a rule that is gone", encoding="utf-8")
    (tmp_path / "DOC012.md").unlink()
    assert outdated(tmp_path) == ["DOC012.md", "NOT001.md", "NOT999.md"]
