"""Rules as frozen values that carry their documentation and their tests.

``@rule`` makes a Rule of a function on one Annotated, ``@case_rule`` of a
function on a Case. The docstring is the rule's page, the examples are its
tests: ``⟦ ⟧`` marks the exact span a finding must have.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from scholiast.case import Annotated, Case
from scholiast.model import Certainty, Edit

OPEN_SPAN: Final = "⟦"
CLOSE_SPAN: Final = "⟧"


@dataclass(frozen=True, slots=True)
class Sample:
    """An example that needs a certain format: a file name and its text or bytes.

    Text may hold ``⟦ ⟧``; bytes cannot, so one that is ``bad`` only has to
    give a finding.
    """

    name: str
    content: str | bytes


@dataclass(frozen=True, slots=True)
class Span:
    """Another place of a hit; ``document`` is empty for the hit's own."""

    start: int
    end: int
    document: str = ""
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule saw, in one sentence, and the one question to ask about it.

    ``quote`` is given only where the words stand in the file but not in the
    reading text. ``document`` is named by case rules alone. ``contributor``
    False puts the question to the copy instead of to the section's authors.
    """

    start: int
    end: int
    message: str
    question: str
    also: tuple[Span, ...] = ()
    certainty: Certainty | None = None
    edit: Edit | None = None
    quote: str | None = None
    document: str = ""


Example = str | Sample
CaseExample = tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code, its name in words, its page, its examples, its function."""

    code: str
    name: str
    since: str
    page: str
    certainty: Certainty
    preview: bool
    copy: bool  # about the copy, not the author: goes on the copy's own sheet
    bad: tuple[Example, ...] | tuple[CaseExample, ...]
    good: tuple[Example, ...] | tuple[CaseExample, ...]
    module: str
    check: Callable[[Annotated], Iterator[Hit]] | None = None
    check_case: Callable[[Case], Iterator[Hit]] | None = None

    @property
    def summary(self) -> str:
        """The first sentence of the page."""
        return self.page.partition("\n\n")[0].replace("\n", " ")

    @property
    def family(self) -> str:
        """The letters of the code."""
        return self.code.rstrip("0123456789")


def rule(
    code: str,
    *,
    since: str,
    bad: Sequence[Example],
    good: Sequence[Example],
    certainty: Certainty = Certainty.CERTAIN,
    preview: bool = False,
    copy: bool = False,
) -> Callable[[Callable[[Annotated], Iterator[Hit]]], Rule]:
    """Make a Rule of a function that looks at one document."""

    def make(function: Callable[[Annotated], Iterator[Hit]]) -> Rule:
        return Rule(
            code=code,
            name=_name(function),
            since=since,
            page=_page(function),
            certainty=certainty,
            preview=preview,
            copy=copy,
            bad=tuple(bad),
            good=tuple(good),
            module=function.__module__,
            check=function,
        )

    return make


def case_rule(
    code: str,
    *,
    since: str,
    bad: Sequence[CaseExample],
    good: Sequence[CaseExample],
    certainty: Certainty = Certainty.CERTAIN,
    preview: bool = False,
    copy: bool = False,
) -> Callable[[Callable[[Case], Iterator[Hit]]], Rule]:
    """Make a Rule of a function that looks at all documents of a case together."""

    def make(function: Callable[[Case], Iterator[Hit]]) -> Rule:
        return Rule(
            code=code,
            name=_name(function),
            since=since,
            page=_page(function),
            certainty=certainty,
            preview=preview,
            copy=copy,
            bad=tuple(bad),
            good=tuple(good),
            module=function.__module__,
            check_case=function,
        )

    return make


def _name(function: Callable[..., object]) -> str:
    return function.__name__.replace("_", "-")


def _page(function: Callable[..., object]) -> str:
    return inspect.cleandoc(function.__doc__ or "")


def strip_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """Return an example without its ``⟦ ⟧``, and the texts that stood between them."""
    expected: list[str] = []
    rest = text
    while OPEN_SPAN in rest:
        _, _, rest = rest.partition(OPEN_SPAN)
        inside, _, rest = rest.partition(CLOSE_SPAN)
        expected.append(inside)
    return text.replace(OPEN_SPAN, "").replace(CLOSE_SPAN, ""), tuple(expected)
