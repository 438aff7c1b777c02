"""The words of web pages: blanks, looks, lists, tables, headings, encodings. All invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading_html import body, document, intake, notes, spans


def text(page: str | bytes, name: str = "page.html") -> str:
    return document(page, name).text


def test_white_space_is_collapsed_as_browsers_do() -> None:
    page = """<p>  Wagons
      were <b> counted </b> <i>twice</i>
    </p>\n<p>&nbsp;</p><div>Bare words<p>and more</p>of them</div>"""
    assert text(page) == "Wagons were counted twice\n\nBare words\n\nand more\n\nof them"


def test_hard_blanks_soft_hyphens_and_named_characters_stay() -> None:
    assert (
        text("<p>p.&nbsp;3 co&shy;unt &mdash; &eacute;&#8217;</p>") == "p.\u00a03 co\u00adunt — é’"
    )


def test_line_breaks() -> None:
    assert text("<p>One<br>two <br/> three<br><br>four</p>") == "One\ntwo\nthree\n\nfour"


def test_lines_of_chinese_are_joined_without_a_blank() -> None:
    assert (
        text("<p>车皮被\n重复计算，\n没有人 知道 1950\n年。</p>")
        == "车皮被重复计算，没有人 知道 1950 年。"
    )


def test_preformatted_text_keeps_its_lines() -> None:
    assert text("<pre>one  two\n  three</pre>") == "one  two\n  three"


def test_italics_by_element_style_and_class() -> None:
    page = """<style>.c5{font-style:italic;font-weight:400} @media print{.c6{font-style:italic}} span.t { font-style : italic }
    em em, .x .y { font-style: italic }</style>
    <p><em>One</em> two <span class="c5">three</span> <span style="font-style: italic">four</span> <cite>five</cite> <span class="t">six</span>
    <span class="c6">seven</span> <i>eight <span style="font-style:normal">nine</span></i> <var>x</var></p>"""
    assert spans(document(page), "italic") == ["One", "three four five six", "eight", "x"]


def test_quotation_elements_print_their_marks() -> None:
    assert text("<p>He said <q>so <q>it</q> was</q>.</p>") == "He said “so ‘it’ was”."


def test_quotations_lists_and_tables() -> None:
    doc = document(
        """<h1>Title</h1><p>Words.</p><blockquote><p>Quoted.</p><p>Twice.</p></blockquote><ol><li><p>One</p></li><li>Two<ul><li>deep</li></ul></li></ol>
        <p class="MsoQuote">By style.</p><table><caption>Wagons</caption><thead><tr><th>Year</th><th>Count</th></tr></thead><tbody>
        <tr><td>1954</td><td><p>640</p><p>(about)</p></td></tr><tr><td colspan="2">A line of its own</td></tr></tbody></table><p>End.</p>"""
    )
    assert doc.text.split("\n\n") == [
        "Title", "Words.", "Quoted.", "Twice.", "One", "Two", "deep", "By style.", "Wagons", "Year\tCount",
        "1954\t640\n(about)", "A line of its own", "End.",
    ]  # fmt: skip
    assert spans(doc, "quote") == ["Quoted.\n\nTwice.", "By style."]
    assert spans(doc, "list") == ["One\n\nTwo\n\ndeep"]
    assert spans(doc, "table") == ["Year\tCount\n\n1954\t640\n(about)"]


def test_tables_that_lay_a_page_out_are_paragraphs() -> None:
    page = """<table><tr><td width=150><a href="/a">Home</a><br><a href="/b">Issues</a><br><a href="/c">Links</a></td><td><h1>Title</h1>
    <p>The first paragraph of the text, which is long enough to be one.</p><p>The second, which is of the same kind and says as much.</p></td></tr></table>"""
    doc = document(page)
    assert doc.text.split("\n\n")[0] == "Title"
    assert len(doc.text.split("\n\n")) == 3
    assert doc.of_kind("table") == ()


def test_headings_and_sections() -> None:
    doc = document(
        """<h1>Gauges: A Roundtable</h1><h2>Introduction by A. Smith, Northmoor University</h2><p>One.</p><h2>Review by B. Wu, Harbin</h2><p>Two.</p>
        <h3>A part</h3><p>Three.</p>"""
    )
    assert [(n.role, n.level, n.authors) for n in doc.of_kind("section")] == [
        ("article", 1, ()),
        ("introduction", 2, ("A. Smith",)),
        ("review", 2, ("B. Wu",)),
        ("section", 3, ()),
    ]


def test_the_title_is_found_outside_the_text() -> None:
    doc = document(
        """<html><head><title>Two Gauges - Northmoor Papers</title><meta property="og:title" content="Two Gauges"></head><body>
        <header class="entry-header"><h1>Two Gauges</h1></header><div class="entry-content"><p>Wagons were counted, and counted again, and
        nobody knew why.</p></div></body></html>"""
    )
    assert doc.title == "Two Gauges"
    assert doc.text.startswith("Two Gauges\n\nWagons")


def test_what_the_head_says() -> None:
    doc = document(
        """<html lang="ru"><head><meta name="citation_title" content="Две колеи"><meta name="citation_author" content="Заречная, Н. В."><meta
        name="citation_author" content="Иван Петров"></head><body><p>Вагоны считали дважды.</p></body></html>"""
    )
    assert (doc.title, doc.authors, doc.language) == (
        "Две колеи",
        ("Н. В. Заречная", "Иван Петров"),
        "ru",
    )


def test_left_out_are_what_is_deleted_hidden_or_read_aloud() -> None:
    page = """<p>One <del>gone</del><ins>kept</ins> <span hidden>no</span><span style="display: none">no</span><span class="sr-only">no</span><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>
    <math><mi>x</mi><mo>=</mo><mn>2</mn><annotation>x=2</annotation></math> <abbr title="no">AVP</abbr></p><style>.q{display:none}</style><p class="q">No.</p>
    <script>document.write("<p>no</p>")</script><noscript>no</noscript><!-- no --><template><p>no</p></template>"""
    assert text(page) == "One kept 漢 x=2 AVP"


def test_pages_of_print() -> None:
    doc = document(
        """<p>One <span role="doc-pagebreak" aria-label="12" id="p12"></span>two <span class="pagenum">[p. 13]</span>three.</p>
        <p><a class="pagebreak" title="14"></a>Four.</p>"""
    )
    assert doc.text == "One two three.\n\nFour."
    assert [(n.label, n.number, doc.text[n.start :][:3]) for n in doc.of_kind("page")] == [
        ("12", 1, "two"),
        ("13", 2, "thr"),
        ("14", 3, "Fou"),
    ]


def test_speakers_of_an_interview() -> None:
    doc = document(
        """<h1>A Talk</h1><p><b>Interviewer:</b> Who counted?</p><p><b>Tao:</b> We did.</p><p><b>Interviewer:</b> Twice?</p><p><b>Tao:</b> Twice.</p>"""
    )
    assert [n.label for n in doc.of_kind("turn")] == ["Interviewer", "Tao", "Interviewer", "Tao"]


def test_segments_lead_to_lines() -> None:
    doc = document("<html><body>\n<p>One\ntwo</p>\n<p>three</p>\n\n<p>four</p></body></html>")
    lines = {doc.text[s.start : s.end].strip(): s.line for s in doc.segments if s.role == "text"}
    assert lines == {"One": 2, "two": 3, "three": 4, "four": 6}


ENCODED = {
    "cp1251": "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'><p>Вагоны считали дважды — «дважды».</p>",
    "gb18030": "<meta charset=gb2312><p>车皮被重复计算，没有人知道为什么。</p>",
    "big5hkscs": '<meta charset="big5"><p>車皮被重複計算，沒有人知道為什麼。</p>',
    "cp932": '<meta charset="Shift_JIS"><p>貨車は二度数えられた。なぜかは誰も知らない。</p>',
    "koi8-r": '<meta charset="koi8-r"><p>Вагоны считали дважды.</p>',
    "utf-16": "<p>Вагоны считали дважды.</p>",
    "utf-8-sig": "<meta charset=windows-1251><p>Вагоны считали дважды.</p>",
    "cp1252": "<meta charset=iso-8859-1><p>“Naïve” — wagons…</p>",
}


@pytest.mark.parametrize("encoding", ENCODED)
def test_encodings(encoding: str) -> None:
    page = ENCODED[encoding]
    found = intake(page.encode(encoding))
    assert found.document.text == page.partition("<p>")[2].removesuffix("</p>")
    if encoding not in ("utf-16",):
        assert found.troubles == ()


def test_an_encoding_that_is_not_declared_is_guessed_and_said() -> None:
    found = intake(
        ("<p>" + "Вагоны считали дважды, и никто не знал почему. " * 5 + "</p>").encode("cp1251")
    )
    assert found.document.text.startswith("Вагоны считали")
    assert [one.name for one in found.troubles] == ["encoding-guessed"]


WORDS = st.text(st.sampled_from(" \t\nab.,é中文“”()1[]"), max_size=12)
PIECES = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(
            [
                "p",
                "em",
                "div",
                "sup",
                "b",
                "li",
                "ul",
                "td",
                "tr",
                "table",
                "q",
                "blockquote",
                "span",
                "h2",
                "pre",
                "a href='#fn1'",
                "section id='fn1'",
            ]
        ),
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(PIECES)
def test_a_paragraph_in_front_shifts_all_and_changes_nothing(page: str) -> None:
    lead = "<p>Wagons were counted here, in a plain sentence.</p>"
    plain = document(f"<body><main>{lead}{page}</main></body>")
    shifted = document(f"<body><main>{lead}{lead}{page}</main></body>")
    size = len("Wagons were counted here, in a plain sentence.\n\n")
    assert shifted.text == plain.text[: size - 2] + "\n\n" + plain.text
    assert notes(shifted) == notes(plain)
    ends = [(n.kind, n.start + size, n.end + size) for n in plain.nodes if n.start >= size]
    assert [
        one for one in ends if one not in [(n.kind, n.start, n.end) for n in shifted.nodes]
    ] == []


@settings(max_examples=150, deadline=None)
@given(PIECES)
def test_every_character_is_kept_once(page: str) -> None:
    lead = "<p>Wagons were counted here, in a plain sentence.</p>"
    doc = document(f"<body><main>{lead}{page}</main></body>")
    from lxml import html

    tree = html.document_fromstring(f"<body><main>{lead}{page}</main></body>")
    kept = [sign for sign in doc.text if not sign.isspace() and sign not in "“”‘’"]
    marks = [s.original for s in doc.segments if s.role == "mark"]
    wanted = [s for s in "".join(map(str, tree.itertext())) if not s.isspace() and s not in "“”‘’"]
    assert len(kept) <= len(wanted) <= len(kept) + sum(len(mark) for mark in marks)
    assert body(doc).startswith("Wagons")
