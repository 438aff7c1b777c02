"""What people decided about findings, and the name by which a finding is known.

Decisions live in ``decisions.toml``, the truth, which people may edit; a
baseline is a file of the same form that says "known" of every finding of a
day. Both attach by words and context, never by offsets, and never to a
look-alike: what no longer fits is stale, and shown.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final, NamedTuple

from scholiast.model import Finding, Place
from scholiast.text import key

#: Length of a finding's id in hexadecimal digits.
ID_LENGTH: Final = 12

ACCEPTED: Final = "accepted"
REJECTED: Final = "rejected"
#: The verdict of a baseline: seen before, not to be shown again.
KNOWN: Final = "known"

#: Letters of folded context from which words are known again in a file of another name.
#: Shorter ones ("Ibid., 12.") stand in many files.
RECOGNISABLE: Final = 30

_HEAD: Final = """\
# {title}
# It may be edited by hand; comments are not kept when the program writes it again.
"""
_TITLES: Final = {
    False: "What was decided about the findings of this case.",
    True: "Findings known on the day this baseline was written: they are not shown.",
}
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


class DecisionsError(ValueError):
    """The file of decisions cannot be used; the message says what and where."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about one finding, with the words it was made on.

    ``id`` may be empty in an entry written by hand: it then attaches by code,
    quote and context alone.
    """

    id: str
    code: str
    quote: str
    context: str
    verdict: str
    document: str = ""
    reason: str = ""
    who: str = ""


class Applied(NamedTuple):
    """Findings with what was decided about them, and the decisions that fit none."""

    findings: tuple[Finding, ...]
    stale: tuple[Decision, ...]


def finding_id(code: str, quote: str, context: str, ordinal: int = 0) -> str:
    """Return the stable name of a finding: 12 hexadecimal digits.

    It is taken from the code and the folded words and context, so it stands
    while they do, wherever they move. ``ordinal`` counts from 0 the findings
    of one document that have the same code, words and context.
    """
    words = "\x1f".join((code, key(quote), key(context), str(ordinal)))
    digest = hashlib.sha256(words.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:ID_LENGTH]


def decide(finding: Finding, verdict: str, reason: str = "", who: str = "") -> Decision:
    """Return the decision on a finding, with the finding's words."""
    place = finding.place
    return Decision(
        id=finding.id,
        code=finding.code,
        quote=place.quote,
        context=place.context,
        verdict=verdict,
        document=place.document,
        reason=reason,
        who=who,
    )


# --- the file ----------------------------------------------------------------


def parse(text: str, where: str = "decisions.toml") -> tuple[Decision, ...]:
    """Return the decisions in the text of a TOML file; ``where`` names it in errors.

    Raises ``DecisionsError`` where the text is no TOML, or an entry is not
    what this program writes.
    """
    return _parsed(text, where, (ACCEPTED, REJECTED))


def parse_baseline(text: str, where: str = "baseline.toml") -> tuple[Decision, ...]:
    """Return the entries of a baseline; raises ``DecisionsError`` as ``parse`` does."""
    return _parsed(text, where, (KNOWN,))


def _parsed(text: str, where: str, verdicts: tuple[str, ...]) -> tuple[Decision, ...]:
    """Return the entries of a file in which only these verdicts may stand."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DecisionsError(f"{where}: not valid TOML: {error}") from error
    unknown = sorted(set(data) - {"decision"})
    if unknown:
        raise DecisionsError(
            f"{where}: unknown key {unknown[0]!r}; entries begin with [[decision]]"
        )
    entries = data.get("decision", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise DecisionsError(f"{where}: entries begin with [[decision]], in double brackets")
    return tuple(
        _entry(entry, verdicts, f"{where}: decision {number}")
        for number, entry in enumerate(entries, 1)
    )


def _entry(entry: dict[str, Any], verdicts: tuple[str, ...], where: str) -> Decision:
    """Return one entry of the file as a Decision, or raise ``DecisionsError``."""
    known = {field.name: "" for field in fields(Decision)}
    for name, value in entry.items():
        if name not in known:
            raise DecisionsError(f"{where}: unknown key {name!r}; known are {', '.join(known)}")
        if not isinstance(value, str):
            raise DecisionsError(f"{where}: {name} must be words in quotation marks")
        known[name] = value
    if known["verdict"] not in verdicts:
        raise DecisionsError(
            f"{where}: verdict is {known['verdict']!r}; it must be {' or '.join(verdicts)}"
        )
    if not known["code"]:
        raise DecisionsError(f"{where}: the code of the rule is missing (code = …)")
    return Decision(**known)


def format(decisions: Iterable[Decision]) -> str:
    """Return decisions as TOML text, in the order of documents, codes and words."""
    ordered = sorted(set(decisions), key=_order)
    known = any(decision.verdict == KNOWN for decision in ordered)
    parts = [_HEAD.format(title=_TITLES[known])]
    for decision in ordered:
        lines = ["[[decision]]"]
        lines += [
            f"{field.name} = {_quoted(value)}"
            for field in fields(Decision)
            if (value := getattr(decision, field.name))
        ]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _order(decision: Decision) -> tuple[str, ...]:
    """Return what decisions are sorted by in the file."""
    names = ("document", "code", "quote", "context", "id", "verdict", "reason", "who")
    return tuple(getattr(decision, name) for name in names)


def _quoted(value: str) -> str:
    """Return words as a basic string of TOML."""
    letters = []
    for character in value:
        code = ord(character)
        if character in _ESCAPES:
            letters.append(_ESCAPES[character])
        elif code < 0x20 or code == 0x7F:
            letters.append(f"\\u{code:04X}")
        elif 0xD800 <= code <= 0xDFFF:  # half a character: no file can hold it
            letters.append("\\uFFFD")
        else:
            letters.append(character)
    return '"' + "".join(letters) + '"'


def baseline(findings: Iterable[Finding]) -> str:
    """Return the baseline of these findings: the text of a file of decisions that say "known"."""
    return format(decide(finding, KNOWN) for finding in findings)


def merge(old: Iterable[Decision], new: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions of both, where a later one on the same finding replaces an earlier."""
    latest = {_subject(decision): decision for decision in (*old, *new)}
    return tuple(sorted(latest.values(), key=_order))


def _subject(decision: Decision) -> tuple[str, ...]:
    """Return what a decision is about: equal for two decisions on one finding."""
    name = (decision.id,) if decision.id else _words(decision.code, decision)
    return (decision.document, *name)


# --- attaching ---------------------------------------------------------------


def apply(
    findings: Sequence[Finding],
    decisions: Iterable[Decision],
    *,
    documents: Collection[str] | None = None,
    wants: Callable[[str], bool] | None = None,
) -> Applied:
    """Return the findings with what was decided about them, and the stale decisions.

    A decision attaches to the one finding with its id; else to the one with
    exactly its code, folded quote and folded context. Where several would fit,
    it attaches to none. It looks for the finding in its own document; only
    where that was not checked (the file has a new name) and its context is
    long enough to be known again, in the others. A decision is stale when its
    document was checked, its rule was run, and no finding fits.

    ``documents`` are the names of all that was checked (None: every document
    that a decision names); ``wants`` says whether a rule was run (None: all
    were). Of two decisions on one finding the later counts.
    """
    checked = _Checked(documents)
    held, unfit = _attach(findings, decisions, checked)
    decided = tuple(
        replace(finding, decision=held[at].verdict, reason=held[at].reason)
        if at in held
        else finding
        for at, finding in enumerate(findings)
    )
    stale = tuple(
        decision
        for decision in unfit
        if checked(decision.document) and (wants is None or wants(decision.code))
    )
    return Applied(decided, stale)


def unknown(
    findings: Sequence[Finding],
    known: Iterable[Decision],
    *,
    documents: Collection[str] | None = None,
) -> tuple[Finding, ...]:
    """Return the findings that are not in a baseline; they attach as decisions do."""
    held, _ = _attach(findings, known, _Checked(documents))
    return tuple(finding for at, finding in enumerate(findings) if at not in held)


#: Whether the finding must stand in the decision's own document, and whether the id must fit:
#: the nearest first.
_PASSES: Final = ((True, True), (True, False), (False, True), (False, False))


def _attach(
    findings: Sequence[Finding], decisions: Iterable[Decision], checked: _Checked
) -> tuple[dict[int, Decision], list[Decision]]:
    """Return the decision of each finding, by the finding's index, and those that fit none."""
    by_id: dict[str, list[int]] = {}
    by_words: dict[tuple[str, ...], list[int]] = {}
    pending = list(decisions)
    for at, finding in enumerate(findings if pending else ()):
        by_id.setdefault(finding.id, []).append(at)
        by_words.setdefault(_words(finding.code, finding.place), []).append(at)
    held: dict[int, Decision] = {}
    for own, id_fits in _PASSES:
        found: dict[int, Decision] = {}
        left: list[Decision] = []
        for decision in pending:
            words = _words(decision.code, decision)
            fits = by_id.get(decision.id, []) if id_fits else by_words.get(words, [])
            if own:
                fits = [at for at in fits if _same(decision.document, findings[at].place.document)]
            elif checked(decision.document) or len(words[-1]) < RECOGNISABLE:
                fits = []
            if len(fits) == 1 and fits[0] not in held:
                found[fits[0]] = decision
            else:
                left.append(decision)
        held |= found
        pending = left
    return held, pending


def _words(code: str, holder: Decision | Place) -> tuple[str, ...]:
    """Return what a finding is known by when its id does not fit."""
    return (code, key(holder.quote), key(holder.context))


def _same(name: str, other: str) -> bool:
    """Return whether two names are of one document: one may begin in a folder further in."""
    return not name or name == other or name.endswith(f"/{other}") or other.endswith(f"/{name}")


class _Checked:
    """Whether a document was checked, by its name; asked once for each name."""

    def __init__(self, documents: Collection[str] | None) -> None:
        self._documents = documents
        self._known: dict[str, bool] = {}

    def __call__(self, name: str) -> bool:
        if self._documents is None:
            return True
        if name not in self._known:
            self._known[name] = any(_same(name, other) for other in self._documents)
        return self._known[name]
