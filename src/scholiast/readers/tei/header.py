"""What the header tells of a text, and how the file says that words are set."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from scholiast.data import table
from scholiast.readers.tei.textnodes import all_words

if TYPE_CHECKING:
    from lxml.etree import _Element

XML: Final = "{http://www.w3.org/XML/1998/namespace}"
ID: Final = f"{XML}id"
LANG: Final = f"{XML}lang"
_SELECTED: Final = re.compile(r"[A-Za-z][\w.]*")


@dataclass(frozen=True, slots=True)
class Header:
    """Title, authors and language of a text."""

    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""


def header(root: _Element, space: str) -> Header:
    """Return what the header of a TEI (or corpus) element tells."""
    found = root.find(f"{space}teiHeader")
    if found is None:
        return Header(language=_language(root, None, space))
    statement = found.find(f"{space}fileDesc/{space}titleStmt")
    if statement is None:
        return Header(language=_language(root, found, space))
    return Header(
        _title(statement.findall(f"{space}title")),
        tuple(name for one in statement.findall(f"{space}author") if (name := person(one, space))),
        _language(root, found, space),
    )


def _title(titles: list[_Element]) -> str:
    """Return the main title, with its subtitle: the first one that is no short or series title."""
    other = ("short", "series", "sub", "alt", "desc", "filing")
    main = [one for one in titles if not (one.get("type") or "").lower().startswith(other)]
    preferred = [one for one in main if one.get("type") in ("main", "complete", "full")]
    for one in (*preferred, *main, *titles):
        title = words(one)
        if title:
            return title
    return ""


def person(element: _Element, space: str) -> str:
    """Return a person's name in the order it is read, however its parts are tagged."""
    for name in ("persName", "name"):
        inner = element.find(f"{space}{name}")
        if inner is not None:
            return person(inner, space)
    fore = element.findall(f"{space}forename")
    family = element.findall(f"{space}surname")
    if fore and family:
        return " ".join(words(one) for one in (*fore, *family))
    return words(element)


def words(element: _Element) -> str:
    """Return the words of an element, notes left out, with blanks folded."""
    pieces: list[str] = []
    _gather(element, pieces)
    return " ".join("".join(pieces).split())


def _gather(element: _Element, pieces: list[str]) -> None:
    pieces.append(element.text or "")
    for child in element:
        if isinstance(child.tag, str) and not child.tag.endswith(("}note", "}figDesc", "}del")):
            _gather(child, pieces)
        pieces.append(child.tail or "")


def _language(root: _Element, found: _Element | None, space: str) -> str:
    """Return the language of the text: as it is tagged itself, or the first the header lists."""
    text = root.find(f"{space}text")
    told = (text.get(LANG) or text.get("lang") or "") if text is not None else ""
    if told:
        return told
    if found is not None:
        listed = found.findall(f".//{space}langUsage/{space}language")
        idents = [one.get("ident") or "" for one in listed]
        if idents and (len(idents) == 1 or root.get(LANG) not in idents):
            return idents[0]
    return root.get(LANG) or root.get("lang") or ""


# --- italics ------------------------------------------------------------------


@cache
def _said() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns of values that say italic, and that say upright."""
    told = table("tei")
    parts = "|".join(map(re.escape, told["italic"]["words"]))
    whole = "|".join(map(re.escape, told["italic"]["whole"]))
    upright = "|".join(map(re.escape, told["upright"]["words"]))
    return (
        re.compile(rf"{parts}|(?:^|[\s;,:#(_-])(?:{whole})(?=$|[\s;,)_-])", re.IGNORECASE),
        re.compile(upright, re.IGNORECASE),
    )


@cache
def italic_value(value: str) -> bool:
    """Return whether a value of @rend, or a style, says that words are in italics."""
    italic, upright = _said()
    return italic.search(value) is not None and upright.search(value) is None


class Styles:
    """Which elements of a file print in italics."""

    def __init__(self, root: _Element, space: str) -> None:
        told = table("tei")["italic"]
        self._italic: set[str] = set()  # ids of renditions
        self._elements = set(told["elements"])
        self._levels = set(told["levels"])
        for one in root.iter(f"{space}rendition", f"{space}tagUsage"):
            if one.tag == f"{space}tagUsage":
                pointed = (one.get("render") or one.get("rendition") or "").replace("#", "").split()
                if self._italic.intersection(pointed):
                    self._elements.add(one.get("gi") or "")
            elif italic_value(all_words(one)):
                name = one.get(ID)
                if name:
                    self._italic.add(name)
                self._elements.update(_SELECTED.findall(one.get("selector") or ""))

    def italic(self, element: _Element, name: str) -> bool:
        """Return whether an element prints in italics: its own @rend decides, then the rule."""
        value = element.get("rend")
        if value is not None:
            return italic_value(value)
        value = element.get("rendition")
        if value is not None:
            pointed = value.replace("#", " ").split()
            return bool(self._italic.intersection(pointed)) or (
                not self._italic and italic_value(value)
            )
        value = element.get("style")
        if value is not None:
            return italic_value(value)
        if name == "title":
            return (element.get("level") or "") in self._levels or name in self._elements
        return name in self._elements
