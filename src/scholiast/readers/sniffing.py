"""What kind of file some bytes are, by how they begin: for files without a (true) name."""

from __future__ import annotations

import re
from typing import Final

from scholiast.readers import suffix

#: How much of a file is looked at.
_HEAD: Final = 4096
#: The first member of a package says what it is, in full (ODF 1.3 part 2, 3.3; OCF 3.3, 4.3).
_PACKAGES: Final = (
    (b"application/vnd.oasis.opendocument.text", ".odt"),
    (b"application/epub+zip", ".epub"),
)
_MARKUP: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>|<!--.*?-->|<!DOCTYPE\s[^>\[]*(?:\[[^\]]*\])?>|\s)*"
    rb"<([A-Za-z][\w:.-]*)",
    re.DOTALL | re.IGNORECASE,
)
_HTML: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!DOCTYPE\s+html|html|head|body)\b", re.I)
_LATEX: Final = re.compile(rb"^\s*\\(?:documentclass|documentstyle|begin\{document\})", re.M)


def sniffed(data: bytes) -> str:
    """Return the suffix of the kind of file that bytes are; ".txt" where nothing tells.

    Markdown shows itself only by a head or by notes.
    """
    head = data[:_HEAD]
    if head.startswith(b"PK\x03\x04"):
        return next((kind for mime, kind in _PACKAGES if mime in head[:120]), ".docx")
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    if head.startswith(b"{\\rtf"):
        return ".rtf"
    if _HTML.match(head):
        return ".html"
    markup = _MARKUP.match(head)
    if markup is not None:
        return _of_root(markup[1].lower(), head)
    if _LATEX.search(head):
        return ".tex"
    if head.startswith((b"---\n", b"---\r\n", b"# ")) or b"[^" in data:
        return ".md"
    return ".txt"


#: What kinds of file are called whose bytes leave no doubt.
_CALLED: Final = {
    ".pdf": "a PDF",
    ".rtf": "a text in RTF",
    ".odt": "an OpenDocument text",
    ".epub": "an e-book (EPUB)",
    ".html": "a web page",
}
_PACKED: Final = frozenset({".docx", ".odt", ".epub"})


def misnamed(name: str, data: bytes) -> str:
    """Return, in one line, what a file is where its name says otherwise, else "".

    Only kinds that cannot be taken for another are told: a page with an error
    that was saved as ``article.pdf``, a PDF that was saved as ``notes.txt``.
    """
    given = suffix(name)
    real = sniffed(data)
    if real not in _CALLED or given == real:
        return ""
    if real == ".html" and given not in {".pdf", ".rtf", *_PACKED}:
        return ""  # what markup is in a text is for its reader to say
    return (
        f"the file is {_CALLED[real]}, though its name ends in “{given}”: give it the suffix "
        f"{real}, or save the right file again"
    )


def _of_root(root: bytes, head: bytes) -> str:
    """Return the suffix for a text that begins with a tag."""
    if root == b"html":
        return ".html"
    if root == b"office:document":
        return ".fodt"
    if head.lstrip(b"\xef\xbb\xbf").lstrip().startswith(b"<?xml") or b"tei-c.org" in head:
        return ".xml"
    return ".html" if root in (b"p", b"div", b"article", b"section", b"h1", b"h2") else ".txt"
