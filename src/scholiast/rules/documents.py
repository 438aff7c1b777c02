"""Files that cannot be read, are empty, or are there twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from scholiast.case import Annotated, Case
from scholiast.model import Certainty
from scholiast.rule import Hit, Rule, Sample, Span, case_rule, rule

#: Two texts that are shorter than this may well be alike.
SHORTEST: Final = 200


@rule(
    "DOC001",
    since="0.1",
    copy=True,
    bad=[
        Sample("letter.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"),
        Sample("review.md", "---\ntitle: [The Quiet\n---\n\nIt was read by nobody.\n"),
    ],
    good=[
        "A file that can be read.\n",
        "---\ntitle: The Quiet Treaty\nauthor: Ada Halloran\n---\n\nIt was read by nobody.\n",
    ],
)
def unreadable_file(text: Annotated) -> Iterator[Hit]:
    """A file that cannot be read is said to be so, and the others are still checked.

    ## Why it matters

    A file that is passed over in silence looks like a file without faults.

    ## What it checks

    Whether the file could be read at all: that it is what its name says, is not damaged, not
    locked by a password, and not larger than the limits set for it. The message says why, and
    what to do. Where only the head of a Markdown file (its title and authors) cannot be read, or
    a part of a text (some pages of a PDF, a file that a LaTeX document takes in and that is not
    there), the finding is “likely” and the rest is checked.

    ## Known gaps

    A file that is whole but holds the wrong text is not recognised.
    """
    for trouble in text.troubled("unreadable-file"):
        why = trouble.detail.strip().rstrip(".") or "its contents are not those of a text"
        yield Hit(
            0,
            0,
            f"The file cannot be read: {why}.",
            "Can you send the file once more, in another format?",
        )
    for trouble in text.troubled("unreadable-pages"):
        yield Hit(
            0,
            0,
            f"Not all of the file could be read: {trouble.detail.strip().rstrip('.')}.",
            "Can you send the file once more, with text on every page?",
            certainty=Certainty.LIKELY,
        )
    for trouble in text.troubled("unreadable-head"):
        yield Hit(
            0,
            0,
            f"The head of the file cannot be read: {trouble.detail.strip().rstrip('.')}.",
            "Can you correct the lines between the two rules at the top?",
            certainty=Certainty.LIKELY,
        )
    for trouble in text.troubled("unread-part"):
        yield Hit(
            0,
            0,
            f"A part of the file was not read: {trouble.detail.strip().rstrip('.')}.",
            f"Can this be mended: {trouble.detail.strip().rstrip('.')}?",
            certainty=Certainty.LIKELY,
        )


@rule(
    "DOC002",
    since="0.1",
    copy=True,
    bad=[Sample("empty.md", ""), Sample("blank.txt", " \n\n")],
    good=["One word.\n", Sample("short.txt", "X\n")],
)
def empty_file(text: Annotated) -> Iterator[Hit]:
    """A file without any text is named.

    ## Why it matters

    An empty file is mostly a failed export; nothing in it can be checked.

    ## What it checks

    Whether the file holds any character that is not a blank.

    ## Known gaps

    A file that holds nothing but pictures of pages counts as empty.
    """
    for _ in text.troubled("empty-file"):
        yield Hit(0, 0, "The file has no text in it.", "Is this the right file?")
        return


@rule(
    "DOC003",
    since="0.1",
    certainty=Certainty.STYLE,
    copy=True,
    bad=[
        Sample(
            "letter.txt",
            "Договор был подписан в Вене весной, и никто не возражал.\n".encode("cp1251"),
        ),
        Sample(
            "letter.txt", "条约在春天签订，没有人提出异议，双方的代表都在场。\n".encode("gb18030")
        ),
    ],
    good=[
        "Договор был подписан в Вене.\n",
        Sample("letter.txt", "Договор был подписан в Вене.\n"),
    ],
)
def encoding_guessed(text: Annotated) -> Iterator[Hit]:
    """Where the characters of a file had to be guessed, the guess is told.

    ## Why it matters

    Old text files do not say in which encoding they are written. A wrong guess shows as wrong
    letters, which no later check can know to be wrong.

    ## What it checks

    Whether the file is UTF-8. If it is not, the encoding that was taken is named.

    ## Known gaps

    None of the text is compared with another copy of it: only a person sees that a name is wrong.
    """
    for trouble in text.troubled("encoding-guessed"):
        name = trouble.detail or text.document.encoding
        yield Hit(
            0,
            0,
            f"The file is not UTF-8; it was read as {name}.",
            "Do the letters look right, or is there a copy in UTF-8?",
        )
        return


@case_rule(
    "DOC014",
    since="0.1",
    certainty=Certainty.LIKELY,
    copy=True,
    bad=[
        (
            Sample(
                "review.md",
                "⟦The treaty of Brno was⟧ read by nobody. " + "It was long. " * 20 + "\n",
            ),
            Sample(
                "review.txt.md",
                "The treaty of Brno was read by nobody. " + "It was long. " * 20 + "\n",
            ),
        ),
        (
            Sample(
                "отзыв.md",
                "⟦Договор не читал никто.⟧ \n\n" + "Он был длинным и скучным. " * 20 + "\n",
            ),
            Sample(
                "отзыв2.md",
                "Договор не читал никто. \n\n" + "Он был длинным и скучным. " * 20 + "\n",
            ),
        ),
    ],
    good=[
        (
            Sample("a.md", "The treaty of Brno was read by nobody. " + "It was long. " * 20 + "\n"),
            Sample(
                "b.md", "The treaty of Brno was read by one man. " + "It was long. " * 20 + "\n"
            ),
        ),
        (Sample("a.md", "To be written.\n"), Sample("b.md", "To be written.\n")),
    ],
)
def document_twice(case: Case) -> Iterator[Hit]:
    """One text under two names is mostly a slip in putting the files together.

    ## Why it matters

    Every query about the text would be asked twice, and the contribution that should stand in its
    place may be missing.

    ## What it checks

    Whether two files of a case have the same words, blanks and the forms of quotation marks and
    dashes apart.

    ## Known gaps

    Two versions of one text that differ in a single word are two texts. Texts of fewer than 200
    characters are not compared.
    """
    alike: dict[str, list[str]] = defaultdict(list)
    for name in sorted(case.documents):
        facts = case.facts(name)
        if facts.characters >= SHORTEST:
            alike[facts.words].append(name)
    for same in alike.values():
        if len(same) < 2:
            continue
        first, *others = (case.documents[name] for name in same)
        end = _opening(first.text)
        names = ", ".join(f"“{other.document.name}”" for other in others)
        yield Hit(
            0,
            end,
            f"The text of “{first.document.name}” is also that of {names}.",
            "Which of the files is the right one?",
            also=tuple(Span(0, _opening(other.text), other.document.name) for other in others),
            document=first.document.name,
        )


def _opening(text: str) -> int:
    """Return the end of the first words of a text."""
    line = text.partition("\n")[0]
    words = line.split(" ")[:5]
    return len(" ".join(words))


RULES: Final[tuple[Rule, ...]] = (unreadable_file, empty_file, encoding_guessed, document_twice)
