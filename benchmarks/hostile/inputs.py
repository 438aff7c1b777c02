"""The table of bad inputs: a name, a suffix, and a function that makes the bytes.

``wanted`` is what a check must give: "refused" (an empty text and a finding
that says why), "read" (a text), "brisk" (a text, or refused early), or "either"
where both are right answers and only what it costs is measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from benchmarks.hostile import markup, packed, pages, plain
from benchmarks.hostile.outside import Outside

READ: Final = "read"
REFUSED: Final = "refused"
EITHER: Final = "either"
#: A text that is only large: read, however long it takes, or refused in the time for that.
BRISK: Final = "brisk"


@dataclass(frozen=True, slots=True)
class Input:
    """One bad input: made when asked for, as some are large."""

    name: str
    suffix: str
    make: Callable[[Outside], bytes]
    wanted: str = EITHER
    options: tuple[str, ...] = ()  # of the command

    @property
    def id(self) -> str:
        """The name with its suffix, as it is printed and selected."""
        return f"{self.suffix.lstrip('.')}: {self.name}"


def _still(make: Callable[..., bytes], *arguments: object) -> Callable[[Outside], bytes]:
    """Return a maker of bytes that lead nowhere."""
    return lambda outside: make(*arguments)


def _calling(make: Callable[..., bytes], *arguments: object) -> Callable[[Outside], bytes]:
    """Return a maker of bytes that lead outside."""
    return lambda outside: make(*arguments, outside)


#: Suffixes that any bytes are tried under.
_ALL: Final = (
    ".txt", ".md", ".docx", ".odt", ".fodt", ".epub", ".pdf",
    ".html", ".xhtml", ".xml", ".tei", ".tex", ".rtf",
)  # fmt: skip


def _everywhere() -> Iterator[Input]:
    """Yield what any suffix may hold."""
    for suffix in _ALL:
        yield Input("empty file", suffix, lambda _: b"", REFUSED)
        yield Input("random bytes", suffix, _still(plain.noise))
        yield Input("zeros", suffix, lambda _: bytes(1_000_000))


_LINES: Final = (
    Input("a line of 5 MB", ".txt", _still(plain.line), READ),
    Input("a word of 5 MB", ".txt", _still(plain.word)),
    Input("5 MB of line feeds", ".txt", lambda _: b"\n" * 5_000_000),
    Input("a line of 5 MB", ".md", _still(plain.line), READ),
    Input("brackets nested 10,000 deep", ".md", _still(plain.brackets)),
    Input("quotations nested 10,000 deep", ".md", lambda _: b">" * 10_000 + b" words"),
    Input("lists nested 2,000 deep", ".md", _still(plain.lists)),
    Input("a head of aliases that grow", ".md", _still(plain.aliases)),
    Input("a head that names a program", ".md", _calling(plain.tagged_head)),
)

_TREES: Final = tuple(
    entry
    for suffix, around in markup.AROUND.items()
    for entry in (
        Input("billion laughs", suffix, _still(markup.laughs, around)),
        Input("an external file", suffix, _calling(markup.entity, around, "file")),
        Input("an external address", suffix, _calling(markup.entity, around, "address")),
        Input("an external DTD", suffix, _calling(markup.dtd, around)),
        Input("nesting of 10,000", suffix, _still(markup.nested, around)),
        Input("a line of 5 MB", suffix, _still(markup.line, around), READ),
    )
)

_PACKED: Final = tuple(
    entry
    for suffix, maker in packed.MAKERS.items()
    for entry in (
        Input("billion laughs", suffix, _still(packed.laughing, maker), REFUSED),
        Input("an external file", suffix, _calling(packed.calling, maker, "file")),
        Input("an external address", suffix, _calling(packed.calling, maker, "address")),
        Input("nesting of 10,000", suffix, _still(packed.nested, maker)),
        Input("../ in a name", suffix, _still(packed.climbing, maker), REFUSED),
        Input("a zip bomb", suffix, _still(packed.bomb, maker), REFUSED),
        Input("a bomb of 95 MB of elements", suffix, _still(packed.small_bomb, maker), REFUSED),
        Input("a member that lies of its size", suffix, _still(packed.lying, maker), REFUSED),
        Input("20,001 members", suffix, _still(packed.crowded, maker), REFUSED),
        Input("cut off", suffix, _still(packed.cut, maker), REFUSED),
    )
)

_WEB: Final = (
    Input("scripts and frames", ".html", _calling(markup.scripts), READ),
    Input("nesting of 10,000", ".html", lambda _: b"<div>" * 10_000 + b"<p>Words.</p>"),
    Input("a line of 5 MB", ".html", lambda _: b"<html><body><p>" + plain.line() + b"</p>", READ),
    Input("100,000 links in a paragraph", ".html", _still(markup.links), BRISK),
    Input("150,000 italics in a paragraph", ".html", _still(markup.italics), BRISK),
    Input("30 MB of paragraphs", ".html", _still(markup.paragraphs), BRISK),
    Input("a tag without end", ".html", lambda _: b"<html><body><p " + b"a='b' " * 500_000),
)

_LATEX: Final = (
    Input("\\input of a file outside", ".tex", _calling(plain.including)),
    Input("\\write18", ".tex", _calling(plain.shelling)),
    Input("braces nested 10,000 deep", ".tex",
          lambda _: plain.latex("{" * 10_000 + "x" + "}" * 10_000)),
    Input("environments nested 2,000 deep", ".tex",
          lambda _: plain.latex("\\begin{quote}" * 2_000 + "x" + "\\end{quote}" * 2_000)),
    Input("macros that grow", ".tex", _still(plain.growing_macros)),
    Input("5 MB of markup on a line", ".tex", _still(plain.dense), BRISK),
    Input("a table of 200,000 rows", ".tex", _still(plain.rows), BRISK),
    Input("a line of 5 MB", ".tex", lambda _: plain.latex(plain.line().decode()), READ),
)  # fmt: skip

_RICH: Final = (
    Input("groups nested 10,000 deep", ".rtf", _still(plain.rtf_groups)),
    Input("a line of 5 MB", ".rtf", lambda _: b"{\\rtf1\\ansi " + plain.line() + b"}", READ),
    Input("150,000 paragraphs", ".rtf", _still(plain.rtf_paragraphs), BRISK),
    Input("\\bin that lies", ".rtf", lambda _: b"{\\rtf1\\ansi a\\bin999999999 b}"),
)

_PAGES: Final = (
    Input("encrypted, no password", ".pdf", lambda _: pages.encrypted("open", "own"), REFUSED),
    Input("encrypted, password given", ".pdf", lambda _: pages.encrypted("open", "own"), READ,
          ("--password", "open")),
    Input("encrypted, wrong password", ".pdf", lambda _: pages.encrypted("open", "own"), REFUSED,
          ("--password", "shut")),
    Input("encrypted for its owner alone", ".pdf", lambda _: pages.encrypted("", "own"), READ),
    Input("cut off", ".pdf", lambda _: pages.sound()[:-400]),
    Input("half of it", ".pdf", lambda _: pages.sound(20)[:4000]),
    Input("broken cross references", ".pdf", _still(pages.broken_xref)),
    Input("no pages", ".pdf", _still(pages.without_pages), REFUSED),
    Input("a tree of pages that bites its tail", ".pdf", _still(pages.circular)),
    Input("10,000 pages", ".pdf", lambda _: pages.sound(10_000), BRISK),
    Input("fonts without maps", ".pdf", _still(pages.without_maps)),
    Input("a stream that inflates to 1 GB", ".pdf", _still(pages.bomb)),
)  # fmt: skip

INPUTS: Final = (*_everywhere(), *_LINES, *_TREES, *_PACKED, *_WEB, *_LATEX, *_RICH, *_PAGES)
