"""The little of a page's own style sheet that matters to its text.

Selectors of one element, one class or one id are read (``i``, ``.c5``,
``p.Quote``, ``#x``), as word processors write them. What holds only on paper or
on small screens (``@media``) is passed over, and so is all that depends on
where an element stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from scholiast.packages.hypertext import Element, name

_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_BRACE: Final = re.compile(r"[{}]")
_SELECTOR: Final = re.compile(r"([A-Za-z][\w-]*)?(?:([.#])([\w-]+))?")
_LENGTH: Final = re.compile(r"(-?\d+(?:\.\d+)?|-?\.\d+)\s*(pt|px|em|rem|in|cm|mm|pc|ex)?")
LONGEST_SELECTOR: Final = 200
#: Looks that are remembered.
MOST_LOOKS: Final = 20_000
#: Twentieths of a point in each unit of length.
_UNITS: Final = {
    "pt": 20.0,
    "px": 15.0,
    "em": 240.0,
    "rem": 240.0,
    "ex": 120.0,
    "in": 1440.0,
    "cm": 567.0,
    "mm": 56.7,
    "pc": 240.0,
    "": 15.0,
}


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says; None where it says nothing."""

    italic: bool | None = None
    bold: bool | None = None
    raised: bool | None = None
    hidden: bool | None = None
    block: bool | None = None
    pre: bool | None = None
    centred: bool | None = None
    left: int | None = None
    right: int | None = None
    first: int | None = None

    def over(self, other: Look) -> Look:
        """Return this look laid over another."""
        if self is NOTHING:
            return other
        if other is NOTHING:
            return self
        said = {
            field: value for field in self.__slots__ if (value := getattr(self, field)) is not None
        }
        return replace(other, **said)


NOTHING: Final = Look()


def declared(style: str) -> Look:
    """Return the look in the words of a ``style`` attribute or of a rule."""
    if not style:
        return NOTHING
    found: dict[str, bool | int] = {}
    for piece in style.split(";"):
        key, colon, value = piece.partition(":")
        if not colon:
            continue
        _declare(found, key.strip().lower(), value.split("!")[0].strip().lower())
    return Look(**found) if found else NOTHING  # type: ignore[arg-type]


def _declare(found: dict[str, bool | int], key: str, value: str) -> None:
    if key == "font-style":
        found["italic"] = value in ("italic", "oblique")
    elif key == "font-weight":
        found["bold"] = value in ("bold", "bolder", "600", "700", "800", "900")
    elif key == "vertical-align":
        found["raised"] = value in ("super", "text-top")
    elif key == "display":
        found["hidden"] = value == "none"
        if value in ("block", "flex", "grid", "list-item", "table"):
            found["block"] = True
    elif (key == "visibility" and value in ("hidden", "collapse")) or (
        key == "mso-hide" and value == "all"
    ):
        found["hidden"] = True
    elif key == "white-space":
        found["pre"] = value in ("pre", "pre-wrap", "break-spaces")
    elif key == "text-align":
        found["centred"] = value == "center"
    elif key in ("margin-left", "margin-right", "text-indent", "padding-left"):
        side = {"margin-right": "right", "text-indent": "first"}.get(key, "left")
        size = length(value)
        if size is not None:
            found[side] = size
    elif key == "margin":
        _margin(found, value)


def _margin(found: dict[str, bool | int], value: str) -> None:
    """Take the left and right of a shorthand of one to four lengths."""
    sizes = [length(word) for word in value.split()]
    if not 1 <= len(sizes) <= 4:
        return
    right = sizes[1] if len(sizes) > 1 else sizes[0]
    left = sizes[3] if len(sizes) > 3 else right
    for side, size in (("left", left), ("right", right)):
        if size is not None:
            found[side] = size


def length(value: str) -> int | None:
    """Return a length in twentieths of a point, None where it is none or depends on the page."""
    match = _LENGTH.fullmatch(value)
    return round(float(match[1]) * _UNITS[match[2] or ""]) if match else None


class Sheet:
    """The rules of a page by element, class and id."""

    def __init__(self, css: str) -> None:
        self._rules: dict[str, Look] = {}
        self._known: dict[tuple[str, str | None, str | None, str | None], Look] = {}
        for selectors, declarations in _rules(css):
            look = declared(declarations)
            if look is NOTHING:
                continue
            for selector in selectors.split(","):
                key = selector.strip().lower()
                if key and len(key) < LONGEST_SELECTOR and _SELECTOR.fullmatch(key):
                    self._rules[key] = look.over(self._rules.get(key, NOTHING))

    def look(self, element: Element) -> Look:
        """Return what the page's rules and the element's own style say of it."""
        if not element.attrib:
            return self._rules.get(name(element), NOTHING) if self._rules else NOTHING
        key = (name(element), element.get("class"), element.get("id"), element.get("style"))
        if key not in self._known:
            if len(self._known) > MOST_LOOKS:
                self._known.clear()
            self._known[key] = self._look(*key)
        return self._known[key]

    def _look(self, tag: str, told: str | None, id_: str | None, style: str | None) -> Look:
        found = NOTHING
        if self._rules:
            found = self._rules.get(tag, NOTHING)
            selectors = [f".{word}" for word in (told or "").lower().split()]
            selectors += [f"#{id_.lower()}"] if id_ else []
            for selector in selectors:
                for key in (selector, f"{tag}{selector}"):
                    if key in self._rules:
                        found = self._rules[key].over(found)
        return declared(style).over(found) if style else found


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and declarations of a style sheet, without those behind an ``@``."""
    plain = _COMMENT.sub(" ", css).replace("<!--", " ").replace("-->", " ")
    depth, skipped, at, selectors = 0, 0, 0, ""
    for match in _BRACE.finditer(plain):
        words, at = plain[at : match.start()], match.end()
        if match[0] == "{":
            depth += 1
            selectors = words.rpartition(";")[2]
            if not skipped and selectors.lstrip().startswith("@"):
                skipped = depth
            continue
        if depth and not skipped:
            yield selectors, words
        if skipped == depth:
            skipped = 0
        depth = max(0, depth - 1)
