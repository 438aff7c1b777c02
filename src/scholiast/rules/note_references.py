"""References of a text to its own notes: to none, to itself, in a text without notes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from scholiast.case import Annotated
from scholiast.data import table
from scholiast.model import Certainty, Node
from scholiast.rule import Hit, Rule, Span, rule
from scholiast.rules.language import language_of
from scholiast.rules.numbering import runs
from scholiast.rules.quotation_marks import matched
from scholiast.rules.wording import quoted, ranges

#: Numbers above this are years or pages, not notes.
LARGEST: Final = 999
_NUMBERS: Final = r"(?P<n>\d{1,4}(?:\s*(?:,|and|und|et|и|y|e|&|[-–—])\s*\d{1,4})*)(?![\d])"
_WIDE_NUMBER: Final = r"\s*[\[［〔(（【]?\s*(?P<n>\d{1,3}|[①-⑳])\s*[\]］〕)）】]?"
_DIGITS: Final = re.compile(r"\d+|[①-⑳]")
#: A word of the text in one of these means that there is something to look for at all.
_QUICK: Final = re.compile(
    r"(?:[Nn](?:otes?|otas?|ns?)?|[Ff][Nn]s?|[Aa]nm|[Aa]nmerkung(?:en)?|Fu(?:ß|ss)n(?:oten?)?|прим(?:еч(?:ание|ании|ания)?)?"
    r"|Прим|сноск[аиеу]|ссылк[аиеу]|сн|[注註]释?釋?)\.?\s{0,2}[\[［〔(（【]?\s?[\d①-⑳]"
)
_PAREN: Final = re.compile(r"(?<=[^\W\d_])\s\((?:n|Anm\.|Fn\.|Fußn\.)\s?(?P<n>\d{1,3})\)")


@dataclass(frozen=True, slots=True)
class Reference:
    """A phrase that sends the reader to a note of the same text."""

    start: int
    end: int
    numbers: tuple[int, ...]
    sure: bool  # it can only mean this text ("above", "supra")
    note: Node | None  # the note the phrase stands in


def _either(words: list[str]) -> str:
    """Return a pattern of any of the words, the longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The phrases of a language: sure ones, likely ones, and what after them undoes them."""

    sure: re.Pattern[str]
    likely: re.Pattern[str]
    other: re.Pattern[str]


@cache
def _patterns(language: str) -> _Phrases:
    """Return the phrases of a language of the table."""
    data = table("note_references")[language]
    return _wide(data) if language == "zh" else _spaced(data)


def _languages(text: str, main: str, windows: Sequence[tuple[int, int]]) -> list[str]:
    """Return the languages to look for: the text's own, and those whose words for "note" occur."""
    data = table("note_references")
    common = {word.lower() for word in data["en"]["note"]}
    words = " ".join(text[start:end].lower() for start, end in windows)
    found = []
    for name in data:
        own = [word.lower() for word in data[name].get("note", ("注", "註"))]
        if name in ("en", main) or any(w in words for w in own if w not in common and len(w) > 3):
            found.append(name)
    if "zh" not in found and ("注" in words or "註" in words):
        found.append("zh")
    return found


def _spaced(data: dict[str, Any]) -> _Phrases:
    """Return the patterns of a language that divides words by blanks."""
    own, lead, after = _either(data["own"]), _either(data["lead"]), _either(data["after"])
    noun = rf"(?:{_either(data['note'])})\s*{_NUMBERS}"
    told = rf"(?:(?:{lead})\s+)?(?:the\s+)?{noun.replace('<n>', '<m>')},?\s+(?:{after})(?!\w)"
    sure = rf"(?<![\w.])(?:(?:{own})[,:]?\s+\(?{noun}|{told})"
    likely = rf"(?<![\w.])(?:{lead})\s+(?:the\s+)?{noun}"
    other = rf"[,;]?\s*\(?(?:{_either(data['other'])})(?!\w)"
    return _Phrases(*(re.compile(pattern, re.IGNORECASE) for pattern in (sure, likely, other)))


def _wide(data: dict[str, Any]) -> _Phrases:
    """Return the patterns of a language that writes without blanks."""
    own, noun = "|".join(data["own"]), "|".join(data["noun"])
    other = "|".join(re.escape(word) for word in data["other"])
    return _Phrases(
        re.compile(rf"(?:{data['verb']})?(?:{own}){_WIDE_NUMBER}"),
        re.compile(rf"(?:{data['verb']})(?:{noun}){_WIDE_NUMBER}"),
        re.compile(rf"\s*(?:{other}|第?\s*\d+\s*页)"),
    )


#: How far around a word for "note" its phrase may reach.
AROUND: Final = 60


def references(text: Annotated) -> list[Reference]:
    """Return the phrases that send the reader to a note of this text, outside quotations."""
    found = _phrases(text.text, text.document.body_end, language_of(text.document))
    if not found:
        return []
    quoted_spans = [(pair.start, pair.end) for pair in matched(text)]
    quoted_spans.extend((node.start, node.end) for node in text.document.of_kind("quote"))
    quoted_spans.sort()
    return [
        Reference(start, end, _values(numbers), sure, text.index.note_at(start))
        for start, end, numbers, sure in found
        if not _inside(quoted_spans, start)
    ]


@lru_cache(maxsize=1)
def _phrases(text: str, body_end: int, language: str) -> tuple[tuple[int, int, str, bool], ...]:
    """Return the phrases: start, end, the numbers as they stand, and whether they are sure."""
    windows = list(_windows(text))
    if not windows:
        return ()
    patterns = [_patterns(name) for name in _languages(text, language, windows)]
    found: dict[int, tuple[int, str, bool]] = {}
    for start, end in windows:
        for phrases in patterns:
            for match in phrases.sure.finditer(text, start, end):
                numbers = match.group("n") or match.groupdict().get("m") or ""
                found.setdefault(match.end(), (match.start(), numbers, True))
            for match in phrases.likely.finditer(text, start, end):
                if not phrases.other.match(text, match.end()):
                    found.setdefault(match.end(), (match.start(), match.group("n"), False))
        for match in _PAREN.finditer(text, max(start, body_end), end):
            found.setdefault(match.end(), (match.start() + 1, match.group("n"), False))
    return tuple(_widest(found))


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text that hold a word for "note"."""
    start = end = -1
    for match in _QUICK.finditer(text):
        if match.start() - AROUND > end:
            if end >= 0:
                yield max(0, start), end
            start = match.start() - AROUND
        end = match.end() + AROUND
    if end >= 0:
        yield max(0, start), end


def _widest(found: dict[int, tuple[int, str, bool]]) -> Iterator[tuple[int, int, str, bool]]:
    """Yield the phrases in order; of two that overlap, the sure one, else the longer."""
    ordered = sorted((start, -end, numbers, sure) for end, (start, numbers, sure) in found.items())
    last: tuple[int, int, str, bool] | None = None
    for start, end, numbers, sure in ordered:
        phrase = (start, -end, numbers, sure)
        if last is not None and start < last[1]:
            if sure and not last[3]:
                last = (min(start, last[0]), max(-end, last[1]), numbers, sure)
            continue
        if last is not None:
            yield last
        last = phrase
    if last is not None:
        yield last


def _inside(spans: list[tuple[int, int]], at: int) -> bool:
    """Return whether a place lies in one of the spans, which are sorted by their starts."""
    first = bisect_right(spans, (at, 1 << 60))
    return any(start <= at < end for start, end in spans[max(0, first - 8) : first])


def _values(numbers: str) -> tuple[int, ...]:
    """Return the numbers in a phrase; circled ones too."""
    return tuple(
        int(digits) if digits.isdecimal() else ord(digits) - 0x245F
        for digits in _DIGITS.findall(numbers)
    )


def _known(text: Annotated) -> tuple[dict[str, set[int]], set[int]]:
    """Return the numbers of marks and notes, by section and in all."""
    by_section: dict[str, set[int]] = {}
    every: set[int] = set()
    for run in runs(text.document):
        numbers = {entry.number for entry in run}
        every |= numbers
        for section in {entry.section for entry in run}:
            by_section.setdefault(section, set()).update(numbers)
    if text.document.format == "md":  # numbers are given when the text is set
        every.update(range(1, len(text.document.of_kind("note")) + 1))
    return by_section, every


def _has_notes(text: Annotated) -> bool:
    return any(node.kind in ("note", "callout") for node in text.document.nodes)


_FEW = "It was so.[^1] And so.[^2] And here.[^3]\n\n"


@rule(
    "NOT005",
    since="0.1",
    bad=[
        _FEW + "[^1]: Halloran, 3.\n[^2]: ⟦See note 48 above⟧.\n[^3]: Ibid.\n",
        _FEW + "[^1]: Halloran, ⟦supra note 12⟧, at 3.\n[^2]: B.\n[^3]: C.\n",
        _FEW + "[^1]: ⟦Vgl. oben Anm. 15⟧.\n[^2]: B.\n[^3]: Vyskočil (⟦wie Anm. 9⟧), S. 4.\n",
        _FEW + "[^1]: ⟦См. прим. 15 выше⟧.\n[^2]: Б.\n[^3]: ⟦См. сноску 9⟧.\n",
        _FEW + "[^1]: ⟦参见前注[15]⟧。\n[^2]: 乙。\n[^3]: ⟦见上文注9⟧。\n",
        _FEW + "[^1]: Voir ⟦supra, note 15⟧.\n[^2]: B.\n[^3]: C.\n",
    ],
    good=[
        _FEW + "[^1]: Halloran, 3.\n[^2]: See note 3 below.\n[^3]: Supra note 1.\n",
        _FEW
        + "[^1]: See note 48 on page 41.\n[^2]: Halloran, 352, note 17.\n"
        + "[^3]: Her note 7 says “see note 12 above.”\n",
        "Thanks for the error in note 48 on page 41.[^1] Note 17 lacks it.\n\n[^1]: A.\n",
        _FEW + "[^1]: Vyskočil, Briefe, S. 12, Anm. 15.\n[^2]: Vgl. oben Anm. 1.\n[^3]: C.\n",
        _FEW + "[^1]: Петров, с. 12, прим. 15.\n[^2]: См. прим. 3.\n[^3]: В.\n",
        _FEW + "[^1]: 参见前注[2]。\n[^2]: 乙，第12页注15。\n[^3]: 丙。\n",
    ],
)
def note_reference_to_nowhere(text: Annotated) -> Iterator[Hit]:
    """“See note 12 above” leads to a note that is there.

    ## Why it matters

    Such references are typed by hand and go wrong whenever a note is added or cut.

    ## What it checks

    Phrases that send the reader to another note of the same text, in English, German, French,
    Spanish, Italian, Russian and Chinese. Where the phrase can only mean this text (“above”,
    “supra”, «выше», 前注) and no note has the number, it is certain; where it only seems to (“see
    note 12”), likely. Phrases in quotations, and those that name another work (“note 48 on page
    41”, “Halloran, 352, note 17”), are left alone.

    ## Known gaps

    Whether the note of that number says what is promised is not looked at, nor whether “above” is
    above.
    """
    if not _has_notes(text):
        return
    found = references(text)
    if not found:
        return
    by_section, every = _known(text)
    for reference in found:
        section = text.index.section_at(reference.start)
        near = by_section.get(section.id if section else "", every)
        if reference.note is not None:
            near = near | by_section.get(reference.note.parent, set())
        if text.document.format == "md":
            near = near | every
        nowhere = [n for n in reference.numbers if n not in near and 0 < n <= LARGEST]
        if nowhere:
            elsewhere = any(n in every for n in nowhere)
            yield _nowhere(text, reference, nowhere, sure=reference.sure and not elsewhere)


def _nowhere(text: Annotated, reference: Reference, nowhere: list[int], *, sure: bool) -> Hit:
    words = quoted(text.text[reference.start : reference.end])
    what = f"note {nowhere[0]}" if len(nowhere) == 1 else f"notes {ranges(nowhere)}"
    return Hit(
        reference.start,
        reference.end,
        f"{words} leads nowhere: there is no {what}."
        if len(nowhere) == 1
        else f"{words} leads nowhere: there are no {what}.",
        "Which note is meant?",
        certainty=None if sure else Certainty.LIKELY,
    )


@rule(
    "NOT006",
    since="0.1",
    bad=[
        _FEW + "[^1]: A.\n[^2]: ⟦See note 2 above⟧.\n[^3]: C.\n",
        _FEW + "[^1]: А.\n[^2]: Б.\n[^3]: ⟦См. выше, прим. 3⟧.\n",
        _FEW + "[^1]: A.\n[^2]: Vyskočil (⟦wie Anm. 2⟧), S. 4.\n[^3]: C.\n",
    ],
    good=[
        _FEW + "[^1]: A.\n[^2]: See note 1 above and note 3 below.\n[^3]: C.\n",
        _FEW + "[^1]: А.\n[^2]: Петров, с. 3, прим. 2.\n[^3]: См. прим. 2.\n",
    ],
)
def note_refers_to_itself(text: Annotated) -> Iterator[Hit]:
    """A note does not send the reader to itself.

    ## Why it matters

    “See note 12 above” in note 12 is what is left when a note was added or cut before it.

    ## What it checks

    The same phrases as NOT005, where they stand in a note and name its own number.

    ## Known gaps

    A note of another work that has the same number by chance is taken for this one where the
    phrase does not say whose it is; the finding is then “likely”.
    """
    for reference in references(text):
        note = reference.note
        if note is None or note.number not in reference.numbers or note.number == 0:
            continue
        if note.title.isdecimal() and int(note.title) != note.number:
            continue  # numbered anew in print: which number is meant cannot be known
        words = quoted(text.text[reference.start : reference.end])
        yield Hit(
            reference.start,
            reference.end,
            f"Note {note.label} refers to itself: {words}.",
            "Which note is meant?",
            certainty=None if reference.sure else Certainty.LIKELY,
        )


@rule(
    "NOT007",
    since="0.1",
    bad=[
        "The treaty was long (⟦see note 7 below⟧) and nobody read it.\n",
        "Договор был длинным (⟦см. прим. 7 ниже⟧), и никто его не читал.\n",
        "Der Vertrag (⟦siehe unten Anm. 7⟧) war lang.\n",
    ],
    good=[
        "The treaty was long (see page 7 below); note 7 on page 12 of her book says so.\n",
        "Договор был длинным (с. 7, прим. 2), и никто его не читал.\n",
        "The treaty was long (see note 1 below).[^1]\n\n[^1]: Halloran, 3.\n",
    ],
)
def note_reference_without_notes(text: Annotated) -> Iterator[Hit]:
    """A text without notes does not send the reader to one.

    ## Why it matters

    Either the notes were lost when the file was made, or the sentence is left from an older
    version.

    ## What it checks

    The same phrases as NOT005, in a text in which no note and no note mark was found. All are one
    finding; it is certain in Word and Markdown files where the phrase can only mean this text.

    ## Known gaps

    In plain text the notes may be there and not be recognised: there the finding is “likely”.
    """
    if _has_notes(text):
        return
    found = references(text)
    if not found:
        return
    found.sort(key=lambda reference: (not reference.sure, reference.start))
    first, others = found[0], sorted((r.start, r.end) for r in found[1:])
    sure = first.sure and text.document.format not in ("txt", "")
    words = quoted(text.text[first.start : first.end])
    yield Hit(
        first.start,
        first.end,
        f"{words} speaks of a note, but this text has no notes.",
        "Are the notes missing from this file?",
        also=tuple(Span(*place) for place in others),
        certainty=None if sure else Certainty.LIKELY,
    )


RULES: Final[tuple[Rule, ...]] = (
    note_reference_to_nowhere,
    note_refers_to_itself,
    note_reference_without_notes,
)
