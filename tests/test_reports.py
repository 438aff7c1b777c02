"""Reports of findings. All texts are invented specimens."""

import io
import json
import re
import unicodedata
import zipfile
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import golden_reports
from report_specimens import (
    AGREED,
    BRACKET,
    CASE,
    CHINESE,
    COPY,
    EMPTY,
    FINDINGS,
    MISSING,
    NAME,
    RULES,
    STALE,
    TEXT,
    UNCLOSED,
)
from scholiast.case import Case, annotated
from scholiast.decisions import REJECTED, finding_id
from scholiast.model import Certainty, Document, Finding, Node, Place, Segment
from scholiast.report import FORMS, columns, github, json_, queries, report_for, sarif, terminal
from scholiast.report.excerpts import excerpt
from scholiast.report.sheets import sheets, slug
from scholiast.report.tallies import Notes, notes

WORDS = st.text(
    st.sampled_from("ab ,.“”\n\t\x1b\x00\u202e沈未明，ёж́e\u0301\ud800\ufffe<&]*:%")
    | st.characters(),
    max_size=60,
)


def text_of(*args: object, **options: object) -> str:
    return terminal.report(*args, **options)["findings.txt"].decode("utf-8")  # type: ignore[arg-type]


# --- golden files --------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(golden_reports.files()))
def test_reports_are_as_they_were_read_last(name: str) -> None:
    expected = (golden_reports.FOLDER / name).read_text(encoding="utf-8")
    assert golden_reports.files()[name] == expected


def test_no_golden_file_is_left_over() -> None:
    kept = {path.name for path in golden_reports.FOLDER.iterdir()}
    assert kept == set(golden_reports.files())


# --- columns -------------------------------------------------------------------


def test_width_counts_columns() -> None:
    assert columns.width("abc") == 3
    assert columns.width("沈a，") == 5
    assert columns.width("e\u0301\u200bж") == 2


@given(WORDS, st.integers(8, 60))
def test_wrapped_lines_fit_and_lose_nothing(text: str, room: int) -> None:
    text = columns.plain(text)
    lines = columns.wrap(text, room, "  ", "   ")
    assert all(columns.width(line) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_lines_of_chinese_break_between_characters_but_not_before_a_comma() -> None:
    lines = columns.wrap("作者没有引用第三份电报，也没有说明原因。", 22)
    assert lines == ["作者没有引用第三份电", "报，也没有说明原因。"]


@given(WORDS, WORDS, WORDS, st.integers(20, 80))
def test_the_mark_stands_under_the_words(before: str, words: str, after: str, room: int) -> None:
    before, words, after = map(columns.plain, (before, words, after))
    line = columns.fit(before, words, after, room)
    shown = columns.shortened(words, room - 4)
    assert columns.width(line.text) <= room
    assert line.mark_width == max(1, columns.width(shown))
    starts = [m.start() for m in re.finditer(re.escape(shown), line.text)]
    assert line.mark_start in {columns.width(line.text[:start]) for start in starts}


def test_context_is_cut_at_blanks_and_says_so() -> None:
    line = columns.fit("one two three four ", "five", " six seven eight", 20)
    assert line.text == "… four five six …"
    assert line.text[line.mark_start :][: line.mark_width] == "five"


def test_no_half_word_is_left_of_a_context() -> None:
    line = columns.fit("a rival ", "evidence for this", " claimed", 23)
    assert line.text == "… evidence for this …"


@given(WORDS)
def test_plain_text_cannot_steer_a_terminal(text: str) -> None:
    shown = columns.plain(text)
    categories = {unicodedata.category(character) for character in shown}
    assert not categories & {"Cc", "Cs", "Zl", "Zp"}
    assert "\u202e" not in shown


# --- excerpts ------------------------------------------------------------------


def place(text: str, start: int, end: int, quote: str | None = None) -> Place:
    document = Document("d", text=text, body_end=len(text), segments=(Segment(0, len(text), 0, 0),))
    return annotated(document).index.place(start, end, quote)


def test_the_right_one_of_equal_words_is_marked() -> None:
    text = "The king and the king and the king."
    found = excerpt(place(text, 17, 21))
    assert found == ("The king and the ", "king", " and the king.")


def test_a_note_mark_is_put_back_where_it_stood() -> None:
    text = "The telegram was sent. Nobody read it."
    assert excerpt(place(text, 22, 22, "7")) == (
        "The telegram was sent.",
        "7",
        " Nobody read it.",
    )


def test_a_running_head_does_not_stick_to_the_words() -> None:
    text = "The telegram was sent by night."
    found = excerpt(place(text, 17, 17, "30 | P a g e"))
    assert "".join(found) == "The telegram was 30 | P a g e sent by night."


def test_what_is_missing_has_no_words() -> None:
    found = excerpt(place("The telegram was", 16, 16))
    assert found == ("The telegram was", "", "")


def test_long_paragraphs_go_on_at_both_sides() -> None:
    text = "one two three four five six seven eight nine ten " * 3
    found = excerpt(place(text, 70, 75))
    assert found.before.startswith("… ")
    assert found.after.endswith(" …")


def test_a_place_without_an_offset_is_found_by_its_words() -> None:
    bare = Place("d", 0, 4, "king", "Long live the king.")
    assert excerpt(bare) == ("Long live the ", "king", ".")


# --- the terminal ----------------------------------------------------------------


def test_no_line_is_wider_than_asked() -> None:
    for room in (40, 60, 80, 132):
        shown = text_of(CASE, FINDINGS, RULES, stale=STALE, width=room, show_all=True)
        assert max(map(columns.width, shown.split("\n"))) <= room


def test_colour_adds_nothing_but_colour() -> None:
    bare = text_of(CASE, FINDINGS, RULES, stale=STALE)
    coloured = text_of(CASE, FINDINGS, RULES, stale=STALE, colour=True)
    assert "\x1b" not in bare
    assert coloured != bare
    assert re.sub(r"\x1b\[\d*m", "", coloured) == bare


def test_findings_are_grouped_and_keep_their_order() -> None:
    shown = text_of(CASE, FINDINGS, RULES, show_all=True)
    heads = re.findall(r"^  ([A-Z]{3}\d{3}) ", shown, re.MULTILINE)
    inside = [f for f in FINDINGS if f.place.section]
    sections = list(dict.fromkeys(f.place.section for f in inside))
    expected = ["DOC013"] + [f.code for s in sections for f in inside if f.place.section == s]
    assert heads == expected
    assert re.findall(r"^§ (.*)$", shown, re.MULTILINE) == sections


def test_rejected_findings_are_counted_and_shown_only_when_asked_for() -> None:
    few = text_of(CASE, FINDINGS, RULES)
    every = text_of(CASE, FINDINGS, RULES, show_all=True)
    assert "DOC013" not in few
    assert few.endswith("7 findings: 5 certain, 2 style; 1 of them preview; 1 rejected not shown\n")
    assert "DOC013 unbalanced-bracket · likely · rejected\n" in every
    assert "Reason: It is printed so.\n" in every
    summary = "8 findings: 5 certain, 1 likely, 2 style; 1 of them preview; 1 of them rejected\n"
    assert every.endswith(summary)


def test_at_most_five_other_places_are_shown_and_the_rest_counted() -> None:
    shown = text_of(CASE, [CHINESE], RULES)
    assert shown.count("\n    also ") == 5
    assert "\n    and 2 more\n" in shown


def test_decisions_without_words_are_shown() -> None:
    shown = text_of(CASE, (), RULES, stale=STALE)
    assert "NOT001 in roundtable.txt, rejected: “the first telegram”" in shown


def test_nothing_found_is_one_friendly_line() -> None:
    assert text_of(CASE, (), RULES) == "Nothing to ask: 2 texts read, no findings.\n"
    assert text_of(CASE, [BRACKET], RULES) == (
        "No open findings in 2 texts; 1 rejected not shown.\n"
    )


def test_documents_are_not_opened_for_the_terminal() -> None:
    class Closed(dict[str, object]):
        def __getitem__(self, key: str) -> object:
            raise AssertionError("a kept finding must not cost reading the file again")

    case = Case(Closed({NAME: None}))  # type: ignore[arg-type]
    assert "NOT001" in text_of(case, FINDINGS, RULES)
    assert b"NOT001" in github.report(case, FINDINGS, RULES)["findings.github.txt"]


# --- JSON ------------------------------------------------------------------------


def schema() -> dict[str, object]:
    text = files("scholiast.data").joinpath("findings.schema.json").read_text(encoding="utf-8")
    found: dict[str, object] = json.loads(text)
    return found


def test_the_json_follows_its_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    data = json_.report(CASE, FINDINGS, RULES, stale=STALE)["findings.json"]
    jsonschema.validate(json.loads(data), schema())
    jsonschema.validate(json.loads(json_.report(EMPTY, (), ())["findings.json"]), schema())


def test_the_schema_is_strict() -> None:
    data = json.loads(json_.report(CASE, FINDINGS, RULES)["findings.json"])
    for spoil in (
        lambda d: d["findings"][0].pop("question"),
        lambda d: d["findings"][0].update(extra=1),
        lambda d: d["findings"][1].update(certainty="sure"),
        lambda d: d["documents"][0]["notes"].pop("cut"),
        lambda d: d.update(version=2),
    ):
        spoiled = json.loads(json.dumps(data))
        spoil(spoiled)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(spoiled, schema())


def test_the_json_is_readable_as_it_stands() -> None:
    data = json_.report(CASE, FINDINGS, RULES)["findings.json"]
    assert "第三份电报".encode() in data
    assert data.startswith(b'{\n  "version": 1,\n')
    assert data.endswith(b"}\n")


def test_offsets_lead_to_the_words() -> None:
    data = json.loads(json_.report(CASE, FINDINGS, RULES)["findings.json"])
    inside = [f for f in data["findings"] if f["document"] == NAME and f["start"] < f["end"]]
    assert len(inside) == 4
    for found in inside:
        assert TEXT[found["start"] : found["end"]] == found["quote"]
        assert found["context"][found["context_at"] :].startswith(found["quote"])


def test_every_key_is_documented() -> None:
    page = (Path(__file__).parent.parent / "docs" / "json.md").read_text(encoding="utf-8")
    keys: set[str] = set()

    def gather(part: object) -> None:
        if isinstance(part, dict):
            keys.update(part.get("properties", {}))
            for inner in part.values():
                gather(inner)
        elif isinstance(part, list):
            for inner in part:
                gather(inner)

    gather(schema())
    assert len(keys) > 30
    assert not {key for key in keys if f"`{key}`" not in page}
    example = page.partition("```json\n")[2].partition("```")[0]
    jsonschema.validate(json.loads(example), schema())


def test_notes_are_whole_cut_off_or_missing() -> None:
    text = CASE.documents[NAME]
    assert notes(text, FINDINGS) == Notes(whole=1, cut=1, missing=1)
    assert notes(text, ()) == Notes(whole=2, cut=0, missing=1)
    assert notes(text, FINDINGS, lambda node: node.parent == "s1") == Notes()


# --- SARIF -----------------------------------------------------------------------

_MESSAGE = {
    "type": "object",
    "properties": {"text": {"type": "string", "minLength": 1}, "markdown": {"type": "string"}},
    "required": ["text"],
    "additionalProperties": False,
}


def _closed(required: str, **properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


_LOCATION = {
    "physicalLocation": _closed(
        "artifactLocation",
        artifactLocation=_closed("uri", uri={"type": "string", "pattern": r"^[!-~]+$"}),
        region=_closed(
            "startLine",
            startLine={"type": "integer", "minimum": 1},
            charOffset={"type": "integer", "minimum": 0},
            charLength={"type": "integer", "minimum": 0},
            snippet=_MESSAGE,
        ),
    ),
    "logicalLocations": {
        "type": "array",
        "minItems": 1,
        "items": _closed("name kind", name={"type": "string"}, kind={"type": "string"}),
    },
}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
#: The part of SARIF 2.1.0 (OASIS, 27 March 2020) that this report uses, in our own words:
#: sections 3.13 sarifLog, 3.14 run, 3.27 result, 3.28 location, 3.30 region, 3.35 suppression,
#: 3.49 reportingDescriptor. Nothing else may occur.
SARIF = _closed(
    "$schema version runs",
    **{
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": _closed(
                "tool columnKind results",
                columnKind={"const": "unicodeCodePoints"},
                tool=_closed(
                    "driver",
                    driver=_closed(
                        "name version rules",
                        name={"type": "string"},
                        version={"type": "string"},
                        semanticVersion={"type": "string", "pattern": r"^\d+\.\d+\.\d+"},
                        rules={
                            "type": "array",
                            "uniqueItems": True,
                            "items": _closed(
                                "id shortDescription help",
                                id={"type": "string"},
                                name={"type": "string", "pattern": "^([A-Z][a-z]*)+$"},
                                shortDescription=_MESSAGE,
                                fullDescription=_MESSAGE,
                                help=_MESSAGE,
                                defaultConfiguration=_closed("level", level=_LEVEL),
                                properties={"type": "object"},
                            ),
                        },
                    ),
                ),
                results={
                    "type": "array",
                    "items": _closed(
                        "ruleId level message locations partialFingerprints suppressions",
                        ruleId={"type": "string"},
                        ruleIndex={"type": "integer", "minimum": 0},
                        level=_LEVEL,
                        message=_MESSAGE,
                        locations={
                            "type": "array",
                            "minItems": 1,
                            "items": _closed("physicalLocation", **_LOCATION),
                        },
                        relatedLocations={
                            "type": "array",
                            "items": _closed(
                                "id physicalLocation message",
                                id={"type": "integer", "minimum": 0},
                                message=_MESSAGE,
                                **_LOCATION,
                            ),
                        },
                        partialFingerprints={
                            "type": "object",
                            "additionalProperties": {"type": "string"},
                        },
                        suppressions={
                            "type": "array",
                            "items": _closed(
                                "kind",
                                kind={"enum": ["inSource", "external"]},
                                status={"enum": ["accepted", "underReview", "rejected"]},
                                justification={"type": "string"},
                            ),
                        },
                        properties={"type": "object"},
                    ),
                },
            ),
        },
    },
)


def sarif_run(findings: tuple[Finding, ...] = FINDINGS, case: Case = CASE) -> dict[str, object]:
    log = json.loads(sarif.report(case, findings, RULES)["findings.sarif"])
    jsonschema.validate(log, SARIF)
    run: dict[str, object] = log["runs"][0]
    return run


def results(findings: tuple[Finding, ...] = FINDINGS, case: Case = CASE) -> list[dict]:  # type: ignore[type-arg]
    return sarif_run(findings, case)["results"]  # type: ignore[return-value]


def test_sarif_has_the_structure_of_the_standard() -> None:
    assert len(results()) == len(FINDINGS)
    assert sarif_run((), EMPTY)["results"] == []


def test_results_lead_to_their_rules() -> None:
    rules = sarif_run()["tool"]["driver"]["rules"]  # type: ignore[index]
    for result, finding in zip(results(), FINDINGS, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.code
        assert result["partialFingerprints"] == {"scholiastFinding/v1": finding.id}
    help_ = next(rule["help"] for rule in rules if rule["id"] == "DOC005")
    assert "## Why it matters" in help_["markdown"]


def test_a_finding_of_no_listed_rule_has_no_index() -> None:
    (result,) = results((replace(MISSING, code="XYZ001"),))
    assert "ruleIndex" not in result


def test_levels_are_those_of_certainty() -> None:
    levels = {finding.certainty: r["level"] for r, finding in zip(results(), FINDINGS, strict=True)}
    assert levels == {
        Certainty.CERTAIN: "error",
        Certainty.LIKELY: "warning",
        Certainty.STYLE: "note",
    }


def test_rejected_results_are_kept_and_marked() -> None:
    suppressed = [r["suppressions"] for r in results() if r["suppressions"]]
    assert suppressed == [
        [{"kind": "external", "status": "accepted", "justification": "It is printed so."}]
    ]


def test_regions_count_characters_of_the_file() -> None:
    (result,) = results((UNCLOSED,))
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {
        "startLine": 41,
        "charOffset": UNCLOSED.place.start + 20,  # the specimen's page 2 stands 20 further on
        "charLength": 1,
        "snippet": {"text": "“"},
    }


def test_formats_without_lines_have_no_region() -> None:
    (result,) = results((BRACKET,))
    physical = result["locations"][0]["physicalLocation"]
    assert physical == {"artifactLocation": {"uri": "response.docx"}}


def test_a_mark_that_is_not_in_the_text_is_found_in_the_file() -> None:
    segments = (
        Segment(0, 5, 0, 5, line=1),
        Segment(5, 5, 5, 7, line=1, role="mark", original="12"),
        Segment(5, 11, 7, 13, line=1),
    )
    text = annotated(Document("a b.txt", text="Hello there", body_end=11, segments=segments))
    mark = replace(MISSING, place=text.index.place(5, 5, "12"), also=())
    mended = replace(MISSING, place=text.index.place(4, 6), also=())
    case = Case({"a b.txt": text})
    first, second = results((mark, mended), case)
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "a%20b.txt"},
        "region": {
            "startLine": 1,
            "charOffset": 5,
            "charLength": 2,
            "snippet": {"text": "12"},
        },
    }
    assert second["locations"][0]["physicalLocation"]["region"]["charOffset"] == 4


def test_offsets_that_a_repair_makes_doubtful_are_left_out() -> None:
    segments = (Segment(0, 5, 0, 6, line=1, role="repair", original="Hel-lo"),)
    text = annotated(Document("d.txt", text="Hello", body_end=5, segments=segments))
    finding = replace(MISSING, place=text.index.place(0, 5), also=())
    (result,) = results((finding,), Case({"d.txt": text}))
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 1,
        "snippet": {"text": "Hello"},
    }


# --- GitHub ----------------------------------------------------------------------


def test_workflow_commands_are_escaped() -> None:
    name = "a,b:c%.txt"
    finding = replace(
        MISSING,
        message="100 %\r\nof it::",
        place=replace(MISSING.place, document=name, context="", quote="", context_at=-1),
        also=(),
    )
    (line,) = github.report(CASE, [finding], RULES)["findings.github.txt"].decode().splitlines()
    assert line == (
        "::error file=a%2Cb%3Ac%25.txt,line=41,title=NOT001 missing-note (certain)"
        "::100 %25%0D%0Aof it::%0AIs note 3 missing, or should the mark go?"
    )


def test_workflow_commands_leave_out_what_was_rejected() -> None:
    lines = github.report(CASE, FINDINGS, RULES)["findings.github.txt"].decode().splitlines()
    assert len(lines) == len(FINDINGS) - 1
    assert {line.split(" ")[0] for line in lines} == {"::error", "::notice"}


# --- query sheets ------------------------------------------------------------------


def test_each_contributor_has_a_sheet_and_the_copy_has_one() -> None:
    names = list(queries.report(CASE, FINDINGS, RULES))
    stems = [
        "queries-ilse-varga",
        "queries-nadia-orlova",
        "queries-沈未明",
        "queries-the-author",
        "queries-the-copy",
    ]
    assert names == [stem + suffix for stem in stems for suffix in (".docx", ".txt")]


def test_queries_are_numbered_with_the_certain_ones_first() -> None:
    found = [replace(f, contributor="Nadia Orlova", decision="") for f in FINDINGS]
    sheet = next(s for s in sheets(CASE, found, RULES) if s.file == "queries-nadia-orlova")
    numbered = [query for _, group in sheet.groups for query in group]
    assert [query.number for query in numbered] == list(range(1, 9))
    order = [query.finding.certainty for query in numbered]
    assert order == sorted(order, key=list(Certainty).index)
    assert dict(sheet.lines)["Queries"] == (
        "5 certain, 1 likely, 2 style; the certain ones come first"
    )


def test_the_lines_on_top_say_whose_text_it_is_and_how_its_notes_stand() -> None:
    sheet = sheets(CASE, FINDINGS, RULES)[1]
    lines = {label: words.replace("\u00a0", " ") for label, words in sheet.lines}
    assert sheet.title == "Queries for Nadia Orlova"
    assert lines["Your text"] == (
        "“Review by Nadia Orlova, Institute of the Two Rivers” (pages 2–3) in roundtable.txt"
    )
    assert lines["Notes"] == "1 whole, 1 cut off, 1 missing"
    assert lines["Queries"] == "3 certain"
    assert "x beside accept" in lines["To answer"]


def test_what_was_answered_is_not_asked_again_but_counted() -> None:
    sheet = sheets(CASE, FINDINGS, RULES)[0]
    assert sheet.groups == ()
    assert dict(sheet.lines)["Queries"] == "none (1 answered before, not asked again)"
    assert sheet.closing == "There is nothing to ask about this text."
    assert AGREED.id not in queries.report(CASE, FINDINGS, RULES)["queries-ilse-varga.txt"].decode()


def test_a_text_of_nobody_is_the_authors_and_the_copy_is_nobodys() -> None:
    document = Document("draft.md", text="A text.", body_end=7, segments=(Segment(0, 7, 0, 7),))
    case = Case({"draft.md": annotated(document)})
    place = case.documents["draft.md"].index.place(0, 1)
    about_text = replace(MISSING, place=place, contributor="", also=())
    about_copy = replace(COPY, place=place, also=())
    unknown = replace(about_copy, code="DOC000")
    found = sheets(case, [about_text, about_copy, unknown], RULES)
    asked = {s.file: [q.finding.code for _, g in s.groups for q in g] for s in found}
    assert asked == {
        "queries-the-author": ["NOT001"],
        "queries-the-copy": ["DOC005", "DOC000"],
    }
    assert [s.file for s in sheets(case, (), RULES)] == ["queries-the-author"]
    assert queries.report(EMPTY, (), RULES) == {}


def test_a_file_that_could_not_be_read_asks_no_author() -> None:
    case = Case({"broken.docx": annotated(Document("broken.docx"))})
    finding = replace(COPY, place=Place("broken.docx", 0, 0, ""), also=())
    assert [sheet.file for sheet in sheets(case, [finding], RULES)] == ["queries-the-copy"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Jeremy O'Hara-Łoś", "jeremy-o-hara-łoś"),
        ("Áe\u0301", "áé"),
        ("沈未明", "沈未明"),
        ("Жанна д’Арк", "жанна-д-арк"),
        ("../../etc/passwd", "etc-passwd"),
        ("A, B", "a-b"),
        ("x" * 300, "x" * 50),
        ("?!", ""),
    ],
)
def test_names_of_files_keep_letters_of_every_script(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_names_of_files_are_unique() -> None:
    found = [replace(MISSING, contributor=name) for name in ("A. B.", "A B", "the copy", "!")]
    names = [sheet.file for sheet in sheets(EMPTY, [*found, COPY], RULES)]
    assert len(set(names)) == len(names) == 5
    assert "queries-a-b-2" in names
    assert "queries-the-copy-2" in names


def test_equal_findings_of_two_documents_have_two_signs() -> None:
    other = replace(MISSING, place=replace(MISSING.place, document="response.docx"))
    sheet = next(s for s in sheets(CASE, [MISSING, other], RULES) if s.groups)
    signs = [query.sign for _, group in sheet.groups for query in group]
    assert len(set(signs)) == 2
    assert all(sign.startswith(f"#{MISSING.id}.") for sign in signs)


def test_word_sheets_are_sound_and_tell_no_time() -> None:
    import docx

    data = queries.report(CASE, FINDINGS, RULES)["queries-nadia-orlova.docx"]
    opened = docx.Document(io.BytesIO(data))
    styles = {paragraph.style.name for paragraph in opened.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Quote", "Query Question"} <= styles
    assert opened.paragraphs[0].text == "Queries for Nadia Orlova"
    marked = [
        run.text for p in opened.paragraphs for run in p.runs if run.style.name == "Query Words"
    ]
    assert marked == ["3", "third telegram", "“", "and the letter of the"]
    assert [cell.text for cell in opened.tables[1].rows[0].cells] == [
        f"#{MISSING.id}",
        " accept     reject",  # the boxes are content controls, which python-docx passes over
        "why: ",
    ]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        xml = archive.read("word/document.xml").decode("utf-8")
    assert xml.count("<w14:checkbox>") == xml.count("☐") == 6
    ids = re.findall(r'<w:id w:val="(\d+)"/>', xml)
    assert len(set(ids)) == 6


# --- all forms ---------------------------------------------------------------------


def test_every_form_is_found_by_its_name_and_gives_the_same_bytes_again() -> None:
    for form in FORMS:
        report = report_for(form)
        first = report(CASE, FINDINGS, RULES, stale=STALE)
        assert first
        assert report(CASE, FINDINGS, RULES, stale=STALE) == first
    with pytest.raises(KeyError):
        report_for("papyrus")


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS, WORDS, WORDS, st.integers(0, 60), st.integers(0, 60))
def test_no_text_breaks_a_report(
    text: str, title: str, message: str, author: str, start: int, end: int
) -> None:
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    document = Document(
        "w.txt",
        text=text,
        body_end=len(text),
        segments=(Segment(0, len(text), 0, len(text), line=1),),
        nodes=(Node("section", 0, len(text), "s1", title=title, authors=(author,)),),
        title=title,
    )
    case = Case({"w.txt": annotated(document)})
    spot = case.documents["w.txt"].index.place(start, end)
    finding = Finding(
        finding_id("NOT001", spot.quote, spot.context),
        "NOT001",
        "missing-note",
        message,
        message,
        Certainty.CERTAIN,
        spot,
        (spot,),
        contributor=author,
        reason=message,
    )
    again = replace(finding, decision=REJECTED)
    made = {
        name: data
        for form in FORMS
        for name, data in report_for(form)(case, [finding, again], RULES).items()
    }
    jsonschema.validate(json.loads(made["findings.json"]), schema())
    assert len(json.loads(made["findings.sarif"])["runs"][0]["results"]) == 2
    assert made["findings.github.txt"].count(b"\n") == 1
    assert finding.id.encode() in b"".join(made.values())
    from lxml import etree

    for name, data in made.items():
        if name.endswith(".docx"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for member in archive.namelist():
                    etree.fromstring(archive.read(member))
        else:
            assert data.decode("utf-8")


def test_sections_of_nobody_in_a_text_of_somebody_have_their_own_sheet() -> None:
    text = "Participants. Who they are.\n\nA review."
    nodes = (
        Node("section", 0, 27, "s1", title="Participants"),
        Node("section", 29, 38, "s2", title="Review", authors=("A. Ruh", "B. Ost", "C. Tal")),
    )
    segments = (Segment(0, 38, 0, 38, line=1),)
    document = Document("r.md", text=text, body_end=38, segments=segments, nodes=nodes)
    case = Case({"r.md": annotated(document)})
    place = case.documents["r.md"].index.place(14, 17)
    finding = replace(MISSING, place=place, contributor="", also=())
    named, nameless = sheets(case, [finding], RULES)
    assert (named.title, named.file) == (
        "Queries for A. Ruh, B. Ost and C. Tal",
        "queries-a-ruh-b-ost-c-tal",
    )
    assert named.groups == ()
    assert dict(nameless.lines)["Your text"] == "“Participants” in r.md"
    assert [query.heading for _, group in nameless.groups for query in group] == [
        "Query 1 · line 1"
    ]


def test_what_stands_beside_the_text_has_a_line_of_its_own() -> None:
    segments = (
        Segment(0, 5, 0, 5, line=1, page=1),
        Segment(5, 5, 9, 21, line=4, page=2, role="furniture", original="30 | P a g e"),
        Segment(5, 11, 30, 36, line=6, page=2),
    )
    text = annotated(Document("d.txt", text="Hello there", body_end=11, segments=segments))
    head = text.index.place(5, 5, "30 | P a g e")
    other = text.index.place(5, 5, "31 | P a g e")
    assert (head.line, head.page_counted) == (4, 2)
    assert other.line == 6
    (result,) = results((replace(MISSING, place=head, also=()),), Case({"d.txt": text}))
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["charOffset"], region["charLength"]) == (4, 9, 12)
