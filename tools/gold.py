"""The right answers about a text that was set and damaged here, in the gold format.

All lines are counted from 1; all strings are as printed, runs of white space
being one blank, so that each can be found in the text again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from tools.flow import FIRST_MARK, Galley, NoteKey, Section
from tools.lines import FAST
from tools.pages import Line, Setter
from tools.planting import Found, Planted, PlantingError, found_in

_BEFORE: Final = re.compile(r"(?:\S+\s+){0,4}\S+\s*$")
_FIRST_SIX: Final = re.compile(r"\s*(?:\S+\s+){0,5}\S+")
_BRACKETED: Final = re.compile(r"\(\d{1,3}\)|\[ ?\d{1,3}\]")


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that was damaged on purpose: the words as they stand, and as they were."""

    kind: str
    text: str
    repair: str
    why: str
    galley: int
    note: NoteKey | None = None


@dataclass(frozen=True, slots=True)
class Trap:
    """Words that must not be reported; ``sort`` is the key of the gold format they go under."""

    sort: str  # "not_defects", "false_callouts" or "consistent"
    texts: tuple[str, ...]
    why: str


Numbered = tuple[int, Line]


class Answers:
    """Says what one setter did, by the lines it printed."""

    def __init__(self, setter: Setter, lines: Sequence[Line], cut_off: NoteKey | None) -> None:
        self.setter = setter
        self.flow = setter.flow
        self.lines = lines
        self.cut_off = cut_off
        self._body: dict[int, list[Numbered]] = {}
        self._notes: dict[NoteKey, list[Numbered]] = {}
        for number, line in enumerate(lines, 1):
            if line.role == "note" and line.note is not None:
                self._notes.setdefault(line.note, []).append((number, line))
            elif line.role == "body":
                self._body.setdefault(line.galley, []).append((number, line))

    def gold(
        self,
        document: dict[str, Any],
        planted: Sequence[Planted],
        losses: Sequence[Loss],
        traps: Sequence[Trap],
    ) -> dict[str, Any]:
        """Return everything, under the keys of the gold format."""
        cut = {
            place.note for e in planted if e.kind == "truncated-note" and (place := self._find(e))
        }
        lost_blanks = [self._mended(error) for error in planted if error.kind == "lost-blank"]
        lost_blanks += [self._lost(loss) for loss in losses if loss.repair]
        return {
            "document": {**document, "lines": len(self.lines)},
            "sections": self._sections(),
            "repairs": {
                "drop_caps": self._drop_caps(),
                "page_furniture": [
                    {
                        "line": number,
                        "text": line.text.strip(),
                        "what": "running head or page number",
                    }
                    for number, line in enumerate(self.lines, 1)
                    if line.role == "furniture"
                ],
                "note_separators": self._numbers("separator"),
                "page_starts": [n for n, line in enumerate(self.lines, 1) if line.opens_page],
                "false_paragraph_breaks": list(self._breaks()),
                "note_internal_blank_lines": list(self._blanks()),
                "joins": list(self._joins()),
                "other": lost_blanks,
            },
            "notes": list(self._called(cut | {self.cut_off})),
            "uncalled_notes": list(self._uncalled()),
            "false_callouts": [*self._bracketed(), *self._traps(traps, "false_callouts")],
            "defects": [*map(self._planted, planted), *self._damage(losses)],
            "not_defects": list(self._traps(traps, "not_defects")),
            "consistent": [
                {
                    "what": trap.why,
                    "lines": sorted({n for t in trap.texts for n in self._text(t)[1]}),
                }
                for trap in traps
                if trap.sort == "consistent"
            ],
        }

    def _numbers(self, role: str) -> list[int]:
        return [number for number, line in enumerate(self.lines, 1) if line.role == role]

    def _galley(self, place: Found) -> Galley:
        if place.note is None:
            return self.flow.galleys[place.galley]
        return self.flow.notes[place.note][place.galley]

    def _printed(self, place: Found) -> tuple[str, list[int]]:
        """Return the words at a place as they are printed, and their lines."""
        lines = self._body[place.galley] if place.note is None else self._notes.get(place.note, [])
        text = self._galley(place).text
        pieces, numbers = [], []
        for number, line in lines:
            start, end = max(place.start, line.start), min(place.end, line.end)
            if line.galley != place.galley or start >= end:
                continue
            hyphen = "-" if line.broken and end == line.end else ""
            pieces.append(self.setter.shown(text[start:end]) + hyphen)
            numbers.append(number)
        return " ".join(" ".join(pieces).split()), numbers

    def _find(self, error: Planted) -> Found:
        return found_in(self.flow, error)

    def _sections(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for at, section in enumerate(self.flow.sections):
            galleys = [n for n, one in enumerate(self.flow.galleys) if one.section == at]
            start = self._body[galleys[0]][0][0] if at else 1
            if found:
                found[-1]["end_line"] = start - 1
            words = next((n for n in galleys if self.flow.galleys[n].kind != "heading"), galleys[0])
            six = _FIRST_SIX.match(self.flow.galleys[words].text)
            end = six.end() if six else 0
            whole = self.setter.shown(self.flow.galleys[words].text[:end])
            found.append(
                {
                    **_described(section),
                    "first_words": whole.strip(),
                    "first_words_verbatim": self._printed(Found(words, 0, end))[0],
                    "start_line": start,
                    "end_line": len(self.lines),
                }
            )
        return found

    def _drop_caps(self) -> list[dict[str, Any]]:
        letters = iter(self._numbers("letter"))
        found = []
        for number in sorted(self.setter.capitals):
            galley = self.flow.galleys[number]
            lost = galley.section in self.setter.lost_letters
            torn = re.match(r"[\w’']+", galley.text[1:])
            found.append(
                {
                    "section": self.flow.sections[galley.section].id,
                    "letter": galley.text[0],
                    "line_of_letter": None if lost else next(letters),
                    "line_of_text": self._body[number][0][0],
                    "torn": torn[0] if torn else "",
                    "whole": galley.text[0] + (torn[0] if torn else ""),
                }
            )
        return found

    def _breaks(self) -> Iterator[dict[str, Any]]:
        """Yield where lines of one paragraph do not follow one another."""
        for number, lines in self._body.items():
            for (above, line), (below, next_) in pairwise(lines):
                if below > above + 1:
                    yield {
                        "section": self.flow.sections[self.flow.galleys[number].section].id,
                        "line_before": above,
                        "line_after": below,
                        "cause": "torn drop cap" if line.page == next_.page else "page end",
                    }

    def _blanks(self) -> Iterator[int]:
        for number, line in enumerate(self.lines, 1):
            if line.role == "blank" and line.note is not None:
                yield number

    def _joins(self) -> Iterator[dict[str, Any]]:
        """Yield the words broken over two lines, the hyphen their own or not."""
        inked = [n for n, line in enumerate(self.lines) if line.text.strip()]
        for at, below in pairwise(inked):
            line, next_ = self.lines[at], self.lines[below]
            same = (line.role, line.galley, line.note) == (next_.role, next_.galley, next_.note)
            left = re.search(r"[\w’'-]*-$", line.text.rstrip())
            right = re.match(r"[\w’']+", next_.text.strip())
            if same and left and right and next_.start == line.end:
                first = left[0][:-1] if line.broken else left[0]
                yield {
                    "line": at + 1,
                    "left": left[0],
                    "right": right[0],
                    "joined": first + right[0],
                    "keep_hyphen": not line.broken,
                }

    def _marks(self) -> Iterator[tuple[NoteKey, Found]]:
        """Yield every note that has a mark, with the place of its first one."""
        seen: set[NoteKey] = set()
        for number, galley in enumerate(self.flow.galleys):
            for at, character in enumerate(galley.text):
                if ord(character) >= FIRST_MARK and character != FAST:
                    key = self.flow.marks[ord(character) - FIRST_MARK]
                    if key not in seen:
                        seen.add(key)
                        yield key, Found(number, at, at + 1)

    def _before(self, mark: Found) -> Found:
        text = self._galley(mark).text[: mark.start].replace(FAST, " ")
        found = _BEFORE.search(text)
        return Found(mark.galley, found.start() if found else mark.start, mark.start)

    def _called(self, cut: set[NoteKey | None]) -> Iterator[dict[str, Any]]:
        for key, mark in self._marks():
            present = key in self._notes
            yield {
                "section": self.flow.sections[key.section].id,
                "n": self.flow.numbers[key],
                "present": present,
                "callout_line": self._printed(mark)[1][0],
                "callout_before": self._printed(self._before(mark))[0],
                **self._words_of(key),
                "complete": present and key not in cut,
            }

    def _uncalled(self) -> Iterator[dict[str, Any]]:
        """Yield the notes that no mark calls: those without one, and repeated ones."""
        called = {key for key, _ in self._marks()}
        for key in self._notes:
            if key not in called:
                yield {
                    "section": self.flow.sections[key.section].id,
                    "n": self.flow.numbers[key],
                    **self._words_of(key),
                    "why": "a second note of this number" if key.copy else "no mark calls it",
                }

    def _words_of(self, key: NoteKey) -> dict[str, Any]:
        """Return the lines of a note and its first eight words, as printed."""
        if key not in self._notes:
            return {"note_line": None, "note_end_line": None, "note_first_words": None}
        lines = self._notes[key]
        length = len(self.flow.notes[key][0].text)
        words = self._printed(Found(0, 0, length, key))[0].split(" ")[:8]
        return {
            "note_line": lines[0][0],
            "note_end_line": lines[-1][0],
            "note_first_words": " ".join(words),
        }

    def _bracketed(self) -> Iterator[dict[str, Any]]:
        for number, galley in enumerate(self.flow.galleys):
            for match in _BRACKETED.finditer(galley.text.replace(FAST, " ")):
                text, lines = self._printed(Found(number, match.start(), match.end()))
                yield {"line": lines[0], "text": text, "why": "a number in brackets, no note mark"}

    def _text(self, words: str) -> tuple[str, list[int]]:
        """Return words as printed and their lines, where they first stand."""
        wanted = re.compile(f"[ {FAST}]+".join(map(re.escape, words.split())))
        for number, galley in enumerate(self.flow.galleys):
            if match := wanted.search(galley.text):
                return self._printed(Found(number, match.start(), match.end()))
        for key, galleys in self.flow.notes.items():
            for number, galley in enumerate(galleys):
                if key in self._notes and (match := wanted.search(galley.text)):
                    return self._printed(Found(number, match.start(), match.end(), key))
        raise PlantingError(f"the words of a trap are not in the text: {words!r}")

    def _traps(self, traps: Sequence[Trap], sort: str) -> Iterator[dict[str, Any]]:
        for trap in traps:
            for words in trap.texts if trap.sort == sort else ():
                text, lines = self._text(words)
                yield {"line": lines[0], "text": text, "why": trap.why}

    def _planted(self, error: Planted) -> dict[str, Any]:
        place = self._find(error)
        text, lines = self._printed(place)
        if place.note is not None and not text:
            number, line = self._notes[place.note][0]
            text, lines = line.text.strip(), [number]
        defect = _defect(error.id, error.kind, lines, text, error.why, error.code)
        mark = next((mark for key, mark in self._marks() if key == place.note), None)
        if error.kind == "empty-note" and mark is not None:  # may be reported at its mark as well
            before = Found(mark.galley, self._before(mark).start, mark.end)
            text, lines = self._printed(before)
            defect["lines"] += lines
            defect["also"] = [text]
        return defect

    def _mended(self, error: Planted) -> dict[str, Any]:
        """Return a planted lost blank as a repair of the format."""
        text, lines = self._printed(self._find(error))

        def number(match: re.Match[str]) -> str:
            key = next(key for key in self.flow.marks if key.label == match[1])
            return f"[note {self.flow.numbers[key]}]"

        repair = re.sub(r"\[\^([^\]]+)\]", number, error.clean.replace("*", ""))
        return {"line": lines[0], "text": text, "repair": repair, "why": error.why}

    def _lost(self, loss: Loss) -> dict[str, Any]:
        at = self.flow.galleys[loss.galley].text.index(loss.text)
        text, lines = self._printed(Found(loss.galley, at, at + len(loss.text)))
        return {"line": lines[0], "text": text, "repair": loss.repair, "why": loss.why}

    def _damage(self, losses: Sequence[Loss]) -> Iterator[dict[str, Any]]:
        """Yield the defects that extraction made, numbered from X01."""
        made = enumerate((*self._torn(), *self._furniture(), *self._missing(losses)), 1)
        for number, (kind, lines, text, why) in made:
            yield _defect(f"X{number:02}", kind, lines, text, why)

    def _torn(self) -> Iterator[tuple[str, list[int], str, str]]:
        numbers = sorted(self.setter.capitals)
        for number, cap in zip(numbers, self._drop_caps(), strict=True):
            three = re.match(r"\S+(?: \S+){0,2}", self.flow.galleys[number].text)
            text, lines = self._printed(Found(number, 0, three.end() if three else 1))
            letter = cap["line_of_letter"]
            if letter is None:
                yield "drop-cap-lost", lines, text, f"the initial {cap['letter']} is nowhere"
            else:
                yield "drop-cap-torn", [*lines, letter], text, f"{cap['letter']} at {letter}"

    def _furniture(self) -> Iterator[tuple[str, list[int], str, str]]:
        for number in self._numbers("furniture"):
            text = self.lines[number - 1].text.strip()
            yield "page-furniture", [number], text, "running head or page number in the text"

    def _missing(self, losses: Sequence[Loss]) -> Iterator[tuple[str, list[int], str, str]]:
        for key, mark in self._marks():
            if key in self.setter.lost_notes:
                before = self._before(mark)
                text, lines = self._printed(Found(mark.galley, before.start, mark.end))
                yield "missing-note", lines[-1:], text, "the note was on a lost page"
        for loss in losses:
            if loss.note is not None:
                row = self.flow.notes[loss.note][0]
                place = Found(0, row.text.rindex(loss.text), len(row.text), loss.note)
                text, lines = self._printed(place)
                yield loss.kind, lines, text, loss.why
            else:
                mended = self._lost(loss)
                yield loss.kind, [mended["line"]], mended["text"], loss.why


def _described(section: Section) -> dict[str, Any]:
    return {
        "id": section.id,
        "kind": section.kind,
        "title": section.title,
        "authors": list(section.authors),
        "affiliation": "; ".join(dict.fromkeys(filter(None, section.bodies))) or None,
    }


def _defect(
    id_: str, kind: str, lines: Sequence[int], text: str, why: str, code: str = ""
) -> dict[str, Any]:
    defect = {
        "id": id_,
        "rule_kind": kind,
        "lines": list(lines),
        "text": text,
        "why": why,
        "certainty": "certain",
    }
    return {**defect, "code": code} if code else defect
