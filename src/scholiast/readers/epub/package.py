"""The package of a book: its own words about itself, and its pages in their order."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from scholiast.model import Trouble
from scholiast.packages.hypertext import Element, attribute, content, name, parse_xhtml, parse_xml
from scholiast.packages.zip import Package, PackageError
from scholiast.readers.epub.contents import Entry, entries
from scholiast.readers.html.encoding import decode_page
from scholiast.structure import metadata

_CONTAINER: Final = "META-INF/container.xml"
_ENCRYPTION: Final = "META-INF/encryption.xml"
#: Ways to obscure fonts, which hide no text.
_FONTS: Final = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_PAGES: Final = ("application/xhtml+xml", "text/html", "application/xml", "text/x-oeb1-document")
#: Pages of the guide that are no text.
_GUIDE_OUT: Final = frozenset(("cover", "toc", "loi", "lot", "index-toc"))
_LONGEST_SHEET: Final = 500_000


@dataclass(frozen=True, slots=True)
class Member:
    """A page of the book: its name, its tree, its style sheets, whether it is read in turn."""

    name: str
    root: Element
    css: str
    linear: bool


@dataclass(slots=True)
class Book:
    """A book as its package tells of it."""

    members: list[Member] = field(default_factory=list)
    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    contents: dict[str, list[Entry]] = field(default_factory=dict)  # by the page they lead to
    troubles: list[Trouble] = field(default_factory=list)


def load(data: bytes, max_inflated: int) -> Book:
    """Return the book in a package (raises ``PackageError`` where it cannot be had)."""
    if not data.startswith(b"PK"):
        raise PackageError(
            "this is not a book (.epub): check that it is the right file, or copy it again"
        )
    package = Package(data, max_inflated)
    _check_protection(package)
    main = _main(package)
    root = parse_xml(package.read(main), main)
    book = Book()
    _facts(root, book)
    _spine(root, package, main, book)
    return book


def _check_protection(package: Package) -> None:
    """Raise ``PackageError`` where more than fonts is encrypted."""
    if _ENCRYPTION not in package:
        return
    root = parse_xml(package.read(_ENCRYPTION), _ENCRYPTION)
    for element in root.iter():
        if name(element) == "encryptedkey":
            break
        if name(element) == "encryptionmethod" and element.get("Algorithm") not in _FONTS:
            break
    else:
        return
    raise PackageError(
        "the book is protected against copying (DRM) and cannot be read: get a copy without it"
    )


def _main(package: Package) -> str:
    """Return the member that describes the book."""
    if _CONTAINER in package:
        root = parse_xml(package.read(_CONTAINER), _CONTAINER)
        for element in root.iter():
            path = unquote(element.get("full-path") or "")
            if name(element) == "rootfile" and path and path in package:
                return path
    found = next((one for one in package.names if one.lower().endswith(".opf")), "")
    if not found:
        raise PackageError(
            "there is no description of a book in the file (.opf): check that it is an EPUB"
        )
    return found


def _facts(root: Element, book: Book) -> None:
    """Take title, authors and language from the metadata."""
    authors: list[str] = []
    for element in root.iter():
        words = " ".join(content(element).split()) if name(element) else ""
        if not words:
            continue
        if name(element) == "title" and not book.title:
            book.title = metadata.title(words)
        elif name(element) == "creator":
            last, comma, first = words.partition(", ")
            authors.append(f"{first} {last}" if comma and " " not in last else words)
        elif name(element) == "language" and not book.language:
            book.language = metadata.language(words)
        elif name(element) == "manifest":
            break
    book.authors = metadata.authors(authors)


@dataclass(frozen=True, slots=True)
class _Item:
    path: str
    kind: str
    properties: frozenset[str]


def _spine(root: Element, package: Package, main: str, book: Book) -> None:
    """Read the pages of the spine in their order."""
    folder = posixpath.dirname(main)
    items: dict[str, _Item] = {}
    order: list[tuple[str, bool]] = []
    out: set[str] = set()
    for element in root.iter():
        tag = name(element)
        if tag == "item":
            path = _path(folder, element.get("href") or "")
            told = frozenset((element.get("properties") or "").split())
            items[element.get("id") or ""] = _Item(path, element.get("media-type") or "", told)
        elif tag == "itemref":
            order.append((element.get("idref") or "", element.get("linear") != "no"))
        elif tag == "reference" and (element.get("type") or "").lower() in _GUIDE_OUT:
            out.add(_path(folder, element.get("href") or ""))
    seen: set[str] = set()
    for id_, linear in order:
        item = items.get(id_)
        if item is None or item.path in seen or "nav" in item.properties:
            continue
        if item.kind not in _PAGES and not item.path.lower().endswith((".xhtml", ".html", ".htm")):
            continue
        seen.add(item.path)
        if item.path not in out:
            _member(package, item.path, linear, book)
    _contents(package, items.values(), book)


def _contents(package: Package, items: Iterable[_Item], book: Book) -> None:
    """Read the table of contents, the newer one where there are two; without it none is missed."""
    tables = [one for one in items if "nav" in one.properties]
    tables += [one for one in items if one.kind == "application/x-dtbncx+xml"]
    for item in tables:
        try:
            root = parse_xhtml(decode_page(package.read(item.path)).text)
        except PackageError:
            continue
        folder = posixpath.dirname(item.path)
        for href, words, depth in entries(root):
            if href and words:
                place = unquote(href.partition("#")[2])
                entry = Entry(_path(folder, href), place, words, depth)
                book.contents.setdefault(entry.page, []).append(entry)
        if book.contents:
            return


def _path(folder: str, href: str) -> str:
    """Return the member that a link of the description names."""
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))


def _member(package: Package, path: str, linear: bool, book: Book) -> None:
    """Read one page; a broken one is a trouble and costs only itself."""
    try:
        member = package.info(path).filename
        decoded = decode_page(package.read(path))
        if not decoded.text.strip():
            return
        root = parse_xhtml(decoded.text)
    except PackageError as error:
        book.troubles.append(Trouble("unreadable-file", f"{path} was not read: {error}"))
        return
    book.members.append(Member(member, root, _css(package, root, member), linear))


def _css(package: Package, root: Element, member: str) -> str:
    """Return the style sheets that a page of the book uses."""
    found: list[str] = []
    for element in root.iter():
        if name(element) == "body":
            break
        if name(element) == "link" and "stylesheet" in attribute(element, "rel").lower():
            path = _path(posixpath.dirname(member), attribute(element, "href"))
            if path in package:
                try:
                    sheet = package.read(path)
                except PackageError:
                    continue
                found.append(sheet[:_LONGEST_SHEET].decode("utf-8", "replace"))
    return "\n".join(found)
