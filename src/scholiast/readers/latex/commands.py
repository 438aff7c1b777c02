"""The commands of LaTeX that are known, in one table, and what is done with all others."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from scholiast.readers.latex import (
    apparatus,
    citing,
    definitions,
    environments,
    letters,
    looks,
    packages,
    quotations,
    titles,
)
from scholiast.readers.latex.formulas import formula, symbol
from scholiast.readers.latex.galley import SYMBOL
from scholiast.readers.latex.macros import expanded
from scholiast.readers.latex.mouth import WORDS, Token
from scholiast.readers.latex.reading import Reading, known

Handler = Callable[[Reading, Token], None]

#: The modules whose commands are known.
_MODULES: Final = (looks, letters, titles, packages, definitions, quotations, apparatus)


def silent(reading: Reading, token: Token) -> None:
    """A command some of whose arguments leave no text."""
    reading.arguments(_silent()[token.text])


@cache
def _silent() -> dict[str, str]:
    """The arguments that leave no text, by their commands."""
    specs: dict[str, str] = known()["silent"]
    return {name: spec for spec, names in specs.items() for name in names.split()}


@cache
def handlers() -> dict[str, Handler]:
    """Every command that does more than print a sign, by its name."""
    found: dict[str, Handler] = dict.fromkeys(_silent(), silent)
    found.update(dict.fromkeys(known()["registers"]["names"].split(), packages.register))
    found.update(dict.fromkeys(known()["accents"], letters.accent))
    found.update(dict.fromkeys(known()["notes"], apparatus.note))
    found.update(dict.fromkeys(known()["headings"], titles.heading))
    found.update(dict.fromkeys(known()["run_in"]["commands"], titles.run_in))
    found.update({f"text{name}": letters.foreign for name in known()["languages"]})
    found.update(citing.handlers())
    for module in _MODULES:
        for names, handler in module.HANDLERS.items():
            found.update(dict.fromkeys(names.split(), handler))
    for names, handler in _BLOCKS.items():
        found.update(dict.fromkeys(names.split(), handler))
    return found


_BLOCKS: Final[dict[str, Handler]] = {
    "begin": environments.begin,
    "end": environments.end,
    "item": environments.item,
    "\\ tabularnewline cr": environments.row,
    "endfirsthead endhead endfoot endlastfoot": environments.repeated_head,
    "par newpage clearpage cleardoublepage bigskip medskip smallskip": environments.paragraph_end,
    "( [": formula,
}

#: Commands of the reader's own: no name in a file has a blank.
INTERNAL: Final[dict[str, Handler]] = {
    environments.END: environments.end_own,
    "level of marks": quotations.level_of_marks,
    "closing mark": quotations.closing_mark,
    **dict.fromkeys(
        ("print title", "print subtitle", "print author", "print date"), titles.print_title
    ),
}


def run(reading: Reading, token: Token) -> None:
    """Do what a command says; an author's own one stands for what it is defined as."""
    name = token.text
    if name in reading.renamed:
        name = reading.renamed[name]
        token = token._replace(text=name)
    handler = handlers().get(name) or INTERNAL.get(name)
    own = reading.macros.get(name)
    if own is not None and (handler is None or handler is silent) and not reading.exploded:
        reading.expand(expanded(reading, own, token))
        return
    if handler is not None:
        handler(reading, token)
        return
    sign = symbol(name) if own is None else None
    if sign is not None:
        _print(reading, token, sign)
    elif name in reading.flags:
        definitions.conditional(reading, token)
    elif not definitions.flag(reading, name):
        _option(reading)


def _print(reading: Reading, token: Token, sign: str) -> None:
    """Print a sign; a blank only where none stands yet."""
    if sign != " ":
        reading.say(token, sign)
    elif not reading.mute:
        reading.galley.space(token, reading.looks, SYMBOL)


def _option(reading: Reading) -> None:
    """Take an argument in brackets that touches a command that is not known."""
    following = reading.next()
    if following is None:
        return
    reading.back(following)
    if following.kind == WORDS and following.text == "[":
        reading.optional()
