"""The words of a file on one line, with the way back to its offsets and lines.

Right answers are quoted with runs of white space collapsed to one blank. A
``Stream`` is the file so collapsed; some strings run on over a page end, so
there is a second stream from which note blocks and page furniture are lifted
out (the convention of the gold format).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from scholiast.text import folded


def words(text: str) -> str:
    """Return a text with runs of white space collapsed to one blank."""
    return " ".join(text.split())


def squeezed(text: str) -> str:
    """Return a text for comparison across formats.

    Folded (compatibility forms, quotation marks, dashes, case), without
    blanks, hyphens and dashes: what line ends and typography change.
    """
    plain = folded(text.replace("…", "...")).text
    return "".join(character for character in plain if not character.isspace() and character != "-")


class Lines:
    """Which line of a file an offset stands on, and where a line stands (both 1-based lines)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        self.starts.extend(i + 1 for i, character in enumerate(text) if character == "\n")

    def line(self, offset: int) -> int:
        """Return the line that holds an offset."""
        return bisect_right(self.starts, offset)

    def span(self, line: int) -> tuple[int, int]:
        """Return the offsets of a line without its line end."""
        start = self.starts[line - 1]
        end = self.starts[line] - 1 if line < len(self.starts) else len(self.text)
        return start, end

    def printed(self, line: int) -> tuple[int, int]:
        """Return the offsets of a line without its margins (empty for a blank line)."""
        start, end = self.span(line)
        content = self.text[start:end]
        lead = len(content) - len(content.lstrip())
        return start + lead, max(start + lead, start + len(content.rstrip()))


@dataclass(frozen=True, slots=True)
class Stream:
    """A collapsed text; ``offsets[i]`` is where its character i stands in the file."""

    text: str
    offsets: tuple[int, ...]

    def find(self, string: str) -> Iterator[tuple[int, int]]:
        """Yield the spans of the stream where the collapsed string stands."""
        wanted = words(string)
        at = self.text.find(wanted) if wanted else -1
        while at >= 0:
            yield at, at + len(wanted)
            at = self.text.find(wanted, at + 1)


def stream(lines: Lines, without: Collection[int] = ()) -> Stream:
    """Return the stream of a file, leaving out the lines given."""
    letters: list[str] = []
    offsets: list[int] = []
    for number in range(1, len(lines.starts) + 1):
        if number in without:
            continue
        start, end = lines.span(number)
        blank = True  # a line end is white space too
        for offset in range(start, end):
            character = lines.text[offset]
            if character.isspace():
                blank = True
                continue
            if blank and letters:
                letters.append(" ")
                offsets.append(offset - 1 if offset else 0)
            blank = False
            letters.append(character)
            offsets.append(offset)
    return Stream("".join(letters), tuple(offsets))
