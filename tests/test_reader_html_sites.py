"""Notes and text of pages as journals, blogs and their plug-ins make them; all invented."""

from __future__ import annotations

import pytest

from reading_html import body, document, notes, spans

WAGONS = "Wagons were counted twice.⟨1⟩ Nobody knew why.⟨2⟩"
BOTH = ["1: Ledger of 1954, p. 3.", "2: Ibid., p. 4."]

BLOCK_EDITOR = """<article class="post type-post hentry"><header class="entry-header"><h1 class="entry-title">Two Gauges</h1>
<div class="entry-meta"><span class="posted-on">Posted on <a href="/2021">1 May 2021</a></span> by <span class="byline">admin</span></div></header>
<div class="entry-content wp-block-post-content"><p>Wagons were counted twice.<sup data-fn="5d2c-11" class="fn"><a href="#5d2c-11"
id="5d2c-11-link">1</a></sup> Nobody knew why.<sup data-fn="77ab-02" class="fn"><a href="#77ab-02" id="77ab-02-link">2</a></sup></p>
<ol class="wp-block-footnotes"><li id="5d2c-11">Ledger of 1954, p. 3. <a href="#5d2c-11-link" aria-label="Jump to footnote reference 1">↩︎</a></li>
<li id="77ab-02">Ibid., p. 4. <a href="#77ab-02-link" aria-label="Jump to footnote reference 2">↩︎</a></li></ol>
<div class="sharedaddy sd-sharing-enabled"><h3>Share this:</h3><ul><li><a href="#">Twitter</a></li></ul></div></div>
<footer class="entry-footer"><span class="cat-links">Posted in <a href="/c">Rails</a></span></footer></article>
<div id="comments" class="comments-area"><h2>3 comments</h2><p>Great post! I was at the station myself in those years.</p></div>
<aside class="widget-area sidebar"><h2>Recent posts</h2><ul><li><a href="/a">One</a></li></ul></aside>"""

EASY_FOOTNOTES = """<div class="entry-content"><p>Wagons were counted twice.<span id="easy-footnote-1-240" class="easy-footnote-margin-adjust"></span><span
class="easy-footnote"><a href="https://example.org/two/#easy-footnote-bottom-1-240" title="Ledger of 1954, p. 3."><sup>1</sup></a></span>
Nobody knew why.<span id="easy-footnote-2-240" class="easy-footnote-margin-adjust"></span><span class="easy-footnote"><a
href="https://example.org/two/#easy-footnote-bottom-2-240" title="Ibid., p. 4."><sup>2</sup></a></span></p>
<div class="easy-footnote-title"><h4>Notes</h4></div><ol class="easy-footnotes-wrapper"><li class="easy-footnote-single"><span
id="easy-footnote-bottom-1-240" class="easy-footnote-margin-adjust"></span>Ledger of 1954, p. 3.<a class="easy-footnote-to-top"
href="https://example.org/two/#easy-footnote-1-240"></a></li><li class="easy-footnote-single"><span
id="easy-footnote-bottom-2-240" class="easy-footnote-margin-adjust"></span>Ibid., p. 4.<a class="easy-footnote-to-top"
href="https://example.org/two/#easy-footnote-2-240"></a></li></ol></div>"""

MODERN_FOOTNOTES = """<div class="entry-content"><p>Wagons were counted twice.<sup class="modern-footnotes-footnote " data-mfn="1"
data-mfn-post-scope="001"><a href="javascript:void(0)" role="button" aria-pressed="false" aria-describedby="mfn-content-001-1">1</a></sup><span
id="mfn-content-001-1" role="tooltip" class="modern-footnotes-footnote__note" tabindex="0" data-mfn="1">Ledger of 1954, p. 3.</span>
Nobody knew why.<sup class="modern-footnotes-footnote " data-mfn="2" data-mfn-post-scope="001"><a href="javascript:void(0)" role="button"
aria-describedby="mfn-content-001-2">2</a></sup><span id="mfn-content-001-2" role="tooltip" class="modern-footnotes-footnote__note"
tabindex="0" data-mfn="2">Ibid., p. 4.</span></p></div>"""

FOOTNOTES_PLUGIN = """<div class="entry-content"><p>Wagons were counted twice.<span class="footnote_referrer"><a role="button" tabindex="0"
onclick="footnote_moveToReference_12_1('footnote_plugin_reference_12_1_1');"><sup id="footnote_plugin_tooltip_12_1_1"
class="footnote_plugin_tooltip_text">[1]</sup></a><span id="footnote_plugin_tooltip_text_12_1_1" class="footnote_tooltip">Ledger of 1954, p. 3.</span></span>
Nobody knew why.<span class="footnote_referrer"><a role="button" tabindex="0"
onclick="footnote_moveToReference_12_1('footnote_plugin_reference_12_1_2');"><sup id="footnote_plugin_tooltip_12_1_2"
class="footnote_plugin_tooltip_text">[2]</sup></a><span id="footnote_plugin_tooltip_text_12_1_2" class="footnote_tooltip">Ibid., p. 4.</span></span></p>
<div class="speaker-mute footnotes_reference_container"><div id="footnote_references_container_12_1"><table class="footnotes_table footnote-reference-container"><tbody>
<tr class="footnotes_plugin_reference_row"><th scope="row" id="footnote_plugin_reference_12_1_1" class="footnote_plugin_index pointer"
onclick="footnote_moveToAnchor_12_1('footnote_plugin_tooltip_12_1_1');"><a role="button" class="footnote_backlink"><span
class="footnote_index_arrow">&#8593;</span>1</a></th><td class="footnote_plugin_text">Ledger of 1954, p. 3.</td></tr>
<tr class="footnotes_plugin_reference_row"><th scope="row" id="footnote_plugin_reference_12_1_2" class="footnote_plugin_index pointer"
onclick="footnote_moveToAnchor_12_1('footnote_plugin_tooltip_12_1_2');"><a role="button" class="footnote_backlink"><span
class="footnote_index_arrow">&#8593;</span>2</a></th><td class="footnote_plugin_text">Ibid., p. 4.</td></tr></tbody></table></div></div></div>"""

SUBSTACK = """<div class="single-post"><article class="post newsletter-post"><div class="post-header"><h1 class="post-title">Two Gauges</h1></div>
<div class="available-content"><div class="body markup"><p>Wagons were counted twice.<a data-component-name="FootnoteAnchorToDOM"
id="footnote-anchor-1-9044" href="https://gauges.example.org/p/two#footnote-1-9044" target="_self" rel="" class="footnote-anchor">1</a> Nobody knew
why.<a data-component-name="FootnoteAnchorToDOM" id="footnote-anchor-2-9044" href="https://gauges.example.org/p/two#footnote-2-9044"
class="footnote-anchor">2</a></p><div class="subscription-widget-wrap"><p>Thanks for reading! Subscribe for free.</p></div>
<div class="footnote" data-component-name="FootnoteToDOM"><a id="footnote-1-9044" href="https://gauges.example.org/p/two#footnote-anchor-1-9044"
class="footnote-number" contenteditable="false">1</a><div class="footnote-content"><p>Ledger of 1954, p. 3.</p></div></div>
<div class="footnote" data-component-name="FootnoteToDOM"><a id="footnote-2-9044" href="https://gauges.example.org/p/two#footnote-anchor-2-9044"
class="footnote-number" contenteditable="false">2</a><div class="footnote-content"><p>Ibid., p. 4.</p></div></div></div></div></article></div>"""

BIGFOOT = """<div class="post-content"><p>Wagons were counted twice.<sup id="fnref:1"><a href="#fn:1" rel="footnote" class="footnote">1</a></sup><span
class="bigfoot-footnote__container"><button class="bigfoot-footnote__button" id="fnref:1" data-footnote-number="1"
data-bigfoot-footnote="&lt;p&gt;Ledger of 1954, p. 3.&lt;/p&gt;">1</button></span> Nobody knew why.<sup id="fnref:2"><a href="#fn:2"
rel="footnote" class="footnote">2</a></sup></p><div class="footnotes"><ol><li id="fn:1"><p>Ledger of 1954, p. 3. <a href="#fnref:1"
class="reversefootnote">↩</a></p></li><li id="fn:2"><p>Ibid., p. 4. <a href="#fnref:2" class="reversefootnote">↩</a></p></li></ol></div></div>"""

WIKIPEDIA = """<div id="mw-content-text"><div class="mw-content-ltr mw-parser-output"><p>Wagons were counted twice.<sup id="cite_ref-ledger_1-0" class="reference"><a
href="#cite_note-ledger-1"><span class="cite-bracket">&#91;</span>1<span class="cite-bracket">&#93;</span></a></sup> Nobody knew why.<sup
id="cite_ref-2" class="reference"><a href="#cite_note-2">[2]</a></sup></p><div class="mw-heading mw-heading2"><h2 id="References">References</h2><span
class="mw-editsection">[<a href="/edit">edit</a>]</span></div><div class="reflist"><div class="mw-references-wrap"><ol class="references"><li
id="cite_note-ledger-1"><span class="mw-cite-backlink"><b><a href="#cite_ref-ledger_1-0" aria-label="Jump up">^</a></b></span> <span
class="reference-text">Ledger of 1954, p. 3.</span></li><li id="cite_note-2"><span class="mw-cite-backlink"><b><a
href="#cite_ref-2">^</a></b></span> <span class="reference-text">Ibid., p. 4.</span></li></ol></div></div>
<div class="navbox"><ul><li><a href="/r">Rails</a></li></ul></div></div></div>"""

CAMBRIDGE = """<main><article><h1>Two Gauges</h1><div class="article-tabs-buttons"><ul><li><a href="#a">Article</a></li></ul></div>
<div class="body"><div class="sec"><p class="p">Wagons were counted twice.<a href="#fn1" class="xref fn"><span class="show-for-sr">Footnote </span><sup>1</sup></a>
Nobody knew why.<a href="#fn2" class="xref fn"><span class="show-for-sr">Footnote </span><sup>2</sup></a></p></div></div>
<div id="fn1" symbol="1" class="fn"><p class="p"><span class="label"><sup>1</sup></span> Ledger of 1954, p. 3.</p></div>
<div id="fn2" symbol="2" class="fn"><p class="p"><span class="label"><sup>2</sup></span> Ibid., p. 4.</p></div></article></main>"""

ATYPON = """<div class="hlFld-Fulltext"><div id="S001" class="NLM_sec"><p>Wagons were counted twice.<span class="ref-lnk fn-ref-lnk lazy-ref"><a
data-rid="EN0001" data-reflink="_i3" data-ref-type="fn" href="#"><sup>1</sup></a><span class="ref-overlay scrollable-ref"><span
class="ref-close"></span><sup>1</sup> Ledger of 1954, p. 3.</span></span> Nobody knew why.<span class="ref-lnk fn-ref-lnk lazy-ref"><a data-rid="EN0002"
data-ref-type="fn" href="#"><sup>2</sup></a></span></p></div></div><div class="summation-section"><div id="inline_frontnotes"><h2>Notes</h2>
<p id="EN0001"><sup>1</sup> Ledger of 1954, p. 3.</p><p id="EN0002"><sup>2</sup> Ibid., p. 4.</p></div></div>"""

SILVERCHAIR = """<div class="widget-ArticleFulltext"><div class="article-body"><p>Wagons were counted twice.<sup><a id="jumplink-FN1"></a><a href="javascript:;"
reveal-id="FN1" data-open="FN1" class="link link-ref link-reveal xref-fn js-xref-fn split-view-modal">1</a></sup> Nobody knew why.<sup><a
id="jumplink-FN2"></a><a href="javascript:;" reveal-id="FN2" data-open="FN2" class="link link-ref xref-fn js-xref-fn">2</a></sup></p>
<h2>Footnotes</h2><div class="footnote"><span class="fn"><div content-id="FN1" class="footnote-content"><span class="fn-label"><sup>1</sup></span><div
class="footnote-compatibility"><p class="chapter-para">Ledger of 1954, p. 3.</p></div></div></span></div><div class="footnote"><span class="fn"><div
content-id="FN2" class="footnote-content"><span class="fn-label"><sup>2</sup></span><div class="footnote-compatibility"><p
class="chapter-para">Ibid., p. 4.</p></div></div></span></div></div></div>"""

PMC = """<section class="body main-article-body"><p>Wagons were counted twice.<sup><a href="#fn1" class="usa-link" aria-describedby="fn1">1</a></sup> Nobody
knew why.<sup><a href="#fn2" class="usa-link" aria-describedby="fn2">2</a></sup></p><section id="fn-group1" class="fn-group"><h2>Footnotes</h2><div
class="fn-group p font-secondary-light"><div class="fn p" id="fn1"><sup>1</sup><p>Ledger of 1954, p. 3.</p></div><div class="fn p"
id="fn2"><sup>2</sup><p>Ibid., p. 4.</p></div></div></section></section>"""

WORD_ONLINE = """<div class="entry-content"><p>Wagons were counted twice.<a id="post-77-footnote-ref-1" href="#post-77-footnote-1">[1]</a> Nobody knew why.<a
id="post-77-footnote-ref-2" href="#post-77-footnote-2">[2]</a></p><ol><li id="post-77-footnote-1"><p>Ledger of 1954, p. 3. <a
href="#post-77-footnote-ref-1">↑</a></p></li><li id="post-77-footnote-2"><p>Ibid., p. 4. <a href="#post-77-footnote-ref-2">↑</a></p></li></ol></div>"""

H_NET = """<div class="field field--name-body"><p>Wagons were counted twice.<a href="#_ftn1" name="_ftnref1">[1]</a> Nobody knew why.<a
href="#_ftn2" name="_ftnref2">[2]</a></p><div><hr align="left" size="1" width="33%" /><div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a>
Ledger of 1954, p. 3.</p></div><div id="ftn2"><p><a href="#_ftnref2" name="_ftn2">[2]</a> Ibid., p. 4.</p></div></div></div>"""

FLAT_PARAGRAPHS = """<div class="post-content"><p>Wagons were counted twice.<sup><a href="#fn-1" id="ref-1">1</a></sup> Nobody knew why.<sup><a href="#fn-2"
id="ref-2">2</a></sup></p><p><strong>Notes</strong></p><p id="fn-1"><sup>1</sup> Ledger of 1954, p. 3. [<a href="#ref-1">Return to text</a>]</p><p
id="fn-2"><sup>2</sup> Ibid., p. 4. [<a href="#ref-2">Return to text</a>]</p></div>"""

OJS = """<div id="articleFullText"><p class="indent">Wagons were counted twice.<sup><a href="#nota1" id="nref1">1</a></sup> Nobody knew why.<sup><a
href="#nota2" id="nref2">2</a></sup></p><h3>Notes</h3><p class="nota"><a href="#nref1" id="nota1">1</a>. Ledger of 1954, p. 3.</p><p class="nota"><a
href="#nref2" id="nota2">2</a>. Ibid., p. 4.</p></div>"""

SITES = {
    "block editor": BLOCK_EDITOR,
    "easy footnotes": EASY_FOOTNOTES,
    "modern footnotes": MODERN_FOOTNOTES,
    "footnotes plug-in": FOOTNOTES_PLUGIN,
    "substack": SUBSTACK,
    "bigfoot": BIGFOOT,
    "wikipedia": WIKIPEDIA,
    "cambridge": CAMBRIDGE,
    "atypon": ATYPON,
    "silverchair": SILVERCHAIR,
    "pmc": PMC,
    "word online": WORD_ONLINE,
    "h-net": H_NET,
    "flat paragraphs": FLAT_PARAGRAPHS,
    "ojs": OJS,
}


@pytest.mark.parametrize("name", SITES)
def test_sites(name: str) -> None:
    page = f"<html><head><title>Two Gauges</title></head><body>{SITES[name]}</body></html>"
    doc = document(page)
    blocks = body(doc).split("\n\n")
    titles = {"Two Gauges", "Notes", "References", "Footnotes"}
    assert [block for block in blocks if block not in titles] == [WAGONS]
    assert notes(doc) == BOTH
    assert spans(doc, "list") == []


def test_several_calls_to_one_note() -> None:
    doc = document(
        """<p>Once.<sup id="cite_ref-a_1-0" class="reference"><a href="#cite_note-a-1">[1]</a></sup> Twice.<sup
        id="cite_ref-a_1-1" class="reference"><a href="#cite_note-a-1">[1]</a></sup> Other.<sup id="cite_ref-2"
        class="reference"><a href="#cite_note-2">[2]</a></sup></p><ol class="references"><li id="cite_note-a-1">^ <a
        href="#cite_ref-a_1-0"><sup><i><b>a</b></i></sup></a> <a href="#cite_ref-a_1-1"><sup><i><b>b</b></i></sup></a> <span
        class="reference-text">Ledger.</span></li><li id="cite_note-2"><b><a href="#cite_ref-2">^</a></b> <span
        class="reference-text">Ibid.</span></li></ol>"""
    )
    assert body(doc) == "Once.⟨1⟩ Twice.⟨1⟩ Other.⟨2⟩"
    assert notes(doc) == ["1: Ledger.", "2: Ibid."]


def test_words_of_a_note_in_an_attribute_alone() -> None:
    doc = document(
        """<p>Wagons were counted twice.<span class="bigfoot-footnote__container"><button class="bigfoot-footnote__button"
        data-footnote-number="1" data-bigfoot-footnote="&lt;p&gt;Ledger of &lt;em&gt;1954&lt;/em&gt;, p. 3.&lt;/p&gt;">1</button></span> Nobody
        knew.</p>"""
    )
    assert body(doc) == "Wagons were counted twice.⟨1⟩ Nobody knew."
    assert notes(doc) == ["1: Ledger of 1954, p. 3."]
