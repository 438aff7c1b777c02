"""Where notes begin and end, and which stand among them with no mark."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from scholiast.packages.hypertext import Element, name
from scholiast.readers.html.calls import NEVER
from scholiast.readers.html.links import LONGEST, Links
from scholiast.readers.html.marks import is_item, is_list, sign, told
from scholiast.readers.html.plan import Call, Found, Plan
from scholiast.readers.html.targets import Key
from scholiast.readers.html.tree import blocks, classes, roles, words
from scholiast.structure.flow.notes import Note

_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
#: Blocks that may go on with a note that began before them.
_CONTINUES: Final = frozenset(("p", "blockquote", "ul", "ol", "dl", "table", "pre", "center"))


class Extents:
    """Finds the extents of the notes of a tree."""

    def __init__(self, links: Links) -> None:
        self.links = links

    def notes(self, calls: list[Call]) -> list[Found]:
        """Return a note for every place that marks lead to, with those of the same name."""
        by_start: dict[Element, Found] = {}
        seen: set[Key] = set()
        for call in calls:
            if call.target is None:
                continue
            if call.key in seen:
                continue
            seen.add(call.key)
            for target in self.links.targets.named[call.key]:
                if self.links.tree.within(target, call.element) or self.links.tree.within(
                    call.element, target
                ):
                    continue
                start, until = self._extent(target, call.element)
                one = by_start.get(start)
                if one is None:
                    note = Note(
                        self._sort(target, call),
                        f"{call.key[0]}#{call.key[1]}",
                        self.links.tree.home(target).part,
                        [],
                    )
                    one = by_start[start] = Found(note, start, until)
                if target not in one.targets:
                    one.targets.append(target)
        return list(by_start.values())

    def _sort(self, target: Element, call: Call) -> str:
        """Return whether a note is a footnote or an endnote."""
        around: Element | None = target
        for _ in range(4):
            if around is None:
                break
            if any(
                "endnote" in word or "rearnote" in word for word in roles(around) | classes(around)
            ):
                return "endnote"
            around = around.getparent()
        return (
            "endnote"
            if call.key[1].startswith(("_edn", "sdendnote", "endnote", "edn"))
            else "footnote"
        )

    def _extent(self, target: Element, call: Element) -> tuple[Element, Element]:
        """Return the element a note begins at, and the one it ends with."""
        tree = self.links.tree
        following = target
        if name(target) == "input" or (tree.ink(target) == 0 and name(target) not in blocks()):
            sibling = target.getnext()
            if sibling is not None and classes(sibling) & words("notes", "inline"):
                return sibling, sibling
        if name(target) not in blocks() and self._holds_words(target):
            return target, target
        holder = self.links.holder(target)
        if tree.within(call, holder):
            return following, following
        if name(holder) == "dt":
            sibling = holder.getnext()
            return (
                (holder, sibling)
                if sibling is not None and name(sibling) == "dd"
                else (holder, holder)
            )
        shown = self.links.whole(target) if tree.ink(target) else target
        if not tree.opens(shown, holder):
            return self._wrapper(target, holder), holder
        holder = self._widened(holder, call)
        return holder, holder

    def _widened(self, holder: Element, call: Element) -> Element:
        """Return the widest block that is the same note: its wrapper, or one named as a note."""
        tree = self.links.tree
        while True:
            parent = holder.getparent()
            if parent is None or name(parent) in NEVER or is_list(parent):
                return holder
            if not tree.opens(holder, parent) or tree.within(call, parent):
                return holder
            full = tree.ink(parent) == tree.ink(holder)
            full = full and name(parent) not in ("ol", "ul", "table", "tbody", "dl")
            if not (full or is_item(parent) or told(parent.get("id") or "") == "note"):
                return holder
            holder = parent

    def _holds_words(self, target: Element) -> bool:
        """Return whether a stretch within a line is a whole note, not its number."""
        says = classes(target) & words("notes", "inline") or is_item(target)
        return (
            bool(says)
            and name(target) in ("span", "small", "em", "i", "cite", "ins")
            and sign(self.links.tree.words(target, LONGEST)) is None
        )

    def _wrapper(self, target: Element, holder: Element) -> Element:
        """Return the outermost stretch that begins with a target, below its block."""
        found = target
        while True:
            parent = found.getparent()
            if parent is None or parent is holder or not self.links.tree.opens(found, parent):
                return found
            found = parent

    def outside(self, calls: list[Call], found: list[Found]) -> list[Call]:
        """Return the marks that do not stand within a note."""
        spans = sorted(
            (self.links.tree.start[one.start], self.links.tree.last[one.until], one)
            for one in found
            if one.start is one.until
        )
        starts = [span[0] for span in spans]
        kept: list[Call] = []
        for call in calls:
            here = self.links.tree.start[call.element]
            at = bisect_right(starts, here) - 1
            if (
                at >= 0
                and here <= spans[at][1]
                and not (call.target in spans[at][2].targets and False)
            ):
                continue
            kept.append(call)
        return kept

    def bound(self, found: list[Found]) -> None:
        """Let each note end where the next begins, and take in the paragraphs that continue it."""
        tree = self.links.tree
        for at, one in enumerate(found):
            following = found[at + 1] if at + 1 < len(found) else None
            parent = one.until.getparent()
            if one.start is not one.until:
                if following is not None and following.until is one.until:
                    one.end = tree.start[following.start] - 1
                elif self.links.holds_blocks(one.until):
                    one.before = self._next_block(one.start, one.until)
                continue
            headed = self._is_headed(one)
            if not (headed or name(one.until) in ("p", "div")) or parent is None:
                continue
            beside = following is not None and following.start.getparent() is parent
            if not (beside or headed or is_list(parent)):
                continue
            last = tree.start[following.start] if following is not None and beside else None
            for sibling in one.until.itersiblings():
                if last is not None and tree.start[sibling] >= last:
                    break
                if name(sibling) and (
                    not (name(sibling) in _CONTINUES or (headed and name(sibling) == "div"))
                    or self._numbered(sibling, one)
                    or is_list(sibling)
                ):
                    break
                if name(sibling) and tree.ink(sibling):
                    one.until = sibling

    def _is_headed(self, one: Found) -> bool:
        """Return whether a note begins with a heading that holds its number alone (Texinfo)."""
        tree = self.links.tree
        head = name(one.start) in _HEADINGS
        return head and tree.ink(one.start) <= LONGEST and bool(sign(tree.words(one.start, 20)))

    def _numbered(self, element: Element, before: Found) -> bool:
        """Return whether a paragraph begins as a note of its own does, or has a name of one."""
        own = element.get("id") or ""
        return bool(own) and told(own) == "note"

    def _next_block(self, start: Element, holder: Element) -> Element | None:
        """Return the first block behind the line that a note begins in."""
        around = start
        while around.getparent() is not None and around.getparent() is not holder:
            around = around.getparent()  # type: ignore[assignment]
        return next((one for one in around.itersiblings() if name(one) in blocks()), None)

    def uncalled(self, found: list[Found]) -> list[Found]:
        """Return the notes that no mark calls: beside called ones, and of their kind."""
        parents: dict[Element, list[Found]] = {}
        for one in found:
            parent = one.start.getparent()
            if parent is not None and one.start is not parent and name(one.start) in blocks():
                parents.setdefault(parent, []).append(one)
        starts = {one.start for one in found}
        spans = sorted(
            (self.links.tree.start[one.start], self.links.tree.last[one.until]) for one in found
        )
        firsts = [span[0] for span in spans]
        more: list[Found] = []
        for parent, notes in parents.items():
            tags = {name(one.start) for one in notes}
            # Numbers of items are those of the notes where they are for the called ones.
            counted = all(self.links.ordinal(one.start) in (0, one.number) for one in notes)
            for child in parent:
                at = bisect_right(firsts, self.links.tree.start[child]) - 1
                if (
                    child in starts
                    or name(child) not in tags
                    or (at >= 0 and self.links.tree.start[child] <= spans[at][1])
                ):
                    continue
                own = self._own_name(child)
                listed = name(child) == "li" and (is_list(parent) or len(notes) * 2 >= len(parent))
                if not self.links.tree.ink(child) or not (listed or (own and told(own) == "note")):
                    continue
                note = Note(
                    notes[0].note.sort,
                    f"{notes[0].note.part}#{own or self.links.tree.start[child]}",
                    notes[0].note.part,
                    [],
                )
                printed = self.number_of(child) if counted else ""
                more.append(Found(note, child, child, printed=printed))
        return more

    def _own_name(self, element: Element) -> str:
        """Return the name of a note: its own, or that of the anchor it begins with."""
        for one in self.links.tree.inside(element):
            if not self.links.tree.opens(one, element):
                break
            own = one.get("id") or one.get("name")
            if own:
                return own
        return ""

    def number_of(self, element: Element) -> str:
        """Return the number that a note without a mark shows."""
        shown = self.links.tree.words(element, 12)
        head = shown.split(" ")[0] if shown else ""
        read = sign(head)
        if read is not None and read.plain and (name(element) != "li" or not head.isdigit()):
            return read.label
        ordinal = self.links.ordinal(element)
        if ordinal:
            return str(ordinal)
        return read.label if read is not None and read.plain else ""

    def same_words(self, found: list[Found], plan: Plan) -> None:
        """Drop notes under one name that say the same twice (for screens and for paper)."""
        seen: dict[tuple[str, str], list[str]] = {}
        for one in list(found):
            key = (one.note.sort, one.note.id)
            if key in seen:
                text = self.links.tree.words(one.start, 4000)
                if text in seen[key]:
                    plan.gone.add(one.start)
                    found.remove(one)
                    continue
                seen[key].append(text)
            else:
                seen[key] = [self.links.tree.words(one.start, 4000)]
