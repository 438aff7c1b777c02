"""How the time of reading grows with the text: ten times the text against the text, per format.

Read in this process, by the processor's time, with the collector of cycles
off, as the worker reads. The shorter text is as many copies of our specimen as
take a tenth of a second to read, so that what does not grow with the text
(tables that are loaded, patterns that are compiled) and noise weigh little.
"""

from __future__ import annotations

import gc
import io
import time
from collections.abc import Callable, Iterator
from functools import cache
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.enlarge import enlarged
from scholiast.config import Settings
from scholiast.model import Source
from scholiast.readers import reader_for

if TYPE_CHECKING:
    from tools.manuscript import Manuscript

#: How many times the text the longer one is, and how many times its time reading that may take.
TIMES: Final = 10
BAR: Final = 11.0
#: The formats that are measured, by suffix.
FORMATS: Final = ("docx", "odt", "rtf", "html", "epub", "tex", "xml", "pdf")
#: The least seconds that reading the shorter text takes.
LEAST: Final = 0.1


def growth(markdown: Path, turns: int = 3) -> Iterator[tuple[str, float, float]]:
    """Yield, for every format, the seconds that the longer and the shorter text take to read.

    The runs take turns; the least of each counts.
    """
    data = markdown.read_bytes()
    for suffix in FORMATS:
        one = written(data, 1, suffix)
        seconds(suffix, one)  # what is loaded and compiled once
        copies = ceil(LEAST / seconds(suffix, one))
        short = written(data, copies, suffix)
        long = written(data, copies * TIMES, suffix)
        runs = [(seconds(suffix, long), seconds(suffix, short)) for _ in range(turns)]
        yield suffix, min(run[0] for run in runs), min(run[1] for run in runs)


def written(markdown: bytes, copies: int, suffix: str) -> bytes:
    """Return so many copies of a text, one after the other, in a format.

    Pages are set once and repeated: setting them takes longer than reading them.
    """
    from tools.make_specimens import WRITERS

    if suffix == "pdf":
        return pages(WRITERS[suffix](_manuscript(markdown, 1)), copies)
    return WRITERS[suffix](_manuscript(markdown, copies))


@cache
def _manuscript(markdown: bytes, copies: int) -> Manuscript:
    """Return so many copies of a text, to be written in any format."""
    from tools.manuscript import parse

    return parse(enlarged("text.md", markdown, copies).decode())


def pages(data: bytes, copies: int) -> bytes:
    """Return a PDF with the pages of another, several times over."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    for _ in range(copies):
        writer.append(PdfReader(io.BytesIO(data)))
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def seconds(suffix: str, data: bytes) -> float:
    """Return the processor's time that reading a file takes."""
    read = reader_for(f"text.{suffix}")
    if read is None:
        raise ValueError(suffix)
    return _taken(lambda: read(Source(f"text.{suffix}", data), Settings()))


def _taken(step: Callable[[], object]) -> float:
    """Return the processor's time that a function takes, without the collector."""
    gc.collect()
    gc.disable()
    try:
        begun = time.process_time()
        step()
        return time.process_time() - begun
    finally:
        gc.enable()
