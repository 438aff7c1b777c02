"""TEI P5 (.xml, .tei): editions and articles as their projects tag them.

What editors tagged (names, dates, references, quotations) comes in as mentions
by them; docs/architecture.md lists the kinds of mention and the roles of parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scholiast.config import Settings
from scholiast.model import Document, Intake, Source, Trouble

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Raise when the same bytes give another Document.
VERSION: Final = "tei 1"
_TEI: Final = "http://www.tei-c.org/ns/1.0"
_ROOTS: Final = ("TEI", "teiCorpus", "TEI.2", "teiCorpus.2", "text")


def read(source: Source, settings: Settings) -> Intake:
    """Return the Document of a TEI file. Never fails: what is wrong is a Trouble."""
    from scholiast.readers import identity
    from scholiast.readers.tei.parsing import RefusedError, parsed

    id_ = identity(source.data, VERSION)
    nothing = Document(source.name, id_, "tei", language=settings.language)
    if not source.data.strip():
        return Intake(nothing, troubles=(Trouble("empty-file"),))
    try:
        tree = parsed(source.data)
        space = _space(tree.root)
    except RefusedError as error:
        return Intake(nothing, troubles=(Trouble("unreadable-file", str(error)),))
    from scholiast.readers.tei.assembly import assembled
    from scholiast.readers.tei.inline import INLINE
    from scholiast.readers.tei.reading import walked

    walk = walked(tree.root, space, INLINE)
    return assembled(walk, source.name, id_, settings, tree)


def _space(root: _Element) -> str:
    """Return the namespace of the TEI elements, in braces (raises ``RefusedError``)."""
    from scholiast.readers.tei.parsing import RefusedError

    space, _, name = root.tag.rpartition("}")
    if name in _ROOTS and space in ("", f"{{{_TEI}"):
        return f"{space}}}" if space else ""
    told = f" of {space[1:]}" if space else ""
    raise RefusedError(
        f"this XML is no TEI (its root element is <{name}>{told}): give a TEI file, or convert it "
        "to TEI, or to a format that is read"
    )
