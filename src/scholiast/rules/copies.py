"""Damage done to the copy when it was taken out of pages: asked once, not of the author."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from scholiast.case import Annotated
from scholiast.model import Certainty, Segment
from scholiast.rule import Hit, Rule, Sample, Span, rule
from scholiast.rules.numbering import COPY_DAMAGE, Entry, gaps, lost_marks, lost_notes, runs
from scholiast.rules.wording import quoted, ranges, words_after, words_before

#: Words of a torn beginning that are quoted.
TORN_WORDS: Final = 3
#: A text with furniture on so small a share of its pages has it by accident.
REGULAR_SHARE: Final = 0.3
#: Pieces of furniture, above which they count as regular where pages are not known.
FEW: Final = 3


_PAGES = """The treaty of Brno was signed in spring, and its first readers were few. They lived in
two towns and read it in silence.1 The second reader wrote to the first.2 He had found three
words that nobody could explain.3 The third reader was a printer.4

He set the treaty in a small type, and nobody asked him for a larger one.5 The paper was
thin and the ink was pale, so that the treaty could be read from both sides of the leaf.

___________
1 Ada Halloran, The Quiet Treaty (Brno: Three Lanterns Press, 1999), 12.
5 Ada Halloran, The Quiet Treaty (Brno: Three Lanterns Press, 1999), 90.
"""


@rule(
    "DOC005",
    since="0.1",
    copy=True,
    bad=[
        Sample(
            "review.txt",
            _PAGES.replace(
                "The second reader wrote to the first.2", "The second reader ⟦wrote to the first.⟧2"
            )
            .replace("that nobody could explain.3", "⟦that nobody could explain.⟧3")
            .replace("The third reader was a printer.4", "The third ⟦reader was a printer.⟧4"),
        )
    ],
    good=[
        Sample(
            "review.txt", _PAGES.replace("5 Ada", "2 Ibid., 13.\n3 Ibid., 14.\n4 Ibid., 15.\n5 Ada")
        ),
        "It was read.[^1] Nobody spoke.[^2] The ink was pale.[^3]\n",
    ],
)
def incomplete_copy(text: Annotated) -> Iterator[Hit]:
    """Three or more notes missing in a row from an extracted text are the copy's fault.

    ## Why it matters

    When a page is lost on the way from a PDF to a text, its notes are lost together. To ask the
    author for each of them would be wrong: the author's own file has them.

    ## What it checks

    In a text that was taken out of pages: marks without notes, notes without marks, and numbers
    that neither has, three or more in a row. All are one finding, with every place, and NOT001,
    NOT002 and NOT003 are silent about them.

    ## Known gaps

    One or two missing notes are asked of the author even where the copy lost them. In Word and
    Markdown files no note is ever the copy's fault.
    """
    stretches = [("notes", stretch) for stretch in lost_notes(text.document)]
    stretches.extend(("the marks of notes", stretch) for stretch in lost_marks(text.document))
    missing = [_said(text, what, stretch) for what, stretch in stretches]
    places = [_place(text, entry) for _, stretch in stretches for entry in stretch]
    if text.document.extracted:
        for run in runs(text.document):
            for before, after, numbers in gaps(run):
                if len(numbers) >= COPY_DAMAGE:
                    what = f"notes {ranges(numbers)} with their marks{_of(text, after)}"
                    missing.append(what)
                    places.append(_place(text, before))
    if not places:
        return
    places.sort()
    yield Hit(
        *places[0],
        f"This copy is incomplete: {'; '.join(missing)} are missing.",
        "Can you check the author’s own file instead?",
        also=tuple(Span(*place) for place in places[1:]),
    )


def _said(text: Annotated, what: str, stretch: Sequence[Entry]) -> str:
    """Return a stretch of lost notes in words: ``notes 2-12 of “Response”``."""
    return f"{what} {ranges(entry.number for entry in stretch)}{_of(text, stretch[0])}"


def _of(text: Annotated, entry: Entry) -> str:
    section = text.index.node(entry.section)
    return f" of {quoted(section.title)}" if section is not None and section.title else ""


def _place(text: Annotated, entry: Entry) -> tuple[int, int]:
    """Return the words before a mark, or the first words of a note without one."""
    if entry.callout is not None:
        return words_before(text.text, entry.callout.start)
    assert entry.note is not None  # an entry has one of the two
    return words_after(text.text, entry.note.start, limit=entry.note.end)


_TORN = """Review by Ada Halloran, University of Brno

his treaty was read by nobody at the time, and those who signed it did not keep a copy of it
for themselves, so that the only one is lost.

T

Nobody knows who wrote it. This is the question of the book, and the book answers it well.
"""


@rule(
    "DOC006",
    since="0.1",
    copy=True,
    bad=[Sample("review.txt", _TORN.replace("his treaty was", "⟦his treaty was⟧"))],
    good=[
        Sample("review.txt", _TORN.replace("his treaty", "This treaty").replace("T\n\n", "")),
        "This treaty was read by nobody.\n",
    ],
)
def torn_initial(text: Annotated) -> Iterator[Hit]:
    """The large first letter of a chapter, torn from its word, was put back.

    ## Why it matters

    Text extracted from a PDF has the large initial lines below its word, or in the margin. Whoever
    searches for the word does not find it, and the lone letter stands in another sentence.

    ## What it checks

    Which initials the reader of plain text had to put back, each with the words it belongs to. All
    are one finding.

    ## Known gaps

    An initial that is a word of its own (“A treaty …”) is recognised only where its letter was
    found.
    """
    places = _torn_places(text, "drop-cap")
    if places:
        yield Hit(
            *places[0],
            f"In {_times(len(places))} a large first letter is torn from its word, first at "
            f"{quoted(text.text[slice(*places[0])])}; it was put back.",
            "Is there a copy of the text in which these words are whole?",
            also=tuple(Span(*place) for place in places[1:]),
        )


_LOST = """Review by Ada Halloran, University of Brno

reaty makers like to be read, and these were read by nobody at all. Those who signed it did
not keep a copy of it for themselves, and so the only one is lost.

Treaty makers of a later time did better. Treaty after treaty was printed, and every treaty of
theirs was read. The treaty of Brno was not.
"""


@rule(
    "DOC007",
    since="0.1",
    copy=True,
    bad=[Sample("review.txt", _LOST.replace("reaty makers like", "⟦reaty makers like⟧"))],
    good=[
        Sample("review.txt", _LOST.replace("reaty makers like", "Treaty makers like")),
        "Treaty makers like to be read.\n",
    ],
)
def lost_initial(text: Annotated) -> Iterator[Hit]:
    """The large first letter of a chapter is nowhere in the file; it was inferred.

    ## Why it matters

    The word was completed from the other words of the text. That is a guess, however good, and a
    person must confirm it.

    ## What it checks

    Which first letters the reader of plain text had to infer. All are one finding.

    ## Known gaps

    Where the words of the text leave a doubt, nothing is inferred and the word stays torn.
    """
    places = _torn_places(text, "drop-cap-inferred")
    if places:
        whole = [quoted(_whole(text, place)) for place in places]
        yield Hit(
            *places[0],
            f"In {_times(len(places))} the first letter is lost, first at "
            f"{quoted(text.text[slice(*places[0])])}; it was read as {', '.join(whole)}.",
            "Are these words right?" if len(places) > 1 else "Is this word right?",
            also=tuple(Span(*place) for place in places[1:]),
        )


def _torn_places(text: Annotated, repair: str) -> list[tuple[int, int]]:
    """Return the spans of the torn words, without the letters that were put back."""
    found = []
    for segment in text.document.segments:
        if segment.repair == repair:
            _, end = words_after(text.text, segment.end, TORN_WORDS)
            found.append((segment.end, end))
    return found


def _whole(text: Annotated, place: tuple[int, int]) -> str:
    """Return the word of a torn place with its letter."""
    start = text.text.rfind("\n", 0, place[0]) + 1
    return text.text[start : place[1]].split()[0]


def _times(count: int) -> str:
    return "one place" if count == 1 else f"{count} places"


_HEADED = """The treaty of Brno was signed in spring, and its first readers were few. They lived in
two towns and read it in silence, for silence was the custom of the towns, and

Brno Review of Treaties, Vol. IV, No. 2 (1999)

12 | P a g e

nobody asked them for their view of it. The second reader wrote to the first, and the first
reader never answered, for the letter was lost.
"""


@rule(
    "DOC008",
    since="0.1",
    copy=True,
    bad=[
        Sample(
            "review.txt",
            _HEADED.replace(
                "Brno Review of Treaties, Vol. IV, No. 2 (1999)",
                "⟦Brno Review of Treaties, Vol. IV, No. 2 (1999)⟧",
            ).replace("12 | P a g e", "⟦12 | P a g e⟧"),
        )
    ],
    good=[
        Sample(
            "review.txt",
            _HEADED.replace(
                "Brno Review of Treaties, Vol. IV, No. 2 (1999)\n\n12 | P a g e\n\n", ""
            ),
        ),
        "The *Brno Review of Treaties*, Vol. IV, No. 2 (1999), printed it on page 12.\n",
    ],
)
def page_furniture(text: Annotated) -> Iterator[Hit]:
    """Running heads and page numbers stand in the middle of the text.

    ## Why it matters

    They interrupt a sentence, break quotations, and look like the author's words.

    ## What it checks

    Lines that the reader of plain text recognised as running heads, running feet or page numbers
    and left out of the text. Where every page has them they are a remark of style; where they
    interrupt a sentence of a text that otherwise has none, they are a fault of this copy. All are
    one finding. In a PDF they stand where a page has them, and nothing is said.

    ## Known gaps

    A running head that occurs once and has no page number beside it is not recognised.
    """
    furniture = [
        s for s in text.document.segments if s.role == "furniture" and not _lone_letter(s.original)
    ]
    if not furniture or text.document.format == "pdf":
        return
    first = furniture[0]
    inside = any(_interrupts(text.text, segment.start) for segment in furniture)
    regular = not inside or _is_regular(text, furniture)
    where = "between the pages" if regular else "in the middle of the text"
    yield Hit(
        first.start,
        first.end,
        f"Running heads or page numbers stand {where}, first {quoted(first.original)}; "
        "they were left out.",
        "Is there a copy of the text without them?",
        also=tuple(Span(s.start, s.end, quote=s.original) for s in furniture[1:]),
        certainty=Certainty.STYLE if regular else None,
        quote=first.original,
    )


def _interrupts(text: str, at: int) -> bool:
    """Return whether a place lies inside a paragraph."""
    return at > 0 and text[at : at + 2].strip("\n") != "" and text[at - 1] != "\n"


def _lone_letter(original: str) -> bool:
    """Return whether furniture is an initial whose word was not found: nothing to ask about."""
    bare = original.strip()
    return not bare or (len(bare) == 1 and bare.isalpha())


def _is_regular(text: Annotated, furniture: Sequence[Segment]) -> bool:
    """Return whether furniture stands on many pages rather than on a few by accident."""
    groups: dict[int, list[Segment]] = defaultdict(list)
    for segment in furniture:
        groups[segment.start].append(segment)
    pages = len(text.document.of_kind("page"))
    return len(groups) > FEW if pages < FEW else len(groups) > REGULAR_SHARE * pages


RULES: Final[tuple[Rule, ...]] = (incomplete_copy, torn_initial, lost_initial, page_furniture)
