"""How a file is damaged: by pieces that its format is made of, not only by bytes."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Sequence
from random import Random
from typing import Final

#: Suffixes of packages: one of their members is damaged, now and then the package itself.
PACKAGES: Final = frozenset({"docx", "odt", "epub"})
#: What the pieces of a text format are: damage moves, doubles and drops whole pieces.
_PIECES: Final = {
    "xml": re.compile(rb"<[^<>]*>|&[^;<>\s]{0,10};|[^<&]+|[<&]"),
    "tex": re.compile(rb"\\[A-Za-z]+\*?|\\.|[{}\[\]$%&~^_]|\s+|[^\\{}\[\]$%&~^_\s]+", re.DOTALL),
    "rtf": re.compile(rb"\\'[0-9a-f]{2}|\\[a-z]+-?\d*\s?|\\.|[{}]|[^\\{}]+", re.DOTALL),
    "pdf": re.compile(rb"\d+ \d+ obj|endobj|stream|endstream|/[A-Za-z0-9]+|[\d.+-]+|\s+|."),
    "md": re.compile(rb"\[\^[^\]]*\]:?|[*_`#>|\[\]()<>!~-]+|\n+|[^*_`#>|\[\]()<>!~\n-]+"),
    "txt": re.compile(rb"\d+|\f|\n+|[^\d\f\n]+"),
}
_KIND: Final = {"html": "xml", "htm": "xml", "xhtml": "xml", "tei": "xml", "xml": "xml"}
#: Things that have broken readers of such files before.
_WORDS: Final[dict[str, tuple[bytes, ...]]] = {
    "xml": (
        b"<note>", b"</note>", b"<p>", b"</p>", b"<div>", b"</div>", b"<sup>", b"<a href='#'>",
        b"&#0;", b"&#x110000;", b"&nosuch;", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?x", b"<",
        b"\x00", b"\xff\xfe", b" xml:id='a'", b"<ref target='#n1'/>", b"<table><row>", b"<q>",
        b"<pb n='iv'/>", b"<lb break='no'/>", b"<script>", b"<style>", b"<br>", b"<li>", b"<ol>",
    ),
    "tex": (
        b"\\footnote{", b"\\footnotemark", b"\\footnotetext{", b"}", b"{", b"\\begin{quote}",
        b"\\end{quote}", b"\\input{x}", b"\\newcommand{\\x}{\\x\\x}", b"\\x", b"$", b"$$", b"%",
        b"\\cite{a}", b"\\verb|", b"\\def\\y#1{", b"\\\\", b"&", b"\\iffalse", b"\\fi", b"\\",
    ),
    "rtf": (b"{\\footnote ", b"\\chftn", b"{", b"}", b"\\u-9", b"\\'", b"\\bin99", b"\\uc0"),
    "pdf": (
        b"endobj", b"stream", b"endstream", b"/Length 99999999", b"<<", b">>", b"[", b"]", b"Tj",
        b"BT", b"ET", b"1e38", b"-2147483649", b"/Kids", b"/Parent", b"0 0 0 0 re", b"nan",
    ),
    "md": (b"[^1]", b"[^1]: ", b"\n\n", b"> ", b"| a |", b"---", b"***", b"`", b"<!--", b"\x00"),
    "txt": (b"1. ", b"\f", b"\n\n", b"\n    ", b"1948.6", b"\x00", b"____________", b"\xff"),
}  # fmt: skip
_NUMBERS: Final = (b"0", b"-1", b"1", b"65536", b"4294967296", b"999999999999", b"1.5", b"")
#: Pieces of one damage are no more than this.
_MOST: Final = 12


def mutated(data: bytes, suffix: str, random: Random) -> bytes:
    """Return a file damaged in a few places; the same random numbers give the same damage."""
    if suffix in PACKAGES and random.random() < 0.9:
        return _package(data, random)
    kind = _KIND.get(suffix, suffix)
    if kind not in _PIECES or random.random() < 0.2:
        return _bytes(data, random)
    return _text(data, kind, random)


def _package(data: bytes, random: Random) -> bytes:
    """Return a package with one or two of its members damaged, lost, doubled or renamed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except Exception:  # a package damaged before: zipfile fails in many ways
        return _bytes(data, random)
    if not members:
        return _bytes(data, random)
    for _ in range(random.randint(1, 2)):
        at = random.randrange(len(members))
        name, body = members[at]
        how = random.random()
        if how < 0.85:
            members[at] = (name, _text(body, "xml", random))
        elif how < 0.9 and len(members) > 1:
            del members[at]
        elif how < 0.95:
            members.insert(at, (name, body))
        else:
            members[at] = (random.choice(("../x", "/x", name.upper(), "", "a" * 300)), body)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a member may well stand there twice
        for name, body in members:
            archive.writestr(zipfile.ZipInfo(name or "x"), body)
    return out.getvalue()


def _text(data: bytes, kind: str, random: Random) -> bytes:
    """Return a text of marked-up pieces with some of them changed."""
    pieces = _PIECES[kind].findall(data)
    if not pieces:
        return random.choice(_WORDS[kind])
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        random.choice(_CHANGES)(pieces, kind, random)
        if not pieces:
            break
    return b"".join(pieces)


def _drop(pieces: list[bytes], kind: str, random: Random) -> None:
    at = random.randrange(len(pieces))
    del pieces[at : at + random.randint(1, _MOST)]


def _double(pieces: list[bytes], kind: str, random: Random) -> None:
    at = random.randrange(len(pieces))
    run = pieces[at : at + random.randint(1, _MOST)]
    pieces[at:at] = run * random.choice((1, 1, 2, 40))


def _move(pieces: list[bytes], kind: str, random: Random) -> None:
    first, second = random.randrange(len(pieces)), random.randrange(len(pieces))
    pieces[first], pieces[second] = pieces[second], pieces[first]


def _insert(pieces: list[bytes], kind: str, random: Random) -> None:
    at = random.randrange(len(pieces) + 1)
    pieces[at:at] = [random.choice(_WORDS[kind])] * random.choice((1, 1, 1, 3, 300))


def _number(pieces: list[bytes], kind: str, random: Random) -> None:
    at = random.randrange(len(pieces))
    pieces[at] = re.sub(rb"\d+", lambda _: random.choice(_NUMBERS), pieces[at])


def _inside(pieces: list[bytes], kind: str, random: Random) -> None:
    at = random.randrange(len(pieces))
    pieces[at] = _bytes(pieces[at], random)


def _cut(pieces: list[bytes], kind: str, random: Random) -> None:
    if random.random() < 0.2:
        del pieces[random.randrange(len(pieces)) :]


_CHANGES: Final[Sequence[Callable[[list[bytes], str, Random], None]]] = (
    _drop, _drop, _double, _move, _move, _insert, _insert, _number, _inside, _cut,
)  # fmt: skip


def _bytes(data: bytes, random: Random) -> bytes:
    """Return bytes with some of them changed, lost or cut off."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 2, 8, 64))):
        if not changed:
            break
        at = random.randrange(len(changed))
        how = random.random()
        if how < 0.5:
            changed[at] = random.randrange(256)
        elif how < 0.8:
            del changed[at : at + random.randint(1, 64)]
        elif how < 0.95:
            changed[at:at] = random.randbytes(random.randint(1, 16))
        else:
            del changed[at:]
    return bytes(changed)
