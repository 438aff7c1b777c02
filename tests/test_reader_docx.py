"""Word documents: the text as Word shows it. All texts here are invented specimens."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from making_docx import (
    call,
    cell,
    deleted,
    docx,
    field,
    i,
    inserted,
    members,
    note,
    p,
    r,
    raised,
    row,
    strict,
    t,
    table,
    zipped,
)
from scholiast.config import Settings
from scholiast.model import Document, Intake, Node, Source
from scholiast.packages.ooxml import elements, parse, pieces
from scholiast.packages.zip import Package
from scholiast.readers.docx import read
from scholiast.readers.docx.numbers import written
from scholiast.structure.sentences import glues

NEXT_PAGE = "<w:sectPr/>"
BREAK = r("", inside="<w:lastRenderedPageBreak/>")


def intake(data: bytes) -> Intake:
    return read(Source("specimen.docx", data), Settings())


def document(*body: str, **parts: str) -> Document:
    return checked(docx(*body, **parts))  # type: ignore[arg-type]


def checked(data: bytes) -> Document:
    """Read a document, and check what must hold of every one."""
    found = intake(data).document
    assert_sound(found, data)
    return found


def assert_sound(doc: Document, data: bytes) -> None:
    """Check the contract: order, bounds, and that every segment leads to its words."""
    assert list(doc.nodes) == sorted(doc.nodes, key=lambda n: (n.start, -n.end, n.kind, n.id))
    order = [(s.start, s.end, s.source) for s in doc.segments]
    assert order == sorted(order)
    assert all(0 <= n.start <= n.end <= len(doc.text) for n in doc.nodes)
    package = Package(data, 10**9)
    roots = {part: parse(package.read(part), part) for part in {s.part for s in doc.segments}}
    texts = {
        part: ["".join(x.text for x in pieces(one)) for one in elements(root, "w:p")]
        for part, root in roots.items()
    }
    told = 0
    for segment in doc.segments:
        source = texts[segment.part][segment.paragraph][segment.source : segment.source_end]
        if segment.role == "text":
            assert doc.text[segment.start : segment.end] == source != ""
            assert segment.start >= told
            told = segment.end
        else:
            mended = segment.repair == "blank-inserted"
            assert segment.end - segment.start == mended
            assert source in ("", segment.original)
    for (part, number), pieces_ in claimed(doc).items():
        assert pieces_ == list(range(len(texts[part][number])))
    ids = {node.id for node in doc.nodes if node.id}
    assert all(node.link in ids for node in doc.nodes if node.link)
    assert all(node.parent in ids for node in doc.nodes if node.parent)
    for one in doc.of_kind("note"):
        assert one.start >= doc.body_end


def claimed(doc: Document) -> dict[tuple[str, int], list[int]]:
    """The characters of each paragraph of the file that the segments keep, in order."""
    found: dict[tuple[str, int], list[int]] = {}
    for one in sorted(doc.segments, key=lambda s: s.source):
        kept = found.setdefault((one.part, one.paragraph), [])
        kept.extend(range(one.source, one.source_end))
    return found


def paragraphs(doc: Document) -> list[str]:
    return doc.text[: doc.body_end].split("\n\n")


def notes(doc: Document) -> list[tuple[str, str, str]]:
    """Each callout with the word before it, and the words of its note."""
    by_id = {one.id: one for one in doc.of_kind("note")}
    told = []
    for callout in doc.of_kind("callout"):
        before = doc.text[: callout.start].split()[-1]
        one = by_id.get(callout.link)
        told.append((callout.label, before, words(doc, one) if one else "-"))
    return told


def words(doc: Document, node: Node) -> str:
    return doc.text[node.start : node.end]


def spans(doc: Document, kind: str) -> list[str]:
    return [words(doc, node) for node in doc.of_kind(kind)]


# --- notes ---------------------------------------------------


def test_notes_stand_behind_the_body_without_their_numbers() -> None:
    doc = document(
        p("The treaty held.", call(2), " It broke later.", call(3)),
        p("More."),
        footnotes=note(2, "Kell, ", i("Fish"), ", 3.") + note(3, "Ibid."),
    )
    assert doc.text == "The treaty held. It broke later.\n\nMore.\n\nKell, Fish, 3.\n\nIbid."
    assert doc.body_end == len("The treaty held. It broke later.\n\nMore.")
    assert notes(doc) == [("1", "held.", "Kell, Fish, 3."), ("2", "later.", "Ibid.")]
    first, second = doc.of_kind("note")
    assert (first.label, first.number, first.role, first.parent) == ("1", 1, "footnote", "s1")
    assert [node.id for node in doc.of_kind("callout")] == [first.link, second.link] == ["c1", "c2"]
    assert spans(doc, "italic") == ["Fish"]
    own = [s for s in doc.segments if s.role == "mark"]
    assert [s.original for s in own] == ["1", "2", "1", " ", "2", " "]


def test_a_note_of_several_paragraphs_is_one_block() -> None:
    first = p(r("", inside="<w:footnoteRef/>"), " One.")
    two = f'<w:footnote w:id="2">{first}{p("Two.")}</w:footnote>'
    doc = document(p("Word", call(2)), footnotes=two)
    assert notes(doc) == [("1", "Word", "One.\n\nTwo.")]


def test_notes_follow_the_order_of_their_marks_and_endnotes_count_apart() -> None:
    doc = document(
        p("a", call(7), " b", call(1, "endnote"), " c", call(5)),
        footnotes=note(5, "five") + note(7, "seven"),
        endnotes=note(1, "end", sort="endnote"),
    )
    assert notes(doc) == [("1", "a", "seven"), ("i", "b", "end"), ("2", "c", "five")]
    assert [node.role for node in doc.of_kind("note")] == ["footnote", "endnote", "footnote"]
    assert doc.text.endswith("seven\n\nend\n\nfive")


def test_a_reference_to_no_note_is_a_callout_without_one() -> None:
    doc = document(p("word", call(9)), footnotes=note(2, "Never called."))
    assert notes(doc) == [("1", "word", "-")]
    (orphan,) = doc.of_kind("note")
    assert (words(doc, orphan), orphan.link, orphan.label) == ("Never called.", "", "")


def test_a_note_without_a_mark_stands_after_its_neighbour() -> None:
    doc = document(
        p("a", call(2), "b", call(4)),
        footnotes=note(2, "two") + note(3, "three") + note(4, "four"),
    )
    assert spans(doc, "note") == ["two", "three", "four"]


def test_a_note_called_from_deleted_or_hidden_words_is_gone_with_them() -> None:
    doc = document(
        p("a", f"<w:del>{call(2)}</w:del>", call(3), "b", f"<w:moveFrom>{call(4)}</w:moveFrom>"),
        footnotes=note(2, "gone") + note(3, "kept") + note(4, "gone too"),
    )
    assert notes(doc) == [("1", "a", "kept")]
    assert doc.text == "a b\n\nkept"


def test_a_second_note_under_the_same_id_has_the_number_and_no_mark() -> None:
    doc = document(p("a", call(2)), footnotes=note(2, "one") + note(2, "other"))
    assert [(words(doc, n), n.label, n.link) for n in doc.of_kind("note")] == [
        ("one", "1", "c1"),
        ("other", "1", ""),
    ]


def test_an_empty_note_is_kept_where_it_is_called() -> None:
    doc = document(p("a", call(2)), footnotes=note(2) + note(3))
    assert notes(doc) == [("1", "a", "")]
    assert doc.text == "a\n\n"


@pytest.mark.parametrize(
    ("format_", "labels"),
    [
        ("decimal", ["3", "4"]),
        ("lowerRoman", ["iii", "iv"]),
        ("upperLetter", ["C", "D"]),
        ("chicago", ["‡", "§"]),
        ("chineseCounting", ["三", "四"]),
        ("decimalEnclosedCircle", ["③", "④"]),
        ("russianLower", ["в", "г"]),
        ("somethingNew", ["3", "4"]),
    ],
)
def test_numbers_are_written_as_the_file_asks(format_: str, labels: list[str]) -> None:
    options = f'<w:footnotePr><w:numFmt w:val="{format_}"/><w:numStart w:val="3"/></w:footnotePr>'
    doc = document(
        p("a", call(2), "b", call(3)), footnotes=note(2, "x") + note(3, "y"), settings=options
    )
    assert [node.label for node in doc.of_kind("callout")] == labels
    assert [node.number for node in doc.of_kind("note")] == [3, 4]


@pytest.mark.parametrize(
    ("number", "format_", "label"),
    [
        (1994, "upperRoman", "MCMXCIV"),
        (28, "lowerLetter", "bb"),
        (5, "chicago", "**"),
        (10, "chineseCounting", "十"),
        (12, "chineseCounting", "十二"),
        (105, "chineseCounting", "一百零五"),
        (21, "decimalEnclosedCircle", "㉑"),
        (51, "decimalEnclosedCircle", "51"),
        (23, "ordinal", "23rd"),
        (112, "ordinal", "112th"),
        (7, "decimalZero", "07"),
        (7, "decimalFullWidth", "７"),
        (11, "ideographTraditional", "甲甲"),
        (3, "none", ""),
        (20_000, "lowerRoman", "20000"),
    ],
)
def test_the_formats_of_numbers(number: int, format_: str, label: str) -> None:
    assert written(number, format_) == label


def restarting(how: str) -> str:
    return f'<w:footnotePr><w:numRestart w:val="{how}"/></w:footnotePr>'


def test_numbers_begin_again_in_every_section_that_asks_for_it() -> None:
    section = f"<w:sectPr>{restarting('eachSect')}</w:sectPr>"
    doc = document(
        p("a", call(2), "b", call(3), properties=section),
        p("c", call(4)),
        section,
        footnotes=note(2, "x") + note(3, "y") + note(4, "z"),
    )
    assert [node.label for node in doc.of_kind("callout")] == ["1", "2", "1"]


def test_numbers_begin_again_on_every_page_that_word_saw() -> None:
    doc = document(
        p("a", call(2), "b", call(3)),
        p(BREAK, "c", call(4)),
        footnotes=note(2, "x") + note(3, "y") + note(4, "z"),
        settings=restarting("eachPage"),
    )
    assert [node.label for node in doc.of_kind("callout")] == ["1", "2", "1"]
    assert [(n.number, n.start) for n in doc.of_kind("page")] == [(1, 0), (2, 5)]


def test_a_sign_of_its_own_is_the_label_and_counts_nothing() -> None:
    doc = document(
        p("a", call(2, custom="*"), "b", call(3)),
        footnotes=note(2, raised("*"), " Star.", mark=False) + note(3, "One."),
    )
    assert notes(doc) == [("*", "a", "Star."), ("1", "b", "One.")]
    assert doc.of_kind("note")[0].number == 0
    assert doc.text == "a b\n\nStar.\n\nOne."


def test_a_sign_of_its_own_may_be_a_symbol_and_blanks_after_it_are_text() -> None:
    symbol = '<w:sym w:font="Symbol" w:char="F02A"/>'
    reference = '<w:footnoteReference w:customMarkFollows="1" w:id="2"/>'
    doc = document(
        p("a", r("", inside=reference + symbol + t(" ")), "b"),
        footnotes=note(2, r("", inside=symbol), "\tStar.", mark=False),
    )
    assert notes(doc) == [("*", "a", "Star.")]
    assert paragraphs(doc) == ["a b"]


def test_a_number_typed_as_a_sign_is_its_number() -> None:
    doc = document(
        p("a", call(2, custom="①"), "b", call(3, custom="[2]")),
        footnotes=note(2, "x", mark=False) + note(3, raised("[2]"), " y", mark=False),
    )
    assert [(n.label, n.number) for n in doc.of_kind("note")] == [("①", 1), ("[2]", 2)]
    assert spans(doc, "note") == ["x", "y"]


@pytest.mark.parametrize(
    "marks",
    [
        ["[", call(2), "]"],
        [raised("["), call(2), raised("]")],
        ["（", call(2), "）"],
    ],
)
def test_brackets_around_a_mark_are_part_of_it(marks: list[str]) -> None:
    doc = document(p("word", *marks, " goes on"), footnotes=note(2, "Note."))
    assert doc.text == "word goes on\n\nNote."
    assert notes(doc) == [("1", "word", "Note.")]


def test_a_raised_comma_between_two_marks_is_part_of_them() -> None:
    doc = document(
        p("word", call(2), raised(","), call(3), ", and"), footnotes=note(2, "x") + note(3, "y")
    )
    assert paragraphs(doc) == ["word, and"]


@pytest.mark.parametrize("after", [". Words", ") Words", "\tWords", "\u00a0 Words", "Words"])
def test_what_sets_off_a_notes_own_number_is_not_its_text(after: str) -> None:
    own = r("", inside="<w:footnoteRef/>")
    doc = document(p("a", call(2)), footnotes=f'<w:footnote w:id="2">{p(own, after)}</w:footnote>')
    assert spans(doc, "note") == ["Words"]


def test_an_ellipsis_after_a_notes_own_number_is_its_text() -> None:
    own = r("", inside="<w:footnoteRef/>")
    doc = document(
        p("a", call(2)), footnotes=f'<w:footnote w:id="2">{p(own, " ...so")}</w:footnote>'
    )
    assert spans(doc, "note") == ["...so"]


def test_a_number_typed_into_a_note_is_its_mark() -> None:
    doc = document(p("a", call(2)), footnotes=note(2, raised("1"), " Typed.", mark=False))
    assert spans(doc, "note") == ["Typed."]


def test_field_codes_of_reference_managers_are_no_text() -> None:
    doc = document(
        p("a", call(2)),
        footnotes=note(
            2, field(' ADDIN ZOTERO_ITEM CSL_CITATION {"id":1}', "Kell, ", i("Fish")), "."
        ),
    )
    assert notes(doc) == [("1", "a", "Kell, Fish.")]


def test_a_field_that_repeats_a_number_is_a_second_mark_of_the_note() -> None:
    again = field(" NOTEREF _Ref1 \\f \\h ", raised("1"))
    doc = document(p("a", call(2), " and b", again, "."), footnotes=note(2, "Note."))
    assert notes(doc) == [("1", "a", "Note."), ("1", "b", "Note.")]
    assert paragraphs(doc) == ["a and b."]
    assert doc.of_kind("note")[0].link == "c1"


def test_a_mark_in_a_paragraph_of_its_own_belongs_to_the_one_before() -> None:
    doc = document(p("Title*"), p(call(2)), p("Body."), footnotes=note(2, "Note."))
    assert doc.text == "Title*\n\nBody.\n\nNote."
    assert notes(doc) == [("1", "Title*", "Note.")]


def test_a_mark_before_all_words_is_kept() -> None:
    doc = document(p(call(2)), p("Body."), footnotes=note(2, "Note."))
    assert [node.start for node in doc.of_kind("callout")] == [0]
    assert doc.text == "Body.\n\nNote."


def test_notes_know_the_section_of_their_mark() -> None:
    doc = document(
        p("One", style="Titre1"),
        p("a", call(2)),
        p("Two", style="Titre1"),
        p("b", call(3)),
        footnotes=note(2, "x") + note(3, "y"),
    )
    titles = {node.id: node.title for node in doc.of_kind("section")}
    assert [titles[node.parent] for node in doc.of_kind("note")] == ["One", "Two"]
    assert [titles[node.parent] for node in doc.of_kind("callout")] == ["One", "Two"]


# --- notes typed by hand ---------------------------------------------------


def typed(heading: str, *items: str) -> Document:
    return document(
        p("The straits froze.", raised("1"), " Ships waited for a thaw.", raised("2")),
        p("An area of 20 km", raised("2"), " was closed.", raised("3")),
        *([p(heading)] if heading else []),
        *items,
    )


LIST = ["Kell, Fish, 3.", "Ibid., 4.", "Sund to Vik, 3 May 1911."]
LINKED = [("1", "froze.", LIST[0]), ("2", "thaw.", LIST[1]), ("3", "closed.", LIST[2])]


@pytest.mark.parametrize("heading", ["Notes", "Примечания", "注释", "Anmerkungen"])
def test_notes_typed_under_a_heading_are_linked(heading: str) -> None:
    items = [p(f"{number}. {words}") for number, words in enumerate(LIST, start=1)]
    doc = typed(heading, *items)
    assert notes(doc) == LINKED
    assert paragraphs(doc)[1] == "An area of 20 km2 was closed."
    assert paragraphs(doc)[-1] == heading
    assert doc.of_kind("section")[-1].role == "notes"


def test_notes_typed_with_raised_numbers_need_no_heading() -> None:
    items = [p(raised(str(number)), " ", words) for number, words in enumerate(LIST, start=1)]
    doc = typed("", *items)
    assert notes(doc) == LINKED
    assert all(node.role == "endnote" for node in doc.of_kind("note"))


@pytest.mark.parametrize("signs", [("[1]", "[2]", "[3]"), ("1", "2", "3"), ("¹", "²", "³")])
def test_marks_that_are_not_raised_are_linked_to_a_list_of_notes(
    signs: tuple[str, str, str],
) -> None:
    one, two, three = signs
    items = [p(f"{number}. {words}") for number, words in enumerate(LIST, start=1)]
    doc = document(
        p(f"The straits froze.{one} Ships waited for a thaw.{two}"),
        p(f"An area of 20 miles was closed.{three}"),
        p("Notes"),
        *items,
    )
    assert notes(doc) == LINKED


def test_notes_typed_as_a_numbered_list_are_linked() -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="4"/></w:numPr>'
    doc = typed("Endnotes", *(p(words, properties=numbered) for words in LIST))
    assert notes(doc) == LINKED


def test_typed_notes_begin_again_after_every_chapter() -> None:
    doc = document(
        p("One", style="Titre1"),
        p("First.", raised("1"), " Second.", raised("2")),
        p("Notes", style="Titre2"),
        p("1. a"),
        p("2. b"),
        p("and more of b"),
        p("Two", style="Titre1"),
        p("Third.", raised("1"), " Fourth.", raised("2")),
        p("Notes", style="Titre2"),
        p("1. c"),
        p("2. d"),
    )
    assert notes(doc) == [
        ("1", "First.", "a"),
        ("2", "Second.", "b\n\nand more of b"),
        ("1", "Third.", "c"),
        ("2", "Fourth.", "d"),
    ]


def test_raised_numbers_without_a_list_of_notes_stay_text() -> None:
    doc = document(p("An area of 20 km", raised("2"), "."), p("1. A point."), p("2. Another."))
    assert paragraphs(doc) == ["An area of 20 km2.", "1. A point.", "2. Another."]
    assert doc.of_kind("callout") == ()


def test_a_list_of_references_that_nothing_calls_stays_text() -> None:
    doc = document(p("Words."), p("Notes"), p("1. Kell, Fish."), p("2. Sund, Ice."))
    assert paragraphs(doc) == ["Words.", "Notes", "1. Kell, Fish.", "2. Sund, Ice."]


def test_a_star_at_the_title_leads_to_its_paragraph() -> None:
    doc = document(
        p("Of Fish", raised("*"), style="Titel"), p("Words."), p("* The author thanks nobody.")
    )
    assert notes(doc) == [("*", "Fish", "The author thanks nobody.")]
    assert doc.title == "Of Fish"


def test_a_typed_mark_without_its_note_is_a_callout_all_the_same() -> None:
    doc = document(
        p("a.", raised("1"), " b.", raised("2"), " c.", raised("3")),
        p("Notes"),
        p("1. one"),
        p("3. three"),
    )
    assert notes(doc) == [("1", "a.", "one"), ("2", "b.", "-"), ("3", "c.", "three")]


# --- the accepted view ---------------------------------------------------


def test_changes_are_shown_as_accepted() -> None:
    doc = document(
        p("The ", deleted("old "), inserted("new "), "text", f"<w:ins>{deleted('!')}</w:ins>", ".")
    )
    assert doc.text == "The new text."


@pytest.mark.parametrize("change", ["del", "moveFrom"])
def test_a_paragraph_whose_mark_is_deleted_runs_on(change: str) -> None:
    doc = document(
        p("First ", properties=f"<w:rPr><w:{change}/></w:rPr>"),
        p("second.", style="Titre1"),
        p(deleted("all gone"), properties=f"<w:rPr><w:{change}/></w:rPr>"),
        p("third"),
    )
    assert doc.text == "First second.\n\nthird"
    assert spans(doc, "heading") == ["First second."]


def test_a_deleted_mark_before_a_table_ends_the_paragraph() -> None:
    doc = document(
        p("Words", properties="<w:rPr><w:del/></w:rPr>"), table(row(cell(p("a")), cell(p("b"))))
    )
    assert paragraphs(doc) == ["Words", "a\tb"]


def test_deleted_rows_and_cells_are_gone() -> None:
    gone = '<w:trPr><w:del w:id="1" w:author="A"/></w:trPr>'
    removed = '<w:tc><w:tcPr><w:cellDel w:id="2" w:author="A"/></w:tcPr><w:p/></w:tc>'
    doc = document(
        table(
            row(cell(p("a")), cell(p("b"))),
            row(cell(p("c")), cell(p("d")), properties=gone),
            row(cell(p("e")), removed, cell(p("f"))),
        )
    )
    assert paragraphs(doc) == ["a\tb", "e\tf"]


def test_a_large_initial_belongs_to_its_word() -> None:
    frame = '<w:framePr w:dropCap="drop" w:lines="3"/>'
    doc = document(p("T", properties=frame), p("he herring moved."))
    assert doc.text == "The herring moved."


def test_hidden_words_are_kept_beside_the_text() -> None:
    doc = document(
        p("seen", r("unseen", "<w:vanish/>"), r(" secret", '<w:rStyle w:val="Secret"/>'), " too")
    )
    assert doc.text == "seen too"
    aside = [s.original for s in doc.segments if s.role == "markup"]
    assert "".join(aside) == "unseen secret"


def test_words_in_every_wrapping_are_read_once() -> None:
    control = f"<w:sdt><w:sdtContent>{p('block control')}</w:sdtContent></w:sdt>"
    choice = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{p('choice')}</mc:Choice>"
        f"<mc:Fallback>{p('fallback')}</mc:Fallback></mc:AlternateContent>"
    )
    link = f'<w:hyperlink r:id="x">{r("linked")}</w:hyperlink>'
    doc = document(control, choice, p("A ", link, " ", field(" PAGEREF x ", "7")))
    assert paragraphs(doc) == ["block control", "choice", "A linked 7"]


def test_text_boxes_follow_the_paragraph_they_hang_on() -> None:
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
        f"{p('In the box.')}{p('Still in it.')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox><w:txbxContent>{p('In the box.')}</w:txbxContent>"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    doc = document(p("Before", box, " and after."), p("Next."))
    assert paragraphs(doc) == ["Before and after.", "In the box.", "Still in it.", "Next."]


def test_blanks_at_the_edges_and_empty_paragraphs_are_not_text() -> None:
    doc = document(p("  First \t"), p(" "), p(), p("\u00a0Second"))
    assert doc.text == "First\n\nSecond"
    aside = "".join(s.original for s in doc.segments if s.role == "markup")
    assert sorted(aside) == sorted("   \t \u00a0")


def test_two_line_breaks_end_a_paragraph_and_one_does_not() -> None:
    br = r("", inside="<w:br/>")
    doc = document(p("a", br, "b", br, " ", br, "c"))
    assert doc.text == "a\nb\n\nc"
    assert spans(doc, "paragraph") == ["a\nb", "c"]


# --- structure ---------------------------------------------------


def test_headings_are_told_by_outline_and_by_inheritance() -> None:
    doc = document(
        p("Chapter", style="Titre1"),
        p("Part", style="Custom"),
        p("Direct", properties='<w:outlineLvl w:val="2"/>'),
        p("Body", style="Titre1", properties='<w:outlineLvl w:val="9"/>'),
        p("Contents", style="TOCHeading"),
        p("Chapter\t3", style="TOC1"),
    )
    assert [(node.title, node.level) for node in doc.of_kind("heading")] == [
        ("Chapter", 1),
        ("Part", 2),
        ("Direct", 3),
    ]


@pytest.mark.parametrize("style", ["Heading2", "Überschrift 2", "Заголовок2", "标题 2", "Titre2"])
def test_headings_are_told_by_names_where_a_file_has_no_styles(style: str) -> None:
    doc = document(p("Above", style="heading 1"), p("Words", style=style), styles="")
    assert [node.level for node in doc.of_kind("heading")] == [1, 2]


def test_a_title_stands_above_all_headings() -> None:
    doc = document(
        p("A Treaty", style="Titel"),
        p("and Its Fish", style="Titel"),
        p("Introduction by Ada Kell, University of Vik", style="Titre1"),
        p("Words."),
    )
    assert doc.title == "A Treaty and Its Fish"
    assert [(s.title, s.level, s.role) for s in doc.of_kind("section")] == [
        ("A Treaty and Its Fish", 1, "article"),
        ("Introduction by Ada Kell, University of Vik", 2, "introduction"),
    ]
    assert doc.of_kind("section")[1].authors == ("Ada Kell",)
    assert doc.of_kind("paragraph")[0].parent == "s2"


def test_lines_that_open_a_section_are_headings_without_a_style() -> None:
    bold = "<w:b/>"
    doc = document(
        p(r("Introduction", bold)),
        p("Words."),
        p(r("Fish and men", bold)),
        p("Sources"),
        p("Review by Bo Sund, University of Vik"),
        p("Words."),
    )
    assert [(s.title, s.role) for s in doc.of_kind("section")] == [
        ("Introduction", "introduction"),
        ("Review by Bo Sund, University of Vik", "review"),
    ]


def test_a_list_of_contents_typed_by_hand_is_no_headings() -> None:
    names = [f"Review by {name} Sund, University of Vik" for name in ("Ada", "Bo", "Cai")]
    doc = document(
        *(p(name) for name in names), p("Words."), *(p(f"{name}\t7") for name in names), p("End.")
    )
    assert doc.of_kind("heading") == ()


def test_title_and_author_come_from_the_properties_where_the_text_has_none() -> None:
    doc = document(p("x"), core="<dc:title>Of Fish</dc:title><dc:creator>Ada Kell</dc:creator>")
    assert (doc.title, doc.authors) == ("Of Fish", ("Ada Kell",))
    assert doc.of_kind("section")[0].authors == ("Ada Kell",)


def test_the_language_is_that_of_the_properties() -> None:
    assert document(p("x"), core="<dc:language>ru-RU</dc:language>").language == "ru-RU"
    assert document(p("x"), core="<dc:language>русский</dc:language>").language == ""


def test_the_works_of_a_bibliography_are_entries() -> None:
    doc = document(
        p("Of Fish", style="Titre1"),
        p("Words."),
        p("Bibliography", style="Titre1"),
        p("Archives", style="Titre2"),
        p("Vik, City Archive."),
    )
    assert spans(doc, "entry") == ["Vik, City Archive."]
    assert spans(doc, "paragraph") == ["Words.", "Vik, City Archive."]


@pytest.mark.parametrize(
    ("title", "creator"),
    [
        ("Microsoft Word - draft3", "Microsoft Office User"),
        ("kell_final.docx", "user"),
        ("Документ1", "Пользователь"),
        ("", "admin42"),
    ],
)
def test_what_programs_write_into_the_properties_is_passed_over(title: str, creator: str) -> None:
    core = f"<dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator>"
    doc = document(p("x"), core=core)
    assert (doc.title, doc.authors) == ("", ())


def test_italics_merge_and_blanks_alone_are_none() -> None:
    doc = document(
        p(
            *("See ", i("The Sea"), i(" "), i("and Ice"), " by ", i(" "), "Kell, "),
            *(r("Fish", '<w:rStyle w:val="Emphasis"/>'), i(" or fowl"), "."),
            r("plain", '<w:i w:val="0"/>'),
        )
    )
    assert spans(doc, "italic") == ["The Sea and Ice", "Fish or fowl"]


def test_a_toggle_set_twice_cancels_itself() -> None:
    emphasis = '<w:rStyle w:val="Emphasis"/>'
    doc = document(p("all ", r("but this", emphasis), " slanted", style="Slanted"))
    assert spans(doc, "italic") == ["all", "slanted"]


def test_in_quotations_and_headings_only_what_stands_out_is_italic() -> None:
    doc = document(
        p("A heading on ", i("Fish"), style="Titre1"),
        p("They wrote of ", r("Fish", '<w:i w:val="0"/>'), " and sea.", style="Zitat"),
    )
    assert spans(doc, "italic") == ["Fish", "Fish"]


def indented(left: int, right: int = 0, more: str = "") -> str:
    return f'<w:ind w:left="{left}" w:right="{right}"{more}/>'


def test_block_quotations_are_told_by_style_and_by_indentation() -> None:
    doc = document(
        p("Plain text that is longer than all the rest of this specimen, so that it counts."),
        p("By style.", style="Zitat"),
        p("By both sides.", properties=indented(284, 284)),
        p("Plain."),
        p("By the left.", properties=indented(720)),
        p("A list.", style="ListParagraph"),
        p("Kell, Fish (a bibliography).", properties=indented(720, 0, ' w:hanging="720"')),
        p("Far off, a date", properties=indented(5000)),
        p("Centred", properties=indented(720) + '<w:jc w:val="center"/>'),
    )
    assert spans(doc, "quote") == ["By style.\n\nBy both sides.", "By the left."]
    assert len(doc.of_kind("paragraph")) == 9


def test_text_that_stands_in_as_a_whole_is_no_quotation() -> None:
    stands = indented(720)
    doc = document(p("All of it stands in.", properties=stands), p("This too.", properties=stands))
    assert doc.of_kind("quote") == ()


def test_turns_of_speech_have_their_speakers() -> None:
    lines = [
        "ADA KELL: The ice held.",
        "And it held long.",
        "BO SUND: It broke.",
        "ADA KELL: Late.",
    ]
    doc = document(*(p(line) for line in lines), p(r("BO SUND:", "<w:b/>"), " In May."))
    assert [(n.label, words(doc, n)) for n in doc.of_kind("turn")] == [
        ("ADA KELL", "ADA KELL: The ice held.\n\nAnd it held long."),
        ("BO SUND", "BO SUND: It broke."),
        ("ADA KELL", "ADA KELL: Late."),
        ("BO SUND", "BO SUND: In May."),
    ]


def test_lists_and_tables_are_marked() -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>'
    doc = document(
        p("one", properties=numbered.format(1)),
        p("two", properties=numbered.format(1)),
        p("not", properties=numbered.format(0)),
        table(
            row(cell(p("a"), p("b")), cell(p("c"))), row(cell(), cell(p("d"))), row(cell(), cell())
        ),
        table(row(cell(p("one column"), p("two paragraphs")))),
    )
    assert spans(doc, "list") == ["one\n\ntwo"]
    assert spans(doc, "table") == ["a\nb\tc\n\n\td"]
    assert paragraphs(doc)[-2:] == ["one column", "two paragraphs"]


def test_a_table_in_a_table_follows_its_row() -> None:
    inner = table(row(cell(p("x")), cell(p("y"))))
    doc = document(table(row(cell(p("a"), inner, p()), cell(p("b")))))
    assert paragraphs(doc) == ["a\tb", "x\ty"]


def test_a_note_called_from_a_table_is_linked() -> None:
    doc = document(table(row(cell(p("a", call(2))), cell(p("b")))), footnotes=note(2, "Note."))
    assert notes(doc) == [("1", "a", "Note.")]
    assert paragraphs(doc) == ["a\tb"]


# --- pages ---------------------------------------------------


def test_pages_are_counted_where_word_saw_them_end() -> None:
    new_page = r("", inside='<w:br w:type="page"/>')
    doc = document(p("one ", BREAK, "two"), p(new_page), p(BREAK, "three"), p("still"))
    assert [(n.number, doc.text[n.start :][:5]) for n in doc.of_kind("page")] == [
        (1, "one t"),
        (2, "two\n\n"),
        (3, "three"),
    ]
    assert [s.page for s in doc.segments if s.role == "text"] == [1, 2, 3, 3]


def test_breaks_set_by_hand_count_where_the_properties_agree() -> None:
    new_page = r("", inside='<w:br w:type="page"/>')
    body = (p("one"), p(new_page, "two"), p("three", properties="<w:pageBreakBefore/>"))
    assert [n.number for n in checked(docx(*body, pages=3)).of_kind("page")] == [1, 2, 3]
    assert checked(docx(*body, pages=40)).of_kind("page") == ()
    assert checked(docx(*body)).of_kind("page") == ()


def test_a_section_begins_a_page_unless_it_is_continuous() -> None:
    first = p("one", properties="<w:sectPr/>")
    continuous = '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    two = checked(docx(first, p("two"), "<w:sectPr/>", pages=2))
    assert [n.number for n in two.of_kind("page")] == [1, 2]
    one = checked(docx(first, p("two"), continuous, pages=1))
    assert [n.number for n in one.of_kind("page")] == [1]


# --- forms of the format, and bad input ---------------------------------------------------


def test_the_strict_form_reads_the_same() -> None:
    parts = members(p("Title", style="Titre1"), p("a", i("b"), call(2)), footnotes=note(2, "Note."))
    transitional, exact = checked(zipped(parts)), checked(strict(parts))
    assert exact.text == transitional.text == "Title\n\nab\n\nNote."
    assert exact.nodes == transitional.nodes
    assert exact.segments == transitional.segments


def test_ids_of_notes_may_begin_at_nought() -> None:
    doc = document(p("a", call(0)), footnotes=note(0, "Nought."))
    # The specimen's own separators have -1 and 0: what they are is told by type, not by id.
    assert notes(doc) == [("1", "a", "Nought.")]


def troubles(data: bytes) -> list[tuple[str, str]]:
    return [(trouble.name, trouble.detail) for trouble in intake(data).troubles]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (docx(p("Words."))[:400], "incomplete"),
        (b"plain words", "not a Word document"),
        (zipped({"a.txt": "x"}), "no text in the file"),
        (zipped({"word/document.xml": "<w:document"}), "damaged"),
        (zipped({"word/document.xml": "<x/>"}), "no Word text"),
        (zipped({"word/document.xml": "<!DOCTYPE x><x/>"}), "document type"),
    ],
)
def test_bad_files_are_one_trouble_in_plain_words(data: bytes, told: str) -> None:
    (one,) = troubles(data)
    assert one[0] == "unreadable-file" and told in one[1]
    assert intake(data).document.text == ""


def test_an_empty_file_and_an_empty_text_are_told() -> None:
    assert troubles(b"") == [("empty-file", "")]
    assert troubles(docx(p())) == [("empty-file", "")]


def test_a_broken_part_costs_only_itself() -> None:
    parts = members(p("Body.", call(2)), footnotes=note(2, "x"))
    parts["word/footnotes.xml"] = "<w:footnotes"
    parts["word/_rels/document.xml.rels"] = "broken"
    found = intake(zipped(parts))
    assert found.document.text == "Body."
    assert [t.name for t in found.troubles] == ["unreadable-file"]
    assert "footnotes" in found.troubles[0].detail
    # Its marks call no missing notes: nobody can tell.
    assert found.document.of_kind("callout") == ()
    assert [s.original for s in found.document.segments if s.role == "mark"] == ["1"]


def test_text_in_another_format_inside_the_file_is_told() -> None:
    ((name, detail),) = troubles(docx(p("Words."), '<w:altChunk r:id="x"/>'))
    assert name == "unreadable-file" and "embedded" in detail


# --- properties ---------------------------------------------------

LETTERS = st.text("abc é我ж,.", min_size=1, max_size=8)


@st.composite
def bodies(draw: st.DrawFn) -> tuple[list[str], list[str], list[str], list[str]]:
    """XML paragraphs, their texts, XML notes, the notes' texts."""
    xml, texts, note_xml, note_texts = [], [], [], []
    for _ in range(draw(st.integers(1, 4))):
        runs, told, marked = [], "", -1
        for _ in range(draw(st.integers(0, 5))):
            words = draw(LETTERS)
            how = draw(st.sampled_from(["run", "i", "ins", "del", "field", "link", "note", "box"]))
            if how == "del":
                runs.append(deleted(words))
                continue
            if how == "note":
                number = len(note_texts) + 2
                runs.append(call(number))
                note_xml.append(note(number, words + "."))
                note_texts.append((words + ".").strip())
                marked = len(told)
                continue
            if how == "box":
                words = words.replace(",", "")
                runs.append(f"<w:smartTag>{r(words)}</w:smartTag>")
            else:
                made = {
                    "run": r(words),
                    "i": i(words),
                    "ins": inserted(words),
                    "field": field("REF x", words),
                    "link": f"<w:hyperlink>{r(words)}</w:hyperlink>",
                }
                runs.append(made[how])
            if marked == len(told) and glues(told[-1:], words[:1]):
                told += " "  # a mark does not glue two words together
            told += words
        xml.append(p(*runs))
        if told.strip():
            texts.append(told.strip())
    return xml, texts, note_xml, note_texts


@settings(max_examples=60, deadline=None)
@given(bodies())
def test_the_text_written_is_the_text_read(made: tuple[list[str], ...]) -> None:
    xml, texts, note_xml, note_texts = made
    data = docx(*xml, footnotes="".join(note_xml))
    doc = checked(data)
    assert paragraphs(doc) == (texts or [""])
    # Full stops behind a note's own number are taken for part of it.
    told = [words.lstrip(". ") for words in note_texts]
    assert [words.lstrip(". ") for words in spans(doc, "note")] == told
    assert [n.label for n in doc.of_kind("callout")] == [
        str(n) for n in range(1, len(note_texts) + 1)
    ]
    assert intake(data) == intake(data)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_fail(noise: bytes) -> None:
    parts = members(p("Words."), footnotes=note(2, "x"))
    for name in ("word/document.xml", "word/footnotes.xml", "word/styles.xml"):
        found = intake(zipped({**parts, name: noise}))
        assert found.troubles or found.document.text
    assert intake(noise).troubles


NAMES = """p r t tbl tr tc pPr rPr sdt sdtContent ins del moveFrom moveTo hyperlink fldSimple
    fldChar instrText br tab sym footnoteReference endnoteReference footnoteRef sectPr numPr pStyle
    rStyle i vanish vertAlign drawing txbxContent ruby rt rubyBase lastRenderedPageBreak framePr cr
    ind"""
VALUES = ["1", "2", "0", "superscript", "begin", "separate", "end", "page", "F061", "", "x", "drop"]
ATTRIBUTES = ["val", "id", "fldCharType", "type", "char", "left", "customMarkFollows", "dropCap"]


def element(name: str, values: dict[str, str], inner: list[str]) -> str:
    written = "".join(f' w:{key}="{value}"' for key, value in values.items())
    words = ["abc ", " x", "12", "[", "*"][len(values)] if name == "t" else "".join(inner)
    return f"<w:{name}{written}>{words}</w:{name}>"


TREES = st.recursive(
    st.just("<w:r><w:t>word</w:t></w:r>"),
    lambda inner: st.builds(
        element,
        st.sampled_from(NAMES.split()),
        st.dictionaries(st.sampled_from(ATTRIBUTES), st.sampled_from(VALUES), max_size=3),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None)
@given(st.lists(TREES, max_size=5), st.lists(TREES, max_size=2))
def test_any_tree_of_word_elements_is_read_soundly(body: list[str], inside: list[str]) -> None:
    two = "".join(f'<w:footnote w:id="{id_}">{p(*inside)}</w:footnote>' for id_ in (1, 1))
    for content in ("".join(body), p(*body)):
        data = docx(content, footnotes=two)
        assert_sound(intake(data).document, data)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2000), st.integers(1, 60))
def test_no_gap_in_the_file_makes_the_reader_fail(at: int, size: int) -> None:
    data = docx(p("Words.", call(2)), footnotes=note(2, "x"))
    found = intake(data[:at] + data[at + size :])
    assert found.troubles or "Words." in found.document.text
