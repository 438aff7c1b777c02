"""The structure of a page that was set: sections, notes with their calls, turns of speech."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from scholiast.model import Node
from scholiast.readers.markdown.numbers import Numbered, printed
from scholiast.readers.markdown.setting import Page, SetNote
from scholiast.structure.assembly import ordered_nodes
from scholiast.structure.sections import sections
from scholiast.structure.turns import turns


def nodes(page: Page, numbers: Numbered, title: str, authors: tuple[str, ...]) -> tuple[Node, ...]:
    """Return all nodes of a page, each with its section, in reading order."""
    parts = sections(page.headings, page.body_end, title=title, authors=authors)
    places = _Places(parts, page, numbers)
    headings = [
        Node("heading", h.start, h.end, level=h.level, title=h.title) for h in page.headings
    ]
    placed = [n._replace(parent=places.section(n.start)) for n in [*headings, *page.nodes]]
    paragraphs = [node for node in placed if node.kind == "paragraph"]
    entries = [p._replace(kind="entry") for p in paragraphs if places.listed(p.parent)]
    spoken = [p for p in paragraphs if not places.listed(p.parent)]
    noted = [*places.callouts(), *places.notes()]
    return ordered_nodes([*parts, *placed, *entries, *noted, *turns(page.text, spoken)])


class _Places:
    """Which section a position belongs to; which notes and calls belong together."""

    def __init__(self, parts: Sequence[Node], page: Page, numbers: Numbered) -> None:
        self.page = page
        self.numbers = numbers
        self._starts = [part.start for part in parts]
        self._parts = parts
        self._lists = _bibliographies(parts)
        self._note_starts = [one.start for one in page.notes]
        self._ids = {id(one.note): f"n{n}" for n, one in enumerate(page.notes, 1)}
        self._first: dict[str, int] = {}  # id of a note -> index of its first call
        for index, call in enumerate(page.calls):
            self._first.setdefault(self._link(call.label), index)
        self._sections = self._sections_of_notes()

    def section(self, position: int) -> str:
        """Return the id of the innermost section of a position; of one in a note, the note's."""
        at = bisect_right(self._note_starts, position) - 1
        if at >= 0:
            return self._sections[at]
        return self._body_section(position)

    def _body_section(self, position: int) -> str:
        at = bisect_right(self._starts, position) - 1
        return self._parts[at].id if at >= 0 else ""

    def listed(self, section: str) -> bool:
        """Return whether a section is, or lies in, a bibliography."""
        return section in self._lists

    def _link(self, label: str) -> str:
        """Return the id of the note that a label calls, or an empty string."""
        answer = self.numbers.answers.get(label)
        return self._ids[id(answer)] if answer is not None else ""

    def _sections_of_notes(self) -> list[str]:
        """Return the section of each note: that of its first call, or of its neighbour.

        Notes are in the order of their calls, so a note that another note
        calls comes after that one.
        """
        found: list[str | None] = []
        for number, one in enumerate(self.page.notes):
            first = self._first.get(self._ids[id(one.note)])
            call = self.page.calls[first] if first is not None and self._answers(one) else None
            if call is not None and call.inside < 0:
                found.append(self._body_section(call.position))
            elif call is not None and call.inside < number:
                found.append(found[call.inside])
            else:
                found.append(found[-1] if found else None)
        known = next((section for section in found if section is not None), None)
        return [
            section if section is not None else known or self._body_section(one.defined_at)
            for section, one in zip(found, self.page.notes, strict=True)
        ]

    def _answers(self, one: SetNote) -> bool:
        """Return whether a note is the one its label calls, not a second with that label."""
        return self.numbers.answers.get(one.note.label) is one.note

    def callouts(self) -> list[Node]:
        """Return the note marks, each linked to the note it calls."""
        found: list[Node] = []
        for n, call in enumerate(self.page.calls, 1):
            number = self.numbers.numbers.get(call.label, 0)
            found.append(
                Node(
                    "callout",
                    call.position,
                    call.position,
                    f"c{n}",
                    parent=self._of_call(n - 1),
                    label=str(number) if number else call.label,
                    number=number,
                    title=printed(call.label),
                    link=self._link(call.label),
                )
            )
        return found

    def _of_call(self, index: int) -> str:
        call = self.page.calls[index]
        if call.inside >= 0:
            return self._sections[call.inside]
        return self._body_section(call.position)

    def notes(self) -> list[Node]:
        """Return the notes, each linked to its first call."""
        found: list[Node] = []
        for one in self.page.notes:
            id_ = self._ids[id(one.note)]
            number = self.numbers.numbers.get(one.note.label, 0)
            first = self._first.get(id_) if self._answers(one) else None
            found.append(
                Node(
                    "note",
                    one.start,
                    one.end,
                    id_,
                    parent=self._sections[len(found)],
                    label=str(number) if number else one.note.label,
                    number=number,
                    role="endnote" if one.note.endnote else "footnote",
                    title=printed(one.note.label),
                    link=f"c{first + 1}" if first is not None else "",
                )
            )
        return found


def _bibliographies(parts: Sequence[Node]) -> frozenset[str]:
    """Return the ids of the bibliographies and of the sections within them."""
    found: set[str] = set()
    for part in parts:
        if part.role == "bibliography" or part.parent in found:
            found.add(part.id)
    return frozenset(found)
