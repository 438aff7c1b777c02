"""What stands in the line of the words: italics, breaks, readings, gaps, pages, references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scholiast.readers.tei.blocks import entry
from scholiast.readers.tei.notes import reference, says_mark
from scholiast.readers.tei.story import NONE, PENDING, SET
from scholiast.readers.tei.tagged import Field, Pointer, Tagged
from scholiast.readers.tei.textnodes import all_words, attributes
from scholiast.readers.tei.walk import Handle, Walk

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Which of several readings is read: the editors' correction, their spelling, the full word.
_READINGS: Final = ("corr", "reg", "expan", "lem")
#: Elements whose children are fields; what stands between these is no text.
_STRUCTURED: Final = frozenset({"biblStruct", "analytic", "monogr", "series", "imprint"})
#: Elements in which references stand as blocks.
_LISTS: Final = frozenset({"listBibl", "div", "back", "body", "cit"})
#: Fields of a reference that its editors told apart.
_FIELDS: Final = ("title", "author", "editor", "date", "idno", "citedRange", "biblScope",
                  "publisher", "pubPlace")  # fmt: skip


def styled(name: str) -> Handle:
    """Return the function for an element whose words may be set in italics."""

    def handle(walk: Walk, element: _Element) -> None:
        if walk.italic or not walk.styles.italic(element, name):
            walk.content(element)
            return
        story = walk.story
        walk.italic = True
        start = story.length
        walk.content(element)
        walk.italic = False
        story.nodes.append((start, -story.length, "italic", walk.home, None))

    return handle


def line_break(walk: Walk, element: _Element) -> None:
    """A line break; where no word ends at it, the word goes on without its hyphen."""
    if element.get("break") == "no":
        walk.story.join()
    elif walk.story.cells:
        walk.story.blank = PENDING if walk.story.blank != SET else SET
    else:
        walk.story.line_break()


def column_break(walk: Walk, element: _Element) -> None:
    """A new column."""
    if element.get("break") == "no":
        walk.story.join()


def page_break(walk: Walk, element: _Element) -> None:
    """A new page; one that begins inside a note begins in the text at its next mark."""
    edition = element.get("ed") or ""
    if walk.edition is None:
        walk.edition = edition
    elif edition != walk.edition:
        return
    label = (element.get("n") or "").strip()
    if element.get("break") == "no":
        walk.story.join()
    if walk.note is not None:
        walk.waiting.append(label)
        walk.story.page = walk.pages + len(walk.waiting)
        walk.story.after = -1
        return
    for other in walk.waiting:
        if other != label:
            _turn(walk, other)
    walk.waiting.clear()
    _turn(walk, label)


def _turn(walk: Walk, label: str) -> None:
    walk.pages += 1
    story = walk.story
    story.page = walk.pages
    story.after = -1
    at = story.length if story.open else story.next
    story.nodes.append((at, -at, "page", walk.home, {"label": label, "number": walk.pages}))


def choice(walk: Walk, element: _Element) -> None:
    """Several readings of which one is read; the others are kept with it."""
    space = walk.space
    children = [child for child in element if isinstance(child.tag, str)]
    if not children:
        return
    named = {child.tag.removeprefix(space): child for child in reversed(children)}
    chosen = next((named[name] for name in _READINGS if name in named), children[0])
    _blank(walk, element.text)
    for child in children:
        if child is chosen:
            others = [" ".join(all_words(one).split()) for one in children if one is not chosen]
            _read(walk, child, " / ".join(one for one in others if one))
        else:
            walk.skip(child)
        _blank(walk, child.tail)


def _read(walk: Walk, element: _Element, original: str) -> None:
    """Set the reading that was chosen, its segments with the words of the others."""
    story = walk.story
    first = len(story.rows)
    story.after = -1
    handle = walk.table.get(element.tag)
    if handle is None or handle is apart:
        walk.content(element)
    else:
        handle(walk, element)
    if not original:
        return
    for at in range(first, len(story.rows)):
        if at not in story.special and story is walk.story:
            row = story.rows[at]
            end = row[2] + row[1] - row[0]
            story.special[at] = ("repair", "reading", original if at == first else "", end)
    story.after = -1


def _blank(walk: Walk, text: str | None) -> None:
    """Count a text node that is only there to indent the file."""
    if text:
        walk.number += 1
        walk.line += text.count("\n")


def deleted(walk: Walk, element: _Element) -> None:
    """Words that were struck out: kept beside the text."""
    walk.put_aside(element, "repair", "deleted")


def furniture(walk: Walk, element: _Element) -> None:
    """Running heads, signatures, page numbers of the print: tagged as such, no text."""
    walk.put_aside(element, "markup")


def gap(walk: Walk, element: _Element) -> None:
    """Words that the editors left out or could not read."""
    walk.story.supply("[…]", walk.line, max(walk.number, 0), "gap")
    walk.skip(element)


def apart(walk: Walk, element: _Element) -> None:
    """Another reading than the one read."""
    walk.skip(element)


def included(walk: Walk, element: _Element) -> None:
    """A part of the text that stands in another file."""
    walk.outside.append(element.get("href") or "another file")
    walk.skip(element)


def pointer(walk: Walk, element: _Element) -> None:
    """A reference: the mark of a note, or a place in this or another document."""
    told = attributes(element)
    pointing = walk.pointers.get(told)
    if pointing is None:
        pointing = walk.pointers[told] = _pointing(walk, element)
    if pointing.name is not None and reference(walk, element, pointing):
        return
    story = walk.story
    start = story.length
    walk.content(element)
    if walk.cited:
        field(walk, element, "ref", start)
    if pointing.cites is not None:
        story.mentions.append((start, -story.length, pointing.cites))


def _pointing(walk: Walk, element: _Element) -> Pointer:
    """Return what the tag of a reference says."""
    target = element.get("target") or ""
    first = target.split(" ")[0]
    name = first[1:] if first.startswith("#") else None
    cites = bool(target) and (target[0] != "#" or target[1:] in walk.found.divisions)
    return Pointer(
        name, says_mark(element), walk.tagged(element, "citation", "ref") if cites else None
    )


def mention(kind: str, value: str) -> Handle:
    """Return the function for an element that its editors tagged as something said."""

    def handle(walk: Walk, element: _Element) -> None:
        story = walk.story
        if walk.cited:
            parent = element.getparent()
            if parent is not None and parent.tag.removeprefix(walk.space) in _STRUCTURED:
                _divide(walk, element, ", ")
        start = story.length
        walk.content(element)
        tag = walk.tagged(element, kind, value)
        story.mentions.append((start, -story.length, tag))
        if tag.id:
            walk.ids[tag.id] = (story, start, story.length)
        if walk.cited:
            field(walk, element, value, start)

    return handle


def field(walk: Walk, element: _Element, name: str, start: int) -> None:
    """Keep an element of a reference as one of its fields."""
    if walk.cited:
        value = element.get("when") or element.get("target") or element.get("level") or ""
        walk.cited[-1].append((name, start, walk.story.length, value))


def _divide(walk: Walk, element: _Element, mark: str) -> None:
    """Set what divides fields and parts of names that are told apart by their tags alone."""
    story = walk.story
    if story.open and story.length > story.start:
        if mark == " " and story.blank != NONE:
            return
        story.trim()
        last = story.words[-1][-1:]
        story.supply(" " if last in ",.:;(" else mark, walk.line, max(walk.number, 0), "divided")


def name_part(walk: Walk, element: _Element) -> None:
    """A part of a name: a blank divides it from the one before it."""
    before = element.getprevious()
    if before is not None and not before.tail:
        _divide(walk, element, " ")
    walk.content(element)


_title: Final = styled("title")


def cited(name: str) -> Handle:
    """Return the function for a field of a reference."""

    def handle(walk: Walk, element: _Element) -> None:
        parent = element.getparent()
        if parent is not None and parent.tag.removeprefix(walk.space) in _STRUCTURED:
            _divide(walk, element, ", ")
        start = walk.story.length
        if name == "title":
            _title(walk, element)
        else:
            walk.content(element)
        walk.remember(element, start, walk.story.length)
        field(walk, element, name, start)

    return handle


def writer(walk: Walk, element: _Element) -> None:
    """The author as a title page or a division names them."""
    start, end = walk.span(element)
    if walk.note is None:
        walk.writers.append((start, end))
    field(walk, element, "author", start)


def source(walk: Walk, element: _Element) -> None:
    """A reference to a work: an entry where it stands between blocks, else in the line."""
    story = walk.story
    start = story.length
    parent = element.getparent()
    name = parent.tag.removeprefix(walk.space) if parent is not None else ""
    walk.cited.append([])
    if not story.open and not story.cells and name in _LISTS:
        entry(walk, element)
    else:
        walk.content(element)
    fields: list[Field] = walk.cited.pop()
    walk.remember(element, start, story.length)
    told = attributes(element)
    tag = Tagged("citation", "bibl", told, fields=tuple(fields))
    story.mentions.append((start, -story.length, tag))


def said(walk: Walk, element: _Element) -> None:
    """Words of others within the line."""
    story = walk.story
    start = story.length
    walk.content(element)
    story.mentions.append((start, -story.length, walk.tagged(element, "quotation", "")))


INLINE: Final[dict[str, Handle]] = {
    **{
        name: styled(name)
        for name in ("hi", "emph", "foreign", "mentioned", "soCalled", "distinct")
    },
    "lb": line_break,
    "cb": column_break,
    "pb": page_break,
    "choice": choice,
    "app": choice,
    "del": deleted,
    "fw": furniture,
    "gap": gap,
    "rdg": apart,
    "ref": pointer,
    "ptr": pointer,
    "q": said,
    "said": said,
    "cit": said,
    "date": mention("date", "date"),
    "docDate": mention("date", "date"),
    "time": mention("time", "time"),
    "persName": mention("name", "person"),
    "placeName": mention("name", "place"),
    "geogName": mention("name", "place"),
    "orgName": mention("name", "organisation"),
    "name": mention("name", "name"),
    "rs": mention("name", "name"),
    "term": mention("name", "term"),
    "gloss": mention("name", "term"),
    "objectName": mention("name", "object"),
    "eventName": mention("name", "event"),
    **{name: cited(name) for name in _FIELDS if name != "date"},
    "docAuthor": writer,
    **dict.fromkeys(
        ("forename", "surname", "addName", "genName", "nameLink", "roleName"), name_part
    ),
    **dict.fromkeys(("bibl", "biblStruct", "biblFull"), source),
}
