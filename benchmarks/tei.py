"""Texts with right answers out of TEI: chapters with their notes at their callouts, as Markdown.

The markup says where every note belongs and what it says, so that a text
written out from it can be read back and compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks.answers import Expected, first_words, last_words
from benchmarks.streams import squeezed

if TYPE_CHECKING:
    from lxml.etree import _Element

_TEI: Final = "{http://www.tei-c.org/ns/1.0}"
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|~])")
_LIST_LIKE: Final = re.compile(r"^(\d+)([.)])(\s)|^([#+>-])(\s)")
#: Squeezed characters before a mark that must agree.
_BEFORE: Final = 25


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one kind of type."""

    text: str
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A note at its mark: its number as printed and its words."""

    number: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading within a chapter (``level`` > 0), a quotation or a list item."""

    kind: str
    pieces: tuple[Run | Call, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter or document: its title and its blocks."""

    title: str
    blocks: tuple[Block, ...]


def chapters(data: bytes) -> tuple[Chapter, ...]:
    """Return the outermost divisions of a TEI text that hold paragraphs themselves."""
    from lxml import etree

    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    found: list[Chapter] = []
    for body in root.iter(f"{_TEI}body"):
        found.extend(_divisions(body))
    return tuple(found)


def _divisions(element: _Element) -> Iterator[Chapter]:
    for division in element.findall(f"{_TEI}div"):
        if division.find(f"{_TEI}p") is None:
            yield from _divisions(division)
            continue
        heads = division.findall(f"{_TEI}head")
        head = _pieces(heads[0]) if heads else ()
        yield Chapter(_plain(head), tuple(_blocks(division, skip=heads)))


def _blocks(element: _Element, skip: Sequence[_Element] = ()) -> Iterator[Block]:
    """Yield the blocks of a division in order; running heads are passed over."""
    kinds = {"p": "paragraph", "head": "heading", "quote": "quote", "item": "item"}
    for child in element:
        name = str(child.tag).removeprefix(_TEI)
        if child in skip or not isinstance(child.tag, str):
            continue
        if name in ("div", "list"):
            yield from _blocks(child)
        elif name in kinds or name in ("byline", "dateline", "closer"):
            pieces = _pieces(child)
            if any(isinstance(piece, Run) for piece in pieces):
                yield Block(kinds.get(name, "paragraph"), pieces)


def _pieces(element: _Element) -> tuple[Run | Call, ...]:
    """Return the words and notes of an element with blanks collapsed."""
    return _collapsed(list(_runs(element, italic=False)))


def _runs(element: _Element, italic: bool) -> Iterator[Run | Call]:
    if element.text:
        yield Run(element.text, italic)
    for child in element:
        if isinstance(child.tag, str):
            name = child.tag.removeprefix(_TEI)
            if name == "note":
                number = child.get("n", "")
                if number.isdecimal() and int(number):
                    yield Call(int(number), tuple(r for r in _pieces(child) if isinstance(r, Run)))
            elif name == "lb":
                yield Run(" ", italic)
            elif name not in ("figure", "pb"):
                yield from _runs(child, italic or child.get("rend") == "italic")
        if child.tail:
            yield Run(child.tail, italic)


def _collapsed(pieces: list[Run | Call]) -> tuple[Run | Call, ...]:
    """Collapse white space over the borders of runs; none at the beginning or end."""
    out: list[Run | Call] = []
    blank = True
    for piece in pieces:
        if isinstance(piece, Call):
            out.append(piece)
            continue
        text = re.sub(r"\s+", " ", piece.text)
        text = text[1:] if blank and text.startswith(" ") else text
        if text:
            blank = text.endswith(" ")
            out.append(Run(text, piece.italic))
    last = max((i for i, piece in enumerate(out) if isinstance(piece, Run)), default=-1)
    if last >= 0:
        run = out[last]
        assert isinstance(run, Run)
        out[last] = Run(run.text.rstrip(), run.italic)
    return tuple(piece for piece in out if isinstance(piece, Call) or piece.text)


def _plain(pieces: Sequence[Run | Call]) -> str:
    return "".join(piece.text for piece in pieces if isinstance(piece, Run))


def markdown(parts: Sequence[Chapter]) -> str:
    """Return chapters as Markdown, the notes numbered through and set at the end."""
    out: list[str] = []
    notes: list[str] = []
    for chapter in parts:
        out.append(f"# {_escaped(chapter.title)}")
        for block in chapter.blocks:
            lead = {"heading": "## ", "quote": "> ", "item": "- "}.get(block.kind, "")
            out.append(lead + _line_start(_written(block.pieces, notes)))
    return "\n\n".join([*out, *notes]) + "\n"


def _written(pieces: Sequence[Run | Call], notes: list[str]) -> str:
    """Return a block in Markdown, appending its notes to ``notes``."""
    out = []
    for piece in pieces:
        if isinstance(piece, Call):
            number = len(notes) + 1
            notes.append(f"[^{number}]: " + _line_start("".join(map(_run, piece.runs))))
            out.append(f"[^{number}]")
        else:
            out.append(_run(piece))
    return "".join(out)


def _run(run: Run) -> str:
    text = _escaped(run.text)
    if not run.italic or not text.strip():
        return text
    core = text.strip()
    at = text.index(core)
    return f"{text[:at]}*{core}*{text[at + len(core) :]}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _line_start(text: str) -> str:
    """Keep what begins a block from being read as a list or a heading."""
    return _LIST_LIKE.sub(
        lambda m: f"{m[1]}\\{m[2]}{m[3]}" if m[1] else f"\\{m[4]}{m[5]}", text, count=1
    )


def expected_notes(parts: Sequence[Chapter], *, through: bool = True) -> list[Expected]:
    """Return the right answers of chapters.

    Written out as Markdown, their notes run ``through``; in the TEI they have their own numbers.
    """
    expected: list[Expected] = []
    for chapter in parts:
        for block in chapter.blocks:
            before = ""
            for piece in block.pieces:
                if isinstance(piece, Run):
                    before += piece.text
                    continue
                words = _plain(piece.runs)
                expected.append(
                    Expected(
                        number=len(expected) + 1 if through else piece.number,
                        before=squeezed(before)[-_BEFORE:],
                        first=first_words(words),
                        last=last_words(words),
                        section=chapter.title,
                    )
                )
    return expected
