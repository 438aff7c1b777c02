"""The programs that convert our specimens, and the formats they write.

They are called as programs where they are installed; nothing of them is a
part of this project, and what is not there is left out of the table.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

#: Seconds that a program has for one run.
_PATIENCE: Final = 300

#: The Markdown that Pandoc is told to read: as much of it as our reader knows.
_MARKDOWN: Final = "commonmark+footnotes+pipe_tables"


@dataclass(frozen=True, slots=True)
class Conversion:
    """A program, the format it writes, how it is asked for, and the suffix of our reader.

    ``source`` is the format the program is given: the Markdown, or one of our
    own writers' where the program reads no Markdown.
    """

    program: str
    name: str
    suffix: str
    asked: tuple[str, ...]
    source: str = "md"


CONVERSIONS: Final = (
    Conversion("pandoc", "html", "html", ("-t", "html")),
    Conversion("pandoc", "html page", "html", ("-t", "html", "-s")),
    Conversion("pandoc", "html4 page", "html", ("-t", "html4", "-s")),
    Conversion("pandoc", "epub3", "epub", ("-t", "epub3")),
    Conversion("pandoc", "epub2", "epub", ("-t", "epub2")),
    Conversion("pandoc", "odt", "odt", ("-t", "odt")),
    Conversion("pandoc", "docx", "docx", ("-t", "docx")),
    Conversion("pandoc", "rtf", "rtf", ("-t", "rtf", "-s")),
    Conversion("pandoc", "latex", "tex", ("-t", "latex", "-s")),
    Conversion("pandoc", "latex part", "tex", ("-t", "latex")),
    Conversion("pandoc", "tei", "xml", ("-t", "tei", "-s")),
    Conversion("soffice", "html of odt", "html", ("html:HTML (StarWriter)",), "odt"),
    Conversion("soffice", "xhtml of odt", "xhtml", ("xhtml:XHTML Writer File",), "odt"),
    Conversion("soffice", "docx of odt", "docx", ("docx:MS Word 2007 XML",), "odt"),
    Conversion("soffice", "rtf of odt", "rtf", ("rtf:Rich Text Format",), "odt"),
    Conversion("soffice", "epub of odt", "epub", ("epub:EPUB",), "odt"),
    Conversion("soffice", "odt of docx", "odt", ("odt:writer8",), "docx"),
    Conversion("soffice", "fodt of docx", "fodt", ("fodt:OpenDocument Text Flat XML",), "docx"),
    Conversion("soffice", "html of docx", "html", ("html:HTML (StarWriter)",), "docx"),
    Conversion("soffice", "xhtml of docx", "xhtml", ("xhtml:XHTML Writer File",), "docx"),
    Conversion("soffice", "rtf of docx", "rtf", ("rtf:Rich Text Format",), "docx"),
    Conversion("soffice", "docx of rtf", "docx", ("docx:MS Word 2007 XML",), "rtf"),
)


def convert(conversion: Conversion, texts: Mapping[str, str], folder: Path) -> dict[str, bytes]:
    """Return Markdown texts by name as a program writes them; nothing where it is not installed."""
    program = shutil.which(conversion.program)
    if not program:
        return {}
    files = _handed_over(conversion, texts, folder)
    out = folder / "out"
    out.mkdir()
    if conversion.program == "pandoc":
        for name, path in files.items():
            target = out / f"{name}.{conversion.suffix}"
            command = [program, "-f", _MARKDOWN, *conversion.asked, "-o", str(target), str(path)]
            _run(command)
    else:
        profile = f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", *conversion.asked]
        _run([*command, "--outdir", str(out), *map(str, files.values())])
    return {name: (out / f"{name}.{conversion.suffix}").read_bytes() for name in files}


def _handed_over(conversion: Conversion, texts: Mapping[str, str], folder: Path) -> dict[str, Path]:
    """Write the texts in the format the program is given."""
    from tools.make_specimens import WRITERS
    from tools.manuscript import parse

    files = {}
    for name, markdown in texts.items():
        path = folder / f"{name}.{conversion.source}"
        if conversion.source == "md":
            path.write_text(_without_head(markdown), encoding="utf-8")
        else:
            path.write_bytes(WRITERS[conversion.source](parse(markdown)))
        files[name] = path
    return files


def _without_head(markdown: str) -> str:
    """Return Markdown without its front matter: each program prints what it likes of it."""
    if markdown.startswith("---\n"):
        return markdown.split("\n---\n", 1)[1].lstrip("\n")
    return markdown


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)
