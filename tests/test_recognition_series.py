"""Which numbers raised signs are, which script words are in, how pages lie; without tesseract.

All texts here are invented specimens.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.scan import Wear, scan

from scholiast import worker
from scholiast.config import Settings
from scholiast.model import Source
from scholiast.readers.recognition.alike import cyrillic, unbarred
from scholiast.readers.recognition.components import Component
from scholiast.readers.recognition.image import Grey
from scholiast.readers.recognition.marks import Raised, raised
from scholiast.readers.recognition.orientation import poor, sideways, turn
from scholiast.readers.recognition.program import Tesseract
from scholiast.readers.recognition.reading import _better, _doubtful_lines
from scholiast.readers.recognition.rendering import DPI, resolution
from scholiast.readers.recognition.rows import rows
from scholiast.readers.recognition.series import Counted, Seen, numbered
from scholiast.readers.recognition.words import Word

NONE = Counted()


def seen(*readings: str, begins: bool = False, sure: float = 0.9) -> list[Seen]:
    """Return raised signs in which these were read; an empty string is nothing."""
    box = (0, 0, 10, 10)
    return [
        Seen(
            Raised(box, (), 40, 30, begins),
            ((text, sure if text else 0.0),),
            int(text) if text.isdecimal() else 0,
        )
        for text in readings
    ]


# --- numbers of marks and notes ---------------------------------------------------


def test_a_sign_between_two_numbers_is_the_one_that_is_missing() -> None:
    assert numbered(seen("6", "", "8"), NONE)[0] == {0: 6, 1: 7, 2: 8}
    assert numbered(seen("10", "1", "12"), Counted(9, 9))[0] == {0: 10, 1: 11, 2: 12}


def test_a_sign_with_a_place_too_many_has_none() -> None:
    assert numbered(seen("6", "", "7"), Counted(5, 5))[0] == {0: 6, 2: 7}
    # One of two blots between 6 and 8 is the 7; which, nobody can tell, but it is one.
    assert sorted(numbered(seen("6", "", "", "8"), Counted(5, 5))[0].values()) == [6, 7, 8]


def test_what_is_read_as_another_sign_is_no_number() -> None:
    assert numbered(seen("6", "”", "8"), Counted(5, 5))[0] == {0: 6, 2: 8}


def test_signs_that_none_bears_out_have_no_number() -> None:
    assert numbered(seen("", "", ""), NONE) == ({}, NONE)
    assert numbered(seen("1", "2", "", ""), NONE)[0] == {0: 1, 1: 2}


def test_marks_and_notes_of_a_page_bear_each_other_out() -> None:
    blots = seen("", "", "")
    found, last = numbered(blots + seen("", "", "", begins=True), NONE)
    assert found == {0: 1, 1: 2, 2: 3, 3: 1, 4: 2, 5: 3}
    assert last == Counted(3, 3)
    found, _ = numbered(seen("", begins=False) + seen("8", begins=True), Counted(7, 7))
    assert found == {0: 8, 1: 8}
    # Another number of notes than of marks: nothing is certain.
    assert numbered(blots + seen("", "", begins=True), NONE)[0] == {}


def test_numbers_may_start_anew() -> None:
    assert numbered(seen("1", "2", "3"), Counted(40, 40))[0] == {0: 1, 1: 2, 2: 3}


@given(
    st.lists(st.tuples(st.sampled_from(["", "1", "2", "3", "7", "”", "12"]), st.booleans())),
    st.integers(0, 20),
)
def test_numbers_count_up(read: list[tuple[str, bool]], before: int) -> None:
    signs = [one for text, begins in read for one in seen(text, begins=begins)]
    found, _ = numbered(signs, Counted(before, before))
    for begins in (False, True):
        numbers = [n for at, n in sorted(found.items()) if signs[at].sign.begins is begins]
        assert numbers == sorted(set(numbers)) and all(n > 0 for n in numbers)
    assert numbered(signs, Counted(before, before))[0] == found


# --- places of signs -----------------------------------------------------------------


def line(foot: int, left: int = 50, letters: int = 30) -> list[Component]:
    """Return the letters of a row, every fourth of them tall."""
    return [
        Component(x, foot - (28 if n % 4 == 0 else 20), x + 14, foot, 200)
        for n, x in enumerate(range(left, left + 20 * letters, 20))
    ]


def small(left: int, foot: int) -> Component:
    return Component(left, foot - 32, left + 10, foot - 16, 100)


def test_a_row_of_a_note_begins_with_its_sign() -> None:
    ink = [*line(100), small(660, 100), small(30, 200), *line(200)]
    mark, note = raised(ink, rows(ink))
    assert (mark.begins, note.begins) == (False, True)


def test_signs_of_two_columns_are_read_down_the_first_then_the_second() -> None:
    ink = [
        part for foot in range(100, 600, 60) for part in (*line(foot, 50, 15), *line(foot, 500, 15))
    ]
    ink += [small(810, 100), small(360, 220)]
    assert [sign.box[0] for sign in raised(ink, rows(ink))] == [360, 810]


def test_a_row_keeps_its_own_height_beside_that_of_others_in_its_size() -> None:
    short = [Component(x, 180, x + 14, 200, 200) for x in range(50, 130, 20)]
    ink = [*line(100), *short]
    row = rows(ink)[-1]
    assert (row.height, row.own) == (28, 20)


# --- scripts -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("latin", "read", "text"),
    [
        ("Kopw", "Кори", "Корш"),
        ("H.", "Н.", "Н."),
        ("Ho", "Но", "Но"),
        ("Solheim", "бойеШт", ""),  # l, h, i are printed otherwise
        ("pump", "насос", ""),  # other letters were read
        ("1958", "1958", ""),
        ("cop", "19", ""),
    ],
)
def test_letters_printed_alike(latin: str, read: str, text: str) -> None:
    assert cyrillic(latin, read) == text


@pytest.mark.parametrize(
    ("text", "following", "right"),
    [
        ("|.", "112", "l."),
        ("|.,", "Gu", "I.,"),
        ("[.,", "Gu", "I.,"),
        ("|bid.,", "5", "Ibid.,"),
        ("|", "", "|"),
        ("[sic]", "", "[sic]"),
    ],
)
def test_bars_that_stand_for_letters(text: str, following: str, right: str) -> None:
    assert unbarred(text, following) == right


def placed(*read: tuple[str, float], row: int = 0) -> list[Word]:
    """Return words side by side."""
    return [
        Word(text, (100 * n, 50 * row, 100 * n + 90, 50 * row + 30), sure, (1, 1, row))
        for n, (text, sure) in enumerate(read)
    ]


def test_a_word_in_its_own_script_is_not_read_in_another() -> None:
    words = placed(("Веп", 0.1), ("това-", 0.9), ("рищ", 0.2), ("Но", 0.96))
    again = placed(("Ren", 0.9), ("TOBa-", 0.5), ("pum", 0.6), ("Ho", 0.95))
    assert [one.text for one in _better(words, again)] == ["Ren", "това-", "рищ", "Но"]


def test_a_title_goes_on_over_the_end_of_its_line() -> None:
    words = [*placed(("уетзЦу-", 0.2)), *placed(("Ргез", 0.8), ("но", 0.9), row=1)]
    again = [*placed(("Univer-", 0.9)), *placed(("sity", 0.95), ("Ho", 0.5), row=1)]
    assert len(_doubtful_lines(words)) == 2
    assert [one.text for one in _better(words, again)] == ["Univer-", "sity", "но"]


# --- how pages lie -----------------------------------------------------------------


def test_lines_that_run_down_the_page_are_seen() -> None:
    upright = [one for foot in range(100, 600, 60) for one in line(foot)]
    lying = [
        Component(700 - one.bottom, one.left, 700 - one.top, one.right, one.pixels)
        for one in upright
    ]
    assert not sideways(upright)
    assert sideways(lying)
    assert not sideways(lying[:20])


def test_a_page_that_gives_almost_nothing_is_poor() -> None:
    assert poor([])
    assert poor(placed(("ѣ", 0.1), ("~", 0.3)))
    assert not poor(placed(("lamp", 0.9), ("~", 0.3)))


ANSWER = "Page number: 0\\nOrientation in degrees: 90\\nRotate: 270\\nOrientation confidence: {}"


@pytest.mark.parametrize(("confidence", "degrees"), [("11.5", 270), ("0.4", 0)])
def test_how_a_page_lies_is_asked(tmp_path: Path, confidence: str, degrees: int) -> None:
    program = tmp_path / "tesseract"
    answer = ANSWER.format(confidence)
    program.write_text(f"#!{sys.executable}\nprint('{answer}')\n", encoding="utf-8")
    program.chmod(0o755)
    page = Grey(2, 2, bytes(4))
    assert turn(page, Tesseract(str(program), frozenset({"osd"})), dpi=150) == degrees
    assert turn(page, Tesseract(str(program), frozenset({"eng"})), dpi=150) == 0


def page_of(dpi: int) -> bytes:
    """Return a PDF with one small picture scanned at a resolution."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(200, 100), invariant=1)
    canvas.drawString(20, 50, "A page.")
    canvas.save()
    return scan(out.getvalue(), Wear(), dpi=dpi)


@pytest.mark.parametrize(("own", "drawn"), [(200, 200), (400, 400), (100, DPI), (600, DPI)])
def test_a_scan_is_drawn_in_its_own_resolution(own: int, drawn: int) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(page_of(own))
    try:
        assert resolution(document[0]) == pytest.approx(drawn, rel=0.02)
    finally:
        document.close()


# --- ending what was started -----------------------------------------------------------


def test_a_child_that_is_ended_takes_its_programs_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    end, begin = os.pipe()
    program = f"import os, time; time.sleep(20); os.write({begin}, b'still there')"
    code = (
        "import subprocess, sys, time\n"
        f"subprocess.Popen([sys.executable, '-c', {program!r}], pass_fds=({begin},))\n"
        "sys.stdin.buffer.read()\n"
        'print(\'{"error": "none"}\', flush=True)\n'
        "time.sleep(20)\n"
    )

    def started(*, alone: bool) -> subprocess.Popen[bytes]:
        pipe = subprocess.PIPE
        command = [sys.executable, "-c", code]
        return subprocess.Popen(
            command, stdin=pipe, stdout=pipe, pass_fds=(begin,), start_new_session=alone
        )

    monkeypatch.setattr(worker, "_started", started)
    worker.read_in_worker(Source("scan.pdf", b"%PDF"), Settings(ocr=True))
    os.close(begin)
    assert os.read(end, 20) == b""  # closed by its end, not by its own word
    os.close(end)
