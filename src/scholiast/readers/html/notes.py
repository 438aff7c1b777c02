"""The notes of the pages: which links call them, where each begins and ends, what is no word of it.

A link is a note mark where it looks like one and something proves it: the page
says so (a role, a class, the name of its target), or the note leads back to
it, or begins with the same number. Links to the bibliography, to figures, to
sections are none; a link within a note is text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from scholiast.packages.hypertext import Element, name
from scholiast.readers.html.attributes import held
from scholiast.readers.html.marks import Sign, is_back, is_call, is_item, is_list, number, sign, told
from scholiast.readers.html.targets import Key, Targets
from scholiast.readers.html.tree import Tree, blocks, classes, roles, words
from scholiast.structure.flow.bits import Reference
from scholiast.structure.flow.notes import Note
from scholiast.structure.sections import opening

_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NEVER: Final = _HEADINGS | {"figure", "table", "img", "svg", "math", "body", "html", "main", "article", "nav", "input"}
_CONTINUES: Final = frozenset(("p", "blockquote", "ul", "ol", "dl", "table", "pre", "center"))
#: The names of remarks of colleagues: Google's and Word's.
_REMARK: Final = re.compile(r"cmnt(?:_ref)?\d|_mso(?:com|anchor)_\d")
#: The longest text of a mark.
LONGEST: Final = 24


@dataclass(slots=True, eq=False)
class Found:
    """A note: where it begins, and the element at whose end, or before which, it ends."""

    note: Note
    start: Element
    until: Element
    before: Element | None = None
    targets: list[Element] = field(default_factory=list)
    calls: list[Element] = field(default_factory=list)
    printed: str = ""  # the number it shows of itself, where no mark calls it
    label: str = ""  # the sign of its first mark
    number: int = 0


@dataclass(slots=True)
class Plan:
    """What the walk has to know of the notes."""

    calls: dict[Element, Reference] = field(default_factory=dict)
    notes: dict[Element, Found] = field(default_factory=dict)  # by the element they begin at
    marks: set[Element] = field(default_factory=set)  # what is no word of a note
    gone: set[Element] = field(default_factory=set)  # the same words a second time
    held: dict[Element, Note] = field(default_factory=dict)  # notes in attributes, by their mark


@dataclass(slots=True, eq=False)
class Call:
    """A link that may be a note mark, and where it leads."""

    element: Element
    sign: Sign
    key: Key
    target: Element | None
    sure: bool  # the page says that it is one


class Finder:
    """Finds the notes of a tree."""

    def __init__(self, tree: Tree, targets: Targets) -> None:
        self.tree = tree
        self.targets = targets
        self.headings = [e for e in tree.ordered if name(e) in _HEADINGS]
        self._heads = [tree.start[e] for e in self.headings]
        self.sources: dict[Element, list[Element]] = {}  # the links that lead to an element
        self.links: list[Element] = []
        self._ordinals: dict[Element, dict[Element, int]] = {}
        for element in tree.ordered:
            if name(element) in ("a", "button", "label", "sup", "span") and element.attrib:
                found = targets.found(element)
                if found is not None:
                    self.links.append(element)
                    for target in found[1]:
                        self.sources.setdefault(target, []).append(element)

    # --- which links are marks ---------------------------------------------

    def calls(self) -> list[Call]:
        """Return the links that are note marks, in order."""
        found: list[Call] = []
        for element in self.tree.ordered:
            if name(element) in ("a", "button", "label", "sup", "span") and element.attrib:
                call = self._call(element)
                if call is not None and not (
                    found and self.tree.within(element, found[-1].element)
                ):
                    if found and self.tree.within(found[-1].element, element):
                        found.pop()
                    found.append(call)
        return found

    def _call(self, element: Element) -> Call | None:
        tree = self.tree
        if tree.ink(element) > LONGEST * 2:
            return None
        shown = tree.words(element, LONGEST)
        read = sign(shown) if shown else Sign("")
        if read is None:
            return None
        sure = self._says_call(element)
        if not shown and not sure:
            return None
        pair = self.targets.found(element)
        if pair is None:
            key = self.targets.missing(element)
            tells = told(key[1]) if key else ""
            if key is None or tells in ("back", "other") or is_back(element):
                return None
            proven = tells == "note" or sure
            return Call(element, read, key, None, sure) if proven and shown else None
        key, elements = pair
        target = next((one for one in elements if not tree.within(element, one)), None)
        if target is None or tree.within(target, element):
            return None
        if not self._is_note(element, read, key[1], target, sure=sure):
            return None
        return Call(element, read, key, target, sure)

    def _says_call(self, element: Element) -> bool:
        """Return whether an element, or what it fills or is filled by, says it is a mark."""
        tree = self.tree
        around: Element | None = element
        for _ in range(4):
            if around is None or name(around) in blocks() or tree.ink(around) > tree.ink(element) + 3:
                break
            if is_call(around):
                return True
            around = around.getparent()
        return any(
            is_call(one) and tree.ink(one) == tree.ink(element) for one in tree.inside(element)
        )

    def _is_note(self, element: Element, read: Sign, key: str, target: Element, *, sure: bool) -> bool:
        """Return whether a link that looks like a mark leads to a note."""
        tree = self.tree
        tells = told(key)
        if name(target) in _NEVER and not (is_item(target) or name(target) == "input"):
            return False
        if roles(target) & {"doc-biblioentry", "biblioentry", "doc-glossref"}:
            return False
        back = self._leads_back(target, element)
        if tree.start[target] < tree.start[element]:
            # What stands before its link is the mark, and the link the way back, unless both say
            # otherwise.
            if back or not (sure and (is_item(target) or tells == "note")) or is_back(element):
                return False
        elif tells == "back" or (is_back(element) and not sure and not back):
            return False
        if self._refers(element) and not sure:
            return False
        if tells == "note" or is_item(target):
            return True
        if name(tree.block(target)) in _HEADINGS or tells == "other":
            return False
        if self._kind_of_section(target) == "bibliography" or _bibliographic(target):
            return False
        if sure:
            return True
        if not read.plain and not read.bracketed:
            return False
        stands_out = read.bracketed or self._raised(element) or not read.label.isdigit()
        return stands_out and (back or self._begins_with(target, read))

    def _refers(self, element: Element) -> bool:
        """Return whether the words before a link make it a reference ("see note 3")."""
        if self._raised(element):
            return False
        before = _before(element)
        lasting = before.rstrip(" \u00a0([").casefold().split()
        lead = words_of_leads()
        return bool(lasting) and lasting[-1].lstrip("([") in lead

    def _raised(self, element: Element) -> bool:
        """Return whether a link stands raised."""
        around: Element | None = element
        for _ in range(4):
            if around is None or name(around) in blocks():
                break
            if name(around) == "sup" or self.tree.home[element].sheet.look(around).raised:
                return True
            around = around.getparent()
        tree = self.tree
        return any(
            name(one) == "sup" and tree.ink(one) == tree.ink(element) for one in tree.inside(element)
        )

    def _leads_back(self, target: Element, element: Element) -> bool:
        """Return whether a link in the note at ``target`` leads to the mark."""
        holder = self._holder(target)
        tree = self.tree
        for one in self._near(element):
            for source in self.sources.get(one, ()):
                if tree.within(source, holder) and not tree.within(source, element):
                    return True
        return False

    def _near(self, element: Element) -> Iterator[Element]:
        """Yield what a way back to a mark may lead to: it, its wrappers, an anchor beside it."""
        around: Element | None = element
        for _ in range(4):
            if around is None or name(around) in blocks():
                break
            yield around
            previous = around.getprevious()
            if previous is not None and self.tree.between(previous, around) == 0 and self.tree.ink(previous) == 0:
                yield previous
            around = around.getparent()
        yield from (one for one in self.tree.inside(element) if one is not element)

    def _begins_with(self, target: Element, read: Sign) -> bool:
        """Return whether what stands at a target begins with the number of the mark."""
        holder = self._holder(target)
        tree = self.tree
        if name(holder) == "li" and read.number:
            return self._ordinal(holder) == read.number
        if not tree.opens(target, holder):
            shown = tree.words(target, LONGEST) + _after(target)
        else:
            shown = tree.words(holder, LONGEST)
        return _opens_with(shown, read.label)

    def _kind_of_section(self, element: Element) -> str:
        """Return the kind of the section that an element stands in, by the heading before it."""
        at = bisect_right(self._heads, self.tree.start[element]) - 1
        return opening(self.tree.words(self.headings[at], 80)).kind if at >= 0 else ""

    # --- where notes begin and end -----------------------------------------

    def _holder(self, target: Element) -> Element:
        """Return the block that a target begins, or stands in."""
        holder = self.tree.block(target)
        if name(holder) in ("td", "th"):
            parent = holder.getparent()
            return parent if parent is not None else holder
        if self.tree.ink(target) == 0 and not self._own_block(target, holder):
            following = target.getnext()
            if following is not None and name(following) in blocks() and self.tree.between(target, following) == 0:
                return following
        return holder

    def _own_block(self, target: Element, holder: Element) -> bool:
        """Return whether a block is a paragraph's and not one that holds blocks."""
        if target is holder:
            return False
        return not any(name(one) in blocks() for one in holder)

    def plan(self) -> Plan:
        """Return the plan of the notes."""
        plan = Plan()
        self._remarks(plan)
        calls = [call for call in self.calls() if call.element not in plan.gone]
        found = self._notes(calls)
        calls = self._outside(calls, found)
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
        found.sort(key=lambda one: self.tree.start[one.start])
        self._bound(found)
        found += self._uncalled(found)
        found.sort(key=lambda one: self.tree.start[one.start])
        self._same_words(found, plan)
        for one in found:
            plan.notes[one.start] = one
        for call in calls:
            self._set(call, by_target.get(call.target) if call.target is not None else None, plan)
        self._inline(plan)
        self._held(plan)
        for one in plan.notes.values():
            self._marks(one, plan)
        return plan

    def _remarks(self, plan: Plan) -> None:
        """Drop what colleagues remarked in a word processor, and the marks of it."""
        for link in self.links:
            for target in self._leading[link]:
                own = target.get("id") or target.get("name") or ""
                if _REMARK.match(own):
                    plan.gone.add(self._whole(link))
                    if not own.startswith(("cmnt_ref", "_msoanchor")):
                        holder = self._holder(target)
                        parent = holder.getparent()
                        full = parent is not None and self.tree.ink(parent) == self.tree.ink(holder)
                        plan.gone.add(parent if full and parent is not None else holder)

    def _notes(self, calls: list[Call]) -> list[Found]:
        """Return a note for every place that marks lead to, with those of the same name."""
        by_start: dict[Element, Found] = {}
        seen: set[Key] = set()
        for call in calls:
            if call.target is None:
                continue
            if call.key in seen:
                continue
            seen.add(call.key)
            for target in self.targets.named[call.key]:
                if self.tree.within(target, call.element) or self.tree.within(call.element, target):
                    continue
                start, until = self._extent(target, call.element)
                one = by_start.get(start)
                if one is None:
                    note = Note(self._sort(target, call), f"{call.key[0]}#{call.key[1]}", self.tree.home[target].part, [])
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
            if any("endnote" in word or "rearnote" in word for word in roles(around) | classes(around)):
                return "endnote"
            around = around.getparent()
        return "endnote" if call.key[1].startswith(("_edn", "sdendnote", "endnote", "edn")) else "footnote"

    def _extent(self, target: Element, call: Element) -> tuple[Element, Element]:
        """Return the element a note begins at, and the one it ends with."""
        tree = self.tree
        following = target
        if name(target) == "input" or (tree.ink(target) == 0 and name(target) not in blocks()):
            sibling = target.getnext()
            if sibling is not None and classes(sibling) & words("notes", "inline"):
                return sibling, sibling
        if name(target) not in blocks() and self._holds_words(target):
            return target, target
        holder = self._holder(target)
        if tree.within(call, holder):
            return following, following
        if name(holder) == "dt":
            sibling = holder.getnext()
            return (holder, sibling) if sibling is not None and name(sibling) == "dd" else (holder, holder)
        if not tree.opens(target, holder):
            return self._wrapper(target, holder), holder
        while True:
            parent = holder.getparent()
            if parent is None or name(parent) in _NEVER or not tree.opens(holder, parent) or tree.within(call, parent):
                return holder, holder
            full = tree.ink(parent) == tree.ink(holder) and name(parent) not in ("ol", "ul", "table", "tbody", "dl")
            says = (is_item(parent) and not is_list(parent)) or told(parent.get("id") or "") == "note"
            if not (full or says) or is_list(parent):
                return holder, holder
            holder = parent

    def _holds_words(self, target: Element) -> bool:
        """Return whether a stretch within a line is a whole note, not its number."""
        says = classes(target) & words("notes", "inline") or is_item(target)
        return bool(says) and name(target) in ("span", "small", "em", "i", "cite", "ins") and sign(self.tree.words(target, LONGEST)) is None

    def _wrapper(self, target: Element, holder: Element) -> Element:
        """Return the outermost stretch that begins with a target, below its block."""
        found = target
        while True:
            parent = found.getparent()
            if parent is None or parent is holder or not self.tree.opens(found, parent):
                return found
            found = parent

    def _outside(self, calls: list[Call], found: list[Found]) -> list[Call]:
        """Return the marks that do not stand within a note."""
        spans = sorted((self.tree.start[one.start], self.tree.last[one.until], one) for one in found if one.start is one.until)
        starts = [span[0] for span in spans]
        kept: list[Call] = []
        for call in calls:
            here = self.tree.start[call.element]
            at = bisect_right(starts, here) - 1
            if at >= 0 and here <= spans[at][1] and not (call.target in spans[at][2].targets and False):
                continue
            kept.append(call)
        return kept

    def _bound(self, found: list[Found]) -> None:
        """Let each note end where the next begins, and take in the paragraphs that continue it."""
        tree = self.tree
        for at, one in enumerate(found):
            following = found[at + 1] if at + 1 < len(found) else None
            parent = one.until.getparent()
            if one.start is not one.until:
                if any(name(child) in blocks() for child in one.until):
                    one.before = self._next_block(one.start, one.until)
                continue
            if name(one.until) not in ("p", "div") or parent is None:
                continue
            beside = following is not None and following.start.getparent() is parent
            if not beside and not is_list(parent):
                continue
            last = tree.start[following.start] if following is not None and beside else None
            for sibling in one.until.itersiblings():
                if last is not None and tree.start[sibling] >= last:
                    break
                if name(sibling) and (name(sibling) not in _CONTINUES or self._numbered(sibling, one) or is_list(sibling)):
                    break
                if name(sibling) and tree.ink(sibling):
                    one.until = sibling

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

    def _uncalled(self, found: list[Found]) -> list[Found]:
        """Return the notes that no mark calls: beside called ones, and of their kind."""
        parents: dict[Element, list[Found]] = {}
        for one in found:
            parent = one.start.getparent()
            if parent is not None and one.start is not parent and name(one.start) in blocks():
                parents.setdefault(parent, []).append(one)
        starts = {one.start for one in found}
        spans = sorted((self.tree.start[one.start], self.tree.last[one.until]) for one in found)
        firsts = [span[0] for span in spans]
        more: list[Found] = []
        for parent, notes in parents.items():
            tags = {name(one.start) for one in notes}
            # Numbers of items are those of the notes where they are for the called ones.
            counted = all(self._ordinal(one.start) in (0, one.number) for one in notes)
            for child in parent:
                at = bisect_right(firsts, self.tree.start[child]) - 1
                if child in starts or name(child) not in tags or (at >= 0 and self.tree.start[child] <= spans[at][1]):
                    continue
                own = self._own_name(child)
                listed = name(child) == "li" and (is_list(parent) or len(notes) * 2 >= len(parent))
                if not self.tree.ink(child) or not (listed or (own and told(own) == "note")):
                    continue
                note = Note(notes[0].note.sort, f"{notes[0].note.part}#{own or self.tree.start[child]}", notes[0].note.part, [])
                printed = self._number_of(child) if counted else ""
                more.append(Found(note, child, child, printed=printed))
        return more

    def _own_name(self, element: Element) -> str:
        """Return the name of a note: its own, or that of the anchor it begins with."""
        for one in self.tree.inside(element):
            if not self.tree.opens(one, element):
                break
            own = one.get("id") or one.get("name")
            if own:
                return own
        return ""

    def _number_of(self, element: Element) -> str:
        """Return the number that a note without a mark shows."""
        shown = self.tree.words(element, 12)
        head = shown.split(" ")[0] if shown else ""
        read = sign(head)
        if read is not None and read.plain and (name(element) != "li" or not head.isdigit()):
            return read.label
        ordinal = self._ordinal(element)
        if ordinal:
            return str(ordinal)
        return read.label if read is not None and read.plain else ""

    def _ordinal(self, item: Element) -> int:
        """Return the number that a browser prints before an item of a list, 0 where it prints none."""
        parent = item.getparent()
        if parent is None or name(item) != "li" or name(parent) != "ol":
            return 0
        if parent not in self._ordinals:
            self._ordinals[parent] = dict(_ordinals(parent))
        return self._ordinals[parent].get(item, 0)

    def _same_words(self, found: list[Found], plan: Plan) -> None:
        """Drop notes under one name that say the same twice (for screens and for paper)."""
        seen: dict[tuple[str, str], list[str]] = {}
        for one in list(found):
            key = (one.note.sort, one.note.id)
            if key in seen:
                text = self.tree.words(one.start, 4000)
                if text in seen[key]:
                    plan.gone.add(one.start)
                    found.remove(one)
                    continue
                seen[key].append(text)
            else:
                seen[key] = [self.tree.words(one.start, 4000)]

    # --- the marks ------------------------------------------------------------

    def _set(self, call: Call, one: Found | None, plan: Plan) -> None:
        """Make an element, or the wrapper that holds nothing else, a mark."""
        element = self._whole(call.element)
        read = call.sign
        label, count = read.label, read.number
        if not label and one is not None:
            label = self._number_of(one.start)
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

    def _whole(self, element: Element) -> Element:
        """Return the widest stretch around a mark that holds nothing but it and brackets."""
        found = element
        while True:
            parent = found.getparent()
            if parent is None or name(parent) in blocks() or name(parent) not in ("sup", "span", "small", "b", "i", "em", "strong", "a", "font", "u"):
                return found
            if self.tree.ink(parent) > self.tree.ink(element) + 2 or sign(self.tree.words(parent, LONGEST) or "1") is None:
                return found
            if any(one is not found and isinstance(one.tag, str) and (one.get("id") and name(one) != "a") for one in parent):
                return found
            found = parent

    def _inline(self, plan: Plan) -> None:
        """Add the notes that stand within the text with no link to them."""
        claimed = set(plan.notes) | plan.gone
        inline = words("notes", "inline")
        count = 0
        for element in self.tree.ordered:
            if not isinstance(element.tag, str) or not element.get("class") or not (classes(element) & inline):
                continue
            if element in claimed or name(element) in ("a", "sup", "label", "button", "input", "li", "ol") or not self.tree.ink(element):
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
            shown = sign(self.tree.words(mark, LONGEST)) if mark is not None else None
            label = shown.label if shown else ""
            note = Note("footnote", f"{self.tree.home[element].part}#inline{count}", self.tree.home[element].part, [])
            reference = Reference(note.sort, note.id, label, number(label) if label else 0, custom=bool(label))
            found = Found(note, element, element, label=label)
            plan.notes[element] = found
            plan.calls[mark if mark is not None else element] = reference
            claimed.add(element)

    def _held(self, plan: Plan) -> None:
        """Add the notes whose words stand in an attribute of their mark."""
        for element in self.tree.ordered:
            if not isinstance(element.tag, str) or not element.attrib or not is_call(element):
                continue
            value = held(element)
            if not value or any(one in plan.calls for one in (element, *element.iterancestors())):
                continue
            if any(one in plan.calls for one in self.tree.inside(element)):
                continue
            previous = self._mark_before(element, plan)
            if previous is not None and previous in plan.calls:
                plan.gone.add(element)  # a button that shows a note of the list
                continue
            shown = sign(self.tree.words(element, LONGEST))
            label = shown.label if shown is not None else ""
            id_ = f"{self.tree.home[element].part}#held{self.tree.start[element]}"
            plan.calls[element] = Reference("footnote", id_, label, number(label) if label else 0, custom=bool(label))
            plan.held[element] = Note("footnote", id_, self.tree.home[element].part, [])

    def _mark_before(self, element: Element, plan: Plan) -> Element | None:
        """Return the mark right before a note that stands in the text."""
        tree = self.tree
        here: Element | None = element
        for _ in range(4):
            if here is None or (name(here) in blocks() and here is not element):
                break
            previous = here.getprevious()
            while previous is not None and (not isinstance(previous.tag, str) or (tree.ink(previous) == 0 and not is_call(previous))):
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

    def _marks(self, one: Found, plan: Plan) -> None:
        """Find in a note what leads back to the text, and its own number."""
        tree = self.tree
        near = {near for call in one.calls for near in self._near(call)}
        first, last = tree.start[one.start], tree.last[one.until]
        if one.before is not None:
            last = min(last, tree.start[one.before] - 1)
        opened = tree._ink[one.start][0]
        backs = words("notes", "back_words")
        for element in tree.ordered[first : last + 1]:
            if not isinstance(element.tag, str) or element is one.start and name(element) in blocks():
                continue
            if name(element) in ("a", "span", "sup", "button", "div", "p", "small", "strong", "th", "td", "dt", "em", "b", "label", "cite", "i"):
                shown = tree.ink(element)
                if shown > 60:
                    continue
                leads = element in self._leading and any(target in near for target in self._leading[element])
                text = tree.words(element, 60).strip(" []()（）").casefold() if shown else ""
                brief = not text or text in backs or sign(text) is not None or not any(c.isalpha() for c in text)
                at_start = tree._ink[element][0] == opened
                own = at_start and bool(text) and sign(text) is not None and (
                    element in one.targets or bool(classes(element) & words("notes", "own"))
                    or (name(element) in ("sup", "dt", "th") or name(element) == "td") and text == self._label(one, plan).casefold()
                )
                if is_back(element) or (leads and (brief or not any(c.isspace() for c in text))) or own or (
                    leads and not at_start and tree._ink[element][1] == tree._ink[one.until][1]
                ):
                    plan.marks.add(self._sole(element, one))
                    if own or (leads and at_start):
                        opened = tree._ink[element][1]

    def _label(self, one: Found, plan: Plan) -> str:
        if one.calls:
            shown = sign(self.tree.words(one.calls[0], LONGEST))
            return shown.label if shown else ""
        return one.printed

    @property
    def _leading(self) -> dict[Element, list[Element]]:
        if not hasattr(self, "_leading_kept"):
            kept: dict[Element, list[Element]] = {}
            for target, links in self.sources.items():
                for link in links:
                    kept.setdefault(link, []).append(target)
            self._leading_kept = kept
        return self._leading_kept

    def _sole(self, element: Element, one: Found) -> Element:
        """Return the widest stretch around a way back that holds nothing else."""
        found = element
        while True:
            parent = found.getparent()
            if parent is None or parent is one.start or name(parent) in blocks() or self.tree.ink(parent) > self.tree.ink(element) + 2:
                return found
            found = parent


def _ordinals(parent: Element) -> Iterator[tuple[Element, int]]:
    """Yield the items of a numbered list with their numbers."""
    items = [one for one in parent if name(one) == "li"]
    backwards = parent.get("reversed") is not None
    start = parent.get("start") or ""
    number_ = int(start) if start.isdecimal() else len(items) if backwards else 1
    for item in items:
        own = item.get("value") or ""
        number_ = int(own) if own.isdecimal() and len(own) < 6 else number_
        yield item, number_
        number_ += -1 if backwards else 1


def words_of_leads() -> frozenset[str]:
    """Return the words before the number of a note."""
    from scholiast.readers.html.marks import leads

    return leads()


def _before(element: Element) -> str:
    """Return the last words before an element in its line."""
    here: Element | None = element
    for _ in range(3):
        if here is None or name(here) in blocks():
            return ""
        previous = here.getprevious()
        text = previous.tail if previous is not None else None
        if previous is None:
            parent = here.getparent()
            text = parent.text if parent is not None else None
        if text and text.strip():
            return text[-40:]
        if previous is not None:
            return ""
        here = here.getparent()
    return ""


def _after(element: Element) -> str:
    """Return the first words behind an element."""
    here: Element | None = element
    for _ in range(3):
        if here is None:
            break
        if here.tail and here.tail.strip():
            return here.tail.strip()[:20]
        following = here.getnext()
        if following is not None:
            return "".join(following.itertext())[:20]
        here = here.getparent()
    return ""


def _opens_with(shown: str, label: str) -> bool:
    """Return whether words begin with the number of a mark."""
    bare = shown.lstrip(" \u00a0[(（［〔")
    return bare.startswith(label) and not bare[len(label) : len(label) + 1].isalnum()


def _bibliographic(target: Element) -> bool:
    """Return whether an element, or what is around it, says that it is a list of works."""
    around: Element | None = target
    for _ in range(6):
        if around is None or name(around) == "body":
            break
        told_ = " ".join((*classes(around), *roles(around), (around.get("id") or "").lower()))
        if any(word in told_ for word in ("bibliograph", "biblist", "reflist", "ref-list", "references", "citation", "bibitem", "cited")):
            return True
        around = around.getparent()
    return False
