"""The comments of an OpenDocument text: read, written, and their answers taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final

from scholiast.model import Finding
from scholiast.packages.odf import (
    MAIN,
    NAMESPACES,
    Element,
    attribute,
    check_kind,
    child,
    elements,
    kind,
    pieces,
    tag,
)
from scholiast.packages.ooxml import parse
from scholiast.packages.zip import Package, PackageError, Wanted
from scholiast.report.annotate_error import AnnotateError
from scholiast.report.comment_parts import Comment
from scholiast.report.comments_back import Answers, decided, rejoined
from scholiast.report.remarks import Line, plain_text

ODT: Final = Wanted("an OpenDocument text", ".odt", "LibreOffice")
MAX_INFLATED: Final = 400_000_000
_COUNTED: Final = frozenset(("text:note", "text:tab", "text:line-break", "text:s"))


def main_part(data: bytes, max_inflated: int = MAX_INFLATED) -> tuple[str, bytes, Element]:
    """Return the member of a file that holds its text ("" in a flat one), its bytes and root.

    Raises ``PackageError`` where there is none.
    """
    if is_flat(data):
        return "", data, parse(data, "office:document", ODT.program)
    package = Package(data, max_inflated, ODT)
    check_kind(package)
    name = package.info(MAIN).filename
    content = package.read(name)
    return name, content, parse(content, name, ODT.program)


def is_flat(data: bytes) -> bool:
    """Return whether the bytes are an OpenDocument text in one XML file."""
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and b"office:document" in head


def is_odf(data: bytes) -> bool:
    """Return whether the bytes are an OpenDocument file: a package with its manifest, or flat."""
    packed = data.startswith(b"PK") and b"META-INF/manifest.xml" in data and b"content.xml" in data
    return packed or is_flat(data)


def read_comments(root: Element) -> tuple[Comment, ...]:
    """Return the comments of a text in their order, with threads and state."""
    found: list[Comment] = []
    for number, element in enumerate(elements(root, "office:annotation")):
        name = attribute(element, "office:name") or f"comment {number}"
        lines = (
            "".join(piece.text for piece in pieces(paragraph))
            for paragraph in elements(element, "text:p", "text:h")
        )
        author = child(element, "dc:creator")
        found.append(
            Comment(
                name,
                str(author.text or "") if author is not None else "",
                "\n".join(lines),
                name,
                attribute(element, "loext:parent-name"),
                attribute(element, "loext:resolved") == "true",
            )
        )
    return tuple(found)


def new_comment(name: str, author: str, date: datetime | None, lines: Iterable[Line]) -> Element:
    """Return the element of a comment, which stands where its words begin."""
    from lxml import etree

    names = {prefix: NAMESPACES[prefix] for prefix in ("office", "dc", "text")}
    element = etree.Element(tag("office:annotation"), nsmap=names)
    element.set(tag("office:name"), name)
    etree.SubElement(element, tag("dc:creator")).text = author
    if date is not None:
        moment = date.astimezone(UTC) if date.tzinfo else date
        etree.SubElement(element, tag("dc:date")).text = moment.strftime("%Y-%m-%dT%H:%M:%S")
    for line in lines:
        etree.SubElement(element, tag("text:p")).text = plain_text(line)
    return element


def comment_end(name: str) -> Element:
    """Return the element that stands where the words of a comment end."""
    from lxml import etree

    element = etree.Element(tag("office:annotation-end"), nsmap={"office": NAMESPACES["office"]})
    element.set(tag("office:name"), name)
    return element


def collect_odt(
    data: bytes, findings: Iterable[Finding], *, max_inflated: int = MAX_INFLATED
) -> Answers:
    """Return what people decided in the comments of a text, as ``collect_docx`` does.

    LibreOffice before 24.2 keeps replies as comments on the same words and
    forgets what they reply to. Raises ``AnnotateError`` in one line.
    """
    try:
        _, _, root = main_part(data, max_inflated)
    except PackageError as error:
        raise AnnotateError(str(error)) from error
    comments = read_comments(root)
    if not any(comment.parent for comment in comments):
        comments = rejoined(comments, _companions(root, comments))
    return decided(comments, findings)


def _companions(root: Element, comments: Sequence[Comment]) -> dict[str, tuple[str, ...]]:
    """Return, for each comment by its name, the others that stand on exactly the same words."""
    spans = _spans(root, comments)
    groups: dict[tuple[int, int], list[str]] = {}
    for name, span in spans.items():
        groups.setdefault(span, []).append(name)
    return {
        name: tuple(other for other in groups[span] if other != name)
        for name, span in spans.items()
    }


def _spans(root: Element, comments: Sequence[Comment]) -> dict[str, tuple[int, int]]:
    """Return where each comment begins and ends, counted in characters and leaves."""
    from lxml import etree

    names = iter(comment.id for comment in comments)
    found: dict[str, tuple[int, int]] = {}
    at = inside = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = kind(element)
        if event == "start":
            if name == "office:annotation":
                found[next(names)] = (at, at)
                inside += 1
            elif name == "office:annotation-end":
                begun = found.get(attribute(element, "office:name"))
                if begun is not None:
                    found[attribute(element, "office:name")] = (begun[0], at)
            elif not inside:
                at += len(element.text or "") + int(name in _COUNTED)
        else:
            inside -= int(name == "office:annotation")
            if not inside:
                at += len(element.tail or "")
    return found
