"""Web pages (.html, .htm, .xhtml): the text of an article, without the site around it."""

from __future__ import annotations

from typing import Final

from scholiast.config import Settings
from scholiast.model import Document, Intake, Source, Trouble

#: Raise when the same bytes give another Document.
VERSION: Final = "html 2"


def read(source: Source, settings: Settings) -> Intake:
    """Return the Document of a web page. Never fails: what is wrong is a Trouble."""
    from scholiast.packages.zip import PackageError
    from scholiast.readers import identity
    from scholiast.readers.html.encoding import decode_page

    id_ = identity(source.data, VERSION)
    nothing = Document(source.name, id_, "html", language=settings.language)
    decoded = decode_page(source.data)
    if not decoded.text.strip():
        return Intake(nothing, troubles=decoded.troubles or (Trouble("empty-file"),))
    try:
        return _read(source, settings, id_, decoded.text, decoded.encoding, decoded.troubles)
    except PackageError as error:
        return Intake(nothing, troubles=(Trouble("unreadable-file", str(error)),))


def _read(
    source: Source,
    settings: Settings,
    id_: str,
    text: str,
    encoding: str,
    troubles: tuple[Trouble, ...],
) -> Intake:
    """Read a page that has characters (raises ``PackageError`` where it is none)."""
    from scholiast.packages.hypertext import parse_html, parse_xhtml
    from scholiast.readers.html.story import story, why_no_text
    from scholiast.structure.flow.compose import Facts, compose

    root = (parse_xhtml if source.name.lower().endswith(".xhtml") else parse_html)(text)
    told = story(root)
    facts = Facts(
        source.name,
        id_,
        "html",
        "",
        told.head.title,
        told.head.authors,
        told.head.language or settings.language,
        encoding,
        told.pages,
    )
    document = compose(told.blocks, told.notes, facts)
    why = why_no_text(root, document.text, told.head.title)
    if why:
        document = Document(source.name, id_, "html", language=facts.language, encoding=encoding)
        return Intake(document, troubles=(Trouble("unreadable-file", why),))
    return Intake(document, troubles=_placed(troubles))


def _placed(troubles: tuple[Trouble, ...]) -> tuple[Trouble, ...]:
    """Return the troubles of decoding; their offsets are of the file and not of the text."""
    return tuple(Trouble(one.name, one.detail, line=one.line) for one in troubles)
