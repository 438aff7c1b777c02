"""Characters that were lost, or that stand for others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scholiast.case import Annotated
from scholiast.rule import Hit, Rule, Sample, Span, rule
from scholiast.rules.wording import quoted

#: Lost, control and private-use characters.
_DAMAGE: Final = re.compile(
    "[\ufffd\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\U000f0000-\U0010fffd]+"
)
#: Windows-1252 for the bytes 80 to BF, which follow in UTF-8: Ã is mostly one of these behind it.
_FOLLOWING: Final = "".join(
    bytes([n]).decode("cp1252", "replace").replace("\ufffd", chr(n)) for n in range(0x80, 0xC0)
)
_PLAIN_FOLLOWING: Final = re.sub("[“”„‘’‚–—…‹›«»\u00a0]", "", _FOLLOWING)
#: What text in UTF-8 looks like when it is read as Western European.
_WESTERN: Final = re.compile(
    f"(?:[ÂÃ][{re.escape(_PLAIN_FOLLOWING)}\u00a0«]"
    f"|[ÄÅ][{re.escape(_PLAIN_FOLLOWING)}]"
    f"|[â-é][{re.escape(_FOLLOWING)}]{{2}})+"
    f"|(?:[ÐÑ][{re.escape(_FOLLOWING)}]){{2,}}"
)
#: The same, when it is read as Cyrillic: every letter becomes Р or С and a sign.
_CYRILLIC: Final = re.compile(
    "(?:[РС][\u00a0-\u00bf\u0401-\u040f\u0451-\u045f\u0490\u0491\u2013-\u2122]){3,}"
)
#: Without one of these a text holds nothing of the kind.
_SUSPECT: Final = re.compile(
    f"[Â-Åâ-éÐÑ][{re.escape(_FOLLOWING)}]|[РС][\u00a0-\u00bf\u0402-\u040f\u0452-\u045f\u0490\u0491]|ï[»¿]|锟斤"
)
#: What is garbled whatever stands around it.
_MARKER: Final = re.compile("â€|ï»¿|ï¿½|锟斤拷")
_TORN: Final = re.compile("\ufe20[^\\W\\d_]{0,2}[ \u00a0]\ufe21")


@rule(
    "DOC004",
    since="0.1",
    copy=True,
    bad=[
        "The treaty of ⟦Br\ufffdnn⟧ was read by nobody.\n",
        "Договор ⟦под\ufffdисан⟧ весной.\n",
        "A sign \ue0a7 of a private alphabet.\n".replace("\ue0a7", "⟦\ue0a7⟧"),
    ],
    good=[
        "The treaty of Brünn was read by nobody; the question mark stays? Yes.\n",
        "Договор подписан весной 1923 г.\n",
    ],
)
def damaged_characters(text: Annotated) -> Iterator[Hit]:
    """Characters that the file has lost are shown, each at its place.

    ## Why it matters

    Where “�” stands, a letter is gone, and nobody can be sure which. It is often part of a name.

    ## What it checks

    The sign for a lost character, control characters, and characters of the private alphabets of
    single fonts, which other programs show as boxes. All places are one finding.

    ## Known gaps

    A wrong letter that is a letter is not recognised.
    """
    spans = [
        _word_around(text.text, match.start(), match.end()) for match in _DAMAGE.finditer(text.text)
    ]
    spans.extend(
        _word_around(text.text, trouble.start, trouble.end)
        for trouble in text.troubled("damaged-characters")
        if trouble.end > trouble.start
    )
    places = sorted(set(spans))
    if not places and any(text.troubled("damaged-characters")):
        places = [(0, 0)]
    if places:
        many = f"{len(places)} places" if len(places) > 1 else "one place"
        words = quoted(text.text[slice(*places[0])])
        yield Hit(
            *places[0],
            f"Characters of this copy are lost in {many}, first in {words}.",
            "Can you give us these words, or a copy in which they are whole?",
            also=tuple(Span(*place) for place in places[1:]),
        )


@rule(
    "DOC011",
    since="0.1",
    copy=True,
    bad=[
        "The authorâ€™s treaty of ⟦BrÃ¼nn⟧ was long.\n".replace("authorâ€™s", "⟦authorâ€™s⟧"),
        "Так выглядит слово ⟦РџСЂРёРІРµС‚⟧ в чужой кодировке.\n",
        Sample(
            "notes.txt",
            "The series ⟦Kholodnai\ufe20a \ufe21⟧ voina was opened in the spring of that year.\n",
        ),
    ],
    good=[
        "Ça s’appelle « Âme », dit-elle à São Paulo; „Maß“, „Fuß“ und „Ä“ sind Wörter.\n",
        "СССР и РСФСР; в Рё нет смысла.\n",
        Sample(
            "notes.txt",
            "The series Kholodnai\ufe20a\ufe21 voina was opened in the spring of that year.\n",
        ),
    ],
)
def garbled_characters(text: Annotated) -> Iterator[Hit]:
    """Letters that a change of encoding turned into others, and marks torn from their letters.

    ## Why it matters

    “BrÃ¼nn” is found by no search and known to no index, and whoever sets the text must guess.

    ## What it checks

    Runs of characters that become one letter when they are read as UTF-8 (â€™ is ’, Ã¼ is ü, Рџ is
    П), and the two halves of a ligature mark that a blank has torn apart. All places are one
    finding.

    ## Known gaps

    Text that went through the wrong encoding twice is found only in part.
    """
    places = sorted({*_garbled(text.text), *_torn(text)})
    if not places:
        return
    start, end, words = places[0]
    many = f"in {len(places)} places, first in" if len(places) > 1 else "in"
    yield Hit(
        start,
        end,
        f"Characters are garbled {many} {quoted(words)}.",
        "Can you give us these words, or a copy in which they are whole?",
        also=tuple(Span(a, b, quote=w if w != text.text[a:b] else None) for a, b, w in places[1:]),
        quote=words if words != text.text[start:end] else None,
    )


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the word that a span is part of."""
    left = max(0, start - 40)
    while start > left and not text[start - 1].isspace():
        start -= 1
    right = min(len(text), end + 40)
    while end < right and not text[end].isspace():
        end += 1
    while end > start + 1 and text[end - 1] in ".,;:!?)]”’»":
        end -= 1
    return start, end


def _garbled(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the words that hold characters of another encoding."""
    if text.isascii() or not _SUSPECT.search(text):
        return
    for pattern, encoding in ((_WESTERN, "cp1252"), (_CYRILLIC, "cp1251")):
        for match in pattern.finditer(text):
            if re.fullmatch("[à-ï]\u00a0[»«]", match.group()):
                continue  # a French word before its guillemet
            if _reads_as_utf8(match.group(), encoding):
                start, end = _word_around(text, *match.span())
                yield start, end, text[start:end]
    for match in _MARKER.finditer(text):
        start, end = _word_around(text, *match.span())
        yield start, end, text[start:end]


def _reads_as_utf8(run: str, encoding: str) -> bool:
    """Return whether a run, in the encoding it was misread in, is letters in UTF-8."""
    data = bytearray()
    for character in run:
        try:
            data += character.encode(encoding)
        except UnicodeEncodeError:
            if ord(character) > 0xFF:
                return False
            data.append(ord(character))
    try:
        plain = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return len(plain) < len(run) and all(
        character.isalpha() or ord(character) > 0x9F for character in plain
    )


def _torn(text: Annotated) -> Iterator[tuple[int, int, str]]:
    """Yield the words from which half marks are torn, as the file has them."""
    for match in _TORN.finditer(text.text):
        start, end = _word_around(text.text, *match.span())
        yield start, end, text.text[start:end]
    mended = [s for s in text.document.segments if s.repair == "half-mark"]
    words: dict[tuple[int, int], list[tuple[int, str]]] = {}
    for segment in mended:
        span = _word_around(text.text, segment.start, segment.start)
        words.setdefault(span, []).append((segment.start, segment.original))
    for (start, end), marks in words.items():
        if any(" " in original or "\u00a0" in original for _, original in marks):
            yield start, end, _with_marks(text.text[start:end], start, marks)


def _with_marks(word: str, start: int, marks: list[tuple[int, str]]) -> str:
    """Put back into a word what its repair took out."""
    pieces: list[str] = []
    at = 0
    for place, original in sorted(marks, key=lambda mark: mark[0]):
        pieces.extend((word[at : place - start], original))
        at = place - start
    return "".join([*pieces, word[at:]])


RULES: Final[tuple[Rule, ...]] = (damaged_characters, garbled_characters)
