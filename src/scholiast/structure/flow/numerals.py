"""Numbers as word processors write those of notes and lists: 12, xii, l, 十二, ⑫, †.

Forms have the names of ``ST_NumberFormat`` (ISO/IEC 29500-1, 17.18.59); one
that is not known is written as a plain number.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Final

_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_RUSSIAN: Final = "абвгдежзиклмнопрстуфхцчшщыэюя"
_CHICAGO: Final = "*†‡§"
_HAN: Final = "〇一二三四五六七八九"
_HAN_LEGAL: Final = "零壹贰叁肆伍陆柒捌玖"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"


def written(number: int, form: str) -> str:
    """Return a number as one of Word's formats writes it."""
    if number < 1 or number > 9999:
        return str(number)
    writer = _WRITERS.get(form)
    return writer(number) if writer else str(number)


def value(label: str) -> int:
    """Return the number that a sign typed by hand shows (``12``, ``[3]``, ``④``, ``⁵``), or 0."""
    plain = unicodedata.normalize("NFKC", label).strip("[]().〔〕【】 ")
    return int(plain) if plain.isdecimal() and len(plain) < 5 else 0


def _roman(number: int) -> str:
    found = ""
    for value, letters in _ROMAN:
        found += letters * (number // value)
        number %= value
    return found


def _repeated(letters: str, number: int) -> str:
    """Return a, b … z, aa, bb …: the letter again for each time through the alphabet."""
    times, at = divmod(number - 1, len(letters))
    return letters[at] * (times + 1)


def _han(number: int) -> str:
    """Return a Chinese counting number (一, 十二, 一百零三)."""
    if number < 10:
        return _HAN[number]
    if number < 20:
        return "十" + (_HAN[number - 10] if number > 10 else "")
    found, gap = "", False
    for value, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, value)
        if digit:
            found += ("零" if gap and found else "") + _HAN[digit] + sign
            gap = False
        else:
            gap = True
    return found


def _circled(number: int) -> str:
    for first, last, sign in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if first <= number <= last:
            return chr(ord(sign) + number - first)
    return str(number)


def _ordinal(number: int) -> str:
    if 10 < number % 100 < 14:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _digits(number: int, signs: str) -> str:
    return "".join(signs[int(digit)] for digit in str(number))


_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_WRITERS: Final[dict[str, Callable[[int], str]]] = {
    "decimal": str,
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": lambda number: _repeated(_LATIN, number),
    "upperLetter": lambda number: _repeated(_LATIN, number).upper(),
    "russianLower": lambda number: _repeated(_RUSSIAN, number),
    "russianUpper": lambda number: _repeated(_RUSSIAN, number).upper(),
    "chicago": lambda number: _repeated(_CHICAGO, number),
    "none": lambda number: "",
    "ordinal": _ordinal,
    "decimalZero": lambda number: f"{number:02}",
    "numberInDash": lambda number: f"- {number} -",
    "hex": lambda number: f"{number:X}",
    "decimalFullWidth": lambda number: _digits(number, "０１２３４５６７８９"),
    "decimalFullWidth2": lambda number: _digits(number, "０１２３４５６７８９"),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": lambda number: chr(0x2487 + number) if number <= 20 else str(number),
    "decimalEnclosedParen": lambda number: chr(0x2473 + number) if number <= 20 else str(number),
    "ideographEnclosedCircle": lambda number: chr(0x327F + number) if number <= 10 else str(number),
    "chineseCounting": _han,
    "chineseCountingThousand": _han,
    "japaneseCounting": _han,
    "taiwaneseCounting": _han,
    "taiwaneseCountingThousand": _han,
    "koreanDigital2": _han,
    "ideographDigital": lambda number: _digits(number, _HAN),
    "japaneseDigitalTenThousand": lambda number: _digits(number, _HAN),
    "taiwaneseDigital": lambda number: _digits(number, _HAN),
    "chineseLegalSimplified": lambda number: _digits(number, _HAN_LEGAL),
    "ideographTraditional": lambda number: _repeated(_STEMS, number),
    "ideographZodiac": lambda number: _repeated(_BRANCHES, number),
}
