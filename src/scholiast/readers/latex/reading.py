"""A LaTeX file while it is read: all that its commands may look at and change."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from scholiast.data import table
from scholiast.readers.latex.database import Entry
from scholiast.readers.latex.files import Files
from scholiast.readers.latex.galley import GENERATED, LIGATURE, QUOTE, SYMBOL, Galley
from scholiast.readers.latex.macros import Macro
from scholiast.readers.latex.mouth import (
    BLANK,
    CELL,
    CLOSE,
    COMMAND,
    MATH,
    OPEN,
    PAR,
    PARAMETER,
    TIE,
    WORDS,
    Token,
    made,
    tokens_of,
)
from scholiast.readers.latex.numbers import Numbers
from scholiast.readers.latex.stomach import Stomach


@cache
def known() -> dict[str, Any]:
    """The table of LaTeX."""
    return table("latex")


@cache
def symbols() -> dict[str, str]:
    """What commands print, by their names."""
    found: dict[str, str] = known()["symbols"]
    return found


@dataclass(slots=True, eq=False)
class Reading(Stomach):
    """The state of reading a document."""

    files: Files = field(default_factory=Files)
    macros: dict[str, Macro] = field(default_factory=dict)
    environments: dict[str, tuple[Macro, list[Token]]] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)  # by \\let, to commands that are known
    flags: dict[str, bool] = field(default_factory=dict)
    numbers: Numbers = field(default_factory=Numbers)
    titles: dict[str, list[Token]] = field(default_factory=dict)
    language: str = ""
    european: bool = False  # << and >> are quotation marks
    shorthands: bool = False  # " is a command
    by_chapter: bool = False  # notes begin anew in every chapter
    runs_on: bool = False  # … unless the author says that they run on
    front: bool = False  # in the front matter, whose chapters have no number
    inputs: int = 0
    properties: dict[str, str] = field(default_factory=dict)  # pdfauthor, pdftitle
    options: dict[str, str] = field(default_factory=dict)  # of biblatex and natbib
    cited: dict[str, None] = field(default_factory=dict)  # keys, in the order of their citations
    items: dict[str, str] = field(default_factory=dict)  # the labels of thebibliography
    lists: int = 0
    tables: int = 0
    heads: list[int] = field(default_factory=list)  # blocks at which repeated table heads begin
    works: dict[str, Entry] | None = None  # of the databases, read when the first is cited
    poured: bool = False  # the endnotes were printed
    outer: Galley | None = None  # where the marks of notes inside the open note go

    # --- words -----------------------------------------------------------------------------

    def say(self, token: Token, text: str, repair: str = SYMBOL) -> None:
        """Print words that stand so in no file, at the place of a token."""
        if not self.mute:
            self.galley.put(token, text, self.looks, repair)

    def words(self, token: Token) -> None:
        """Print a token as it stands."""
        if not self.mute:
            self.galley.put(token, token.text, self.looks)

    def ligature(self, token: Token) -> None:
        """Print what a font makes of several signs, or of a quotation mark."""
        if self.mute:
            return
        sign = token.text
        if self.looks.literal:
            self.words(token)
            return
        if sign == '"' and self.shorthands:
            self._shorthand(token)
            return
        printed = known()["ligatures"].get(sign)
        if printed is None and self.european:
            printed = known()["european"].get(sign)
        if printed is None:
            self.words(token)
            return
        self.say(token, printed, QUOTE if sign in ("``", "''", "<<", ">>", ",,") else LIGATURE)

    def _shorthand(self, token: Token) -> None:
        """Print what babel makes of a straight quotation mark and the sign behind it."""
        following = self.next()
        if following is None:
            self.words(token)
            return
        signs = known()["shorthands"]
        letters = known()["shorthand_letters"] if self.looks.language[:2] == "de" else {}
        sign = {BLANK: "", PAR: "", TIE: "~"}.get(following.kind, following.text[:1])
        whole = following.text if following.kind != WORDS else sign
        if whole in ("``", "''", "<<", ">>"):
            whole = sign
        printed = signs.get(whole, signs.get(sign, letters.get(sign)))
        if following.kind in (COMMAND, OPEN, CLOSE, MATH, CELL, PARAMETER) or printed is None:
            self.back(following)
            self.words(token)
            return
        taken = len(whole) if whole in signs else 1
        if whole == "---" or whole == "--":
            self._dash(token, following, printed)
            return
        end = token.end if token.made or following.made else following.start + taken
        if len(following.text) > taken:
            rest = following.text[taken:]
            place = following if following.made else following._replace(start=end)
            self.back(
                place._replace(text=rest, kind=WORDS if following.kind == WORDS else place.kind)
            )
        here = token._replace(end=end)
        repair = QUOTE if printed in ("„", "“", "«", "»") else LIGATURE
        if printed:
            self.say(here, printed, repair)

    def _dash(self, token: Token, dash: Token, printed: str) -> None:
        """Print a Russian dash: ``"---`` in a sentence, ``"--~`` in a name, ``"--*`` in speech."""
        end = token.end if token.made or dash.made else dash.end
        if dash.text == "--":
            following = self.next()
            sign = following.text if following is not None else ""
            if following is not None and (sign != "*" and following.kind != TIE):
                self.back(following)
            elif following is not None:
                end = end if following.made else following.end
                printed = "—"
        self.say(token._replace(end=end), printed, LIGATURE)

    def generate(self, latex: str, place: Token) -> list[Token]:
        """Return the tokens of LaTeX that the reader itself writes."""
        return tokens_of(latex, place)

    def heading(self, words: str, place: Token, level: int) -> None:
        """Print a heading that a command brings by itself."""
        self.paragraph(place)
        looks = self.looks
        self.looks = looks.copy()
        self.looks.level, self.looks.quote, self.looks.list = level, False, ""
        self.say(place, words, GENERATED)
        self.galley.end(self.looks)
        self.looks = looks

    def paragraph(self, token: Token) -> None:
        """End the paragraph."""
        if self.fragile:
            self.close_fragile(token)
        if self.looks.table and not self.looks.caption:
            if not self.galley.blank:
                self.galley.space(token, self.looks)
            return
        if not self.mute:
            self.galley.end(self.looks)

    def internal(self, name: str, place: Token, tokens: list[Token] | None = None) -> list[Token]:
        """Return a command of the reader's own, with its argument."""
        found = [made(COMMAND, name, place)]
        if tokens is not None:
            found += [made(OPEN, "{", place), *tokens, made(CLOSE, "}", place)]
        return found

    def name_of(self, what: str) -> str:
        """Return the heading that a command prints in the language of the text."""
        names: dict[str, str] = known()["names"][what]
        language = self.looks.language or self.language
        return names.get(language, names.get(language[:2], names["en"]))
