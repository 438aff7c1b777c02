"""Letters with accents, blanks, addresses, words as they stand, and languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from scholiast.readers.latex import environments
from scholiast.readers.latex.galley import ACCENT, SYMBOL
from scholiast.readers.latex.mouth import (
    BLANK,
    CLOSE,
    COMMAND,
    LIGATURE,
    OPEN,
    PAR,
    WORDS,
    Token,
    written,
)
from scholiast.readers.latex.reading import Reading, known, symbols

#: Characters of one \\verb.
LONGEST_VERB: Final = 2_000
_NO_BREAK: Final = frozenset(".,;:!?)]}'\"-/…”’»")


def accent(reading: Reading, token: Token) -> None:
    r"""\'e, \"{u}, \v{c}: a letter with its accent is one character."""
    first = reading.solid() if token.text.isalpha() else reading.next()
    if first is None or first.kind in (PAR, CLOSE):
        if first is not None:
            reading.back(first)
        return
    end = first
    if first.kind == OPEN:
        inside = reading.balanced(first)
        letters = _letters(inside)
        end = inside[-1] if inside else first
        width = 1  # the closing brace
    elif first.kind == COMMAND:
        letters, width = _letters([first]), 0
        if first.text in known()["accents"] or first.text in ("ensuremath", "textit"):
            reading.back(first)
            reading.say(token, known()["accents"][token.text], ACCENT)
            return
    else:
        end = reading.first(first)
        letters, width = end.text, 0
    mark = known()["accents"][token.text]
    if not letters.strip():
        printed = {"^": "^", "~": "~", "'": "´", "`": "`", '"': "¨"}.get(token.text, letters)
    else:
        base = letters[0]
        base = {"ı": "i", "ȷ": "j"}.get(base, base) if mark < "\u0323" else base
        printed = unicodedata.normalize("NFC", base + mark) + letters[1:]
    whole = not (token.made or end.made)
    place = token._replace(end=end.end + width) if whole else token
    reading.say(place, printed, ACCENT)


def _letters(tokens: list[Token]) -> str:
    """Return the letters that tokens print."""
    parts: list[str] = []
    for token in tokens:
        if token.kind == COMMAND:
            parts.append(symbols().get(token.text, ""))
        elif token.kind in (WORDS, LIGATURE, BLANK):
            parts.append(token.text)
    return "".join(parts)


def newline(reading: Reading, token: Token) -> None:
    r"""\newline."""
    environments.line_break(reading, token)


def spaced(reading: Reading, token: Token) -> None:
    r"""\hspace{…}, \quad: a blank."""
    if token.text == "hspace":
        reading.arguments("*m")
    if not reading.mute:
        reading.galley.space(token, reading.looks, SYMBOL)


def xspace(reading: Reading, token: Token) -> None:
    r"""\xspace: a blank, unless a stop follows."""
    following = reading.next()
    if following is None:
        return
    reading.back(following)
    if following.kind == WORDS and following.text[0] not in _NO_BREAK and not reading.mute:
        reading.galley.space(token, reading.looks, SYMBOL)


def french(reading: Reading, token: Token) -> None:
    r"""\og and \fg, the quotation marks of French babel."""
    opening = token.text in ("og", "guillemets")
    if opening:
        reading.say(token, symbols()["og"], "quotation-mark")
        following = reading.next()
        if following is not None and following.kind == OPEN:  # \og{}
            after = reading.next()
            if after is None or after.kind != CLOSE:
                reading.back(following, *([after] if after else []))
        elif following is not None:
            reading.back(following)
        reading.galley.blank = True
        return
    if not reading.mute:
        reading.galley.unspace()
    reading.say(token, symbols()["fg"], "quotation-mark")
    skipped = token.tape.text[token.end : token.end + 1] if not token.made else ""
    if skipped and skipped in " \t\r\n":
        xspace(reading, token)


def verb(reading: Reading, token: Token) -> None:
    r"""\verb|…|, \lstinline|…|: words as they stand."""
    tape = reading.tape()
    if tape is None:
        return
    text, at = tape.text, token.end
    if text[at : at + 1] == "*":
        at += 1
    if token.text == "lstinline" and text[at : at + 1] == "[":
        at = text.find("]", at) + 1
    sign = text[at : at + 1]
    if not sign or sign.isspace():
        return
    closing = "}" if sign == "{" and token.text != "verb" else sign
    stop = text.find(closing, at + 1, at + LONGEST_VERB)
    if stop < 0 or "\n" in text[at:stop] or "\r" in text[at:stop]:
        return
    tape.at = stop + 1
    if stop > at + 1:
        reading.words(Token(WORDS, text[at + 1 : stop], at + 1, stop, tape))


def address(reading: Reading, token: Token) -> None:
    r"""\url{…}, \nolinkurl{…}, \path{…}: an address as it stands."""
    tape = reading.tape()
    if tape is not None:
        text = tape.text
        match = re.compile(r"\s*(?:\[[^\]\r\n]*\])?\s*\{").match(text, token.end)
        if match:
            depth, at = 1, match.end()
            while at < len(text) and depth and text[at] not in "\r\n":
                depth += (text[at] == "{") - (text[at] == "}")
                at += 1
            if not depth:
                tape.at = at
                place = Token(WORDS, text[match.end() : at - 1], match.end(), at - 1, tape)
                _address(reading, place)
                return
    reading.optional()
    words = reading.argument()
    if words:
        whole = not any(one.made for one in words)
        first = words[0]._replace(end=words[-1].end) if whole else token
        text = first.tape.text[first.start : first.end] if whole else written(words)
        if whole:
            _address(reading, first._replace(text=text, kind=WORDS))
        else:
            reading.say(token, text.replace("\\", ""), SYMBOL)


def _address(reading: Reading, place: Token) -> None:
    """Print an address; signs that are written with a backslash are printed without."""
    start = place.start
    for match in re.finditer(r"\\(?=[%#&_{}~])", place.text):
        end = place.start + match.start()
        if end > start:
            words = place.tape.text[start:end]
            reading.words(Token(WORDS, words, start, end, place.tape))
        start = end + 1
    end = place.start + len(place.text)
    if end > start and place.text:
        reading.words(Token(WORDS, place.tape.text[start:end], start, end, place.tape))


def link(reading: Reading, token: Token) -> None:
    r"""\href{address}{words}: the words."""
    tape = reading.tape()
    if tape is not None:
        match = re.compile(r"\s*(?:\[[^\]\r\n]*\])?\s*\{[^{}\r\n]*\}").match(tape.text, token.end)
        if match:
            tape.at = match.end()
            return
    reading.optional()
    reading.argument()


def bookmark(reading: Reading, token: Token) -> None:
    r"""\texorpdfstring{words}{for the bookmarks}: the words."""
    words = reading.argument()
    reading.argument()
    reading.back(*words)


def date(reading: Reading, token: Token) -> None:
    r"""\today: the day on which it is printed, which the file does not know."""


def foreign(reading: Reading, token: Token) -> None:
    r"""\foreignlanguage{russian}{…}, \selectlanguage{…}, \textrussian{…}."""
    if token.text.startswith("text"):
        name = token.text.removeprefix("text")
    else:
        reading.optional()
        name = written(reading.argument()).strip()
    code = known()["languages"].get(name, reading.looks.language)
    if token.text != "selectlanguage":
        reading.stream(token)
    reading.looks.language = code
    reading.shorthands = reading.shorthands or shorthand(code)


def shorthand(language: str) -> bool:
    """Return whether babel makes a straight quotation mark a command in a language."""
    return language[:2] in known()["shorthands"]["languages"]


#: The commands, those that do the same in one line.
HANDLERS: Final[dict[str, Callable[[Reading, Token], None]]] = {
    "newline": newline,
    "hspace quad qquad enspace hfill hfil space": spaced,
    "xspace": xspace,
    "og fg guillemets": french,
    "verb lstinline": verb,
    "url nolinkurl path": address,
    "href": link,
    "texorpdfstring": bookmark,
    "today": date,
    "foreignlanguage selectlanguage": foreign,
}
