"""Reads query sheets that came back: the boxes people marked, and what they wrote beside them.

A sheet comes back as a Word document, edited by Word or LibreOffice, or as the
text of a mail, quoted and broken anew. What is not plain is never guessed: it
becomes a problem in words, and the query stays open.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from scholiast.decisions import ACCEPTED, ID_LENGTH, REJECTED, Decision, decide
from scholiast.model import Certainty, Finding
from scholiast.report.columns import plain, shortened
from scholiast.report.sheets import HEADING_JOIN, Signs
from scholiast.report.wording import answers, phrases

#: What a sheet may inflate to; ours stay far below.
MAX_INFLATED: Final = 50_000_000
#: Columns of an answer that a problem quotes.
QUOTED: Final = 80

_SIGN: Final = re.compile(rf"#[0-9a-f]{{{ID_LENGTH}}}(?:\.[0-9a-f]{{4}})?(?![0-9a-z])")
_QUOTING: Final = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
#: The rule between two queries, also as a word processor may have drawn it.
_RULE: Final = re.compile(r"^\s*[-–—_=─]{8,}\s*$")
_BOX: Final = re.compile(r"[\[(［（☐□☑☒]")
_EMPTY_BOX: Final = re.compile(r"[\[(［（][\s_.]*[\])］）]|[☐□]")
_EMPTY: Final = str.maketrans(dict.fromkeys("[]()☐□_.,:;|", " "))
#: Letters between the sign, the two words and their boxes; more is no longer the printed line.
_NEAR: Final = 24


_STANDS_ALONE: Final = r"(?=\s*(?:[\n.,:;!。，：；！)\"”'’–—-]|$))"
_KINDS: Final = ("accept", "reject", "accept_short", "reject_short")


class Replies(NamedTuple):
    """What a sheet said: decisions, problems in words, and how many queries nobody answered."""

    decisions: tuple[Decision, ...]
    problems: tuple[str, ...] = ()
    unanswered: int = 0


class _Answer(NamedTuple):
    """What stands beside one sign: a verdict with a reason, or a problem, or neither."""

    verdict: str = ""
    reason: str = ""
    problem: str = ""  # a key of the table ``replies``
    words: str = ""  # what the problem is about


def collect_sheet(name: str, data: bytes, findings: Sequence[Finding]) -> Replies:
    """Return the decisions marked in a query sheet, with the words of their findings.

    ``name`` is the file's, for what is said of it; ``data`` are the bytes of a
    .docx or of a text; ``findings`` are those of the case now. A file that
    cannot be read, or is no query sheet, is a problem in words.
    """
    from scholiast.packages.zip import PackageError

    said = phrases("replies")
    try:
        text = _text(name, data)
    except PackageError as error:
        return Replies((), (said["unreadable"].format(name=name, why=error),))
    regions = list(_regions(text))
    if not regions:
        return Replies((), (said["no_queries"].format(name=name),))
    answered: dict[str, list[_Answer]] = {}
    for sign, words in regions:
        given = answered.setdefault(sign, [])
        answer = _answer(words)
        if answer.verdict or answer.problem:
            given.append(answer)
    decisions: list[Decision] = []
    problems: list[str] = []
    unanswered = 0
    signs = Signs(findings)
    for sign, given in answered.items():
        finding = signs.find(sign)
        where = said["where"].format(name=name, sign=sign)
        told = _problems(given, finding, where)
        problems += told
        if finding is not None and given and not told:
            best = max(given, key=lambda answer: len(answer.reason))
            decisions.append(decide(finding, best.verdict, best.reason, finding.contributor))
        unanswered += finding is not None and not given
    return Replies(tuple(decisions), tuple(problems), unanswered)


def _problems(given: Sequence[_Answer], finding: Finding | None, where: str) -> list[str]:
    """Return in words why the answers to one query cannot be taken over; empty where they can.

    A query may be answered more than once where a mail quotes an earlier one.
    """
    said = phrases("replies")
    if given and finding is None:
        return [said["gone"].format(where=where)]
    told = dict.fromkeys(
        said[answer.problem].format(
            where=where, mark=answer.words, words=shortened(answer.words, QUOTED)
        )
        for answer in given
        if answer.problem
    )
    if len({answer.verdict for answer in given if answer.verdict}) > 1:
        told[said["twice"].format(where=where)] = None
    return list(told)


# --- the text of a sheet ---------------------------------------------------------


def _text(name: str, data: bytes) -> str:
    """Return the text of a sheet; raises ``PackageError`` where a package is damaged."""
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or name.lower().endswith(".docx"):
        return _word_text(data)
    return _QUOTING.sub("", _decoded(data).replace("\r\n", "\n").replace("\r", "\n"))


def _word_text(data: bytes) -> str:
    """Return the paragraphs of a Word document as lines, with all changes accepted."""
    from scholiast.packages.ooxml import elements, main_part, parse, pieces
    from scholiast.packages.zip import Package

    package = Package(data, MAX_INFLATED)
    part = main_part(package)
    root = parse(package.read(part), part)
    return "\n".join(
        "".join(piece.text for piece in pieces(paragraph)) for paragraph in elements(root, "w:p")
    )


def _decoded(data: bytes) -> str:
    """Return bytes as text: UTF-8 or UTF-16, else what their letters make likely."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        return str(from_bytes(data).best() or data.decode("latin-1"))


def _regions(text: str) -> Iterator[tuple[str, str]]:
    """Yield each sign of a text with the words after it that can be its answer."""
    found = list(_SIGN.finditer(text))
    for number, match in enumerate(found, 1):
        end = found[number].start() if number < len(found) else len(text)
        lines: list[str] = []
        for line in text[match.end() : end].split("\n"):
            if _ends_answer(line):
                break
            lines.append(line)
        yield match.group(), "\n".join(lines)


def _ends_answer(line: str) -> bool:
    """Return whether a line is the sheet's own and begins what comes after an answer."""
    own = " ".join(line.split())
    return bool(_RULE.match(line) or _heading().match(own)) or own in _fixed_lines()


@cache
def _heading() -> re.Pattern[str]:
    """Return the pattern of the line that begins a query."""
    before, _, after = phrases("sheet")["query"].partition("{number}")
    return re.compile(rf"{re.escape(before)}\d+{re.escape(after)}(?:\s*{HEADING_JOIN.strip()}|$)")


@cache
def _fixed_lines() -> frozenset[str]:
    """Return the lines that the sheet prints between and after the queries."""
    said = phrases("sheet")
    return frozenset(said[key] for key in (*Certainty, "thanks"))


# --- one answer ------------------------------------------------------------------


def _answer(region: str) -> _Answer:
    """Return what the words beside a sign say."""
    form = _form().match(region)
    if form is None:
        answer = _free(region)
        if answer.verdict and _EMPTY_BOX.search(region):  # one word is gone, one box still open
            return _Answer(problem="unmarked", words=_clean(region))
        return answer
    between = form["between"]
    box = _BOX.search(between)
    at = box.start() if box else 0
    beside, reason = _split_reason(form["rest"])
    accept = _marks(form["before"]) + _marks(between[:at])
    reject = _marks(between[at:]) + _marks(beside)
    unclear = [mark for mark in (*accept, *reject) if not _is_mark(mark)]
    if len(unclear) > 1:  # not a mark but a sentence
        return _Answer(problem="unmarked", words=_clean(region))
    if unclear:
        return _Answer(problem="unclear", words=unclear[0])
    if accept and reject:
        return _Answer(problem="both")
    if not accept and not reject:
        return _free(reason)
    verdict = ACCEPTED if accept else REJECTED
    written = _written(reason, ("accept", "reject"))
    if written and written[0] != verdict:
        return _Answer(problem="both")
    return _Answer(verdict, _clean(reason))


@cache
def _form() -> re.Pattern[str]:
    """Return the pattern of the printed line: box, accept, box, reject, and what follows."""
    accept, reject = (re.escape(answers(verdict)[0]) for verdict in ("accept", "reject"))
    near = rf".{{0,{_NEAR}}}?"
    return re.compile(
        rf"(?P<before>{near})(?<!\w){accept}(?!\w)(?P<between>{near})(?<!\w){reject}(?!\w)(?P<rest>.*)",
        re.DOTALL | re.IGNORECASE,
    )


def _marks(words: str) -> list[str]:
    """Return what is written in and beside an empty box."""
    return unicodedata.normalize("NFKC", words).translate(_EMPTY).casefold().split()


def _is_mark(word: str) -> bool:
    """Return whether what is written in or beside a box marks it."""
    return set(word) <= set(answers("marked")) or word in answers("marked_words")


def _split_reason(rest: str) -> tuple[str, str]:
    """Return the sign written behind the second box's word, if any, and the reason."""
    beside, label, reason = rest.partition(phrases("sheet")["why"])
    if not label:  # someone took it out, or wrote it another way
        beside, label, reason = "", "", rest
        words = rest.split(maxsplit=1)
        if words and words[0].casefold() in answers("marked"):
            beside, reason = words[0], "".join(words[1:])
    elif len(beside) > _NEAR:
        beside, reason = "", rest
    return beside, reason


def _free(words: str) -> _Answer:
    """Return the answer in words that are written where no box is marked."""
    left = _clean(words)
    written = _written(words, _KINDS)
    if written is None:
        return _Answer(problem="unmarked", words=left) if left else _Answer()
    verdict, reason = written
    printed = {kind for kind in ("accept", "reject") if _stands_in(words, answers(kind)[0])}
    again = _written(reason, _KINDS)
    if len(printed) > 1 or (again and again[0] != verdict):
        return _Answer(problem="unmarked", words=left)
    return _Answer(verdict, _clean(reason))


def _stands_in(words: str, word: str) -> bool:
    """Return whether a word stands among words."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", words, re.IGNORECASE) is not None


def _written(words: str, kinds: Sequence[str]) -> tuple[str, str] | None:
    """Return the verdict that words begin with, and the words after it; None where there is none.

    Short answers count only where they stand alone or before a mark of
    punctuation: "no" is an answer, "no such letter" is not.
    """
    marks = "|".join(mark for mark in answers("marked") if mark.isalpha())
    for kind in kinds:
        listed = "|".join(re.escape(word) for word in answers(kind))
        ends = (
            r"(?=\s*(?:[\n.,:;!。，：；！)\"”'’–—-]|$))" if kind.endswith("_short") else r"(?!\w)"
        )
        match = re.match(rf"\W*(?:(?:{marks})\W+)?(?:{listed}){ends}", words, re.IGNORECASE)
        if match:
            verdict = ACCEPTED if kind.startswith("accept") else REJECTED
            rest = words[match.end() :]
            why = re.match(rf"[\W_]*{re.escape(phrases('sheet')['why'])}", rest)
            return verdict, rest[why.end() :] if why else rest
    return None


def _clean(reason: str) -> str:
    """Return a reason on one line, without the signs that led to it."""
    return plain(reason).strip(" _").lstrip(" .,:;!。，：；！)\"”'’–—-").strip()
