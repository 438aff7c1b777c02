"""Headings, titles, captions, and the counters that go with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from scholiast.readers.latex.mouth import (
    COMMAND,
    PAR,
    WORDS,
    Token,
    made,
)
from scholiast.readers.latex.reading import Reading, known


def heading(reading: Reading, token: Token) -> None:
    r"""\chapter[short]{…}, \section*{…}."""
    name = token.text
    level = known()["headings"][name]
    starred = reading.sign("*")
    reading.optional()
    reading.optional()
    reading.paragraph(token)
    if reading.mute:
        reading.argument()
        return
    counted = not starred and not name.startswith("add") and not reading.front
    if name == "chapter" and counted and reading.by_chapter and not reading.runs_on:
        reading.numbers.new_chapter()
    if counted:
        _count(reading, name)

    def close(ending: Token) -> None:
        reading.galley.end(reading.looks)

    reading.stream(token, close)
    looks = reading.looks
    looks.level, looks.quote, looks.list, looks.table = level, False, "", 0
    looks.italic = looks.bold = False


_INNER: Final = {"chapter": "section", "section": "subsection", "subsection": "subsubsection"}


def _count(reading: Reading, name: str) -> None:
    """Count a section, and keep its number for the labels that follow."""
    numbers = reading.numbers
    numbers.step(name)
    inner = _INNER.get(name)
    while inner:
        numbers.counts[inner] = 0
        inner = _INNER.get(inner)
    row = ["chapter"] if reading.by_chapter else []
    row += ["section", "subsection", "subsubsection"]
    if name in row:
        row = row[: row.index(name) + 1]
        numbers.current = ".".join(str(numbers.counts.get(one, 0)) for one in row)
    else:
        numbers.current = str(numbers.counts[name])


def run_in(reading: Reading, token: Token) -> None:
    r"""\paragraph{…}: bold words at the beginning of a paragraph."""
    reading.sign("*")
    reading.optional()
    reading.paragraph(token)
    words = reading.argument()
    reading.back(*reading.internal("textbf", token, words), made(COMMAND, " ", token))


def title(reading: Reading, token: Token) -> None:
    r"""\title[short]{…}, \author{…}, \date{…}: kept for \maketitle."""
    reading.optional()
    words = reading.argument()
    if token.text == "author" and reading.titles.get("author"):
        words = [*reading.titles["author"], made(COMMAND, "and", token), *words]
    reading.titles[token.text] = words


def make_title(reading: Reading, token: Token) -> None:
    r"""\maketitle: title, authors and date."""
    tokens: list[Token] = []
    for name in ("title", "subtitle", "author", "date"):
        words = reading.titles.get(name)
        if words:
            tokens += reading.internal(f"print {name}", token, words)
    reading.back(*tokens)


def print_title(reading: Reading, token: Token) -> None:
    """Print the title, the authors or the date."""
    reading.paragraph(token)

    def close(ending: Token) -> None:
        reading.galley.end(reading.looks)

    reading.stream(token, close)
    looks = reading.looks
    looks.level = 1 if token.text in ("print title", "print subtitle") else 0
    looks.title, looks.author = bool(looks.level), token.text == "print author"
    looks.italic = looks.bold = False


def and_author(reading: Reading, token: Token) -> None:
    r"""\and between authors."""
    reading.galley.end(reading.looks)
    reading.looks.author = True


def caption(reading: Reading, token: Token) -> None:
    r"""\caption[short]{…}: a paragraph of its own."""
    reading.sign("*")
    if token.text == "captionof":
        reading.argument()
    reading.optional()
    if reading.mute:
        reading.argument()
        return
    reading.galley.end(reading.looks)

    def close(ending: Token) -> None:
        reading.galley.end(reading.looks)

    reading.stream(token, close)
    looks = reading.looks
    looks.caption, looks.table, looks.quote, looks.list = True, 0, False, ""


def appendix(reading: Reading, token: Token) -> None:
    r"""\appendix, \mainmatter, \backmatter, \frontmatter."""
    reading.front = token.text in ("frontmatter", "backmatter")
    reading.paragraph(token)
    if token.text == "mainmatter":
        reading.numbers.counts["chapter"] = 0


def epigraph(reading: Reading, token: Token) -> None:
    r"""\epigraph{words}{source}: a quotation and, in a line of its own, its source."""
    words, who = reading.argument(), reading.argument()
    quote = [made(WORDS, "quote", token)]
    reading.back(
        *reading.internal("begin", token, quote),
        *words,
        made(PAR, "", token),
        *who,
        *reading.internal("end", token, quote),
    )


#: The commands, those that do the same in one line.
HANDLERS: Final[dict[str, Callable[[Reading, Token], None]]] = {
    "title subtitle author date": title,
    "maketitle": make_title,
    "and": and_author,
    "caption captionof": caption,
    "appendix mainmatter backmatter frontmatter": appendix,
    "epigraph": epigraph,
}
