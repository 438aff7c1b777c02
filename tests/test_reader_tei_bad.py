"""TEI: damaged, hostile and foreign files. All texts are invented specimens."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from making_tei import intake, tei
from scholiast import worker
from scholiast.config import Settings
from scholiast.model import Intake, Source

LAUGHS = (
    b'<!DOCTYPE TEI [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
    b"<TEI><text><body><p>&d;</p></body></text></TEI>"
)


def one_trouble(read: Intake) -> str:
    """Return the one trouble of a file: one line that says what to do."""
    (trouble,) = read.troubles
    assert trouble.name == "unreadable-file"
    assert "\n" not in trouble.detail and len(trouble.detail) < 330
    return trouble.detail


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (LAUGHS, "&b;"),
        (LAUGHS.decode().encode("utf-16"), "&b;"),
        (b'<!DOCTYPE TEI [<!ENTITY % p SYSTEM "http://x.org/p.dtd"> %p;]><TEI/>', "parameter entity"),
        (b'<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]><TEI><text>&x;</text></TEI>', "&x;"),
        (b'<!DOCTYPE TEI [<!ENTITY x "<p>word</p>">]><TEI><text>&x;</text></TEI>', "&x;"),
        (b"<TEI><text><body>" + b"<p>" * 10_000 + b"x" + b"</p>" * 10_000, "nested deeper"),
        (b"<!DOCTYPE TEI [<!ENTITY a '" + b"word " * 39 + b"'>]><TEI><text><p>"
         + b"&a;" * 100_000 + b"</p></text></TEI>", "entities make it grow"),
        (b"<html><body><p>x</p></body></html>", "<html>"),
        (b'<article xmlns="http://docbook.org/ns/docbook"/>', "<article> of http://docbook.org"),
        (b"Plain words, no XML.", "no XML"),
        (b"\xff\xfe\x00", "no XML"),
        (b'<?xml version="1.0" encoding="x-unknown"?><TEI/>', "encoding"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_line(data: bytes, said: str) -> None:
    read = intake(data)
    assert said in one_trouble(read)
    assert read.document.text == ""


def test_an_empty_file_is_said_to_be_empty() -> None:
    for data in (b"", b" \n", b"<TEI><text/></TEI>"):
        assert [trouble.name for trouble in intake(data).troubles] == ["empty-file"]


def test_entities_of_characters_are_read() -> None:
    data = b'<!DOCTYPE TEI SYSTEM "tei.dtd" [<!ENTITY mdash "&#8212;"><!ENTITY s "saint">]>'
    read = intake(data + b"<TEI><text><body><p>a&mdash;b &s;</p></body></text></TEI>")
    assert (read.document.text, read.troubles) == ("a—b saint", ())


def test_names_of_characters_that_nobody_declared_are_read_and_told() -> None:
    read = intake(b"<TEI><text><body><p>a&nbsp;b&eacute;</p>\n<p>c</p></body></text></TEI>")
    assert read.document.text == "a\u00a0bé\n\nc"
    assert "nbsp" in one_trouble(read)


def test_external_things_are_not_looked_at(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET", encoding="utf-8")
    dtd = tmp_path / "tei.dtd"
    dtd.write_text('<!ENTITY x "SECRET"><!ATTLIST p rend CDATA "italic">', encoding="utf-8")
    for data in (
        f'<!DOCTYPE TEI [<!ENTITY x SYSTEM "{secret.as_uri()}">]><TEI><text><p>&x;</p></text></TEI>',
        f'<!DOCTYPE TEI SYSTEM "{dtd.as_uri()}"><TEI><text><p>a &x;</p></text></TEI>',
        f'<TEI xmlns:xi="http://www.w3.org/2001/XInclude"><text><p>a</p><xi:include href="{secret}" '
        'parse="text"/></text></TEI>',
    ):
        read = intake(data.encode())
        assert "SECRET" not in read.document.text
        assert not read.document.of_kind("italic")
        assert read.troubles


def test_damage_is_told_with_its_line_and_the_rest_is_read() -> None:
    data = tei("<p>One.</p>\n<p>Two <hi>three</p>\n<p>Four.</p>")
    read = intake(data)
    assert "line 2" in one_trouble(read)
    assert read.troubles[0].line == 2
    assert read.document.text.startswith("One.\n\nTwo three")
    cut = tei("<p>One.</p>\n<p>Two.</p>")[:-30]
    assert intake(cut).document.text.startswith("One.")
    assert one_trouble(intake(cut))


def test_an_id_that_stands_twice_is_no_damage() -> None:
    body = "<p xml:id='a'>One.</p><p xml:id='a'>Two.</p>"
    assert intake(tei(body)).troubles == ()
    assert "line 1" in one_trouble(intake(tei(f"{body}<p>x<hi>y</p>")))


def test_a_page_of_five_megabytes_on_one_line() -> None:
    page = f"{'Words and words, ' * 100}<hi rend='i'>ice</hi>, " * 3_200
    assert len(page) > 5_000_000
    read = worker.read(Source("long.xml", tei(f"<p>{page}</p>")), Settings())
    assert read.troubles == ()
    assert len(read.document.text) == (1700 + len("ice, ")) * 3_200 - 1
    assert len(read.document.of_kind("italic")) == 3_200


def test_a_bomb_is_refused_in_a_worker_too() -> None:
    read = worker.read(Source("bomb.tei", LAUGHS), Settings())
    assert "&b;" in one_trouble(read)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_mutations_give_an_intake(data: st.DataObject) -> None:
    whole = bytearray(
        b'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE TEI [<!ENTITY s "x">]>'
        + tei(
            "<div type='a' n='1'><head>H<note n='1'>a</note></head><p>x<pb n='2'/> <choice><sic>a"
            "</sic><corr>b</corr></choice> &s; <![CDATA[<]]><ref target='#n'>1</ref></p><table><row>"
            "<cell>c</cell></row></table></div>",
            back="<note xml:id='n'>N <date when='1851'>d</date></note>",
        )
    )
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        match data.draw(st.integers(0, 2)):
            case 0:
                whole[at] = data.draw(st.integers(0, 255))
            case 1:
                del whole[at : at + data.draw(st.integers(1, 12))]
            case _:
                whole[at:at] = whole[at : at + data.draw(st.integers(1, 30))]
        if not whole:
            whole = bytearray(b"<")
    read = intake(bytes(whole))
    for record in (*read.document.nodes, *read.mentions, *read.document.segments):
        assert 0 <= record.start <= record.end <= len(read.document.text)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_an_intake(data: bytes) -> None:
    for whole in (data, b"<TEI><text><p>" + data + b"</p></text></TEI>"):
        read = intake(whole)
        assert read.document.name == "specimen.xml"
        assert read.troubles or read.document.text
