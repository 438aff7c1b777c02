"""Bad inputs that are zip archives: names that climb, bombs, members that lie."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from benchmarks.hostile import markup
from benchmarks.hostile.markup import AROUND, Around
from benchmarks.hostile.outside import Outside

_OASIS: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True)
class Maker:
    """A format of packages: what stands beside the member of the text, and around its words."""

    main: str
    around: Around
    beside: tuple[tuple[str, str], ...]
    grain: str  # a small element that a bomb is made of

    def __call__(self, text: bytes, more: Mapping[str, bytes] | None = None) -> bytes:
        """Return the package with this text."""
        members = {name: content.encode() for name, content in self.beside}
        return zipped({**members, self.main: text, **(more or {})})


_DOCX: Final = Maker(
    "word/document.xml",
    Around(
        "w:document",
        f'<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>',
        "</w:t></w:r></w:p></w:body></w:document>",
        "w:smartTag",
    ),
    (
        (
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
        ),
    ),
    "<w:p/>",
)
_ODT: Final = Maker(
    "content.xml",
    Around(
        "office:document-content",
        f'<office:document-content xmlns:office="{_OASIS}office:1.0" '
        f'xmlns:text="{_OASIS}text:1.0"><office:body><office:text><text:p>',
        "</text:p></office:text></office:body></office:document-content>",
        "text:span",
    ),
    (("mimetype", "application/vnd.oasis.opendocument.text"),),
    "<text:p/>",
)
_EPUB: Final = Maker(
    "OEBPS/one.xhtml",
    AROUND[".xhtml"],
    (
        ("mimetype", "application/epub+zip"),
        (
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
            '<rootfiles><rootfile full-path="OEBPS/book.opf" '
            'media-type="application/oebps-package+xml"/></rootfiles></container>',
        ),
        (
            "OEBPS/book.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest>'
            '<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="one"/></spine></package>',
        ),
    ),
    "<p/>",
)
MAKERS: Final = {".docx": _DOCX, ".odt": _ODT, ".epub": _EPUB}


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Return an archive of these members, the same every time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return stream.getvalue()


def laughing(maker: Maker) -> bytes:
    """Return a package whose text holds entities that grow."""
    return maker(markup.laughs(maker.around))


def calling(maker: Maker, what: str, outside: Outside) -> bytes:
    """Return a package whose text has an entity that stands elsewhere."""
    return maker(markup.entity(maker.around, what, outside))


def nested(maker: Maker) -> bytes:
    """Return a package whose text is nested 10,000 deep."""
    return maker(markup.nested(maker.around))


def cut(maker: Maker) -> bytes:
    """Return a package without its end."""
    return maker(maker.around.filled("Words."))[:-40]


def climbing(maker: Maker) -> bytes:
    """Return a package with a member that would be written above its folder."""
    return maker(maker.around.filled("Words."), {"../../outside.xml": b"<a/>"})


def bomb(maker: Maker) -> bytes:
    """Return a package of some hundred kilobytes whose text fills 350 MB."""
    return maker(b" " * 350_000_000)


def small_bomb(maker: Maker) -> bytes:
    """Return a package whose text is 95 MB of empty elements: just below what looks like a trap."""
    count = 95_000_000 // len(maker.grain)
    around = maker.around
    # The words stand inside a paragraph, the grains behind it.
    closing = around.after.index(">", around.after.rindex("p>")) + 1
    before, after = around.filled("Words."), around.after[closing:].encode()
    head = before[: len(before) - len(after)]
    return maker(head + maker.grain.encode() * count + after)


def lying(maker: Maker) -> bytes:
    """Return a package whose directory says that its text is small, though it is not."""
    data = maker(b"<a>" + b" " * 50_000_000 + b"</a>")
    size = struct.pack("<L", 50_000_007)
    return data.replace(size, struct.pack("<L", 1000))


def crowded(maker: Maker) -> bytes:
    """Return a package of more members than any text has."""
    return maker(maker.around.filled("Words."), {f"m{n}": b"" for n in range(20_001)})
