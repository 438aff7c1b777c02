"""Commands that define commands, and those that ask before they print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from scholiast.readers.latex.macros import (
    NO_VALUE,
    Macro,
    Parameter,
    parameters,
    xparse,
)
from scholiast.readers.latex.mouth import BLANK, COMMAND, OPEN, PARAMETER, Token, source, written
from scholiast.readers.latex.numbers import form_of
from scholiast.readers.latex.reading import Reading

Handler = Callable[[Reading, Token], None]

#: Macros that hold the form of a number, or switch something that the reader knows.
_COUNTERS: Final = {"thefootnote": "footnote", "theendnote": "endnote", "thepagenote": "endnote"}
#: Commands that begin with "if" and are no conditionals of TeX.
_NO_CONDITIONALS: Final = frozenset(("iff", "ifthenelse"))


def new_command(reading: Reading, token: Token) -> None:
    r"""\newcommand{\name}[2][default]{body}."""
    reading.sign("*")
    name = _name(reading)
    count = reading.optional()
    default = reading.optional() if count is not None else None
    body = reading.argument()
    number = written(count).strip() if count else ""
    _define(reading, name, parameters(int(number) if number.isdigit() else 0, default), body,
            anew=token.text != "providecommand")  # fmt: skip


def document_command(reading: Reading, token: Token) -> None:
    r"""\NewDocumentCommand{\name}{m o}{body}."""
    name = _name(reading)
    spec = reading.argument()
    _define(reading, name, xparse(spec), reading.argument(), anew="Provide" not in token.text)


def define(reading: Reading, token: Token) -> None:
    r"""\def\name#1#2{body}, with whatever stands between the parameters."""
    name = reading.solid()
    pattern: list[Token] = []
    opening: Token | None = None
    while (following := reading.next()) is not None:
        if following.kind == OPEN:
            opening = following
            break
        pattern.append(following)
        if len(pattern) > 60:
            return
    if opening is None or name is None:
        return
    body = reading.balanced(opening)
    if name.kind != COMMAND:
        return
    before: list[Token] = []
    found: list[Parameter] = []
    until: list[Token] = []
    for one in pattern:
        if one.kind == PARAMETER:
            if found:
                found[-1] = Parameter(until=tuple(until))
            else:
                before = until
            found.append(Parameter())
            until = []
        else:
            until.append(one)
    if found:
        found[-1] = Parameter(until=tuple(until))
    else:
        before = until
    _define(reading, name.text, tuple(found), body, opening=tuple(before))


def let(reading: Reading, token: Token) -> None:
    r"""\let\new=\old."""
    name = reading.solid()
    reading.sign("=")
    old = reading.solid()
    if name is None or old is None or name.kind != COMMAND:
        return
    if old.kind == COMMAND and old.text in reading.macros:
        reading.macros[name.text] = reading.macros[old.text]
        reading.renamed.pop(name.text, None)
    elif old.kind == COMMAND:
        if old.text != name.text:
            reading.renamed[name.text] = reading.renamed.get(old.text, old.text)
    else:
        _define(reading, name.text, (), [old])


def new_environment(reading: Reading, token: Token) -> None:
    r"""\newenvironment{name}[1][default]{begin}{end}, and xparse's."""
    reading.sign("*")
    name = written(reading.argument()).strip()
    if "Document" in token.text:
        found = xparse(reading.argument())
    else:
        count = reading.optional()
        default = reading.optional() if count is not None else None
        number = written(count).strip() if count else ""
        found = parameters(int(number) if number.isdigit() else 0, default)
    begin, end = reading.argument(), reading.argument()
    reading.environments[name] = (Macro(found, tuple(begin)), end)


def _name(reading: Reading) -> str:
    r"""Return the name in ``{\name}`` or ``\name``."""
    found = [one for one in reading.argument() if one.kind != BLANK]
    return found[0].text if found and found[0].kind == COMMAND else ""


def _define(
    reading: Reading,
    name: str,
    found: tuple[Parameter, ...],
    body: list[Token],
    *,
    opening: tuple[Token, ...] = (),
    anew: bool = True,
) -> None:
    """Keep a macro, or what it tells of the numbers of the notes."""
    if name in _COUNTERS:
        reading.numbers.forms[_COUNTERS[name]] = form_of(body)
        return
    if name and (anew or name not in reading.macros):
        reading.macros[name] = Macro(found, tuple(body), opening)


# --- conditionals ----------------------------------------------------------------------------


def conditional(reading: Reading, token: Token) -> None:
    r"""\iffalse, \iftrue, those of \newif; of others the second branch is read."""
    name = token.text
    if name == "iftrue" or reading.flags.get(name):
        return
    _skip(reading, stop_at_else=True)


def otherwise(reading: Reading, token: Token) -> None:
    r"""\else behind a branch that was read."""
    _skip(reading, stop_at_else=False)


def _skip(reading: Reading, *, stop_at_else: bool) -> None:
    r"""Pass over everything up to the \fi (or \else) of this conditional."""
    depth = 0
    while (token := reading.next()) is not None:
        if token.kind != COMMAND:
            continue
        if token.text == "fi":
            if not depth:
                return
            depth -= 1
        elif token.text == "else" and not depth and stop_at_else:
            return
        elif is_conditional(reading, token.text):
            depth += 1


def is_conditional(reading: Reading, name: str) -> bool:
    """Return whether a command opens a conditional of TeX."""
    if name in reading.flags:
        return True
    return name[:2] == "if" and name not in _NO_CONDITIONALS and name in _CONDITIONALS


_CONDITIONALS: Final = frozenset(
    (
        "if", "ifcase", "ifcat", "ifdefined", "ifdim", "ifeof", "iffalse", "ifhbox", "ifhmode",
        "ifcsname", "ifinner", "ifmmode", "ifnum", "ifodd", "iftrue", "ifvbox", "ifvmode", "ifvoid",
        "ifx", "ifpdf", "ifxetex", "ifluatex", "ifPDFTeX", "ifXeTeX", "ifLuaTeX", "ifptex",
        "ifuptex", "ifthumbpdf",
    )
)  # fmt: skip


def new_if(reading: Reading, token: Token) -> None:
    r"""\newif\ifdraft, and the commands \drafttrue and \draftfalse that come with it."""
    name = reading.solid()
    if name is not None and name.kind == COMMAND:
        reading.flags[name.text] = False


def flag(reading: Reading, name: str) -> bool:
    r"""Set a flag where a command is the \drafttrue or \draftfalse of one."""
    for ending, value in (("true", True), ("false", False)):
        if name.endswith(ending) and f"if{name.removesuffix(ending)}" in reading.flags:
            reading.flags[f"if{name.removesuffix(ending)}"] = value
            return True
    return False


def _chosen(reading: Reading, chosen: bool) -> None:
    """Read the first of two arguments, or the second."""
    first, second = reading.argument(), reading.argument()
    reading.back(*(first if chosen else second))


def if_next(reading: Reading, token: Token) -> None:
    r"""\@ifnextchar[{yes}{no} and \@ifstar{yes}{no}."""
    if token.text == "@ifstar":
        yes, no = reading.argument(), reading.argument()
        reading.back(*(yes if reading.sign("*") else no))
        return
    wanted = source(first) if (first := reading.solid()) is not None else ""
    yes, no = reading.argument(), reading.argument()
    following = reading.solid()
    if following is not None:
        reading.back(following)
    met = following is not None and source(following)[:1] == wanted[:1] != ""
    reading.back(*(yes if met else no))


def if_value(reading: Reading, token: Token) -> None:
    r"""\IfNoValueTF, \IfValueTF, \IfBooleanTF and their halves; \ifblank, \ifstrempty."""
    given = [one for one in reading.argument() if one.kind != BLANK]
    first = given[0].text if given and given[0].kind == COMMAND else ""
    name = token.text
    if "Boolean" in name:
        met = first == "BooleanTrue"
    elif name.startswith("IfNoValue"):
        met = first == NO_VALUE
    elif name.startswith("IfValue"):
        met = first != NO_VALUE
    else:
        met = not given or first == NO_VALUE
    if name.endswith("TF") or name.startswith("if"):
        _chosen(reading, met)
    else:
        words = reading.argument()
        reading.back(*(words if met == name.endswith("T") else ()))


def if_then_else(reading: Reading, token: Token) -> None:
    r"""\ifthenelse{test}{yes}{no}: what cannot be known is taken not to be so."""
    reading.argument()
    _chosen(reading, False)


def robust(reading: Reading, token: Token) -> None:
    r"""\ifdefined-like tests of etoolbox: \ifdef, \ifcsdef, \iftoggle, \ifbool."""
    reading.argument()
    _chosen(reading, False)


HANDLERS: Final[dict[str, Handler]] = {
    **dict.fromkeys(
        ("newcommand", "renewcommand", "providecommand", "DeclareRobustCommand", "newrobustcmd",
         "renewrobustcmd"), new_command),
    **dict.fromkeys(
        ("NewDocumentCommand", "RenewDocumentCommand", "ProvideDocumentCommand",
         "DeclareDocumentCommand", "NewExpandableDocumentCommand"), document_command),
    **dict.fromkeys(("def", "edef", "gdef", "xdef"), define),
    "let": let,
    **dict.fromkeys(
        ("newenvironment", "renewenvironment", "NewDocumentEnvironment",
         "RenewDocumentEnvironment", "DeclareDocumentEnvironment"), new_environment),
    "newif": new_if,
    "else": otherwise,
    "fi": lambda reading, token: None,
    "@ifnextchar": if_next,
    "@ifstar": if_next,
    **dict.fromkeys(
        ("IfNoValueTF", "IfNoValueT", "IfNoValueF", "IfValueTF", "IfValueT", "IfValueF",
         "IfBooleanTF", "IfBooleanT", "IfBooleanF", "ifblank", "ifstrempty"), if_value),
    "ifthenelse": if_then_else,
    **dict.fromkeys(("ifdef", "ifcsdef", "iftoggle", "ifbool", "@ifpackageloaded",
                     "@ifclassloaded", "IfFileExists", "ifcsvoid"), robust),
    **dict.fromkeys(sorted(_CONDITIONALS), conditional),
}  # fmt: skip
