"""Quotations of csquotes: the marks of a language, block quotations by their length."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from scholiast.readers.latex.galley import QUOTE
from scholiast.readers.latex.mouth import COMMAND, WORDS, Token, made, written
from scholiast.readers.latex.reading import Reading, known

#: A quotation longer than this many characters (three lines of print) is a block.
LONGEST_INLINE: Final = 250


def enquote(reading: Reading, token: Token) -> None:
    r"""\enquote{…}, \enquote*{…}, \foreignquote{language}{…}."""
    inner = reading.sign("*")
    language = reading.looks.language or reading.language
    if token.text in ("foreignquote", "hyphenquote", "foreigntextquote", "hyphentextquote"):
        name = written(reading.argument()).strip()
        language = known()["languages"].get(name, language) if "foreign" in token.text else language
    _quoted(reading, token, language, inner=inner)


def _quoted(reading: Reading, token: Token, language: str, *, inner: bool) -> None:
    depth = reading.looks.marks + inner
    opening, closing = marks(language, depth)

    def close(ending: Token) -> None:
        reading.say(ending, closing, QUOTE)

    reading.say(token, opening, QUOTE)
    reading.stream(token, close)
    reading.looks.marks = depth + 1


def marks(language: str, depth: int) -> tuple[str, str]:
    """Return the quotation marks of a language, the outer ones at an even depth."""
    table: dict[str, list[str]] = known()["quotes"]
    outer, closing, inner, inner_closing = table.get(language, table.get(language[:2], table["en"]))
    return (inner, inner_closing) if depth % 2 else (outer, closing)


def text_quote(reading: Reading, token: Token) -> None:
    r"""\textquote[cite][stop]{…}, \blockquote…, \textcquote[pre][post]{key}[stop]{…}."""
    name = token.text
    starred = reading.sign("*")
    language = reading.looks.language or reading.language
    if name.startswith(("foreign", "hyphen")):
        own = written(reading.argument()).strip()
        language = known()["languages"].get(own, language)
    cited: list[Token] = []
    if "cquote" in name:
        pre, post = reading.optional(), reading.optional()
        key = reading.argument()
        cited = [made(COMMAND, "cite", token)]
        for option in (pre, post):
            if option is not None:
                cited += [made(WORDS, "[", token), *option, made(WORDS, "]", token)]
        cited += reading.internal("cite", token, key)[1:]
        stop = reading.optional()
    else:
        cited = reading.optional() or []
        stop = reading.optional()
    words = reading.argument()
    length = sum(len(one.text) for one in words)
    tail = list(stop or [])
    if cited:
        tail += [made(COMMAND, " ", token), *cited]
    if "block" in name and length > LONGEST_INLINE:
        begin = reading.internal("begin", token, [made(WORDS, "displayquote", token)])
        end = reading.internal("end", token, [made(WORDS, "displayquote", token)])
        reading.back(*begin, *words, *tail, *end)
        return
    depth = reading.looks.marks + starred
    opening, closing = marks(language, depth)
    reading.say(token, opening, QUOTE)
    last = words[-1] if words else token
    shut = reading.internal("closing mark", last, [made(WORDS, closing, last)])
    reading.back(*reading.internal("level of marks", token, words), *shut, *tail)


def level_of_marks(reading: Reading, token: Token) -> None:
    """Words within a quotation, whose own quotations are inner ones."""
    reading.stream(token)
    reading.looks.marks += 1


def closing_mark(reading: Reading, token: Token) -> None:
    """The mark behind a quotation."""
    place = token if token.made else token._replace(start=token.end)
    reading.say(place, written(reading.argument()), QUOTE)


HANDLERS: Final[dict[str, Callable[[Reading, Token], None]]] = {
    **dict.fromkeys(("enquote", "foreignquote", "hyphenquote", "quoted"), enquote),
    **dict.fromkeys(
        ("textquote", "blockquote", "foreigntextquote", "foreignblockquote", "hyphentextquote",
         "hyphenblockquote", "textcquote", "blockcquote", "foreigntextcquote",
         "foreignblockcquote", "hyphentextcquote", "hyphenblockcquote"), text_quote),
}  # fmt: skip
