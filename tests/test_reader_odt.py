"""OpenDocument texts: the text as LibreOffice shows it. All texts here are invented specimens."""

from __future__ import annotations

import re

import pytest

from making_docx import bomb, zipped
from making_odt import (
    COVERED,
    cell,
    configured,
    fodt,
    h,
    i,
    listed,
    members,
    note,
    odt,
    p,
    raised,
    row,
    span,
    style,
    table,
)
from scholiast.config import Settings
from scholiast.model import Document, Intake, Source
from scholiast.packages.odf import paragraphs as numbered
from scholiast.packages.odf import pieces
from scholiast.readers.odt import read
from scholiast.report.odf_comments import main_part

WORDS = "A paragraph of plain words that shows where the text stands as a rule. " * 4


def intake(data: bytes, name: str = "specimen.odt") -> Intake:
    return read(Source(name, data), Settings())


def document(*body: str, **parts: str) -> Document:
    """Read a text from its package and from one flat file, which must read the same."""
    packed = checked(odt(*body, **parts))  # type: ignore[arg-type]
    flat = checked(fodt(*body, **parts))  # type: ignore[arg-type]
    assert flat.text == packed.text
    assert flat.nodes == packed.nodes
    return packed


def checked(data: bytes) -> Document:
    found = intake(data)
    assert not found.troubles or not found.document.text
    assert_sound(found.document, data)
    return found.document


def assert_sound(doc: Document, data: bytes) -> None:
    """Check the contract: order, bounds, and that every segment leads to its words."""
    assert list(doc.nodes) == sorted(doc.nodes, key=lambda n: (n.start, -n.end, n.kind, n.id))
    order = [(s.start, s.end, s.source) for s in doc.segments]
    assert order == sorted(order)
    assert all(0 <= n.start <= n.end <= len(doc.text) for n in doc.nodes)
    part, content, root = main_part(data)
    repeated = re.search(rb'columns-repeated="(?!1")', content)  # a cell that stands for several
    texts = ["".join(x.text for x in pieces(one)) for one in numbered(root)]
    kept: dict[int, list[int]] = {}
    told = 0
    for segment in doc.segments:
        source = texts[segment.paragraph][segment.source : segment.source_end]
        kept.setdefault(segment.paragraph, []).extend(range(segment.source, segment.source_end))
        assert segment.part == part
        assert bool(segment.line) == (not part)
        if segment.role == "text":
            assert doc.text[segment.start : segment.end] == source != ""
            assert segment.start >= told
            told = segment.end
        else:
            mended = {"blank-inserted": 1, "symbol-font": len(segment.original)}
            assert segment.end - segment.start == mended.get(segment.repair, 0)
            assert source in ("", segment.original)
    for number, places in kept.items():
        once = sorted(set(places) if repeated else places)
        assert once == list(range(len(texts[number])))
    ids = {node.id for node in doc.nodes if node.id}
    assert all(node.link in ids for node in doc.nodes if node.link)
    assert all(node.parent in ids for node in doc.nodes if node.parent)
    assert all(one.start >= doc.body_end for one in doc.of_kind("note"))


def paragraphs(doc: Document) -> list[str]:
    return doc.text[: doc.body_end].split("\n\n")


def spans(doc: Document, kind: str) -> list[str]:
    return [doc.text[node.start : node.end] for node in doc.of_kind(kind)]


def notes(doc: Document) -> list[tuple[str, str, str]]:
    """Each callout with the word before it, and the words of its note."""
    by_id = {one.id: one for one in doc.of_kind("note")}
    told = []
    for callout in doc.of_kind("callout"):
        one = by_id.get(callout.link)
        words = doc.text[one.start : one.end] if one else "-"
        told.append((callout.label, doc.text[: callout.start].split()[-1], words))
    return told


# Words and blanks


def test_blanks_are_collapsed_and_those_that_count_are_elements() -> None:
    doc = document(
        p("  One \n  two<text:s/> <text:s text:c='2'/>three ", span(" four", "T4"), "<text:tab/>x"),
        p("a<text:line-break/>b", "<text:bookmark text:name='m'/> c"),
    )
    assert paragraphs(doc) == ["One two    three four\tx", "a\nb c"]


def test_a_text_without_end_of_blanks_is_no_trap() -> None:
    assert len(document(p("a<text:s text:c='999999999'/>b")).text) < 2000


def test_spans_links_fields_and_metadata_are_words_and_their_marks_are_not() -> None:
    doc = document(
        p("See ", "<text:a xlink:href='http://example.org'>the ", i("Review"), "</text:a>",
          "<text:bookmark-start text:name='b'/>, <text:meta>p. <text:page-number>4</text:page-number>"
          "</text:meta><text:bookmark-end text:name='b'/><text:toc-mark text:string-value='no'/>"
          "<text:alphabetical-index-mark-start text:id='x'/>. "
          "<text:bibliography-mark text:identifier='Roe'>[Roe]</text:bibliography-mark>"
          "<office:annotation office:name='c'><dc:creator>A</dc:creator><text:p>No!</text:p>"
          "</office:annotation> End<office:annotation-end office:name='c'/>."),
    )  # fmt: skip
    assert doc.text == "See the Review, p. 4. [Roe] End."
    assert spans(doc, "italic") == ["Review"]


def test_hidden_words_and_phonetic_guides_are_kept_beside_the_text() -> None:
    doc = document(
        p("Seen", span(" unseen", "T3"), " <text:ruby><text:ruby-base>東京</text:ruby-base>"
          "<text:ruby-text>とうきょう</text:ruby-text></text:ruby> town"),
        p("Gone.<text:hidden-paragraph text:is-hidden='true'/>"),
        f"<text:section text:display='none'>{p('Gone too.', note('Never.'))}</text:section>",
        f"<text:section>{p('Here.')}</text:section>",
    )  # fmt: skip
    assert doc.text == "Seen 東京 town\n\nHere."
    kept = {segment.original for segment in doc.segments if segment.role == "markup"}
    assert kept >= {" unseen", "とうきょう", "Gone.", "Gone too."}


def test_deleted_words_are_kept_beside_the_text_and_inserted_ones_read() -> None:
    region = (
        "<text:tracked-changes><text:changed-region text:id='ct1'><text:deletion>"
        f"<office:change-info><dc:creator>A</dc:creator></office:change-info>{p('old ', note('Was.'))}"
        "</text:deletion></text:changed-region><text:changed-region text:id='ct2'>"
        "<text:insertion/></text:changed-region></text:tracked-changes>"
    )
    doc = document(
        region,
        p("An <text:change text:change-id='ct1'/><text:change-start text:change-id='ct2'/>new"
          "<text:change-end text:change-id='ct2'/> word.", note("Is.")),
    )  # fmt: skip
    assert doc.text == "An new word.\n\nIs."
    assert notes(doc) == [("1", "word.", "Is.")]
    assert [s.original for s in doc.segments if s.role == "markup"] == ["old ", "Was."]


def test_characters_of_symbol_fonts_are_what_they_show() -> None:
    font = (
        '<style:style style:name="S" style:family="text"><style:text-properties {}/></style:style>'
    )
    doc = document(
        p("a ", span("\uf061\uf062", "S"), " b"),
        automatic=font.format('fo:font-family="Symbol"'),
    )
    assert doc.text == "a αβ b"
    mended = [s for s in doc.segments if s.repair == "symbol-font"]
    assert [(s.original, s.source, s.source_end) for s in mended] == [("\uf061\uf062", 2, 4)]


def test_text_boxes_follow_the_paragraph_they_are_anchored_in() -> None:
    box = (
        "<draw:frame text:anchor-type='as-char'><draw:text-box>{}</draw:text-box>"
        "<svg:title>Not this</svg:title></draw:frame>"
    )
    shape = f"<draw:g><draw:custom-shape>{p('In a shape.')}</draw:custom-shape></draw:g>"
    doc = document(
        p("Before ", box.format(p("In a box.") + p("Second.")), "after.", shape),
        box.format(p("On the page.")),
    )
    assert paragraphs(doc) == [
        "Before after.", "In a box.", "Second.", "In a shape.", "On the page."
    ]  # fmt: skip


# Structure


def test_headings_are_told_by_their_level_and_by_the_names_of_styles() -> None:
    doc = document(
        p("A Title", style="P1"),
        p("What it is about", style="Subtitle"),
        h("Chapter"),
        p("Part", style="P2"),
        h("Заметка", level=3, style="P9"),
        p(WORDS),
        styles=style("Title", "Heading")
        + style("Heading")
        + style("Subtitle", "Heading")
        + style("Heading_20_2", "Heading", more='style:default-outline-level="2"'),
        automatic=style("P1", "Title") + style("P2", "Heading_20_2"),
    )
    levels = [(node.level, node.title) for node in doc.of_kind("heading")]
    assert levels == [(1, "A Title"), (2, "Chapter"), (3, "Part"), (4, "Заметка")]
    assert doc.title == "A Title"


@pytest.mark.parametrize(
    "quoted",
    [
        style("Q", "Quotations"),
        style("Q", "Standard", 'fo:margin-left="1cm" fo:margin-right="1cm"'),
        style("Q", "Standard", 'fo:margin-left="0.5in"'),
        style("Q", "Standard", 'fo:margin-left="12mm" fo:margin-right="0.3in"'),
        style("Q", "Zitat"),
    ],
)
def test_block_quotations_are_told_by_style_or_indent(quoted: str) -> None:
    doc = document(p(WORDS), p("Said long ago.", style="Q"), p(WORDS), automatic=quoted)
    assert spans(doc, "quote") == ["Said long ago."]


@pytest.mark.parametrize(
    "set_", ['fo:margin-left="0.2cm"', 'fo:text-indent="1cm"', 'fo:margin-left="1cm" fo:text-indent="-1cm"',
             'fo:margin-left="9cm"', 'fo:margin-left="x" fo:margin-right="12"']
)  # fmt: skip
def test_other_indents_are_no_quotations(set_: str) -> None:
    doc = document(p(WORDS), p("Words.", style="Q"), p(WORDS), automatic=style("Q", "", set_))
    assert spans(doc, "quote") == []


def test_italics_of_a_style_that_stands_out_mean_nothing_but_what_is_set_off_does() -> None:
    quotations = style("Quotations", text='fo:font-style="italic"')
    doc = document(
        p("All slanted ", span("but this", "T5"), " and ", i("that by hand"), ".", style="Quotations"),
        p("Plain ", i("slanted ", ), span(i("twice"), "T4"), " words", style="P1"),
        styles=quotations,
        automatic=style("P1", "Standard"),
    )  # fmt: skip
    assert spans(doc, "italic") == ["but this", "that by hand", "slanted twice"]


def test_styles_inherit_and_a_circle_of_them_ends() -> None:
    doc = document(
        p("Slanted.", style="P1"),
        p("Round.", style="A"),
        automatic=style("P1", "Mine"),
        styles=style("Mine", "Yours") + style("Yours", text='fo:font-style="oblique"')
        + style("A", "B") + style("B", "A"),
    )  # fmt: skip
    assert spans(doc, "italic") == ["Slanted."]


def test_lists_are_one_with_those_inside_them() -> None:
    doc = document(
        p(WORDS),
        listed(p("one") + listed(p("one a") + p("still one a")), p("two")),
        listed(p("other"), style="L2"),
        p(WORDS),
    )
    assert spans(doc, "list") == ["one\n\none a\n\nstill one a\n\ntwo", "other"]


def test_tables_have_the_cells_a_reader_sees() -> None:
    doc = document(
        p("Before."),
        table(
            f"<table:table-header-rows>{row(cell(p('a'), p('b')), cell(p('c')))}"
            "</table:table-header-rows>",
            row(cell(p("wide"), columns=2), COVERED, cell(p("d"))),
            row(cell(p("tall"), rows=2, columns=2), COVERED, cell(p("e"))),
            row(COVERED, COVERED, cell(p("f"))),
            row(cell(p("g"), repeated=2), cell(p("h ", note("In a cell.")))),
            row(cell(p("i")), cell(p("j"), table(row(cell(p("k")), cell(p("l")))))),
            row(cell(p("alone"), p("again"))),
        ),
    )
    assert paragraphs(doc) == [
        "Before.", "a\nb\tc", "wide\td", "tall\te", "\tf", "g\tg\th", "i\tj", "k\tl", "alone", "again"
    ]  # fmt: skip
    assert notes(doc) == [("1", "h", "In a cell.")]


def test_no_repetition_fills_the_memory() -> None:
    doc = document(table(row(cell(p("a")), cell(p("b"), repeated=99999))))
    assert len(doc.text) < 200


def test_a_list_of_contents_is_no_heading_and_a_bibliography_is_text() -> None:
    doc = document(
        "<text:table-of-content><text:table-of-content-source/><text:index-body>"
        f"<text:index-title>{p('Contents')}</text:index-title>{p('Introduction<text:tab/>1')}"
        "</text:index-body></text:table-of-content>",
        h("Introduction"),
        p(WORDS),
        h("Bibliography"),
        f"<text:bibliography><text:index-body>{p('Roe, Letters.')}</text:index-body>"
        "</text:bibliography>",
    )
    assert [node.title for node in doc.of_kind("heading")] == ["Introduction", "Bibliography"]
    assert spans(doc, "entry") == ["Roe, Letters."]


def test_pages_are_those_that_were_marked() -> None:
    page = "<text:soft-page-break/>"
    new = style("P1", paragraph='fo:break-before="page"')
    doc = document(
        p("One ", note("Foot.")), p(f"two{page} three"), page, p("four", style="P1"), automatic=new
    )
    assert [(n.number, n.start) for n in doc.of_kind("page")] == [(1, 0), (2, 8), (3, 16), (4, 16)]
    assert [s.page for s in doc.segments if s.start >= doc.body_end and s.start < s.end] == [1]


def test_pages_are_not_known_of_a_file_that_nobody_saw() -> None:
    assert not document(p("One"), p("two")).of_kind("page")
    long = p("Word after word after word. " * 500)
    assert not document(p("One<text:soft-page-break/>"), long).of_kind("page")


# Notes


def test_notes_stand_behind_the_body_in_the_order_of_their_marks() -> None:
    doc = document(
        p("One", note("First ", shown="1"), " two", note(p("a"), p("b ", i("c")), shown="2", id_="x")),
        p("three", note("Last.", shown="i", id_="e", sort="endnote"), "."),
    )  # fmt: skip
    assert doc.text == "One two\n\nthree.\n\nFirst\n\na\n\nb c\n\nLast."
    assert notes(doc) == [("1", "One", "First"), ("2", "two", "a\n\nb c"), ("i", "three", "Last.")]
    assert [n.role for n in doc.of_kind("note")] == ["footnote", "footnote", "endnote"]
    assert spans(doc, "italic") == ["c"]


@pytest.mark.parametrize(
    ("settings", "shown", "expected"),
    [
        (configured(), ("9", "9"), ["1", "2"]),
        (configured(form="i"), ("i", "ii"), ["i", "ii"]),
        (configured(form="①, ②, ③, ..."), ("①", "②"), ["①", "②"]),
        (configured(form="一, 二, 三, ..."), ("一", "二"), ["一", "二"]),
        (configured(form="А, Б, .., Аа, Аб, ..."), ("А", "Б"), ["А", "Б"]),
        (configured(start=6), ("7", "8"), ["7", "8"]),
        (configured(start=7), ("7", "8"), ["7", "8"]),
        (configured(at="page"), ("1", "1"), ["1", "1"]),
        ("", ("3", "5"), ["3", "5"]),
    ],
)
def test_numbers_are_those_that_are_shown(
    settings: str, shown: tuple[str, str], expected: list[str]
) -> None:
    one, two = shown
    body = p("A", note("x", shown=one), " b", note("y", shown=two, id_="z"), ".")
    doc = document(body, styles=settings)
    assert [label for label, _, _ in notes(doc)] == expected


def test_numbers_begin_again_with_every_chapter() -> None:
    parts = (h("One") + p("a", note("x")) + p("b", note("y")), h("Two") + p("c", note("z")))
    doc = document(*parts, styles=configured(at="chapter"))
    assert [label for label, _, _ in notes(doc)] == ["1", "2", "1"]
    assert [label for label, _, _ in notes(document(*parts, styles=configured()))] == [
        "1",
        "2",
        "3",
    ]


def test_a_sign_of_its_own_is_not_counted_and_ids_may_stand_twice() -> None:
    doc = document(
        p("A", note("star", sign="*"), " b", note("y"), " c", note("z"), "."), styles=configured()
    )
    assert notes(doc) == [("*", "A", "star"), ("1", "b", "y"), ("2", "c", "z")]


def test_brackets_and_commas_around_marks_belong_to_them() -> None:
    doc = document(p("So it was [", note("x"), "]", raised(","), note("y", id_="b"), " then."))
    assert doc.text.startswith("So it was , then.") or doc.text.startswith("So it was  then.")


def test_a_note_without_a_body_and_one_without_a_citation() -> None:
    lost = note("x").replace("<text:note-body>", "<!--").replace("</text:note-body>", "-->")
    uncalled = note("Nobody calls me.", id_="q").replace(
        "<text:note-citation>1</text:note-citation>", ""
    )
    doc = document(p("A", lost, " b", note("y", id_="b"), uncalled, "."), styles=configured())
    assert notes(doc) == [("1", "A", "-"), ("2", "b", "y")]
    assert spans(doc, "note") == ["y", "Nobody calls me."]
    assert [n.link for n in doc.of_kind("note")][1] == ""


def test_a_raised_reference_to_a_note_is_a_second_mark_of_it() -> None:
    reference = "<text:note-ref text:ref-name='ftn1' text:note-class='footnote'>1</text:note-ref>"
    field = (
        "<field:fieldmark-start><field:param field:name='code' field:value='NOTEREF _Ref1'/>"
        "</field:fieldmark-start>{}<field:fieldmark-end/>"
    )
    doc = document(
        p("a", note("x"), " b", raised(reference), f" (see note {reference})"),
        p("c", field.format(raised("1")), " d", raised("2")),
    )
    assert doc.text == "a b (see note 1)\n\nc d2\n\nx"
    assert notes(doc) == [("1", "a", "x"), ("1", "b", "x"), ("1", "c", "x")]


def test_notes_typed_by_hand_are_notes() -> None:
    doc = document(
        p("It was so.", raised("1"), " And so.", raised("2")),
        p(WORDS),
        h("Notes"),
        p(raised("1"), " Roe, Letters, 3."),
        p(raised("2"), " Ibid., 5."),
    )
    assert notes(doc) == [("1", "so.", "Roe, Letters, 3."), ("2", "so.", "Ibid., 5.")]


# Properties


def test_title_author_and_language_come_from_the_properties() -> None:
    meta = (
        "<dc:title>On Ferries</dc:title><meta:initial-creator>Ann Roe; Bo Lee"
        "</meta:initial-creator><dc:creator>Some Editor</dc:creator><dc:language>ru</dc:language>"
    )
    doc = document(p("Words."), meta=meta)
    assert (doc.title, doc.authors, doc.language) == ("On Ferries", ("Ann Roe", "Bo Lee"), "ru")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Some plain words.", "de-AT"),
        ("Это русские слова.", ""),
        ("这是中文。", "zh-TW"),
        ("12", ""),
    ],
)
def test_the_language_of_styles_counts_where_the_letters_are_of_it(
    words: str, expected: str
) -> None:
    styles = (
        '<style:default-style style:family="paragraph"><style:text-properties fo:language="de" '
        'fo:country="AT" style:language-asian="zh" style:country-asian="TW"/></style:default-style>'
    )
    assert document(p(words), styles=styles).language == expected


# What is wrong with files


def test_a_broken_part_costs_only_itself() -> None:
    parts = members(p("Words ", i("here"), note("x")))
    found = intake(zipped({**parts, "styles.xml": "<a", "meta.xml": "<b"}))
    assert found.document.text == "Words here\n\nx"
    assert [trouble.name for trouble in found.troubles] == ["unreadable-file"] * 2
    assert found.troubles[0].detail.startswith("the styles (")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (odt(p("x"), encrypted=True), "protected by a password"),
        (zipped({"content.xml": "<a>"}), "damaged"),
        (zipped({"word/document.xml": "<a/>"}), "the part “content.xml” is missing"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "a spreadsheet"),
        (zipped({"../content.xml": "<a/>"}), "unsafe name"),
        (odt(p("x"))[:300], "breaks off before its end"),
        (b"{\\rtf1 x}", "save it as .odt"),
        (b"words", "not an OpenDocument text (.odt)"),
        (bomb(200), "a trap"),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "document type"),
        (b"<?xml version='1.0'?><html/>", "no OpenDocument text"),
        (fodt("<text:span>" * 10000), "deeper"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(data: bytes, says: str) -> None:
    found = intake(data)
    assert found.document.text == ""
    (trouble,) = found.troubles
    assert trouble.name == "unreadable-file"
    assert says in trouble.detail
    assert "\n" not in trouble.detail


def test_an_empty_file_and_an_empty_text_are_said_to_be_so() -> None:
    assert [t.name for t in intake(b"").troubles] == ["empty-file"]
    assert [t.name for t in intake(odt()).troubles] == ["empty-file"]
