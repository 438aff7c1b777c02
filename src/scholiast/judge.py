"""Runs rules over a document or a case and makes findings of their hits.

A hit is what a rule saw; a finding adds the place as a person would look for
it, the id by which it is known, and who is to be asked. A rule that fails
becomes a finding too, and the others still run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from scholiast.case import Annotated, Case
from scholiast.config import Settings
from scholiast.decisions import finding_id
from scholiast.model import Certainty, Finding, Place
from scholiast.recognition import RECOGNISED_TEXT, held_back
from scholiast.rule import Hit, Rule, Span
from scholiast.text import key

T = TypeVar("T")

#: The rule in whose name a failure is reported.
INTERNAL_ERROR: Final = Rule(
    code="DOC000",
    name="internal-error",
    since="0.1",
    page="""A part of the program failed on this text; the others still ran.

## Why it matters

What the failed part would have found is not in this report.

## What it checks

Nothing. It is how an error inside the program is shown, so that none is lost.

## Known gaps

The text that made the program fail is not shown: please send it with the report of the error.""",
    certainty=Certainty.LIKELY,
    preview=False,
    copy=True,
    bad=(),
    good=(),
    module=__name__,
)

#: The rules that no function of ``rules/`` checks: the judge reports in their names.
OWN: Final = (INTERNAL_ERROR, RECOGNISED_TEXT)


def chosen(rules: Iterable[Rule], settings: Settings) -> tuple[Rule, ...]:
    """Return the rules that run under these settings, each code once, in the order given.

    A rule in preview runs only with ``preview``, or when its whole code is
    selected.
    """
    found: dict[str, Rule] = {}
    for rule in rules:
        on = settings.preview or not rule.preview or rule.code in settings.select
        if on and settings.wants(rule.code):
            found.setdefault(rule.code, rule)
    return tuple(found.values())


def judge(annotated: Annotated, rules: Sequence[Rule], settings: Settings) -> tuple[Finding, ...]:
    """Return the findings of the rules of one document on it, sorted by place."""
    name = annotated.document.name
    found = [failure(name, trouble.detail) for trouble in annotated.troubled(INTERNAL_ERROR.name)]
    for rule in chosen(rules, settings):
        if rule.check is not None:
            hits, error = _hits(rule.check, annotated)
            found.extend(_findings(rule, [(annotated, hit) for hit in hits], {}))
            if error:
                found.append(failure(name, _named(rule, error)))
    wanted = settings.wants(RECOGNISED_TEXT.code)
    return ordered(held_back(annotated, found, preview=settings.preview, wanted=wanted))


def judge_case(case: Case, rules: Sequence[Rule], settings: Settings) -> tuple[Finding, ...]:
    """Return the findings of the rules of a case on it; those of one document are not run."""
    found: list[Finding] = []
    for rule in chosen(rules, settings):
        if rule.check_case is None:
            continue
        hits, error = _hits(rule.check_case, case)
        placed: list[tuple[Annotated, Hit]] = []
        for hit in hits:
            text = case.documents.get(hit.document)
            if text is None:
                error = error or f"no document is named {hit.document!r}"
            else:
                placed.append((text, hit))
        found.extend(_findings(rule, placed, case.documents))
        if error:
            name = next(iter(sorted(case.documents)), "")
            found.append(failure(name, _named(rule, error)))
    return ordered(found)


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in the order in which they are shown: document, place, code."""
    return tuple(
        sorted(findings, key=lambda f: (f.place.document, f.place.start, f.place.end, f.code, f.id))
    )


def failure(document: str, error: str) -> Finding:
    """Return the finding that a part of the program failed on a document; ``error`` says where."""
    return Finding(
        id=finding_id(INTERNAL_ERROR.code, "", error),
        code=INTERNAL_ERROR.code,
        rule=INTERNAL_ERROR.name,
        message=f"A part of the program failed on this text: {error}.",
        question="Can you report this error, with the text if it may be shown?",
        certainty=INTERNAL_ERROR.certainty,
        place=Place(document, 0, 0, ""),
    )


def _named(rule: Rule, error: str) -> str:
    return f"rule {rule.code} ({rule.name}): {error}"


def _hits(check: Callable[[T], Iterable[Hit]], subject: T) -> tuple[list[Hit], str]:
    """Return the hits of a rule, and what stopped it, if anything did."""
    found: list[Hit] = []
    try:
        for hit in check(subject):
            found.append(hit)
    except Exception as error:  # a failing rule must not stop the others
        return found, f"{type(error).__name__}: {error}"
    return found, ""


def _findings(
    rule: Rule, hits: Sequence[tuple[Annotated, Hit]], others: Mapping[str, Annotated]
) -> Iterator[Finding]:
    """Yield the findings of one rule's hits; equal words in equal context are counted."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for text, hit in sorted(
        hits, key=lambda pair: (pair[0].document.name, pair[1].start, pair[1].end)
    ):
        place = text.index.place(hit.start, hit.end, hit.quote)
        words = (place.document, key(place.quote), key(place.context))
        ordinal = seen[words]
        seen[words] += 1
        yield Finding(
            id=finding_id(rule.code, place.quote, place.context, ordinal),
            code=rule.code,
            rule=rule.name,
            message=hit.message,
            question=hit.question,
            certainty=hit.certainty or rule.certainty,
            place=place,
            also=tuple(_place(text, span, others) for span in hit.also),
            edit=hit.edit,
            preview=rule.preview,
            contributor="" if rule.copy else ", ".join(text.index.contributor_at(hit.start)),
        )


def _place(text: Annotated, span: Span, others: Mapping[str, Annotated]) -> Place:
    """Return another place of a hit, in its own document or in the one it names."""
    where = others.get(span.document, text) if span.document else text
    return where.index.place(span.start, span.end, span.quote)
