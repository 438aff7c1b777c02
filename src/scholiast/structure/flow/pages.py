"""Pages as the program that wrote a file last saw them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scholiast.structure.flow.blocks import Block


@dataclass(slots=True)
class Pages:
    """Counts pages: where the program last saw a page end, and where the author ends one.

    Word writes its own mark behind a break that the author set; the two are
    one page.
    """

    now: int = 1
    inked: bool = False  # something stands on the pages so far
    _turned: bool = False  # a page was begun by hand and holds nothing yet

    def ink(self) -> None:
        """Something was printed."""
        self.inked = True
        self._turned = False

    def rendered(self) -> None:
        """The program saw a page end here."""
        if not self._turned:
            self.now += 1
        self._turned = False

    def turn(self, parity: str = "") -> None:
        """The author ends the page here; ``parity`` asks for an odd or even one."""
        self.now += 1
        if (parity == "oddPage" and not self.now % 2) or (parity == "evenPage" and self.now % 2):
            self.now += 1
        self._turned = True


def forget(blocks: Iterable[Block]) -> None:
    """Take back the numbers of pages that are only guessed."""
    for block in blocks:
        for bit in block.bits:
            bit.page = 0
            if bit.reference is not None:
                bit.reference.page = 0
