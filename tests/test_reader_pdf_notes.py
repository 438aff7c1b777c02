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


def test_raised_letters_call_notes_and_several_notes_stand_on_a_line() -> None:
    def letters(sheet: Sheet) -> None:
        sheet.lines(*LINES)
        sheet.line("It was read.", "^a", " It was lost.", "^b")
        sheet.notes(("a Halloran, 3.",), ("b Brandt, 4.",))

    def together(sheet: Sheet) -> None:
        sheet.lines(*LINES)
        sheet.line("It was read.", "^1", " It was lost.", "^2", " It was found.", "^3")
        sheet.y = 140
        sheet.canvas.line(72, 154, 160, 154)
        sheet.line("^1", " Ibid., 3. ", "^2", " Brandt, 4. ", "^3", " Ibid., 5.", size=8.5)

    lettered = notes_of(document(letters))
    assert lettered == [("a", "read.", "Halloran, 3."), ("b", "lost.", "Brandt, 4.")]
    assert [words for _, _, words in notes_of(document(together))] == [
        "Ibid., 3.", "Brandt, 4.", "Ibid., 5.",
    ]  # fmt: skip


def test_numbered_lines_of_code_at_the_foot_are_no_notes() -> None:
    def page(sheet: Sheet) -> None:
        sheet.lines(*LINES)
        sheet.y -= 10
        for number in range(1, 7):
            sheet.line(f"^{number}", f" take ferry {number} from the pier", size=8.5)

    text = document(page)
    assert text.of_kind("note") == text.of_kind("callout") == ()
    assert "take ferry 4 from the pier" in text.text


def test_numbered_lines_of_code_above_notes_are_no_notes() -> None:
    def page(sheet: Sheet) -> None:
        sheet.lines(*LINES)
        sheet.line("It was read.", "^1", " It was lost.", "^2")
        for number in range(31, 37):
            sheet.line(f"^{number}", f" take ferry {number} from the pier", size=8.5)
        sheet.notes(("1 Halloran, 3.",), ("2 Brandt, 4.",))

    assert notes_of(document(page)) == [
        ("1", "read.", "Halloran, 3."), ("2", "lost.", "Brandt, 4."),
    ]  # fmt: skip


def test_a_numbered_bibliography_is_no_list_of_notes() -> None:
    def page(sheet: Sheet) -> None:
        sheet.heading("The Treaty of the Quiet Harbour")
        sheet.lines(*LINES)
        sheet.line(
            "It was read.", "^1", " It was lost.", "^2", " It was found.", "^3", " So be it.", "^4"
        )
        sheet.heading("References")
        for number in range(1, 5):
            sheet.line(f"[{number}] Halloran, The Quiet Treaty, part {number}, 1950.")

    text = document(page)
    assert text.of_kind("note") == text.of_kind("callout") == ()


def test_notes_of_one_line_that_stand_at_one_height_are_no_running_feet() -> None:
    def page(sheet: Sheet, number: int) -> None:
        sheet.lines(f"On sheet {number} the clerk wrote what follows.", *LINES[number % 3 :])
        sheet.line("It was read.", f"^{number}")
        sheet.notes((f"{number} Ibid., folio {number}.",), at=90)

    text = document(*(partial(page, number=n) for n in range(1, 6)))
    assert [(label, words) for label, _, words in notes_of(text)] == [
        (str(n), f"Ibid., folio {n}.") for n in range(1, 6)
    ]


def test_a_mark_stands_on_the_page_of_its_note() -> None:
    def contents(sheet: Sheet) -> None:
        for number in range(1, 4):
            sheet.line(f"The treaty and its copies, part {number}.", f"^{number}")
        sheet.lines(*LINES, *LINES)

    def page(sheet: Sheet) -> None:
        sheet.lines(*LINES)

    def noted(sheet: Sheet) -> None:
        sheet.lines(*LINES)
        sheet.line("It was read.", "^1", " It was lost.", "^2", " It was found.", "^3")
        sheet.notes(("1 Halloran, 3.",), ("2 Brandt, 4.",), ("3 Ibid., 5.",))

    assert [before for _, before, _ in notes_of(document(contents, page, noted))][:3] == [
        "read.", "lost.", "found.",
    ]  # fmt: skip


def test_a_number_as_small_as_the_words_of_its_note_is_its_number() -> None:
    def page(sheet: Sheet) -> None:
        sheet.lines(*LINES)
        sheet.line("It was read®", "^1", " and it was lost.", "^2")
        sheet.y = 140
        sheet.canvas.line(72, 154, 162, 154)
        for number, words in ((1, "Halloran, 3."), (2, "Brandt, 4.")):
            sheet.canvas.setFont("Times-Roman", 6)
            sheet.canvas.drawString(72, sheet.y + 3, str(number))
            sheet.line(words, x=76, size=6)
            sheet.y -= 4

    assert [(label, words) for label, _, words in notes_of(document(page))] == [
        ("1", "Halloran, 3."), ("2", "Brandt, 4."),
    ]  # fmt: skip


def test_superscript_characters_a_blank_after_the_word_are_marks() -> None:
    def page(sheet: Sheet) -> None:
        sheet.lines(*LINES)
        sheet.line("It was read ¹ and then it was lost ² in the spring, and found ³ again.")
        sheet.notes(("1 Halloran, 3.",), ("2 Brandt, 4.",), ("3 Ibid., 5.",))

    assert [(label, before) for label, before, _ in notes_of(document(page))] == [
        ("1", "read"), ("2", "lost"), ("3", "found"),
    ]  # fmt: skip


def test_notes_of_one_line_that_stand_apart_are_no_running_feet() -> None:
    def page(sheet: Sheet, number: int) -> None:
        sheet.lines(*LINES)
        sheet.line("It was read.", f"^{number}", " It was lost.", f"^{number + 1}")
        sheet.canvas.line(sheet.x, 92, sheet.x + 90, 92)
        for at, name in enumerate(("Halloran", "Brandt")):
            sheet.y = 78 - 26 * at
            sheet.line(f"{number + at} {name}, {30 + number}.", size=8.5)

    text = document(partial(page, number=1), partial(page, number=3))
    assert [(label, words) for label, _, words in notes_of(text)] == [
        ("1", "Halloran, 31."), ("2", "Brandt, 31."), ("3", "Halloran, 33."), ("4", "Brandt, 33."),
    ]  # fmt: skip
