"""Faults planted into clean texts: a function for each, where it can stand and what it does."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from benchmarks.faults.places import Manuscript, Note

#: How far apart two faults of one kind stand at least, in characters.
_APART: Final = 1200
#: At most so many faults of one kind in one text.
_EACH: Final = 5


#: Forms in which the author numbers the notes; Word and the setter of pages do it themselves.
_NUMBERED: Final = ("md", "endnotes")
#: Forms in which a number left out is seen: a label in Markdown is a name, not a number.
_PRINTED: Final = ("endnotes",)

Edit = tuple[int, int, str]  # start, end, the words that come there


@dataclass(frozen=True, slots=True)
class Plant:
    """Edits that make one fault, and the span in which a finding must point."""

    edits: tuple[Edit, ...]
    low: int
    high: int
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of fault: the rules that answer for it, and every place where it can be planted."""

    name: str
    codes: tuple[str, ...]
    places: Callable[[Manuscript], Iterator[Plant]]
    forms: tuple[str, ...] = ("md", "docx", "endnotes", "extracted", "txt")


def planted(
    fault: Fault, manuscript: Manuscript, rng: random.Random
) -> tuple[str, tuple[Plant, ...]]:
    """Return a text with some faults of one kind, and the faults where they now stand."""
    candidates = list(fault.places(manuscript))
    rng.shuffle(candidates)
    chosen: list[Plant] = []
    for plant in candidates:
        if len(chosen) < _EACH and all(_apart(plant, other) for other in chosen):
            chosen.append(plant)
    edits = sorted(edit for plant in chosen for edit in plant.edits)
    text = manuscript.text
    for start, end, words in reversed(edits):
        text = text[:start] + words + text[end:]
    return text, tuple(
        replace(plant, low=_after(plant.low, edits), high=_after(plant.high, edits))
        for plant in sorted(chosen, key=lambda plant: plant.low)
    )


def _apart(one: Plant, other: Plant) -> bool:
    """Return whether no edit of one fault is near an edit of the other."""
    return all(abs(a[0] - b[0]) >= _APART for a in one.edits for b in other.edits)


def _after(position: int, edits: list[Edit]) -> int:
    """Return where a position of the clean text is after all edits."""
    moved = position
    for start, end, words in edits:
        if end <= position:
            moved += len(words) - (end - start)
        elif start < position:
            moved -= position - start
    return moved


def _marked(manuscript: Manuscript) -> dict[str, Note]:
    """Return the notes that have a mark, by label."""
    labels = {mark.label for mark in manuscript.marks}
    return {note.label: note for note in manuscript.notes if note.label in labels}


def note_removed(manuscript: Manuscript) -> Iterator[Plant]:
    """A note goes, its mark stays."""
    notes = _marked(manuscript)
    for mark in manuscript.marks:
        if mark.label in notes:
            note = notes[mark.label]
            yield Plant(((note.start, note.end, ""),), mark.start, mark.start, mark.label)


def mark_removed(manuscript: Manuscript) -> Iterator[Plant]:
    """A mark goes, its note stays."""
    notes = _marked(manuscript)
    for mark in manuscript.marks:
        if mark.label in notes:
            note = notes[mark.label]
            yield Plant(((mark.start, mark.end, ""),), note.words, note.end, mark.label)


def number_left_out(manuscript: Manuscript) -> Iterator[Plant]:
    """A mark and its note go: their number is nowhere."""
    notes = _marked(manuscript)
    marks = [mark for mark in manuscript.marks if mark.label in notes and mark.label.isdecimal()]
    for mark, after in pairwise(marks[1:]):
        note = notes[mark.label]
        edits = ((mark.start, mark.end, ""), (note.start, note.end, ""))
        yield Plant(edits, mark.start, after.end, mark.label)


def note_cut(manuscript: Manuscript) -> Iterator[Plant]:
    """A note breaks off after a comma, an opening bracket or a small word."""
    for note in _marked(manuscript).values():
        words = manuscript.text[note.words : note.end]
        for match in re.finditer(r"\s(?:of|the|and|in|to|for|by)(?=\s)|,(?=\s)|\((?=\w)", words):
            rest = len(words) - match.end()
            if (
                match.end() > 40
                and rest > 15
                and manuscript.free(note.words + match.start(), note.words + match.end())
            ):
                at = note.words + match.end()
                shown = f"note {note.label} ends {words[: match.end()][-20:]!r}"
                yield Plant(((at, note.end, ""),), note.words, at, shown)
                break


def note_emptied(manuscript: Manuscript) -> Iterator[Plant]:
    """A note loses all its words."""
    notes = _marked(manuscript)
    for mark in manuscript.marks:
        if mark.label in notes:
            note = notes[mark.label]
            yield Plant(((note.words, note.end, ""),), mark.start, mark.start, mark.label)


def mark_glued(manuscript: Manuscript) -> Iterator[Plant]:
    """The blank after a mark goes."""
    for mark in manuscript.marks:
        if re.match(r"\s[A-Za-z]", manuscript.text[mark.end :]):
            shown = _around(manuscript, mark.end)
            yield Plant(((mark.end, mark.end + 1, ""),), mark.start, mark.end, shown)


def mark_before_stop(manuscript: Manuscript) -> Iterator[Plant]:
    """A mark goes before the punctuation it stood after, where that is the text's habit."""
    text = manuscript.text
    marks = manuscript.marks
    after = [mark for mark in marks if _STOPPED.search(text, max(0, mark.start - 4), mark.start)]
    if len(after) < 0.9 * len(marks) or len(marks) < 10:
        return
    for mark in after:
        if text[mark.start - 1] in ".,;:" and text[mark.start - 2].isalpha():
            swapped = (mark.start - 1, mark.end, text[mark.start : mark.end] + text[mark.start - 1])
            yield Plant((swapped,), mark.start - 1, mark.end, _around(manuscript, mark.start))


_STOPPED: Final = re.compile(r"[.,;:!?…][\"”’')\]*_]*\Z")
_PAIRS: Final = (("“", "”"), ('"', '"'), ("«", "»"), ("„", "“"))


def _quotations(manuscript: Manuscript) -> Iterator[tuple[int, int]]:
    """Yield the offsets of opening and closing marks of quotations that lie in one paragraph."""
    for start, end in manuscript.paragraphs:
        words = manuscript.text[start:end]
        for opening, closing in _PAIRS:
            count = words.count(opening)
            if count % 2 if opening == closing else count != words.count(closing):
                continue
            for match in re.finditer(
                rf"(?<!\w){opening}\w[^{opening}{closing}]{{8,}}?{closing}", words
            ):
                yield start + match.start(), start + match.end() - 1


def quotation_unclosed(manuscript: Manuscript) -> Iterator[Plant]:
    """A closing quotation mark goes."""
    for opening, closing in _quotations(manuscript):
        low, high = manuscript.block(opening)
        yield Plant(((closing, closing + 1, ""),), low, high, _around(manuscript, closing))


def quotation_unopened(manuscript: Manuscript) -> Iterator[Plant]:
    """An opening quotation mark goes."""
    for opening, _ in _quotations(manuscript):
        low, high = manuscript.block(opening)
        yield Plant(((opening, opening + 1, ""),), low, high, _around(manuscript, opening))


def _brackets(manuscript: Manuscript) -> Iterator[tuple[int, int]]:
    for start, end in manuscript.spans:
        for match in re.compile(r"(?<=\s)\(\w[^()\[\]]{3,200}?\)").finditer(
            manuscript.text, start, end
        ):
            if manuscript.free(*match.span()):
                yield match.start(), match.end() - 1


def bracket_unclosed(manuscript: Manuscript) -> Iterator[Plant]:
    """A closing bracket goes."""
    for opening, closing in _brackets(manuscript):
        low, high = manuscript.block(opening)
        yield Plant(((closing, closing + 1, ""),), low, high, _around(manuscript, closing))


def bracket_unopened(manuscript: Manuscript) -> Iterator[Plant]:
    """An opening bracket goes."""
    for opening, _ in _brackets(manuscript):
        low, high = manuscript.block(opening)
        yield Plant(((opening, opening + 1, ""),), low, high, _around(manuscript, opening))


def _at(pattern: str, words: str, manuscript: Manuscript) -> Iterator[Plant]:
    """Yield an edit of group 1 wherever a pattern stands in a paragraph or a note."""
    for start, end in manuscript.spans:
        for match in re.compile(pattern).finditer(manuscript.text, start, end):
            if manuscript.free(*match.span()):
                shown = _around(manuscript, match.start(1))
                yield Plant(((*match.span(1), words),), *match.span(), shown)


def glued_capital(manuscript: Manuscript) -> Iterator[Plant]:
    """The blank before a capitalised word goes."""
    return _at(r"(?<!\w)[a-z]{4,}( )[A-Z][a-z]{3,}(?!\w)", "", manuscript)


def glued_after_stop(manuscript: Manuscript) -> Iterator[Plant]:
    """The blank after a colon, semicolon or comma goes."""
    return _at(r"[a-z]{3,}[,:;]( )[A-Za-z][a-z]{2,}(?!\w)", "", manuscript)


def glued_number(manuscript: Manuscript) -> Iterator[Plant]:
    """The blank before a number goes."""
    return _at(r"(?<!\w)[a-z]{3,}( )\d{1,4}(?![\w.,]\w)", "", manuscript)


def blank_after_hyphen(manuscript: Manuscript) -> Iterator[Plant]:
    """A blank gets into a word with a hyphen."""
    return _at(r"(?<![\w-])[A-Za-z][a-z]{2,}-()[A-Za-z][a-z]{2,}(?![\w-])", " ", manuscript)


def blank_in_bracket(manuscript: Manuscript) -> Iterator[Plant]:
    """A blank gets in after an opening bracket."""
    return _at(r"(?<=\s)\(()[A-Za-z0-9]\w", " ", manuscript)


def blank_before_stop(manuscript: Manuscript) -> Iterator[Plant]:
    """A blank gets in before a comma or full stop."""
    return _at(r"[a-z]{3,}()[,.](?=\s)", " ", manuscript)


def note_to_nowhere(manuscript: Manuscript) -> Iterator[Plant]:
    """A note refers to one that does not exist."""
    for note in _marked(manuscript).values():
        edit = (note.end, note.end, " See note 999 above.")
        yield Plant((edit,), note.words, note.end, note.label)


def note_to_itself(manuscript: Manuscript) -> Iterator[Plant]:
    """A note refers to itself."""
    for note in _marked(manuscript).values():
        if note.label.isdecimal():
            edit = (note.end, note.end, f" See note {note.label} above.")
            yield Plant((edit,), note.words, note.end, note.label)


def note_without_notes(manuscript: Manuscript) -> Iterator[Plant]:
    """A text without notes refers to one."""
    if not manuscript.notes:
        yield from _at(r"[a-z]{4,}()\.(?=\s)", " (see note 7)", manuscript)


def number_repeated(manuscript: Manuscript) -> Iterator[Plant]:
    """A mark and its note have the number of the mark before."""
    notes = _marked(manuscript)
    marks = [mark for mark in manuscript.marks if mark.label in notes and mark.label.isdecimal()]
    for before, mark in pairwise(marks):
        if int(mark.label) == int(before.label) + 1:
            note = notes[mark.label]
            label = f"[^{before.label}]"
            edits = ((mark.start, mark.end, label), (note.start, note.start + len(label), label))
            if len(label) == mark.end - mark.start:
                yield Plant(edits, before.start, mark.end, f"{mark.label} as {before.label}")


def damaged(manuscript: Manuscript) -> Iterator[Plant]:
    """A letter becomes the replacement character."""
    return _at(r"(?<!\w)[a-z]{3}([a-z])[a-z]{3}", "\ufffd", manuscript)


def mojibake(manuscript: Manuscript) -> Iterator[Plant]:
    """An apostrophe is decoded wrongly (UTF-8 read as windows-1252)."""
    return _at(r"(?<=[a-z])([’'])s(?!\w)", "â€™", manuscript)


def _around(manuscript: Manuscript, position: int) -> str:
    return " ".join(manuscript.text[max(0, position - 25) : position + 20].split())


#: Every kind of fault, with the rules that answer for it.
FAULTS: Final = (
    Fault("note-removed", ("NOT001", "DOC005"), note_removed),
    Fault("mark-removed", ("NOT002", "NOT003"), mark_removed),
    Fault("number-left-out", ("NOT003",), number_left_out, _PRINTED),
    Fault("note-cut", ("NOT004",), note_cut),
    Fault("note-to-nowhere", ("NOT005",), note_to_nowhere),
    Fault("note-to-itself", ("NOT006",), note_to_itself),
    Fault("note-without-notes", ("NOT007", "NOT005"), note_without_notes),
    Fault("mark-glued", ("NOT008",), mark_glued),
    Fault("mark-before-stop", ("NOT009",), mark_before_stop),
    Fault("note-emptied", ("NOT010",), note_emptied),
    Fault("number-repeated", ("NOT011", "NOT003"), number_repeated, _NUMBERED),
    Fault("damaged", ("DOC004",), damaged),
    Fault("mojibake", ("DOC011",), mojibake),
    Fault("glued-capital", ("DOC009",), glued_capital),
    Fault("glued-after-stop", ("DOC009",), glued_after_stop),
    Fault("glued-number", ("DOC009",), glued_number),
    Fault("blank-after-hyphen", ("DOC010",), blank_after_hyphen),
    Fault("blank-in-bracket", ("DOC010",), blank_in_bracket),
    Fault("blank-before-stop", ("DOC010",), blank_before_stop),
    Fault("quotation-unclosed", ("DOC012",), quotation_unclosed),
    Fault("quotation-unopened", ("DOC012",), quotation_unopened),
    Fault("bracket-unclosed", ("DOC013",), bracket_unclosed),
    Fault("bracket-unopened", ("DOC013",), bracket_unopened),
)
