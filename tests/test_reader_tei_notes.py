"""TEI: notes and their marks, in every way that projects encode them. Invented specimens."""

from __future__ import annotations

import pytest

from making_tei import document, intake, notes, tei

TWO = [("Ice held", "1", "Kell, Fish, 3."), ("broke.", "2", "Ibid.")]
BODY = "<div><head>One</head><p>Ice held{}, then it broke.{}</p></div>"

#: Ways to encode the same two notes: the marks, what stands behind the text.
WAYS = {
    "inline": (
        '<note place="foot" n="1">Kell, <hi rend="italic">Fish</hi>, 3.</note>',
        '<note place="foot" n="2">Ibid.</note>',
        "",
    ),
    "inline, as Word's converters write it": (
        '<note place="foot" xml:id="ftn1" n="1"><p rend="footnote text">Kell, Fish, 3.</p></note>',
        '<note place="foot" xml:id="ftn2" n="2">\n   <p>Ibid.</p>\n  </note>',
        "",
    ),
    "inline, without numbers": (
        '<note place="bottom">Kell, Fish, 3.</note>',
        "<note>Ibid.</note>",
        "",
    ),
    "inline, pretty-printed": (
        '\n    <note place="end" n="1">\n   Kell,\n     Fish, 3.\n   </note>',
        '\n    <note place="end" n="2">Ibid.</note>\n',
        "",
    ),
    "references and notes in the back": (
        '<ref target="#fn1">1</ref>',
        '<ref target="#fn2" rend="sup">[2]</ref>',
        '<div type="notes"><note xml:id="fn1" n="1">Kell, Fish, 3.</note>'
        '<note xml:id="fn2" n="2"><p>Ibid.</p></note></div>',
    ),
    "references in superscripts, ids alone": (
        '<hi rend="superscript"><ref target="#fn1">1</ref></hi>',
        '<ref type="noteAnchor" target="#fn2">2</ref>',
        '<note place="foot" xml:id="fn1">Kell, Fish, 3.</note><note place="foot" xml:id="fn2">Ibid.'
        "</note>",
    ),
    "pointers": (
        '<ptr target="#fn1"/>',
        '<ptr type="footnote" target="#fn2"/>',
        '<noteGrp><note xml:id="fn1">Kell, Fish, 3.</note><note xml:id="fn2">Ibid.</note></noteGrp>',
    ),
    "notes that point to anchors": (
        '<anchor xml:id="a1"/>',
        '<anchor xml:id="a2"/>',
        '<note target="#a1">Kell, Fish, 3.</note><note target="#a2">Ibid.</note>',
    ),
    "both ways": (
        '<ref xml:id="r1" target="#fn1">1</ref>',
        '<ref xml:id="r2">2</ref>',
        '<note xml:id="fn1" target="#r1"><label>1</label> Kell, Fish, 3.</note>'
        '<note xml:id="fn2" n="2" target="#r2">Ibid.</note>',
    ),
    "a list of notes": (
        '<ref target="#i1">1</ref>',
        '<ref target="#i2">2</ref>',
        '<div><list type="notes"><item xml:id="i1">Kell, Fish, 3.</item>'
        '<item xml:id="i2">Ibid.</item></list></div>',
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_notes_are_found_however_they_are_encoded(way: str) -> None:
    first, second, back = WAYS[way]
    read = document(BODY.format(first, second), back=back)
    assert [
        (before[-len(told[0]) :], *rest)
        for (before, *rest), told in zip(notes(read), TWO, strict=True)
    ] == TWO
    assert read.text.split("\n\n")[1] == "Ice held, then it broke."
    assert [n.parent for n in read.of_kind("note")] == ["s1", "s1"]
    assert [n.number for n in read.of_kind("note")] == [1, 2]
    assert read.text[read.body_end :].endswith("\n\nKell, Fish, 3.\n\nIbid.")


def test_a_second_mark_of_a_note_leads_to_it_and_a_reference_is_text() -> None:
    read = document(
        '<p>Ice<ref target="#n1">1</ref> held<ref target="#n1">1</ref>; see '
        '<ref target="#n1">note 1</ref> and <ref target="#n9">9</ref>.</p>',
        back='<note xml:id="n1">N.</note>',
    )
    assert read.text == "Ice held; see note 1 and 9.\n\nN."
    assert [(c.label, c.link) for c in read.of_kind("callout")] == [("1", "n1"), ("1", "n1")]
    assert [n.link for n in read.of_kind("note")] == ["c1"]


def test_references_to_notes_at_their_marks_are_text() -> None:
    read = document(
        '<p>Ice<note n="1" xml:id="n1">N.</note> held.<note n="2">See <ref target="#n1">1</ref>.'
        "</note></p>"
    )
    assert read.text == "Ice held.\n\nN.\n\nSee 1."


def test_a_mark_without_a_note_and_a_note_without_a_mark() -> None:
    read = document(
        '<p>Ice<ref type="note" target="#n9">9</ref> held.</p><note place="foot" n="4">Loose.</note>'
        "<p>More.</p>"
    )
    assert read.text == "Ice held.\n\nMore.\n\nLoose."
    assert notes(read) == [("Ice", "9", "-"), ("-", "4", "Loose.")]


def test_notes_within_notes_follow_those_of_the_body() -> None:
    read = document(
        '<p>Ice<note n="1">First<note n="a">Inner.</note> more.</note> held.<note n="2">Second.'
        "</note></p>"
    )
    assert read.text == "Ice held.\n\nFirst more.\n\nSecond.\n\nInner."
    assert ("\n\nFirst", "a", "Inner.") in [(b[-7:], *rest) for b, *rest in notes(read)]


def test_source_notes_belong_to_their_heading_and_have_no_number() -> None:
    read = document(
        '<div type="document" n="1"><head>1. Telegram<note n="0" type="source">Source: x.</note>\n'
        '</head><p>Words.<note n="1">One.</note></p></div>'
    )
    assert notes(read) == [("Telegram", "", "Source: x."), ("\n\nWords.", "1", "One.")]
    (section,) = read.of_kind("section")
    assert section.title == "1. Telegram"


def test_remarks_between_blocks_are_paragraphs_and_inline_ones_words() -> None:
    read = document(
        "<u who='#a'>Hear me.</u><note type='comment'>[Applause]</note>"
        "<p>Ice <note place='inline'>(sic)</note> held.</p>"
    )
    assert read.text == "Hear me.\n\n[Applause]\n\nIce (sic) held."
    assert read.of_kind("note") == ()


def test_remarks_of_transcribers_take_no_number() -> None:
    read = document("<p>Ice <note type='comment'>Noise.</note> held.<note>First.</note></p>")
    assert notes(read) == [("Ice ", "", "Noise."), ("ce held.", "1", "First.")]


def test_a_note_on_a_paragraph_stands_at_its_end() -> None:
    read = document(
        "<p xml:id='p1'>Ice held.</p><p>More.</p>",
        back="<div type='commentary'><note target='#p1'>On ice.</note></div>",
    )
    assert notes(read) == [("ce held.", "1", "On ice.")]


def test_a_note_that_goes_on_over_the_page_is_one() -> None:
    read = document(
        "<p>Ice<note place='foot' n='1)' xml:id='a' next='#b'>Kell, be-</note><pb n='5'/> held. "
        "<note place='foot' xml:id='b' prev='#a'>gins here.</note> More.</p>"
    )
    assert notes(read) == [("Ice", "1)", "Kell, begins here.")]
    assert [n.number for n in read.of_kind("note")] == [1]
    assert read.text == "Ice held. More.\n\nKell, begins here."


@pytest.mark.parametrize(
    ("label", "number"),
    [("1", 1), ("12)", 12), ("(3)", 3), ("⑫", 12), ("*", 0), ("a", 0), ("†", 0)],
)
def test_labels_are_as_printed(label: str, number: int) -> None:
    read = document(f'<p>Ice<note n="{label}">N.</note></p>')
    assert [(n.label, n.number) for n in read.of_kind("note")] == [(label, number)]


def test_notes_stand_in_headings_cells_items_and_verse() -> None:
    read = document(
        "<div><head>H<note n='1'>a</note></head><table><row><cell>x<note n='2'>b</note></cell>"
        "<cell>y</cell></row></table><list><item>z<note n='3'>c</note></item></list>"
        "<lg><l>v<note n='4'>d</note>,</l></lg></div>"
    )
    assert [(b[-1], label, words) for b, label, words in notes(read)] == [
        ("H", "1", "a"), ("x", "2", "b"), ("z", "3", "c"), ("v", "4", "d"),
    ]  # fmt: skip
    assert read.text.split("\n\n")[:4] == ["H", "x\ty", "z", "v,"]


def test_a_blank_is_put_behind_a_mark_that_touches_a_word() -> None:
    read = document("<p>Ice<note n='1'>N.</note>held, 冰<note n='2'>M.</note>冰.</p>")
    assert read.text.startswith("Ice held, 冰冰.")
    assert [s.repair for s in read.segments if s.role == "repair"] == ["blank-inserted"]


def test_notes_of_several_paragraphs_and_with_quotations() -> None:
    read = document("<p>Ice.<note n='1'><p>One</p><quote><p>Two</p></quote><p>Three</p></note></p>")
    assert read.text == "Ice.\n\nOne\n\nTwo\n\nThree"
    assert [n.kind for n in read.nodes if n.kind in ("paragraph", "quote")] == ["paragraph"]


def test_marks_and_notes_are_linked_both_ways() -> None:
    read = intake(tei(BODY.format(*WAYS["pointers"][:2]), back=WAYS["pointers"][2])).document
    by_id = {node.id: node for node in read.nodes if node.id}
    for note in read.of_kind("note"):
        assert by_id[by_id[note.link].link] is note
