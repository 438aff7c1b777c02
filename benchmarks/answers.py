"""Notes as they should be read and as they were read, and how the two are compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.reading import Reading
from benchmarks.scoring import Result, Score
from benchmarks.streams import squeezed
from scholiast.model import Node

#: States of a note.
WHOLE, CUT, MISSING = "whole", "cut off", "missing"

#: How many words of a note's beginning count.
FIRST_WORDS = 8

#: Characters (squeezed) by which the end of a note, and the words before a mark, are compared.
_LAST, _BEFORE = 15, 25


@dataclass(frozen=True, slots=True)
class Expected:
    """A note mark as it should be read; words are squeezed, an unknown field is empty."""

    number: int
    before: str | None  # the words before the mark; None for a note that no mark calls
    first: str = ""  # the first words of the note
    last: str = ""  # the end of the note
    section: str = ""
    state: str = WHOLE
    line: int = 0

    @property
    def label(self) -> str:
        """The note in words."""
        return f"{self.section} {self.number}".strip()


@dataclass(frozen=True, slots=True)
class Answer:
    """A note mark as it was read, or a note that has none (``before`` is None)."""

    number: int
    before: str | None
    text: str  # of the note, squeezed; empty without a note
    section: str
    state: str
    line: int


def answers(reading: Reading, section_of: Callable[[Reading, Node], str]) -> tuple[Answer, ...]:
    """Return every note mark of a text with its note, then the notes without a mark.

    ``section_of`` names the section of a callout or note as the right answers do.
    """
    cut = {
        place.start
        for finding in reading.findings
        if finding.code == "NOT004"
        for place in (finding.place, *finding.also)
    }
    found: list[Answer] = []
    called: set[str] = set()
    for callout in reading.index.callouts:
        note = reading.index.node(callout.link) if callout.link else None
        called.add(callout.link)
        found.append(_answer(reading, callout, note, cut, section_of))
    for note in reading.index.notes:
        if note.id not in called:
            found.append(_answer(reading, None, note, cut, section_of))
    return tuple(found)


def _answer(
    reading: Reading,
    callout: Node | None,
    note: Node | None,
    cut: set[int],
    section_of: Callable[[Reading, Node], str],
) -> Answer:
    node = callout or note
    assert node is not None
    state = MISSING
    if note is not None:
        state = CUT if any(note.start <= start <= note.end for start in cut) else WHOLE
    return Answer(
        number=node.number,
        before=reading.before(callout.start) if callout else None,
        text=squeezed(reading.document.text[note.start : note.end]) if note else "",
        section=section_of(reading, node),
        state=state,
        line=reading.line(node),
    )


def first_words(text: str) -> str:
    """Return the first words of a note, squeezed, up to an address (these break over lines)."""
    words = text.split()[:FIRST_WORDS]
    address = next((at for at, word in enumerate(words) if "://" in word), len(words))
    return squeezed(" ".join(words[:address]))


def last_words(text: str) -> str:
    """Return the end of a note, squeezed; nothing where it ends with an address."""
    return "" if "://" in " ".join(text.split()[-2:]) else squeezed(text)[-_LAST:]


def compared(expected: Sequence[Expected], given: Sequence[Answer]) -> Result:
    """Return how the notes read agree with those expected.

    A note is right when number, section, place of the mark, state and first
    words agree. Every answer that is right for no note is a false alarm.
    """
    left = list(given)
    misses: list[str] = []
    right = ends = ended = states = 0
    for one in expected:
        candidates = [a for a in left if _stands(one, a)]
        answer = next((a for a in candidates if not _reasons(one, a)), None)
        answer = answer or (candidates[0] if candidates else None)
        if answer is None:
            there = "no such note" if one.before is None else f"no mark there (…{one.before[-20:]})"
            misses.append(f"note {one.label}: {there}")
            continue
        left.remove(answer)
        states += answer.state == one.state
        reasons = _reasons(one, answer)
        right += not reasons
        if reasons:
            misses.append(f"note {one.label}: {'; '.join(reasons)}")
        if one.state == WHOLE and one.last:
            ended += 1
            whole = answer.text.endswith(one.last)
            ends += whole
            if not whole and not reasons:
                misses.append(f"note {one.label} (right, but ends …{answer.text[-20:]})")
    for answer in left:
        where = "a note without a mark" if answer.before is None else f"…{answer.before[-20:]}"
        misses.append(f"false: {answer.section} {answer.number} (line {answer.line}, {where})")
    details = {"right": right, "answers": len(given), "states": states}
    if ended:
        details |= {"whole_to_the_end": ends, "whole": ended}
    return Result(Score(len(expected), right, len(given)), details, tuple(misses))


def _stands(one: Expected, answer: Answer) -> bool:
    """Return whether a mark stands where it should: after these words, about on this line.

    A note without a mark is known by its first words: Word gives it no number.
    """
    if answer.before is None or one.before is None:
        return answer.before is one.before and answer.text.startswith(one.first)
    if answer.number != one.number or not answer.before.endswith(one.before[-_BEFORE:]):
        return False
    return not (one.line and answer.line) or abs(one.line - answer.line) <= 1


def _reasons(one: Expected, answer: Answer) -> list[str]:
    """Return in words what is wrong with an answer that stands at the right place."""
    reasons = []
    if one.section and answer.section != one.section:
        reasons.append(f"section {answer.section!r}")
    if answer.state != one.state:
        reasons.append(f"{answer.state} instead of {one.state}")
    if one.state != MISSING and not answer.text.startswith(one.first):
        reasons.append(f"begins {answer.text[:30]!r} instead of {one.first[:30]!r}")
    return reasons
