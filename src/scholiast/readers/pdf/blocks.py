"""Lines become blocks: paragraphs, headings, block quotations, items of lists, rows of tables."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from scholiast.readers.pdf.headings import PdfHeading
from scholiast.readers.pdf.lines import Line
from scholiast.readers.pdf.page import Page
from scholiast.readers.pdf.survey import ALIKE, SMALL, Habits
from scholiast.structure.sections import caption
from scholiast.structure.sentences import terminal, wide

#: Brackets and quotation marks that take half of their width.
_OPENERS: Final = "《〈「『（【〔“‘"
Slice = tuple[int, int, int]  # a line, and which of its characters

_BULLET: Final = re.compile(r"[•‣◦▪●○■□–—*·\-\uf0b7\u25aa\u2043]\s+")
_ITEM: Final = re.compile(r"(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|\[\d{1,2}\])\s+(?=\S)")
#: What a block quotation stands in by, at least (in sizes of its letters).
STANDS_IN: Final = 0.9
#: What is wider than this apart from a line above begins a paragraph.
LOOSE: Final = 1.28


@dataclass(slots=True, eq=False)
class Block:
    """A paragraph of the reading text, or a row of a table, in slices of lines."""

    cells: list[list[Slice]] = field(default_factory=list)
    kind: str = "paragraph"  # "heading", "quote", "item", "row"
    heading: PdfHeading | None = None
    sign: int = 0  # characters of the first line that are the sign of an item
    floating: bool = False  # a caption, or words inside a figure: it may break a paragraph in two

    @property
    def first(self) -> int:
        """The index of its first line."""
        return self.cells[0][0][0]

    @property
    def last(self) -> int:
        """The index of its last line."""
        return self.cells[-1][-1][0]


class Blocks:
    """Makes the blocks of the body of one text."""

    def __init__(
        self,
        lines: Sequence[Line],
        headings: Sequence[PdfHeading],
        habits: Habits,
        pages: dict[int, Page],
    ) -> None:
        self.lines = lines
        self.habits = habits
        self.pages = pages
        self.heading_of = {at: h for h in headings for at in range(h.first, h.last)}
        self.rows = self._table_rows()
        self.fars = self._own_edges()

    def made(self) -> list[Block]:
        """Return the blocks in reading order."""
        found: list[Block] = []
        current: Block | None = None
        previous = -1
        for at, line in enumerate(self.lines):
            if line.role not in ("", "heading"):
                continue
            whole = (at, 0, len(line.text))
            heading = self.heading_of.get(at)
            if heading is not None:
                if current is not None and current.heading is heading:
                    current.cells[0].append(whole)
                else:
                    current = Block([[whole]], "heading", heading)
                    found.append(current)
            elif at in self.rows:
                row = self.rows[at]
                if current is not row:
                    current = row
                    found.append(row)
            elif (
                current is None
                or current.kind in ("heading", "row")
                or self.breaks(previous, at, current)
            ):
                current = self._opened(at, whole)
                found.append(current)
            else:
                current.cells[0].append(whole)
            previous = at
        for block in found:
            self._sort(block)
        return self._mended(found)

    def _own_edges(self) -> dict[int, float]:
        """Return where the lines of blocks that stand in end on the right, by their offsets.

        Such a block ends on the right where its longest line does.
        """
        found: dict[int, float] = {}
        run: list[Line] = []
        for line in [*self.lines, None]:
            goes_on = (
                line is not None and run and line.column == run[-1].column
                and abs(line.left - run[-1].left) < 0.3 * line.size
                and 0 < run[-1].base - line.base < LOOSE * self.habits.spacing(line.size)
            )  # fmt: skip
            if goes_on and line is not None:
                run.append(line)
                continue
            if len(run) > 1 and run[0].indent >= STANDS_IN:
                far = max(member.right for member in run)
                found.update((member.at, far) for member in run)
            run = [line] if line is not None else []
        return found

    def _opened(self, at: int, whole: Slice) -> Block:
        line = self.lines[at]
        bullet = _BULLET.match(line.text)
        if line.dotted:
            return Block([[whole]], "item")
        if bullet and line.initial is None:
            return Block([[whole]], "item", sign=bullet.end())
        return Block([[whole]], floating=self._floats(line))

    def _floats(self, line: Line) -> bool:
        """Return whether a line is a caption, or stands inside a picture."""
        if caption(line.text) and (line.size < 0.97 * self.habits.body or len(line.text) < 90):
            return True
        page = self.pages[line.page]
        area = page.width * page.height or 1.0
        for left, bottom, right, top in page.pictures:
            if (right - left) * (top - bottom) > 0.6 * area:
                continue
            if left <= line.left and line.right <= right and bottom <= line.base <= top:
                return top - bottom > 3 * line.size
        return False

    # -- paragraphs ---------------------------------------------------------

    def breaks(self, first: int, second: int, block: Block | None = None) -> bool:
        """Return whether a paragraph ends between two lines that follow one another."""
        above, line = self.lines[first], self.lines[second]
        if line.opens:
            return True
        if abs(above.size - line.size) > ALIKE * 1.6 * max(above.size, line.size):
            return True
        if _BULLET.match(line.text) and self._hangs(line):
            return True
        near = above.column == line.column and above.page == line.page
        if not near:
            return self._turns(above, line, block)
        gap = above.base - line.base
        spacing = self.habits.spacing(line.size)
        if gap > LOOSE * spacing or gap < -0.5 * line.size:
            return True
        if _ITEM.match(line.text) and (self._short(above, line) or terminal(above.bare)):
            lone = block is not None and len(block.cells[0]) == 1
            starts = block is not None and _ITEM.match(self.lines[block.first].text)
            if starts and (lone or line.left <= self.lines[block.first].left + 1):  # type: ignore[union-attr]
                return True
            if self._short(above, line):
                return True
        return self._by_indent(above, line, block) or (
            self._short(above, line) and self._ends(above, line)
        )

    def _hangs(self, line: Line) -> bool:
        return line.text[:1] not in "–—-" or line.indent > 0.3 or not self.habits.indented

    def _by_indent(self, above: Line, line: Line, block: Block | None) -> bool:
        """Return whether the indents of two lines show that the second opens a paragraph."""
        in_by = (line.left - line.beside) - (above.left - above.beside)
        em = line.size
        if wide(line.text[0]) and line.text[0] in _OPENERS and -1.1 * em < in_by < 0:
            in_by = 0.0  # a bracket that hangs out to the left
        members = block.cells[0] if block is not None else []
        usual = self._usual(above) and self._usual(line)
        if usual and len(members) == 1 and terminal(above.bare):
            return True  # two paragraphs of one line each
        if 0.5 * em < in_by < 8 * em:
            # Further in than the line above: a first line, unless the block hangs.
            return not (
                block is not None and len(members) == 1 and self._hanging(members[0][0], line)
            )
        if in_by < -0.5 * em:
            if len(members) == 1:
                first = self.lines[members[0][0]]
                inside = first.left - first.beside - (line.left - line.beside)
                usual = self.habits.indented and abs(inside - self.habits.indent) < 0.5 * em
                if usual or (inside < 4 * em and not self._short(above, line)):
                    return False  # from an indented first line back to the margin
                return self._short(above, line)
            return True
        return False

    def _usual(self, line: Line) -> bool:
        """Return whether a line stands in as the first lines of paragraphs do."""
        return self.habits.indented and (
            abs(line.indent * line.size - self.habits.indent) < 0.3 * line.size
        )

    def _hanging(self, first: int, line: Line) -> bool:
        """Return whether a block's first line hangs out to the left of the others."""
        opener = self.lines[first]
        if _ITEM.match(opener.text) or _BULLET.match(opener.text):
            return True
        full = opener.right > opener.far - 2.5 * opener.size
        return full and not terminal(opener.bare)

    def _short(self, above: Line, line: Line) -> bool:
        """Return whether a line ends before the first word of the next would have to."""
        far = self.fars.get(above.at, above.far)
        room = far - above.right
        if wide(line.text[0]):
            return room > 2.2 * line.size
        word = line.text.split(" ", 1)[0]
        width = (line.right - line.left) * len(word) / max(1, len(line.text))
        return room > 1.15 * width + 0.5 * line.size

    def _ends(self, above: Line, line: Line) -> bool:
        """Return whether a short line ends a paragraph."""
        if self.habits.justified:
            return above.far - above.right > 2 * line.size or terminal(above.bare)
        return terminal(above.bare) or (
            above.bare[-1] in ":;：；" and above.far - above.right > 6 * line.size
        )

    def _turns(self, above: Line, line: Line, block: Block | None) -> bool:
        """Return whether a paragraph ends where a column or a page does."""
        if above.bold != line.bold:
            return True
        ended = terminal(above.bare)
        start = line.text[0]
        indent = line.indent * line.size
        if above.bare[-1] in "-\u00ad" or (start.islower() and not ended):
            return False
        in_first = self.habits.indented and abs(indent - self.habits.indent) < 0.4 * line.size
        if self.habits.indented and in_first and (abs(above.indent) < 0.4 or ended):
            return True
        opener = block is not None and len(block.cells[0]) == 1 and self._usual(above)
        if (
            abs(line.indent - above.indent) > 0.6
            and ended
            and not (opener and abs(line.indent) < 0.4)
        ):
            return True
        if self._short(above, line):
            return ended or (self.habits.justified and not start.islower())
        # Where lines are set flush on both sides, one that is not ends a paragraph.
        flush = self.fars.get(above.at, above.far) - above.right < 2
        return self.habits.justified and ended and not flush

    # -- kinds --------------------------------------------------------------

    def _sort(self, block: Block) -> None:
        """Tell a block quotation by how far all its lines stand in."""
        if block.kind != "paragraph" or block.floating:
            return
        members = [self.lines[at] for at, _, _ in block.cells[0]]
        first = members[0]
        if _ITEM.match(first.text) or caption(first.text):
            if (
                _ITEM.match(first.text)
                and len(members) > 1
                and members[1].indent > first.indent + 0.5
            ):
                block.kind = "item"
            return
        if any(line.bold for line in members):
            return
        indent = min(line.indent for line in members)
        narrow = max(line.right for line in members) < first.far - 0.7 * first.size
        small = all(line.size <= SMALL * self.habits.body for line in members)
        alike = all(
            abs(line.size - self.habits.body) < ALIKE * self.habits.body for line in members
        )
        if indent < STANDS_IN or indent > 9 or not (small or alike):
            return
        if len(members) == 1:
            usual = self.habits.indented and abs(first.indent * first.size - self.habits.indent) < 3
            centred = abs((first.left - first.edge) - (first.far - first.right)) < 1.2 * first.size
            if usual or centred or not (terminal(first.bare) and (small or self._spaced(block))):
                return
        elif _centred(members) or not (narrow or small or self._spaced(block) or len(members) > 2):
            return
        block.kind = "quote"

    def _spaced(self, block: Block) -> bool:
        """Return whether a block stands off from the lines above it."""
        at = block.first
        above = next(
            (line for line in reversed(self.lines[max(0, at - 3) : at]) if line.role == ""), None
        )
        line = self.lines[at]
        if above is None or above.column != line.column:
            return True
        return above.base - line.base > 1.12 * self.habits.spacing(line.size)

    # -- tables -------------------------------------------------------------

    def _table_rows(self) -> dict[int, Block]:
        """Return the blocks of the rows of tables by their lines."""
        found: dict[int, Block] = {}
        run: list[int] = []
        for at in range(len(self.lines) + 1):
            line = self.lines[at] if at < len(self.lines) else None
            if line is not None and line.role == "" and run and self._goes_on(run[-1], at, run):
                run.append(at)
                continue
            if run:
                found.update(self._rows_of(run))
            run = [at] if line is not None and line.role == "" and line.cells else []
        return found

    def _goes_on(self, before: int, at: int, run: list[int]) -> bool:
        """Return whether a table goes on in a line."""
        above, line = self.lines[before], self.lines[at]
        if above.column != line.column or above.base - line.base > 3.2 * line.size:
            return False
        if line.cells:
            return True
        # A line that stands in one of the later columns, or near below a row, goes on with a cell.
        lefts = self._lefts(run)
        close = above.base - line.base < 1.3 * self.habits.spacing(line.size)
        narrow = line.right - line.left < 0.6 * (line.far - line.edge)
        return close and narrow and any(abs(line.left - left) < 4 for left in lefts[1:])

    def _lefts(self, run: list[int]) -> list[float]:
        """Return where the columns of a table begin."""
        lefts: list[float] = []
        for at in run:
            for left in _cell_lefts(self.lines[at]):
                if all(abs(left - other) > 6 for other in lefts):
                    lefts.append(left)
        return sorted(lefts)

    def _rows_of(self, run: list[int]) -> dict[int, Block]:
        """Return the rows of a run of lines that may be a table."""
        rows = [at for at in run if self.lines[at].cells]
        if len(rows) < 2 or not self._aligned(rows) or self._stretched(rows):
            return {}
        while run and not self.lines[run[-1]].cells and run[-1] > rows[-1] + 1:
            run.pop()
        found: dict[int, Block] = {}
        block: Block | None = None
        lefts = self._lefts(rows)
        for at in run:
            line = self.lines[at]
            starts = abs(line.left - lefts[0]) < 6 or len(line.cells) + 1 >= len(lefts)
            if block is None or starts:
                block = Block(kind="row")
                block.cells = [[(at, a, b)] for a, b in _cells(line)]
            else:
                for (a, b), left in zip(_cells(line), _cell_lefts(line), strict=True):
                    self._append(block, at, a, b, left)
            found[at] = block
        return found

    def _append(self, block: Block, at: int, a: int, b: int, left: float) -> None:
        """Add words to the cell of a row that they stand below."""
        best = 0
        for order, cell in enumerate(block.cells):
            line, start, _ = cell[0]
            begin = _x(self.lines[line], start)
            if begin <= left + 6:
                best = order
        block.cells[best].append((at, a, b))

    def _stretched(self, rows: list[int]) -> bool:
        """Return whether rows are lines of text whose blanks were made wide to fill the column.

        They touch both edges, and their cells stand below one another by chance.
        """
        full = 0
        for at in rows:
            line = self.lines[at]
            full += line.right > line.far - 2 and line.indent < 2.5
        if full * 2 <= len(rows):
            return False
        lefts = [_cell_lefts(self.lines[at]) for at in rows]
        alike = all(
            len(one) == len(lefts[0])
            and all(abs(a - b) < 3 for a, b in zip(one, lefts[0], strict=True))
            for one in lefts
        )
        return not (alike and len(rows) > 2)

    def _aligned(self, rows: list[int]) -> bool:
        """Return whether the cells of rows stand below one another."""
        good = 0
        for one, two in itertools.pairwise(rows):
            first, second = self.lines[one], self.lines[two]
            lefts, others = _cell_lefts(first)[1:], _cell_lefts(second)[1:]
            rights, ends = _cell_rights(first)[1:], _cell_rights(second)[1:]
            near = any(abs(a - b) < 4 for a in lefts for b in others)
            near = near or any(abs(a - b) < 4 for a in rights for b in ends)
            middles = [(a + b) / 2 for a, b in zip(lefts, rights, strict=True)]
            centres = [(a + b) / 2 for a, b in zip(others, ends, strict=True)]
            good += near or any(abs(a - b) < 4 for a in middles for b in centres)
        return good * 2 >= len(rows) - 1

    # -- floats -------------------------------------------------------------

    def _mended(self, blocks: list[Block]) -> list[Block]:
        """Put paragraphs together that a figure, a table or a caption divides."""
        found: list[Block] = []
        at = 0
        while at < len(blocks):
            block = blocks[at]
            found.append(block)
            at += 1
            if block.kind != "paragraph" or block.floating:
                continue
            last = at
            while last < len(blocks) and last - at < 40 and (
                blocks[last].floating or blocks[last].kind == "row"
            ):  # fmt: skip
                last += 1
            if last == at or last >= len(blocks) or blocks[last].kind != "paragraph":
                continue
            first, second = self.lines[block.last], self.lines[blocks[last].first]
            if terminal(first.bare) or first.bare[-1] in ":：" or not (
                second.text[0].islower() or first.bare[-1] in "-\u00ad"
            ):  # fmt: skip
                continue
            block.cells[0].extend(blocks[last].cells[0])
            found.extend(blocks[at:last])
            at = last + 1
        return found


def _cells(line: Line) -> list[tuple[int, int]]:
    """Return the characters of the cells of a line, blanks between them left out."""
    edges = [0, *line.cells, len(line.text)]
    found = []
    for a, b in itertools.pairwise(edges):
        text = line.text[a:b]
        lead = len(text) - len(text.lstrip())
        found.append((a + lead, a + len(text.rstrip())))
    return found


def _x(line: Line, at: int) -> float:
    """Return where a character of a line stands."""
    for stretch in line.stretches:
        if stretch.start <= at < stretch.end and stretch.run is not None:
            return stretch.run.x(at - stretch.start + stretch.first)
    return line.left


def _cell_lefts(line: Line) -> list[float]:
    return [_x(line, a) for a, _ in _cells(line)]


def _cell_rights(line: Line) -> list[float]:
    found = []
    for _, b in _cells(line):
        right = line.right
        for stretch in line.stretches:
            if stretch.start < b <= stretch.end and stretch.run is not None:
                right = stretch.run.x(b - stretch.start + stretch.first)
        found.append(right)
    return found


def _centred(members: Sequence[Line]) -> bool:
    """Return whether lines stand in the middle of their column, each by itself."""
    off = [abs((line.left - line.edge) - (line.far - line.right)) < line.size for line in members]
    lefts = {round(line.left / 3) for line in members}
    return all(off) and len(lefts) > 1
