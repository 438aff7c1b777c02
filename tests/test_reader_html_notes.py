"""Notes in web pages, in the shapes that programs write. All texts are invented specimens."""

from __future__ import annotations

import pytest

from reading_html import body, document, notes

WAGONS = "Wagons were counted twice.⟨1⟩ Nobody knew why.⟨2⟩"
BOTH = ["1: Ledger of 1954, p. 3.", "2: Ibid., p. 4."]

PANDOC = """<p>Wagons were counted twice.<a href="#fn1" class="footnote-ref" id="fnref1"
role="doc-noteref"><sup>1</sup></a> Nobody knew why.<a href="#fn2" class="footnote-ref" id="fnref2"
role="doc-noteref"><sup>2</sup></a></p>
<section id="footnotes" class="footnotes footnotes-end-of-document" role="doc-endnotes"><hr />
<ol><li id="fn1"><p>Ledger of 1954, p. 3.<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li>
<li id="fn2"><p>Ibid., p. 4.<a href="#fnref2" class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></section>"""

KRAMDOWN = """<p>Wagons were counted twice.<sup id="fnref:1"><a href="#fn:1" class="footnote" rel="footnote"
role="doc-noteref">1</a></sup> Nobody knew why.<sup id="fnref:why"><a href="#fn:why" class="footnote" rel="footnote"
role="doc-noteref">2</a></sup></p>
<div class="footnotes" role="doc-endnotes"><ol>
<li id="fn:1"><p>Ledger of 1954, p. 3.&nbsp;<a href="#fnref:1" class="reversefootnote" role="doc-backlink">&#8617;</a></p></li>
<li id="fn:why"><p>Ibid., p. 4.&nbsp;<a href="#fnref:why" class="reversefootnote" role="doc-backlink">&#8617;&#xfe0e;</a></p></li>
</ol></div>"""

MARKDOWN_IT = """<p>Wagons were counted twice.<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup>
Nobody knew why.<sup class="footnote-ref"><a href="#fn2" id="fnref2">[2]</a></sup></p><hr class="footnotes-sep">
<section class="footnotes"><ol class="footnotes-list"><li id="fn1" class="footnote-item"><p>Ledger of 1954, p. 3.
<a href="#fnref1" class="footnote-backref">↩︎</a></p></li><li id="fn2" class="footnote-item"><p>Ibid., p. 4.
<a href="#fnref2" class="footnote-backref">↩︎</a></p></li></ol></section>"""

GITHUB = """<p>Wagons were counted twice.<sup><a href="#user-content-fn-1" id="user-content-fnref-1"
data-footnote-ref aria-describedby="footnote-label">1</a></sup> Nobody knew why.<sup><a href="#user-content-fn-2"
id="user-content-fnref-2" data-footnote-ref aria-describedby="footnote-label">2</a></sup></p>
<section data-footnotes class="footnotes"><h2 class="sr-only" id="footnote-label">Footnotes</h2><ol>
<li id="user-content-fn-1"><p>Ledger of 1954, p. 3. <a href="#user-content-fnref-1" data-footnote-backref
aria-label="Back to reference 1" class="data-footnote-backref">↩</a></p></li>
<li id="user-content-fn-2"><p>Ibid., p. 4. <a href="#user-content-fnref-2" data-footnote-backref>↩</a></p></li></ol></section>"""

ORG = """<p>Wagons were counted twice.<sup><a id="fnr.1" class="footref" href="#fn.1" role="doc-backlink">1</a></sup>
Nobody knew why.<sup><a id="fnr.2" class="footref" href="#fn.2" role="doc-backlink">2</a></sup></p>
<div id="footnotes"><div id="text-footnotes">
<div class="footdef"><sup><a id="fn.1" class="footnum" href="#fnr.1" role="doc-backlink">1</a></sup>
<div class="footpara" role="doc-footnote"><p class="footpara">Ledger of 1954, p. 3.</p></div></div>
<div class="footdef"><sup><a id="fn.2" class="footnum" href="#fnr.2" role="doc-backlink">2</a></sup>
<div class="footpara" role="doc-footnote"><p class="footpara">Ibid., p. 4.</p></div></div></div></div>"""

WORD = """<div class=WordSection1><p class=MsoNormal>Wagons were counted twice.<a
style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span
class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]><span
class=MsoFootnoteReference><span style='font-size:12.0pt'>[1]</span></span><![endif]></span></span></a>
Nobody knew why.<a style='mso-footnote-id:ftn2' href="#_ftn2" name="_ftnref2" title=""><span
class=MsoFootnoteReference><![if !supportFootnotes]>[2]<![endif]></span></a><o:p></o:p></p></div>
<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr align=left size=1
width="33%"><![endif]>
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1'
href="#_ftnref1" name="_ftn1" title=""><span class=MsoFootnoteReference><![if !supportFootnotes]><span
class=MsoFootnoteReference>[1]</span><![endif]></span></a> Ledger of 1954, p. 3.<o:p></o:p></p></div>
<div style='mso-element:footnote' id=ftn2><p class=MsoFootnoteText><a style='mso-footnote-id:ftn2'
href="#_ftnref2" name="_ftn2" title=""><span class=MsoFootnoteReference><![if !supportFootnotes]>[2]<![endif]></span></a>
Ibid., p. 4.</p></div></div>"""

WORD_FILTERED = """<div class=WordSection1><p class=MsoNormal>Wagons were counted twice.<a href="#_edn1" name="_ednref1"
title=""><span class=MsoEndnoteReference><span class=MsoEndnoteReference><span lang=EN-GB style='font-size:12.0pt'>[1]</span></span></span></a>
Nobody knew why.<a href="#_edn2" name="_ednref2" title=""><span class=MsoEndnoteReference>[2]</span></a></p></div>
<div><br clear=all><hr align=left size=1 width="33%"><div id=edn1><p class=MsoEndnoteText><a href="#_ednref1"
name="_edn1" title=""><span class=MsoEndnoteReference>[1]</span></a> Ledger of 1954, p. 3.</p></div>
<div id=edn2><p class=MsoEndnoteText><a href="#_ednref2" name="_edn2" title=""><span
class=MsoEndnoteReference>[2]</span></a> Ibid., p. 4.</p></div></div>"""

LIBREOFFICE = """<p style="margin-bottom: 0cm">Wagons were counted twice.<a class="sdfootnoteanc" name="sdfootnote1anc"
href="#sdfootnote1sym"><sup>1</sup></a> Nobody knew why.<a class="sdfootnoteanc" name="sdfootnote2anc"
href="#sdfootnote2sym"><sup>2</sup></a></p>
<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym"
href="#sdfootnote1anc">1</a>Ledger of 1954, p. 3.</p></div>
<div id="sdfootnote2"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote2sym"
href="#sdfootnote2anc">2</a>Ibid., p. 4.</p></div>"""

GOOGLE_DOCS = """<style type="text/css">.c1{font-style:italic}.c2{font-size:10pt}sup{}</style>
<p class="c0"><span>Wagons were counted twice.</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup><span> Nobody
knew why.</span><sup><a href="#ftnt2" id="ftnt_ref2">[2]</a></sup><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p>
<hr class="c9"><div><p class="c7"><a href="#ftnt_ref1" id="ftnt1">[1]</a><span class="c2">&nbsp;Ledger of 1954, p. 3.</span></p></div>
<div><p class="c7"><a href="#ftnt_ref2" id="ftnt2">[2]</a><span class="c2">&nbsp;Ibid., p. 4.</span></p></div>
<div class="c8"><p class="c7"><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Do we know that?</span></p></div>"""

ABBYY_ANCHORS = """<p>Wagons were counted twice.<sup><a href="#bookmark0" id="footnote1">1</a></sup> Nobody knew why.<sup><a
href="#bookmark1" id="footnote2">2</a></sup></p><p><a name="bookmark0"></a><sup>1</sup> Ledger of 1954, p. 3.</p>
<p><a name="bookmark1"></a><sup>2</sup> Ibid., p. 4.</p>"""

LATEXML = """<div class="ltx_para"><p class="ltx_p">Wagons were counted twice.<span id="footnote1" class="ltx_note ltx_role_footnote"><sup
class="ltx_note_mark">1</sup><span class="ltx_note_outer"><span class="ltx_note_content"><sup
class="ltx_note_mark">1</sup><span class="ltx_tag ltx_tag_note">1</span>Ledger of 1954, p. 3.</span></span></span>
Nobody knew why.<span id="footnote2" class="ltx_note ltx_role_footnote"><sup class="ltx_note_mark">2</sup><span
class="ltx_note_outer"><span class="ltx_note_content"><sup class="ltx_note_mark">2</sup><span
class="ltx_tag ltx_tag_note">2</span>Ibid., p. 4.</span></span></span></p></div>"""

TEX4HT = """<p class="noindent">Wagons were counted twice.<span class="footnote-mark"><a href="gauge2.html#fn1x0" id="fn1x0-bk"><sup
class="textsuperscript">1</sup></a></span><a id="x1-2f1"></a> Nobody knew why.<span class="footnote-mark"><a href="#fn2x0"
id="fn2x0-bk"><sup class="textsuperscript">2</sup></a></span><a id="x1-3f2"></a></p>
<div class="footnotes"><a id="x1-4x"></a><p class="noindent"><span class="footnote-mark"><a href="#fn1x0-bk" id="fn1x0"><sup
class="textsuperscript">1</sup></a></span><span class="cmr-8">Ledger of 1954, p. 3.</span></p><a id="x1-5x"></a>
<p class="noindent"><span class="footnote-mark"><a href="#fn2x0-bk" id="fn2x0"><sup class="textsuperscript">2</sup></a></span><span
class="cmr-8">Ibid., p. 4.</span></p></div>"""

DPUB = """<p>Wagons were counted twice.<a role="doc-noteref" id="r-a" href="#x-a">1</a> Nobody knew why.<a
role="doc-noteref" id="r-b" href="#x-b">2</a></p>
<aside role="doc-footnote" id="x-a"><a role="doc-backlink" href="#r-a">1.</a> Ledger of 1954, p. 3.</aside>
<aside role="doc-footnote" id="x-b"><a role="doc-backlink" href="#r-b">2.</a> Ibid., p. 4.</aside>"""

TUFTE = """<article><p>Wagons were counted twice.<label for="sn-a" class="margin-toggle sidenote-number"></label><input
type="checkbox" id="sn-a" class="margin-toggle"/><span class="sidenote">Ledger of 1954, p. 3.</span> Nobody knew why.<label
for="sn-b" class="margin-toggle sidenote-number"></label><input type="checkbox" id="sn-b" class="margin-toggle"/><span
class="sidenote">Ibid., p. 4.</span></p></article>"""

OLD_ANCHORS = """<p>Wagons were counted twice.<a href="#1">[1]</a> <a name="b1"></a>Nobody knew why.<a href="#2">[2]</a></p>
<hr><p><a name="1">[1]</a> Ledger of 1954, p. 3.<br><a name="2">[2]</a> Ibid., p. 4.</p>"""

OLD_TABLE = """<p>Wagons were counted twice.<sup><a href="#note1" name="back1">1</a></sup> Nobody knew why.<sup><a
href="#note2" name="back2">2</a></sup></p><table><tr><td valign=top><a name="note1" href="#back1">1</a></td><td>Ledger of 1954,
p. 3.</td></tr><tr><td valign=top><a name="note2" href="#back2">2</a></td><td>Ibid., p. 4.</td></tr></table>"""

ANCHOR_BEFORE = """<p>Wagons were counted twice.<a href="#note1"><sup>1</sup></a> Nobody knew why.<a
href="#note2"><sup>2</sup></a></p><h3>Notes</h3><a name="note1"></a><p>1. Ledger of 1954, p. 3.</p><a
name="note2"></a><p>2. Ibid., p. 4.</p>"""

DEFINITIONS = """<p>Wagons were counted twice.<sup id="a1"><a href="#f1x">1</a></sup> Nobody knew why.<sup id="a2"><a
href="#f2x">2</a></sup></p><dl class="footnotes"><dt id="f1x"><a href="#a1">1</a></dt><dd>Ledger of 1954, p. 3.</dd>
<dt id="f2x"><a href="#a2">2</a></dt><dd>Ibid., p. 4.</dd></dl>"""

UNLINKED = """<p>Wagons were counted twice.<sup>1</sup> Nobody knew why.<sup>2</sup></p><h2>Notes</h2>
<p>1. Ledger of 1954, p. 3.</p><p>2. Ibid., p. 4.</p>"""

UNLINKED_LIST = """<p>Wagons were counted twice.<sup>1</sup> Nobody knew why.<sup>2</sup></p><h2>Notes</h2>
<ol><li>Ledger of 1954, p. 3.</li><li>Ibid., p. 4.</li></ol>"""

ASCIIDOC = """<p>Wagons were counted twice.<sup class="footnote">[<a id="_footnoteref_1" class="footnote" href="#_footnotedef_1"
title="View footnote.">1</a>]</sup> Nobody knew why.<sup class="footnote">[<a id="_footnoteref_2" class="footnote"
href="#_footnotedef_2">2</a>]</sup></p><div id="footnotes"><hr/><div class="footnote" id="_footnotedef_1"><a
href="#_footnoteref_1">1</a>. Ledger of 1954, p. 3.</div><div class="footnote" id="_footnotedef_2"><a
href="#_footnoteref_2">2</a>. Ibid., p. 4.</div></div>"""

SPHINX = """<p>Wagons were counted twice.<a class="footnote-reference brackets" href="#f1" id="id1" role="doc-noteref"><span
class="fn-bracket">[</span>1<span class="fn-bracket">]</span></a> Nobody knew why.<a class="footnote-reference brackets"
href="#f2" id="id2" role="doc-noteref"><span class="fn-bracket">[</span>2<span class="fn-bracket">]</span></a></p>
<aside class="footnote-list brackets"><aside class="footnote brackets" id="f1" role="doc-footnote"><span
class="label"><span class="fn-bracket">[</span><a role="doc-backlink" href="#id1">1</a><span
class="fn-bracket">]</span></span><p>Ledger of 1954, p. 3.</p></aside><aside class="footnote brackets" id="f2"
role="doc-footnote"><span class="label"><span class="fn-bracket">[</span><a role="doc-backlink"
href="#id2">2</a><span class="fn-bracket">]</span></span><p>Ibid., p. 4.</p></aside></aside>"""

PROGRAMS = {
    "pandoc": PANDOC,
    "kramdown": KRAMDOWN,
    "markdown-it": MARKDOWN_IT,
    "github": GITHUB,
    "org": ORG,
    "word": WORD,
    "word filtered": WORD_FILTERED,
    "libreoffice": LIBREOFFICE,
    "google docs": GOOGLE_DOCS,
    "bookmarks": ABBYY_ANCHORS,
    "latexml": LATEXML,
    "tex4ht": TEX4HT,
    "dpub": DPUB,
    "tufte": TUFTE,
    "old anchors": OLD_ANCHORS,
    "old table": OLD_TABLE,
    "anchor before": ANCHOR_BEFORE,
    "definitions": DEFINITIONS,
    "unlinked": UNLINKED,
    "unlinked list": UNLINKED_LIST,
    "asciidoc": ASCIIDOC,
    "sphinx": SPHINX,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_programs(name: str) -> None:
    doc = document(f"<html><body>{PROGRAMS[name]}</body></html>")
    shown = body(doc)
    for label in ("⊕", ""):
        shown = shown.replace(f"⟨{label}⟩", "⟨1⟩", 1).replace(f"⟨{label}⟩", "⟨2⟩", 1)
    assert shown.split("\n\n")[0] == WAGONS
    assert shown.split("\n\n")[1:] in ([], ["Notes"])
    assert [note.partition(": ")[2] for note in notes(doc)] == [n.partition(": ")[2] for n in BOTH]
    if name != "tufte":
        assert notes(doc) == BOTH
