"""The files of a LaTeX document: which ones a text names, where they lie, their characters.

A name leads only to a file beside the main one or below its folder: never to
an absolute path, never upwards. The shell gathers by the same rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from scholiast.data import table
from scholiast.model import Source, Trouble
from scholiast.readers.decoding import Decoded, decode

#: Files that one document may take in, and the characters of all that is read.
MOST_INPUTS: Final = 2_000
MOST_CHARACTERS: Final = 40_000_000

_COMMENT: Final = re.compile(r"(?<!\\)((?:\\\\)*)%[^\r\n]*")
_NAMED: Final = re.compile(
    r"\\(?:(input|include|subfile|subfileinclude)\s*(?:\{([^{}\r\n]{1,300})\}|([^\s{}\\%]{1,300}))"
    r"|(bibliography|addbibresource|addglobalbib)\s*(?:\[[^\]\r\n]*\])?\s*\{([^{}]{1,2000})\}"
    r"|(import|subimport|inputfrom|subinputfrom|includefrom)\*?\s*"
    r"\{([^{}\r\n]{0,300})\}\s*\{([^{}\r\n]{1,300})\})"
)
_INPUTENC: Final = re.compile(
    rb"\\usepackage\s*\[([^\]]{1,60})\]\s*\{[^}]*\binputenc(?:x)?\b|\\inputencoding\{([^}]{1,60})\}"
)
_CLASS: Final = re.compile(rb"^[^%\r\n]*\\document(?:class|style)\b", re.MULTILINE)


def path_of(name: str, suffix: str) -> str:
    """Return the path of a file that a command names, "" for one that may not be read.

    It is relative to the folder of the main file, with its suffix.
    """
    name = name.strip().strip('"').strip()
    if not name or name[0] in "/~|\\" or "\\" in name or ":" in name or "\0" in name:
        return ""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        return ""
    known = (".tex", ".latex", ".ltx", ".bib", ".sty", ".cls", ".bbl", ".def", ".cfg", ".pgf")
    if path.suffix.lower() in known:
        return path.as_posix()
    return f"{path.as_posix()}{suffix}"


def named(text: str) -> Iterator[tuple[str, str]]:
    """Yield the files that a text takes in, as (name as written, path); the path may be ""."""
    for match in _NAMED.finditer(_COMMENT.sub(r"\1", text)):
        if match[1]:
            name = match[2] or match[3]
            yield name, path_of(name, ".tex")
        elif match[4]:
            for name in match[5].split(","):
                if name.strip():
                    yield name.strip(), path_of(name, ".bib")
        else:
            name = f"{match[7].strip()}/{match[8].strip()}".removeprefix("./").lstrip("/")
            yield name, path_of(name if not match[7].startswith("/") else "", ".tex")


def is_whole(data: bytes) -> bool:
    """Return whether a file is a document of its own and not a part of one."""
    return _CLASS.search(data) is not None


def encoding_of(data: bytes) -> str:
    """Return the encoding that a file says it is in, by Python's name, or ""."""
    match = _INPUTENC.search(data[:100_000])
    if match is None:
        return ""
    names: dict[str, str] = table("latex")["encodings"]
    for option in (match[1] or match[2]).decode("ascii", "replace").split(","):
        if option.strip() in names:
            return names[option.strip()]
    return ""


def decoded(data: bytes, encoding: str) -> Decoded:
    """Return the characters of a file in the encoding it names, or in the one it shows."""
    if encoding and encoding != "utf-8":
        try:
            if data.isascii():
                return decode(data)
            return Decoded(data.decode(encoding), encoding)
        except UnicodeDecodeError:
            pass
    return decode(data)


@dataclass(slots=True)
class Files:
    """The files beside the main one, by their paths."""

    beside: dict[str, bytes] = field(default_factory=dict)
    encoding: str = ""
    characters: int = 0
    troubles: list[Trouble] = field(default_factory=list)
    _texts: dict[str, str] = field(default_factory=dict)

    def text(self, path: str) -> str | None:
        """Return the characters of a file, None where it is not there."""
        if path not in self.beside:
            return None
        if path not in self._texts:
            self._texts[path] = decoded(self.beside[path], self.encoding).text
        return self._texts[path]

    def find(self, path: str, within: str) -> str:
        """Return the path of a file named in another one: from the main folder, or from its own."""
        if path in self.beside:
            return path
        near = (PurePosixPath(within).parent / path).as_posix() if within else path
        return near if near in self.beside else path


def files_of(source: Source) -> Files:
    """Return the files beside a source."""
    return Files(dict(source.beside), encoding_of(source.data))
