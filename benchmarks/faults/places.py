"""Where in a Markdown text the paragraphs, the note marks and the notes stand."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Final

_MARK: Final = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_DEFINITION: Final = re.compile(r"(?m)^\[\^([^\]\s]+)\]:[ \t]*\n?[ \t]*")
_BLOCK: Final = re.compile(r"(?:[^\n]+\n?)+")
_HEAD: Final = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_AUTOLINK: Final = re.compile(r"<((?:https?|ftp|mailto):[^>\s]+)>")
_UNREADABLE: Final = re.compile(
    r"https?://\S+|<[^>\n]+>|\]\([^)\n]*\)|`[^`\n]*`|^\s*\|.*$", re.MULTILINE
)
_SYNTAX: Final = re.compile(r"\[\^[^\]\s]+\]:?|\\(?=[^\w\s])|[*_]|\]\([^)\n]*\)|<[^>\n]*>|^[#>]+ ")


@dataclass(frozen=True, slots=True)
class Note:
    """A note definition: from its label to the end of its words."""

    label: str
    start: int
    words: int  # where its words begin
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A note mark in the body."""

    label: str
    start: int
    end: int


@dataclass(frozen=True)
class Manuscript:
    """A Markdown or plain text with the places faults can be planted at."""

    text: str

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """The note definitions in the order of the file."""
        starts = list(_DEFINITION.finditer(self.text))
        found = []
        for at, match in enumerate(starts):
            limit = starts[at + 1].start() if at + 1 < len(starts) else len(self.text)
            end = self._end_of_note(match.end(), limit)
            found.append(Note(match[1], match.start(), match.end(), end))
        return tuple(found)

    def _end_of_note(self, start: int, limit: int) -> int:
        """Return where a note ends: paragraphs after a blank line belong to it when indented."""
        end = start
        for block in _BLOCK.finditer(self.text, start, limit):
            if end > start and not block[0].startswith(("    ", "\t")):
                break
            end = block.end()
        return start + len(self.text[start:end].rstrip())

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """The note marks of the body."""
        return tuple(
            Mark(match[1], match.start(), match.end())
            for match in _MARK.finditer(self.text)
            if not any(note.start <= match.start() < note.end for note in self.notes)
        )

    @cached_property
    def paragraphs(self) -> tuple[tuple[int, int], ...]:
        """The spans of the paragraphs of the body, headings and the head of the file left out."""
        head = _HEAD.match(self.text)
        begin = head.end() if head else 0
        return tuple(
            match.span()
            for match in _BLOCK.finditer(self.text, begin)
            if not match[0].lstrip().startswith(("#", "[^", "|", "```", "<"))
            and not any(note.start <= match.start() < note.end for note in self.notes)
        )

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The spans of the paragraphs and of the words of notes, in the order of the file."""
        notes = ((note.words, note.end) for note in self.notes)
        return tuple(sorted((*self.paragraphs, *notes)))

    @cached_property
    def barred(self) -> tuple[tuple[int, int], ...]:
        """Spans in which nothing is planted: addresses, links, code, tables, marks."""
        marks = [(mark.start, mark.end) for mark in self.marks]
        return (*(match.span() for match in _UNREADABLE.finditer(self.text)), *marks)

    def free(self, start: int, end: int) -> bool:
        """Return whether a fault may be planted in a span."""
        return not any(low < end and start < high for low, high in self.barred)

    def block(self, position: int) -> tuple[int, int]:
        """Return the paragraph, or the words of the note, that hold a position."""
        for note in self.notes:
            if note.start <= position <= note.end:
                return note.words, note.end
        start = self.text.rfind("\n\n", 0, position) + 2 if "\n\n" in self.text[:position] else 0
        end = self.text.find("\n\n", position)
        return start, len(self.text) if end < 0 else end


def bare(text: str) -> str:
    """Return the letters and digits of Markdown words: what every format of a text has alike."""
    return letters(_SYNTAX.sub("", _AUTOLINK.sub(r"\1", text)))


def letters(text: str) -> str:
    """Return the letters and digits of a text, folded."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in plain if character.isalnum())
