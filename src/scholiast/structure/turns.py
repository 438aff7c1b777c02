"""Turns of speech in interviews and panels: paragraphs that begin with a speaker's name.

A name and a colon prove nothing alone; a text has turns where several
speakers have them, and some more than one, or in the capitals of a transcript.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Final

from scholiast.data import table
from scholiast.model import Node

#: A text has turns of speech with at least so many of them, of so many speakers.
FEWEST_TURNS: Final = 4
FEWEST_SPEAKERS: Final = 2
#: A speaker's name has at most so many words, and so many characters before its colon.
LONGEST_NAME: Final = 5
LONGEST_OPENING: Final = 60
#: Chinese and Japanese names, with a title, have at most so many characters.
LONGEST_WIDE: Final = 8

_OPENING: Final = re.compile(rf"([^\n:：]{{1,{LONGEST_OPENING}}})[:：](?![/\d\\])")
_ASIDE: Final = re.compile(r"\s*[(\[（［][^()\[\]（）［］]*[)\]）］]\s*$")
_WIDE: Final = re.compile(r"[\u3005\u4e00-\u9fff\u30a0-\u30ff·・]+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’.‑-][^\W\d_]*)*\.?")


def turns(text: str, paragraphs: Sequence[Node]) -> tuple[Node, ...]:
    """Return the turns of speech among paragraphs of a text, in reading order.

    A turn reaches from the paragraph that names its speaker to before the
    next one that does, within one section; its ``label`` is the speaker as
    printed. Texts that are no transcripts have none.
    """
    opened = [(n, speaker) for n, p in enumerate(paragraphs) if (speaker := _speaker(text, p))]
    if not _transcript([speaker for _, speaker in opened]):
        return ()
    found: list[Node] = []
    for at, (first, speaker) in enumerate(opened):
        last = opened[at + 1][0] if at + 1 < len(opened) else len(paragraphs)
        parent = paragraphs[first].parent
        end = paragraphs[first].end
        for paragraph in paragraphs[first + 1 : last]:
            if paragraph.parent != parent:
                break
            end = paragraph.end
        found.append(Node("turn", paragraphs[first].start, end, parent=parent, label=speaker))
    return tuple(found)


def _transcript(speakers: Sequence[str]) -> bool:
    """Return whether speakers, one for each turn, are those of a transcript."""
    often = Counter(speaker.casefold() for speaker in speakers)
    if len(speakers) < FEWEST_TURNS or len(often) < FEWEST_SPEAKERS:
        return False
    return max(often.values()) > 1 or all(speaker.isupper() for speaker in speakers)


def _speaker(text: str, paragraph: Node) -> str:
    """Return the speaker that a paragraph begins with, or an empty string."""
    start = paragraph.start
    stop = min(paragraph.end, start + LONGEST_OPENING + 1)
    if text.find(":", start, stop) < 0 and text.find("：", start, stop) < 0:
        return ""  # as nearly always: not worth a match
    match = _OPENING.match(text, start, stop)
    if match is None:
        return ""
    whole = " ".join(match.group(1).split())
    name = _ASIDE.sub("", whole).strip(" .*_")
    folded = name.casefold()
    if folded in _words("roles"):
        return name
    if folded in _words("not_speakers") or not _is_name(name):
        return ""
    return name


def _is_name(name: str) -> bool:
    """Return whether words may be a person's name: capitalised, and few."""
    if _WIDE.fullmatch(name):
        return 2 <= len(name) <= LONGEST_WIDE
    words = name.split()
    while words and words[0].casefold().strip(".") in _words("titles"):
        words = words[1:]
    if not 1 <= len(words) <= LONGEST_NAME or not all(map(_WORD.fullmatch, words)):
        return False
    named = [word for word in words if word.casefold() not in _words("particles")]
    return bool(named) and all(word[0].isupper() for word in named) and len(named[-1]) > 1


@cache
def _words(name: str) -> frozenset[str]:
    """Return the words of one part of the table, of all languages."""
    return frozenset(word for words in table("turns")[name].values() for word in words)
