"""Runs ``scholiast check`` on each bad input in a child, watched: memory, time, calls outside."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.hostile.inputs import BRISK, INPUTS, READ, REFUSED, Input
from benchmarks.hostile.outside import Outside
from scholiast.readers import known_suffixes

#: The bars of the table: megabytes, and seconds for what is refused.
MOST_MEGABYTES: Final = 600
MOST_SECONDS: Final = 30
#: No answer is waited for longer, whatever the input.
_PATIENCE: Final = 300
_UNREAD: Final = frozenset(("DOC001", "DOC002"))
_SECRET: Final = "theSecretWordOfThisMachine"
#: Waits for the command and tells what the largest of its processes used: a small process, as
#: what a child begins with counts as its own.
_LAUNCH: Final = (
    "import resource,subprocess,sys;c=subprocess.run(sys.argv[2:]).returncode;"
    "open(sys.argv[1],'w').write(f'{c} {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss}')"
)
#: What the child loads first: it writes down every address and every program that is called.
_WATCH: Final = """
import os, sys
def _watch(event, args, path=os.environ["HOSTILE_LOG"]):
    if event in ("socket.connect", "socket.getaddrinfo", "os.system", "os.posix_spawn", "os.exec"):
        told = f"{event} {args}"
    elif event == "subprocess.Popen" and "scholiast.worker" not in map(str, args[1]):
        told = f"{event} {args[:2]}"
    else:
        return
    with open(path, "a") as file:
        file.write(told[:200] + "\\n")
sys.addaudithook(_watch)
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check of one input gave, and what it used."""

    input: Input
    exit: int
    codes: tuple[str, ...]
    characters: int
    megabytes: float
    seconds: float
    faults: tuple[str, ...]  # bars missed, in words

    @property
    def refused(self) -> bool:
        """Whether the file was not read, and that is said."""
        return not self.characters and any(code in _UNREAD for code in self.codes)

    def figures(self) -> dict[str, Any]:
        """Return the outcome as JSON values."""
        return {
            "input": self.input.id,
            "wanted": self.input.wanted,
            "exit": self.exit,
            "codes": list(self.codes),
            "characters": self.characters,
            "megabytes": round(self.megabytes),
            "seconds": round(self.seconds, 2),
            "faults": list(self.faults),
        }

    def __str__(self) -> str:
        what = "refused" if self.refused else f"{self.characters:,} characters"
        told = " ".join(self.codes[:6]) or "-"
        verdict = "; ".join(self.faults).upper() if self.faults else "pass"
        return (
            f"{self.input.id:<44} {what:>20}  {told:<20} {self.megabytes:6.0f} MB "
            f"{self.seconds:6.2f} s  {verdict}"
        )


def measure(only: Sequence[str] = ()) -> Iterator[Outcome]:
    """Yield the outcome of every input whose suffix has a reader, and whose name holds ``only``."""
    known = known_suffixes()
    chosen = [
        one
        for one in INPUTS
        if one.suffix in known and (not only or any(word in one.id for word in only))
    ]
    with tempfile.TemporaryDirectory() as folder, socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)
        for number, one in enumerate(chosen):
            home = Path(folder) / str(number)
            home.mkdir()
            yield _measured(one, home, listener)


def _measured(one: Input, home: Path, listener: socket.socket) -> Outcome:
    """Return the outcome of one input, checked in a folder of its own."""
    secret = home / "secret.txt"
    secret.write_text(_SECRET, encoding="utf-8")
    (home / "watch").mkdir()
    (home / "watch" / "sitecustomize.py").write_text(_WATCH, encoding="utf-8")
    data = one.make(Outside(f"http://127.0.0.1:{listener.getsockname()[1]}", str(secret)))
    path = home / f"input{one.suffix}"
    path.write_bytes(data)
    del data
    begun = time.perf_counter()
    code, used, output, errors = _checked(path, home, one.options)
    seconds = time.perf_counter() - begun
    codes, characters = _told(output)
    faults = list(_faults(one, code, used, seconds, errors, characters))
    faults += _wanted(one, codes, characters)
    if _called(listener) or (home / "log").exists():
        faults.append("it called outside")
    if secret.read_text(encoding="utf-8") != _SECRET:
        faults.append("it wrote a file")
    if _SECRET in output:
        faults.append("it read a file beside")
    return Outcome(one, code, codes, characters, used, seconds, tuple(faults))


def _checked(path: Path, home: Path, options: Sequence[str]) -> tuple[int, float, str, str]:
    """Run the command; return its exit code, the megabytes it used, and what it said."""
    source = Path(__file__).resolve().parents[2] / "src"
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(home / "watch"), str(source))),
        "XDG_CACHE_HOME": str(home / "cache"),
        "HOSTILE_LOG": str(home / "log"),
    }
    result = home / "result"
    command = [sys.executable, "-S", "-c", _LAUNCH, str(result), sys.executable, "-m", "scholiast"]
    command += ["check", "--format", "json", "--no-cache", *options, str(path)]
    try:
        run = subprocess.run(
            command, capture_output=True, check=False, env=environment, timeout=_PATIENCE
        )
    except subprocess.TimeoutExpired:
        return -1, 0.0, "", "no answer"
    code, kilobytes = (int(word) for word in result.read_text().split())
    scale = 1_000_000 if sys.platform == "darwin" else 1000
    return code, kilobytes * 1.024 / scale, run.stdout.decode(), run.stderr.decode(errors="replace")


def _told(output: str) -> tuple[tuple[str, ...], int]:
    """Return the codes found and the length of the text, from a report."""
    try:
        report = json.loads(output)
    except ValueError:
        return (), 0
    codes = sorted({finding["code"] for finding in report["findings"]})
    return tuple(codes), sum(document["characters"] for document in report["documents"])


def _faults(
    one: Input, code: int, megabytes: float, seconds: float, errors: str, characters: int
) -> Iterator[str]:
    """Yield the bars that every input must keep and this one did not."""
    if code not in (0, 1):
        yield f"exit code {code}"
    if "Traceback" in errors:
        yield "a traceback"
    if megabytes > MOST_MEGABYTES:
        yield f"more than {MOST_MEGABYTES} MB"
    whole = one.wanted == READ or (one.wanted == BRISK and characters)
    if seconds > MOST_SECONDS and not whole:
        yield f"more than {MOST_SECONDS} s"


def _wanted(one: Input, codes: Iterable[str], characters: int) -> Iterator[str]:
    """Yield what the answer should have been and is not."""
    if one.wanted == REFUSED and (characters or not _UNREAD & set(codes)):
        yield "not refused"
    elif one.wanted == READ and not characters:
        yield "not read"
    elif not characters and not any(code.startswith("DOC") for code in codes):
        yield "nothing is said"


def _called(listener: socket.socket) -> bool:
    """Return whether somebody called the listener since it was last asked."""
    try:
        listener.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def table(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Yield a line for every outcome, then how many missed a bar."""
    count = missed = 0
    for outcome in outcomes:
        count += 1
        missed += bool(outcome.faults)
        yield str(outcome)
    yield f"{count} inputs, {missed} miss a bar"


def figures(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """Return the outcomes as JSON values."""
    return [outcome.figures() for outcome in outcomes]
