"""TeX's stomach: tokens are taken one after the other, groups are opened and closed.

Nothing here calls itself: what is read next lies on a stack of tapes and
shelves, what is open on a stack of groups. So a file may nest as deep as it
likes, and a text is read in time proportional to its length.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from scholiast.model import Trouble
from scholiast.readers.latex.galley import Galley, Looks
from scholiast.readers.latex.mouth import (
    BLANK,
    CLOSE,
    OPEN,
    PAR,
    WORDS,
    Shelf,
    Tape,
    Token,
    made,
)

#: What macros may come to in all: tokens and characters.
MOST_TOKENS: Final = 400_000
MOST_CHARACTERS: Final = 4_000_000
#: Troubles of one kind that are told; the rest would say nothing new.
MOST_TOLD: Final = 20
#: Tokens that an argument in brackets may have, and how many in a paragraph may lack their end.
LONGEST_OPTION: Final = 2_000
MOST_BROKEN: Final = 20


@dataclass(slots=True, eq=False)
class Group:
    """What is open: a pair of braces, or an environment by its name."""

    name: str  # "{", or the name of an environment
    looks: Looks  # those before it
    token: Token
    close: Callable[[Token], None] | None = None
    galley: Galley | None = None  # the one before it, where it has its own
    fragile: bool = False  # its brace is never closed: it ends with the paragraph


@dataclass(slots=True, eq=False)
class Stomach:
    """The state of reading: input, groups, looks, the galley that is filled."""

    frames: list[Tape | Shelf] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    looks: Looks = field(default_factory=Looks)
    galley: Galley = field(default_factory=Galley)
    mute: bool = False  # in the preamble nothing is printed
    tokens_made: int = 0
    characters_made: int = 0
    exploded: bool = False
    troubles: list[Trouble] = field(default_factory=list)
    fragile: int = 0  # groups that end with the paragraph
    opened: Counter[str] = field(default_factory=Counter)  # open groups by their names
    broken: Counter[str] = field(default_factory=Counter)  # what had no end in this paragraph

    # --- input -----------------------------------------------------------------------------

    def next(self) -> Token | None:
        """Return the next token, None at the end of everything."""
        frames = self.frames
        while frames:
            token = frames[-1].next()
            if token is not None:
                return token
            frames.pop()
        return None

    def back(self, *tokens: Token) -> None:
        """Put tokens back, to be read again in this order."""
        if tokens:
            self.frames.append(Shelf(list(reversed(tokens))))

    def expand(self, tokens: Sequence[Token]) -> bool:
        """Lay the tokens of a macro before the rest; False where macros came to too much."""
        self.tokens_made += len(tokens) + 1
        self.characters_made += sum(len(token.text) for token in tokens)
        if self.tokens_made > MOST_TOKENS or self.characters_made > MOST_CHARACTERS:
            if not self.exploded:
                self.exploded = True
                line = tokens[0].tape.line(tokens[0].start) if tokens else 0
                self.trouble(
                    "the macros of the file stand for more text than is allowed: from line "
                    f"{line} on they are left out; write the text without them",
                    line,
                )
            return False
        if tokens:
            self.frames.append(Shelf(list(reversed(tokens)), macro=True))
        return True

    def tape(self) -> Tape | None:
        """Return the file that is being read, None where the next token comes from a shelf."""
        while self.frames:
            frame = self.frames[-1]
            if isinstance(frame, Tape):
                return frame
            if frame.tokens:
                return None
            self.frames.pop()
        return None

    def solid(self) -> Token | None:
        """Return the next token that is no blank."""
        token = self.next()
        while token is not None and token.kind == BLANK:
            token = self.next()
        return token

    def first(self, token: Token) -> Token:
        """Return the first character of a token of words, the others being put back."""
        if token.kind != WORDS or len(token.text) == 1:
            return token
        if token.made:
            self.back(token._replace(text=token.text[1:]))
            return token._replace(text=token.text[0])
        middle = token.start + 1
        self.back(token._replace(text=token.text[1:], start=middle))
        return token._replace(text=token.text[0], end=middle)

    def argument(self) -> list[Token]:
        """Return the tokens of the next argument, without its braces."""
        token = self.solid()
        if token is None:
            return []
        if token.kind in (CLOSE, PAR):
            self.back(token)
            return []
        if token.kind != OPEN:
            return [self.first(token)]
        return self.balanced(token)

    def balanced(self, opening: Token) -> list[Token]:
        """Return the tokens up to the brace that closes an open one, which is taken too."""
        broken = not opening.made and opening.start in opening.tape.unclosed
        found: list[Token] = []
        depth = 0
        while (token := self.next()) is not None:
            if token.kind == OPEN:
                depth += 1
            elif token.kind == CLOSE:
                if not depth:
                    break
                depth -= 1
            elif token.kind == PAR and broken:
                self.back(token)
                self.unclosed(opening)
                break
            found.append(token)
        return found

    def optional(self, opening: str = "[", closing: str = "]") -> list[Token] | None:
        """Return the tokens of an argument in brackets, None where there is none."""
        skipped: list[Token] = []
        token = self.next()
        while token is not None and token.kind == BLANK:
            skipped.append(token)
            token = self.next()
        if token is None or token.kind != WORDS or token.text[0] != opening:
            self.back(*skipped, *([token] if token else []))
            return None
        found = [self.first(token)]
        if self.broken[opening] > MOST_BROKEN:
            self.back(*skipped, *found)
            return None
        depth = 0
        while (token := self.next()) is not None and len(found) < LONGEST_OPTION:
            if token.kind == WORDS and not depth and closing in token.text:
                token, stop = self._upto(token, closing)
                if token is not None:
                    found.append(token)
                if stop:
                    return found[1:]
                continue
            if token.kind == PAR:
                break
            depth += (token.kind == OPEN) - (token.kind == CLOSE)
            found.append(token)
            if depth < 0:
                token = None
                break
        self.broken[opening] += 1
        self.back(*skipped, *found, *([token] if token else []))
        return None

    def _upto(self, token: Token, closing: str) -> tuple[Token | None, bool]:
        """Return what stands before a closing sign, the rest behind it being put back."""
        at = token.text.index(closing)
        before, rest = token.text[:at], token.text[at + 1 :]
        start = token.start
        if rest:
            place = token if token.made else token._replace(start=start + at + 1)
            self.back(place._replace(text=rest))
        if not before:
            return None, True
        place = token if token.made else token._replace(end=start + at)
        return place._replace(text=before), True

    def sign(self, wanted: str) -> bool:
        """Take a sign such as a star, where it comes next."""
        token = self.next()
        if token is not None and token.kind == WORDS and token.text[0] == wanted:
            self.first(token)
            return True
        if token is not None:
            self.back(token)
        return False

    def arguments(self, spec: str) -> list[list[Token] | None]:
        """Return arguments by their kinds: * star, o in [ ], p in ( ), m in { }."""
        found: list[list[Token] | None] = []
        for kind in spec:
            if kind == "*":
                self.sign("*")
            elif kind == "o":
                found.append(self.optional())
            elif kind == "p":
                found.append(self.optional("(", ")"))
            else:
                found.append(self.argument())
        return found

    # --- groups ----------------------------------------------------------------------------

    def open(
        self,
        token: Token,
        name: str = "{",
        close: Callable[[Token], None] | None = None,
        galley: Galley | None = None,
    ) -> Group:
        """Open a group; ``close`` is called at its end, before the old looks are back."""
        group = Group(name, self.looks, token, close)
        self.looks = self.looks.copy()
        if galley is not None:
            group.galley, self.galley = self.galley, galley
        self.groups.append(group)
        self.opened[name] += 1
        return group

    def stream(
        self,
        place: Token,
        close: Callable[[Token], None] | None = None,
        galley: Galley | None = None,
    ) -> Group:
        """Open a group for the next argument, which is then read as text."""
        token = self.solid()
        if token is None or token.kind in (CLOSE, PAR):
            self.back(made(CLOSE, "}", place), *([token] if token else []))
            return self.open(place, "{", close, galley)
        if token.kind != OPEN:
            first = self.first(token)
            self.back(first, made(CLOSE, "}", first))
            return self.open(first, "{", close, galley)
        group = self.open(token, "{", close, galley)
        if not token.made and token.start in token.tape.unclosed:
            group.fragile = True
            self.fragile += 1
        return group

    def close(self, token: Token) -> None:
        """Close the innermost group."""
        group = self.groups.pop()
        self.opened[group.name] -= 1
        if group.fragile:
            self.fragile -= 1
        if group.close is not None:
            group.close(token)
        self.looks = group.looks
        if group.galley is not None:
            self.galley = group.galley

    def close_brace(self, token: Token) -> None:
        """Close the group that a closing brace ends; one too many is passed over."""
        if self.groups and self.groups[-1].name == "{":
            self.close(token)

    def close_fragile(self, token: Token) -> None:
        """Close the groups whose brace is never closed: a paragraph ends."""
        while self.fragile:
            group = self.groups[-1]
            if group.fragile:
                self.unclosed(group.token)
            self.close(token)

    def unclosed(self, opening: Token) -> None:
        """Tell of a brace that nothing closes."""
        tape = opening.tape
        line = tape.line(opening.start)
        where = f"line {line} of {tape.part}" if tape.part else f"line {line}"
        self.trouble(f"the brace opened in {where} is never closed: close it", line)

    def close_environment(self, name: str, token: Token) -> None:
        """Close an environment and whatever was left open in it; pass over one not open."""
        if not self.opened[name]:
            return
        while True:
            last = self.groups[-1].name
            self.close(token)
            if last == name:
                return

    # --- what was not read -----------------------------------------------------------------

    def trouble(self, detail: str, line: int = 0) -> None:
        """Keep what could not be read, once; names from the file may run over lines."""
        found = Trouble("unread-part", " ".join(detail.split()), line=line)
        if found not in self.troubles and len(self.troubles) < MOST_TOLD:
            self.troubles.append(found)
