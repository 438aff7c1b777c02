"""A manuscript as a page of a journal's site: the site around it, the notes at its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from typing import Any, Final

from tools.manuscript import Block, Inline, Manuscript, Mark, Note, Run, Words

_STYLE: Final = """
body { font: 1rem/1.5 Georgia, serif; color: #222; max-width: 44rem; margin: 0 auto; }
.site-header, .site-footer { font-family: sans-serif; font-size: .8rem; }
.cookie-notice { border: 1px solid #999; padding: .5rem; }
blockquote { margin: 1rem 2.5rem; }
@media print { .cookie-notice { display: none } }
"""
_SCRIPT: Final = """
document.querySelectorAll("a.noteref").forEach(
  function (mark) { mark.title = "</p>" + mark.href; });
"""


def write(manuscript: Manuscript) -> bytes:
    """Return a manuscript as the bytes of a page of a journal's site.

    The notes are a list at the end, with the roles of DPUB-ARIA. A mark
    without a note is a link to an id that nothing has; a note without a mark
    is an item that nothing leads to; a label with two notes is an id that two
    items have.
    """
    writer = Writer(manuscript.numbers())
    head = manuscript.head
    body = "\n".join(writer.blocks(manuscript.blocks))
    language = escape(str(head.get("language", "en")))
    title = escape(str(head.get("title", "")))
    creators = "\n".join(
        f'<meta name="citation_author" content="{escape(name)}">' for name in creators_of(head)
    )
    page = f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title} | Northmoor Papers</title>
<meta name="citation_title" content="{title}">
{creators}
<meta name="citation_publication_date" content="{escape(str(head.get("date", "")))}">
<style>{_STYLE}</style>
</head>
<body>
<a class="skip-link" href="#text">Skip to the text</a>
<header class="site-header">
<p class="site-name"><a href="/">Northmoor Papers</a></p>
<nav><ul><li><a href="/issues">Issues</a></li><li><a href="/about">About</a></li></ul></nav>
</header>
<div class="cookie-notice" role="dialog"><p>This site uses cookies.
<a href="/privacy">Learn more</a>.</p><button>Accept</button></div>
<main id="text">
<article>
{body}
{writer.notes(manuscript.notes, heading=not manuscript.endnotes)}
</article>
</main>
<aside class="related-articles"><h2>Related articles</h2>
<ul><li><a href="/1">The Other Ferry</a></li><li><a href="/2">Wheels Apart</a></li></ul></aside>
<footer class="site-footer"><p>© Northmoor Papers. <a href="/imprint">Imprint</a></p></footer>
<script>{_SCRIPT}</script>
</body>
</html>
"""
    return page.encode()


def creators_of(head: dict[str, Any]) -> tuple[str, ...]:
    """Return the authors or editors in the head of a manuscript."""
    for key in ("authors", "editors", "author", "editor"):
        value = head.get(key)
        if value:
            return tuple(map(str, value)) if isinstance(value, list) else (str(value),)
    return ()


@dataclass
class Writer:
    """Writes the blocks and notes of one manuscript as elements.

    ``target`` is the file of the notes, ``here`` that which is being written,
    both "" where there is one alone.
    """

    ids: dict[str, int]
    target: str = ""
    here: str = ""
    epub: bool = False
    shift: int = 0  # how much deeper the headings of the manuscript are than those of the page
    source: dict[str, str] = field(default_factory=dict)  # the file of each mark, by label
    called: set[str] = field(default_factory=set)

    def blocks(self, blocks: Sequence[Block]) -> Iterator[str]:
        """Yield the elements of a run of blocks."""
        levels = [block.level for block in blocks if block.kind == "heading"]
        self.shift = min(levels, default=1) - 1
        yield from self.flow(blocks)

    def flow(self, blocks: Sequence[Block]) -> Iterator[str]:
        """Yield the elements of blocks, lists, tables and quotations as wholes."""
        for kind, group in groupby(blocks, key=lambda block: block.kind):
            row = tuple(group)
            if kind == "row":
                yield self._table(row)
            elif kind == "item":
                yield self._list(row)
            elif kind == "quote":
                inner = "\n".join(f"<p>{self.words(block.words)}</p>" for block in row)
                yield f"<blockquote>\n{inner}\n</blockquote>"
            elif kind == "heading":
                yield from (self._heading(block) for block in row)
            else:
                yield from (f"<p>{self.words(block.words)}</p>" for block in row)

    def _heading(self, block: Block) -> str:
        level = min(6, block.level - self.shift)
        return f"<h{level}>{self.words(block.words)}</h{level}>"

    def _table(self, rows: Sequence[Block]) -> str:
        lines = []
        for number, row in enumerate(rows):
            tag = "td" if number else "th"
            cells = "".join(f"<{tag}>{self.words(cell)}</{tag}>" for cell in row.cells)
            lines.append(f"<tr>{cells}</tr>")
        return "<table>\n" + "\n".join(lines) + "\n</table>"

    def _list(self, items: Sequence[Block]) -> str:
        """Return a list, deeper items in lists of their own within the item before them."""
        tag = "ol" if items[0].ordered else "ul"
        out = [f"<{tag}>"]
        at = 0
        while at < len(items):
            deeper = at + 1
            while deeper < len(items) and items[deeper].level > items[at].level:
                deeper += 1
            inner = "\n" + self._list(items[at + 1 : deeper]) if deeper > at + 1 else ""
            out.append(f"<li>{self.words(items[at].words)}{inner}</li>")
            at = deeper
        return "\n".join((*out, f"</{tag}>"))

    def notes(self, notes: Sequence[Note], *, heading: bool) -> str:
        """Return the list of the notes."""
        if not notes:
            return ""
        items = "\n".join(self._note(note) for note in notes)
        kind = ' epub:type="endnotes"' if self.epub else ""
        name = '\n<h2 class="visually-hidden">Notes</h2>' if heading else ""
        return f'<section role="doc-endnotes"{kind}>{name}\n<ol>\n{items}\n</ol>\n</section>'

    def _note(self, note: Note) -> str:
        number = self.ids[note.label]
        kind = ' epub:type="endnote"' if self.epub else ""
        home = self.source.get(note.label, "")
        back = f'<a href="{home}#mark-{number}" role="doc-backlink">↩</a>'
        words = [self.words(paragraph) for paragraph in note.paragraphs] or [""]
        words[-1] += f" {back}"
        inner = "".join(f"<p>{one}</p>" for one in words)
        return f'<li id="note-{number}" role="doc-endnote"{kind} value="{number}">{inner}</li>'

    def words(self, words: Words) -> str:
        """Return a run of words with its marks."""
        return "".join(self._inlines(words))

    def _inlines(self, words: Iterable[Inline]) -> Iterator[str]:
        for inline in words:
            if isinstance(inline, Mark):
                yield self._mark(inline)
                continue
            text = escape(inline.text, quote=False).replace("\n", "<br/>")
            yield _set(text, inline)

    def _mark(self, mark: Mark) -> str:
        number = self.ids[mark.label]
        own = "" if mark.label in self.called else f' id="mark-{number}"'
        self.called.add(mark.label)
        self.source.setdefault(mark.label, self.here)
        kind = ' epub:type="noteref"' if self.epub else ""
        shown = mark.label if not mark.label.isascii() else number
        href = f'href="{self.target}#note-{number}"'
        return f'<sup><a class="noteref" {href}{own} role="doc-noteref"{kind}>{shown}</a></sup>'


def _set(text: str, run: Run) -> str:
    """Return words set as their run says."""
    if run.href:
        text = f'<a href="{escape(run.href)}">{text}</a>'
    if run.bold:
        text = f"<strong>{text}</strong>"
    return f"<em>{text}</em>" if run.italic else text
