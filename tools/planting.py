"""Errors planted in a clean text, as a list says: ``NAME.errors.json``."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from tools.flow import FIRST_MARK, Flow, NoteKey, renumber


class PlantingError(ValueError):
    """The list does not fit the text; the message names the entry."""


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted error: the words to look for, with the Markdown's mark-up, and the edit."""

    id: str
    code: str
    kind: str
    find: str
    section: str
    note: str
    why: str
    clean: str
    broken: str


def planted_errors(text: str) -> tuple[Planted, ...]:
    """Return the entries of a list of planted errors."""
    return tuple(
        Planted(
            id=entry["id"],
            code=entry["code"],
            kind=entry["kind"],
            find=entry["find"],
            section=entry["where"]["section"],
            note=entry["where"]["note"],
            why=entry["why"],
            clean=entry["edit"]["clean"],
            broken=entry["edit"]["broken"],
        )
        for entry in json.loads(text)["errors"]
    )


def pattern(words: str) -> re.Pattern[str]:
    """Return a pattern for words in which any white space is as good as a blank."""
    return re.compile(r"\s+".join(re.escape(word) for word in words.split()))


def plant(clean: str, errors: tuple[Planted, ...]) -> str:
    """Return a clean text with every edit made.

    Raises ``PlantingError`` where the words of an edit do not stand in the text exactly once.
    """
    for error in errors:
        places = pattern(error.clean).findall(clean)
        if len(places) != 1:
            raise PlantingError(f"{error.id}: {error.clean!r} stands {len(places)} times")
        found = pattern(error.clean).search(clean)
        assert found is not None
        clean = clean[: found.start()] + _set_as(error.broken, found[0]) + clean[found.end() :]
    return clean


def _set_as(words: str, old: str) -> str:
    """Return words with the line ends of the old words, where they are as many."""
    blanks = re.findall(r"\s+", old)
    new = words.split()
    if len(new) != len(blanks) + 1:
        return words
    return "".join(word + blank for word, blank in zip(new, (*blanks, ""), strict=True))


@dataclass(frozen=True, slots=True)
class Found:
    """Where words stand in a flow: in a galley of the body, or of a note."""

    galley: int
    start: int
    end: int
    note: NoteKey | None = None


def found_in(set_: Flow, error: Planted, words: str | None = None) -> Found:
    """Return where the words of a planted error (or others with its mark-up) stand in a flow.

    Raises ``PlantingError`` where they do not.
    """
    find = renumber((error.find if words is None else words).replace("*", ""), set_)
    definition = re.match(r"\[\^([^\]]+)\]:\s*", find)
    if definition:
        find = find[definition.end() :]
    wanted = re.compile(
        r"[ \n\U0010fffd]+".join(
            "".join(_piece(piece, set_) for piece in re.split(r"(\[\^[^\]]+\])", word))
            for word in find.split()
        )
    )
    notes = ((key, at, one) for key, row in set_.notes.items() for at, one in enumerate(row))
    if definition:
        places = [
            Found(at, match.start(), match.end(), key)
            for key, at, one in notes
            if key.label == definition[1] and (match := wanted.match(one.text))
        ]
    else:
        body = ((None, at, one) for at, one in enumerate(set_.galleys))
        places = [
            Found(at, match.start(), match.end(), key)
            for key, at, one in (*body, *notes)
            for match in wanted.finditer(one.text)
        ]
    if len(places) != 1:
        raise PlantingError(f"{error.id}: {find!r} stands {len(places)} times in the text as set")
    return places[0]


def _piece(piece: str, set_: Flow) -> str:
    """Return the pattern of a note mark, or of words."""
    if not piece.startswith("[^"):
        return re.escape(piece)
    marks = (chr(FIRST_MARK + at) for at, key in enumerate(set_.marks) if key.label == piece[2:-1])
    return "[" + "".join(marks) + "]"
