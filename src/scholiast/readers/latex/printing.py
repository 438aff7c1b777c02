"""The loop that reads a LaTeX document, token by token, from its first to its last."""

from __future__ import annotations

import itertools
import re
from typing import Final

from scholiast.model import Source
from scholiast.progress import OFTEN, reached
from scholiast.readers.latex.citing import items_of
from scholiast.readers.latex.commands import run
from scholiast.readers.latex.environments import cell
from scholiast.readers.latex.files import files_of, is_whole
from scholiast.readers.latex.formulas import formula
from scholiast.readers.latex.mouth import (
    BLANK,
    CELL,
    CLOSE,
    COMMAND,
    LIGATURE,
    MATH,
    OPEN,
    PAR,
    PARAMETER,
    TIE,
    WORDS,
    Tape,
    Token,
)
from scholiast.readers.latex.reading import Reading
from scholiast.structure.flow.blocks import Block

_BODY: Final = re.compile(r"\\begin\s*\{document\}")
_NO_BREAK_SPACE: Final = "\u00a0"


def printed(source: Source, text: str) -> Reading:
    """Return what was read of a document: its blocks, notes, and what it says of itself."""
    reading = Reading(files=files_of(source))
    reading.mute = is_whole(source.data) and _BODY.search(text) is not None
    reading.items = items_of(text)
    tape = Tape(text)
    reading.frames.append(tape)
    for count in itertools.count():
        token = reading.next()
        if token is None:
            break
        if count % OFTEN == 0:
            reached(tape.at, len(text))
        take(reading, token)
    _finish(reading)
    return reading


def take(reading: Reading, token: Token) -> None:
    """Take one token."""
    kind = token.kind
    if kind == WORDS:
        reading.words(token)
    elif kind == BLANK:
        if not reading.mute:
            reading.galley.space(token, reading.looks)
    elif kind == COMMAND:
        run(reading, token)
    elif kind == OPEN:
        reading.open(token)
    elif kind == CLOSE:
        reading.close_brace(token)
    elif kind == PAR:
        reading.broken.clear()
        reading.paragraph(token)
    elif kind == LIGATURE:
        reading.ligature(token)
    elif kind == TIE:
        reading.say(token, _NO_BREAK_SPACE, "tie")
    elif kind == CELL:
        cell(reading, token)
    elif kind == MATH:
        formula(reading, token)
    elif kind == PARAMETER:
        reading.words(token)


def _finish(reading: Reading) -> None:
    """Close what was left open, and lead the marks to their notes."""
    while reading.groups:
        group = reading.groups[-1]
        if group.name == "{" and not group.token.made:
            reading.unclosed(group.token)
        reading.close(group.token)
    reading.galley.end(reading.looks)
    for block in reading.galley.blocks:
        if block.table and not block.text.strip():
            block.table = 0
    reading.numbers.settle()
    lowest = min((block.level for block in _leveled(reading)), default=1)
    for block in _leveled(reading):
        block.level -= lowest - 1


def _leveled(reading: Reading) -> list[Block]:
    """Return the headings that are no title."""
    return [block for block in reading.galley.blocks if block.level and not block.title]
