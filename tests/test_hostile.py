"""The bench of bad inputs: its table, and what it says of a check that misses a bar."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from benchmarks.cli import main
from benchmarks.hostile import INPUTS, measure
from benchmarks.hostile import measure as bench
from benchmarks.hostile.inputs import Input
from benchmarks.hostile.measure import Outcome, figures, table
from benchmarks.hostile.measure import _faults as faults
from benchmarks.hostile.outside import Outside

from scholiast.readers import known_suffixes

OUTSIDE = Outside("http://127.0.0.1:1", "/nowhere/secret.txt")
#: Those that take a second or more to make.
LARGE = (
    "bomb", "5 MB", "30 MB", "10,000 pages", "100,000", "150,000", "200,000", "lies of its size",
    "inflates", "20,001",
)  # fmt: skip


def test_every_input_has_a_name_of_its_own_and_every_reader_has_inputs() -> None:
    assert len({one.id for one in INPUTS}) == len(INPUTS)
    tried = {one.suffix for one in INPUTS}
    assert {".txt", ".md", ".docx", ".odt", ".fodt", ".rtf"} <= tried & known_suffixes()


@pytest.mark.parametrize(
    "one",
    [one for one in INPUTS if not any(word in one.name for word in LARGE)],
    ids=lambda o: o.id,
)
def test_inputs_are_made_and_the_same_every_time(one: Input) -> None:
    data = one.make(OUTSIDE)
    if "encrypted" not in one.name:
        assert one.make(OUTSIDE) == data
    assert bool(data) == (one.name != "empty file")
    if "external address" in one.name and data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            assert any(OUTSIDE.url.encode() in archive.read(name) for name in archive.namelist())
    elif "external address" in one.name:
        assert OUTSIDE.url.encode() in data


def test_what_is_bad_is_refused_and_what_is_odd_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    only = ["fodt: an external address", "rtf: groups nested", "odt: ../ in a name"]
    found = {one.input.id: one for one in measure(only)}
    assert {name: one.faults for name, one in found.items()} == dict.fromkeys(found, ())
    assert found["fodt: an external address"].refused
    assert found["odt: ../ in a name"].codes == ("DOC001",)
    assert found["rtf: groups nested 10,000 deep"].characters == len("words")
    assert all(5 < one.megabytes < 300 for one in found.values())
    assert main(["hostile", "--only", "txt: empty", "--json"]) == 0
    assert '"DOC002"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("data", "wanted", "options", "fault"),
    [
        (b"Words.", "refused", (), "not refused"),
        (b"", "read", (), "not read"),
        (b"", "brisk", ("--no-such-option",), "exit code 2"),
        (b"Words.", "read", ("--no-such-option",), "exit code 2"),
    ],
)
def test_a_missed_bar_is_told(
    data: bytes, wanted: str, options: tuple[str, ...], fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    module = sys.modules["benchmarks.hostile.measure"]
    one = Input("odd", ".txt", lambda _: data, wanted, options)
    monkeypatch.setattr(module, "INPUTS", (one,))
    (outcome,) = bench()
    assert fault in outcome.faults
    assert fault.upper() in str(outcome)
    assert figures([outcome])[0]["faults"] == list(outcome.faults)
    assert list(table([outcome]))[-1] == "1 inputs, 1 miss a bar"


def test_a_call_outside_and_a_program_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import subprocess
    import sys

    module = sys.modules["benchmarks.hostile.measure"]
    monkeypatch.setattr(module, "INPUTS", (Input("odd", ".txt", lambda _: b"Words.", "read"),))
    real = subprocess.run

    def calling(command: list[str], **how: object) -> object:
        # The watched child asks for an address before it goes on.
        at = command.index("scholiast") - 1
        code = "import socket\ntry: socket.create_connection(('127.0.0.1', 9), 1)\nexcept OSError: pass\n"
        code += "import runpy; runpy.run_module('scholiast', run_name='__main__')"
        return real([*command[:at], "-c", code, *command[at + 2 :]], **how)  # type: ignore[call-overload]

    monkeypatch.setattr(module.subprocess, "run", calling)
    (outcome,) = bench()
    assert isinstance(outcome, Outcome)
    assert "it called outside" in outcome.faults


@pytest.mark.parametrize(
    ("wanted", "characters", "seconds", "slow"),
    [("read", 9, 40, False), ("brisk", 9, 40, False), ("brisk", 0, 40, True),
     ("either", 9, 40, True), ("brisk", 0, 20, False)],
)  # fmt: skip
def test_only_what_is_read_may_take_its_time(
    wanted: str, characters: int, seconds: float, slow: bool
) -> None:
    one = Input("odd", ".txt", lambda _: b"", wanted)
    assert bool(list(faults(one, 1, 50, seconds, "", characters))) == slow
