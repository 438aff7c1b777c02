"""The kind of a file by how it begins."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.make_specimens import EXAMPLES

from scholiast.config import Settings
from scholiast.model import Source
from scholiast.readers import known_suffixes
from scholiast.readers.sniffing import misnamed, sniffed
from scholiast.worker import read

SPECIMENS = sorted(path for path in EXAMPLES.rglob("*") if path.suffix in known_suffixes())


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.name)
def test_every_specimen_is_told_by_its_beginning(path: Path) -> None:
    assert sniffed(path.read_bytes()) == path.suffix


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (b"", ".txt"),
        (b"Words, and a < sign.", ".txt"),
        (b"<3 is no tag", ".txt"),
        (b"\xef\xbb\xbf<!DOCTYPE html>\n<title>x</title>", ".html"),
        (b"<!-- saved from url -->\n<HTML><body>", ".html"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN">\n<html>', ".html"),
        (b'<?xml version="1.0"?>\n<!-- c --><TEI xmlns="http://www.tei-c.org/ns/1.0">', ".xml"),
        (b'<TEI xmlns="http://www.tei-c.org/ns/1.0">', ".xml"),
        (b'<?xml version="1.0"?><office:document office:mimetype="x">', ".fodt"),
        (b"\n%PDF-1.4\n", ".pdf"),
        (b"{\\rtf1\\ansi", ".rtf"),
        (b"% !TEX\n\\documentclass{article}", ".tex"),
        (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/epub+zip", ".epub"),
        (b"PK\x03\x04[Content_Types].xml", ".docx"),
        (b"Text.[^1]\n\n[^1]: Note.", ".md"),
    ],
)  # fmt: skip
def test_beginnings(data: bytes, suffix: str) -> None:
    assert sniffed(data) == suffix


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.pdf", b"<!DOCTYPE html><title>Log in</title>", "a web page"),
        ("a.txt", b"%PDF-1.7\n", "a PDF"),
        ("a.DOCX", b"{\\rtf1", "RTF"),
        ("a.docx", b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/epub+zip", "EPUB"),
        ("a.txt", b"<html><p>Words", ""),
        ("a.xml", b"<html><p>Words", ""),
        ("a.docx", b"PK\x03\x04", ""),
        ("a.pdf", b"%PDF-1.7\n", ""),
        ("a.htm", b"<html>", ""),
        ("a.txt", b"Words", ""),
    ],
)
def test_a_file_of_another_kind_than_its_name_says_is_told(
    name: str, data: bytes, words: str
) -> None:
    told = misnamed(name, data)
    assert words in told and bool(told) == bool(words)
    troubles = read(Source(name, data), Settings()).troubles
    assert bool(words) == any("though its name ends in" in one.detail for one in troubles)
