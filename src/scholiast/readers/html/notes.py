"""The notes of the pages: their marks, their extents, and what in them is no word of theirs.

A link within a note is text; a note that no mark calls is kept where it stands
among called ones.
"""

from __future__ import annotations

import re
from typing import Final

from scholiast.packages.hypertext import Element, name
from scholiast.readers.html.attributes import held
from scholiast.readers.html.calls import Calls
from scholiast.readers.html.extents import Extents
from scholiast.readers.html.links import LONGEST, Links
from scholiast.readers.html.marks import is_call, number, sign
from scholiast.readers.html.own_marks import own_marks
from scholiast.readers.html.plan import Call, Found, Plan
from scholiast.readers.html.targets import Targets
from scholiast.readers.html.tree import Tree, blocks, classes, words
from scholiast.structure.flow.bits import Reference
from scholiast.structure.flow.notes import Note

#: The names of remarks of colleagues: Google's and Word's.
_REMARK: Final = re.compile(r"cmnt(?:_ref)?\d|_mso(?:com|anchor)_\d")


class Finder:
    """Finds the notes of a tree."""

    def __init__(self, tree: Tree, targets: Targets) -> None:
        self.links = Links(tree, targets)
        self.callers = Calls(self.links)
        self.extents = Extents(self.links)

    def plan(self) -> Plan:
        """Return the plan of the notes."""
        plan = Plan()
        self._remarks(plan)
        calls = [call for call in self.callers.calls() if call.element not in plan.gone]
        found = self.extents.notes(calls)
        calls = self.extents.outside(calls, found)
        by_target = {target: one for one in found for target in one.targets}
        called: set[Found] = set()
        for call in calls:
            home = by_target.get(call.target) if call.target is not None else None
            if home is not None:
                home.number = home.number or call.sign.number
                called.add(home)
        # With a called note go those of the same name.
        names = {one.note.id for one in called}
        found = [one for one in found if one.note.id in names]
        found.sort(key=lambda one: self.links.tree.start[one.start])
        self.extents.bound(found)
        found += self.extents.uncalled(found)
        found.sort(key=lambda one: self.links.tree.start[one.start])
        self.extents.same_words(found, plan)
        for one in found:
            plan.notes[one.start] = one
        for call in calls:
            self._set(call, by_target.get(call.target) if call.target is not None else None, plan)
        self._inline(plan)
        self._held(plan)
        for one in plan.notes.values():
            plan.marks |= own_marks(self.links, one)
        return plan

    def _remarks(self, plan: Plan) -> None:
        """Drop what colleagues remarked in a word processor, and the marks of it."""
        for link in self.links.all:
            for target in self.links.leading[link]:
                own = target.get("id") or target.get("name") or ""
                if _REMARK.match(own):
                    plan.gone.add(self.links.whole(link))
                    if not own.startswith(("cmnt_ref", "_msoanchor")):
                        holder = self.links.holder(target)
                        parent = holder.getparent()
                        full = parent is not None and self.links.tree.ink(
                            parent
                        ) == self.links.tree.ink(holder)
                        plan.gone.add(parent if full and parent is not None else holder)

    def _set(self, call: Call, one: Found | None, plan: Plan) -> None:
        """Make an element, or the wrapper that holds nothing else, a mark."""
        element = self.links.whole(call.element)
        read = call.sign
        label, count = read.label, read.number
        if not label and one is not None:
            label = self.extents.number_of(one.start)
            count = number(label)
        note = one.note if one is not None else None
        reference = Reference(
            note.sort if note else "footnote",
            note.id if note else f"{call.key[0]}#{call.key[1]}",
            label,
            count,
            custom=bool(read.label),
        )
        plan.calls[element] = reference
        if one is not None:
            one.calls.append(call.element)
            one.label = one.label or label

    def _inline(self, plan: Plan) -> None:
        """Add the notes that stand within the text with no link to them."""
        claimed = set(plan.notes) | plan.gone
        inline = words("notes", "inline")
        count = 0
        for element in self.links.tree.ordered:
            if (
                not isinstance(element.tag, str)
                or not element.get("class")
                or not (classes(element) & inline)
            ):
                continue
            if (
                element in claimed
                or name(element) in ("a", "sup", "label", "button", "input", "li", "ol")
                or not self.links.tree.ink(element)
            ):
                continue
            around = next((one for one in element.iterancestors() if one in claimed), None)
            if around is not None:
                continue
            mark = self._mark_before(element, plan)
            if mark is not None and mark in plan.calls:
                plan.gone.add(element)  # the words of a note that stands elsewhere
                continue
            if name(element) in blocks() and mark is None:
                continue
            count += 1
            self._set_inline(element, mark, count, plan)
            claimed.add(element)

    def _set_inline(self, element: Element, mark: Element | None, count: int, plan: Plan) -> None:
        """Make a stretch within the text a note, and what stands before it its mark."""
        shown = sign(self.links.tree.words(mark, LONGEST)) if mark is not None else None
        label = shown.label if shown else ""
        part = self.links.tree.home(element).part
        note = Note("footnote", f"{part}#inline{count}", part, [])
        reference = Reference(note.sort, note.id, label, number(label), custom=bool(label))
        plan.notes[element] = Found(note, element, element, label=label)
        plan.calls[mark if mark is not None else element] = reference

    def _held(self, plan: Plan) -> None:
        """Add the notes whose words stand in an attribute of their mark."""
        for element in self.links.tree.ordered:
            if not isinstance(element.tag, str) or not element.attrib or not is_call(element):
                continue
            value = held(element)
            if not value or any(one in plan.calls for one in (element, *element.iterancestors())):
                continue
            if any(one in plan.calls for one in self.links.tree.inside(element)):
                continue
            previous = self._mark_before(element, plan)
            if previous is not None and previous in plan.calls:
                plan.gone.add(element)  # a button that shows a note of the list
                continue
            shown = sign(self.links.tree.words(element, LONGEST))
            label = shown.label if shown is not None else ""
            id_ = f"{self.links.tree.home(element).part}#held{self.links.tree.start[element]}"
            plan.calls[element] = Reference(
                "footnote", id_, label, number(label) if label else 0, custom=bool(label)
            )
            plan.held[element] = Note("footnote", id_, self.links.tree.home(element).part, [])

    def _mark_before(self, element: Element, plan: Plan) -> Element | None:
        """Return the mark right before a note that stands in the text."""
        tree = self.links.tree
        here: Element | None = element
        for _ in range(4):
            if here is None or (name(here) in blocks() and here is not element):
                break
            previous = here.getprevious()
            while previous is not None and (
                not isinstance(previous.tag, str)
                or (tree.ink(previous) == 0 and not is_call(previous))
            ):
                previous = previous.getprevious()
            if previous is not None and tree.between(previous, element) == 0:
                for one in tree.inside(previous):
                    if one in plan.calls:
                        return one
                around: Element | None = previous
                while around is not None and name(around) not in blocks():
                    if around in plan.calls:
                        return around
                    around = around.getparent()
                if is_call(previous) or sign(tree.words(previous, LONGEST)) is not None:
                    return previous
                return None
            here = here.getparent()
        return None
