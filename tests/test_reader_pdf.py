"""How PDFs are read: what is on the page and what is not, lines, paragraphs, troubles."""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.drawing_pdf import LINES, Sheet, beside, document, drawn, intake, notes_of, paragraphs

from scholiast.config import Settings
from scholiast.model import Document, Source
from scholiast.readers import reader_for

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
SPECIMENS = sorted(path.relative_to(EXAMPLES).as_posix() for path in EXAMPLES.rglob("*.pdf"))
WHOLE = " ".join(LINES)


def body(sheet: Sheet) -> None:
    sheet.lines(*LINES)


def read(name: str) -> Document:
    path = EXAMPLES / name
    reader = reader_for(name)
    assert reader is not None
    return reader(Source(path.name, path.read_bytes()), Settings()).document


def spans_of(text: Document, kind: str) -> list[str]:
    return [text.text[n.start : n.end].strip() for n in text.of_kind(kind)]


# The specimens


@pytest.mark.parametrize("name", SPECIMENS)
def test_a_specimen_is_the_text_of_its_markdown(name: str) -> None:
    markdown, printed = read(f"{name.split('.')[0]}.md"), read(name)
    assert printed.text.split("\n\n") == markdown.text.split("\n\n")
    assert [label for label, _, _ in notes_of(printed)] == [n for n, _, _ in notes_of(markdown)]
    assert [rest for _, *rest in notes_of(printed)] == [rest for _, *rest in notes_of(markdown)]
    for kind in ("quote", "italic", "table", "list", "heading", "turn"):
        assert spans_of(printed, kind) == spans_of(markdown, kind), kind
    assert printed.title == markdown.title
    assert (printed.format, printed.extracted) == ("pdf", True)


@pytest.mark.parametrize("name", SPECIMENS)
def test_segments_lead_to_the_characters_and_boxes_of_the_page(name: str) -> None:
    import pypdfium2
    import pypdfium2.raw as raw

    text = read(name)
    pdf = pypdfium2.PdfDocument(EXAMPLES / name)
    sheets = [page.get_textpage() for page in pdf]
    covered = [0] * len(text.text)
    seen: set[tuple[int, int]] = set()
    for segment in text.segments:
        places = {(segment.page, at) for at in range(segment.source, segment.source_end)}
        assert not places & seen or segment.role == "repair"
        seen |= places
        for at in range(segment.start, segment.end):
            covered[at] += 1
        if segment.role != "text":
            continue
        codes = [raw.FPDFText_GetUnicode(sheets[segment.page - 1], at) for _, at in sorted(places)]
        shown = "".join(map(chr, codes)).replace("\x02", "-")
        assert shown == text.text[segment.start : segment.end]
        left, bottom, right, top = segment.box
        assert 0 <= left < right
        assert 0 <= bottom < top < bottom + 40  # one line
    assert all(count == 1 or text.text[at].isspace() for at, count in enumerate(covered))
    for number, sheet in enumerate(sheets, start=1):
        for at in range(raw.FPDFText_CountChars(sheet)):
            blank = chr(raw.FPDFText_GetUnicode(sheet, at)).isspace()
            assert blank or (number, at) in seen


# What is on the page and what is not


def test_heads_and_page_numbers_are_furniture_and_the_numbers_are_kept() -> None:
    def page(sheet: Sheet, number: str) -> None:
        sheet.line("Annals of the Harbour", x=240)
        sheet.y -= 20
        sheet.lines(*(f"{number} {line}" for line in LINES))
        sheet.y = 40
        sheet.line(number, x=300)

    text = document(*(partial(page, number=n) for n in ("ii", "iii", "iv", "v")))
    assert "Annals" not in text.text
    assert [node.label for node in text.of_kind("page")] == ["ii", "iii", "iv", "v"]
    assert [node.number for node in text.of_kind("page")] == [1, 2, 3, 4]
    assert beside(text, "furniture").count("Annals of the Harbour") == 4


def test_a_head_with_a_number_that_goes_with_the_pages_is_furniture() -> None:
    def page(sheet: Sheet, head: str) -> None:
        sheet.line(head)
        sheet.y -= 20
        sheet.lines(*LINES)

    text = document(partial(page, head="218 Of Ferries"), partial(page, head="Of Keys 219"))
    assert paragraphs(text) == [f"{WHOLE} {WHOLE}"] or paragraphs(text) == [WHOLE, WHOLE]


def test_what_cannot_be_seen_is_beside_the_text() -> None:
    def page(sheet: Sheet) -> None:
        sheet.lines(*LINES)
        sheet.canvas.setFillColorRGB(1, 1, 1)
        sheet.canvas.drawString(72, 300, "a white word")
        sheet.canvas.setFillColorRGB(0, 0, 0)
        sheet.canvas.drawString(72, 900, "a word above the page")
        hidden = sheet.canvas.beginText(72, 280)
        hidden.setTextRenderMode(3)
        hidden.textOut("a hidden word")
        sheet.canvas.drawText(hidden)
        sheet.canvas.rotate(45)
        sheet.canvas.drawString(300, 100, "DRAFT COPY")

    text = document(page)
    assert text.text == WHOLE
    aside = beside(text, "furniture")
    for words in ("a white word", "a word above the page", "a hidden word", "DRAFT COPY"):
        assert words in aside


def test_the_text_under_the_picture_of_a_scan_is_read() -> None:
    def page(sheet: Sheet) -> None:
        for at, line in enumerate(LINES):
            under = sheet.canvas.beginText(72, 700 - 14 * at)
            under.setTextRenderMode(3)
            under.textOut(line)
            sheet.canvas.drawText(under)

    assert document(page).text == WHOLE


# Lines and paragraphs


def test_words_broken_at_line_ends_are_whole_and_compounds_keep_their_hyphen() -> None:
    def page(sheet: Sheet) -> None:
        sheet.lines("The harbour and the agreement about the harbour were well-known to the clerk, who",
                    "signed the agreement twice; a well-known clerk is not the same as a clerk whose agree-",
                    "ment is read, and what is well-", "known is read by nobody.")  # fmt: skip

    text = document(page)
    assert "whose agreement is read, and what is well-known is read" in text.text
    repairs = [s for s in text.segments if s.repair.startswith("hyphen")]
    assert [s.repair for s in repairs] == ["hyphen", "hyphen-kept"]
    assert repairs[0].original == "-"


def test_a_paragraph_begins_with_an_indent_and_goes_on_over_the_page() -> None:
    def page(sheet: Sheet) -> None:
        for _ in range(3):
            sheet.lines(*LINES, "It ended.", first=14)

    def broken(sheet: Sheet) -> None:
        sheet.lines(*LINES, first=14)

    def rest(sheet: Sheet) -> None:
        sheet.lines("And so it went on.")
        sheet.lines(*LINES, first=14)

    text = document(page, broken, rest)
    assert paragraphs(text) == [f"{WHOLE} It ended."] * 3 + [f"{WHOLE} And so it went on.", WHOLE]


def test_two_columns_are_read_one_after_the_other_below_a_title() -> None:
    left = [f"left column line {n} of the text" for n in range(12)]
    right = [f"right column line {n} of the text" for n in range(12)]

    def page(sheet: Sheet) -> None:
        sheet.heading("A Title That Stands above Both of the Columns of This Page, and Long")
        for one, two in zip(left, right, strict=True):
            sheet.canvas.setFont("Times-Roman", 11)
            sheet.canvas.drawString(310, sheet.y, two)
            sheet.line(one)

    text = document(page).text
    assert " ".join(left) in " ".join(text.split())
    assert " ".join(right) in " ".join(text.split())
    assert text.index("left column line 11") < text.index("right column line 0")


def test_an_address_over_two_lines_keeps_its_hyphens() -> None:
    def page(sheet: Sheet) -> None:
        sheet.lines(*LINES, "It is printed in harbours.example/issues/2014/the-search-for-lost-",
                    "documents-of-the-harbour, where nobody has looked for it in all these years.")  # fmt: skip

    assert "the-search-for-lost-documents-of-the-harbour, where" in document(page).text


def test_a_drop_capital_stands_before_its_word() -> None:
    def page(sheet: Sheet) -> None:
        sheet.heading("On Ferries")
        sheet.canvas.setFont("Times-Roman", 34)
        sheet.canvas.drawString(72, sheet.y - 14, "T")
        for at, line in enumerate((LINES[0][1:], *LINES[1:])):
            sheet.line(line, x=96 if at < 2 else 72)

    text = document(page)
    assert paragraphs(text) == ["On Ferries", WHOLE]
    repair = next(s for s in text.segments if s.repair == "initial")
    assert (text.text[repair.start : repair.end], repair.original) == ("T", "T")


def test_accents_drawn_over_letters_are_one_letter_with_them() -> None:
    def page(sheet: Sheet) -> None:
        sheet.lines(*LINES)
        sheet.canvas.setFont("Times-Roman", 11)
        width = sheet.canvas.stringWidth
        sheet.canvas.drawString(72, sheet.y, "caf")
        at = 72 + width("caf", "Times-Roman", 11)
        sheet.canvas.drawString(at + 0.6, sheet.y, "\u00b4")
        sheet.canvas.drawString(at, sheet.y, "e owners")

    text = document(page)
    assert text.text.endswith("café owners")
    repair = next(s for s in text.segments if s.repair == "accent")
    assert text.text[repair.start : repair.end] == "é"


def test_a_table_has_tabs_between_its_cells_and_a_stretched_line_has_none() -> None:
    def page(sheet: Sheet) -> None:
        sheet.lines(*LINES)
        sheet.y -= 10
        for row in (("Year", "Wagons", "Guests"), ("1954", "640", "12"), ("1955", "655", "9")):
            for at, cell in enumerate(row):
                sheet.canvas.setFont("Times-Roman", 11)
                sheet.canvas.drawString(72 + 120 * at, sheet.y, cell)
            sheet.y -= 14

    text = document(page)
    assert paragraphs(text)[1:] == ["Year\tWagons\tGuests", "1954\t640\t12", "1955\t655\t9"]
    assert spans_of(text, "table") == ["Year\tWagons\tGuests\n\n1954\t640\t12\n\n1955\t655\t9"]


def test_headings_are_told_by_their_size_and_italics_by_their_font() -> None:
    def page(sheet: Sheet) -> None:
        sheet.heading("The Keys")
        sheet.lines(*LINES)
        sheet.line("She had read ", "/The Quiet Harbour/", " twice.")

    text = document(page)
    assert spans_of(text, "heading") == ["The Keys"]
    assert spans_of(text, "italic") == ["The Quiet Harbour"]


# Troubles


def detail(data: bytes, options: Settings | None = None) -> tuple[str, str]:
    told = intake(data, options)
    assert told.document.text == ""
    (trouble,) = told.troubles
    return trouble.name, trouble.detail


def test_files_that_cannot_be_read_say_why_and_what_to_do() -> None:
    good = drawn(body)
    assert detail(b"") == ("empty-file", "")
    assert "it is no PDF" in detail(b"The text of a letter.")[1]
    assert "it is damaged" in detail(good[: len(good) // 2])[1]
    locked = drawn(body, encrypt="sesame")
    assert detail(locked)[1] == "it is encrypted: give the password with --password"
    wrong = Settings(password="open")
    assert "the password is wrong: give the password with --password" in detail(locked, wrong)[1]
    assert intake(locked, Settings(password="sesame")).document.text == WHOLE


def test_a_file_without_pages_says_so() -> None:
    import pypdf

    buffer = io.BytesIO()
    pypdf.PdfWriter().write(buffer)
    assert "it has no pages" in detail(buffer.getvalue())[1]


def test_a_page_without_a_mark_is_empty() -> None:
    assert detail(drawn(lambda sheet: None)) == ("empty-file", "")


def test_a_scan_without_text_asks_for_recognition() -> None:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("L", (400, 600), 220).save(buffer, "PDF")
    name, why = detail(buffer.getvalue())
    assert name == "unreadable-file"
    assert "pictures of a scan" in why
    assert "--ocr" in why


def test_pages_that_are_pictures_among_pages_of_text_are_named() -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    picture = io.BytesIO()
    Image.new("L", (400, 600), 220).save(picture, "PNG")

    def scanned(sheet: Sheet) -> None:
        sheet.canvas.drawImage(ImageReader(picture), 20, 20, 560, 740)

    told = intake(drawn(body, scanned, body))
    assert [trouble.name for trouble in told.troubles] == ["unreadable-pages"]
    assert told.troubles[0].detail.startswith("page 2 is a picture without text: use --ocr")
    assert told.document.text.count("The ferry was built") == 2


def test_a_form_whose_lines_come_again_on_every_page_is_text() -> None:
    def page(sheet: Sheet, number: int) -> None:
        for at in range(30):
            sheet.line(f"Field {at} of sheet {number} of the form")

    text = document(*(partial(page, number=n) for n in range(3)))
    assert text.text.count("of the form") == 90


@settings(max_examples=40, deadline=None)
@given(
    cuts=st.lists(st.tuples(st.integers(0, 6000), st.binary(max_size=6)), min_size=1, max_size=12)
)
def test_damaged_bytes_give_an_intake_and_no_exception(cuts: list[tuple[int, bytes]]) -> None:
    data = bytearray(drawn(body, body))
    for at, put in cuts:
        data[at : at + len(put)] = put
    told = intake(bytes(data))
    assert told.document.format == "pdf"
    end = len(told.document.text)
    assert all(0 <= s.start <= s.end <= end for s in told.document.segments)
    assert told == intake(bytes(data))
