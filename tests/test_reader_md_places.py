"""The reader of Markdown: every character in its place, whatever the text. Invented specimens."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scholiast.config import Settings
from scholiast.model import Document, Intake, Node, Source
from scholiast.readers.decoding import decode
from scholiast.readers.md import read


def _intake(text: str | bytes) -> Intake:
    data = text.encode() if isinstance(text, str) else text
    return read(Source("specimen.md", data), Settings())


def _read(text: str | bytes) -> Document:
    return _intake(text).document


SPECIMENS = (
    "One *two* \\* &amp; `x`\n  three[^1] ^[in *line*]  \nfour\n\n[^1]: N\n\n    o.\n",
    "> q[^a]\n> > deep *er*\nlazy\n\n1. a\n\n   b\n\n\t- c\n",
    "|a|b\\|c|\n|-|-|\n|*d*|e|f|\n|g|\n\n```\ncode\n  more\n```\n",
    "<div>\n a &lt; <b>c</b>\n</div>\n\n<!-- x -->\n\n    code\n\tcode\n",
    "T\n=\n\n## H ##\n\n### X {#y}\n\n***\n[a]: http://b\n",
    "---\ntitle: x\n---\n\n::: {.n}\nt\n:::\n\nA [1].\n\n## Notes\n\n1. B\n",
)


def _check_places(document: Document, source: str) -> None:
    """Every character of the file is in one segment, every one of the text is where it says."""
    at = 0
    for segment in sorted(document.segments, key=lambda one: one.source):
        if segment.role == "repair":  # a blank where a mark stood between two words
            assert (segment.repair, segment.source_end) == ("blank-inserted", segment.source)
            assert document.text[segment.start : segment.end] == " "
            continue
        assert segment.source == at < segment.source_end
        at = segment.source_end
        original = source[segment.source : segment.source_end]
        if segment.start == segment.end:
            assert segment.role in ("mark", "markup")
            assert segment.original == original
        elif segment.original:
            assert segment.original == original
        else:
            assert document.text[segment.start : segment.end] == original
    assert at == len(source)
    position = 0
    for segment in document.segments:
        assert set(document.text[position : segment.start]) <= {"\n"}
        position = max(position, segment.end)
    assert set(document.text[position:]) <= {"\n"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("specimen", SPECIMENS)
def test_every_character_has_its_place(specimen: str, end: str) -> None:
    source = specimen.replace("\n", end)
    document = _read(source)
    _check_places(document, source)
    assert document.text == _read(specimen).text
    assert document.nodes == _read(specimen).nodes


def test_segments_know_their_line() -> None:
    document = _read("---\ntitle: x\n---\n\nOne\ntwo.[^1]\n\n[^1]: Three.\n")
    lines = {document.text[s.start : s.end]: s.line for s in document.segments if s.start < s.end}
    assert (lines["One"], lines["two."], lines["Three."]) == (5, 6, 8)


def test_damage_is_told_at_its_place_in_the_text() -> None:
    intake = _intake("*One* w\x00ord.[^1]\n\n[^1]: T\ufffdo words, and more of them.\n")
    text = intake.document.text
    assert text == "One word.\n\nT\ufffdo words, and more of them."
    found = [(t.start, text[t.start : t.end], t.line) for t in intake.troubles]
    assert found == [(5, "", 1), (12, "\ufffd", 3)]


def test_troubles_of_the_file_come_through() -> None:
    assert [t.name for t in _intake(b"%PDF-1.4 x").troubles] == ["unreadable-file"]
    assert [t.name for t in _intake(b" \n").troubles] == ["empty-file"]
    russian = "Он приехал в Пекин.[^1]\n\n[^1]: Правда.\n"
    document = _read(russian.encode("cp1251"))
    assert (document.text, document.encoding) == ("Он приехал в Пекин.\n\nПравда.", "windows-1251")


def test_the_identity_is_that_of_the_bytes() -> None:
    assert _read("A").id == _read("A").id != _read("B").id


# --- bad input


@pytest.mark.parametrize(
    "text",
    [
        ">" * 10_000 + " end",
        "\n".join(">" * depth + f" a{depth}" for depth in range(300)),
        "\n".join("  " * depth + f"- a{depth}" for depth in range(300)),
        "[^a]: " * 500 + "end",
        "[" * 5000 + "a" + "](b)" * 5000,
        "*a **b " * 3000,
        "^[" * 3000 + "a",
        "![" * 3000 + "a",
        "<!-- " * 5000,
        "<a href='" * 3000,
        "`" * 5000 + "a" + "`" * 4999,
        "|" + "a|" * 500 + "\n|" + "-|" * 500 + "\n" + ("|" + "b|" * 700 + "\n") * 5,
        "```\n" + "a\n" * 1000,
        "word " * 200_000,
    ],
)
def test_no_nesting_is_too_deep(text: str) -> None:
    document = _read(text)
    _check_places(document, text)


def test_text_below_the_deepest_quotation_is_kept() -> None:
    assert _read(">" * 10_000 + " end").text.endswith(" end")


# --- properties

_FRAGMENTS = st.sampled_from(
    (
        "word",
        "Два слова",
        "沈志华",
        "12",
        "[^1]",
        "[^a]",
        "[^1]: ",
        "[^a]: ",
        "^[",
        "[",
        "]",
        "(",
        ")",
        "*",
        "**",
        "_",
        "`",
        "\\",
        "&amp;",
        "&nbsp;",
        "<b>",
        "</b>",
        "<br>",
        "<sup>1</sup>",
        "<td>",
        "<div>",
        "</div>",
        "<!--",
        "-->",
        "<http://a.b>",
        "[l](u)",
        "![p[^1]](u)",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "  \n",
        " ",
        "    ",
        "\t",
        "> ",
        "- ",
        "1. ",
        "# ",
        "{#x}",
        "[s]{.c}",
        "\n===\n",
        "\n---\n",
        "|",
        "|a|b|\n|-|-|\n|c|d|\n",
        "```\n",
        ":::\n",
        "[1]",
        "[2] ",
        "¹",
        "## Notes\n",
        "[1]: Ibid.",
        "[r]: /u\n",
        "\u2028",
        "\u3000",
        "\x0c",
        "Smith: ",
    )
)
_MARKDOWN = st.lists(_FRAGMENTS, min_size=1, max_size=30).map("".join)


@given(_MARKDOWN)
def test_no_character_is_lost_or_doubled(source: str) -> None:
    assume(decode(source.encode()).text.strip())
    _check_places(_read(source), source)


@given(_MARKDOWN)
def test_the_structure_holds_together(source: str) -> None:
    document = _read(source)
    ids = {node.id: node for node in document.nodes if node.id}
    assert len(ids) == sum(bool(node.id) for node in document.nodes)
    assert _read(source) == document
    for node in document.nodes:
        assert 0 <= node.start <= node.end <= len(document.text)
        assert node.kind == "section" or node.parent in ids
    notes = document.of_kind("note")
    after = document.body_end + 2 if document.body_end else 0
    for note in notes:
        assert note.start == after
        after = note.end + 2
        assert not note.link or ids[note.link].link == note.id
    assert len(document.text) == (notes[-1].end if notes else document.body_end)


@given(_MARKDOWN)
def test_a_paragraph_in_front_only_shifts(source: str) -> None:
    assume(not source.lstrip().startswith("---"))
    document = _read(source)
    assume(document.body_end and not any(c.start == 0 for c in document.of_kind("callout")))
    front = "Neutral words stand here."
    shifted = _read(f"{front}\n\n{source}")
    assert shifted.text == f"{front}\n\n{document.text}"

    def nodes(one: Document, by: int) -> list[Node]:
        kept = [n for n in one.nodes if n.kind != "section" and n.start + by > len(front)]
        return [n._replace(start=n.start + by, end=n.end + by, parent="") for n in kept]

    assert nodes(document, len(front) + 2) == nodes(shifted, 0)
