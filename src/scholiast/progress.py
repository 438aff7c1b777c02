"""How far long work on one file is: told by whoever does it, heard by whoever shows it.

``step`` counts the pages of a recognition, for a person who waits. ``reached``
tells how far the reading of a file has come, so that one which would take too
long can be given up early instead of at the end of its time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

#: Is told how many pages are done, and of how many.
Listener = Callable[[int, int], None]

#: So many pieces are read between two tellings of how far the reading is.
OFTEN: Final = 2048

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


class TooLongError(Exception):
    """A file would take too long to read; the message is how many seconds, about."""


_watcher: ContextVar[Listener | None] = ContextVar("watcher", default=None)


@contextmanager
def watched(watcher: Listener) -> Iterator[None]:
    """Let a function hear how far the readings inside are; it may raise ``TooLongError``."""
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def reached(done: int, total: int) -> None:
    """Tell how much of a file is read, in whatever it is counted in."""
    watcher = _watcher.get()
    if watcher is not None:
        watcher(done, total)


class Pace:
    """Gives a reading up as soon as it shows that it will not end in its time.

    ``clock`` tells the seconds. In the first part of the time nothing is
    concluded, and in the second only what is out of all measure: a file may
    begin with its densest pages, or while the machine does other work too.
    """

    #: The part of the time in which nothing is concluded, and of which little is.
    EARLY: Final = 1 / 8
    SURE: Final = 1 / 4
    #: How many times its time a reading must take in the meanwhile to be given up.
    FAR: Final = 2
    #: How much longer all takes than the part that tells how far it is, at least.
    REST: Final = 1.5

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._begun = clock()

    def __call__(self, done: int, total: int) -> None:
        """Hear how far the reading is; raise ``TooLongError`` where it will take too long."""
        spent = self._clock() - self._begun
        if spent < self.EARLY * self._seconds:
            return
        whole = spent * total / max(1, done) * self.REST
        allowed = self._seconds if spent >= self.SURE * self._seconds else self.FAR * self._seconds
        if whole > allowed:
            raise TooLongError(str(round(whole)))
