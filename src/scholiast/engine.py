"""The passes in order: read, extract, judge; an exception becomes a finding.

``check`` is all there is to call. Each document is judged on its own, in
process or in a pool, and what came out is kept under the hash of all that went
in; then the rules of the case look at the documents together, and last the
decisions of people are laid over the findings.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Final

from scholiast import __version__
from scholiast.case import Annotated, Case, Store, annotated, facts
from scholiast.codec import VERSION as CODEC_VERSION
from scholiast.codec import decode, encode
from scholiast.config import ConfigError, Settings
from scholiast.decisions import Decision, apply
from scholiast.judge import OWN, chosen, judge, judge_case
from scholiast.model import Document, Facts, Finding, Intake, Source, Trouble
from scholiast.rule import Rule

#: Raise when a pass gives another result for the same input within one version.
ENGINE_VERSION: Final = 3
_PASS: Final = "judge"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check gives: the case, the findings in order, the rules that ran."""

    case: Case
    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...]
    stale: tuple[Decision, ...] = ()


class Shelf(Mapping[str, Annotated]):
    """The documents of a case, read when they are asked for and then kept."""

    def __init__(
        self, sources: Sequence[Source], failures: Sequence[tuple[str, str]], settings: Settings
    ) -> None:
        self._sources = {source.name: source for source in sources}
        self._failures = dict(failures)
        self._settings = settings
        self._read: dict[str, Annotated] = {}

    def __getitem__(self, name: str) -> Annotated:
        if name not in self._read:
            self._read[name] = self._make(name)
        return self._read[name]

    def _make(self, name: str) -> Annotated:
        if name in self._failures:
            return failed(name, self._failures[name])
        return read(self._sources[name], self._settings)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*self._sources, *self._failures}))

    def __len__(self) -> int:
        return len({*self._sources, *self._failures})


def failed(name: str, why: str, kind: str = "unreadable-file") -> Annotated:
    """Return the empty document of a file that could not be read."""
    identity = hashlib.sha256(f"{name}\n{why}".encode()).hexdigest()[:16]
    return annotated(Document(name, identity), troubles=(Trouble(kind, why),))


def read(source: Source, settings: Settings) -> Annotated:
    """Return one document as rules see it; what goes wrong is a Trouble, never an exception."""
    from scholiast.worker import read as read_source

    if len(source.data) > settings.max_bytes:
        megabytes = settings.max_bytes // 1_000_000
        return failed(
            source.name, f"the file is larger than the {megabytes} MB that max-bytes allows"
        )
    try:
        intake: Intake = read_source(source, settings)
    except Exception as error:
        return failed(source.name, f"reading: {type(error).__name__}: {error}", "internal-error")
    return annotated(intake.document, intake.mentions, intake.troubles)


def rules_for(settings: Settings) -> tuple[Rule, ...]:
    """Return the rules that run: ours and the user's, selected by the settings.

    Raises ``ConfigError`` where the user's rules cannot be loaded.
    """
    from scholiast.rules import ALL

    every = (*ALL, *_user_rules(settings))
    for code in (*settings.select, *settings.ignore):
        if not any(rule.code.startswith(code) for rule in (*OWN, *every)):
            raise ConfigError(f"there is no rule or family {code!r}; `scholiast rules` lists them")
    return chosen(every, settings)


def _user_rules(settings: Settings) -> Iterator[Rule]:
    from importlib import import_module

    for name in settings.rules:
        module, _, attribute = name.partition(":")
        try:
            found: Iterable[Rule] = getattr(import_module(module), attribute or "RULES")
        except (ImportError, AttributeError) as error:
            raise ConfigError(f"rules: {name!r} cannot be loaded: {error}") from error
        yield from found


@dataclass(frozen=True, slots=True)
class Judged:
    """What is kept of a document between runs: its findings, and facts for reports."""

    findings: tuple[Finding, ...]
    facts: Facts


def judge_text(text: Annotated, rules: tuple[Rule, ...], settings: Settings) -> Judged:
    """Judge one document that was read."""
    return Judged(judge(text, rules, settings), facts(text))


def judge_source(source: Source, settings: Settings) -> Judged:
    """Read and judge one document: the work of one task of a pool."""
    return judge_text(read(source, settings), rules_for(settings), settings)


def check(
    sources: Sequence[Source],
    settings: Settings | None = None,
    *,
    failures: Sequence[tuple[str, str]] = (),
    store: Store | None = None,
    decisions: Sequence[Decision] = (),
    jobs: int = 1,
    progress: Progress | None = None,
) -> Outcome:
    """Check the documents of a case.

    ``failures`` are the names of files that the shell could not open, with
    the reason. ``progress`` is told how many documents are done, of how many.
    The result does not depend on the order of the sources or on ``jobs``.
    """
    settings = settings or Settings()
    rules = rules_for(settings)
    ordered = sorted(sources, key=lambda source: source.name)
    shelf = Shelf(ordered, failures, settings)
    keys = {source.name: _key(source, settings, rules) for source in ordered}
    done = dict(_kept(store, keys))
    todo = [source for source in ordered if source.name not in done]
    for number, (name, judged) in enumerate(_judged(todo, shelf, rules, settings, jobs), start=1):
        done[name] = judged
        if store is not None:
            store.put(_PASS, keys[name], _packed(judged))
        if progress is not None:
            progress(number, len(todo))
    for name, why in failures:
        done[name] = judge_text(failed(name, why), rules, settings)
    case = Case(shelf, settings, known={name: judged.facts for name, judged in done.items()})
    findings = [finding for judged in done.values() for finding in judged.findings]
    if len(case) > 1:
        findings.extend(judge_case(case, rules, settings))
    ran = {rule.code for rule in rules}
    applied = apply(_sorted(findings), decisions, documents=tuple(shelf), wants=ran.__contains__)
    return Outcome(case, applied.findings, rules, applied.stale)


def _judged(
    todo: Sequence[Source],
    shelf: Shelf,
    rules: tuple[Rule, ...],
    settings: Settings,
    jobs: int,
) -> Iterator[tuple[str, Judged]]:
    """Yield each document judged, in order, here or in a pool."""
    if jobs > 1 and len(todo) > 1:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        with ProcessPoolExecutor(min(jobs, len(todo)), mp_context=get_context("spawn")) as pool:
            results = pool.map(partial(judge_source, settings=settings), todo)
            yield from zip((source.name for source in todo), results, strict=True)
        return
    for source in todo:
        yield source.name, judge_text(shelf[source.name], rules, settings)


def _packed(judged: Judged) -> bytes:
    """Return what is kept of a document as bytes."""
    value = {"findings": encode(judged.findings), "facts": encode(judged.facts)}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _kept(store: Store | None, keys: Mapping[str, str]) -> Iterator[tuple[str, Judged]]:
    """Yield what an earlier run kept of documents that have not changed."""
    if store is None:
        return
    for name, key in keys.items():
        kept = store.get(_PASS, key)
        if kept is None:
            continue
        try:
            value = json.loads(kept)
            findings = tuple(decode(Finding, item) for item in value["findings"])
            yield name, Judged(findings, decode(Facts, value["facts"]))
        except (ValueError, TypeError, KeyError):
            continue


def _key(source: Source, settings: Settings, rules: Sequence[Rule]) -> str:
    """Return the hash of all that the findings of a document depend on."""
    told = [f"{field.name}={getattr(settings, field.name)!r}" for field in fields(settings)]
    if settings.ocr:
        told.append(f"recogniser={_recogniser()!r}")
    codes = ",".join(rule.code for rule in rules)
    head = "\n".join(
        [__version__, str(ENGINE_VERSION), str(CODEC_VERSION), source.name, codes, *told]
    )
    digest = hashlib.sha256(head.encode())
    digest.update(hashlib.sha256(source.data).digest())
    for name, data in source.beside:
        digest.update(name.encode() + hashlib.sha256(data).digest())
    return digest.hexdigest()


def _recogniser() -> str:
    """Return what recognises scans here: with another language the same file reads otherwise."""
    from scholiast.readers.recognition.program import installed

    tesseract = installed()
    return " ".join(sorted(tesseract.languages)) if tesseract else ""


def _sorted(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings in the order of documents, places and codes."""
    return sorted(
        findings,
        key=lambda f: (f.place.document, f.place.start, f.place.end, f.code, f.id),
    )
