"""A child process that reads one file of a hostile format, with limits of time and memory.

The child gets name, settings and bytes over its standard input and answers
with JSON, so that nothing it sends can be more than data. However it ends, the
caller gets an Intake: where there is none, an empty Document and the trouble.
"""

from __future__ import annotations

import contextlib
import sys
from typing import IO, TYPE_CHECKING, Any, Final

from scholiast.codec import decode, encode
from scholiast.config import Settings
from scholiast.model import Document, Intake, Source, Trouble
from scholiast.progress import Pace, TooLongError, listening, step, watched

if TYPE_CHECKING:
    from queue import SimpleQueue
    from subprocess import Popen

#: Suffixes of the files that are read in a process of their own.
HOSTILE: Final = frozenset(
    {
        ".docx",
        ".epub",
        ".fodt",
        ".htm",
        ".html",
        ".latex",
        ".odt",
        ".pdf",
        ".rtf",
        ".tei",
        ".tex",
        ".xhtml",
        ".xml",
    }
)
#: How a line begins that tells how many pages are done.
_STEP: Final = b"pages "
#: Seconds of computing that the child has beyond the time by the clock.
_SPARE_SECONDS: Final = 5
_MEGABYTE: Final = 1_000_000


def read(source: Source, settings: Settings) -> Intake:
    """Return what the reader of a file's suffix makes of it, in a child process if it must be."""
    from scholiast.readers import reader_for, suffix
    from scholiast.readers.sniffing import misnamed

    reader = reader_for(source.name)
    if reader is None:
        return _unread(source, _unknown(source.name))
    wrong = misnamed(source.name, source.data)
    if wrong:
        return _unread(source, wrong)
    if suffix(source.name) in HOSTILE:
        return read_in_worker(source, settings)
    return reader(source, settings)


def read_in_worker(source: Source, settings: Settings) -> Intake:
    """Return what a reader makes of a file in a child process.

    The child may use ``settings.worker_seconds`` by the clock and, where the
    platform can limit it, ``settings.worker_megabytes`` beyond what it needs
    to start. Never raises for what the file or the child does.
    """
    import json
    import subprocess

    with _started(alone=settings.ocr) as child:
        try:
            answer = _asked(child, source, settings)
        except subprocess.TimeoutExpired:
            return _unread(source, _too_slow(settings))
        except BrokenPipeError:
            answer = b""
        finally:
            _end(child, alone=settings.ocr)
    if not answer.endswith(b"\n"):
        return _unread(source, _stopped(child.returncode))
    from scholiast.readers.collector import collector_rests

    with collector_rests():
        told = json.loads(answer)
        del answer
        if "intake" in told:
            return decode(Intake, told["intake"])
    return _unread(source, _failed(told, settings))


def _started(*, alone: bool) -> Popen[bytes]:
    """Return a child that waits for a file; it finds this very package, and no other.

    One that is to start programs itself leads a group ``alone``, to be ended with them.
    """
    import os
    import subprocess
    from pathlib import Path

    home = Path(__file__).resolve().parent.parent
    # An installed package is found anyway; its folder must not come before Python's own.
    installed = home.name in ("site-packages", "dist-packages")
    found = ["" if installed else str(home), os.environ.get("PYTHONPATH", "")]
    return subprocess.Popen(
        # -P: never look for modules in the folder the user stands in, which strangers fill.
        [sys.executable, "-P", "-m", "scholiast.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, found))},
        start_new_session=alone,
    )


def _end(child: Popen[bytes], *, alone: bool) -> None:
    """End a child, and with it the programs of its group."""
    import os
    import signal

    # While it is not waited for, no other process can have its number.
    if alone and child.returncode is None and sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    child.kill()
    child.wait()


def _asked(child: Popen[bytes], source: Source, settings: Settings) -> bytes:
    """Hand a file over and return the child's answer (raises ``TimeoutExpired``)."""
    import json

    files = (source.data, *(data for _, data in source.beside))
    order = {
        "name": source.name,
        "beside": [name for name, _ in source.beside],
        "sizes": [len(data) for data in files],
        "settings": encode(settings),
    }
    head = json.dumps(order).encode()
    assert child.stdin is not None
    child.stdin.write(len(head).to_bytes(8, "big") + head)
    body = files[0] if len(files) == 1 else b"".join(files)
    if not settings.ocr:
        return child.communicate(body, timeout=settings.worker_seconds)[0]
    return _heard(child, body, settings)


def _heard(child: Popen[bytes], body: bytes, settings: Settings) -> bytes:
    """Hand a file over and hear how many pages are recognised, until the answer comes.

    A scan may have any number of pages: each that is done gives the child the
    time for another (raises ``TimeoutExpired``).
    """
    import json
    import queue
    import subprocess
    import threading

    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    hand, listen = (
        threading.Thread(target=work, args=(child, given), daemon=True)
        for work, given in ((_hand, body), (_listen, lines))
    )
    hand.start()
    listen.start()
    allowed = settings.worker_seconds
    while True:
        try:
            line = lines.get(timeout=allowed)
        except queue.Empty:
            raise subprocess.TimeoutExpired("reading", allowed) from None
        if not line.startswith(_STEP):
            return line
        step(*json.loads(line.removeprefix(_STEP)))
        allowed = settings.worker_seconds + settings.page_seconds


def _hand(child: Popen[bytes], body: bytes) -> None:
    assert child.stdin is not None
    with contextlib.suppress(OSError):  # a child that died is told by its answer
        child.stdin.write(body)
        child.stdin.close()


def _listen(child: Popen[bytes], lines: SimpleQueue[bytes]) -> None:
    assert child.stdout is not None
    for line in child.stdout:
        lines.put(line)
    lines.put(b"")


# --- what is said of a file that was not read -------------------------------------


def _unread(source: Source, why: str) -> Intake:
    """Return an empty Document with the trouble."""
    from scholiast.readers import identity, suffix

    form = suffix(source.name).lstrip(".")
    document = Document(source.name, identity(source.data, f"{form} unread"), form)
    return Intake(document, troubles=(Trouble("unreadable-file", why),))


def _unknown(name: str) -> str:
    from scholiast.readers import READERS, suffix

    known = ", ".join(sorted(s for reader in READERS for s in reader.suffixes if s))
    return f"files ending in “{suffix(name)}” are not read; read are {known}"


def _too_slow(settings: Settings) -> str:
    return (
        f"reading was stopped after {settings.worker_seconds} seconds: divide the file, or raise "
        "worker-seconds in scholiast.toml"
    )


def _too_long(seconds: str, settings: Settings) -> str:
    return (
        f"reading it would take about {seconds} seconds, and {settings.worker_seconds} are "
        "allowed: divide the file, or raise worker-seconds in scholiast.toml"
    )


def _too_large(settings: Settings) -> str:
    return (
        f"reading needs more than the {settings.worker_megabytes} MB of memory allowed: divide "
        "the file, or raise worker-megabytes in scholiast.toml"
    )


def _failed(told: dict[str, Any], settings: Settings) -> str:
    error = str(told.get("error", ""))
    if error == "MemoryError":
        return _too_large(settings)
    if "too long" in told:
        return _too_long(str(told["too long"]), settings)
    if error.startswith(("ModuleNotFoundError", "ImportError")):
        return f"the program is not installed completely ({error}): install it again"
    return (
        f"the program failed on this file ({error}): open it in its word processor and save it "
        "again; if that does not help, please report it"
    )


def _stopped(code: int) -> str:
    return (
        f"the process that reads the file stopped before it was done (code {code}): open the file "
        "in its word processor and save it again, or raise worker-megabytes in scholiast.toml"
    )


# --- the child ------------------------------------------------------------------


def _limit(settings: Settings) -> None:
    """Limit this process's memory and time of computing, where the platform can."""
    try:
        import resource
    except ImportError:
        return
    seconds = settings.worker_seconds + _SPARE_SECONDS
    wanted = [(resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)]
    size = _address_space()
    if size:
        wanted.append((resource.RLIMIT_AS, size + settings.worker_megabytes * _MEGABYTE))
    for limit, value in wanted:
        hard = resource.getrlimit(limit)[1]
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        try:
            resource.setrlimit(limit, (value, hard))
        except (ValueError, OSError):
            continue


def _allow(settings: Settings) -> None:
    """Allow this process the time of computing for another page."""
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if soft != resource.RLIM_INFINITY:
        more = soft + settings.page_seconds
        resource.setrlimit(
            resource.RLIMIT_CPU, (more if hard == resource.RLIM_INFINITY else min(more, hard), hard)
        )


def _address_space() -> int:
    """Return the bytes of address space of this process, 0 where the platform does not tell."""
    import resource

    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 (pathlib is slow to load)
            return int(file.read().split()[0]) * resource.getpagesize()
    except (OSError, ValueError):
        return 0


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise EOFError("the file was not handed over whole")
    return data


def _answer(stream: IO[bytes], out: IO[bytes]) -> dict[str, Any]:
    """Read the file that ``stream`` hands over; return the Intake, or the name of the error.

    Of a long recognition ``out`` is told page by page.
    """
    import json
    import time

    from scholiast.readers import reader_for

    order = json.loads(_exactly(stream, int.from_bytes(_exactly(stream, 8), "big")))
    settings = decode(Settings, order["settings"])
    reader = reader_for(order["name"])
    if reader is None:
        return {"error": "no reader"}
    try:
        _limit(settings)
        data, *others = (_exactly(stream, size) for size in order["sizes"])
        beside = tuple(zip(order["beside"], others, strict=True))

        def told(done: int, total: int) -> None:
            _allow(settings)
            out.write(_STEP + json.dumps([done, total]).encode() + b"\n")
            out.flush()

        pace = Pace(settings.worker_seconds, time.monotonic)
        with listening(told if settings.ocr else None), watched(pace):
            return {"intake": encode(reader(Source(order["name"], data, beside), settings))}
    except MemoryError:
        return {"error": "MemoryError"}
    except TooLongError as told_long:
        return {"too long": str(told_long)}
    except Exception as error:  # the parent words it; a traceback helps no user
        return {"error": f"{type(error).__name__}: {error}"[:300]}


def main() -> None:
    """Serve one file: read it from standard input, write the answer to standard output."""
    import json
    import os

    from scholiast.readers.collector import collector_rests

    # Only the answer may go to the parent, whatever a library prints.
    with os.fdopen(os.dup(1), "wb") as out, collector_rests():
        os.dup2(2, 1)
        answer = json.dumps(_answer(sys.stdin.buffer, out))
        out.write(answer.encode())
        out.write(b"\n")


if __name__ == "__main__":
    main()
