"""Brackets that are opened and not closed, or closed and not opened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from scholiast.case import Annotated
from scholiast.model import Certainty
from scholiast.rule import Hit, Rule, Span, rule
from scholiast.rules.blocks import Block, Flaw, Judged, is_row, settled, zones
from scholiast.rules.endings import surely_broken
from scholiast.rules.wording import quoted, words_after, words_before

_BRACKET: Final = re.compile(r"[()\[\]{}（）［］｛｝【】〔〕〖〗]")
#: Half- and full-width brackets of one sort close one another: Chinese texts mix them.
_SORTS: Final = {
    **dict.fromkeys("()（）", "()"),
    **dict.fromkeys("[]［］", "[]"),
    **dict.fromkeys("{}｛｝", "{}"),
    **dict.fromkeys("【】", "【】"),
    **dict.fromkeys("〔〕", "〔〕"),
    **dict.fromkeys("〖〗", "〖〗"),
}
_OPENS: Final = frozenset("([{（［｛【〔〖")
#: Marks between which a bracket is itself what is spoken of: “(”.
_AROUND_SIGN: Final = frozenset(("“”", "„“", "„”", "‘’", "‚‘", "‚’", '""', "''", "»«", "«»"))
#: What stands before the bracket of an enumeration: "1)", "iv)", "а)", "2a)".
_ENUMERATOR: Final = re.compile(
    r"(?:^|[\s;:,.—–，；：。、])(1?\d[a-z]?|20|[^\W\d_]|([a-z])\2|[ivx]{1,5}|[IVX]{1,5})[°º]? ?$"
)
#: A block that begins as an item: "5–6) As regards".
_FIRST_ITEM: Final = re.compile(r"\s*\d{1,2}(?:\s?[-–]\s?\d{1,2})?[a-z]?")
#: What stands before the number of a note or a page: there the bracket is a common one.
_COUNTED: Final = re.compile(
    r"(?:\d|[№§]|\b(?:n|nn|fn|p|pp|vol|no|[Nn]otes?|[Pp]ages?|S|Anm|Bd|с|т|п|д|л|ч|прим|сноска)\.?)[\s–—,-]+\S{1,3}$"
)
_SMILE: Final = re.compile(r"(?:^|\s)[:;=][-^o']?$")
_INTERVAL: Final = re.compile(r"[-+−]?[\w.∞]{0,8}\s*[,;–]\s*[-+−]?[\w.∞]{0,8}$")
#: A paragraph with more brackets that do not match is no prose.
PROSE: Final = 200
_FORMULA: Final = re.compile(r"[=<>\\^_|{}]")
#: Signs of a formula or of program text in one block above which a bracket proves little.
FORMULA_SIGNS: Final = 4
#: How many open brackets down a closing one looks for its partner.
DEEPEST: Final = 20
#: So many flaws, and this share of all brackets, and the text's brackets are no guide.
UNRULY: Final = 12
UNRULY_SHARE: Final = 0.08


@dataclass(slots=True)
class _Pairing:
    """The state of pairing the brackets of one block."""

    open: list[tuple[str, int]] = field(default_factory=list)
    loose: list[tuple[str, int]] = field(default_factory=list)  # closed by an enumerator only
    flaws: list[Flaw] = field(default_factory=list)
    first: dict[str, int] = field(default_factory=dict)
    count: int = 0


def judge_block(text: str, block: Block) -> tuple[Judged, int]:
    """Return the flaws of a block's brackets and the number of its brackets."""
    state = _Pairing()
    for match in _BRACKET.finditer(text, block.start, block.end):
        at, character = match.start(), match.group()
        if is_named(text, at):
            continue
        sort = _SORTS[character]
        if character in _OPENS:
            state.open.append((sort, at))
        elif _close(state, text, block, sort, at):
            continue
        state.count += 1
        state.first.setdefault(sort, at)
    state.flaws.extend(Flaw(at, True, sort) for sort, at in state.open)
    state.flaws.sort(key=lambda flaw: flaw.position)
    return Judged(block, state.flaws, state.first), state.count


def is_named(text: str, at: int) -> bool:
    """Return whether a bracket is itself what is spoken of: “(”, « [ »."""
    if text[max(0, at - 1) : at] + text[at + 1 : at + 2] in _AROUND_SIGN:
        return True
    spaced = text[max(0, at - 2) : at + 3].split(text[at])
    return len(spaced) == 2 and spaced[0].strip() == "«" and spaced[1].strip() == "»"


def _close(state: _Pairing, text: str, block: Block, sort: str, at: int) -> bool:
    """Pair a closing bracket; return whether it is no bracket at all (a smile, a lone "1)")."""
    before = text[max(block.start, at - 16) : at]
    if sort == "()" and _SMILE.search(before):
        return True
    top = state.open[-1][0] if state.open else ""
    if top and top != sort and _is_interval(text, state.open[-1][1], at):
        state.open.pop()
        return False
    first = _FIRST_ITEM.fullmatch(text, block.start, at)
    if sort == "()" and (first or (_ENUMERATOR.search(before) and not _COUNTED.search(before))):
        if top != sort:
            return True
        state.loose.append(state.open.pop())
        return False
    if top == sort:
        state.open.pop()
    elif sort in (kind for kind, _ in state.open[-DEEPEST:]):
        while state.open[-1][0] != sort:
            kind, position = state.open.pop()
            state.flaws.append(Flaw(position, True, kind))
        state.open.pop()
    elif sort == "()" and state.loose:
        state.loose.pop()  # the enumerator's bracket was its own: the open one closes here
    else:
        state.flaws.append(Flaw(at, False, sort))
    return False


def _is_interval(text: str, start: int, end: int) -> bool:
    """Return whether brackets of two sorts hold a half-open interval, "[0, 1)"."""
    return end - start < 24 and _INTERVAL.match(text[start + 1 : end]) is not None


@rule(
    "DOC013",
    since="0.1",
    bad=[
        "The envoy ⟦(who had left Brno⟧ the week before was not asked.\n",
        "The points ⟦raised in her review)⟧ are distinct.\n",
        "He cites it.[^1]\n\n[^1]: Halloran, *Treaty*, 31 with a remark ⟦on 52, note 7.)⟧\n",
        "Договор ⟦(подписанный в Вене вступил⟧ в силу не сразу.\n",
        "条约⟦（一九二三年签订于维也纳⟧并未立即生效。\n",
        "Er nannte es ⟦[gemeint ist der Vertrag⟧ einen Irrtum.\n",
    ],
    good=[
        "The envoy (who had left Brno) was not asked.\n",
        "Two things matter: 1) the treaty, 2) the reply, and c) the silence that followed.\n",
        "It rests on several sources (such as a) the minutes and b) the diary).\n",
        "The (non)payment of the (re)insured sum [sic] was (on [his] view) “final (or so).”\n",
        "This is true of every value in [0, 1) and in (2; 3], and we smiled ;-)\n",
        "(The first paragraph of an aside begins here.\n\nIt ends only in the second.)\n",
        "Это касается: а) договора, б) ответа (в том числе устного).\n",
        "第一，（甲)条约；第二，1）答复。\n",
    ],
)
def unbalanced_bracket(text: Annotated) -> Iterator[Hit]:
    """Every bracket that is opened must be closed, and none closed that was not opened.

    ## Why it matters

    A lost bracket leaves the reader in doubt where an aside ends; in a note it often means that
    words are lost with it.

    ## What it checks

    Round, square and curly brackets, half and full width, and the lenticular ones of Chinese
    print, in each paragraph and in each note by itself. Brackets may stand inside one another. An
    aside may run over as many as three paragraphs. An open bracket is shown with the words after
    it, a stray closing one with the words before it. Not counted: enumerations such as “1)” and
    “a)”, half-open intervals, smiles. In rows of tables, in formulas and beside a bracket of
    another sort the finding is “likely”. The open bracket of a note that breaks off is left to
    NOT004.

    ## Known gaps

    Where one bracket of a pair is lost and another, elsewhere in the same paragraph, is one too
    many, the two may be taken for a pair. Angle brackets are not looked at.
    """
    found: list[tuple[Block, Flaw]] = []
    count = 0
    for zone in zones(text.document):
        judged = []
        for block in zone:
            one, brackets = judge_block(text.text, block)
            count += brackets
            judged.append(one)
        found.extend(settled(text.text, judged))
    unruly = len(found) > UNRULY and len(found) > UNRULY_SHARE * count
    for block, flaws in _by_block(found):
        yield from _hits(text, block, flaws, unruly=unruly)


def _by_block(found: Sequence[tuple[Block, Flaw]]) -> Iterator[tuple[Block, list[Flaw]]]:
    """Yield each block with its flaws."""
    grouped: dict[int, tuple[Block, list[Flaw]]] = {}
    for block, flaw in found:
        grouped.setdefault(block.start, (block, []))[1].append(flaw)
    yield from grouped.values()


def _hits(text: Annotated, block: Block, flaws: list[Flaw], *, unruly: bool) -> Iterator[Hit]:
    """Yield the hits of one block; an open and a closing flaw of two sorts are one."""
    if len(flaws) > PROSE:
        return
    broken = block.note is not None and surely_broken(text.text, block.note)
    formula = len(_FORMULA.findall(text.text, block.start, block.end)) >= FORMULA_SIGNS
    doubtful = unruly or formula or is_row(text.text, block)
    at = 0
    while at < len(flaws):
        flaw = flaws[at]
        after = flaws[at + 1] if at + 1 < len(flaws) else None
        at += 1
        if flaw.opens and broken:
            continue
        if flaw.opens and after is not None and not after.opens and after.sort != flaw.sort:
            at += 1
            yield _mismatch(text, block, flaw, after)
            continue
        likely = Certainty.LIKELY if doubtful or flaw.sort == "{}" else None
        yield _opened(text, block, flaw, likely) if flaw.opens else _closed(text, flaw, likely)


def _opened(text: Annotated, block: Block, flaw: Flaw, certainty: Certainty | None) -> Hit:
    _, end = words_after(text.text, flaw.position, limit=block.end)
    words = quoted(text.text[flaw.position : end])
    return Hit(
        flaw.position,
        end,
        f"The bracket that opens at {words} is never closed.",
        "Where should this bracket be closed?",
        certainty=certainty,
    )


def _closed(text: Annotated, flaw: Flaw, certainty: Certainty | None) -> Hit:
    start, _ = words_before(text.text, flaw.position + 1)
    words = quoted(text.text[start : flaw.position + 1])
    return Hit(
        start,
        flaw.position + 1,
        f"The bracket that closes at {words} was never opened.",
        "Where should this bracket be opened, or should it go?",
        certainty=certainty,
    )


def _mismatch(text: Annotated, block: Block, opening: Flaw, closing: Flaw) -> Hit:
    _, end = words_after(text.text, opening.position, limit=block.end)
    start, _ = words_before(text.text, closing.position + 1)
    return Hit(
        opening.position,
        end,
        f"“{text.text[opening.position]}” is opened at {quoted(text.text[opening.position : end])} "
        f"but “{text.text[closing.position]}” closes.",
        "Which of the two brackets is meant?",
        also=(Span(start, closing.position + 1),),
        certainty=Certainty.LIKELY,
    )


RULES: Final[tuple[Rule, ...]] = (unbalanced_bracket,)
