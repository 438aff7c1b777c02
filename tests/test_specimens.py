"""The specimens in examples/ and the scripts that make their other formats."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tools import make_specimens, plain, word
from tools.extraction import Style, extract_like
from tools.manuscript import Manuscript, Mark, parse
from tools.manuscript import plain as plain_words
from tools.planting import Planted, PlantingError, pattern, plant, planted_errors
from tools.proof import problems

import scholiast
from scholiast.model import Document

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
ROUNDTABLE = EXAMPLES / "roundtable"
CLEAN = (ROUNDTABLE / "clean.md").read_text(encoding="utf-8")
BROKEN = (ROUNDTABLE / "roundtable.md").read_text(encoding="utf-8")
ERRORS = planted_errors((ROUNDTABLE / "roundtable.errors.json").read_text(encoding="utf-8"))
ANSWERS = json.loads((ROUNDTABLE / "roundtable.answers.json").read_text(encoding="utf-8"))
CLEAN_FILES = ["roundtable/clean.md", *make_specimens.WRITTEN]
PAIRS = {"(": ")", "[": "]", "《": "》", "〈": "〉", "（": "）", "“": "”", "«": "»", "„": "“"}


def test_made_files_are_current() -> None:
    files = make_specimens.made()
    assert len(files) == 3 + len(make_specimens.WRITERS) * (1 + len(make_specimens.WRITTEN))
    assert [
        name
        for name, data in files.items()
        if not make_specimens.same(name, (EXAMPLES / name).read_bytes(), data)
    ] == []


def test_check_says_what_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(make_specimens, "made", lambda: {"one.txt": b"new"})
    monkeypatch.setattr(make_specimens, "EXAMPLES", tmp_path)
    (tmp_path / "one.txt").write_bytes(b"old")
    assert make_specimens.main(["--check"]) == 1
    assert "differs: " in capsys.readouterr().out
    assert (tmp_path / "one.txt").read_bytes() == b"old"
    assert make_specimens.main([]) == 0
    assert (tmp_path / "one.txt").read_bytes() == b"new"
    assert make_specimens.main(["--check"]) == 0


# The Markdown specimens


def texts(manuscript: Manuscript) -> list[str]:
    """Return the words of every block and of every paragraph of every note."""
    blocks = [plain_words(cell) for block in manuscript.blocks for cell in block.cells]
    return blocks + [plain_words(words) for note in manuscript.notes for words in note.paragraphs]


@pytest.mark.parametrize("name", CLEAN_FILES)
def test_clean_specimens_are_impeccable(name: str) -> None:
    markdown = (EXAMPLES / name).read_text(encoding="utf-8")
    manuscript = parse(markdown)
    labels = [note.label for note in manuscript.notes]
    assert list(manuscript.marks()) == labels
    assert list(manuscript.numbers().values()) == list(range(1, len(labels) + 1))
    assert all(note.paragraphs for note in manuscript.notes)
    for text in texts(manuscript):
        assert unbalanced(text) == "", text
        assert not re.search(r"  |\s[,.;:!?)\]]|[(\[]\s|\w[;:,](?=[A-Za-z])", text), text
    ends = (plain_words(note.paragraphs[-1])[-1] for note in manuscript.notes)
    assert set(ends) <= set(".。”")
    assert re.search("invented specimen|Вымышленный образец|虚构样本", texts(manuscript)[1])


def unbalanced(text: str) -> str:
    """Return the first bracket or double quotation mark of a text that has no partner."""
    open_: list[str] = []
    for character in text:
        if open_ and character == open_[-1]:
            open_.pop()
        elif character in PAIRS:
            open_.append(PAIRS[character])
        elif character in PAIRS.values():
            return character
    return "".join(open_)


def test_roundtable_has_what_later_work_needs() -> None:
    manuscript = parse(CLEAN)
    kinds = Counter(block.kind for block in manuscript.blocks)
    assert kinds["quote"] == 2
    assert kinds["row"] == 5
    assert kinds["item"] == 3
    assert len(manuscript.notes) == 41
    notes = " ".join(texts(manuscript)[-41:])
    for wanted in ("AVPRF f. ", "РГАНИ. Ф. ", "NARA, RG ", "外交部档案馆", "ibid.", "《"):
        assert wanted in notes


def test_answers_quote_the_text() -> None:
    words = "\n".join(" ".join(text.split()) for text in texts(parse(CLEAN)))
    quoted = [form["text"] for work in ANSWERS["works"] for form in work["forms"]]
    quoted += [form for person in ANSWERS["persons"] for form in person["forms"]]
    quoted += [one["text"] for one in (*ANSWERS["dates"], *ANSWERS["claims"])]
    quoted += [one["reply"] for one in ANSWERS["claims"] if one["reply"]]
    for estimate in ANSWERS["estimates"]:
        quoted += [value["text"] for value in estimate["values"]] + [estimate["settled"]]
    quoted += [text for trap in ANSWERS["traps"] for text in trap["texts"]]
    assert [text for text in quoted if text not in words] == []
    assert len(quoted) > 60
    for one in ANSWERS["parallels"]:
        assert words.count(one["text"]) == one["places"], one["text"]


# The planted errors


def section_of(markdown: str, position: int) -> str:
    """Return the heading above a place in a Markdown text."""
    return re.findall(r"^## (.+)$", markdown[:position], re.MULTILINE)[-1]


def test_every_planted_error_is_where_the_list_says() -> None:
    manuscript = parse(BROKEN)
    owners = {}
    for match in re.finditer(r"\[\^(\d+)\](?!:)", BROKEN):
        owners.setdefault(match[1], section_of(BROKEN, match.start()))
    assert len({error.id for error in ERRORS}) == len(ERRORS) == 16
    for error in ERRORS:
        places = list(pattern(error.find).finditer(BROKEN))
        assert len(places) == 1, error.id
        at = places[0].start()
        if not error.note:
            assert section_of(BROKEN, at) == error.section, error.id
            continue
        definition = re.findall(r"^\[\^(\d+)\]:", BROKEN[: at + len(error.find)], re.MULTILINE)[-1]
        assert definition == error.note, error.id
        expected = "Authors’ Response" if error.kind == "uncalled-note" else owners[error.note]
        assert error.section.startswith(expected), error.id
    missing = set(manuscript.marks()) - {note.label for note in manuscript.notes}
    assert missing == {"14", "38"}


def test_the_clean_text_has_none_of_the_errors() -> None:
    for error in ERRORS:
        if error.kind == "missing-note":  # the mark stands, and here its note too
            label = re.findall(r"\[\^(\d+)\]", error.find)[0]
            assert f"[^{label}]:" in CLEAN
            assert f"[^{label}]:" not in BROKEN
        elif error.kind == "uncalled-note":
            assert CLEAN.count(f"[^{error.note}]") == 2
            assert BROKEN.count(f"[^{error.note}]") == 1
        elif error.kind == "empty-note":
            assert re.search(rf"^\[\^{error.note}\]: \S", CLEAN, re.MULTILINE)
            assert re.search(rf"^\[\^{error.note}\]:$", BROKEN, re.MULTILINE)
        elif error.kind == "truncated-note":
            assert f"{error.clean}\n" in CLEAN
            assert f"{error.broken}\n" in BROKEN
        else:
            assert not pattern(error.find).search(CLEAN), error.id


def test_planting_says_which_edit_does_not_fit() -> None:
    error = Planted("E99", "DOC009", "lost-blank", "ab", "", "", "", "a b", "ab")
    assert plant("one a\nb two", (error,)) == "one ab two"
    with pytest.raises(PlantingError, match=r"E99: 'a b' stands 0 times"):
        plant("nothing", (error,))
    with pytest.raises(PlantingError, match=r"E99: 'a b' stands 2 times"):
        plant("a b a b", (error,))


# The manuscript


def test_manuscript_keeps_what_footnote_plugins_drop() -> None:
    manuscript = parse(
        "A[^1] *b*[^x].\n\n> Q[^1]\n\n"
        "[^1]: One\n    more.\n\n    Second.\n[^2]:\n[^1]: Again.\n\nEnd."
    )
    assert manuscript.marks() == ("1", "x", "1")
    assert [note.label for note in manuscript.notes] == ["1", "2", "1"]
    assert [len(note.paragraphs) for note in manuscript.notes] == [2, 0, 1]
    assert plain_words(manuscript.notes[0].paragraphs[0]) == "One more."
    assert [block.kind for block in manuscript.blocks] == ["paragraph", "quote", "paragraph"]
    assert manuscript.numbers() == {"1": 1, "x": 2, "2": 3}


def test_plain_text_has_marks_as_digits_and_notes_at_the_end() -> None:
    manuscript = parse("# T\n\nWords.[^1]\n\n- item;[^2]\n\n| a | b |\n|---|---|\n| c | d |\n\n"
                       "> " + "long " * 30 + "\n\n[^1]: One.\n\n[^2]:\n")  # fmt: skip
    body, _, notes = plain.write(manuscript).partition(f"\n\n{plain.RULE}\n\n")
    assert body.startswith("T\n\nWords.1\n\nitem;2\n\na\tb\n\nc\td\n\n    long")
    assert all(line.startswith("    long") for line in body.split("\n\n")[-1].split("\n"))
    assert notes == "1. One.\n\n2.\n"


# Word


def members(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_word_document_has_real_notes_and_the_errors_of_real_files() -> None:
    parts = members((ROUNDTABLE / "roundtable.docx").read_bytes())
    called = re.findall(r'<w:footnoteReference w:id="(\d+)"/>', parts["word/document.xml"])
    notes = Counter(re.findall(r'<w:footnote w:id="(\d+)">', parts["word/footnotes.xml"]))
    assert set(called) - set(notes) == {"14", "38"}
    assert set(notes) - set(called) == {"41"}
    assert [id_ for id_, count in notes.items() if count > 1] == ["9"]
    assert 'w:val="Title"' in parts["word/document.xml"]
    assert parts["word/document.xml"].count('w:val="Quote"') == 2
    assert "corrections.example.org" in parts["word/_rels/document.xml.rels"]


def test_word_document_of_the_article_has_endnotes() -> None:
    parts = members((EXAMPLES / "article/article.docx").read_bytes())
    assert "word/footnotes.xml" not in parts
    assert parts["word/document.xml"].count("<w:endnoteReference ") == 12
    assert parts["word/endnotes.xml"].count("<w:endnoteRef/>") == 12


@pytest.mark.parametrize("name", make_specimens.WRITTEN)
def test_word_document_has_the_words_and_italics_of_the_markdown(name: str) -> None:
    from lxml import etree

    manuscript = parse((EXAMPLES / name).read_text(encoding="utf-8"))
    root = etree.fromstring(members(word.write(manuscript))["word/document.xml"].encode())
    names = {"w": root.nsmap["w"]}
    read = ["".join(p.xpath(".//w:t/text()", namespaces=names)) for p in root.iter("{*}p")]
    assert read == [plain_words(cell) for block in manuscript.blocks for cell in block.cells]
    italic = root.xpath("//w:r[w:rPr/w:i]/w:t/text()", namespaces=names)
    runs = (run for block in manuscript.blocks for cell in block.cells for run in cell)
    assert italic == [run.text for run in runs if not isinstance(run, Mark) and run.italic]


# Extracted text

STYLES = st.builds(
    Style,
    width=st.sampled_from([68, 90, 110]),
    page_lines=st.integers(28, 60),
    marks=st.sampled_from(["glued", "blank", "superscript", "brackets"]),
    numbering=st.sampled_from(["restart", "run-on"]),
    placement=st.sampled_from(["foot", "foot", "end"]),
    separator=st.sampled_from(["blanks", "underscores", "none"]),
    note_blanks=st.booleans(),
    form_feeds=st.booleans(),
    leading_blank=st.booleans(),
    trailing_blank=st.booleans(),
    hyphenation=st.booleans(),
    section_pages=st.booleans(),
    drop_capitals=st.booleans(),
    lost_letters=st.sampled_from([0.0, 0.4, 1.0]),
    running_head=st.sampled_from(["", "Northmoor Roundtables"]),
    page_number=st.sampled_from(["", "- {} -", "{} | P a g e"]),
    furniture_every=st.integers(1, 4),
    furniture_at=st.sampled_from(["head", "foot"]),
    lost_blanks=st.integers(0, 3),
)


def test_committed_answers_fit_the_committed_text() -> None:
    text = (ROUNDTABLE / "extracted.txt").read_text(encoding="utf-8")
    gold = json.loads((ROUNDTABLE / "extracted.gold.json").read_text(encoding="utf-8"))
    assert problems(text, gold) == []
    assert {error.id for error in ERRORS} <= {defect["id"] for defect in gold["defects"]}
    assert len(gold["sections"]) == 7
    assert len(gold["notes"]) == 40
    assert [note["n"] for note in gold["notes"] if not note["present"]] == [4, 10]
    assert len(gold["uncalled_notes"]) == 2
    assert {cap["line_of_letter"] is None for cap in gold["repairs"]["drop_caps"]} == {True, False}
    assert all(gold["repairs"].values())


@settings(max_examples=20, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(style=STYLES, seed=st.integers(0, 2**32))
def test_answers_fit_every_extracted_text(style: Style, seed: int) -> None:
    text, gold = extract_like(BROKEN, seed=seed, style=style, planted=ERRORS)
    assert problems(text, gold) == []
    assert (text, gold) == extract_like(BROKEN, seed=seed, style=style, planted=ERRORS)
    assert rebuilt(text, gold) == wanted(parse(BROKEN), gold)


def rebuilt(text: str, gold: dict[str, object]) -> str:
    """Return the letters of the body as the answers let one rebuild them from the text."""
    repairs = gold["repairs"]
    assert isinstance(repairs, dict)
    lines = dict(enumerate(text.split("\n"), 1))
    for number in repairs["note_separators"]:
        del lines[number]
    for one in repairs["page_furniture"]:
        del lines[one["line"]]
    for note in (*gold["notes"], *gold["uncalled_notes"]):  # type: ignore[misc]
        for number in range(note["note_line"] or 0, (note["note_end_line"] or -1) + 1):
            del lines[number]
    for join in repairs["joins"]:
        if join["line"] in lines and not join["keep_hyphen"]:
            lines[join["line"]] = lines[join["line"]].rstrip()[:-1]
    for cap in repairs["drop_caps"]:
        lines.pop(cap["line_of_letter"], None)
        lines[cap["line_of_text"]] = cap["letter"] + lines[cap["line_of_text"]].strip()
    return letters("".join(lines[number] for number in sorted(lines)))


def wanted(manuscript: Manuscript, gold: dict[str, object]) -> str:
    """Return the letters of the body of a manuscript."""
    return letters("".join(plain_words(c) for b in manuscript.blocks for c in b.cells))


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalpha() or character in "“”()")


def test_lost_notes_are_missing_and_the_one_before_is_cut_off() -> None:
    style = Style(lost_notes=4, drop_capitals=False)
    text, gold = extract_like(CLEAN, seed=3, style=style)
    assert problems(text, gold) == []
    missing = [note for note in gold["notes"] if not note["present"]]
    cut = [note for note in gold["notes"] if note["present"] and not note["complete"]]
    assert len(missing) == 4
    assert len({note["section"] for note in missing}) == 1
    assert [(note["section"], note["n"]) for note in cut] == [
        (missing[0]["section"], missing[0]["n"] - 1)
    ]
    kinds = Counter(defect["rule_kind"] for defect in gold["defects"])
    assert kinds == {"missing-note": 4, "truncated-note": 1}


def test_numbers_run_on_where_notes_refer_to_other_sections() -> None:
    two = "# A\n\nOne.[^1]\n\n# B\n\nTwo.[^2]\n\n[^1]: First.\n\n[^2]: See note 1{}.\n"
    _, gold = extract_like(two.format(""), seed=0)
    assert [note["n"] for note in gold["notes"]] == [1, 1]
    _, gold = extract_like(two.format(" above"), seed=0)
    assert [note["n"] for note in gold["notes"]] == [1, 2]


def test_references_to_notes_follow_their_numbers() -> None:
    text, _ = extract_like(CLEAN, seed=1, style=Style(drop_capitals=False))
    assert "the report cited in note 6 above" in " ".join(text.split())
    text, _ = extract_like(CLEAN, seed=1, style=Style(numbering="run-on", drop_capitals=False))
    assert "the report cited in note 16 above" in " ".join(text.split())


@pytest.mark.parametrize(
    ("style", "mark"),
    [
        (Style(), "backs.”1"),
        (Style(marks="blank"), "backs.” 1"),
        (Style(marks="superscript"), "backs.”¹"),
        (Style(marks="brackets"), "backs.”[1]"),
    ],
)
def test_marks_are_printed_in_four_ways(style: Style, mark: str) -> None:
    text, gold = extract_like("“On their backs.”[^a] More.\n\n[^a]: A note.\n", seed=0, style=style)
    assert f"{mark} More." in text
    assert gold["notes"][0]["callout_before"] == "“On their backs.”"


def test_chinese_text_is_broken_between_characters_and_never_before_a_stop() -> None:
    markdown = (EXAMPLES / "zh/wenzhang.md").read_text(encoding="utf-8")
    text, gold = extract_like(markdown, seed=0, style=Style(width=60))
    assert problems(text, gold) == []
    assert rebuilt(text, gold) == wanted(parse(markdown), gold)
    assert not re.search(r"^[，。、；：》”]", text, re.MULTILINE)
    assert max(len(line) for line in text.split("\n")) < 60


# As the program reads them

FORMATS = ("md", *make_specimens.WRITERS)
#: Formats that show no more than lines: their lists and headings are partly guessed.
LINES = ("txt",)


def read(name: str) -> Document:
    return scholiast.read(EXAMPLES / name)


def sections_of(document: Document) -> list[tuple[object, ...]]:
    """Return what the sections of a text are; the title of the whole is none."""
    return [
        (node.role, " ".join(node.title.split()), node.authors, node.affiliation)
        for node in document.of_kind("section")
        if node.start > 0
    ]


def notes_of(document: Document) -> list[tuple[object, ...]]:
    """Return the number, the words before the mark and the words of every note of a text."""
    callouts = {node.id: node for node in document.of_kind("callout")}
    found: list[tuple[object, ...]] = []
    for node in document.of_kind("note"):
        mark = callouts.pop(node.link, None)
        before = document.text[mark.start - 20 : mark.start] if mark else None
        number = node.number if mark else 0
        found.append((number, before, document.text[node.start : node.end]))
    found += [(n.number, document.text[n.start - 20 : n.start], None) for n in callouts.values()]
    return sorted(found, key=str)


def spans_of(document: Document, kind: str) -> list[str]:
    return [document.text[n.start : n.end].strip() for n in document.of_kind(kind)]


@pytest.mark.parametrize("format_", FORMATS[1:])
def test_the_roundtable_is_one_text_in_every_format(format_: str) -> None:
    markdown, other = read("roundtable/roundtable.md"), read(f"roundtable/roundtable.{format_}")
    assert other.text.split("\n\n") == markdown.text.split("\n\n")
    assert sections_of(other) == sections_of(markdown)
    assert notes_of(other) == notes_of(markdown)
    assert spans_of(other, "quote") == spans_of(markdown, "quote")
    assert spans_of(other, "italic") == spans_of(markdown, "italic")
    assert spans_of(other, "table") == spans_of(markdown, "table")
    if format_ not in LINES:
        assert spans_of(other, "list") == spans_of(markdown, "list")


def test_the_roundtable_has_its_sections() -> None:
    document = read("roundtable/roundtable.md")
    assert [(node.role, node.authors) for node in document.of_kind("section")][1:] == [
        ("introduction", ("Eleanor Whitcombe",)),
        ("participants", ()),
        ("review", ("Thomas Ardleigh",)),
        ("review", ("Daria Mel’gunova",)),
        ("review", ("Ren Shaoting",)),
        ("response", ("Ingrid Solheim", "Gu Yaping")),
    ]
    assert len(document.of_kind("note")) == 40
    assert len(document.of_kind("callout")) == 40
    assert len(document.of_kind("quote")) == 2


@pytest.mark.parametrize("format_", FORMATS)
def test_every_planted_error_is_found_and_nothing_else(format_: str) -> None:
    path = ROUNDTABLE / f"roundtable.{format_}"
    document = scholiast.read(path)
    found = scholiast.check(path)
    assert Counter(one.code for one in found) == Counter(error.code for error in ERRORS)
    for error in ERRORS:
        words = reading_words(error)
        start = document.text.index(words)
        places = [p for one in found if one.code == error.code for p in (one.place, *one.also)]
        assert any(p.start < start + len(words) and start < p.end for p in places) or not words


def reading_words(error: Planted) -> str:
    """Return the words of a planted error as they read, up to a mark inside them."""
    words = re.sub(r"^\[\^\d+\]:\s*", "", error.find).replace("*", "")
    return re.split(r"\[\^\d+\]", words)[0]


@pytest.mark.parametrize("name", CLEAN_FILES)
@pytest.mark.parametrize("format_", FORMATS)
def test_nothing_is_found_in_a_clean_specimen(name: str, format_: str, tmp_path: Path) -> None:
    manuscript = parse((EXAMPLES / name).read_text(encoding="utf-8"))
    path = tmp_path / f"specimen.{format_}"
    write = make_specimens.WRITERS.get(format_)
    path.write_bytes(write(manuscript) if write else (EXAMPLES / name).read_bytes())
    found = scholiast.check(path)
    assert [(one.code, one.place.quote) for one in found] == []


@pytest.mark.parametrize("name", make_specimens.WRITTEN)
@pytest.mark.parametrize("format_", FORMATS[1:])
def test_a_clean_specimen_has_its_notes_in_every_format(name: str, format_: str) -> None:
    markdown, other = read(name), read(name.removesuffix("md") + format_)
    assert notes_of(other) == notes_of(markdown)
    assert other.text.split("\n\n") == markdown.text.split("\n\n")
    if format_ in LINES:
        return
    assert sections_of(other) == sections_of(markdown)
    for kind in ("heading", "quote", "italic", "table", "list", "turn", "entry"):
        assert spans_of(other, kind) == spans_of(markdown, kind), kind


def test_what_is_found_in_the_extracted_text_is_planted_or_damage() -> None:
    gold = json.loads((ROUNDTABLE / "extracted.gold.json").read_text(encoding="utf-8"))
    found = scholiast.check(ROUNDTABLE / "extracted.txt")
    codes = Counter(one.code for one in found if not one.code.startswith(("DOC006", "DOC008")))
    del codes["DOC007"]
    assert codes == Counter(defect["code"] for defect in gold["defects"] if "code" in defect)
