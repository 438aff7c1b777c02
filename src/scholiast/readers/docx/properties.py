"""The properties of a Word file: its title, its authors, its language."""

from __future__ import annotations

from scholiast.packages.ooxml import Element, child
from scholiast.structure import metadata


def title(properties: Element | None) -> str:
    """Return the title in ``docProps/core.xml``, "" where a program wrote it."""
    return metadata.title(_value(properties, "dc:title"))


def authors(properties: Element | None) -> tuple[str, ...]:
    """Return the authors in ``docProps/core.xml`` that look like persons."""
    return metadata.authors(_value(properties, "dc:creator").split(";"))


def language(properties: Element | None) -> str:
    """Return the language (BCP 47) in ``docProps/core.xml``, where there is one."""
    return metadata.language(_value(properties, "dc:language"))


def _value(properties: Element | None, name: str) -> str:
    found = child(properties, name)
    return str(found.text or "") if found is not None else ""
