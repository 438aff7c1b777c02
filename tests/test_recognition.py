"""Recognition of scans, in what needs no tesseract: a script stands in for it.

All texts here are invented specimens.
"""

from __future__ import annotations

import math
import random
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.scan import WEARS, Wear, scan

from scholiast import worker
from scholiast.config import Settings
from scholiast.model import Source
from scholiast.progress import listening, step
from scholiast.readers.pdf import read
from scholiast.readers.pdf.page import Page
from scholiast.readers.recognition.components import components
from scholiast.readers.recognition.image import WHITE, Grey, inked
from scholiast.readers.recognition.languages import told
from scholiast.readers.recognition.marks import raised
from scholiast.readers.recognition.program import RecognitionError, Tesseract, installed
from scholiast.readers.recognition.rows import rows, rules
from scholiast.readers.recognition.sizes import evened
from scholiast.readers.recognition.skew import skew
from scholiast.readers.recognition.spelling import pieces
from scholiast.readers.recognition.words import Word, letters, words

HEAD = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
)


def row(text: str, left: int = 10, confidence: str = "91.5", level: int = 5) -> str:
    return f"{level}\t1\t1\t1\t1\t1\t{left}\t20\t30\t12\t{confidence}\t{text}"


# --- what tesseract writes ----------------------------------------------------------


def test_words_of_a_table() -> None:
    table = "\n".join([HEAD, row("", level=4, confidence="-1"), row("treaty"), row("Договор", 50)])
    first, second = words(table)
    assert (first.text, first.box, first.line) == ("treaty", (10, 20, 40, 32), (1, 1, 1))
    assert first.confidence == pytest.approx(0.915)
    assert (second.text, second.box[0]) == ("Договор", 50)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "5\t1\t1",
        row("  "),
        row("x", confidence="high"),
        row("x").replace("\t30\t", "\t0\t"),
        row("x").replace("\t20\t", "\t\t"),
    ],
)
def test_what_is_no_row_of_a_word_is_passed_over(line: str) -> None:
    assert [word.text for word in words(f"{HEAD}\r\n{line}\r\n{row('kept')}\r\n")] == ["kept"]


def test_a_word_may_hold_a_quotation_mark_or_a_tabulator() -> None:
    assert [word.text for word in words(row('"so') + "\n" + row("a\tb"))] == ['"so', "a\tb"]


@given(st.text())
def test_any_output_gives_words_or_none(output: str) -> None:
    assert all(word.text.strip() and 0 <= word.confidence <= 1 for word in words(output))
    assert isinstance(letters(output), list)


def test_letters_of_hocr() -> None:
    span = "<span class='ocrx_cinfo' title='x_bboxes {} 35 {} 76; x_conf {}'>{}</span>"
    page = span.format(62, 91, 98.7, 1) + span.format(95, 120, 40, "&amp;")
    assert [(one.text, one.left, one.right) for one in letters(page)] == [
        ("1", 62, 91),
        ("&", 95, 120),
    ]
    assert letters(page)[0].confidence == pytest.approx(0.987)


# --- pictures -----------------------------------------------------------------------


class Paper:
    """A picture on which letters are blocks of ink."""

    def __init__(self, width: int = 900, height: int = 500, paper: int = 240) -> None:
        self.width, self.height = width, height
        self.data = bytearray([paper]) * (width * height)

    def ink(self, left: int, top: int, right: int, bottom: int, level: int = 20) -> None:
        for y in range(top, bottom):
            self.data[y * self.width + left : y * self.width + right] = bytes([level]) * (
                right - left
            )

    def row(self, foot: int, left: int = 50, letters: int = 30, x: int = 20) -> int:
        """Set letters side by side, every fourth of them tall; return where the last one ends."""
        for n in range(letters):
            high = int(1.4 * x) if n % 4 == 0 else x
            self.ink(left, foot - high, left + 14, foot)
            left += 20
        return left - 6

    @property
    def image(self) -> Grey:
        return Grey(self.width, self.height, bytes(self.data))


def found(paper: Paper) -> list:  # type: ignore[type-arg]
    return components(inked(paper.image), paper.width)


def test_pieces_of_ink_are_found_with_their_boxes() -> None:
    paper = Paper(200, 100)
    paper.ink(10, 10, 20, 30)
    paper.ink(40, 10, 50, 12)
    paper.ink(44, 12, 46, 30)  # joined with the one above
    assert [(one.box, one.pixels) for one in found(paper)] == [
        ((10, 10, 20, 30), 200),
        ((40, 10, 50, 30), 56),
    ]


def test_pieces_that_meet_below_are_one() -> None:
    paper = Paper(100, 100)
    paper.ink(10, 10, 14, 40)
    paper.ink(30, 10, 34, 40)
    paper.ink(10, 38, 34, 44)
    assert [one.box for one in found(paper)] == [(10, 10, 34, 44)]


def test_an_empty_page_has_no_ink() -> None:
    assert found(Paper()) == []
    noise = random.Random(1).randbytes(900 * 500)
    grey = Grey(900, 500, bytes(225 + level // 16 for level in noise))
    assert components(inked(grey), 900) == []


def test_ink_is_found_on_paper_that_darkens_to_one_side() -> None:
    paper = Paper(900, 300)
    for x in range(900):
        paper.data[x::900] = bytes([240 - x // 8]) * 300
    for left in range(50, 850, 40):
        paper.ink(left, 100, left + 14, 130, level=60)
    assert len(found(paper)) == 20


def test_rows_and_their_feet() -> None:
    paper = Paper()
    paper.row(100)
    paper.row(160)
    paper.ink(50, 200, 500, 203)
    first, second = rows(found(paper))
    assert (first.foot, first.height, len(first.letters)) == (100, 28, 30)
    assert second.foot == 160
    assert [rule.box for rule in rules(found(paper))] == [(50, 200, 500, 203)]


def test_a_raised_sign_is_found_by_its_place() -> None:
    paper = Paper()
    end = paper.row(100)
    paper.ink(end + 4, 68, end + 12, 84)
    paper.ink(end + 15, 68, end + 23, 84)  # a second digit
    paper.row(160)
    (sign,) = raised(found(paper), rows(found(paper)))
    assert sign.box == (end + 4, 68, end + 23, 84)


@pytest.mark.parametrize(
    ("top", "bottom"),
    [
        (72, 80),  # an apostrophe is lower
        (88, 100),  # stands on the foot of the row
        (95, 104),  # a comma
        (40, 56),  # too high for this row
    ],
)
def test_other_small_signs_are_not_raised(top: int, bottom: int) -> None:
    paper = Paper()
    end = paper.row(100)
    paper.ink(end + 4, top, end + 12, bottom)
    assert raised(found(paper), rows(found(paper))) == []


def test_a_sign_with_ink_below_it_is_part_of_a_letter() -> None:
    paper = Paper()
    end = paper.row(100)
    paper.ink(end + 4, 70, end + 14, 84)
    paper.ink(end + 4, 88, end + 14, 100)
    assert raised(found(paper), rows(found(paper))) == []


def test_the_angle_of_a_page_is_measured() -> None:
    paper = Paper(1200, 900)
    slope = math.tan(math.radians(1.2))
    for foot in range(100, 800, 60):
        for left in range(50, 1100, 20):
            down = int(foot + left * slope)
            paper.ink(left, down - 20, left + 14, down)
    assert math.degrees(skew(found(paper))) == pytest.approx(1.2, abs=0.1)
    assert skew([]) == 0.0


def test_parts_are_taken_out_and_left_alone() -> None:
    paper = Paper(100, 60)
    paper.ink(10, 10, 20, 30)
    paper.ink(50, 10, 60, 30)
    without = paper.image.without([(8, 8, 22, 32), (-5, -5, 0, 0)])
    assert [one.box for one in components(inked(without), 100)] == [(50, 10, 60, 30)]
    only = paper.image.only([(8, 8, 22, 32)])
    assert [one.box for one in components(inked(only), 100)] == [(10, 10, 20, 30)]
    crop = paper.image.crop((-2, -2, 12, 12))
    assert (crop.width, crop.height, crop.data[0]) == (14, 14, WHITE)
    assert paper.image.pgm().startswith(b"P5 100 60 255\n")
    large = paper.image.crop((10, 10, 20, 30)).scaled(3)
    assert (large.width, large.height, len(large.data)) == (30, 60, 1800)


def test_sizes_that_differ_by_a_pixel_are_one() -> None:
    assert evened([(9.8, 500), (10.0, 900), (10.3, 400), (8.1, 300), (16.0, 12)]) == {
        9.8: 10.0,
        10.0: 10.0,
        10.3: 10.0,
        8.1: 8.1,
        16.0: 16.0,
    }


# --- words as they are printed --------------------------------------------------------


def word(text: str, left: int, right: int) -> Word:
    return Word(text, (left, 0, right, 40), 0.9)


def test_blanks_stand_between_words_but_not_between_han_characters() -> None:
    english = pieces([word("The", 0, 60), word("treaty", 80, 200)])
    assert [(one.text, one.blank) for one in english] == [("The", False), ("treaty", True)]
    chinese = list(
        pieces(
            [word("条约", 0, 60), word("在", 90, 120), word("1958", 130, 200), word("年", 210, 250)]
        )
    )
    assert not any(one.blank for one in chinese)
    assert chinese[0].right == 90  # the boxes of Han characters are inexact


def test_signs_of_a_han_text_are_wide() -> None:
    line = [
        word("会议,", 0, 60),
        word("第12一19页:", 60, 200),
        word("1,050", 200, 240),
        word("辆", 240, 280),
    ]
    assert "".join(one.text for one in pieces(line)) == "会议，第12—19页：1,050辆"


# --- the program ------------------------------------------------------------------------


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Put a program named tesseract first on the path."""
    path = folder / "tesseract"
    path.write_text(f"#!{sys.executable}\nimport sys, time\n{body}", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


LISTS = "if '--list-langs' in sys.argv: print('List (2):\\neng\\nosd'); sys.exit()\n"
BLANK = Grey(40, 20, bytes([WHITE]) * 800)


def test_without_tesseract_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert installed() is None


def test_the_languages_are_those_it_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, LISTS)
    found = installed()
    assert found is not None and found.languages == {"eng", "osd"}


def test_it_gets_the_picture_and_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(
        tmp_path,
        monkeypatch,
        LISTS + "data = sys.stdin.buffer.read()\n"
        "print('\\t'.join(['5', '1', '1', '1', '1', '1', '1', '1', '9', '9', '80', "
        "f'{len(data)}:' + ':'.join(sys.argv[1:])]))",
    )
    found = installed()
    assert found is not None
    (only,) = found.read(BLANK, ["eng", "rus"], dpi=300)
    assert only.text.startswith(f"{len(BLANK.pgm())}:stdin:stdout:-l:eng+rus:--dpi:300:--psm:3:")


def test_it_may_fail_or_take_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, LISTS + "print('no data', file=sys.stderr); sys.exit(1)")
    found = installed()
    assert found is not None
    with pytest.raises(RecognitionError, match="no data"):
        found.read(BLANK, ["eng"], dpi=300)
    with pytest.raises(RecognitionError, match="0 seconds that page-seconds allows"):
        found.within(0).read(BLANK, ["eng"], dpi=300)
    with pytest.raises(RecognitionError, match="cannot be started"):
        Tesseract(str(tmp_path / "gone"), frozenset()).read(BLANK, ["eng"], dpi=300)


def test_a_language_that_is_told_is_used_or_said_to_be_missing() -> None:
    program = Tesseract("tesseract", frozenset({"eng", "rus", "chi_sim", "chi_tra"}))
    choice = told("ru-RU", program)
    assert choice is not None
    assert (choice.main, choice.beside) == ("rus", ("eng", "chi_sim"))
    traditional = told("zh-Hant-TW", program)
    assert traditional is not None and traditional.main == "chi_tra"
    assert told("", program) is None
    assert told("tlh", program) is None
    with pytest.raises(RecognitionError, match="apt-get install tesseract-ocr-deu"):
        told("de", program)


# --- through the reader -------------------------------------------------------------------


def picture_of_a_page() -> bytes:
    """Return a PDF with one small picture and no text."""
    import io

    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(200, 100), invariant=1)
    canvas.drawString(20, 50, "A page.")
    canvas.save()
    return scan(out.getvalue(), Wear(), dpi=100)


def troubles(settings: Settings) -> list[tuple[str, str]]:
    intake = read(Source("scan.pdf", picture_of_a_page()), settings)
    return [(trouble.name, trouble.detail) for trouble in intake.troubles]


def test_a_scan_is_said_to_be_one() -> None:
    ((name, detail),) = troubles(Settings())
    assert name == "unreadable-file" and "--ocr" in detail


def test_without_tesseract_one_line_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ((name, detail),) = troubles(Settings(ocr=True))
    assert name == "unreadable-file"
    assert "apt-get install tesseract-ocr" in detail and "\n" not in detail


def test_a_language_that_is_not_installed_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, LISTS)
    ((name, detail),) = troubles(Settings(ocr=True, language="ru"))
    assert name == "unreadable-file" and "tesseract-ocr-rus" in detail


def test_a_program_that_fails_costs_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, LISTS + "sys.exit('out of order')")
    ((name, detail),) = troubles(Settings(ocr=True, language="en"))
    assert name == "unreadable-file" and "out of order" in detail


def test_the_child_tells_its_pages_and_gets_time_for_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = row("Recognised")
    stand_in(tmp_path, monkeypatch, LISTS + f"print({table!r})")
    told: list[tuple[int, int]] = []
    settings = Settings(ocr=True, language="en")
    with listening(lambda done, total: told.append((done, total))):
        intake = worker.read_in_worker(Source("scan.pdf", picture_of_a_page()), settings)
    assert intake.document.text == "Recognised"
    assert told == [(0, 1), (1, 1)]
    (segment,) = (one for one in intake.document.segments if one.role == "text")
    assert (segment.source, segment.source_end, segment.page) == (0, 0, 1)
    assert segment.confidence == pytest.approx(0.915)
    left, bottom, right, top = segment.box
    assert 0 <= left < right <= 200 and 0 <= bottom < top <= 100


def test_nobody_need_listen() -> None:
    step(1, 2)


def test_a_child_that_hangs_in_recognition_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, LISTS + "time.sleep(30)")
    settings = Settings(ocr=True, language="en", page_seconds=1)
    intake = worker.read_in_worker(Source("scan.pdf", picture_of_a_page()), settings)
    ((name, detail),) = ((one.name, one.detail) for one in intake.troubles)
    assert name == "unreadable-file" and "page-seconds" in detail


def test_boxes_lie_where_the_ink_lies_on_a_page_scanned_askew() -> None:
    page = Page(1, 400, 600, skew=math.radians(90), middle=(200.0, 300.0))
    # A quarter turn shows the direction: what lies right of the middle lies above it.
    assert page.box(290, 290, 310, 310) == pytest.approx((190, 390, 210, 410))


def test_a_scan_is_the_same_for_the_same_seed() -> None:
    data = picture_of_a_page()
    assert scan(data, WEARS["heavy"], seed=3) == scan(data, WEARS["heavy"], seed=3)
    assert scan(data, WEARS["heavy"], seed=3) != scan(data, WEARS["heavy"], seed=4)
