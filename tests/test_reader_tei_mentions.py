"""TEI: what editors tagged, as mentions by them. All texts are invented specimens."""

from __future__ import annotations

import pytest

from making_tei import header, intake, tei
from scholiast.model import Mention
from scholiast.readers.tei.mentions import edtf


def mentions(body: str, **around: str) -> list[tuple[str, str, str, dict[str, str]]]:
    """Return kind, words, value and parts of every mention."""
    read = intake(tei(body, **around))
    return [(m.kind, read.document.text[m.start : m.end], m.value, parts(m)) for m in read.mentions]


def parts(mention: Mention) -> dict[str, str]:
    return {part.role: part.value for part in mention.parts}


@pytest.mark.parametrize(
    ("attributes", "value"),
    [
        ({"when": "1958-01-23"}, "1958-01-23"),
        ({"when": "1958-01"}, "1958-01"),
        ({"when": "2020-11-25T14:22:46.000Z"}, "2020-11-25"),
        ({"when": "--05-12"}, "XXXX-05-12"),
        ({"when": "--05"}, "XXXX-05"),
        ({"when": "---12"}, "XXXX-XX-12"),
        ({"when": "-0044-03-15"}, "-0044-03-15"),
        ({"when-iso": "1958-01-23", "when": "1958"}, "1958-01-23"),
        ({"from": "1958", "to": "1960"}, "1958/1960"),
        ({"from": "1958-01"}, "1958-01/.."),
        ({"to": "1960"}, "../1960"),
        ({"notBefore": "1851", "notAfter": "1853-02"}, "[1851..1853-02]"),
        ({"notBefore": "1851"}, "[1851..]"),
        ({"notAfter": "1853"}, "[..1853]"),
        ({"when": "around 1900"}, ""),
        ({"calendar": "#julian"}, ""),
    ],
)
def test_dates_have_their_value_in_edtf(attributes: dict[str, str], value: str) -> None:
    assert edtf(attributes) == value
    written = " ".join(f'{key}="{told}"' for key, told in attributes.items())
    assert mentions(f"<p>On <date {written}>that day</date>.</p>") == [
        ("date", "that day", value, attributes)
    ]


def test_names_carry_their_kind_and_pointer() -> None:
    found = mentions(
        '<p><persName key="P7" cert="high">Kell</persName> <placeName>Brno</placeName> '
        '<orgName ref="http://x.org/1">Fen</orgName> <name type="place" ref="#nowhere">Ob</name> '
        '<rs type="person">he</rs> <term>ice</term> <gloss target="#t1">FE</gloss> '
        "<name>Ark</name></p>"
    )
    assert found == [
        ("name", "Kell", "P7", {"person": "", "ref": "P7", "cert": "high"}),
        ("name", "Brno", "", {"place": ""}),
        ("name", "Fen", "http://x.org/1", {"organisation": "", "ref": "http://x.org/1"}),
        ("name", "Ob", "#nowhere", {"place": "", "ref": "#nowhere", "type": "place"}),
        ("name", "he", "", {"person": "", "type": "person"}),
        ("name", "ice", "", {"term": ""}),
        ("name", "FE", "#t1", {"term": "", "ref": "#t1"}),
        ("name", "Ark", "", {"name": ""}),
    ]


def test_pointers_lead_to_labels_in_lists_of_the_text() -> None:
    found = mentions(
        '<p><persName corresp="#p1">Kell</persName><note n="1">Of <gloss target="#t1">FE</gloss>.'
        "</note></p>",
        front='<list type="names"><item><hi rend="strong"><persName xml:id="p1">Kell, Ann,'
        '</persName></hi> fisher</item><item><term xml:id="t1">FE</term>, Far East</item></list>',
    )
    assert (
        "name",
        "Kell",
        "Kell, Ann",
        {"person": "Kell, Ann", "ref": "#p1", "label": "Kell, Ann"},
    ) in found
    assert ("name", "Kell, Ann,", "", {"person": "", "id": "p1"}) in found
    assert ("name", "FE", "FE", {"term": "FE", "ref": "#t1", "label": "FE"}) in found
    assert len(found) == 4


def test_pointers_lead_to_lists_of_the_header_and_beside_the_text() -> None:
    people = (
        '<profileDesc><particDesc><listPerson><person xml:id="a"><persName type="short">K</persName>'
        '<persName type="reg"><surname>Kell</surname><forename>Ann</forename></persName></person>'
        "</listPerson></particDesc></profileDesc>"
    )
    data = tei(
        '<p><persName ref="#a">she</persName> in <placeName ref="#b">B.</placeName></p>',
        head=header(people),
    )
    beside = b'<standOff><listPlace><place xml:id="b"><placeName>Brno</placeName></place></listPlace></standOff><text>'
    read = intake(data.replace(b"<text>", beside))
    assert [m.value for m in read.mentions] == ["Ann Kell", "Brno"]
    assert read.document.text == "she in B."


def test_references_are_citations_with_the_fields_that_were_told_apart() -> None:
    body = (
        '<div xml:id="d1"><head>1</head><p>See <ref target="#d2">Document 2</ref>, <ref target="#pg">12'
        '</ref>, <ref target="http://x.org/">there</ref> and <bibl corresp="#w"><author>Kell</author>, '
        '<title level="m">Ice</title> (<date when="1901">1901</date>), <citedRange unit="page">3'
        '</citedRange></bibl>.</p></div><div xml:id="d2"><head>2</head><p>x</p></div>'
    )
    read = intake(tei(body))
    text = read.document.text
    found = [m for m in read.mentions if m.kind == "citation"]
    assert [(text[m.start : m.end], m.value) for m in found] == [
        ("Document 2", "#d2"), ("there", "http://x.org/"), ("Kell, Ice (1901), 3", ""),
    ]  # fmt: skip
    assert [(p.role, text[p.start : p.end]) for p in found[2].parts] == [
        ("corresp", "Kell, Ice (1901), 3"), ("author", "Kell"), ("title", "Ice"), ("date", "1901"),
        ("citedRange", "3"),
    ]  # fmt: skip


def test_quotations_and_speech() -> None:
    assert mentions(
        '<p>He said <quote source="#b">it held</quote> and <said who="#k">no</said>.</p>'
        "<cit><quote>Block</quote> <bibl>Kell, 3</bibl></cit>"
    ) == [
        ("quotation", "it held", "", {"source": "#b"}),
        ("quotation", "no", "", {"who": "#k"}),
        ("quotation", "Block\n\nKell, 3", "", {}),
        ("quotation", "Block", "", {}),
        ("citation", "Kell, 3", "", {}),
    ]


def test_mentions_are_the_editors_in_order_and_without_blanks_around() -> None:
    read = intake(
        tei('<p>a <persName>\n  <forename>Ann</forename>\n  <surname>Kell</surname>\n </persName> b'
            '<note n="1"><date when="1851">1851</date></note></p>'
            "<head><placeName>Brno</placeName></head>")
    )  # fmt: skip
    text = read.document.text
    assert [text[m.start : m.end] for m in read.mentions] == ["Ann Kell", "Brno", "1851"]
    assert {m.source for m in read.mentions} == {"editor"}
    assert [m.id for m in read.mentions] == ["m1", "m2", "m3"]
    for mention in read.mentions:
        assert all((p.start, p.end) == (mention.start, mention.end) for p in mention.parts)


def test_empty_elements_are_no_mentions() -> None:
    assert (
        mentions('<p>x<date when="1851"/> <persName> </persName><ref target="http://x.org/"/></p>')
        == []
    )
