"""The same text and right answers with other names, years and page numbers.

A program that was fitted to one text, or knows its people, scores less on
the disguised text; one that reads structure scores the same.
"""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.disguise.answers import Disguise, Rewriter, torn_names
from benchmarks.disguise.names import Names, key, names_of
from benchmarks.disguise.numbers import other_pages, page_numbers, page_spans, shifted_years
from benchmarks.gold import GoldText, annotated_texts

_BROKEN = re.compile(r"([^\W\d_]+)-([ \t]*\n\s*)([^\W\d_]+)")


def disguise_folder(folder: Path, output: Path, *, seed: int = 0) -> Iterator[str]:
    """Write every annotated text of a folder in disguise, and say in a line each what was done.

    The layout stays, so that ``accuracy --gold OUT`` scores it; a checker
    ``check.py`` beside a text is copied. Texts without a ``.gold.json`` have
    no list of their names and are left out.
    """
    for text in annotated_texts(folder):
        target = output / text.path.parent.relative_to(folder)
        target.mkdir(parents=True, exist_ok=True)
        disguised, gold = disguised_text(text, seed=seed)
        encoded = disguised.encode("utf-8")
        if text.data.startswith(b"\xef\xbb\xbf"):
            encoded = b"\xef\xbb\xbf" + encoded
        (target / text.path.name).write_bytes(encoded)
        answers = json.dumps(gold, ensure_ascii=False, indent=1)
        (target / f"{text.name}.gold.json").write_text(answers + "\n", encoding="utf-8")
        checker = text.path.parent / "check.py"
        if checker.is_file():
            shutil.copyfile(checker, target / checker.name)
        changed = sum(a != b for a, b in zip(text.lines.text, disguised, strict=True))
        yield f"{target / text.path.name}: {changed} of {len(disguised)} characters changed"


def disguised_text(text: GoldText, *, seed: int) -> tuple[str, dict[str, Any]]:
    """Return a text and its right answers in disguise; every offset and line stays valid."""
    rng = random.Random(f"{seed} {text.name}")
    names = names_of(text.gold, text.lines.text, rng)
    years = shifted_years(rng)
    spans = sorted({*page_spans(text.lines.text), *_cited_pages(text)})
    fields = _page_fields(text.gold)
    used = page_numbers([*(text.lines.text[a:b] for a, b in spans), *fields])
    disguise = Disguise(names, years, other_pages(used, rng))
    out = _with_names(text, names)
    for start, end in spans:
        out = out[:start] + disguise.pages.disguised(out[start:end]) + out[end:]
    out = years.disguised(out)
    for offset in _note_numbers(text):
        out = out[:offset] + text.lines.text[offset] + out[offset + 1 :]
    gold = Rewriter(text, out, disguise).rewritten(text.gold)
    for cap in torn_names(text.gold, names):
        place = text.gold["repairs"]["drop_caps"].index(cap)
        whole = names.other(cap["whole"])
        torn = {"letter": whole[: len(cap["letter"])], "torn": whole[len(cap["letter"]) :]}
        gold["repairs"]["drop_caps"][place] |= {**torn, "whole": whole}
    return out, gold


def _with_names(text: GoldText, names: Names) -> str:
    """Return the text with its names disguised: whole ones, torn initials, broken words."""
    source = text.lines.text
    out = list(names.disguised(source))

    for cap in torn_names(text.gold, names):
        whole, letter = names.other(cap["whole"]), len(cap["letter"])
        start, _ = text.lines.printed(cap["line_of_text"])
        out[start : start + len(whole) - letter] = whole[letter:]
        if cap["line_of_letter"]:
            start, _ = text.lines.printed(cap["line_of_letter"])
            out[start : start + letter] = whole[:letter]
    for match in _BROKEN.finditer(source):
        if key(match[1] + match[3]) in names.words:
            whole = names.other(match[1] + match[3])
            out[match.start(1) : match.end(1)] = whole[: len(match[1])]
            out[match.start(3) : match.end(3)] = whole[len(match[1]) :]
    return "".join(out)


def _cited_pages(text: GoldText) -> Iterator[tuple[int, int]]:
    """Yield the spans of the text where citations have the pages that the answers name."""
    for citation in text.gold.get("citations", ()):
        fields = (citation.get("pages"), citation.get("locator"))
        parts = [part.strip() for field in fields if field for part in re.split("[,;]", field)]
        for place in text.places(citation["raw"], (citation["line"],))[:1]:
            low, high = min(place), max(place) + 1
            for part in parts:
                at = text.lines.text.rfind(part, low, high)
                if at >= 0 and at in place and part[:1].isdecimal():
                    yield at, at + len(part)


def _page_fields(gold: dict[str, Any]) -> Iterator[str]:
    """Yield the page numbers that the right answers give apart from the text."""
    for citation in gold.get("citations", ()):
        yield from (citation.get(field) or "" for field in ("pages", "locator"))
    for quotation in gold.get("quotations", ()):
        yield str(quotation.get("page") or "")


def _note_numbers(text: GoldText) -> Iterator[int]:
    """Yield the offsets of the digits of note marks and note numbers: these stay."""
    for note in (*text.gold.get("notes", ()), *text.gold.get("uncalled_notes", ())):
        number = str(note["n"])
        before = note.get("callout_before")
        for place in text.places(before, (note["callout_line"],)) if before else ():
            after = max(place) + 1
            match = re.compile(rf"\s*{number}(?!\d)").match(text.lines.text, after)
            if match:
                yield from range(match.end() - len(number), match.end())
        if note["note_line"]:
            start, _ = text.lines.printed(note["note_line"])
            yield from range(start, start + len(number))
