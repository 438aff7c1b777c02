"""Clean texts: printed or written with care, so that what is found in them is rarely a fault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.gold import manuscripts, tei_texts
from benchmarks.tei import Chapter, chapters, markdown

_EXAMPLES: Final = Path(__file__).parent.parent.parent / "examples"
#: How much of a long text is used, in characters.
_ENOUGH: Final = 150_000


@dataclass(frozen=True, slots=True)
class Text:
    """A clean text: Markdown with notes, or plain text (``suffix`` .md or .txt)."""

    name: str
    suffix: str
    content: str


def clean_texts(gold: Path | None, others: tuple[Path, ...] = ()) -> tuple[Text, ...]:
    """Return our own clean texts, those of a gold folder, and further files, each once."""
    found = [*_written(_EXAMPLES), *(map(_file, others))]
    if gold is not None:
        found += _of_gold(gold)
    return tuple({text.content: text for text in reversed(found)}.values())[::-1]


def _written(folder: Path) -> Iterator[Text]:
    """Yield the Markdown texts of a folder that have no known faults."""
    for name, content in manuscripts(folder).items():
        yield Text(name.rpartition("/")[2], ".md", content)


def _file(path: Path) -> Text:
    suffix = ".md" if path.suffix == ".md" else ".txt"
    return Text(path.stem, suffix, _cut(path.read_text(encoding="utf-8")))


def _of_gold(gold: Path) -> Iterator[Text]:
    """Yield the texts of a gold folder that have no known faults; annotated ones have."""
    yield from _written(gold)
    for path in tei_texts(gold):
        for number, chapter in enumerate(chapters(path.read_bytes()), 1):
            yield Text(f"{path.stem}-{number}", ".md", markdown([chapter]))
    for path in sorted((gold / "frus").glob("*.xml")):
        yield Text(path.stem, ".md", markdown(_enough(chapters(path.read_bytes()))))
    # Editions of one text are one text: only the first counts.
    for path in sorted((gold / "editions").glob("*.txt"))[:1]:
        yield _file(path)


def _cut(text: str) -> str:
    """Return the beginning of a long text, whole paragraphs; Markdown is kept for its notes."""
    if len(text) <= _ENOUGH:
        return text
    return text[: text.rfind("\n\n", 0, _ENOUGH)] + "\n"


def _enough(parts: tuple[Chapter, ...]) -> list[Chapter]:
    """Return the first chapters of a volume."""
    chosen: list[Chapter] = []
    length = 0
    for chapter in parts:
        if length > _ENOUGH:
            break
        chosen.append(chapter)
        length += len(markdown([chapter]))
    return chosen
