"""Places where a blank between two words is lost, told by the words of the text itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, Final

from scholiast.data import table
from scholiast.rules.blocks import is_hard_sign
from scholiast.rules.wording import is_wide

#: Letters of the scripts that divide words by blanks.
_L: Final = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u052f\u1e00-\u1fff"
_UPPER: Final = "A-Z\u00c0-\u00d6\u00d8-\u00deА-ЯЁІЇЄ"
_LOWER: Final = "a-z\u00df-\u00f6\u00f8-\u00ffа-яёіїє"
_SEAM: Final = re.compile(rf"[{_LOWER}][{_UPPER}][{_LOWER}]")
_DIGITS: Final = re.compile(r"\d+")
_NUMBER_ENDS: Final = re.compile(rf"(?:s|er|х|-)?(?![{_L}\d]|[.:]\d|,\d(?!\d\d))")
_A_YEAR: Final = re.compile(r"1[5-9]\d\d|20\d\d")
_STOP: Final = re.compile(rf"[.,;:!?](?=[{_L}])")
_NEXT_WORD: Final = re.compile(rf"[{_L}][{_L}’'-]*")
_AFTER_QUOTE: Final = re.compile(rf"[{_L}.,;!?][”»]([{_LOWER}{_UPPER}][{_LOWER}]+)")
_WORD: Final = re.compile(rf"[{_L}]+")
_ADDRESS: Final = re.compile(
    r"(?i)https?:|ftp:|www\.|doi|mailto:|urn:|isbn|@|^\W?10\.\d{4,}/|[\\_=<>{}|~^#$&+*]"
    r"|/\S*/|\.\w+/|//|^/"
)
#: Endings of plurals, tenses and adverbs, which names made of two words rarely have inside.
_INFLECTED: Final = re.compile(
    r"(?:[^s]s|ed|ing|ly|tion|ment|ности|ский|ская|ское|ские|ого|ых|ами|ung|keit|heit|lich)$"
)
#: A word that ran together with a short one is at least this long, and the other part this.
TOGETHER: Final = 7
REST: Final = 4
#: Small words that are also prefixes ("indifferent", "belong").
_PREFIXES: Final = frozenset(("in", "be", "not"))
#: So often two words stand side by side elsewhere that one which holds both has run together.
SIDE_BY_SIDE: Final = 2
#: Above this many, and this share of all such signs, it is the text's own habit.
HABIT: Final = 4
HABIT_SHARE: Final = 0.2


@dataclass(frozen=True, slots=True)
class Glued:
    """A place where a blank is missing: the span shown, where the blank belongs, how sure."""

    start: int
    end: int
    at: int
    sure: bool


@lru_cache(maxsize=1)
def _counted(text: str) -> Counter[str]:
    """Return how often each word of a text occurs, without case."""
    return Counter(_WORD.findall(text.lower()))


@cache
def _listed(*keys: str) -> frozenset[str]:
    """Return the words of a list of the table, without case."""
    data: Any = table("glued_words")
    for key in keys:
        data = data[key]
    return frozenset(data.lower().split())


def glued_places(text: str, language: str, *, typed: bool) -> Iterator[Glued]:
    """Yield every place that looks glued, addresses left out."""
    words = _counted(text)
    for glued in (
        *_camel(text, words, language),
        *_numbers(text, words, typed=typed),
        *_stops(text, words),
        *_quotes(text),
        *_short(text, words, language),
    ):
        if not _in_address(text, glued):
            yield glued


def _in_address(text: str, glued: Glued) -> bool:
    """Return whether a place lies in an address, a path, a formula or the like."""
    start, end = glued.start, glued.end
    while start and not (text[start - 1].isspace() or is_wide(text[start - 1])):
        start -= 1
    while end < len(text) and not (text[end].isspace() or is_wide(text[end])):
        end += 1
    return (
        _ADDRESS.search(text[start:end]) is not None
        or text[max(0, start - 5) : start].lower() == "doi: "
    )


def _token(text: str, at: int) -> tuple[int, int]:
    """Return the letters around a place."""
    start = end = at
    while start and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return start, end


def _camel(text: str, words: Counter[str], language: str) -> Iterator[Glued]:
    """Yield words with a capital inside whose parts are words of the text."""
    for seam in _SEAM.finditer(text):
        start, end = _token(text, seam.start())
        cut = seam.start() + 1
        first, second = text[start:cut], text[cut:end]
        if start and text[start - 1] in "’'-.:":
            continue
        if not (first[1:].islower() and second.isalpha()) or len(first) < 2 or len(second) < 3:
            continue
        left, right = first.lower(), second.lower()
        if words[left + right] > 1 or _is_name(left, right) or _is_house(text, start, end):
            continue
        known = bool(words[left]), bool(words[right])
        small = first[0].islower()
        if small and left in _small_words():
            yield Glued(start, end, cut, sure=len(left) > 2 or known[1])
        elif len(left) < 3:
            continue
        elif all(known) and (small or (left, right) in _pairs(text)):
            yield Glued(start, end, cut, sure=True)
        elif all(known) or (known[0] and _INFLECTED.search(left) and language != "de"):
            yield Glued(start, end, cut, sure=False)


def _is_name(left: str, right: str) -> bool:
    """Return whether two parts are those of a name with a capital inside."""
    return (
        left in _listed("camel", "prefixes")
        or right in _listed("camel", "suffixes")
        or left + right in _listed("camel", "words")
    )


@lru_cache(maxsize=1)
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    """Return the pairs of words, without case, that stand side by side in a text."""
    return frozenset(pairwise(_WORD.findall(text.lower())))


def _is_house(text: str, start: int, end: int) -> bool:
    """Return whether a word stands where the name of a publisher does."""
    following = re.compile(r",? (\w+)").match(text, end)
    after = following.group(1).lower() if following else ""
    year = after.isdigit() and len(after) == 4
    return text[max(0, start - 2) : start] == ": " or year or after in _listed("camel", "houses")


def _suffixes() -> frozenset[str]:
    """Return the endings that numbers take: the 1990er of German, a French 18e."""
    return _listed("suffixes", "words")


def _numbers(text: str, words: Counter[str], *, typed: bool) -> Iterator[Glued]:
    """Yield numbers that touch the word before them, and years that touch a small word."""
    for match in _DIGITS.finditer(text):
        first, last = match.span()
        before, behind = text[first - 1 : first] if first else "", text[last : last + 1]
        if before.islower() and last - first < 5 and _NUMBER_ENDS.match(text, last):
            start, _ = _token(text, first)
            if start and (text[start - 1].isdigit() or text[start - 1] in "-.’'"):
                continue
            sure = _counts(text, start, first, last, words, typed=typed)
            if sure is not None:
                yield Glued(start, last, first, sure)
        elif behind.islower() and not (before.isalpha() or before in (".", ",", "-")):
            _, end = _token(text, last)
            small = text[last:end] in _small_words() and text[last:end] not in _suffixes()
            if _A_YEAR.fullmatch(match.group()) and small:
                yield Glued(first, end, last, sure=True)


def _counts(
    text: str, start: int, first: int, last: int, words: Counter[str], *, typed: bool
) -> bool | None:
    """Return whether a word surely touches the number it counts; None where it may not.

    In typed text a number behind any other word may be a note mark.
    """
    word = text[start:first].lower()
    if word in _listed("counted", "words") or word in _listed("counted", "months"):
        return True
    if words[word] and last - first < 3 and _before_month(text, last):
        return True
    if len(word) < 3 or words[word] < 2:
        return None
    if _A_YEAR.fullmatch(text, first, last):
        return False
    counted = text[start].islower() and text[last : last + 2][-1:].isalpha() and len(word) > 4
    return False if counted and not typed and text.count(text[start:last]) == 1 else None


def _before_month(text: str, at: int) -> bool:
    """Return whether the name of a month follows a blank."""
    if text[at : at + 1] != " ":
        return False
    _, end = _token(text, at + 1)
    return text[at + 1 : end].lower() in _listed("counted", "months")


@cache
def _small_words() -> frozenset[str]:
    """Return the small words of all languages that may have swallowed a neighbour."""
    closed = table("glued_words")["closed"]
    return frozenset(
        word for data in closed.values() for word in data["small"].split() if len(word) > 1
    )


def _stops(text: str, words: Counter[str]) -> Iterator[Glued]:
    """Yield punctuation without a blank after it, unless the text has the habit."""
    found: dict[str, list[Glued]] = {}
    for match in _STOP.finditer(text):
        at = match.start()
        right = _NEXT_WORD.match(text, at + 1)
        if right is None or not text[max(0, at - 1) : at].isalnum():
            continue
        sure = _sure_stop(text, at, right.group(), words)
        if sure is not None:
            glued = Glued(_word_start(text, at), right.end(), at + 1, sure)
            found.setdefault(match.group(), []).append(glued)
    for sign, places in found.items():
        if len(places) > HABIT:
            usual = len(re.findall(rf"{re.escape(sign)}\s", text))
            if len(places) > HABIT_SHARE * (usual + len(places)):
                continue
        yield from places


def _word_start(text: str, at: int) -> int:
    """Return where the word that holds a place begins, with its hyphens."""
    while at and (text[at - 1].isalnum() or text[at - 1] in "’'-"):
        at -= 1
    return at


def _sure_stop(text: str, at: int, right: str, words: Counter[str]) -> bool | None:
    """Return whether the sign at a place has surely lost its blank; None where it has lost none."""
    sign, end = text[at], at + 1 + len(right)
    rest = text[end : end + 2]
    if text[at - 1].isdigit():
        return _after_number(text, at, sign, right)
    start, _ = _token(text, at - 1)
    left, before = text[start:at], text[start - 1 : start] if start else ""
    if (before and before in ".,:;/@_\\") or rest.startswith(("/", "@", "_", "\\", "=", "(", ":")):
        return None
    if len(left) < 2 or (len(right) < 2 and right not in "AIaВИКСОУЯвиксоуя"):
        return None
    titled = right[0].isupper() and right[1:2].islower()
    if sign in ",;":
        listed = rest[:1] == sign or before == sign or max(len(left), len(right)) < 3
        return None if listed or (left.isupper() and right.isupper()) else True
    if sign in "!?":
        return titled or None
    known = words[left.lower()] > 1, words[right.lower()] > 1
    if sign == ":":
        return _after_colon(left, right, titled=titled, known=all(known))
    return _after_full_stop(left, right, rest, titled=titled, known=known[0])


def _after_number(text: str, at: int, sign: str, right: str) -> bool | None:
    """Judge ``1956.The`` and ``1956,and``: a year, then a word."""
    start = at
    while start and text[start - 1].isdigit():
        start -= 1
    clear = start == 0 or text[start - 1].isspace() or text[start - 1] in "([“"
    year = _A_YEAR.fullmatch(text, start, at) is not None
    if not (year and clear) or len(right) < 2 or sign not in ".;,":
        return None
    titled = right[0].isupper() and right[1].islower()
    return True if titled or right in _small_words() else None


def _after_colon(left: str, right: str, *, titled: bool, known: bool) -> bool | None:
    """Judge a colon between two words; «:innen» and names of parts are no fault."""
    if len(left) < 3 or len(right) < 2 or right.lower() in _listed("camel", "suffixes"):
        return None
    if titled:
        return True
    return False if known and len(right) > 2 and left[-1].islower() and right.islower() else None


def _after_full_stop(left: str, right: str, rest: str, *, titled: bool, known: bool) -> bool | None:
    """Judge a full stop between two words; abbreviations, initials and files are no fault."""
    if left.lower() in _listed("stops", "abbreviations") or right.lower() in _listed(
        "stops", "domains"
    ):
        return None
    if len(left) < 3 or not left[1:].islower() or re.match(r"\.\w", rest):
        return None
    if titled or (right in "AIВИКСОУЯ" and rest[:1].isspace()):
        return known or len(left) > 3
    return False if right.islower() and known and right in _small_words() else None


def _quotes(text: str) -> Iterator[Glued]:
    """Yield closing quotation marks that touch the word after them."""
    for match in _AFTER_QUOTE.finditer(text):
        if len(match.group(1)) < 2 or match.group(1) in ("er", "ern", "en", "es"):
            continue
        mark = match.start() + 1
        if is_hard_sign(text, mark):
            continue
        opening = text.rfind("“" if text[mark] == "”" else "«", max(0, mark - 400), mark)
        if opening >= 0 and "\n" not in text[opening:mark]:
            start = (
                _word_start(text, match.start()) if text[match.start()].isalpha() else match.start()
            )
            yield Glued(start, match.end(), match.start(1), sure=True)


def _short(text: str, words: Counter[str], language: str) -> Iterator[Glued]:
    """Yield words that divide into a short word and another, both of which the text has."""
    closed = table("glued_words")["closed"].get(language)
    if closed is None:
        return
    whole = frozenset(closed["whole"].split())
    once = [word for word, count in words.items() if count == 1 and word not in whole]
    cuts = {pair.replace(" ", ""): pair.index(" ") for pair in closed["together"]}
    cuts = {word: cuts[word] for word in once if word in cuts}
    after = tuple(closed["after"].split())
    for word in once if after else ():
        if word.endswith(after) and word not in cuts and (cut := _cut_before(word, after, words)):
            cuts[word] = cut
    if closed.get("neighbours"):
        cuts = {**_beside(text, once, frozenset(closed["small"].split()), words), **cuts}
    if not cuts:
        return
    either = "|".join(sorted(cuts, key=lambda word: (-len(word), word)))
    for match in re.finditer(rf"(?<![{_L}\d’'./@_-])(?:{either})(?![{_L}\d’'/@_-])", text):
        cut = match.start() + cuts[match.group()]
        yield Glued(match.start(), match.end(), cut, sure=False)


def _cut_before(word: str, shorts: tuple[str, ...], words: Counter[str]) -> int:
    """Return where a word divides into a word of the text and a short one; 0 for nowhere."""
    for short in shorts:
        rest = word.removesuffix(short)
        if REST <= len(rest) < len(word) and words[rest] > 1 and words[short] > 1:
            return len(rest)
    return 0


def _beside(
    text: str, once: list[str], small: frozenset[str], words: Counter[str]
) -> dict[str, int]:
    """Return where words divide into two that stand side by side elsewhere, one of them small."""
    cuts: dict[tuple[str, str], str] = {}
    first, last = tuple(sorted(small - _PREFIXES)), tuple(sorted(small))
    for word in once:
        if len(word) < TOGETHER - 2:
            continue
        ends: list[int] = []
        if word.startswith(first):
            ends.extend(n for n in range(2, len(word) - 1) if word[:n] in small)
        if word.endswith(last):
            ends.extend(n for n in range(2, len(word) - 1) if word[n:] in small)
        for cut in ends:
            left, right = word[:cut], word[cut:]
            if left not in _PREFIXES and words[left] > 1 and words[right] > 1:
                cuts[left, right] = word
    if not cuts:
        return {}
    found = _WORD.findall(text.lower())
    pairs = Counter(pair for pair in pairwise(found) if pair in cuts)
    return {cuts[pair]: len(pair[0]) for pair in sorted(pairs) if pairs[pair] >= SIDE_BY_SIDE}
