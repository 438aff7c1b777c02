"""Highlights in PDFs: on the exact words, behind the file's own bytes. All texts are invented."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from benchmarks.highlights.measure import Report, _figures, table
from benchmarks.highlights.pages import Under, bare, changed_pages, highlights
from benchmarks.reading import Reading
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    RectangleObject,
)
from tools import pdf
from tools.manuscript import parse

from pdf_documents import document_of, finding, packed
from scholiast.cli.main import main
from scholiast.model import Certainty, Document, Finding, Place, Segment, Source
from scholiast.report.annotate import annotate, cautions
from scholiast.report.annotate_error import AnnotateError
from scholiast.report.annotate_pdf import annotate_pdf
from scholiast.report.pdf_boxes import in_lines
from scholiast.report.pdf_increment import sound
from scholiast.report.remarks import SIGN

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
NAMES = ["roundtable/roundtable", "article/article", "interview/panel", "ru/statia", "zh/wenzhang"]
SHORT = """# A Short Text

The ferry crossed *the lower river* twice a day, and the cashier counted the passengers by
their tickets, as he had been told to do by the ministry.[^1] Nobody counted the animals.

[^1]: Log of the ferry, 4 May 1954, p. 7.
"""


def specimen(name: str) -> bytes:
    return (EXAMPLES / name).read_bytes()


@pytest.fixture(scope="module")
def short() -> bytes:
    return pdf.write(parse(SHORT))


def annotations(data: bytes, sort: str = "/Highlight") -> list[Any]:
    found = []
    for page in PdfReader(io.BytesIO(data)).pages:
        every = (one.get_object() for one in page.annotations or ())
        found += [one for one in every if one["/Subtype"] == sort]
    return found


def covered(data: bytes) -> list[str]:
    """The words under each highlight."""
    under = Under(data)
    return [under.words([one]) for one in highlights(data)]


def rewritten(data: bytes, change: Callable[[PdfWriter], None]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


# --- the exact words -------------------------------------------------------------


@pytest.mark.parametrize("columns", ["", ".twocolumn"])
@pytest.mark.parametrize("name", NAMES)
def test_highlights_cover_the_words_and_change_nothing_else(name: str, columns: str) -> None:
    data = specimen(f"{name}{columns}.pdf")
    document = document_of(data)
    words = [word for word in document.text.split() if len(bare(word)) > 3]
    quotes = [
        document.text[at : at + 90].split(" ", 1)[-1].rsplit(" ", 1)[0]
        for at in range(50, len(document.text) - 100, len(document.text) // 15)
    ]
    quotes += words[:: len(words) // 10]
    found = [replace(finding(document, q), id=f"{at:012x}") for at, q in enumerate(quotes)]
    out = annotate_pdf(document, found, data)
    under = Under(out)
    seen: dict[str, list[Any]] = {}
    for one in highlights(out):
        seen.setdefault(one.name[:12], []).append(one)
    assert [bare(under.words(seen[one.id])) for one in found] == [bare(q) for q in quotes]
    assert changed_pages(data, out) == (0, len(PdfReader(io.BytesIO(data)).pages))


def test_words_in_italics_and_over_a_line_end(short: bytes) -> None:
    document = document_of(short)
    end = document.text.index("Nobody")
    for quote, lines in (
        ("the lower river", 1),
        (document.text[end - 80 : end].strip(), 2),
        ("p. 7", 1),
    ):
        out = annotate_pdf(document, [finding(document, quote)], short)
        (own,) = annotations(out)
        assert bare(covered(out)[0]) == bare(quote)
        assert len(own["/QuadPoints"]) == 8 * lines
        assert len(annotations(out, "/Popup")) == 1


def test_words_over_two_columns_and_pages_are_one_finding() -> None:
    data = specimen("roundtable/roundtable.pdf")
    document = document_of(data)
    break_ = next(node.start for node in document.of_kind("page") if node.number == 3)
    quote = document.text[break_ - 30 : break_ + 30].strip()
    out = annotate_pdf(document, [finding(document, quote)], data)
    first, second = annotations(out)
    assert bare("".join(covered(out))) == bare(quote)
    assert (first["/NM"] + "-2", "/Popup" in second) == (second["/NM"], False)
    assert second["/Contents"].endswith("continued from page 2")
    assert first["/P"].get_object() != second["/P"].get_object()


def rotated(writer: PdfWriter) -> None:
    writer.pages[0].rotate(90)


def shifted(writer: PdfWriter) -> None:
    writer.pages[0].mediabox = RectangleObject((-120, -40, 482, 700))


def cropped(writer: PdfWriter) -> None:
    writer.pages[0].cropbox = RectangleObject((50, 300, 440, 650))


def turned_and_cropped(writer: PdfWriter) -> None:
    shifted(writer)
    cropped(writer)
    writer.pages[0].rotate(270)


def boxes_inherited(writer: PdfWriter) -> None:
    page = writer.pages[0]
    parent: Any = page["/Parent"].get_object()
    for key in ("/MediaBox", "/Resources", "/Rotate"):
        if key in page:
            parent[NameObject(key)] = page[key]
            del page[key]
    parent[NameObject("/Rotate")] = NumberObject(90)


@pytest.mark.parametrize("change", [rotated, shifted, cropped, turned_and_cropped, boxes_inherited])
def test_turned_and_cropped_pages(short: bytes, change: Callable[[PdfWriter], None]) -> None:
    data = rewritten(short, change)
    document = document_of(data)
    quote = "cashier counted the passengers by their tickets"
    assert quote in document.text
    out = annotate_pdf(document, [finding(document, quote)], data)
    assert bare(covered(out)[0]) == bare(quote)
    assert changed_pages(data, out) == (0, 1)
    assert shaded(out) > shaded(data)


def shaded(data: bytes) -> int:
    """How many pixels of the first page have a colour."""
    bitmap = pypdfium2.PdfDocument(data)[0].render(scale=1)
    pixels = bytes(bitmap.buffer)
    step = bitmap.n_channels
    return sum(
        pixels[at] != pixels[at + 1]
        for row in range(bitmap.height)
        for at in range(row * bitmap.stride, row * bitmap.stride + bitmap.width * step, step)
    )


# --- what has no words, or no characters ------------------------------------------


def with_mark(document: Document) -> Document:
    """The document with the mark of its note taken out of the text."""
    segments: list[Segment] = []
    at = document.text.index("ministry.1") + len("ministry.")
    for one in document.segments:
        if not one.start <= at < one.end:
            shift = 1 if one.start > at else 0
            segments.append(one._replace(start=one.start - shift, end=one.end - shift))
            continue
        middle = one.source + at - one.start
        segments.append(one._replace(end=at, source_end=middle))
        segments.append(
            Segment(at, at, middle, middle + 1, page=one.page, role="mark", original="1")
        )
        segments.append(one._replace(start=at, end=one.end - 1, source=middle + 1))
    text = document.text[:at] + document.text[at + 1 :]
    return replace(document, text=text, segments=tuple(segments))


def test_a_callout_is_highlighted_at_its_mark(short: bytes) -> None:
    document = with_mark(document_of(short))
    at = document.text.index("ministry.") + len("ministry.")
    one = finding(document, "ferry")
    marked = replace(one, place=Place(document.name, at, at, "1"))
    assert covered(annotate_pdf(document, [marked], short)) == ["1"]
    unnamed = replace(one, place=Place(document.name, at, at, ""))
    assert covered(annotate_pdf(document, [unnamed], short)) == ["1"]


def test_words_around_a_mark_do_not_cover_it(short: bytes) -> None:
    document = with_mark(document_of(short))
    quote = "by the ministry. Nobody"
    out = annotate_pdf(document, [finding(document, quote)], short)
    assert bare(covered(out)[0]) == bare(quote)


def test_words_quoted_with_a_mark_cover_it(short: bytes) -> None:
    document = with_mark(document_of(short))
    one = finding(document, "ministry. Nobody")
    for start, end, quote in (
        (0, 0, "ministry.1 Nobody"),
        (0, -7, "ministry.1"),
        (9, 0, "1 Nobody"),
    ):
        place = one.place
        own = replace(place, start=place.start + start, end=place.end + end, quote=quote)
        out = annotate_pdf(document, [replace(one, place=own)], short)
        assert bare(covered(out)[0]) == bare(quote)


def test_a_place_between_words_leads_to_the_word_before(short: bytes) -> None:
    document = document_of(short)
    at = document.text.index(" the cashier")
    one = replace(finding(document, "ferry"), place=Place(document.name, at, at, ""))
    assert covered(annotate_pdf(document, [one], short)) == ["and"]


def test_recognised_words_are_found_by_their_boxes(short: bytes) -> None:
    document = Document(
        "scan.pdf",
        format="pdf",
        text="two recognised words",
        segments=(
            Segment(0, 3, 0, 0, page=1, role="repair", box=(100, 500, 130, 512), confidence=0.9),
            Segment(4, 14, 0, 0, page=1, role="repair", box=(135, 500, 235, 512), confidence=0.9),
            Segment(15, 20, 0, 0, page=1, role="repair", box=(100, 480, 150, 492), confidence=0.9),
        ),
    )
    (whole,) = annotations(annotate_pdf(document, [finding(document, document.text)], short))
    assert [float(one) for one in whole["/QuadPoints"]] == [
        *(100, 512, 235, 512, 100, 500, 235, 500),
        *(100, 492, 150, 492, 100, 480, 150, 480),
    ]
    (part,) = annotations(annotate_pdf(document, [finding(document, "cog")], short))
    assert [float(one) for one in part["/Rect"]] == [155, 500, 185, 512]


def test_what_is_about_the_whole_copy_is_a_note_on_the_first_page(short: bytes) -> None:
    document = document_of(short)
    one = replace(finding(document, "ferry"), place=Place(document.name, 0, 0, ""))
    two = replace(one, id="0" * 12)
    out = annotate_pdf(document, [one, two], short)
    assert annotations(out) == []
    first, second = annotations(out, "/Text")
    assert "Is it?" in first["/Contents"]
    assert first["/Rect"] != second["/Rect"]
    assert changed_pages(short, out) == (0, 1)


def test_a_large_initial_is_no_part_of_a_line() -> None:
    initial, line = (60.0, 476.0, 76.0, 504.0), (78.0, 490.0, 200.0, 502.0)
    mark = (200.5, 495.0, 204.0, 503.0)
    assert in_lines([(initial, False), (line, False), (mark, False)]) == [
        initial,
        (78.0, 490.0, 204.0, 503.0),
    ]
    upwards = [((50.0, 100.0 + at, 60.0, 105.0 + at), True) for at in (0, 5, 10)]
    assert in_lines(upwards) == [(50.0, 100.0, 60.0, 115.0)]


# --- what a note says ---------------------------------------------------------------


def test_a_note_says_all_in_words(short: bytes) -> None:
    document = document_of(short)
    one = finding(document, "tickets", "animals", certainty=Certainty.CERTAIN)
    date = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    out = annotate_pdf(document, [one], short, author="E. W.", date=date)
    own, also = annotations(out)
    note = own["/Contents"].split("\n")
    assert note[:2] == ["Is it?", "Something is amiss."]
    assert note[2].startswith("Also page 217") and "“animals”" in note[2]
    assert note[3] == f"DOC099 test-words · certain · #{one.id}"
    assert (own["/T"], own["/Subj"], own["/F"]) == ("E. W.", "DOC099 test-words", 4)
    assert own["/M"] == "D:20240506070809+00'00'"
    assert also["/Contents"].startswith("See also: DOC099 on “tickets”, page 217\n")
    assert SIGN.search(also["/Contents"])
    assert sum(also["/C"]) > sum(own["/C"])
    form = own["/AP"]["/N"]
    assert form["/Resources"]["/ExtGState"]["/G"]["/BM"] == "/Multiply"
    assert form["/BBox"] == own["/Rect"]
    assert own["/Popup"]["/Parent"] == own


def test_letters_of_every_script_are_in_notes_and_bookmarks() -> None:
    data = specimen("zh/wenzhang.pdf")
    document = document_of(data)
    out = annotate_pdf(document, [finding(document, "哈尔滨铁路局")], data)
    titles = [str(one.title) for one in flat(PdfReader(io.BytesIO(out)).outline)]
    assert "DOC099, likely: “哈尔滨铁路局”" in titles


# --- bookmarks ------------------------------------------------------------------------


def flat(outline: Any) -> list[Any]:
    found = []
    for one in outline:
        found += flat(one) if isinstance(one, list) else [one]
    return found


def test_bookmarks_lead_to_the_findings_and_keep_those_of_the_file() -> None:
    text = parse((EXAMPLES / "article/article.md").read_text(encoding="utf-8"))
    data = pdf.write(text, pdf.Layout(outline=True))
    document = document_of(data)
    quotes = ["flat-bottomed ferry", "the Chinese side coal", "The difference is not fraud"]
    out = annotate_pdf(document, [finding(document, quote) for quote in quotes], data)
    reader = PdfReader(io.BytesIO(out))
    before = [str(one.title) for one in flat(PdfReader(io.BytesIO(data)).outline)]
    outline: Any = reader.outline
    assert [str(one.title) for one in flat(outline)[-len(before) :]] == before
    assert outline[0].title == "Scholiast: 3 findings"
    groups = outline[1]
    assert [one.title for one in groups if not isinstance(one, list)] == ["Page 217", "Page 218"]
    assert [one.title for one in flat(groups) if "DOC" in one.title] == [
        f"DOC099, likely: “{quote}”" for quote in quotes
    ]
    pages = [reader.get_destination_page_number(one) for one in flat(outline)[:6]]
    assert pages == [0, 0, 0, 0, 1, 1]
    root: Any = reader.root_object["/Outlines"]
    assert root["/Count"] == 6 + len(before)
    assert root["/First"]["/Next"]["/Prev"] == root["/First"]


def test_many_findings_are_folded_up(short: bytes) -> None:
    document = document_of(short)
    found = [replace(finding(document, "ferry"), id=f"{at:012x}") for at in range(40)]
    out = annotate_pdf(document, found, short)
    root: Any = PdfReader(io.BytesIO(out)).root_object["/Outlines"]
    assert (root["/Count"], root["/First"]["/First"]["/Count"]) == (2, -40)


# --- the file -------------------------------------------------------------------------


def with_stream_table(data: bytes) -> bytes:
    """The file with a table in a stream, as newer programs write it."""
    writer = PdfWriter(fileobj=PdfReader(io.BytesIO(data)), incremental=True)
    writer.pages[0][NameObject("/Tabs")] = NameObject("/S")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("change", [lambda data: data, with_stream_table, packed])
def test_the_file_itself_stays_as_it_was(short: bytes, change: Callable[[bytes], bytes]) -> None:
    data = change(short)
    document = document_of(data)
    one, other = finding(document, "tickets"), finding(document, "animals")
    out = annotate_pdf(document, [one], data)
    assert out.startswith(data)
    assert out == annotate_pdf(document, [one], data)
    assert annotate_pdf(document, [one], out) == out  # it is asked already
    again = annotate_pdf(document, [one, other], out)
    assert again.startswith(out)
    assert covered(again) == ["tickets", "animals"]
    assert sound(again)
    assert (
        PdfReader(io.BytesIO(again), strict=True).metadata == PdfReader(io.BytesIO(data)).metadata
    )
    assert annotate_pdf(document, [], data) == data


def test_links_and_comments_of_the_file_are_kept(short: bytes) -> None:
    def link(writer: PdfWriter) -> None:
        own = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Link"),
                NameObject("/Rect"): ArrayObject(map(NumberObject, (1, 1, 9, 9))),
            }
        )
        array = ArrayObject([writer._add_object(own)])
        writer.pages[0][NameObject("/Annots")] = writer._add_object(array)

    data = rewritten(short, link)
    document = document_of(data)
    out = annotate_pdf(document, [finding(document, "tickets")], data)
    (page,) = PdfReader(io.BytesIO(out)).pages
    sorts = [one.get_object()["/Subtype"] for one in page.annotations or ()]
    assert sorts == ["/Link", "/Highlight", "/Popup"]


def encrypted(data: bytes, word: str, *, notes: bool = True) -> bytes:
    def lock(writer: PdfWriter) -> None:
        every = 0xFFFFFFFC if notes else 0xFFFFFFFC & ~0x20
        writer.encrypt(word, "owner", permissions_flag=every, algorithm="RC4-128")  # type: ignore[arg-type]

    return rewritten(data, lock)


def test_encrypted_files(short: bytes) -> None:
    document = document_of(short)
    one = finding(document, "tickets")
    open_, locked = encrypted(short, ""), encrypted(short, "word")
    out = annotate_pdf(document, [one], open_)
    assert covered(out) == ["tickets"]
    assert out == annotate_pdf(document, [one], open_)
    assert covered(annotate_pdf(document, [one], locked, password="word")) == ["tickets"]
    for password, said in (("", "give --password WORD"), ("wrong", "does not open it")):
        with pytest.raises(AnnotateError, match=said):
            annotate_pdf(document, [one], locked, password=password)
    with pytest.raises(AnnotateError, match="allows no notes"):
        annotate_pdf(document, [one], encrypted(short, "", notes=False))
    (caution,) = cautions(document, Source("a.pdf", open_))
    assert caution == "a.pdf: the file is encrypted; its annotated copy is not"


def test_signed_files(short: bytes) -> None:
    def sign(writer: PdfWriter) -> None:
        form = DictionaryObject({NameObject("/SigFlags"): NumberObject(3)})
        form[NameObject("/Fields")] = ArrayObject()
        writer.root_object[NameObject("/AcroForm")] = writer._add_object(form)

    data = rewritten(short, sign)
    document = document_of(data)
    (caution,) = cautions(document, Source("a.pdf", data))
    assert caution == "a.pdf: the file is signed; the signature does not hold for the copy"
    assert cautions(document, Source("a.pdf", short)) == ()
    out = annotate(document, [finding(document, "tickets")], Source("a.pdf", data))
    assert list(out) == ["a.pdf"]
    assert covered(out["a.pdf"]) == ["tickets"]


def without_end(data: bytes) -> bytes:
    return data[: data.rindex(b"startxref")]


def with_wrong_start(data: bytes) -> bytes:
    return data.replace(b"startxref\n", b"startxref\n9")


def with_junk_before(data: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\n\r\n" + data


@pytest.mark.parametrize("damage", [without_end, with_wrong_start, with_junk_before])
def test_damaged_files_are_mended(short: bytes, damage: Callable[[bytes], bytes]) -> None:
    data = damage(short)
    document = document_of(data)
    out = annotate_pdf(document, [finding(document, "tickets")], data)
    assert covered(out) == ["tickets"]
    assert sound(out)
    assert out == annotate_pdf(document, [finding(document, "tickets")], data)


def test_what_is_no_pdf_is_said_in_one_line(short: bytes) -> None:
    document = document_of(short)
    for data in (b"", b"%PDF-1.4\nnothing\n%%EOF\n", b"words", short[:300]):
        with pytest.raises(AnnotateError) as error:
            annotate_pdf(document, [finding(document, "tickets")], data)
        assert "damaged" in str(error.value) and "\n" not in str(error.value)
        assert str(error.value).startswith("article.pdf: ")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damage_gives_a_file_or_one_line(short: bytes, data: st.DataObject) -> None:
    document = document_of(short)
    mutable = bytearray(short)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(mutable) - 1))
        mutable[at] = data.draw(st.integers(0, 255))
    try:
        out = annotate_pdf(document, [finding(document, "tickets")], bytes(mutable))
    except AnnotateError as error:
        assert "\n" not in str(error)
    else:
        assert PdfReader(io.BytesIO(out)).pages


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 260), st.integers(0, 80))
def test_every_span_is_covered_or_led_somewhere(short: bytes, start: int, length: int) -> None:
    document = document_of(short)
    end = min(start + length, len(document.text))
    start = min(start, end)
    place = Place(document.name, start, end, document.text[start:end])
    one = replace(finding(document, "ferry"), place=place)
    out = annotate_pdf(document, [one], short)
    words = Counter(bare("".join(covered(out))))
    if start < end and place.quote.strip():
        assert words == Counter(bare(place.quote))
    elif start == end == 0:
        assert not words
    else:
        assert words


def test_findings_on_other_documents_are_passed_over(short: bytes) -> None:
    document = document_of(short)
    one = finding(document, "tickets")
    other = replace(one, place=replace(one.place, document="b.pdf"))
    assert annotate_pdf(document, [other], short) == short
    far: Finding = replace(one, also=(replace(one.place, document="b.pdf"),))
    assert covered(annotate_pdf(document, [far], short)) == ["tickets"]


def test_the_command_writes_a_copy_beside_the_file(
    short: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    data = pdf.write(parse(SHORT.replace("Nobody", "(Nobody")))
    Path("a.pdf").write_bytes(data)
    assert main(["annotate", "a.pdf", "--no-cache", "--author", "E. W."]) == 1
    assert capsys.readouterr().out == "a.annotated.pdf\n"
    copy = Path("a.annotated.pdf").read_bytes()
    assert copy.startswith(data)
    (own,) = [one for one in annotations(copy) if one["/Subj"].startswith("DOC013")]
    assert own["/T"] == "E. W."
    assert changed_pages(data, copy) == (0, 1)


def test_the_benchmark_counts_what_is_covered_wrongly(short: bytes) -> None:
    document = document_of(short)
    right, wrong = finding(document, "tickets"), finding(document, "animals")
    wrong = replace(wrong, place=replace(wrong.place, quote="other words"))
    misses: list[str] = []
    found = _figures("a.pdf", short, Reading(document, (right, wrong)), misses, seed=1)
    assert (found.findings, found.findings_right, found.pages_changed) == (2, 1, 0)
    assert found.spans == found.spans_right > 20
    assert misses == ["a.pdf: DOC099 “other words” covers “animals”"]
    report = Report({"a.pdf": found}, misses)
    assert "0.500" in next(line for line in table(report) if line.startswith("all"))
    other = annotate_pdf(document, [right], pdf.write(parse(SHORT.replace("cashier", "bursar"))))
    assert changed_pages(short, other) == (1, 1)
