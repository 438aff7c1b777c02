"""Reading grows with the text, and no faster. All texts here are invented.

What is counted are the lines of Python that run, so that nothing depends on
the machine. Twice as much text takes twice as many more: where it takes four
times as many, something is sought anew for every mark.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

import making_docx
from making_docx import call, docx, note, raised
from scholiast.config import Settings
from scholiast.model import Intake, Source
from scholiast.readers import reader_for

SMALL = 40


def page(*body: str) -> bytes:
    return (
        f"<html><head><title>On Wagons</title></head><body>{''.join(body)}</body></html>".encode()
    )


def many_marks(count: int) -> bytes:
    """Return one paragraph with many marks, and their notes in a list."""
    marks = (
        f'Wagon {n} left<sup><a id="r{n}" href="#n{n}">{n}</a></sup> at noon. '
        for n in range(1, count + 1)
    )
    notes = (
        f'<li id="n{n}">The book of the guard, {n}. <a href="#r{n}">↩</a></li>'
        for n in range(1, count + 1)
    )
    return page("<p>", *marks, '</p><section class="footnotes"><ol>', *notes, "</ol></section>")


def one_note(count: int) -> bytes:
    """Return a note that is called again and again."""
    marks = (f'Wagon {n} left<sup><a href="#n1">1</a></sup> at noon. ' for n in range(count))
    return page("<p>", *marks, '</p><ol class="footnotes"><li id="n1">A guard.</li></ol>')


def sidenotes(count: int) -> bytes:
    """Return notes that stand where their marks would."""
    notes = (
        f'<p>Wagon {n} left<label for="s{n}" class="margin-toggle sidenote-number"></label>'
        f'<input type="checkbox" id="s{n}" class="margin-toggle"><span class="sidenote">The book '
        f"of the guard, {n}.</span> at noon.</p>"
        for n in range(count)
    )
    return page(*notes)


def by_word(count: int) -> bytes:
    """Return a page as Word saves it."""
    marks = (
        f'<p class=MsoNormal>Wagon {n} left<a href="#_ftn{n}" name="_ftnref{n}"><span '
        f"class=MsoFootnoteReference>[{n}]</span></a> at noon.</p>"
        for n in range(1, count + 1)
    )
    notes = (
        f'<div id=ftn{n}><p class=MsoFootnoteText><a href="#_ftnref{n}" name="_ftn{n}"><span '
        f"class=MsoFootnoteReference>[{n}]</span></a> The book of the guard, {n}.</p></div>"
        for n in range(1, count + 1)
    )
    return page(*marks, "<div><hr>", *notes, "</div>")


def footnotes(count: int) -> bytes:
    """Return a Word file of one paragraph with many notes."""
    words = [
        part for n in range(2, count + 2) for part in (f"Wagon {n} left at noon", call(n), ". ")
    ]
    notes = "".join(note(n, f"The book of the guard, {n}.") for n in range(2, count + 2))
    return docx(making_docx.p(*words), footnotes=notes)


def typed(count: int) -> bytes:
    """Return a Word file of one paragraph with many raised numbers, and notes typed behind it."""
    words = [
        part
        for n in range(1, count + 1)
        for part in (f"Wagon {n} left at noon", raised(str(n)), ". ")
    ]
    notes = [making_docx.p(f"{n}. The book of the guard of that day.") for n in range(1, count + 1)]
    return docx(making_docx.p(*words), making_docx.p("Notes", style="Heading1"), *notes)


def latex(count: int) -> bytes:
    """Return a LaTeX file of one paragraph with many notes."""
    words = (
        f"Wagon {n} \\emph{{left}}\\footnote{{The guard, {n}.}} at noon. " for n in range(count)
    )
    return f"\\begin{{document}}\n{''.join(words)}\n\\end{{document}}".encode()


def rtf(count: int) -> bytes:
    """Return an RTF file of one paragraph with many notes."""
    words = (
        f"Wagon {n} {{\\i left}}{{\\super\\chftn}}{{\\footnote {{\\super\\chftn}} The guard, {n}.}}. "
        for n in range(count)
    )
    return f"{{\\rtf1\\ansi {''.join(words)}\\par}}".encode()


def lines_run(name: str, data: bytes) -> tuple[int, Intake]:
    """Return how many lines of Python run while a file is read, and what was read."""
    read: Any = reader_for(name)
    count = 0

    def inside(frame: FrameType, event: str, argument: object) -> Callable[..., Any]:
        nonlocal count
        count += 1
        return inside

    before = sys.gettrace()
    sys.settrace(inside)
    try:
        intake: Intake = read(Source(name, data), Settings())
    finally:
        sys.settrace(before)
    return count, intake


@pytest.mark.parametrize(
    ("name", "make", "one_for_each"),
    [
        ("a.html", many_marks, True),
        ("a.html", one_note, False),
        ("a.html", sidenotes, True),
        ("a.html", by_word, True),
        ("a.docx", footnotes, True),
        ("a.docx", typed, True),
        ("a.tex", latex, True),
        ("a.rtf", rtf, True),
    ],
)
def test_twice_the_marks_take_twice_the_steps(
    name: str, make: Callable[[int], bytes], one_for_each: bool
) -> None:
    lines_run(name, make(SMALL))  # what is loaded once
    steps = []
    for times in (1, 2, 4):
        count, intake = lines_run(name, make(SMALL * times))
        assert len(intake.document.of_kind("callout")) == SMALL * times
        assert len(intake.document.of_kind("note")) == (SMALL * times if one_for_each else 1)
        steps.append(count)
    one, two, four = steps
    assert four - two < 2.3 * (two - one)
