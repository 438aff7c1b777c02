"""Running heads and feet, page numbers and stamps: rows that come again page after page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from scholiast.data import table
from scholiast.readers.pdf.page import Page, Run
from scholiast.readers.pdf.rows import Row
from scholiast.structure.furniture import fold, page_number

#: How many rows at each edge of a page may be furniture.
EDGE: Final = 4
#: The rows of running heads stand at one height on all pages, so many points apart at most.
STEADY: Final = 3.0
#: In a PDF of so many pages a head that comes twice is one.
FEW: Final = 40
#: A running head stands off from the text by so many line spacings at least.
APART: Final = 1.45
#: A rule above notes is no longer than this part of the text's width, and begins at its edge.
SHORT_RULE: Final = 0.6
AT_EDGE: Final = 14.0
#: Two notes below a rule stand no further apart than this (in sizes of their letters).
BETWEEN_NOTES: Final = 4.5
_LEADING: Final = re.compile(r"\s*[\[(]?(\d{1,3})(?!\d)")
_LABEL: Final = re.compile(r"[\[(]?(?:\d{1,3}|[*∗†‡§¶]{1,3})[\])]?[.,]?\s*(?=\S)")
_ROMAN: Final = re.compile(
    r"(?=[ivxlc])(x{0,4}|xl|lx{0,3}|xc|c{1,3})(ix|iv|v?i{0,4})", re.IGNORECASE
)
_DIGITS: Final = re.compile(r"\d+")
_VALUES: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_EDGE_NUMBER: Final = re.compile(r"^\W*(\d{1,5}|[ivxlc]{1,7})\b|\b(\d{1,5}|[ivxlc]{1,7})\W*$", re.I)


@dataclass(slots=True, eq=False)
class Sheet:
    """A page with its rows, those of furniture apart, and its printed number."""

    page: Page
    rows: list[Row]
    furniture: list[Row] = field(default_factory=list)
    label: str = ""

    def text(self, row: Row) -> str:
        """Return the words of a row."""
        return words(row)


def words(row: Row) -> str:
    """Return the words of a row with blanks between its runs where they are apart."""
    if row.words is None:
        row.words = _words(row)
    return row.words


def _words(row: Row) -> str:
    pieces: list[str] = []
    before: Run | None = None
    for run in row.runs:
        if before is not None and run.left - before.right > 0.15 * row.size:
            pieces.append(" ")
        pieces.append(run.text)
        before = run
    return " ".join("".join(pieces).split())


def roman(text: str) -> int:
    """Return the value of a Roman number, or 0."""
    low = text.lower()
    if not _ROMAN.fullmatch(low):
        return 0
    total = 0
    for at, letter in enumerate(low):
        value = _VALUES[letter]
        later = _VALUES[low[at + 1]] if at + 1 < len(low) else 0
        total += -value if value < later else value
    return total


def take_furniture(sheets: Sequence[Sheet], body: float) -> None:
    """Move the furniture of all pages out of their rows, and find their printed numbers."""
    taken: dict[int, set[int]] = {at: set() for at in range(len(sheets))}
    edges = [_edges(sheet) for sheet in sheets]
    _outside(sheets, taken)
    _repeated(sheets, edges, taken)
    _stamps(sheets, taken)
    _numbers(sheets, edges, taken)
    _numbered_heads(sheets, taken, body)
    _above_rules(sheets, taken, body)
    _steady(sheets, taken, body)
    _imprints(sheets, taken, body)
    for at, sheet in enumerate(sheets):
        taken[at] -= _below_short_rule(sheet, body)
        if taken[at]:
            sheet.furniture = [row for n, row in enumerate(sheet.rows) if n in taken[at]]
            sheet.rows = [row for n, row in enumerate(sheet.rows) if n not in taken[at]]
    _labels(sheets)


def _below_short_rule(sheet: Sheet, body: float) -> set[int]:
    """Return the rows that are notes by all signs: small, with a number, below a short rule.

    On the pages with one note of one line that line stands at one height, as furniture does.
    """
    if not sheet.rows:
        return set()
    left = min(run.left for row in sheet.rows for run in row.runs)
    right = max(run.right for row in sheet.rows for run in row.runs)
    found: set[int] = set()
    for stroke in sheet.page.strokes:
        short = stroke.right - stroke.left < SHORT_RULE * (right - left)
        below = [n for n, row in enumerate(sheet.rows) if row.base + 0.3 * row.size < stroke.y]
        if not short or not below:
            continue
        first = sheet.rows[below[0]]
        near = stroke.y - first.base < 2.5 * first.size
        edge = abs(stroke.left - first.runs[0].left) < 2 * AT_EDGE
        numbered = first.runs[0].raised or _LABEL.match(words(first))
        if not (near and edge and numbered and first.size < 0.95 * body):
            continue
        before, number = first, _note_number(first)
        for n in below:
            row = sheet.rows[n]
            # Notes may stand apart like paragraphs: the next number shows that one follows.
            follows = number > 0 and _note_number(row) == number + 1
            far = before.base - row.base > (BETWEEN_NOTES if follows else 1.8) * first.size
            if far or abs(row.size - first.size) > 0.3:
                break
            found.add(n)
            before, number = row, _note_number(row) or number
    return found


def _note_number(row: Row) -> int:
    """Return the number that a row begins with, 0 where it begins with none."""
    begun = _LEADING.match(words(row))
    return int(begun[1]) if begun else 0


def _edges(sheet: Sheet) -> list[int]:
    """Return the indexes of the rows at the top and at the foot of a page."""
    count = len(sheet.rows)
    return sorted({*range(min(EDGE, count)), *range(max(0, count - EDGE), count)})


def _outside(sheets: Sequence[Sheet], taken: dict[int, set[int]]) -> None:
    """Take rows that stand outside of the page."""
    for at, sheet in enumerate(sheets):
        page = sheet.page
        if page.turn or not page.height:
            continue
        low, high = page.bottom, page.bottom + page.height
        for n, row in enumerate(sheet.rows):
            inside = [
                run for run in row.runs
                if run.right > page.left and run.left < page.left + page.width
            ]  # fmt: skip
            if not low - 1 <= row.base <= high or not inside:
                taken[at].add(n)
            elif len(inside) < len(row.runs):
                page.hidden.extend(run for run in row.runs if run not in inside)
                row.runs = inside


def _repeated(sheets: Sequence[Sheet], edges: list[list[int]], taken: dict[int, set[int]]) -> None:
    """Take the rows at the edges that come again at one height, numbers apart."""
    places: dict[str, list[tuple[int, int, float]]] = defaultdict(list)
    again: dict[int, set[int]] = defaultdict(set)
    for at, sheet in enumerate(sheets):
        for n in edges[at]:
            text = words(sheet.rows[n])
            folded = fold(text)
            if not folded.startswith("#"):
                folded = _DIGITS.sub("#", folded)
            if len(text) <= 200 and sum(c.isalpha() for c in folded) >= 2:
                places[folded].append((at, n, sheet.rows[n].base))
    for found in places.values():
        if len({at for at, _, _ in found}) < (2 if len(sheets) <= FEW else 3):
            continue
        heights = Counter({(at, round(base / STEADY)) for at, _, base in found})
        levels = Counter(level for _, level in heights)
        for at, n, base in found:
            level = round(base / STEADY)
            if levels[level - 1] + levels[level] + levels[level + 1] >= 2:
                again[at].add(n)
    for at, sheet in enumerate(sheets):
        taken[at].update(_from_the_edges(sheet, again[at], taken[at]))


def _from_the_edges(sheet: Sheet, again: set[int], taken: set[int]) -> set[int]:
    """Return the rows that come again and follow one another from an edge, few enough to be heads.

    Where more rows come again the text itself does, as in a form.
    """
    found: set[int] = set()
    count = len(sheet.rows)
    for order in (range(count), range(count - 1, -1, -1)):
        run: list[int] = []
        for n in order:
            if n in again:
                run.append(n)
            elif n not in taken:
                break
        if len(run) < EDGE:
            found.update(run)
    return found


def _stamps(sheets: Sequence[Sheet], taken: dict[int, set[int]]) -> None:
    """Take rows with the same words at the same place on nearly all pages."""
    if len(sheets) < 3:
        return
    places: Counter[tuple[str, int, int]] = Counter()
    for sheet in sheets:
        for row in sheet.rows:
            places[words(row), round(row.base / 2), round(row.runs[0].left / 4)] += 1
    for at, sheet in enumerate(sheets):
        found = set()
        for n, row in enumerate(sheet.rows):
            count = places[words(row), round(row.base / 2), round(row.runs[0].left / 4)]
            if count >= 3 and count * 10 >= 6 * len(sheets):
                found.add(n)
        if len(found) <= 2 or len(found) * 2 <= len(sheet.rows):  # else the text comes again
            taken[at] |= found


def _number_of(text: str) -> str:
    return page_number(text, sure=False) or page_number(text)


def _numbers(sheets: Sequence[Sheet], edges: list[list[int]], taken: dict[int, set[int]]) -> None:
    """Take lone numbers at the edges that go with their pages."""
    series: dict[tuple[bool, int], list[tuple[int, int, float]]] = defaultdict(list)
    for at, sheet in enumerate(sheets):
        for n in edges[at]:
            label = _number_of(words(sheet.rows[n]))
            if n in taken[at] or not label:
                continue
            value = int(label) if label.isdecimal() else roman(label)
            if value:
                series[label.isdecimal(), value - at].append((at, n, sheet.rows[n].base))
    for found in series.values():
        levels = Counter(round(base / (2 * STEADY)) for _, _, base in found)
        for at, n, base in found:
            level = round(base / (2 * STEADY))
            near = levels[level - 1] + levels[level] + levels[level + 1]
            if near >= 2 or _alone(sheets[at], n, taken[at]):
                taken[at].add(n)


def _numbered_heads(sheets: Sequence[Sheet], taken: dict[int, set[int]], body: float) -> None:
    """Take the first and last rows of pages with a number at their edge that goes with the pages.

    They look other than the text does, or stand off from it.
    """
    leading = leading_of(sheets, body)
    series: dict[int, list[tuple[int, int, bool]]] = defaultdict(list)
    for at, sheet in enumerate(sheets):
        left = [n for n in range(len(sheet.rows)) if n not in taken[at]]
        if len(left) < 2:
            continue
        for n, following in ((left[0], left[1]), (left[-1], left[-2])):
            row = sheet.rows[n]
            off = abs(row.base - sheet.rows[following].base) > APART * leading
            if off and not row.runs[0].raised:
                looks = _apart_in_looks(row, body)
                for value in _edge_numbers(row):
                    series[value - at].append((at, n, looks))
        for row in (row for n, row in enumerate(sheet.rows) if n in taken[at]):
            for value in _edge_numbers(row):
                series[value - at].append((at, -1, True))
    for found in series.values():
        agreed = len({at for at, _, _ in found}) >= 2
        levels = Counter(round(sheets[at].rows[n].base / STEADY) for at, n, _ in found if n >= 0)
        for at, n, looks in found:
            height = round(sheets[at].rows[n].base / STEADY) if n >= 0 else 0
            level = levels[height - 1] + levels[height] + levels[height + 1]
            if n >= 0 and ((looks and (agreed or len(sheets) <= 3)) or level >= 2):
                taken[at].add(n)


def _above_rules(sheets: Sequence[Sheet], taken: dict[int, set[int]], body: float) -> None:
    """Take the first row of a page above a rule as wide as the text, and below no other row."""
    for at, sheet in enumerate(sheets):
        left = [n for n in range(len(sheet.rows)) if n not in taken[at]]
        if len(left) < 4:
            continue
        row, second = sheet.rows[left[0]], sheet.rows[left[1]]
        begin = min(run.left for n in left for run in sheet.rows[n].runs)
        end = max(run.right for n in left for run in sheet.rows[n].runs)
        ruled = any(
            second.base + 0.5 * second.size < stroke.y < row.base
            and row.base - stroke.y < 1.6 * row.size
            and stroke.right - stroke.left > 0.85 * (end - begin)
            for stroke in sheet.page.strokes
        )
        if ruled and row.size < 1.05 * body and _apart_in_looks(row, body):
            taken[at].add(left[0])


def _edge_numbers(row: Row) -> set[int]:
    """Return the numbers that a row begins or ends with."""
    found = set()
    for first, last in _EDGE_NUMBER.findall(words(row)):
        number = first or last
        found.add(int(number) if number.isdecimal() else roman(number))
    return found - {0}


def _alone(sheet: Sheet, n: int, taken: set[int]) -> bool:
    """Return whether a row stands far from the others, at the very edge of the page."""
    others = [row for at, row in enumerate(sheet.rows) if at not in taken and at != n]
    row = sheet.rows[n]
    if not others:
        return True
    nearest = min(abs(other.base - row.base) for other in others)
    edge = all(other.base > row.base for other in others) or all(
        other.base < row.base for other in others
    )
    return edge and nearest > 1.8 * row.size


def _steady(sheets: Sequence[Sheet], taken: dict[int, set[int]], body: float) -> None:
    """Take the first (last) rows of the pages where they stand at one height, off from the text."""
    if len(sheets) < 3:
        return
    leading = leading_of(sheets, body)
    for foot in (False, True):
        heights: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
        for at, sheet in enumerate(sheets):
            left = [n for n in range(len(sheet.rows)) if n not in taken[at]]
            if len(left) < 3:
                continue
            n, following = (left[-1], left[-2]) if foot else (left[0], left[1])
            gap = abs(sheet.rows[n].base - sheet.rows[following].base)
            heights[round(sheet.rows[n].base / STEADY)].append((at, n, gap))
        for key in sorted(heights):
            found = heights[key] + heights.get(key + 1, [])
            steady = len(found) >= 3 and len(found) * 10 >= 4 * len(sheets)
            off = sum(gap > APART * leading for _, _, gap in found)
            if not steady or off * 10 < 8 * len(found):
                continue
            looks = [_apart_in_looks(sheets[at].rows[n], body) for at, n, _ in found]
            numbered = [bool(_EDGE_NUMBER.search(words(sheets[at].rows[n]))) for at, n, _ in found]
            both = sum(a or b for a, b in zip(looks, numbered, strict=True))
            if both * 10 >= 8 * len(found):
                for at, n, _ in found:
                    taken[at].add(n)


def _apart_in_looks(row: Row, body: float) -> bool:
    """Return whether a row looks other than the text does."""
    letters = [c for run in row.runs for c in run.text if c.isalpha()]
    capitals = bool(letters) and sum(c.isupper() for c in letters) * 10 >= 8 * len(letters)
    return row.size <= 0.96 * body or capitals or all(run.italic for run in row.runs)


def leading_of(sheets: Sequence[Sheet], body: float) -> float:
    """Return the usual distance of two lines of text."""
    gaps: Counter[float] = Counter()
    for sheet in sheets:
        for above, row in zip(sheet.rows, sheet.rows[1:], strict=False):
            if abs(row.size - body) < 0.06 * body and abs(above.size - body) < 0.06 * body:
                gap = round((above.base - row.base) * 2) / 2
                if 0.9 * body <= gap <= 3 * body:
                    gaps[gap] += 1
    return gaps.most_common(1)[0][0] if gaps else 1.2 * body


@cache
def _imprint() -> re.Pattern[str]:
    return re.compile("|".join(table("furniture")["imprint"]), re.IGNORECASE)


def _imprints(sheets: Sequence[Sheet], taken: dict[int, set[int]], body: float) -> None:
    """Take the small rows at the edge of a page that tell the publisher's rights and number."""
    for at, sheet in enumerate(sheets):
        left = [n for n in range(len(sheet.rows)) if n not in taken[at]]
        for order in (left, left[::-1]):
            edge = []
            for n in order[:3]:
                row = sheet.rows[n]
                if row.size > 0.92 * body or row.runs[0].raised:
                    break
                edge.append(n)
            if edge and len(edge) < len(left) and any(
                _imprint().search(words(sheet.rows[n])) for n in edge
            ):  # fmt: skip
                after = order[len(edge)] if len(edge) < len(order) else edge[-1]
                gap = abs(sheet.rows[after].base - sheet.rows[edge[-1]].base)
                if gap > 1.8 * sheet.rows[edge[-1]].size:
                    taken[at].update(edge)


# --- printed numbers -------------------------------------------------------------


def _labels(sheets: Sequence[Sheet]) -> None:
    """Find the printed number of every page: in its furniture, in its label, or by its like."""
    votes: Counter[tuple[bool, int]] = Counter()
    seen: list[set[tuple[bool, int]]] = []
    for at, sheet in enumerate(sheets):
        here = set()
        for row in sheet.furniture:
            text = words(row)
            numbers = [_number_of(text)] if _number_of(text) else []
            numbers += [a or b for a, b in _EDGE_NUMBER.findall(text)]
            numbers += [run.text.strip() for run in row.runs]
            for number in numbers:
                if number.isdecimal() and len(number) < 6:
                    here.add((True, int(number) - at))
                elif number and roman(number) and (number.islower() or number.isupper()):
                    here.add((False, roman(number) - at))
        seen.append(here)
        votes.update(here)
    ranked = [key for key, count in votes.most_common() if count >= 2 or len(sheets) == 1]
    for at, sheet in enumerate(sheets):
        mine = [key for key in ranked if key in seen[at]]
        if mine:
            sheet.label = _printed(mine[0], at)
    for at, sheet in enumerate(sheets):
        if not sheet.label:
            sheet.label = sheet.page.label or _between(sheets, at, ranked)


def _printed(key: tuple[bool, int], at: int) -> str:
    return str(key[1] + at) if key[0] else _as_roman(key[1] + at)


def _as_roman(value: int) -> str:
    signs = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"))
    text = ""
    for number, sign in (*signs, (4, "iv"), (1, "i")):
        while value >= number:
            text += sign
            value -= number
    return text


def _between(sheets: Sequence[Sheet], at: int, ranked: list[tuple[bool, int]]) -> str:
    """Return the number of a page that shows none, where its neighbours count on."""
    for key in ranked:
        near = [n for n in (at - 1, at + 1, at - 2, at + 2) if 0 <= n < len(sheets)]
        if key[1] + at > 0 and any(sheets[n].label == _printed(key, n) for n in near):
            return _printed(key, at)
    return ""
