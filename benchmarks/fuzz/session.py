"""Runs readers on damaged files in a child process, and keeps the files that broke one."""

from __future__ import annotations

import contextlib
import hashlib
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import FrameType
from typing import Final, NoReturn

from benchmarks.fuzz.invariants import violations
from benchmarks.fuzz.mutation import mutated
from scholiast.config import Settings
from scholiast.model import Source

EXAMPLES: Final = Path(__file__).resolve().parent.parent.parent / "examples"
#: A reader that takes longer on a damaged specimen hangs (seconds).
HANGS: Final = 30
#: What a reader's process may use beyond its start (bytes).
_MEMORY: Final = 600_000_000
#: Seeds larger than this take too long to damage often.
_LARGEST: Final = 400_000


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that a reader did not stand: where it is kept, and what happened."""

    path: Path
    why: str


@dataclass(slots=True)
class Tally:
    """What came of one format: how many files were read, which of them broke the reader."""

    suffix: str
    read: int = 0
    seconds: float = 0.0
    broken: list[Broken] = field(default_factory=list)


def run(suffix: str, *, minutes: float, seed: int, keep: Path) -> Tally:
    """Read damaged files of one format for so many minutes; keep those that break the reader."""
    keep.mkdir(parents=True, exist_ok=True)
    tally = Tally(suffix)
    begun = time.monotonic()
    number = seed
    with tempfile.TemporaryDirectory() as scratch:
        current = Path(scratch) / f"current.{suffix}"
        while (left := minutes * 60 - (time.monotonic() - begun)) > 0:
            command = [
                sys.executable, "-m", "benchmarks.fuzz.session",
                suffix, str(number), str(left), str(current),
            ]  # fmt: skip
            lines, why = _child(command, left + 2 * HANGS)
            tally.read += sum(line == "." for line in lines)
            if why:
                tally.broken.append(Broken(_kept(current, keep), why))
            number += len(lines) + 1
    tally.seconds = time.monotonic() - begun
    return tally


def _child(command: Sequence[str], seconds: float) -> tuple[list[str], str]:
    """Return the lines a child printed, and how it broke, "" where it did not.

    Its own alarm cannot wake it out of a library: what outlasts ``seconds`` hangs there.
    """
    try:
        child = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=seconds
        )
    except subprocess.TimeoutExpired as error:
        return bytes(error.stdout or b"").decode().splitlines(), "hangs inside a library"
    lines = child.stdout.splitlines()
    why = "\n".join(line for line in lines if line not in (".", "done"))
    if child.returncode and not why:
        why = f"the process ended with {child.returncode}: {child.stderr[-500:]}"
    return lines, why


def _kept(current: Path, keep: Path) -> Path:
    """Keep the file that was being read, under the hash of its bytes."""
    data = current.read_bytes() if current.is_file() else b""
    path = keep / f"{hashlib.sha256(data).hexdigest()[:12]}{current.suffix}"
    path.write_bytes(data)
    return path


def seeds(suffix: str) -> list[bytes]:
    """Return the good files of a format: our specimens."""
    found = [path.read_bytes() for path in sorted(EXAMPLES.rglob(f"*.{suffix}"))]
    return [data for data in found if len(data) <= _LARGEST] or found[:1]


# --- the child --------------------------------------------------------------------


def _hung(number: int, frame: FrameType | None) -> NoReturn:
    raise TimeoutError(f"took more than {HANGS} seconds")


def _damaged(good: Sequence[bytes], suffix: str, number: int) -> Iterator[bytes]:
    """Yield damaged files without end; a file is damaged up to four times over."""
    while True:
        random = Random(number)
        data = random.choice(good)
        for _ in range(random.randint(1, 4)):
            data = mutated(data, suffix, random)
        yield data
        number += 1


def _serve(suffix: str, number: int, seconds: float, current: Path) -> int:
    """Read damaged files until the time is over or one breaks the reader."""
    from scholiast.case import annotated
    from scholiast.judge import judge
    from scholiast.readers import reader_for
    from scholiast.rules import ALL

    _limit()
    name = f"current.{suffix}"
    reader = reader_for(name)
    assert reader is not None
    signal.signal(signal.SIGALRM, _hung)
    begun = time.monotonic()
    for data in _damaged(seeds(suffix), suffix, number):
        if time.monotonic() - begun > seconds:
            break
        current.write_bytes(data)
        signal.alarm(HANGS)
        try:
            intake = reader(Source(name, data), Settings())
            wrong = list(violations(intake))
            text = annotated(intake.document, intake.mentions, intake.troubles)
            for finding in judge(text, ALL, Settings()):
                if finding.code == "DOC000":
                    wrong.append(f"a rule failed: {finding.message}")
        except BaseException:
            print(traceback.format_exc()[-1500:], flush=True)
            return 1
        finally:
            signal.alarm(0)
        if wrong:
            print("\n".join(wrong[:5]), flush=True)
            return 1
        print(".", flush=True)
    print("done")
    return 0


def _limit() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (3 * _MEMORY, 3 * _MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(_serve(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4])))
