"""Which comments of a Word file stand on the same words.

LibreOffice before 7.6 keeps replies as comments and forgets what they reply
to; they still stand on the words of the comment they answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from scholiast.packages.ooxml import Element, attribute, kind
from scholiast.report.comment_parts import Comment, CommentParts

_APPLICATION: Final = b"<Application>LibreOffice"
_WORDS: Final = frozenset(
    ("w:t", "m:t", "w:tab", "w:br", "w:footnoteReference", "w:endnoteReference")
)


def forgets_threads(parts: CommentParts, comments: Sequence[Comment]) -> bool:
    """Return whether the file was saved by a program that forgets what replies to what."""
    name = "docProps/app.xml"
    if name not in parts.package or any(comment.parent for comment in comments):
        return False
    return _APPLICATION in parts.package.read(name)


def companions(parts: CommentParts) -> dict[str, tuple[str, ...]]:
    """Return, for each comment by its id, the others that stand on exactly the same words."""
    spans = _spans(parts.root(parts.main))
    groups: dict[tuple[int, int], list[str]] = {}
    for id_, span in spans.items():
        groups.setdefault(span, []).append(id_)
    return {
        id_: tuple(other for other in groups[span] if other != id_) for id_, span in spans.items()
    }


def _spans(root: Element) -> dict[str, tuple[int, int]]:
    """Return where each comment begins and ends, counted in characters and note marks."""
    starts: dict[str, int] = {}
    found: dict[str, tuple[int, int]] = {}
    at = 0
    for element in root.iter():
        name = kind(element)
        if name == "w:commentRangeStart":
            starts[attribute(element, "w:id")] = at
        elif name == "w:commentRangeEnd":
            id_ = attribute(element, "w:id")
            found[id_] = (starts.get(id_, at), at)
        elif name == "w:commentReference":
            found.setdefault(attribute(element, "w:id"), (at, at))
        elif name in _WORDS:
            at += max(1, len(element.text or ""))
    return found
