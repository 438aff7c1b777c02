"""Findings: which of the known defects are found, and what is reported that is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.gold import GoldText
from benchmarks.reading import Reading
from benchmarks.scoring import Result, Score
from scholiast.model import Certainty, Finding

#: Kinds of defect (``rule_kind`` of the gold) that the families which exist now must find.
RULE_KINDS: Final = frozenset(
    {
        "missing-note",
        "uncalled-note",
        "numbering-gap",
        "repeated-number",
        "truncated-note",
        "empty-note",
        "note-reference",
        "misplaced-note-mark",
        "drop-cap-lost",
        "drop-cap-torn",
        "page-furniture",
        "lost-blank",
        "stray-blank",
        "encoding-damage",
        "unbalanced-double-quote",
        "unbalanced-single-quote",
        "unbalanced-parenthesis",
        "unbalanced-bracket",
    }
)

#: Findings about note marks: only these may mistake a number for one.
_ABOUT_MARKS: Final = ("NOT", "DOC005")


@dataclass(frozen=True, slots=True)
class Located:
    """A finding with the offsets in the file of its place and of its other places."""

    finding: Finding
    places: tuple[frozenset[int], ...]

    @property
    def all(self) -> frozenset[int]:
        """Every offset the finding points to."""
        return frozenset().union(*self.places)


def of_text(text: GoldText, reading: Reading) -> Result:
    """Return the figures of one text.

    Recall is over the certain defects of the families that exist now;
    precision is the share of the certain findings that point to some defect
    of the gold (of any kind or certainty).
    """
    located = [Located(f, locate(text, reading, f)) for f in reading.findings]
    defects = [(defect, defect_places(text, defect)) for defect in text.gold["defects"]]
    wanted = [(defect, places) for defect, places in defects if due(defect)]
    found = {
        defect["id"]: sorted({one.finding.code for one in located if _meets(one.places, places)})
        for defect, places in wanted
    }
    right = _right(located, [places for _, places in defects])
    alarms = _false_alarms(text, located, right)
    loose = [one for one in located if one.finding.id not in right]
    certain = [one for one in located if one.finding.certainty is Certainty.CERTAIN]
    hits = sum(bool(codes) for codes in found.values())
    score = Score(len(wanted), sum(o.finding.id in right for o in certain), len(certain), hits)
    details = {
        "found": f"{hits} of {len(wanted)}",
        "by_defect": {id_: ", ".join(codes) or "not found" for id_, codes in found.items()},
        "false_alarms": len(alarms),
        "findings": len(located),
        "certain": len(certain),
        "unlabelled": len(loose),
    }
    misses = [
        f"{d['id']} {d['rule_kind']} (lines {d['lines']}): {d['text']}"
        for d, _ in wanted
        if not found[d["id"]]
    ]
    misses += [f"false alarm ({why}): {_shown(one.finding)}" for one, why in alarms]
    misses += [f"unlabelled: {_shown(one.finding)}" for one in loose]
    return Result(score, details, tuple(misses))


def _right(located: Sequence[Located], defects: Sequence[list[frozenset[int]]]) -> set[str]:
    """Return the ids of the findings that point to some defect."""
    return {one.finding.id for one in located if any(_meets(one.places, p) for p in defects)}


def pointing_to_defects(text: GoldText, reading: Reading) -> set[str]:
    """Return the ids of the findings that point to a defect of the right answers."""
    located = [Located(f, locate(text, reading, f)) for f in reading.findings]
    return _right(located, [defect_places(text, one) for one in text.gold.get("defects", ())])


def due(defect: dict[str, Any]) -> bool:
    """Return whether the program must find a defect now."""
    settled = defect["certainty"] == "certain" and not defect.get("scope")
    return settled and defect["rule_kind"] in RULE_KINDS


def defect_places(text: GoldText, defect: dict[str, Any]) -> list[frozenset[int]]:
    """Return where the words of a defect and their variants stand, on its lines."""
    lines = tuple(defect["lines"])
    return [
        place
        for string in (defect["text"], *defect.get("also", ()))
        for place in text.places(string, lines)
    ]


def locate(text: GoldText, reading: Reading, finding: Finding) -> tuple[frozenset[int], ...]:
    """Return the file offsets of a finding's place and of its other places.

    Taken by the reader's segments, and by the quoted words on the line named.
    """
    located = []
    for place in (finding.place, *finding.also):
        offsets = reading.origin(place)
        if place.line and place.end > place.start:
            near = (place.line - 1, place.line, place.line + 1)
            quoted = text.places(place.quote, near)
            if len(quoted) == 1:
                offsets |= quoted[0]
        located.append(offsets)
    return tuple(located)


def _meets(places: Sequence[frozenset[int]], others: Sequence[frozenset[int]]) -> bool:
    return any(place & other for place in places for other in others)


def _false_alarms(
    text: GoldText, located: list[Located], right: set[str]
) -> list[tuple[Located, str]]:
    """Return the findings that touch what must not be reported.

    A finding that points to a defect is one only when it lies wholly inside
    the words that are none. ``consistent`` names lines alone: there, whatever
    points to no defect counts.
    """
    alarms = []
    for one in located:
        for sort in ("not_defects", "false_callouts"):
            if sort == "false_callouts" and not one.finding.code.startswith(_ABOUT_MARKS):
                continue
            for trap in text.gold.get(sort, ()):
                if _trapped(one, text.places(trap["text"], (trap["line"],)), right):
                    alarms.append((one, f"{sort}: {trap['text']}"))
        if one.finding.id in right:
            continue
        lines = {text.lines.line(offset) for offset in one.all}
        for same in text.gold.get("consistent", ()):
            if lines & set(same["lines"]):
                alarms.append((one, f"consistent: {same['what']}"))
                break
    return alarms


def _trapped(one: Located, traps: list[frozenset[int]], right: set[str]) -> bool:
    touching = any(place & trap for place in one.places for trap in traps)
    inside = any(place and place <= trap for place in one.places for trap in traps)
    return inside or (touching and one.finding.id not in right)


def _shown(finding: Finding) -> str:
    """Return a finding on one line."""
    place = finding.place
    return f"{finding.code} {finding.certainty} line {place.line} {place.quote!r} {finding.message}"
