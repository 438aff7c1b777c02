"""The one walk through a file: which element sets what is said by a table of functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from scholiast.readers.tei.header import ID, Styles
from scholiast.readers.tei.notes import Callout, Found, Note, anchored
from scholiast.readers.tei.story import Story
from scholiast.readers.tei.tagged import Attributes, Pointer, Tagged
from scholiast.readers.tei.textnodes import all_words, count
from scholiast.structure.sections import opening

if TYPE_CHECKING:
    from lxml.etree import _Element


Handle = Callable[["Walk", "_Element"], None]

#: Kinds of block: what is set under them becomes a paragraph, a heading, an entry.
PARAGRAPH: Final = "paragraph"
HEADING: Final = "heading"
ENTRY: Final = "entry"
NOTHING: Final = ""


@dataclass(slots=True)
class Section:
    """A division while it is read."""

    id: str
    parent: str
    level: int
    start: int
    end: int = 0
    role: str = ""  # as its @type tells
    title: str = ""
    authors: tuple[str, ...] = ()
    affiliation: str = ""
    strong: bool = False  # its kind is known
    named: bool = False  # its title stands in the text


@dataclass(slots=True)
class Walk:
    """Where the walk stands, and what it gathered."""

    table: dict[Any, Handle]
    space: str
    styles: Styles
    found: Found  # the notes that stand apart from their marks, and their marks
    story: Story = field(default_factory=Story)
    number: int = -1  # of the last text node
    line: int = 1
    kind: str = PARAGRAPH
    italic: bool = False
    pages: int = 0
    labels: list[str] = field(default_factory=list)  # printed numbers of the pages
    home: str = "s1"
    sections: list[Section] = field(default_factory=list)
    opened: list[Section] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)  # in the order of the walk
    callouts: list[Callout] = field(default_factory=list)
    note: Note | None = None  # the note that is being read
    writers: list[tuple[int, int]] = field(default_factory=list)  # spans of authors' names
    titles: list[str] = field(default_factory=list)  # of title pages
    ids: dict[str, tuple[Story, int, int]] = field(default_factory=dict)  # spans pointed to
    speakers: list[list[Any]] = field(default_factory=list)  # start, end, label, parent
    outside: list[str] = field(default_factory=list)  # files that stand for a part of the text
    waiting: list[str] = field(default_factory=list)  # pages that began inside notes
    edition: str | None = None  # whose pages are counted
    tags: dict[Any, Tagged] = field(default_factory=dict)  # by all that they say
    pointers: dict[Attributes, Pointer] = field(default_factory=dict)
    cited: list[list[Any]] = field(default_factory=list)  # fields of the references around

    def content(self, element: _Element) -> None:
        """Set what stands in an element."""
        text = element.text
        if text:
            self.number = number = self.number + 1
            if "\n" in text:
                self.lines(text, number)
            else:
                self.story.say(text, self.line, number)
        if not len(element):
            return
        handles = self.table
        anchors = self.found.anchors
        for child in element:
            line: Any = child.sourceline
            self.line = line or self.line
            handle = handles.get(child.tag)
            if anchors and child.get(ID) in anchors:
                anchored(self, child, child.get(ID) or "")
            elif handle is None:
                self.content(child)
            else:
                handle(self, child)
            text = child.tail
            if text:
                self.number = number = self.number + 1
                if "\n" in text:
                    self.lines(text, number)
                else:
                    self.story.say(text, self.line, number)

    def lines(self, text: str, number: int) -> None:
        """Set a text node of several lines; between blocks most only indent the file."""
        story = self.story
        if story.open or not text.isspace():
            story.fold(text, self.line, number)
        self.line += text.count("\n")

    def skip(self, element: _Element) -> None:
        """Leave an element out."""
        self.number += count(element)

    def put_aside(self, element: _Element, role: str, repair: str = "") -> None:
        """Leave an element out, but keep its words and their place."""
        at, line = self.number + 1, self.line
        self.number += count(element)
        original = " ".join(all_words(element).split())
        text = element.text or ""
        end = len(text) if text else 0
        if original and self.number >= at:
            self.story.aside(role, repair, original, (0, end, line, at))

    def close(self) -> None:
        """End the block that is open, and say what it was."""
        story = self.story
        if not story.open:
            return
        start = story.close()
        if start >= 0 and self.note is None and self.kind:
            kind, end = self.kind, -story.length
            if kind == ENTRY:
                story.nodes.append((start, end, PARAGRAPH, self.home, None))
            story.nodes.append((start, end, kind, self.home, None))

    def block(self, element: _Element, kind: str) -> None:
        """Set an element as a block of a kind (or several, if blocks stand in it)."""
        if self.story.open:
            self.close()
        before, self.kind = self.kind, kind
        self.content(element)
        self.close()
        self.kind = before

    def span(self, element: _Element) -> tuple[int, int]:
        """Set the words of an element; return where they begin and end (blanks perhaps around)."""
        story = self.story
        start = story.length
        self.content(element)
        return start, story.length

    def remember(self, element: _Element, start: int, end: int) -> None:
        """Keep the words of an element that others may point to."""
        name = element.get(ID)
        if name:
            self.ids[name] = (self.story, start, end)

    def tagged(self, element: _Element, kind: str, role: str) -> Tagged:
        """Return what the tag of an element says of a mention."""
        told: Any = tuple(element.items())
        key = (role or kind, told)
        tag = self.tags.get(key)
        if tag is None:
            name = element.get(ID) or "" if told else ""
            tag = self.tags[key] = Tagged(kind, role, told, name)
        return tag

    # --- sections --------------------------------------------------------------

    def enter(self, *, role: str = "", title: str = "", named: bool = False) -> Section:
        """Begin a section."""
        self.close()
        if not self.sections and self.story.length:
            self.sections.append(Section("s1", "", 1, 0, self.story.length, "article", strong=True))
        section = Section(
            f"s{len(self.sections) + 1}",
            self.opened[-1].id if self.opened else "",
            len(self.opened) + 1,
            self.story.next,
            role=role,
            title=title,
            named=named,
        )
        self.sections.append(section)
        self.opened.append(section)
        self.home = section.id
        return section

    def leave(self, section: Section) -> None:
        """End a section."""
        self.close()
        section.end = self.story.length
        self.opened.pop()
        if self.opened:
            self.home = self.opened[-1].id

    def entitle(self, section: Section, title: str) -> None:
        """Give a section its title, and what the words of it tell."""
        told = opening(title)
        section.title = title
        section.named = True
        section.strong = told.strong or bool(section.role)
        if told.strong or not section.role:
            section.role = told.kind
        section.authors = told.authors or section.authors
        section.affiliation = told.affiliation
