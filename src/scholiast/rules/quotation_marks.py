"""Quotation marks that are opened and not closed, or closed and not opened."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from scholiast.case import Annotated
from scholiast.model import Certainty
from scholiast.rule import Hit, Rule, rule
from scholiast.rules.blocks import Block, Flaw, Judged, Zone, is_row, settled, zones
from scholiast.rules.endings import surely_broken
from scholiast.rules.quotation_pairs import (
    SINGLE,
    Habit,
    Pair,
    chained,
    habit_of,
    pair_block,
    title_marks,
)
from scholiast.rules.wording import quoted, words_after, words_before

#: So many flaws, and this share of all marks, and the text's marks are no guide.
UNRULY: Final = 12
UNRULY_SHARE: Final = 0.08


@rule(
    "DOC012",
    since="0.1",
    bad=[
        "She spoke of a ⟦“quiet peace in the⟧ north, and nobody answered.\n",
        "It was “quiet in the north,” she wrote, ⟦and then he left”⟧ at once.\n",
        "An essay.[^1]\n\n[^1]: Ada Halloran, ⟦‘The Quiet Treaty of⟧ Brno, *Peace* 3 (1999), 4.\n",
        "Er sprach von einem ⟦„stillen Frieden im Norden⟧ und schwieg.\n",
        "Она назвала это ⟦«тихим миром на севере,⟧ но никто не ответил.\n",
        "他在⟦“北方的和平中指出，谈判⟧没有结果。\n",
        "参见⟦《勃尔诺条约史，第三章，⟧一九三〇年版。\n",
        'He called it ⟦"a quiet peace and⟧ left the room.\n',
    ],
    good=[
        "“Quiet,” she said, “was the Russians’ path.” Rech’ and ’tis and rock ’n’ roll.\n",
        "The ‘quiet’ treaty’s end, the ‘Russians’ path’ and the 1920s’ hopes: “all ‘quiet.’”\n",
        "“This quotation has two paragraphs.\n\n“Only the second one is closed.”\n",
        'A board of 5’ by 12” was found, and another of 6" by 4".\n',
        "Er sagte: „Das ist ein ‚stiller‘ Friede“, und ging. In »Frieden und Krieg« steht mehr.\n",
        "Он писал: «Журнал „Мир“ закрыт».\n",
        "Завод «Красный «Октябрь» стоял. Завод работал.\n",
        "Elle parle d’une « paix tranquille » au nord.\n",
        "他说：“谈判‘没有’结果。”《和平（〈战争〉篇）》『终』。\n",
        'He said "no" and ("perhaps") and left, "as usual."\n',
        "The ‘ulama and ‘Abd al-Karim spoke; ‘tis the spirit of the ‘60s.\n",
    ],
)
def unclosed_quotation_mark(text: Annotated) -> Iterator[Hit]:
    """Every quotation mark that opens must be closed, and none closed that was not opened.

    ## Why it matters

    Where a quotation ends decides whose words they are. An open mark gives the author's words to
    the source, or the source's to the author.

    ## What it checks

    Each paragraph and each note by itself, each family of marks by itself: “…”, ‘…’, „…“, ‚…‘,
    «…», »…«, ‹…›, 「…」, 『…』, 《…》 and straight marks. A quotation of several paragraphs
    may open anew in each and close in the last, or run over as many as three. An open mark is
    shown with the words after it, a stray closing one with the words before it. A single closing
    mark cannot be told from an apostrophe (the Russians’ path, Rech’): each that ends a word may
    close, and none is called stray. Inches, minutes, ’tis, the ’60s and the ʿayn of Arabic names
    are left alone. In Russian, two quotations that end together may share one closing mark. The
    open mark of a note that breaks off is left to NOT004.

    ## Known gaps

    Straight single marks are not looked at. Where an inner quotation of the same marks is opened
    and only one is closed, the outer mark is shown. An open single mark is missed when an
    apostrophe at the end of a word follows it.
    """
    habit = habit_of(text.text)
    found: list[tuple[Block, Flaw]] = []
    count = 0
    for zone in zones(text.document):
        judged, pairs = _judged(text.text, zone, habit)
        count += sum(len(held) for held in pairs)
        found.extend(settled(text.text, judged))
    unruly = len(found) > UNRULY and len(found) > UNRULY_SHARE * count
    for block, flaw in found:
        if flaw.opens and block.note is not None and surely_broken(text.text, block.note):
            continue
        doubtful = unruly or flaw.doubtful or is_row(text.text, block)
        certainty = Certainty.LIKELY if doubtful else None
        yield (
            _opened(text, block, flaw, certainty) if flaw.opens else _closed(text, flaw, certainty)
        )


def _judged(text: str, zone: Zone, habit: Habit) -> tuple[list[Judged], list[list[Pair]]]:
    """Return the flaws and pairs of each block of a zone, running quotations taken out."""
    paired = [pair_block(text, block, habit) for block in zone]
    judged = [one for one, _ in paired]
    pairs = [held for _, held in paired]
    for at, position in list(chained(judged, pairs, text)):
        judged[at].flaws = [flaw for flaw in judged[at].flaws if flaw.position != position]
    _spread_single(text, judged)
    return judged, pairs


def _spread_single(text: str, judged: list[Judged]) -> None:
    """Take out open single marks that the first single mark of the next block may close."""
    for one, following in pairwise(judged):
        flaws = [flaw for flaw in one.flaws if flaw.sort == SINGLE]
        at = following.first.get(SINGLE, -1)
        if flaws and at >= 0 and text[at] == "’":
            one.flaws = [flaw for flaw in one.flaws if flaw is not flaws[-1]]


def matched(text: Annotated) -> tuple[Pair, ...]:
    """Return the pairs of quotation marks of a text, block by block."""
    return _matched(text.text, zones(text.document))


@lru_cache(maxsize=1)
def _matched(text: str, every: tuple[Zone, ...]) -> tuple[Pair, ...]:
    habit = habit_of(text)
    return tuple(
        pair for zone in every for block in zone for pair in pair_block(text, block, habit)[1]
    )


def _name(mark: str) -> str:
    return "title mark" if mark in title_marks() else "quotation mark"


def _opened(text: Annotated, block: Block, flaw: Flaw, certainty: Certainty | None) -> Hit:
    _, end = words_after(text.text, flaw.position, limit=block.end)
    words = " ".join(text.text[flaw.position : end].split())
    return Hit(
        flaw.position,
        end,
        f"The {_name(words[0])} before {quoted(words[1:])} is never closed.",
        "Where does the title end?"
        if words[0] in title_marks()
        else "Where does the quotation end?",
        certainty=certainty,
    )


def _closed(text: Annotated, flaw: Flaw, certainty: Certainty | None) -> Hit:
    start, _ = words_before(text.text, flaw.position + 1)
    mark = text.text[flaw.position]
    words = quoted(text.text[start : flaw.position])
    return Hit(
        start,
        flaw.position + 1,
        f"The {_name(mark)} after {words} closes what was never opened.",
        "Where does the title begin?"
        if mark in title_marks()
        else "Where does the quotation begin?",
        certainty=certainty,
    )


RULES: Final[tuple[Rule, ...]] = (unclosed_quotation_mark,)
