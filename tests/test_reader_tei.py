"""TEI: text, structure, readings, places. All texts are invented specimens."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from making_tei import NAMESPACE, document, header, intake, spans, tei, words
from scholiast.model import Document, Segment
from scholiast.readers.tei.parsing import parsed
from scholiast.readers.tei.textnodes import text_nodes

RICH = (
    '<div type="letter" n="1"><head>One\n   letter<note n="1" place="foot">Of <hi rend="italic">'
    'many</hi>.</note></head><p>The <persName ref="#k">Kell</persName> of\n     Brno &amp; the'
    '  <choice><sic>yce</sic><corr>ice</corr></choice> held.<ptr target="#n2"/> Fron-<lb break="no"/>'
    'tier &#x2013; <gap/> <![CDATA[a < b]]> <!-- no --> end<pb n="4"/>.</p><lg><l>One</l><l>Two</l>'
    "</lg></div>"
)
NOTES = '<div type="notes"><note xml:id="n2" n="2">A\n  second <date when="1851">one</date>.</note></div>'


def home(document: Document, data: bytes) -> None:
    """Assert that every segment leads to its words in the text nodes, and all words have one."""
    nodes = list(text_nodes(parsed(data).root))
    covered: set[int] = set()
    for segment in document.segments:
        if segment.start == segment.end:
            continue
        covered.update(range(segment.start, segment.end))
        if segment.source_end > segment.source:
            assert at(nodes, segment) == document.text[segment.start : segment.end]
    rest = {c for at_, c in enumerate(document.text) if at_ not in covered}
    assert rest <= {" ", "\n", "\t"}


def at(nodes: list[str], segment: Segment) -> str:
    """Return the words of the file a segment points to: from its node on."""
    wanted = segment.source_end
    joined = ""
    for node in nodes[segment.paragraph :]:
        joined += node
        if len(joined) >= wanted:
            break
    return joined[segment.source : wanted]


def test_every_word_leads_back_to_its_text_node() -> None:
    data = tei(RICH, back=NOTES)
    read = intake(data).document
    assert read.text == (
        "One letter\n\nThe Kell of Brno & the ice held. Frontier – […] a < b end.\n\nOne\nTwo\n\n"
        "Of many.\n\nA second one."
    )
    home(read, data)


def test_indentation_is_no_text_and_other_blanks_are() -> None:
    read = document(
        "\n  <p>\n    One\n\ttwo  three\u00a0four\u3000\n    <hi>five</hi>\n  </p>\n  <p>six</p>\n"
    )
    assert read.text == "One two three\u00a0four\u3000 five\n\nsix"


def test_lines_are_those_of_the_file() -> None:
    data = tei('<p>One\n two\n <hi\n rend="italic">three</hi>\n four</p>\n\n<p>five</p>')
    read = intake(data).document
    for segment in read.segments:
        line = data.decode().split("\n")[segment.line - 1]
        assert read.text[segment.start : segment.end] in line


def test_divisions_are_sections_with_their_heads() -> None:
    read = document(
        '<head>Ice</head><p>a</p><div type="introduction"><head>To begin</head><p>b</p>'
        '<div><head>Inner</head><head type="running">RUN</head><p>c</p></div></div>'
        '<div type="letter" n="7"><p>d</p></div><div><p>e</p></div>',
        back='<div type="appendix"><head>Appendix</head><p>f</p></div>',
    )
    assert read.text == "Ice\n\na\n\nTo begin\n\nb\n\nInner\n\nc\n\nd\n\ne\n\nAppendix\n\nf"
    assert [(s.title, s.role, s.level, s.parent) for s in read.of_kind("section")] == [
        ("Ice", "section", 1, ""),
        ("To begin", "introduction", 2, "s1"),
        ("Inner", "section", 3, "s2"),
        ("letter 7", "section", 2, "s1"),
        ("Appendix", "section", 1, ""),
    ]
    assert [h.title for h in read.of_kind("heading")] == ["Ice", "To begin", "Inner", "Appendix"]


def test_a_text_without_heads_is_one_article() -> None:
    read = document("<p>One.</p>")
    (section,) = read.of_kind("section")
    assert (section.role, section.title, section.start, section.end) == (
        "article", "A Specimen", 0, 4,
    )  # fmt: skip


def test_every_node_has_a_section_that_holds_it() -> None:
    read = document(RICH, front="<div><p>Before</p></div>", back=NOTES)
    sections = {s.id: s for s in read.of_kind("section")}
    for node in read.nodes:
        if node.kind != "section":
            assert node.parent in sections
        if node.kind in ("paragraph", "heading"):
            assert sections[node.parent].start <= node.start <= node.end
            assert node.end <= sections[node.parent].end


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<choice><sic>yce</sic><corr>ice</corr></choice>", "ice"),
        ("<choice>\n <abbr>Br.</abbr>\n <expan>B<ex>rno</ex></expan>\n</choice>", "Brno"),
        ("<choice><orig>vvolf</orig><reg>wolf</reg></choice>", "wolf"),
        ("<subst><del>broke</del><add>held</add></subst>", "held"),
        ('<app><lem wit="#a">held</lem><rdg wit="#b">broke</rdg></app>', "held"),
        ('<app><rdg wit="#b">broke</rdg><rdg wit="#a">held</rdg></app>', "broke"),
        ('ice <gap reason="illegible" extent="2"/> held', "ice […] held"),
        ("<supplied>ice</supplied> <unclear>held</unclear>", "ice held"),
        ('<w>ice</w><pc>,</pc> <w part="I">he</w><w part="F">ld</w>', "ice, held"),
        ("ice<fw>42 HEAD</fw> held", "ice held"),
        ('fron-\n<lb break="no"/>tier', "frontier"),
        ('fron<pb n="3" break="no"/>tier', "frontier"),
        ("ice<lb/>\n   held", "ice\nheld"),
        ("ice<figure><graphic url='x'/><figDesc>A lake</figDesc></figure> held", "ice\n\nheld"),
        ("ice<note type='scholiast'>Why?</note> held", "ice held"),
        ("ice<index><term>frost</term></index> held", "ice held"),
        ("<persName><forename>Ann</forename><surname>Kell</surname></persName>", "Ann Kell"),
    ],
)
def test_one_reading_is_read(markup: str, text: str) -> None:
    assert document(f"<p>{markup}</p>").text == text


def test_the_other_reading_stays_with_the_segment() -> None:
    read = document("<p>The <choice><sic>yce</sic><corr>ice</corr></choice> <del>broke</del>.</p>")
    told = [(s.role, s.repair, s.original) for s in read.segments if s.role != "text"]
    assert told == [("repair", "reading", "yce"), ("repair", "deleted", "broke")]


@pytest.mark.parametrize(
    ("markup", "italic"),
    [
        ('<hi rend="italic">a</hi>', True),
        ('<hi rend="i">a</hi>', True),
        ('<hi rend="smallcaps it">a</hi>', True),
        ('<hi rend="bolditalic">a</hi>', True),
        ('<hi style="font-style: italic">a</hi>', True),
        ('<hi rendition="#x">a</hi>', True),
        ('<hi rendition="#y">a</hi>', False),
        ('<hi rend="non-italic">a</hi>', False),
        ('<hi rend="initial">a</hi>', False),
        ("<hi>a</hi>", False),
        ("<emph>a</emph>", True),
        ('<emph rend="bold">a</emph>', False),
        ('<title level="m">a</title>', True),
        ('<title level="a">a</title>', False),
        ("<title>a</title>", False),
        ("<foreign>a</foreign>", False),
        ('<foreign rend="italics">a</foreign>', True),
        ("<mentioned>a</mentioned>", True),
    ],
)
def test_what_is_in_italics(markup: str, italic: bool) -> None:
    head = header(
        '<encodingDesc><tagsDecl><rendition xml:id="x" scheme="css">font-style: italic</rendition>'
        '<rendition selector="mentioned" scheme="css">font-style:italic;</rendition>'
        '<rendition xml:id="y">font-weight: bold</rendition></tagsDecl></encodingDesc>'
    )
    assert bool(document(f"<p>{markup}</p>", head=head).of_kind("italic")) is italic


def test_italics_are_without_the_blanks_around_and_not_counted_twice() -> None:
    read = document('<p>a<hi rend="i"> b <emph>c</emph>\n</hi>d</p>')
    assert (read.text, spans(read, "italic")) == ("a b c d", ["b c"])


def test_lists_tables_quotations_and_verse() -> None:
    read = document(
        "<list><head>SUBJECT</head><item>Ice</item><item>Fish\n <list><item>cod</item></list></item>"
        "</list><list type='gloss'><label>a</label> <item>first</item></list>"
        "<table><row><cell>a</cell><cell/><cell> c </cell></row>\n<row><cell><p>x</p><p>y</p></cell>"
        "<cell>z</cell></row></table><p>He said: <quote>it held</quote> and</p>"
        "<quote><p>One</p><p>Two</p></quote><p>so <quote><lg><l>v</l><l>w</l></lg></quote></p>"
    )
    assert read.text.split("\n\n") == [
        "SUBJECT", "Ice", "Fish", "cod", "a first", "a\t\tc", "x y\tz",
        "He said: it held and", "One", "Two", "so", "v\nw",
    ]  # fmt: skip
    assert spans(read, "list") == ["SUBJECT\n\nIce\n\nFish\n\ncod", "a first"]
    assert spans(read, "table") == ["a\t\tc\n\nx y\tz"]
    assert spans(read, "quote") == ["One\n\nTwo", "v\nw"]


def test_lists_in_the_line_and_numbers_of_figures() -> None:
    read = document(
        "<p>First <list rend='inline'><item>a</item>, <item>b</item></list>; then</p>"
        "<figure><head>Figure 1. A lake</head><label>1</label><figDesc>Blue</figDesc></figure>"
    )
    assert read.text == "First a, b; then\n\nFigure 1. A lake"
    assert read.of_kind("list") == ()


def test_drama_has_turns_and_transcripts_too() -> None:
    people = (
        '<profileDesc><particDesc><listPerson><person xml:id="o"><persName><forename>Ann</forename>'
        "<surname>Ode</surname></persName></person></listPerson></particDesc></profileDesc>"
    )
    read = document(
        "<div><head>Act I</head><sp who='#k'><speaker>KELL.</speaker><p>It held. <stage>Exit.</stage>"
        "</p></sp><u who='#o'><seg>Indeed</seg><seg>it did.</seg></u></div>",
        head=header(people),
    )
    assert read.text == "Act I\n\nKELL.\n\nIt held. Exit.\n\nIndeed\n\nit did."
    assert [(t.label, words(read, t)) for t in read.of_kind("turn")] == [
        ("KELL", "KELL.\n\nIt held. Exit."),
        ("Ann Ode", "Indeed\n\nit did."),
    ]


def test_letters_keep_their_parts_as_paragraphs() -> None:
    read = document(
        "<opener><dateline>Brno, <date when='1851-02-03'>3 February</date></dateline>"
        "<salute>Dear Kell,</salute></opener><p>It held.</p><closer><salute>Yours,</salute>\n"
        "<signed>Ode</signed></closer><postscript><p>Ice.</p></postscript>"
    )
    assert read.text.split("\n\n") == [
        "Brno, 3 February", "Dear Kell,", "It held.", "Yours,", "Ode", "Ice.",
    ]  # fmt: skip


def test_pages_are_counted_and_those_of_notes_come_once() -> None:
    read = document(
        '<pb n="i" facs="1"/><p>One<pb n="12"/> two<note n="1">A<pb n="13"/> b.</note> three '
        '<pb n="13"/>four<note n="2">C<pb n="14"/>d</note>.</p><p>five</p>'
    )
    assert [(p.label, p.number) for p in read.of_kind("page")] == [
        ("i", 1), ("12", 2), ("13", 3), ("14", 4),
    ]  # fmt: skip
    pages = {read.text[s.start : s.end].strip(): s.page for s in read.segments}
    assert (pages["One"], pages["three"], pages["four"], pages["b."]) == (1, 2, 3, 3)


def test_one_edition_is_counted() -> None:
    read = document('<p>a<pb ed="A" n="1"/>b<pb ed="B" n="9"/>c<pb ed="A" n="2"/></p>')
    assert [p.label for p in read.of_kind("page")] == ["1", "2"]


def test_bibliographies_have_entries() -> None:
    read = document(
        "<p>x</p>",
        back="<div type='bibliography'><head>Works</head><listBibl><biblStruct><monogr><author>"
        "<persName><forename>Ann</forename><surname>Kell</surname></persName></author>"
        "<title level='m'>Ice</title><imprint><pubPlace>Brno</pubPlace><date when='1901'/>"
        "<date>1901</date></imprint></monogr></biblStruct><bibl>Ode, <title>Fish</title>."
        "<note>Reprinted</note></bibl></listBibl></div>",
    )
    assert spans(read, "entry") == ["Ann Kell, Ice, Brno, 1901", "Ode, Fish.Reprinted"]
    assert read.of_kind("note") == ()


def test_the_header_tells_title_authors_and_language() -> None:
    head = (
        "<teiHeader><fileDesc><titleStmt><title type='short'>I</title><title type='main'>Ice\n held"
        "</title><author><persName><surname>Kell</surname><forename>Ann</forename></persName></author>"
        "<author>B. Ode</author></titleStmt></fileDesc><profileDesc><langUsage><language ident='de'/>"
        "</langUsage></profileDesc></teiHeader>"
    )
    read = document("<p>x</p>", head=head)
    assert (read.title, read.authors, read.language) == ("Ice held", ("Ann Kell", "B. Ode"), "de")
    assert read.text == "x"


def test_a_title_page_helps_where_the_header_is_silent() -> None:
    read = document(
        "<div><head>H</head><p>x</p></div>",
        front="<titlePage><docTitle><titlePart>Ice</titlePart><titlePart type='sub'>A history"
        "</titlePart></docTitle><byline>By <docAuthor>Ann Kell</docAuthor></byline></titlePage>",
        head="<teiHeader><fileDesc><titleStmt><title/></titleStmt></fileDesc></teiHeader>",
    )
    assert (read.title, read.authors) == ("Ice", ("Ann Kell",))
    assert read.text.startswith("Ice\n\nA history\n\nBy Ann Kell\n\nH")


def test_a_corpus_and_a_group_are_read_whole() -> None:
    one = f"<TEI>{header(title='A')}<text><body><p>One.<note n='1'>N</note></p></body></text></TEI>"
    two = (
        f"<TEI>{header(title='B')}<text><group><text><body><head>H</head><p>Two.</p></body></text>"
    )
    two += "<text><body><head>I</head><p>Three.</p></body></text></group></text></TEI>"
    read = intake(
        f'<teiCorpus xmlns="{NAMESPACE}">{header(title="All")}{one}{two}</teiCorpus>'.encode()
    ).document
    assert read.text == "One.\n\nH\n\nTwo.\n\nI\n\nThree.\n\nN"
    assert [(s.title, s.level) for s in read.of_kind("section")] == [
        ("A", 1), ("B", 1), ("H", 2), ("I", 2),
    ]  # fmt: skip
    assert read.title == "All"


def test_tei_without_its_namespace_is_read() -> None:
    read = intake(
        b"<TEI><teiHeader/><text><body><p>Ice<note n='1'>N.</note></p></body></text></TEI>"
    )
    assert (read.document.text, read.troubles) == ("Ice\n\nN.", ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1251", "gb18030"])
def test_encodings_are_as_declared(encoding: str) -> None:
    word = {"windows-1251": "лёд", "gb18030": "冰", "utf-16": "冰é"}.get(encoding, "é")
    data = f'<?xml version="1.0" encoding="{encoding}"?><TEI><text><body><p>{word}</p></body></text></TEI>'
    assert intake(data.encode(encoding)).document.text == word


PIECES = st.sampled_from(
    ["a", " ", "\n  ", "b c", "é，", "&amp;", "<lb/>", "<pb n='2'/>", "<hi rend='i'>", "</hi>",
     "<note n='1'>", "</note>", "<p>", "</p>", "<choice><sic>", "</sic><corr>c</corr></choice>",
     "<list><item>", "</item></list>", "<table><row><cell>", "</cell></row></table>", "<gap/>",
     "<lb break='no'/>", "x-", "<quote>", "</quote>", "<l>", "</l>", "<ref target='#z'>1</ref>",
     "<note xml:id='z'>Z</note>", "<div><head>", "</head>", "</div>", "<del>", "</del>", "\t"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25))
def test_any_markup_gives_spans_within_the_text(pieces: list[str]) -> None:
    data = tei("".join(pieces))
    read = intake(data)
    text = read.document.text
    for record in (*read.document.nodes, *read.mentions, *read.document.segments):
        assert 0 <= record.start <= record.end <= len(text)
    assert "   " not in text and not text.startswith("\n")
    assert read == intake(data)
    if not read.troubles:
        home(read.document, data)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=20))
def test_a_paragraph_in_front_shifts_every_span(pieces: list[str]) -> None:
    inner = "".join(pieces)
    plain, shifted = (
        intake(tei(f"<div>{inner}</div>")),
        intake(tei(f"<p>Word</p><div>{inner}</div>")),
    )
    if plain.troubles or not plain.document.body_end:
        return
    by = len("Word\n\n")
    assert shifted.document.text == f"Word\n\n{plain.document.text}"
    for kind in ("paragraph", "note", "callout", "italic", "quote", "list", "table"):
        assert [(n.start, n.end) for n in shifted.document.of_kind(kind) if n.start >= by] == [
            (n.start + by, n.end + by) for n in plain.document.of_kind(kind)
        ]
