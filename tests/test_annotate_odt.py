"""OpenDocument texts with comments, and the answers taken back. All texts are invented."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from making_odt import fodt, h, i, listed, note, odt, p, raised
from scholiast.cli.main import main
from scholiast.config import Settings
from scholiast.decisions import ACCEPTED, REJECTED
from scholiast.model import Document, Finding, Source
from scholiast.packages.zip import Package
from scholiast.readers.odt import read
from scholiast.report.annotate import annotate
from scholiast.report.annotate_error import AnnotateError
from scholiast.report.annotate_odt import annotate_odt
from scholiast.report.odf_comments import collect_odt, is_odf, main_part, read_comments
from test_reader_odt_properties import TREES
from word_files import converted, finding, odt_comments

BODY = (
    h("On Ferries"),
    p("The ", i("meeting"), " took   place\n on the <text:a>third</text:a> day.",
      note("Doe, History, 3."), " Nobody", note("Ibid., 14.", id_="b"), " knew."),
    p("It was on <text:date>3 May</text:date> that he<text:s text:c='2'/>left", raised(" x"), "."),
    listed(p("First entry."), p("Second entry.")),
    "<text:section>" + p("And <draw:frame><draw:text-box>" + p("In a box.") + "</draw:text-box>"
                         "</draw:frame>so on."), "</text:section>",
)  # fmt: skip
DATA = odt(*BODY)


def document_of(data: bytes, name: str = "specimen.odt") -> Document:
    return read(Source(name, data), Settings()).document


def asked(*quotes: str, data: bytes = DATA) -> tuple[list[Finding], bytes]:
    """The findings on these quotes, and the annotated file."""
    document = document_of(data)
    found = [finding(document, quote) for quote in quotes]
    return found, annotate_odt(document, found, data)


def covered(data: bytes, found: list[Finding]) -> list[str]:
    """The words that the comments on findings cover, in their order."""
    by_sign = {
        one.id: comment.words
        for comment in odt_comments(data)
        for one in found
        if comment.text.endswith(f"#{one.id}")
    }
    return [by_sign[one.id] for one in found]


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("meeting", "meeting"),
        ("The meeting took place on", "The meeting took   place\n on"),
        ("place on the third", "place\n on the third"),
        ("ird day", "ird day"),
        ("he  left", "he  left"),
        ("knew.\n\nIt was", "knew.\n\nIt was"),
        ("History", "†"),
        ("Ibid., 14.", "†"),
        ("May", "3 May"),
        ("Ferries", "Ferries"),
        ("First entry.\n\nSecond", "First entry.\n\nSecond"),
        ("In a box", "In a box."),
    ],
)
def test_a_comment_stands_at_the_words(quote: str, words: str) -> None:
    found, out = asked(quote)
    assert covered(out, found) == [words]


def test_many_comments_stand_at_one_place() -> None:
    quotes = (
        "third",
        "third day",
        "The meeting took place on the third",
        "day.",
        "ird",
        "d",
        "Doe",
    )
    found, out = asked(*quotes)
    assert [" ".join(words.split()) for words in covered(out, found)] == [*quotes[:-1], "†"]
    assert document_of(out).text == document_of(DATA).text


def test_what_stands_in_a_note_is_asked_at_its_mark_and_quoted() -> None:
    _, out = asked("History")
    (comment,) = odt_comments(out)
    lines = comment.text.split("\n")
    assert lines[:2] == ["Is this meant?", "Something is odd here."]
    assert lines[2] == "In note 1: “Doe, History, 3.”"
    assert comment.author == "Scholiast"


def test_the_words_in_a_field_or_a_box_are_quoted_where_the_comment_covers_more() -> None:
    for quote in ("May", "In a box"):
        (comment,) = odt_comments(asked(quote)[1])
        assert f"{quote}" in comment.text.split("\n")[2]


def test_nothing_else_changes_and_the_same_gives_the_same_bytes() -> None:
    found, out = asked("third", "History", "Second")
    before, after = Package(DATA, 10**9), Package(out, 10**9)
    assert before.names == after.names
    changed = [name for name in before.names if before.read(name) != after.read(name)]
    assert changed == ["content.xml"]
    bare = re.sub(rb"<office:annotation .*?</office:annotation>|<office:annotation-end [^>]*>", b"",
                  after.read("content.xml"))  # fmt: skip
    assert plain(bare) == plain(before.read("content.xml"))
    assert asked("third", "History", "Second")[1] == out
    assert b"dc:date" not in after.read("content.xml")
    moment = datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
    dated = annotate_odt(document_of(DATA), found, DATA, date=moment)
    assert b"<dc:date>2021-03-04T05:06:07</dc:date>" in Package(dated, 10**9).read("content.xml")


def plain(xml: bytes) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(etree.fromstring(xml), method="c14n"))


def test_what_was_asked_is_not_asked_again() -> None:
    found, out = asked("third")
    document = document_of(out)
    again = [finding(document, "third"), finding(document, "knew")]
    assert [one.id for one in again][:1] == [found[0].id]
    more = annotate_odt(document, again, out)
    assert len(odt_comments(more)) == 2
    assert annotate_odt(document, again, more) == more


def test_a_flat_file_is_annotated_as_it_is() -> None:
    data = fodt(*BODY)
    found = [finding(document_of(data), "third day")]
    out = annotate(document_of(data), found, Source("specimen.odt", data))["specimen.odt"]
    assert out.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<office:document ')
    assert document_of(out).text == document_of(data).text
    assert b"third<office:annotation-end" not in out
    assert out.count(b"<office:annotation ") == 1
    assert is_odf(out)


def test_too_many_findings_are_rolled_up() -> None:
    data = odt(p("word " * 2100))
    document = document_of(data)
    found = [finding(document, "word", at=5 * n, ordinal=n) for n in range(2050)]
    out = annotate_odt(document, found, data)
    comments = odt_comments(out)
    assert len(comments) == 2001
    assert "50" in comments[0].text


@pytest.mark.parametrize("data", [b"", b"PK", odt(p("x"), encrypted=True), odt()])
def test_what_cannot_be_annotated_is_said_in_one_line(data: bytes) -> None:
    document = document_of(DATA)
    with pytest.raises(AnnotateError) as caught:
        annotate_odt(document, [finding(document, "third")], data)
    assert "\n" not in str(caught.value)


@settings(max_examples=80, deadline=None)
@given(st.lists(TREES, min_size=1, max_size=4), st.data())
def test_comments_change_nothing_that_is_read(body: list[str], draw: st.DataObject) -> None:
    data = odt(p("First."), "".join(body), p("A", note(p(*body)), *body))
    document = document_of(data)
    size = len(document.text)
    found: list[Finding] = []
    for number in range(3):
        start = draw.draw(st.integers(0, size - 1))
        quote = document.text[start : draw.draw(st.integers(start, min(size, start + 30)))]
        found.append(finding(document, quote, at=start, ordinal=number))
    out = annotate_odt(document, found, data)
    after = document_of(out)
    assert (after.text, after.nodes) == (document.text, document.nodes)
    assert after.segments == document.segments
    assert out.count(b"PK\x01\x02") == data.count(b"PK\x01\x02")
    own, were = (read_comments(main_part(one)[2]) for one in (out, data))
    assert len(own) == len(were) + len({one.id for one in found})


# The answers


def replied(data: bytes, found: Finding, words: str, *, parent: bool = True) -> bytes:
    """The file with a reply to the comment on a finding, as LibreOffice keeps it."""
    from scholiast.packages.zip import rewrite

    content = Package(data, 10**9).read("content.xml").decode()
    name = f"scholiast-{found.id}"
    lead = f' loext:parent-name="{name}"' if parent else ""
    reply = (
        f'<office:annotation office:name="r{found.id}"{lead}><dc:creator>Ann Roe</dc:creator>'
        f"<text:p>{words}</text:p></office:annotation>"
    )
    own = re.search(
        rf'<office:annotation [^>]*office:name="{name}".*?</office:annotation>', content
    )
    assert own
    content = content.replace(own.group(), own.group() + reply)
    end = f'office:name="{name}"/>'
    head, tail = content.split(end)
    closing = f'<office:annotation-end office:name="r{found.id}"/>'
    return rewrite(data, {"content.xml": f"{head}{end}{closing}{tail}".encode()})


@pytest.mark.parametrize("parent", [True, False])
def test_replies_and_resolved_comments_are_decisions(parent: bool) -> None:
    found, out = asked("third", "History", "knew", "Second")
    out = replied(out, found[0], "Rejected: it is the third.", parent=parent)
    out = replied(out, found[1], "ok", parent=parent)
    content = Package(out, 10**9).read("content.xml").decode()
    name = f'office:name="scholiast-{found[2].id}"'
    solved = content.replace(name, f'{name} loext:resolved="true"', 1)
    from scholiast.packages.zip import rewrite

    answers = collect_odt(rewrite(out, {"content.xml": solved.encode()}), found)
    assert [(one.id, one.verdict, one.who) for one in answers.decisions] == [
        (found[0].id, REJECTED, "Ann Roe"),
        (found[1].id, ACCEPTED, "Ann Roe"),
        (found[2].id, ACCEPTED, ""),
    ]
    assert answers.unanswered == 1
    assert not answers.unused


def test_the_commands_annotate_and_collect(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "essay.odt"
    path.write_bytes(odt(p("He said (and meant it.", note("Doe, 3."), " So it was.")))
    assert main(["annotate", str(path)]) == 1
    copy = tmp_path / "essay.annotated.odt"
    document = document_of(path.read_bytes())
    (comment,) = odt_comments(copy.read_bytes())
    sign = re.search(r"#(\w+)$", comment.text)
    assert sign
    from dataclasses import replace

    asked_about = replace(finding(document, "said"), id=sign.group(1))
    copy.write_bytes(replied(copy.read_bytes(), asked_about, "no"))
    capsys.readouterr()
    assert main(["collect", str(copy)]) == 0
    assert "0 accepted, 1 rejected" in capsys.readouterr().out
    assert 'verdict = "rejected"' in (tmp_path / "decisions.toml").read_text(encoding="utf-8")


def test_libreoffice_keeps_the_comments_at_their_words(tmp_path: Path) -> None:
    # A date is counted anew whenever LibreOffice opens a file.
    data = odt(*(part.replace("text:date>", "text:span>") for part in BODY))
    quotes = ("third day", "History", "Ferries", "In a box", "May", "Second")
    found, out = asked(*quotes, data=data)
    saved = converted(out, "odt", tmp_path, "odt")
    words = [" ".join(one.split()) for one in covered(saved, found)]
    assert words == ["third day", "†", "Ferries", "In a box.", "May", "Second"]
    assert document_of(saved).text == document_of(data).text
    assert collect_odt(saved, found).unanswered == len(quotes)
