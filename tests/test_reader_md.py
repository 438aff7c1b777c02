"""The reader of Markdown. All texts are invented specimens."""

from __future__ import annotations

import pytest

from scholiast.config import Settings
from scholiast.model import Document, Intake, Node, Source
from scholiast.readers import reader_for, suffix
from scholiast.readers.md import read


def _intake(text: str | bytes) -> Intake:
    data = text.encode() if isinstance(text, str) else text
    return read(Source("specimen.md", data), Settings())


def _read(text: str | bytes) -> Document:
    return _intake(text).document


def _body(text: str) -> str:
    document = _read(text)
    return document.text[: document.body_end]


def _notes(document: Document) -> list[tuple[str, int, str, str]]:
    return [
        (note.label, note.number, note.title, document.text[note.start : note.end])
        for note in document.of_kind("note")
    ]


def _before(document: Document, node: Node, length: int = 6) -> str:
    return document.text[max(0, node.start - length) : node.start]


def _spans(document: Document, kind: str) -> list[str]:
    return [document.text[node.start : node.end] for node in document.of_kind(kind)]


# --- notes


def test_notes_stand_in_the_order_of_their_calls() -> None:
    document = _read("One.[^b] Two.[^a]\n\n[^a]: Alpha, 1.\n[^b]: *Beta*, 2.\n")
    assert document.text == "One. Two.\n\nBeta, 2.\n\nAlpha, 1."
    assert document.body_end == len("One. Two.")
    assert _notes(document) == [("1", 1, "b", "Beta, 2."), ("2", 2, "a", "Alpha, 1.")]
    calls = document.of_kind("callout")
    assert [(c.id, c.start, c.end, c.label, c.number, c.link) for c in calls] == [
        ("c1", 4, 4, "1", 1, "n1"),
        ("c2", 9, 9, "2", 2, "n2"),
    ]
    assert [(n.id, n.link, n.role) for n in document.of_kind("note")] == [
        ("n1", "c1", "footnote"),
        ("n2", "c2", "footnote"),
    ]
    assert _spans(document, "italic") == ["Beta"]


def test_numbers_typed_in_order_are_kept_over_a_missing_note() -> None:
    document = _read("A.[^1] B.[^2] C.[^3]\n\n[^1]: One.\n[^3]: Three.\n[^4]: Four.\n")
    assert [(c.label, c.link) for c in document.of_kind("callout")] == [
        ("1", "n1"),
        ("2", ""),
        ("3", "n2"),
    ]
    assert [note[:2] for note in _notes(document)] == [("1", 1), ("3", 3), ("4", 4)]
    assert [note.link for note in document.of_kind("note")] == ["c1", "c3", ""]


def test_numbers_typed_with_gaps_are_those_of_print() -> None:
    document = _read("A.[^3] B.[^7]\n\n[^3]: Three.\n[^7]: Seven.\n")
    assert _notes(document) == [("1", 1, "3", "Three."), ("2", 2, "7", "Seven.")]


def test_a_note_called_twice_has_two_calls() -> None:
    document = _read("A.[^x] B.[^x]\n\n[^x]: Once.\n")
    assert [(c.number, c.link) for c in document.of_kind("callout")] == [(1, "n1"), (1, "n1")]
    assert [note.link for note in document.of_kind("note")] == ["c1"]


def test_a_second_definition_is_not_lost() -> None:
    document = _read("A.[^1]\n\n[^1]: First.\n[^1]: Second.\n")
    assert [(n.label, n.link) for n in document.of_kind("note")] == [("1", "c1"), ("1", "")]
    assert [note[3] for note in _notes(document)] == ["First.", "Second."]


def test_a_note_that_no_one_calls_stands_after_its_neighbour() -> None:
    document = _read("A.[^a] B.[^c]\n\n[^a]: A.\n[^b]: Uncalled.\n[^c]: C.\n")
    assert [(n[0], n[1], n[3]) for n in _notes(document)] == [
        ("1", 1, "A."),
        ("b", 0, "Uncalled."),
        ("2", 2, "C."),
    ]


def test_undefined_marks_are_calls_but_other_brackets_are_text() -> None:
    document = _read("A.[^gone] B [^not a label] C \\[^2] D [^].")
    assert document.text == "A. B [^not a label] C [^2] D [^]."
    assert [(c.label, c.number, c.link) for c in document.of_kind("callout")] == [("gone", 0, "")]


def test_notes_written_where_they_are_called() -> None:
    document = _read("A.^[See *Rome*[^n], [1].] B.[^n]\n\n[^n]: Nested.\n")
    assert _notes(document) == [("1", 1, "", "See Rome, [1]."), ("2", 2, "n", "Nested.")]
    inside = document.of_kind("callout")[2]
    assert (_before(document, inside, 4), inside.link) == ("Rome", "n2")


def test_a_note_of_several_paragraphs_is_one_block() -> None:
    document = _read(
        "A.[^1]\n\n[^1]: One.\n\n    Two.\n\n    - item\n\n        code here\n\n    > quoted\n\nB.\n"
    )
    assert document.text == "A.\n\nB.\n\nOne.\n\nTwo.\n\nitem\n\ncode here\n\nquoted"
    assert len(document.of_kind("note")) == 1
    assert _spans(document, "paragraph") == ["A.", "B."]


def test_notes_within_notes_follow_those_of_the_body() -> None:
    document = _read("A.[^1] B.[^3]\n\n[^1]: One.[^2]\n[^2]: Two.[^2]\n[^3]: Three.\n")
    assert [n[3] for n in _notes(document)] == ["One.", "Three.", "Two."]
    calls = document.of_kind("callout")
    assert [_before(document, c, 4) for c in calls] == ["A.", ". B.", "One.", "Two."]
    assert [c.link for c in calls] == ["n1", "n2", "n3", "n3"]


def test_an_empty_note_is_a_note() -> None:
    document = _read("A.[^1] B.[^2]\n\n[^1]:\n[^2]: Two.\n")
    assert [(n[1], n[3]) for n in _notes(document)] == [(1, ""), (2, "Two.")]


def test_notes_right_below_a_quotation_or_a_list() -> None:
    document = _read("> Quoted.[^1]\n[^1]: One.\n\n- item[^2]\n[^2]: Two.\n")
    assert document.text == "Quoted.\n\nitem\n\nOne.\n\nTwo."
    assert _spans(document, "quote") == ["Quoted."]


def test_every_note_knows_its_section() -> None:
    document = _read(
        "# A\n\nx[^1]\n\n# B\n\ny[^2]\n\n[^1]: One.[^3]\n[^2]: Two.\n[^3]: Three.\n[^9]: N.\n"
    )
    titles = {section.id: section.title for section in document.of_kind("section")}
    assert [titles[note.parent] for note in document.of_kind("note")] == ["A", "B", "A", "A"]
    assert [titles[call.parent] for call in document.of_kind("callout")] == ["A", "B", "A"]


def test_a_mark_in_the_legend_of_a_picture_or_in_the_title_is_a_call() -> None:
    document = _read(
        "---\ntitle: Rome[^1]\n---\nText.\n\n![A map[^2]](m.png)\n\n[^1]: One.\n[^2]: Two.\n"
    )
    assert document.text == "Text.\n\nOne.\n\nTwo."
    assert document.title == "Rome"
    assert [(c.start, c.link) for c in document.of_kind("callout")] == [(0, "n1"), (5, "n2")]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("word[^1], more", "word, more"),
        ("word [^1] more", "word more"),
        ("word [^1].", "word."),
        ("word.[^1] [^2] More", "word. More"),
        ("word.[^1], [^2]", "word."),
        ("word.[^1]\nMore", "word. More"),
        ("word\n[^1] more", "word more"),
        ("*word*[^1] more", "word more"),
        ("“word.”[^1]More", "“word.” More"),
    ],
)
def test_marks_leave_no_holes(text: str, body: str) -> None:
    assert _body(text + "\n\n[^1]: One.\n[^2]: Two.\n") == body


# --- inline text


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (r"\*not\* italic \a", r"*not* italic \a"),
        ("a&nbsp;b &amp; c &#x42; &unknown;", "a\u00a0b & c B &unknown;"),
        ("one\ntwo", "one two"),
        ("one  \ntwo\\\nthree", "one\ntwo\nthree"),
        ("one<br>two", "one\ntwo"),
        ("一九四九年，\n谈判开始。", "一九四九年，谈判开始。"),
        ("제주도\n사건", "제주도 사건"),
        ("`code *x*` and `` a`b ``", "code *x* and a`b"),
        ("**bold** and *it _al_ ic*", "bold and it al ic"),
        ("see [Smith *Rome*](http://a.b 'T') or <http://a.b/c>", "see Smith Rome or http://a.b/c"),
        ("see [Smith][s].\n\n[s]: http://a.b\n", "see Smith."),
        ("before ![a *legend*](p.png){width=50%} after", "before after"),
        ("a <span class='x'>b</span> <!-- no --> c", "a b c"),
        ("x<sup>2</sup> and 10²", "x2 and 10²"),
        ('straight "quotes" -- and --- dashes...', 'straight "quotes" -- and --- dashes...'),
        ("[Mao]{.smallcaps} went []{#anchor}", "Mao went"),
        ("as [@smith2000, p. 3] says {so}", "as [@smith2000, p. 3] says {so}"),
        ("~~kept~~ as typed", "~~kept~~ as typed"),
        ("a\u2028b and\ttab", "a\nb and tab"),
        ("unclosed *italic and [bracket and `tick", "unclosed *italic and [bracket and `tick"),
        ("snake_case_word 2*3*4", "snake_case_word 234"),
    ],
)
def test_inline_text(text: str, body: str) -> None:
    assert _body(text) == body


def test_italics_nest_and_skip_what_is_bold() -> None:
    document = _read("*On _Rome_ and ***Greece*** here* <em>too</em> **no**")
    assert _spans(document, "italic") == ["On Rome and Greece here", "Rome", "Greece", "too"]


# --- blocks


@pytest.mark.parametrize(
    ("text", "title", "level"),
    [
        ("# Plain", "Plain", 1),
        ("### Closed ###", "Closed", 3),
        ("## With *italics* {#id .unnumbered}", "With italics", 2),
        ("## Unnumbered {-}", "Unnumbered", 2),
        ("## The {braces} stay", "The {braces} stay", 2),
        ("Underlined\n===", "Underlined", 1),
        ("Two lines\nunderlined\n---", "Two lines underlined", 2),
        ("# []{#_Toc1 .anchor}Introduction", "Introduction", 1),
        ("# With a note[^1]", "With a note", 1),
    ],
)
def test_headings(text: str, title: str, level: int) -> None:
    document = _read(text + "\n\nText.\n")
    assert [(h.title, h.level) for h in document.of_kind("heading")] == [(title, level)]
    assert document.text == f"{title}\n\nText."


def test_bold_lines_that_open_a_section_are_headings() -> None:
    document = _read(
        "# Whole\n\n**Review by Anna Smith, Upland University**\n\nText.\n\n**Not one**\n\n"
        "__Bibliography__\n\nA.\n\n**Notes** and more\n"
    )
    found = [(s.role, s.level, s.authors) for s in document.of_kind("section")]
    assert found == [
        ("article", 1, ()),
        ("review", 2, ("Anna Smith",)),
        ("bibliography", 2, ()),
    ]


def test_a_rule_below_a_long_paragraph_makes_no_heading() -> None:
    document = _read("Many words stand here. " * 12 + "\n---\n\nMore.\n")
    assert document.of_kind("heading") == ()
    assert len(document.of_kind("paragraph")) == 2


def test_quotations_lists_and_rules() -> None:
    document = _read("Text.\n\n> One\n> two.\n>\n> Three.\n\n***\n\n3. a\n4. b\n   - c\n\nEnd.\n")
    assert document.text == "Text.\n\nOne two.\n\nThree.\n\na\n\nb\n\nc\n\nEnd."
    assert _spans(document, "quote") == ["One two.\n\nThree."]
    assert _spans(document, "list") == ["a\n\nb\n\nc", "c"]
    assert _spans(document, "paragraph") == ["Text.", "One two.", "Three.", "a", "b", "c", "End."]


def test_tables_are_rows_of_cells() -> None:
    document = _read("| a | *b* \\| c |\n|---|:-:|\n| 1 | | extra |\n| `x` | y[^1] |\n\n[^1]: N.\n")
    assert _spans(document, "table") == ["a\tb | c\n\n1\t\textra\n\nx\ty"]
    assert _spans(document, "paragraph") == ["a\tb | c", "1\t\textra", "x\ty"]
    assert _spans(document, "italic") == ["b"]


def test_program_text_keeps_its_lines() -> None:
    text = "```python\na = [1]\n\n  b = *c*\n```\n\n    indented &amp;\n\n```{r}\nlibrary(x)\n```\n"
    assert _body(text) == "a = [1]\nb = *c*\n\nindented &amp;"


def test_blocks_of_html_lose_their_tags() -> None:
    text = (
        "<div class='x'>\n<h2>Head</h2>\nOne <i>two</i>\nthree &amp; four.<br/>Five.\n<p>Six</p>\n</div>\n\n"
        "<table><tr><th></th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>\n\n"
        "<!-- a comment\n\nof two paragraphs -->\n\n<script>var x = 1;</script>\n\nEnd.\n"
    )
    document = _read(text)
    assert document.text == "Head\n\nOne two three & four.\nFive.\n\nSix\n\n\tb\n\nc\td\n\nEnd."
    assert _spans(document, "heading") == ["Head"]
    assert _spans(document, "italic") == ["two"]


def test_fences_of_divisions_and_tags_of_templates_are_no_text() -> None:
    text = "::: {.epigraph}\nQuoted.\n:::\n\nText.\n{: .lead}\n\n{% include x.html %}\n\n:: text\n"
    assert _body(text) == "Quoted.\n\nText.\n\n:: text"


def test_entries_stand_under_a_bibliography() -> None:
    document = _read(
        "# Essay\n\nText.\n\n## Bibliography\n\nA.\n\n### Archives\n\n- B.\n\n# Next\n\nC.\n"
    )
    assert _spans(document, "entry") == ["A.", "B."]
    assert _spans(document, "paragraph") == ["Text.", "A.", "B.", "C."]


def test_turns_of_speech() -> None:
    document = _read("**Smith:** One.\n\n**Brown**: Two.\n\nSmith: Three.\n\nBrown: Four.\n")
    assert [(t.label, document.text[t.end - 5 : t.end]) for t in document.of_kind("turn")] == [
        ("Smith", " One."),
        ("Brown", " Two."),
        ("Smith", "hree."),
        ("Brown", "Four."),
    ]


def test_every_block_knows_its_section() -> None:
    document = _read("Before.\n\n# A\n\n## B\n\n> Text *it*.\n\n# C\n\nEnd.\n")
    titles = {section.id: section.title for section in document.of_kind("section")}
    found = [(n.kind, titles[n.parent]) for n in document.nodes if n.kind in ("quote", "italic")]
    assert found == [("quote", "B"), ("italic", "B")]
    parents = [titles[n.parent] for n in document.of_kind("paragraph")]
    assert parents == ["", "B", "C"]


# --- endnotes typed by hand

SHAPES = {
    "bracket": ("[1]", "[2]", "[3]"),
    "paren": ("(1)", "(2)", "(3)"),
    "raised": ("<sup>1</sup>", "<sup>2</sup>", "<sup>3</sup>"),
    "super": ("¹", "²", "³"),
    "caret": ("^1^", "^2^", "^3^"),
    "linked": ("[1](#n1)", "[\\[2\\]](#n2)", "[3](#n3)"),
    "plain": ("1", "2", "3"),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    "opening", ["{}. ", "[{}] ", "({}) ", "<sup>{}</sup> ", "{}\\. ", "[{}]: "]
)
def test_typed_endnotes(shape: str, opening: str) -> None:
    one, two, three = SHAPES[shape]
    listed = "\n\n".join(f"{opening.format(n)}Note *{n}*." for n in (1, 2, 3))
    document = _read(
        f"A claim.{one} Another,{two} of 1949\nand so.{three} End.\n\n## Notes\n\n{listed}\n"
    )
    assert document.text == (
        "A claim. Another, of 1949 and so. End.\n\nNotes\n\nNote 1.\n\nNote 2.\n\nNote 3."
    )
    assert [(n.label, n.number, n.role, n.link) for n in document.of_kind("note")] == [
        ("1", 1, "endnote", "c1"),
        ("2", 2, "endnote", "c2"),
        ("3", 3, "endnote", "c3"),
    ]
    assert [_before(document, c) for c in document.of_kind("callout")] == [
        "claim.",
        "other,",
        "nd so.",
    ]


def test_typed_endnotes_each_on_a_line_without_a_heading() -> None:
    document = _read("A [1]. B [2]. C [3].\n\n---\n\n[1] Ibid.\n[2] Smith,\n*Rome*.\n[3] Brown.\n")
    assert document.text == "A. B. C.\n\nIbid.\n\nSmith, Rome.\n\nBrown."
    assert [n.label for n in document.of_kind("note")] == ["1", "2", "3"]


def test_typed_endnotes_with_one_missing_and_one_uncalled() -> None:
    document = _read(
        "A[1] b[2] c[3] d[4] e[5] f[7].\n\n## Notes\n\n[1] One.\n\n[2] Two.\n\nMore of two.\n\n"
        "[4] Four.\n\n[5] Five.\n\n[6] Six.\n\n[7] Seven.\n"
    )
    assert [(c.number, c.link) for c in document.of_kind("callout")] == [
        (1, "n1"),
        (2, "n2"),
        (3, ""),
        (4, "n3"),
        (5, "n4"),
        (7, "n6"),
    ]
    assert _notes(document)[1] == ("2", 2, "", "Two.\n\nMore of two.")
    assert document.of_kind("note")[4].link == ""


def test_what_follows_the_last_typed_note_is_no_note() -> None:
    for listed in ("1. One.\n2. Two.\n\n   More.", "[1] One.\n\nMore.\n\n[2] Two."):
        document = _read(f"A[1] b[2].\n\n## Notes\n\n{listed}\n\nAnna Smith teaches.\n")
        assert document.text[: document.body_end] == "A b.\n\nNotes\n\nAnna Smith teaches."
        assert len(document.of_kind("note")) == 2
        assert "More." in document.text[document.body_end :]


def test_typed_endnotes_that_begin_anew_in_each_chapter() -> None:
    document = _read(
        "# A\n\nx[1] y[2]\n\n# B\n\nz[1] w[2] v[3]\n\n# Notes\n\n## A\n\n1. a\n2. b\n\n## B\n\n1. c\n2. d\n3. e\n"
    )
    titles = {section.id: section.title for section in document.of_kind("section")}
    assert [(n.label, titles[n.parent]) for n in document.of_kind("note")] == [
        ("1", "A"),
        ("2", "A"),
        ("1", "B"),
        ("2", "B"),
        ("3", "B"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "First (1) and (2).\n\n## Notes\n\nSome words on method, no more.\n",
        "In 1949 and 1950.\n\n## Notes\n\n1. Alpha.\n\n2. Beta.\n",
        "See [3] and [1].\n\n## Notes\n\n1. a\n\n2. b\n\n3. c\n",
        "Points: (1) one; (2) two.\n\n1. first\n\n2. second\n",
        "An area of 5 km² and x³.\n\n## Notes\n\n1. a\n\n2. b\n\n3. c\n\n4. d\n",
    ],
)
def test_numbers_that_prove_no_notes_stay_text(text: str) -> None:
    document = _read(text)
    assert document.of_kind("note") == document.of_kind("callout") == ()


# --- the table of readers


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("a.md", True),
        ("A.Markdown", True),
        ("notes.qmd", True),
        ("paper.Rmd", True),
        ("a.txt", True),
        ("README", True),
        ("C:\\texts\\essay.DOCX", True),
        ("scan.pdf", True),
        ("a.odt", True),
    ],
)
def test_readers_are_found_by_the_suffix(name: str, known: bool) -> None:
    assert (reader_for(name) is not None) == known


def test_suffixes_are_small_letters() -> None:
    assert [suffix(n) for n in ("a.MD", "dir.x/a", "b.tar.GZ")] == [".md", "", ".gz"]
