"""Formulas: read as a plain line where that is possible, else kept as they are written."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from scholiast.readers.latex.galley import FORMULA
from scholiast.readers.latex.mouth import (
    BLANK,
    COMMAND,
    MATH,
    PAR,
    WORDS,
    Token,
    written,
)
from scholiast.readers.latex.reading import Reading, symbols

#: Tokens in which a formula must end.
LONGEST: Final = 4_000
_COMMAND: Final = re.compile(r"\\(?:([A-Za-z]+)(\s*)|(.))", re.DOTALL)
_SPACES: Final = frozenset(
    ("quad", "qquad", "enspace", ",", ";", ":", "!", " ", "limits", "displaystyle")
)
_WORDS: Final = frozenset(
    ("text", "mathrm", "textrm", "mbox", "mathit", "mathbf", "operatorname", "textit")
)


def formula(reading: Reading, token: Token) -> None:
    r"""``$…$``, ``$$…$$`` and ``\\(…\\)``: a formula in the line."""
    closing = {"(": ")", "[": "]"}.get(token.text, "") if token.kind == COMMAND else ""
    _formula(reading, token, closing)


def display(reading: Reading, token: Token, name: str) -> None:
    r"""\begin{equation}…\end{equation}: a formula with a line of its own."""
    _formula(reading, token, f"\0{name}")


def _formula(reading: Reading, token: Token, closing: str) -> None:
    """Take a formula up to its end; a sign without an end is a sign."""
    if reading.broken[closing]:
        if token.kind == MATH:
            reading.words(token)
        return
    found: list[Token] = []
    end: Token | None = None
    environment = closing[1:] if closing[:1] == "\0" else ""
    apart = closing == "]" or bool(environment and environment != "math") or token.text == "$$"
    while (following := reading.next()) is not None and len(found) < LONGEST:
        if following.kind == PAR and not environment:
            break
        if not closing and following.kind == MATH and following.text[0] == "$":
            end = following
            break
        if closing and following.kind == COMMAND:
            if following.text == closing:
                end = following
                break
            if following.text == "end" and environment:
                name = reading.argument()
                if written(name).strip() == environment:
                    end = name[-1] if name else following
                    break
                found.append(following)
                found += name
                continue
        found.append(following)
    if end is None:
        reading.broken[closing] += 1
        reading.back(*found, *([following] if following is not None else []))
        if token.kind == MATH:
            reading.words(token)
        return
    if reading.mute:
        return
    if apart:
        reading.paragraph(token)
    _print(reading, token, found, end)
    if apart:
        reading.paragraph(token)


def _print(reading: Reading, token: Token, found: list[Token], end: Token) -> None:
    """Print a formula."""
    raw = _raw(found)
    plain = plain_formula(raw)
    if not found or not (plain or raw).strip():
        return
    first, last = found[0], found[-1]
    whole = not any(one.made or one.tape is not token.tape for one in (*found, token, end))
    if plain is not None and plain != raw:
        place = first._replace(end=last.end) if whole else token
        reading.say(place, plain, FORMULA)
    elif whole:
        text = first.tape.text
        start, stop = (first.start, last.end) if plain is not None else (token.start, end.end)
        if "\n" in text[start:stop] or "\r" in text[start:stop]:
            line = " ".join(text[start:stop].split())
            reading.say(first._replace(start=start, end=stop), line, FORMULA)
            return
        reading.words(Token(WORDS, text[start:stop], start, stop, first.tape))
    else:
        for one in found:
            if one.kind == BLANK:
                reading.galley.space(one, reading.looks)
            else:
                reading.say(one, written([one]), FORMULA)


def _raw(found: list[Token]) -> str:
    """Return a formula as it is written, its lines joined."""
    if found and not any(one.made or one.tape is not found[0].tape for one in found):
        return " ".join(found[0].tape.text[found[0].start : found[-1].end].split())
    return written(found)


def plain_formula(raw: str) -> str | None:
    r"""Return a simple formula as a line of text, None for one that needs its signs.

    Simple are letters, digits, the names of single signs, and what is raised
    or lowered: ``14^{\text{th}}``, ``50^\circ``, ``\to``, ``x_1``.
    """
    if len(raw) > 400:
        return None
    parts: list[str] = []
    at = 0
    for match in _COMMAND.finditer(raw):
        parts.append(raw[at : match.start()])
        name = match[1] or match[3]
        if name in _SPACES:
            parts.append(" " if name not in ("!", "limits", "displaystyle") else "")
        elif name not in _WORDS:
            sign = symbol(name)
            if sign is None or len(sign) > 12:
                return None
            parts.append(f"{sign} " if match[2] else sign)
        at = match.end()
    parts.append(raw[at:])
    text = "".join(parts)
    if text.count("{") != text.count("}") or "&" in text:
        return None
    return re.sub(r"[{}^_]", "", text).replace("~", "\u00a0")


@cache
def _foreign() -> dict[str, str]:
    """The symbols that pylatexenc knows, without those that stand for arguments."""
    from pylatexenc.latex2text import get_default_latex_context_db

    database = get_default_latex_context_db()
    found: dict[str, str] = {}
    for category in database.category_list:
        if category in ("latex-placeholders", "latex-ethuebung", "nonstandard-qit"):
            continue
        for name, spec in database.d[category]["macros"].items():
            sign = spec.simplify_repl
            if isinstance(sign, str) and sign and "%" not in sign and "<" not in sign:
                found.setdefault(name, sign)
    return found


def symbol(name: str) -> str | None:
    """Return what a command prints by itself, None where it is not known."""
    own = symbols().get(name)
    if own is not None:
        return own
    if name == "circ":
        return "°"
    return _foreign().get(name)
