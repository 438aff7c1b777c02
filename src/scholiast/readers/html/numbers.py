"""The number a note shows of itself, typed before its words, is none of them."""

from __future__ import annotations

import re
from typing import Final

from scholiast.packages.hypertext import name
from scholiast.readers.html.marks import number
from scholiast.readers.html.plan import Found
from scholiast.structure.flow.blocks import Block
from scholiast.structure.flow.notes import take

_OPENING: Final = re.compile(
    r"\s*(?P<open>[\[(（［〔])?\s*(?P<sign>[^\s\[\]()（）［］〔〕.:、．]{1,7})"
    r"(?:\s*(?P<close>[\])）］〕]))?(?P<stop>[.:、．])?(?P<blank>\s*)(?P<next>\d?)"
)
_ARROW: Final = re.compile(r"\s*[\^↑↩⇑]+[\ufe0e\ufe0f]?\s*")
#: What is left of several ways back, as Sphinx and Docutils set them: "(1, 2)".
_WAYS: Final = re.compile(r"\s*\((?:\s*,)+\s*\)\s*")
_STOP: Final = re.compile(r"\s*[.):\]]\s+")
_WAY_BACK: Final = re.compile(r"(?:\s*[\[(]\s*[\])]|\s*[↩⤴↑⇑▲⏎↵][\ufe0e\ufe0f]?)+\s*$")


def unnumber(found: Found) -> None:
    """Take a typed number out of the words of a note (into a mark), and give the note its label.

    In an item of a numbered list a bare number may be the first word ("1 May
    was …"); there only a number in brackets or with a stop is taken.
    """
    note = found.note
    label = "" if found.calls else found.printed
    if label and not note.label:
        note.label, note.number = label, number(label)
    block = next((one for one in note.blocks if one.text.strip()), None)
    if block is None:
        return
    own = found.label or label
    if own and len(note.blocks) > 1 and block.text.strip(" .:[]()\n\u00a0") == own:
        take(block, len(block.text))
        return
    bound = name(found.start) == "li" or any(bit.role == "mark" for bit in block.bits)
    taken = (_number(block.text, own, bound=bound) if own else 0) or _rest(block)
    if taken:
        take(block, taken)
    if block.text.startswith("\t"):
        _from_cell(block)
    ways = _WAYS.match(block.text)
    if ways and any(bit.role == "mark" for bit in block.bits):
        take(block, ways.end())
    _trailing(note.blocks)


def _from_cell(block: Block) -> None:
    """Make a row of which the first cell held the number a paragraph."""
    at = next((n for n, bit in enumerate(block.bits) if bit.shown and bit.text.strip()), 0)
    block.bits[:at] = [bit for bit in block.bits[:at] if not (bit.shown and bit.paragraph < 0)]
    block.table = 0


def _number(text: str, own: str, *, bound: bool) -> int:
    """Return how many characters at the start of a note are its own number."""
    match = _OPENING.match(text)
    if match is None or match["sign"] != own:
        return 0
    bracketed = bool(match["open"] or match["close"])
    stopped = bool(match["stop"]) and (bool(match["blank"]) or not match["next"])
    if bound:
        plain = bool(match["open"] and match["close"]) or (stopped and bool(match["blank"]))
    else:
        plain = bracketed or stopped or bool(match["blank"])
    return match.start("next") if plain else 0


def _rest(block: Block) -> int:
    """Return how many characters at the start are what is left of a mark or a way back."""
    match = _ARROW.match(block.text)
    if match:
        return match.end()
    marked = any(bit.role == "mark" and bit.text.strip() for bit in block.bits[:3])
    match = _STOP.match(block.text) if marked else None
    return match.end() if match else 0


def _trailing(blocks: list[Block]) -> None:
    """Take the arrows and empty brackets around a way back at the end of a note."""
    block = next((one for one in reversed(blocks) if one.text.strip()), None)
    if block is None:
        return
    text = block.text
    tail = text[-60:]
    match = _WAY_BACK.search(tail)
    if match and len(text) - len(tail) + match.start():
        at = len(text) - len(tail) + match.start()
        take(block, len(text) - at, at=at)
