"""Zip packages and the text of Word paragraphs. All texts here are invented specimens."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making_docx import (
    MC,
    NAMESPACES,
    bomb,
    call,
    cell,
    deleted,
    docx,
    field,
    inserted,
    members,
    p,
    r,
    row,
    strict,
    t,
    table,
    zipped,
)
from scholiast.packages.ooxml import (
    Element,
    attribute,
    child,
    content_types,
    elements,
    kind,
    main_part,
    paragraphs,
    parse,
    pieces,
    relationships,
    symbol,
    text_boxes,
)
from scholiast.packages.zip import FIXED_TIME, Package, PackageError, rewrite

LIMIT = 400_000_000


def package(data: bytes) -> Package:
    return Package(data, LIMIT)


def members_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


# --- the zip ------------------------------------------------------------------


def test_members_are_read_and_names_compared_without_case() -> None:
    found = package(zipped({"a/B.xml": "one", "c.xml": "two"}))
    assert found.names == ("a/B.xml", "c.xml")
    assert found.read("A/b.XML") == b"one"
    assert "c.xml" in found and "d.xml" not in found
    with pytest.raises(PackageError, match=r"d\.xml"):
        found.read("d.xml")


@pytest.mark.parametrize("name", ["../up.xml", "a/../../up.xml", "/etc/passwd", "C:/a.xml"])
def test_unsafe_names_are_refused(name: str) -> None:
    with pytest.raises(PackageError, match="unsafe name"):
        package(zipped({"a.xml": "x", name: "y"}))


def test_a_name_that_stands_twice_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "one")
        archive.writestr("Word/Document.xml", "two")
    with pytest.raises(PackageError, match="twice"):
        package(stream.getvalue())


def test_a_file_that_would_inflate_beyond_the_limit_is_refused() -> None:
    with pytest.raises(PackageError, match="500 MB"):
        package(bomb(500))


def test_a_small_file_that_would_inflate_to_much_is_refused_below_the_limit_too() -> None:
    with pytest.raises(PackageError, match="trap"):
        package(bomb(150))


def test_a_directory_that_tells_too_small_a_size_deceives_nobody() -> None:
    data = zipped({"a.xml": "x" * 5000})
    lying = data.replace(struct.pack("<L", 5000), struct.pack("<L", 500))
    with pytest.raises(PackageError, match=r"damaged|shorter|larger"):
        package(lying).read("a.xml")


def test_a_member_with_a_wrong_checksum_is_damaged() -> None:
    data = bytearray(zipped({"a.xml": "some words"}, zipfile.ZIP_STORED))
    at = data.index(b"some words")
    data[at] ^= 1
    with pytest.raises(PackageError, match="damaged"):
        package(bytes(data)).read("a.xml")


def test_members_that_lie_over_one_another_are_refused() -> None:
    data = zipped({"a.xml": "x" * 50, "b.xml": "y" * 50}, zipfile.ZIP_STORED)
    central = data.index(b"PK\1\2", data.index(b"PK\1\2") + 1)
    second = struct.unpack_from("<L", data, central + 42)[0]
    assert second > 0
    lying = data[: central + 42] + struct.pack("<L", 5) + data[central + 46 :]
    with pytest.raises(PackageError):
        package(lying)


def test_too_many_members_are_refused() -> None:
    with pytest.raises(PackageError, match="too many parts"):
        package(b"PK\3\4" + b"PK\1\2" * 20_001)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"PK\3\4 and then nothing", "incomplete"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "password"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "WordDocument".encode("utf-16-le"), "old Word"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "old Office"),
        (b"{\\rtf1 words}", "RTF"),
        (b"%PDF-1.7", "PDF"),
        (b"<html><body>", "web page"),
        (b"<?xml version='1.0'?><x/>", "single XML file"),
        (b"plain words", "not a Word document"),
    ],
)
def test_what_is_no_zip_is_told_by_what_it_is(data: bytes, told: str) -> None:
    with pytest.raises(PackageError, match=told):
        package(data)


def test_a_truncated_package_is_told_to_be_incomplete() -> None:
    data = docx(p("Words."))
    with pytest.raises(PackageError, match="incomplete"):
        package(data[: len(data) // 2])


# --- writing again --------------------------------------------------------------


def test_nothing_replaced_gives_the_same_bytes() -> None:
    data = docx(p("Words."))
    assert rewrite(data, {}) == data


def test_replaced_and_added_members_leave_the_others_byte_for_byte() -> None:
    data = docx(p("Words."), footnotes="<w:footnote/>")
    new = rewrite(data, {"word/document.xml": b"<new/>"}, {"word/comments.xml": b"<added/>"})
    before, after = members_of(data), members_of(new)
    assert list(after) == [*before, "word/comments.xml"]
    assert after.pop("word/document.xml") == b"<new/>"
    assert after.pop("word/comments.xml") == b"<added/>"
    before.pop("word/document.xml")
    assert after == before
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(io.BytesIO(new)) as fresh,
    ):
        for name in before:
            a, b = old.getinfo(name), fresh.getinfo(name)
            assert (a.CRC, a.compress_size, a.date_time) == (b.CRC, b.compress_size, b.date_time)
            packed = data[a.header_offset : a.header_offset + a.compress_size]
            assert packed == new[b.header_offset : b.header_offset + b.compress_size]
        assert fresh.getinfo("word/comments.xml").date_time == FIXED_TIME
    assert rewrite(data, {"word/document.xml": b"<new/>"}) == rewrite(
        data, {"word/document.xml": b"<new/>"}
    )


def test_descriptors_comments_and_folders_survive() -> None:
    class Unseekable(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    stream = Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("folder/", "")
        archive.writestr("a.xml", "one")
        archive.writestr("ä.xml", "two")
        archive.comment = b"a remark"
    data = stream.getvalue()
    assert rewrite(data, {}) == data
    new = rewrite(data, {"a.xml": b"three"})
    assert members_of(new) == {"folder/": b"", "a.xml": b"three", "ä.xml": b"two"}
    assert zipfile.ZipFile(io.BytesIO(new)).comment == b"a remark"


def test_replacing_what_is_not_there_and_adding_what_is_are_refused() -> None:
    data = zipped({"a.xml": "x"})
    with pytest.raises(PackageError, match="missing"):
        rewrite(data, {"b.xml": b""})
    with pytest.raises(PackageError, match="exists"):
        rewrite(data, {}, {"A.xml": b""})


@given(
    st.dictionaries(
        st.text("abcdeä/._", min_size=1).filter(
            lambda name: not name.startswith("/") and ".." not in name and not name.endswith("/")
        ),
        st.binary(max_size=50),
        min_size=1,
        max_size=5,
    ),
    st.binary(max_size=50),
    st.data(),
)
def test_any_package_is_rewritten_soundly(
    parts: dict[str, bytes], content: bytes, data: st.DataObject
) -> None:
    if len({name.lower() for name in parts}) < len(parts):
        return
    name = data.draw(st.sampled_from(sorted(parts)))
    new = rewrite(zipped(parts), {name: content}, {"neu.xml": content})
    assert members_of(new) == {**parts, name: content, "neu.xml": content}


# --- XML and parts ---------------------------------------------------------------


def test_a_document_type_is_refused_before_it_is_parsed() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    with pytest.raises(PackageError, match="document type"):
        parse(laughs, "word/document.xml")
    with pytest.raises(PackageError, match="document type"):
        parse(laughs.decode().encode("utf-16"), "word/document.xml")


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(PackageError, match="nested"):
        parse(b"<x>" * 10_000 + b"</x>" * 10_000, "word/document.xml")


def test_broken_xml_is_named() -> None:
    with pytest.raises(PackageError, match=r"word/styles\.xml"):
        parse(b"<x><y></x>", "word/styles.xml")


def test_the_body_is_found_by_its_relationship() -> None:
    parts = members(p("Words."))
    moved = {
        name.replace("word/document.xml", "word/main.xml"): content
        for name, content in parts.items()
    }
    moved["_rels/.rels"] = str(parts["_rels/.rels"]).replace("document.xml", "main.xml")
    assert main_part(package(zipped(moved))) == "word/main.xml"
    assert main_part(package(strict(parts))) == "word/document.xml"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("xl/workbook.xml", "spreadsheet"),
        ("ppt/presentation.xml", "slides"),
        ("content.xml", "OpenDocument"),
        ("other.xml", "no text in the file"),
    ],
)
def test_other_packages_are_told_by_what_they_are(name: str, told: str) -> None:
    with pytest.raises(PackageError, match=told):
        main_part(package(zipped({name: "<x/>"})))


def test_relationships_lead_to_members() -> None:
    found = relationships(package(docx(p("x"), footnotes="<w:footnote/>")), "word/document.xml")
    targets = {link.type: link.target for link in found.values()}
    assert targets == {"styles": "word/styles.xml", "footnotes": "word/footnotes.xml"}
    assert relationships(package(zipped({"a.xml": "x"})), "a.xml") == {}


def test_content_types_are_parsed() -> None:
    root = content_types(package(docx(p("x"))))
    assert kind(root) == "ct:Types" and len(root) == 3


# --- pieces ------------------------------------------------------------------------


def paragraph(*content: str) -> Element:
    root = parse(f"<w:body {NAMESPACES}>{p(*content)}</w:body>".encode(), "word/document.xml")
    return next(elements(root, "w:p"))


def text(*content: str) -> str:
    """The shown text of a paragraph; the offsets of its pieces are checked on the way."""
    found = pieces(paragraph(*content))
    at = 0
    for piece in found:
        assert (piece.start, piece.end) == (at, at + len(piece.text))
        at = piece.end
    return "".join(piece.text for piece in found if not piece.hidden)


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (r("a", inside="<w:tab/><w:t>b</w:t><w:br/><w:cr/><w:t>c</w:t>"), "a\tb\n\nc"),
        (r("a", inside='<w:br w:type="page"/><w:br w:type="column"/>' + t("b")), "ab"),
        (r("a", inside="<w:noBreakHyphen/>" + t("b") + "<w:softHyphen/>"), "a\u2011b\u00ad"),
        (r("a", inside='<w:ptab w:relativeTo="margin"/>' + t("b")), "a\tb"),
        (r("", inside='<w:sym w:font="Symbol" w:char="F061"/>'), "α"),
        (r("", inside='<w:sym w:font="Wingdings" w:char="F081"/>'), "①"),
        (r("", inside='<w:sym w:font="Garamond" w:char="2020"/>'), "†"),
        (r("", inside='<w:sym w:font="Symbol" w:char="no"/>'), "\ufffd"),
        (r("\uf061", '<w:rFonts w:ascii="Symbol"/>'), "α"),
        (f"<w:hyperlink>{r('link')}</w:hyperlink>", "link"),
        (f"<w:smartTag><w:smartTag>{r('tag')}</w:smartTag></w:smartTag>", "tag"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{r('control')}</w:sdtContent></w:sdt>", "control"),
        (f'<w:fldSimple w:instr=" PAGE ">{r("7")}</w:fldSimple>', "7"),
        (f"<w:customXml>{r('x')}</w:customXml>", "x"),
        (inserted("new") + deleted("old"), "new"),
        (inserted(deleted("never")), ""),
        (f"<w:moveFrom>{r('from')}</w:moveFrom><w:moveTo>{r('to')}</w:moveTo>", "to"),
        (field(" ADDIN ZOTERO_ITEM {}", "Kell, Fish"), "Kell, Fish"),
        (field(" XE “Kell” ").replace('<w:fldChar w:fldCharType="separate"/>', ""), ""),
        (field(" IF " + "x", "yes"), "yes"),
        (r("seen") + r("hidden", "<w:vanish/>") + r("shown", '<w:vanish w:val="0"/>'), "seenshown"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r>"
            "</w:rubyBase></w:ruby></w:r>",
            "拼",
        ),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
        ("<w:r><w:t>  trimmed </w:t></w:r>", "trimmed"),
        ("<w:r><w:t>one\ntwo</w:t></w:r>", "one two"),
        (f"<w:r><mc:AlternateContent xmlns:mc='{MC}'><mc:Choice Requires='w16se'/><mc:Fallback>"
         "<w:t>☺</w:t></mc:Fallback></mc:AlternateContent></w:r>", "☺"),
    ],
)  # fmt: skip
def test_the_text_of_a_paragraph_is_what_word_shows(content: str, shown: str) -> None:
    assert text(content) == shown


def test_a_field_inside_an_instruction_is_instruction() -> None:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{x}"/></w:r>' for x in ("begin", "end"))
    separate = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    assert text(begin, field("PAGE", "3"), separate, r("result"), end, r(" after")) == (
        "result after"
    )


def test_a_field_that_is_never_ended_hides_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert text(begin, r("words of the author")) == "words of the author"


def test_a_piece_knows_its_run_and_the_blanks_that_are_dropped() -> None:
    found = pieces(paragraph("<w:r><w:rPr><w:i/></w:rPr><w:t>  two</w:t></w:r>"))[0]
    assert (found.skip, found.text) == (2, "two")
    assert found.run is not None and child(found.run, "w:rPr", "w:i") is not None


def test_a_note_reference_is_a_piece_without_text() -> None:
    found = pieces(paragraph("word", call(4)))
    assert [(kind(piece.element), piece.start, piece.end) for piece in found] == [
        ("w:t", 0, 4),
        ("w:footnoteReference", 4, 4),
    ]
    assert attribute(found[1].element, "w:id") == "4"


BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic>"
    "<a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></wps:wsp>"
    "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
    "<v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


def test_a_text_box_is_seen_once_and_not_in_the_paragraph() -> None:
    anchor = paragraph("before ", BOX.format(p("in the box")), "after")
    assert "".join(piece.text for piece in pieces(anchor)) == "before after"
    boxes = list(text_boxes(anchor))
    assert len(boxes) == 1
    inner = next(elements(boxes[0], "w:p"))
    assert "".join(piece.text for piece in pieces(inner)) == "in the box"


def test_paragraphs_are_numbered_through_boxes_and_tables() -> None:
    body = p("0", BOX.format(p("1 and 2"))) + table(row(cell(p("3")))) + p("4")
    root = parse(f"<w:body {NAMESPACES}>{body}</w:body>".encode(), "word/document.xml")
    numbers = paragraphs(root)
    told = {"".join(piece.text for piece in pieces(one)): number for one, number in numbers.items()}
    assert told["0"] == 0 and told["3"] == 3 and told["4"] == 4


@given(st.text("ab \t\n", max_size=12))
def test_text_that_asks_for_it_keeps_its_blanks(words: str) -> None:
    # A line end in XML is a blank to Word; only the reader's own breaks are breaks.
    assert text(r(words)) == words.replace("\n", " ")


def test_symbols_outside_the_tables_stay_what_they_are() -> None:
    assert symbol("Symbol", "F0F0") == "\uf0f0"
    assert symbol("Unknown Font", "F041") == "\uf041"
    assert symbol("Symbol", "110000") == "\ufffd"
    assert symbol("Symbol", "D800") == "\ufffd"
