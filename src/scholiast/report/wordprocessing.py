"""A small writer of WordprocessingML (ISO/IEC 29500, transitional): styled paragraphs and tables.

Only what the query sheets need. Elements are strings; ``package`` puts them
into a document with its styles. The same input gives the same bytes: there
are no dates, and members of the zip have a fixed time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACES: Final = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14"'
)
#: What XML 1.0 cannot hold.
_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: An unmarked and a marked box, as Word's own check boxes show them.
OPEN_BOX: Final = "☐"
MARKED_BOX: Final = "☒"
#: Twentieths of a point across the text of an A4 page with margins of 2.5 cm.
TEXT_WIDTH: Final = 9070


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", text))


def run(text: str, style: str = "") -> str:
    """Return a run of text in a character style."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{_text(text)}</w:t></w:r>'


def paragraph(style: str, *runs: str) -> str:
    """Return a paragraph of runs in a paragraph style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(runs)}</w:p>'


def check_box(number: int) -> str:
    """Return a check box that Word and LibreOffice mark on a click; ``number`` is its own."""
    return (
        f'<w:sdt><w:sdtPr><w:rPr><w:rStyle w:val="Box"/></w:rPr><w:id w:val="{number}"/>'
        '<w14:checkbox><w14:checked w14:val="0"/>'
        f'<w14:checkedState w14:val="{ord(MARKED_BOX):04X}" w14:font="MS Gothic"/>'
        f'<w14:uncheckedState w14:val="{ord(OPEN_BOX):04X}" w14:font="MS Gothic"/>'
        f"</w14:checkbox></w:sdtPr><w:sdtContent>{run(OPEN_BOX, 'Box')}</w:sdtContent></w:sdt>"
    )


def table(style: str, widths: Sequence[int], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in a table style; a cell is its paragraphs, ``widths`` in twips."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for width, cell in zip(widths, row, strict=True)
        )
        + "</w:tr>"
        for row in rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>'
    )


def package(title: str, body: Iterable[str], styles: str, footer: str, language: str) -> bytes:
    """Return a .docx: a title for its properties, elements of its body, its styles, its footer.

    The page number is set after the words of the footer.
    """
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    members = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _relationships(
            f"{_R}/officeDocument",
            "word/document.xml",
            f"{_PACKAGE}/relationships/metadata/core-properties",
            "docProps/core.xml",
        ),
        "docProps/core.xml": _CORE.format(title=_text(title)),
        "word/document.xml": (
            f"<w:document {_NAMESPACES}><w:body>{''.join(body)}{_SECTION}</w:body></w:document>"
        ),
        "word/_rels/document.xml.rels": _relationships(
            f"{_R}/styles",
            "styles.xml",
            f"{_R}/settings",
            "settings.xml",
            f"{_R}/footer",
            "footer1.xml",
        ),
        "word/styles.xml": (
            f"<w:styles {_NAMESPACES}>{styles.replace('LANGUAGE', language)}</w:styles>"
        ),
        "word/settings.xml": f"<w:settings {_NAMESPACES}>{_SETTINGS}</w:settings>",
        "word/footer1.xml": (
            f"<w:ftr {_NAMESPACES}>{paragraph('Footer', run(footer + ' '), number)}</w:ftr>"
        ),
    }
    return _zipped(members)


def _zipped(members: dict[str, str]) -> bytes:
    """Return a zip of XML parts in which nothing tells when and where it was made."""
    import io
    import zipfile

    from scholiast.packages.zip import FIXED_TIME

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, FIXED_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            archive.writestr(member, (_HEAD + content).encode("utf-8"))
    return stream.getvalue()


def _relationships(*pairs: str) -> str:
    """Return a part of relationships from types and targets in turn."""
    listed = zip(pairs[::2], pairs[1::2], strict=True)
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{number}" Type={quoteattr(kind)} Target={quoteattr(target)}/>'
            for number, (kind, target) in enumerate(listed, 1)
        )
        + "</Relationships>"
    )


_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CONTENT_TYPES: Final = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_MAIN}.settings+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_MAIN}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)
_CORE: Final = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>{title}</dc:title><dc:creator>Scholiast</dc:creator></cp:coreProperties>"
)
_SETTINGS: Final = (
    '<w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)
#: A4, margins of 2.5 cm, the footer of every page.
_SECTION: Final = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418" '
    'w:left="1418" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
)
