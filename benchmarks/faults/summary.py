"""What the trials say of each rule: recall, precision, and whether it may be on by default."""

from __future__ import annotations

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.faults.measure import Report, Stray
from benchmarks.faults.places import letters
from scholiast.model import Finding

_JUDGEMENTS: Final = Path(__file__).parent.parent / "judgements.toml"
#: On by default only after so many firings in so many texts with at most so many wrong.
_FIRINGS, _TEXTS, _WRONG = 20, 5, 2


@dataclass(frozen=True, slots=True)
class Line:
    """One rule: faults planted for it and found; findings on clean texts, judged or not yet.

    ``right`` are real faults of clean texts, and damage done by setting them as pages.
    """

    code: str
    planted: int
    found: int
    fired: int
    right: int
    wrong: int
    open: int
    texts: int

    @property
    def firings(self) -> int:
        """Distinct faults it pointed to, and its findings on clean texts."""
        return self.fired + self.right + self.wrong + self.open

    @property
    def precision(self) -> float:
        """The share of firings that are right; what is not judged yet counts as wrong."""
        return (self.fired + self.right) / self.firings if self.firings else 1.0

    @property
    def proven(self) -> bool:
        """Whether the rule has fired often enough, widely enough, and rightly enough."""
        often = self.firings >= _FIRINGS and self.texts >= _TEXTS
        return often and self.wrong + self.open <= _WRONG

    def figures(self) -> dict[str, Any]:
        """Return the line as JSON values."""
        return {
            "planted": self.planted,
            "found": self.found,
            "recall": round(self.found / self.planted, 4) if self.planted else None,
            "on_clean_texts": {"right": self.right, "wrong": self.wrong, "not_judged": self.open},
            "firings": self.firings,
            "texts": self.texts,
            "precision": round(self.precision, 4),
            "proven": self.proven,
        }


def judgements() -> dict[tuple[str, str], bool]:
    """Return what was judged of findings on clean texts: (text, key) -> right."""
    table = tomllib.loads(_JUDGEMENTS.read_text(encoding="utf-8"))
    return {(one["text"], one["key"]): bool(one["right"]) for one in table.get("judgement", ())}


def judgement_key(finding: Finding) -> str:
    """Return what a judgement is kept by: a hash of the rule and the words, no quotation."""
    words = f"{finding.code} {letters(finding.place.quote)}"
    return hashlib.sha256(words.encode()).hexdigest()[:10]


def lines(report: Report) -> tuple[Line, ...]:
    """Return a line for each rule that was tried or fired.

    A fault counts once however many forms of the text it was found in, and
    so does a finding on a clean text.
    """
    judged = judgements()
    tried: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    found: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    fired: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for trial in report.trials:
        fault = (trial.text, trial.fault, trial.shown)
        tried[trial.codes[0]].add(fault)
        if trial.by:
            found[trial.codes[0]].add(fault)
        for code in trial.by:
            fired[code].add(fault)
    clean: dict[str, dict[tuple[str, str], bool | None]] = defaultdict(dict)
    for stray in report.on_clean:
        key = (stray.text, judgement_key(stray.finding))
        clean[stray.finding.code][key] = True if stray.damage else judged.get(key)
    return tuple(
        _line(code, tried[code], found[code], fired[code], clean[code])
        for code in sorted({*tried, *fired, *clean})
    )


def _line(
    code: str,
    tried: set[tuple[str, str, str]],
    found: set[tuple[str, str, str]],
    fired: set[tuple[str, str, str]],
    clean: dict[tuple[str, str], bool | None],
) -> Line:
    verdicts = list(clean.values())
    return Line(
        code,
        planted=len(tried),
        found=len(found),
        fired=len(fired),
        right=verdicts.count(True),
        wrong=verdicts.count(False),
        open=verdicts.count(None),
        texts=len({text for text, *_ in (*fired, *clean)}),
    )


def by_fault(report: Report) -> dict[str, dict[str, tuple[int, int]]]:
    """Return fault -> form -> (found, planted)."""
    counts: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for trial in report.trials:
        found, planted = counts[trial.fault].get(trial.form, (0, 0))
        counts[trial.fault][trial.form] = found + bool(trial.by), planted + 1
    return counts


def figures(report: Report, *, misses: bool = False) -> dict[str, Any]:
    """Return the report as JSON values."""
    values: dict[str, Any] = {
        "texts": report.texts,
        "rules": {line.code: line.figures() for line in lines(report)},
        "faults": {
            fault: {form: {"found": f, "planted": p} for form, (f, p) in forms.items()}
            for fault, forms in by_fault(report).items()
        },
    }
    if misses:
        values["misses"] = list(_misses(report))
    return values


def table(report: Report, *, misses: bool = False) -> Iterator[str]:
    """Yield the report as lines."""
    yield f"texts: {', '.join(report.texts)}"
    yield f"{'rule':<8}{'planted':>8}{'found':>6}{'recall':>8}{'clean: right':>14}{'wrong':>6}" + (
        f"{'open':>6}{'firings':>8}{'texts':>6}{'precision':>10}  proven"
    )
    for line in lines(report):
        recall = f"{line.found / line.planted:8.3f}" if line.planted else f"{'-':>8}"
        yield f"{line.code:<8}{line.planted:>8}{line.found:>6}{recall}{line.right:>14}" + (
            f"{line.wrong:>6}{line.open:>6}{line.firings:>8}{line.texts:>6}"
            f"{line.precision:>10.3f}  {'yes' if line.proven else 'no'}"
        )
    yield ""
    for fault, forms in by_fault(report).items():
        shown = ", ".join(f"{form} {found}/{planted}" for form, (found, planted) in forms.items())
        yield f"{fault:<20} {shown}"
    if misses:
        yield ""
        yield from _misses(report)


def _misses(report: Report) -> Iterator[str]:
    for trial in report.trials:
        if not trial.by:
            lost = "; its words are not in the reading text" if trial.lost else ""
            yield f"missed: {trial.fault} in {trial.text} ({trial.form}): {trial.shown}{lost}"
    yield from (_shown(stray) for stray in report.strays if not stray.damage)


def _shown(stray: Stray) -> str:
    finding = stray.finding
    where = (
        f"besides {stray.fault}"
        if stray.fault
        else f"on the clean text, key {judgement_key(finding)}"
    )
    place = f"{stray.text} ({stray.form}) line {finding.place.line}"
    words = f"{finding.place.quote!r} in {finding.place.context!r}"
    return f"{finding.code} {finding.certainty} {where}: {place}: {words}: {finding.message}"
