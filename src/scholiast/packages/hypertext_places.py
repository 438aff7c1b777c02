"""Where the text nodes of a page stand in its source: proven character by character.

The parser repairs pages and tells no offsets. So the source is scanned once for
its own characters outside of tags, comments and scripts, and the text nodes are
laid along them in order, blanks apart. A node whose characters are not the next
ones (the parser moved or dropped something) is looked for a little further on;
one that is not found has no place.
"""

from __future__ import annotations

import html
import re
from array import array
from collections.abc import Iterator
from typing import Final

from scholiast.packages.hypertext import Element, name, text_nodes

#: Elements in which the parser sees no tags.
_RAW: Final = frozenset(
    ("script", "style", "xmp", "iframe", "noframes", "noembed", "title", "textarea", "plaintext")
)
#: Elements in which no remark may stand.
_CLOSED: Final = frozenset(("math", "svg", "select", "button", "object", "audio", "video"))
_MARKUP: Final = re.compile(r"<!--|<!\[CDATA\[|<[!?]|</?[A-Za-z]", re.IGNORECASE)
_TAG_END: Final = re.compile(r"""[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>""")
_COMMENT_END: Final = re.compile(r"--!?>")
_NAME: Final = re.compile(r"</?([A-Za-z][^\s/>]*)")
_INK: Final = re.compile(r"\S+")
_CHARACTER: Final = re.compile(
    r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,7};?|[A-Za-z][A-Za-z0-9]{1,31};?)"
)
#: How far a node that is not next may stand behind.
_FAR: Final = 4000


class SourcePlaces:
    """The places of the text nodes of one page in the characters of its file."""

    def __init__(self, source: str, root: Element, *, xml: bool = False) -> None:
        self._ends = array("L")
        self._starts: dict[int, tuple[int, str]] = {}
        self._closed: set[int] = set()
        ink = self._scanned(source, xml=xml)
        at = 0
        for number, text, element in _texts(root):
            letters = "".join(_INK.findall(text)).replace("\0", "\ufffd")
            if not letters:
                continue
            if any(name(one) in _CLOSED for one in (element, *element.iterancestors())):
                self._closed.add(number)
            if ink.startswith(letters, at):
                found = at
            else:
                found = ink.find(letters, at, at + len(letters) + _FAR)
                if found < 0 or (found > at and len(letters) < 4):
                    continue
            self._starts[number] = (found, text)
            at = found + len(letters)

    def behind(self, number: int, offset: int) -> int:
        """Return the offset in the source behind ``offset`` characters of a text node.

        -1 where that cannot be proven, or where no remark may stand.
        """
        if number not in self._starts or number in self._closed:
            return -1
        start, text = self._starts[number]
        inked = sum(map(len, _INK.findall(text[:offset])))
        return self._ends[start + inked - 1] if inked else -1

    def _scanned(self, source: str, *, xml: bool) -> str:
        """Return the characters of the source that are ink; ``_ends`` has where each ends."""
        found: list[str] = []
        for start, end in _stretches(source, xml=xml):
            at = start
            if "&" in source[start:end]:
                for match in _CHARACTER.finditer(source, start, end):
                    self._plain(source, at, match.start(), found)
                    self._named(match, found)
                    at = match.end()
            self._plain(source, at, end, found)
        return "".join(found)

    def _plain(self, source: str, start: int, end: int, found: list[str]) -> None:
        for match in _INK.finditer(source, start, end):
            found.append(match[0].replace("\0", "\ufffd"))
            self._ends.extend(range(match.start() + 1, match.end() + 1))

    def _named(self, match: re.Match[str], found: list[str]) -> None:
        """Take a character written by its name or its number."""
        shown = html.unescape(match[0])
        for sign in shown:
            if not sign.isspace():
                found.append(sign)
                self._ends.append(match.end())


def _texts(root: Element) -> Iterator[tuple[int, str, Element]]:
    """Yield the text nodes with their numbers and elements, without those in raw elements."""
    found: list[tuple[int, str, Element]] = []
    for element, (own, behind) in text_nodes(root).items():
        if own >= 0 and name(element) not in _RAW:
            found.append((own, element.text or "", element))
        parent = element.getparent()
        if behind >= 0 and parent is not None and name(parent) not in _RAW:
            found.append((behind, element.tail or "", parent))
    yield from sorted(found, key=lambda one: one[0])


def _stretches(source: str, *, xml: bool) -> Iterator[tuple[int, int]]:
    """Yield the spans of the source that are text."""
    at = 0
    while True:
        match = _MARKUP.search(source, at)
        if match is None:
            yield at, len(source)
            return
        if match.start() > at:
            yield at, match.start()
        opened = match[0].lower()
        if opened == "<!--":
            ended = _COMMENT_END.search(source, match.start() + 2)
            at = ended.end() if ended else len(source)
        elif opened == "<![cdata[" and xml:
            end = source.find("]]>", match.end())
            end = len(source) if end < 0 else end
            yield match.end(), end
            at = end + 3
        elif opened[:2] in ("<!", "<?"):
            end = source.find(">", match.end())
            at = len(source) if end < 0 else end + 1
            if opened == "<!" and "[" in source[match.end() : at]:
                closed = re.compile(r"[^\[\]>]*\[[^\]]*\]\s*>").match(source, match.end())
                at = closed.end() if closed and xml else at
        else:
            at = _behind_tag(source, match.start(), xml=xml)
        if at >= len(source):
            return


def _behind_tag(source: str, start: int, *, xml: bool) -> int:
    """Return where a tag ends; of one whose content is raw, where that does."""
    ended = _TAG_END.match(source, start)
    if ended is None:
        end = source.find(">", start)
        at = len(source) if end < 0 else end + 1
    else:
        at = ended.end()
    named = _NAME.match(source, start)
    tag = named[1].lower() if named else ""
    if tag not in _RAW or source.startswith("</", start) or (xml and source[at - 2 : at] == "/>"):
        return at
    closing = re.compile(rf"</{tag}(?=[\s/>])", re.IGNORECASE).search(source, at)
    return closing.start() if closing else len(source)
