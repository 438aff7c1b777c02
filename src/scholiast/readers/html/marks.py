"""What a note mark looks like, and what the names of places on a page tell."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from scholiast.data import table
from scholiast.packages.hypertext import Element, name
from scholiast.readers.html.tree import classes, roles, words

_SIGN: Final = re.compile(
    r"(?P<open>[\[(（［〔【{]*)\s*(?P<lead>[^\W\d_]+\.?\s+|[注註]释?|)"
    r"(?P<sign>\d{1,4}[a-z]?|[*∗⁎†‡§¶#‖⊕]{1,6}|[ivxlc]{1,7}|[a-zA-Z]|[①-⓿❶-➓㈠-㈩]|[⁰¹²³⁴-⁹]{1,4})"
    r"\s*[\])）］〕】}.:]*"
)
_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_TOKENS: Final = re.compile(r"[^\W\d_]+")
_CIRCLES: Final = {
    **{chr(0x2460 + n): n + 1 for n in range(20)},
    **{chr(0x2776 + n): n + 1 for n in range(10)},
}


@dataclass(frozen=True, slots=True)
class Sign:
    """The sign of a mark without brackets, its number, and how it stands."""

    label: str
    number: int = 0
    bracketed: bool = False

    @property
    def plain(self) -> bool:
        """Whether it is a number or a symbol (letters alone prove little)."""
        return bool(self.number) or not self.label.isalpha()


def sign(text: str) -> Sign | None:
    """Return the sign that a mark's text is, None where it is none."""
    match = _SIGN.fullmatch(text.strip())
    if match is None or (match["lead"] and match["lead"].strip().casefold() not in leads()):
        return None
    label = match["sign"]
    return Sign(label, number(label), bool(match["open"]))


def number(label: str) -> int:
    """Return the number that a label is, 0 where it is none."""
    if label in _CIRCLES:
        return _CIRCLES[label]
    folded = unicodedata.normalize("NFKC", label)
    if folded.isascii() and folded.isdecimal():
        return int(folded)
    if folded and all(letter in _ROMAN for letter in folded) and folded not in ("c", "l"):
        values = [_ROMAN[letter] for letter in folded]
        return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))
    return 0


@cache
def leads() -> frozenset[str]:
    """Return the words that stand before the number of a note, in every language."""
    lists = table("html")["notes"]["lead"].values()
    return frozenset(word for lead in lists for word in lead)


@cache
def told(place: str) -> str:
    """Return what the name of a place tells: "note", "back", "other" (no note), or ""."""
    tokens = [token.lower() for token in _TOKENS.findall(place.removeprefix("user-content-"))]
    joined = "".join(tokens)
    if "index" in tokens and ("letter" in tokens or "symbol" in tokens):
        return "other"  # of an index, in which "fn" is for functions
    notes, back = words("notes", "names"), words("notes", "back")
    noted = any(token in notes for token in tokens) or joined.startswith("citenote")
    if joined.startswith("easyfootnote"):
        return "note" if "bottom" in tokens else "back"
    if any(_leads_back(token, back, notes) for token in tokens) or (noted and "ref" in tokens):
        return "back" if noted or len(tokens) < 3 else "other"
    if noted:
        return "note"
    if len(tokens) == 1 and tokens[0] in words("notes", "short_names"):
        return "note"
    others = words("notes", "not_notes")
    if any(token in others for token in tokens) or joined in words("notes", "not_letters"):
        return "other"
    return ""


def _leads_back(token: str, back: frozenset[str], notes: frozenset[str]) -> bool:
    """Return whether a word is of the name of a mark: ``ref`` in ``fn-ref``, ``ftnref``."""
    if token in back and token != "ref":
        return True
    return any(
        token.endswith(end) and token[: -len(end)] in notes | {"cite", "ftn", "footnote"}
        for end in back
    )


def is_call(element: Element) -> bool:
    """Return whether an element says that it is a note mark."""
    if roles(element) & words("notes", "call_roles") or element.get("rel") == "footnote":
        return True
    if name(element) == "xref":
        return element.get("ref-type") == "fn"
    if element.get("data-ref-type") in ("fn", "footnote") or "mso-footnote-id" in (
        element.get("style") or ""
    ):
        return True
    if "mso-endnote-id" in (element.get("style") or ""):
        return True
    if element.get("data-node-type") == "footnote" or element.get("data-footnote-ref") is not None:
        return True
    found = classes(element)
    return bool(found & words("notes", "calls")) and name(element) in (
        "a",
        "sup",
        "span",
        "button",
        "label",
        "small",
        "cite",
        "i",
        "b",
    )


def is_back(element: Element) -> bool:
    """Return whether an element says that it leads back to the text."""
    return bool(
        roles(element) & words("notes", "back_roles") or classes(element) & words("notes", "backs")
    ) or (element.get("data-footnote-backref") is not None)


def is_item(element: Element) -> bool:
    """Return whether an element says that it is a note."""
    if name(element) == "fn":  # of JATS, as some sites leave it
        return True
    return bool(
        roles(element) & words("notes", "note_roles") or classes(element) & words("notes", "items")
    )


def is_list(element: Element) -> bool:
    """Return whether an element says that it is a list of notes."""
    if roles(element) & words("notes", "list_roles") or classes(element) & words("notes", "lists"):
        return True
    own = (element.get("id") or "").lower()
    return own in words("notes", "lists") or "footnote-list" in (element.get("style") or "")
