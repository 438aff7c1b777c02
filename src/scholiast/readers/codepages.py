"""Which code page a file is in, by the likeliest text its bytes would give.

Each code page is tried, and the text it gives is weighed as a naive model of
its script would: letters by their frequency, capitals where words begin,
Chinese characters by their rank, signs and boxes inside words as all but
impossible. The sums are logarithms of probabilities of the same bytes, so
code pages of one byte and of two may be compared (the method of language
models of order 0 with a class bigram; frequencies in ``data/encodings.toml``).
"""

from __future__ import annotations

import codecs
from functools import cache
from itertools import pairwise
from math import log
from typing import Final

from scholiast.data import table

#: Bytes beyond ASCII that are looked at; more tell nothing new.
SAMPLE: Final = 6000
#: What each later code page in the table must be better by: a slight preference for the usual.
PREFERENCE: Final = 0.7

#: What a word in another script than the word before it costs.
OTHER_SCRIPT: Final = -2.0

# Classes of characters; a pair of neighbours may have a price.
_SMALL, _CAPITAL, _SPACE, _DIGIT, _POINT, _LETTER, _UPPER, _HAN, _SIGN, _JUNK = range(10)
_WORDS: Final = {_LETTER: _LETTER, _UPPER: _LETTER, _SMALL: _SMALL, _CAPITAL: _SMALL}
_FOREIGN: Final = (_SMALL, _CAPITAL)

_ASCII: Final = -3.5
_UNKNOWN: Final = -14.0
#: Signs that print uses beyond ASCII, and what one costs.
_SIGNS: Final = (
    dict.fromkeys("“”‘’–—…«»„\xa0№§·•°©£´¹²³½¼¿¡ªº", -5.5)
    | dict.fromkeys("€®†‡‰¾", -9.0)
    | dict.fromkeys("，。、；：？！“”‘’（）《》「」『』〈〉【】—…·　－～", -4.0)
)

#: What a frequent pair of letters adds and any other takes away.
FREQUENT_PAIR: Final = 0.8
_LETTERS: Final = frozenset(map(chr, range(0x430, 0x460)))

Model = dict[str, tuple[int, float]]


def guess(data: bytes) -> str:
    """Return the name of the likeliest code page of bytes that are not UTF-8.

    Where none of the field's is plausible, charset-normalizer is asked to
    choose among others; the last resort is windows-1252.
    """
    sample = _sample(data)
    high = sum(byte > 0x7F for byte in sample) or 1
    scores = [
        (_weighed(sample, name, script) - PREFERENCE * rank, -rank, name, script)
        for rank, (name, script) in enumerate(_codepages())
        if len(sample) % 2 == 0 or not name.startswith("utf-16")
    ]
    best, _, chosen, script = max(scores)
    ascii_cost = _ASCII * (len(sample) - high)
    if (best - ascii_cost) / high < table("encodings")["implausible"][script]:
        return _asked(sample) or "windows-1252"
    return chosen


def _codepages() -> tuple[tuple[str, str], ...]:
    """Return (name, script) of the code pages, the usual first."""
    return tuple((name, script) for name, script in table("encodings")["codepages"]["order"])


def _asked(sample: bytes) -> str:
    """Return what charset-normalizer makes of a sample, or an empty string."""
    from charset_normalizer import from_bytes

    found = from_bytes(sample, cp_isolation=list(table("encodings")["others"]["names"])).best()
    return codecs.lookup(found.encoding).name if found else ""


def _sample(data: bytes) -> bytes:
    """Return lines that hold bytes beyond ASCII, until enough of them are there."""
    if b"\0" in data:
        return data[: SAMPLE * 2]
    lines: list[bytes] = []
    missing = SAMPLE
    start = 0
    while missing > 0 and start < len(data):
        end = data.find(b"\n", start) + 1 or len(data)
        line = data[start : min(end, start + 4 * SAMPLE)]
        high = 0 if line.isascii() else sum(byte > 0x7F for byte in line)
        if high:
            lines.append(line)
            missing -= high
        start = end
    return b"".join(lines)


def _weighed(sample: bytes, name: str, script: str) -> float:
    """Return the logarithm of the probability that a sample is text in a code page."""
    text = sample.decode(name, "replace")
    model = _model(script)
    total = 0.0
    before = _SPACE
    words = _LETTER
    for character in text:
        entry = model.get(character)
        if entry is None:
            entry = model[character] = _other(character, script)
        kind, cost = entry
        total += cost + _PAIRS[before][kind]
        before = kind
        if kind in _WORDS and _WORDS[kind] != words:
            words = _WORDS[kind]
            total += OTHER_SCRIPT
    return total + _joined(text) if script == "cyrillic" else total


def _joined(text: str) -> float:
    """Return what the pairs of Cyrillic letters add: half of those of a text are frequent ones."""
    known = _frequent_pairs()
    low = text.lower()
    pairs = [a + b for a, b in pairwise(low) if a in _LETTERS and b in _LETTERS]
    frequent = sum(pair in known for pair in pairs)
    return FREQUENT_PAIR * (2 * frequent - len(pairs))


@cache
def _frequent_pairs() -> frozenset[str]:
    return frozenset(table("encodings")["pairs"]["cyrillic"].split())


def _pairs() -> tuple[tuple[float, ...], ...]:
    """Return what each pair of neighbouring classes costs."""
    price = [[0.0] * 10 for _ in range(10)]
    for foreign in _FOREIGN:
        for ascii_ in (_LETTER, _UPPER):
            price[foreign][ascii_] = price[ascii_][foreign] = -7.0
    price[_SMALL][_CAPITAL] = -8.0
    price[_CAPITAL][_CAPITAL] = -0.5
    for before in (_SPACE, _POINT, _SIGN):
        price[before][_CAPITAL] = -2.0
    price[_DIGIT][_SMALL] = price[_DIGIT][_CAPITAL] = -3.0
    for kind in (_SMALL, _CAPITAL, _LETTER, _UPPER):
        price[_JUNK][kind] += -2.0
        price[kind][_JUNK] += -2.0
        price[_HAN][kind] += -3.0
        price[kind][_HAN] += -3.0
    price[_SIGN][_SIGN] = -2.0
    return tuple(map(tuple, price))


_PAIRS: Final = _pairs()


@cache
def _model(script: str) -> Model:
    """Return (class, cost) of the characters a script is known to have."""
    model: Model = {
        chr(code): (_ascii_class(chr(code)), _ASCII) for code in (9, 10, 12, 13, *range(32, 127))
    }
    model |= {sign: (_SIGN, cost) for sign, cost in _SIGNS.items()}
    known = table("encodings")[script]
    if "first" in known:
        model |= _ranked(known)
    else:
        # Letters of Latin script stand among those of ASCII, so they are of one class with them.
        small, capital = (_SMALL, _CAPITAL) if script == "cyrillic" else (_LETTER, _UPPER)
        for letter, often in known.items():
            cost = log(often / 1000)
            model[letter] = (small, cost)
            model.setdefault(letter.upper(), (capital, cost - 2 * (script != "cyrillic")))
    if script == "japanese":
        model |= {chr(code): (_HAN, -4.0) for code in range(0x3041, 0x3097)}
        model |= {chr(code): (_HAN, -5.0) for code in range(0x30A1, 0x30FD)}
    return model


def _ascii_class(character: str) -> int:
    if character.isspace():
        return _SPACE
    if character.isdigit():
        return _DIGIT
    if character.isalpha():
        return _LETTER if character.islower() else _UPPER
    return _POINT


def _ranked(known: dict[str, str]) -> Model:
    """Return the costs of characters given in the order of their frequency."""
    ranked: Model = {}
    for part in ("further", "traditional", "first"):
        for rank, character in enumerate(known.get(part, "")):
            cost = -4.0 - 0.6 * log(1 + rank) if part == "first" else -7.0
            ranked[character] = (_HAN, max(cost, -7.5))
    return ranked


def _other(character: str, script: str) -> tuple[int, float]:
    """Return class and cost of a character the model has no entry for."""
    code = ord(character)
    if script in ("chinese", "japanese", "korean") and (
        0x4E00 <= code <= 0x9FFF or 0xAC00 <= code <= 0xD7A3
    ):
        return _HAN, _rare(character, script)
    if script.startswith("latin") and character.isalpha() and code < 0x180:
        return (_LETTER, -9.0) if character.islower() else (_UPPER, -10.0)
    return _JUNK, _UNKNOWN


#: Per script, the standards whose first level holds the common characters, and its lead bytes.
_LEVELS: Final = {
    "chinese": (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)),
    "japanese": (("euc_jp", 0xB0, 0xCF),),
    "korean": (("euc_kr", 0xB0, 0xC8),),
}


def _rare(character: str, script: str) -> float:
    """Return the cost of a character not among the frequent ones, by its standard's levels."""
    for codec, low, high in _LEVELS[script]:
        try:
            lead = character.encode(codec)[0]
        except UnicodeEncodeError:
            continue
        return -9.5 if low <= lead <= high else -12.5
    return _UNKNOWN
