"""Web pages parsed with suspicion: the tree, the names in it, and the numbers of its text nodes.

Readers and reports share this room, so that both mean the same place by "text
node 17". Nothing is fetched and nothing is run: scripts and styles are
elements like any other, and no entity but those of HTML is known.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from scholiast.packages.zip import PackageError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = object

__all__ = [
    "Element",
    "attribute",
    "events",
    "name",
    "parse_html",
    "parse_xhtml",
    "parse_xml",
    "text_nodes",
]

#: Elements whose characters are no text of the page.
SILENT: Final = frozenset(
    ("script", "style", "template", "noscript", "title", "textarea", "iframe", "xmp", "noframes")
)
#: Elements that a page may have; each has two tags.
MOST_ELEMENTS: Final = 250_000
#: Attributes that a tag may have.
MOST_ATTRIBUTES: Final = 5_000
_ENTITY: Final = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_OWN: Final = frozenset(("amp", "lt", "gt", "quot", "apos"))
_DOCTYPE: Final = re.compile(r"<!DOCTYPE\b[^<>\[]*(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
_DECLARATION: Final = re.compile(r"\A\ufeff?\s*<\?xml\b[^<>]*\?>")
_PREFIXES: Final = {
    "epub": "{http://www.idpf.org/2007/ops}",
    "xml": "{http://www.w3.org/XML/1998/namespace}",
}


def parse_html(text: str) -> Element:
    """Return the root of a page, repaired as browsers repair it.

    Raises ``PackageError`` where there is no element in it, where it has more
    of them than any text, or where it is nested deeper than the parser goes
    (2,048 elements).
    """
    from lxml import etree

    if text.count("<") > 2 * MOST_ELEMENTS:
        raise PackageError(
            f"the page has more than {MOST_ELEMENTS:,} elements: it was not read; divide it"
        )
    for piece in text.split("<"):  # the parser takes time with the square of their number
        if len(piece) > MOST_ATTRIBUTES and piece.count("=") > MOST_ATTRIBUTES < piece.count(" "):
            tag = piece.partition(">")[0]
            if tag.count("=") > MOST_ATTRIBUTES < tag.count(" "):
                raise PackageError("the page has a tag with thousands of attributes: not read")

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        _refuse(error)
        raise PackageError(
            "there is no page in the file: save it again from the browser"
        ) from error
    for entry in parser.error_log:
        if "xcessive depth" in entry.message:
            raise PackageError(_TOO_DEEP)
    if root is None:
        raise PackageError("there is no page in the file: save it again from the browser")
    return root


_TOO_DEEP: Final = "the page is nested deeper than any text: it was not read"


def parse_xhtml(text: str) -> Element:
    """Return the root of a page of XHTML; one that is not well formed is read as HTML.

    Raises ``PackageError`` as ``parse_html`` does, and where the page declares
    entities of its own, a way to make a small file large.
    """
    from lxml import etree

    if "<!ENTITY" in text:
        raise PackageError("the page declares entities of its own, which no page needs: not read")
    plain = _DOCTYPE.sub("", _DECLARATION.sub("", text), count=1)
    plain = _ENTITY.sub(_numeric, plain)
    # Not ``collect_ids=False``: lxml would then load a document type that lies beside the file.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(plain.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        _refuse(error)
        return parse_html(text)
    return root


def parse_xml(data: bytes, member: str) -> Element:
    """Return the root of a member that must be XML (raises ``PackageError`` where it is not).

    What it says of its document type is passed over; entities of its own are refused.
    """
    from lxml import etree

    if any("<!ENTITY".encode(coded) in data for coded in ("ascii", "utf-16-le", "utf-16-be")):
        raise PackageError(f"the part “{member}” declares entities of its own: it was not read")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        _refuse(error)
        told = " ".join((error.msg or "").split())[:200]
        raise PackageError(
            f"the part “{member}” of the file is damaged ({told}): get another copy"
        ) from error


def _refuse(error: SyntaxError) -> None:
    from lxml import etree

    if getattr(error, "code", 0) == etree.ErrorTypes.ERR_NO_MEMORY:
        raise MemoryError from error


def _numeric(match: re.Match[str]) -> str:
    """Return a named character of HTML as XML knows it."""
    if match[1] in _XML_OWN:
        return match[0]
    shown = html.unescape(match[0])
    return match[0] if shown == match[0] else "".join(f"&#{ord(sign)};" for sign in shown)


def name(element: Element) -> str:
    """Return the name of an element in small letters, "" of a comment or an instruction."""
    return _local(element.tag)


@lru_cache(maxsize=4096)
def _local(tag: object) -> str:
    if not isinstance(tag, str):
        return ""
    return (tag.rpartition("}")[2] if tag[:1] == "{" else tag).lower()


def attribute(element: Element, key: str) -> str:
    """Return an attribute, "" where there is none.

    ``epub:`` and ``xml:`` are found as either parser has them.
    """
    value = element.get(key)
    if value is None and ":" in key:
        prefix, _, local = key.partition(":")
        value = element.get(_PREFIXES.get(prefix, "") + local)
    return value or ""


def content(element: Element) -> str:
    """Return all characters in an element, those of comments left out."""
    found: list[str] = []
    for begins, one in events(element):
        text = one.text if begins else one.tail if one is not element else None
        if text and (isinstance(one.tag, str) or not begins):
            found.append(text)
    return "".join(found)


def events(root: Element) -> Iterator[tuple[bool, Element]]:
    """Yield every element, comment and instruction twice: as it begins (True) and as it ends."""
    from lxml import etree

    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            yield True, element
            yield False, element
        else:
            yield event == "start", element


def text_nodes(root: Element) -> dict[Element, tuple[int, int]]:
    """Return, for every element, the numbers of its text and of the text behind it (-1: none).

    Text nodes are numbered from 0 in document order, those of scripts and
    styles included; what a comment or an instruction says is none, the text
    behind it is one.
    """
    numbers: dict[Element, tuple[int, int]] = {}
    count = 0
    for begins, element in events(root):
        if begins:
            own = -1
            if element.text and isinstance(element.tag, str):
                own, count = count, count + 1
            numbers[element] = (own, -1)
        elif element.tail and element is not root:
            numbers[element] = (numbers[element][0], count)
            count += 1
    return numbers
