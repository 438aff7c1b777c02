"""The pages of a book as one flow of blocks, and the notes of all of them."""

from __future__ import annotations

from scholiast.packages.hypertext import Element, content, name
from scholiast.readers.epub.contents import headings
from scholiast.readers.epub.package import Book
from scholiast.readers.html.content import out_of_book
from scholiast.readers.html.head import Head
from scholiast.readers.html.notes import Finder
from scholiast.readers.html.plan import Found
from scholiast.readers.html.story import Story, elsewhere, told_notes
from scholiast.readers.html.targets import Targets
from scholiast.readers.html.tree import Tree, page
from scholiast.readers.html.walk import Pages, Walk
from scholiast.structure.flow.blocks import Block
from scholiast.structure.flow.typed import typed_notes


def story(book: Book) -> Story:
    """Return the blocks and notes of a book.

    Pages that are not read in turn (``linear="no"``) give their notes alone.
    """
    pages = [page(member.root, member.name, member.css) for member in book.members]
    tree = Tree(pages)
    plan = Finder(tree, Targets(tree)).plan()
    kept = frozenset(plan.notes)
    counts = Pages()
    blocks: list[Block] = []
    met: set[Found] = set()
    titles = _titles([one.root for one in pages])
    outs = [out_of_book(one, tree, kept) for one in pages]
    for one, member, out in zip(pages, book.members, outs, strict=True):
        if member.linear:
            walk = Walk(one, plan, counts, out)
            walk.titled(titles)
            walk.headed(headings(book.contents, member.name, member.root, book.title))
            blocks += walk.run(one.root)
            met |= walk.met
    for one, out in zip(pages, outs, strict=True):
        missed = [f for f in plan.notes.values() if f not in met and tree.home(f.start) is one]
        if missed:
            met |= elsewhere(one, plan, met, out)
    notes = told_notes(plan, met, blocks)
    blocks, typed = typed_notes(blocks, book.members[0].name if book.members else "")
    return Story(blocks, [*notes, *typed], Head(), tuple(counts.labels))


def _titles(roots: list[Element]) -> list[Element]:
    """Return the heading of the whole book: its only h1, before any other heading."""
    headings = [
        e
        for root in roots
        for e in root.iter()
        if name(e) in ("h1", "h2", "h3", "h4", "h5", "h6") and content(e).strip()
    ]
    firsts = [e for e in headings if name(e) == "h1"]
    return firsts if len(firsts) == 1 and headings[0] is firsts[0] else []
