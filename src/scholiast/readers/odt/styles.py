"""The styles of an OpenDocument text: what a paragraph is, and how its words look.

What a program sets by hand it keeps in automatic styles, which inherit from
the named ones that a user sees. The nearest setting counts: that of the
innermost span, then of those around it, then of the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from scholiast.packages.odf import Element, attribute, child, elements, tag
from scholiast.structure.flow.blocks import Indent
from scholiast.structure.flow.style_names import begins, folded, heading_depth, names

#: LibreOffice itself follows a style to no more others.
DEEPEST: Final = 30
#: Words that stand so many hundredths of their height higher are raised.
RAISED: Final = 15
_UNITS: Final = {
    "pt": 20.0, "in": 1440.0, "cm": 566.93, "mm": 56.693, "pc": 240.0, "pi": 240.0, "px": 15.0,
}  # fmt: skip
_ENCODED: Final = re.compile(r"_([0-9a-f]{2,6})_")


@dataclass(frozen=True, slots=True)
class Style:
    """One style as the file has it; its name is folded."""

    name: str
    parent: str
    automatic: bool
    element: Element | None
    paragraph: Element | None  # its style:paragraph-properties
    text: Element | None  # its style:text-properties


@dataclass(frozen=True, slots=True)
class Look:
    """How words look; ``marked``: somebody set them in italics by hand."""

    italic: bool
    marked: bool
    bold: bool
    hidden: bool
    raised: bool
    font: str = ""


class Styles:
    """The styles of a document; a style that is missing has what its name tells."""

    def __init__(self, *roots: Element | None) -> None:
        self._styles: dict[tuple[str, str], Style] = {}
        self._defaults: dict[str, Style] = {}
        self._chains: dict[tuple[str, str], list[Style]] = {}
        self._looks: dict[tuple[str, ...], Look] = {}
        self._fonts: dict[str, str] = {}  # the families of fonts by their names in the file
        for root in roots:
            for face in elements(root, "style:font-face") if root is not None else ():
                family = attribute(face, "svg:font-family").strip("'\"")
                self._fonts.setdefault(attribute(face, "style:name"), family)
            for group in elements(root, "office:automatic-styles") if root is not None else ():
                self._take(group, automatic=True)
            for group in elements(root, "office:styles") if root is not None else ():
                self._take(group, automatic=False)

    def _take(self, group: Element, *, automatic: bool) -> None:
        for element in elements(group, "style:style", "style:default-style"):
            family = attribute(element, "style:family")
            style = _style(element, automatic)
            if element.tag.endswith("}default-style"):
                self._defaults.setdefault(family, style)
            else:
                self._styles.setdefault((family, attribute(element, "style:name")), style)

    def chain(self, family: str, id_: str) -> list[Style]:
        """Return a style and those it inherits from, the nearest first."""
        key = (family, id_)
        if key not in self._chains:
            self._chains[key] = list(self._followed(family, id_))
        return self._chains[key]

    def _followed(self, family: str, id_: str) -> Iterator[Style]:
        seen: set[str] = set()
        while id_ and id_ not in seen and len(seen) < DEEPEST:
            seen.add(id_)
            style = self._styles.get((family, id_))
            yield style or Style(folded(_decoded(id_)), "", False, None, None, None)
            id_ = style.parent if style else ""

    def named(self, id_: str) -> list[Style]:
        """Return the styles with a name that a paragraph's style is, or inherits from."""
        return [style for style in self.chain("paragraph", id_) if not style.automatic]

    def is_a(self, id_: str, sort: str) -> bool:
        """Return whether a paragraph's style, or one it inherits from, has a name of this sort."""
        for style in self.named(id_):
            if style.name in names(sort):
                return True
            if style.name in names("plain"):
                break
        return False

    def begins(self, id_: str, sort: str) -> bool:
        """Return whether the name of a paragraph's style begins with a prefix of this sort."""
        return any(begins(style.name, sort) for style in self.named(id_)[:1])

    def level(self, id_: str) -> int:
        """Return the depth of a heading that a paragraph's style tells, 0 for none."""
        for style in self.named(id_):
            if style.name in names("plain") or begins(style.name, "contents"):
                return 0
            told = "" if style.element is None else attribute(
                style.element, "style:default-outline-level"
            )  # fmt: skip
            if told.isdecimal():
                return min(int(told[:3]), 10)
            # "Heading" itself is only what LibreOffice's headings and titles inherit from.
            depth = heading_depth(style.name) if style.name != "heading" else 0
            if depth:
                return depth
        return 0

    def setting(self, id_: str, name: str) -> str:
        """Return a property of paragraphs, the style's own or the nearest inherited one."""
        for style in self.chain("paragraph", id_):
            if style.paragraph is not None and (value := attribute(style.paragraph, name)):
                return value
        return ""

    def of_itself(self, id_: str, name: str) -> str:
        """Return an attribute of a paragraph's style, its own or the nearest inherited one."""
        for style in self.chain("paragraph", id_):
            if style.element is not None and (value := style.element.get(tag(name))) is not None:
                return str(value)
        return ""

    def indent(self, id_: str) -> Indent:
        """Return how far paragraphs of a style stand in."""
        sides = (self.setting(id_, f"fo:{name}") for name in ("margin-left", "margin-right"))
        left, right = (length(value or self.setting(id_, "fo:margin")) for value in sides)
        return Indent(left, right, length(self.setting(id_, "fo:text-indent")))

    def italic(self, id_: str) -> bool:
        """Return whether the named style of a paragraph is set in italics."""
        settings = (_text(style, "fo:font-style") for style in self.named(id_))
        return next(filter(None, settings), "") in ("italic", "oblique")

    def look(self, spans: tuple[str, ...], paragraph: str) -> Look:
        """Return how words in spans of these styles look, in a paragraph of that style."""
        key = (paragraph, *spans)
        if key not in self._looks:
            self._looks[key] = self._look(spans, paragraph)
        return self._looks[key]

    def _look(self, spans: tuple[str, ...], paragraph: str) -> Look:
        chains = [self.chain("text", span) for span in reversed(spans)]
        own = self.chain("paragraph", paragraph)
        default = self._defaults.get("paragraph")
        chains += [own, [default] if default else []]

        def first(name: str) -> tuple[str, bool]:
            for style in (style for chain in chains for style in chain):
                if value := _text(style, name):
                    return value, style.automatic
            return "", False

        slope, by_hand = first("fo:font-style")
        italic = slope in ("italic", "oblique")
        weight = first("fo:font-weight")[0]
        return Look(
            italic=italic,
            marked=italic and by_hand,
            bold=weight == "bold" or (weight.isdecimal() and int(weight[:5]) >= 600),
            hidden=first("text:display")[0] == "none",
            raised=_raised(first("style:text-position")[0]),
            font=self._fonts.get(first("style:font-name")[0], first("fo:font-family")[0]),
        )

    def languages(self) -> tuple[str, str]:
        """Return the languages of plain paragraphs (BCP 47): of Western and of Asian words."""
        plain = self._styles.get(("paragraph", "Standard"))
        styles = [style for style in (plain, self._defaults.get("paragraph")) if style is not None]

        def told_by(language: str, country: str) -> str:
            for style in styles:
                told = _text(style, language)
                if told and told not in ("none", "zxx"):
                    place = _text(style, country)
                    return f"{told}-{place}" if place and place != "none" else told
            return ""

        return (
            told_by("fo:language", "fo:country"),
            told_by("style:language-asian", "style:country-asian"),
        )


def _style(element: Element, automatic: bool) -> Style:
    name = attribute(element, "style:display-name") or _decoded(attribute(element, "style:name"))
    return Style(
        folded(name),
        attribute(element, "style:parent-style-name"),
        automatic,
        element,
        child(element, "style:paragraph-properties"),
        child(element, "style:text-properties"),
    )


def _decoded(name: str) -> str:
    """Return a style's name with the characters that XML names cannot hold (``_20_``)."""
    return _ENCODED.sub(lambda match: chr(min(int(match.group(1), 16), 0xFFFF)), name)


def _text(style: Style, name: str) -> str:
    return attribute(style.text, name) if style.text is not None else ""


def _raised(position: str) -> bool:
    """Return whether ``style:text-position`` raises words: "super 58%", "33% 58%"."""
    place = position.partition(" ")[0]
    if not place.endswith("%"):
        return place == "super"
    try:
        return float(place[:-1]) >= RAISED
    except ValueError:
        return False


def length(value: str) -> int:
    """Return a length in twentieths of a point ("1cm", "0.5in"); 0 for what is none."""
    scale = _UNITS.get(value[-2:])
    if scale is None:
        return 0
    try:
        return round(float(value[:-2]) * scale)
    except (ValueError, OverflowError):
        return 0
