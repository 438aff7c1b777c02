"""Ratios of running times, all taken in one run on one machine.

Absolute times say little about a program; how it compares with starting
Python, and how it grows with the text, does.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks import growth
from benchmarks.enlarge import enlarged, many_texts
from benchmarks.gold import GoldError

_EXAMPLES: Final = Path(__file__).parent.parent / "examples"
#: What a check is compared with: Python's start with the modules any such program loads.
_BASELINE: Final = ("-c", "import sqlite3, json, re")
_CHECK: Final = ("-m", "scholiast", "check", "--select", "DOC,NOT")
TIMES: Final = 100
#: The TEI that is read unless a text is named, and how often a longer one holds it.
_TEI: Final = _EXAMPLES / "roundtable" / "roundtable.xml"
_TEI_TIMES: Final = 10


@dataclass(frozen=True, slots=True)
class Seconds:
    """How long a command took: by the clock, and of the processor (0 where that is not known)."""

    clock: float
    processor: float = 0.0

    def less(self, other: Seconds) -> Seconds:
        """Return the time without another."""
        return Seconds(self.clock - other.clock, self.processor - other.processor)


@dataclass(frozen=True, slots=True)
class Row:
    """One ratio with its bar.

    The clock decides. On a machine that does other work too the ratio of the
    processor's times, printed beside it, says more.
    """

    name: str
    seconds: Seconds
    against: Seconds
    bar: float

    @property
    def ratio(self) -> float:
        """How many times the time it is measured against, by the clock."""
        return self.seconds.clock / self.against.clock

    @property
    def of_processor(self) -> float | None:
        """The same ratio of the processor's times, where they are known."""
        against = self.against.processor
        return self.seconds.processor / against if against > 0 else None

    @property
    def passed(self) -> bool:
        """Whether the ratio is within its bar."""
        return self.ratio <= self.bar

    def figures(self) -> dict[str, Any]:
        """Return the row as JSON values."""
        processor = self.of_processor
        return {
            "ratio": round(self.ratio, 3),
            "ratio_of_processor_times": None if processor is None else round(processor, 3),
            "bar": self.bar,
            "passed": self.passed,
            "seconds": round(self.seconds.clock, 4),
            "against": round(self.against.clock, 4),
        }

    def __str__(self) -> str:
        verdict = "pass" if self.passed else "FAIL"
        processor = "-" if self.of_processor is None else f"{self.of_processor:.2f}"
        return (
            f"{self.name:<44} {self.ratio:8.2f}  bar {self.bar:g}  {verdict}  "
            f"({self.seconds.clock:.3f} s / {self.against.clock:.3f} s; processor {processor})"
        )


#: How a PDF is read in process, and how pypdfium2 takes its plain text out; imports come before.
_PDF: Final = """
import sys, time, pypdfium2, pypdfium2.raw
from scholiast.config import Settings
from scholiast.model import Source
from scholiast.readers import reader_for
read = reader_for("measured.pdf")
data = open(sys.argv[1], "rb").read()
def plain():
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.get_textpage().get_text_range()
    document.close()
def whole():
    read(Source("measured.pdf", data), Settings())
whole()
for run in (plain, whole) * int(sys.argv[2]):
    clock, used = time.perf_counter(), time.process_time()
    run()
    print(run.__name__, time.perf_counter() - clock, time.process_time() - used)
"""
#: How many times the pages a PDF of many pages has.
PAGES: Final = 10


def pdf_rows(path: Path, *, times: int = 5) -> tuple[Row, ...]:
    """Measure the reading of a PDF against pypdfium2's plain text, and of ten times its pages."""
    with tempfile.TemporaryDirectory() as folder:
        long = Path(folder) / "long.pdf"
        long.write_bytes(growth.pages(path.read_bytes(), PAGES))
        plain, whole = _pdf_times(path, times)
        _, ten = _pdf_times(long, max(1, times // 2))
    return (
        Row("PDF read / plain text by pypdfium2", whole, plain, 8),
        Row(f"PDF of {PAGES} times the pages / the PDF", ten, whole, 11),
    )


def _pdf_times(path: Path, times: int) -> tuple[Seconds, Seconds]:
    """Return the least times that pypdfium2 and the reader take in a process of their own."""
    run = subprocess.run(
        [sys.executable, "-c", _PDF, str(path), str(times)],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise GoldError(run.stderr.strip() or "the program failed")
    taken: dict[str, list[Seconds]] = {"plain": [], "whole": []}
    for line in run.stdout.splitlines():
        name, clock, used = line.split()
        taken[name].append(Seconds(float(clock), float(used)))
    plain, whole = (min(runs, key=lambda one: one.processor) for runs in taken.values())
    return plain, whole


def printed() -> Path | None:
    """Return the PDF that is measured: our specimen with the most pages, None without any."""
    found = sorted(_EXAMPLES.rglob("*.pdf"))
    return max(found, key=lambda path: path.stat().st_size) if found else None


def specimen() -> Path:
    """Return the text that is measured unless another is named: our largest Markdown specimen."""
    found = [path for path in _EXAMPLES.rglob("*.md") if path.name != "README.md"]
    if not found:
        raise GoldError(f"{_EXAMPLES}: no specimen; name a text with --text")
    return max(sorted(found), key=lambda path: path.stat().st_size)


def measure(text: Path | None, *, times: int = 9) -> tuple[Row, ...]:
    """Measure one text; ``times`` runs of each short command, of which the median counts."""
    path = text or specimen()
    if path.suffix in (".xml", ".tei"):
        return tei_rows(path, times)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        one, big, empty = (home / f"{name}{path.suffix}" for name in ("one", "big", "empty"))
        one.write_bytes(path.read_bytes())
        big.write_bytes(enlarged(path.name, path.read_bytes(), TIMES))
        empty.write_text("A line of text.\n", encoding="utf-8")
        turns = _turns((_BASELINE, (*_CHECK, str(empty)), (*_CHECK, str(one))), home, times)
        first, second = (_seconds((*_CHECK, str(big)), home / "cache") for _ in range(2))
    python, start, once = (_median(runs) for runs in zip(*turns, strict=True))
    alone = _median([whole.less(begun) for _, begun, whole in turns])
    pages = printed()
    return (
        Row("check of the text / start of Python", once, python, 15),
        Row(f"{TIMES} times the text / the text (less start)", first.less(start), alone, 120),
        Row("second run of that, unchanged / the first", second, first, 0.2),
        *(tei_rows(_TEI, times) if text is None else ()),
        *(pdf_rows(pages) if pages is not None and text is None else ()),
        *(growth_rows(path, max(2, times // 2)) if path.suffix == ".md" else ()),
    )


def growth_rows(path: Path, turns: int) -> Iterator[Row]:
    """Yield how reading a Markdown text grows in every format, by the processor's time."""
    for suffix, long, short in growth.growth(path, turns):
        name = f"{suffix}: {growth.TIMES} times the text / the text"
        yield Row(name, Seconds(long, long), Seconds(short, short), growth.BAR)


def tei_rows(path: Path, times: int) -> tuple[Row, ...]:
    """Measure the reading of TEI in process, against lxml parsing the same bytes, in turns."""
    from lxml import etree

    from scholiast.config import Settings
    from scholiast.model import Source
    from scholiast.readers import reader_for

    read = reader_for("measured.xml")
    assert read is not None
    one = path.read_bytes()
    several = many_texts(one, _TEI_TIMES)

    def reading(data: bytes) -> None:
        read(Source(path.name, data), Settings())

    steps: tuple[tuple[Callable[[bytes], object], bytes], ...] = (
        (etree.fromstring, several),
        (reading, several),
        (reading, one),
    )
    turns = [[_in_process(step, data) for step, data in steps] for _ in range(times + 1)][1:]
    parsing, whole, single = (_median(runs) for runs in zip(*turns, strict=True))
    return (
        Row("reading TEI / lxml parsing it", whole, parsing, 4),
        Row(f"{_TEI_TIMES} times the TEI / the TEI", whole, single, 1.1 * _TEI_TIMES),
    )


def _in_process(step: Callable[[bytes], object], data: bytes) -> Seconds:
    """Return how long a function takes in this process; the processor's time counts for both."""
    used = time.process_time()
    step(data)
    after = time.process_time() - used
    return Seconds(after, after)


def _turns(commands: Sequence[Sequence[str]], home: Path, times: int) -> list[list[Seconds]]:
    """Run the commands in turns, so that load hits all alike, and return the times of each turn.

    A first turn, which fills the caches of Python and of the disk, is left out.
    """
    return [
        [_seconds(one, home / f"cache-{turn}-{at}") for at, one in enumerate(commands)]
        for turn in range(times + 1)
    ][1:]


def _median(runs: Iterable[Seconds]) -> Seconds:
    taken = list(runs)
    return Seconds(
        statistics.median(run.clock for run in taken),
        statistics.median(run.processor for run in taken),
    )


def _seconds(arguments: Sequence[str], cache: Path) -> Seconds:
    """Return how long one run of Python takes, with its own cache folder.

    Raises ``GoldError`` where the program fails (exit code 2 or a crash).
    """
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # or every start would compile anew
    begin, used = time.perf_counter(), os.times()
    run = subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    clock, after = time.perf_counter() - begin, os.times()
    if run.returncode not in (0, 1):
        raise GoldError(run.stderr.decode(errors="replace").strip() or "the program failed")
    user = after.children_user - used.children_user
    return Seconds(clock, user + after.children_system - used.children_system)
