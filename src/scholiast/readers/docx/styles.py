"""The styles of a Word document: what a paragraph is, and how a run looks.

Properties are inherited along ``basedOn``; a toggle (italic, hidden) that is
set by the paragraph's and by the character's style cancels itself out, and a
direct setting outranks both (ISO/IEC 29500-1, 17.7.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scholiast.packages.ooxml import OFF, Element, attribute, child, elements, kind, on
from scholiast.structure.flow.blocks import Indent
from scholiast.structure.flow.style_names import begins, folded, heading_depth, names

#: Properties of indentation by their two spellings, the second that of later editions.
_SIDES: Final = {"left": ("w:left", "w:start"), "right": ("w:right", "w:end")}
#: What of a run's properties makes its look.
_LOOKS: Final = frozenset(("w:rStyle", "w:i", "w:b", "w:vanish", "w:vertAlign", "w:position"))
#: Word itself follows a style to eleven others.
DEEPEST: Final = 30
#: A run that stands so many half points higher is raised.
RAISED: Final = 4


@dataclass(frozen=True, slots=True)
class Style:
    """One style as the file has it, found by its id."""

    id: str
    name: str  # folded
    based_on: str
    paragraph: Element | None  # its w:pPr
    run: Element | None  # its w:rPr


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks; ``marked``: somebody set it in italics by hand."""

    italic: bool
    marked: bool
    bold: bool
    hidden: bool
    raised: bool


class Styles:
    """The styles of a document; a document without any has those that its names tell."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self._defaults: dict[str, str] = {}
        self._chains: dict[str, list[Style]] = {}
        self._toggles: dict[tuple[str, str], bool | None] = {}
        self._looks: dict[tuple[object, ...], Look] = {}
        self.paragraph_defaults = child(root, "w:docDefaults", "w:pPrDefault", "w:pPr")
        for element in elements(root, "w:style") if root is not None else ():
            style = _style(element)
            self._styles.setdefault(style.id, style)
            if attribute(element, "w:default") in ("1", "true", "on"):
                self._defaults.setdefault(attribute(element, "w:type"), style.id)

    def of_paragraph(self, properties: Element | None) -> str:
        """Return the id of a paragraph's style, from its ``w:pPr``."""
        named = child(properties, "w:pStyle")
        if named is not None and attribute(named, "w:val"):
            return attribute(named, "w:val")
        return self._defaults.get("paragraph", "")

    def chain(self, id_: str) -> list[Style]:
        """Return a style and those it is based on, the nearest first."""
        if id_ not in self._chains:
            self._chains[id_] = self._chain(id_)
        return self._chains[id_]

    def _chain(self, id_: str) -> list[Style]:
        found: list[Style] = []
        seen: set[str] = set()
        while id_ and id_ not in seen and len(found) < DEEPEST:
            seen.add(id_)
            style = self._styles.get(id_, Style(id_, folded(id_), "", None, None))
            found.append(style)
            id_ = style.based_on
        return found

    def toggle(self, id_: str, name: str) -> bool | None:
        """Return a toggle property of runs as a style inherits it, None where it is not set."""
        key = (id_, name)
        if key not in self._toggles:
            states = (on(style.run, name) for style in self.chain(id_))
            self._toggles[key] = next((state for state in states if state is not None), None)
        return self._toggles[key]

    def look(self, properties: Element | None, paragraph_style: str) -> Look:
        """Return how a run with these ``w:rPr`` looks in a paragraph of that style."""
        set_ = {
            name: attribute(item, "w:val", "true")
            for item in (() if properties is None else properties)
            if (name := kind(item)) in _LOOKS
        }
        key = (paragraph_style, *set_.items())
        if key not in self._looks:
            self._looks[key] = self._look(set_, paragraph_style)
        return self._looks[key]

    def _look(self, set_: dict[str, str], paragraph_style: str) -> Look:
        character = set_.get("w:rStyle", "")

        def shows(name: str) -> bool:
            if name in set_:
                return set_[name] not in OFF
            by_character = bool(character) and bool(self.toggle(character, name))
            return by_character != bool(self.toggle(paragraph_style, name))

        return Look(
            italic=shows("w:i"),
            marked=set_.get("w:i", "0") not in OFF,
            bold=shows("w:b"),
            hidden=shows("w:vanish"),
            raised=self._raised(set_, character),
        )

    def _raised(self, set_: dict[str, str], character: str) -> bool:
        """Return whether a run is set as superscript, directly or by its character style."""
        if "w:vertAlign" in set_:
            return set_["w:vertAlign"] == "superscript"
        if _number(set_.get("w:position", "")) >= RAISED:
            return True
        for style in self.chain(character):
            inherited = child(style.run, "w:vertAlign")
            if inherited is not None:
                return attribute(inherited, "w:val") == "superscript"
        return False

    def level(self, properties: Element | None, id_: str) -> int:
        """Return the depth of a heading, 0 for a paragraph that is none.

        An outline level counts before the name of a style, what is nearer
        before what is inherited.
        """
        direct = _outline(properties)
        if direct is not None:
            return direct
        chain = self.chain(id_)
        for style in chain:
            if style.name in names("plain") or begins(style.name, "contents"):
                return 0
            outlined = _outline(style.paragraph)
            if outlined is not None:
                return outlined
            named = heading_depth(style.name)
            if named:
                return named
        return 0

    def named(self, id_: str, sort: str) -> bool:
        """Return whether a style, or one it is based on, has a name of this sort."""
        for style in self.chain(id_):
            if style.name in names(sort):
                return True
            if style.name in names("plain"):
                break
        return False

    def begins(self, id_: str, sort: str) -> bool:
        """Return whether the name of a style begins with a prefix of this sort."""
        return any(begins(style.name, sort) for style in self.chain(id_)[:1])

    def indent(self, properties: Element | None, id_: str) -> Indent:
        """Return how far a paragraph stands in: its own setting, then its style's."""
        levels = [properties, *(style.paragraph for style in self.chain(id_))]
        settings = [child(level, "w:ind") for level in (*levels, self.paragraph_defaults)]
        found = {side: _first(settings, names) for side, names in _SIDES.items()}
        first = 0
        for setting in settings:
            hanging = attribute(setting, "w:hanging") if setting is not None else ""
            line = attribute(setting, "w:firstLine") if setting is not None else ""
            if hanging or line:
                first = -_number(hanging) if hanging else _number(line)
                break
        return Indent(found["left"], found["right"], first)

    def setting(self, properties: Element | None, id_: str, name: str) -> Element | None:
        """Return a property of a paragraph, its own or the nearest inherited one."""
        own = child(properties, name)
        if own is not None:
            return own
        inherited = (child(style.paragraph, name) for style in self.chain(id_))
        return next((item for item in inherited if item is not None), None)


def _style(element: Element) -> Style:
    based, name = child(element, "w:basedOn"), child(element, "w:name")
    id_ = attribute(element, "w:styleId")
    return Style(
        id_,
        folded(attribute(name, "w:val") if name is not None else id_),
        attribute(based, "w:val") if based is not None else "",
        child(element, "w:pPr"),
        child(element, "w:rPr"),
    )


def _outline(properties: Element | None) -> int | None:
    """Return the depth that an outline level gives, 0 for body text, None where none is set."""
    level = child(properties, "w:outlineLvl")
    if level is None:
        return None
    number = _number(attribute(level, "w:val"), 9)
    return number + 1 if 0 <= number < 9 else 0


def _first(settings: list[Element | None], names: tuple[str, ...]) -> int:
    """Return the first number that one of the settings has under one of the names."""
    for setting in settings:
        if setting is None:
            continue
        for name in names:
            if value := attribute(setting, name):
                return _number(value)
    return 0


_UNITS: Final = {"pt": 20.0, "in": 1440.0, "cm": 566.93, "mm": 56.693, "pc": 240.0, "pi": 240.0}


def _number(value: str, default: int = 0) -> int:
    """Return a measure in twentieths of a point ("720", "36pt", "0.5in"), or a plain number."""
    scale = _UNITS.get(value[-2:], 1.0)
    try:
        return round(float(value[:-2] if scale != 1.0 else value) * scale)
    except (ValueError, OverflowError):
        return default
