"""A page as blocks and notes; and why a page has none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from scholiast.data import table
from scholiast.packages.hypertext import Element, name
from scholiast.readers.html.content import Content
from scholiast.readers.html.head import Head, head
from scholiast.readers.html.notes import Finder
from scholiast.readers.html.numbers import unnumber
from scholiast.readers.html.plan import Found, Plan
from scholiast.readers.html.targets import Targets
from scholiast.readers.html.tree import Page, Tree, page
from scholiast.readers.html.walk import Pages, Walk
from scholiast.structure.flow.blocks import Block
from scholiast.structure.flow.notes import Note
from scholiast.structure.flow.typed import typed_notes
from scholiast.structure.sections import opening

#: Longer lines head no list of notes.
LONGEST_HEADING: Final = 40
_NUMBERED: Final = re.compile(r"\s*[\[(（［]?\d{1,3}[\])）］.、]")
#: A page with fewer characters that says why it has no text is no article.
SHORT: Final = 1500


@dataclass(slots=True)
class Story:
    """What a page tells."""

    blocks: list[Block]
    notes: list[Note]
    head: Head
    pages: tuple[str, ...]  # the printed numbers of the pages that begin in it


def story(root: Element) -> Story:
    """Return the blocks and notes of a page."""
    one = page(root)
    tree = Tree([one])
    plan = Finder(tree, Targets(tree)).plan()
    content = Content(one, tree, frozenset(plan.notes))
    pages = Pages()
    walk = Walk(one, plan, pages, content.left_out)
    outside = content.title()
    titles = _titles(content, tree, outside)
    walk.titled(titles)
    walk.tells = True
    blocks = walk.run(outside) if outside is not None else []
    blocks = [*blocks, *walk.run(content.main)]
    heading = tree.words(titles[0]) if titles else ""
    met = set(walk.met)
    if any(found not in met for found in plan.notes.values()):
        met |= elsewhere(one, plan, met, content.left_out)
    notes = told_notes(plan, met, blocks)
    blocks, typed = typed_notes(lines_apart(blocks), "")
    return Story(blocks, [*notes, *typed], head(root, heading), tuple(pages.labels))


def lines_apart(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks in which notes typed line by line, under a heading for them, are paragraphs."""
    found: list[Block] = []
    under = False
    for block in blocks:
        if block.level or len(block.text) < LONGEST_HEADING:
            told = opening(" ".join(block.text.split()))
            under = told.kind == "notes" if told.strong or block.level else under
        lines = block.text.split("\n") if under and not block.table else []
        numbered = [line for line in lines if _NUMBERED.match(line)]
        found.extend(_lines(block) if len(numbered) > 1 else [block])
    return found


def _lines(block: Block) -> Iterator[Block]:
    """Yield the lines of a block as blocks; a line without a number goes with the one before."""
    part = replace(block, bits=[])
    for at, bit in enumerate(block.bits):
        following = "".join(one.text for one in block.bits[at + 1 : at + 4] if one.shown)
        if bit.text == "\n" and bit.paragraph < 0 and _NUMBERED.match(following):
            yield part
            part = replace(block, bits=[])
        else:
            part.bits.append(bit)
    yield part


def elsewhere(one: Page, plan: Plan, met: set[Found], out: set[Element]) -> set[Found]:
    """Walk through a page for the notes that stand outside its text; return those met."""
    rest = Walk(one, plan, Pages(), out)
    rest.met |= met
    rest.run(one.root, notes_only=True)
    return rest.met


def told_notes(plan: Plan, met: set[Found], blocks: Sequence[Block]) -> list[Note]:
    """Return the notes of a text: those its marks call, and uncalled ones that stand among them."""
    bits = (bit for block in blocks for bit in block.bits)
    called = {bit.reference.id for bit in bits if bit.reference is not None}
    found = [one for one in plan.notes.values() if one in met]
    any_called = any(one.note.id in called for one in found)
    notes: list[Note] = []
    for one in found:
        if one.note.id in called or (not one.calls and any_called):
            unnumber(one)
            notes.append(one.note)
    return [*notes, *(note for note in plan.held.values() if note.blocks)]


def _titles(content: Content, tree: Tree, outside: Element | None) -> list[Element]:
    """Return the headings that are the title of the whole: the only h1, before any other."""
    if outside is not None:
        return [outside]
    headings = [
        e
        for e in tree.inside(content.main)
        if name(e) in ("h1", "h2", "h3", "h4", "h5", "h6") and tree.ink(e)
    ]
    firsts = [e for e in headings if name(e) == "h1"]
    return firsts if len(firsts) == 1 and headings[0] is firsts[0] else []


def why_no_text(root: Element, text: str, title: str) -> str:
    """Return why a page holds no text of an author, "" where it does."""
    kinds = {name(e) for e in root.iter()}
    words = f"{title} {text}".casefold()
    if len(text) < SHORT:
        for phrases in table("html")["no_text"].values():
            told = next((phrase for phrase in phrases if phrase in words), "")
            if told and (len(text) < SHORT // 3 or told in title.casefold()):
                return (
                    f"the page holds no article but a notice (“{told}”): open the article in a "
                    "browser and save that page"
                )
    if text.strip():
        return ""
    if "frameset" in kinds or "frame" in kinds:
        return (
            "the page only holds frames, and its text is in other files: open the frame with the "
            "text by itself and save that page"
        )
    if "script" in kinds:
        return (
            "no text was found in the page; it may be fetched by a script: open it in a browser "
            "and save it as a complete page"
        )
    return "no text was found in the page: save the page of the article itself"
