"""XML of a package's parts written back with as little changed as can be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from scholiast.packages.ooxml import NAMESPACES, Element

#: What may stand before the root of a part: a mark of the encoding, blanks,
#: the declaration, instructions, comments.
_PROLOGUE: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s+|<\?(?P<head>.*?)\?>|<!--.*?-->)*", re.DOTALL
)
_ENCODING: Final = re.compile(rb"""encoding\s*=\s*["']([^"']*)["']""")
_IGNORABLE: Final = f"{{{NAMESPACES['mc']}}}Ignorable"


def serialised(root: Element, original: bytes) -> bytes:
    """Return a part's XML with what stood before the root in the original bytes.

    A part that is not UTF-8 is written in its own encoding with a fresh
    declaration that says the same.
    """
    from lxml import etree

    match = _PROLOGUE.match(original)
    prologue = match.group() if match else b""
    named = _ENCODING.search(prologue)
    encoding = named.group(1).decode("ascii", "replace").casefold() if named else "utf-8"
    plain = original.startswith((b"<", b"\xef\xbb\xbf", b" ", b"\n", b"\r", b"\t"))
    if plain and encoding in ("utf-8", "utf8") and root.getnext() is None:
        return prologue + etree.tostring(root, encoding="UTF-8", xml_declaration=False)
    tree = root.getroottree()
    encoding = tree.docinfo.encoding or "UTF-8"
    told = tree.docinfo.standalone
    said: dict[str, Any] = {} if told is None else {"standalone": told}
    return cast(bytes, etree.tostring(tree, encoding=encoding, xml_declaration=True, **said))


def with_namespaces(
    root: Element, wanted: Mapping[str, str], *, ignorable: Sequence[str] = ()
) -> Element:
    """Return a root that declares these prefixes, and that older programs may ignore some.

    The root itself where it does so already; else a new one with the old
    one's attributes and children.
    """
    from lxml import etree

    names = dict(root.nsmap)
    spelt = {uri: prefix for prefix, uri in names.items() if prefix}
    for prefix, uri in wanted.items():
        free = prefix
        while uri not in spelt and names.get(free, uri) != uri:
            free += "x"
        names.setdefault(spelt.setdefault(uri, free), uri)
    ignored = root.get(_IGNORABLE, "").split()
    missing = [spelt[wanted[name]] for name in ignorable if spelt[wanted[name]] not in ignored]
    if names == root.nsmap and not missing:
        return root
    if missing and NAMESPACES["mc"] not in names.values():
        names["mc" if "mc" not in names else "mcx"] = NAMESPACES["mc"]
    attributes = {str(name): str(value) for name, value in root.attrib.items()}
    fresh = etree.Element(root.tag, attributes, nsmap=cast(Any, names))
    if missing:
        fresh.set(_IGNORABLE, " ".join([*ignored, *missing]))
    fresh.text = root.text
    for item in list(root):
        fresh.append(item)
    return fresh
