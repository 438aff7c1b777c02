"""Remarks in LaTeX: behind the words, printing nothing, and out again. Invented specimens."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scholiast.config import Settings
from scholiast.model import Document, Source
from scholiast.readers.latex import read
from scholiast.report.annotate import annotate
from scholiast.report.annotate_text import without_remarks
from scholiast.report.latex_remarks import REMARKS
from word_files import finding

LONG = "and so it went on for a good while without anything being said " * 5

LATEX = rf"""% !TEX program = xelatex
\documentclass{{article}}
\newcommand{{\ussr}}{{Soviet Union}}
\title{{The title words}}
\begin{{document}}
\maketitle
\section{{A heading}}\label{{sec:a}}
It was \emph{{fine}} in \textbf{{May}} with \verb|code words| and \href{{http://x.org/a%b}}{{a link}}
here.\footnote{{Doe, \emph{{Rome}}, 3.}} It ends % a comment of the author
in \ussr\ and 5\% of it.%
Glued words \url{{http://y.org/c%d}}

A long line: first words {LONG}last words.

\begin{{tabular}}{{ll}}
Left & Right \\
cell one & cell two \\
\end{{tabular}}
\begin{{verbatim}}
kept % words
  as they are
\end{{verbatim}}
\begin{{verse}}
one line,\\
another line
\end{{verse}}
The last words
\end{{document}}
"""


def latex(data: bytes, *beside: tuple[str, bytes]) -> Document:
    return read(Source("essay.tex", data, beside), Settings()).document


def copy(data: bytes, *quotes: str) -> str:
    document = latex(data)
    found = [finding(document, quote) for quote in quotes]
    made = annotate(document, found, Source("essay.tex", data))["essay.tex"]
    return made.decode()


def shown(text: str) -> str:
    """A copy with its remarks as ⟦⟧, those with a line's end of their own as ⟦↵⟧."""
    text = re.sub(r"% scholiast [A-Z]+\d+ #[^\n\r]*? %%(?:\r\n|\r|\n)", "⟦↵⟧", text)
    return re.sub(r" % scholiast [A-Z]+\d+ #[^\n\r]*", "⟦⟧", text)


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("title words", "\\title{The title words}⟦⟧\n"),
        ("A heading", "\\section{A heading}\\label{sec:a}⟦⟧\n"),
        ("fine", "{a link}⟦⟧\nhere."),
        ("code words", "{a link}⟦⟧\nhere."),
        ("a link", "{a link}⟦⟧\nhere."),
        ("Rome", "% a comment of the author⟦⟧\nin"),
        ("Soviet Union", "5\\% of it.%⟦⟧\nGlued"),
        ("http://y.org/c%d", "\\url{http://y.org/c%d}⟦⟧\n\n"),
        ("first words", "first words ⟦↵⟧and so"),
        ("last words", "last words.⟦⟧\n\n"),
        ("Left", "Left & Right \\\\⟦⟧\n"),
        ("cell one", "cell one & cell two \\\\⟦⟧\n"),
        ("kept", "\\end{tabular}\n⟦↵⟧\\begin{verbatim}\n"),
        ("one line", "one line,\\\\⟦⟧\n"),
        ("The last words", "The last words⟦⟧\n\\end"),
    ],
)
def test_a_remark_stands_at_the_end_of_the_line_of_its_words(quote: str, there: str) -> None:
    out = copy(LATEX.encode(), quote)
    assert there in shown(out)
    assert out.count("% scholiast ") == 1


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_copy_with_all_its_remarks_says_the_same_and_gives_the_original_back(
    newline: str,
) -> None:
    data = LATEX.replace("\n", newline).encode()
    document = latex(data)
    quotes = [w for w in document.text.split() if document.text.count(w) == 1]
    made = copy(data, *quotes).encode()
    assert made.count(b"% scholiast ") == len(quotes) > 25
    assert without_remarks(made, format="latex") == data
    again = latex(made)
    assert again.text == document.text
    assert kinds(again) == kinds(document)


def kinds(document: Document) -> list[tuple[str, int, int, str, str]]:
    return [(n.kind, n.start, n.end, n.label, n.link) for n in document.nodes]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_remark_anywhere_changes_nothing(data: st.DataObject) -> None:
    document = latex(LATEX.encode())
    at = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(at, min(len(document.text), at + 30)))
    found = finding(document, document.text[at:end], at=at)
    made = annotate(document, [found], Source("essay.tex", LATEX.encode()))["essay.tex"]
    assert latex(made).text == document.text
    assert without_remarks(made, format="latex") == LATEX.encode()


def test_nothing_is_asked_twice() -> None:
    data = LATEX.encode()
    once = copy(data, "fine", "first words")
    document = latex(once.encode())
    found = [finding(document, quote) for quote in ("fine", "first words", "May", "long line")]
    twice = annotate(document, found, Source("essay.tex", once.encode()))["essay.tex"].decode()
    assert len(REMARKS.findall(twice)) == 4
    assert without_remarks(twice.encode(), format="latex") == data
    assert latex(twice.encode()).text == document.text


def test_words_of_another_file_are_asked_about_where_it_is_taken_in() -> None:
    data = b"First words.\n\\input{parts/one}\nLast words.\n"
    document = latex(data, ("parts/one.tex", b"Inner\nwords here.\n"))
    found = finding(document, "here")
    made = annotate(document, [found], Source("essay.tex", data))["essay.tex"].decode()
    assert "\\input{parts/one} % scholiast " in made
    assert "(parts/one.tex, line 2)\nLast" in made
    assert without_remarks(made.encode(), format="latex") == data


def test_a_copy_keeps_the_encoding_of_the_file() -> None:
    text = "\\documentclass{article}\n\\usepackage[cp1251]{inputenc}\n\\begin{document}\nТри слова.\n\\end{document}\n"
    data = text.encode("cp1251")
    document = latex(data)
    made = annotate(document, [finding(document, "слова")], Source("e.tex", data))["e.tex"]
    assert "Три слова. % scholiast " in made.decode("cp1251")
    assert without_remarks(made, encoding="cp1251", format="latex") == data


def test_chinese_lines_stay_without_blanks() -> None:
    text = "\\documentclass{ctexart}\n\\begin{document}\n中国铁路，\n苏联铁路。\n\\end{document}\n"
    document = latex(text.encode())
    made = copy(text.encode(), "中国铁路")
    assert document.text == latex(made.encode()).text == "中国铁路，苏联铁路。"
