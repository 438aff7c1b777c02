"""Bad inputs that are XML or HTML: entities, depth, length, scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from benchmarks.hostile import plain
from benchmarks.hostile.outside import Outside

_OASIS: Final = "urn:oasis:names:tc:opendocument:xmlns:"


@dataclass(frozen=True, slots=True)
class Around:
    """What of a format stands around words, its root, and an element that nests."""

    root: str
    before: str
    after: str
    nest: str

    def filled(self, words: str, declared: str = "") -> bytes:
        """Return a document with words, below declarations."""
        head = f'<?xml version="1.0" encoding="UTF-8"?>\n{declared}'
        return f"{head}{self.before}{words}{self.after}".encode()


_TEI: Final = Around(
    "TEI",
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title>'
    "</titleStmt></fileDesc></teiHeader><text><body><p>",
    "</p></body></text></TEI>",
    "hi",
)
_XHTML: Final = Around(
    "html",
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body><p>',
    "</p></body></html>",
    "span",
)
_FODT: Final = Around(
    "office:document",
    f'<office:document xmlns:office="{_OASIS}office:1.0" xmlns:text="{_OASIS}text:1.0" '
    'office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>',
    "</text:p></office:text></office:body></office:document>",
    "text:span",
)
#: The formats that are one XML file, by suffix.
AROUND: Final = {".xml": _TEI, ".tei": _TEI, ".xhtml": _XHTML, ".fodt": _FODT}


def laughs(around: Around) -> bytes:
    """Return ten entities, each ten times the one before: ten billion words in all."""
    rows = ['<!ENTITY e0 "lol">']
    for number in range(1, 11):
        inside = f"&e{number - 1};" * 10
        rows.append(f'<!ENTITY e{number} "{inside}">')
    declared = f"<!DOCTYPE {around.root} [{''.join(rows)}]>\n"
    return around.filled("Words &e10; more.", declared)


def entity(around: Around, what: str, outside: Outside) -> bytes:
    """Return a document with an entity that stands elsewhere."""
    declared = f'<!DOCTYPE {around.root} [<!ENTITY far SYSTEM "{outside.address(what)}">]>\n'
    return around.filled("Words &far; more.", declared)


def dtd(around: Around, outside: Outside) -> bytes:
    """Return a document whose declarations stand elsewhere."""
    return around.filled("Words.", f'<!DOCTYPE {around.root} SYSTEM "{outside.url}/a.dtd">\n')


def nested(around: Around) -> bytes:
    """Return an element in an element, 10,000 deep."""
    inside = f"<{around.nest}>" * 10_000 + "words" + f"</{around.nest}>" * 10_000
    return around.filled(inside)


def line(around: Around) -> bytes:
    """Return a paragraph of 5 MB."""
    return around.filled(plain.line().decode())


def scripts(outside: Outside) -> bytes:
    """Return a page that would call home in every way a page can."""
    return (
        b"<!DOCTYPE html><html><head><script src='{url}/a.js'></script><link rel='stylesheet' "
        b"href='{url}/a.css'><style>@import url({url}/b.css);</style><meta http-equiv='refresh' "
        b"content='0; url={url}/c'><base href='{url}/'></head><body onload=\"fetch('{url}/d')\">"
        b"<h1>On Ferries</h1><p>The ferry left at noon and came back at dusk, as it had done for "
        b"years, and nobody on the quay thought of asking what it carried.</p><img src='{url}/e'>"
        b"<iframe src='{url}/f'></iframe><object data='{url}/g'></object><script>"
        b"document.write('<p>Written by a script.</p>')</script></body></html>"
    ).replace(b"{url}", outside.url.encode())


def links() -> bytes:
    """Return a page with 100,000 links in one paragraph."""
    words = (f"Words <a href='http://a.example/{n}'>a link {n}</a> and " for n in range(100_000))
    return f"<html><body><p>{''.join(words)}</p></body></html>".encode()


def italics() -> bytes:
    """Return a page with 150,000 words in italics in one paragraph."""
    words = (f"Some words and <i>one {n}</i> more. " for n in range(150_000))
    return f"<html><body><p>{''.join(words)}</p></body></html>".encode()


def paragraphs() -> bytes:
    """Return a page of 30 MB."""
    words = "<p>The wagons were <i>counted</i> twice, and nobody asked <b>why</b> it was so.</p>\n"
    return f"<html><body>{words * (30_000_000 // len(words))}</body></html>".encode()
