"""What holds of every OpenDocument text, sound or not, and what LibreOffice makes of files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools import odt as specimen
from tools import word
from tools.manuscript import parse

from making_docx import zipped
from making_odt import configured, fodt, members, note, odt, p
from scholiast.config import Settings
from scholiast.model import Document, Source
from scholiast.readers.docx import read as read_docx
from test_reader_odt import assert_sound, checked, intake
from word_files import converted

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
NAMES = """p h span a s tab line-break note note-citation note-body note-ref list list-item section
    soft-page-break change bookmark meta ruby ruby-base ruby-text tracked-changes changed-region
    deletion hidden-paragraph table-of-content index-body numbered-paragraph"""
OTHERS = ["table:table", "table:table-row", "table:table-cell", "table:covered-table-cell",
          "draw:frame", "draw:text-box", "draw:g", "draw:rect", "office:annotation",
          "office:annotation-end"]  # fmt: skip
VALUES = [
    "1",
    "2",
    "0",
    "T1",
    "T2",
    "T3",
    "L1",
    "endnote",
    "true",
    "none",
    "*",
    "",
    "ct1",
    "x",
    "9999",
]
ATTRIBUTES = ["text:style-name", "text:id", "text:c", "text:note-class", "text:label",
              "text:change-id", "text:outline-level", "text:display", "text:is-hidden",
              "table:number-columns-spanned", "table:number-rows-spanned"]  # fmt: skip


def element(name: str, values: dict[str, str], inner: list[str]) -> str:
    written = "".join(f' {key}="{value}"' for key, value in values.items())
    return f"<{name}{written}>{' x '.join(inner)}</{name}>"


TREES = st.recursive(
    st.sampled_from(["word", " two  words ", "[", "12", "\n", "<text:s/>"]),
    lambda inner: st.builds(
        element,
        st.sampled_from([f"text:{name}" for name in NAMES.split()] + OTHERS),
        st.dictionaries(st.sampled_from(ATTRIBUTES), st.sampled_from(VALUES), max_size=3),
        st.lists(inner, max_size=4),
    ),
    max_leaves=14,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(TREES, max_size=4), st.sampled_from(["document", "chapter", "page"]))
def test_any_tree_of_elements_is_read_soundly(body: list[str], at: str) -> None:
    for content in ("".join(body), p(*body), p("A", note(p(*body)))):
        data = odt(content, styles=configured(at=at))
        found = intake(data)
        assert_sound(found.document, data)
        assert found == intake(data)


@settings(max_examples=60, deadline=None)
@given(st.lists(TREES, max_size=4))
def test_a_paragraph_in_front_moves_all_and_changes_nothing(body: list[str]) -> None:
    after, front = "".join(body), "Words that stand in front."
    # A first paragraph lets the second be the neutral one: what is without words hangs on it.
    plain = intake(odt(p("First."), after)).document
    moved = intake(odt(p("First."), p(front), after)).document
    by = len(front) + 2
    assert moved.text == plain.text.replace("First.", f"First.\n\n{front}", 1)
    for kind in ("note", "heading", "table", "list"):
        told = [replace(node, start=node.start + by, end=node.end + by)
                for node in plain.of_kind(kind)]  # fmt: skip
        assert [replace(node, link="") for node in moved.of_kind(kind)] == [
            replace(node, link="") for node in told
        ]


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_fail(noise: bytes) -> None:
    parts = members(p("Words."))
    for name in ("content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml", "mimetype"):
        found = intake(zipped({**parts, name: noise}))
        assert found.troubles or found.document.text
    assert intake(noise).troubles
    assert intake(b"<?xml version='1.0'?>" + noise).troubles


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 3000), st.integers(1, 60))
def test_no_gap_in_the_file_makes_the_reader_fail(at: int, size: int) -> None:
    for data in (odt(p("Words.", note("x"))), fodt(p("Words.", note("x")))):
        found = intake(data[:at] + data[at + size :])
        assert found.troubles or found.document.text


# LibreOffice


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder, and so one profile of LibreOffice, for all conversions here."""
    return tmp_path_factory.mktemp("office")


def facts(doc: Document) -> dict[str, object]:
    callouts = [(c.label, doc.text[c.start - 12 : c.start]) for c in doc.of_kind("callout")]
    kinds = ("note", "heading", "quote", "italic", "table", "list", "entry", "turn", "section")
    nodes = {kind: [doc.text[n.start : n.end] for n in doc.of_kind(kind)] for kind in kinds}
    return {"text": doc.text.split("\n\n"), "callouts": callouts, "title": doc.title,
            "authors": doc.authors, "language": doc.language, **nodes}  # fmt: skip


@pytest.mark.parametrize("name", ["roundtable/clean.md", "article/article.md", "zh/wenzhang.md"])
def test_what_libreoffice_makes_of_a_file_reads_as_the_file_does(name: str, folder: Path) -> None:
    manuscript = parse((EXAMPLES / name).read_text(encoding="utf-8"))
    docx, own = word.write(manuscript), specimen.write(manuscript)
    wanted = facts(read_docx(Source("a.docx", docx), Settings()).document)
    assert facts(checked(own)) == wanted
    assert facts(checked(converted(docx, "odt", folder))) == wanted
    if name.startswith("zh"):
        assert facts(checked(converted(own, "fodt", folder, "odt"))) == wanted
        back = converted(own, "docx", folder, "odt")
        assert facts(read_docx(Source("a.docx", back), Settings()).document) == wanted
