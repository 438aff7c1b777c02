"""How far long work on one file is: told by whoever does it, heard by whoever shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

#: Is told how many pages are done, and of how many.
Listener = Callable[[int, int], None]

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def listening(listener: Listener | None) -> Iterator[None]:
    """Let a function hear of all steps that are told inside."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def step(done: int, total: int) -> None:
    """Tell that so many pages of a long work are done."""
    listener = _listener.get()
    if listener is not None:
        listener(done, total)
