"""Planting, checking, comparing: which faults are found, and what is found besides."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from benchmarks.faults.forms import forms_of, in_form, set_as_pages
from benchmarks.faults.places import Manuscript, bare, letters
from benchmarks.faults.planting import FAULTS, Fault, Plant, planted
from benchmarks.faults.texts import Text, clean_texts
from benchmarks.gold import GoldError
from benchmarks.kinds.findings import pointing_to_defects
from benchmarks.reading import Reading, checked
from scholiast.model import Finding

#: Characters of the reading text that a finding may lie off.
_SLACK: Final = 4
#: Letters by which a place is found again in the reading text.
_ANCHOR: Final = 40


@dataclass(frozen=True, slots=True)
class Trial:
    """One fault planted in one text in one form: by which rules it was found, if it was."""

    text: str
    form: str
    fault: str
    shown: str
    codes: tuple[str, ...]  # that answer for it
    by: tuple[str, ...]  # that found it
    lost: bool = False  # the words around it are not in the reading text


@dataclass(frozen=True, slots=True)
class Stray:
    """A finding that answers no planted fault; ``fault`` is empty on the clean text."""

    text: str
    form: str
    fault: str
    finding: Finding
    damage: bool = False  # points to damage done when the text was set as pages: right


@dataclass
class Report:
    """Everything that was tried and found."""

    trials: list[Trial] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def on_clean(self) -> list[Stray]:
        """The findings on the clean texts."""
        return [stray for stray in self.strays if not stray.fault]


@dataclass(frozen=True)
class Letters:
    """The letters and digits of a reading text, with the way back."""

    reading: Reading

    @cached_property
    def letters(self) -> str:
        """The letters and digits."""
        return "".join(plain for _, plain in self._plain)

    @cached_property
    def offsets(self) -> tuple[int, ...]:
        """Where each of them stands in the reading text."""
        return tuple(offset for offset, plain in self._plain for _ in plain)

    @cached_property
    def _plain(self) -> tuple[tuple[int, str], ...]:
        return tuple(enumerate(map(letters, self.reading.document.text)))

    def spans(self, before: str, words: str, after: str) -> Iterator[tuple[int, int]]:
        """Yield where ``words`` stand between ``before`` and ``after`` in the reading text.

        The beginning of a long run of words must do; and what stands before,
        where a mark that the reader did not take for one is left in the words.
        """
        tries = [before + (words[:_ANCHOR] if len(words) > _ANCHOR else words + after)]
        if len(before) >= _ANCHOR:
            tries.append(before)
        for wanted in tries:
            starts = [
                match.end() for match in re.finditer(f"(?={re.escape(wanted)})", self.letters)
            ]
            for start in starts:
                yield self._span(start + len(before), start + len(before) + len(words))
            if starts:
                return

    def _span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the reading text that some of its letters cover."""
        first = self.offsets[start - 1] + 1 if start else 0
        last = min(end, len(self.offsets))
        return first, self.offsets[last - 1] + 1 if last > start else first


def measure(
    gold: Path | None,
    *,
    others: Sequence[Path] = (),
    forms: Sequence[str] | None = None,
    faults: Sequence[str] | None = None,
    seed: int = 0,
) -> Report:
    """Plant every kind of fault in every clean text in every form, and check.

    Raises ``GoldError`` where a fault or form is unknown.
    """
    chosen = _chosen(faults)
    report = Report()
    for text in clean_texts(gold, tuple(others)):
        report.texts.append(text.name)
        for form in forms_of(text):
            if forms and form not in forms:
                continue
            clean = checked(*in_form(text, text.content, form, seed=seed), preview=True)
            report.strays += _on_clean(text, form, clean, seed)
            for fault in chosen:
                if form in fault.forms:
                    _try(report, text, form, fault, clean, seed)
    return report


def _on_clean(text: Text, form: str, clean: Reading, seed: int) -> Iterator[Stray]:
    """Yield the findings on a clean text, and whether they point to damage we did to it."""
    damaged: set[str] = set()
    if form == "extracted":
        damaged = pointing_to_defects(set_as_pages(text.content, seed), clean)
    for finding in clean.findings:
        yield Stray(text.name, form, "", finding, finding.id in damaged)


def _chosen(faults: Sequence[str] | None) -> tuple[Fault, ...]:
    known = {fault.name for fault in FAULTS}
    unknown = set(faults or ()) - known
    if unknown:
        raise GoldError(
            f"unknown fault {sorted(unknown)[0]!r}; known are {', '.join(sorted(known))}"
        )
    return tuple(fault for fault in FAULTS if not faults or fault.name in faults)


def _try(report: Report, text: Text, form: str, fault: Fault, clean: Reading, seed: int) -> None:
    """Plant one kind of fault in one text in one form."""
    rng = random.Random(f"{seed} {text.name} {fault.name}")
    content, plants = planted(fault, Manuscript(text.content), rng)
    if not plants:
        return
    reading = checked(*in_form(text, content, form, seed=seed), preview=True)
    new = list(_new(clean.findings, reading.findings))
    places = Letters(reading)
    broken = Manuscript(content)
    used: set[str] = set()
    for plant in plants:
        spans = _spans(broken, plant, places)
        answering = (finding for finding in new if finding.code in fault.codes)
        hits = [f for f in answering if any(_touches(f, span) for span in spans)]
        used.update(finding.id for finding in hits)
        report.trials.append(
            Trial(
                text.name,
                form,
                fault.name,
                plant.shown,
                fault.codes,
                tuple(sorted({finding.code for finding in hits})),
                not spans,
            )
        )
    report.strays += [Stray(text.name, form, fault.name, f) for f in new if f.id not in used]


def _spans(manuscript: Manuscript, plant: Plant, places: Letters) -> list[tuple[int, int]]:
    """Return where the words of a planted fault stand in the reading text, if they do.

    Several places where the text says the same several times.
    """
    text = manuscript.text
    low, high = manuscript.block(plant.low)
    before = bare(text[low : plant.low])[-2 * _ANCHOR :]
    after = bare(text[plant.high : max(high, plant.high)])[:_ANCHOR]
    return list(places.spans(before, bare(text[plant.low : plant.high]), after))


def _touches(finding: Finding, span: tuple[int, int]) -> bool:
    """Return whether a finding points into a span of the reading text."""
    return any(
        place.start <= span[1] + _SLACK and place.end >= span[0] - _SLACK
        for place in (finding.place, *finding.also)
    )


def _new(before: Iterable[Finding], after: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings that were not there before: by code and words."""
    known = Counter(map(_key, before))
    for finding in after:
        key = _key(finding)
        if known[key]:
            known[key] -= 1
        else:
            yield finding


def _key(finding: Finding) -> tuple[str, str]:
    return finding.code, letters(finding.place.quote)
