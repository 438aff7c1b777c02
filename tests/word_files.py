"""Word files for tests: invented specimens made of raw XML, and comments read without our code."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from scholiast.config import Settings
from scholiast.decisions import finding_id
from scholiast.model import Certainty, Document, Finding, Source
from scholiast.readers.docx import read
from scholiast.text import Index

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}/relationships" xmlns:w14="{W14}" xmlns:w15="{W15}" '
    f'xmlns:mc="{MC}" xmlns:m="{OFFICE}/math" mc:Ignorable="w14 w15"'
)
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def t(text: str, looks: str = "") -> str:
    """A run of words."""
    properties = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*inner: str, style: str = "") -> str:
    """A paragraph."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(inner)}</w:p>"


def note_mark(id_: int, sort: str = "footnote") -> str:
    """A run with a note reference."""
    return (
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        f'<w:{sort}Reference w:id="{id_}"/></w:r>'
    )


def field(code: str, *result: str) -> str:
    """A complex field with its result."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    code = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return mark("begin") + code + mark("separate") + "".join(result) + mark("end")


def control(*inner: str, properties: str = '<w:id w:val="7"/>') -> str:
    """A content control."""
    held = "".join(inner)
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{held}</w:sdtContent></w:sdt>"


def docx(
    *body: str,
    footnotes: tuple[str, ...] = (),
    endnotes: tuple[str, ...] = (),
    styles: str = "",
    parts: dict[str, str] | None = None,
    types: dict[str, str] | None = None,
    links: dict[str, str] | None = None,
    names: str = NAMES,
) -> bytes:
    """A Word file: paragraphs as XML, notes as texts, further parts with types and relations."""
    members: dict[str, str] = {}
    overrides = {"document": f"{CONTENT}.document.main+xml"}
    relations = {"http": f"{OFFICE}/relationships/hyperlink"}
    held = "".join(body)
    members["word/document.xml"] = (
        f"{HEAD}<w:document {names}><w:body>{held}<w:sectPr/></w:body></w:document>"
    )
    for sort, notes in (("footnote", footnotes), ("endnote", endnotes)):
        if notes:
            own = "".join(
                f'<w:{sort} w:type="{what}" w:id="{n}">{p(f"<w:r><w:{what}/></w:r>")}</w:{sort}>'
                for n, what in ((-1, "separator"), (0, "continuationSeparator"))
            ) + "".join(
                f'<w:{sort} w:id="{n}">{p(f"<w:r><w:{sort}Ref/></w:r>", t(" " + note))}</w:{sort}>'
                for n, note in enumerate(notes, 1)
            )
            members[f"word/{sort}s.xml"] = f"{HEAD}<w:{sort}s {names}>{own}</w:{sort}s>"
            overrides[f"{sort}s"] = f"{CONTENT}.{sort}s+xml"
            relations[f"{sort}s"] = f"{OFFICE}/relationships/{sort}s"
    if styles:
        members["word/styles.xml"] = f"{HEAD}<w:styles {names}>{styles}</w:styles>"
        overrides["styles"] = f"{CONTENT}.styles+xml"
        relations["styles"] = f"{OFFICE}/relationships/styles"
    members |= parts or {}
    overrides |= types or {}
    relations |= links or {}
    members["word/_rels/document.xml.rels"] = (
        f'{HEAD}<Relationships xmlns="{RELS}">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{type_}" '
            + (
                'Target="https://example.org/" TargetMode="External"/>'
                if name == "http"
                else f'Target="{name}.xml"/>'
            )
            for n, (name, type_) in enumerate(relations.items(), 1)
        )
        + "</Relationships>"
    )
    everything = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{TYPES}">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{type_}"/>'
            for name, type_ in overrides.items()
        )
        + "</Types>",
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{RELS}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        **members,
    }
    return zipped(everything)


def zipped(members: dict[str, str] | dict[str, bytes]) -> bytes:
    """A zip archive of members, always the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    """The members of a package, inflated."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_members(data: bytes, **changed: bytes) -> bytes:
    """A package with other content in some members of ``word/``, packed anew."""
    return zipped(members(data) | {f"word/{name}.xml": held for name, held in changed.items()})


def document_of(data: bytes, name: str = "essay.docx") -> Document:
    """The text of a Word file as the program reads it."""
    intake = read(Source(name, data), Settings())
    assert not intake.troubles, intake.troubles
    return intake.document


def finding(
    document: Document,
    quote: str = "",
    *,
    at: int = -1,
    code: str = "DOC012",
    question: str = "Is this meant?",
    certainty: Certainty = Certainty.CERTAIN,
    also: tuple[str, ...] = (),
    ordinal: int = 0,
    silent: str | None = None,
) -> Finding:
    """A finding on words of a document, or on a place between them."""
    start = document.text.index(quote) if at < 0 else at
    index = Index(document)
    place = index.place(start, start + len(quote), silent)
    others = tuple(
        index.place(document.text.index(words), document.text.index(words) + len(words))
        for words in also
    )
    return Finding(
        finding_id(code, place.quote, place.context, ordinal),
        code,
        "invented-rule",
        "Something is odd here.",
        question,
        certainty,
        place,
        others,
    )


class Read(NamedTuple):
    """A comment as it was read back: its text, one paragraph a line, and the words it covers."""

    author: str
    text: str
    words: str


def comments_of(data: bytes) -> dict[int, Read]:
    """The comments of a Word file by number, with the words between their marks."""
    held = members(data)
    if "word/comments.xml" not in held:
        return {}
    w = f"{{{W}}}"
    words = _covered(etree.fromstring(held["word/document.xml"]))
    found = {}
    for element in etree.fromstring(held["word/comments.xml"]).iter(f"{w}comment"):
        number = int(element.get(f"{w}id", ""))
        lines = [
            "".join(part.text or "" for part in line.iter(f"{w}t"))
            for line in element.iter(f"{w}p")
        ]
        found[number] = Read(element.get(f"{w}author", ""), "\n".join(lines), words[number])
    return found


def _covered(root: etree._Element) -> dict[int, str]:
    """The words between the marks of each comment; a note reference is †."""
    w = f"{{{W}}}"
    open_: set[int] = set()
    done: set[int] = set()
    found: dict[int, str] = {}
    referred: set[int] = set()

    def add(text: str) -> None:
        for number in open_:
            found[number] += text

    for element in root.iter():
        if element.tag == f"{w}commentRangeStart":
            number = int(element.get(f"{w}id", ""))
            assert number not in found, f"comment {number} begins twice"
            found[number] = ""
            open_.add(number)
        elif element.tag == f"{w}commentRangeEnd":
            number = int(element.get(f"{w}id", ""))
            open_.remove(number)
            done.add(number)
        elif element.tag == f"{w}commentReference":
            referred.add(int(element.get(f"{w}id", "")))
        elif element.tag == f"{w}p":
            for number in open_:
                found[number] += "\n\n" if found[number] else ""
        elif element.tag in (f"{w}t", f"{{{OFFICE}/math}}t"):
            add(_shown(element))
        elif element.tag in (f"{w}tab", f"{w}br"):
            if element.getparent().tag == f"{w}r":
                add("\t" if element.tag == f"{w}tab" else "\n")
        elif element.tag in (f"{w}footnoteReference", f"{w}endnoteReference"):
            add("†")
    assert not open_ and done == referred, (open_, done ^ referred)
    return found


def _shown(element: etree._Element) -> str:
    text = element.text or ""
    return text if element.get(SPACE) == "preserve" else text.strip(" \t\r\n")


def original_again(annotated: bytes, original: bytes) -> bytes:
    """C14N of ``document.xml`` with comment marks taken out and cut runs joined again.

    Where the original has one run, the annotated file may have several with
    the same looks; they are joined only as far as the original asks for.
    """
    new = etree.fromstring(members(annotated)["word/document.xml"])
    old = etree.fromstring(members(original)["word/document.xml"])
    w = f"{{{W}}}"
    known = {mark.get(f"{w}id") for mark in old.iter(f"{w}commentReference")}
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for mark in list(new.iter(f"{w}{name}")):
            if mark.get(f"{w}id") in known:
                continue
            gone = mark if name != "commentReference" else mark.getparent()
            _take_out(gone)
    _join(new, old)
    return etree.tostring(new, method="c14n")


def c14n(data: bytes) -> bytes:
    """C14N of ``document.xml`` as it is."""
    return etree.tostring(etree.fromstring(members(data)["word/document.xml"]), method="c14n")


def _take_out(element: etree._Element) -> None:
    before, parent, tail = element.getprevious(), element.getparent(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _join(new: etree._Element, old: etree._Element) -> None:
    """Join the children of ``new`` as far as ``old`` has them in one."""
    for number, wanted in enumerate(list(old)):
        if number >= len(new):
            return
        have = new[number]
        if wanted.tag == f"{{{W}}}r":
            while not _same(have, wanted) and number + 1 < len(new):
                follower = new[number + 1]
                if follower.tag != have.tag or dict(follower.attrib) != dict(have.attrib):
                    break
                _unite(have, follower)
                _join_texts(have, wanted)
        if not _same(have, wanted):
            _join(have, wanted)


def _unite(run: etree._Element, follower: etree._Element) -> None:
    """Append what a run holds, but for its looks, to the run before it."""
    looks = [run.find(f"{{{W}}}rPr"), follower.find(f"{{{W}}}rPr")]
    texts = [
        b"" if item is None else etree.tostring(item, method="c14n", with_tail=False)
        for item in looks
    ]
    assert texts[0] == texts[1], "a run was cut and lost its looks"
    if looks[1] is not None:
        follower.remove(looks[1])
    run.tail, tail = follower.tail, run.tail
    assert not tail
    run.extend(list(follower))
    follower.getparent().remove(follower)


def _join_texts(run: etree._Element, wanted: etree._Element) -> None:
    """Join the ``w:t`` of a run as far as the wanted one has them in one."""
    for number, item in enumerate(list(wanted)):
        if number >= len(run) or item.tag != f"{{{W}}}t" or run[number].tag != item.tag:
            continue
        have = run[number]
        while (have.text or "") != (item.text or "") and number + 1 < len(run):
            follower = run[number + 1]
            if follower.tag != have.tag:
                break
            have.text = (have.text or "") + (follower.text or "")
            assert not have.tail
            have.tail = follower.tail
            run.remove(follower)
        if (have.text or "") == (item.text or ""):
            have.attrib.clear()
            have.attrib.update(dict(item.attrib))


def _same(one: etree._Element, other: etree._Element) -> bool:
    return etree.tostring(one, method="c14n", with_tail=False) == etree.tostring(
        other, method="c14n", with_tail=False
    )


# --- LibreOffice ---------------------------------------------------------------


def converted(data: bytes, to: str, folder: Path, suffix: str = "docx") -> bytes:
    """A file as LibreOffice opens and saves it (``odt``, ``docx``, ``pdf``)."""
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / f"in.{suffix}"
    source.write_bytes(data)
    wanted = {"docx": "docx:Office Open XML Text"}.get(to, to)
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", wanted, "--outdir", str(folder / "out"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return (folder / "out" / f"in.{to.partition(':')[0]}").read_bytes()


def odt_comments(data: bytes) -> list[Read]:
    """The comments of an OpenDocument text in their order, with the words they cover."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("content.xml"))
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    text = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    creator = "{http://purl.org/dc/elements/1.1/}creator"
    found: list[list[str]] = []
    open_: dict[str, list[str]] = {}

    def add(words: str | None) -> None:
        for entry in open_.values():
            entry[2] += words or ""

    def walk(element: etree._Element) -> None:
        if element.tag in (f"{text}p", f"{text}h"):
            for entry in open_.values():
                entry[2] += "\n\n" if entry[2] else ""
        add(element.text)
        for item in element:
            if item.tag == f"{office}annotation":
                lines = ["".join(line.itertext()) for line in item.iter(f"{text}p")]
                author = item.findtext(creator) or ""
                found.append([author, "\n".join(lines), ""])
                if item.get(f"{office}name"):
                    open_[item.get(f"{office}name", "")] = found[-1]
            elif item.tag == f"{office}annotation-end":
                open_.pop(item.get(f"{office}name", ""), None)
            elif item.tag == f"{text}note":
                add("†")
            elif item.tag == f"{text}s":
                add(" " * int(item.get(f"{text}c", "1")))
            elif isinstance(item.tag, str):
                walk(item)
            add(item.tail)

    walk(root.find(f".//{office}text"))
    return [Read(*entry) for entry in found]


SIGN = re.compile(r"#([0-9a-f]{12})\b")


# --- people --------------------------------------------------------------------


class Said(NamedTuple):
    """What a person does with a comment: a reply in its thread, or only its state."""

    words: str = ""
    who: str = "Ann Author"
    resolved: bool = False


def answered(data: bytes, answers: dict[int, Said]) -> bytes:
    """A file in which people answered comments, by number, written as Word writes it.

    A reply is a comment of its own with marks beside those of its parent; the
    thread and the state stand in ``commentsExtended``.
    """
    held = members(data)
    body = held["word/document.xml"].decode()
    comments = etree.fromstring(held["word/comments.xml"])
    extended = etree.fromstring(held["word/commentsExtended.xml"])
    w, w14, w15 = f"{{{W}}}", f"{{{W14}}}", f"{{{W15}}}"
    last = {
        int(comment.get(f"{w}id", "")): list(comment.iter(f"{w}p"))[-1].get(f"{w14}paraId")
        for comment in comments
    }
    following = max(last) + 1
    for number, answer in answers.items():
        for entry in extended:
            if entry.get(f"{w15}paraId") == last[number] and answer.resolved:
                entry.set(f"{w15}done", "1")
        if not answer.words:
            continue
        id_ = f"{0x10000000 + following:08X}"
        reply = etree.SubElement(comments, f"{w}comment")
        for name, value in (("id", str(following)), ("author", answer.who), ("initials", "A")):
            reply.set(f"{w}{name}", value)
        for line in answer.words.split("\n"):
            paragraph = etree.SubElement(reply, f"{w}p")
            etree.SubElement(etree.SubElement(paragraph, f"{w}r"), f"{w}t").text = line
        paragraph.set(f"{w14}paraId", id_)
        entry = etree.SubElement(extended, f"{w15}commentEx")
        entry.set(f"{w15}paraId", id_)
        entry.set(f"{w15}paraIdParent", str(last[number]))
        entry.set(f"{w15}done", "1" if answer.resolved else "0")
        start = f'<w:commentRangeStart w:id="{number}"/>'
        reference = re.search(
            rf'<w:r>(?:<w:rPr>.*?</w:rPr>)?<w:commentReference w:id="{number}"/></w:r>', body
        )
        assert reference is not None
        mine = reference.group().replace(f'w:id="{number}"', f'w:id="{following}"')
        marks = f'<w:commentRangeEnd w:id="{following}"/>{mine}'
        body = body.replace(reference.group(), reference.group() + marks)
        body = body.replace(start, start + f'<w:commentRangeStart w:id="{following}"/>')
        following += 1
    return with_members(
        data,
        document=body.encode(),
        comments=etree.tostring(comments, xml_declaration=True, encoding="UTF-8"),
        commentsExtended=etree.tostring(extended, xml_declaration=True, encoding="UTF-8"),
    )
