"""Writes docs/rules/ from the rules: a page for each, and an index of all.

``python -m tools.rule_pages`` writes, ``--check`` names what is not current
and exits with 1. A rule's page is its docstring, its status and its examples.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from scholiast.judge import OWN
from scholiast.rule import CaseExample, Example, Rule, Sample
from scholiast.rules import ALL

FOLDER: Final = Path(__file__).parent.parent / "docs" / "rules"

_FAMILIES: Final = {
    "DOC": "the copy: the file, its characters, its words and marks",
    "NOT": "notes and their marks",
}
_CERTAINTY: Final = {
    "certain": "certain: two places of the text, or plain grammar, prove it",
    "likely": "likely: a person should look",
    "style": "style: variation that misleads nobody",
}
_WRITTEN: Final = "<!-- Written by tools/rule_pages.py from the rule itself; change it there. -->"


def pages(rules: Sequence[Rule]) -> dict[str, str]:
    """Return the files of docs/rules/ by their names."""
    found = {f"{rule.code}.md": page(rule) for rule in rules}
    found["index.md"] = index(rules)
    return found


def page(rule: Rule) -> str:
    """Return the page of a rule as Markdown."""
    summary, _, rest = rule.page.partition("\n\n")
    asked = "whoever made this copy" if rule.copy else "the author of the section"
    scope = "a whole case" if rule.check_case is not None else "one text"
    lines = [
        _WRITTEN,
        "",
        f"# {rule.code} {rule.name}",
        "",
        summary,
        "",
        "| | |",
        "|---|---|",
        f"| Certainty | {_CERTAINTY[rule.certainty.value]} |",
        f"| Asked of | {asked} |",
        f"| Looks at | {scope} |",
        f"| Since | {rule.since}{', in preview' if rule.preview else ''} |",
        f"| Source | `src/{rule.module.replace('.', '/')}.py` |",
        "",
        rest,
    ]
    if rule.bad:
        lines += ["", "## Examples", "", "The words of the finding stand between ⟦ and ⟧.", ""]
        lines += _examples(rule.bad)
        lines += ["Nothing is found in:", ""]
        lines += _examples(rule.good)
    return "\n".join(lines).rstrip() + "\n"


def _examples(examples: Sequence[Example] | Sequence[CaseExample]) -> list[str]:
    """Return examples as fenced blocks; files of one case stand together."""
    lines: list[str] = []
    for example in examples:
        samples = example if isinstance(example, tuple) else (_sample(example),)
        for sample in samples:
            lines += [*_block(sample), ""]
    return lines


def _sample(example: Example) -> Sample:
    return example if isinstance(example, Sample) else Sample("", example)


def _block(sample: Sample) -> list[str]:
    """Return one example; bytes that are no text are shown as Python writes them."""
    named = [f"`{sample.name}`:", ""] if sample.name else []
    if isinstance(sample.content, bytes):
        content = repr(sample.content)
    else:
        content = "".join(map(_visible, sample.content)).rstrip("\n")
    fence = "~~~~" if "~~~" not in content else "~~~~~~"
    return [*named, f"{fence}text", content, fence]


def _visible(character: str) -> str:
    """Return a character, or its number where it cannot be seen."""
    code = ord(character)
    unseen = (code < 0x20 and character not in "\n\t") or 0x7F <= code < 0xA0
    return f"<U+{code:04X}>" if unseen or 0xE000 <= code <= 0xF8FF else character


def index(rules: Sequence[Rule]) -> str:
    """Return the table of all rules."""
    lines = [
        _WRITTEN,
        "",
        "# Rules",
        "",
        "Every rule looks for one fault; its name reads as “allow ‹name›”. "
        "`scholiast explain CODE` prints a page on the terminal.",
    ]
    for family, members in groupby(rules, key=lambda rule: rule.family):
        lines += ["", f"## {family}: {_FAMILIES.get(family, family)}", ""]
        lines += ["| code | name | certainty | what it says |", "|---|---|---|---|"]
        lines += [
            f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.certainty} | {rule.summary} |"
            for rule in members
        ]
    return "\n".join(lines) + "\n"


def outdated(folder: Path = FOLDER) -> list[str]:
    """Return the names of the files of a folder that the rules no longer give."""
    wanted = pages((*OWN, *ALL))
    present = {path.name for path in folder.glob("*.md")} if folder.is_dir() else set()
    stale = {
        name
        for name, content in wanted.items()
        if name not in present or (folder / name).read_text(encoding="utf-8") != content
    }
    return sorted(stale | (present - wanted.keys()))


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with ``--check`` only say which are not current."""
    stale = outdated()
    if "--check" in arguments:
        for name in stale:
            sys.stdout.write(f"docs/rules/{name} is not current\n")
        return 1 if stale else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages((*OWN, *ALL))
    for name in stale:
        if name in wanted:
            (FOLDER / name).write_text(wanted[name], encoding="utf-8", newline="\n")
        else:
            (FOLDER / name).unlink()
        sys.stdout.write(f"docs/rules/{name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
