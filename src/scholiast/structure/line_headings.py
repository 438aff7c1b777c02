"""Headings in plain text, told by their words and by their shape."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from scholiast.structure.lines import Layout
from scholiast.structure.sections import caption, opening, small_words
from scholiast.structure.sentences import terminal, wide

#: A heading has no more lines, and no more characters.
MOST_LINES: Final = 3
LONGEST: Final = 240
SHORT: Final = 90
#: A heading without capitals or number is no longer than this.
PLAIN: Final = 50
_NUMBERED: Final = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVXLC]{1,6}\.|[A-Z]\.|§\s*\d+|第[一二三四五六七八九十百]+[章节節编編部]|[一二三四五六七八九十]+、)\s*(?=\S)"
)


@dataclass(frozen=True, slots=True)
class LineHeading:
    """A heading that stands on the lines ``first`` to ``last`` (exclusive)."""

    first: int
    last: int
    title: str
    strong: bool
    level: int = 1


def strong_headings(layout: Layout) -> list[LineHeading]:
    """Return the headings that their own words prove ("Review by …", "Notes")."""
    found: list[LineHeading] = []
    lines = layout.lines
    for at, line in enumerate(lines):
        if not line.text or line.role or len(line.text) > LONGEST:
            continue
        free = _begins(layout, at)
        if not free and not terminal(lines[at - 1].text):
            continue
        if not line.text[0].isupper() and not line.text[0].isdigit() and ord(line.text[0]) < 0x2E80:
            continue
        last = _run_end(layout, at)
        for end in range(min(last, at + MOST_LINES), at, -1):
            title = " ".join(x.text for x in lines[at:end])
            told = opening(title)
            alone = end == at + 1 and not told.authors and len(title) < 0.5 * layout.width
            if len(title) > LONGEST or (end != last and layout.spaced and not alone):
                continue
            if not (free or (told.authors and end == last)):
                continue  # below a note, without a blank line, only "Review by …" is sure
            if told.strong and told.kind != "chapter" and not title.endswith((".", ";", ",")):
                found.append(LineHeading(at, end, title, True))
                break
    return found


def _begins(layout: Layout, at: int) -> bool:
    """Return whether a line may open a heading: nothing runs into it from above."""
    line = layout.lines[at]
    if at == 0 or line.opens_page:
        return True
    above = layout.lines[at - 1]
    if not above.text or above.role == "furniture" or above.rule:
        return True
    return not layout.spaced and len(above.text) < 0.85 * layout.width


def _run_end(layout: Layout, at: int) -> int:
    """Return the index after the run of inked lines that begins at ``at``."""
    end = at + 1
    while end < len(layout.lines) and layout.lines[end].text and not layout.lines[end].role:
        end += 1
        if end - at > MOST_LINES + 1:
            break
    return end


def shaped_headings(layout: Layout) -> list[LineHeading]:
    """Return the headings that stand alone, short, and capitalised or numbered."""
    found: list[LineHeading] = []
    if not layout.spaced:
        return found
    lines = layout.lines
    inked = [at for at, line in enumerate(lines) if line.text and not line.role]
    for order, at in enumerate(inked):
        line = lines[at]
        if len(line.text) > SHORT or not _begins(layout, at):
            continue
        if order + 1 >= len(inked) or inked[order + 1] == at + 1:
            continue
        above = lines[inked[order - 1]].text if order else ""
        if (
            above
            and above[-1] not in ".!?…:”’\"')]»。！？」』》）0123456789"
            and not _is_heading(found, inked[order - 1])
        ):
            continue
        level = _shape(line.text)
        if not level and order and _opens_text(layout, inked[order + 1]):
            level = _plain(line.text)
        if level:
            found.append(LineHeading(at, at + 1, line.text, False, level))
    return found


def _opens_text(layout: Layout, at: int) -> bool:
    """Return whether a paragraph of running text, not a fragment, begins at a line."""
    line = layout.lines[at]
    after = layout.lines[at + 1].text if at + 1 < len(layout.lines) else ""
    begins = line.text[0].isupper() or wide(line.text[0]) or not line.text[0].isalnum()
    return begins and (bool(after) or len(line.text) > SHORT)


def _plain(text: str) -> int:
    """Return the depth of a short line of plain words that stands above running text, or 0."""
    if text[-1] in ".!?,;:…。！？，；：-–—)）" or text[-1].isdigit() or caption(text):
        return 0
    capital = text[0].isupper() or wide(text[0])
    return 2 if capital and len(text) <= PLAIN and not re.search(r"[.:;\d()\[\]]", text) else 0


def _is_heading(found: list[LineHeading], at: int) -> bool:
    return bool(found) and found[-1].first == at


def _shape(text: str) -> int:
    """Return the depth of a heading that a lone line looks like, or 0."""
    if text[-1] in ".!,;:…。！，；：-–—" or text[0] in "“‘«\"'(*•†‡《「":
        return 0
    if not any(character.isalpha() for character in text) or caption(text):
        return 0
    if opening(text).kind == "chapter":
        return 1
    numbered = _NUMBERED.match(text)
    words = list(re.findall(r"[^\W\d_][\w’'-]*", text))
    if not words or (len(words) < 2 and not numbered and not text.isupper()):
        return 0
    starts = numbered is not None and len(text) - numbered.end() > 1 and text[numbered.end()]
    if numbered and starts and (starts.isupper() or wide(starts)):
        dots = numbered.group().strip().rstrip(".").count(".")
        return 2 + dots
    if text.isupper() and len(text) > 3:
        return 2
    weighty = [word for word in words if word.casefold() not in small_words()]
    named = sum(word[0].isupper() for word in weighty)
    if len(weighty) >= 2 and text[0].isupper() and named == len(weighty):
        return 2
    return 0
