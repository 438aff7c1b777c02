"""Remarks as comments in LaTeX, where they change nothing of what is printed.

A comment swallows the end of its line and the blanks before the next words.
So a remark stands at the end of the line of its words, a blank before it: the
blank prints what the line's end would have printed. In a long line it stands
right behind the word, and the line goes on below it; a blank that follows is
left before the remark. Where a percent sign is no comment (verbatim text, an
address) the remark has a line of its own above.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from scholiast.model import Finding
from scholiast.report.remarks import clean

#: Characters behind the words up to which a remark waits for the end of the line.
FAR: Final = 160

_SIGN: Final = r"[A-Z]{2,5}\d{3} #[0-9a-f]{12}:"
_NEWLINE: Final = r"(?:\r\n|\n|\r)"
#: A remark that ends with "%%" brought its line's end with it; others stand at the end of a line.
REMARKS: Final = re.compile(
    rf"% scholiast {_SIGN} [^\r\n]*? %%{_NEWLINE}"
    rf"| % scholiast {_SIGN} [^\r\n]*?(?<! %%)(?= % scholiast {_SIGN}|[\r\n]|\Z)"
)
ASKED: Final = re.compile(r"% scholiast [A-Z]{2,5}\d{3} #([0-9a-f]{12}):")

_PERCENT: Final = re.compile("%+")
_VERBATIM: Final = (
    "verbatim", "verbatim*", "Verbatim", "lstlisting", "minted", "alltt", "comment", "filecontents",
    "filecontents*",
)  # fmt: skip
#: Where a percent sign is no comment, comments themselves, and what may be neither.
_CLOSED: Final = re.compile(
    r"(?P<block>\\begin\s*\{(?P<name>"
    + "|".join(re.escape(name) for name in _VERBATIM)
    + r")\}.*?(?:\\end\{(?P=name)\}|\Z))"
    r"|(?P<inline>\\(?:verb|lstinline)\*?(?P<sign>[^A-Za-z\s*])[^\r\n]*?(?:(?P=sign)|(?=[\r\n]|\Z))"
    r"|\\(?:url|nolinkurl|path|href)\s*(?:\[[^\]\r\n]*\])?\s*\{[^{}\r\n]*\}"
    r"|\\(?:input|include|label|ref|pageref|cite\w*|\w*cite\w*|begin|end|bibitem|includegraphics)\*?"
    r"\s*(?:\[[^\]\r\n]*\]\s*)*\{[^{}]*\})"
    r"|(?P<comment>%[^\r\n]*)"
    r"|\\(?:[A-Za-z@]+|.)",
    re.DOTALL,
)
_LINE_END: Final = re.compile(_NEWLINE)


def latex_remark(finding: Finding, where: str = "") -> str:
    """Return a finding's remark without what sets it apart: ``scholiast CODE #id: question``.

    ``where`` names the place, for words that stand in another file.
    """
    question = clean(finding.question or finding.message)
    words = f"{question} ({where})" if where else question
    words = _PERCENT.sub("%", words).replace("% scholiast", "%scholiast")
    return f"% scholiast {finding.code} #{finding.id}: {words.rstrip('% ')}"


class Lines:
    """Where a text takes comments."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
        match = _LINE_END.search(text)
        self.newline = match.group() if match else "\n"
        self._blocks: list[tuple[int, int]] = []
        self._inlines: list[tuple[int, int]] = []
        self._comments: list[tuple[int, int]] = []
        for found in _CLOSED.finditer(text):
            if found["block"]:
                self._blocks.append(found.span())
            elif found["inline"]:
                self._inlines.append(found.span())
            elif found["comment"]:
                self._comments.append(found.span())
            elif found.group() == "\\endinput":
                break

    def placed(self, at: int, remark: str) -> tuple[int, str]:
        """Return the offset for a remark that belongs behind an offset, and what to insert."""
        at = min(at, len(self.text))
        block = _holding(self._blocks, at)
        if block is not None:
            return self._above(block[0], remark)
        inline = _holding(self._inlines, at)
        if inline is not None:
            at = inline[1]
        at = self._word_end(at)
        end = self._content_end(at)
        comment = next((one for one in self._comments_at(at, end)), None)
        if comment is not None and self.text[comment[0] : comment[1]].endswith(" %%"):
            return comment[0], f"{remark} %%{self.newline}"  # a remark that brought its line's end
        if comment is None and end - at > FAR:
            while at < end and self.text[at] in " \t":
                at += 1
            return at, f"{remark} %%{self.newline}"
        block = _holding(self._blocks, end)
        if block is not None or _holding(self._inlines, end) is not None:
            return self._above(at, remark)
        return end, f" {remark}"

    def _comments_at(self, at: int, end: int) -> list[tuple[int, int]]:
        """Return the comment that ends a line, where there is one."""
        index = bisect_right(self._comments, (end, -1)) - 1
        return [one for one in self._comments[max(0, index) : index + 1] if one[1] == end]

    def _above(self, at: int, remark: str) -> tuple[int, str]:
        """Return a line of its own above the line of an offset."""
        line = bisect_right(self.starts, at) - 1
        start = self.starts[line]
        while line and (
            _holding(self._blocks, start) is not None or _holding(self._inlines, start) is not None
        ):
            line -= 1
            start = self.starts[line]
        return start, f"{remark} %%{self.newline}"

    def _word_end(self, at: int) -> int:
        """Return the end of the command that an offset lies in, and of its name."""
        match = re.compile(r"\\[A-Za-z@]+\*?").search(self.text, max(0, at - 40), at + 40)
        while match is not None:
            if match.start() < at < match.end():
                return match.end()
            if match.start() >= at:
                break
            match = re.compile(r"\\[A-Za-z@]+\*?").search(self.text, match.end(), at + 40)
        if at and self.text[at - 1] == "\\" and at < len(self.text):
            return at + 1
        return at

    def _content_end(self, at: int) -> int:
        """Return the end of the line of an offset, without its line's end."""
        match = _LINE_END.search(self.text, at)
        return match.start() if match else len(self.text)


def _holding(spans: Sequence[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """Return the span that an offset lies within, None where it lies in none (or at an edge)."""
    index = bisect_right(spans, (at, -1)) - 1
    for one in spans[max(0, index) : index + 2]:
        if one[0] < at < one[1]:
            return one
    return None


def placed(text: str, remarks: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return (offset, what to insert) of remarks that belong behind offsets of a LaTeX text."""
    lines = Lines(text)
    found = [lines.placed(at, remark) for at, remark in remarks]
    return sorted(found, key=lambda item: item[0])
