"""Remarks in web pages and books: every byte of the original stays, the text reads the same."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scholiast
from reading_html import document
from scholiast.config import Settings
from scholiast.model import Certainty, Document, Finding, Place, Source
from scholiast.packages.hypertext import parse_html, parse_xhtml
from scholiast.packages.hypertext_places import SourcePlaces
from scholiast.readers import reader_for
from scholiast.report.annotate import annotate
from scholiast.report.annotate_html import without_page_remarks

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def finding(doc: Document, words: str, number: int = 1, question: str = "Is it so?") -> Finding:
    start = doc.text.index(words)
    place = Place(doc.name, start, start + len(words), words)
    return Finding(f"{number:012x}", "NOT001", "x", "A reason.", question, Certainty.CERTAIN, place)


def annotated(page: str, words: str, encoding: str = "utf-8", question: str = "Is it so?") -> str:
    """Return an annotated page, checked: the text is the same, the bytes come back."""
    data = page.encode(encoding)
    doc = document(data)
    made = annotate(doc, [finding(doc, words, question=question)], Source(doc.name, data))[doc.name]
    assert without_page_remarks(made, doc.encoding) == data
    assert document(made).text == doc.text
    found = finding(doc, words, question=question)
    assert annotate(document(made), [found], Source(doc.name, made))[doc.name] == made
    return made.decode(encoding)


def remarked(page: str, words: str, **more: str) -> str:
    """Return an annotated page with its remark shortened to ¤."""
    import re

    return re.sub(r'<span class="scholiast".*?</span>', "¤", annotated(page, words, **more))


@pytest.mark.parametrize(
    ("page", "words", "wanted"),
    [
        ("<p>One two three.</p>", "two", "<p>One two¤ three.</p>"),
        ("<p>One <em>two</em> three.</p>", "two", "<p>One <em>two</em>¤ three.</p>"),
        ("<p>caf&eacute; &amp; bar &#8212; end</p>", "é & bar —", "<p>caf&eacute; &amp; bar &#8212;¤ end</p>"),
        ("<p>One\n   two\n three</p>", "One two", "<p>One\n   two¤\n three</p>"),
        ("<script>var x = '<p>two</p>';</script><!-- two --><p title='two'>One two.</p>", "two", "<script>var x = '<p>two</p>';</script><!-- two --><p title='two'>One two¤.</p>"),
        ("<title>two</title><p>One<p>two<td>three", "two", "<title>two</title><p>One<p>two¤<td>three"),
        ("<p>a < b and two > one</p>", "two >", "<p>a < b and two >¤ one</p>"),
        ("<p>One <math><mi>x</mi></math> end.</p></body>", "x", "<p>One <math><mi>x</mi></math> end.</p>¤</body>"),
        ("<p>One<br>two</p><p>three</p>", "One\ntwo", "<p>One<br>two¤</p><p>three</p>"),
    ],
)  # fmt: skip
def test_remarks_stand_behind_their_words(page: str, words: str, wanted: str) -> None:
    assert remarked(page, words) == wanted


def test_a_remark_is_escaped_and_fits_the_encoding() -> None:
    page = "<meta charset=windows-1251><p>Вагоны считали дважды.</p>"
    made = annotated(page, "считали", "cp1251", question="Is <b>“车皮”</b> & 'it' so?")
    assert "&lt;b&gt;“&#36710;&#30382;”&lt;/b&gt; &amp; &#x27;it&#x27; so?]</span> дважды" in made


def test_a_mark_without_a_note_is_asked_about_behind_the_mark() -> None:
    data = b"<p>One.<sup>[<a href='#fn1'>1</a>]</sup> Two.<sup>[<a href='#fn2'>2</a>]</sup></p><p id=fn2>2. B.</p>"
    doc = document(data)
    at = doc.text.index(" Two")
    place = Place(doc.name, at, at, "1")
    found = Finding("0" * 12, "NOT001", "x", "", "Where?", Certainty.CERTAIN, place)
    made = annotate(doc, [found], Source(doc.name, data))[doc.name]
    assert b"1</a><span class=" in made


def test_copies_of_a_book() -> None:
    path = EXAMPLES / "roundtable" / "roundtable.epub"
    data = path.read_bytes()
    doc = scholiast.read(path)
    words = ("turbines", "The list is open")
    found = [finding(doc, one, number) for number, one in enumerate(words)]
    made = annotate(doc, found, Source(doc.name, data))[doc.name]
    assert made == annotate(doc, found, Source(doc.name, data))[doc.name]
    before, after = (zipfile.ZipFile(io.BytesIO(one)) for one in (data, made))
    assert before.namelist() == after.namelist()
    assert after.infolist()[0].filename == "mimetype"
    assert after.infolist()[0].compress_type == zipfile.ZIP_STORED
    changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert changed == ["OEBPS/chapter-2.xhtml", "OEBPS/notes.xhtml"]
    for name in changed:
        assert without_page_remarks(after.read(name)) == before.read(name)
        parse_xhtml(after.read(name).decode())
    reader = reader_for("x.epub")
    assert reader is not None
    assert reader(Source(doc.name, made), Settings()).document.text == doc.text


@pytest.mark.parametrize("name", ["roundtable/roundtable", "ru/statia", "zh/wenzhang"])
def test_every_word_of_a_specimen_has_its_place(name: str) -> None:
    data = (EXAMPLES / f"{name}.html").read_bytes()
    doc = document(data)
    source = SourcePlaces(data.decode(), parse_html(data.decode()))
    words = [s for s in doc.segments if s.role == "text" and doc.text[s.start : s.end].strip()]
    for segment in words:
        shown = doc.text[segment.start : segment.end].rstrip()
        at = source.behind(segment.paragraph, segment.source + len(shown))
        assert data.decode()[:at].endswith(shown[-1]) or data.decode()[:at].endswith(";")


SOUP = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<em>", "</em>", "<table>", "<tr>", "<td>", "</table>", "<br>", "<!-- x -->", "<script>a</script>", "&amp;", "&nbsp;", "&lt", "<", ">",
         "words ", "больше ", "字", "\n", "<ul><li>", "</ul>", "<b x='>'>", "</b>", "<![if x]>", "<?x y?>", "<a href='#n1'>1</a>", "<p id=n1>"]
    ),
    max_size=30,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(SOUP, st.integers(0, 10**6))
def test_any_page_keeps_its_bytes_and_its_text(pieces: list[str], at: int) -> None:
    data = ("<body><p>Wagons here.</p>" + "".join(pieces)).encode()
    doc = document(data)
    words = doc.text.split()
    word = words[at % len(words)]
    made = annotate(doc, [finding(doc, word)], Source(doc.name, data))[doc.name]
    assert without_page_remarks(made) == data
    assert document(made).text == doc.text
