"""Pages made to hurt, or broken: a trouble in one line or the right result, and no exception."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading_html import intake, notes
from scholiast.config import Settings
from scholiast.model import Source
from scholiast.readers.html import read
from scholiast.worker import read_in_worker

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("name", "page", "words"),
    [
        ("a.xhtml", f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><html><body><p>&l9;</p></body></html>', "entities"),
        ("a.xhtml", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><html><body><p>&e;</p></body></html>', "entities"),
        ("a.html", "<div>" * 10_000 + "words" + "</div>" * 10_000, "nested deeper"),
        ("a.xhtml", "<div>" * 10_000 + "words" + "</div>" * 10_000, "nested deeper"),
        ("a.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "picture"),
        ("a.html", bytes(range(256)) * 100, "not a text file"),
        ("a.html", b"%PDF-1.7 and so on", "PDF"),
        ("a.html", "<p " + " ".join(f"a{n}=b" for n in range(100_000)) + ">words", "attributes"),
        ("a.html", "<p>" + "word<br>" * 600_000, "elements"),
    ],
)  # fmt: skip
def test_refused(name: str, page: str | bytes, words: str) -> None:
    found = intake(page, name)
    assert found.document.text == ""
    assert [one.name for one in found.troubles] == ["unreadable-file"]
    assert words in found.troubles[0].detail
    assert "\n" not in found.troubles[0].detail


@pytest.mark.parametrize("page", ["", "   \n\t "])
def test_empty(page: str) -> None:
    assert [one.name for one in intake(page).troubles] == ["empty-file"]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ('<p>One.</p><script>var a = "<p>no</p>"; while (true) {}</script><p>Two.</p>', "One.\n\nTwo."),
        ("<p>One.</p><img src=x onerror='alert(1)'><iframe src='http://example.org/'>no</iframe><p>Two.</p>", "One.\n\nTwo."),
        ("<p>a < b <> c <3 d", "a < b <> c <3 d"),
        ("<p>One &bogus; two &#0; &#x110000; &#xD800; three", None),
        ("<p>One <b>two <i>three</b> four</i> five</p>", "One two three four five"),
        ("<p title='<p>no</p>'>One</p><!-- <p>no</p> --><![CDATA[no]]><?php echo 'no' ?>", "One"),
        ("<p>One\0two</p>", None),
        ("<a href='#a' id='b'>1</a><a href='#b' id='a'>1</a><p>Two words.</p>", None),
        ("<p id='fn1'>One<a href='#fn1'>1</a></p>", "One1"),
        ("<table><tr><td><table><tr><td>deep</td><td>er</td></tr></table></td></tr></table>", "deep\ter"),
        ('<meta charset="utf-7"><p>+ADw-b+AD4- words</p>', None),
        ('<meta charset="rot13"><p>Words</p>', "Words"),
    ],
)  # fmt: skip
def test_read_all_the_same(page: str, text: str | None) -> None:
    found = intake(page)
    assert found.document.text
    assert text is None or found.document.text == text


def test_a_line_of_five_megabytes_in_the_worker() -> None:
    page = b"<p>" + b"word " * 1_000_000 + b"</p>"
    found = read_in_worker(Source("page.html", page), Settings())
    assert len(found.document.text) == 4_999_999
    assert found.troubles == ()


def test_many_notes_and_many_marks() -> None:
    marks = "".join(f'One.<a href="#fn{n}" id="r{n}"><sup>{n}</sup></a> ' for n in range(1, 801))
    items = "".join(f'<li id="fn{n}">Note. <a href="#r{n}">↩</a></li>' for n in range(1, 801))
    doc = intake(f"<p>{marks}</p><ol>{items}</ol>").document
    assert notes(doc) == [f"{n}: Note." for n in range(1, 801)]


PAGE = (EXAMPLES / "interview" / "panel.html").read_bytes()


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(PAGE)), st.integers(0, 300), st.sampled_from(
            [b"", b"<", b">", b"&", b"</", b"<p>", b"<table>", b"\"", b"'", b"<!--", b"<a href='#note-1'>", b"\xff\xfe", b"\0", b"<title>", b"<svg>", b"<plaintext>", b"]]>", b"<li id='note-1'>"]
        )),
        min_size=1,
        max_size=5,
    )
)  # fmt: skip
def test_damaged_pages_give_an_intake(changes: list[tuple[int, int, bytes]]) -> None:
    data = PAGE
    for at, gone, new in changes:
        data = data[:at] + new + data[at + gone :]
    found = intake(data)
    assert found.document.text or found.troubles


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_random_bytes_give_an_intake(data: bytes) -> None:
    assert read(Source("page.html", data), Settings()).document.format == "html"
    assert read(Source("page.xhtml", b"<p>" + data), Settings()).document.format == "html"
