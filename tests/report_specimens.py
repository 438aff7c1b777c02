"""A small roundtable of our own invention, and findings about it, for the tests of reports.

The persons, books and archives do not exist.
"""

from scholiast.case import Case, annotated
from scholiast.decisions import ACCEPTED, REJECTED, Decision, finding_id
from scholiast.model import Certainty, Document, Edit, Finding, Node, Place, Segment
from scholiast.rule import Rule
from scholiast.text import Index

BODY = (
    ("heading", "Introduction by Ilse Varga, University of Karlsholm"),
    ("", "Four readers discuss The Bridge at Lindau, a book on the two republics of Tarnovia."),
    ("heading", "Review by Nadia Orlova, Institute of the Two Rivers"),
    (
        "",
        "The embassy knew of the treaty in March, and the telegram was sent the same night. "
        "Only then did the envoy leave the conference , and the second telegram followed him. "
        "“We shall not sign, he wrote to the minister.",
    ),
    ("", "The archive keeps a third telegram. Nobody has printed it; the author does not cite it."),
    ("heading", "Review by 沈未明"),
    (
        "",
        "作者认为，两个共和国的同盟在三月已经破裂，但是档案并没有证明这一点。作者没有引用第三份电报，也没有说明原因。",
    ),
)
NOTES = (
    "State Archive of Tarnovia, collection 4, file 17, leaf 3.",
    "Varga, The Bridge at Lindau, 88, and the letter of the",
)
NAME = "roundtable.txt"
TEXT = "\n\n".join([words for _, words in BODY] + list(NOTES))
BODY_END = len("\n\n".join(words for _, words in BODY))
#: Where the pages begin: the words, the printed number, the counted one, the first line.
PAGES = (
    ("Introduction", "1", 1, 1),
    ("Review by Nadia", "2", 2, 41),
    ("The archive keeps", "3", 3, 78),
    ("Review by 沈", "", 4, 120),
)


def at(words: str, text: str = TEXT) -> tuple[int, int]:
    """Return the span of words that stand once in a text."""
    start = text.index(words)
    assert text.count(words) == 1, words
    return start, start + len(words)


def _nodes() -> tuple[Node, ...]:
    heads = [at(words)[0] for kind, words in BODY if kind == "heading"]
    ends = [*heads[1:], BODY_END]
    titles = [words for kind, words in BODY if kind == "heading"]
    authors = ("Ilse Varga", "Nadia Orlova", "沈未明")
    kinds = ("introduction", "review", "review")
    nodes = [
        Node("section", start, end, f"s{n}", level=1, role=role, title=title, authors=(author,))
        for n, (start, end, role, title, author) in enumerate(
            zip(heads, ends, kinds, titles, authors, strict=True), 1
        )
    ]
    for n, note in enumerate(NOTES, 1):
        start, end = at(note)
        nodes.append(
            Node("note", start, end, f"n{n}", "s2", str(n), n, role="footnote", link=f"c{n}")
        )
    for n, words in enumerate(("treaty in March", "same night.", "second telegram"), 1):
        end = at(words)[1]
        link = f"n{n}" if n < 3 else ""
        nodes.append(Node("callout", end, end, f"c{n}", "s2", str(n), n, link=link))
    for words, printed, counted, _ in PAGES:
        start = at(words)[0]
        nodes.append(Node("page", start, start, label=printed, number=counted))
    return tuple(sorted(nodes, key=lambda node: (node.start, -node.end, node.kind)))


def _segments() -> tuple[Segment, ...]:
    starts = [at(words)[0] for words, _, _, _ in PAGES]
    ends = [*starts[1:], len(TEXT)]
    return tuple(
        Segment(start, end, start + 10 * counted, end + 10 * counted, line=line, page=counted)
        for start, end, (_, _, counted, line) in zip(starts, ends, PAGES, strict=True)
    )


DOCUMENT = Document(
    NAME,
    id="5pecimen",
    format="txt",
    text=TEXT,
    body_end=BODY_END,
    segments=_segments(),
    nodes=_nodes(),
    title="Roundtable on The Bridge at Lindau",
    authors=(),
    language="en",
    encoding="utf-8",
    extracted=True,
)
RESPONSE_TEXT = "I thank the readers. The third telegram [sic does not exist."
RESPONSE = Document(
    "response.docx",
    id="re5ponse",
    format="docx",
    text=RESPONSE_TEXT,
    body_end=len(RESPONSE_TEXT),
    segments=(Segment(0, len(RESPONSE_TEXT), 0, len(RESPONSE_TEXT), part="word/document.xml"),),
    nodes=(Node("section", 0, len(RESPONSE_TEXT), "s1", level=1, role="article"),),
    title="A response",
)
CASE = Case({document.name: annotated(document) for document in (DOCUMENT, RESPONSE)})
EMPTY = Case({})

INDEX = Index(DOCUMENT)


def rule(code: str, name: str, page: str, certainty: Certainty, *, copy: bool = False) -> Rule:
    """Return a rule that finds nothing: reports only read its words."""
    return Rule(
        code, name, "0.1", page, certainty, False, copy, (), (), "tests", check=lambda _: iter(())
    )


RULES = (
    rule(
        "DOC005",
        "incomplete-copy",
        "Notes are missing from this copy.\n\n## Why it matters\n\nThe author has them.",
        Certainty.CERTAIN,
        copy=True,
    ),
    rule("DOC010", "stray-blank", "A blank stands where none belongs.", Certainty.STYLE, copy=True),
    rule(
        "DOC012",
        "unclosed-quotation-mark",
        "A quotation mark is never closed.",
        Certainty.CERTAIN,
    ),
    rule("DOC013", "unbalanced-bracket", "A bracket is never closed.", Certainty.LIKELY),
    rule("NOT001", "missing-note", "A note mark has no note.", Certainty.CERTAIN),
    rule("NOT004", "note-breaks-off", "A note breaks off.", Certainty.CERTAIN),
    rule("NOT009", "misplaced-note-mark", "A note mark stands oddly.", Certainty.STYLE),
)


def finding(
    code: str,
    place: Place,
    message: str,
    question: str,
    *,
    contributor: str = "",
    also: tuple[Place, ...] = (),
    edit: Edit | None = None,
    preview: bool = False,
    decision: str = "",
    reason: str = "",
    ordinal: int = 0,
) -> Finding:
    """Return a finding of one of the rules above, with its true id."""
    of = next(rule for rule in RULES if rule.code == code)
    return Finding(
        finding_id(code, place.quote, place.context, ordinal),
        code,
        of.name,
        message,
        question,
        of.certainty,
        place,
        also,
        edit,
        preview,
        contributor,
        decision,
        reason,
    )


def place(words: str, quote: str | None = None, *, after: bool = False) -> Place:
    """Return the place of words in the roundtable; with ``after``, the point behind them."""
    start, end = at(words)
    return INDEX.place(end if after else start, end, quote)


_RESPONSE_INDEX = Index(RESPONSE)

MISSING = finding(
    "NOT001",
    place("second telegram", "3", after=True),
    "The mark 3 stands in the text, but there is no note 3.",
    "Is note 3 missing, or should the mark go?",
    contributor="Nadia Orlova",
    also=(place("third telegram"),),
)
UNCLOSED = finding(
    "DOC012",
    place("“"),
    "The quotation mark opens here and is never closed.",
    "Where does the quotation end?",
    contributor="Nadia Orlova",
)
BLANK = finding(
    "DOC010",
    place("conference ,"),
    "A blank stands before the comma.",
    "Should the blank go?",
    edit=Edit(at("conference ,")[0] + 10, at("conference ,")[0] + 11, ""),
)
CUT = finding(
    "NOT004",
    place("and the letter of the"),
    "Note 2 ends without a full stop, in the middle of a sentence.",
    "How does note 2 go on?",
    contributor="Nadia Orlova",
)
CHINESE = finding(
    "NOT009",
    place("第三份电报"),
    "The same telegram has another number in the review by Nadia Orlova (第三份电报).",
    "Is the third telegram meant, 第三份电报?",
    contributor="沈未明",
    also=tuple(
        place(words)
        for words in ("embassy", "treaty", "envoy", "minister", "archive", "Nobody", "printed")
    ),
    preview=True,
)
BRACKET = finding(
    "DOC013",
    _RESPONSE_INDEX.place(*at("[", RESPONSE_TEXT)),
    "The bracket opens here and is never closed.",
    "Should it be closed after “sic”?",
    decision=REJECTED,
    reason="It is printed so.",
)
AGREED = finding(
    "NOT001",
    place("Four readers", "1", after=True),
    "The mark 1 stands in the text, but there is no note 1.",
    "Is note 1 missing, or should the mark go?",
    contributor="Ilse Varga",
    decision=ACCEPTED,
    reason="I shall send it.",
)
COPY = finding(
    "DOC005",
    place("Only then", "4", after=True),
    "This copy is incomplete: notes 4 to 6 are missing.",
    "Is there another copy, or the author's own file?",
    also=(place("night"), place("Nobody")),
)

#: In the order the engine gives them: documents, places, codes.
FINDINGS = tuple(
    sorted(
        (MISSING, UNCLOSED, BLANK, CUT, CHINESE, BRACKET, AGREED, COPY),
        key=lambda item: (item.place.document, item.place.start, item.place.end, item.code),
    )
)
STALE = (
    Decision(
        id="0123456789ab",
        code="NOT001",
        quote="the first telegram",
        context="that the first telegram was lost",
        verdict=REJECTED,
        document=NAME,
        reason="It was found.",
        who="Nadia Orlova",
    ),
)
