"""From a tree to a walk that is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from scholiast.readers.tei.blocks import BLOCKS
from scholiast.readers.tei.header import Styles
from scholiast.readers.tei.inline import included
from scholiast.readers.tei.notes import found
from scholiast.readers.tei.walk import Handle, Walk

if TYPE_CHECKING:
    from lxml.etree import _Element

_INCLUDE: Final = "{http://www.w3.org/2001/XInclude}include"


def walked(root: _Element, space: str, inline: Mapping[str, Handle]) -> Walk:
    """Walk through a file once; the notes that stand apart from their marks are looked up first."""
    table: dict[str, Handle] = {f"{space}{name}": one for name, one in {**BLOCKS, **inline}.items()}
    table[_INCLUDE] = included
    walk = Walk(table, space, Styles(root, space), found(root, space))
    if root.tag == f"{space}TEI" or root.tag == f"{space}TEI.2":
        table[root.tag](walk, root)
    else:
        walk.content(root)
    walk.close()
    for label in walk.waiting:
        walk.pages += 1
        at = walk.story.length
        walk.story.nodes.append(
            (at, -at, "page", walk.home, {"label": label, "number": walk.pages})
        )
    return walk
