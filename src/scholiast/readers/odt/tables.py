"""The rows and cells of OpenDocument tables, as a reader of the page sees them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scholiast.packages.odf import Element, attribute, kind
from scholiast.structure.flow.pages import Pages

#: Cells that a repetition stands for, at most.
MOST: Final = 64
_GROUPS: Final = frozenset(
    f"table:table-{name}" for name in ("header-rows", "rows", "row-group", "header-row-group")
)


def rows(table: Element, pages: Pages) -> Iterator[Element]:
    """Yield the rows of a table, through all that only groups them."""
    for item in table:
        name = kind(item)
        if name == "table:table-row":
            yield item
        elif name in _GROUPS:
            yield from rows(item, pages)
        elif name == "text:soft-page-break":
            pages.rendered()


def cells(row: Element, spans: dict[int, int]) -> list[Element | None]:
    """Return the cells of a row in their order; None for one that goes on from the row above.

    Cells that another of the same row covers are not counted. ``spans`` keeps,
    by column, how many of the following rows a cell above still covers.
    """
    found: list[Element | None] = []
    column = 0
    covered = 0  # columns of this row that a cell before them covers
    for item in row:
        name = kind(item)
        if name not in ("table:table-cell", "table:covered-table-cell"):
            continue
        repeated = min(_number(item, "table:number-columns-repeated"), MOST)
        for _ in range(repeated):
            if name == "table:table-cell":
                found.append(item)
                covered = _number(item, "table:number-columns-spanned") - 1
                spans[column] = _number(item, "table:number-rows-spanned") - 1
            elif covered > 0:
                covered -= 1
            elif spans.get(column, 0) > 0:
                found.append(None)
                spans[column] -= 1
            column += 1
    return found


def _number(element: Element, name: str) -> int:
    """Return a count of one or more in an attribute."""
    told = attribute(element, name, "1")
    return max(1, int(told)) if told.isdecimal() and len(told) < 6 else 1
