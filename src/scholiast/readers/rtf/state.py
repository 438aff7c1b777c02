"""What holds inside a group of RTF, and ends with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from scholiast.structure.flow.blocks import Block, Indent
from scholiast.structure.flow.style_names import begins, folded, heading_depth, names


@dataclass(slots=True)
class State:
    """The settings of a group; ``place`` is what its words are: text, or something else."""

    place: str = "text"  # or "skip", "font", "style", "info", "field"
    optional: bool = False  # the group began with \*
    italic: bool = False
    bold: bool = False
    hidden: bool = False
    raised: bool = False
    deleted: bool = False
    crossing: bool = False  # the result of a field that repeats the number of a note
    font: int = -1
    double_font: int = -1
    double: bool = False  # \dbch: the characters of the other font follow
    fallback: int = 1  # \uc: how many characters stand for one that is told by its code
    alternatives: bool = False  # \upr: two forms of the same words
    # of the paragraph
    style: int = 0
    outline: int = -1
    left: int = 0
    right: int = 0
    first: int = 0
    centred: bool = False
    table: bool = False
    depth: int = 0  # of the table: 2 for one in a cell of another
    list: str = ""

    def opened(self) -> State:
        """Return the state of a group that begins in this one."""
        return replace(self, optional=False, alternatives=False)

    def plain(self) -> None:
        """Set the words back to how they are by themselves."""
        self.italic = self.bold = self.hidden = self.raised = self.deleted = False
        self.double = False
        self.font = self.double_font = -1

    def paragraph(self) -> None:
        """Set the paragraph back to how it is by itself."""
        self.style = self.left = self.right = self.first = 0
        self.outline, self.centred, self.list = -1, False, ""
        self.table, self.depth = False, 0


@dataclass(slots=True)
class Style:
    """A paragraph style: its folded name, the one it is based on, what it sets."""

    name: str = ""
    based: int = -1
    italic: bool = False
    outline: int = -1


@dataclass(slots=True)
class Sheet:
    """The paragraph styles of a file by their numbers."""

    styles: dict[int, Style] = field(default_factory=dict)

    def name(self, number: int, name: str) -> None:
        """Give a style its name."""
        self.styles.setdefault(number, Style()).name = folded(name.strip().rstrip(";"))

    def chain(self, number: int) -> list[Style]:
        """Return a style and those it is based on, the nearest first."""
        found: list[Style] = []
        seen: set[int] = set()
        while number in self.styles and number not in seen and len(found) < 30:
            seen.add(number)
            found.append(self.styles[number])
            number = found[-1].based
        return found

    def is_a(self, number: int, sort: str) -> bool:
        """Return whether a style, or one it is based on, has a name of this sort."""
        for style in self.chain(number):
            if style.name in names(sort):
                return True
            if style.name in names("plain"):
                break
        return False

    def level(self, state: State) -> int:
        """Return the depth of a heading, 0 for a paragraph that is none."""
        if state.outline >= 0:
            return state.outline + 1 if state.outline < 9 else 0
        for style in self.chain(state.style):
            if style.name in names("plain") or begins(style.name, "contents"):
                return 0
            if style.outline >= 0:
                return style.outline + 1 if style.outline < 9 else 0
            if depth := heading_depth(style.name):
                return depth
        return 0

    def block(self, state: State) -> Block:
        """Return an empty block with what a paragraph's settings say."""
        first = self.chain(state.style)[:1]
        contents = any(begins(style.name, "contents") for style in first)
        title = self.is_a(state.style, "title")
        return Block(
            style=str(state.style),
            level=0 if contents or title else self.level(state),
            title=title,
            author=self.is_a(state.style, "author"),
            quote=self.is_a(state.style, "quote"),
            contents=contents,
            note=self.is_a(state.style, "notes"),
            centred=state.centred,
            itemised=any(begins(style.name, "list") for style in first),
            list=state.list,
            indent=Indent(state.left, state.right, state.first),
        )
