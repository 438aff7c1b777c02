"""The head of a Markdown file: titles and authors in every shape. Invented specimens."""

from __future__ import annotations

import pytest

from scholiast.config import Settings
from scholiast.model import Document, Intake, Source
from scholiast.readers.md import read


def _intake(text: str) -> Intake:
    return read(Source("specimen.md", text.encode()), Settings())


def _read(text: str) -> Document:
    return _intake(text).document


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ("author: Anna Smith", ("Anna Smith",)),
        ("author: Smith, Anna", ("Anna Smith",)),
        ("author: Anna Smith and Bob Brown", ("Anna Smith", "Bob Brown")),
        ("author: Smith, Anna; Brown, Bob", ("Anna Smith", "Bob Brown")),
        ("authors: [Anna Smith, Bob Brown]", ("Anna Smith", "Bob Brown")),
        ("Author:\n- Анна Петрова\n- 沈志华", ("Анна Петрова", "沈志华")),
        (
            "author:\n  - name: Anna Smith\n    affiliation: X\n  - name: Bob Brown",
            ("Anna Smith", "Bob Brown"),
        ),
        ("author:\n  - given: Anna\n    family: Smith", ("Anna Smith",)),
        ("author:\n  - name: {first: Anna, last: Smith}", ("Anna Smith",)),
        ("author:\n  name: Anna Smith", ("Anna Smith",)),
        (
            "author:\n  - Anna Smith:\n      institute: x\n  - Bob Brown",
            ("Anna Smith", "Bob Brown"),
        ),
        ("author:\n  Anna Smith:\n    x: y\n  Bob Brown:\n    x: y", ("Anna Smith", "Bob Brown")),
        ("author: null", ()),
        ("date: 2019-02-31", ()),
    ],
)
def test_authors_in_every_shape(head: str, authors: tuple[str, ...]) -> None:
    document = _read(f"---\n{head}\n---\nText.\n")
    assert document.authors == authors
    assert document.text == "Text."


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("title: On *Rome*", "On Rome"),
        ("title: 1984", "1984"),
        ("title: Rome\nsubtitle: A City", "Rome: A City"),
        ('title:\n  "long": "Rome, a City"\n  "short": "Rome"', "Rome, a City"),
        ("title: >\n  Rome\n  and Greece", "Rome and Greece"),
        ('title: "Rome: A City"\nlang: en', "Rome: A City"),
    ],
)
def test_titles_in_every_shape(head: str, title: str) -> None:
    document = _read(f"---\r\n{head}\r\n...\r\n\r\nText.\r\n")
    assert document.title == title
    assert document.of_kind("section")[0].title == title


def test_a_head_that_is_no_yaml_is_told_and_not_fatal() -> None:
    intake = _intake("---\ntitle: Rome: A City\nauthor: Anna Smith\n---\nText.\n")
    assert intake.document.text == "Text."
    assert (intake.document.title, intake.document.authors) == ("Rome: A City", ("Anna Smith",))
    assert [(t.name, t.line) for t in intake.troubles] == [("unreadable-head", 2)]


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        ("title: Rome: A City", "a colon in it"),
        ("title: *Rome* Revisited", "begins with an asterisk"),
        ('title: "Rome', "a quotation mark is open"),
        ("author: [Anna Smith", "a bracket is open"),
        ("title: x\n\tauthor: y", "a tabulator"),
        ("title: `Rome`", "begins with a sign"),
        ("title: x\n- author", "not indented as those around it"),
    ],
)
def test_the_fault_of_a_head_is_told_in_words(head: str, fault: str) -> None:
    trouble = _intake(f"---\n{head}\n---\nText.\n").troubles[0]
    assert fault in trouble.detail


def test_heads_of_thousands_of_brackets_are_told() -> None:
    assert [t.name for t in _intake(f"---\na: {'[' * 5000}\n---\nText.").troubles] == [
        "unreadable-head"
    ]


@pytest.mark.parametrize(
    "text",
    ["---\n\nText.\n\n---\n\nMore.", "---\nProse alone.\n---\n\nMore.", "---\ntitle: x\n\nText."],
)
def test_what_only_looks_like_a_head_is_text(text: str) -> None:
    intake = _intake(text)
    assert intake.document.title in ("", "Prose alone.")
    assert intake.document.text.replace("\n\n", " ") in (
        "Text. More.",
        "Prose alone. More.",
        "title: x Text.",
    )
    assert intake.troubles == ()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_head_of_pandoc_without_yaml(end: str) -> None:
    head = "% On *Rome*\n  and Greece\n% Anna Smith; Bob Brown\n  Carl Green\n% 1949\n\nText.\n"
    document = _read(head.replace("\n", end))
    assert (document.title, document.text) == ("On Rome and Greece", "Text.")
    assert document.authors == ("Anna Smith", "Bob Brown", "Carl Green")


def test_a_lone_first_heading_is_the_title() -> None:
    document = _read("# The Whole\n\nText.\n\n## Part\n\nMore.\n")
    assert document.title == "The Whole"
    assert [s.role for s in document.of_kind("section")] == ["article", "section"]
