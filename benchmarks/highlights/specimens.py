"""The PDFs that highlights are measured in: our own pages, and those of LibreOffice."""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from benchmarks.faults.places import Manuscript
from benchmarks.faults.planting import FAULTS, planted
from benchmarks.faults.texts import Text

#: Seconds that LibreOffice has for one file.
_PATIENCE: Final = 120


def with_faults(text: Text, *, seed: int) -> str:
    """Return a text in which faults of every kind are planted, some of each."""
    content = text.content
    for fault in FAULTS:
        rng = random.Random(f"{seed} {text.name} {fault.name}")
        content, _ = planted(fault, Manuscript(content), rng)
    return content


def specimens(texts: Sequence[Text], *, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield names and bytes: each text in one and two columns and as LibreOffice prints it."""
    from tools import pdf, word
    from tools.manuscript import parse

    for text in texts:
        manuscript = parse(with_faults(text, seed=seed))
        yield f"{text.name}.pdf", pdf.write(manuscript)
        yield f"{text.name}.twocolumn.pdf", pdf.write(manuscript, pdf.TWO_COLUMNS)
        printed = printed_by_libreoffice(word.write(manuscript))
        if printed:
            yield f"{text.name}.libreoffice.pdf", printed


def given(gold: Path | None) -> Iterator[tuple[str, bytes]]:
    """Yield the PDFs of a gold folder and of the folders in it, as they are."""
    if gold is not None:
        for path in sorted((*gold.glob("*.pdf"), *gold.glob("*/*.pdf"))):
            yield path.name, path.read_bytes()


def printed_by_libreoffice(document: bytes) -> bytes:
    """Return a Word file as the PDF that LibreOffice makes of it; nothing without LibreOffice."""
    program = shutil.which("soffice")
    if not program:
        return b""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "file.docx").write_bytes(document)
        command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", name, str(folder / "file.docx")]
        subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)
        return (folder / "file.pdf").read_bytes()
