"""LaTeX files (.tex): the text as it is printed, nothing of it executed.

The characters are read as TeX reads them: a mouth makes tokens of them, a
stomach takes these one by one, expands the author's own commands within
limits, and fills galleys with blocks; ``structure.flow`` makes the text of
them. The walker of pylatexenc is not used for this (it knows no macros, calls
itself for every brace and takes eleven seconds for a megabyte), its table of
symbols is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from scholiast.config import Settings
from scholiast.model import Document, Intake, Source, Trouble

#: Raise when the same bytes give another Document.
VERSION: Final = "latex 1"


def read(source: Source, settings: Settings) -> Intake:
    """Return the Document of a LaTeX file. Never fails: what is wrong is a Trouble."""
    from scholiast.readers import identity
    from scholiast.readers.latex.files import decoded, encoding_of

    beside = b"".join(name.encode() + b"\0" + data for name, data in source.beside)
    id_ = identity(source.data + beside, VERSION)
    told = decoded(source.data, encoding_of(source.data))
    nothing = Document(
        source.name, id_, "latex", language=settings.language, encoding=told.encoding
    )
    if not told.text.strip():
        return Intake(nothing, troubles=told.troubles or (Trouble("empty-file"),))
    return _read(source, settings, told.text, nothing, told.troubles)


def _read(
    source: Source,
    settings: Settings,
    text: str,
    nothing: Document,
    troubles: tuple[Trouble, ...],
) -> Intake:
    """Return the Document of a LaTeX file that has characters."""
    from scholiast.readers.latex.printing import printed
    from scholiast.structure.flow.compose import Facts, compose
    from scholiast.structure.sections import split_authors

    reading = printed(source, text)
    given = reading.properties.get("pdfauthor", "")
    authors = split_authors(given)[0] if given else ()
    document = compose(
        reading.galley.blocks,
        reading.numbers.ordered(),
        Facts(
            nothing.name,
            nothing.id,
            "latex",
            title=reading.properties.get("pdftitle", ""),
            authors=authors,
            language=reading.language or settings.language,
            encoding=nothing.encoding,
        ),
    )
    found = [
        *(replace(trouble, start=0, end=0) for trouble in troubles),
        *reading.files.troubles,
        *reading.troubles,
    ]
    if not document.text.strip() and not found:
        found.append(Trouble("empty-file"))
    return Intake(document, troubles=tuple(found))
