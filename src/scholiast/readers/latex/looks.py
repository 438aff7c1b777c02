"""How words look: italics, bold, raised, typewriter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from scholiast.readers.latex.mouth import (
    Token,
)
from scholiast.readers.latex.reading import Reading


def emphasis(reading: Reading, token: Token) -> None:
    r"""\emph{…}, which is upright within italics."""
    reading.stream(token)
    reading.looks.italic = not reading.looks.italic


def italic(reading: Reading, token: Token) -> None:
    r"""\textit{…}."""
    reading.stream(token)
    reading.looks.italic = True


def upright(reading: Reading, token: Token) -> None:
    r"""\textup{…}, \textnormal{…}."""
    reading.stream(token)
    reading.looks.italic = False


def bold(reading: Reading, token: Token) -> None:
    r"""\textbf{…}."""
    reading.stream(token)
    reading.looks.bold = True


def raised(reading: Reading, token: Token) -> None:
    r"""\textsuperscript{…}."""
    reading.stream(token)
    reading.looks.raised = True


def typewriter(reading: Reading, token: Token) -> None:
    r"""\texttt{…}, in which signs are not joined."""
    reading.stream(token)
    reading.looks.literal = True


def declared(reading: Reading, token: Token) -> None:
    r"""\itshape, \em, \bfseries …: up to the end of the group."""
    name = token.text
    if name == "em":
        reading.looks.italic = not reading.looks.italic
    elif name in ("itshape", "it", "slshape", "sl"):
        reading.looks.italic = True
    elif name in ("upshape", "normalfont", "rm", "up"):
        reading.looks.italic = False
        reading.looks.bold = reading.looks.bold and name == "upshape"
    elif name in ("bfseries", "bf"):
        reading.looks.bold = True
    elif name in ("ttfamily", "tt"):
        reading.looks.literal = True


def boxed(reading: Reading, token: Token) -> None:
    r"""\mbox{…} and others: words with nothing to them."""


#: The commands, those that do the same in one line.
HANDLERS: Final[dict[str, Callable[[Reading, Token], None]]] = {
    "emph": emphasis,
    "textit textsl mkbibemph mkbibitalic": italic,
    "textup textnormal": upright,
    "textbf": bold,
    "textsuperscript up": raised,
    "texttt": typewriter,
    "em itshape it slshape sl upshape normalfont rm bfseries bf ttfamily tt": declared,
}
