"""Which tables are tables: those that only lay a page out are not."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from scholiast.packages.hypertext import Element, name

#: A cell with more than this many characters is a column of text.
LONG: Final = 1500
#: A cell with more than this many paragraphs is one, too.
MANY: Final = 4
_TEXTUAL: Final = frozenset(
    ("h1", "h2", "h3", "h4", "h5", "h6", "table", "article", "main", "blockquote")
)


class Tables:
    """Numbers the tables of a page and knows their rows."""

    def __init__(self, notes: Collection[Element], before: int = 0) -> None:
        self._notes = notes
        self.count = before  # tables so far, in this page and those before it
        self._numbers: dict[Element, int] = {}  # 0: one that lays the page out

    def is_row(self, row: Element) -> bool:
        """Return whether a row has several cells, and belongs to a table that is one."""
        return self.number(row) > 0 and len(_cells(row)) > 1

    def number(self, row: Element) -> int:
        """Return the number of a row's table, 0 where it only lays the page out."""
        table = _table(row)
        if table is None:
            return 0
        if table not in self._numbers:
            holds = self._holds_data(table)
            self.count += holds
            self._numbers[table] = self.count if holds else 0
        return self._numbers[table]

    def row_of(self, cell: Element) -> Element | None:
        """Return the row of a cell."""
        return cell.getparent()

    def follows(self, cell: Element) -> bool:
        """Return whether a cell is not the first of its row."""
        before = cell.getprevious()
        while before is not None and name(before) not in ("td", "th"):
            before = before.getprevious()
        return before is not None

    def _holds_data(self, table: Element) -> bool:
        if (table.get("role") or "").lower() in ("presentation", "none"):
            return False
        for element in table.iter():
            tag = name(element)
            if element is not table and (tag in _TEXTUAL or element in self._notes):
                return False
            if tag in ("td", "th"):
                paragraphs = sum(name(one) == "p" for one in element)
                if paragraphs > MANY or _long(element):
                    return False
        return True


def _long(cell: Element) -> bool:
    size = 0
    for text in cell.itertext():
        size += len(text.strip())
        if size > LONG:
            return True
    return False


def _cells(row: Element) -> list[Element]:
    return [one for one in row if name(one) in ("td", "th")]


def _table(row: Element) -> Element | None:
    return next((one for one in row.iterancestors() if name(one) == "table"), None)
