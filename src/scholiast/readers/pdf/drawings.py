"""Rules and pictures that are drawn on a page."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, Final

from scholiast.readers.pdf.calls import cheap
from scholiast.readers.pdf.page import Box, Page, Stroke

#: A rule is no thicker than this, and no shorter (points).
THICKEST: Final = 3.0
SHORTEST: Final = 18.0
#: The drawn sign of an item of a list is no larger.
DOT: Final = 7.0
#: Forms within forms are followed so deep.
DEEPEST: Final = 4
#: A page with more objects than this is a drawing: its rules are not sought.
MOST: Final = 60_000
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_SAME: Final = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_drawings(raw: Any, handle: Any, page: Page) -> None:
    """Fill a page with the rules and pictures that are drawn on it."""
    edges = [ctypes.c_float() for _ in range(4)]
    for kind, thing, scale in _objects(raw, handle):
        if not raw.FPDFPageObj_GetBounds(thing, *edges):
            continue
        left, bottom, right, top = _moved(tuple(edge.value for edge in edges), scale)
        left, bottom, right, top = _turned(page.turn, left, bottom, right, top)
        if top - bottom <= THICKEST and right - left >= SHORTEST:
            page.strokes.append(Stroke(left, right, (bottom + top) / 2))
        elif max(top - bottom, right - left) <= DOT and min(top - bottom, right - left) >= 1.5:
            page.dots.append((left, bottom, right, top))
        elif kind == _IMAGE or (top - bottom > THICKEST and right - left > THICKEST):
            page.pictures.append((left, bottom, right, top))


def _objects(raw: Any, page: Any) -> Iterator[tuple[int, Any, tuple[float, ...]]]:
    """Yield kind, handle and matrix of the paths and images of a page, those in forms too."""
    pointer, number = ctypes.c_void_p, ctypes.c_int
    get = cheap(raw.FPDFPage_GetObject, pointer, pointer, number)
    kind_of = cheap(raw.FPDFPageObj_GetType, number, pointer)
    handle = ctypes.cast(page, pointer).value
    for at in range(min(raw.FPDFPage_CountObjects(page), MOST)):
        thing = get(handle, at)
        kind = kind_of(thing)
        if kind != _TEXT:
            yield from _within(raw, ctypes.cast(thing, raw.FPDF_PAGEOBJECT), kind, _SAME, 0)


def _within(
    raw: Any, thing: Any, kind: int, matrix: tuple[float, ...], depth: int
) -> Iterator[tuple[int, Any, tuple[float, ...]]]:
    if kind in (_PATH, _IMAGE):
        yield kind, thing, matrix
    elif kind == _FORM and depth < DEEPEST:
        own = raw.FS_MATRIX()
        if raw.FPDFPageObj_GetMatrix(thing, own):
            matrix = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        for at in range(min(raw.FPDFFormObj_CountObjects(thing), MOST)):
            inner = raw.FPDFFormObj_GetObject(thing, at)
            yield from _within(raw, inner, raw.FPDFPageObj_GetType(inner), matrix, depth + 1)


def _times(one: tuple[float, ...], two: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def _moved(box: tuple[float, ...], matrix: tuple[float, ...]) -> Box:
    """Return a box under a matrix."""
    a, b, c, d, e, f = matrix
    corners = [(box[0], box[1]), (box[2], box[3]), (box[0], box[3]), (box[2], box[1])]
    across = [a * x + c * y + e for x, y in corners]
    up = [b * x + d * y + f for x, y in corners]
    return min(across), min(up), max(across), max(up)


def _turned(turn: int, left: float, bottom: float, right: float, top: float) -> Box:
    """Return a box in the coordinates of a page that is turned to be read."""
    if turn == 90:
        return bottom, -right, top, -left
    if turn == 270:
        return -top, left, -bottom, right
    if turn == 180:
        return -right, -top, -left, -bottom
    return left, bottom, right, top
