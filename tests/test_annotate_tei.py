"""Annotated copies of TEI files. All texts are invented specimens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from making_tei import NAMESPACE, header, intake, tei
from scholiast.cli.main import main
from scholiast.model import Certainty, Document, Finding, Place, Source
from scholiast.readers.tei.parsing import parsed
from scholiast.readers.tei.textnodes import text_nodes
from scholiast.report.annotate import annotate
from scholiast.report.annotate_tei import without_remarks
from scholiast.report.xml_text import XmlText

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
NAMES = {"t": NAMESPACE}


def finding(document: Document, words: str, number: int = 1, nth: int = 0) -> Finding:
    """Return a finding about words of a document."""
    at = [m.start() for m in re.finditer(re.escape(words), document.text)][nth]
    return about(document, at, at + len(words), number)


def about(document: Document, start: int, end: int, number: int = 1) -> Finding:
    place = Place(document.name, start, end, document.text[start:end])
    return Finding(f"{number:012x}", "DOC010", "stray-blank", "M.", "Is “<it>” & so on meant?",
                   Certainty.LIKELY, place)  # fmt: skip


def annotated(data: bytes, *words: str) -> bytes:
    """Return the copy with a remark for each of these words."""
    document = intake(data).document
    found = [finding(document, one, number) for number, one in enumerate(words, 1)]
    (copy,) = annotate(document, found, Source("specimen.xml", data)).values()
    return copy


def before(copy: bytes, encoding: str = "utf-8", most: int = 12) -> list[str]:
    """Return what stands in the file right before each remark."""
    text = copy.decode(encoding)
    return [
        text[max(0, m.start() - most) : m.start()] for m in re.finditer('<note type="schol', text)
    ]


def test_a_remark_stands_behind_its_words_and_says_what_it_is() -> None:
    data = tei("<p>The ice held.</p>")
    copy = annotated(data, "ice")
    (note,) = etree.fromstring(copy).xpath("//t:note", namespaces=NAMES)
    assert dict(note.attrib) == {
        "type": "scholiast",
        "subtype": "likely",
        "n": "DOC010",
        "{http://www.w3.org/XML/1998/namespace}id": "scholiast-000000000001",
    }
    assert note.text == "Is “<it>” & so on meant? [DOC010 #000000000001]"
    assert note.tail == " held."
    assert without_remarks(copy.decode()).encode() == data


MARKUP = (
    '<!DOCTYPE TEI [<!ENTITY s "sai&#110;t">]>\r\n<!-- <p>no</p> --><?pi <p> ?>'
    f'<TEI xmlns="{NAMESPACE}">{header()}<text>\r\n<body><p n="a>b">One &amp; two\r\n'
    " th&#x72;ee &s; <hi rend='i'>four<!-- - --> five</hi><![CDATA[ <six> ]]>seven "
    "<date when='1851'>1851</date>, <persName>Kell</persName>.</p><table><row><cell>cell</cell></row>"
    "</table><list><item>item<note n='1'>noted</note></item></list></body></text></TEI>"
).encode()


@pytest.mark.parametrize(
    ("words", "stands"),
    [
        ("One & two", "amp; two"),
        ("&", "&amp;"),
        ("three", "th&#x72;ee"),
        ("saint", "&s;"),
        ("four", "four"),
        ("five", "--> five"),
        ("<six>", "]]>"),
        ("seven", "seven"),
        ("1851", "1851"),
        ("1851, Kell", "Kell"),
        ("cell", "cell"),
        ("item", "item"),
        ("noted", "noted"),
    ],
)
def test_remarks_stand_right_whatever_the_markup(words: str, stands: str) -> None:
    copy = annotated(MARKUP, words)
    (place,) = before(copy)
    assert place.endswith(stands)
    assert without_remarks(copy.decode()).encode() == MARKUP
    assert intake(copy).document.text == intake(MARKUP).document.text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1", "gb18030"])
def test_encodings_stay_and_take_what_they_lack_as_numbers(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    data = f'<?xml version="1.0" encoding="{declared}"?><TEI><text><p>é ice held</p></text></TEI>'
    whole = data.encode(encoding)
    copy = annotated(whole, "ice")
    assert without_remarks(copy.decode(encoding)).encode(encoding) == whole
    assert intake(copy).document.text == "é ice held"
    assert before(copy, encoding)[0].endswith("é ice")


def test_a_remark_leaves_elements_that_hold_no_notes() -> None:
    data = tei("<p><bibl>No. <idno>RG 59</idno>, 3</bibl> x<c>y</c></p>")
    copy = annotated(data, "RG", "y")
    root = etree.fromstring(copy)
    parents = [one.getparent().tag for one in root.xpath("//t:note", namespaces=NAMES)]
    assert [parent.rpartition("}")[2] for parent in parents] == ["bibl", "p"]


def test_prefixed_files_get_prefixed_notes() -> None:
    data = f'<t:TEI xmlns:t="{NAMESPACE}"><t:text><t:p>ice held</t:p></t:text></t:TEI>'.encode()
    document = intake(data).document
    (copy,) = annotate(document, [finding(document, "ice")], Source("specimen.xml", data)).values()
    assert b'ice<t:note type="scholiast"' in copy
    assert intake(copy).document.text == "ice held"
    assert without_remarks(copy.decode()).encode() == data


def test_places_without_words_stand_behind_the_word_before() -> None:
    data = tei("<p>The ice<note n='1'>A</note> held.</p>")
    document = intake(data).document
    (mark,) = document.of_kind("callout")
    (copy,) = annotate(
        document, [about(document, mark.start, mark.start), about(document, 0, 0, 2)],
        Source("specimen.xml", data),
    ).values()  # fmt: skip
    assert [one[-3:] for one in before(copy)] == ["<p>", "ice"]


def test_a_second_run_asks_nothing_again(tmp_path: Path) -> None:
    path = tmp_path / "roundtable.xml"
    path.write_bytes((EXAMPLES / "roundtable/roundtable.xml").read_bytes())
    first, second = tmp_path / "first.xml", tmp_path / "second.xml"
    assert main(["annotate", str(path), "-o", str(first)]) == 1
    assert main(["annotate", str(first), "-o", str(second)]) == 1
    copy = first.read_bytes()
    assert copy.count(b'<note type="scholiast"') == 16
    assert second.read_bytes() == copy
    assert without_remarks(copy.decode()).encode() == path.read_bytes()
    assert intake(copy).document.text == intake(path.read_bytes()).document.text


#: Where TEI P5 lets a note stand: elements of words, and between blocks (``model.global``).
MIXED = frozenset(
    [
        "p",
        "head",
        "item",
        "cell",
        "note",
        "hi",
        "title",
        "ref",
        "date",
        "persName",
        "placeName",
        "orgName",
        "term",
        "gloss",
        "quote",
        "q",
        "l",
        "bibl",
        "author",
        "editor",
        "byline",
        "dateline",
        "signed",
        "salute",
        "emph",
        "foreign",
        "seg",
        "speaker",
        "label",
    ]
)


def test_all_remarks_of_the_specimens_stand_where_notes_may(tmp_path: Path) -> None:
    for path in sorted(EXAMPLES.rglob("*.xml")):
        copy = tmp_path / path.name
        main(["annotate", str(path), "-o", str(copy), "--preview"])
        root = etree.fromstring(copy.read_bytes())
        for note in root.xpath("//t:note[@type='scholiast']", namespaces=NAMES):
            assert note.getparent().tag.rpartition("}")[2] in MIXED


PIECES = st.sampled_from(
    ["a", " ", "\r\n  ", "b &amp; c", "é", "&#x4e2d;", "<hi>", "</hi>", "<note n='1'>", "</note>",
     "<![CDATA[x ]]>", "<!-- c -->", "<?p i?>", "<lb/>", "<p>", "</p>", "&s;", "<lb break='no'/>"]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=20), st.data())
def test_text_nodes_are_found_in_the_characters(pieces: list[str], data: st.DataObject) -> None:
    body = "".join(pieces)
    whole = f'<!DOCTYPE TEI [<!ENTITY s "two">]>\n<TEI><text><p>{body}</p></text></TEI>'
    try:
        etree.fromstring(whole)
    except etree.XMLSyntaxError:
        return
    nodes = list(text_nodes(parsed(whole.encode()).root))
    found = XmlText(whole)
    assert len(found.nodes) == len(nodes)
    lengths = [b - a for a, b in zip(found.nodes, found.nodes[1:], strict=False)]
    assert lengths == [len(node) for node in nodes[:-1]]
    document = intake(whole.encode()).document
    if document.text.strip():
        at = data.draw(st.integers(0, len(document.text) - 1))
        copy = annotate(
            document, [about(document, at, at + 1)], Source("specimen.xml", whole.encode())
        )
        text = copy["specimen.xml"].decode()
        assert without_remarks(text) == whole
        assert intake(text.encode()).document.text == document.text
