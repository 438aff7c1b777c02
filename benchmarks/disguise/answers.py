"""Right answers in disguise: quotations cut from the disguised text, the rest rewritten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.disguise.names import Names
from benchmarks.disguise.numbers import Pages, Years, page_spans
from benchmarks.gold import GoldText

#: Keys whose strings are quoted from the text.
_QUOTED: Final = frozenset(
    {"text", "raw", "title", "callout_before", "note_first_words", "first_words_verbatim", "also",
     "criticism", "response_text", "left", "forms"}
)  # fmt: skip
#: Keys whose strings are identifiers or words of the annotation.
_FIXED: Final = frozenset(
    {"id", "section", "kind", "rule_kind", "certainty", "scope", "needs", "lang", "status", "marks",
     "exact_elsewhere", "answered", "stance", "file", "unit", "what", "type", "archive"}
)  # fmt: skip
_PAGE_KEYS: Final = frozenset({"pages", "page", "locator", "source_page"})
_DATE_KEYS: Final = frozenset({"edtf", "archival_date", "date", "from", "to"})
_TORN_KEYS: Final = frozenset({"letter", "torn", "whole"})


@dataclass(frozen=True)
class Disguise:
    """How one text is disguised."""

    names: Names
    years: Years
    pages: Pages

    def words(self, text: str) -> str:
        """Return any words in disguise, page numbers by what stands around them."""
        out = self.names.disguised(text)
        for start, end in page_spans(text):
            out = out[:start] + self.pages.disguised(out[start:end]) + out[end:]
        return self.years.disguised(out)


class Rewriter:
    """Rewrites the right answers of one text, given the text in disguise."""

    def __init__(self, text: GoldText, disguised: str, disguise: Disguise) -> None:
        self.text = text
        self.disguised = disguised
        self.disguise = disguise
        self._torn = {
            cap["torn"]: disguise.names.other(cap["whole"])[-len(cap["torn"]) :]
            for cap in torn_names(text.gold, disguise.names)
        }

    def rewritten(self, value: Any, name: str = "", lines: tuple[int, ...] = ()) -> Any:
        """Return a JSON value in disguise; ``name`` is its key, ``lines`` where it stands."""
        if isinstance(value, dict):
            if name in _FIXED:
                return value
            inside = tuple(_line_numbers(value)) or lines
            return {
                self._key(key, name): self.rewritten(one, key, inside) for key, one in value.items()
            }
        if isinstance(value, list):
            return [self.rewritten(one, name, lines) for one in value]
        if isinstance(value, str) and name not in _FIXED:
            return self._string(value, name, lines)
        if name == "context_year" and isinstance(value, int):
            return int(self.disguise.years.disguised(str(value)))
        return value

    def _key(self, key: str, name: str) -> str:
        """Return the key of a table whose keys are names."""
        if name in ("first_lines", "occurrences", "author_affiliations"):
            return self.disguise.words(key)
        return key

    def _string(self, value: str, name: str, lines: tuple[int, ...]) -> str:
        if name in _QUOTED and (cut := self._cut(value, lines)) is not None:
            return cut
        if name in _DATE_KEYS:
            return self.disguise.years.disguised(value, dates=True)
        if name in _PAGE_KEYS:
            return self.disguise.years.disguised(self.disguise.pages.disguised(value))
        if name in _TORN_KEYS:
            return value
        return self.disguise.words(self._mended(value))

    def _mended(self, value: str) -> str:
        """Disguise the torn rest of a name at the beginning of a string."""
        first, blank, rest = value.partition(" ")
        return self._torn.get(first, first) + blank + rest

    def _cut(self, value: str, lines: tuple[int, ...]) -> str | None:
        """Return what stands in the disguised text where a string is quoted from.

        Without a line, or where it stands on none of them, all its places must
        read the same; None where they do not, or there is none.
        """
        for wanted in (lines, ()):
            found = set(self._cuts(value, wanted))
            if len(found) == 1 or (found and wanted):
                return min(found)
        return None

    def _cuts(self, value: str, lines: tuple[int, ...]) -> Iterator[str]:
        for stream in self.text.streams:
            for start, end in stream.find(value):
                first = self.text.lines.line(stream.offsets[start])
                last = self.text.lines.line(stream.offsets[end - 1])
                if not lines or any(first <= line <= last for line in lines):
                    yield "".join(
                        " " if character == " " else self.disguised[offset]
                        for character, offset in zip(
                            stream.text[start:end], stream.offsets[start:end], strict=True
                        )
                    )


def torn_names(gold: dict[str, Any], names: Names) -> list[dict[str, Any]]:
    """Return the torn initials whose whole word is disguised."""
    return [
        cap for cap in gold.get("repairs", {}).get("drop_caps", ()) if names.means(cap["whole"])
    ]


def _line_numbers(entry: dict[str, Any]) -> Iterator[int]:
    """Yield the lines that an entry of the right answers names."""
    for name in ("line", "callout_line", "note_line", "start_line", "response_line"):
        if isinstance(entry.get(name), int):
            yield entry[name]
    listed = entry.get("lines")
    if isinstance(listed, list):
        yield from (line for line in listed if isinstance(line, int))
