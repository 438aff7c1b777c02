"""Macros: what a name stands for, and what becomes of it with its arguments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from scholiast.readers.latex.mouth import (
    BLANK,
    CLOSE,
    COMMAND,
    OPEN,
    PARAMETER,
    WORDS,
    Token,
    made,
    source,
)
from scholiast.readers.latex.stomach import Stomach

#: The argument that was not given (xparse).
NO_VALUE: Final = "no value"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a macro: m { }, o [ ], O [ ] with a default, s star, d between two signs."""

    kind: str = "m"
    default: tuple[Token, ...] = ()
    signs: str = ""
    until: tuple[Token, ...] = ()  # what ends it, in a \\def


@dataclass(frozen=True, slots=True, eq=False)
class Macro:
    r"""What a name stands for; ``opening`` must stand behind it, in a \\def."""

    parameters: tuple[Parameter, ...] = ()
    body: tuple[Token, ...] = ()
    opening: tuple[Token, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether the macro is nothing but words."""
        return not self.parameters and not self.opening


def parameters(count: int, default: list[Token] | None) -> tuple[Parameter, ...]:
    r"""Return the parameters of a ``\\newcommand``."""
    found = [Parameter() for _ in range(min(count, 9))]
    if default is not None and found:
        found[0] = Parameter("O", tuple(default))
    return tuple(found)


def xparse(spec: Sequence[Token]) -> tuple[Parameter, ...]:
    r"""Return the parameters of a ``\\NewDocumentCommand``: ``s o m O{…} d() +m``."""
    found: list[Parameter] = []
    letters = [t for t in spec if t.kind != BLANK]
    at = 0
    flat: list[Token] = []
    for token in letters:
        if token.kind == WORDS:
            flat += [token._replace(text=sign) for sign in token.text if sign != " "]
        else:
            flat.append(token)
    while at < len(flat) and len(found) < 9:
        sign = flat[at].text
        at += 1
        if sign in "mvb":
            found.append(Parameter())
        elif sign in "os":
            found.append(Parameter(sign))
        elif sign in "O":
            default, at = _group(flat, at)
            found.append(Parameter("O", default))
        elif sign in "drtDR":
            width = 1 if sign == "t" else 2
            signs = "".join(token.text for token in flat[at : at + width])
            at += width
            default, at = _group(flat, at) if sign in "DR" else ((), at)
            found.append(Parameter("s" if sign == "t" else "d", default, signs))
    return tuple(found)


def _group(tokens: Sequence[Token], at: int) -> tuple[tuple[Token, ...], int]:
    """Return what stands between the braces at a place, and the place behind them."""
    if at >= len(tokens) or tokens[at].kind != OPEN:
        return tuple(tokens[at : at + 1]), at + 1
    depth, end = 0, at
    while end < len(tokens):
        depth += (tokens[end].kind == OPEN) - (tokens[end].kind == CLOSE)
        end += 1
        if not depth:
            break
    return tuple(tokens[at + 1 : end - 1]), end


def expanded(stomach: Stomach, macro: Macro, call: Token) -> list[Token]:
    """Return what a macro stands for here; its arguments are taken from the input."""
    for wanted in macro.opening:
        _take(stomach, wanted)
    arguments = [_argument(stomach, parameter, call) for parameter in macro.parameters]
    return substituted(macro.body, arguments, call)


def substituted(
    body: Sequence[Token], arguments: Sequence[Sequence[Token]], call: Token
) -> list[Token]:
    """Return the tokens of a body with its arguments; its words are at the place of the call."""
    found: list[Token] = []
    for token in body:
        if token.kind != PARAMETER:
            found.append(Token(token.kind, token.text, call.start, call.end, call.tape, True))
            continue
        number = token.text.strip("#")
        if token.text.count("#") > 1:
            found.append(made(PARAMETER, f"#{number}", call))
        elif number and int(number) <= len(arguments):
            found += arguments[int(number) - 1]
    return found


def _argument(stomach: Stomach, parameter: Parameter, call: Token) -> list[Token]:
    """Return one argument."""
    missing = [made(COMMAND, NO_VALUE, call)]
    if parameter.until:
        return _upto(stomach, parameter.until)
    if parameter.kind == "s":
        starred = stomach.sign(parameter.signs or "*")
        return [made(COMMAND, "BooleanTrue" if starred else "BooleanFalse", call)]
    if parameter.kind in ("o", "O"):
        given = stomach.optional()
        if given is None:
            return list(parameter.default) if parameter.kind == "O" else missing
        return given
    if parameter.kind == "d" and len(parameter.signs) == 2:
        given = stomach.optional(parameter.signs[0], parameter.signs[1])
        return (list(parameter.default) or missing) if given is None else given
    return stomach.argument()


def _take(stomach: Stomach, wanted: Token) -> None:
    """Take a token that must come next."""
    token = stomach.solid() if wanted.kind != BLANK else stomach.next()
    if token is None or (token.kind == wanted.kind == COMMAND and token.text == wanted.text):
        return
    if token.kind == wanted.kind and token.text.startswith(wanted.text):
        rest = token.text[len(wanted.text) :]
        if rest:
            start = token.start if token.made else token.start + len(wanted.text)
            stomach.back(token._replace(text=rest, start=start))
        return
    stomach.back(token)


def _upto(stomach: Stomach, until: Sequence[Token]) -> list[Token]:
    """Return the tokens before the first of those that end an argument, which is taken."""
    ending = source(until[0])
    found: list[Token] = []
    depth = 0
    while (token := stomach.next()) is not None:
        if not depth and token.kind == until[0].kind:
            if token.text == until[0].text:
                break
            at = token.text.find(ending) if token.kind == WORDS else -1
            if at >= 0:
                if at:
                    end = token.end if token.made else token.start + at
                    found.append(token._replace(text=token.text[:at], end=end))
                rest = token.text[at + len(ending) :]
                if rest:
                    start = token.start + (0 if token.made else at + len(ending))
                    stomach.back(token._replace(text=rest, start=start))
                break
        depth += (token.kind == OPEN) - (token.kind == CLOSE)
        if depth < 0:
            stomach.back(token)
            break
        found.append(token)
    return found
