"""Finding and loading texts with right answers.

A folder of the documented layout (docs/benchmarks.md): annotated texts are
``NAME.gold.json`` beside the text they name, in the folder itself or one
below it; a Markdown text may have other formats beside it (``formats/``);
``notes/`` holds TEI whose markup is the right answer. What is absent is left out.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks.streams import Lines, Stream, stream, words


class GoldError(Exception):
    """The data cannot be used; the message says which file and why."""


@dataclass(frozen=True)
class GoldText:
    """A text and its right answers; positions are lines of the file (1-based) and words."""

    name: str
    path: Path
    data: bytes
    gold: dict[str, Any]

    @cached_property
    def lines(self) -> Lines:
        """The decoded file by lines."""
        return Lines(self.data.decode("utf-8-sig"))

    @cached_property
    def streams(self) -> tuple[Stream, Stream]:
        """The file collapsed, and the same without notes, separators, furniture, torn letters."""
        return stream(self.lines), stream(self.lines, self._apart())

    def _apart(self) -> frozenset[int]:
        """Return the lines that interrupt the body."""
        repairs = self.gold.get("repairs", {})
        apart = {cap["line_of_letter"] for cap in repairs.get("drop_caps", ())}
        apart.update(furniture["line"] for furniture in repairs.get("page_furniture", ()))
        apart.update(repairs.get("note_separators", ()))
        for note in (*self.gold.get("notes", ()), *self.gold.get("uncalled_notes", ())):
            if note["note_line"]:
                apart.update(range(note["note_line"], note["note_end_line"] + 1))
        return frozenset(apart - {None})

    def places(self, string: str, lines: tuple[int, ...] = ()) -> list[frozenset[int]]:
        """Return where a quoted string stands: sets of file offsets, on one of the lines if given.

        A string that runs over a page end has offsets on both sides of it.
        """
        found: list[frozenset[int]] = []
        for one in self.streams:
            for start, end in one.find(string):
                first = self.lines.line(one.offsets[start])
                last = self.lines.line(one.offsets[end - 1])
                if not lines or any(first <= line <= last for line in lines):
                    place = frozenset(one.offsets[start:end])
                    if place not in found:
                        found.append(place)
        return found

    def section_at(self, line: int) -> str:
        """Return the id of the section that holds a line, or an empty string."""
        for section in self.gold.get("sections", ()):
            if section["start_line"] <= line <= section["end_line"]:
                return str(section["id"])
        return ""


def annotated_texts(folder: Path) -> tuple[GoldText, ...]:
    """Return the annotated texts of a gold folder, by name."""
    found = sorted({*folder.glob("*.gold.json"), *folder.glob("*/*.gold.json")})
    return tuple(_load(path) for path in found)


def _load(path: Path) -> GoldText:
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
        beside = path.parent / gold["document"]["file"]
        data = beside.read_bytes()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{path}: {words(str(error)) or type(error).__name__}") from error
    return GoldText(path.name.removesuffix(".gold.json"), beside, data, gold)


def format_pairs(folder: Path) -> tuple[tuple[Path, Path], ...]:
    """Return (Markdown, other format) for every text that stands in both, side by side."""
    pairs: list[tuple[Path, Path]] = []
    for markdown in sorted({*folder.glob("*.md"), *folder.glob("*/*.md")}):
        others = (markdown.with_suffix(f".{kind}") for kind in ("docx", "pdf", "txt"))
        pairs.extend((markdown, other) for other in others if other.is_file())
    return tuple(pairs)


def manuscripts(folder: Path) -> dict[str, str]:
    """Return the Markdown texts without known faults, by name: to be set as pages."""
    found = {markdown for markdown, _ in format_pairs(folder)}
    found -= {path for path in found if path.with_suffix(".errors.json").is_file()}
    found |= {*folder.glob("clean*.md"), *folder.glob("*/clean*.md")}
    return {f"{path.parent.name}/{path.stem}": path.read_text("utf-8") for path in sorted(found)}


def tei_texts(folder: Path) -> tuple[Path, ...]:
    """Return the TEI files in ``notes/``."""
    return tuple(sorted((folder / "notes").glob("*.xml")))


def editions(folder: Path) -> tuple[Path, ...]:
    """Return the TEI files in ``notes/`` and ``frus/``."""
    return tuple(sorted((*(folder / "notes").glob("*.xml"), *(folder / "frus").glob("*.xml"))))
