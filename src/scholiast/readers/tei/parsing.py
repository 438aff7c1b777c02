"""XML as a tree: nothing outside the file is looked at, and nothing in it grows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.entities import name2codepoint
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from scholiast.model import Trouble

if TYPE_CHECKING:
    from lxml.etree import _Element

#: A declared entity with what it stands for; what stands outside the file has none.
_ENTITY: Final = re.compile(
    rb"<!ENTITY\s+(?P<name>[^\s%\"']+)\s+(?:(?P<outside>SYSTEM|PUBLIC)\b|"
    rb"\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')"
)
_PARAMETER: Final = re.compile(rb"<!ENTITY\s+%")
_USED: Final = re.compile(rb"&([A-Za-z_][\w.-]*);")
#: Entities that stand for more than this make a text grow; characters need far less.
_LONGEST: Final = 200
#: The declarations stand before the first element; so far they are looked for.
_HEAD: Final = 1_000_000
#: Entities that XML knows by itself.
_OWN: Final = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))


class RefusedError(Exception):
    """The file cannot be read; the message says in one line what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A tree, its encoding, and what was wrong with the file."""

    root: _Element
    encoding: str
    troubles: tuple[Trouble, ...] = ()


def parsed(data: bytes) -> Parsed:
    """Return the tree of an XML file (raises ``RefusedError``).

    Comments and processing instructions are left out, so that they divide no
    text. A damaged file is read as far as it goes, and a Trouble says where
    the damage begins.
    """
    troubles: list[Trouble] = []
    _guard(data)
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        root = _recovered(data, error, troubles)
    except ValueError as error:
        raise RefusedError(f"the file is no XML ({error}): give a TEI file") from error
    encoding = root.getroottree().docinfo.encoding or "UTF-8"
    return Parsed(root, encoding, tuple(troubles))


def _parser(*, recover: bool = False) -> etree.XMLParser:
    options: dict[str, Any] = {"resolve_entities": "internal"}
    # Not ``collect_ids=False``: lxml would then load a DTD that lies beside the file.
    return etree.XMLParser(
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
        **options,
    )


def _head(data: bytes) -> bytes:
    """Return the beginning of a file as ASCII bytes, whatever its encoding."""
    head = data[:_HEAD]
    return head.replace(b"\0", b"") if b"\0" in head[:200] else head


def _guard(data: bytes) -> None:
    """Refuse entities that lead outside the file or stand for more than some characters."""
    head = _head(data)
    if b"<!ENTITY" not in head:
        return
    if _PARAMETER.search(head):
        raise RefusedError(_entity("a parameter entity", "is declared"))
    whole = data.replace(b"\0", b"") if b"\0" in data[:200] else data
    for found in _ENTITY.finditer(head):
        name = found["name"].decode("utf-8", "replace")
        if found["outside"]:
            if b"&" + found["name"] + b";" in whole:
                raise RefusedError(_entity(f"&{name};", "stands for another file"))
            continue
        value = found["double"] if found["double"] is not None else found["single"] or b""
        inner = set(_USED.findall(value.replace(b"&#38;", b"&"))) - _OWN
        if inner or b"<" in value or len(value) > _LONGEST:
            raise RefusedError(_entity(f"&{name};", "stands for more than a character or a word"))


def _entity(what: str, why: str) -> str:
    return (
        f"the entity {what} {why}, which is not read: put the text itself into the file "
        "(xmllint --noent does it) and read that copy"
        if what.startswith("&")
        else f"{what} {why}, which is not read: take the declarations out of the DOCTYPE"
    )


_TOO_MUCH: Final = (etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_ENTITY_LOOP)
_UNDECLARED: Final = (
    etree.ErrorTypes.ERR_UNDECLARED_ENTITY,
    etree.ErrorTypes.WAR_UNDECLARED_ENTITY,
)


def _recovered(data: bytes, error: etree.XMLSyntaxError, troubles: list[Trouble]) -> _Element:
    """Return the tree of a damaged file as far as it goes (raises ``RefusedError``)."""
    code = getattr(error, "code", 0)
    if code == etree.ErrorTypes.ERR_NO_MEMORY:
        raise MemoryError from error
    message, line = error.msg or "", error.lineno or 0
    if "HUGE" in message or code in _TOO_MUCH:
        raise RefusedError(
            "the file is nested deeper, or holds a longer word, than any text, or its entities "
            "make it grow: it was not read; look at it in an XML editor"
        ) from error
    if code in _UNDECLARED:
        root = _with_names(data, message, line, troubles)
        if root is not None:
            return root
    parser = _parser(recover=True)
    try:
        found = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        found = None
    if code == etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING:
        raise RefusedError(
            f"the encoding that the file names is not known ({_plain(message)}): save it as UTF-8"
        ) from error
    if found is None:
        raise RefusedError(
            f"the file is no XML ({_plain(message)}, line {line}): give a TEI file, or mend it in "
            "an XML editor"
        ) from error
    worse = [one for one in parser.error_log if one.type != etree.ErrorTypes.DTD_ID_REDEFINED]
    if code == etree.ErrorTypes.DTD_ID_REDEFINED:
        if not worse:  # an id twice: the text is whole
            return found
        line, message = worse[0].line, worse[0].message
    troubles.append(
        Trouble(
            "unreadable-file",
            f"line {line}: the XML is damaged ({_plain(message)}); what is behind it may be lost "
            "or misplaced: mend it in an XML editor",
            line=line,
        )
    )
    return found


def _with_names(data: bytes, message: str, line: int, troubles: list[Trouble]) -> _Element | None:
    """Return the tree of a file that uses HTML's names of characters, None where it is no tree."""
    mended = _named(data)
    if mended == data:
        return None
    try:
        root = etree.fromstring(mended, _parser())
    except etree.XMLSyntaxError:
        return None
    troubles.append(
        Trouble(
            "unreadable-file",
            f"line {line}: {_plain(message)}; names of characters that HTML knows were "
            "read, but declare them, or write the characters themselves",
            line=line,
        )
    )
    return root


def _named(data: bytes) -> bytes:
    """Return a file with HTML's names of characters as numbers."""

    def number(match: re.Match[bytes]) -> bytes:
        code = name2codepoint.get(match[1].decode("ascii", "replace"))
        return match[0] if code is None or match[1] in _OWN else b"&#%d;" % code

    return _USED.sub(number, data)


def _plain(message: str) -> str:
    """Return an error of the parser on one line, without its place."""
    short = re.sub(r",? ?line \d+, column \d+.*$", "", message, flags=re.DOTALL)
    return " ".join(short.split())[:150]
