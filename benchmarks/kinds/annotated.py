"""A kind of measure over all annotated texts of a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmarks.gold import GoldText, annotated_texts
from benchmarks.reading import Reading, checked
from benchmarks.scoring import Result, together

OfText = Callable[[GoldText, Reading], Result]


def over_texts(folder: Path, needs: str, of_text: OfText) -> dict[str, Result]:
    """Return the results of the annotated texts whose answers have the key ``needs``, by name."""
    return {
        text.name: of_text(text, checked(text.path.name, text.data))
        for text in annotated_texts(folder)
        if needs in text.gold
    }


def measured(needs: str, of_text: OfText) -> Callable[[Path], Result | None]:
    """Return the measure of a kind that annotated texts alone have."""

    def measure(folder: Path) -> Result | None:
        results = over_texts(folder, needs, of_text)
        return together(results) if results else None

    return measure
