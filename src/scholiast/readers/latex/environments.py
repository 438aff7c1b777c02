"""Environments: what begins and ends with them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from scholiast.readers.latex.formulas import display
from scholiast.readers.latex.galley import Galley
from scholiast.readers.latex.macros import expanded
from scholiast.readers.latex.mouth import COMMAND, PAR, WORDS, Token, made, written
from scholiast.readers.latex.reading import Reading, known

#: An internal command: the end of an environment that the author defined.
END: Final = "end environment"
_LINE: Final = re.compile(r"[^\r\n]+")


def begin(reading: Reading, token: Token) -> None:
    r"""\begin{name}."""
    name = written(reading.argument()).strip()
    kind = known()["environments"].get(name, "")
    if name == "document":
        reading.mute = False
        reading.looks.language = reading.language
        return
    if kind in ("verbatim", "comment"):
        _raw(reading, token, name, shown=kind == "verbatim")
        return
    if kind == "math":
        display(reading, token, name)
        return
    own = reading.environments.get(name)
    if own is not None and not kind and name not in _BEGINNINGS:
        reading.open(token, name)
        if not reading.exploded:
            reading.expand(expanded(reading, own[0], token))
        return
    spec = known()["environment_arguments"].get(name)
    if spec is not None and name not in ("otherlanguage", "otherlanguage*"):
        reading.arguments(spec)
    elif spec is None:
        _option(reading)
    handler = _BEGINNINGS.get(name) or _KINDS.get(kind)
    if handler is not None:
        handler(reading, token, name)
    else:
        if name not in ("minipage", "center"):
            language = known()["languages"].get(name)
            reading.open(token, name)
            if language is not None:
                reading.looks.language = language
            return
        reading.paragraph(token)
        reading.open(token, name, reading.paragraph)


def _option(reading: Reading) -> None:
    """Take an argument in brackets that touches an environment that is not known."""
    following = reading.next()
    if following is None:
        return
    reading.back(following)
    if following.kind == WORDS and following.text == "[":
        reading.optional()


def end(reading: Reading, token: Token) -> None:
    r"""\end{name}."""
    name = written(reading.argument()).strip()
    if name == "document":
        _end_document(reading)
        return
    own = reading.environments.get(name)
    open_ = reading.opened[name] > 0
    redefined = name in known()["environments"] or name in _BEGINNINGS
    if own is not None and open_ and not redefined:
        names = [made(WORDS, name, token)]
        last = [*_again(own[1], token), *reading.internal(END, token, names)]
        if not reading.exploded and reading.expand(last):
            return
    reading.close_environment(name, token)


def _again(body: list[Token], place: Token) -> list[Token]:
    return [made(one.kind, one.text, place) for one in body]


def end_own(reading: Reading, token: Token) -> None:
    """The end of an environment that the author defined."""
    reading.close_environment(written(reading.argument()).strip(), token)


def _end_document(reading: Reading) -> None:
    r"""\end{document}: of a part with a preamble of its own, or of everything."""
    from scholiast.readers.latex.mouth import Tape

    tapes = [at for at, frame in enumerate(reading.frames) if isinstance(frame, Tape)]
    if len(tapes) > 1:
        del reading.frames[tapes[-1] :]
    else:
        reading.frames.clear()


def _raw(reading: Reading, token: Token, name: str, *, shown: bool) -> None:
    """Take an environment whose words are no LaTeX; they are printed line by line, or not."""
    tape = reading.tape()
    if tape is None:
        reading.open(token, name)
        return
    ending = f"\\end{{{name}}}"
    start = tape.at
    found = -1 if reading.broken[ending] else tape.text.find(ending, start)
    if found < 0:
        reading.broken[ending] += 1
        line = tape.line(token.start)
        reading.trouble(f"the environment {name} opened in line {line} is never closed", line)
        return
    tape.at = found + len(ending)
    if not shown or reading.mute:
        return
    reading.paragraph(token)
    first = True
    for match in _LINE.finditer(tape.text, start, found):
        if first and match.start() == start and match[0].lstrip()[:1] in ("[", "{"):
            continue  # the options of listings and minted
        place = Token(WORDS, match[0], match.start(), match.end(), tape)
        if not match[0].strip():
            continue
        if not first:
            reading.say(place._replace(end=place.start), "\n", "line")
        reading.words(place)
        first = False
    reading.paragraph(token)


def _quote(reading: Reading, token: Token, name: str) -> None:
    reading.paragraph(token)
    reading.open(token, name, reading.paragraph)
    reading.looks.quote = True


def _list(reading: Reading, token: Token, name: str) -> None:
    reading.paragraph(token)
    reading.open(token, name, reading.paragraph)
    if not reading.looks.list:
        reading.lists += 1
        reading.looks.list = f"list {reading.lists}"


def _float(reading: Reading, token: Token, name: str) -> None:
    """A figure or table: it stands behind the paragraph in which it was written."""
    galley = Galley()

    def close(ending: Token) -> None:
        reading.paragraph(ending)
        outer = group.galley
        assert outer is not None
        if outer.inked:
            outer.waiting += galley.blocks
        else:
            outer.blocks += galley.blocks

    group = reading.open(token, name, close, galley)
    reading.looks.quote, reading.looks.list = False, ""


def _table(reading: Reading, token: Token, name: str) -> None:
    if reading.looks.table and not reading.looks.caption:
        reading.open(token, name)
        reading.looks.nested = True
        return
    reading.paragraph(token)

    def close(ending: Token) -> None:
        reading.galley.end(reading.looks)
        reading.heads.pop()

    reading.open(token, name, close)
    reading.tables += 1
    reading.looks.table = reading.tables
    reading.looks.italic = reading.looks.bold = False
    reading.heads.append(-1)


def _italic(reading: Reading, token: Token, name: str) -> None:
    reading.open(token, name)
    reading.looks.italic = not reading.looks.italic if name == "em" else True


def _language(reading: Reading, token: Token, name: str) -> None:
    _, words = reading.arguments("om")
    reading.open(token, name)
    language = written(words or []).strip()
    reading.looks.language = known()["languages"].get(language, reading.looks.language)


def _abstract(reading: Reading, token: Token, name: str) -> None:
    reading.paragraph(token)
    reading.open(token, name, reading.paragraph)


def _entries(reading: Reading, token: Token, name: str) -> None:
    reading.heading(reading.name_of("bibliography"), token, 3)
    reading.open(token, name, reading.paragraph)


def _titlepage(reading: Reading, token: Token, name: str) -> None:
    reading.paragraph(token)
    reading.open(token, name, reading.paragraph)


_KINDS: Final[dict[str, Callable[[Reading, Token, str], None]]] = {
    "quote": _quote,
    "list": _list,
    "float": _float,
    "table": _table,
    "italic": _italic,
    "bibliography": _entries,
}
_BEGINNINGS: Final[dict[str, Callable[[Reading, Token, str], None]]] = {
    "abstract": _abstract,
    "titlepage": _titlepage,
    "otherlanguage": _language,
    "otherlanguage*": _language,
    "flushright": _abstract,
    "flushleft": _abstract,
    "center": _abstract,
    "document": _abstract,
}


def item(reading: Reading, token: Token) -> None:
    r"""\item, with its own sign or the word that is explained."""
    reading.paragraph(token)
    label = reading.optional()
    if label:
        bold = reading.internal("textbf", token, label)
        reading.back(*bold, made(COMMAND, " ", token))


def cell(reading: Reading, token: Token) -> None:
    """The end of a cell."""
    if reading.mute:
        return
    if not reading.looks.table or reading.looks.nested:
        if reading.looks.table:
            reading.galley.space(token, reading.looks)
        return
    reading.galley.unspace()
    reading.say(token, "\t", "cell")


def row(reading: Reading, token: Token) -> None:
    r"""\\: the end of a row, else of a line."""
    reading.sign("*")
    following = reading.next()
    if following is not None:
        reading.back(following)
        if following.kind == WORDS and following.text == "[":
            reading.optional()
    if reading.mute:
        return
    looks = reading.looks
    if looks.table and not looks.nested and not looks.caption:
        if reading.groups and reading.groups[-1].name == "{":
            reading.galley.space(token, looks)
            return
        reading.galley.end(looks)
    elif looks.author:
        reading.galley.end(looks)
        looks.author = False
    else:
        line_break(reading, token)


def line_break(reading: Reading, token: Token) -> None:
    """Begin a new line."""
    if reading.mute or not reading.galley.inked:
        return
    reading.galley.unspace()
    reading.say(token, "\n", "line")


def repeated_head(reading: Reading, token: Token) -> None:
    r"""\endfirsthead, \endhead, \endfoot, \endlastfoot: what pages repeat is printed once."""
    reading.galley.end(reading.looks)
    if not reading.heads:
        return
    blocks = reading.galley.blocks
    opened = reading.heads[-1] >= 0
    if token.text == "endfirsthead" or (token.text == "endhead" and not opened):
        reading.heads[-1] = len(blocks)
        return
    if reading.heads[-1] >= 0:
        dropped = blocks[reading.heads[-1] :]
        if not any(bit.reference for block in dropped for bit in block.bits):
            del blocks[reading.heads[-1] :]


def paragraph_end(reading: Reading, token: Token) -> None:
    r"""\par and what ends a paragraph besides."""
    reading.paragraph(made(PAR, "", token))
