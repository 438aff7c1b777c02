"""One text in every format: manuscripts made at random, written and read back.

The words are ours and mean nothing. What a format cannot keep apart is not
drawn: two block quotations in a row, blanks at the edges of italics.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tools.make_specimens import WRITERS
from tools.manuscript import Block, Inline, Manuscript, Mark, Note, Run, Words, plain

from scholiast.config import Settings
from scholiast.model import Document, Source
from scholiast.readers import reader_for

#: Plain text and pages keep less apart; they have tests of their own.
FORMATS = [suffix for suffix in WRITERS if suffix not in ("txt", "pdf", "twocolumn.pdf")]
WORDS = st.sampled_from(
    [
        "the",
        "ferry",
        "Mel’gunova’s",
        "log",
        "of",
        "a–b",
        "café",
        "Вельяминов",
        "граница",
        "1953",
        "渡船",
        "«слово»",
        "“quoted”",
        "(in",
        "brackets)",
        "f.",
        "0100,",
        "Chŏng",
        "co-operation",
        "x²",
        "&",
        "<",
        "5%",
    ]
)


@st.composite
def sentences(draw: st.DrawFn, *, marks: bool = True) -> Words:
    """Return a few runs of words, some of them in italics, some with a mark behind."""
    inlines: list[Inline] = []
    for number in range(draw(st.integers(1, 3))):
        lead = " " if number else ""
        words = " ".join(draw(st.lists(WORDS, min_size=1, max_size=6)))
        inlines.append(Run(f"{lead}{words.capitalize() if not number else words},"))
        if draw(st.booleans()):
            inlines += [Run(" "), Run(draw(WORDS).strip("()"), italic=True)]
        if marks and draw(st.booleans()):
            inlines.append(Mark("?"))
    return (*_joined(inlines), Run(" end."))


def _joined(inlines: list[Inline]) -> list[Inline]:
    """Join runs that look the same."""
    out: list[Inline] = []
    for inline in inlines:
        last = out[-1] if out else None
        alike = isinstance(last, Run) and isinstance(inline, Run) and last.italic == inline.italic
        if alike and isinstance(last, Run) and isinstance(inline, Run):
            out[-1] = replace(last, text=last.text + inline.text)
        else:
            out.append(inline)
    return out


@st.composite
def manuscripts(draw: st.DrawFn) -> Manuscript:
    """Return a manuscript of a title, sections, paragraphs, quotations, lists, tables, notes."""
    blocks = [Block("heading", ((Run("Of Small Ferries"),),), level=1)]
    for number in range(draw(st.integers(1, 3))):
        blocks.append(Block("heading", ((Run(f"Part {'ABC'[number]} of It"),),), level=2))
        blocks.append(Block("paragraph", (draw(sentences()),)))
        kinds = draw(st.lists(st.sampled_from(["paragraph", "quote", "item", "row"]), max_size=3))
        for kind in kinds:
            if kind == "row":
                cells = st.tuples(sentences(marks=False), sentences(marks=False))
                blocks += [Block("row", draw(cells)) for _ in range(2)]
            elif kind == "item":
                blocks += [Block("item", (draw(sentences()),), level=1) for _ in range(2)]
            else:
                blocks.append(Block(kind, (draw(sentences()),)))
            blocks.append(Block("paragraph", (draw(sentences()),)))
    numbered, count = _numbered(blocks)
    notes = tuple(
        Note(str(n), tuple(draw(st.lists(sentences(marks=False), min_size=1, max_size=2))))
        for n in range(1, count + 1)
    )
    return Manuscript(tuple(numbered), notes)


def _numbered(blocks: list[Block]) -> tuple[list[Block], int]:
    """Number the marks through."""
    count = 0
    out: list[Block] = []
    for block in blocks:
        cells: list[Words] = []
        for cell in block.cells:
            words: list[Inline] = []
            for inline in cell:
                if isinstance(inline, Mark):
                    count += 1
                    inline = Mark(str(count))
                words.append(inline)
            cells.append(tuple(words))
        out.append(replace(block, cells=tuple(cells)))
    return out, count


def read(manuscript: Manuscript, suffix: str) -> Document:
    name = f"specimen.{suffix}"
    reader = reader_for(name)
    assert reader is not None
    intake = reader(Source(name, WRITERS[suffix](manuscript)), Settings())
    assert intake.troubles == ()
    return intake.document


def text_of(manuscript: Manuscript) -> str:
    body = ["\t".join(plain(cell) for cell in block.cells) for block in manuscript.blocks]
    notes = [plain(words) for note in manuscript.notes for words in note.paragraphs]
    return "\n\n".join([*body, *notes])


def italics_of(manuscript: Manuscript) -> list[str]:
    cells = [cell for block in manuscript.blocks for cell in block.cells]
    cells += [words for note in manuscript.notes for words in note.paragraphs]
    return [run.text for cell in cells for run in cell if isinstance(run, Run) and run.italic]


def spans(document: Document, kind: str) -> list[str]:
    return [document.text[node.start : node.end] for node in document.of_kind(kind)]


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(manuscript=manuscripts())
def test_what_is_written_is_read(suffix: str, manuscript: Manuscript) -> None:
    document = read(manuscript, suffix)
    assert document.text.split("\n\n") == text_of(manuscript).split("\n\n")
    notes = document.of_kind("note")
    assert [node.number for node in notes] == list(range(1, len(manuscript.notes) + 1))
    callouts = {node.id: node for node in document.of_kind("callout")}
    assert [callouts[node.link].link for node in notes] == [node.id for node in notes]
    assert spans(document, "italic") == italics_of(manuscript)
    quotes = [plain(b.words) for b in manuscript.blocks if b.kind == "quote"]
    assert spans(document, "quote") == quotes
    headings = [plain(b.words) for b in manuscript.blocks if b.kind == "heading"]
    assert spans(document, "heading") == headings


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(manuscript=manuscripts())
def test_a_paragraph_in_front_shifts_every_span_and_changes_nothing_else(
    suffix: str, manuscript: Manuscript
) -> None:
    words = "Quite another paragraph stands here, and means nothing at all."
    front = Block("paragraph", ((Run(words),),))
    at = 2  # below the title and the first heading
    longer = replace(manuscript, blocks=(*manuscript.blocks[:at], front, *manuscript.blocks[at:]))
    one, two = read(manuscript, suffix), read(longer, suffix)
    assert read(longer, suffix) == two
    begin = two.text.index(words)
    shift = len(words) + 2
    assert one.text == two.text[:begin] + two.text[begin + shift :]

    def moved(position: int) -> int:
        return position if position < begin else position + shift

    before = [(n.kind, moved(n.start), n.label, n.link) for n in one.nodes if n.start >= begin]
    after = [(n.kind, n.start, n.label, n.link) for n in two.nodes if n.start >= begin + shift]
    assert before == after
    first = [(s.role, moved(s.start), s.original) for s in one.segments if s.start >= begin]
    second = [(s.role, s.start, s.original) for s in two.segments if s.start >= begin + shift]
    assert first == second
