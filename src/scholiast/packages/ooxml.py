"""WordprocessingML in its package: parts, relationships, and the text of a paragraph in pieces.

Names are those of the transitional schema with their usual prefixes (``w:p``);
``kind`` gives the same name for the strict one (ISO/IEC 29500, purl.oclc.org),
so that nothing above this module need know that there are two.

``pieces`` is the one definition of a paragraph's text, shared by the reader and
by whoever writes into the file: offsets into the concatenation of the pieces'
texts mean the same place to both.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from scholiast.data import table
from scholiast.packages.zip import Package, PackageError

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element
else:
    Element = Any

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_STRICT: Final = "http://purl.oclc.org/ooxml/officeDocument"

#: Prefixes as Word writes them, for the transitional schema.
NAMESPACES: Final = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": f"{_OFFICE}/relationships",
    "m": f"{_OFFICE}/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "w16se": "http://schemas.microsoft.com/office/word/2015/wordml/symex",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
#: The same prefixes in the strict schema, where they differ.
STRICT_NAMESPACES: Final = {
    "w": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "r": f"{_STRICT}/relationships",
    "m": f"{_STRICT}/math",
}
_PREFIXES: Final = {
    uri: prefix for names in (STRICT_NAMESPACES, NAMESPACES) for prefix, uri in names.items()
}


#: How a toggle property is turned off.
OFF: Final = frozenset(("0", "false", "off", "none"))


class Relationship(NamedTuple):
    """A relationship of a part: ``target`` is the name of a member, or an address if external."""

    id: str
    type: str  # the last word of its type: "footnotes", "hyperlink" …
    target: str
    external: bool


class Piece(NamedTuple):
    """A stretch of a paragraph's text and the element it stands in.

    ``start``/``end`` count characters in the paragraph's text. Pieces without
    text mark a place: a note reference, a page break. The text of a ``w:t``
    begins ``skip`` characters into the element's own (blanks that Word drops).
    ``hidden`` text counts in the offsets but is not shown.
    """

    element: Element
    text: str
    start: int
    end: int
    hidden: bool = False
    skip: int = 0
    run: Element | None = None  # the w:r it stands in


@lru_cache(maxsize=4096)
def _short(tag: str) -> str:
    uri, _, local = tag.rpartition("}")
    prefix = _PREFIXES.get(uri[1:])
    return f"{prefix}:{local}" if prefix else tag


def kind(element: Element) -> str:
    """Return an element's name with its usual prefix (``w:p``), "" for a comment or instruction."""
    tag = element.tag
    return _short(tag) if isinstance(tag, str) else ""


@cache
def _spellings(name: str) -> tuple[str, ...]:
    """Return the tags of a prefixed name in both schemas."""
    prefix, _, local = name.partition(":")
    uris = (names[prefix] for names in (NAMESPACES, STRICT_NAMESPACES) if prefix in names)
    return tuple(f"{{{uri}}}{local}" for uri in uris)


def attribute(element: Element, name: str, default: str = "") -> str:
    """Return an attribute by its prefixed name (``w:val``), in either schema."""
    for tag in _spellings(name):
        value = element.get(tag)
        if value is not None:
            return str(value)
    return default


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first child of that name, or the one at the end of a path of names."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(*_spellings(name)), None)
    return element


def elements(root: Element, name: str) -> Iterator[Element]:
    """Yield all elements of that name under ``root``, in the order of the part."""
    return root.iter(*_spellings(name))


def paragraphs(root: Element) -> dict[Element, int]:
    """Return every paragraph of a part with its number (``Segment.paragraph``)."""
    return {paragraph: number for number, paragraph in enumerate(elements(root, "w:p"))}


def on(properties: Element | None, name: str) -> bool | None:
    """Return the state of a toggle property (``w:i``), None where it is not set."""
    found = child(properties, name)
    if found is None:
        return None
    return attribute(found, "w:val", "true") not in OFF


# --- parts -------------------------------------------------------------------


def parse(data: bytes, name: str, program: str = "Word") -> Element:
    """Return the root of a part's XML; ``program`` is what its users open it in.

    Raises ``PackageError`` where it is not well formed, is nested or long
    beyond reason, or declares a document type (a way to make a small file
    large, which no word processor uses), and ``MemoryError`` where it is too
    large for the memory allowed.
    """
    from lxml import etree

    for encoding in ("ascii", "utf-16-le", "utf-16-be"):
        if "<!DOCTYPE".encode(encoding) in data:
            raise PackageError(
                f"the part “{name}” declares a document type, which no word processor writes: "
                "it was not read"
            )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, collect_ids=False
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", 0) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        if "HUGE" in (error.msg or ""):  # a limit of the parser, which names the way around it
            raise PackageError(
                f"the part “{name}” of the file is nested deeper, or holds a longer word, than "
                "any text: it was not read"
            ) from error
        told = " ".join((error.msg or "").split())[:200]
        raise PackageError(
            f"the part “{name}” of the file is damaged ({told}): open the file in "
            f"{program} and save it again, or copy it again from where it came"
        ) from error


def relationships(package: Package, part: str = "") -> dict[str, Relationship]:
    """Return the relationships of a part by id; of the package itself where ``part`` is empty.

    Raises ``PackageError`` where they are damaged; none at all is no error.
    """
    folder, _, base = part.rpartition("/")
    name = posixpath.join(folder, "_rels", f"{base}.rels")
    if name not in package:
        return {}
    found: dict[str, Relationship] = {}
    for item in parse(package.read(name), name):
        if kind(item) != "rel:Relationship":
            continue
        external = item.get("TargetMode") == "External"
        target = str(item.get("Target", ""))
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        id_ = str(item.get("Id", ""))
        short = str(item.get("Type", "")).rpartition("/")[2]
        found[id_] = Relationship(id_, short, target, external)
    return found


def related(links: Iterable[Relationship], name: str) -> str:
    """Return the member that the first internal relationship of this type leads to, or ""."""
    return next((link.target for link in links if link.type == name and not link.external), "")


def main_part(package: Package) -> str:
    """Return the name of the part that holds the body.

    Raises ``PackageError`` where the package is something else than a text.
    """
    try:
        target = related(relationships(package).values(), "officeDocument")
    except PackageError:
        target = ""
    if target and target in package and not target.lower().startswith(("xl/", "ppt/")):
        return package.info(target).filename
    if "word/document.xml" in package:
        return package.info("word/document.xml").filename
    raise PackageError(_what_package(package))


def _what_package(package: Package) -> str:
    """Return what to say of a sound zip archive that is no Word document."""
    folders = {name.split("/")[0].lower() for name in package.names}
    if "xl" in folders:
        return "this is a spreadsheet, not a text: check that it is the right file"
    if "ppt" in folders:
        return "this is a set of slides, not a text: check that it is the right file"
    if "content.xml" in folders:
        return (
            "this is an OpenDocument file (.odt) under another name: open it in LibreOffice or "
            "Word and save it as .docx"
        )
    return (
        "there is no text in the file (the part “word/document.xml” is missing): check that it "
        "is a Word document, or copy it again"
    )


def content_types(package: Package) -> Element:
    """Return the root of the list of content types (raises ``PackageError``)."""
    return parse(package.read("[Content_Types].xml"), "[Content_Types].xml")


# --- the text of a paragraph ---------------------------------------------------


def _named(words: str) -> frozenset[str]:
    """Return names of WordprocessingML, given without their prefix."""
    return frozenset(f"w:{word}" for word in words.split())


#: What holds runs, or what runs hold, and is shown.
_INSIDE: Final = _named(
    "hyperlink ins moveTo smartTag sdt sdtContent fldSimple customXml bdo dir ruby rubyBase rt"
) | {"w14:conflictIns"}
_PLACES: Final = _named(
    "footnoteReference endnoteReference footnoteRef endnoteRef lastRenderedPageBreak "
    "separator continuationSeparator annotationRef commentReference"
)
_FIXED: Final = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:cr": "\n",
    "w:noBreakHyphen": "\u2011",
    "w:softHyphen": "\u00ad",
}
_LEAVES: Final = (
    frozenset({"w:t", "m:t", "w:sym", "w16se:symEx", "w:br", "w:fldChar"}) | _PLACES | _FIXED.keys()
)
_BREAKS: Final = str.maketrans("\n\r", "  ")
#: Where fonts of symbols have their characters.
_PRIVATE: Final = re.compile("[\uf020-\uf0ff]")
#: XML's white space, which Word drops at the edges of a text that does not ask to keep it.
_BLANK: Final = " \t\n\r"


def pieces(paragraph: Element) -> list[Piece]:
    """Return the text of a paragraph as Word shows it with all changes accepted, in pieces.

    Deleted and moved-away text, instructions of fields, and the paragraphs of
    text boxes anchored here are left out; what is marked hidden is there and
    says so. Note references and page breaks are pieces without text.
    """
    found: list[Piece] = []
    at = 0
    for element, text, hidden, skip, run in _texts(paragraph):
        found.append(Piece(element, text, at, at + len(text), hidden, skip, run))
        at += len(text)
    return found


def text_boxes(paragraph: Element) -> Iterator[Element]:
    """Yield the ``w:txbxContent`` of the text boxes anchored in a paragraph, each once.

    Boxes inside the paragraphs of a box are left to those paragraphs.
    """
    if next(elements(paragraph, "w:txbxContent"), None) is None:
        return
    for item in paragraph:
        name = kind(item)
        if name == "w:txbxContent":
            yield item
        elif name == "mc:AlternateContent":
            chosen = alternative(item)
            if chosen is not None:
                yield from text_boxes(chosen)
        elif name not in ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:p"):
            yield from text_boxes(item)


def alternative(element: Element) -> Element | None:
    """Return the branch of ``mc:AlternateContent`` to read: the first that holds text."""
    branches = [item for item in element if kind(item) in ("mc:Choice", "mc:Fallback")]
    for branch in branches:
        if any(next(elements(branch, name), None) is not None for name in ("w:t", "w:p", "w:r")):
            return branch
    return branches[0] if branches else None


def _texts(
    paragraph: Element,
) -> Iterator[tuple[Element, str, bool, int, Element | None]]:
    """Yield (element, text, hidden, skip, run) of a paragraph's own pieces, in order."""
    leaves = list(_walk(paragraph, None, False))
    instructions = _instructions([leaf for leaf, _, _ in leaves])
    home: Element | None = None
    properties: Element | None = None
    for number, (element, run, guide) in enumerate(leaves):
        name = kind(element)
        if number in instructions or name == "w:fldChar":
            continue
        if run is not home:
            home, properties = run, child(run, "w:rPr")
        text, skip = _text(element, name, properties)
        yield element, text, guide or on(properties, "w:vanish") is True, skip, run


def _walk(
    element: Element, run: Element | None, guide: bool
) -> Iterator[tuple[Element, Element | None, bool]]:
    """Yield (leaf, its run, whether it is a phonetic guide) under an element."""
    for item in element:
        name = kind(item)
        if name in _LEAVES:
            yield item, run, guide
        elif name in ("w:r", "m:r"):
            yield from _walk(item, item, guide)
        elif name == "mc:AlternateContent":
            chosen = alternative(item)
            if chosen is not None:
                yield from _walk(chosen, run, guide)
        elif name in _INSIDE or (name.startswith("m:") and not name.endswith("Pr")):
            yield from _walk(item, run, guide or name == "w:rt")


def _instructions(leaves: list[Element]) -> frozenset[int]:
    """Return the numbers of the leaves inside the instructions of complex fields.

    What stands between the begin of a field and its separator is instruction,
    also where a field inside it has a result. A field whose begin stands in
    another paragraph, or that is never ended, hides nothing.
    """
    spans: list[tuple[int, int]] = []
    begins: list[int] = []
    for number, leaf in enumerate(leaves):
        if kind(leaf) != "w:fldChar":
            continue
        what = attribute(leaf, "w:fldCharType")
        if what == "begin":
            begins.append(number)
        elif what == "separate" and begins and begins[-1] >= 0:
            spans.append((begins[-1], number))
            begins[-1] = -1
        elif what == "end" and begins:
            begin = begins.pop()
            if begin >= 0:
                spans.append((begin, number))
    inside: list[int] = []
    told = 0
    for begin, end in sorted(spans):
        inside.extend(range(max(begin, told), end))
        told = max(told, end)
    return frozenset(inside)


def _text(element: Element, name: str, properties: Element | None) -> tuple[str, int]:
    """Return the text of a leaf, and how many blanks at its start Word drops."""
    if name in _FIXED:
        return _FIXED[name], 0
    if name in ("w:t", "m:t"):
        return _words(element, properties)
    if name == "w:br":
        wraps = attribute(element, "w:type", "textWrapping") == "textWrapping"
        return ("\n" if wraps else ""), 0
    if name in ("w:sym", "w16se:symEx"):
        prefix = name.partition(":")[0]
        font = attribute(element, f"{prefix}:font")
        return symbol(font, attribute(element, f"{prefix}:char")), 0
    return "", 0


def _words(element: Element, properties: Element | None) -> tuple[str, int]:
    """Return the words of a ``w:t`` as shown, and how many blanks at its start are dropped."""
    text = (element.text or "").translate(_BREAKS)
    skip = 0
    if text[:1] in _BLANK or text[-1:] in _BLANK:
        keeps = (attribute(above, "xml:space") for above in (element, *element.iterancestors()))
        if next(filter(None, keeps), "") != "preserve":
            skip = len(text) - len(text.lstrip(_BLANK))
            text = text.strip(_BLANK)
    if not text.isascii() and _PRIVATE.search(text):
        fonts = child(properties, "w:rFonts")
        font = attribute(fonts, "w:ascii") if fonts is not None else ""
        text = symbols(text, font)
    return text, skip


def symbols(text: str, font: str) -> str:
    """Return words with the private characters of a font of symbols as what they show."""
    if text.isascii():
        return text
    return _PRIVATE.sub(lambda match: symbol(font, f"{ord(match.group()):X}"), text)


def symbol(font: str, code: str) -> str:
    """Return the character that a font of symbols shows for a hexadecimal code.

    The code itself where the font is not one of ``data/symbols.toml``, and
    U+FFFD where it is no code at all.
    """
    try:
        number = int(code, 16)
        plain = chr(number)
    except (ValueError, OverflowError):
        return "\ufffd"
    if 0xD800 <= number <= 0xDFFF:
        return "\ufffd"
    known = _symbols().get(font.casefold(), {})
    return (
        known.get(number & 0xFF, plain) if number < 0x100 or 0xF000 <= number <= 0xF0FF else plain
    )


@cache
def _symbols() -> dict[str, dict[int, str]]:
    """Return, for each font of symbols by folded name, its characters by code."""
    return {
        font.casefold(): {int(code, 16): character for code, character in codes.items()}
        for font, codes in table("symbols").items()
    }
