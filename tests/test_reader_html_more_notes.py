"""Further shapes of notes: platforms of several countries, typed lists, numbers of their own."""

from __future__ import annotations

import pytest

from reading_html import body, document, notes

SHAPES = {
    "texinfo": (
        """<p>Counted<a class='footnote' id='DOCF1' href='#FOOT1'><sup>1</sup></a>. Then<a class='footnote' id='DOCF2' href='#FOOT2'><sup>2</sup></a> more.</p>
        <div class='footnotes-segment'><hr><h4 class='footnotes-heading'>Footnotes</h4><h5 class='footnote-body-heading'><a id='FOOT1' href='#DOCF1'>(1)</a></h5>
        <p>Ledger.</p><p>So it says.</p><h5 class='footnote-body-heading'><a id='FOOT2' href='#DOCF2'>(2)</a></h5><p>Ibid.</p></div>""",
        "Counted⟨1⟩. Then⟨2⟩ more.\n\nFootnotes",
        ["1: Ledger.\n\nSo it says.", "2: Ibid."],
    ),
    "texi2html": (
        """<p>Counted.<sup><a name='DOCF1' href='#FOOT1'>1</a></sup></p><div class='footnote'><hr><h3>Footnotes</h3>
        <p class='footnote'><small>[<a name='FOOT1' href='#DOCF1'>1</a>]</small> Ledger.</p></div>""",
        "Counted.⟨1⟩\n\nFootnotes",
        ["1: Ledger."],
    ),
    "docutils, of many links and called twice": (
        """<p>Counted <a class='footnote-reference' href='#f2' id='r1'>[2]</a> and again <a class='footnote-reference' href='#f2' id='r2'>[2]</a>.</p>
        <table class='docutils footnote' id='f2' rules='none'><tbody><tr><td class='label'>[2]</td><td><em>(<a class='fn-backref' href='#r1'>1</a>, <a class='fn-backref'
        href='#r2'>2</a>)</em> <a href='http://a.example/1'>Ledgers of one</a>, <a href='http://a.example/2'>ledgers of two</a>, <a href='http://a.example/3'>ledgers of three</a>.</td></tr></tbody></table>""",
        "Counted⟨2⟩ and again⟨2⟩.",
        ["2: Ledgers of one, ledgers of two, ledgers of three."],
    ),
    "typed in one paragraph": (
        "<p>Counted.<sup>1</sup> Why?<sup>2</sup></p><p><b>NOTES</b></p><p>1. Ledger.<br>2. Ibid.</p>",
        "Counted.⟨1⟩ Why?⟨2⟩\n\nNOTES",
        ["1: Ledger.", "2: Ibid."],
    ),
    "typed in brackets": (
        "<p>Counted.[1] Why?[2]</p><h2>Notes</h2><p>[1] Ledger.</p><p>[2] Ibid.</p>",
        "Counted.⟨1⟩ Why?⟨2⟩\n\nNotes",
        ["1: Ledger.", "2: Ibid."],
    ),
    "jats": (
        "<p>Counted.<xref ref-type='fn' rid='fn1'><sup>1</sup></xref> See <xref ref-type='bibr' rid='b1'>1</xref>.</p><fn id='fn1'><label>1</label><p>Ledger.</p></fn>",
        "Counted.⟨1⟩ See 1.",
        ["1: Ledger."],
    ),
    "aside": (
        "<p>Counted.<sup><a href='#a1'>1</a></sup></p><aside id='a1' class='footnote'>1 Ledger.</aside><p>More.</p>",
        "Counted.⟨1⟩\n\nMore.",
        ["1: Ledger."],
    ),
    "pubpub": (
        "<p>Counted.<span data-node-type='footnote' data-value='&lt;p&gt;Ledger.&lt;/p&gt;' class='footnote' id='x1' data-count='1'>[1]</span> More.</p>",
        "Counted.⟨1⟩ More.",
        ["1: Ledger."],
    ),
    "openedition": (
        """<p class='texte'>Counted<a class='footnotecall' id='bodyftn1' href='#ftn1'>1</a>. Then<a class='footnotecall' id='bodyftn2' href='#ftn2'>2</a> more.</p>
        <div id='notes'><h2>Notes</h2><p class='notesbaspage'><span class='num'><a class='FootnoteSymbol' id='ftn1' href='#bodyftn1'>1</a></span> Ledger.</p>
        <p class='notesbaspage'><span class='num'><a class='FootnoteSymbol' id='ftn2' href='#bodyftn2'>2</a></span> Ibid.</p></div>""",
        "Counted⟨1⟩. Then⟨2⟩ more.\n\nNotes",
        ["1: Ledger.", "2: Ibid."],
    ),
    "cairn": (
        "<p>Counted <a href='#no1' id='re1no1' class='amorce-note'><sup>[1]</sup></a>.</p><div class='grnote'><div class='note' id='no1'><a class='lienmarquecite' href='#re1no1'>[1]</a> Ledger.</div></div>",
        "Counted⟨1⟩.",
        ["1: Ledger."],
    ),
    "j-stage": (
        "<p>Counted<sup><a href='#fn_1'>1)</a></sup>.</p><p id='fn_1'>1) Ledger.</p>",
        "Counted⟨1⟩.",
        ["1: Ledger."],
    ),
    "russian list": (
        "<p>Вагоны считали<a href='#note_1' id='back_note_1'>[1]</a>.</p><h3>Примечания</h3><ol><li id='note_1'>Там же. <a href='#back_note_1'>обратно</a></li></ol>",
        "Вагоны считали⟨1⟩.\n\nПримечания",
        ["1: Там же."],
    ),
    "number in a heading of its own": (
        "<p>Вагоны считали<a type='note' href='#n1'>[1]</a>.</p><div id='n1'><h3>1</h3><p>Там же.</p></div>",
        "Вагоны считали⟨1⟩.",
        ["1: Там же."],
    ),
    "roman endnotes before a biography": (
        "<p>Counted.<a href='#_edn1' name='_ednref1'>[i]</a></p><h2>Endnotes</h2><p><a href='#_ednref1' name='_edn1'>[i]</a> Ledger.</p><h2>About the author</h2><p>Jane.</p>",
        "Counted.⟨i⟩\n\nEndnotes\n\nAbout the author\n\nJane.",
        ["i: Ledger."],
    ),
    "flat before a biography": (
        "<p>Counted.<a href='#fn1'><sup>1</sup></a></p><p id='fn1'><sup>1</sup> Ledger.</p><p>Jane Doe teaches.</p>",
        "Counted.⟨1⟩\n\nJane Doe teaches.",
        ["1: Ledger."],
    ),
    "in headings, quotations, items, cells": (
        """<h2>Head<a href='#fn1'><sup>1</sup></a></h2><blockquote>Q<a href='#fn2'><sup>2</sup></a></blockquote><ul><li>I<a href='#fn3'><sup>3</sup></a></li></ul>
        <table><tr><td>A</td><td>640<sup><a href='#fn4'>4</a></sup></td></tr></table><p id='fn1'>1. A.</p><p id='fn2'>2. B.</p><p id='fn3'>3. C.</p><p id='fn4'>4. D.</p>""",
        "Head⟨1⟩\n\nQ⟨2⟩\n\nI⟨3⟩\n\nA\t640⟨4⟩",
        ["1: A.", "2: B.", "3: C.", "4: D."],
    ),
    "french blanks": (
        "<p>Voir&nbsp;: «&nbsp;x&nbsp;»<sup><a href='#fn1'>1</a></sup>.</p><p id='fn1'>1&nbsp;Registre.</p>",
        "Voir\u00a0: «\u00a0x\u00a0»⟨1⟩.",
        ["1: Registre."],
    ),
    "wikipedia letters and pages": (
        """<p>A.<sup class='reference' id='cite_ref-3'><a href='#cite_note-3'>[a]</a></sup> B.<sup id='cite_ref-x_4-0' class='reference'><a href='#cite_note-x-4'>[3]</a></sup></p>
        <ol class='references'><li id='cite_note-3'><span class='mw-cite-backlink'><b><a href='#cite_ref-3'>^</a></b></span> <span class='reference-text'>Letter.</span></li>
        <li id='cite_note-x-4'><span class='mw-cite-backlink'>^ <a href='#cite_ref-x_4-0'><sup><i><b>a</b></i></sup></a></span> <span class='reference-text'>Book.</span></li></ol>""",
        "A.⟨a⟩ B.⟨3⟩",
        ["a: Letter.", "3: Book."],
    ),
    "sign beside a heading": (
        "<h2 id='s'>Head <a class='anchor' href='#s'>#</a></h2><p>Counted.</p>",
        "Head\n\nCounted.",
        [],
    ),
    "chinese bibliography": (
        "<p>车皮<sup>[1]</sup>被计算<sup>[2]</sup>。</p><p>参考文献</p><p>[1] 张三. 账册[M].</p><p>[2] 李四. 铁路[M].</p>",
        "车皮[1]被计算[2]。\n\n参考文献\n\n[1] 张三. 账册[M].\n\n[2] 李四. 铁路[M].",
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_shapes(name: str) -> None:
    page, wanted, found = SHAPES[name]
    doc = document(f"<html><body>{page}</body></html>")
    assert body(doc) == wanted
    assert notes(doc) == found
