"""Pairs the quotation marks of a text, each family of marks by itself.

Which way a mark points is told by the mark where it can be (“ ” 《 》), by
its neighbours where they leave no doubt (a mark after a blank opens), and by
the text's own habit where a mark serves two systems (“ opens in English and
closes in German, » closes in Russian and opens in many German books).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from scholiast.data import table
from scholiast.rules.blocks import Block, Flaw, Judged, is_hard_sign
from scholiast.rules.wording import is_wide

#: The families: curly double, straight double, curly single, and the pairs of the table.
DOUBLE: Final = "“”"
STRAIGHT: Final = '"'
SINGLE: Final = "‘’"

_OPENING: Final = frozenset("([{（［｛【〔—–-―‐/„“‘‚«»‹›「『《\"'¿¡=|…：，。；、！？\u200b")
_CLOSING: Final = frozenset(".,;:!?…)]}）］｝】〕—–-―‐/”’»«›‹」』》\"'“‘。，；：！？、|*")
_MARKS: Final = re.compile(r"[“”„‟〝〞‘’‚‛\"«»‹›「」『』《》〈〉＂]")
_LETTER: Final = re.compile(r"[^\W\d_]")
_CYRILLIC: Final = re.compile("[\u0400-\u052f]")


@dataclass(frozen=True, slots=True)
class Habit:
    """How a whole text uses the marks that serve two systems."""

    low_opens: bool  # „…“ is in use: “ may close
    high_closes: bool  # ... and mostly does
    same_mark: bool  # ”…”, as in Swedish and Finnish
    reversed_angles: bool  # »…«
    same_angles: bool  # »…»
    doubled_closing: bool  # «… «…»»: each of two quotations that end together is closed
    ayn: bool  # ‘ inside words: a letter of Arabic or an aspirate, not a mark


@dataclass(slots=True)
class _State:
    """The marks of one family that are open in a block."""

    open: list[tuple[str, int, bool]] = field(default_factory=list)  # mark, place, doubtful


@dataclass(frozen=True, slots=True)
class Pair:
    """An opening mark and the one that closes it."""

    sort: str
    start: int
    end: int


def before(text: str, at: int, block: Block) -> str:
    """Return the character before a place in a block; a blank at its start."""
    return text[at - 1] if at > block.start else " "


def after(text: str, at: int, block: Block) -> str:
    """Return the character after a place in a block; a blank at its end."""
    return text[at + 1] if at + 1 < block.end else " "


def looks_opening(text: str, at: int, block: Block) -> bool:
    """Return whether the neighbours of a mark are those of one that opens."""
    left, right = before(text, at, block), after(text, at, block)
    if right.isspace() or not (left.isspace() or left in _OPENING):
        return False
    if left in "([{（［":
        return True
    if right in (",;)]}" if left.isspace() else ",;:)]}"):
        return False
    return left.isspace() or right not in ".!?" or text[at + 2 : at + 3] in ".!?"


def looks_closing(text: str, at: int, block: Block) -> bool:
    """Return whether the neighbours of a mark are those of one that closes."""
    left, right = before(text, at, block), after(text, at, block)
    return not left.isspace() and (right.isspace() or right in _CLOSING) and left not in "：（【"


#: A paragraph with more marks that do not match is no prose.
PROSE: Final = 200
#: Angles that stand as in »…«, and as in «…» or « … ».
_REVERSED: Final = re.compile(
    r"(?:(?<=[\s(\[„‚])|^)»(?=[^\W_]|[„‚…])|(?<=[^\W_.,!?…)])«(?=[\s.,;:!?)]|$)"
)
_FORWARD: Final = re.compile(r"(?:(?<=[\s(\[„‚’'])|^)«|(?<=[^\W_.,!?…)])»(?=[\s.,;:!?)]|$)")


def habit_of(text: str) -> Habit:
    """Return how a text uses the marks that serve two systems."""
    whole = Block(0, len(text))
    low, high, right = text.count("„"), text.count("“"), text.count("”")
    closing = opening = 0
    if low and high:
        for match in re.finditer("“", text):
            opens = looks_opening(text, match.start(), whole)
            closes = looks_closing(text, match.start(), whole)
            opening += opens and not closes
            closing += closes and not opens
    same = right >= 4 and (low + high) * 10 < right
    return Habit(
        low_opens=low > 0,
        high_closes=closing > opening,
        same_mark=same and len(re.findall(r"(?:^|[\s(])”(?=[^\W_])", text)) * 4 > right,
        reversed_angles="»" in text and len(_REVERSED.findall(text)) > len(_FORWARD.findall(text)),
        same_angles=text.count("»") >= 4 and text.count("«") * 10 < text.count("»"),
        doubled_closing="»»" in text or "» »" in text,
        ayn=len(re.findall(r"[^\W\d_]‘[^\W\d_]", text)) > 1,
    )


@cache
def fixed_pairs() -> tuple[tuple[str, str], ...]:
    """Return the pairs that always point the same way."""
    return tuple((pair["open"], pair["close"]) for pair in table("quotation_marks")["pairs"])


@cache
def title_marks() -> frozenset[str]:
    """Return the marks that set off titles rather than quotations."""
    return frozenset(
        mark
        for pair in table("quotation_marks")["pairs"]
        for mark in (pair["open"], pair["close"])
        if pair["name"] == "title mark"
    )


def pair_block(text: str, block: Block, habit: Habit) -> tuple[Judged, list[Pair]]:
    """Return the flaws and the pairs of the quotation marks of a block."""
    marks = [(m.group(), m.start()) for m in _MARKS.finditer(text, block.start, block.end)]
    flaws: list[Flaw] = []
    pairs: list[Pair] = []
    first: dict[str, int] = {}
    if not marks:
        return Judged(block, flaws, first), pairs
    present = {mark for mark, _ in marks}
    if present & set("“”„‟〝〞"):
        _double(text, block, habit, marks, flaws, pairs, first)
    if '"' in present:
        _straight(text, block, marks, flaws, pairs, first)
    if present & set("‘‚"):
        doubles = sorted((p for p in pairs if p.sort == DOUBLE), key=lambda pair: pair.start)
        _single(text, block, habit, marks, flaws, first, doubles)
    for opener, closer in fixed_pairs():
        if {opener, closer} & present:
            _fixed(text, opener, closer, habit, marks, flaws, pairs, first)
    if len(flaws) > PROSE:
        flaws.clear()
    flaws.sort(key=lambda flaw: flaw.position)
    return Judged(block, flaws, first), pairs


def _double(
    text: str,
    block: Block,
    habit: Habit,
    marks: list[tuple[str, int]],
    flaws: list[Flaw],
    pairs: list[Pair],
    first: dict[str, int],
) -> None:
    """Pair “ ” „ with one another."""
    state = _State()
    for mark, at in marks:
        if mark not in "“”„‟〝〞" or (mark == "”" and is_hard_sign(text, at)):
            continue
        opening, closing = looks_opening(text, at, block), looks_closing(text, at, block)
        wide = is_wide(before(text, at, block)) or is_wide(after(text, at, block))
        turn = _turn_of_double(mark, state, habit, opening=opening, closing=closing, wide=wide)
        if turn == "ignore" or (turn == "stray" and _inches(text, at, block)):
            continue
        first.setdefault(DOUBLE, at)
        if turn == "open":
            state.open.append((mark, at, False))
        elif turn == "close":
            _, start, _ = state.open.pop()
            pairs.append(Pair(DOUBLE, start, at))
        else:
            flaws.append(Flaw(at, False, DOUBLE, doubtful=mark == "“" and not habit.high_closes))
    flaws.extend(Flaw(at, True, DOUBLE, doubtful) for _, at, doubtful in state.open)


def _turn_of_double(
    mark: str, state: _State, habit: Habit, *, opening: bool, closing: bool, wide: bool
) -> str:
    """Return what a curly double mark does: open, close, or stray."""
    top = state.open[-1][0] if state.open else ""
    if mark in "„‟〝":
        return "open"
    if mark == "“":
        if top == "„" and not (opening and not closing):
            return "close"
        if closing and not opening and not wide:
            if top:
                return "close"  # the wrong mark, but a quotation ends here
            return "stray" if habit.low_opens else "ignore"
        return "open"
    if top and not (habit.same_mark and opening and not closing):
        return "close"
    if habit.same_mark:
        return "open" if opening or not closing else "stray"
    return "stray"


def _inches(text: str, at: int, block: Block) -> bool:
    """Return whether a mark behind a number may mean inches, seconds or minutes."""
    return before(text, at, block) in "0123456789½¼¾′’'"


def _straight(
    text: str,
    block: Block,
    marks: list[tuple[str, int]],
    flaws: list[Flaw],
    pairs: list[Pair],
    first: dict[str, int],
) -> None:
    """Pair straight double marks by their neighbours; by turns where those do not tell."""
    state = _State()
    for mark, at in marks:
        if mark != '"':
            continue
        opening, closing = looks_opening(text, at, block), looks_closing(text, at, block)
        doubtful = opening == closing
        if doubtful:
            opening = not state.open
        if not opening and not state.open and _inches(text, at, block):
            continue
        first.setdefault(STRAIGHT, at)
        if opening:
            state.open.append((mark, at, doubtful))
        elif state.open:
            _, start, unsure = state.open.pop()
            pairs.append(Pair(STRAIGHT, start, at))
            if doubtful or unsure:
                state.open = [(m, place, True) for m, place, _ in state.open]
        else:
            flaws.append(Flaw(at, False, STRAIGHT, doubtful))
    flaws.extend(Flaw(at, True, STRAIGHT, doubtful) for _, at, doubtful in state.open)


def _single(
    text: str,
    block: Block,
    habit: Habit,
    marks: list[tuple[str, int]],
    flaws: list[Flaw],
    first: dict[str, int],
    doubles: Sequence[Pair],
) -> None:
    """Find the single marks that open and that nothing after them can close.

    A closing single mark cannot be told from an apostrophe, so every one that
    ends a word may close what is open, and none is ever stray. What opens
    inside a double quotation must close inside it.
    """
    opened, limit = -1, 0
    for mark, at in marks:
        if opened >= 0 and at > limit:
            flaws.append(Flaw(opened, True, SINGLE, doubtful=habit.ayn))
            opened = -1
        if mark not in "‘’‚‛":
            continue
        low = opened >= 0 and text[opened] == "‚"
        if mark == "’" or (mark == "‘" and low and not before(text, at, block).isspace()):
            if not _is_plain_letter(after(text, at, block)) or (mark == "‘" and low):
                first.setdefault(SINGLE, at)
                opened = -1
        elif _opens_single(text, at, block, habit):
            if opened >= 0:
                flaws.append(Flaw(opened, True, SINGLE, doubtful=habit.ayn))
            first.setdefault(SINGLE, at)
            opened = at
            limit = _end_around(doubles, at, block)
    if opened >= 0:
        flaws.append(Flaw(opened, True, SINGLE, doubtful=habit.ayn))


def _end_around(doubles: Sequence[Pair], at: int, block: Block) -> int:
    """Return the end of the innermost double quotation around a place, or of the block."""
    later = bisect_right(doubles, at, key=lambda pair: pair.start)
    near = (pair.end for pair in doubles[max(0, later - 4) : later] if pair.end > at)
    return min(near, default=block.end)


def _is_plain_letter(character: str) -> bool:
    """Return whether a character is a letter of a script in which words are divided by blanks."""
    return bool(_LETTER.match(character)) and not is_wide(character)


@cache
def _apostrophe_words() -> frozenset[str]:
    data = table("quotation_marks")
    lists = [*data["apostrophe"].values(), data["ayn"]["words"]]
    return frozenset(word for words in lists for word in words.split())


def _opens_single(text: str, at: int, block: Block, habit: Habit) -> bool:
    """Return whether a single mark opens a quotation: no ‘tis, no ‘60s, no ‘Abd."""
    left, right = before(text, at, block), after(text, at, block)
    if right.isspace() or _is_plain_letter(left) or left.isdigit():
        return False
    if text[at] == "‚":
        return left.isspace() or left in _OPENING
    if not (left.isspace() or left in _OPENING or is_wide(left)):
        return False
    word = re.compile(r"[^\W_]+").match(text, at + 1, block.end)
    if word is None:
        return True
    if re.fullmatch(r"\d\ds?", word.group()):
        return False
    return word.group().casefold() not in _apostrophe_words()


def _fixed(
    text: str,
    opener: str,
    closer: str,
    habit: Habit,
    marks: list[tuple[str, int]],
    flaws: list[Flaw],
    pairs: list[Pair],
    first: dict[str, int],
) -> None:
    """Pair marks that always point the same way."""
    sort = opener + closer
    if opener == closer or (opener == "«" and habit.same_angles):
        return
    if opener in "«‹" and habit.reversed_angles:
        opener, closer = closer, opener
    state: list[int] = []
    for mark, at in marks:
        if mark == opener:
            first.setdefault(sort, at)
            state.append(at)
        elif mark == closer:
            first.setdefault(sort, at)
            if not state:
                flaws.append(Flaw(at, False, sort))
                continue
            start = state.pop()
            pairs.append(Pair(sort, start, at))
            if (
                sort == "«»"
                and not habit.doubled_closing
                and state
                and _end_together(text, state[-1], start, at)
            ):
                state.pop()
    flaws.extend(Flaw(at, True, sort) for at in state)


#: Two quotations that end together are no longer than this.
SHARED_LENGTH: Final = 200


def _end_together(text: str, outer: int, inner: int, end: int) -> bool:
    """Return whether an outer quotation may end with the one inside it."""
    between = re.sub(r"\b[^\W\d_]\.", "", text[outer + 1 : inner])  # initials are no stops
    if end - outer > SHARED_LENGTH or not _CYRILLIC.search(text, outer, end):
        return False
    return re.search(r"[.,;:!?…—–(]", between) is None


def chained(
    judged: Sequence[Judged], pairs: Sequence[Sequence[Pair]], text: str
) -> Iterator[tuple[int, int]]:
    """Yield (block, place) of marks left open because the next paragraph opens anew.

    In a quotation of several paragraphs each opens with a mark and only the
    last is closed. The open mark must begin its block; else it must be the
    last of its sort there, and the next block must be quoted to its end.
    """
    for at, one in enumerate(judged[:-1]):
        if not one.flaws:
            continue
        following = judged[at + 1].block
        head = text[following.start : following.start + 4].lstrip()[:1]
        last = {pair.sort: pair.start for pair in sorted(pairs[at], key=lambda pair: pair.start)}
        for flaw in one.flaws:
            if not flaw.opens or head != text[flaw.position]:
                continue
            begins = not text[one.block.start : flaw.position].strip()
            later = last.get(flaw.sort, -1) > flaw.position
            if begins or not (later or _closes_early(judged[at + 1], pairs[at + 1], flaw.sort)):
                yield at, flaw.position


def _closes_early(one: Judged, pairs: Sequence[Pair], sort: str) -> bool:
    """Return whether the first quotation of a block ends before the block does."""
    first = one.first.get(sort)
    return any(pair.start == first and one.block.end - pair.end > 4 for pair in pairs)
