"""The parts of a Word package that do not depend on its text."""

from __future__ import annotations

from typing import Final

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML: Final = "http://www.w3.org/XML/1998/namespace"
_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

#: How notes are numbered: 1, 2, 3 or ①, ②, ③.
PLAIN: Final = "decimal"
CIRCLED: Final = "decimalEnclosedCircleChinese"

#: The list that bulleted items belong to, and the one of numbered items (w:numId).
BULLETS: Final = 1
NUMBERS: Final = 2


def content_types(notes: str) -> bytes:
    """Return ``[Content_Types].xml``; ``notes`` is "footnotes" or "endnotes"."""
    parts = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/settings.xml": f"{_WORD}.settings+xml",
        "/word/numbering.xml": f"{_WORD}.numbering+xml",
        f"/word/{notes}.xml": f"{_WORD}.{notes}+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{type_}"/>' for name, type_ in parts.items()
    )
    return (
        f'{_DECLARATION}<Types xmlns="{_TYPES}">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    ).encode()


def package_relationships() -> bytes:
    """Return ``_rels/.rels``."""
    return (
        f'{_DECLARATION}<Relationships xmlns="{_RELATIONSHIPS}">'
        f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/'
        'relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>'
    ).encode()


def part_relationships(parts: tuple[str, ...], links: tuple[str, ...]) -> bytes:
    """Return the relationships of a part: to other parts, then to addresses (``rLink1`` …)."""
    from xml.sax.saxutils import quoteattr

    lines = [
        f'<Relationship Id="rId{number}" Type="{R}/{name}" Target="{name}.xml"/>'
        for number, name in enumerate(parts, 1)
    ]
    lines += [
        f'<Relationship Id="rLink{number}" Type="{R}/hyperlink" Target={quoteattr(href)}'
        ' TargetMode="External"/>'
        for number, href in enumerate(links, 1)
    ]
    return (
        f'{_DECLARATION}<Relationships xmlns="{_RELATIONSHIPS}">{"".join(lines)}</Relationships>'
    ).encode()


def settings(notes: str, *, circled: bool) -> bytes:
    """Return ``word/settings.xml``: where the notes stand and how they are numbered."""
    kind = notes.removesuffix("s")
    number = f'<w:numFmt w:val="{CIRCLED if circled else PLAIN}"/>'
    return (
        f'{_DECLARATION}<w:settings xmlns:w="{W}"><w:defaultTabStop w:val="720"/>'
        f'<w:{kind}Pr>{number}<w:{kind} w:id="-1"/><w:{kind} w:id="0"/></w:{kind}Pr>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
    ).encode()


def numbering() -> bytes:
    """Return ``word/numbering.xml``: one bulleted and one numbered list of three levels."""

    def abstract(id_: int, form: str, text: str) -> str:
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{text.format(level + 1)}"/><w:lvlJc w:val="left"/><w:pPr>'
            f'<w:ind w:left="{720 * (level + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
            for level in range(3)
        )
        return (
            f'<w:abstractNum w:abstractNumId="{id_}">'
            f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
        )

    return (
        f'{_DECLARATION}<w:numbering xmlns:w="{W}">'
        f"{abstract(0, 'bullet', '•')}{abstract(1, 'decimal', '%{}.')}"
        f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="{NUMBERS}"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    ).encode()


def core(title: str, creators: tuple[str, ...], language: str, date: str) -> bytes:
    """Return ``docProps/core.xml``; ``date`` is a day (ISO 8601) or empty: no clock is read."""
    from xml.sax.saxutils import escape

    base = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    created = (
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{date}T00:00:00Z</dcterms:created>'
        if date
        else ""
    )
    return (
        f'{_DECLARATION}<cp:coreProperties xmlns:cp="{base}" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title>"
        f"<dc:creator>{escape('; '.join(creators))}</dc:creator>"
        f"<dc:language>{escape(language)}</dc:language>"
        f"{created}</cp:coreProperties>"
    ).encode()


def styles(language: str) -> bytes:
    """Return ``word/styles.xml``, with the names that Word itself gives its styles."""
    east = language if language.startswith(("zh", "ja", "ko")) else "zh-CN"
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
        'w:eastAsia="SimSun" w:cs="Times New Roman"/><w:sz w:val="23"/><w:szCs w:val="23"/>'
        f'<w:lang w:val="{language}" w:eastAsia="{east}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="276" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
    )
    return (
        f'{_DECLARATION}<w:styles xmlns:w="{W}">{defaults}{"".join(_STYLES)}</w:styles>'
    ).encode()


def _style(id_: str, name: str, paragraph: str, run: str, *, based: str = "Normal") -> str:
    default = ' w:default="1"' if id_ == "Normal" else ""
    base = f'<w:basedOn w:val="{based}"/>' if id_ != "Normal" else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{id_}"{default}><w:name w:val="{name}"/>{base}'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _heading(level: int, size: int) -> str:
    return _style(
        f"Heading{level}",
        f"heading {level}",
        '<w:keepNext/><w:spacing w:before="360" w:after="160"/>'
        f'<w:outlineLvl w:val="{level - 1}"/>',
        f'<w:b/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>',
    )


def _character(id_: str, name: str, run: str) -> str:
    return (
        f'<w:style w:type="character" w:styleId="{id_}"><w:name w:val="{name}"/>'
        f"<w:rPr>{run}</w:rPr></w:style>"
    )


_RAISED: Final = '<w:vertAlign w:val="superscript"/>'
_SMALL: Final = '<w:sz w:val="19"/><w:szCs w:val="19"/>'
_CLOSE: Final = '<w:spacing w:after="60" w:line="240" w:lineRule="auto"/>'
_BORDERS: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_STYLES: Final = (
    _style("Normal", "Normal", "", ""),
    _style(
        "Title",
        "Title",
        '<w:spacing w:before="240" w:after="280" w:line="240" w:lineRule="auto"/>',
        '<w:b/><w:sz w:val="38"/><w:szCs w:val="38"/>',
    ),
    _heading(1, 28),
    _heading(2, 25),
    _heading(3, 23),
    _style("Quote", "Quote", '<w:ind w:left="720" w:right="720"/>', ""),
    _style("ListParagraph", "List Paragraph", '<w:spacing w:after="80"/>', ""),
    _style("FootnoteText", "footnote text", _CLOSE, _SMALL),
    _style("EndnoteText", "endnote text", _CLOSE, _SMALL),
    _character("FootnoteReference", "footnote reference", _RAISED),
    _character("EndnoteReference", "endnote reference", _RAISED),
    _character("Hyperlink", "Hyperlink", '<w:color w:val="1F4E99"/><w:u w:val="single"/>'),
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr>'
    f"<w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr></w:style>",
)
