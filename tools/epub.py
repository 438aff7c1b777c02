"""A manuscript as a book (EPUB 3): a chapter in each file, the notes in one of their own.

The bytes are the same wherever they are made: members are stored, and bear a
fixed date.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from html import escape
from typing import Final

from tools.html import Writer, creators_of
from tools.manuscript import Block, Manuscript

_STYLE: Final = "body { margin: 5% } .first { text-indent: 0 } p { text-indent: 1.5em }\n"
_CONTAINER: Final = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
_NOTES: Final = "notes.xhtml"


def write(manuscript: Manuscript) -> bytes:
    """Return a manuscript as the bytes of a .epub file.

    Where the text ends with a heading for its notes, the file of the notes
    begins with that heading and is read in turn; else it stands outside the
    order of reading, as popular programs have it.
    """
    language = str(manuscript.head.get("language", "en"))
    blocks = manuscript.blocks[:-1] if manuscript.endnotes else manuscript.blocks
    writer = Writer(manuscript.numbers(), target=_NOTES, epub=True)
    levels = [block.level for block in manuscript.blocks if block.kind == "heading"]
    writer.shift = min(levels, default=1) - 1
    pages: dict[str, str] = {}
    for number, chapter in enumerate(_chapters(blocks), 1):
        writer.here = f"chapter-{number}.xhtml"
        pages[writer.here] = "\n".join(writer.flow(chapter))
    names = list(pages)
    if manuscript.notes:
        heading = "".join(writer.flow(manuscript.blocks[-1:])) if manuscript.endnotes else ""
        pages[_NOTES] = heading + writer.notes(manuscript.notes, heading=not manuscript.endnotes)
    title = str(manuscript.head.get("title", ""))
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "OEBPS/content.opf": _description(manuscript, list(pages)),
        "OEBPS/nav.xhtml": _page(title, _contents(names), language),
        "OEBPS/style.css": _STYLE,
        **{f"OEBPS/{name}": _page(title, body, language) for name, body in pages.items()},
    }
    return _package(members)


def _chapters(blocks: Sequence[Block]) -> list[list[Block]]:
    """Return the blocks in chapters: each heading below the title begins one."""
    found: list[list[Block]] = [[]]
    for number, block in enumerate(blocks):
        if block.kind == "heading" and number and block.level <= 2:
            found.append([])
        found[-1].append(block)
    return found


def _page(title: str, body: str, language: str) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
 xml:lang="{language}" lang="{language}">
<head>
<title>{escape(title)}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
{body}
</body>
</html>
"""


def _contents(names: Sequence[str]) -> str:
    items = "\n".join(f'<li><a href="{name}">{name}</a></li>' for name in names)
    return f'<nav epub:type="toc" id="toc"><h1>Contents</h1>\n<ol>\n{items}\n</ol>\n</nav>'


def _description(manuscript: Manuscript, names: Sequence[str]) -> str:
    """Return the package document."""
    head = manuscript.head
    creators = "\n".join(f"<dc:creator>{escape(name)}</dc:creator>" for name in creators_of(head))
    items = "\n".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(names)
    )
    spine = "\n".join(
        f'<itemref idref="i{n}"{_linear(manuscript, name)}/>' for n, name in enumerate(names)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:scholiast:specimen</dc:identifier>
<dc:title>{escape(str(head.get("title", "")))}</dc:title>
{creators}
<dc:language>{escape(str(head.get("language", "en")))}</dc:language>
<meta property="dcterms:modified">2021-01-01T00:00:00Z</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="css" href="style.css" media-type="text/css"/>
{items}
</manifest>
<spine>
<itemref idref="nav" linear="no"/>
{spine}
</spine>
</package>
"""


def _linear(manuscript: Manuscript, name: str) -> str:
    return ' linear="no"' if name == _NOTES and not manuscript.endnotes else ""


def _package(members: dict[str, str]) -> bytes:
    """Return a zip whose bytes depend on nothing but its members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, text in members.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 0
            info.external_attr = 0
            archive.writestr(info, text.encode())
    return buffer.getvalue()
