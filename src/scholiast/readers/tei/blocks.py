"""What divides a text: divisions, headings, paragraphs, lists, tables, verse, speeches."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from scholiast.data import table
from scholiast.readers.tei.header import header, words
from scholiast.readers.tei.notes import listed, note
from scholiast.readers.tei.story import PENDING, SET
from scholiast.readers.tei.textnodes import all_words, child
from scholiast.readers.tei.walk import ENTRY, HEADING, PARAGRAPH, Handle, Section, Walk

if TYPE_CHECKING:
    from lxml.etree import _Element

_DIVISIONS: Final = (
    *("div", *(f"div{n}" for n in range(8)), "body", "front", "back", "text", "titlePage"),
    "floatingText",
)
#: Elements that make a quotation one of blocks.
_BLOCKS: Final = ("p", "lg", "l", "ab", "list", "table", "sp", "quote", "floatingText", "head")


def paragraph(walk: Walk, element: _Element) -> None:
    """A paragraph, or what is set like one."""
    if walk.found.apart and listed(walk, element):
        return
    kind = walk.kind
    walk.block(element, PARAGRAPH if kind == HEADING else kind)


@cache
def _types() -> dict[str, str]:
    """Return the kinds of section by the types of divisions."""
    return {one: kind for kind, types in table("tei")["sections"].items() for one in types}


def division(walk: Walk, element: _Element) -> None:
    """A division: a section where it has a heading, or a type that says what it is."""
    walk.close()
    kind = (element.get("type") or "").lower()
    headed = child(element, walk.space, "head") is not None
    role = _types().get(kind, "")
    if walk.note is not None or not (headed or role or (kind and element.get("n"))):
        walk.content(element)
        walk.close()
        return
    section = walk.enter(role=role)
    if not headed and element.get("n"):
        section.title = f"{kind} {element.get('n')}".strip()
    _inside(walk, element, section)


def _inside(walk: Walk, element: _Element, section: Section) -> None:
    """Read a section; what follows the last one stays with it."""
    kind = walk.kind
    walk.kind = ENTRY if section.role == "bibliography" else PARAGRAPH
    walk.content(element)
    walk.leave(section)
    walk.kind = kind


def part(walk: Walk, element: _Element) -> None:
    """The body, the front or the back: a section where it has a heading of its own."""
    if walk.note is None and child(element, walk.space, "head") is not None:
        division(walk, element)
        return
    walk.close()
    walk.content(element)
    walk.close()


def heading(walk: Walk, element: _Element) -> None:
    """A heading: of a division, or of a list, a table, a poem (then it is a paragraph)."""
    parent = element.getparent()
    name = parent.tag.removeprefix(walk.space) if parent is not None else ""
    if _running(element):
        walk.close()
        walk.put_aside(element, "markup")
        return
    if name not in _DIVISIONS or walk.note is not None or walk.story.cells:
        walk.block(element, PARAGRAPH)
        return
    walk.close()
    story, section = walk.story, walk.opened[-1] if walk.opened else None
    before, at = len(story.nodes), story.next
    walk.kind, kind = "", walk.kind
    walk.content(element)
    walk.close()
    walk.kind = kind
    if story.length <= at:
        return
    title = " ".join("".join(story.words[story.first :]).split())
    level = len(walk.opened) or 1
    story.nodes.insert(
        before, (at, -story.length, HEADING, walk.home, {"level": level, "title": title})
    )
    if section is not None and not section.named:
        walk.entitle(section, title)
        if section.role == "bibliography":
            walk.kind = ENTRY


def _running(element: _Element) -> bool:
    kind = (element.get("type") or "").lower()
    return bool(kind) and any(one in kind for one in table("tei")["heads"]["running"])


def title_page(walk: Walk, element: _Element) -> None:
    """The title of a title page."""
    walk.close()
    story = walk.story
    at = story.next
    walk.kind, kind = "", walk.kind
    walk.content(element)
    walk.close()
    walk.kind = kind
    if story.length > at:
        title = " ".join("".join(story.words[story.first :]).split())
        walk.titles.append(title)
        story.nodes.append((at, -story.length, HEADING, walk.home, {"level": 1, "title": title}))


def title_part(walk: Walk, element: _Element) -> None:
    """A part of a title: the main one is a heading."""
    if (element.get("type") or "main").lower() in ("main", "volume", "volumetitle", "complete"):
        title_page(walk, element)
    else:
        walk.block(element, PARAGRAPH)


def corpus(walk: Walk, element: _Element) -> None:
    """A text of a corpus, with a header of its own: a section with the title it gives."""
    if element.getparent() is None:
        walk.content(element)
        return
    told = header(element, walk.space)
    section = walk.enter(role="article", title=told.title)
    section.authors = told.authors
    section.named = section.strong = True
    _inside(walk, element, section)


def skipped(walk: Walk, element: _Element) -> None:
    """What is no text: the header, descriptions of figures, what stands off."""
    walk.skip(element)


def fresh(walk: Walk, element: _Element) -> None:
    """An element around blocks: it ends the block before it and is set as it comes."""
    walk.close()
    walk.content(element)
    walk.close()


def group(kind: str) -> Handle:
    """Return the function for an element whose blocks are one list, table or quotation."""

    def handle(walk: Walk, element: _Element) -> None:
        walk.close()
        story = walk.story
        if story.cells:
            walk.content(element)
            return
        start = story.next
        before = walk.kind
        walk.kind = PARAGRAPH if kind != "list" or before != ENTRY else ENTRY
        walk.content(element)
        walk.close()
        walk.kind = before
        if story.length > start and walk.note is None:
            story.nodes.append((start, -story.length, kind, walk.home, None))

    return handle


listing: Final = group("list")
_quoted: Final = group("quote")


def inner_list(walk: Walk, element: _Element) -> None:
    """A list; one inside another belongs to it."""
    parent = element.getparent()
    if _run_on(element):
        walk.content(element)
    elif parent is not None and parent.tag == f"{walk.space}item":
        fresh(walk, element)
    else:
        listing(walk, element)


def _run_on(element: _Element | None) -> bool:
    """Return whether a list stands within the line of the words."""
    if element is None:
        return False
    rend, kind = element.get("rend"), element.get("type")
    if rend is None and kind is None:
        return False
    told = f"{rend or ''} {kind or ''}".lower()
    return "inline" in told or "run-on" in told or "runon" in told


def label(walk: Walk, element: _Element) -> None:
    """The label of an item stands in its line; at the beginning of a note it is its mark."""
    story = walk.story
    if walk.note is not None and not story.length and not story.open:
        walk.put_aside(element, "mark")
        return
    following = element.getnext()
    parent = element.getparent()
    if parent is not None and parent.tag == f"{walk.space}figure":
        walk.put_aside(element, "markup")  # its number, which the caption has too
        return
    listed = parent is not None and parent.tag == f"{walk.space}list"
    if not listed or _run_on(parent):
        walk.content(element)
        return
    walk.close()
    walk.content(element)
    if following is not None and story.open and story.blank != SET:
        story.blank = PENDING


def item(walk: Walk, element: _Element) -> None:
    """An item of a list: a paragraph, with the label before it."""
    if walk.found.apart and listed(walk, element):
        return
    before = element.getprevious()
    if _run_on(element.getparent()):
        walk.content(element)
    elif before is not None and before.tag == f"{walk.space}label":
        walk.content(element)
        walk.close()
    else:
        walk.block(element, walk.kind)


def row(walk: Walk, element: _Element) -> None:
    """A row of a table: a paragraph, its cells divided by tabs."""
    story = walk.story
    walk.close()
    if story.cells or not all_words(element).strip():
        walk.content(element)
        return
    story.begin()
    kind, walk.kind = walk.kind, PARAGRAPH
    story.cells = 1
    walk.content(element)
    story.cells = 0
    story.blank = SET  # so that blanks at the end are taken off
    walk.close()
    walk.kind = kind


def cell(walk: Walk, element: _Element) -> None:
    """A cell of a row."""
    story = walk.story
    if not story.cells:
        walk.block(element, walk.kind)
        return
    if story.cells > 1:
        story.trim()
        story.words.append("\t")
        story.length += 1
    story.blank = SET
    story.cells += 1
    before = story.cells
    walk.content(element)
    story.cells = before


def quotation(walk: Walk, element: _Element) -> None:
    """A quotation: of blocks where it stands between them or holds some, else within the line."""
    story = walk.story
    start = story.length
    block = not story.open and not story.cells and _alone(element, walk.space)
    block = block or child(element, walk.space, *_BLOCKS) is not None
    if block or "block" in (element.get("rend") or ""):
        _quoted(walk, element)
    else:
        walk.content(element)
    story.mentions.append((start, -story.length, walk.tagged(element, "quotation", "")))


def _alone(element: _Element, space: str) -> bool:
    """Return whether a quotation stands between blocks, or fills a paragraph of its own."""
    parent = element.getparent()
    name = parent.tag.removeprefix(space) if parent is not None else ""
    if name == "cit" and parent is not None:
        around = parent.getparent()
        name = around.tag.removeprefix(space) if around is not None else ""
    return name in _DIVISIONS or name in ("figure", "sp", "epigraph", "lg")


def speech(walk: Walk, element: _Element) -> None:
    """A speech: a turn of the speaker that is named in it."""
    walk.close()
    story = walk.story
    start = story.next
    name = child(element, walk.space, "speaker")
    told = words(name) if name is not None else (element.get("who") or "")
    walk.content(element)
    walk.close()
    if story.length > start and walk.note is None and told:
        walk.speakers.append([start, story.length, re.sub(r"[\s.:,]+$", "", told), walk.home])


def segment(walk: Walk, element: _Element) -> None:
    """A stretch of words; in a transcript it is a paragraph."""
    parent = element.getparent()
    if parent is not None and parent.tag == f"{walk.space}u":
        walk.block(element, PARAGRAPH)
    else:
        walk.content(element)


def verse(walk: Walk, element: _Element) -> None:
    """A line of verse: a line of its stanza."""
    walk.story.line_break()
    walk.content(element)


def stage(walk: Walk, element: _Element) -> None:
    """A direction: within a speech it stands in the line."""
    if walk.story.open:
        walk.content(element)
    else:
        paragraph(walk, element)


def entry(walk: Walk, element: _Element) -> None:
    """An entry of a bibliography."""
    walk.block(element, ENTRY if walk.note is None else walk.kind)


#: The elements by their names; those that are not named stand in the line of the words.
BLOCKS: Final[dict[str, Handle]] = {
    **dict.fromkeys(("div", *(f"div{n}" for n in range(8))), division),
    **dict.fromkeys(("body", "front", "back"), part),
    **dict.fromkeys(
        ("p", "ab", "byline", "dateline", "salute", "signed", "closer", "opener", "trailer",
         "argument", "epigraph", "postscript", "docImprint", "docEdition", "imprimatur",
         "speaker", "castItem", "witness", "address", "addrLine", "performance",
         "set", "entryFree", "caption", "category", "person", "place", "org"),
        paragraph,
    ),
    **dict.fromkeys(
        ("text", "group", "titlePage", "lg", "floatingText", "castList", "castGroup", "listWit",
         "listPerson", "listPlace", "listOrg", "listBibl", "listEvent", "figure", "divGen",
         "noteGrp", "listAnnotation", "entry"),
        fresh,
    ),
    **dict.fromkeys(
        ("teiHeader", "figDesc", "graphic", "media", "standOff", "interp", "interpGrp", "spanGrp",
         "span", "timeline", "fs", "fvLib", "fLib", "linkGrp", "link", "index", "facsimile",
         "sourceDoc", "desc", "metamark", "xenoData", "certainty", "precision", "respons",
         "alt", "altGrp", "join", "joinGrp", "witDetail", "listApp"),
        skipped,
    ),
    "TEI": corpus,
    "TEI.2": corpus,
    "head": heading,
    "docTitle": fresh,
    "titlePart": title_part,
    "list": inner_list,
    "item": item,
    "label": label,
    "table": group("table"),
    "row": row,
    "cell": cell,
    "quote": quotation,
    "sp": speech,
    "u": speech,
    "seg": segment,
    "l": verse,
    "stage": stage,
    "note": note,
}  # fmt: skip
