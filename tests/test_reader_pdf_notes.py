"""Notes of PDFs: their marks, their places, their numbering, and numbers that are no marks."""

from __future__ import annotations

from functools import partial

from tests.drawing_pdf import LINES, Sheet, document, notes_of, paragraphs

WHOLE = " ".join(LINES)


def test_notes_at_the_foot_are_linked_with_their_raised_marks() -> None:
    def page(sheet: Sheet) -> None:
        sheet.lines(*LINES)
        sheet.line("It was read.", "^1", " It was read again,", "^2", " and then no more.")
        sheet.notes(("1 Halloran, The Quiet Treaty, 3.",),
                    ("2 Ibid., 12, where the harbour master is said to have", "slept."))  # fmt: skip

    text = document(page)
    assert notes_of(text) == [
        ("1", "read.", "Halloran, The Quiet Treaty, 3."),
        ("2", "again,", "Ibid., 12, where the harbour master is said to have slept."),
    ]
    assert paragraphs(text)[0].endswith("It was read. It was read again, and then no more.")
    assert [note.role for note in text.of_kind("note")] == ["footnote", "footnote"]


def test_a_note_runs_over_the_page() -> None:
    def first(sheet: Sheet) -> None:
        sheet.lines(*LINES)
        sheet.line("It was read.", "^1")
        sheet.notes(("1 Halloran says that it was read in the spring and that the",), at=90)

    def second(sheet: Sheet) -> None:
        sheet.lines(*LINES)
        sheet.line("It was lost.", "^2")
        sheet.notes(("", "clerk kept a copy of it."), ("2 Ibid., 12.",))

    def whole(sheet: Sheet) -> None:
        second(sheet)

    sheets = document(first, whole)
    assert notes_of(sheets) == [
        ("1", "read.", "Halloran says that it was read in the spring and that the clerk kept a copy of it."),
        ("2", "lost.", "Ibid., 12."),
    ]  # fmt: skip


def test_numbering_that_begins_again_on_every_page() -> None:
    def page(sheet: Sheet, number: int) -> None:
        sheet.lines(*LINES)
        sheet.line("It was read.", "^1", f" On sheet {number} it was lost.", "^2")
        sheet.notes((f"1 Halloran, {number}.",), (f"2 Brandt, {number}.",))

    text = document(*(partial(page, number=n) for n in (11, 12, 13)))
    assert [(label, words) for label, _, words in notes_of(text)] == [
        (label, f"{name}, {n}.") for n in (11, 12, 13) for label, name in (("1", "Halloran"), ("2", "Brandt"))
    ]  # fmt: skip


def test_signs_call_notes_on_their_page() -> None:
    def page(sheet: Sheet) -> None:
        sheet.lines(*LINES)
        sheet.line("It was read.", "^*", " It was lost.", "^†")
        sheet.notes(("* Halloran, 3.",), ("† Brandt, 4.",))

    assert notes_of(document(page)) == [
        ("*", "read.", "Halloran, 3."),
        ("†", "lost.", "Brandt, 4."),
    ]


def test_powers_years_and_ordinals_are_no_marks() -> None:
    def page(sheet: Sheet) -> None:
        sheet.lines(*LINES)
        sheet.line("A field of 12 km", "^2", " was sold on the 3", "^rd", " of May 1951 for 10",
                   "^3", " crowns.", "^1")  # fmt: skip
        sheet.notes(("1 Halloran, 3.",))

    text = document(page)
    assert notes_of(text) == [("1", "crowns.", "Halloran, 3.")]
    assert "12 km2 was sold on the 3rd of May 1951 for 103 crowns." in text.text


def test_notes_under_a_heading_are_endnotes() -> None:
    def page(sheet: Sheet) -> None:
        sheet.heading("The Treaty of the Quiet Harbour")
        sheet.lines(*LINES)
        sheet.line("It was read.", "^1", " It was lost.", "^2", " It was found.", "^3")
        sheet.heading("Notes")
        for number, words in ((1, "Halloran, 3."), (2, "Ibid., 4."), (3, "Brandt, 1950.")):
            sheet.line(f"{number}. {words}")

    text = document(page)
    assert [(label, words) for label, _, words in notes_of(text)] == [
        ("1", "Halloran, 3."), ("2", "Ibid., 4."), ("3", "Brandt, 1950."),
    ]  # fmt: skip
    assert {note.role for note in text.of_kind("note")} == {"endnote"}


def test_marks_in_brackets_call_endnotes() -> None:
    def page(sheet: Sheet) -> None:
        sheet.heading("The Treaty of the Quiet Harbour")
        sheet.lines(*LINES)
        sheet.line("It was read.[1] It was lost.[2] It was found.[3]")
        sheet.heading("Notes")
        for number, words in ((1, "Halloran, 3."), (2, "Ibid., 4."), (3, "Brandt, 1950.")):
            sheet.line(f"[{number}] {words}")

    text = document(page)
    assert [before for _, before, _ in notes_of(text)] == ["read.", "lost.", "found."]
    assert "It was read. It was lost. It was found." in text.text


def test_a_mark_whose_note_is_missing_is_kept() -> None:
    def page(sheet: Sheet) -> None:
        sheet.lines(*LINES)
        sheet.line("It was read.", "^1", " It was lost.", "^2", " It was found.", "^3")
        sheet.notes(("1 Halloran, 3.",), ("3 Brandt, 4.",))

    assert sorted(notes_of(document(page))) == [
        ("1", "read.", "Halloran, 3."), ("2", "lost.", ""), ("3", "found.", "Brandt, 4."),
    ]  # fmt: skip


def test_small_print_without_numbers_at_the_foot_is_no_note() -> None:
    def page(sheet: Sheet) -> None:
        sheet.lines(*LINES)
        sheet.y -= 10
        sheet.line("This small print stands below the text and says nothing at all.", size=8.5)

    text = document(page)
    assert text.of_kind("note") == ()
    assert "This small print" in text.text
