"""The languages in which a document's pages are recognised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from scholiast.data import table
from scholiast.readers.recognition.image import Grey
from scholiast.readers.recognition.program import RecognitionError, Tesseract
from scholiast.readers.recognition.rows import Row
from scholiast.readers.recognition.sheet import Sheet
from scholiast.readers.recognition.words import Word

#: Rows of the sample from which a language is told.
_ROWS: Final = 8
#: A kind of Chinese other than the first must be read better by this factor (measured: 1.25 to
#: 1.5 on traditional texts, 0.95 to 1.08 on simplified ones).
_CLEARLY: Final = 1.15
#: Words that are read with less confidence tell nothing.
_SURE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Choice:
    """The language of a document and those that its titles may be in, as tesseract calls them."""

    main: str
    beside: tuple[str, ...] = ()
    language: str = ""  # BCP 47


def told(language: str, tesseract: Tesseract) -> Choice | None:
    """Return the choice for a language that is told; None where it is not.

    Raises ``RecognitionError`` where the language is not installed.
    """
    if not language:
        return None
    names: dict[str, str] = table("recognition")["names"]
    parts = language.split("-")
    tries = ("-".join(parts[:count]) for count in range(len(parts), 0, -1))
    name = next((names[one] for one in tries if one in names), "")
    if not name:
        return None
    if name not in tesseract.languages:
        raise RecognitionError(missing(name))
    return _with_others(name, tesseract, language)


def missing(name: str) -> str:
    """Return what to do where a language is not installed."""
    return (
        f"tesseract has no data for its language ({name}): "
        f"apt-get install tesseract-ocr-{name.replace('_', '-')} (or the like for your system)"
    )


def detected(sheet: Sheet, tesseract: Tesseract) -> Choice:
    """Return the language in which a sample of a page is read best."""
    data: dict[str, Any] = table("recognition")
    candidates = [name for name in data["candidates"] if name in tesseract.languages]
    if not candidates:
        raise RecognitionError(missing("eng"))
    sample = _sample(sheet.picture.image, sheet.rows)
    scores = {name: _score(tesseract.read(sample, [name], dpi=sheet.dpi)) for name in candidates}
    best = max(candidates, key=lambda name: scores[name])
    # Simplified and traditional characters are alike: simplified ones are read as traditional
    # nearly as well, but not the other way round.
    alike = [name for name in candidates if name[:3] == best[:3]]
    if scores[best] < _CLEARLY * scores[alike[0]]:
        best = alike[0]
    return _with_others(best, tesseract, data["found"].get(best, ""))


def _with_others(name: str, tesseract: Tesseract, language: str) -> Choice:
    beside = table("recognition")["beside"]
    # Two kinds of Chinese side by side are read as a mixture of both.
    others = [
        one for one in beside if one != name and one in tesseract.languages and one[:3] != name[:3]
    ]
    return Choice(name, tuple(others), language)


def _sample(image: Grey, rows: Sequence[Row]) -> Grey:
    """Return the part of a page in which the longest rows stand close together."""
    ordered = sorted(rows, key=lambda row: row.foot)
    if len(ordered) <= _ROWS:
        return image
    starts = range(len(ordered) - _ROWS)
    first = max(starts, key=lambda at: sum(len(row.letters) for row in ordered[at : at + _ROWS]))
    chosen = ordered[first : first + _ROWS]
    top = max(0, chosen[0].foot - 2 * chosen[0].height)
    bottom = min(image.height, chosen[-1].foot + chosen[-1].height)
    return image.crop((0, top, image.width, bottom))


def _score(words: Sequence[Word]) -> float:
    """Return how much of a sample was read, and how surely."""
    return sum(word.width * word.confidence for word in words if word.confidence >= _SURE)
