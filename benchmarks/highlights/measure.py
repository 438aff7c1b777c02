"""Every finding in every PDF, and words taken by chance: do the highlights cover them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from benchmarks.faults.texts import clean_texts
from benchmarks.highlights.pages import Highlight, Under, bare, changed_pages, highlights
from benchmarks.highlights.specimens import given, specimens
from benchmarks.reading import Reading, checked
from scholiast.model import Certainty, Document, Finding, Place
from scholiast.report.annotate_pdf import annotate_pdf
from scholiast.text import Index

#: The least share of highlights that must cover their words and nothing else.
BAR: Final = 0.98
#: Spans taken by chance from each text, and their longest in characters.
_CHANCE: Final = 150
_LONGEST: Final = 300
#: A word, or one character where words are not divided; at its beginning.
_WORDS: Final = re.compile(
    r"(?:(?<!\S)|(?<=[\u3000-\u9fff]))(?:[\u3000-\u9fff]|[^\s\u3000-\u9fff]+)"
)


@dataclass(slots=True)
class Figures:
    """Of one PDF: highlights of findings and of spans, those that are right, pages."""

    findings: int = 0
    findings_right: int = 0
    spans: int = 0
    spans_right: int = 0
    pages: int = 0
    pages_changed: int = 0


@dataclass
class Report:
    """The figures of every PDF, and what is wrong."""

    figures: dict[str, Figures] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    @property
    def total(self) -> Figures:
        """The figures of all PDFs together."""
        names = Figures.__slots__
        sums = {name: sum(getattr(one, name) for one in self.figures.values()) for name in names}
        return Figures(**sums)

    @property
    def passed(self) -> bool:
        """Whether the bars are met."""
        total = self.total
        right, count = total.findings_right + total.spans_right, total.findings + total.spans
        return bool(count) and right / count >= BAR and not total.pages_changed


def measure(
    gold: Path | None,
    *,
    seed: int = 0,
    read: Callable[[str, bytes], Reading] | None = None,
) -> Report:
    """Annotate every specimen, and the PDFs of a gold folder, and look at what is covered."""
    report = Report()
    texts = [text for text in clean_texts(None) if text.suffix == ".md"]
    for name, data in (*specimens(texts, seed=seed), *given(gold)):
        reading = read(name, data) if read else checked(name, data, preview=True)
        report.figures[name] = _figures(name, data, reading, report.misses, seed)
    return report


def _figures(name: str, data: bytes, reading: Reading, misses: list[str], seed: int) -> Figures:
    found = Figures()
    found.findings, found.findings_right, annotated = _covered(
        name, data, reading.document, reading.findings, misses
    )
    found.pages_changed, found.pages = changed_pages(data, annotated)
    if found.pages_changed:
        misses.append(f"{name}: {found.pages_changed} pages differ outside their highlights")
    chance = tuple(_by_chance(reading.document, random.Random(f"{seed} {name}")))
    found.spans, found.spans_right, _ = _covered(name, data, reading.document, chance, misses)
    return found


def _covered(
    name: str,
    data: bytes,
    document: Document,
    findings: tuple[Finding, ...],
    misses: list[str],
) -> tuple[int, int, bytes]:
    """Return how many places with words there are, how many are right, and the annotated file."""
    annotated = annotate_pdf(document, findings, data)
    under = Under(annotated)
    seen: dict[str, list[Highlight]] = {}
    for one in highlights(annotated):
        seen.setdefault(one.name, []).append(one)
    count = right = 0
    for finding in findings:
        for wanted, own in _places(finding, seen):
            if not bare(wanted.quote) or wanted.start == wanted.end:
                continue
            words = under.words(own)
            count += 1
            if bare(words) == bare(wanted.quote):
                right += 1
            else:
                misses.append(f"{name}: {finding.code} “{wanted.quote}” covers “{words}”")
    return count, right, annotated


def _places(
    finding: Finding, seen: dict[str, list[Highlight]]
) -> Iterator[tuple[Place, list[Highlight]]]:
    """Yield the places of a finding with their highlights, one for each page."""
    own = [one for name, several in seen.items() for one in several if _of(name, finding.id)]
    yield finding.place, own
    for number, place in enumerate(finding.also, 1):
        if place.document == finding.place.document:
            lead = f"{finding.id}-also-{number}-"
            yield (
                place,
                [one for name, many in seen.items() if name.startswith(lead) for one in many],
            )


def _of(name: str, id_: str) -> bool:
    """Return whether a highlight is that of a finding's own place, on whatever page."""
    return name == id_ or (name.startswith(f"{id_}-") and name[len(id_) + 1 :].isdecimal())


def _by_chance(document: Document, rng: random.Random) -> Iterator[Finding]:
    """Yield findings on words taken by chance; none is cut, ligatures are one sign on a page."""
    index = Index(document)
    for number in range(_CHANCE):
        start = rng.randrange(max(len(document.text), 1))
        end = start + rng.choice((1, 8, 30, 90, _LONGEST))
        found = [word for word in _WORDS.finditer(document.text, start) if word.start() < end]
        if not found or found[0].start() > start + 1:
            continue
        words = document.text[found[0].start() : found[-1].end()].split("\n\n")[0]
        place = index.place(found[0].start(), found[0].start() + len(words))
        yield Finding(f"{number:012x}", "DOC099", "by-chance", "", "", Certainty.STYLE, place)


def table(report: Report, *, misses: bool = False) -> Iterator[str]:
    """Yield the lines of the figures."""
    yield (
        f"{'file':<42} {'findings':>9} {'right':>7} {'by chance':>9} {'right':>7} "
        f"{'pages':>6} {'changed':>7}"
    )
    for name, one in (*report.figures.items(), ("all", report.total)):
        yield (
            f"{name:<42} {one.findings:>9} {_share(one.findings_right, one.findings):>7} "
            f"{one.spans:>9} {_share(one.spans_right, one.spans):>7} "
            f"{one.pages:>6} {one.pages_changed:>7}"
        )
    if misses:
        yield from (f"    - {miss}" for miss in report.misses)


def figures(report: Report) -> dict[str, Any]:
    """Return the figures as plain values."""
    total = report.total
    return {
        name: {key: getattr(one, key) for key in Figures.__slots__}
        for name, one in (*report.figures.items(), ("all", total))
    }


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"
