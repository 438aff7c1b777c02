"""A manuscript as clean plain text: wrapped lines, note marks as digits, notes at the end."""

from __future__ import annotations

import re
from typing import Final

from tools.manuscript import Block, Manuscript, Mark, Note, Words

#: The line above the notes of a text that has no heading for them.
RULE: Final = "_" * 24
_CIRCLED: Final = "⓪①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_HAN: Final = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def write(manuscript: Manuscript, *, width: int = 100) -> str:
    """Return a manuscript as plain text.

    Paragraphs, items and rows are divided by a blank line, cells by a tab; a
    block quotation is indented, an item of a list has its number or no sign. A
    mark is its number glued to the word before it. Text that is mostly Chinese
    is not wrapped, as is the custom. Italics stand between underscores.
    """
    numbers = manuscript.numbers()
    pieces = [_block(block, numbers, width) for block in manuscript.blocks]
    if manuscript.notes and not manuscript.endnotes:
        pieces.append(RULE)
    pieces += [_note(note, numbers, width) for note in manuscript.notes]
    return "\n\n".join(pieces) + "\n"


def mark(label: str, number: int) -> str:
    """Return a note mark as it is printed: circled where the label is, else in digits."""
    return _CIRCLED[number] if label in _CIRCLED and number < len(_CIRCLED) else str(number)


def rendered(words: Words, numbers: dict[str, int], *, italics: bool = False) -> str:
    """Return words with their marks; with ``italics``, underscores stand around italic words."""
    pieces = []
    for inline in words:
        if isinstance(inline, Mark):
            pieces.append(mark(inline.label, numbers[inline.label]))
        elif italics and inline.italic and inline.text.strip():
            bare = inline.text.strip()
            pieces.append(inline.text.replace(bare, f"_{bare}_", 1))
        else:
            pieces.append(inline.text)
    return "".join(pieces)


def _block(block: Block, numbers: dict[str, int], width: int) -> str:
    texts = [rendered(cell, numbers, italics=True) for cell in block.cells]
    if block.kind == "row":
        return "\t".join(texts)
    if block.kind == "heading":
        return texts[0]
    indent = "    " if block.kind == "quote" else ""
    first = f"{block.ordered}. " if block.ordered else indent
    return _wrapped(texts[0], width, first, indent)


def _note(note: Note, numbers: dict[str, int], width: int) -> str:
    """Return a note under its number; a circled number needs no full stop."""
    label = mark(note.label, numbers[note.label])
    label += " " if label in _CIRCLED else ". "
    if not note.paragraphs:
        return label.rstrip()
    paragraphs = [rendered(words, numbers, italics=True) for words in note.paragraphs]
    first = _wrapped(paragraphs[0], width, label, "")
    return "\n\n".join((first, *(_wrapped(text, width, "", "") for text in paragraphs[1:])))


def _wrapped(text: str, width: int, first: str, indent: str) -> str:
    """Return a text in lines that are broken at blanks alone."""
    if len(_HAN.findall(text)) > len(text) / 3:
        return first + text
    lines: list[str] = []
    for part in text.split("\n"):
        line = indent if lines else first
        empty = True
        for word in part.split(" "):
            if not empty and len(line) + 1 + len(word) > width:
                lines.append(line)
                line, empty = indent, True
            line += word if empty else f" {word}"
            empty = False
        lines.append(line)
    return "\n".join(lines)
