"""Annotate, let people answer, collect; and what LibreOffice makes of it. Invented specimens."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from scholiast.decisions import ACCEPTED, REJECTED, apply, format, parse
from scholiast.model import Finding
from scholiast.report.annotate_docx import annotate_docx
from scholiast.report.annotate_error import AnnotateError
from scholiast.report.comments_back import collect_docx
from scholiast.report.verdicts import verdict
from word_files import (
    Said,
    W,
    answered,
    comments_of,
    control,
    converted,
    document_of,
    docx,
    field,
    finding,
    members,
    note_mark,
    odt_comments,
    p,
    t,
    with_members,
)

BODY = docx(
    p(t("The meeting took place on the third day.")),
    p(t("See "), f'<w:hyperlink r:id="rId1">{t("the archive of the town")}</w:hyperlink>', t(".")),
    p(t("So he says."), note_mark(1), t(" She does not.")),
    p(t("As was shown "), field("ADDIN ZOTERO_ITEM {}", t("(Doe 1999, 12)")), t(" before.")),
    p(t("Nobody knew."), note_mark(2)),
    p(control(t("A town by the sea")), t(" was named.")),
    control(p(t("First entry of the list.")), p(t("Second entry."))),
    p(t("On it went, "), t("page after page.", "<w:i/>"), note_mark(3)),
    footnotes=("Doe, History, 3.", "Ibid., 14.", "Roe, Letters, 7."),
)
QUOTES = ("third day", "archive of", "She does not", "(Doe 1999, 12)", "Nobody", "Letters", "page")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder, and so one profile of LibreOffice, for all conversions here."""
    return tmp_path_factory.mktemp("office")


def asked(*quotes: str) -> tuple[list[Finding], bytes]:
    """The findings on these quotes, and the annotated file."""
    document = document_of(BODY)
    found = [finding(document, quote) for quote in quotes]
    return found, annotate_docx(document, found, BODY)


def numbers(data: bytes, found: list[Finding]) -> list[int]:
    """The numbers of the comments on findings, in their order."""
    by_sign = {
        one.id: number
        for number, comment in comments_of(data).items()
        for one in found
        if comment.text.endswith(f"#{one.id}")
    }
    return [by_sign[one.id] for one in found]


# --- LibreOffice opens it ----------------------------------------------------------


def test_libreoffice_reads_comments_back_at_the_right_words(folder: Path) -> None:
    found, out = asked(*QUOTES)
    read = {
        one.id: comment.words
        for comment in odt_comments(converted(out, "odt", folder))
        for one in found
        if comment.text.endswith(f"#{one.id}")
    }
    assert [read[one.id] for one in found] == [
        "third day", "archive of", "She does not", "(Doe 1999, 12)", "Nobody", "†", "page"
    ]  # fmt: skip


def test_libreoffice_keeps_the_text_and_the_notes_as_they_were(folder: Path) -> None:
    _, out = asked(*QUOTES, "1999", "by the", "First entry", "Ibid", "he says")
    before, after = (_shown(converted(data, "odt", folder)) for data in (BODY, out))
    assert after == before
    assert "Roe, Letters, 7." in after


def _shown(odt: bytes) -> str:
    """The words of an OpenDocument text with its notes, without comments."""
    with zipfile.ZipFile(io.BytesIO(odt)) as archive:
        root = etree.fromstring(archive.read("content.xml"))
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    for comment in list(root.iter(f"{office}annotation")):
        tail, before, parent = comment.tail or "", comment.getprevious(), comment.getparent()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
        parent.remove(comment)
    body = root.find(f".//{office}text")
    paragraphs = (item for item in body.iter() if str(item.tag).endswith(("}p", "}h")))
    return "\n".join("".join(item.itertext()) for item in paragraphs)


@pytest.mark.parametrize("quote", ["1999", "by the", "First entry"])
def test_libreoffice_loses_no_comment_where_it_cannot_keep_the_range(
    quote: str, folder: Path
) -> None:
    found, out = asked(quote)
    (comment,) = odt_comments(converted(out, "odt", folder))
    assert comment.text.startswith("Is this meant?\n")
    assert comment.text.endswith(f"#{found[0].id}")


def test_libreoffice_loses_nothing_in_lists_of_works_and_in_cells(folder: Path) -> None:
    begin, end = field("ADDIN ZOTERO_BIBL {}", "|").split("|")
    cell = '<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>{}</w:tc>'.format
    data = docx(
        p(t("Works cited")),
        p(begin, t("Doe, First entry.")),
        p(t("Roe, Second entry.")),
        p(t("Zoe, Third entry."), end),
        '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="3000"/></w:tblGrid><w:tr>'
        f"{control(cell(p(t('A controlled cell'))))}{cell(p(t('A free cell')))}</w:tr></w:tbl>",
        control(control(p(t("A block in a block."))), p(t("More."))),
        p(t("The end.")),
    )
    document = document_of(data)
    quotes = ("First entry", "Second", "Third", "controlled", "free", "block in", "More", "end")
    found = [finding(document, quote) for quote in quotes]
    out = annotate_docx(document, found, data)
    assert [comment.words for comment in comments_of(out).values()] == list(quotes)
    before, after = (converted(file, "odt", folder) for file in (data, out))
    assert _shown(after) == _shown(before)
    texts = [comment.text for comment in odt_comments(after)]
    assert sorted(text[-12:] for text in texts) == sorted(one.id for one in found)


def test_a_page_can_be_made_of_it(folder: Path) -> None:
    _, out = asked(*QUOTES)
    pdf = folder / "page.pdf"
    pdf.write_bytes(converted(out, "pdf", folder))
    subprocess.run(["pdftoppm", "-r", "30", "-png", pdf, folder / "page"], check=True, timeout=60)
    assert (folder / "page-1.png").read_bytes().startswith(b"\x89PNG")


# --- answers -------------------------------------------------------------------------


def test_answers_become_decisions() -> None:
    found, out = asked(*QUOTES)
    first, second, third, fourth, fifth, sixth, _ = numbers(out, found)
    back = answered(
        out,
        {
            first: Said("Reject: it was the third day.\nSee the diary."),
            second: Said("Fixed, thank you."),
            third: Said(resolved=True),
            fourth: Said("I shall look it up.", resolved=True),
            fifth: Said("Where does this come from?", who="Bo Editor"),
            sixth: Said("Stet.", resolved=True),
        },
    )
    decisions, unused, _ = collect_docx(back, found)
    assert [(d.id, d.verdict, d.who, d.reason) for d in decisions] == [
        (found[0].id, REJECTED, "Ann Author", "Reject: it was the third day. See the diary."),
        (found[1].id, ACCEPTED, "Ann Author", "Fixed, thank you."),
        (found[2].id, ACCEPTED, "", ""),
        (found[3].id, ACCEPTED, "Ann Author", "I shall look it up."),
        (found[5].id, REJECTED, "Ann Author", "Stet."),
    ]
    (line,) = unused
    assert "“Nobody”" in line and "Bo Editor" in line and "Where does this come from?" in line


def test_decisions_reach_the_findings_of_the_next_run() -> None:
    found, out = asked("third day", "Nobody")
    first, _ = numbers(out, found)
    decisions, _, _ = collect_docx(answered(out, {first: Said("No.")}), found)
    kept = parse(format(decisions))
    applied = apply(found, kept)
    assert [one.decision for one in applied.findings] == [REJECTED, ""]
    assert applied.findings[0].reason == "No." and applied.stale == ()


def test_the_last_answer_that_decides_counts() -> None:
    found, out = asked("third day")
    (number,) = numbers(out, found)
    back = answered(out, {number: Said("No, leave it.")})
    back = answered(back, {number: Said("Yes, you are right.", who="Cy")})
    back = answered(back, {number: Said("Thanks to both.", who="Bo")})
    decisions, unused, _ = collect_docx(back, found)
    assert [(d.verdict, d.who) for d in decisions] == [(ACCEPTED, "Cy")]
    assert unused == ()


def test_an_answer_to_a_question_that_is_gone_is_reported() -> None:
    found, out = asked("third day", "Nobody")
    first, _ = numbers(out, found)
    decisions, unused, _ = collect_docx(answered(out, {first: Said("Fixed.")}), found[1:])
    assert decisions == ()
    (line,) = unused
    assert found[0].id in line and "Fixed." in line


def test_an_answer_written_behind_the_sign_counts() -> None:
    found, out = asked("third day")
    text = members(out)["word/comments.xml"].decode()
    changed = text.replace(f"#{found[0].id}", f"#{found[0].id} -- rejected, it is right")
    decisions, _, _ = collect_docx(with_members(out, comments=changed.encode()), found)
    assert [(d.verdict, d.reason) for d in decisions] == [(REJECTED, "rejected, it is right")]


def test_a_reply_that_quotes_the_question_counts() -> None:
    # As LibreOffice before 7.6 writes replies: a new comment that quotes the old one.
    found, out = asked("third day")
    comment = comments_of(out)[numbers(out, found)[0]]
    quoted = "".join(p(t(line)) for line in comment.text.split("\n")[:-1])
    sign = comment.text.split("\n")[-1]
    reply = (
        f'<w:comment xmlns:w="{W}" w:id="99" w:author="Ann Author">'
        f"{p(t('Reply to Scholiast (02/03/24, 10:00): '))}{quoted}{p(t(sign + chr(34)))}"
        f"{p(t('Stet, it was so.'))}</w:comment>"
    )
    text = members(out)["word/comments.xml"].decode()
    changed = text.replace("</w:comments>", f"{reply}</w:comments>")
    decisions, _, _ = collect_docx(with_members(out, comments=changed.encode()), found)
    assert [(d.verdict, d.who, d.reason) for d in decisions] == [
        (REJECTED, "Ann Author", "Stet, it was so.")
    ]


def test_comments_of_others_are_ignored() -> None:
    found, out = asked("third day")
    text = members(out)["word/comments.xml"].decode()
    other = f'<w:comment xmlns:w="{W}" w:id="98" w:author="X">{p(t("No. Rejected!"))}</w:comment>'
    changed = text.replace("</w:comments>", f"{other}</w:comments>")
    assert collect_docx(with_members(out, comments=changed.encode()), found) == ((), (), 1)
    assert collect_docx(BODY, found) == ((), (), 0)


def test_a_file_that_cannot_be_read_is_one_line() -> None:
    with pytest.raises(AnnotateError) as caught:
        collect_docx(BODY[:100], ())
    assert "\n" not in str(caught.value)


def test_answers_survive_libreoffice(folder: Path) -> None:
    found, out = asked("third day", "archive of", "Letters", "Nobody", "page")
    first, second, third, fourth, _ = numbers(out, found)
    text = members(out)["word/comments.xml"].decode()
    typed = text.replace(f"#{found[2].id}", f"#{found[2].id}: Reject, as it should be")
    back = answered(
        with_members(out, comments=typed.encode()),
        {
            first: Said(resolved=True),
            second: Said("Done, two words.", resolved=True),
            fourth: Said("No, nobody did.", who="Bo"),
        },
    )
    assert third
    decisions, unused, _ = collect_docx(converted(back, "docx", folder), found)
    assert {d.id: (d.verdict, d.who, d.reason) for d in decisions} == {
        found[0].id: (ACCEPTED, "", ""),
        found[1].id: (ACCEPTED, "Ann Author", "Done, two words."),
        found[2].id: (REJECTED, "", "Reject, as it should be"),
        found[3].id: (REJECTED, "Bo", "No, nobody did."),
    }
    assert unused == ()


def test_a_comment_on_the_same_words_is_no_reply_in_a_file_with_threads() -> None:
    found, out = asked("third day")
    (number,) = numbers(out, found)
    back = answered(out, {number: Said("No, leave it.")})
    extended = members(back)["word/commentsExtended.xml"].decode()
    loose = re.sub(r' w15:paraIdParent="[^"]*"', "", extended)
    changed = with_members(back, commentsExtended=loose.encode())
    assert collect_docx(changed, found) == ((), (), 1)


def test_questions_are_asked_again_of_a_file_saved_by_libreoffice_only_once(folder: Path) -> None:
    found, out = asked("third day", "Nobody")
    saved = converted(out, "docx", folder)
    document = document_of(saved)
    again = [finding(document, quote) for quote in ("third day", "Nobody")]
    assert [one.id for one in again] == [one.id for one in found]
    assert annotate_docx(document, again, saved) == saved


# --- words that decide -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "decided"),
    [
        ("reject", REJECTED), ("Rejected: no", REJECTED), ("No.", REJECTED), ("no", REJECTED),
        ("“Stet”", REJECTED), ("STET!", REJECTED), ("Leave as is", REJECTED),
        ("accept", ACCEPTED), ("Yes, I have changed it", ACCEPTED), ("OK", ACCEPTED),
        ("Done", ACCEPTED), ("fixed", ACCEPTED),
        ("- accepted", ACCEPTED),
        ("Нет, так и надо", REJECTED), ("Отклонено", REJECTED), ("Да.", ACCEPTED),
        ("исправлено", ACCEPTED), ("Nein, das bleibt", REJECTED), ("Stehen lassen", REJECTED),
        ("Ja", ACCEPTED), ("Erledigt, danke", ACCEPTED), ("不改", REJECTED), ("不用改了", REJECTED),
        ("已改为1951年", ACCEPTED), ("好的,谢谢", ACCEPTED), ("不。", REJECTED), ("是", ACCEPTED),
        ("Note 7 is meant", ""), ("Nobody knows", ""), ("Yesterday I saw it", ""),
        ("Not sure", ""), ("No problem", ""), ("Leave out the comma?", ""), ("不知道", ""),
        ("да, но не здесь", ""), ("Нетто", ""), ("Jahr 1951", ""), ("是否需要?", ""), ("", ""),
        ("I do not know", ""), ("Why?", ""), ("OK?", ""), ("是谁说的", ""),
    ],
)  # fmt: skip
def test_the_first_words_decide(words: str, decided: str) -> None:
    assert verdict(words) == decided


def test_no_phrase_decides_two_things() -> None:
    from scholiast.data import table

    seen: dict[str, set[str]] = {}
    for decided, languages in table("replies").items():
        for phrases in languages.values():
            for phrase in phrases:
                assert phrase == phrase.casefold() and re.search(r"\w", phrase)
                seen.setdefault(phrase, set()).add(decided)
    assert len(seen) > 100
    assert {phrase: sorted(kinds) for phrase, kinds in seen.items() if len(kinds) > 1} == {}
