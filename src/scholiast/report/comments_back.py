"""Replies and resolved comments of a Word file, taken back as decisions.

A comment of ours is known by the sign in its text. What people did with it
may be a reply in its thread, a state (resolved), or words written behind the
sign: into the comment itself, or, as older versions of LibreOffice do, into a
new comment that quotes it. Comments without a sign are other people's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from scholiast.data import table
from scholiast.decisions import ACCEPTED, Decision, decide
from scholiast.model import Finding
from scholiast.packages.zip import Package, PackageError
from scholiast.report.annotate_error import AnnotateError
from scholiast.report.comment_parts import Comment, comment_parts, read_comments
from scholiast.report.remarks import LANGUAGE, SIGN, clean
from scholiast.report.verdicts import verdict

_CLOSING: Final = re.compile(r"^[\s\"'“”«»:.…-]+")
MAX_INFLATED: Final = 400_000_000


class Answer(NamedTuple):
    """What one person said to one question; ``said`` may be empty where it was only resolved."""

    who: str
    said: str


class Answers(NamedTuple):
    """The decisions that answers make, and what could not be used, in words."""

    decisions: tuple[Decision, ...]
    unused: tuple[str, ...]


class _Thread(NamedTuple):
    """A question of ours with its answers; ``code`` as its sign says."""

    code: str
    answers: list[Answer]
    resolved: bool


def collect_docx(
    data: bytes, findings: Iterable[Finding], *, max_inflated: int = MAX_INFLATED
) -> Answers:
    """Return what people decided in the comments of a Word file, and what could not be used.

    ``findings`` are those of the texts that the file was made from; a comment
    attaches by the id in its sign. A reply that begins with a word of the
    table ``replies`` accepts or rejects (the last such counts); a resolved
    comment without one is accepted. Raises ``AnnotateError`` where the file
    cannot be read, in one line.
    """
    try:
        comments = read_comments(comment_parts(Package(data, max_inflated)))
    except PackageError as error:
        raise AnnotateError(str(error)) from error
    known = {finding.id: finding for finding in findings}
    decisions: list[Decision] = []
    unused: list[str] = []
    for id_, thread in _threads(comments).items():
        decided = _decided(thread)
        finding = known.get(id_)
        if finding is not None and decided is not None:
            verdict_, answer = decided
            decisions.append(decide(finding, verdict_, answer.said, answer.who))
        elif finding is None and (thread.answers or thread.resolved):
            unused.append(_worded("gone", thread, id_, None))
        elif finding is not None and thread.answers:
            unused.append(_worded("undecided", thread, id_, finding))
    return Answers(tuple(decisions), tuple(unused))


def _threads(comments: Sequence[Comment]) -> dict[str, _Thread]:
    """Return our questions by the ids of their findings, in the order of the comments."""
    found: dict[str, _Thread] = {}
    by_paragraph: dict[str, str] = {}
    for comment in comments:
        for sign in SIGN.finditer(comment.text):
            thread = found.get(sign.group(2), _Thread(sign.group(1), [], False))
            mine = not comment.parent
            resolved = thread.resolved or (comment.resolved and mine)
            found[sign.group(2)] = thread._replace(resolved=resolved)
            if comment.paragraph and mine:
                by_paragraph.setdefault(comment.paragraph, sign.group(2))
    for comment in comments:
        signs = list(SIGN.finditer(comment.text))
        said = clean(comment.text)
        id_ = by_paragraph.get(comment.parent, "") if comment.parent else ""
        if signs:
            id_ = id_ or signs[-1].group(2)
            said = clean(_CLOSING.sub("", comment.text[signs[-1].end() :]))
        if id_ and said:
            found[id_].answers.append(Answer(clean(comment.author), said))
    return found


def _decided(thread: _Thread) -> tuple[str, Answer] | None:
    """Return what a thread decides and the answer that does; None where it decides nothing."""
    for answer in reversed(thread.answers):
        decision = verdict(answer.said)
        if decision:
            return decision, answer
    if thread.resolved:
        return ACCEPTED, thread.answers[-1] if thread.answers else Answer("", "")
    return None


def _worded(name: str, thread: _Thread, id_: str, finding: Finding | None) -> str:
    """Return in words what could not be used."""
    phrases = table("remarks")[LANGUAGE]["collect"]
    last = thread.answers[-1] if thread.answers else Answer("", "")
    return str(phrases[name]).format(
        code=thread.code,
        id=id_,
        who=last.who or phrases["somebody"],
        said=last.said or phrases["resolved"],
        quote=clean(finding.place.quote or finding.place.context) if finding else "",
    )
