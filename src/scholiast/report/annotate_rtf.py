"""An RTF file with the findings as comments at the exact words.

Nothing but the groups of the comments is added; what stands in a note is asked
before its mark, and quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from scholiast.model import Document, Finding
from scholiast.report.annotate_error import AnnotateError
from scholiast.report.remarks import (
    MOST_COMMENTS,
    Line,
    asked_in,
    chosen,
    clean,
    lines,
    plain_text,
    rest,
    unasked,
)
from scholiast.report.word_places import Anchor, Places

_NUMBER: Final = re.compile(rb"\\atrfstart ?(\d{1,6})")
#: Word looks at no more of a name.
_INITIALS: Final = 9


def annotate_rtf(
    document: Document,
    findings: Iterable[Finding],
    data: bytes,
    *,
    author: str = "Scholiast",
    date: datetime | None = None,
) -> bytes:
    """Return the RTF file ``data`` with a comment for each finding of the document.

    A finding that the file asks about already is not asked again. The comments
    carry no date unless one is given. Raises ``AnnotateError`` in one line.
    """
    asked = asked_in([data.decode("latin-1")])
    wanted = unasked(document, findings, asked)
    if not wanted:
        return data
    # Offsets in the file are those of one paragraph, as it were.
    body = tuple(s._replace(paragraph=0) for s in document.segments if s.start <= document.body_end)
    places = Places(replace(document, segments=body), "")
    first = places.first()
    if first is None:
        raise AnnotateError(f"{document.name}: the file holds no words to hang a comment on")
    own, others = chosen(wanted, MOST_COMMENTS)
    remarks: list[tuple[Anchor, tuple[Line, ...]]] = []
    if others:
        remarks.append((first, rest(others, MOST_COMMENTS)))
    for finding in own:
        anchor = places.anchor(finding.place) or first
        told = lines(finding, inside_note=anchor.inside_note, exact=anchor.exact)
        remarks.append((anchor, told))
    return _inserted(data, remarks, clean(author) or "Scholiast", date)


def _inserted(
    data: bytes,
    remarks: list[tuple[Anchor, tuple[Line, ...]]],
    author: str,
    date: datetime | None,
) -> bytes:
    """Return the file with its comments, those that end at a place before those that begin."""
    number = 1 + max(map(int, _NUMBER.findall(data)), default=0)
    added: list[tuple[int, int, bytes]] = []
    for count, (anchor, told) in enumerate(remarks, number):
        # A mark and its note are not parted: the comment stands before them.
        end = anchor.start if anchor.inside_note else anchor.end
        point = anchor.start == end
        added.append((anchor.start, 1, b"{\\*\\atrfstart %d}" % count))
        added.append((end, 1 if point else 0, _comment(count, told, author, date)))
    out: list[bytes] = []
    last = 0
    for at, _, words in sorted(added, key=lambda one: one[:2]):
        out += [data[last:at], words]
        last = at
    return b"".join([*out, data[last:]])


def _comment(number: int, told: tuple[Line, ...], author: str, date: datetime | None) -> bytes:
    """Return the end of a comment's words, and the comment."""
    initials = "".join(word[0] for word in author.split())[:_INITIALS]
    when = "" if date is None else f"{{\\*\\atndate {_stamp(date)}}}"
    words = "\\par ".join(_characters(plain_text(line)) for line in told)
    return (
        f"{{\\*\\atrfend {number}}}{{\\*\\atnid {_characters(initials)}}}"
        f"{{\\*\\atnauthor {_characters(author)}}}\\chatn{{\\*\\annotation{{\\*\\atnref {number}}}"
        f"{when}\\pard\\plain {words}}}"
    ).encode("ascii")


def _stamp(date: datetime) -> int:
    """Return a time as Word packs it: minute, hour, day, month, year, day of the week."""
    packed = date.minute | date.hour << 6 | date.day << 11 | date.month << 16
    packed |= (date.year - 1900) << 20 | (date.isoweekday() % 7) << 29
    return packed - (1 << 32) if packed >= 1 << 31 else packed


def _characters(text: str) -> str:
    """Return words as RTF: what is not ASCII by its UTF-16 codes."""
    found: list[str] = []
    for character in text:
        if character in "\\{}":
            found.append(f"\\{character}")
        elif character.isascii():
            found.append(character)
        else:
            codes = character.encode("utf-16-le", "surrogatepass")
            for at in range(0, len(codes), 2):
                code = int.from_bytes(codes[at : at + 2], "little", signed=True)
                found.append(f"\\uc1\\u{code}?")
    return "".join(found)
