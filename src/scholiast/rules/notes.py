"""Notes and their marks: missing, uncalled, out of count, cut off, empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from scholiast.case import Annotated
from scholiast.model import Certainty, Document, Node
from scholiast.rule import Hit, Rule, Sample, Span, rule
from scholiast.rules.endings import ends, hangs, note_words, surely_broken
from scholiast.rules.numbering import (
    COPY_DAMAGE,
    Entry,
    entries,
    gaps,
    lost_marks,
    lost_notes,
    runs,
)
from scholiast.rules.wording import quoted, ranges, words_after, words_before

#: A note shorter than this may end without a mark of its own.
SHORT: Final = 30
#: More scattered notes without marks than this, in plain text, are marks that were not recognised.
SCATTERED: Final = 3
#: So many notes, and this share of them, end in a full stop where a text has the habit.
HABIT_NOTES: Final = 12
HABIT_SHARE: Final = 0.94


@rule(
    "NOT001",
    since="0.1",
    bad=[
        "The treaty was ⟦read by nobody else.⟧[^1] It was long.[^2]\n\n[^2]: Halloran, 3.\n",
        "Договор был ⟦подписан в Вене весной.⟧[^7]\n",
        "⟦条约在维也纳签订。⟧[^9]\n",
    ],
    good=[
        "The treaty was read.[^1] It was long.[^2]\n\n[^1]: Halloran, 3.\n[^2]: Ibid., 4.\n",
        "He wrote “x[^2]” with a caret, and [a bracket] too.\n\n[^2]: So he did.\n",
    ],
)
def missing_note(text: Annotated) -> Iterator[Hit]:
    """Every note mark calls a note that is there.

    ## Why it matters

    A mark without its note promises evidence that the reader cannot see.

    ## What it checks

    Every note mark of the text. The finding shows the words before the mark.

    ## Known gaps

    In a text extracted from pages, three or more missing notes in a row are the copy's fault and
    go to DOC005. A mark that looks like another number (a page, a year) is not seen as a mark.
    """
    lost = {id(entry.callout) for stretch in lost_notes(text.document) for entry in stretch}
    for entry in entries(text.document):
        if entry.callout is None or entry.note is not None or id(entry.callout) in lost:
            continue
        start, end = _at_mark(text, entry.callout)
        label, words = entry.label, quoted(text.text[start:end])
        yield Hit(
            start,
            end,
            f"The mark of note {label} stands at {words}, but there is no note {label}.",
            f"What should note {label} say, or should its mark go?",
        )


def _at_mark(text: Annotated, callout: Node) -> tuple[int, int]:
    """Return the words before a mark; those after it where it begins its paragraph."""
    start, end = words_before(text.text, callout.start)
    return (start, end) if end > start else words_after(text.text, callout.start)


@rule(
    "NOT002",
    since="0.1",
    bad=[
        "It was so.[^1]\n\n[^1]: Halloran, 3.\n[^2]: ⟦Jan Vyskočil, *Letters* (Brno,⟧ 1931), 8.\n",
        "Так и было.[^1]\n\n[^1]: Иванов, 3.\n[^2]: ⟦Петров П. П. Письма.⟧ Брно, 1931. С. 8.\n",
    ],
    good=[
        "It was so.[^1] And so.[^2]\n\n[^1]: Halloran, 3.\n[^2]: Ibid., 4.\n",
        "It was so.[^1] And so again.[^1]\n\n[^1]: Halloran, 3.\n",
    ],
)
def uncalled_note(text: Annotated) -> Iterator[Hit]:
    """Every note is called by a mark in the text.

    ## Why it matters

    Nobody knows which sentence a note without a mark supports.

    ## What it checks

    Every note. In Word and Markdown files the finding is certain. In a text extracted from pages
    it is certain only where the marks of the notes before and after it were found, and its number
    does not stand between them in a form that was not recognised.

    ## Known gaps

    In a text extracted from pages, three or more in a row are the copy's fault and go to DOC005.
    In plain text, more than three scattered ones are one finding: the marks may be there, in a form
    that was not recognised.
    """
    lost = {id(entry.note) for stretch in lost_marks(text.document) for entry in stretch}
    lost.update(id(entry.note) for _, entry in _same_notes(text.document))
    every = entries(text.document)
    found = [
        at
        for at, entry in enumerate(every)
        if entry.note is not None and entry.callout is None and id(entry.note) not in lost
    ]
    typed = text.document.format in ("txt", "")
    if typed and len(found) > SCATTERED:
        yield _scattered(text, [every[at] for at in found])
        return
    for at in found:
        entry = every[at]
        shown = typed and not text.document.extracted
        sure = not typed or (shown and _surely_uncalled(text, every, at))
        start, end = _place(text, entry)
        words = quoted(text.text[start:end])
        name = f"note {entry.label}" if entry.label else "the note"
        yield Hit(
            start,
            end,
            f"No mark in the text calls {name}, which begins {words}."
            if entry.label
            else f"No mark in the text calls the note that begins {words}.",
            f"Where does the mark of {name} belong?",
            certainty=None if sure else Certainty.LIKELY,
        )


def _surely_uncalled(text: Annotated, every: Sequence[Entry], at: int) -> bool:
    """Return whether the marks around a missing one were found, and no number stands there."""
    near = [every[n] for n in (at - 1, at + 1) if 0 <= n < len(every)]
    places = [entry.callout.start for entry in near if entry.callout is not None]
    if not near or len(places) < len(near):
        return False
    first, last = (min(places), max(places)) if len(places) > 1 else (places[0], len(text.text))
    if at == 0:
        first, last = 0, places[0]
    label = re.escape(every[at].label)
    between = text.text[first : min(last, text.document.body_end)]
    return re.search(rf"(?<!\d){label}(?!\d)", between) is None


def _scattered(text: Annotated, found: Sequence[Entry]) -> Hit:
    """Return the one hit of many notes in plain text whose marks were not found."""
    places = [_place(text, entry) for entry in found]
    return Hit(
        *places[0],
        f"No marks were found for notes {ranges(entry.number for entry in found)}.",
        "Are these marks in the text, and in what form?",
        also=tuple(Span(*place) for place in places[1:]),
        certainty=Certainty.LIKELY,
    )


@rule(
    "NOT003",
    since="0.1",
    bad=[
        "One.[^1] Two is ⟦the end of it.⟧[^2] Four.[^4] Five.[^5]\n\n"
        "[^1]: A.\n[^2]: B.\n[^4]: D.\n[^5]: E.\n",
        "Раз.[^1] Это было ⟦два и не больше.⟧[^2] Четыре.[^4] Пять.[^5]\n\n"
        "[^1]: А.\n[^2]: Б.\n[^4]: Г.\n[^5]: Д.\n",
    ],
    good=[
        "One.[^1] Two.[^2] Three.[^3]\n\n[^1]: A.\n[^2]: B.\n[^3]: C.\n",
        "One.[^1] Two.[^3] Three.[^2]\n\n[^1]: A.\n[^2]: B.\n[^3]: C.\n",
        "One.[^smith] Two.[^jones9]\n\n[^smith]: A.\n[^jones9]: B.\n",
        "One.[^1] Two.[^999999999999]\n\n[^1]: A.\n[^999999999999]: B.\n",
    ],
)
def numbering_gap(text: Annotated) -> Iterator[Hit]:
    """The numbers of the notes count up without a gap.

    ## Why it matters

    A number that neither a mark nor a note has is often a note that was cut with its sentence,
    and with it the reference that later notes rely on (“ibid.”).

    ## What it checks

    The numbers of each run of notes, the whole text or each section by itself. In Markdown, where
    the numbers are only names of notes, and in plain text, where a note may not have been
    recognised, it is “likely”.

    ## Known gaps

    Numbers missing before the first note or after the last cannot be known. In a text extracted
    from pages, three or more in a row go to DOC005. Word counts by itself and has no gaps.
    """
    for run in runs(text.document):
        for before, after, numbers in gaps(run):
            if text.document.extracted and len(numbers) >= COPY_DAMAGE:
                continue
            if not _counts_up(run) or _counted_twice(run, numbers):
                continue
            start, end = _place(text, before)
            solid = all(e.callout is not None and e.note is not None for e in (before, after))
            told = text.document.format in ("txt", "md", "")
            what = f"note {ranges(numbers)}" if len(numbers) == 1 else f"notes {ranges(numbers)}"
            yield Hit(
                start,
                end,
                f"After note {before.label} comes note {after.label}: "
                f"neither mark nor text of {what} was found.",
                f"Was {what} taken out, or is it lost?",
                also=(Span(*_place(text, after)),),
                certainty=Certainty.LIKELY if told or not solid else None,
            )


def _counted_twice(run: tuple[Entry, ...], numbers: range) -> bool:
    """Return whether a lone missing number is one that a neighbour's number stands for."""
    near = (numbers[0] - 1, numbers[-1] + 1)
    return len(numbers) == 1 and any(sum(e.number == n for e in run) > 1 for n in near)


def _counts_up(run: tuple[Entry, ...]) -> bool:
    """Return whether most numbers of a run follow on the one before."""
    steps = [b.number - a.number for a, b in pairwise(run)]
    return sum(step == 1 for step in steps) * 2 >= len(steps)


def _place(text: Annotated, entry: Entry) -> tuple[int, int]:
    """Return the words at the mark of an entry, or the first words of its note."""
    if entry.callout is not None:
        return _at_mark(text, entry.callout)
    assert entry.note is not None  # an entry has one of the two
    return words_after(text.text, entry.note.start, limit=entry.note.end)


@rule(
    "NOT004",
    since="0.1",
    bad=[
        "It was so.[^1]\n\n[^1]: Halloran, “Lanterns,” *Journal of ⟦Peace* Studies 16:1 (Winter⟧\n",
        "Так и было.[^1]\n\n[^1]: Петров П. П. Письма из ⟦Брно. Брно, 1931. С.⟧\n",
        "So war es.[^1]\n\n[^1]: Vgl. Anselm Vyskočil, Briefe aus ⟦Brünn, Brünn 1931 und⟧\n",
        "It was so.[^1]\n\n[^1]: Ada Halloran, *The Quiet ⟦Treaty* (Brno, 1999), 12,⟧\n",
        "的确如此。[^1]\n\n[^1]: 维斯科⟦契尔：《布尔诺书信》，第⟧\n",
    ],
    good=[
        "It was so.[^1] And so.[^2] And here.[^3]\n\n[^1]: Halloran, 12\n[^2]: Ibid., 13\n"
        "[^3]: https://example.org/treaty/a-b/\n",
        "Так и было.[^1]\n\n[^1]: Архив, оп. 1, д. 3, л. 14 и т. д.\n",
        "It was so.[^1]\n\n[^1]: Halloran, *Treaty* (Brno, 1999), 12 p.\n",
        "So war es.[^1]\n\n[^1]: Vyskočil, »Briefe aus Brünn« (1931), 12\n",
    ],
)
def note_breaks_off(text: Annotated) -> Iterator[Hit]:
    """A note ends where its sentence or reference ends.

    ## Why it matters

    The end of a note is where the page stands: what breaks off cannot be looked up.

    ## What it checks

    The last words of each note. It is certain where a bracket or a quotation mark is still open
    and no full stop ends the note; likely where the note ends in a comma, a hyphen or a word that
    wants another after it (“and”, “vol.”, «С.», 第), or where it ends in a bare word though nearly
    all notes of the text end in a full stop. The last words are shown.

    ## Known gaps

    A note cut at the end of a sentence looks whole.
    """
    notes = text.document.of_kind("note")
    habit, whole = _stops(text.document, notes)
    for note in notes:
        words = note_words(text.text, note)
        if not words:
            continue
        sure = surely_broken(text.text, note)
        lone = habit and (words[-1].isalpha() or whole)
        bare = lone and len(words) > SHORT and words[-1].isalnum() and not ends(words)
        if not (sure or hangs(words) or bare):
            continue
        start, end = words_before(text.text, note.start + len(words))
        start = max(start, note.start)
        unfinished = sure or hangs(words)
        yield Hit(
            start,
            end,
            f"Note {note.label} breaks off after {quoted(text.text[start:end])}."
            if unfinished
            else f"Note {note.label} ends with {quoted(text.text[start:end])} and no full stop.",
            f"How does note {note.label} go on?"
            if unfinished
            else f"Is note {note.label} complete?",
            certainty=None if sure else Certainty.LIKELY,
        )


def _stops(document: Document, notes: tuple[Node, ...]) -> tuple[bool, bool]:
    """Return whether nearly all notes end in a full stop or the like, and whether all but two."""
    without = sum(not ends(note_words(document.text, note)) for note in notes)
    enough = len(notes) >= HABIT_NOTES
    return enough and without <= (1 - HABIT_SHARE) * len(notes) + 1, enough and without <= 2


@rule(
    "NOT010",
    since="0.1",
    bad=[
        "It ⟦was so at first.⟧[^1] And so.[^2]\n\n[^1]: .\n[^2]: Halloran, 3.\n",
        "Так ⟦было с самого начала.⟧[^1]\n\n[^1]: —\n",
    ],
    good=[
        "It was so.[^1] And so.[^2]\n\n[^1]: P. 3.\n[^2]: Ibid.\n",
        "的确如此。[^1]\n\n[^1]: 同。\n",
    ],
)
def empty_note(text: Annotated) -> Iterator[Hit]:
    """A note has words.

    ## Why it matters

    An empty note is a place that was kept for a reference, and forgotten.

    ## What it checks

    Whether a note holds at least one letter or digit. The words before its mark are shown.

    ## Known gaps

    A note that holds nothing but “to be added” has words.
    """
    for note in text.document.of_kind("note"):
        words = text.text[note.start : note.end]
        if any(character.isalnum() for character in words):
            continue
        callout = text.index.node(note.link) if note.link else None
        start, end = _at_mark(text, callout) if callout is not None else (note.start, note.end)
        yield Hit(
            start,
            end,
            f"Note {note.label}, called at {quoted(text.text[start:end])}, is empty."
            if end > start
            else f"Note {note.label} is empty.",
            f"What should note {note.label} say?",
        )


@rule(
    "NOT011",
    since="0.1",
    bad=[
        "One.[^1] This is ⟦the second of them.⟧[^2] Again two.[^2] Four.[^4]\n\n"
        "[^1]: A.\n[^2]: B.\n[^3]: C.\n[^4]: D.\n",
        "Раз.[^1] Вот ⟦второй из всех случаев.⟧[^2] Ещё раз.[^2]\n\n[^1]: А.\n[^2]: Б.\n[^3]: В.\n",
        "One.[^1] Two.[^2]\n\n[^1]: ⟦Halloran, *Treaty*, 3.⟧\n[^2]: B.\n[^1]: Vyskočil, 4.\n",
    ],
    good=[
        "One.[^1] Two.[^2] Three, as in one.[^1] Four.[^3]\n\n[^1]: A.\n[^2]: B.\n[^3]: C.\n",
        Sample(
            "parts.md",
            "# Review by Ada Halloran, University of Brno\n\nOne.[^1]\n\n"
            "# Review by Jan Novak, University of Brno\n\nOne.[^2]\n\n[^1]: A.\n[^2]: B.\n",
        ),
    ],
)
def repeated_number(text: Annotated) -> Iterator[Hit]:
    """No number of a run of notes is used twice in a row.

    ## Why it matters

    When one number is used twice, every later mark calls the wrong note.

    ## What it checks

    Two marks in a row that have the same number, and two notes of one run that have. Certain where
    two notes have the number, or where the number the second mark should have is left without a
    mark; else “likely”. In plain text, where a numbered heading may be taken for a note, two notes
    are “likely”.

    ## Known gaps

    A mark that calls an earlier note on purpose, with others between, is not reported.
    """
    called = [c for c in text.document.of_kind("callout") if c.number > 0]
    uncalled = {
        (entry.section, entry.number)
        for entry in entries(text.document)
        if entry.callout is None and entry.note is not None
    }
    for first, second in pairwise(called):
        if first.number != second.number or first.parent != second.parent:
            continue
        if first.number == 1 and first.link != second.link:
            continue  # the numbering starts again on each page
        skipped = (second.parent, first.number + 1) in uncalled
        yield _twice(text, first, second, sure=skipped)
    for before, after in _same_notes(text.document):
        yield _both(text, before, after)


def _twice(text: Annotated, first: Node, second: Node, *, sure: bool) -> Hit:
    start, end = _at_mark(text, first)
    also = _at_mark(text, second)
    return Hit(
        start,
        end,
        f"The note mark {first.label} stands twice in a row, at {quoted(text.text[start:end])} "
        f"and at {quoted(text.text[slice(*also)])}.",
        f"Should the second be {first.number + 1}, or do both call note {first.label}?",
        also=(Span(*also),),
        certainty=None if sure else Certainty.LIKELY,
    )


def _same_notes(document: Document) -> Iterator[tuple[Entry, Entry]]:
    """Yield the notes that have the number of an earlier one of their run.

    Names of notes, as in Markdown, hold for the whole file.
    """
    first: dict[tuple[int, int, str], Entry] = {}
    for place, run in enumerate(runs(document)):
        for entry in run:
            if entry.note is None:
                continue
            name = entry.note.title
            key = (0, 0, name) if name else (place, entry.number, "")
            if key in first:
                yield first[key], entry
            first.setdefault(key, entry)


def _both(text: Annotated, before: Entry, after: Entry) -> Hit:
    """Return the hit of two notes with one number."""
    assert before.note is not None  # both are notes
    assert after.note is not None
    start, end = words_after(text.text, before.note.start, limit=before.note.end)
    also = words_after(text.text, after.note.start, limit=after.note.end)
    return Hit(
        start,
        end,
        f"Two notes have the number {before.label}: {quoted(text.text[start:end])} "
        f"and {quoted(text.text[slice(*also)])}.",
        f"Which of the two is note {before.label}?",
        also=(Span(*also),),
        certainty=Certainty.LIKELY if text.document.format in ("txt", "") else None,
    )


RULES: Final[tuple[Rule, ...]] = (
    missing_note,
    uncalled_note,
    numbering_gap,
    note_breaks_off,
    empty_note,
    repeated_number,
)
