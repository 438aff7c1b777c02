"""OpenDocument: names, and the text of a paragraph in pieces.

Names are those of the standard with their usual prefixes (``text:p``).
``pieces`` is the one definition of a paragraph's text, shared by the reader and
by whoever writes into the file: offsets into the concatenation of the pieces'
texts mean the same place to both. White space is collapsed in them as the
standard wants it (ISO/IEC 26300-1, 6.1.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from scholiast.packages.zip import Package, PackageError

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element
else:
    Element = Any

_OASIS: Final = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES: Final = {
    **{
        name: f"{_OASIS}{name}:1.0"
        for name in ("office", "style", "text", "table", "meta", "manifest", "form", "presentation")
    },
    "draw": f"{_OASIS}drawing:1.0",
    "fo": f"{_OASIS}xsl-fo-compatible:1.0",
    "svg": f"{_OASIS}svg-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
    "field": "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
_PREFIXES: Final = {uri: prefix for prefix, uri in NAMESPACES.items()}
#: The member of a package that holds the text.
MAIN: Final = "content.xml"
MIMETYPE: Final = "application/vnd.oasis.opendocument.text"
#: A ``text:s`` stands for no more blanks than this: no line has more.
MOST_BLANKS: Final = 1000


class Piece(NamedTuple):
    """A stretch of a paragraph's text, and the element in whose ``place`` it stands.

    ``place`` is "text" or "tail" for characters (those of the element, or those
    behind it), "leaf" for an element that stands for characters (``text:s``)
    or for a place without any (a note, the end of a page). ``start``/``end``
    count in the paragraph's text; ``led`` tells that a blank at the start of the
    raw characters is dropped. ``spans`` are the elements around it that have
    a style, the outermost first. ``hidden`` text counts but is not shown.
    """

    element: Element
    place: str
    text: str
    start: int
    end: int
    led: bool = False
    hidden: bool = False
    repeats: bool = False  # in a field that repeats a number of a note
    spans: tuple[Element, ...] = ()


@lru_cache(maxsize=4096)
def _short(tag: str) -> str:
    uri, _, local = tag.rpartition("}")
    prefix = _PREFIXES.get(uri[1:])
    return f"{prefix}:{local}" if prefix else tag


def kind(element: Element) -> str:
    """Return an element's name with its usual prefix, "" for a comment or instruction."""
    tag = element.tag
    return _short(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=4096)
def tag(name: str) -> str:
    """Return the tag of a prefixed name (``text:p``)."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def attribute(element: Element, name: str, default: str = "") -> str:
    """Return an attribute by its prefixed name (``text:style-name``)."""
    return str(element.get(tag(name), default))


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first child of that name, or the one at the end of a path of names."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(tag(name)), None)
    return element


def elements(root: Element, *names: str) -> Iterator[Element]:
    """Yield all elements of these names under ``root``, in the order of the file."""
    return root.iter(*map(tag, names))


def paragraphs(root: Element) -> dict[Element, int]:
    """Return every paragraph of a part with its number (``Segment.paragraph``).

    Those of comments are not counted, so that a comment more changes no number.
    """
    passed = {
        inner
        for note in elements(root, "office:annotation")
        for inner in elements(note, "text:p", "text:h")
    }
    counted = (found for found in elements(root, "text:p", "text:h") if found not in passed)
    return {paragraph: number for number, paragraph in enumerate(counted)}


def check_kind(package: Package) -> None:
    """Raise ``PackageError`` where a package is no text, or is encrypted."""
    if "META-INF/manifest.xml" in package:
        manifest = package.read("META-INF/manifest.xml")
        if b"encryption-data" in manifest or b"encrypted-package" in package.names[0].encode():
            raise PackageError(
                "the file is protected by a password: open it in LibreOffice and save it without "
                "one (File > Save As, untick “Save with password”)"
            )
    if "mimetype" in package:
        told = package.read("mimetype").decode("ascii", "replace").strip()
        for name, what in (("spreadsheet", "a spreadsheet"), ("presentation", "a set of slides"),
                           ("graphics", "a drawing"), ("formula", "a formula")):  # fmt: skip
            if told.startswith(f"{MIMETYPE.rpartition('.')[0]}.{name}"):
                raise PackageError(f"this is {what}, not a text: check that it is the right file")
    if MAIN not in package:
        raise PackageError(
            "there is no text in the file (the part “content.xml” is missing): check that it is "
            "an OpenDocument text, or copy it again"
        )


# --- the text of a paragraph ---------------------------------------------------

_BLANKS: Final = re.compile("[ \t\r\n]+")
_FIXED: Final = {"text:tab": "\t", "text:line-break": "\n"}
#: What stands in a paragraph and shows nothing of itself, but marks a place.
PLACES: Final = frozenset(("text:note", "text:soft-page-break", "text:change"))
#: The marks of a field that came from another program, and whose name tells what it repeats.
_FIELD: Final = frozenset(("field:fieldmark-start", "field:fieldmark-end"))
#: What holds words that are not the paragraph's.
_APART: Final = frozenset(
    ("text:number", "text:script", "text:ruby-text", "text:tracked-changes", "text:p", "text:h")
)
#: Fields that repeat what stands at another place: where it is raised, a note's number.
_REPEATING: Final = frozenset(("text:note-ref", "text:bookmark-ref", "text:reference-ref"))
_STYLED: Final = frozenset(("text:span", "text:a"))


def pieces(paragraph: Element) -> list[Piece]:
    """Return the text of a paragraph with all changes accepted, in pieces.

    Notes, comments, and the paragraphs of text boxes anchored here are left
    out; what is marked hidden is there and says so.
    """
    found: list[Piece] = []
    at = 0
    led = True
    gone = any(
        attribute(item, "text:is-hidden") == "true"
        for item in elements(paragraph, "text:hidden-paragraph")
    )
    fields: list[bool] = []  # whether those that are open repeat the number of a note
    for item in _walk(paragraph, (), hidden=gone, repeats=False):
        element, place, hidden, repeats, spans = item
        dropped = False
        if place == "leaf":
            if kind(element) in _FIELD:
                _open_or_close(fields, element)
                continue
            text = _fixed(element)
            led = led and not text and kind(element) != "text:note"
        else:
            raw = (element.text if place == "text" else element.tail) or ""
            text, dropped = collapsed(raw, led), led
            if not text:
                continue
            led = text.endswith(" ")
        found.append(
            Piece(
                element, place, text, at, at + len(text), dropped, hidden,
                repeats or any(fields), spans,
            )
        )  # fmt: skip
        at += len(text)
    return found


def _open_or_close(fields: list[bool], mark: Element) -> None:
    """Keep account of a field that begins or ends."""
    if kind(mark) == "field:fieldmark-start":
        told = (attribute(item, "field:value") for item in elements(mark, "field:param"))
        fields.append(any(name in code for code in told for name in ("NOTEREF", "FTNREF")))
    elif fields:
        fields.pop()


def collapsed(raw: str, led: bool) -> str:
    """Return characters as they are shown; ``led``: a blank, or nothing, stands before them."""
    text = _BLANKS.sub(" ", raw)
    return text[1:] if led and text.startswith(" ") else text


def raw_offset(raw: str, led: bool, offset: int) -> int:
    """Return where in the raw characters the offset in what is shown of them lies."""
    at = shown = 0
    for run in re.finditer("[ \t\r\n]+|[^ \t\r\n]+", raw):
        word = not run.group().isspace() or run.group()[0] not in " \t\r\n"
        length = len(run.group()) if word else int(not (led and not run.start()))
        if shown + length >= offset:
            inside = offset - shown
            return run.start() + inside if word else (run.end() if inside else run.start())
        shown += length
        at = run.end()
    return at


def _walk(
    element: Element, spans: tuple[Element, ...], *, hidden: bool, repeats: bool
) -> Iterator[tuple[Element, str, bool, bool, tuple[Element, ...]]]:
    """Yield (element, place, hidden, repeats, spans) of all characters and leaves in order."""
    if element.text:
        yield element, "text", hidden, repeats, spans
    for item in element:
        name = kind(item)
        if name in PLACES or name in _FIXED or name == "text:s" or name in _FIELD:
            yield item, "leaf", hidden, repeats, spans
        elif name.startswith(("text:", "loext:")) and name not in _APART:
            inner = (*spans, item) if name in _STYLED else spans
            gone = hidden or (name == "text:hidden-text" and _gone(item))
            yield from _walk(item, inner, hidden=gone, repeats=repeats or name in _REPEATING)
        elif name == "text:ruby-text":
            yield from _walk(item, spans, hidden=True, repeats=repeats)
        if item.tail:
            yield item, "tail", hidden, repeats, spans


def _gone(element: Element) -> bool:
    return attribute(element, "text:is-hidden") == "true"


def _fixed(element: Element) -> str:
    """Return the characters that a leaf stands for."""
    name = kind(element)
    if name != "text:s":
        return _FIXED.get(name, "")
    count = attribute(element, "text:c", "1")
    return " " * (min(int(count), MOST_BLANKS) if count.isdecimal() and len(count) < 9 else 1)


def text_boxes(paragraph: Element) -> Iterator[Element]:
    """Yield the text boxes and shapes with words anchored in a paragraph, each once.

    Boxes inside the paragraphs of a box are left to those paragraphs.
    """
    for item in paragraph:
        name = kind(item)
        if name in ("draw:frame", "draw:g", "draw:a") or (
            name.startswith(("text:", "loext:")) and name not in PLACES and name not in _APART
        ):
            yield from text_boxes(item)
        elif name.startswith("draw:") and name not in ("draw:object", "draw:object-ole"):
            yield item
