"""Blanks that strayed into a compound, a bracket or a quotation, or before punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from scholiast.case import Annotated
from scholiast.data import table
from scholiast.model import Certainty
from scholiast.rule import Hit, Rule, Span, rule
from scholiast.rules.brackets import is_named
from scholiast.rules.language import language_of, told_by
from scholiast.rules.quotation_marks import matched
from scholiast.rules.wording import quoted, words_after, words_before

_HYPHEN: Final = re.compile(r"(?:[-‐] +| +[-‐])(?=[^\W\d_])")
_COMPOUND: Final = re.compile(r"(?<![^\W_])[^\W\d_]+[-‐][^\W\d_]+(?![^\W_])")
_AFTER_OPENING: Final = re.compile(r"[(\[] +(?=[^\s)\].…?])")
_BEFORE_CLOSING: Final = re.compile(r" +[)\]]")
_BEFORE_STOP: Final = re.compile(r" +([.,;:!?])(?=\s|$|[”’»)])")
_WORD: Final = re.compile(r"[^\W\d_]+")
_FRENCH: Final = re.compile(
    r"\b(?:les?|la|des?|du|une?|et|dans|histoire|éd\.)\b|[éèêàç]", re.IGNORECASE
)
#: More than this, and half of all such signs, or many, and this share, are a text's own habit.
HABIT: Final = 2
MANY: Final = 6
HABIT_SHARE: Final = 0.1
#: Characters around a sign that tell the language it stands in.
AROUND: Final = 60
#: A short bracket is shown whole.
SHOWN: Final = 30
#: An extracted text with more stray blanks than this has them by extraction: one finding.
COPY_DAMAGE: Final = 12


@dataclass(frozen=True, slots=True)
class _Stray:
    """A stray blank: the span shown, where the blank is, how sure."""

    start: int
    end: int
    at: int
    sure: bool = True


@cache
def _hanging() -> frozenset[str]:
    hanging = table("stray_blanks")["hanging"]
    return frozenset(word for words in hanging.values() for word in words.split())


@rule(
    "DOC010",
    since="0.1",
    bad=[
        "The Anglo-Saxon envoy spoke of ⟦Anglo- Saxon⟧ law.\n",
        "He says so himself (and ⟦[ 227]⟧ once more), and they were ⟦silent ,⟧ as before.\n",
        "Она (⟦( быть может)⟧ и не она) молчала.\n".replace("(⟦( быть", "⟦( быть").replace(
            "может)⟧ и не она)", "может)⟧"
        ),
        "Im deutsch-russischen Vertrag, dem ⟦deutsch- russischen⟧ also, steht es.\n",
        "She spoke of a ⟦“quiet peace ”⟧ in the north.\n",
    ],
    good=[
        "Two- and three-year plans, Sino- and Anglo-Soviet ones, Ein- und Ausfuhr.\n",
        "Пяти- и семилетний планы, северо- или юго-запад.\n",
        "He waited . . . and wrote [ … ] and ( . . . ) and left ... as ever.\n",
        "Elle parle d’une « paix tranquille » : pourquoi ? Parce qu’elle dure ; voilà.\n",
        "Петров П. П. Письма : в 2 т. М. : Наука, 1931.\n",
        "A gap ( here ) and ( there ) and ( everywhere ) is a habit ( of this text ).\n",
        "Jean Dupont, *Staline : une biographie des années sombres* (Paris, 1999), said so.\n",
    ],
)
def stray_blank(text: Annotated) -> Iterator[Hit]:
    """No blank stands inside a compound, inside a bracket, or before a comma.

    ## Why it matters

    A stray blank divides a word at the end of a line and hides it from every search. It is often
    what is left of an older line end.

    ## What it checks

    A hyphen followed by a blank in a compound (“Sino- Soviet”), certain where the compound stands
    elsewhere in the text without it; blanks behind an opening and before a closing bracket or
    quotation mark, and blanks before a comma or full stop; before a colon, semicolon, question or
    exclamation mark only in English and German. Suspended compounds (“two- and three-year”),
    French spacing, Russian catalogue style, spaced dots of omission and a text's own habit are
    left alone.

    ## Known gaps

    Where a text sets its dashes as hyphens with one blank, nothing is said of compounds that occur
    only once. Two blanks in a row are not reported.
    """
    found = sorted(
        {*_compounds(text.text), *_brackets(text.text), *_quotes(text), *_stops(text)},
        key=lambda s: s.start,
    )
    apart = {s.start for s in text.document.segments if s.start == s.end and s.role != "markup"}
    found = [stray for stray in found if not (stray.at in apart or stray.at + 1 in apart)]
    if text.document.extracted and len(found) > COPY_DAMAGE:
        first, *others = found
        yield Hit(
            first.start,
            first.end,
            f"Blanks stand where none belong in {len(found)} places, first in "
            f"{quoted(text.text[first.start : first.end])}.",
            "Is there a copy of the text without them?",
            also=tuple(Span(stray.start, stray.end) for stray in others),
        )
        return
    for stray in found:
        yield Hit(
            stray.start,
            stray.end,
            f"A blank stands where none belongs in {quoted(text.text[stray.start : stray.end])}.",
            "Should the blank go?",
            certainty=None if stray.sure else Certainty.LIKELY,
        )


def _compounds(text: str) -> Iterator[_Stray]:
    """Yield compounds with a blank at their hyphen, sure where the text has them without."""
    places = list(_split_compounds(text))
    if not places:
        return
    whole = {match.replace("‐", "-") for match in _COMPOUND.findall(text.lower())}
    lone: list[_Stray] = []
    for start, end, at in places:
        left, right = re.split(r"[-‐\s]+", text[start:end].lower(), maxsplit=1)
        after = text[at] == " " and text[at - 1] in "-‐"
        if f"{left}-{right}" in whole:
            yield _Stray(start, end, at, sure=after)
        elif after and len(left) > 1 and len(right) > 1:
            lone.append(_Stray(start, end, at, sure=False))
    if len(lone) <= MANY or len(lone) <= HABIT_SHARE * len(whole):  # else dashes are set so
        yield from lone


def _split_compounds(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, place of the blank) of words that a hyphen and a blank divide."""
    for match in _HYPHEN.finditer(text):
        start, end = match.span()
        while start and text[start - 1].isalpha():
            start -= 1
        while end < len(text) and text[end].isalpha():
            end += 1
        if start < match.start() and text[match.end() : end].lower() not in _hanging():
            yield start, end, match.start() + (text[match.start()] != " ")


def _is_habit(count: int, whole: int) -> bool:
    """Return whether a text uses a sign so, always or more than now and then."""
    often = count > HABIT and count * 2 > whole
    return often or (count > MANY and count > HABIT_SHARE * whole)


def _is_word(character: str) -> bool:
    """Return whether a blank behind this character is stray before a closing bracket."""
    return bool(character) and not (character.isspace() or character in "([.…?")


def _brackets(text: str) -> Iterator[_Stray]:
    """Yield blanks on the inner side of brackets."""
    opening = list(_AFTER_OPENING.finditer(text))
    closing = [
        m for m in _BEFORE_CLOSING.finditer(text) if _is_word(text[m.start() - 1 : m.start()])
    ]
    brackets = text.count("(") + text.count("[")
    if _is_habit(len(opening), brackets) or _is_habit(len(closing), brackets):
        return
    for match in opening:
        if is_named(text, match.start()) or text[match.end()] == "«":
            continue
        close = ")" if text[match.start()] == "(" else "]"
        end = text.find(close, match.end(), match.start() + SHOWN) + 1
        if not end or "\n" in text[match.start() : end]:
            _, end = words_after(text, match.start())
        yield _Stray(match.start(), end, match.start() + 1)
    for match in closing:
        if is_named(text, match.end() - 1) or text[match.start() - 1] in "»(":
            continue
        opened = text.rfind(
            "(" if match.group()[-1] == ")" else "[", max(0, match.start() - SHOWN), match.start()
        )
        if opened >= 0 and text[opened + 1].isspace():
            continue  # shown with its opening bracket
        start = opened if opened >= 0 else words_before(text, match.start(), 2)[0]
        yield _Stray(start, match.end(), match.start())


def _quotes(text: Annotated) -> Iterator[_Stray]:
    """Yield blanks on the inner side of quotation marks; not in French, which has them."""
    sorts = ("“”",) if language_of(text.document) == "fr" else ("“”", "«»")
    pairs = [pair for pair in matched(text) if pair.sort in sorts]
    words = text.text
    spaced = [
        pair
        for pair in pairs
        if pair.end - pair.start > 2
        and (words[pair.start + 1].isspace() or words[pair.end - 1].isspace())
        and not _parts_marks(words, pair.start, pair.end)
    ]
    if _is_habit(len(spaced), len(pairs)):
        return
    for pair in spaced:
        around = words[max(0, pair.start - AROUND) : pair.end + AROUND]
        both = words[pair.start + 1].isspace() and words[pair.end - 1].isspace()
        if pair.sort == "«»" and (both or _FRENCH.search(around)):
            continue
        if words[pair.start + 1] in "\n\t" or words[pair.end - 1] in "\n\t" or ". . ." in around:
            continue
        if words[pair.start + 1].isspace():
            end = (
                pair.end + 1 if pair.end - pair.start < SHOWN else words_after(words, pair.start)[1]
            )
            yield _Stray(pair.start, end, pair.start + 1)
        else:
            start = (
                pair.start
                if pair.end - pair.start < SHOWN
                else words_before(words, pair.end + 1)[0]
            )
            yield _Stray(start, pair.end + 1, pair.end - 1)


def _parts_marks(words: str, start: int, end: int) -> bool:
    """Return whether a blank parts a mark from the mark of an inner quotation, as printers do."""
    return words[start + 2] in "‘’“”«»'" or words[end - 2] in "‘’“”«»'"


def _stops(text: Annotated) -> Iterator[_Stray]:
    """Yield blanks before punctuation, where the language of the place has none."""
    language = language_of(text.document)
    found: dict[str, list[re.Match[str]]] = {}
    for match in _BEFORE_STOP.finditer(text.text):
        if not text.text[match.start() - 1 : match.start()].isalnum():
            continue
        found.setdefault(match.group(1), []).append(match)
    for sign, matches in found.items():
        if _is_habit(len(matches), text.text.count(sign)):
            continue
        for match in matches:
            if not _belongs(text.text, match, sign, language):
                start, _ = words_before(text.text, match.start(), 1)
                if "/" in text.text[start : match.start()]:
                    continue  # an address keeps its end apart
                yield _Stray(start, match.end(), match.start(), sure=sign in ",.")


def _belongs(text: str, match: re.Match[str], sign: str, language: str) -> bool:
    """Return whether a blank before a sign may stand there."""
    if sign == ".":
        following = text[match.end() : match.end() + 3].strip()[:1]
        if following == "." or following.islower() or following in ("-", "»", "«"):
            return True
    if sign in ",.":
        return False
    if language not in ("en", "de"):
        return True
    around = text[max(0, match.start() - AROUND) : match.end() + AROUND]
    return bool(_FRENCH.search(around)) or told_by(_WORD.findall(around.lower())) not in (
        language,
        "",
    )


RULES: Final[tuple[Rule, ...]] = (stray_blank,)
