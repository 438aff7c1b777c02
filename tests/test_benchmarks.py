"""The benchmarks measure what they say: on texts of our own invention."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from benchmarks import cli, growth, speed
from benchmarks.answers import CUT, MISSING, Answer, Expected, compared, first_words, last_words
from benchmarks.converted import FACETS, differences, programs
from benchmarks.disguise import disguise_folder, disguised_text
from benchmarks.disguise.numbers import Years, other_pages, page_numbers, page_spans
from benchmarks.enlarge import enlarged
from benchmarks.faults import measure
from benchmarks.faults.places import Manuscript, bare
from benchmarks.faults.planting import FAULTS, planted
from benchmarks.gold import GoldError, annotated_texts
from benchmarks.kinds import findings, notes, repairs, sections
from benchmarks.kinds import tei as tei_kind
from benchmarks.reading import checked
from benchmarks.scoring import Result, Score, summed, together
from benchmarks.speed import Row, Seconds
from benchmarks.streams import Lines, squeezed, stream
from benchmarks.tei import chapters, expected_notes, markdown
from hypothesis import given
from hypothesis import strategies as st
from tools.make_specimens import WRITERS
from tools.manuscript import parse

from scholiast.config import Settings
from scholiast.model import Document, Source
from scholiast.readers import reader_for
from scholiast.readers.md import read

# An invented specimen: a review as extracted from a PDF. The first letter of
# "Doravia" stands below its paragraph, one bracket is never closed, and the
# paragraph runs on over the foot of a page with its note.
TEXT = """\
 Review by Orla Venn, Teldham College
\x20
oravia and its neighbours signed the treaty of 1921, as Venn showed in an earlier book on
the Doravian question. The delegates (among them Ilse Karr of Teldham met for three weeks,
and in 1923 they met again (45-47).1 Karr alone understood what Doravia wanted, and said so in

D
                                                        \x20

1 Ilse Karr, The Doravian Question (Teldham: Teldham Press, 1934), 112.
\fletters that were never sent. By 1945 nobody remembered them, which is why the book is welcome
to every reader who has ever asked what became of the treaty and of the three weeks in Teldham.
"""

GOLD = {
    "document": {"file": "review.txt", "title": "", "lines": 12, "book_authors": ["Ilse Karr"]},
    "sections": [
        {
            "id": "venn",
            "kind": "review",
            "title": "Review by Orla Venn, Teldham College",
            "authors": ["Orla Venn"],
            "affiliation": "Teldham College",
            "first_words": "Doravia and its neighbours signed the",
            "first_words_verbatim": "oravia and its neighbours signed the",
            "start_line": 1,
            "end_line": 12,
        }
    ],
    "repairs": {
        "drop_caps": [
            {
                "section": "venn",
                "letter": "D",
                "line_of_letter": 7,
                "line_of_text": 3,
                "torn": "oravia",
                "whole": "Doravia",
            }
        ],
        "page_furniture": [],
        "note_separators": [8],
        "false_paragraph_breaks": [{"section": "venn", "line_before": 5, "line_after": 11}],
        "joins": [],
        "other": [],
    },
    "notes": [
        {
            "section": "venn",
            "n": 1,
            "present": True,
            "callout_line": 5,
            "callout_before": "they met again (45-47).",
            "note_line": 10,
            "note_end_line": 10,
            "note_first_words": "Ilse Karr, The Doravian Question (Teldham: Teldham Press,",
            "complete": True,
        }
    ],
    "false_callouts": [{"line": 5, "text": "(45-47)", "why": "pages"}],
    "citations": [
        {
            "section": "venn",
            "note": 1,
            "raw": "Ilse Karr, The Doravian Question (Teldham: Teldham Press, 1934), 112",
            "authors": [{"family": "Karr", "given": "Ilse"}],
            "editors": [],
            "translators": [],
            "locator": "112",
            "pages": None,
            "publisher": "Teldham Press",
            "place": "Teldham",
            "year": "1934",
            "line": 10,
        }
    ],
    "dates": [{"section": "venn", "line": 5, "text": "in 1923", "edtf": "1923"}],
    "names": [
        {"canonical": "Doravia", "kind": "place", "forms": ["Doravia"], "first_lines": {}},
        {"canonical": "Ilse Karr", "kind": "person", "forms": ["Ilse Karr"], "first_lines": {}},
    ],
    "defects": [
        {
            "id": "D1",
            "rule_kind": "unbalanced-parenthesis",
            "lines": [4],
            "text": "(among them Ilse Karr",
            "why": "never closed",
            "certainty": "certain",
        },
        {
            "id": "D2",
            "rule_kind": "spelling",
            "lines": [4],
            "text": "question",
            "why": "not the program's business",
            "certainty": "certain",
            "scope": "copy-editing",
        },
    ],
    "not_defects": [{"line": 5, "text": "(45-47)", "why": "pages"}],
    "consistent": [],
}

MARKDOWN = """\
---
title: An invented specimen
---

# The Ferry of Aldmoor

The ferry of Aldmoor crossed twice a day, and in summer (when the light allowed it) three
times.[^1] Nobody wrote down who paid for the well-kept boats. The toll books say “nothing of
the matter worth the ink” about that.[^2]

What the parish remembered was another story.[^3] It told of a storm, of the ferryman’s son, and
of 12 days without bread; whoever has read the Annals of Aldmoor knows how it ends.[^4]

[^1]: Toll book of Aldmoor, 1702, leaf 4, and the remarks of the clerk, which fill the margin there.
[^2]: Toll book of Aldmoor, 1703, leaf 9.
[^3]: Ilse Karr, *The Parish* (Teldham: Teldham Press, 1934), 12; for the storm, see her appendix.
[^4]: Annals of Aldmoor, vol. 2, 77, with the comments of the editor, printed under the line.
"""

TEI = b"""\
<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>
<div type="chapter"><head>Chapter 1: The Ferry</head>
<p>It crossed <hi rend="italic">twice</hi> a day.<note n="1">Toll
  book [of Aldmoor], 1702.</note> Then *never*.</p></div>
<div type="chapter"><head>Chapter 2</head>
<p>1. A list that is none.<note n="1">See <hi rend="italic">ibid.</hi>, 3.</note></p></div>
</body></text></TEI>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A gold folder with the invented review."""
    place = tmp_path / "gold" / "review"
    place.mkdir(parents=True)
    (place / "review.txt").write_text(TEXT, encoding="utf-8")
    (place / "review.gold.json").write_text(json.dumps(GOLD), encoding="utf-8")
    return tmp_path / "gold"


# Scores


def test_figures_of_a_score() -> None:
    score = Score(n=10, right=6, answers=8)
    assert score.figures() == {"n": 10, "precision": 0.75, "recall": 0.6, "f1": 0.6667}


def test_no_answer_is_precise_and_finds_nothing() -> None:
    assert (Score(n=3).precision, Score(n=3).recall, Score(n=3).f1) == (1.0, 0.0, 0.0)


@given(st.lists(st.tuples(*[st.integers(0, 9)] * 3), max_size=6))
def test_the_micro_average_adds_counts(counts: list[tuple[int, int, int]]) -> None:
    total = summed(Score(n + right, right, right + false) for n, right, false in counts)
    assert total.n == sum(n + right for n, right, _ in counts)
    assert total.answers - total.right == sum(false for *_, false in counts)


def test_results_of_several_texts_name_their_misses() -> None:
    both = together(
        {"a": Result(Score(1, 1, 1)), "b": Result(Score(1, 0, 0), {}, ("note 1: not seen",))}
    )
    assert both.score.recall == 0.5
    assert both.misses == ("b: note 1: not seen",)
    assert both.figures(misses=True)["details"]["b"]["recall"] == 0.0


# Streams and places


def test_a_stream_leads_back_to_the_file() -> None:
    text = "one  two\n\n three\nfour"
    found = stream(Lines(text))
    assert found.text == "one two three four"
    (start, _end), *_ = found.find("three  four")
    assert text[found.offsets[start] :].startswith("three")


def test_a_stream_without_lines_joins_what_stands_around_them() -> None:
    text = "a page ends\n1 A note.\nand goes on"
    assert stream(Lines(text), {2}).text == "a page ends and goes on"


@given(st.text(alphabet="ab \n\f\t", max_size=60))
def test_every_character_of_a_stream_stands_in_the_file(text: str) -> None:
    found = stream(Lines(text))
    assert found.text == " ".join(text.split())
    solid = [o for o, c in zip(found.offsets, found.text, strict=True) if c != " "]
    assert [text[offset] for offset in solid] == [c for c in found.text if c != " "]


def test_squeezed_texts_agree_across_typography() -> None:
    assert squeezed("“Sino- Soviet” … 1945–59") == squeezed('"Sino-Soviet" ... 1945-59')


def test_words_over_a_page_end_are_found(folder: Path) -> None:
    (text,) = annotated_texts(folder)
    (place,) = text.places("said so in letters that were", (5,))
    assert text.lines.line(min(place)) == 5
    assert text.lines.line(max(place)) == 11


def test_gold_that_names_no_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "x.gold.json").write_text('{"document": {"file": "gone.txt"}}')
    with pytest.raises(GoldError, match=r"x\.gold\.json"):
        annotated_texts(tmp_path)


# Notes


def _answer(**changed: object) -> Answer:
    values = {"number": 1, "before": "wordsbefore.", "text": "smith,rome,3.", "section": "s"}
    return Answer(**{**values, "state": "whole", "line": 4, **changed})  # type: ignore[arg-type]


EXPECTED = Expected(1, "before.", "smith,rome", "3.", "s", line=4)


def test_a_note_is_right_when_everything_agrees() -> None:
    assert compared([EXPECTED], [_answer()]).score.f1 == 1.0


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"number": 2}, "no mark there"),
        ({"before": "wordselsewhere."}, "no mark there"),
        ({"line": 9}, "no mark there"),
        ({"before": None}, "no mark there"),
        ({"section": "t"}, "section"),
        ({"state": CUT}, "cut off instead of whole"),
        ({"state": MISSING, "text": ""}, "missing instead of whole"),
        ({"text": "jones,athens,3."}, "begins"),
    ],
)
def test_a_note_is_wrong_when_something_does_not(changed: dict[str, object], reason: str) -> None:
    result = compared([EXPECTED], [_answer(**changed)])
    assert result.score.right == 0
    assert reason in result.misses[0]


def test_an_answer_too_many_is_a_false_alarm() -> None:
    result = compared([EXPECTED], [_answer(), _answer(number=7)])
    assert (result.score.recall, result.score.precision) == (1.0, 0.5)


def test_addresses_do_not_count_as_words() -> None:
    assert first_words("See Karr, https://example.org/a b") == "seekarr,"
    assert last_words("See Karr, https://example.org/a") == ""


# Kinds, on the invented review


def test_the_review_is_measured_by_every_kind(folder: Path) -> None:
    (text,) = annotated_texts(folder)
    reading = checked(text.path.name, text.data)
    assert sections.of_text(text, reading).score.f1 == 1.0
    assert notes.of_text(text, reading).details["false_callouts_taken_for_marks"] == 0
    assert notes.of_text(text, reading).score.f1 == 1.0
    mended = repairs.of_text(text, reading).details
    assert mended["drop_caps"]["f1"] == 1.0
    assert mended["paragraph_breaks"]["f1"] == 1.0
    found = findings.of_text(text, reading)
    assert found.details["by_defect"] == {"D1": "DOC013"}
    assert found.details["false_alarms"] == 0


def test_what_is_not_the_programs_business_is_not_due() -> None:
    assert [findings.due(defect) for defect in GOLD["defects"]] == [True, False]  # type: ignore[attr-defined]


def test_a_wrong_section_is_a_miss_with_its_reason(folder: Path) -> None:
    (text,) = annotated_texts(folder)
    text.gold["sections"][0]["authors"] = ["Someone Else"]
    result = sections.of_text(text, checked(text.path.name, text.data))
    assert result.score.right == 0
    assert "authors" in result.misses[0]


def test_a_finding_inside_what_is_no_defect_is_a_false_alarm(folder: Path) -> None:
    (text,) = annotated_texts(folder)
    text.gold["not_defects"] = [{"line": 4, "text": "(among them Ilse Karr of Teldham met for"}]
    text.gold["defects"] = []
    result = findings.of_text(text, checked(text.path.name, text.data))
    assert result.details["false_alarms"] >= 1
    assert result.score.precision < 1.0


def test_accuracy_prints_one_object(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["accuracy", "--gold", str(folder), "--json", "--misses"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert list(figures) == ["sections", "repairs", "notes", "findings"]
    for kind in figures.values():
        assert {"n", "precision", "recall", "f1", "details", "misses"} == set(kind)


def test_an_unknown_kind_is_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["accuracy", "--gold", str(folder), "--kind", "colours"]) == 2
    assert capsys.readouterr().err.startswith("benchmarks: unknown kind 'colours'; known are")


# TEI


def test_tei_becomes_markdown_with_its_notes() -> None:
    text = markdown(chapters(TEI))
    assert "It crossed *twice* a day.[^1] Then \\*never\\*." in text
    assert "[^1]: Toll book \\[of Aldmoor\\], 1702." in text
    assert "1\\. A list that is none.[^2]" in text
    assert "[^2]: See *ibid.*, 3." in text


def test_tei_notes_are_right_answers() -> None:
    parts = chapters(TEI)
    expected = expected_notes(parts)
    assert [(one.number, one.section) for one in expected] == [
        (1, "Chapter 1: The Ferry"),
        (2, "Chapter 2"),
    ]
    assert expected[0].before == "itcrossedtwiceaday."
    assert notes.of_chapters(parts, checked("tei.md", markdown(parts).encode())).score.f1 == 1.0


# Disguise


def test_a_disguised_text_keeps_its_shape_and_scores_the_same(folder: Path, tmp_path: Path) -> None:
    assert len(list(disguise_folder(folder, tmp_path / "out"))) == 1
    (text,) = annotated_texts(folder)
    (other,) = annotated_texts(tmp_path / "out")
    assert [len(line) for line in other.lines.text.split("\n")] == [
        len(line) for line in TEXT.split("\n")
    ]
    one, two = (checked(t.path.name, t.data) for t in (text, other))
    for kind in (sections, notes, repairs, findings):
        assert kind.of_text(other, two).score == kind.of_text(text, one).score


@pytest.mark.parametrize("seed", range(4))
def test_names_years_and_pages_are_gone(folder: Path, seed: int) -> None:
    (text,) = annotated_texts(folder)
    other, gold = disguised_text(text, seed=seed)
    for word in ("oravia", "Doravian", "Venn", "Karr", "Ilse", "Teldham", "1921", "1934", "112"):
        assert word not in other
    assert "signed the treaty of" in other
    cap = gold["repairs"]["drop_caps"][0]
    assert cap["whole"] == cap["letter"] + cap["torn"]
    assert other.split("\n")[2].startswith(cap["torn"])
    assert other.split("\n")[6] == cap["letter"]
    assert cap["whole"] + "n question" in other  # what is derived stays derived
    assert other.split("\n")[9].startswith("1 ")  # the number of the note


def test_what_the_answers_quote_stands_in_the_disguised_text(folder: Path) -> None:
    (text,) = annotated_texts(folder)
    other, gold = disguised_text(text, seed=0)
    words = " ".join(other.split())
    assert gold["citations"][0]["raw"] in words
    assert gold["citations"][0]["locator"] in gold["citations"][0]["raw"]
    assert gold["citations"][0]["authors"][0]["family"] in gold["citations"][0]["raw"]
    assert gold["notes"][0]["note_first_words"] in words
    assert gold["dates"][0]["edtf"] in gold["dates"][0]["text"]


def test_the_same_seed_gives_the_same_disguise(folder: Path) -> None:
    (text,) = annotated_texts(folder)
    assert disguised_text(text, seed=3) == disguised_text(text, seed=3)
    assert disguised_text(text, seed=3)[0] != disguised_text(text, seed=4)[0]


@given(st.integers(1500, 2099), st.integers(1500, 2099), st.sampled_from([-30, -20, -10]))
def test_years_keep_their_distance(one: int, other: int, shift: int) -> None:
    years = Years(shift)
    assert int(years.disguised(str(one))) - int(years.disguised(str(other))) == one - other


def test_years_are_told_from_other_numbers() -> None:
    years = Years(-20)
    assert (
        years.disguised("1945-59, the 1950s, f. 0100, 12345")
        == "1925-39, the 1930s, f. 0100, 12345"
    )
    assert years.disguised("1958-21", dates=True) == "1938-21"
    assert years.disguised("195X", dates=True) == "193X"


@given(st.sets(st.integers(1, 9999)), st.integers())
def test_pages_keep_their_order_and_length(used: set[int], seed: int) -> None:
    pages = other_pages(used, random.Random(seed))
    others = [pages.others.get(number, number) for number in sorted(used)]
    assert others == sorted(set(others))
    assert [len(str(o)) for o in others] == [len(str(u)) for u in sorted(used)]


def test_page_numbers_by_what_stands_around_them() -> None:
    text = "He says so (27; 31-33) on page 41.3 of f. 0100, op. 42, p. 288, d. 19 (1945)."
    assert [text[a:b] for a, b in page_spans(text)] == ["27; 31-33", "1945", "41"]
    assert page_numbers(["286-92", "1945"]) == {286, 292}


# Faults


def test_places_of_a_manuscript() -> None:
    text = Manuscript(MARKDOWN)
    assert [note.label for note in text.notes] == ["1", "2", "3", "4"]
    assert [mark.label for mark in text.marks] == ["1", "2", "3", "4"]
    assert [MARKDOWN[a:b].split()[0] for a, b in text.paragraphs] == ["The", "What"]
    assert bare("*The* ferry[^1] \\[of\\] <https://a.org>") == "theferryofhttpsaorg"


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_faults_are_planted_where_they_say(fault: object) -> None:
    assert fault in FAULTS
    text, plants = planted(fault, Manuscript(MARKDOWN), random.Random(1))  # type: ignore[arg-type]
    assert (text != MARKDOWN) == bool(plants)
    for plant in plants:
        assert 0 <= plant.low <= plant.high <= len(text)


def test_planted_faults_are_found_again_and_counted(tmp_path: Path) -> None:
    clean = tmp_path / "ferry.md"
    clean.write_text(MARKDOWN, encoding="utf-8")
    report = measure(None, others=[clean], forms=["md"], faults=["note-removed", "damaged"])
    mine = [trial for trial in report.trials if trial.text == "ferry"]
    assert {(trial.fault, trial.by) for trial in mine} == {
        ("note-removed", ("NOT001",)),
        ("damaged", ("DOC004",)),
    }
    assert not [stray for stray in report.on_clean if stray.text == "ferry"]


def test_an_unknown_fault_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["faults", "--fault", "sloth"]) == 2
    assert "unknown fault 'sloth'" in capsys.readouterr().err


# Speed


def test_a_row_passes_within_its_bar() -> None:
    fast, slow, start = Seconds(1.0, 0.9), Seconds(2.0, 1.0), Seconds(0.1, 0.1)
    assert Row("a", fast, start, 15).passed
    assert not Row("a", slow, start, 15).passed
    assert Row("a", slow, start, 15).figures()["ratio"] == 20.0
    assert Row("a", slow, start, 15).of_processor == 10.0
    assert Row("a", slow, Seconds(0.1), 15).of_processor is None
    assert "FAIL" in str(Row("a", slow, start, 15))
    assert slow.less(fast).clock == 1.0


def test_the_specimen_is_ours() -> None:
    assert speed.specimen().parent.parent.name == "examples"


def test_a_text_many_times_over_has_as_many_notes() -> None:
    three = enlarged("ferry.md", MARKDOWN.encode(), 3)
    document = checked("three.md", three).document
    assert len(document.of_kind("note")) == len(document.of_kind("callout")) == 12
    titles = [node.title for node in document.of_kind("section")]
    assert len(titles) == len(set(titles)) == 3


def test_copies_of_a_review_have_other_authors() -> None:
    document = checked("two.txt", enlarged("review.txt", TEXT.encode(), 2)).document
    authors = [node.authors for node in document.of_kind("section")]
    assert authors[0] == ("Orla Venn",)
    assert authors[1] != authors[0]


EDITION = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div type="document"><head>1. Ice<note
n="1">Of <date when="1851">one</date>.</note></head><p>The <persName ref="#k">Kell</persName> of <hi>
<placeName>Brno</placeName></hi> said <quote who="#k">no</quote>.</p></div></body></text></TEI>"""


def test_what_editors_tagged_is_counted_from_the_markup() -> None:
    result = tei_kind.of_file(EDITION.encode())
    assert result.details == {
        "document": "1/1", "note": "1/1", "date": "1/1", "name": "2/2", "quotation": "1/1",
    }  # fmt: skip
    assert (result.score.n, result.score.right, result.score.answers) == (6, 6, 6)


def test_tei_is_measured_against_the_parser() -> None:
    rows = speed.tei_rows(speed.specimen().parents[1] / "zh" / "wenzhang.xml", 1)
    assert [row.bar for row in rows] == [4, 11]
    assert all(row.ratio > 0 for row in rows)


# Conversions by other programs


def _as_pandoc(command: list[str]) -> None:
    """Write what our own writer makes of the Markdown, where Pandoc would."""
    target, source = Path(command[-2]), Path(command[-1])
    suffix = target.suffix[1:]
    target.write_bytes(WRITERS[suffix](parse(source.read_text(encoding="utf-8"))))


def test_a_conversion_that_keeps_everything_differs_in_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(programs.shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(programs, "_run", _as_pandoc)
    assert cli.main(["converted", "--only", "pandoc docx", "--misses"]) == 0
    head, row = capsys.readouterr().out.splitlines()
    assert head.split() == list(FACETS)
    assert row.split() == ["pandoc", "docx", *["1.000"] * len(FACETS)]


def test_programs_that_are_not_installed_are_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(programs.shutil, "which", lambda name: None)
    assert cli.main(["converted", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {}


def test_a_note_at_another_place_is_a_difference() -> None:
    one, other = (
        read(Source("a.md", f"Snow{first} fell{second}.\n\n[^1]: So.\n".encode()), Settings())
        for first, second in (("[^1]", ""), ("", "[^1]"))
    )
    score, lines = differences("notes", one.document, other.document)
    assert (score.n, score.right, score.answers) == (1, 0, 1)
    assert lines == ["- So. ⟵ Snow", "+ So. ⟵ Snow fell"]


def test_growth_is_measured_in_every_format(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "FORMATS", ("html", "pdf"))
    monkeypatch.setattr(growth, "LEAST", 0.0001)
    monkeypatch.setattr(growth, "TIMES", 2)
    rows = list(speed.growth_rows(speed.specimen().parents[1] / "interview" / "panel.md", 1))
    assert [row.name for row in rows] == [
        "html: 2 times the text / the text",
        "pdf: 2 times the text / the text",
    ]
    assert all(row.seconds.clock > 0 and row.against.clock > 0 for row in rows)


def test_copies_of_a_text_are_written_in_a_format() -> None:
    markdown = (speed.specimen().parents[1] / "interview" / "panel.md").read_bytes()
    one, two = (reader(growth.written(markdown, copies, "html")) for copies in (1, 2))
    assert 2 * len(one.of_kind("note")) == len(two.of_kind("note"))
    assert len(two.text) > 1.9 * len(one.text)


def reader(data: bytes) -> Document:
    read = reader_for("a.html")
    assert read is not None
    return read(Source("a.html", data), Settings()).document
