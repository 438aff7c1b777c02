"""A small writer of OpenDocument texts for tests: XML in, bytes out, the same every time."""

from __future__ import annotations

import zipfile

from making_docx import zipped

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "office": f"{OASIS}office:1.0",
        "style": f"{OASIS}style:1.0",
        "text": f"{OASIS}text:1.0",
        "table": f"{OASIS}table:1.0",
        "draw": f"{OASIS}drawing:1.0",
        "fo": f"{OASIS}xsl-fo-compatible:1.0",
        "svg": f"{OASIS}svg-compatible:1.0",
        "meta": f"{OASIS}meta:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
        "xlink": "http://www.w3.org/1999/xlink",
        "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
        "field": "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",
    }.items()
)
MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{OASIS}manifest:1.0"><manifest:file-entry '
    'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "{}</manifest:manifest>"
)
#: Looks that every file here has: T1 italic, T2 raised, T3 hidden, T4 bold, T5 upright.
LOOKS = "".join(
    f'<style:style style:name="{name}" style:family="text"><style:text-properties {how}/>'
    "</style:style>"
    for name, how in (
        ("T1", 'fo:font-style="italic"'),
        ("T2", 'style:text-position="super 58%"'),
        ("T3", 'text:display="none"'),
        ("T4", 'fo:font-weight="bold"'),
        ("T5", 'fo:font-style="normal"'),
    )
)


def style(name: str, parent: str = "", paragraph: str = "", text: str = "", more: str = "") -> str:
    """A paragraph style with these properties."""
    display = name.replace("_20_", " ")
    return (
        f'<style:style style:name="{name}" style:display-name="{display}" '
        f'style:family="paragraph" style:parent-style-name="{parent}" {more}>'
        f"<style:paragraph-properties {paragraph}/><style:text-properties {text}/></style:style>"
    )


def p(*content: str, style: str = "Standard") -> str:
    """A paragraph."""
    return f'<text:p text:style-name="{style}">{"".join(content)}</text:p>'


def h(*content: str, level: int = 1, style: str = "") -> str:
    """A heading."""
    name = style or f"Heading_20_{level}"
    return (
        f'<text:h text:style-name="{name}" text:outline-level="{level}">{"".join(content)}</text:h>'
    )


def span(words: str, look: str) -> str:
    """Words in a span of this style."""
    return f'<text:span text:style-name="{look}">{words}</text:span>'


def i(words: str) -> str:
    """Words in italics."""
    return span(words, "T1")


def raised(words: str) -> str:
    """Words set as superscript."""
    return span(words, "T2")


def note(*paragraphs: str, shown: str = "1", id_: str = "ftn1", sort: str = "footnote",
         sign: str = "") -> str:  # fmt: skip
    """A note where its mark stands."""
    label = f' text:label="{sign}"' if sign else ""
    body = "".join(one if one.startswith("<") else p(one, style="Footnote") for one in paragraphs)
    return (
        f'<text:note text:id="{id_}" text:note-class="{sort}"><text:note-citation{label}>'
        f"{sign or shown}</text:note-citation><text:note-body>{body}</text:note-body></text:note>"
    )


def configured(
    sort: str = "footnote", form: str = "1", start: int = 0, at: str = "document"
) -> str:
    """How the notes of a sort are numbered."""
    return (
        f'<text:notes-configuration text:note-class="{sort}" style:num-format="{form}" '
        f'text:start-value="{start}" text:start-numbering-at="{at}"/>'
    )


def cell(*paragraphs: str, columns: int = 1, rows: int = 1, repeated: int = 1) -> str:
    """A cell of a table."""
    return (
        f'<table:table-cell table:number-columns-spanned="{columns}" '
        f'table:number-rows-spanned="{rows}" table:number-columns-repeated="{repeated}">'
        f"{''.join(paragraphs)}</table:table-cell>"
    )


COVERED = "<table:covered-table-cell/>"


def row(*cells: str) -> str:
    """A row of a table."""
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def table(*rows: str) -> str:
    """A table."""
    return f"<table:table>{''.join(rows)}</table:table>"


def listed(*items: str, style: str = "L1") -> str:
    """A list; each item is the XML inside it."""
    inside = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    return f'<text:list text:style-name="{style}">{inside}</text:list>'


def members(
    *body: str, styles: str = "", automatic: str = "", meta: str = "", encrypted: bool = False
) -> dict[str, bytes | str]:
    """The members of a package with this body."""
    secret = "<manifest:encryption-data/>" if encrypted else ""
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {NAMES}><office:automatic-styles>{LOOKS}"
        f"{automatic}</office:automatic-styles><office:body><office:text>{''.join(body)}"
        "</office:text></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {NAMES}><office:styles>{styles}</office:styles>"
        "</office:document-styles>",
        "meta.xml": f"<office:document-meta {NAMES}><office:meta>{meta}</office:meta>"
        "</office:document-meta>",
        "META-INF/manifest.xml": MANIFEST.format(secret),
    }


def odt(
    *body: str, styles: str = "", automatic: str = "", meta: str = "", encrypted: bool = False
) -> bytes:
    """An OpenDocument text with this body."""
    return zipped(
        members(*body, styles=styles, automatic=automatic, meta=meta, encrypted=encrypted),
        zipfile.ZIP_STORED,
    )


def fodt(*body: str, styles: str = "", automatic: str = "", meta: str = "") -> bytes:
    """The same in one flat file."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {NAMES} office:mimetype='
        f'"application/vnd.oasis.opendocument.text">\n<office:meta>{meta}</office:meta>\n'
        f"<office:styles>{styles}</office:styles>\n<office:automatic-styles>{LOOKS}{automatic}"
        "</office:automatic-styles>\n<office:body><office:text>\n" + "\n".join(body) + "\n"
        "</office:text></office:body></office:document>"
    ).encode()
