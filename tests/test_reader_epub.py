"""Books (.epub): chapters in files, notes across them, what is refused. All invented."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading_html import body, notes, spans
from scholiast.config import Settings
from scholiast.model import Document, Intake, Source
from scholiast.packages.hypertext import parse_xhtml, text_nodes
from scholiast.packages.zip import Package
from scholiast.readers.epub import read
from scholiast.readers.html.encoding import decode_page

CONTAINER = """<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile
full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""


def page(words: str) -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/><link rel="stylesheet" href="../css/s.css"
type="text/css"/></head><body>{words}</body></html>"""


def book(
    pages: dict[str, str],
    *,
    out: tuple[str, ...] = (),
    extra: dict[str, str] | None = None,
    guide: str = "",
) -> bytes:
    items = "".join(
        f'<item id="x{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(pages)
    )
    spine = "".join(
        f"""<itemref idref="x{n}"{' linear="no"' if name in out else ""}/>"""
        for n, name in enumerate(pages)
    )
    opf = f"""<?xml version="1.0"?><!DOCTYPE package><package xmlns="http://www.idpf.org/2007/opf" version="2.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Two
    Gauges</dc:title><dc:creator>Jane Doe</dc:creator><dc:language>en</dc:language></metadata><manifest>{items}<item id="ncx" href="toc.ncx"
    media-type="application/x-dtbncx+xml"/></manifest><spine toc="ncx">{spine}</spine>{guide}</package>"""
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OPS/book.opf": opf,
    }
    members |= {f"OPS/{name}": page(words) for name, words in pages.items()}
    return zipped(members | (extra or {}))


def zipped(members: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def intake(data: bytes) -> Intake:
    found = read(Source("book.epub", data), Settings())
    assert found == read(Source("book.epub", data), Settings())
    assert_segments(found.document, data)
    return found


def assert_segments(doc: Document, data: bytes) -> None:
    """Check that every segment of words leads to them, in its member."""
    if not doc.text:
        return
    package = Package(data, 10**9)
    texts: dict[tuple[str, int], str] = {}
    for part in {s.part for s in doc.segments}:
        root = parse_xhtml(decode_page(package.read(part)).text)
        for element, (own, behind) in text_nodes(root).items():
            texts[part, own] = element.text or ""
            texts[part, behind] = element.tail or ""
    for segment in doc.segments:
        if segment.role == "text":
            source = texts[segment.part, segment.paragraph][segment.source : segment.source_end]
            assert source == doc.text[segment.start : segment.end]


def document(data: bytes) -> Document:
    found = intake(data)
    assert found.troubles == ()
    return found.document


def test_notes_in_a_file_of_their_own_with_numbers_that_restart() -> None:
    doc = document(
        book(
            {
                "text/c1.xhtml": '<h1>One</h1><p>First.<a epub:type="noteref" href="notes.xhtml#c1n1" id="r1">1</a></p>',
                "text/c2.xhtml": '<h1>Two</h1><p>Second.<a epub:type="noteref" href="notes.xhtml#c2n1" id="r1">1</a></p>',
                "text/notes.xhtml": """<h1>Notes</h1><h2>One</h2><aside id="c1n1" epub:type="footnote"><p><a href="c1.xhtml#r1">1.</a> Ledger.</p></aside>
                <h2>Two</h2><aside id="c2n1" epub:type="footnote"><p><a href="c2.xhtml#r1">1.</a> Ibid.</p></aside>""",
            }
        )
    )
    assert body(doc).split("\n\n")[:4] == ["One", "First.⟨1⟩", "Two", "Second.⟨1⟩"]
    assert notes(doc) == ["1: Ledger.", "1: Ibid."]
    assert (doc.title, doc.authors, doc.language) == ("Two Gauges", ("Jane Doe",), "en")
    assert {s.part for s in doc.segments if s.start >= doc.body_end} == {"OPS/text/notes.xhtml"}


def test_calibre_and_indesign_notes() -> None:
    doc = document(
        book(
            {
                "c1.xhtml": """<h2>One</h2><p class="calibre1">First.<sup class="calibre3"><a id="filepos10" href="n.xhtml#filepos90">1</a></sup> Second.<span
                id="footnote-004-backlink"><a class="_idFootnoteLink _idGenColorInherit" href="c1.xhtml#footnote-004">2</a></span></p><div
                class="_idFootnotes"><aside id="footnote-004" class="_idFootnote" epub:type="footnote"><p><a class="_idFootnoteAnchor"
                href="c1.xhtml#footnote-004-backlink">2</a>	Ibid.</p></aside></div>""",
                "n.xhtml": """<p class="calibre1"><a id="filepos90" href="c1.xhtml#filepos10">1</a>. Ledger.</p>""",
            }
        )
    )
    assert body(doc) == "One\n\nFirst.⟨1⟩ Second.⟨2⟩"
    assert notes(doc) == ["1: Ledger.", "2: Ibid."]


def test_pages_of_print_italics_of_style_sheets_and_what_is_left_out() -> None:
    doc = document(
        book(
            {
                "cover.xhtml": "<p>Cover words</p>",
                "toc.xhtml": '<nav epub:type="toc"><h1>Contents</h1><ol><li><a href="text/c.xhtml">One</a></li></ol></nav>',
                "text/c.xhtml": """<p><span epub:type="pagebreak" id="p7" title="7"/>One <span class="ital">two</span><a id="x"/> three.</p><section
                epub:type="bibliography"><p>Smith.</p></section>""",
                "text/out.xhtml": "<p>A pop-up nobody calls.</p>",
            },
            out=("text/out.xhtml",),
            extra={"OPS/css/s.css": ".ital { font-style: italic; }"},
            guide='<guide><reference type="cover" href="cover.xhtml"/></guide>',
        )
    )
    assert doc.text == "One two three.\n\nSmith."
    assert spans(doc, "italic") == ["two"]
    assert [(n.label, n.start) for n in doc.of_kind("page")] == [("7", 0)]


def test_headings_that_only_the_table_of_contents_tells_of() -> None:
    pages = {
        "text/a.xhtml": "<p class='t'>Two Gauges</p><p>Words before.</p>",
        "text/b.xhtml": "<div><p class='c1'><span>Of\n<b>Rails</b></span></p><p>First words.</p></div>",
        "text/c.xhtml": "<p>Of wheels it says:</p><p id='w' class='c1'>Of Wheels</p><p>More.</p>",
    }
    points = (("a.xhtml", "Two Gauges"), ("b.xhtml", "Of Rails"), ("c.xhtml", "Of Bogies"))
    points += (("c.xhtml#w", "Of Wheels"),)
    ncx = "".join(
        f"<navPoint><navLabel><text>{words}</text></navLabel><content src='text/{to}'/></navPoint>"
        for to, words in points
    )
    extra = {
        "OPS/toc.ncx": f"<ncx xmlns='http://www.daisy.org/z3986/2005/ncx/'><navMap>{ncx}</navMap></ncx>"
    }
    doc = document(book(pages, extra=extra))
    headings = [doc.text[n.start : n.end] for n in doc.nodes if n.kind == "heading"]
    assert headings == ["Two Gauges", "Of Rails", "Of Wheels"]
    plain = document(book(pages))
    assert [n.title for n in plain.nodes if n.kind == "heading"] == ["Two Gauges"]


def test_a_broken_page_costs_itself_alone() -> None:
    pages = {"a.xhtml": "<p>One.</p>", "b.xhtml": "<p>Two.</p>"}
    data = book(
        pages, extra={"OPS/b.xhtml": '<!DOCTYPE x [<!ENTITY a "b">]><html><body>&a;</body></html>'}
    )
    found = intake(data)
    assert found.document.text == "One."
    assert [one.name for one in found.troubles] == ["unreadable-file"]
    assert "b.xhtml" in found.troubles[0].detail


def test_pages_that_are_not_well_formed_are_read_all_the_same() -> None:
    doc = document(book({"a.xhtml": "<p>One &nbsp;two<br>three<p>four & five"}))
    assert doc.text == "One \u00a0two\nthree\n\nfour & five"


ENCRYPTION = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod
Algorithm="{}"/><CipherData><CipherReference URI="OPS/a.xhtml"/></CipherData></EncryptedData></encryption>"""


def test_protected_books_are_refused_and_obscured_fonts_are_not() -> None:
    pages = {"a.xhtml": "<p>One.</p>"}
    fonts = {"META-INF/encryption.xml": ENCRYPTION.format("http://www.idpf.org/2008/embedding")}
    assert document(book(pages, extra=fonts)).text == "One."
    drm = {
        "META-INF/encryption.xml": ENCRYPTION.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")
    }
    found = intake(book(pages, extra=drm))
    assert found.document.text == ""
    assert "protected against copying" in found.troubles[0].detail


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", ""),
        (b"nothing of the kind", "not a book"),
        (b"PK\x03\x04 broken", "incomplete"),
        (zipped({"mimetype": "application/epub+zip"}), ".opf"),
        (zipped({"../x.opf": "<package/>"}), "unsafe name"),
        (zipped({"a.opf": "<package"}), "damaged"),
        (zipped({"a.opf": '<!DOCTYPE p [<!ENTITY a "b">]><p>&a;</p>'}), "entities"),
        (zipped({"a.opf": "<package/>", "bomb": "0" * 200_000_000}), "trap"),
        (book({}), "no text"),
    ],
)  # fmt: skip
def test_what_is_no_book(data: bytes, words: str) -> None:
    found = intake(data)
    assert found.document.text == ""
    assert len(found.troubles) == 1
    assert words in found.troubles[0].detail


BOOK = book(
    {"a.xhtml": '<p>One.<a href="n.xhtml#n1">1</a></p>', "n.xhtml": '<p id="n1">1. Two.</p>'}
)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(BOOK) - 1), st.binary(min_size=1, max_size=6))
def test_damaged_books_never_raise(at: int, noise: bytes) -> None:
    read(Source("book.epub", BOOK[:at] + noise + BOOK[at + len(noise) :]), Settings())
