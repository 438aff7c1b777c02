"""Word comments: at the exact words, and nothing else changed. All texts are invented specimens."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from scholiast.model import Certainty, Document, Finding, Source
from scholiast.packages.ooxml import elements, pieces
from scholiast.report import annotate_docx as module
from scholiast.report.annotate import annotate
from scholiast.report.annotate_docx import annotate_docx
from scholiast.report.annotate_error import AnnotateError
from scholiast.text import Index
from word_files import (
    CONTENT,
    HEAD,
    NAMES,
    OFFICE,
    W14,
    W15,
    W,
    c14n,
    comments_of,
    control,
    document_of,
    docx,
    field,
    finding,
    members,
    note_mark,
    original_again,
    p,
    t,
    with_members,
    zipped,
)

LINK = '<w:hyperlink r:id="rId1">{}</w:hyperlink>'.format
INSERTED = '<w:ins w:id="90" w:author="A. Nobody">{}</w:ins>'.format
SIMPLE = '<w:fldSimple w:instr=" QUOTE x ">{}</w:fldSimple>'.format
SMART = '<w:smartTag w:uri="urn:x" w:element="place">{}</w:smartTag>'.format
BIDI = '<w:bdo w:val="ltr">{}</w:bdo>'.format


def annotated(data: bytes, *quotes: str) -> tuple[bytes, list[str]]:
    """A file with a comment on each quote, and the words the comments cover."""
    document = document_of(data)
    found = [finding(document, quote) for quote in quotes]
    out = annotate_docx(document, found, data)
    return out, [comment.words for comment in comments_of(out).values()]


# --- the exact words -------------------------------------------------------------


@pytest.mark.parametrize(
    ("inner", "quote"),
    [
        (t("The whole run."), "The whole run."),
        (t("It rained in the valley."), "rained"),
        (t("It ") + t("rai", "<w:i/>") + t("ned") + t(" in May."), "It rained in"),
        (t("See ") + LINK(t("the archive of the ministry")) + t(", folder 3."), "archive of"),
        (t("See ") + LINK(t("the archive")) + t(", folder 3."), "archive, fol"),
        (t("They ") + INSERTED(t("never really")) + t(" met."), "really"),
        (t("They ") + INSERTED(t("never really")) + t(" met."), "They never"),
        (t("On ") + SIMPLE(t("4 May 1951")) + t(" they met."), "May"),
        (t("On ") + SIMPLE(t("4 May 1951")) + t(" they met."), "4 May 1951"),
        (t("Thus ") + field("ADDIN ZOTERO_ITEM {}", t("(Doe 1999, "), t("12)")) + t("."), "1999"),
        (t("Thus ") + field("ADDIN ZOTERO_ITEM {}", t("(Doe 1999, "), t("12)")) + t("."), "9, 12"),
        (t("Thus ") + field("REF a", t("part two")) + t(" says."), "part two"),
        (t("Thus ") + field("REF a", t("part two")) + t(" says."), "two says"),
        (t("Thus ") + field('HYPERLINK "http://x"', t("part two")) + t(" says."), "part"),
        (t("In ") + control(t("the city of N.")) + t(" it was."), "city"),
        (t("In ") + control(t("the city of N.")) + t(" it was."), "In the city"),
        (t("In ") + SMART(t("North Town")) + t(" it was."), "Town"),
        (t("In ") + SMART(t("North ") + SMART(t("Town"))) + t(" it was."), "rth Tow"),
        (t("In ") + LINK(INSERTED(SMART(t("North Town")))) + t(" it was."), "North"),
        (t("In ") + BIDI(t("North Town")) + t(" it was."), "Town it"),
        ("<w:r><w:t>One</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r>", "e\ttwo\nth"),
        ("<w:r><w:t>One</w:t><w:noBreakHyphen/><w:t>two</w:t></w:r>", "two"),
        (t("Kept ") + '<w:del w:id="91" w:author="A"><w:r><w:delText>not </w:delText></w:r></w:del>'
         + t("here."), "Kept here"),
        ("<w:r><w:lastRenderedPageBreak/><w:t>A new page begins.</w:t></w:r>", "A new"),
    ],
)  # fmt: skip
def test_a_comment_covers_exactly_the_words(inner: str, quote: str) -> None:
    data = docx(p(t("First.")), p(inner), p(t("Last.")))
    out, words = annotated(data, quote)
    assert words == [quote]
    assert original_again(out, data) == c14n(data)
    assert document_of(out).text == document_of(data).text


def test_a_range_goes_over_paragraphs_cells_and_runs() -> None:
    cell = '<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>{}</w:tc>'.format
    table = (
        '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid>'
        f"<w:tr>{cell(p(t('in a cell')))}</w:tr></w:tbl>"
    )
    data = docx(p(t("One "), t("end", "<w:b/>")), p(t("and two.")), table, p(t("After.")))
    out, words = annotated(data, "end\n\nand two.\n\nin a", "cell")
    assert words == ["end\n\nand two.\n\nin a", "cell"]
    assert original_again(out, data) == c14n(data)


def test_comments_that_overlap_and_touch_do_not_disturb_one_another() -> None:
    data = docx(p(t("alpha beta gamma delta")))
    quotes = [
        "alpha beta",
        "beta gamma",
        "gamma",
        " delta",
        "alpha",
        "a b",
        "alpha beta gamma delta",
    ]
    out, words = annotated(data, *quotes)
    assert words == [quote.strip() for quote in quotes]
    assert original_again(out, data) == c14n(data)


def test_cut_runs_keep_their_looks_and_their_blanks() -> None:
    data = docx(
        '<w:p><w:r w:rsidR="00AB12CD"><w:rPr><w:i/><w:color w:val="FF0000"/></w:rPr>'
        "<w:t>  one two three </w:t></w:r></w:p>"
    )
    out, words = annotated(data, "two")
    assert words == ["two"]
    assert original_again(out, data) == c14n(data)
    assert document_of(out).text == document_of(data).text == "one two three"
    root = etree.fromstring(members(out)["word/document.xml"])
    runs = [run for run in root.iter(f"{{{W}}}r") if run.find(f"{{{W}}}t") is not None]
    assert len(runs) == 3
    for run in runs:
        assert run.get(f"{{{W}}}rsidR") == "00AB12CD"
        assert run.find(f"{{{W}}}rPr/{{{W}}}color").get(f"{{{W}}}val") == "FF0000"


def test_formulas_phonetic_guides_and_chosen_values_are_taken_whole() -> None:
    formula = "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"
    guide = (
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{t('Beijing')}</w:rt>"
        f"<w:rubyBase>{t('北京')}</w:rubyBase></w:ruby></w:r>"
    )
    choice = control(t("second of May"), properties="<w:dropDownList/>")
    data = docx(p(t("Sum "), formula, t(" is.")), p(t("In "), guide), p(t("On "), choice, t(".")))
    out, words = annotated(data, "+b", "京", "of")
    assert words == ["a+b", "Beijing北京", "second of May"]
    assert original_again(out, data) == c14n(data)


def test_words_in_a_text_box_are_asked_about_at_its_anchor() -> None:
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><w:txbxContent>'
        f"{p(t('Words in the box.'))}</w:txbxContent></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><w:txbxContent>{p(t('Words in the box.'))}</w:txbxContent></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    data = docx(p(t("Before "), box, t(" behind.")), p(t("Last.")))
    out, _ = annotated(data, "Words in")
    root = etree.fromstring(members(out)["word/document.xml"])
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        (mark,) = root.iter(f"{{{W}}}{name}")
        assert not [a for a in mark.iterancestors() if a.tag == f"{{{W}}}txbxContent"]
    assert "Words in the box." in comments_of(out)[0].text
    assert original_again(out, data) == c14n(data)


# --- notes and places without words ----------------------------------------------


NOTED = docx(
    p(t("It was so."), note_mark(1), t(" Or not."), note_mark(2), note_mark(3)),
    p(t("The end."), note_mark(1, "endnote")),
    footnotes=("Doe, History, 3.", "Ibid., 14.", "Doe, History, 15.", "Never called, 9."),
    endnotes=("See the archive.",),
)


@pytest.mark.parametrize(
    ("quote", "before", "note"),
    [
        ("History, 3", "It was so.", "1"),
        ("Ibid", "It was so.† Or not.", "2"),
        ("15", "It was so.† Or not.†", "3"),
        ("archive", "The end.", "1"),
    ],
)
def test_findings_in_notes_hang_on_the_mark_in_the_body(quote: str, before: str, note: str) -> None:
    document = document_of(NOTED)
    found = finding(document, quote)
    out = annotate_docx(document, [found], NOTED)
    ((number, comment),) = comments_of(out).items()
    assert comment.words == "†"
    assert f"In note {found.place.note}: “" in comment.text and quote in comment.text
    text = members(out)["word/document.xml"].decode()
    lead = text[: text.index(f'<w:commentRangeStart w:id="{number}"/>')]
    shown = re.sub(r"<w:(?:foot|end)noteReference[^>]*>", "†", lead.rpartition("<w:p>")[2])
    assert re.sub(r"<[^>]*>", "", shown) == before
    unchanged = ("word/footnotes.xml", "word/endnotes.xml")
    assert all(members(out)[name] == members(NOTED)[name] for name in unchanged)


def test_a_note_that_nothing_calls_is_asked_about_at_a_neighbour() -> None:
    document = document_of(NOTED)
    found = finding(document, "Never called, 9.")
    out = annotate_docx(document, [found], NOTED)
    (comment,) = comments_of(out).values()
    assert comment.words and "Never called, 9." in comment.text


def test_a_callout_is_covered_by_the_comment_on_it() -> None:
    document = document_of(NOTED)
    found = [
        finding(document, at=callout.start, code="NOT001", silent=callout.label, ordinal=number)
        for number, callout in enumerate(document.of_kind("callout"))
    ]
    out = annotate_docx(document, found, NOTED)
    assert [comment.words for comment in comments_of(out).values()] == ["†"] * 4
    text = members(out)["word/document.xml"].decode()
    spans = re.findall(r'RangeStart w:id="(\d+)"/>(.*?)<w:commentRangeEnd w:id="(\d+)"/>', text)
    marks = [re.search(r'(\w+)Reference w:id="(\d)"', held) for _, held, _ in spans]
    assert [match.groups() for match in marks if match] == [
        ("footnote", "1"), ("footnote", "2"), ("footnote", "3"), ("endnote", "1")
    ]  # fmt: skip


def test_a_sign_of_the_authors_own_is_covered_with_its_reference() -> None:
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t></w:r>'
    data = docx(p(t("It was so."), own, t(" Yes.")), footnotes=("Doe, 3.",))
    out, words = annotated(data, "Doe")
    assert words == ["*"]
    assert original_again(out, data) == c14n(data)


def test_a_place_without_words_takes_the_word_before_it() -> None:
    data = docx(p(t("One two three.")), p(t("Four five.")))
    document = document_of(data)
    found = [finding(document, at=7), finding(document, at=len("One two three.\n\n"), ordinal=1)]
    out = annotate_docx(document, found, data)
    assert [comment.words for comment in comments_of(out).values()] == ["two", "Four"]
    assert all("At these words: “" in comment.text for comment in comments_of(out).values())


def test_an_empty_text_still_takes_a_comment_and_a_file_without_paragraphs_says_why() -> None:
    place = Index(Document("essay.docx")).place(0, 0)
    found = Finding("0" * 12, "DOC002", "empty-file", "M.", "Q?", Certainty.CERTAIN, place)
    out = annotate_docx(Document("essay.docx"), [found], docx("<w:p/>"))
    assert comments_of(out)[0].text.startswith("Q?\nM.\n")
    with pytest.raises(AnnotateError, match="no paragraph"):
        annotate_docx(Document("essay.docx"), [found], docx())


# --- the words of a comment ------------------------------------------------------


def test_a_comment_says_question_message_places_and_its_sign() -> None:
    data = docx(p(t("One “two three. Four, five.")))
    document = document_of(data)
    found = finding(document, "“", question="Where does it end?", also=("Four", "five"))
    out = annotate_docx(document, [found], data)
    assert comments_of(out)[0].text.split("\n") == [
        "Where does it end?",
        "Something is odd here.",
        "Also: “Four”",
        "Also: “five”",
        f"DOC012 invented-rule · certain · #{found.id}",
    ]


def test_only_ten_other_places_are_listed() -> None:
    text = " ".join(f"word{number}" for number in range(20))
    data = docx(p(t(text)))
    document = document_of(data)
    found = finding(document, "word0", also=tuple(f"word{number}" for number in range(1, 15)))
    lines = comments_of(annotate_docx(document, [found], data))[0].text.split("\n")
    assert sum(line.startswith("Also") for line in lines) == 10
    assert "and 4 more places" in lines


def test_characters_that_xml_cannot_hold_do_no_harm() -> None:
    data = docx(p(t("One two.")))
    document = document_of(data)
    found = finding(document, "One", question='A \x00 or \x0b or \ud800 <b> & "c"?')
    text = comments_of(annotate_docx(document, [found], data))[0].text
    assert text.startswith('A \ufffd or \ufffd or \ufffd <b> & "c"?\n')


def test_initials_author_and_date() -> None:
    data = docx(p(t("One two.")))
    document = document_of(data)
    plain = annotate_docx(document, [finding(document, "One")], data)
    assert b"w:date" not in members(plain)["word/comments.xml"]
    moment = datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC)
    dated = annotate_docx(document, [finding(document, "One")], data, author="Ada Bee", date=moment)
    (comment,) = etree.fromstring(members(dated)["word/comments.xml"])
    names = {name.rpartition("}")[2]: value for name, value in comment.attrib.items()}
    assert names == {
        "id": "0", "author": "Ada Bee", "initials": "AB", "date": "2020-02-03T04:05:06Z"
    }  # fmt: skip


# --- the package -----------------------------------------------------------------


def test_everything_else_stays_byte_identical() -> None:
    data = docx(
        p(t("One two."), note_mark(1)),
        footnotes=("Doe.",),
        styles='<w:style w:styleId="a"/>',
        parts={"word/media/x.bin": "\x00\x01", "docProps/custom.xml": "<x/>"},
    )
    out, _ = annotated(data, "two")
    old, new = members(data), members(out)
    touched = {"word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert set(new) - set(old) == {"word/comments.xml", "word/commentsExtended.xml"}
    assert {name for name in old if old[name] != new[name]} == touched
    for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
        kept = re.sub(rb"<(?:Override|Relationship) [^>]*comments[^>]*/>", b"", new[name])
        assert kept == old[name]
    with zipfile.ZipFile(io.BytesIO(out)) as archive:
        assert archive.testzip() is None


def test_the_same_input_gives_the_same_bytes() -> None:
    assert annotated(NOTED, "Ibid", "so")[0] == annotated(NOTED, "Ibid", "so")[0]


def test_declaration_and_namespaces_of_the_body_stay() -> None:
    data = docx(p(t("One two.")))
    for head in (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n',
        b"<?xml version='1.0' encoding='utf-8'?>\n<!-- made by hand -->\n",
        b"",
    ):
        body = members(data)["word/document.xml"].partition(b"\n")[2]
        changed = with_members(data, document=head + body)
        out, words = annotated(changed, "two")
        xml = members(out)["word/document.xml"]
        assert xml.startswith(head + body[: body.index(b"<w:body>")])
        assert words == ["two"]


def test_a_body_in_utf_16_stays_in_utf_16() -> None:
    data = docx(p(t("Ein Tag in Köln.")))
    text = members(data)["word/document.xml"].decode().replace("UTF-8", "UTF-16")
    changed = with_members(data, document=text.encode("utf-16"))
    out, words = annotated(changed, "Köln")
    assert words == ["Köln"]
    assert members(out)["word/document.xml"].startswith(b"\xff\xfe<\x00?\x00")
    assert original_again(out, changed) == c14n(changed)


def _commented() -> bytes:
    """A file with a comment of somebody else, resolved, as recent versions of Word write it."""
    cid = "http://schemas.microsoft.com/office/word/2016/wordml/cid"
    cex = "http://schemas.microsoft.com/office/word/2018/wordml/cex"
    mark = '<w:comment{} w:id="41"/>'.format
    reference = '<w:r><w:commentReference w:id="41"/></w:r>'
    return docx(
        p(t("Some "), mark("RangeStart"), t("old words"), mark("RangeEnd"), reference, t(" here.")),
        styles='<w:style w:type="character" w:styleId="Zf"><w:name w:val="annotation reference"/>'
        '</w:style><w:style w:type="paragraph" w:styleId="Zt"><w:name w:val="annotation text"/>'
        "</w:style>",
        parts={
            "word/comments.xml": f'{HEAD}<w:comments {NAMES}><w:comment w:id="41" w:author="Bo">'
            f'<w:p w14:paraId="0000ABCD">{t("Mine.")}</w:p></w:comment></w:comments>',
            "word/commentsExtended.xml": f'{HEAD}<w15:commentsEx xmlns:w15="{W15}">'
            '<w15:commentEx w15:paraId="0000ABCD" w15:done="1"/></w15:commentsEx>',
            "word/commentsIds.xml": f'{HEAD}<w16cid:commentsIds xmlns:w16cid="{cid}">'
            '<w16cid:commentId w16cid:paraId="0000ABCD" w16cid:durableId="00000011"/>'
            "</w16cid:commentsIds>",
            "word/commentsExtensible.xml": f'{HEAD}<w16cex:commentsExtensible xmlns:w16cex="{cex}">'
            '<w16cex:commentExtensible w16cex:durableId="00000011"/></w16cex:commentsExtensible>',
        },
        types={
            name: f"{CONTENT}.{name}+xml"
            for name in ("comments", "commentsExtended", "commentsIds", "commentsExtensible")
        },
        links={
            "comments": f"{OFFICE}/relationships/comments",
            "commentsExtended": "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
            "commentsIds": "http://schemas.microsoft.com/office/2016/09/relationships/commentsIds",
            "commentsExtensible": "http://schemas.microsoft.com/office/2018/08/relationships/commentsExtensible",
        },
    )


def test_comments_of_others_are_kept_and_continued() -> None:
    data = _commented()
    out, _ = annotated(data, "words here", "Some")
    found = comments_of(out)
    assert {number: comment.words for number, comment in found.items()} == {
        41: "old words", 42: "words here", 43: "Some"
    }  # fmt: skip
    assert found[41] == comments_of(data)[41]
    assert original_again(out, data) == c14n(data)
    old, new = members(data), members(out)
    assert set(old) == set(new)
    assert old["[Content_Types].xml"] == new["[Content_Types].xml"]
    assert old["word/_rels/document.xml.rels"] == new["word/_rels/document.xml.rels"]
    for name in ("comments", "commentsExtended", "commentsIds", "commentsExtensible"):
        before, after = old[f"word/{name}.xml"], new[f"word/{name}.xml"]
        assert after.startswith(before[: before.rindex(b"</")])
    assert b'<w:rStyle w:val="Zf"/></w:rPr><w:commentReference' in new["word/document.xml"]
    assert b'<w:pStyle w:val="Zt"/>' in new["word/comments.xml"]


def test_every_comment_has_its_entries_in_the_parts_beside() -> None:
    new = members(annotated(_commented(), "words here", "Some")[0])
    root = etree.fromstring(new["word/comments.xml"])
    last = [list(comment.iter(f"{{{W}}}p"))[-1].get(f"{{{W14}}}paraId") for comment in root]
    assert len(set(last)) == 3 and all(0 < int(id_, 16) < 0x80000000 for id_ in last)
    for name in ("commentsExtended", "commentsIds"):
        ids = re.findall(rb'paraId="(\w+)"', new[f"word/{name}.xml"])
        assert [id_.decode() for id_ in ids] == last
    assert re.findall(rb'done="(\d)"', new["word/commentsExtended.xml"]) == [b"1", b"0", b"0"]
    durable = re.findall(rb'durableId="(\w+)"', new["word/commentsIds.xml"])
    assert durable == re.findall(rb'durableId="(\w+)"', new["word/commentsExtensible.xml"])
    assert len(set(durable)) == 3


def test_a_part_of_comments_from_old_programs_gets_the_names_it_lacks() -> None:
    data = _commented()
    plain = (
        f'<w:comments xmlns:w="{W}"><w:comment w:id="41" w:author="Bo"><w:p>{t("Mine.")}</w:p>'
        "</w:comment></w:comments>"
    )
    changed = with_members(data, comments=plain.encode())
    out, _ = annotated(changed, "Some")
    root = etree.fromstring(members(out)["word/comments.xml"])
    ignorable = root.get("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable")
    assert ignorable == "w14" and root.nsmap["w14"] == W14
    assert [comment.author for comment in comments_of(out).values()] == ["Bo", "Scholiast"]


def test_a_second_run_asks_nothing_twice() -> None:
    document = document_of(NOTED)
    found = [finding(document, quote) for quote in ("so", "Ibid")]
    once = annotate_docx(document, found, NOTED)
    again = document_of(once)
    assert again.text == document.text
    assert annotate_docx(again, found, once) == once
    more = annotate_docx(again, [*found, finding(document, "end")], once)
    assert [comment.words for comment in comments_of(more).values()] == ["so", "†", "end"]


def test_no_comment_has_the_number_of_a_note() -> None:
    out, _ = annotated(NOTED, "so", "not")
    notes = re.findall(rb'<w:footnote [^>]*w:id="(\d+)"', members(out)["word/footnotes.xml"])
    assert min(comments_of(out)) > max(int(number) for number in notes)


def test_findings_beyond_the_cap_are_rolled_up_the_least_certain_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_COMMENTS", 3)
    words = [f"word{number}" for number in range(10)]
    data = docx(p(t("Start. " + " ".join(words))))
    document = document_of(data)
    found = [
        finding(document, word, certainty=Certainty.STYLE if number < 8 else Certainty.CERTAIN)
        for number, word in enumerate(words)
    ]
    out = annotate_docx(document, found, data)
    rest, *own = comments_of(out).values()
    assert [comment.words for comment in own] == ["word0", "word8", "word9"]
    assert rest.words == "Start."
    assert rest.text.startswith("7 further questions have no comment of their own")
    assert "DOC012 invented-rule: 7" in rest.text and "“word1”" in rest.text
    assert "and 2 more places" in rest.text


def test_at_most_two_thousand_comments() -> None:
    data = docx(*(p(t(f"Paragraph number{number} is here.")) for number in range(2100)))
    document = document_of(data)
    found = []
    index = Index(document)
    for number, match in enumerate(re.finditer(r"number\d+", document.text)):
        place = index.place(*match.span())
        found.append(Finding(f"{number:012x}", "DOC012", "x", "M.", "Q?", Certainty.LIKELY, place))
    out = annotate_docx(document, found, data)
    assert len(comments_of(out)) == 2001
    assert original_again(out, data) == c14n(data)


def test_findings_about_other_documents_are_passed_over() -> None:
    data = docx(p(t("One two.")))
    other = document_of(data, "other.docx")
    document = document_of(data)
    assert annotate_docx(document, [finding(other, "two")], data) == data


def test_a_strict_document_gets_strict_comments() -> None:
    data = docx(p(t("One two.")))
    strict = {
        name: held.decode()
        .replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
        .replace(
            f"{OFFICE}/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        for name, held in members(data).items()
    }
    changed = zipped(strict)
    document = document_of(changed)
    out = annotate_docx(document, [finding(document, "two")], changed)
    held = members(out)
    root = etree.fromstring(held["word/comments.xml"])
    assert root.tag == "{http://purl.oclc.org/ooxml/wordprocessingml/main}comments"
    assert (
        b'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/comments"'
        in held["word/_rels/document.xml.rels"]
    )
    assert held["word/document.xml"].count(b"<w:commentRangeStart") == 1
    assert W.encode() not in held["word/document.xml"] + held["word/comments.xml"]


@pytest.mark.parametrize(
    "data", [b"", b"not a zip", NOTED[: len(NOTED) // 2], zipped({"a.txt": "x"})]
)
def test_a_file_that_cannot_be_annotated_is_one_line(data: bytes) -> None:
    document = document_of(NOTED)
    with pytest.raises(AnnotateError) as caught:
        annotate_docx(document, [finding(document, "so")], data)
    assert str(caught.value).startswith("essay.docx: ") and "\n" not in str(caught.value)


def test_one_function_for_all_formats() -> None:
    document = document_of(NOTED)
    found = [finding(document, "so")]
    out = annotate(document, found, Source("essay.docx", NOTED), output="out.docx")
    assert out == {"out.docx": annotate_docx(document, found, NOTED)}
    with pytest.raises(AnnotateError, match=r"a\.xyz"):
        annotate(Document("a.xyz", format="xyz"), found, Source("a.xyz", b"words"))


def test_python_docx_reads_the_comments() -> None:
    out, _ = annotated(NOTED, "Or not", "Ibid")
    document = python_docx.Document(io.BytesIO(out))
    found = {comment.comment_id: comment for comment in document.comments}
    assert [comment.author for comment in found.values()] == ["Scholiast"] * 2
    assert [comment.initials for comment in found.values()] == ["S"] * 2
    assert all(comment.text.startswith("Is this meant?\n") for comment in found.values())


# --- any runs at all -------------------------------------------------------------

_TEXT = st.text(alphabet="ab é中𝄞\t &<", min_size=0, max_size=6)
_LOOKS = st.sampled_from(("", "<w:i/>", "<w:b/><w:i/>"))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


@st.composite
def _runs(draw: st.DrawFn) -> str:
    parts = []
    for text in draw(st.lists(_TEXT, min_size=1, max_size=3)):
        keep = ' xml:space="preserve"' if draw(st.booleans()) else ""
        parts.append(f"<w:t{keep}>{_escaped(text)}</w:t>")
        parts.append(
            draw(st.sampled_from(("", "<w:tab/>", "<w:br/>", "<w:lastRenderedPageBreak/>")))
        )
    looks = draw(_LOOKS)
    properties = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    gap = draw(st.sampled_from(("", "\n  ")))
    return f"{gap}<w:r>{properties}{''.join(parts)}</w:r>"


@st.composite
def _inline(draw: st.DrawFn, depth: int = 2) -> str:
    if depth == 0 or draw(st.booleans()):
        return draw(_runs())
    inner = "".join(draw(st.lists(_inline(depth=depth - 1), min_size=1, max_size=2)))
    wrap = draw(st.sampled_from((LINK, INSERTED, SIMPLE, SMART, BIDI, control, None)))
    return wrap(inner) if wrap is not None else field("ADDIN X", inner)


_BODY = st.lists(
    st.lists(_inline(), min_size=0, max_size=3).map(lambda runs: p(*runs)), min_size=1, max_size=3
)


@settings(max_examples=150, deadline=None)
@given(body=_BODY, data=st.data())
def test_marks_come_out_again_and_words_are_exact(body: list[str], data: st.DataObject) -> None:
    file = docx(*body)
    document = document_of_any(file)
    text = document.text
    index = Index(document)
    spans = data.draw(
        st.lists(
            st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), min_size=1, max_size=4
        )
    )
    found = []
    for number, (one, other) in enumerate(spans):
        place = index.place(min(one, other), max(one, other))
        found.append(Finding(f"{number:012x}", "DOC012", "x", "M.", "Q?", Certainty.LIKELY, place))
    if not text.strip():
        return
    out = annotate_docx(document, found, file)
    assert original_again(out, file) == c14n(file)
    assert document_of_any(out).text == text
    covered = comments_of(out)
    assert len(covered) == len(found)
    for one, comment in zip(found, covered.values(), strict=True):
        words = one.place.quote
        if words.strip():
            assert _squeezed(comment.words) == _squeezed(words)


def _squeezed(text: str) -> str:
    """Words as they are shown but for blanks, which pretty-printed runs do not settle."""
    return "".join(text.split())


def document_of_any(data: bytes) -> Document:
    """A document whose text is simply that of its paragraphs (an own, plain way to read)."""
    from scholiast.model import Segment

    root = etree.fromstring(members(data)["word/document.xml"])
    words, segments, at = [], [], 0
    for number, paragraph in enumerate(elements(root, "w:p")):
        text = "".join(piece.text for piece in pieces(paragraph))
        if text:
            at += 2 if words else 0
            end = at + len(text)
            where = {"part": "word/document.xml", "paragraph": number}
            segments.append(Segment(at, end, 0, len(text), **where))
            words.append(text)
            at = end
    whole = "\n\n".join(words)
    return Document("essay.docx", "x", "docx", whole, len(whole), tuple(segments))
