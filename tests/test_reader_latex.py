"""The reader of LaTeX: what prints, where it stands, what is refused. Invented specimens."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from latex_files import article, body, intake, notes, paragraphs, spans
from scholiast.cli.beside import beside, candidates, parts
from scholiast.config import Settings
from scholiast.model import Source
from scholiast.readers.latex import read
from scholiast.readers.latex.database import names, parse
from scholiast.readers.latex.files import path_of


@pytest.mark.parametrize(
    ("latex", "printed"),
    [
        ("caf\\'e \\\"u \\v{c} \\H o \\c{c} \\k{a} na\\\"{\\i}ve \\~n \\'{\\i}", "café ü č ő ç ą naïve ñ í"),
        ("stra\\ss e, \\oe uvre, \\AA rhus, \\L \\'od\\'z, \\o", "straße, œuvre, Århus, Łódź, ø"),
        ("{\\aa}, {\\'E}cole, Dvo\\v r\\'ak", "å, École, Dvořák"),
        ("a--b---c, `one' ``two'' it's", "a–b—c, ‘one’ “two” it’s"),
        ("5\\% \\& \\$3 \\#1 a\\_b \\{x\\}", "5% & $3 #1 a_b {x}"),
        ("\\S~3, \\P, \\dag, \\copyright\\ 1990", "§\u00a03, ¶, †, © 1990"),
        ("so\\ldots{} and \\textellipsis", "so… and …"),
        ("z.\\,B. re\\-search and\\slash or", "z.\u202fB. research and/or"),
        ("\\glqq Gut\\grqq{} und \\frqq so\\flqq", "„Gut“ und »so«"),
        ("\\textquotedblleft a\\textquotedblright", "“a”"),
        ("{\\em a {\\em b} c} \\textsc{NATO} \\textbf{d}", "a b c NATO d"),
        ("\\mbox{f.~12} \\unknown{kept} \\unknown[dropped]{kept too}", "f.\u00a012 kept kept too"),
        ("a\\label{x}\\index{a!b} b\\vspace{2em}\\hspace*{1cm} c", "a b c"),
        ("see \\verb|a_b{| and \\url{http://x.org/~a_b%20}", "see a_b{ and http://x.org/~a_b%20"),
        ("\\href{http://x.org/#a}{the words}.", "the words."),
        ("one \\iffalse two \\iftrue three \\fi \\else four\\fi\\ five", "one four five"),
        ("one % two\n  three%\n four", "one threefour"),
        ("a\n\\begin{comment}\nno \\footnote{x}\n\\end{comment}\nb", "a b"),
        ("$14^{\\mathrm{th}}$, $\\alpha$, $50^\\circ$, $A \\to B$", "14th, α, 50°, A → B"),
        ("$x^2 + \\frac{a}{b}$ costs 5$ more", "$x^2 + \\frac{a}{b}$ costs 5$ more"),
        ("\\textcolor{red}{red} \\parbox[t]{3cm}{box} \\raisebox{1ex}{up}", "red box up"),
        ("\\parindent=0pt\\parskip 1ex plus 2pt words", "words"),
        ("\\foreignlanguage{german}{\\enquote{ja}} \\enquote{yes}", "„ja“ “yes”"),
        ("\\textquote[Doe][.]{So it is}", "“So it is”. Doe"),
        ("\\noindent\\textbf{A:} yes\\par\\noindent B", "A: yes\n\nB"),
        ("\\paragraph{Run in.} Words.", "Run in. Words."),
        ("<<a>> \"b\" !`c ,,d", "<<a>> \"b\" ¡c ,,d"),
        ("line one\\\\[2pt] line two\\newline line three", "line one\nline two\nline three"),
    ],
)  # fmt: skip
def test_what_prints(latex: str, printed: str) -> None:
    assert body(latex).text == printed


def test_french_marks_and_their_blanks() -> None:
    doc = article("Il dit \\og oui \\fg{} et \\og non \\fg.", "\\usepackage[french]{babel}")
    assert doc.text == "Il dit «\u00a0oui\u00a0» et «\u00a0non\u00a0»."


def test_blocks_of_every_kind() -> None:
    doc = article(
        r"""\maketitle
\begin{abstract}Short.\end{abstract}
\section*{One}
\subsection[s]{Two \emph{it}}
\begin{quotation}
Q one.

Q two.
\end{quotation}
\begin{description}
\item[Word] explained,
\begin{itemize}
  \item inner
\end{itemize}
\end{description}
\blockquote{Short enough.} and on.
\begin{displayquote}[Doe]D.\end{displayquote}
\[ a = b \]
After.
\begin{tabular}{|l|l|}\hline a & \textit{b} \\ \cline{1-2} & d \\ \hline\end{tabular}""",
        "\\title[s]{The \\\\ title}\n\\author{A. Nobody\\thanks{No thanks.} \\and B. Else}\\date{1990}",
    )
    assert paragraphs(doc) == [
        "The\ntitle", "A. Nobody", "B. Else", "1990", "Short.", "One", "Two it", "Q one.", "Q two.",
        "Word explained,", "inner", "“Short enough.” and on.", "D.", "a = b", "After.", "a\tb", "\td",
    ]  # fmt: skip
    assert spans(doc, "quote") == ["Q one.\n\nQ two.", "D."]
    assert spans(doc, "list") == ["Word explained,\n\ninner"]
    assert spans(doc, "table") == ["a\tb\n\n\td"]
    assert spans(doc, "italic") == ["it", "b"]
    assert (doc.title, doc.authors) == ("The title", ("A. Nobody", "B. Else"))
    assert [(n.title, n.level) for n in doc.of_kind("section")] == [
        ("The title", 1), ("One", 2), ("Two it", 3),
    ]  # fmt: skip
    assert notes(doc) == [("*", "Nobody", "No thanks.")]


def test_a_long_block_quotation_is_set_apart() -> None:
    words = "It went on and on without an end in sight. " * 8
    doc = article(f"He wrote: \\blockquote{{{words}}} So he did.", "\\usepackage{csquotes}")
    assert spans(doc, "quote") == [words.strip()]
    assert paragraphs(doc)[0] == "He wrote:"


def test_marks_and_texts_apart() -> None:
    doc = body(
        "A\\footnotemark\\ B\\footnotemark{} C\\footnotemark[7] D\\footnote[9]{Nine.}"
        "\\footnotetext[1]{One.}\\footnotetext{Two.} E\\footnotemark[9] F\\footnotetext[20]{Alone.}"
        " G\\footnote{Three, \\footnote{inner}.}"
    )
    assert notes(doc) == [
        ("1", "A", "One."),
        ("2", "B", "Two."),
        ("7", "C", "-"),
        ("9", "D", "Nine."),
        ("9", "E", "Nine."),
        ("3", "G", "Three, ."),
        ("4", "G", "inner"),
    ]
    alone = [n for n in doc.of_kind("note") if not n.link]
    assert [(n.number, doc.text[n.start : n.end]) for n in alone] == [(20, "Alone.")]


def test_labels_lead_to_the_numbers_of_notes_and_sections() -> None:
    doc = article(
        "\\section{A}\\label{s}x\\footnote{\\label{n}One.} See note~\\ref{n}, \\ref{s}, p.~\\pageref{n}, "
        "\\ref{none}. Again\\footref{n}."
    )
    assert paragraphs(doc)[1] == "x See note\u00a01, 1, p.\u00a0??, ??. Again."
    assert notes(doc) == [("1", "x", "One."), ("1", "Again", "One.")]


def test_numbers_as_the_file_wants_them() -> None:
    doc = body(
        "\\renewcommand{\\thefootnote}{\\fnsymbol{footnote}}a\\footnote{x}"
        "\\renewcommand\\thefootnote{\\roman{footnote}}b\\footnote{y}\\setcounter{footnote}{0}c\\footnote{z}"
    )
    assert [n.label for n in doc.of_kind("note")] == ["*", "ii", "i"]


def test_the_sources_of_repairs() -> None:
    doc = body("\\newcommand{\\x}[1]{see #1!}A --- \\x{B} caf\\'e.")
    told = [(s.repair, s.original, doc.text[s.start : s.end]) for s in doc.segments if s.repair]
    assert told == [
        ("ligature", "---", "—"),
        ("macro-expanded", "\\x", "see "),
        ("macro-expanded", "\\x", "!"),
        ("accent", "\\'e", "é"),
    ]


# --- files beside it ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("chapter", "chapter.tex"),
        ("./a/b.tex", "a/b.tex"),
        ("a.b", "a.b.tex"),
        ("/etc/passwd", ""),
        ("../x", ""),
        ("a/../../x", ""),
        ("~/x", ""),
        ("|ls", ""),
        ("C:\\x", ""),
        ("\\jobname", ""),
        ("", ""),
    ],
)
def test_where_a_name_leads(name: str, path: str) -> None:
    assert path_of(name, ".tex") == path


def test_files_are_gathered_below_the_folder_alone(tmp_path: Path) -> None:
    home = tmp_path / "book"
    (home / "parts").mkdir(parents=True)
    (tmp_path / "secret.tex").write_text("secret")
    (home / "parts/one.tex").write_text("\\input{two}\\input{parts/three}")
    (home / "parts/two.tex").write_text("two")
    (home / "parts/three.tex").write_text("\\documentclass{article}")
    (home / "refs.bib").write_text("@book{a, title={T}}")
    (home / "link.tex").symlink_to(tmp_path / "secret.tex")
    main = home / "main.tex"
    main.write_text(
        "\\include{parts/one}\\input{link}\\input{../secret}%\\input{no}\n\\addbibresource{refs.bib}"
        f"\\input{{{tmp_path}/secret}}\\input{{missing}}"
    )
    found = beside(main, main.read_bytes())
    assert [name for name, _ in found] == [
        "parts/one.tex",
        "parts/three.tex",
        "parts/two.tex",
        "refs.bib",
    ]
    paths = {p.name: p for p in (main, *sorted((home / "parts").iterdir()))}
    sources = [
        Source(name, path.read_bytes(), found if name == "main.tex" else ())
        for name, path in paths.items()
    ]
    assert parts(sources, paths) == {"one.tex", "two.tex"}
    assert candidates("two.tex", "parts/one.tex") == ("two.tex", "parts/two.tex")


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        ("A \\input{/etc/passwd} b", "outside of the folder"),
        ("A \\input{../x} b", "outside of the folder"),
        ("A \\input missing\nb", "is not there"),
        ("A \\input{specimen2} b", "takes itself in"),
        ("A b\\footnote{open.\n\nNext.", "brace opened in line 1 is never closed"),
        ("A b\\cite{x}.", "is in no bibliography"),
        ("A b\\def\\ab{\\ab\\ab}\\ab", "stand for more text than is allowed"),
        ("A b\n\\begin{verbatim}\nc", "never closed"),
    ],
)
def test_what_cannot_be_read_is_said(latex: str, said: str) -> None:
    found = intake(latex, specimen2__tex="\\input{specimen2}")
    assert [trouble.name for trouble in found.troubles] == ["unread-part"]
    assert said in found.troubles[0].detail
    assert found.document.text.startswith("A ")


def test_nothing_is_executed() -> None:
    found = intake("\\immediate\\write18{touch /tmp/x}\\openout5=x.txt\\directlua{os.exit()}Words.")
    assert found.document.text.endswith("Words.")


# --- bad input -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("latex", "length"),
    [
        ("{" * 10_000 + "x" + "}" * 10_000, 1),
        ("\\emph{" * 10_000 + "x", 1),
        ("}" * 10_000 + "x", 1),
        ("\\begin{quote}" * 5_000 + "x" + "\\end{quote}" * 4_000, 1),
        ("\\footnote{" * 2_000 + "x" + "}" * 2_000, 1),
        ("x" + "\\(" * 100_000, 1),
        ("x" + "\\verb|" * 50_001, 125_002),
        ("x" + "\\item[" * 20_000, None),
        ("x" + "\\section[" * 2_000, None),
        ("\\newcommand{\\aaa}{xx}\\newcommand{\\bbb}{\\aaa\\bbb}\\bbb", None),
        ("words and more words, " * 240_000, 240_000 * 22 - 1),
    ],
)
def test_what_would_break_a_reader_is_read(latex: str, length: int | None) -> None:
    text = read(Source("x.tex", latex.encode()), Settings()).document.text
    assert length is None or len(text) == length


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty-file"),
        (b"% nothing\n", "empty-file"),
        (b"\x89PNG\r\n\x1a\n", "unreadable-file"),
    ],
)
def test_a_file_without_text(data: bytes, name: str) -> None:
    found = read(Source("x.tex", data), Settings())
    assert (found.document.text, [t.name for t in found.troubles]) == ("", [name])


PIECES = st.sampled_from(
    ["\\footnote{", "}", "{", "\\emph{", "word ", "\n\n", "\\section{", "\\begin{quote}", "$",
     "\\end{quote}", "[", "]", "\\\\", "&", "\\begin{tabular}{l}", "\\end{tabular}", "%", "\\item ",
     "\\newcommand{\\q}[1]{a #1}", "\\q", "\\enquote{", "\\'", "\"", "--", "\\def\\r#1.{(#1)}", "\\r",
     "\\cite[", "\\footnotemark", "\\footnotetext{", "\\iffalse ", "\\fi ", "#1", "\\verb|", "字",
     "\\title{", "\\maketitle", "\\[", "\\]", "~", "\\begin{document}", "\\documentclass{book}",
     "\\ref{a}", "\\label{a}", "\\caption{", "\\begin{figure}", "\\end{figure}", "\\og ", "\\fg ",
     "\\blockquote{", "\\marginpar{", "\\theendnotes", "\\begin{verbatim}", "\r\n", "\\let\\a\\q"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_anything_is_read_soundly_and_the_same_twice(pieces: list[str]) -> None:
    latex = "".join(pieces)
    assert intake(latex) == intake(latex)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read(data: bytes) -> None:
    assert isinstance(read(Source("x.tex", data), Settings()).document.text, str)


SOUND = "A \\emph{word}.\\footnote{See \\textit{Doe}, 3.}\n\n\\begin{quote}So.\\end{quote}\n\\section{B}\nC--d.\n"


@settings(max_examples=30, deadline=None)
@given(st.text("abc ", min_size=1, max_size=30).filter(str.strip))
def test_a_paragraph_in_front_shifts_everything_and_changes_nothing(front: str) -> None:
    plain, shifted = body(SOUND), body(f"{front}\n\n{SOUND}")
    by = len(" ".join(front.split())) + 2
    assert shifted.text[by:] == plain.text
    assert [(n.kind, n.start - by, n.end - by) for n in shifted.nodes if n.start >= by][:3] != []
    there = {
        (n.kind, n.start + by, n.end + by, n.label) for n in plain.nodes if n.kind != "section"
    }
    assert there <= {(n.kind, n.start, n.end, n.label) for n in shifted.nodes}


# --- databases ---------------------------------------------------------------------------


def test_databases_of_every_habit() -> None:
    found = parse(
        '@comment{x} @string(p = "Press") text @Book{ a-1 , Title = {A {B} \\{c\\}}, year=1990,\n'
        'publisher = "The " # p # {!}, month = feb } @misc{b, title = "x {"} y"} @book{c, title={open'
    )
    assert found["a-1"].fields == {
        "title": "A {B} \\{c\\}", "year": "1990", "publisher": "The Press!", "month": "February",
    }  # fmt: skip
    assert found["b"].fields == {"title": 'x {"} y'}
    assert found["c"].get("title") == "open"


@pytest.mark.parametrize(
    ("field", "people"),
    [
        ("Korsh, Nina and Gu Yaping", [("Nina", "Korsh"), ("Gu", "Yaping")]),
        ("Ludwig van Beethoven", [("Ludwig", "van Beethoven")]),
        ("{Ministry of Roads and Rails} and others", [("", "{Ministry of Roads and Rails}")]),
        ("King, Jr., Martin", [("Martin", "King")]),
    ],
)
def test_names_of_people(field: str, people: list[tuple[str, str]]) -> None:
    assert names(field) == people


def test_an_included_file_ends_its_paragraph_and_an_input_one_does_not() -> None:
    doc = body("A \\input{b} c.\n\\include{b}\nD.", b__tex="inner")
    assert paragraphs(doc) == ["A inner c.", "inner", "D."]
