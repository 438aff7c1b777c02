"""Words that ran together because a blank was lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from scholiast.case import Annotated
from scholiast.data import table
from scholiast.model import Certainty
from scholiast.rule import Hit, Rule, Span, rule
from scholiast.rules.language import language_of
from scholiast.rules.wording import quoted

#: Letters of the scripts that divide words by blanks.
_L: Final = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u052f\u1e00-\u1fff"
_UPPER: Final = "A-Z\u00c0-\u00d6\u00d8-\u00deА-ЯЁІЇЄ"
_LOWER: Final = "a-z\u00df-\u00f6\u00f8-\u00ffа-яёіїє"
_SEAM: Final = re.compile(rf"[{_LOWER}][{_UPPER}][{_LOWER}]")
_CAMEL: Final = re.compile(rf"([{_L}][{_LOWER}]+)([{_UPPER}][{_LOWER}]+)")
_COUNTED: Final = re.compile(rf"[{_LOWER}](\d{{1,4}})(?![{_L}\d]|[.,:]\d)")
_YEAR: Final = re.compile(rf"(?<![{_L}\d.,-])(?:1\d{{3}}|20\d\d)([{_LOWER}]+)(?![{_L}\d])")
_STOP: Final = re.compile(rf"([{_L}]|\d)([.,;:!?])([{_L}][{_L}’'-]*)")
_AFTER_QUOTE: Final = re.compile(rf"[{_L}.,;!?][”»]([{_LOWER}{_UPPER}][{_LOWER}]+)")
_WORD: Final = re.compile(rf"[{_L}]+")
_ADDRESS: Final = re.compile(
    r"(?i)https?:|ftp:|www\.|doi|mailto:|urn:|isbn|@|^\W?10\.\d{4,}/|[/\\_=<>{}|~^#$%&+*]"
)
#: Endings of plurals, tenses and adverbs, which names made of two words rarely have inside.
_INFLECTED: Final = re.compile(
    r"(?:[^s]s|ed|ing|ly|tion|ment|ности|ский|ская|ское|ские|ого|ых|ами|ung|keit|heit|lich)$"
)
#: A word that ran together with a short one is at least this long, and the other part this.
TOGETHER: Final = 7
REST: Final = 4
#: Above this many, and this share of all such signs, it is the text's own habit.
HABIT: Final = 4
HABIT_SHARE: Final = 0.2
#: An extracted text with more glued words than this has lost its blanks: one finding.
COPY_DAMAGE: Final = 12


@dataclass(frozen=True, slots=True)
class _Glued:
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


@rule(
    "DOC009",
    since="0.1",
    bad=[
        "The soldiers read the treaty. ⟦SoldiersRead⟧ was the heading; the soldiers read it.\n",
        "On ⟦page19⟧ the author says so, and he signed in ⟦October1956⟧.\n",
        "He wrote Ada ⟦Halloran:The⟧ Quiet Life, and there he came to an ⟦end.The⟧ life was ⟦quiet,and⟧ long.\n",
        "Договор подписали ⟦весной,но⟧ никто не возражал; это ⟦конец.Никто⟧ не ответил.\n",
        "Die Gesandten kamen nach Brünn, ⟦dochdie⟧ Gesandten blieben nicht.\n".replace("⟦dochdie⟧", "⟦doch,die⟧"),
        "The treaty was signed, and the treaty was read by ⟦theenvoys⟧. The envoys left, and the envoys wrote.\n",
    ],
    good=[
        "McDonald, LaFeber and DeWitt read HarperCollins, PublicAffairs and EastBridge on an iPhone.\n",
        "See https://example.org/TheQuietTreaty/page19.html:The and doi:10.1000/AbcDef,x for the PhD of the GmbH.\n",
        "He lived in Washington, D.C., read 2:4 and 3/7, at 10:30, cf. J.F.Halloran, i.e. U.S.Army, St.Petersburg, vol.4.\n",
        "ZhongSu and the A4, B52, MI5 and the 1950s; the 20th; (non)support; a name:sub id; Bürger:innen, BürgerInnen.\n",
        "Therefore the theory of another island within England cannot behave. The theorist understands husbands.\n",
        "Т.е. в 1923 г. МосФильм и А.С.Пушкин; и т.д.\n",
    ],
)
def glued_words(text: Annotated) -> Iterator[Hit]:
    """Two words are divided by a blank.

    ## Why it matters

    A word that swallowed its neighbour is found by no search and no index.

    ## What it checks

    A capital inside a word (“SovietsReexamine”), a number that touches a word before it
    (“page19”, “October1956”), a comma, colon, semicolon or full stop without a blank after it, and
    two words run together of which one is short and both stand alone elsewhere in the text
    (“theenvoys”). The text's own words decide: certain where both parts are words of it.
    Addresses, abbreviations, initials, names such as McDonald or HarperCollins, and a text's own
    habit are left alone. Where an extracted text has many, they are one finding.

    ## Known gaps

    Names with a capital inside that no table knows may be shown as “likely”. Two long words run
    together in small letters are not recognised. Chinese and Japanese are not looked at.
    """
    found = sorted(_all(text), key=lambda glued: (glued.start, glued.end))
    callouts = {node.start for node in text.document.of_kind("callout")}
    found = [glued for glued in found if glued.at not in callouts]
    found = [g for n, g in enumerate(found) if n == 0 or g.start >= found[n - 1].end]
    if text.document.extracted and len(found) > COPY_DAMAGE:
        first, *others = found
        yield Hit(
            first.start,
            first.end,
            f"Blanks are lost in {len(found)} places, first in {quoted(text.text[first.start : first.end])}.",
            "Is there a copy of the text in which these words are divided?",
            also=tuple(Span(glued.start, glued.end) for glued in others),
            certainty=None if sum(g.sure for g in found) * 2 > len(found) else Certainty.LIKELY,
        )
        return
    for glued in found:
        words = text.text[glued.start : glued.end]
        divided = f"{text.text[glued.start : glued.at]} {text.text[glued.at : glued.end]}"
        yield Hit(
            glued.start,
            glued.end,
            f"A blank seems to be missing in {quoted(words)}.",
            f"Is {quoted(divided)} meant?",
            certainty=None if glued.sure else Certainty.LIKELY,
        )


def _all(text: Annotated) -> Iterator[_Glued]:
    """Yield every place that looks glued, addresses left out."""
    words = _counted(text.text)
    language = language_of(text.document)
    for glued in (
        *_camel(text.text, words, language),
        *_numbers(text.text),
        *_stops(text.text, words),
        *_quotes(text.text),
        *_short(text.text, words, language),
    ):
        if not _in_address(text.text, glued):
            yield glued


def _in_address(text: str, glued: _Glued) -> bool:
    """Return whether a place lies in an address, a path, a formula or the like."""
    start, end = glued.start, glued.end
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return _ADDRESS.search(text[start:end]) is not None or text[max(0, start - 5) : start].lower() == "doi: "


def _token(text: str, at: int) -> tuple[int, int]:
    """Return the letters around a place."""
    start = end = at
    while start and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return start, end


def _camel(text: str, words: Counter[str], language: str) -> Iterator[_Glued]:
    """Yield words with a capital inside whose parts are words of the text."""
    for seam in _SEAM.finditer(text):
        start, end = _token(text, seam.start())
        match = _CAMEL.fullmatch(text, start, end)
        if match is None or text[start - 1 : start] in ("’", "'", "-", ".") and start:
            continue
        left, right = (part.lower() for part in match.groups())
        if len(left) < 3 or len(right) < 3 or words[left + right] > 1:
            continue
        if left in _listed("camel", "prefixes") or right in _listed("camel", "suffixes"):
            continue
        if left + right in _listed("camel", "words") or _is_house(text, start, end):
            continue
        known = bool(words[left]), bool(words[right])
        small = match.group(1)[0].islower()
        if all(known) and (small or _neighbours(text, *match.groups())):
            yield _Glued(start, end, match.start(2), sure=True)
        elif all(known) or (known[0] and _INFLECTED.search(left) and language != "de"):
            yield _Glued(start, end, match.start(2), sure=False)


def _neighbours(text: str, left: str, right: str) -> bool:
    """Return whether two words stand side by side elsewhere in a text."""
    return re.search(rf"(?i)\b{left}\s+{right}\b", text) is not None


def _is_house(text: str, start: int, end: int) -> bool:
    """Return whether a word stands where the name of a publisher does."""
    following = re.compile(r",? (\w+)").match(text, end)
    after = following.group(1).lower() if following else ""
    year = after.isdigit() and len(after) == 4
    return text[max(0, start - 2) : start] == ": " or year or after in _listed("camel", "houses")


def _numbers(text: str) -> Iterator[_Glued]:
    """Yield numbers that touch a word that counts, and years that touch a short word."""
    for match in _COUNTED.finditer(text):
        start, _ = _token(text, match.start(1))
        whole = start == 0 or not (text[start - 1].isdigit() or text[start - 1] in "-.")
        if whole and text[start : match.start(1)].lower() in _listed("counted", "words"):
            yield _Glued(start, match.end(), match.start(1), sure=True)
    for match in _YEAR.finditer(text):
        if match.group(1) in _after_years():
            yield _Glued(match.start(), match.end(), match.start(1), sure=True)


@cache
def _after_years() -> frozenset[str]:
    """Return the short words that may follow a year."""
    closed = table("glued_words")["closed"]
    return frozenset(word for data in closed.values() for word in data["number"].split() if len(word) > 1)


def _stops(text: str, words: Counter[str]) -> Iterator[_Glued]:
    """Yield punctuation without a blank after it, unless the text has the habit."""
    found: dict[str, list[_Glued]] = {}
    for match in _STOP.finditer(text):
        start, _ = _token(text, match.start() + 1)
        sure = _sure_stop(text, start, match, words)
        if sure is not None:
            shown = _word_start(text, match.start())
            found.setdefault(match.group(2), []).append(_Glued(shown, match.end(), match.start(3), sure))
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


def _sure_stop(text: str, start: int, match: re.Match[str], words: Counter[str]) -> bool | None:
    """Return whether punctuation has surely lost its blank; None where it has lost none."""
    left, sign, right = text[start : match.end(1)], match.group(2), match.group(3)
    before, following = text[start - 1 : start] if start else "", text[match.end() : match.end() + 1]
    if match.group(1).isdigit():
        return _after_number(text, match, sign, right)
    if (before and before in ".,:;/@_\\") or (following and following in "/@_\\=(:"):
        return None
    if len(left) < 2 or (len(right) < 2 and right not in "AIaВИКСОУЯвиксоуя"):
        return None
    titled = right[0].isupper() and right[1:2].islower()
    if sign in ",;":
        return len(right) > 1 and not (left.isupper() and right.isupper())
    if sign in "!?":
        return titled or None
    known = words[left.lower()] > 1, words[right.lower()] > 1
    if sign == ":":
        return _after_colon(left, right, titled=titled, known=all(known))
    return _after_full_stop(left, right, following, titled=titled, known=known[0])


def _after_number(text: str, match: re.Match[str], sign: str, right: str) -> bool | None:
    """Judge ``1956.The`` and ``1956,and``: a year, then a word."""
    start = match.start()
    while start and text[start - 1].isdigit():
        start -= 1
    year = re.fullmatch(r"1\d{3}|20\d\d", text[start : match.end(1)]) is not None
    clear = start == 0 or text[start - 1].isspace() or text[start - 1] in "([“"
    if not (year and clear) or len(right) < 2 or sign not in ".;,":
        return None
    titled = right[0].isupper() and right[1].islower()
    return True if titled or right in _after_years() else None


def _after_colon(left: str, right: str, *, titled: bool, known: bool) -> bool | None:
    """Judge a colon between two words; «:innen» and names of parts are no fault."""
    if len(left) < 3 or len(right) < 2 or right.lower() in _listed("camel", "suffixes"):
        return None
    if titled:
        return True
    return False if known and len(right) > 2 and left[-1].islower() and right.islower() else None


def _after_full_stop(left: str, right: str, following: str, *, titled: bool, known: bool) -> bool | None:
    """Judge a full stop between two words; abbreviations, initials and files are no fault."""
    if left.lower() in _listed("stops", "abbreviations") or right.lower() in _listed("stops", "domains"):
        return None
    if len(left) < 3 or not left[1:].islower() or following == ".":
        return None
    if titled or (right in "AIВИКСОУЯ" and following.isspace()):
        return known or len(left) > 3
    return False if right.islower() and known and right in _after_years() else None


def _quotes(text: str) -> Iterator[_Glued]:
    """Yield closing quotation marks that touch the word after them."""
    for match in _AFTER_QUOTE.finditer(text):
        if len(match.group(1)) < 2 or match.group(1) in ("er", "ern", "en", "es"):
            continue
        mark = match.start() + 1
        opening = text.rfind("“" if text[mark] == "”" else "«", max(0, mark - 400), mark)
        if opening >= 0 and "\n" not in text[opening:mark]:
            start = _word_start(text, match.start()) if text[match.start()].isalpha() else match.start()
            yield _Glued(start, match.end(), match.start(1), sure=True)


def _short(text: str, words: Counter[str], language: str) -> Iterator[_Glued]:
    """Yield words that divide into a short word and another, both of which the text has."""
    closed = table("glued_words")["closed"].get(language)
    if closed is None:
        return
    before, after = tuple(closed["before"].split()), tuple(closed["after"].split())
    together = frozenset(closed["together"].split())
    whole = frozenset(closed["whole"].split())
    for word, count in words.items():
        if count > 1 or word in whole:
            continue
        cut = 0
        if word in together:
            cut = next(n for n in range(1, len(word)) if n == 2 or words[word[:n]] and words[word[n:]])
        elif len(word) >= TOGETHER and (word.startswith(before) if before else False):
            cut = _cut(text, word, before, words, front=True)
        if not cut and len(word) >= TOGETHER and after and word.endswith(after):
            cut = _cut(text, word, after, words, front=False)
        match = re.search(rf"(?<![{_L}\d’'./@_-]){word}(?![{_L}\d’'/@_-])", text) if cut else None
        if match:
            yield _Glued(match.start(), match.end(), match.start() + cut, sure=False)


def _cut(text: str, word: str, shorts: tuple[str, ...], words: Counter[str], *, front: bool) -> int:
    """Return where a word divides into a short one and a word of the text; 0 for nowhere."""
    for short in shorts:
        if not (word.startswith(short) if front else word.endswith(short)):
            continue
        rest = word[len(short) :] if front else word[: -len(short)]
        if len(rest) < REST or words[rest] < 2 or words[short] < 2:
            continue
        if not front:
            return len(rest)
        if _neighbours(text, short, rest):
            return len(short)
    return 0


RULES: Final[tuple[Rule, ...]] = (glued_words,)
