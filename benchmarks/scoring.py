"""Precision, recall and F1 of a list of answers, and what a kind of measure returns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Score:
    """``n`` things were to be found, ``answers`` were given, ``right`` of them are right.

    ``found`` is how many of the ``n`` were found, where that is another
    number than ``right`` (one answer may cover several, or none of the ``n``
    and yet be right).
    """

    n: int = 0
    right: int = 0
    answers: int = 0
    found: int | None = None

    @property
    def precision(self) -> float:
        """The share of the answers that are right; 1 where none was given."""
        return self.right / self.answers if self.answers else 1.0

    @property
    def recall(self) -> float:
        """The share of the things to be found that were found; 1 where there were none."""
        found = self.right if self.found is None else self.found
        return found / self.n if self.n else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def figures(self) -> dict[str, Any]:
        """Return the figures as they are printed, rounded to four places."""
        return {
            "n": self.n,
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
        }


def summed(scores: Iterable[Score]) -> Score:
    """Return the micro-average: the counts of all scores added up."""
    n = right = answers = found = 0
    for score in scores:
        n += score.n
        right += score.right
        answers += score.answers
        found += score.right if score.found is None else score.found
    return Score(n, right, answers, found)


@dataclass(frozen=True, slots=True)
class Result:
    """What a kind measured on one text: the score, counts beside it, and every miss in words."""

    score: Score
    details: dict[str, Any] = field(default_factory=dict)
    misses: tuple[str, ...] = ()

    def figures(self, *, misses: bool = False) -> dict[str, Any]:
        """Return the figures and details as JSON values, with the misses if wanted."""
        values = {**self.score.figures(), **({"details": self.details} if self.details else {})}
        if misses:
            values["misses"] = list(self.misses)
        return values


def together(results: dict[str, Result]) -> Result:
    """Return the results of several texts as one: counts added up, details by text."""
    return Result(
        summed(result.score for result in results.values()),
        {name: {**r.score.figures(), **r.details} for name, r in results.items()},
        tuple(f"{name}: {miss}" for name, r in results.items() for miss in r.misses),
    )
