"""What the damaged files taught: inputs that once broke a reader or a rule. All are ours."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from benchmarks.fuzz.invariants import violations
from benchmarks.fuzz.mutation import mutated
from benchmarks.fuzz.session import run, seeds

from scholiast.config import Settings
from scholiast.model import Document, Intake, Node, Segment, Source
from scholiast.readers import READERS, reader_for

SUFFIXES = [suffix.lstrip(".") for one in READERS for suffix in one.suffixes if seeds(suffix[1:])]

#: Files that broke something once, with what they broke.
LESSONS = {
    "a mark that q prints has a place": ("a.html", b"<p>One <q><q>two</q></q> three.<q>"),
    "a rule line alone is no text": ("a.txt", b"________________"),
    "syntax alone is no text": ("a.md", b"> "),
    "a key that runs over lines": ("a.tex", b"Words \\cite{a\n  b} here."),
    "damage that begins in a note": ("a.md", b"One.[^1]\n\n[^1]: A\x00\n\nTwo\x00.\n"),
}


@pytest.mark.parametrize("name", LESSONS)
def test_what_broke_once_is_read(name: str) -> None:
    file, data = LESSONS[name]
    reader = reader_for(file)
    assert reader is not None
    intake = reader(Source(file, data), Settings())
    assert list(violations(intake)) == []
    assert intake.troubles or "place" in name


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_damage_is_made_by_its_number_alone(suffix: str) -> None:
    good = seeds(suffix)[0]
    one, same = (mutated(good, suffix, Random(7)) for _ in range(2))
    assert one == same
    assert len({mutated(good, suffix, Random(n)) for n in range(8)}) > 4


def test_invariants_see_what_does_not_hold() -> None:
    document = Document(
        "a.txt",
        text="Words and more.",
        body_end=99,
        segments=(Segment(0, 5, 0, 5), Segment(3, 40, 0, 37, role="odd")),
        nodes=(Node("callout", 5, 5, "c1", link="n9"), Node("odd", 0, 99, "c1", parent="s7")),
    )
    told = " ".join(violations(Intake(document)))
    for words in ("the body ends at 99", "3:40", "'odd'", "one id", "'n9'", "'s7'"):
        assert words in told
    lost = Document("a.txt", text="Words.", body_end=6)
    assert "no segment leads back" in " ".join(violations(Intake(lost)))
    assert "nothing said" in " ".join(violations(Intake(Document("a.txt"))))


def test_a_session_reads_files_and_keeps_none_that_are_read(tmp_path: Path) -> None:
    tally = run("txt", minutes=0.05, seed=3, keep=tmp_path)
    assert tally.read > 0
    assert tally.broken == [] and list(tmp_path.iterdir()) == []
