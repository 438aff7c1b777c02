"""Rich Text Format: groups, code pages, notes. All texts here are invented specimens."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools import rtf as specimen
from tools import word
from tools.manuscript import parse

from scholiast.config import Settings
from scholiast.model import Document, Intake, Source
from scholiast.readers.docx import read as read_docx
from scholiast.readers.rtf import read
from scholiast.readers.rtf.tokens import tokens
from test_reader_odt_properties import facts
from word_files import converted

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
HEAD = (
    r"{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Times;}"
    r"{\f2\fcharset134 SimSun;}{\f3\fcharset128 Mincho;}{\f4\fcharset2 Symbol;}}"
    r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2\sbasedon1\outlinelevel1 Mine;}"
    r"{\s3 Title;}{\s4\i Quote;}{\*\cs5\i Emphasis;}{\s6 footnote text;}}"
    r"{\info{\title On Ferries}{\author Ann Roe; Bo Lee}{\company Not I}}"
)
WORDS = "A paragraph of plain words that shows where the text stands as a rule. " * 4


def intake(data: bytes) -> Intake:
    return read(Source("specimen.rtf", data), Settings())


def document(*body: str, head: str = HEAD) -> Document:
    data = (head + "\n".join(body) + "}").encode("latin-1")
    found = intake(data)
    assert not found.troubles
    assert_sound(found.document, data)
    return found.document


def assert_sound(doc: Document, data: bytes) -> None:
    """Check the contract: order, bounds, and that every segment leads to its words."""
    assert list(doc.nodes) == sorted(doc.nodes, key=lambda n: (n.start, -n.end, n.kind, n.id))
    source = data.decode("latin-1")
    told = 0
    for one in doc.segments:
        there = source[one.source : one.source_end]
        assert one.line == source.count("\n", 0, one.source) + 1
        if one.role == "text":
            assert doc.text[one.start : one.end] == there.replace("\t", " ").replace("\0", " ")
        elif one.role == "repair" and one.repair != "blank-inserted":
            assert one.original == there
        assert one.start >= told or one.start == one.end
        told = max(told, one.end)
    covered = {at for one in doc.segments for at in range(one.start, one.end)}
    assert all(c in "\n\t" for at, c in enumerate(doc.text) if at not in covered)
    ids = {node.id for node in doc.nodes if node.id}
    assert all(node.link in ids for node in doc.nodes if node.link)


def paragraphs(doc: Document) -> list[str]:
    return doc.text[: doc.body_end].split("\n\n")


def spans(doc: Document, kind: str) -> list[str]:
    return [doc.text[node.start : node.end] for node in doc.of_kind(kind)]


def notes(doc: Document) -> list[tuple[str, str, str]]:
    by_id = {one.id: one for one in doc.of_kind("note")}
    told = []
    for callout in doc.of_kind("callout"):
        one = by_id.get(callout.link)
        words = doc.text[one.start : one.end] if one else "-"
        told.append((callout.label, doc.text[: callout.start].split()[-1], words))
    return told


NOTE = r"{\super\chftn}{\footnote\pard\plain\s6 {\super\chftn} %s}"


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (r"caf\'e9 na\u239?ve \u8217\'92s \u-10179?\u-8704?", "café naïve ’s 😀"),
        (r"{\f1 \'c2\'e0\'e3\'ee\'ed} \u1042?\u1072?", "Вагон Ва"),
        (r"{\f2 \'d6\'d0\'b9\'fa} {\f3 \'83A\'83C}", "中国 アイ"),
        (r"\loch\af0\dbch\af2\loch x \dbch \'d6\'d0\loch y", "x 中y"),
        (r"a\~b\_c\-d\{e\}\\f\emdash\lquote g\rquote\tab h", "a\u00a0b\u2011c\u00add{e}\\f—‘g’\th"),
        (r"{\uc2 \u20013\'d6\'d0x} {\uc0 \u20013y} \u20013\bullet z", "中x 中y 中z"),
        ("{\\upr{Plain}{\\*\\ud{\\u1042?}}} one\r\n two\\\nthree", "В one two\n\nthree"),
        ("raw \xe9 here", "raw é here"),
        (r"a {\*\unknown gone}{\v hidden}{\deleted out}{\pict 00ff}b\bin5 }}}}}c", "a bc"),
        (r'see {\field{\*\fldinst HYPERLINK "x"}{\fldrslt the page}} now', "see the page now"),
        (r"{\f4 \'61}", "α"),
        (r"\b0\i0 x\line y{\header no}{\xe no}", "x\ny"),
    ],
)
def test_characters_are_those_that_are_shown(rtf: str, text: str) -> None:
    assert document(rtf).text == text


def test_what_is_not_as_in_the_file_is_kept_with_it() -> None:
    doc = document(r"caf\'e9 \u8217\'92s")
    mended = [(s.original, doc.text[s.start : s.end]) for s in doc.segments if s.repair]
    assert mended == [(r"\'e9", "é"), (r"\u8217\'92", "’")]


def test_styles_outlines_and_indents_make_headings_and_quotations() -> None:
    doc = document(
        r"\pard\plain\s3 Of Small Ferries\par\pard\plain\s1 One\par\pard\plain\s2 Two\par",
        rf"\pard\plain {WORDS}\par\pard\plain\s4\i They wrote {{\i0 this}}.\par",
        rf"\pard\plain\li720 Further in.\par\pard\plain {WORDS}\par",
        r"\pard\plain\outlinelevel2 Three\par\pard\plain End.",
    )
    levels = [(node.level, node.title) for node in doc.of_kind("heading")]
    assert levels == [(1, "Of Small Ferries"), (2, "One"), (3, "Two"), (4, "Three")]
    assert spans(doc, "quote") == ["They wrote this.\n\nFurther in."]
    assert spans(doc, "italic") == ["this"]
    assert (doc.title, doc.authors) == ("Of Small Ferries", ("Ann Roe", "Bo Lee"))


def test_notes_have_the_numbers_that_are_shown() -> None:
    doc = document(
        r"\ftnnrlc\ftnstart3 A" + NOTE % "one" + r" b{\super *}{\footnote{\super *} star}",
        " c" + NOTE % r"two\par second" + r" d{\super\chftn}{\footnote\ftnalt{\super\chftn} end}.",
        r"\par E{\super\chftn} f{\v g" + NOTE % "hidden" + "}.",
    )
    assert notes(doc) == [
        ("iii", "A", "one"), ("*", "b", "star"), ("iv", "c", "two\n\nsecond"), ("i", "d", "end"),
        ("v", "E", "-"),
    ]  # fmt: skip
    assert [n.role for n in doc.of_kind("note")] == ["footnote"] * 3 + ["endnote"]
    assert "hidden" not in doc.text


def test_numbers_begin_again_in_sections_where_the_file_says_so() -> None:
    body = "A" + NOTE % "x" + r"\par\sect B" + NOTE % "y" + "."
    assert [label for label, _, _ in notes(document(r"\ftnrestart " + body))] == ["1", "1"]
    assert [label for label, _, _ in notes(document(body))] == ["1", "2"]


def test_a_note_that_no_mark_calls_shows_its_number_itself() -> None:
    doc = document("A" + NOTE % "x" + r"{\footnote\pard{\super 7} Nobody calls me.} b.")
    assert notes(doc) == [("1", "A", "x")]
    assert [(n.label, n.link) for n in doc.of_kind("note")] == [("1", "c1"), ("7", "")]
    assert spans(doc, "note") == ["x", "Nobody calls me."]


def test_notes_typed_by_hand_are_notes() -> None:
    doc = document(
        r"It was so.{\super 1} And so.{\super 2}\par\pard\plain\s1 Notes\par\pard\plain",
        r"{\super 1} Roe, Letters, 3.\par{\super 2} Ibid., 5.\par",
    )
    assert [words for _, _, words in notes(doc)] == ["Roe, Letters, 3.", "Ibid., 5."]


def test_tables_lists_and_boxes() -> None:
    row = r"\trowd\cellx100\cellx200 \pard\intbl a%s\cell\pard\intbl {\i b}\par c\cell\row"
    doc = document(
        rf"\pard {WORDS}\par",
        row % "1", row % "2",
        r"\trowd\clmgf\cellx100\clmrg\cellx200\cellx300\pard\intbl d\cell\cell e\cell\row",
        r"\trowd\cellx100\pard\intbl alone\cell\row",
        r"\trowd\cellx100\cellx200\pard\intbl x\par\pard\intbl\itap2 n\nestcell m\nestcell"
        r"{\*\nesttableprops\trowd\cellx1\cellx2\nestrow}\pard\intbl\itap1 y\cell z\cell\row",
        r"\pard\ls1 {\listtext 1.\tab}one\par\pard\ls1 two\par\pard",
        r"Anchor{\shp{\*\shpinst{\sp{\sn no}{\sv no}}{\shptxt \pard In a box.\par}}} here.\par",
    )  # fmt: skip
    assert paragraphs(doc)[1:] == [
        "a1\tb\nc", "a2\tb\nc", "d\te", "alone", "x\ny\tz", "n\tm", "one", "two",
        "Anchor here.", "In a box.",
    ]  # fmt: skip
    assert spans(doc, "table")[0] == "a1\tb\nc\n\na2\tb\nc\n\nd\te"
    assert spans(doc, "list") == ["one\n\ntwo"]


def test_a_bullet_and_a_tab_before_a_hanging_paragraph_make_an_item() -> None:
    item = r"{\pard \ql \sa180 \li360 \fi-360 \bullet \tx360\tab %s\par}"
    doc = document(
        r"{\pard Two:\par}", item % "Rails.", item % "Wheels.", r"{\pard \bullet\tab No item.\par}"
    )
    assert paragraphs(doc) == ["Two:", "Rails.", "Wheels.", "•\tNo item."]
    assert spans(doc, "list") == ["Rails.\n\nWheels."]


def test_groups_may_be_nested_as_deep_as_they_like() -> None:
    doc = document(r"{\i " * 10_000 + "deep" + "}" * 10_000)
    assert (doc.text, spans(doc, "italic")) == ("deep", ["deep"])


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"words", "no RTF file"), (HEAD.encode() + b"words", "breaks off")],
)
def test_what_is_wrong_is_said_in_one_line(data: bytes, says: str) -> None:
    (trouble,) = intake(data).troubles
    assert says in trouble.detail and "\n" not in trouble.detail
    assert intake(b"").troubles[0].name == intake(b"{\\rtf1 }").troubles[0].name == "empty-file"


PIECES = st.sampled_from(
    ["{", "}", "\\par ", "\\pard", "\\cell ", "\\row ", "\\trowd\\cellx1\\cellx2 ", "\\intbl ",
     "words ", "\\'e9", "\\'d6", "\\u233?", "\\u-1", "\\uc3 ", "\\f2 ", "{\\super\\chftn}",
     "{\\footnote x}", "{\\footnote\\pard{\\super 3} y}", "\\super 2", "\\i ", "\\v ", "\\*",
     "\\upr", "{\\field{\\*\\fldinst NOTEREF}{\\fldrslt\\super 1}}", "\\bin9 ", "\\sect ", "\n",
     "{\\shptxt b}", "\\nestcell ", "\\nestrow ", "\\itap2 ", "\\plain ", "\\deleted ", "\\ftnalt",
     "{\\stylesheet", "{\\info{\\title", "\\s4 ", "\xe9", "\\", "1", "\\ls1 "]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=25))
def test_any_row_of_tokens_is_read_soundly(pieces: list[str]) -> None:
    data = (HEAD + "First. " + "".join(pieces)).encode("latin-1")
    for whole in (data, data + b"}"):
        found = intake(whole)
        assert_sound(found.document, whole)
        assert found == intake(whole)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail(noise: bytes) -> None:
    assert intake(noise).troubles
    found = intake(HEAD.encode() + noise)
    assert found.troubles or found.document.text
    places = [(one.start, one.end) for one in tokens(noise)]
    assert places == sorted(places)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder, and so one profile of LibreOffice, for all conversions here."""
    return tmp_path_factory.mktemp("office")


@pytest.mark.parametrize("name", ["roundtable/clean.md", "zh/wenzhang.md"])
def test_what_libreoffice_makes_of_a_file_reads_as_the_file_does(name: str, folder: Path) -> None:
    manuscript = parse((EXAMPLES / name).read_text(encoding="utf-8"))
    docx, own = word.write(manuscript), specimen.write(manuscript)
    wanted = {**facts(read_docx(Source("a.docx", docx), Settings()).document), "language": ""}
    assert facts(intake(own).document) == wanted
    saved = converted(docx, "rtf", folder)
    assert_sound(intake(saved).document, saved)
    found = facts(intake(saved).document)
    if name.startswith("zh"):  # LibreOffice writes no numbering in circles
        found["callouts"] = wanted["callouts"]
    assert found == wanted
