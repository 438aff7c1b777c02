"""The Document of a walk: the stories put behind one another, their rows made records."""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from itertools import compress, pairwise
from typing import Any, Final

from scholiast.config import Settings
from scholiast.model import Document, Intake, Node, Segment, Trouble
from scholiast.readers.tei.header import Header, header
from scholiast.readers.tei.linking import Linked, linked
from scholiast.readers.tei.mentions import Labels, mentions, trimmed
from scholiast.readers.tei.notes import number_of
from scholiast.readers.tei.parsing import Parsed
from scholiast.readers.tei.records import records
from scholiast.readers.tei.story import Story
from scholiast.readers.tei.walk import Section, Walk
from scholiast.structure.turns import turns

#: Authors taken from a title page; further ones are those of parts.
MOST_WRITERS: Final = 3


def assembled(walk: Walk, name: str, id_: str, settings: Settings, tree: Parsed) -> Intake:
    """Return what a walk through a file gathered as an Intake."""
    links = linked(walk)
    text, places = _placed(walk, links)
    told = header(tree.root, walk.space)
    authors = told.authors or tuple(
        name for span in walk.writers[:MOST_WRITERS] if (name := text[slice(*trimmed(text, *span))])
    )
    title = told.title or (walk.titles[0] if walk.titles else "")
    body_end = walk.story.length
    labels = Labels(walk, places, text, tree.root)
    document = Document(
        name=name,
        id=id_,
        format="tei",
        text=text,
        body_end=body_end,
        segments=tuple(_segments(places)),
        nodes=tuple(_nodes(walk, links, places, text, Header(title, authors), labels)),
        title=title,
        authors=authors,
        language=told.language or settings.language,
        encoding=tree.encoding,
    )
    return Intake(document, tuple(mentions(places, text, labels)), _troubles(walk, tree, text))


def _placed(walk: Walk, links: Linked) -> tuple[str, list[tuple[Story, int]]]:
    """Return the reading text, and every story with the place where it begins."""
    words = list(walk.story.words)
    places = [(walk.story, 0)]
    length = walk.story.length
    for note in links.notes:
        if length:
            words.append("\n\n")
            length += 2
        places.append((note.story, length))
        words.extend(note.story.words)
        length += note.story.length
    return "".join(words), places


def _segments(places: Sequence[tuple[Story, int]]) -> list[Segment]:
    """Return the segments of all stories."""
    rows: list[Any] = []
    special: dict[int, tuple[str, str, str, int]] = {}
    for story, shift in places:
        for at, what in story.special.items():
            special[len(rows) + at] = what
        if shift:
            for row in story.rows:
                row[0] += shift
                row[1] += shift
        rows.extend(story.rows)
    if not rows:
        return []
    count = len(rows)
    start, end, source, line, page, number = zip(*rows, strict=True)
    source_end = [at + last - first for at, first, last in zip(source, start, end, strict=True)]
    columns: dict[str, Any] = {
        "start": start,
        "end": end,
        "source": source,
        "source_end": source_end,
        "line": line,
        "page": page,
        "paragraph": number,
    }
    if special:
        told = (["text"] * count, [""] * count, [""] * count)
        for at, (role, repair, original, last) in special.items():
            told[0][at], told[1][at], told[2][at] = role, repair, original
            source_end[at] = last
        columns["role"], columns["repair"], columns["original"] = told
    return records(Segment, count, columns)


def _nodes(
    walk: Walk,
    links: Linked,
    places: Sequence[tuple[Story, int]],
    text: str,
    head: Header,
    labels: Labels,
) -> list[Node]:
    """Return the nodes in reading order, the wider before the narrower."""
    rows: list[tuple[Any, ...]] = []
    for story, shift in places:
        for start, end, kind, home, more in story.nodes:
            first, last = start + shift, shift - end
            if kind == "italic":
                first, last = trimmed(text, first, last)
                if first >= last:
                    continue
            if more is None:
                rows.append((first, -last, kind, "", home, "", 0, 0, "", "", (), "", ""))
                continue
            if kind == "page":
                first = last = min(start, story.length) + shift
            rows.append(
                (first, -last, kind, "", home, more.get("label", ""), more.get("number", 0),
                 more.get("level", 0), "", more.get("title", ""), (), "", "")
            )  # fmt: skip
    rows.extend(_note_rows(links, places))
    rows.extend(_callout_rows(links, places, len(text)))
    rows.extend(_section_rows(walk, head))
    rows.sort()
    names = ("start", "end", "kind", "id", "parent", "label", "number", "level", "role", "title",
             "authors", "affiliation", "link")  # fmt: skip
    columns: dict[str, Any] = dict(zip(names, zip(*rows, strict=True), strict=True))
    columns["end"] = [-end for end in columns["end"]]
    nodes = records(Node, len(rows), columns)
    spoken = _tagged_turns(walk, labels) or _turns(nodes, text, walk.story.length)
    for one in spoken:
        insort(nodes, one, key=_order)
    return nodes


def _order(node: Node) -> tuple[int, int, str, str]:
    return node.start, -node.end, node.kind, node.id


def _note_rows(links: Linked, places: Sequence[tuple[Story, int]]) -> list[tuple[Any, ...]]:
    """Return the rows of the notes, linked to the first mark that calls each."""
    rows: list[tuple[Any, ...]] = []
    for note, (story, shift) in zip(links.notes, places[1:], strict=True):
        link = f"c{note.callouts[0].order + 1}" if note.callouts else ""
        rows.append(
            (shift, -(shift + story.length), "note", note.id, note.home, note.label,
             number_of(note.label), 0, note.role, "", (), "", link)
        )  # fmt: skip
    return rows


def _callout_rows(
    links: Linked, places: Sequence[tuple[Story, int]], end: int
) -> list[tuple[Any, ...]]:
    """Return the rows of the marks."""
    rows: list[tuple[Any, ...]] = []
    for story, shift in places:
        for place, callout in story.callouts:
            at = min(place, story.length) + shift
            link = callout.note.id if callout.note is not None else ""
            rows.append(
                (min(at, end), -min(at, end), "callout", f"c{callout.order + 1}", callout.home,
                 callout.label, number_of(callout.label), 0, "", "", (), "", link)
            )  # fmt: skip
    return rows


def _section_rows(walk: Walk, head: Header) -> list[tuple[Any, ...]]:
    """Return the rows of the sections; a text without any is one, with the title of the whole."""
    end = walk.story.length
    parts = walk.sections
    if not parts:
        return [
            (0, -end, "section", "s1", "", "", 0, 1, "article", head.title, head.authors, "", "")
        ]
    if parts[0].title == "" and parts[0].role == "article":
        parts[0].title, parts[0].authors = head.title, parts[0].authors or head.authors
    tops = [part for part in parts if part.level == 1]
    for part, following in pairwise(tops):
        part.end = max(part.end, following.start)
    tops[-1].end = end
    if len(tops) == 1 and not tops[0].strong:
        tops[0].role = "article"
        tops[0].authors = tops[0].authors or head.authors
    return [_section_row(part, end) for part in parts]


def _section_row(part: Section, end: int) -> tuple[Any, ...]:
    first, last = min(part.start, end), min(part.end, end)
    return (first, -max(first, last), "section", part.id, part.parent, "", 0, part.level,
            part.role or "section", part.title, part.authors, part.affiliation, "")  # fmt: skip


def _tagged_turns(walk: Walk, labels: Labels) -> list[Node]:
    """Return the turns of speech that the editors tagged."""
    return [
        Node("turn", start, end, parent=home, label=labels.label(name) or name.lstrip("#"))
        for start, end, name, home in walk.speakers
    ]


def _turns(nodes: Sequence[Node], text: str, end: int) -> tuple[Node, ...]:
    """Return the turns of speech that paragraphs show by the names they begin with."""
    kinds = [node.kind for node in nodes]
    spoken = [node for node in compress(nodes, map("paragraph".__eq__, kinds)) if node.start < end]
    if "entry" in kinds:
        entries = {node.start for node in nodes if node.kind == "entry"}
        spoken = [node for node in spoken if node.start not in entries]
    return turns(text, spoken)


def _troubles(walk: Walk, tree: Parsed, text: str) -> tuple[Trouble, ...]:
    """Return all troubles: of the file, of what stands outside it."""
    found = list(tree.troubles)
    if walk.outside:
        found.append(
            Trouble(
                "unreadable-file",
                f"a part of the text stands in another file ({walk.outside[0]}) and was not read: "
                "put the parts into one file (xmllint --xinclude does it)",
            )
        )
    if not text.strip() and not found:
        found.append(Trouble("empty-file"))
    return tuple(found)
