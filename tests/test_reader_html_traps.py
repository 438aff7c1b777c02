"""Links that are no note marks, and notes with faults: what a reader of pages must not get wrong."""

from __future__ import annotations

import pytest

from reading_html import body, document, notes

#: Pages without any note, and what they read.
NO_NOTES = {
    "letters of an index": (
        """<p>Trains ran late.</p><table><tr><th>Jump to: &nbsp; </th><td><a class="summary-letter" href="#Index_fn_letter-A"><b>A</b></a> &nbsp;
        <a class="summary-letter" href="#Index_letter-B"><b>B</b></a></td></tr></table><table><tr><th id="Index_fn_letter-A">A</th><td></td></tr>
        <tr><td>axle</td><td>1</td></tr><tr><th id="Index_letter-B">B</th><td></td></tr><tr><td>bogie</td><td>2</td></tr></table>""",
        "Trains ran late.",
    ),
    "a list of bullets under “Notes”": (
        "<p>Write point.1 or point.2 and no more.</p><p><b>Notes:</b></p><ul><li>Points have two numbers.</li><li>They begin with 1.</li></ul>",
        "Write point.1 or point.2 and no more.",
    ),
    "numbers of variables over a list under “Notes”": (
        "<p>It precedes if day1 is less than day2, or day1 is none.</p><table><tr><td>day1 = day2</td><td>(1)</td></tr></table><p>Notes:</p><ol><li>So it is.</li><li>Or not.</li></ol>",
        "It precedes if day1 is less than day2, or day1 is none.",
    ),
    "a footnote that stands before its mark": (
        """<table class="docutils footnote" id="f1"><tbody><tr><td class="label"><a class="fn-backref" href="#footnote-reference-1">[1]</a></td><td>How one looks.</td></tr></tbody></table>
        <p>Trains ran late <a class="footnote-reference" href="#f1" id="footnote-reference-1">[1]</a>; so they say.</p>""",
        "[1]\tHow one looks.",
    ),
    "bibliography by author": (
        """<p>Trains ran late (<a href="#ref-smith">Smith 2001</a>; <a href="#CR2">Wu 2003</a>).</p><h2>References</h2>
        <p id="ref-smith">Smith, A. Rails. 2001.</p><p id="CR2">Wu, B. Wheels. 2003.</p>""",
        "Trains ran late (Smith 2001; Wu 2003).",
    ),
    "bibliography by number": (
        """<p>Trains ran late [<a href="#B1">1</a>, <a href="#B2">2</a>].</p><h2>References</h2><ol><li id="B1">Smith.</li>
        <li id="B2">Wu.</li></ol>""",
        "Trains ran late [1, 2].",
    ),
    "bibliography raised": (
        """<p>Trains ran late.<sup><a href="#ref1">1</a></sup></p><h2>Bibliography</h2><ol><li id="ref1">Smith, Rails, 2001.</li>
        <li id="ref2">Wu.</li></ol>""",
        "Trains ran late.1",
    ),
    "bibliography with ways back": (
        """<p>Trains ran late <a name="bbib1" href="#bib1" class="workspace-trigger">[1]</a>.</p><section class="bibliography"><h2>References</h2>
        <dl><dt><a href="#bbib1" id="ref-id-bib1">[1]</a></dt><dd id="bib1">Smith, Rails.</dd></dl></section>""",
        "Trains ran late [1].",
    ),
    "latexml bibliography": (
        """<p>Trains ran late <cite class="ltx_cite">[<a href="#bib.bib1" class="ltx_ref">1</a>]</cite>.</p><section id="bib"
        class="ltx_bibliography"><h2>References</h2><ul><li id="bib.bib1" class="ltx_bibitem"><span>[1]</span> Smith.</li></ul></section>""",
        "Trains ran late [1].",
    ),
    "figure": (
        """<p>Trains ran late (Figure <a href="#fig1">1</a>, table <a href="#t2">2</a>).</p><figure id="fig1"><figcaption>Figure 1. A
        train.</figcaption></figure><table id="t2"><caption>2</caption><tr><td>a</td><td>b</td></tr></table>""",
        "Trains ran late (Figure 1, table 2).",
    ),
    "contents": (
        """<p>Parts: <a href="#s1">1</a> <a href="#s2">2</a></p><h2 id="s1">1 The rails</h2><p>Long.</p><h2 id="s2">2 The
        wheels</h2><p>Round.</p>""",
        "Parts: 1 2",
    ),
    "contents with ways back": (
        """<p>Parts: <sup><a href="#one" id="c1">[1]</a></sup></p><h2><a name="one" href="#c1">[1]</a> The rails</h2><p>Long.</p>""",
        "Parts: [1]",
    ),
    "powers and ordinals": (
        """<p>The 4<sup>th</sup> of May, 10<sup>2</sup> metres, 5 m<sup>2</sup>, the XIX<sup>e</sup> siècle.</p>""",
        "The 4th of May, 102 metres, 5 m2, the XIXe siècle.",
    ),
    "verses": (
        """<p><sup id="v1">1</sup>In the beginning. <sup id="v2">2</sup>And then. <a href="#v1">1</a></p>""",
        "1In the beginning. 2And then. 1",
    ),
    "comments of readers": (
        """<p>Trains ran late. <a href="#comment-3">3</a></p><div id="comments"><ol class="commentlist"><li id="comment-3">So
        true.</li></ol></div>""",
        "Trains ran late. 3",
    ),
    "link to a page elsewhere": (
        """<p>Trains ran late.<sup><a href="https://example.org/other#fn1">1</a></sup></p>""",
        "Trains ran late.1",
    ),
    "equations": (
        """<p>By (<a href="#eq3">3</a>) it is so.</p><p id="eq3">a = b (3)</p>""",
        "By (3) it is so.",
    ),
    "page numbers": (
        """<p>See p. <a href="#p12">12</a>.</p><p><a id="p12"></a>12 trains ran.</p>""",
        "See p. 12.",
    ),
}


@pytest.mark.parametrize("name", NO_NOTES)
def test_no_notes(name: str) -> None:
    page, wanted = NO_NOTES[name]
    doc = document(f"<html><body><article>{page}</article></body></html>")
    assert body(doc).split("\n\n")[0] == wanted
    assert notes(doc) == []
    assert doc.of_kind("callout") == ()


FOOT = """<section class="footnotes"><ol><li id="fn1"><p>Ledger, p. 3. <a href="#fnref1">↩</a></p></li>
<li id="fn2"><p>Ibid.; see note <a href="#fn1">1</a> above, and <a href="#fn3">n. 3</a>. <a href="#fnref2">↩</a></p></li>
<li id="fn3"><p>1950 was cold. <a href="#fnref3">↩</a></p></li></ol></section>"""


def test_references_between_notes_are_text() -> None:
    doc = document(
        """<p>One.<a href="#fn1" id="fnref1"><sup>1</sup></a> Two.<a href="#fn2" id="fnref2"><sup>2</sup></a>
        Three.<a href="#fn3" id="fnref3"><sup>3</sup></a> As said in note <a href="#fn2">2</a>.</p>"""
        + FOOT
    )
    assert body(doc) == "One.⟨1⟩ Two.⟨2⟩ Three.⟨3⟩ As said in note 2."
    assert notes(doc) == [
        "1: Ledger, p. 3.",
        "2: Ibid.; see note 1 above, and n. 3.",
        "3: 1950 was cold.",
    ]


def test_a_mark_without_a_note_and_a_note_without_a_mark() -> None:
    doc = document(
        """<p>One.<a href="#fn1" id="fnref1"><sup>1</sup></a> Two.<a href="#fn4" id="fnref4"><sup>4</sup></a>
        Three.<a href="#fn3" id="fnref3"><sup>3</sup></a></p>"""
        + FOOT
    )
    assert body(doc) == "One.⟨1⟩ Two.⟨4?⟩ Three.⟨3⟩"
    assert [note[:12] for note in notes(doc)] == ["1: Ledger, p", "~2: Ibid.; s", "3: 1950 was "]


def test_two_notes_with_one_name() -> None:
    doc = document(
        """<p>One.<a href="#fn1" id="fnref1"><sup>1</sup></a></p><ol class="footnotes"><li id="fn1">Ledger.</li><li
        id="fn1">Another ledger.</li></ol>"""
    )
    assert notes(doc) == ["1: Ledger.", "~1: Another ledger."]


def test_the_same_note_twice_for_screen_and_paper() -> None:
    doc = document(
        """<p>One.<a href="#fn1" id="fnref1"><sup>1</sup></a></p><ol class="footnotes"><li id="fn1">Ledger.</li></ol>
        <ol class="footnotes"><li id="fn1">Ledger.</li></ol>"""
    )
    assert notes(doc) == ["1: Ledger."]


def test_marks_side_by_side_and_in_brackets() -> None:
    doc = document(
        """<p>One<sup><a href="#fn1">1</a>, <a href="#fn2">2</a></sup> and two (<a href="#fn3">3</a>). Four <sup>[<a href="#fn3">3</a>]</sup> five</p>"""
        + FOOT
    )
    assert body(doc) == "One⟨1⟩⟨2⟩ and two⟨3⟩. Four⟨3⟩ five"


def test_signs_and_letters() -> None:
    doc = document(
        """<p>One<a href="#fnstar"><sup>*</sup></a> two<a href="#fn-a"><sup>a</sup></a> three<a href="#en4"><sup>iv</sup></a>.</p>
        <p id="fnstar">* Star note.</p><p id="fn-a"><sup>a</sup> Letter note.</p><p id="en4">iv. Roman note.</p>"""
    )
    assert body(doc) == "One⟨*⟩ two⟨a⟩ three⟨iv⟩."
    assert notes(doc) == ["*: Star note.", "a: Letter note.", "iv: Roman note."]


def test_numbers_restart_and_notes_stand_after_each_part() -> None:
    doc = document(
        """<h2>Review by A. Smith, Northmoor</h2><p>One.<a href="#a-fn1" id="a-r1"><sup>1</sup></a></p><p><a href="#a-r1" id="a-fn1">[1]</a> First.</p>
        <h2>Review by B. Wu, Harbin</h2><p>Two.<a href="#b-fn1" id="b-r1"><sup>1</sup></a></p><p><a href="#b-r1" id="b-fn1">[1]</a> Second.</p>
        <p>And more text that is no note.</p>"""
    )
    assert body(doc).split("\n\n") == [
        "Review by A. Smith, Northmoor",
        "One.⟨1⟩",
        "Review by B. Wu, Harbin",
        "Two.⟨1⟩",
        "And more text that is no note.",
    ]
    assert notes(doc) == ["1: First.", "1: Second."]


def test_notes_of_several_paragraphs() -> None:
    doc = document(
        """<p>One.<a href="#n1" id="r1"><sup>1</sup></a> Two.<a href="#n2" id="r2"><sup>2</sup></a></p><div class="notes">
        <p id="n1"><sup>1</sup> First.</p><p>More of the first.</p><blockquote>And a quotation.</blockquote>
        <p id="n2"><sup>2</sup> Second.</p></div>"""
    )
    assert notes(doc) == ["1: First.\n\nMore of the first.\n\nAnd a quotation.", "2: Second."]


def test_chinese_and_russian_marks() -> None:
    doc = document(
        """<p>车皮被重复计算。<a href="#_ftn1" name="_ftnref1"><sup>①</sup></a>没有人知道原因。<a href="#_ftn2"
        name="_ftnref2">［2］</a></p><p><a href="#_ftnref1" name="_ftn1">①</a>《账册》，第3页。</p><p><a href="#_ftnref2"
        name="_ftn2">［2］</a>同上。</p>"""
    )
    assert body(doc) == "车皮被重复计算。⟨①⟩没有人知道原因。⟨2⟩"
    assert notes(doc) == ["①: 《账册》，第3页。", "2: 同上。"]


def test_a_number_at_the_start_of_a_listed_note_stays() -> None:
    doc = document(
        """<p>One.<a href="#fn1"><sup>1</sup></a> Two.<a href="#fn2"><sup>2</sup></a></p><ol><li id="fn1">1 May 1950, said the ledger.</li>
        <li id="fn2">2. Auflage.</li></ol>"""
    )
    assert notes(doc)[0] == "1: 1 May 1950, said the ledger."
