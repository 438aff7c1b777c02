"""Recognition of scans: pages printed, worn by script and recognised, against their text.

Our specimens in three languages are set as pages (``tools.pdf``), scanned in
every degree of wear (``tools.scan``) and read with ``--ocr``. What is right is
the Markdown they were made of.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

from benchmarks.answers import Answer, answers
from benchmarks.gold import GoldError, format_pairs
from benchmarks.reading import Reading, checked
from benchmarks.scoring import Score, summed
from scholiast.config import Settings
from scholiast.model import Node, Source
from scholiast.text import folded, key

EXAMPLES: Final = Path(__file__).resolve().parent.parent / "examples"
#: The specimens that are scanned: English, Russian, Chinese.
TEXTS: Final = ("article/article", "ru/statia", "zh/wenzhang")
#: The share of the words that must be right.
BAR: Final = 0.98
SEED: Final = 7
#: A word, or a Chinese character.
_WORD: Final = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff_]+")
#: Words beside a mark, and at the start of its note, are alike when this part of them agrees.
_ALIKE: Final = 0.7
_REACH: Final = 24


@dataclass(frozen=True, slots=True)
class Task:
    """One text to be scanned in one degree of wear."""

    markdown: Path
    printed: Path
    wear: str


@dataclass(frozen=True, slots=True)
class Row:
    """How one scan was read."""

    text: str
    wear: str
    words: Score
    notes: Score
    findings: tuple[str, ...]  # those that count: certain and likely ones
    held: int  # more that ``--preview`` shows
    confidences: tuple[tuple[float, bool], ...] = ()  # of each word, and whether it is right
    wrong: tuple[str, ...] = ()

    def figures(self) -> dict[str, Any]:
        """Return the figures as JSON values."""
        return {
            "text": self.text,
            "wear": self.wear,
            "words": self.words.figures(),
            "notes": self.notes.figures(),
            "findings": list(self.findings),
            "held_back": self.held,
        }


def measure(
    folder: Path | None, texts: Sequence[str] = (), wears: Sequence[str] = (), jobs: int = 2
) -> list[Row]:
    """Return how every text is read in every degree of wear."""
    from tools.scan import WEARS

    from scholiast.readers.recognition.program import installed

    if installed() is None:
        raise GoldError("tesseract is not installed")
    pairs = [(EXAMPLES / f"{name}.md", EXAMPLES / f"{name}.pdf") for name in TEXTS]
    if folder is not None:
        pairs += [pair for pair in format_pairs(folder) if pair[1].suffix == ".pdf"]
    chosen = [pair for pair in pairs if not texts or pair[0].stem in texts]
    tasks = [Task(*pair, wear) for pair in chosen for wear in WEARS if not wears or wear in wears]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        rows = []
        for row in pool.map(of_task, tasks):
            rows.append(row)
            print(
                f"{row.text} {row.wear} {row.words.recall:.4f} {row.notes.f1:.4f}", file=sys.stderr
            )
        return rows


def of_task(task: Task) -> Row:
    """Scan a text, read and check it, and compare."""
    from tools.scan import WEARS, scan

    from scholiast.engine import check

    right = checked(task.markdown.name, task.markdown.read_bytes())
    picture = scan(task.printed.read_bytes(), WEARS[task.wear], seed=SEED)
    name = f"{task.markdown.stem}.pdf"
    settings = Settings(ocr=True, preview=True, worker_seconds=600, page_seconds=600)
    outcome = check([Source(name, picture)], settings)
    given = Reading(outcome.case.documents[name].document, outcome.findings)
    rules = {rule.code for rule in outcome.rules if not rule.preview}
    shown = [one for one in outcome.findings if one.certainty != "style" and one.code in rules]
    kept = [one for one in shown if not one.preview]
    words, sure, wrong = _words(right, given)
    return Row(
        task.markdown.stem,
        task.wear,
        words,
        _notes(right, given),
        tuple(f"{one.code} “{one.place.quote}”: {one.message}" for one in kept),
        len(shown) - len(kept),
        sure,
        wrong,
    )


def _words(
    right: Reading, given: Reading
) -> tuple[Score, tuple[tuple[float, bool], ...], tuple[str, ...]]:
    """Return how many words are right, in order; each with its confidence; those that are not."""
    one = [match.group() for match in _WORD.finditer(key(right.document.text))]
    view = folded(given.document.text)
    found = list(_WORD.finditer(view.text))
    other = [match.group() for match in found]
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    good = {
        n for block in matcher.get_matching_blocks() for n in range(block.b, block.b + block.size)
    }
    sure = tuple(
        (_confidence(given, *view.back(match.start(), match.end())), n in good)
        for n, match in enumerate(found)
    )
    wrong = tuple(
        f"{' '.join(one[a:b])} -> {' '.join(other[c:d])}"
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    )
    return Score(len(one), len(good), len(other)), sure, wrong


def _confidence(reading: Reading, start: int, end: int) -> float:
    """Return how sure the recogniser was of the words of a span."""
    inside = (s for s in reading.document.segments if s.start < end and s.end > start)
    return min((segment.confidence for segment in inside), default=1.0)


def _anywhere(reading: Reading, node: Node) -> str:
    """Sections are not compared here."""
    return ""


def _notes(right: Reading, given: Reading) -> Score:
    """Return how many notes are linked: number, words before the mark and first words agree.

    A misread letter in these words does not make the link wrong.
    """
    wanted, offered = answers(right, _anywhere), list(answers(given, _anywhere))
    total = len(offered)
    good = 0
    for one in wanted:
        for other in offered:
            if one.number == other.number and _agree(one, other):
                good += 1
                offered.remove(other)
                break
    return Score(len(wanted), good, total)


def _agree(one: Answer, other: Answer) -> bool:
    before = _alike((one.before or "")[-_REACH:], (other.before or "")[-_REACH:])
    return before and _alike(one.text[:_REACH], other.text[:_REACH])


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def table(rows: Sequence[Row], *, misses: bool = False) -> Iterator[str]:
    """Yield the lines of a report: every scan, then every degree of wear and all."""
    yield f"{'text':<12} {'wear':<8} {'words':>6} {'right':>7} {'notes':>6} {'F1':>7} findings held"
    for row in (*rows, *_sums(rows)):
        yield (
            f"{row.text:<12} {row.wear:<8} {row.words.n:>6} {row.words.recall:>7.4f} "
            f"{row.notes.n:>6} {row.notes.f1:>7.4f} {len(row.findings):>8} {row.held:>4}"
        )
        for line in (*row.findings, *row.wrong) if misses else ():
            yield f"    - {line}"
    yield from _thresholds(rows)


def _sums(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the sums over the texts, by wear and in all."""
    for wear in (*dict.fromkeys(row.wear for row in rows), "all"):
        like = [row for row in rows if wear in (row.wear, "all")]
        yield replace(
            like[0],
            text="all",
            wear=wear,
            words=summed(row.words for row in like),
            notes=summed(row.notes for row in like),
            findings=tuple(one for row in like for one in row.findings),
            held=sum(row.held for row in like),
            wrong=(),
        )


def _thresholds(rows: Sequence[Row]) -> Iterator[str]:
    """Yield what each threshold of confidence would hold back: wrong words, and right ones."""
    sure = [one for row in rows for one in row.confidences]
    wrong = sum(not good for _, good in sure)
    for limit in (0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        caught = sum(not good for confidence, good in sure if confidence < limit)
        lost = sum(good for confidence, good in sure if confidence < limit)
        yield (
            f"below {limit:.2f}: {caught} of {wrong} wrong words, "
            f"{lost} of {len(sure) - wrong} right ones"
        )
