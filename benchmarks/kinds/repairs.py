"""Repairs of extracted text: torn initials, furniture, separators, paragraph breaks, joins."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import Any, Final

from benchmarks.gold import GoldText
from benchmarks.reading import Reading
from benchmarks.scoring import Result, Score, summed
from benchmarks.streams import squeezed, words
from scholiast.model import Segment

_INITIALS: Final = {"drop-cap": False, "drop-cap-inferred": True}
_HYPHENS: Final = ("hyphen", "hyphen-kept")
_MARK: Final = re.compile(r"\[note \d+\]")


def of_text(text: GoldText, reading: Reading) -> Result:
    """Return the figures of one text: the sum over the sorts, and each sort in the details."""
    gold = text.gold["repairs"]
    way = WayIn(text, reading)
    sorts = {
        "drop_caps": _drop_caps(gold.get("drop_caps", ()), way),
        "furniture": _lines("furniture", {f["line"] for f in gold.get("page_furniture", ())}, way),
        "separators": _lines("separator", set(gold.get("note_separators", ())), way),
        "paragraph_breaks": _breaks(gold.get("false_paragraph_breaks", ()), way),
        "joins": _joins(gold.get("joins", ()), way),
        "other": _other(gold.get("other", ()), way),
    }
    return Result(
        summed(score for score, _ in sorts.values()),
        {name: score.figures() for name, (score, _) in sorts.items()},
        tuple(f"{name}: {miss}" for name, (_, misses) in sorts.items() for miss in misses),
    )


Sort = tuple[Score, list[str]]


class WayIn:
    """From an offset in the file to its place in the reading text."""

    def __init__(self, text: GoldText, reading: Reading) -> None:
        self.gold = text
        self.reading = reading
        pieces = (s for s in reading.document.segments if s.start < s.end and not s.part)
        self.segments = sorted(pieces, key=lambda s: (s.source, s.source_end, s.start))
        self._sources = [s.source for s in self.segments]

    def position(self, offset: int) -> int | None:
        """Return where a character of the file stands in the reading text, if it does."""
        at = bisect_right(self._sources, offset) - 1
        while at >= 0 and self.segments[at].source == self._sources[at]:
            segment = self.segments[at]
            if segment.source <= offset < segment.source_end:
                inside = min(offset - segment.source, segment.end - segment.start - 1)
                return segment.start + inside
            if offset - segment.source > 20_000:
                return None
            at -= 1
        return None

    def line_of(self, segment: Segment) -> int:
        """Return the line on which the first printed character of a segment stands."""
        printed = self.gold.lines.text[segment.source : segment.source_end]
        lead = len(printed) - len(printed.lstrip())
        return self.gold.lines.line(segment.source + (lead if printed.strip() else 0))

    def lines_of(self, segment: Segment) -> set[int]:
        """Return the lines a segment touches with more than its line ends."""
        found = set()
        offset = segment.source
        for part in self.gold.lines.text[segment.source : segment.source_end].splitlines(True):
            if part.strip("\r\n\f"):
                found.add(self.gold.lines.line(offset))
            offset += len(part)
        return found


def _drop_caps(gold: Any, way: WayIn) -> Sort:
    """Right: the section, the whole word, and whether the letter was inferred."""
    text = way.reading.document.text
    given = []
    for segment in way.reading.document.segments:
        if segment.repair in _INITIALS and segment.start < segment.end:
            word = re.match(r"[\w'’]+", text[segment.start :])
            line = way.gold.lines.line(segment.source)
            given.append((word[0] if word else "", _INITIALS[segment.repair], line, segment))
    misses = []
    right = 0
    left = list(given)
    for cap in gold:
        lines = {cap["line_of_text"], cap["line_of_letter"]}
        found = next((g for g in left if g[2] in lines), None)
        if found is None:
            misses.append(f"{cap['whole']} (line {cap['line_of_text']}): not seen")
            continue
        left.remove(found)
        good = found[0] == cap["whole"] and found[1] == (cap["line_of_letter"] is None)
        right += good
        if not good:
            inferred = "inferred" if found[1] else "found"
            misses.append(f"{cap['whole']} (line {cap['line_of_text']}): {found[0]}, {inferred}")
    misses += [f"false: {g[0]} (line {g[2]})" for g in left]
    return Score(len(gold), right, len(given)), misses


def _lines(role: str, wanted: set[int], way: WayIn) -> Sort:
    """Right: the line is one that is no text."""
    given: set[int] = set()
    for segment in way.reading.document.segments:
        if segment.role == role:
            given |= way.lines_of(segment)
    if role == "furniture":
        given = {line for line in given if len(set(way.gold.lines.printed(line))) == 2}
    misses = [f"line {line}: not seen" for line in sorted(wanted - given)]
    misses += [f"false: line {line}" for line in sorted(given - wanted)]
    return Score(len(wanted), len(wanted & given), len(given)), misses


def _breaks(gold: Any, way: WayIn) -> Sort:
    """Right: the two lines are one paragraph; every other pair of lines so joined is false."""
    given = _joined_pairs(way)
    wanted = {(one["line_before"], one["line_after"]) for one in gold}
    misses = [f"lines {a}, {b}: still two paragraphs" for a, b in sorted(wanted - given)]
    misses += [f"false: lines {a}, {b} made one paragraph" for a, b in sorted(given - wanted)]
    return Score(len(wanted), len(wanted & given), len(given)), misses


def _joined_pairs(way: WayIn) -> set[tuple[int, int]]:
    """Return the pairs of body lines that are not neighbours, yet read as one paragraph."""
    document, lines = way.reading.document, way.gold.lines
    pairs: set[tuple[int, int]] = set()
    last: tuple[int, int] | None = None  # line, position of its last printed character
    for number in range(1, len(lines.starts) + 1):
        start, end = lines.printed(number)
        if start == end:
            continue
        read = [at for offset in range(start, end) if (at := way.position(offset)) is not None]
        if not read or not read[0] <= read[-1] < document.body_end:
            continue
        first_at, last_at = read[0], read[-1]
        if last and last[0] + 1 < number and last[1] < first_at:
            between = document.text[last[1] : first_at]
            if "\n\n" not in between and len(between) < 20:
                pairs.add((last[0], number))
        if last is None or last_at > last[1]:
            last = (number, last_at)
    return pairs


def _joins(gold: Any, way: WayIn) -> Sort:
    """Right: the two halves of a word broken over lines read as one word.

    A blank inside a line is the author's: there, a finding that points to it is right.
    """
    document, lines = way.reading.document, way.gold.lines
    given = {way.line_of(s) for s in document.segments if s.repair in _HYPHENS and s.line}
    pointed = frozenset().union(*_pointed(way))
    misses = []
    right = 0
    for join in gold:
        start, end = lines.span(join["line"])
        at = lines.text.rfind(join["left"], start, end)
        inside = f"{join['left']} {join['right']}" in lines.text[start:end]
        if inside:
            at = lines.text.find(f"{join['left']} {join['right']}", start, end)
        position = way.position(at) if at >= 0 else None
        joined = position is not None and document.text.startswith(join["joined"], position)
        joined = joined or (inside and at in pointed)
        right += joined
        given.discard(join["line"])
        if not joined:
            read = document.text[position : position + 25] if position is not None else ""
            misses.append(f"line {join['line']}: {join['joined']} reads {read!r}")
    misses += [f"false: line {line}" for line in sorted(given)]
    return Score(len(gold), right, right + len(given)), misses


def _other(gold: Any, way: WayIn) -> Sort:
    """Right: the text reads as mended, or a finding points to the words.

    The author's words are never changed silently: what is no damage of the
    lines (a lost blank) is asked about, not mended.
    """
    text, offsets = way.reading.squeezed
    misses = []
    right = 0
    pointed = _pointed(way)
    for one in gold:
        mended = _MARK.sub("", one["repair"]).replace("  ", " ")
        spelt = any(
            abs(way.reading.index.line(offsets[at]) - one["line"]) <= 1
            and mended in _composed(way.reading, offsets[at], len(mended) + 8)
            for at in _all(text, squeezed(mended))
        )
        places = way.gold.places(one["text"], (one["line"],))
        seen = any(place & origin for place in places for origin in pointed)
        right += spelt or seen
        if not (spelt or seen):
            misses.append(f"line {one['line']}: {one['text']} ({one['why']})")
    return Score(len(gold), right, right), misses


def _pointed(way: WayIn) -> list[frozenset[int]]:
    """Return the offsets in the file of every place that a finding points to."""
    return [
        way.reading.origin(place)
        for finding in way.reading.findings
        for place in (finding.place, *finding.also)
    ]


def _composed(reading: Reading, position: int, length: int) -> str:
    """Return the reading text from a position on, blanks collapsed, letters composed (NFC)."""
    return unicodedata.normalize("NFC", words(reading.document.text[position : position + length]))


def _all(text: str, string: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(string), text)] if string else []
