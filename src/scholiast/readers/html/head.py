"""What a page says of itself in its head: title, authors, language. None of it is text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from scholiast.packages.hypertext import Element, attribute, content, name
from scholiast.structure import metadata

_AUTHORS: Final = (
    "citation_author",
    "dc.creator",
    "dcterms.creator",
    "dc.creator.personalname",
    "article:author",
    "parsely-author",
    "author",
)
_TITLES: Final = ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title")
_LANGUAGES: Final = (
    "citation_language",
    "dc.language",
    "dcterms.language",
    "content-language",
    "og:locale",
)
#: What stands between the title of an article and the name of its site.
_SITE: Final = re.compile(r"\s+[|–—·»-]\s+|\s*::\s*")
_SPLIT: Final = re.compile(r"\s*;\s*")


@dataclass(frozen=True, slots=True)
class Head:
    """The title, the authors and the language that a page gives."""

    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""


def head(root: Element, heading: str = "") -> Head:
    """Return what the head of a page says; ``heading`` is the first heading of its text."""
    told: dict[str, list[str]] = {}
    title = ""
    language = attribute(root, "lang") or attribute(root, "xml:lang")
    for element in root.iter():
        tag = name(element)
        if tag == "meta":
            value = " ".join((element.get("content") or "").split())
            for key in ("name", "property", "http-equiv"):
                if value and element.get(key):
                    told.setdefault((element.get(key) or "").lower(), []).append(value)
        elif tag == "title" and not title:
            title = " ".join(content(element).split())
        elif tag == "body":
            language = language or attribute(element, "lang") or attribute(element, "xml:lang")
    return Head(_title(told, title, heading), _authors(told), _language(language, told))


def _title(told: dict[str, list[str]], title: str, heading: str) -> str:
    """Return the title: the surest of the head; of ``<title>`` what is not the site's name."""
    for key in _TITLES:
        for value in told.get(key, ()):
            found = metadata.title(value)
            if found:
                return _SITE.split(found)[0] if key.startswith(("og", "twitter")) else found
    site = (told.get("og:site_name") or [""])[0]
    pieces = [piece for piece in _SITE.split(title) if piece and piece != site]
    if heading and any(heading == piece for piece in pieces):
        return heading
    return metadata.title(pieces[0]) if pieces else ""


def _authors(told: dict[str, list[str]]) -> tuple[str, ...]:
    for key in _AUTHORS:
        names = [_turned(name_) for value in told.get(key, ()) for name_ in _SPLIT.split(value)]
        found = metadata.authors(names)
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _turned(name_: str) -> str:
    """Return "First Last" of "Last, First"."""
    last, comma, first = name_.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() else name_


def _language(own: str, told: dict[str, list[str]]) -> str:
    for value in _languages(own, told):
        found = metadata.language(value.replace("_", "-"))
        if found:
            return found
    return ""


def _languages(own: str, told: dict[str, list[str]]) -> Iterator[str]:
    yield own
    for key in _LANGUAGES:
        yield from told.get(key, ())
