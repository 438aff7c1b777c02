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
_NO_CONDITIONALS: Final = frozenset(
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
