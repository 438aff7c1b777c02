"""The command line as a person meets it. All texts here are invented specimens."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path

import pytest
from tests.drawing_pdf import LINES, drawn

from scholiast.cli.main import COMMANDS, main, parser

GOOD = "# The Herring Question\n\nThe boats came back.[^1]\n\n[^1]: Lind, *Herring*, 3.\n"
BAD = "# The Herring Question\n\nThe boats came back.[^1] They were empty.[^2]\n\n[^1]: Lind, 3.\n"


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test runs in a folder of its own, with a cache of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def run(capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(words)
    out, err = capfd.readouterr()
    return code, out, err


def test_a_clean_text_gives_0_and_one_friendly_line(capfd: pytest.CaptureFixture[str]) -> None:
    Path("good.md").write_text(GOOD)
    assert run(capfd, "check", "good.md") == (
        0,
        "Nothing to ask: 1 text read, no findings.\n",
        "",
    )


def test_a_finding_gives_1_with_code_words_and_line(capfd: pytest.CaptureFixture[str]) -> None:
    Path("bad.md").write_text(BAD)
    code, out, _ = run(capfd, "check", "bad.md")
    assert code == 1
    assert "NOT001 missing-note · certain · line 3" in out
    assert "They were empty." in out


def test_json_is_the_documented_object(capfd: pytest.CaptureFixture[str]) -> None:
    Path("bad.md").write_text(BAD)
    code, out, _ = run(capfd, "check", "bad.md", "--format", "json")
    (finding,) = json.loads(out)["findings"]
    assert code == 1
    assert (finding["code"], finding["document"], finding["line"]) == ("NOT001", "bad.md", 3)


def test_select_and_ignore(capfd: pytest.CaptureFixture[str]) -> None:
    Path("bad.md").write_text(BAD)
    assert run(capfd, "check", "bad.md", "--select", "DOC")[0] == 0
    assert run(capfd, "check", "bad.md", "--ignore", "not001,NOT002")[0] == 0
    assert run(capfd, "check", "bad.md", "--select", "NOT")[0] == 1


def test_the_second_run_gives_the_same_bytes(capfd: pytest.CaptureFixture[str]) -> None:
    Path("bad.md").write_text(BAD)
    first = run(capfd, "check", "bad.md")
    assert first == run(capfd, "check", "bad.md") == run(capfd, "check", "bad.md", "--no-cache")


def test_order_and_jobs_change_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("b.md", "a.md", "c.txt"):
        Path(name).write_text(BAD + name)
    words = ("check", "--no-cache", "--format", "json")
    one = run(capfd, *words, "a.md", "b.md", "c.txt")
    assert one == run(capfd, *words, "c.txt", "b.md", "a.md")
    assert one == run(capfd, *words, "b.md", "c.txt", "a.md", "--jobs", "2")


def test_a_damaged_cache_is_made_anew(at_home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    Path("bad.md").write_text(BAD)
    first = run(capfd, "check", "bad.md")
    (kept,) = (at_home / "cache").rglob("case.sqlite")
    kept.write_bytes(b"no database")
    assert run(capfd, "check", "bad.md") == first


def test_standard_input(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BAD.encode())))
    code, out, _ = run(capfd, "check", "-")
    assert code == 1
    assert "stdin.md" in out


# -- what goes wrong --------------------------------------------------------------


def broken_docx() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("word/document.xml", "<w:document>" * 50)
    return buffer.getvalue()[:150]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.txt", b"", "DOC002"),
        ("empty.md", b"\n \n", "DOC002"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "DOC001"),
        ("cut.docx", broken_docx(), "DOC001"),
        ("no.docx", b"this is no package", "DOC001"),
        ("nul.txt", b"The boats came back.\x00\x00 They were empty.\n" * 20, "DOC004"),
        ("broken.txt", "The harbour of Čeň was full.\n".encode() * 20 + b"\xff\xc3 x\n", "DOC004"),
        (
            "cyrillic.txt",
            ("Лодки вернулись в мае, и трюмы их были пусты. " * 9).encode("cp1251"),
            "DOC003",
        ),
    ],
)
def test_a_bad_file_is_one_finding_and_the_others_are_checked(
    name: str, data: bytes, code: str, capfd: pytest.CaptureFixture[str]
) -> None:
    Path(name).write_bytes(data)
    Path("bad.md").write_text(BAD)
    exit_code, out, err = run(capfd, "check", name, "bad.md", "--format", "json")
    found = [(f["document"], f["code"]) for f in json.loads(out)["findings"]]
    assert (name, code) in found
    assert ("bad.md", "NOT001") in found
    assert (exit_code, err) == (1, "")


def test_a_missing_file_is_a_finding(capfd: pytest.CaptureFixture[str]) -> None:
    Path("good.md").write_text(GOOD)
    code, out, _ = run(capfd, "check", "nowhere.txt", "good.md")
    assert code == 1
    assert "nowhere.txt" in out and "no such file" in out


def test_a_kind_of_file_that_no_reader_knows(capfd: pytest.CaptureFixture[str]) -> None:
    Path("tape.wav").write_bytes(b"RIFF")
    code, out, _ = run(capfd, "check", "tape.wav")
    assert code == 1
    assert "DOC001" in out


def test_a_folder_without_texts_says_so(capfd: pytest.CaptureFixture[str]) -> None:
    Path("folder").mkdir()
    code, _, err = run(capfd, "check", "folder")
    assert code == 2
    assert err.startswith("scholiast: folder: no file to check")


def test_broken_configuration_is_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    Path("good.md").write_text(GOOD)
    Path("scholiast.toml").write_text("selekt = ['DOC']\n")
    code, _, err = run(capfd, "check", "good.md")
    assert code == 2
    assert "unknown key 'selekt'" in err and err.count("\n") == 1


def test_broken_decisions_are_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    Path("good.md").write_text(GOOD)
    Path("decisions.toml").write_text("[[decision]\n")
    code, _, err = run(capfd, "check", "good.md")
    assert code == 2
    assert "decisions.toml" in err and err.count("\n") == 1


def test_rules_that_cannot_be_loaded_are_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    Path("good.md").write_text(GOOD)
    Path("scholiast.toml").write_text('rules = ["no_such_package:RULES"]\n')
    code, _, err = run(capfd, "check", "good.md")
    assert code == 2
    assert "no_such_package" in err and err.count("\n") == 1


def test_a_place_that_cannot_be_written_is_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    Path("bad.md").write_text(BAD)
    Path("blocked").write_text("a file where a folder is wanted")
    code, _, err = run(capfd, "check", "bad.md", "--output", "blocked/report.json")
    assert code == 2
    assert "blocked" in err and err.count("\n") == 1
    assert run(capfd, "queries", "bad.md", "-o", "blocked/sheets")[0] == 2


def test_the_file_itself_is_never_overwritten(capfd: pytest.CaptureFixture[str]) -> None:
    Path("bad.md").write_text(BAD)
    code, _, err = run(capfd, "annotate", "bad.md", "-o", "bad.md")
    assert code == 2
    assert "is the file itself" in err
    assert Path("bad.md").read_text() == BAD


# -- folders, decisions, other commands ---------------------------------------------


def test_a_folder_is_a_case_and_sources_are_not_checked(capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("case/a.md", "case/b.txt", "case/sources/book.md", "case/.hidden/x.md"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(BAD + name)
    _, out, _ = run(capfd, "check", "case", "--format", "json")
    assert [d["name"] for d in json.loads(out)["documents"]] == ["case/a.md", "case/b.txt"]


def test_a_baseline_hides_what_was_known(capfd: pytest.CaptureFixture[str]) -> None:
    Path("bad.md").write_text(BAD)
    run(capfd, "check", "bad.md", "--write-baseline", "known.toml")
    assert run(capfd, "check", "bad.md", "--baseline", "known.toml")[0] == 0
    Path("bad.md").write_text(BAD.replace("came back.[^1]", "came back.[^1] Late.[^3]"))
    assert run(capfd, "check", "bad.md", "--baseline", "known.toml")[0] == 1


def test_a_rejected_query_is_respected_and_shown_under_all(
    capfd: pytest.CaptureFixture[str],
) -> None:
    Path("bad.md").write_text(BAD)
    run(capfd, "queries", "bad.md", "-o", "sheets")
    (sheet,) = Path("sheets").glob("queries-the-author.txt")
    sheet.write_text(sheet.read_text().replace("[ ] reject", "[x] reject", 1))
    code, out, err = run(capfd, "collect", str(sheet))
    assert (code, err) == (0, "")
    assert "0 accepted, 1 rejected" in out
    assert run(capfd, "check", "bad.md")[0] == 0
    assert "rejected" in run(capfd, "check", "bad.md", "--all")[1]
    Path("bad.md").write_text(GOOD)
    assert "stale" in run(capfd, "check", "bad.md")[1].casefold()


def test_annotated_text_gives_the_file_back(capfd: pytest.CaptureFixture[str]) -> None:
    Path("bad.md").write_text(BAD)
    code, out, _ = run(capfd, "annotate", "bad.md")
    assert (code, out) == (1, "bad.annotated.md\n")
    assert "<!-- scholiast NOT001" in Path("bad.annotated.md").read_text()


def test_outline_shows_the_tree(capfd: pytest.CaptureFixture[str]) -> None:
    Path("bad.md").write_text(BAD)
    code, out, _ = run(capfd, "outline", "bad.md")
    assert code == 0
    assert "The Herring Question" in out
    assert "1 mark without a note" in out
    value = json.loads(run(capfd, "outline", "bad.md", "--format", "json")[1])
    assert [n["label"] for n in value["documents"][0]["notes"]] == ["1"]
    assert [c["note"] for c in value["documents"][0]["callouts"]] == ["n1", None]


def test_explain_shows_the_page_and_suggests(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capfd, "explain", "missing-note")
    assert code == 0 and out.startswith("NOT001 missing-note")
    code, _, err = run(capfd, "explain", "NOT01")
    assert code == 2 and "did you mean NOT0" in err


def test_every_command_has_help(capfd: pytest.CaptureFixture[str]) -> None:
    for name, summary in COMMANDS:
        with pytest.raises(SystemExit) as stopped:
            main([name, "--help"])
        assert stopped.value.code == 0
        assert summary[1:20] in capfd.readouterr().out
    assert parser().prog == "scholiast"


def test_an_error_of_the_program_is_no_traceback(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("bad.md").write_text(BAD)
    monkeypatch.setattr("scholiast.report.report_for", lambda form: 1 / 0)
    code, _, err = run(capfd, "check", "bad.md")
    assert code == 2
    assert "ZeroDivisionError" in err and "Traceback" not in err and err.count("\n") == 1


def test_written_files_are_whole_and_leave_nothing_behind(
    capfd: pytest.CaptureFixture[str],
) -> None:
    Path("bad.md").write_text(BAD)
    run(capfd, "check", "bad.md", "-o", "report.txt")
    assert Path("report.txt").read_text().startswith("bad.md")
    assert [p.name for p in Path().iterdir() if p.name.startswith(".scholiast-")] == []


def test_a_code_that_no_rule_has_is_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    Path("bad.md").write_text(BAD)
    code, _, err = run(capfd, "check", "bad.md", "--select", "DOK")
    assert code == 2
    assert "no rule or family 'DOK'" in err and err.count("\n") == 1


def test_sheets_that_may_hold_answers_are_not_replaced(capfd: pytest.CaptureFixture[str]) -> None:
    Path("bad.md").write_text(BAD)
    run(capfd, "queries", "bad.md", "-o", "sheets")
    assert run(capfd, "queries", "bad.md", "-o", "sheets")[0] == 1
    sheet = Path("sheets/queries-the-author.txt")
    answered = sheet.read_text().replace("[ ] reject", "[x] reject")
    sheet.write_text(answered)
    code, _, err = run(capfd, "queries", "bad.md", "-o", "sheets")
    assert code == 2 and "may hold answers" in err
    assert sheet.read_text() == answered
    assert run(capfd, "queries", "bad.md", "-o", "sheets", "--force")[0] == 1
    assert sheet.read_text() != answered


def test_collecting_needs_to_know_the_texts(capfd: pytest.CaptureFixture[str]) -> None:
    Path("away/sheets").mkdir(parents=True)
    Path("case").mkdir()
    Path("case/bad.md").write_text(BAD)
    run(capfd, "queries", "case", "-o", "away/sheets")
    sheet = Path("away/sheets/queries-the-author.txt")
    sheet.write_text(sheet.read_text().replace("[ ] reject", "[x] reject"))
    code, _, err = run(capfd, "collect", str(sheet))
    assert code == 2 and "--case" in err
    assert run(capfd, "collect", str(sheet), "--case", "case")[0] == 0
    assert run(capfd, "check", "case")[0] == 0
    assert run(capfd, "collect", "nowhere.docx")[0] == 2


def test_texts_that_no_reader_knows_are_named(capfd: pytest.CaptureFixture[str]) -> None:
    Path("case").mkdir()
    Path("case/good.md").write_text(GOOD)
    Path("case/old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    code, _, err = run(capfd, "check", "case")
    assert code == 0
    assert "case/old.doc: not read" in err


def test_a_file_that_cannot_be_read_is_not_annotated(capfd: pytest.CaptureFixture[str]) -> None:
    Path("picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    code, _, err = run(capfd, "annotate", "picture.txt")
    assert code == 2 and "PNG" in err
    assert not Path("picture.annotated.txt").exists()


def test_outline_opens_what_check_opens(capfd: pytest.CaptureFixture[str]) -> None:
    locked = drawn(lambda sheet: sheet.lines(*LINES), encrypt="herring")
    Path("locked.pdf").write_bytes(locked)
    code, out, _ = run(capfd, "outline", "locked.pdf", "--password", "herring")
    assert code == 0
    assert "1 paragraph" in out
    assert run(capfd, "outline", "locked.pdf")[0] == 1
