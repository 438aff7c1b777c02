"""Convert every clean specimen, read it back, and compare it with its Markdown."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from benchmarks.converted.comparing import FACETS, differences
from benchmarks.converted.programs import CONVERSIONS, Conversion, convert
from benchmarks.scoring import Score, summed
from scholiast.config import Settings
from scholiast.model import Document, Source
from scholiast.readers import reader_for

EXAMPLES: Final = Path(__file__).resolve().parent.parent.parent / "examples"

#: The specimens without planted errors.
TEXTS: Final = (
    "article/article.md",
    "interview/panel.md",
    "roundtable/clean.md",
    "ru/statia.md",
    "zh/wenzhang.md",
)


@dataclass(frozen=True)
class Row:
    """One conversion: the score of each facet over all texts, and what differs in words."""

    conversion: Conversion
    scores: dict[str, Score]
    differing: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        """The program and what it wrote."""
        return f"{self.conversion.program} {self.conversion.name}"


def measure(only: Collection[str] = ()) -> Iterator[Row]:
    """Yield a row for each conversion whose name holds one of the words; all without words."""
    texts = {Path(name).stem: (EXAMPLES / name).read_text(encoding="utf-8") for name in TEXTS}
    wanted = {name: _read(f"{name}.md", text.encode()) for name, text in texts.items()}
    with tempfile.TemporaryDirectory() as scratch:
        for number, conversion in enumerate(CONVERSIONS):
            name = f"{conversion.program} {conversion.name}"
            if only and not any(words in name for words in only):
                continue
            folder = Path(scratch, str(number))
            folder.mkdir()
            files = convert(conversion, texts, folder)
            if files:
                yield _row(conversion, wanted, files)


def _row(conversion: Conversion, wanted: dict[str, Document], files: dict[str, bytes]) -> Row:
    scores: dict[str, list[Score]] = {facet: [] for facet in FACETS}
    lines: list[str] = []
    for name, data in files.items():
        read = _read(f"{name}.{conversion.suffix}", data)
        for facet in FACETS:
            score, differing = differences(facet, wanted[name], read)
            scores[facet].append(score)
            lines += [f"{name}: {facet}: {line}" for line in differing]
    return Row(conversion, {facet: summed(all_) for facet, all_ in scores.items()}, tuple(lines))


def _read(name: str, data: bytes) -> Document:
    reader = reader_for(name)
    if reader is None:
        raise OSError(f"{name}: no reader for this suffix")
    return reader(Source(name, data), Settings()).document


def table(row: Row) -> str:
    """Return a row as a line: the F1 of each facet."""
    return f"{row.name:<24}" + "".join(f" {score.f1:>8.3f}" for score in row.scores.values())


def figures(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the figures as JSON values, by conversion and facet."""
    return {
        row.name: {facet: score.figures() for facet, score in row.scores.items()} for row in rows
    }
