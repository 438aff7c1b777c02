"""RTF with comments at the words. All texts here are invented specimens."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scholiast.model import Document, Finding, Source
from scholiast.report.annotate import annotate
from scholiast.report.annotate_error import AnnotateError
from scholiast.report.annotate_rtf import annotate_rtf
from test_reader_rtf import HEAD, NOTE, PIECES, intake
from word_files import converted, finding, odt_comments

DATA = (
    HEAD
    + r"The {\i meeting} took place on the third day."
    + NOTE % "Doe, History, 3."
    + r" Nobody caf\'e9 \u1042?\u1072? knew.\par Second \b one\b0 , and so on.\par}"
).encode()


def document_of(data: bytes) -> Document:
    return intake(data).document


def asked(*quotes: str) -> tuple[list[Finding], bytes]:
    document = document_of(DATA)
    found = [finding(document, quote) for quote in quotes]
    made = annotate(document, found, Source("specimen.rtf", DATA))
    return found, made["specimen.rtf"]


def test_libreoffice_shows_the_comments_at_their_words(tmp_path: Path) -> None:
    quotes = ("meeting took", "third day", "café Ва", "History", "Second", "day")
    found, out = asked(*quotes)
    shown = odt_comments(converted(out, "odt", tmp_path, "rtf"))
    words = {one.id: c.words for c in shown for one in found if c.text.endswith(f"#{one.id}")}
    assert [words[one.id] for one in found] == [
        "meeting took", "third day", "café Ва", "", "Second", "day"
    ]  # fmt: skip
    assert all(comment.author == "Scholiast" for comment in shown)
    assert "In note 1: “Doe, History, 3.”" in shown[3].text or any(
        "In note 1: “Doe, History, 3.”" in comment.text for comment in shown
    )


def test_nothing_is_read_otherwise_and_nothing_is_asked_twice() -> None:
    found, out = asked("third", "History", "Second one")
    after, before = document_of(out), document_of(DATA)
    assert (after.text, after.nodes) == (before.text, before.nodes)
    assert out.count(b"\\annotation") == 3
    assert annotate_rtf(after, [finding(after, "third")], out) == out
    more = annotate_rtf(after, [finding(after, "knew")], out)
    assert b"\\atrfstart 4}" in more
    dated = annotate_rtf(before, found, DATA, date=datetime(2021, 3, 4, 5, 6, tzinfo=UTC))
    assert dated.count(b"\\atndate") == 3 and b"\\atndate" not in out


def test_a_file_without_words_is_told() -> None:
    document = document_of(DATA)
    empty = document_of(b"{\\rtf1 }")
    found = [finding(document, "third")]
    with pytest.raises(AnnotateError, match="no words"):
        annotate_rtf(empty, found, b"{\\rtf1 }")


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=15), st.data())
def test_comments_change_nothing_that_is_read(pieces: list[str], draw: st.DataObject) -> None:
    data = (HEAD + "First. " + "".join(pieces) + " last.").encode("latin-1")
    document = document_of(data)
    size = len(document.text)
    if not size:
        return
    start = draw.draw(st.integers(0, size - 1))
    quote = document.text[start : draw.draw(st.integers(start, min(size, start + 20)))]
    out = annotate_rtf(document, [finding(document, quote, at=start)], data)
    assert document_of(out).text == document.text
