"""No page makes the program open another file. All texts here are invented specimens."""

from __future__ import annotations

from pathlib import Path

import pytest

from scholiast.config import Settings
from scholiast.model import Source
from scholiast.readers import reader_for


@pytest.mark.parametrize("suffix", ["xhtml", "html", "xml"])
def test_a_document_type_beside_the_file_is_not_loaded(suffix: str, tmp_path: Path) -> None:
    dtd = tmp_path / "beside.dtd"
    dtd.write_text('<!ENTITY told "a secret">', encoding="utf-8")
    body = "<text><body><div><p>Words &told; here.</p></div></body></text>"
    page = (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{body}</TEI>'
        if suffix == "xml"
        else "<html><head><title>x</title></head><body><p>Words &told; here.</p></body></html>"
    )
    root = "TEI" if suffix == "xml" else "html"
    data = f'<?xml version="1.0"?><!DOCTYPE {root} SYSTEM "{dtd.as_posix()}">{page}'.encode()
    reader = reader_for(f"a.{suffix}")
    assert reader is not None
    intake = reader(Source(f"a.{suffix}", data), Settings())
    assert "secret" not in intake.document.text
    assert "secret" not in " ".join(trouble.detail for trouble in intake.troubles)
