"""Replies and resolved comments of a Word file or an OpenDocument text, taken back as decisions.

A comment of ours is known by the sign in its text. What people did with it
may be a reply in its thread, a state (resolved), or words written behind the
sign: into the comment itself, or, as older versions of LibreOffice do, into a
new comment that quotes it. Comments without a sign are other people's, unless
such a version has made them of replies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from scholiast.data import table
from scholiast.decisions import ACCEPTED, Decision, decide
from scholiast.model import Finding
from scholiast.packages.zip import Package, PackageError
from scholiast.report.annotate_error import AnnotateError
from scholiast.report.comment_parts import Comment, CommentParts, comment_parts, read_comments
from scholiast.report.comment_ranges import companions, forgets_threads
from scholiast.report.remarks import LANGUAGE, SIGN, clean
from scholiast.report.verdicts import verdict

#: Leads the id of the comment that a reply is given back to, in place of a paragraph's.
_BESIDE: Final = "comment "
_CLOSING: Final = re.compile(r"^[\s\"'“”«»:.…-]+")
MAX_INFLATED: Final = 400_000_000


class Answer(NamedTuple):
    """What one person said to one question; ``said`` may be empty where it was only resolved."""

    who: str
    said: str


class Answers(NamedTuple):
    """The decisions that answers make, what could not be used in words, and what is still open."""

    decisions: tuple[Decision, ...]
    unused: tuple[str, ...]
    unanswered: int = 0  # questions of ours in the file that nobody answered or resolved


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
        parts = comment_parts(Package(data, max_inflated))
        comments = _rejoined(parts, read_comments(parts))
    except PackageError as error:
        raise AnnotateError(str(error)) from error
    return decided(comments, findings)


def decided(comments: Sequence[Comment], findings: Iterable[Finding]) -> Answers:
    """Return what people decided in comments, and what could not be used."""
    known = {finding.id: finding for finding in findings}
    decisions: list[Decision] = []
    unused: list[str] = []
    unanswered = 0
    for id_, thread in _threads(comments).items():
        decision = _decided(thread)
        finding = known.get(id_)
        unanswered += not thread.answers and not thread.resolved
        if finding is not None and decision is not None:
            verdict_, answer = decision
            decisions.append(decide(finding, verdict_, answer.said, answer.who))
        elif finding is None and (thread.answers or thread.resolved):
            unused.append(_worded("gone", thread, id_, None))
        elif finding is not None and thread.answers:
            unused.append(_worded("undecided", thread, id_, finding))
    return Answers(tuple(decisions), tuple(unused), unanswered)


def _rejoined(parts: CommentParts, comments: Sequence[Comment]) -> tuple[Comment, ...]:
    """Return the comments, with the replies that lost what they reply to given back to it."""
    if not forgets_threads(parts, comments):
        return tuple(comments)
    return rejoined(comments, companions(parts))


def rejoined(
    comments: Sequence[Comment], beside: Mapping[str, Sequence[str]]
) -> tuple[Comment, ...]:
    """Return comments, a reply that stands ``beside`` a question of ours given back to it.

    Only where one question of ours stands on the same words, and the words
    begin as an answer does.
    """
    ours = {comment.id: comment for comment in comments if SIGN.search(comment.text)}
    found: list[Comment] = []
    for comment in comments:
        asked = [ours[id_] for id_ in beside.get(comment.id, ()) if id_ in ours]
        if comment.id not in ours and len(asked) == 1 and verdict(comment.text):
            comment = replace(comment, parent=f"{_BESIDE}{asked[0].id}")
        found.append(comment)
    return tuple(found)


def _threads(comments: Sequence[Comment]) -> dict[str, _Thread]:
    """Return our questions by the ids of their findings, in the order of the comments."""
    found: dict[str, _Thread] = {}
    by_paragraph: dict[str, str] = {}
    own: dict[str, Comment] = {}  # the comment that asks each question
    for comment in comments:
        for sign in SIGN.finditer(comment.text):
            thread = found.get(sign.group(2), _Thread(sign.group(1), [], False))
            mine = not comment.parent
            resolved = thread.resolved or (comment.resolved and mine)
            found[sign.group(2)] = thread._replace(resolved=resolved)
            own.setdefault(sign.group(2), comment)
            if comment.paragraph and mine:
                by_paragraph.setdefault(comment.paragraph, sign.group(2))
            by_paragraph.setdefault(f"{_BESIDE}{comment.id}", sign.group(2))
    for comment in comments:
        signs = list(SIGN.finditer(comment.text))
        said, who = clean(comment.text), clean(comment.author)
        id_ = by_paragraph.get(comment.parent, "") if comment.parent else ""
        if signs:
            id_ = id_ or signs[-1].group(2)
            said = clean(_CLOSING.sub("", comment.text[signs[-1].end() :]))
            who = "" if own[id_] is comment else who  # whoever typed into our comment
        if id_ and said:
            found[id_].answers.append(Answer(who, said))
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
