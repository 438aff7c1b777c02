"""A small writer of Word packages for tests: XML in, bytes out, the same every time.

All texts made with it are invented specimens.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
SEPARATORS = (
    '<w:{0} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{0}>'
    '<w:{0} w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r>'
    "</w:p></w:{0}>"
)


def style(
    id_: str,
    name: str,
    *,
    based: str = "",
    paragraph: str = "",
    run: str = "",
    kind: str = "paragraph",
    default: bool = False,
) -> str:
    """A style: its id and name, the style it is based on, the insides of its properties."""
    first = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="{kind}"{first} w:styleId="{id_}"><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + "</w:style>"
    )


STYLES = "".join(
    [
        style("Normal", "Normal", default=True),
        style("Titre1", "heading 1", paragraph='<w:outlineLvl w:val="0"/>', run="<w:i/>"),
        style("Titre2", "heading 2", paragraph='<w:outlineLvl w:val="1"/>'),
        style("Custom", "My Headline", based="Titre2"),
        style("Titel", "Title"),
        style("TOC1", "toc 1"),
        style("TOCHeading", "TOC Heading", based="Titre1", paragraph='<w:outlineLvl w:val="9"/>'),
        style("Zitat", "Quote", run="<w:i/>"),
        style("Slanted", "Slanted", run="<w:i/>"),
        style("ListParagraph", "List Paragraph", paragraph='<w:ind w:left="720"/>'),
        style("FootnoteText", "footnote text"),
        style("Emphasis", "Emphasis", kind="character", run="<w:i/>"),
        style(
            "FootnoteReference",
            "footnote reference",
            kind="character",
            run='<w:vertAlign w:val="superscript"/>',
        ),
        style("Secret", "Secret", kind="character", run="<w:vanish/>"),
    ]
)


def t(text: str) -> str:
    """A ``w:t`` that keeps its blanks."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(text: str = "", look: str = "", inside: str = "") -> str:
    """A run: its text, the inside of its w:rPr, and further elements."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f"<w:r>{properties}{t(text) if text else ''}{inside}</w:r>"


def i(text: str) -> str:
    """A run in italics."""
    return r(text, "<w:i/>")


def raised(text: str) -> str:
    """A run set as superscript."""
    return r(text, '<w:vertAlign w:val="superscript"/>')


def p(*content: str, style: str = "", properties: str = "") -> str:
    """A paragraph of plain strings and runs."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    runs = "".join(part if part.startswith("<") else r(part) for part in content)
    return f"<w:p>{inner}{runs}</w:p>"


def call(id_: int, sort: str = "footnote", custom: str = "") -> str:
    """A note reference, with its own sign where ``custom`` is given."""
    own = ' w:customMarkFollows="1"' if custom else ""
    return r(
        "",
        '<w:rStyle w:val="FootnoteReference"/>',
        f'<w:{sort}Reference{own} w:id="{id_}"/>' + (t(custom) if custom else ""),
    )


def note(id_: int, *content: str, sort: str = "footnote", mark: bool = True) -> str:
    """A note of one paragraph, with the number it shows of itself and a blank."""
    own = r("", '<w:rStyle w:val="FootnoteReference"/>', f"<w:{sort}Ref/>") + r(" ") if mark else ""
    return f'<w:{sort} w:id="{id_}">{p(own, *content, style="FootnoteText")}</w:{sort}>'


def field(instruction: str, *result: str) -> str:
    """A complex field with its result."""
    marks = [
        r("", "", f'<w:fldChar w:fldCharType="{what}"/>') for what in ("begin", "separate", "end")
    ]
    code = r("", "", f'<w:instrText xml:space="preserve">{escape(instruction)}</w:instrText>')
    runs = "".join(part if part.startswith("<") else r(part) for part in result)
    return marks[0] + code + marks[1] + runs + marks[2]


def deleted(text: str) -> str:
    """Words that a tracked change deletes."""
    words = t(text).replace("w:t", "w:delText")
    return f'<w:del w:id="90" w:author="A"><w:r>{words}</w:r></w:del>'


def inserted(*runs: str) -> str:
    """Runs that a tracked change inserts."""
    inner = "".join(part if part.startswith("<") else r(part) for part in runs)
    return f'<w:ins w:id="91" w:author="A">{inner}</w:ins>'


def cell(*paragraphs: str) -> str:
    """A cell of a table."""
    return f"<w:tc>{''.join(paragraphs) or p()}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of a table."""
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    """A table."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def zipped(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = method
            archive.writestr(info, content)
    return stream.getvalue()


CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def relationships(links: list[tuple[str, str]]) -> str:
    """A part of relationships, each with its type and target."""
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{R}/{type_}" Target="{target}"/>'
        for number, (type_, target) in enumerate(links, start=1)
    )
    return f'<Relationships xmlns="{RELS}">{inner}</Relationships>'


def members(
    *body: str,
    footnotes: str = "",
    endnotes: str = "",
    styles: str = STYLES,
    settings: str = "",
    core: str = "",
    pages: int | None = None,
) -> dict[str, bytes | str]:
    """The members of a Word package with this body and these notes."""
    content = "".join(body)
    found: dict[str, bytes | str] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relationships([("officeDocument", "word/document.xml")]),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{content}</w:body></w:document>",
    }
    inner = {"styles": styles, "footnotes": footnotes, "endnotes": endnotes, "settings": settings}
    for name, words in inner.items():
        if words:
            start = SEPARATORS.format(name[:-1]) if name.endswith("notes") else ""
            found[f"word/{name}.xml"] = f"<w:{name} {NAMESPACES}>{start}{words}</w:{name}>"
    links = [(name, f"{name}.xml") for name, words in inner.items() if words]
    found["word/_rels/document.xml.rels"] = relationships(links)
    if core:
        found["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
            'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"{core}</cp:coreProperties>"
        )
    if pages is not None:
        found["docProps/app.xml"] = (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
            f'extended-properties"><Pages>{pages}</Pages></Properties>'
        )
    return found


def docx(
    *body: str,
    footnotes: str = "",
    endnotes: str = "",
    styles: str = STYLES,
    settings: str = "",
    core: str = "",
    pages: int | None = None,
) -> bytes:
    """A Word document with this body and these notes."""
    return zipped(
        members(
            *body,
            footnotes=footnotes,
            endnotes=endnotes,
            styles=styles,
            settings=settings,
            core=core,
            pages=pages,
        )
    )


def strict(parts: Mapping[str, bytes | str]) -> bytes:
    """The same document in the strict form of the format (ISO/IEC 29500)."""
    swaps = {
        W: STRICT_W,
        R: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    out: dict[str, bytes | str] = {}
    for name, content in parts.items():
        words = content if isinstance(content, str) else content.decode()
        for old, new in swaps.items():
            words = words.replace(old, new)
        out[name] = words
    return zipped(out)


def bomb(megabytes: int) -> bytes:
    """A zip whose ``word/document.xml`` is so many megabytes of blanks, in a few kilobytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    body = block * megabytes + packer.flush()
    label, size = b"word/document.xml", megabytes * 1_000_000
    # Nobody comes to compare the checksum, which is wrong.
    entry = (0, 8, 0, 33, 0, len(body), size, len(label), 0)
    head = b"PK\3\4" + struct.pack("<5H3L2H", 20, *entry) + label + body
    central = b"PK\1\2" + struct.pack("<6H3L2H", 20, 20, *entry)
    central += struct.pack("<3H2L", 0, 0, 0, 0, 0) + label
    end = struct.pack("<4H2LH", 0, 0, 1, 1, len(central), len(head), 0)
    return head + central + b"PK\5\6" + end
