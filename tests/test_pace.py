"""A reading that will not end in its time is given up early. All texts here are invented."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import pytest

import making_odt
from drawing_pdf import Sheet, drawn
from making_docx import docx, p
from making_odt import fodt
from scholiast import worker
from scholiast.config import Settings
from scholiast.model import Source
from scholiast.progress import OFTEN, Pace, TooLongError, reached, watched
from scholiast.readers import reader_for


def pace(seconds: float, *ticks: float) -> Pace:
    """Return a pace whose clock tells these seconds, one after the other, from 0 on."""
    times = iter((0.0, *ticks))
    return Pace(seconds, lambda: next(times))


def test_a_reading_that_will_take_too_long_is_given_up() -> None:
    watch = pace(60, 10)
    with pytest.raises(TooLongError, match=r"^150$"):
        watch(10, 100)  # ten seconds for a tenth, and what comes after the reading


def test_nothing_is_concluded_at_the_beginning_or_from_a_good_pace() -> None:
    watch = pace(60, 7, 10, 39)
    watch(1, 100)  # the densest page may come first
    watch(20, 100)  # 75 seconds in all, but it may yet become faster
    watch(100, 100)


def test_what_is_a_little_too_long_is_given_up_later() -> None:
    watch = pace(60, 10, 15, 20)
    watch(20, 100)
    watch(38, 100)
    with pytest.raises(TooLongError):
        watch(45, 100)


def test_a_file_of_no_length_divides_nothing() -> None:
    pace(60, 1)(0, 0)
    pace(60, 59)(0, 0)


def test_without_a_watcher_nobody_hears() -> None:
    reached(1, 2)


def page(what: str) -> Callable[[Sheet], None]:
    return lambda sheet: sheet.line(f"Of the {what} nobody spoke before the {what[0]} was named.")


WORDS = "The wagons were \\emph{counted} at noon, said {the} clerk. "


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.tex", ("\\begin{document}" + WORDS * OFTEN + "\\end{document}").encode()),
        ("a.rtf", b"{\\rtf1 " + b"The {\\i wagons} left.\\par " * OFTEN + b"}"),
        ("a.docx", docx(*[p(f"Wagon {n} left.") for n in range(5)])),
        ("a.fodt", fodt(*[making_odt.p(f"Wagon {n} left.") for n in range(5)])),
        ("a.pdf", drawn(*map(page, ("wagons", "ferries", "lamps", "sealed letters")))),
    ],
)
def test_readers_tell_how_far_they_are(name: str, data: bytes) -> None:
    heard: list[tuple[int, int]] = []
    read = reader_for(name)
    assert read is not None
    with watched(lambda done, total: heard.append((done, total))):
        document = read(Source(name, data), Settings()).document
    assert document.text
    assert len(heard) >= 3
    assert heard == sorted(heard)
    assert all(0 <= done <= total for done, total in heard)
    assert len({total for _, total in heard}) == 1


def test_what_would_take_too_long_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        f"import sys; sys.stdin.buffer.read(); print({json.dumps(json.dumps({'too long': '150'}))})"
    )
    pipe = subprocess.PIPE
    monkeypatch.setattr(
        worker,
        "_started",
        lambda: subprocess.Popen([sys.executable, "-c", code], stdin=pipe, stdout=pipe),
    )
    intake = worker.read_in_worker(Source("a.docx", docx(p("Words."))), Settings())
    (trouble,) = intake.troubles
    assert trouble.name == "unreadable-file"
    assert "about 150 seconds" in trouble.detail and "worker-seconds" in trouble.detail
