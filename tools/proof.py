"""Proof that right answers fit their text: every string stands on the line that is given."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from typing import Any

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Text:
    """A text by lines, and as two streams of words: all of it, and what is left of the body."""

    def __init__(self, text: str, gold: dict[str, Any]) -> None:
        self.lines = text.split("\n")
        repairs = gold["repairs"]
        apart = {cap["line_of_letter"] for cap in repairs["drop_caps"]}
        apart |= {one["line"] for one in repairs["page_furniture"]}
        apart |= set(repairs["note_separators"])
        for note in (*gold["notes"], *gold.get("uncalled_notes", ())):
            if note["note_line"]:
                apart |= set(range(note["note_line"], note["note_end_line"] + 1))
        self.streams = (self._stream(()), self._stream(apart))

    def _stream(self, without: Collection[int]) -> tuple[str, list[int], list[int]]:
        """Return words with one blank between them, where each begins, and on which line."""
        words: list[str] = []
        starts: list[int] = []
        numbers: list[int] = []
        at = 0
        for number, line in enumerate(self.lines, 1):
            for word in line.split() if number not in without else ():
                words.append(word)
                starts.append(at)
                numbers.append(number)
                at += len(word) + 1
        return " ".join(words), starts, numbers

    def places(self, words: str) -> Iterator[tuple[int, int, str]]:
        """Yield the first and the last line of every place of words, and what follows there."""
        for text, starts, numbers in self.streams:
            at = text.find(words) if words else -1
            while at >= 0:
                end = at + len(words)
                first = numbers[bisect_right(starts, at) - 1]
                yield first, numbers[bisect_right(starts, end - 1) - 1], text[end : end + 8]
                at = text.find(words, at + 1)

    def stands(self, words: str, line: int) -> bool:
        """Return whether words stand on a line, or run over it."""
        return any(first <= line <= last for first, last, _ in self.places(words))


def problems(text: str, gold: dict[str, Any]) -> list[str]:
    """Return what in the answers does not fit the text, in words; an empty list is a proof."""
    read = Text(text, gold)
    return [
        *_sections(read, gold),
        *_repairs(read, gold["repairs"]),
        *_notes(read, gold),
        *_quoted(read, gold),
    ]


def _sections(read: Text, gold: dict[str, Any]) -> Iterator[str]:
    last = 0
    for section in gold["sections"]:
        if section["start_line"] != last + 1:
            yield f"section {section['id']} begins at {section['start_line']}, not {last + 1}"
        last = section["end_line"]
        if section["title"] and not read.stands(section["title"], section["start_line"]):
            yield f"section {section['id']}: the title is not on line {section['start_line']}"
        words = section["first_words_verbatim"]
        inside = range(section["start_line"], section["end_line"] + 1)
        if not any(first in inside for first, _, _ in read.places(words)):
            yield f"section {section['id']}: {words!r} is not in it"
    if last != len(read.lines) - 1:
        yield f"the sections end at {last} of {len(read.lines) - 1} lines"


def _repairs(read: Text, repairs: dict[str, Any]) -> Iterator[str]:
    lines = ["", *read.lines]
    for cap in repairs["drop_caps"]:
        letter = cap["line_of_letter"]
        if letter and lines[letter].strip() != cap["letter"]:
            yield f"line {letter} is not the letter {cap['letter']}"
        if not lines[cap["line_of_text"]].strip().startswith(cap["torn"]):
            yield f"line {cap['line_of_text']} does not begin with {cap['torn']!r}"
        if cap["letter"] + cap["torn"] != cap["whole"]:
            yield f"{cap['whole']!r} is not {cap['letter']!r} and {cap['torn']!r}"
    for one in repairs["page_furniture"]:
        if lines[one["line"]].strip() != one["text"]:
            yield f"line {one['line']} is not {one['text']!r}"
    for line in repairs["note_separators"]:
        if lines[line].strip(" _") or len(lines[line].strip("\n")) < 20:
            yield f"line {line} is no separator"
    for line in repairs["page_starts"]:
        if not lines[line].startswith((" ", "\f")):
            yield f"line {line} does not begin a page"
    for line in repairs["note_internal_blank_lines"]:
        if lines[line].strip():
            yield f"line {line} is not blank"
    for one in repairs["false_paragraph_breaks"]:
        if not lines[one["line_before"]].strip() or not lines[one["line_after"]].strip():
            yield f"no lines to join at {one['line_before']}, {one['line_after']}"
    for join in repairs["joins"]:
        below = next(filter(str.strip, lines[join["line"] + 1 :]), "")
        ends = lines[join["line"]].rstrip().endswith(join["left"])
        if not ends or not below.strip().startswith(join["right"]):
            yield f"line {join['line']}: no join of {join['left']!r} and {join['right']!r}"
        left = join["left"] if join["keep_hyphen"] else join["left"][:-1]
        if join["joined"] != left + join["right"]:
            yield f"line {join['line']}: {join['joined']!r} is no join"


def _notes(read: Text, gold: dict[str, Any]) -> Iterator[str]:
    for note in gold["notes"]:
        name = f"{note['section']} {note['n']}"
        number = str(note["n"])
        pattern = rf" ?\[?(?:{number}(?!\d)|{number.translate(_SUPERSCRIPT)})"
        if not any(
            first <= note["callout_line"] <= last + 1 and re.match(pattern, after)
            for first, last, after in read.places(note["callout_before"])
        ):
            yield f"note {name}: no mark after {note['callout_before']!r}"
    for note in (*gold["notes"], *gold.get("uncalled_notes", ())):
        if not note["note_line"]:
            continue
        name = f"{note['section']} {note['n']}"
        opening = read.lines[note["note_line"] - 1].split()[0].strip("[]")
        if opening != str(note["n"]):
            yield f"note {name}: line {note['note_line']} does not begin with its number"
        words = note["note_first_words"]
        if words and not read.stands(words, note["note_line"]):
            yield f"note {name}: {words!r} is not on line {note['note_line']}"


def _quoted(read: Text, gold: dict[str, Any]) -> Iterator[str]:
    for key in ("false_callouts", "not_defects"):
        for one in gold[key]:
            if not read.stands(one["text"], one["line"]):
                yield f"{key}: {one['text']!r} is not on line {one['line']}"
    for one in gold["repairs"]["other"]:
        if not read.stands(one["text"], one["line"]):
            yield f"other: {one['text']!r} is not on line {one['line']}"
    for defect in gold["defects"]:
        for words in (defect["text"], *defect.get("also", ())):
            if not any(read.stands(words, line) for line in defect["lines"]):
                yield f"{defect['id']}: {words!r} is not on lines {defect['lines']}"
