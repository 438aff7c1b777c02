"""The number a note shows of itself, typed before its words, is none of them."""

from __future__ import annotations

import re

from scholiast.packages.hypertext import name
from scholiast.readers.html.notes import Found
from scholiast.structure.flow.notes import take


def unnumber(found: Found) -> None:
    """Take a typed number out of the words of a note (into a mark), and give the note its label.

    In an item of a numbered list a bare number may be the first word ("1950
    was …"); there only a number with brackets or a stop that is the note's own
    is taken.
    """
    note = found.note
    label = "" if found.calls else found.printed
    if label and not note.label:
        from scholiast.readers.html.marks import number

        note.label, note.number = label, number(label)
    own = found.label or label
    block = next((one for one in note.blocks if one.text.strip()), None)
    if block is None:
        return
    text = block.text
    taken = 0
    if own:
        sign = re.escape(own)
        bare = r"[\[(（［〔]?\s*" + sign + r"\s*[\])）］〕.:、．](?!\d)\s*|" + sign + r"(?=[\s\u00a0])\s*"
        if name(found.start) == "li" or any(bit.role == "mark" for bit in block.bits):
            bare = r"[\[(（［〔]\s*" + sign + r"\s*[\])）］〕]\s*[.:]?\s*|" + sign + r"[.)]\s+"
        match = re.compile(r"\s*(?:" + bare + ")").match(text)
        taken = match.end() if match else 0
    if not taken:
        match = re.compile(r"\s*[\^↑↩⇑]+[\ufe0e\ufe0f]?\s*|\s*[.):\]]\s+").match(text)
        marked = any(bit.role == "mark" and bit.text.strip() for bit in block.bits[:3])
        taken = match.end() if match and (marked or "^" in match[0] or "↑" in match[0]) else 0
    if taken:
        take(block, taken)
    _trailing(found)


def _trailing(found: Found) -> None:
    """Take the arrows and empty brackets around a way back at the end of a note."""
    block = next((one for one in reversed(found.note.blocks) if one.text.strip()), None)
    if block is None:
        return
    match = re.search(r"(?:\s*[\[(]\s*[\])]|\s*[↩⤴↑⇑▲⏎↵][\ufe0e\ufe0f]?)+\s*$", block.text)
    if match and match.start():
        take(block, len(block.text) - match.start(), at=match.start())
