"""Notes, their marks, and the labels that lead to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from scholiast.readers.latex.galley import GENERATED, Galley
from scholiast.readers.latex.mouth import Token, written
from scholiast.readers.latex.numbers import value
from scholiast.readers.latex.reading import Reading, known
from scholiast.structure.flow.bits import Bit, Reference


def note(reading: Reading, token: Token) -> None:
    r"""\footnote[3]{…}, \endnote{…}, \thanks{…}: a mark, and the words of its note."""
    sort, _, spec = known()["notes"][token.text].partition(" ")
    given = value(reading.optional()) if spec[:1] == "#" else ""
    reading.arguments(spec[1:] if spec[:1] == "#" else spec)
    if reading.mute:
        reading.argument()
        return
    open_note(reading, token, sort, given)


def open_note(reading: Reading, token: Token, sort: str, given: str = "") -> None:
    """Set the mark of a note, and open a galley for its words, which are the next argument."""
    reference = reading.numbers.mark(sort, given)
    _set_mark(reading, token, reference)
    galley = Galley()
    reading.numbers.note(reference, galley.blocks)
    _open(reading, token, galley)


def _set_mark(reading: Reading, token: Token, reference: Reference) -> None:
    """Set a note mark; one inside a note stands beside the mark of that note."""
    outer = reading.outer if reading.outer is not None else reading.galley
    outer.mark(token, reference)


def _open(reading: Reading, token: Token, galley: Galley) -> None:
    outer, home = reading.outer, reading.galley

    def close(ending: Token) -> None:
        galley.end(reading.looks)
        reading.outer = outer

    group = reading.stream(token, close, galley)
    reading.outer = outer if outer is not None else home
    reading.looks = group.looks.upright()


def mark(reading: Reading, token: Token) -> None:
    r"""\footnotemark[3], \endnotemark."""
    given = value(reading.optional())
    if reading.mute:
        return
    sort = token.text.removesuffix("mark").lower()
    _set_mark(reading, token, reading.numbers.mark(sort, given, bare=True))


def text(reading: Reading, token: Token) -> None:
    r"""\footnotetext[3]{…}: the words of a note whose mark stands elsewhere."""
    given = value(reading.optional())
    if reading.mute:
        reading.argument()
        return
    galley = Galley()
    reading.numbers.text(token.text.removesuffix("text").lower(), given, galley.blocks)
    _open(reading, token, galley)


def repeated(reading: Reading, token: Token) -> None:
    r"""\footref{label}: the mark of another note once more."""
    key = written(reading.argument()).strip()
    if reading.mute:
        return
    label = reading.numbers.labels.get(key, "")
    if label:
        _set_mark(reading, token, reading.numbers.mark("footnote", label, bare=True))


def margin(reading: Reading, token: Token) -> None:
    r"""\marginpar[left]{right}, \marginnote{…}: words in the margin, a note without a number."""
    reading.optional()
    if reading.mute:
        reading.argument()
        return
    reference = reading.numbers.mark("margin", "", bare=False)
    reference.label, reference.number = "", 0
    _set_mark(reading, token, reference)
    galley = Galley()
    reading.numbers.note(reference, galley.blocks)
    _open(reading, token, galley)


def endnotes(reading: Reading, token: Token) -> None:
    r"""\theendnotes, \printendnotes: the heading of the endnotes, where there is none yet."""
    reading.arguments("*o")
    reading.paragraph(token)
    heading = reading.macros.get("enoteheading")
    if heading is not None and not any(
        "section" in t.text or "chapter" in t.text for t in heading.body
    ):
        return
    last = reading.galley.blocks[-1] if reading.galley.blocks else None
    if (last is not None and last.level) or reading.poured:
        return
    reading.poured = True
    own = reading.macros.get("notesname") or reading.macros.get("enotesname")
    words = written(list(own.body)) if own is not None else reading.name_of("notes")
    reading.heading(words, token, 2 if reading.by_chapter else 3)


def label(reading: Reading, token: Token) -> None:
    r"""\label{key}: what \ref{key} will show."""
    key = written(reading.argument()).strip()
    reading.numbers.labels.setdefault(key, reading.numbers.current)


def reference(reading: Reading, token: Token) -> None:
    r"""\ref{key}, \pageref{key}: the number of a note or a section; of pages nothing is known."""
    reading.sign("*")
    key = written(reading.argument()).strip()
    if reading.mute:
        return
    reading.galley.put(token, "?", reading.looks.copy(), GENERATED + " ")
    bit: Bit = reading.galley.bits[-1]
    bit.repair = "reference"
    name = "" if "page" in token.text else key
    reading.numbers.references.append((bit, name))


HANDLERS: Final[dict[str, Callable[[Reading, Token], None]]] = {
    **dict.fromkeys(("footnotemark", "endnotemark", "sidenotemark"), mark),
    **dict.fromkeys(("footnotetext", "endnotetext", "sidenotetext"), text),
    "footref": repeated,
    **dict.fromkeys(("marginpar", "marginnote", "sidepar"), margin),
    **dict.fromkeys(("theendnotes", "printendnotes", "printpagenotes"), endnotes),
    "label": label,
    **dict.fromkeys(
        ("ref", "pageref", "autoref", "nameref", "cref", "Cref", "vref", "labelcref", "autopageref",
         "vpageref", "cpageref"), reference),
}  # fmt: skip
