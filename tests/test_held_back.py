"""Findings on words that were recognised without confidence are held back, and counted."""

from __future__ import annotations

from collections.abc import Iterator

from scholiast.case import Annotated, annotated
from scholiast.config import Settings
from scholiast.judge import judge
from scholiast.model import Certainty, Document, Finding, Segment, Trouble
from scholiast.recognition import RECOGNISED_TEXT
from scholiast.rule import Hit, Rule

TEXT = "The treaty was read.\n\nNobody wrote it down."


def document(*confidences: float) -> Document:
    """Return a text of which every word was recognised with one of these confidences."""
    segments = []
    start = 0
    for number, word in enumerate(TEXT.split()):
        start = TEXT.index(word, start)
        sure = confidences[number % len(confidences)]
        segments.append(Segment(start, start + len(word), 0, 0, page=1, confidence=sure))
        start += len(word)
    return Document("scan.pdf", "id", "pdf", TEXT, len(TEXT), tuple(segments))


def rule(code: str, word: str) -> Rule:
    def check(text: Annotated) -> Iterator[Hit]:
        at = text.text.index(word)
        yield Hit(at, at + len(word), f"“{word}” is odd.", "Is it?")

    return Rule(
        code, "odd-word", "0.1", "Odd.", Certainty.CERTAIN, False, False, (), (), "x", check
    )


def judged(text: Document, *rules: Rule, preview: bool = False, **more: object) -> list[Finding]:
    settings = Settings(preview=preview, **more)  # type: ignore[arg-type]
    return list(judge(annotated(text), rules, settings))


def codes(findings: list[Finding]) -> list[tuple[str, bool]]:
    return [(finding.code, finding.preview) for finding in findings]


def test_a_text_that_was_not_recognised_is_judged_as_ever() -> None:
    assert codes(judged(document(1.0), rule("NOT004", "treaty"))) == [("NOT004", False)]


def test_a_finding_on_a_sure_word_stays() -> None:
    findings = judged(document(0.95), rule("NOT004", "treaty"))
    assert codes(findings) == [("DOC015", False), ("NOT004", False)]
    assert findings[0].certainty == "style" and "held back" not in findings[0].message


def test_a_finding_on_a_weak_word_is_held_back_and_counted() -> None:
    weak = document(0.95, 0.5)  # every second word
    (told,) = judged(weak, rule("NOT004", "treaty"))
    assert told.code == "DOC015"
    assert "4 of 8 words" in told.message
    assert "1 finding on such words is held back (--preview shows them)" in told.message


def test_with_preview_it_is_shown_and_does_not_count() -> None:
    findings = judged(document(0.5), rule("NOT004", "treaty"), preview=True)
    assert codes(findings) == [("DOC015", False), ("NOT004", True)]


def test_a_finding_on_signs_needs_a_sure_paragraph() -> None:
    other = document(0.95, 0.95, 0.95, 0.5, 0.95, 0.95, 0.95, 0.95)  # “read.” is weak
    assert codes(judged(other, rule("DOC010", "treaty"))) == [("DOC015", False)]
    second = judged(other, rule("DOC010", "wrote"))
    assert codes(second) == [("DOC015", False), ("DOC010", False)]


def test_what_misses_a_note_is_always_held_back() -> None:
    for code in ("NOT001", "DOC012"):
        assert codes(judged(document(0.99), rule(code, "treaty"))) == [("DOC015", False)]


def test_a_page_that_was_not_recognised_is_named_and_counts() -> None:
    lost = (Trouble("page-not-recognised", "page 2: recognition took too long"),)
    (told,) = judge(annotated(document(0.9), troubles=lost), (), Settings())
    assert told.certainty == "likely" and "page 2" in told.message


def test_the_finding_itself_may_be_ignored() -> None:
    assert judged(document(0.5), rule("NOT004", "treaty"), ignore=("DOC015",)) == []
    assert RECOGNISED_TEXT.copy and RECOGNISED_TEXT.page
