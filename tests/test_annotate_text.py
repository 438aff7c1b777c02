"""Remarks in Markdown and plain text: behind the words, and out again. Invented specimens."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scholiast.config import Settings
from scholiast.model import Certainty, Document, Finding, Segment, Source
from scholiast.readers.md import read as read_md
from scholiast.readers.txt import read as read_txt
from scholiast.report.annotate import annotate
from scholiast.report.annotate_error import AnnotateError
from scholiast.report.annotate_text import annotate_text, without_remarks
from scholiast.report.markdown_remarks import REMARKS
from scholiast.text import Index
from word_files import finding

MARKDOWN = """\
---
title: A specimen
author: A. Nobody
---

# The heading #

It was *fine* in **May** with `code words` and [a link](http://x.org/words "t") here.[^1]
A second line, see <http://auto.link> and _under score_ end.

| Left | Right |
|------|-------|
| cell one | cell `two` |

- item one
- item two

> quoted words
> go on

```
fenced words
```

    indented words

Setext
======

Inline ^[a note inline] and text.

[^1]: Doe, *Rome*, 3.
[^2]: Uncalled note.
"""


def md(data: bytes) -> Document:
    return read_md(Source("essay.md", data), Settings()).document


def remark_free(text: str) -> str:
    return REMARKS.sub("", text)


def shown(text: str) -> str:
    """A copy with its remarks as ⟦⟧."""
    return re.sub(r"<!-- scholiast [^\n]*? -->|\[\[[A-Z]+\d+ #[^\n]*?\]\]", "⟦⟧", text)


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("heading", "# The heading⟦⟧ #\n"),
        ("It was", "It was⟦⟧ *fine*"),
        ("fine", "*fine⟦⟧* in"),
        ("fine in", "*fine* in⟦⟧ **"),
        ("May", "**May⟦⟧** with"),
        ("a link", "[a link⟦⟧](http://x.org/words"),
        ("here", "here⟦⟧.[^1]"),
        ("under score", "_under score⟦⟧_ end"),
        (
            "code words",
            "here.[^1]\nA second line, see <http://auto.link> and _under score_ end.⟦⟧\n",
        ),
        ("Left", "| Left⟦⟧ | Right |\n"),
        ("cell one", "| cell one⟦⟧ | cell"),
        ("two", "| cell `two` |\n⟦⟧\n\n- item"),
        ("item one", "- item one⟦⟧\n- item"),
        ("quoted words\ngo", "> go⟦⟧ on\n"),
        ("fenced", "fenced words\n```\n⟦⟧\n\n"),
        ("indented words", "    indented words\n⟦⟧\n\nSetext"),
        ("Setext", "Setext⟦⟧\n======"),
        ("note inline", "^[a note inline⟦⟧] and"),
        ("Rome", "*Rome⟦⟧*, 3."),
        ("Uncalled note", "[^2]: Uncalled note⟦⟧."),
    ],
)
def test_a_remark_stands_behind_its_words_or_behind_the_block(quote: str, there: str) -> None:
    data = MARKDOWN.encode()
    document = md(data)
    words = quote if quote in document.text else quote.replace("\n", " ")
    out = annotate_text(document, [finding(document, words)], data).decode()
    assert there in shown(out)
    assert out.count("<!-- scholiast ") == 1


def test_a_remark_on_a_note_mark_stands_behind_it() -> None:
    data = MARKDOWN.encode()
    document = md(data)
    (callout, *_) = document.of_kind("callout")
    found = finding(document, at=callout.start, silent="[^1]")
    assert "here.[^1]⟦⟧\n" in shown(annotate_text(document, [found], data).decode())


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_markdown_with_all_its_remarks_says_the_same(newline: str) -> None:
    data = MARKDOWN.replace("\n", newline).encode()
    document = md(data)
    found = [
        finding(document, match.group(), at=match.start(), ordinal=number, question="`a` | -- b--")
        for number, match in enumerate(re.finditer(r"\w+", document.text))
    ]
    out = annotate_text(document, found, data)
    assert out.count(b"<!-- scholiast ") == len(found)
    assert without_remarks(out) == data
    again = md(out)
    assert again.text == document.text
    assert [(n.kind, n.start, n.end) for n in again.nodes] == [
        (n.kind, n.start, n.end) for n in document.nodes
    ]


def test_a_second_run_asks_nothing_twice() -> None:
    data = MARKDOWN.encode()
    document = md(data)
    found = [finding(document, quote) for quote in ("fine", "fenced", "Rome")]
    out = annotate_text(document, found, data)
    assert annotate_text(md(out), found, out) == out


def test_a_file_without_a_last_line_end_comes_back_too() -> None:
    for text in ("One `two`", "```\ncode words", "| a | b |\n|---|---|\n| c | `d` |", "# One"):
        document = md(text.encode())
        word = re.findall(r"\w+", document.text)[-1]
        out = annotate_text(document, [finding(document, word)] * 2, text.encode())
        assert out != text.encode() and without_remarks(out) == text.encode()


def test_the_fence_of_a_division_stays_alone_on_its_line() -> None:
    data = b"::: {.epigraph}\nSome words.\n:::\n\nMore.\n"
    document = md(data)
    found = [finding(document, "words."), finding(document, "Some", ordinal=1)]
    out = annotate_text(document, found, data)
    assert [line for line in out.split(b"\n") if line.startswith(b":::")] == [
        b"::: {.epigraph}", b":::"
    ]  # fmt: skip
    assert md(out).text == document.text


def test_questions_cannot_end_the_comment_nor_the_line() -> None:
    data = b"One two.\n"
    document = md(data)
    out = annotate_text(
        document, [finding(document, "One", question="--> <script>\nx -- y-")], data
    )
    (line,) = out.decode().splitlines()
    assert line.startswith("One<!-- scholiast DOC012 #") and line.endswith(" two.")
    assert line.count("-->") == 1 and line.count("--") == 2


# --- plain text -------------------------------------------------------------------------


def txt(data: bytes) -> Document:
    return read_txt(Source("essay.txt", data), Settings()).document


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251"])
def test_plain_text_in_any_encoding(encoding: str) -> None:
    text = "Это было давно.\nНикто не знал об этом ничего.\n\nПотом стало известно всё.\n" * 4
    data = text.encode(encoding)
    document = txt(data)
    start = document.text.index("знал")
    found = finding(document, "знал", at=start, question="Кто “знал” [это]…")
    out = annotate_text(document, [found], data)
    read = out.decode("utf-16" if encoding == "utf-16" else encoding)
    assert f"Никто не знал[[DOC012 #{found.id}: Кто " in read
    assert read.count("[[") == read.count("]]") == 1
    assert without_remarks(out, encoding=document.encoding, format="txt") == data


def test_broken_bytes_stay_as_they_are() -> None:
    good = "Это было так давно. ".encode()
    data = b"One \xff\xfe two \xe4\xb8 three. " + good + b"four.\nMore words are here.\n"
    document = txt(data)
    assert document.encoding == "utf-8"
    out = annotate_text(document, [finding(document, "three"), finding(document, "four")], data)
    assert b"\xe4\xb8 three[[DOC012" in out and b". four[[DOC012" in out
    assert without_remarks(out, encoding="utf-8", format="txt") == data


def test_one_function_and_its_errors() -> None:
    data = b"One two.\n"
    document = txt(data)
    found = [finding(document, "One")]
    out = annotate(document, found, Source("essay.txt", data), output="copy.txt")
    assert out == {"copy.txt": annotate_text(document, found, data)}
    with pytest.raises(AnnotateError, match="unknown encoding"):
        annotate_text(document, found, data, "no-such")


# --- any text at all ---------------------------------------------------------------------

_BITS = st.sampled_from(
    (
        "word", "two words", "*", "**", "_", "`", "``", "[", "](", ")", "![", "[^1]", "[^1]: ",
        "^[", "\n", "\n\n", "\r\n", "> ", "- ", "1. ", "    ", "```\n", "| ", " | ", "|---|---|\n",
        "# ", "===\n", "---\n", "<b>", "</b>", "<!--", "-->", "<div>\n", "&amp;", "\\", "  \n", "é",
        "中", "http://x.org", "<http://x.org>", "~", "é*", "_a_", "$x$", "\t", "[a]: b\n", "''",
    )
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(bits=st.lists(_BITS, min_size=1, max_size=25), data=st.data())
def test_remarks_come_out_of_any_markdown_and_change_nothing(
    bits: list[str], data: st.DataObject
) -> None:
    text = "".join(bits)
    file = text.encode()
    document = md(file)
    found = _anywhere(document, data)
    out = annotate_text(document, found, file)
    assert out.count(b"<!-- scholiast ") == len(found)
    assert without_remarks(out) == file


@settings(max_examples=100, deadline=None)
@given(text=st.text(alphabet="ab 中[]\n\r#:дé", max_size=30), data=st.data())
def test_remarks_come_out_of_any_plain_text(text: str, data: st.DataObject) -> None:
    file = text.encode()
    segments = (Segment(0, len(text), 0, len(text)),) if text else ()
    document = Document("essay.txt", "x", "txt", text, len(text), segments, encoding="utf-8")
    out = annotate_text(document, _anywhere(document, data), file)
    assert without_remarks(out, encoding="utf-8", format="txt") == file


def _anywhere(document: Document, data: st.DataObject) -> list[Finding]:
    """Findings on any spans of a document."""
    positions = st.integers(0, len(document.text))
    index = Index(document)
    found = []
    for number, pair in enumerate(
        data.draw(st.lists(st.tuples(positions, positions), min_size=1, max_size=4))
    ):
        place = index.place(min(pair), max(pair))
        found.append(Finding(f"{number:012x}", "NOT001", "x", "M.", "Q?", Certainty.LIKELY, place))
    return found
