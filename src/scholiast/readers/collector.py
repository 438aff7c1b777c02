"""Python's collector of garbage, and why it rests while a file is read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_rests() -> Iterator[None]:
    """Let the collector of garbage rest while many records are made.

    Every record that is made counts as a reason to look through all others for
    cycles, of which readers make none that matter: on a long text that is a
    sixth of the time, and more than its share the longer the text. Nor does it
    look through them afterwards: what was made is put with what has long been
    there (which freezing and thawing does at once). A collector that rests
    already, and what others froze, are left alone.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            gc.freeze()
            gc.unfreeze()
        gc.enable()
