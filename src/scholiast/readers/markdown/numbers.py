"""The numbers and the order of notes, as they come out in print.

Programs that print Markdown number the notes by their first call, whatever
their labels are; notes that no one calls are not printed. Authors who number
by hand mean their numbers: they are kept where they run from 1 without a gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from scholiast.readers.markdown.pieces import MARK, Column, NoteText, Tree


@dataclass(slots=True)
class Numbered:
    """The notes in the order of print, the number of each label, who answers to it."""

    order: list[NoteText] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    answers: dict[str, NoteText] = field(default_factory=dict)  # label -> the note it calls


def numbered(tree: Tree, head_calls: Sequence[str] = ()) -> Numbered:
    """Return the notes of a tree in their order, with their numbers.

    Notes without a call stand after the note that is defined before them.
    """
    found = Numbered()
    for note in tree.notes:
        found.answers.setdefault(note.label, note)
    calls = list(dict.fromkeys(_calls(tree, head_calls, found.answers)))
    called = [found.answers[label] for label in calls if label in found.answers]
    found.order = _with_uncalled(called, tree.notes)
    found.numbers = _numbers(calls, found.answers)
    return found


def _calls(tree: Tree, head_calls: Sequence[str], answers: dict[str, NoteText]) -> Iterator[str]:
    """Yield the labels in the order of their calls: the body's, then those inside notes."""
    waiting = [*head_calls, *marks(tree.body)]
    seen: set[str] = set()
    while waiting:
        later: list[str] = []
        for label in waiting:
            yield label
            if label not in seen and label in answers:
                later.extend(marks(answers[label].column))
            seen.add(label)
        waiting = later


def marks(column: Column) -> Iterator[str]:
    """Yield the labels of the note marks in a column."""
    for block in column.blocks:
        for piece in block.pieces:
            if piece.kind == MARK:
                yield piece.label


def _with_uncalled(called: list[NoteText], defined: list[NoteText]) -> list[NoteText]:
    """Return the called notes in order, each followed by the uncalled ones defined after it."""
    known = {id(note) for note in called}
    followers: dict[int, list[NoteText]] = {}
    last = 0
    for note in defined:
        if id(note) in known:
            last = id(note)
        else:
            followers.setdefault(last, []).append(note)
    order = followers.get(0, [])
    for note in called:
        order.append(note)
        order.extend(followers.get(id(note), ()))
    return order


def _numbers(calls: list[str], answers: dict[str, NoteText]) -> dict[str, int]:
    """Return the number of each label; 0 for a note that no one calls."""
    labels = dict.fromkeys([*calls, *answers], 0)
    if _by_hand(calls, list(labels)):
        return {label: int(label) for label in labels}
    count = 0
    for label in labels:
        if _typed(label):
            labels[label] = int(label.split(" ")[0])
    for label in calls:
        if _typed(label):
            continue
        if label in answers or label == str(count + 1):
            count += 1
            labels[label] = count
        elif label.isdecimal():
            labels[label] = int(label)
    return labels


def _typed(label: str) -> bool:
    """Return whether a label is that of a note typed by hand: number, blank, group."""
    return " " in label and not label.startswith("^")


def printed(label: str) -> str:
    """Return a label as an author wrote it; an empty string for one that we made."""
    return "" if " " in label else label


def _by_hand(calls: list[str], labels: list[str]) -> bool:
    """Return whether the labels are numbers that run from 1 in the order of their calls."""
    if not all(label.isdecimal() and label == str(int(label)) for label in labels):
        return False
    numbers = [int(label) for label in calls]
    return numbers == sorted(numbers) and {int(label) for label in labels} == set(
        range(1, len(labels) + 1)
    )
