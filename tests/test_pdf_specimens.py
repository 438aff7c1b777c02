"""PDFs made from manuscripts: all words are there, notes stand where their marks do."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from tools import make_specimens, pdf, pdf_type
from tools.manuscript import Manuscript, parse
from tools.manuscript import plain as plain_words
from tools.pdf_blocks import Setter
from tools.pdf_content import drawn
from tools.pdf_layout import Layout, Set, Strip
from tools.pdf_lines import syllables
from tools.pdf_pages import filled

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
NAMES = ["roundtable/roundtable.md", *make_specimens.WRITTEN]
LAYOUTS = {"one": pdf.ONE_COLUMN, "two": pdf.TWO_COLUMNS}


def manuscript(name: str) -> Manuscript:
    return parse((EXAMPLES / name).read_text(encoding="utf-8"))


def page_texts(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_bounded() for page in document]


def letters(text: str) -> Counter[str]:
    return Counter(character for character in text if character.isalpha())


def characters(strip: Strip) -> str:
    lines = [item.line for item in strip.items if isinstance(item, Set)]
    return "".join(glyph.character for line in lines for glyph in line.glyphs)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_set_once(name: str, layout: Layout) -> None:
    text = manuscript(name)
    words = [plain_words(cell) for block in text.blocks for cell in block.cells]
    words += [plain_words(part) for note in text.notes for part in note.paragraphs]
    bare = replace(layout, running_heads=False)
    assert letters("".join(page_texts(pdf.write(text, bare)))) == letters("".join(words))


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_keeps_its_margins(name: str, layout: Layout) -> None:
    document = pypdfium2.PdfDocument(pdf.write(manuscript(name), layout))
    for page in document:
        text = page.get_textpage()
        for at in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(at)
            if right <= left or text.get_text_range(at, 1).isspace():
                continue
            assert left >= layout.margin - 2, text.get_text_range(max(at - 20, 0), 40)
            assert right <= layout.width - layout.margin + 1, text.get_text_range(at, 20)
            assert 20 < bottom <= top < layout.height - 20


@pytest.mark.parametrize("name", NAMES)
def test_the_same_manuscript_gives_the_same_bytes(name: str) -> None:
    first, second = pdf.write(manuscript(name)), pdf.write(manuscript(name))
    assert first == second
    assert len(first) < 300_000
    assert drawn(first) == drawn(second)
    assert drawn(first) != drawn(pdf.write(manuscript(name), pdf.TWO_COLUMNS))


LONG = "It was so.[^1] And thus.[^2]\n\n[^1]: " + "Words in a note. " * 900 + "\n[^2]: Short.\n"


def columns_of(text: Manuscript, layout: Layout) -> list[list[str]]:
    """Return the lines of each page, the notes after the body."""
    setter = Setter(text, layout)
    pages = filled(list(setter.body()), setter.notes(), layout)
    return [
        [
            "".join(glyph.character for glyph in item.line.glyphs)
            for item in page.items
            if isinstance(item, Set)
        ]
        for page in pages
    ]


def test_a_note_begins_on_the_page_of_its_mark() -> None:
    text = manuscript("roundtable/roundtable.md")
    texts = page_texts(pdf.write(text))
    begins = {
        number: [at for at, page in enumerate(texts) if words in " ".join(page.split())]
        for number, words in (
            (1, "Ingrid Solheim and Gu Yaping, Eighty-Nine"),
            (4, "zasedaniia Smeshannoi komissii"),
            (9, "See the agendas printed"),
        )
    }
    assert begins == {1: [0], 4: [1], 9: [3]}


def test_a_long_note_runs_over_and_pushes_the_next_one_on() -> None:
    pages = columns_of(parse(LONG), pdf.ONE_COLUMN)
    assert len(pages) > 3
    assert pages[0][0].startswith("It was so.1")
    assert pages[0][1].startswith("1 Words in a note.")
    assert pages[-1][-1].startswith("2 Short.")
    assert sum("".join(page).count("Words") for page in pages) == 900


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 60), st.integers(0, 120)), min_size=1, max_size=12),
    st.integers(1, 2),
)
def test_pages_hold_every_strip_once(paragraphs: list[tuple[int, int]], columns: int) -> None:
    source = "\n\n".join(
        "word " * long + (f"end.[^{at}]" if noted else "end.")
        for at, (long, noted) in enumerate(paragraphs, 1)
    )
    source += "\n\n" + "\n".join(
        f"[^{at}]: " + "note " * noted for at, (_, noted) in enumerate(paragraphs, 1) if noted
    )
    layout = Layout(columns=columns, width=300, height=300)
    pages = columns_of(parse(source), layout)
    text = " ".join("".join(page) for page in pages)
    assert text.count("word") == sum(long for long, _ in paragraphs)
    assert text.count("note") == sum(noted for _, noted in paragraphs)


def test_faults_of_the_notes_are_printed_as_they_are() -> None:
    source = "One.[^1] Two.[^2] Three.[^3]\n\n[^1]: First.\n[^9]: Uncalled.\n[^3]: \n[^3]: Again.\n"
    (lines,) = columns_of(parse(source), pdf.ONE_COLUMN)
    assert lines == ["One.1 Two.2 Three.3", "1 First.", "9 Uncalled.", "3 ", "3 Again."]


def test_endnotes_follow_their_heading() -> None:
    texts = page_texts(pdf.write(manuscript("article/article.md")))
    last = "".join(texts)
    assert last.index("\nNotes") < last.index("\n1 ") < last.index("\n12 ")


@pytest.mark.parametrize(
    ("page", "printed"), [(0, "i"), (3, "iv"), (8, "ix"), (13, "xiv"), (14, "7"), (15, "8")]
)
def test_first_pages_may_have_roman_numbers(page: int, printed: str) -> None:
    assert pdf.number_of_page(Layout(roman_pages=14, first_page=7), page) == printed


def test_heads_alternate_and_numbers_go_on() -> None:
    texts = page_texts(pdf.write(manuscript("roundtable/roundtable.md")))
    heads = [text.split("\r\n", 1)[0] for text in texts[1:5]]
    assert [re.sub(r"\d+", "", head).strip() for head in heads] == [
        "Eighty-Nine Millimetres",
        "Whitcombe",
        "Eighty-Nine Millimetres",
        "Whitcombe",
    ]
    for number, text in enumerate(texts, 217):
        assert re.search(rf"^\s*{number}\b|\b{number}\s*$", text, re.MULTILINE)


def test_options() -> None:
    layout = Layout(figure_after=2, small_capitals=True, drop_capitals=False, outline=True)
    data = pdf.write(manuscript("article/article.md"), layout)
    text = "".join(page_texts(data))
    assert "Figure 1. How a load went" in text
    assert "Platform" in text
    assert "BETWEEN 1953 AND a flat" not in text
    assert "BETWEEN 1953 AND" in text
    titles = [str(entry.title) for entry in PdfReader(io.BytesIO(data)).outline]  # type: ignore[union-attr]
    assert titles[1:4] == [
        "Abstract",
        "1. A River with Three Banks",
        "2. The Agreement of June 1953",
    ]


def test_italics_are_an_italic_face_or_slanted() -> None:
    setter = Setter(parse("a *b* 本 *文*\n"), pdf.ONE_COLUMN)
    (strip,) = setter.body()
    (item,) = strip.items
    assert isinstance(item, Set)
    seen = {glyph.character: (glyph.face, glyph.slanted) for glyph in item.line.glyphs}
    assert seen["b"] == ("DejaVuSerifCondensed-Italic", False)
    assert seen["文"] == (pdf_type.HAN, True)
    assert seen["本"] == (pdf_type.HAN, False)


@pytest.mark.parametrize(
    ("word", "broken"),
    [
        ("transhipment", "tranship-ment"),
        ("переводчика", "пере-вод-чика"),
        ("NATO", "NATO"),
        ("strength", "strength"),
    ],
)
def test_words_are_broken_before_a_consonant_and_a_vowel(word: str, broken: str) -> None:
    pieces = [0, *syllables(word), len(word)]
    assert "-".join(word[a:b] for a, b in pairwise(pieces)) == broken


def test_missing_fonts_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf_type, "FOLDERS", (tmp_path,))
    pdf_type._font.cache_clear()
    pdf_type._face.cache_clear()
    pdf_type._glyph.cache_clear()
    with pytest.raises(pdf_type.FontsMissingError, match="apt-get install fonts-dejavu-core"):
        pdf.write(parse("Words.\n"))
    assert make_specimens.main(["--check"]) == 2
