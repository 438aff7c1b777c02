"""What stands on the query sheets, before it becomes text or a Word document.

There is one sheet for each contributor, with the queries on their sections,
and one for the copy itself, with those that no author can answer.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from scholiast.case import Annotated, Case
from scholiast.model import Certainty, Finding, Node, Place
from scholiast.report.columns import FIRM, plain
from scholiast.report.tallies import Notes, notes
from scholiast.report.wording import PLACES_SHOWN, counts, phrases, where
from scholiast.rule import Rule

#: Letters of a name that a file's name keeps.
SLUG_LETTERS: Final = 50
#: Columns of words that a sheet quotes; the middle of longer ones is left out.
WORDS_SHOWN: Final = 400
#: Between the number of a query and its place; a line of this form begins a query.
HEADING_JOIN: Final = " · "


class Asked(NamedTuple):
    """Who is asked: a contributor by name, the author nobody named, or the copy."""

    name: str
    copy: bool = False


_THE_COPY: Final = Asked("", copy=True)


@dataclass(frozen=True, slots=True)
class Query:
    """A numbered query: what a sheet prints of a finding."""

    number: int
    where: str
    sign: str  # what an answer is known by
    finding: Finding

    @property
    def heading(self) -> str:
        """The line that begins the query: its number and where to look."""
        number = phrases("sheet")["query"].format(number=self.number)
        return HEADING_JOIN.join(filter(None, (number, self.where)))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A query sheet: its title, the lines on top, and the queries in groups."""

    file: str  # without its suffix
    title: str
    subject: str  # the title of the text, where there is one
    lines: tuple[tuple[str, str], ...]  # label and words
    groups: tuple[tuple[str, tuple[Query, ...]], ...]  # heading and queries
    closing: str


class Signs:
    """The signs that the findings of a case are known by in answers.

    A sign is ``#`` and the id of the finding. Where several documents have a
    finding with the same id (the same words in the same context), a few digits
    of the name of the document tell them apart.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = findings
        self._by_id: dict[str, list[Finding]] = {}
        for finding in findings:
            self._by_id.setdefault(finding.id, []).append(finding)

    def of(self, finding: Finding) -> str:
        """Return the sign of a finding."""
        several = len(self._by_id[finding.id]) > 1
        return f"#{finding.id}" + (f".{_digits(finding)}" if several else "")

    def find(self, sign: str) -> Finding | None:
        """Return the one finding that a sign means, None where there is none or several."""
        id_, _, digits = sign.removeprefix("#").partition(".")
        meant = [
            finding
            for finding in self._by_id.get(id_, ())
            if not digits or _digits(finding) == digits
        ]
        return meant[0] if len(meant) == 1 else None


def _digits(finding: Finding) -> str:
    """Return the digits that tell the document of a finding from others of the case."""
    return hashlib.sha256(finding.place.document.encode("utf-8", "replace")).hexdigest()[:4]


def sheets(case: Case, findings: Sequence[Finding], rules: Sequence[Rule]) -> tuple[Sheet, ...]:
    """Return the query sheets of a case: contributors in the order of their texts, the copy last.

    What a person has decided is not asked again, and the sheet says how many
    queries that are. A contributor without queries gets a sheet that says so.
    """
    authors = frozenset(rule.code for rule in rules if not rule.copy)
    asked: dict[Asked, list[Finding]] = {}
    texts: dict[Asked, dict[str, Annotated]] = {}
    for text in case:
        for one in _owners(text):
            asked.setdefault(one, [])
            texts.setdefault(one, {})[text.document.name] = text
    for finding in findings:
        about_copy = not finding.contributor and finding.code not in authors
        one = _THE_COPY if about_copy else Asked(finding.contributor)
        asked.setdefault(one, []).append(finding)
        name = finding.place.document
        if name in case.documents:
            texts.setdefault(one, {})[name] = case.documents[name]
    if _THE_COPY in asked:
        texts[_THE_COPY] = {text.document.name: text for text in case}
    taken: set[str] = set()
    signs = Signs(findings)
    ordered = sorted(asked, key=lambda one: (one.copy, not one.name))  # stable: else as they came
    return tuple(
        _sheet(one, list(texts.get(one, {}).values()), asked[one], signs, taken) for one in ordered
    )


def _owned(text: Annotated) -> list[Node]:
    """Return the sections that name their authors."""
    return [section for section in text.index.sections if section.authors]


def _owner(text: Annotated, node: Node) -> Asked:
    """Return whose a section, a note or a mark is."""
    return Asked(", ".join(text.index.contributor_at(node.start)))


def _owners(text: Annotated) -> list[Asked]:
    """Return whose the sections of a text are; of one without named sections, whose it is."""
    if not text.document.text:
        return []
    owners = [_owner(text, section) for section in _owned(text)]
    return owners or [Asked(", ".join(text.document.authors))]


def _sheet(
    one: Asked,
    texts: Sequence[Annotated],
    found: Sequence[Finding],
    signs: Signs,
    taken: set[str],
) -> Sheet:
    """Return the sheet of one who is asked, with the findings put to them."""
    said = phrases("sheet")
    kind = "copy" if one.copy else "author"
    name = _people(one, texts) or said[kind]
    pending = [finding for finding in found if not finding.decision]
    lines = [
        (said[f"text_{kind}"], "; ".join(_parts(text, one, found) for text in texts)),
        (said["notes"], _notes(texts, one, signs.findings)),
        (said["queries"], _queries(pending, len(found) - len(pending))),
    ]
    if pending:
        lines.append((said["answer"], said[f"how_{kind}"]))
    return Sheet(
        file=_file(one.name or said[kind], taken),
        title=said[f"title_{kind}"].format(name=name),
        subject="; ".join(dict.fromkeys(filter(None, (text.document.title for text in texts)))),
        lines=tuple(lines),
        groups=_groups(pending, signs, several=len(texts) > 1),
        closing=said["thanks"] if pending else said["nothing"],
    )


# --- the lines on top ----------------------------------------------------------


def _people(one: Asked, texts: Sequence[Annotated]) -> str:
    """Return the contributors by name, the last with an "and"."""
    for text in texts:
        for section in _owned(text):
            authors = text.index.contributor_at(section.start)
            if len(authors) > 1 and ", ".join(authors) == one.name:
                first, last = ", ".join(authors[:-1]), authors[-1]
                return phrases("sheet")["people"].format(first=first, last=last)
    return one.name


def _parts(text: Annotated, one: Asked, found: Sequence[Finding]) -> str:
    """Return which sections of a document a sheet is about, with their pages, or its name alone.

    They are the contributor's own; where there are none, those with queries.
    """
    said = phrases("sheet")
    document = plain(text.document.name)
    own = [section for section in _owned(text) if _owner(text, section) == one]
    places = [finding.place for finding in found if finding.place.document == text.document.name]
    around = dict.fromkeys(text.index.section_at(place.start) for place in places)
    titles = [
        " ".join(filter(None, (said["section"].format(title=title), _pages(text, section))))
        for section in own or around
        if section and (title := plain(section.title))
    ]
    if one.copy or not titles:
        return document
    if len(titles) > PLACES_SHOWN:
        more = phrases("place")["more"].format(count=len(titles) - PLACES_SHOWN)
        titles = [*titles[:PLACES_SHOWN], more]
    return said["in_document"].format(sections=", ".join(titles), document=document)


def _pages(text: Annotated, section: Node) -> str:
    """Return the pages of a section in brackets, empty where they are not known."""
    said = phrases("sheet")
    first, last = (
        text.index.place(at, at) for at in (section.start, max(section.start, section.end - 1))
    )
    if first.page and last.page:
        numbers, key = (first.page, last.page), "pages"
    elif first.page_counted:
        numbers, key = (str(first.page_counted), str(last.page_counted)), "pages_counted"
    else:
        return ""
    key = key if numbers[0] != numbers[1] else key.replace("pages", "page")
    return said[key].format(first=numbers[0], last=numbers[1]).replace(" ", FIRM)


def _notes(texts: Sequence[Annotated], one: Asked, findings: Sequence[Finding]) -> str:
    """Return how many notes are whole, cut off and missing."""
    said = phrases("sheet")

    def tally(text: Annotated) -> Notes:
        return notes(text, findings, lambda node: one.copy or _owner(text, node) == one)

    tallies = [tally(text) for text in texts]
    whole, cut, missing = (sum(column) for column in zip((0, 0, 0), *tallies, strict=True))
    if whole + cut + missing == 0:
        return said["none"]
    return said["notes_counted"].format(whole=whole, cut=cut, missing=missing)


def _queries(pending: Sequence[Finding], answered: int) -> str:
    """Return how many queries there are of each certainty, and how many were answered before."""
    said = phrases("sheet")
    words = said["none"]
    if pending:
        several = len({finding.certainty for finding in pending}) > 1
        words = said["ordered" if several else "counted"].format(counts=counts(pending))
    return words + (said["answered"].format(count=answered) if answered else "")


# --- the queries ---------------------------------------------------------------


def _groups(
    pending: Sequence[Finding], signs: Signs, *, several: bool
) -> tuple[tuple[str, tuple[Query, ...]], ...]:
    """Return the queries numbered through, in groups: certain, likely, style."""
    groups: list[tuple[str, tuple[Query, ...]]] = []
    number = 0
    for certainty in Certainty:
        group: list[Query] = []
        for finding in pending:
            if finding.certainty == certainty:
                number += 1
                where_ = _where(finding, several=several)
                group.append(Query(number, where_, signs.of(finding), finding))
        if group:
            groups.append((phrases("sheet")[certainty.value], tuple(group)))
    return tuple(groups)


def _where(finding: Finding, *, several: bool) -> str:
    """Return what stands beside the number of a query: where to look for the words."""
    said = phrases("sheet")
    place = finding.place
    parts = [spot(place)]
    if not parts[0] and place.section:
        parts = [said["section"].format(title=place.section)]
    if several:
        parts.append(phrases("place")["document"].format(document=place.document))
    if finding.preview:
        parts.append(said["preview"])
    return ", ".join(part for part in parts if part)


def spot(place: Place, document: str = "") -> str:
    """Return where an author would look: the line only where no page is known."""
    return where(place, document=document, line=not (place.page or place.page_counted))


# --- the name of the file --------------------------------------------------------


def _file(name: str, taken: set[str]) -> str:
    """Return a name for the file of a sheet that none of the others has, without suffix."""
    base = phrases("sheet")["file"].format(slug=slug(name))
    file, number = base, 1
    while file in taken:
        number += 1
        file = f"{base}-{number}"
    taken.add(file)
    return file


def slug(name: str) -> str:
    """Return a name as part of a file's name: letters and digits of any script, and hyphens."""
    return "-".join(_words(unicodedata.normalize("NFC", name.casefold())))[:SLUG_LETTERS].strip("-")


def _words(name: str) -> Iterator[str]:
    """Yield the runs of letters, marks and digits of a name."""
    kept = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in name)
    yield from kept.split()
