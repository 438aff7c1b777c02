"""What the documentation says must be so: commands, settings, links, imports, versions."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

import scholiast
from scholiast.cli.main import COMMANDS
from scholiast.config import ConfigError, Settings, parse
from scholiast.rules import ALL

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name, _ in COMMANDS])
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"`{name}" in read("README.md")


@pytest.mark.parametrize("field", [field.name for field in fields(Settings)])
def test_every_setting_is_documented(field: str) -> None:
    assert f"| `{field.replace('_', '-')}` |" in read("docs/configuration.md")


def test_no_setting_is_documented_that_is_not_there() -> None:
    documented = re.findall(r"^\| `([a-z-]+)` \|", read("docs/configuration.md"), re.MULTILINE)
    assert {name.replace("-", "_") for name in documented} == {f.name for f in fields(Settings)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_the_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_rule_has_a_page() -> None:
    for rule in ALL:
        assert (ROOT / "docs" / "rules" / f"{rule.code}.md").is_file()


def test_the_version_is_in_the_changelog() -> None:
    assert f"## {scholiast.__version__}" in read("CHANGELOG.md")


def test_no_file_of_code_is_longer_than_600_lines() -> None:
    for folder in ("src", "tests", "benchmarks", "tools"):
        for path in (ROOT / folder).rglob("*.py"):
            lines = path.read_text(encoding="utf-8").count("\n")
            if folder == "src":
                assert lines <= 600, path


HEAVY = {
    "lxml",
    "markdown_it",
    "yaml",
    "charset_normalizer",
    "tqdm",
    "docx",
    "pypdfium2",
    "numpy",
    "multiprocessing",
    "concurrent",
    "urllib.request",
    "socket",
    "difflib",
}


def test_checking_a_text_loads_no_heavy_module(tmp_path: Path) -> None:
    """The check of a text file must start fast: what it may not load is listed above."""
    text = tmp_path / "plain.txt"
    text.write_text("The boats came back in May. Nobody asked why.\n")
    program = (
        "import sys; from scholiast.cli.main import main; "
        f"code = main(['check', '--no-cache', {str(text)!r}]); "
        "sys.stderr.write(' '.join(sys.modules)); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert HEAVY & set(done.stderr.split()) == set()


def test_the_public_names_are_there_and_loaded_lazily() -> None:
    program = "import sys, scholiast; print(sorted(m for m in sys.modules if 'scholiast' in m))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "['scholiast']"
    for name in scholiast.__all__:
        assert getattr(scholiast, name) is not None


def test_settings_are_read_from_both_files() -> None:
    assert parse("select = ['DOC']", "scholiast.toml").select == ("DOC",)
    assert parse("[tool.scholiast]\npreview = true", "pyproject.toml").preview
    assert parse("[tool.other]\nx = 1", "pyproject.toml") == Settings()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("select = 'DOC'", "a list of strings is wanted"),
        ("preview = 1", "bool is wanted"),
        ("colour = true", "unknown key 'colour'"),
        ("select = [", "not valid TOML"),
    ],
)
def test_a_setting_that_cannot_be_used_is_said_in_words(text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        parse(text, "scholiast.toml")
