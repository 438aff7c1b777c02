"""Query sheets that come back. All texts are invented specimens."""

import io
import re
import textwrap
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report_specimens import CASE, CUT, FINDINGS, MISSING, RULES, UNCLOSED
from scholiast.decisions import ACCEPTED, REJECTED, Decision, decide, parse
from scholiast.decisions import format as written
from scholiast.report.queries import report
from scholiast.report.replies import Replies, collect_sheet

FILES = report(CASE, FINDINGS, RULES)
MAIL = FILES["queries-nadia-orlova.txt"].decode("utf-8")
WORD = FILES["queries-nadia-orlova.docx"]
LINE = f"#{MISSING.id}  [ ] accept  [ ] reject  why:"
WHO = "Nadia Orlova"


def collect(data: str | bytes, name: str = "reply.txt") -> Replies:
    return collect_sheet(name, data.encode() if isinstance(data, str) else data, FINDINGS)


def answered(line: str) -> Replies:
    """Return what a mail says whose first query was answered with this line."""
    assert LINE in MAIL
    return collect(MAIL.replace(LINE, f"#{MISSING.id}{line}"))


def edited(edit: Callable[[str], str]) -> bytes:
    """Return the Word sheet with its document edited."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = edit(data.decode("utf-8")).encode("utf-8")
            new.writestr(name, data)
    return target.getvalue()


def marked(xml: str, *boxes: int, sign: str = "☒") -> str:
    """Return the document with some boxes marked, counted from 0."""
    parts = xml.split("☐")
    glyphs = [sign if number in boxes else "☐" for number in range(len(parts) - 1)]
    return "".join(part + glyph for part, glyph in zip(parts, [*glyphs, ""], strict=True))


# --- marks in a mail ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "verdict", "reason"),
    [
        ("  [x] accept  [ ] reject  why:", ACCEPTED, ""),
        ("  [ ] accept  [X] reject  why: It is printed so.", REJECTED, "It is printed so."),
        ("  [ ] accept  [ х ] reject  why:", REJECTED, ""),  # a Cyrillic letter
        ("  [✓] accept  [] reject  why:", ACCEPTED, ""),
        ("  [yes] accept  [_] reject  why:", ACCEPTED, ""),
        ("  ［ｘ］ accept  [ ] reject  why:", ACCEPTED, ""),
        ("  (x) accept  ( ) reject  why:", ACCEPTED, ""),
        ("  x accept  [ ] reject  why:", ACCEPTED, ""),
        ("  [ ] accept x  [ ] reject  why:", ACCEPTED, ""),
        ("  [ ] accept  [ ] reject x  why: Sic.", REJECTED, "Sic."),
        ("  [X] ACCEPT  [ ] REJECT  WHY", ACCEPTED, "WHY"),
        ("\n[ ] accept\n[x]\nreject\nwhy: on two\nlines", REJECTED, "on two lines"),
        ("  [ ] accept  [ ] reject  why: reject: because it stands", REJECTED, "because it stands"),
        ("  [ ] accept  [ ] reject  why:\n\nYes, I shall mend it.", ACCEPTED, "I shall mend it."),
        ("  [ ] accept  [ ] reject  why: no", REJECTED, ""),
        ("  [ ] accept  [ ] reject  why: Нет. Так в деле.", REJECTED, "Так в деле."),
        ("  [ ] accept  [ ] reject  why: 否，原文如此", REJECTED, "原文如此"),
        ("  “reject” – “sic” in the letter (№ 4)", REJECTED, "“sic” in the letter (№ 4)"),
        ("\n\naccepted", ACCEPTED, ""),
        ("  [x] reject  why: it stands", REJECTED, "it stands"),
        (" Yes.", ACCEPTED, ""),
        ("  [x] accept  [ ] reject  why: No, the mark should go.", ACCEPTED, None),
    ],
)
def test_plain_answers_are_understood(line: str, verdict: str, reason: str | None) -> None:
    replies = answered(line)
    assert replies.problems == ()
    assert replies.unanswered == 2
    (decision,) = replies.decisions
    assert decision.verdict == verdict
    if reason is not None:
        assert decision == decide(MISSING, verdict, reason, WHO)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("  [x] accept  [x] reject  why:", "accept and reject are both marked"),
        ("  [x] accept  [ ] reject  why: reject!", "accept and reject are both marked"),
        ("  [?] accept  [ ] reject  why:", "the mark “?” is not understood"),
        ("  [no] accept  [ ] reject  why:", "the mark “no” is not understood"),
        ("  [ ] accept  [ ] reject  why: No such letter exists", "“No such letter exists” is"),
        ("  [ ] accept  [ ] reject  why: see my mail", "neither accept nor reject is marked"),
        ("  [ ] accept  why: later", "neither accept nor reject is marked"),
        ("  I cannot accept this, so reject it", "neither accept nor reject is marked"),
        ("  accept? no!", "neither accept nor reject is marked"),
    ],
)
def test_nothing_is_guessed(line: str, said: str) -> None:
    replies = answered(line)
    assert replies.decisions == ()
    (problem,) = replies.problems
    assert said in problem
    assert problem.startswith(f"reply.txt, query #{MISSING.id}: ")
    assert "\n" not in problem
    assert replies.unanswered == 2


def test_an_unmarked_sheet_says_nothing() -> None:
    assert collect(MAIL) == Replies((), (), 3)
    assert collect(WORD, "reply.docx") == Replies((), (), 3)


def test_the_words_of_the_finding_go_into_the_decision() -> None:
    (decision,) = answered("  [x] accept  [ ] reject  why:").decisions
    assert decision == Decision(
        id=MISSING.id,
        code="NOT001",
        quote="3",
        context=MISSING.place.context,
        verdict=ACCEPTED,
        document="roundtable.txt",
        reason="",
        who=WHO,
    )
    assert parse(written([decision])) == (decision,)


@given(
    marks=st.lists(st.sampled_from([(" ", " "), ("x", " "), (" ", "X")]), min_size=3, max_size=3),
    depth=st.integers(0, 3),
    room=st.integers(48, 90),
    ends=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_quoting_and_breaking_lines_anew_change_nothing(
    marks: list[tuple[str, str]], depth: int, room: int, ends: str, encoding: str
) -> None:
    mail = MAIL
    reason = "because the archive of Tarnovia writes it so, and the letter too"
    for finding, (accept, reject) in zip((MISSING, UNCLOSED, CUT), marks, strict=True):
        mail = mail.replace(
            f"#{finding.id}  [ ] accept  [ ] reject  why:",
            f"#{finding.id}  [{accept}] accept  [{reject}] reject  why: "
            + (reason if accept + reject != "  " else ""),
        )
    lines = [line for whole in mail.split("\n") for line in textwrap.wrap(whole, room) or [""]]
    mail = ends.join("> " * depth + line for line in lines)
    verdicts = [ACCEPTED if a != " " else REJECTED for a, r in marks if a + r != "  "]
    replies = collect(mail.encode(encoding))
    assert replies.problems == ()
    assert [decision.verdict for decision in replies.decisions] == verdicts
    assert {decision.reason for decision in replies.decisions} <= {reason}
    assert replies.unanswered == 3 - len(verdicts)


def test_an_answer_below_a_quoted_line_is_read() -> None:
    quoted = "".join(f"> {line}\n" for line in MAIL.splitlines())
    mail = quoted.replace(f"> {LINE}\n", f"> {LINE}\n\nreject: it is printed so\n\n")
    replies = collect(mail)
    assert replies.decisions == (decide(MISSING, REJECTED, "it is printed so", WHO),)


def test_the_sheet_quoted_again_below_the_answers_changes_nothing() -> None:
    first = MAIL.replace(LINE, LINE.replace("[ ] reject", "[x] reject"))
    again = "".join(f"> {line}\n" for line in MAIL.splitlines())
    assert collect(first + "\n" + again) == collect(first)
    assert len(collect(first).decisions) == 1


def test_two_answers_against_each_other_are_left_out() -> None:
    yes = MAIL.replace(LINE, LINE.replace("[ ] accept", "[x] accept"))
    no = MAIL.replace(LINE, LINE.replace("[ ] reject", "[x] reject"))
    replies = collect(yes + no)
    assert replies.decisions == ()
    assert "answered more than once" in replies.problems[0]


def test_an_answer_ends_where_the_next_query_begins() -> None:
    bare = re.sub(r"^-{20,}$", "", MAIL, flags=re.MULTILINE)
    mail = re.sub(r"why:", "why: no", bare)
    replies = collect(mail)
    assert [(d.verdict, d.reason) for d in replies.decisions] == [(REJECTED, "")] * 3


def test_an_answer_to_a_query_that_is_gone_is_said() -> None:
    mail = MAIL.replace(LINE, LINE.replace("[ ] reject", "[x] reject"))
    replies = collect_sheet("reply.txt", mail.encode(), [UNCLOSED, CUT])
    assert replies.decisions == ()
    assert "no longer among the findings" in replies.problems[0]


def test_equal_findings_of_two_documents_are_told_apart() -> None:
    other = replace(MISSING, place=replace(MISSING.place, document="response.docx"))
    both = [MISSING, other]
    mail = report(CASE, both, RULES)["queries-nadia-orlova.txt"].decode()
    first, second = re.findall(r"^#\S+", mail, re.MULTILINE)
    mail = mail.replace(f"{second}  [ ] accept", f"{second}  [x] accept")
    replies = collect_sheet("reply.txt", mail.encode(), both)
    assert replies.decisions == (decide(other, ACCEPTED, "", WHO),)
    assert first != second


def test_a_reply_in_an_old_encoding_keeps_its_verdict() -> None:
    reason = "нет: так напечатано в сборнике документов, исправлять не надо"
    mail = f"{LINE} {reason}\n".encode("cp1251")
    (decision,) = collect(mail).decisions
    assert (decision.verdict, decision.reason) == (REJECTED, reason.partition(": ")[2])


# --- marks in a Word document --------------------------------------------------------


@pytest.mark.parametrize("sign", ["☒", "☑", "x", "☐x", "Х", "[x]"])
def test_boxes_of_a_word_sheet_are_read(sign: str) -> None:
    data = edited(lambda xml: marked(xml, 0, 3, sign=sign).replace("why: ", "why: “Sic”, p. 4", 1))
    assert collect(data, "reply.docx") == Replies(
        (decide(MISSING, ACCEPTED, "“Sic”, p. 4", WHO), decide(UNCLOSED, REJECTED, "", WHO)), (), 1
    )


def test_changes_in_a_word_sheet_count_as_accepted() -> None:
    why = '<w:t xml:space="preserve">why: </w:t></w:r>'
    kept = '<w:ins w:id="90" w:author="N. O."><w:r><w:t>It stands.</w:t></w:r></w:ins>'
    gone = '<w:del w:id="91" w:author="N. O."><w:r><w:delText>Not so.</w:delText></w:r></w:del>'
    data = edited(lambda xml: marked(xml, 1).replace(why, why + gone + kept, 1))
    assert collect(data, "reply.docx").decisions == (decide(MISSING, REJECTED, "It stands.", WHO),)


def test_words_below_the_answer_of_a_word_sheet_are_read() -> None:
    below = "</w:tbl><w:p><w:r><w:t>No. It is printed so.</w:t></w:r></w:p>"
    head, first, rest = WORD_XML.split("</w:tbl>", 2)
    data = edited(lambda xml: head + "</w:tbl>" + first + below + rest)
    assert collect(data, "reply.docx").decisions == (
        decide(MISSING, REJECTED, "It is printed so.", WHO),
    )


with zipfile.ZipFile(io.BytesIO(WORD)) as _archive:
    WORD_XML = _archive.read("word/document.xml").decode("utf-8")


# --- what is no sheet ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "there is no query of a query sheet in it"),
        (b"Dear editor,\nall is well.\n", "there is no query of a query sheet in it"),
        (WORD[: len(WORD) // 2], "incomplete"),
        (b"PK\x03\x04 and then nothing", "incomplete"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "old Office file"),
        (edited(lambda xml: xml[:900]), "is damaged"),
        (
            edited(lambda xml: '<!DOCTYPE x [<!ENTITY e "eeee">]>' + xml.partition("?>")[2]),
            "declares a document type",
        ),
    ],
)
def test_what_is_no_sheet_is_said_in_one_line(data: bytes, said: str) -> None:
    replies = collect(data, "reply")
    assert replies.decisions == ()
    (problem,) = replies.problems
    assert problem.startswith("reply: ")
    assert said in problem
    assert "\n" not in problem


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_no_bytes_break_the_collector(data: bytes) -> None:
    for given_ in (data, LINE.encode() + data, b"PK" + data):
        replies = collect(given_)
        assert all(decision.id == MISSING.id for decision in replies.decisions)
        assert replies.problems or replies.decisions or replies.unanswered == 1
