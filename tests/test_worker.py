"""The child process that reads hostile files. All texts here are invented specimens."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from making_docx import NAMESPACES, bomb, call, docx, i, members, note, p, zipped
from scholiast import worker
from scholiast.config import Settings
from scholiast.model import Intake, Source
from scholiast.readers.docx import read as read_docx

SPECIMEN = docx(p("The ", i("Ice"), " held.", call(2)), footnotes=note(2, "Kell, Fish, 3."))
LINUX = sys.platform.startswith("linux")


def troubles(intake: Intake) -> list[tuple[str, str]]:
    return [(trouble.name, trouble.detail) for trouble in intake.troubles]


def test_the_child_reads_what_the_reader_reads() -> None:
    source = Source("Ünnamed 稿.docx", SPECIMEN, (("beside.bib", b"\0\xff"),))
    settings = Settings(language="en")
    assert worker.read_in_worker(source, settings) == read_docx(source, settings)


def test_only_hostile_formats_start_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []

    def note_name(source: Source, settings: Settings) -> Intake:
        started.append(source.name)
        return read_docx(source, settings)

    monkeypatch.setattr(worker, "read_in_worker", note_name)
    assert worker.read(Source("a.txt", b"Plain words."), Settings()).document.text == "Plain words."
    assert worker.read(Source("b.DOCX", SPECIMEN), Settings()).document.text.startswith("The Ice")
    assert started == ["b.DOCX"]


def test_an_unknown_suffix_is_told_with_those_that_are_known() -> None:
    ((name, detail),) = troubles(worker.read(Source("a.xyz", b"x"), Settings()))
    assert name == "unreadable-file"
    assert ".xyz" in detail and ".docx" in detail


def test_troubles_of_the_reader_come_back() -> None:
    ((name, detail),) = troubles(worker.read(Source("a.docx", SPECIMEN[:500]), Settings()))
    assert (name, "incomplete" in detail) == ("unreadable-file", True)


def test_a_child_that_takes_too_long_is_stopped() -> None:
    intake = worker.read_in_worker(Source("a.docx", SPECIMEN), Settings(worker_seconds=0))
    ((name, detail),) = troubles(intake)
    assert name == "unreadable-file" and "0 seconds" in detail
    assert intake.document.text == "" and intake.document.name == "a.docx"


def child_that(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let the child run this code instead of its own."""

    def started(*, alone: bool) -> subprocess.Popen[bytes]:
        pipe = subprocess.PIPE
        return subprocess.Popen(
            [sys.executable, "-c", code], stdin=pipe, stdout=pipe, start_new_session=alone
        )

    monkeypatch.setattr(worker, "_started", started)


@pytest.mark.parametrize(
    "code",
    [
        "import os; os._exit(3)",
        "import os, sys; sys.stdin.buffer.read(); os.abort()",
        "import sys; sys.stdin.buffer.read(); print('{\"intake\": ', end='')",
    ],
)
def test_a_child_that_dies_is_told(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    child_that(monkeypatch, f"import resource; resource.setrlimit(4, (0, 0)); {code}")
    data = SPECIMEN + b"\0" * 200_000  # more than a pipe holds
    ((name, detail),) = troubles(worker.read_in_worker(Source("a.docx", data), Settings()))
    assert name == "unreadable-file" and "stopped" in detail


def test_an_error_of_the_program_is_told_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    child_that(
        monkeypatch,
        'import sys; sys.stdin.buffer.read(); print(\'{"error": "KeyError: 1"}\')',
    )
    ((name, detail),) = troubles(worker.read_in_worker(Source("a.docx", SPECIMEN), Settings()))
    assert name == "unreadable-file"
    assert "KeyError: 1" in detail and "report" in detail and "Traceback" not in detail


@pytest.mark.skipif(not LINUX, reason="memory is limited on Linux alone")
def test_a_child_that_needs_too_much_memory_is_stopped() -> None:
    data = docx(*[p("Many words.") for _ in range(200_000)])
    ((name, detail),) = troubles(
        worker.read_in_worker(Source("a.docx", data), Settings(worker_megabytes=60))
    )
    assert name == "unreadable-file"
    assert "memory" in detail or "worker-megabytes" in detail


def test_modules_in_the_folder_one_stands_in_are_not_loaded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("lxml", "json", "scholiast"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('a stranger was let in')")
    monkeypatch.chdir(tmp_path)
    intake = worker.read_in_worker(Source("a.docx", SPECIMEN), Settings())
    assert intake.document.text.startswith("The Ice")


def test_a_small_file_that_inflates_to_gigabytes_is_refused() -> None:
    data = bomb(1_500)
    assert len(data) < 1_600_000
    ((name, detail),) = troubles(worker.read(Source("a.docx", data), Settings()))
    assert name == "unreadable-file" and "1,500 MB" in detail


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE x [<!ENTITY a "ha">'
        + "".join(f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(20))
        + "]><x>&a19;</x>",
        "<x>" * 10_000 + "</x>" * 10_000,
        f"<w:document {NAMESPACES}><w:body>"
        + "<w:tbl><w:tr><w:tc>" * 3_000
        + "</w:tc></w:tr></w:tbl>" * 3_000
        + "</w:body></w:document>",
    ],
)
def test_traps_in_the_xml_are_refused(xml: str) -> None:
    data = zipped({**members(p("x")), "word/document.xml": xml})
    ((name, detail),) = troubles(worker.read(Source("a.docx", data), Settings()))
    assert name == "unreadable-file" and detail
