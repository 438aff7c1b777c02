"""The text of a page without the site around it. All pages are invented specimens."""

from __future__ import annotations

import pytest

from reading_html import body, document, intake, notes

PROSE = [
    "Wagons were counted at the frontier, and counted again beyond it, by clerks who did not trust one another.",
    "The two ledgers never agreed, and the difference was carried over from one month to the next.",
    "When the Commission was dissolved the difference was written off, and the ledgers went to the archive.",
]
TEXT = "".join(f"<p>{words}</p>" for words in PROSE)

NAVIGATION = """<a class="skip-link screen-reader-text" href="#content">Skip to content</a><header id="masthead" class="site-header" role="banner"><div
class="site-branding"><p class="site-title"><a href="/">Northmoor</a></p><p>Papers in international history</p></div><nav class="main-navigation"><ul><li><a
href="/a">Home</a></li><li><a href="/b">Archive</a></li></ul></nav></header>"""
COOKIES = """<div id="cookie-law-info-bar"><span>We use cookies to give you the best experience on our website. By continuing you agree to this.</span><button>Accept
all</button></div>"""
SIDEBAR = """<aside id="secondary" class="widget-area"><section class="widget"><h2>Recent posts</h2><ul><li><a href="/p1">The Ferry on the Tumen and what it
carried</a></li><li><a href="/p2">Wheels</a></li></ul></section><section><h2>About</h2><p>Northmoor is a journal on the history of frontiers and railways.</p></section></aside>"""
COMMENTS = """<div id="comments" class="comments-area"><h2 class="comments-title">2 thoughts</h2><ol class="comment-list"><li><p>I worked at that station and can tell you
that nobody counted anything at all in those years.</p></li></ol><div id="respond"><h3>Leave a reply</h3><form><p>Your address will not be published.</p><textarea></textarea></form></div></div>"""
RELATED = """<div class="jp-relatedposts"><h3>Related</h3><ul><li><a href="/r">Another ferry, and other boats</a></li></ul></div>"""
SHARE = """<div class="share-buttons"><span>Share this article:</span><a href="#t">Twitter</a><a href="#f">Facebook</a></div>"""
FOOTER = """<footer id="colophon" class="site-footer"><p>© 2021 Northmoor Papers. All rights reserved.</p><p><a href="/imprint">Imprint</a></p></footer>"""

PAGES = {
    "wordpress": f"""<div id="page">{NAVIGATION}<div id="content" class="site-content"><main id="main" class="site-main"><article class="post"><header
        class="entry-header"><h1 class="entry-title">Two Gauges</h1><div class="entry-meta">Posted on 1 May by <a href="/au">admin</a></div></header><div
        class="entry-content">{TEXT}{SHARE}{RELATED}</div></article>{COMMENTS}</main></div>{SIDEBAR}{FOOTER}</div>{COOKIES}""",
    "old theme": f"""<div id="wrapper">{NAVIGATION}<div id="container"><div id="content" class="post hentry"><h1>Two Gauges</h1><div
        class="entry">{TEXT}</div>{COMMENTS}</div><div id="sidebar"><ul><li><h2>Meta</h2><ul><li><a href="/l">Log in</a></li></ul></li></ul></div></div>{FOOTER}</div>""",
    "divs without names": f"""<div><div><a href="/">Northmoor</a> | <a href="/i">Issues</a> | <a href="/j">Journal</a> | <a href="/k">Kiosk</a></div><div><div><h1>Two
        Gauges</h1>{TEXT}</div></div></div>{COOKIES}""",
    "layout table": f"""<table width="100%"><tr><td colspan="2"><a href="/">Home</a> <a href="/i">Issues</a> <a href="/s">Search</a></td></tr><tr><td width="20%"><a
        href="/1">Vol. 1</a><br><a href="/2">Vol. 2</a><br><a href="/3">Vol. 3</a></td><td><h1>Two Gauges</h1>{TEXT}</td></tr></table>""",
    "publisher": f"""<main class="page"><div class="article-header"><nav class="breadcrumbs"><a href="/">Journals</a></nav><h1>Two Gauges</h1><div
        class="article-metrics">3 citations</div></div><div class="article-sidebar sidebar"><h2>Article contents</h2><ul><li><a href="#a">Abstract</a></li></ul></div><article
        class="article-body"><section>{TEXT}</section></article><section class="cited-by-list"><h2>Cited by</h2><p>Nobody has cited this article so far, but somebody may do
        so.</p></section></main>{FOOTER}""",
    "microdata": f"""{NAVIGATION}<div class="wrap"><h1>Two Gauges</h1><div itemprop="articleBody">{TEXT}</div><div class="tags"><a href="/t">rails</a></div></div>{SIDEBAR}{FOOTER}""",
    "modal open": f"""<div id="root" aria-hidden="true"><main><h1>Two Gauges</h1>{TEXT}</main></div><div class="modal" role="dialog"><p>Subscribe to our
        newsletter and read about railways every week.</p></div>""",
    "class on the body": f"""<div class="page has-sidebar no-comments nav-closed"><main><h1>Two Gauges</h1>{TEXT}</main></div>""",
    "print twice": f"""<main><h1>Two Gauges</h1>{TEXT}<div class="print-only"><p>Printed from Northmoor Papers, at the address above, on the first of May.</p></div></main>""",
}


@pytest.mark.parametrize("name", PAGES)
def test_the_text_alone(name: str) -> None:
    doc = document(
        f"<html><head><title>Two Gauges | Northmoor</title></head><body>{PAGES[name]}</body></html>"
    )
    assert doc.text.split("\n\n") == ["Two Gauges", *PROSE]


def test_cyberleninka() -> None:
    doc = document(
        """<html lang="ru"><head><meta name="citation_title" content="Две колеи"><meta name="citation_author" content="Петров Иван"></head><body><div class="header"><ul
        class="menu"><li><a href="/a">Статьи</a></li></ul></div><div class="main"><div class="infoblock"><span class="label">Год: 2021</span></div><div class="ocr" itemprop="articleBody"><h2>Текст
        научной работы</h2><p>Вагоны считали дважды, и никто не верил чужому счету [1, с. 25]. Разница переходила из месяца в месяц [2].</p><p>Примечания</p><p>1. Ведомость 1954 года.</p><p>2. Там же.</p></div></div><div
        class="similar"><h2>Похожие темы</h2><a href="/s1">Третья колея</a></div></body></html>"""
    )
    assert doc.title == "Две колеи"
    assert "чужому счету [1, с. 25]" in doc.text
    assert "Статьи" not in doc.text
    assert "Третья колея" not in doc.text


def test_chinese_journal_page() -> None:
    page = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>换装站的冬天_学术期刊</title></head><body><div class="nav"><a href="/">首页</a><a
    href="/q">期刊</a></div><div id="artibody" class="article-content"><h1>换装站的冬天</h1><p>　　车皮在边境被计算了一次，过了边境又被计算了一次。<sup>①</sup></p><p>　　两本账从来没有对上过，差额逐月结转。<sup>②</sup></p>
    <p><b>注释：</b></p><p>①《账册》，第3页。</p><p>② 同上。</p></div><div class="share">分享到微博</div></body></html>"""
    doc = document(page.encode("gb18030"))
    assert doc.encoding == "gb18030"
    assert body(doc).split("\n\n")[:3] == [
        "换装站的冬天",
        "车皮在边境被计算了一次，过了边境又被计算了一次。⟨1⟩",
        "两本账从来没有对上过，差额逐月结转。⟨2⟩",
    ]
    assert notes(doc) == ["1: 《账册》，第3页。", "2: 同上。"]


def test_notes_outside_the_article_are_kept() -> None:
    doc = document(
        f"""<main><article><h1>Two Gauges</h1>{TEXT}<p>It ended.<a href="#fn1" id="r1"><sup>1</sup></a></p></article></main><footer class="notes-panel"><ol><li
        id="fn1">Ledger of 1954. <a href="#r1">↩</a></li></ol></footer>{FOOTER}"""
    )
    assert body(doc).endswith("It ended.⟨1⟩")
    assert notes(doc) == ["1: Ledger of 1954."]


def test_a_roundtable_of_several_articles_in_one_page() -> None:
    parts = "".join(
        f"<article><h2>Review by {name}, Northmoor</h2>{TEXT}</article>"
        for name in ("A. Smith", "B. Wu", "C. Lee")
    )
    doc = document(f"<body>{NAVIGATION}<main><h1>A Roundtable</h1>{parts}</main>{FOOTER}</body>")
    assert [n.authors for n in doc.of_kind("section")] == [
        (),
        ("A. Smith",),
        ("B. Wu",),
        ("C. Lee",),
    ]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1><p>The requested URL was not found on this server.</p></body></html>", "404"),
        ("<title>Journal</title><body><p>Access to this article: please log in to continue reading.</p></body>", "log in"),
        (f"<body>{COOKIES}</body>", "cookies"),
        ("<body><div>We use cookies. Accept cookies?</div></body>", "cookies"),
        ("<body><div id=root></div><script>load()</script><noscript>You need to enable JavaScript to run this app.</noscript></body>", "script"),
        ("<html><frameset cols='20%,80%'><frame src='a.html'><frame src='b.html'></frameset></html>", "frames"),
        ("<html><body></body></html>", "no text"),
        ("<html><head><title>Ошибка 404</title></head><body><p>Страница не найдена.</p></body></html>", "404"),
    ],
)  # fmt: skip
def test_pages_without_a_text_say_so(page: str, words: str) -> None:
    found = intake(page)
    assert found.document.text == ""
    assert [one.name for one in found.troubles] == ["unreadable-file"]
    assert words in found.troubles[0].detail
    assert "\n" not in found.troubles[0].detail


def test_a_bullet_that_is_written_into_the_page_is_no_word() -> None:
    item = '<li><p><span style="display:block;float:left">{}</span>{}</p></li>'
    doc = document(
        f"<p>Three:</p><ul>{item.format('•', 'Rails.')}{item.format('••', 'Wheels.')}</ul>"
    )
    assert doc.text == "Three:\n\nRails.\n\nWheels."


def test_the_first_paragraph_is_the_title_where_the_page_is_named_so() -> None:
    page = "<html><head><title>Of Rails</title></head><body><p><b>Of\nRails</b></p><p>Words of it.</p></body></html>"
    doc = document(page)
    assert [(n.title, n.level) for n in doc.nodes if n.kind == "heading"] == [("Of Rails", 1)]
    other = document(page.replace("<title>Of Rails", "<title>Wheels"))
    assert [n for n in other.nodes if n.kind == "heading"] == []
