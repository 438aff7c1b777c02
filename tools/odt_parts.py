"""The parts of an OpenDocument package that do not depend on its text."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape

MIMETYPE: Final = "application/vnd.oasis.opendocument.text"
#: The list styles of bulleted and of numbered items.
BULLETS: Final = "List_20_Bullets"
NUMBERS: Final = "List_20_Numbers"
_OASIS: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMES: Final = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "office": f"{_OASIS}office:1.0",
        "style": f"{_OASIS}style:1.0",
        "text": f"{_OASIS}text:1.0",
        "table": f"{_OASIS}table:1.0",
        "fo": f"{_OASIS}xsl-fo-compatible:1.0",
        "meta": f"{_OASIS}meta:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
        "xlink": "http://www.w3.org/1999/xlink",
    }.items()
)
#: How a program sets words: those of Western and those of Asian letters.
_ITALIC: Final = 'fo:font-style="italic" style:font-style-asian="italic"'
_HANGING: Final = 'fo:margin-left="0.6cm" fo:text-indent="-0.6cm" fo:margin-bottom="0.1cm"'
_BOLD: Final = 'fo:font-weight="bold" style:font-weight-asian="bold"'


def content(body: str) -> bytes:
    """Return ``content.xml`` around what stands in its body."""
    looks = (
        _style("Italic", "text", text=_ITALIC)
        + _style("Bold", "text", text=_BOLD)
        + _style("Bold_20_Italic", "text", text=f"{_BOLD} {_ITALIC}")
        + _style("Raised", "text", text='style:text-position="super 58%"')
        + '<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties '
        'fo:border="0.5pt solid #808080" fo:padding="0.1cm"/></style:style>'
    )
    return (
        f'{_DECLARATION}<office:document-content {_NAMES} office:version="1.2">'
        f"<office:automatic-styles>{looks}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    ).encode()


def meta(title: str, creators: tuple[str, ...], language: str, date: str) -> bytes:
    """Return ``meta.xml``; ``date`` is a day (ISO 8601) or empty: no clock is read."""
    created = f"<meta:creation-date>{date}T00:00:00</meta:creation-date>" if date else ""
    names = escape("; ".join(creators))
    return (
        f'{_DECLARATION}<office:document-meta {_NAMES} office:version="1.2"><office:meta>'
        f"<dc:title>{escape(title)}</dc:title>"
        f"<meta:initial-creator>{names}</meta:initial-creator><dc:creator>{names}</dc:creator>"
        f"{created}<dc:language>{escape(language)}</dc:language>"
        "</office:meta></office:document-meta>"
    ).encode()


def manifest() -> bytes:
    """Return ``META-INF/manifest.xml``."""
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in (
            ("/", MIMETYPE),
            ("content.xml", "text/xml"),
            ("styles.xml", "text/xml"),
            ("meta.xml", "text/xml"),
        )
    )
    return (
        f'{_DECLARATION}<manifest:manifest xmlns:manifest="{_OASIS}manifest:1.0" '
        f'manifest:version="1.2">{entries}</manifest:manifest>'
    ).encode()


def styles(language: str, notes: str, *, circled: bool) -> bytes:
    """Return ``styles.xml``; ``notes`` is "footnote" or "endnote"."""
    tag, _, country = language.partition("-")
    western = f'fo:language="{tag}" fo:country="{country or "none"}"'
    asian = f'style:language-asian="{tag}" style:country-asian="{country or "none"}"'
    fonts = "fo:font-family=\"'Times New Roman', 'DejaVu Serif', serif\" fo:font-size=\"11.5pt\""
    paragraphs = [
        '<style:default-style style:family="paragraph">'
        f"<style:text-properties {fonts} {asian if tag == 'zh' else western}/>"
        "</style:default-style>",
        _style("Standard", "paragraph"),
        _style("Text_20_body", "paragraph", "Standard", 'fo:margin-bottom="0.25cm"'),
        _style("Title", "paragraph", "Standard", 'fo:margin-bottom="0.5cm"',
               'fo:font-size="19pt" fo:font-weight="bold"'),
        _style("Quotations", "paragraph", "Standard",
               'fo:margin-left="1cm" fo:margin-right="1cm" fo:margin-bottom="0.25cm"'),
        _style("Table_20_Contents", "paragraph", "Standard"),
        _style("List_20_Contents", "paragraph", "Standard"),
        _style("Footnote", "paragraph", "Standard", _HANGING, 'fo:font-size="9.5pt"'),
        _style("Endnote", "paragraph", "Standard", _HANGING, 'fo:font-size="9.5pt"'),
    ]  # fmt: skip
    for level, size in ((1, "14pt"), (2, "12.5pt"), (3, "11.5pt"), (4, "11.5pt")):
        paragraphs.append(
            _style(f"Heading_20_{level}", "paragraph", "Standard",
                   'fo:margin-top="0.6cm" fo:margin-bottom="0.25cm" fo:keep-with-next="always"',
                   f'fo:font-size="{size}" fo:font-weight="bold"', level)
        )  # fmt: skip
    form = "①, ②, ③, ..." if circled else "1"
    numbering = (
        f'<text:notes-configuration text:note-class="{notes}" style:num-format="{form}" '
        'text:start-value="0" text:start-numbering-at="document"/>'
    )
    return (
        f'{_DECLARATION}<office:document-styles {_NAMES} office:version="1.2">'
        f"<office:styles>{''.join(paragraphs)}{_lists()}{numbering}</office:styles>"
        f"{_PAGE}</office:document-styles>"
    ).encode()


def _style(
    name: str, family: str, parent: str = "", paragraph: str = "", text: str = "", outline: int = 0
) -> str:
    """Return a style with these properties."""
    display = name.replace("_20_", " ")
    said = f' style:display-name="{display}"' if display != name else ""
    said += f' style:parent-style-name="{parent}"' if parent else ""
    said += f' style:default-outline-level="{outline}"' if outline else ""
    inside = f"<style:paragraph-properties {paragraph}/>" if paragraph else ""
    inside += f"<style:text-properties {text}/>" if text else ""
    return f'<style:style style:name="{name}" style:family="{family}"{said}>{inside}</style:style>'


def _lists() -> str:
    """Return the styles of lists: one bulleted and one numbered, of three levels."""
    found: list[str] = []
    for name, element, sign in (
        (BULLETS, "bullet", 'text:bullet-char="•"'),
        (NUMBERS, "number", 'style:num-format="1" style:num-suffix="."'),
    ):
        levels = "".join(
            f'<text:list-level-style-{element} text:level="{level}" {sign}>'
            "<style:list-level-properties text:list-level-position-and-space-mode="
            '"label-alignment"><style:list-level-label-alignment '
            f'text:label-followed-by="listtab" fo:text-indent="-0.635cm" '
            f'fo:margin-left="{1.27 * level:.2f}cm"/></style:list-level-properties>'
            f"</text:list-level-style-{element}>"
            for level in range(1, 4)
        )
        display = name.replace("_20_", " ")
        found.append(
            f'<text:list-style style:name="{name}" style:display-name="{display}">{levels}'
            "</text:list-style>"
        )
    return "".join(found)


_PAGE: Final = (
    '<office:automatic-styles><style:page-layout style:name="Page">'
    '<style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" '
    'fo:margin="2.54cm"/></style:page-layout></office:automatic-styles>'
    '<office:master-styles><style:master-page style:name="Standard" '
    'style:page-layout-name="Page"/></office:master-styles>'
)
