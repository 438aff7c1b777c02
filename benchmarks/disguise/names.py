"""Names in disguise: a substitution of letters, the same everywhere.

One letter stands for another wherever a name stands, vowels for vowels and
consonants for consonants. So every name keeps its length and shape, two names
that share letters still do, what is derived from a name (its adjective, its
genitive) stays derived, and the torn rest of a word fits the disguised word.
"""

from __future__ import annotations

import random
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

_VOWELS: Final = "aeiou"
_CONSONANTS: Final = "bcdfghjklmnpqrstvwxz"  # y stays y: it is both
_WEB: Final = re.compile(r"(?:https?://|www\.)\S+")
#: A run of letters with their combining marks, cut before a capital after a small letter.
_PIECE: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\ufe20\ufe21])*")
_HALF_MARKS: Final = re.compile("[\ufe20\ufe21]")
#: A plain letter without an accent of its own.
_BARE: Final = re.compile(r"[A-Za-z](?![\u0300-\u036f])")
_HUMP: Final = re.compile(r"(?<=[a-z\u0300-\u036f])(?=[A-Z])")
_ROMAN: Final = re.compile(r"[ivxlcdm]+")
#: How much of a name a derived word must begin with (Stalin, Stalinist; China, Chinese).
_STEM, _PLACE_STEM = 5, 4
#: How many substitutions to try before giving up on one without collisions.
_TRIES: Final = 20_000


class DisguiseError(Exception):
    """No disguise can be made; the message says why."""


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def _kept() -> frozenset[str]:
    return frozenset((*_table()["generic"], *_table()["calendar"]))


def key(piece: str) -> str:
    """Return a run of letters as names are compared: small, composed, without half marks."""
    return unicodedata.normalize("NFC", _HALF_MARKS.sub("", piece.casefold()))


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield the runs of letters of a text with their offsets."""
    for match in _PIECE.finditer(text):
        start = match.start()
        for part in _HUMP.split(match[0]):
            yield start, part
            start += len(part)


@dataclass(frozen=True)
class Names:
    """The words to be disguised and what their letters become."""

    words: frozenset[str]
    stems: tuple[str, ...]
    letters: dict[str, str]
    han: dict[str, str]

    def means(self, piece: str) -> bool:
        """Return whether a capitalised run of letters belongs to a name."""
        if not piece[:1].isupper() or len(piece) < 2:
            return False
        return bool(_name_in(key(piece), self.words, self.stems))

    def other(self, piece: str) -> str:
        """Return a capitalised run of letters in disguise, of the same length and shape.

        Letters with an accent stay, whether composed or not. Of a word that
        is derived from a name the name changes: its ending is grammar.
        """
        name = _name_in(key(piece), self.words, self.stems)
        length = len(piece)
        while length > 1 and key(piece[: length - 1]).startswith(name):
            length -= 1
        return _BARE.sub(lambda m: self._letter(m[0]), piece[:length]) + piece[length:]

    def _letter(self, letter: str) -> str:
        other = self.letters.get(letter.lower(), letter.lower())
        return other.upper() if letter.isupper() else other

    def disguised(self, text: str) -> str:
        """Return a text with every name in it disguised."""
        out = list(text)
        for start, piece in pieces(text):
            if self.means(piece):
                out[start : start + len(piece)] = self.other(piece)
        for form, other in self.han.items():
            for match in re.finditer(re.escape(form), text):
                out[match.start() : match.end()] = other
        return "".join(out)


def _name_in(word: str, words: frozenset[str], stems: tuple[str, ...]) -> str:
    """Return the name that a word is or is derived from, or an empty string."""
    if word in _kept():
        return ""
    if word in words:
        return word
    return max((stem for stem in stems if word.startswith(stem)), key=len, default="")


def names_of(gold: dict[str, Any], text: str, rng: random.Random) -> Names:
    """Return the disguise of the names in a text's right answers.

    Raises ``DisguiseError`` where no substitution keeps the names apart from
    the other words of the text.
    """
    plain = _WEB.sub(" ", text)
    small = {key(piece) for _, piece in pieces(plain) if piece[:1].islower()}
    words: set[str] = set()
    own: set[str] = set()  # of persons and places: others are derived from them
    places: set[str] = set()
    for form, kind in _forms(gold):
        for _, piece in pieces(form):
            word = key(piece)
            acronym = piece.isupper() and kind != "person"
            if len(word) > 1 and piece[:1].isupper() and not acronym:
                words.add(word)
                own.update([word] if kind in ("person", "place") else ())
                places.update([word] if kind == "place" else ())
    words -= small | _kept()
    stems = {word for word in words & own if len(word) >= _STEM}
    stems |= {word[:_PLACE_STEM] for word in words & places if len(word) > _PLACE_STEM}
    chosen, ordered = frozenset(words), tuple(sorted(stems))
    seen = {key(piece) for _, piece in pieces(plain)}
    names = {word: _name_in(word, chosen, ordered) for word in (seen | words) - small}
    replaced = {word: name for word, name in names.items() if name}
    taken = (seen - replaced.keys()) | small | _kept() | frozenset(_table()["small"])
    letters = _substitution(replaced, taken, rng)
    return Names(chosen, ordered, letters, _han(gold))


def _forms(gold: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield every form of a name in the right answers, with its kind."""
    for name in gold.get("names", ()):
        for form in (name["canonical"], *name["forms"]):
            yield form, name["kind"]
    for author in gold.get("document", {}).get("book_authors", ()):
        yield author, "person"
    for section in gold.get("sections", ()):
        for author in section.get("authors", ()):
            yield author, "person"
    for citation in gold.get("citations", ()):
        for role in ("authors", "editors", "translators"):
            for person in citation.get(role) or ():
                yield " ".join(str(part) for part in person.values() if part), "person"
        for field in ("publisher", "place"):
            yield citation.get(field) or "", field


def _substitution(replaced: dict[str, str], taken: Set[str], rng: random.Random) -> dict[str, str]:
    """Return what every small letter becomes, so that no name becomes a word of the text.

    ``replaced`` has the words to be disguised with the name in each.
    """
    pairs = sorted(replaced.items())
    for _ in range(_TRIES):
        letters = {**_shuffled(_VOWELS, rng), **_shuffled(_CONSONANTS, rng)}
        table = {ord(c): other for c, other in letters.items()}
        others = (name.translate(table) + word[len(name) :] for word, name in pairs)
        if not any(other in taken or _ROMAN.fullmatch(other) for other in others):
            return letters
    raise DisguiseError("no substitution of letters keeps the names apart from the other words")


def _shuffled(letters: str, rng: random.Random) -> dict[str, str]:
    """Return a permutation without fixed points: a cycle through all letters."""
    order = list(letters)
    rng.shuffle(order)
    return dict(zip(order, order[1:] + order[:1], strict=True))


def _han(gold: dict[str, Any]) -> dict[str, str]:
    """Return what each name in Chinese characters becomes."""
    pool = _table()["han"]
    forms = sorted({form for form, _ in _forms(gold) if form and not form[0].isascii()})
    forms = [form for form in forms if all("\u4e00" <= c <= "\u9fff" for c in form)]
    used: dict[str, str] = {}
    for form in forms:
        for character in form:
            if character not in used:
                used[character] = pool[len(used) % len(pool)]
    return {form: "".join(used[c] for c in form) for form in forms}
