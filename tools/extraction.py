"""Texts as they come out of a PDF, made from any Markdown, with the right answers.

``extract_like`` sets a manuscript as pages, damages it the way extraction does,
and says what it did, in the gold format that the benchmarks read
(docs/specimens.md). The same arguments always give the same text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Final, Literal

from tools.flow import Flow, Galley, NoteKey, flow
from tools.gold import Answers, Loss, Trap
from tools.lines import FAST
from tools.manuscript import parse
from tools.pages import Setter
from tools.planting import Found, Planted, found_in

_GLUEABLE: Final = re.compile(r"(?<=[a-z]{3}) (?=[A-Z][a-z]{2})")
#: Kinds of planted errors whose words must stay on one line to be errors.
_UNBROKEN: Final = frozenset({"stray-blank", "lost-blank"})


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set and what extraction does to it. Every field has a value that works."""

    width: int = 110  # columns of a full line
    page_lines: int = 45  # lines of a page, the notes at its foot included
    marks: Literal["glued", "blank", "superscript", "brackets"] = "glued"
    numbering: Literal["restart", "run-on"] = "restart"
    placement: Literal["foot", "end"] = "foot"
    separator: Literal["blanks", "underscores", "none"] = "blanks"
    note_blanks: bool = True  # blank lines between notes, and after the first line of a note
    form_feeds: bool = False
    leading_blank: bool = True  # the first line of a page begins with a blank
    trailing_blank: bool = True  # every line ends with a blank
    hyphenation: bool = False  # words are broken over lines with hyphens
    section_pages: bool = True  # reviews and responses begin on new pages
    drop_capitals: bool = True  # the first letter of a section is torn off
    lost_letters: float = 0.3  # share of the torn letters that are printed nowhere
    running_head: str = ""
    page_number: str = ""  # "{} | P a g e", "- {} -", "{}"
    furniture_every: int = 1  # heads and numbers stand on every n-th page, from the second
    furniture_at: Literal["head", "foot"] = "head"
    lost_blanks: int = 0  # how many words are glued together
    lost_notes: int = 0  # how many notes in a row are lost, the one before them cut off

    def furniture(self, page: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what stands above and below the words of a page, counted from 1."""
        if page == 1 or page % self.furniture_every:
            return (), ()
        number = (self.page_number.format(page),) if self.page_number else ()
        head = (self.running_head,) if self.running_head else ()
        return (head, number) if self.furniture_at == "foot" else ((*head, *number), ())


def extract_like(
    markdown_text: str,
    *,
    seed: int,
    style: Style | None = None,
    planted: Sequence[Planted] = (),
    traps: Sequence[Trap] = (),
    file: str = "extracted.txt",
) -> tuple[str, dict[str, Any]]:
    """Return a Markdown text as if extracted from a PDF, and the right answers about it.

    ``planted`` are errors that the Markdown has already, ``traps`` are words
    in it that must not be reported; both come back in the answers with their
    lines. Raises ``PlantingError`` where their words are not in the text.
    """
    style = style or Style()
    random = Random(seed)
    manuscript = parse(markdown_text)
    at_end = style.placement == "end"
    set_ = flow(manuscript, restart=style.numbering == "restart" and not at_end, heading=at_end)
    for error in planted:
        if error.kind in _UNBROKEN:
            _fasten(set_, error)
    kept = [found_in(set_, error) for error in planted]
    losses = _glue(set_, random, style.lost_blanks, kept)
    lost, cut_off = _lose(set_, random, style.lost_notes)
    if cut_off is not None:
        losses.append(_cut_off(set_, cut_off))
    capitals = _capitals(set_) if style.drop_capitals else frozenset()
    sections = sorted(set_.galleys[number].section for number in capitals)
    nowhere = random.sample(sections, round(len(sections) * style.lost_letters))
    setter = Setter(set_, style, random, frozenset(nowhere), capitals, lost)
    lines = setter.lines()
    title = str(manuscript.head.get("title", ""))
    series = str(manuscript.head.get("series", ""))
    answers = Answers(setter, lines, cut_off)
    gold = answers.gold({"file": file, "title": title, "series": series}, planted, losses, traps)
    return "\n".join(line.text for line in lines) + "\n", gold


def _fasten(set_: Flow, error: Planted) -> None:
    """Keep the words of an error on one line."""
    place = found_in(set_, error)
    galleys = set_.galleys if place.note is None else set_.notes[place.note]
    galley = galleys[place.galley]
    inside = galley.text[place.start : place.end].replace(" ", FAST)
    text = galley.text[: place.start] + inside + galley.text[place.end :]
    galleys[place.galley] = replace(galley, text=text)


def _glue(set_: Flow, random: Random, count: int, kept: Sequence[Found]) -> list[Loss]:
    """Take out blanks between words of the body, outside the places to be kept as they are."""
    places = [
        (number, match.start())
        for number, galley in enumerate(set_.galleys)
        if galley.kind == "paragraph"
        for match in _GLUEABLE.finditer(galley.text)
        if not any(
            place.note is None
            and place.galley == number
            and place.start <= match.start() < place.end
            for place in kept
        )
    ]
    losses = []
    for number, at in sorted(random.sample(places, min(count, len(places))), reverse=True):
        text = set_.galleys[number].text
        left = re.findall(r"\w+$", text[:at])[0]
        right = re.findall(r"^\w+", text[at + 1 :])[0]
        set_.galleys[number] = replace(set_.galleys[number], text=text[:at] + text[at + 1 :])
        losses.append(Loss("lost-blank", left + right, f"{left} {right}", "lost blank", number))
    return losses


def _lose(set_: Flow, random: Random, count: int) -> tuple[frozenset[NoteKey], NoteKey | None]:
    """Choose notes that stand in a row in one section to be lost, and the one before them."""
    if not count:
        return frozenset(), None
    rows: dict[int, list[NoteKey]] = {}
    for key in set_.marks:
        if key in set_.notes and key not in rows.setdefault(key.section, []):
            rows[key.section].append(key)
    row = max(rows.values(), key=len, default=[])
    if len(row) < count + 1:
        return frozenset(), None
    first = random.randint(1, len(row) - count)
    return frozenset(row[first : first + count]), row[first - 1]


def _cut_off(set_: Flow, key: NoteKey) -> Loss:
    """Let a note break off after two thirds of its words."""
    galley = set_.notes[key][0]
    words = galley.text.split(" ")
    kept = " ".join(words[: max(2, len(words) * 2 // 3)]).rstrip(".,;:")
    set_.notes[key] = [Galley("note", kept, galley.section)]
    tail = " ".join(kept.split(" ")[-4:])
    return Loss("truncated-note", tail, "", "the note breaks off; its page is lost", 0, key)


def _capitals(set_: Flow) -> frozenset[int]:
    """Return the galleys whose first letter is a drop capital: the first words of reviews etc."""
    found: set[int] = set()
    seen: set[int] = set()
    for number, galley in enumerate(set_.galleys):
        kind = set_.sections[galley.section].kind
        if galley.kind != "paragraph" or galley.section in seen:
            continue
        seen.add(galley.section)
        torn = re.match(r"[A-ZА-ЯЁ][a-zа-яё]", galley.text)
        if (
            torn
            and len(galley.text) > 240
            and kind not in ("participants", "notes", "bibliography")
        ):
            found.add(number)
    return frozenset(found)
