"""Make every specimen that is made by a script: ``python -m tools.make_specimens``.

``--check`` writes nothing and says which files differ from what would be made
(exit 1 when any does).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from tools import latex, odt, pdf, pdf_content, plain, rtf, tei, word
from tools.extraction import Style, extract_like
from tools.gold import Trap
from tools.manuscript import Manuscript, parse
from tools.pdf_type import FontsMissingError
from tools.planting import plant, planted_errors

EXAMPLES: Final = Path(__file__).resolve().parent.parent / "examples"

#: The specimens of which the other formats are made, by their Markdown.
WRITTEN: Final = ("article/article.md", "interview/panel.md", "ru/statia.md", "zh/wenzhang.md")

#: How a manuscript is written in each format that is made of the Markdown, by suffix.
WRITERS: Final[dict[str, Callable[[Manuscript], bytes]]] = {
    "txt": lambda manuscript: plain.write(manuscript).encode(),
    "docx": word.write,
    "odt": odt.write,
    "rtf": rtf.write,
    "xml": tei.write,
    "tex": latex.write,
    "pdf": pdf.write,
    "twocolumn.pdf": lambda manuscript: pdf.write(manuscript, pdf.TWO_COLUMNS),
}

#: How the roundtable looks when it is taken out of a PDF.
EXTRACTED: Final = Style(
    hyphenation=True,
    running_head="Northmoor Roundtables in International History, vol. 4, no. 2 (2021)",
    page_number="{} | P a g e",
    furniture_every=4,
)
SEED: Final = 1951


def made(folder: Path = EXAMPLES) -> dict[str, bytes]:
    """Return every made file, by its path in the folder of examples."""
    files = roundtable(folder / "roundtable")
    for name in WRITTEN:
        files.update(formats(name, (folder / name).read_text(encoding="utf-8")))
    return files


def roundtable(folder: Path) -> dict[str, bytes]:
    """Return the roundtable with its planted errors, in every format."""
    clean = (folder / "clean.md").read_text(encoding="utf-8")
    errors = planted_errors((folder / "roundtable.errors.json").read_text(encoding="utf-8"))
    answers = json.loads((folder / "roundtable.answers.json").read_text(encoding="utf-8"))
    markdown = plant(clean, errors)
    text, gold = extract_like(
        markdown, seed=SEED, style=EXTRACTED, planted=errors, traps=traps(answers)
    )
    return {
        "roundtable/roundtable.md": markdown.encode(),
        **formats("roundtable/roundtable.md", markdown),
        "roundtable/extracted.txt": text.encode(),
        "roundtable/extracted.gold.json": _json(gold),
    }


def formats(name: str, markdown: str) -> dict[str, bytes]:
    """Return a Markdown text in every other format."""
    manuscript = parse(markdown)
    stem = name.removesuffix(".md")
    return {f"{stem}.{suffix}": write(manuscript) for suffix, write in WRITERS.items()}


def traps(answers: dict[str, Any]) -> tuple[Trap, ...]:
    """Return the traps of a file of answers."""
    return tuple(Trap(one["sort"], tuple(one["texts"]), one["why"]) for one in answers["traps"])


def same(name: str, one: bytes, other: bytes) -> bool:
    """Return whether two versions of a file are equal; PDFs are when they draw the same.

    The bytes of a PDF depend on the versions of zlib and of the fonts.
    """
    if one == other or not name.endswith(".pdf"):
        return one == other
    return pdf_content.drawn(one) == pdf_content.drawn(other)


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the specimens, or compare them."""
    parser = argparse.ArgumentParser(prog="python -m tools.make_specimens", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    options = parser.parse_args(arguments)
    differing = 0
    try:
        files = made()
    except FontsMissingError as error:
        print(error, file=sys.stderr)
        return 2
    for name, data in files.items():
        path = EXAMPLES / name
        if path.is_file() and same(name, path.read_bytes(), data):
            continue
        differing += 1
        print(f"{'differs' if options.check else 'written'}: {path.relative_to(EXAMPLES.parent)}")
        if not options.check:
            path.write_bytes(data)
    return 1 if options.check and differing else 0


if __name__ == "__main__":
    sys.exit(main())
