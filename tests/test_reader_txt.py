"""Plain and extracted text. All texts here are invented specimens."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scholiast.config import Settings
from scholiast.model import Document, Node, Source
from scholiast.readers.txt import read

RULE = " " * 56


def document(text: str) -> Document:
    return read(Source("specimen.txt", text.encode()), Settings()).document


def marks(doc: Document) -> list[tuple[str, str, str]]:
    """Each callout with the words before it and the first words of its note."""
    notes = {note.id: note for note in doc.of_kind("note")}
    told = []
    for callout in doc.of_kind("callout"):
        before = " ".join(doc.text[: callout.start].split()[-2:])
        note = notes.get(callout.link)
        told.append((callout.label, before, doc.text[note.start : note.end][:12] if note else ""))
    return told


PAGES = f"""Review by Anna Keller, University of Bergen

his treaty on herring was signed by the two commissions in the spring of that year, and the ships of both
sides were admitted to the harbours of the strait.1 What the delegates said of it at home was another
matter, as the minutes of the first meeting show, in which the older of the two delegates spoke of a

victory over the weather and of nothing else. The younger one wrote to his wife that the strait had been
given away.2There was no answer from her.

{RULE}
1 Oskar Lind, The Herring Question (Bergen:

Nordhav, 1961), 12.

T
 The second commission met in the autumn, when the Keller-
Lind line had been drawn on the charts, and it did not
speak of the strait at all. 3

{RULE}
2 Record of the first meeting, 4 May 1931, State Archive of the Coast, f. 12, op. 3, d. 7, l. 9.

3 Lind, Herring, 14.
 Review by Boris Ivanov, Kazan University

he harbour master kept a diary.1 It breaks off on the day of the flood, and the pages that follow it
were cut out with a knife.

{RULE}
1 The diary is in private hands.
"""


def test_pages_with_notes_at_their_feet() -> None:
    doc = document(PAGES)
    assert marks(doc) == [
        ("1", "the strait.", "Oskar Lind, "),
        ("2", "given away.", "Record of th"),
        ("3", "at all.", "Lind, Herrin"),
        ("1", "a diary.", "The diary is"),
    ]
    assert [(s.role, s.authors, s.affiliation) for s in doc.of_kind("section")] == [
        ("review", ("Anna Keller",), "University of Bergen"),
        ("review", ("Boris Ivanov",), "Kazan University"),
    ]
    assert doc.extracted


def test_a_torn_initial_is_put_back() -> None:
    doc = document(PAGES)
    assert "\n\nThis treaty on herring" in doc.text
    torn = [s for s in doc.segments if s.repair == "drop-cap"]
    assert [(s.original, doc.text[s.start : s.end]) for s in torn] == [("T", "T")]


def test_a_lost_initial_is_inferred_and_said_so() -> None:
    doc = document(PAGES)
    assert "\n\nThe harbour master" in doc.text
    lost = [s for s in doc.segments if s.repair == "drop-cap-inferred"]
    assert [doc.text[s.start : s.end] for s in lost] == ["T"]


def test_a_paragraph_broken_by_an_initial_or_a_page_is_one() -> None:
    doc = document(PAGES)
    assert "spoke of a victory over the weather" in doc.text
    assert "Oskar Lind, The Herring Question (Bergen: Nordhav, 1961), 12." in doc.text


def test_a_blank_is_put_after_a_mark_glued_to_the_next_word() -> None:
    doc = document(PAGES)
    assert "given away. There was no answer" in doc.text
    assert [s.line for s in doc.segments if s.repair == "blank-inserted"] == [8]


def test_a_hyphen_at_a_line_end_before_a_capital_belongs_to_the_word() -> None:
    assert "the Keller-Lind line" in document(PAGES).text


NUMBERS = """The count of 1948.3 is a decimal and 4:2 a verse. On 25 March 1959.1 Nothing came of it,
as page19 of the book (11-46) says. It named three things: (1) the boats; (2) the nets; and (3) the men. Of
these 3/7 were lost “in the year,” 30 August, when the storm came.” 2 After it the fleet was
rebuilt. See vol. 3 and no.4 of the papers, and Port-40.

1 The register of boats, p. 3.

2 The same, p. 9.
"""


def test_numbers_that_are_no_marks() -> None:
    assert marks(document(NUMBERS)) == [
        ("1", "March 1959.", "The register"),
        ("2", "storm came.”", "The same, p."),
    ]


@pytest.mark.parametrize(
    ("one", "two", "first", "second"),
    [
        ("¹", "²", "¹ ", "² "),
        ("[1]", "[2]", "[1] ", "[2] "),
        ("1", "2", "1. ", "2. "),
        ("①", "②", "① ", "② "),
    ],
)
def test_marks_in_every_dress(one: str, two: str, first: str, second: str) -> None:
    text = (
        f"The boats came back in May.{one} Their holds were empty,{two} as the log says.\n\n"
        f"Nobody asked why.\n\nNotes\n\n{first}The log of the Aurora.\n\n{second}Lind, Herring, 3.\n"
    )
    doc = document(text)
    assert [m[1:] for m in marks(doc)] == [
        ("in May.", "The log of t"),
        ("were empty,", "Lind, Herrin"),
    ]
    assert [note.role for note in doc.of_kind("note")] == ["endnote", "endnote"]
    assert "May. Their holds were empty, as the log says." in doc.text


def test_symbols_call_notes_too() -> None:
    text = (
        "The Herring Question*\n\nThe boats came back in May.1 Their holds were empty.\n\n"
        f"{RULE}\n* The author thanks the harbour.\n\n1 The log of the Aurora.\n"
    )
    assert marks(document(text)) == [
        ("*", "Herring Question", "The author t"),
        ("1", "in May.", "The log of t"),
    ]


def test_a_numbered_list_is_no_notes() -> None:
    text = (
        "He asked for three things.\n\n1. A boat of his own.\n\n2. A net.\n\n3. A harbour.\n\n"
        "None of them was given to him.\n"
    )
    assert document(text).of_kind("note") == ()


def test_marks_go_on_where_the_notes_are_lost() -> None:
    text = PAGES.replace("3 Lind, Herring, 14.\n", "")
    assert marks(document(text))[2] == ("3", "at all.", "")


def test_form_feeds_running_heads_and_page_numbers() -> None:
    page = "Journal of the Coast\n\n{body}\n\n{note}\n\n{number}\n"
    bodies = [
        "The boats came back in May,1 and their holds were empty when the harbour master saw\nthem at",
        "the quay. He wrote it down.2 The log was never found, and nobody has looked for it\nsince then.",
        "In June the boats went out again.3 The weather was as it had been, and the nets were new.\nSo",
        "it went on for years, as the tables of the harbour show.4 They were kept with great care.",
    ]
    notes = [f"{n} The log of the Aurora, fol. {n * 7}." for n in range(1, 5)]
    text = "\f".join(
        page.format(body=body, note=note, number=number)
        for number, (body, note) in enumerate(zip(bodies, notes, strict=True), start=211)
    )
    doc = document(text)
    assert [m[0] for m in marks(doc) if m[2]] == ["1", "2", "3", "4"]
    assert "saw them at the quay." in doc.text
    assert "Journal of the Coast" not in doc.text
    assert [(n.number, n.label) for n in doc.of_kind("page")] == [
        (1, "211"),
        (2, "212"),
        (3, "213"),
        (4, "214"),
    ]


def test_soft_hyphens_go_and_compounds_stay() -> None:
    text = (
        "The harbour was rebuilt and the har-\nbour master moved in. A well-known man, he was well-\n"
        "known in the strait, and the rebuil-\nding of the quay was his work. The rebuilding took years.\n"
    )
    doc = document(text)
    assert "the harbour master" in doc.text
    assert "he was well-known in" in doc.text
    assert "the rebuilding of the quay" in doc.text


def test_torn_half_marks_are_mended() -> None:
    doc = document("He read Kholodnai\ufe20a \ufe21 gavan' in one night.\n")
    assert "Kholodnaia gavan'" in doc.text
    assert [s.original for s in doc.segments if s.repair == "half-mark"] == ["\ufe20", " \ufe21"]


def test_chinese_lines_join_without_a_blank() -> None:
    doc = document(
        "渔船在五月回来了，船舱是空的，没有人问为什么会这样。港口的主人把它写了下来，\n后来日志不见了。\n"
    )
    assert "写了下来，后来日志" in doc.text


def test_italics_and_block_quotations_of_plain_text() -> None:
    doc = document(
        "He read _The Long\nStrait_ twice and wrote about it to his wife in the same year:\n\n"
        "    It is a book without a harbour, and the man\n    who wrote it had never seen one.\n\n"
        "She did not answer, and he did not ask her for an answer in the years that followed.\n"
    )
    spans = {
        (n.kind, doc.text[n.start : n.end]) for n in doc.nodes if n.kind in ("italic", "quote")
    }
    assert spans == {
        ("italic", "The Long Strait"),
        ("quote", "It is a book without a harbour, and the man who wrote it had never seen one."),
    }


# -- properties -----------------------------------------------------------------

WORDS = st.sampled_from(
    [
        "the",
        "harbour",
        "of",
        "strait,",
        "boats.",
        "1948",
        "(12)",
        "“nets”",
        "log.1",
        "Lind;",
        "‘so’",
        "Ibid.",
        "港口",
        "f.",
        "12,",
        "Гавань",
        "—",
        "T",
    ]
)
LINES = st.lists(WORDS, max_size=12).map(" ".join)
TEXTS = st.lists(
    st.one_of(LINES, st.just(""), st.just(RULE), LINES.map(lambda s: f"2 {s}"), st.just("\f")),
    max_size=30,
).map("\n".join)


def covered(doc: Document, text: str) -> list[int]:
    """How often each character of the file is kept by a segment."""
    count = [0] * len(text)
    for segment in doc.segments:
        for at in range(segment.source, segment.source_end):
            count[at] += 1
    return count


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_every_character_is_kept_once(text: str) -> None:
    doc = document(text)
    kept = covered(doc, text)
    lost = [text[at] for at, n in enumerate(kept) if n != 1 and not text[at].isspace()]
    assert lost == []
    assert all(n <= 1 for n in kept)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_segments_lead_back_to_the_words(text: str) -> None:
    doc = document(text)
    for s in doc.segments:
        if s.role == "text":
            assert doc.text[s.start : s.end] == text[s.source : s.source_end]
    for node in doc.nodes:
        assert 0 <= node.start <= node.end <= len(doc.text)
    assert doc == document(text)


def shifted(node: Node, by: int) -> tuple[object, ...]:
    return node.kind, node.start + by, node.end + by, node.label, node.role, node.title


@given(st.integers(min_value=1, max_value=3))
def test_a_paragraph_in_front_shifts_every_span_and_changes_nothing_else(count: int) -> None:
    front = "A neutral line of words stands here in front of it all, and it ends.\n\n" * count
    plain, moved = document(PAGES), document(front + PAGES)
    by = len(moved.text) - len(plain.text)
    assert moved.text.endswith(plain.text)
    assert [shifted(n, by) for n in plain.nodes if n.kind in ("note", "callout", "heading")] == [
        shifted(n, 0) for n in moved.nodes if n.kind in ("note", "callout", "heading")
    ]


def test_a_mark_may_stand_behind_italics() -> None:
    text = (
        "He read _The Long Strait?_1 and he wrote of it at length.2\n\n"
        "Notes\n\n1. Lind, _Strait_, 3.\n\n2. Ibid.\n"
    )
    doc = document(text)
    assert marks(doc) == [
        ("1", "Long Strait?", "Lind, Strait"),
        ("2", "at length.", "Ibid."),
    ]


def test_a_number_below_its_abbreviation_belongs_to_it() -> None:
    text = PAGES.replace("f. 12, op. 3, d. 7, l. 9.", "f. 12, op. 3, d. 7, ll.\n\n9–11.")
    assert "d. 7, ll. 9–11." in document(text).text


def test_a_title_reviews_and_plain_headings() -> None:
    text = (
        "The Long Strait: A Roundtable\n\nReview by Anna Keller, University of Bergen\n\n"
        "The boats came back in May. Their holds were empty, and nobody asked why they were, as far\n"
        "as the minutes tell.\n\nThe weather\n\nIn June they went out again. The weather was as it had\n"
        "been, and the nets were new.\n"
    )
    doc = document(text)
    assert doc.title == "The Long Strait: A Roundtable"
    assert [(s.role, s.level, s.title) for s in doc.of_kind("section")] == [
        ("article", 1, "The Long Strait: A Roundtable"),
        ("review", 2, "Review by Anna Keller, University of Bergen"),
        ("section", 3, "The weather"),
    ]


def test_a_text_that_lost_all_its_notes_is_damaged() -> None:
    text = " ".join(f"Sentence number so and so ends here.{n} It does." for n in range(1, 7))
    doc = document(text + "\n")
    assert [c.label for c in doc.of_kind("callout")] == ["1", "2", "3", "4", "5", "6"]
    assert doc.extracted


def test_a_note_may_be_printed_on_the_page_after_its_mark() -> None:
    text = (
        "The boats came back to the quay.11 Nobody knew what they had been looking for.12\n"
        "11 Archive of Reval, fol. 3.\n\fThe harbour was closed for the winter, and nobody asked.13\n"
        "12 Archive of Riga, fol. 2.\n13 Archive of Reval, fol. 9.\n"
    )
    assert [m[0] for m in marks(document(text)) if m[2]] == ["11", "12", "13"]
