"""Notes: number, section, place of the mark, state and first words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.answers import (
    CUT,
    MISSING,
    WHOLE,
    Expected,
    answers,
    compared,
    last_words,
)
from benchmarks.extracted import STYLES, extracted
from benchmarks.gold import GoldText, manuscripts, tei_texts
from benchmarks.kinds.annotated import over_texts
from benchmarks.reading import Reading, checked
from benchmarks.scoring import Result, together
from benchmarks.streams import squeezed
from benchmarks.tei import Chapter, chapters, expected_notes, markdown
from scholiast.model import Node


def measure(folder: Path) -> Result | None:
    """Return the figures text by text: annotated ones, and those derived from clean ones.

    TEI is read as it is, and written out as Markdown; Markdown is set as pages in several styles.
    """
    results = over_texts(folder, "notes", of_text)
    written = manuscripts(folder)
    for path in tei_texts(folder):
        data = path.read_bytes()
        parts = chapters(data)
        own = expected_notes(parts, through=False)
        results[path.name] = of_chapters(parts, checked(path.name, data), own)
        written[path.stem] = markdown(parts)
        name = f"{path.stem}.md"
        through = expected_notes(parts)
        results[name] = of_chapters(parts, checked(name, written[path.stem].encode()), through)
    for name, manuscript in written.items():
        for style in STYLES:
            text = extracted(name, manuscript, style)
            results[text.name] = of_text(text, checked(text.path.name, text.data))
    return together(results) if results else None


def of_text(text: GoldText, reading: Reading) -> Result:
    """Return the figures of one annotated text."""

    def section(reading: Reading, node: Node) -> str:
        around = next(reading.ancestors(node), None)
        return text.section_at(reading.line(around)) if around else ""

    result = compared(_expected(text), answers(reading, section))
    false = false_callouts(text, reading)
    marks = tuple(f"false mark: {one}" for one in false)
    details = {
        **result.details,
        "false_callouts_taken_for_marks": len(false),
        "segments_on_other_lines": reading.misled(),
    }
    return Result(result.score, details, result.misses + marks)


def _expected(text: GoldText) -> list[Expected]:
    """Return the notes of the gold as they should be read; those that no mark calls last."""
    # A heading of a plain section may well look like a line of text; the number says enough.
    told = {s["id"] for s in text.gold.get("sections", ()) if s["kind"] != "section"}
    expected = []
    for note in (*text.gold["notes"], *text.gold.get("uncalled_notes", ())):
        before = note.get("callout_before")
        state = MISSING if not note.get("present", True) else CUT
        expected.append(
            Expected(
                number=note["n"],
                before=squeezed(before) if before else None,
                first=squeezed(note["note_first_words"] or ""),
                last=_end(text, note) if note.get("note_line") else "",
                section=note["section"] if before and note["section"] in told else "",
                state=WHOLE if note.get("complete", True) else state,
                line=note.get("callout_line") or 0,
            )
        )
    return expected


def _end(text: GoldText, note: dict[str, Any]) -> str:
    """Return the last words of a note as printed, without its number."""
    start, end = text.lines.printed(note["note_end_line"])
    words = text.lines.text[start:end]
    if note["note_end_line"] == note["note_line"]:
        words = words.partition(" ")[2]
    return last_words(words)


def false_callouts(text: GoldText, reading: Reading) -> list[str]:
    """Return the words of the gold's false callouts in which the reader saw a mark."""
    marks: set[int] = set()
    for callout in reading.index.callouts:
        for segment in reading.marks(callout.start):
            if segment.role == "mark":
                marks.update(range(segment.source, segment.source_end))
    return [
        f"{one['text']} (line {one['line']})"
        for one in text.gold.get("false_callouts", ())
        if any(place & marks for place in text.places(one["text"], (one["line"],)))
    ]


def of_chapters(
    parts: tuple[Chapter, ...], reading: Reading, expected: list[Expected] | None = None
) -> Result:
    """Return the figures of TEI chapters, read or written out as Markdown."""
    titles = {squeezed(chapter.title): chapter.title for chapter in parts}

    def section(reading: Reading, node: Node) -> str:
        keys = (squeezed(around.title) for around in reading.ancestors(node))
        return next((titles[key] for key in keys if key in titles), "")

    return compared(expected or expected_notes(parts), answers(reading, section))
