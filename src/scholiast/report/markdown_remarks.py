"""Remarks as HTML comments in Markdown, where they change nothing of what it says.

A remark belongs right behind its words. Where it would break something (words
in a code span, in a table's delimiter row, in a fence), it moves: behind the
marks of emphasis that follow, to the end of its paragraph, to a line of its
own behind the whole block, at last to the top of the file. What breaks is
found by parsing the copy and comparing it, block by block, with the original.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from scholiast.model import Finding
from scholiast.report.annotate_error import AnnotateError
from scholiast.report.remarks import clean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_REMARK: Final = r"<!-- scholiast [A-Z]{2,5}\d{3} #[0-9a-f]{12}:(?: [^\n\r]*?)? -->"
_NEWLINE: Final = r"(?:\r\n|\n|\r)"
#: All remarks of a copy; one that has a line of its own goes with the line's end.
REMARKS: Final = re.compile(
    rf"{_NEWLINE}(?:{_REMARK}{_NEWLINE})*{_REMARK}\Z"
    rf"|(?:\A|(?<=[\n\r])){_REMARK}{_NEWLINE}"
    rf"|{_REMARK}"
)
_LINE_END: Final = re.compile(_NEWLINE)
_CLOSERS: Final = re.compile(r"(?:[*_~]+|[”’»\"')\]])+")
#: What would end a comment, a cell of a table or a code span.
_UNSAFE: Final = str.maketrans("|`", "¦'")
#: A fence of pandoc's divisions, maybe in a quotation: it must stay alone on its line.
_DIVISION: Final = re.compile(r"[ \t>]*:::")
_HYPHENS: Final = re.compile(r"-{2,}")

#: Where a remark may stand, the best first.
_WORDS, _BEHIND_MARKS, _BLOCK_END, _OWN_LINE, _TOP = range(5)
#: Attempts at a copy that says the same; after them all remarks go to the top.
_PATIENCE: Final = 24

#: A block as it reads: what may not change.
_Frame = tuple[Any, ...]


def markdown_remark(finding: Finding) -> str:
    """Return a finding's remark: ``<!-- scholiast CODE #id: question -->``."""
    question = clean(finding.question or finding.message).translate(_UNSAFE)
    question = _HYPHENS.sub("–", question).replace("<!", "< !")
    return f"<!-- scholiast {finding.code} #{finding.id}: {question.rstrip('-')} -->"


@dataclass(slots=True)
class _Remark:
    """A remark on its way to a place: behind which offset it belongs, how far it has moved."""

    at: int
    words: str
    block: int = -1
    step: int = _WORDS


@dataclass(slots=True)
class _Original:
    """The original text with its lines and blocks."""

    text: str
    lines: list[int]
    frames: list[_Frame] = field(default_factory=list)
    blocks: list[tuple[int, int]] = field(default_factory=list)  # lines of each frame
    leaves: list[tuple[int, int]] = field(
        default_factory=list
    )  # lines of each paragraph, outside of tables
    top: int = 0

    def line_of(self, offset: int) -> int:
        """Return the number of the line, from 0, that holds the character before an offset."""
        return bisect_right(self.lines, max(0, offset - 1)) - 1

    def content_end(self, line: int) -> int:
        """Return where the words of a line end."""
        end = self.lines[line + 1] if line + 1 < len(self.lines) else len(self.text)
        start = self.lines[line]
        return start + len(self.text[start:end].rstrip())

    def takes_words(self, line: int) -> bool:
        """Return whether words may be added to a line: not to the fence of a division."""
        return _DIVISION.match(self.text, self.lines[line]) is None

    def next_line(self, line: int) -> int:
        """Return where the line after this one begins, the end of the text where there is none."""
        return self.lines[line + 1] if line + 1 < len(self.lines) else len(self.text)


def placed(text: str, remarks: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return (offset, what to insert) of remarks that belong behind offsets of a Markdown text.

    The offsets rise. What is inserted may hold line ends. Raises
    ``AnnotateError`` where no place is left that would not change the text.
    """
    if not remarks:
        return []
    env: dict[str, Any] = {}
    original = _read(text, env)
    own = [_Remark(at, words) for at, words in remarks]
    for remark in own:
        remark.block = _containing(original.blocks, original.line_of(remark.at))
    mended: set[int] = set()
    for attempt in range(_PATIENCE):
        added = _insertions(original, own)
        wrong = _changed(original.frames, _read(_joined(text, added), {}).frames)
        if not wrong:
            return added
        for block in wrong:
            there = [remark for remark in own if remark.block == block]
            if there and block >= 0 and block not in mended:
                _mend(original, block, there, env)
                mended.add(block)
            else:
                for remark in there if there and attempt < _PATIENCE - 2 else own:
                    remark.step = _TOP
    raise AnnotateError("the remarks would change what the Markdown says: it was left alone")


def _mend(
    original: _Original, block: int, remarks: Sequence[_Remark], env: Mapping[str, Any]
) -> None:
    """Move the remarks of a block, no further than needed, so that it stays what it is."""
    first, last = original.blocks[block]
    start, end = original.lines[first], original.next_line(last - 1)
    wanted = _read(original.text[start:end], dict(env)).frames

    def stays(group: Sequence[_Remark]) -> bool:
        added = [item for item in _insertions(original, group) if start <= item[0] <= end]
        copy = _joined(original.text[start:end], [(at - start, words) for at, words in added])
        return _read(copy, dict(env)).frames == wanted

    settled: list[_Remark] = []
    waiting = [list(remarks)]
    while waiting:
        group = waiting.pop()
        if stays([*settled, *group]):
            settled += group
        elif len(group) > 1:
            half = len(group) // 2
            waiting += [group[half:], group[:half]]
        else:
            group[0].step += 1
            if group[0].step < _OWN_LINE:
                waiting.append(group)


def _insertions(original: _Original, remarks: Sequence[_Remark]) -> list[tuple[int, str]]:
    """Return what to insert where, in the order of the text."""
    found: list[tuple[int, int, str]] = []
    newline = _LINE_END.search(original.text)
    end = newline.group() if newline else "\n"
    for number, remark in enumerate(remarks):
        offset, lined = _target(original, remark)
        words = remark.words
        if lined:
            last = offset == len(original.text) and not original.text.endswith(("\n", "\r"))
            words = f"{end}{words}" if last and offset else f"{words}{end}"
        found.append((offset, number, words))
    found.sort(key=lambda item: item[:2])
    return [(offset, words) for offset, _, words in found]


def _target(original: _Original, remark: _Remark) -> tuple[int, bool]:
    """Return the offset for a remark at its present step, and whether it takes a line."""
    text, at = original.text, remark.at
    line = original.line_of(at)
    free = original.takes_words(line)
    if remark.step <= _BEHIND_MARKS and free and at and text[at - 1] not in "\n\r":
        if remark.step == _BEHIND_MARKS:
            match = _CLOSERS.match(text, at)
            at = match.end() if match else at
        return at, False
    if remark.step <= _BLOCK_END:
        leaf = _containing(original.leaves, line)
        last = original.leaves[leaf][1] - 1 if leaf >= 0 else -1
        if line <= last and original.takes_words(last):
            return original.content_end(last), False
    if remark.step <= _OWN_LINE and remark.block >= 0:
        first, end = original.blocks[remark.block]
        while end - 1 > first and original.content_end(end - 1) <= original.lines[end - 1]:
            end -= 1
        return original.next_line(end - 1), True
    return original.top, True


def _containing(spans: Sequence[tuple[int, int]], line: int) -> int:
    """Return the number of the span of lines that holds a line, or the last before it, or -1."""
    return bisect_right(spans, (line, 1 << 60)) - 1


def _joined(text: str, added: Sequence[tuple[int, str]]) -> str:
    """Return a text with words inserted."""
    parts: list[str] = []
    here = 0
    for offset, words in added:
        parts += [text[here:offset], words]
        here = offset
    return "".join((*parts, text[here:]))


def _changed(old: Sequence[_Frame], new: Sequence[_Frame]) -> list[int]:
    """Return the numbers of the blocks that differ; of the first alone where some came or went."""
    if len(old) == len(new):
        return [number for number, frame in enumerate(old) if frame != new[number]]
    same = (number for number, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1])
    return [next(same, min(len(old), len(new)) - 1)]


# --- reading -------------------------------------------------------------------


@cache
def _grammar() -> MarkdownIt:
    """Return the parser: CommonMark with tables, notes and a YAML head."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

    md = MarkdownIt("commonmark").enable("table").use(footnote_plugin).use(front_matter_plugin)
    md.core.ruler.disable("footnote_tail")  # notes stay where they are written
    return md


def _read(text: str, env: dict[str, Any]) -> _Original:
    """Return a Markdown text with its blocks as they read, remarks left out.

    ``env`` holds what is defined elsewhere, and takes what is defined here.
    """
    tokens = _grammar().parse(text, env)
    lines = [0, *(match.end() for match in _LINE_END.finditer(text))]
    found = _Original(text, lines)
    in_cell = False
    frame: list[Any] = []
    span: tuple[int, int] | None = None
    for token in tokens:
        if token.type == "front_matter" and token.map:
            found.top = found.next_line(token.map[1] - 1)
        span = span or ((token.map[0], token.map[1]) if token.map else None)
        if token.type in ("th_open", "td_open", "th_close", "td_close"):
            in_cell = token.nesting > 0
        if token.type == "inline" and token.map and not in_cell:
            found.leaves.append((token.map[0], token.map[1]))
        part = _part(token, env)
        if part is not None:
            frame.append(part)
        if token.level == 0 and token.nesting <= 0:
            if frame:
                found.frames.append(tuple(frame))
                found.blocks.append(span or (0, 1))
            frame, span = [], None
    found.leaves.sort()
    return found


def _part(token: Token, env: dict[str, Any]) -> _Frame | None:
    """Return what a block token says; None for a remark that has a line of its own."""
    if token.type == "html_block":
        rest = REMARKS.sub("", token.content)
        return (token.type, rest.strip()) if rest.strip() else None
    if token.type == "inline":
        return (token.type, _inline(token.children or [], env))
    label = token.meta.get("label") if token.meta else None
    return (token.type, token.tag, str(token.attrs), token.info, token.content, label)


def _inline(tokens: Sequence[Token], env: dict[str, Any]) -> _Frame:
    """Return what inline tokens say, text joined where a remark parted it."""
    found: list[Any] = []
    for token in tokens:
        if token.type == "html_inline" and REMARKS.fullmatch(token.content):
            continue
        if token.type == "text":
            if found and isinstance(found[-1], str):
                found[-1] += token.content
            elif token.content:
                found.append(token.content)
            continue
        found.append((token.type, str(token.attrs), token.content, _note(token, env)))
        if token.children:
            found.append(_inline(token.children, env))
    return tuple(found)


def _note(token: Token, env: dict[str, Any]) -> object:
    """Return what a note mark calls: a label, or the words of a note written inline."""
    if token.type != "footnote_ref":
        return None
    listed = env.get("footnotes", {}).get("list", {})
    entry = listed.get(token.meta.get("id"), {}) if isinstance(listed, dict) else {}
    if entry.get("tokens"):
        return _inline(entry["tokens"], env)
    return token.meta.get("label")
