"""Where a note mark stands: touching the next word, or on the wrong side of the punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scholiast.case import Annotated
from scholiast.model import Certainty, Node, Segment
from scholiast.rule import Hit, Rule, Sample, rule
from scholiast.rules.wording import quoted, words_after, words_before

#: Punctuation beside which a text has a habit; dashes and brackets are left out.
_STOPS: Final = frozenset(".,;:!?。，；：！？")
_CLOSERS: Final = frozenset("”’\"'»›」』》)]）］")
#: So many marks beside punctuation, and this share of them on one side, make a habit.
HABIT_MARKS: Final = 6
HABIT_SHARE: Final = 0.8
_SPACED_LETTER: Final = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u052f0-9]")

_GLUED = """The treaty of Brno was signed in spring, and its first readers were few.1 They lived in
two towns and read it in silence.2There was nobody who answered them, for silence was the rule.3

___________
1 Ada Halloran, The Quiet Treaty (Brno: Three Lanterns Press, 1999), 12.
2 Ibid., 13.
3 Ibid., 14.
"""


@rule(
    "NOT008",
    since="0.1",
    bad=[
        "They read it in ⟦silence.[^1]There⟧ was nobody.\n\n[^1]: Halloran, 3.\n",
        "Его читали ⟦молча.[^1]Никто⟧ не ответил.\n\n[^1]: Петров, 3.\n",
        Sample("review.txt", _GLUED.replace("silence.2There", "⟦silence.2There⟧")),
    ],
    good=[
        "They read it in silence.[^1] There—as we know[^2]—was nobody.\n\n[^1]: A.\n[^2]: B.\n",
        "他们默默地读条约，[^1]没有人回答。北约[^2]NATO也没有。\n\n[^1]: 甲。\n[^2]: 乙。\n",
        Sample("review.txt", _GLUED.replace("2There", "2 There")),
    ],
)
def glued_note_mark(text: Annotated) -> Iterator[Hit]:
    """A note mark does not touch the word after it.

    ## Why it matters

    A blank is lost, and in print the mark seems to belong to the next word.

    ## What it checks

    Whether a letter or digit follows a note mark without a blank. Chinese and Japanese, which
    write without blanks, are left alone.

    ## Known gaps

    In a text extracted from pages only marks that were recognised are looked at.
    """
    inserted = {s.start for s in text.document.segments if s.repair == "blank-inserted"}
    marks = {s.start: s for s in text.document.segments if s.role == "mark"}
    for callout in text.document.of_kind("callout"):
        hit = _glued(text, callout, marks.get(callout.start), mended=callout.start in inserted)
        if hit is not None:
            yield hit


def _glued(text: Annotated, callout: Node, mark: Segment | None, *, mended: bool) -> Hit | None:
    """Return the hit of a mark that touches the word after it, or None."""
    at = callout.start
    words = text.text
    following = at + mended
    first, _ = words_before(words, at, 1)
    if following >= len(words) or not _SPACED_LETTER.match(words[following]):
        return None
    if first == at or (not mended and not _touches(words, at)):
        return None
    _, end = words_after(words, following, 1)
    while end > following + 1 and not words[end - 1].isalnum():
        end -= 1
    shown = words[first:at] + (mark.original if mark else callout.label) + words[following:end]
    return Hit(
        first,
        end,
        f"The mark of note {callout.label} touches the next word: {quoted(shown)}.",
        "Is a blank missing after the mark?",
        quote=shown,
    )


def _touches(words: str, at: int) -> bool:
    """Return whether a word goes on right behind a mark that stands behind a word."""
    return at > 0 and words[at - 1] not in "\n\t" and ord(words[at - 1]) < 0x2E80


_HABIT = "".join(f"Sentence {word} ends here.[^{n}] " for n, word in enumerate("abcdefg", start=1))
_NOTES = "".join(f"[^{n}]: Halloran, {n}.\n" for n in range(1, 10))
_OBYCHAY = "".join(
    f"Вот {word} и вот его конец[^{n}]. " for n, word in enumerate("абвгдеж", start=1)
)


@rule(
    "NOT009",
    since="0.1",
    certainty=Certainty.STYLE,
    bad=[
        f"{_HABIT}This one is ⟦not like the others.⟧[^8] This is.[^9]\n\n{_NOTES}".replace(
            "others.⟧[^8]", "others⟧[^8]."
        ),
        f"{_OBYCHAY}А этот ⟦случай не такой, вот.⟧[^8] Да[^9].\n\n{_NOTES}",
    ],
    good=[
        f"{_HABIT}This one[^8] stands in its sentence, (and this too).[^9]\n\n{_NOTES}",
        f"{_OBYCHAY}А этот такой же[^8]. Да[^9].\n\n{_NOTES}",
        "One here[^1]. And one here.[^2]\n\n[^1]: A.\n[^2]: B.\n",
    ],
)
def misplaced_note_mark(text: Annotated) -> Iterator[Hit]:
    """Note marks stand on one side of the punctuation throughout a text.

    ## Why it matters

    English puts the mark after the full stop, Russian and French before it. Either is right; both
    in one text look like a slip.

    ## What it checks

    The marks that stand beside a full stop, a comma or the like. Where at least six do, and four
    in five of them on one side, those on the other are shown.

    ## Known gaps

    German puts the mark before the full stop where it belongs to the last word alone: there the
    finding may be wrong. Marks beside dashes and brackets are not counted.
    """
    sides = [
        (callout, _side(text.text, callout.start)) for callout in text.document.of_kind("callout")
    ]
    beside = [(callout, side) for callout, side in sides if side]
    if len(beside) < HABIT_MARKS:
        return
    after = sum(side == "after" for _, side in beside)
    share = after / len(beside)
    if max(share, 1 - share) < HABIT_SHARE:
        return
    habit = "after" if share > 0.5 else "before"
    for callout, side in beside:
        if side == habit:
            continue
        start, end = words_before(text.text, callout.start)
        yield Hit(
            start,
            end,
            f"The mark of note {callout.label} stands {side} the punctuation at "
            f"{quoted(text.text[start:end])}; in this text marks stand {habit} it.",
            f"Should the mark stand {habit} the punctuation?",
        )


def _side(words: str, at: int) -> str:
    """Return on which side of the punctuation a mark stands, or nothing where there is none."""
    left = at
    while left and words[left - 1] in _CLOSERS:
        left -= 1
    before = left > 0 and words[left - 1] in _STOPS
    right = at
    while right < len(words) and words[right] in _CLOSERS:
        right += 1
    after = right < len(words) and words[right] in _STOPS
    if before == after:
        return ""
    return "after" if before else "before"


RULES: Final[tuple[Rule, ...]] = (glued_note_mark, misplaced_note_mark)
