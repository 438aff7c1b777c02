"""The properties of an OpenDocument text: its title, its authors, its language."""

from __future__ import annotations

from scholiast.packages.odf import Element, child
from scholiast.structure import metadata


def title(meta: Element | None) -> str:
    """Return the title in the properties, "" where a program wrote it."""
    return metadata.title(_value(meta, "dc:title"))


def authors(meta: Element | None) -> tuple[str, ...]:
    """Return the authors in the properties that look like persons.

    The one who began the file comes before the one who saved it last.
    """
    for name in ("meta:initial-creator", "dc:creator"):
        found = metadata.authors(_value(meta, name).split(";"))
        if found:
            return found
    return ()


def language(meta: Element | None) -> str:
    """Return the language (BCP 47) in the properties, where there is one."""
    return metadata.language(_value(meta, "dc:language"))


def _value(meta: Element | None, name: str) -> str:
    found = child(meta, name)
    return str(found.text or "") if found is not None else ""
