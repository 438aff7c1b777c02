"""How historians write LaTeX: variants made of other people's habits. Invented specimens."""

from __future__ import annotations

from latex_files import article, body, intake, notes, paragraphs, spans

BIB = r"""
@string{lup = {Lindenau University Press}}
@book{korsh1956,
  author = {Korsh, Nina},
  title = {The Wagon Diary},
  address = {Lindenau}, publisher = lup, year = 1956,
}
@article{gu2018,
  author = "Gu, Yaping and Ingrid Solheim",
  title = "{Two Gauges}: M{\"u}hlen and \v{S}koda",
  journal = {Frontier and Archive}, volume = 3, number = {1}, pages = {22--61}, year = {2018}
}
"""


def test_a_chicago_article_with_foot_citations() -> None:
    doc = article(
        r"""Korsh kept a diary.\autocite[12]{korsh1956} Others did not \autocite[see][44--45]{gu2018}.
\footnote{So also \cite[3]{gu2018}, against \textcite{korsh1956}.}
As she says.\footcite{korsh1956}

\printbibliography""",
        "\\usepackage[notes]{biblatex-chicago}\n\\addbibresource{refs.bib}",
        refs__bib=BIB,
    )
    korsh = "Nina Korsh, The Wagon Diary (Lindenau: Lindenau University Press, 1956)"
    gu = (
        "Yaping Gu and Ingrid Solheim, “Two Gauges: Mühlen and Škoda,” Frontier and Archive 3, "
        "no. 1 (2018): 22–61"
    ).replace(",” ", "”, ")
    assert paragraphs(doc)[0] == "Korsh kept a diary. Others did not. As she says."
    assert notes(doc) == [
        ("1", "diary.", f"{korsh}, 12."),
        ("2", "not.", f"see {gu}, 44–45."),
        ("3", "not.", f"So also {gu}, 3, against Korsh (1956)."),
        ("4", "says.", f"{korsh}."),
    ]
    assert spans(doc, "entry") == [
        gu.replace("Yaping Gu", "Gu, Yaping") + ".",
        korsh.replace("Nina Korsh", "Korsh, Nina") + ".",
    ]
    assert [n.role for n in doc.of_kind("section")] == ["article", "bibliography"]
    assert spans(doc, "heading") == ["References"]
    assert "The Wagon Diary" in spans(doc, "italic")


def test_a_book_with_chapters_in_their_own_files() -> None:
    main = r"""\documentclass[a4paper,ngerman]{scrbook}
\usepackage[T1]{fontenc}
\usepackage{babel,csquotes}
\begin{document}
\frontmatter
\chapter{Vorwort}
Ein Dank.\footnote{An niemanden.}
\mainmatter
\include{kapitel/eins}
\include{kapitel/zwei}
\end{document}
"""
    files = {
        "kapitel/eins__tex": "\\chapter{Die Brücke}\nSie hielt.\\footnote{Akte~1.} Er sagte: "
        '"`Gut."\'\\footnote{Akte 2, \\enquote{Blatt \\enquote{drei}}.}\n',
        "kapitel/zwei__tex": "\\chapter[Kurz]{Der Zug}\nEr fuhr.\\footnote{Akte 3.}\n",
    }
    doc = intake(main, **files).document
    assert paragraphs(doc) == [
        "Vorwort",
        "Ein Dank.",
        "Die Brücke",
        "Sie hielt. Er sagte: „Gut.“",
        "Der Zug",
        "Er fuhr.",
    ]
    assert notes(doc) == [
        ("1", "Dank.", "An niemanden."),
        ("1", "hielt.", "Akte\u00a01."),
        ("2", "„Gut.“", "Akte 2, „Blatt ‚drei‘“."),
        ("1", "fuhr.", "Akte 3."),
    ]
    assert doc.language == "de"
    assert [n.role for n in doc.of_kind("section")] == ["introduction", "section", "section"]
    assert {s.part for s in doc.segments} == {"", "kapitel/eins.tex", "kapitel/zwei.tex"}


def test_a_russian_article_in_cp1251() -> None:
    text = r"""\documentclass{article}
\usepackage[cp1251]{inputenc}
\usepackage[T2A]{fontenc}
\usepackage[english,russian]{babel}
\begin{document}
\section{Введение}
Переводчик "--- свидетель\footnote{\textit{Корш~Н.\,И.} Дневник // РГАНИ. Ф.~5. Оп.~30. Д.~402.
Л.~12\,об.}. Он сказал: <<Вагоны стоят "`и ждут"'>>\footnote{Там же.}. Юго"=Восток,
Санкт"-Петербург, Бойля"--~Мариотта.
\end{document}
"""
    found = intake(text.encode("cp1251"))
    doc = found.document
    assert found.troubles == ()
    assert (doc.encoding, doc.language) == ("cp1251", "ru")
    assert paragraphs(doc)[1] == (
        "Переводчик — свидетель. Он сказал: «Вагоны стоят „и ждут“». Юго-Восток, "
        "Санкт-Петербург, Бойля—Мариотта."
    ).replace("Санкт-", "Санкт")
    assert notes(doc) == [
        ("1", "свидетель", "Корш\u00a0Н.\u202fИ. Дневник // РГАНИ. Ф.\u00a05. Оп.\u00a030. "
         "Д.\u00a0402. Л.\u00a012\u202fоб."),
        ("2", "ждут“»", "Там же."),
    ]  # fmt: skip
    assert spans(doc, "italic") == ["Корш\u00a0Н.\u202fИ."]


def test_a_chinese_article() -> None:
    doc = article(
        "\\maketitle\n\\section{问题的提出}\n中国铁路的轨距为1435毫米，\n苏联铁路的轨距为1524毫米。\\footnote{《两种轨距》，\n"
        "第172页。}由此可见，“铁轨”没有分开盟友。\\footnote{同上，第173页。}",
        "\\title{换装站的冬天}\\author{任少庭}\n\\renewcommand{\\thefootnote}{\\textcircled{\\arabic{footnote}}}",
        "ctexart",
    )
    assert paragraphs(doc) == [
        "换装站的冬天",
        "任少庭",
        "问题的提出",
        "中国铁路的轨距为1435毫米，苏联铁路的轨距为1524毫米。由此可见，“铁轨”没有分开盟友。",
    ]
    assert [(n.label, n.number) for n in doc.of_kind("note")] == [("①", 1), ("②", 2)]
    assert spans(doc, "note") == ["《两种轨距》，第172页。", "同上，第173页。"]
    assert doc.language == "zh"


def test_endnotes_with_their_heading() -> None:
    doc = article(
        r"""\section{One}
First.\endnote{Doe, 3.} Second.\endnote{Ibid., 4.

A second paragraph.}
\newpage
\begingroup
\parindent 0pt
\theendnotes
\endgroup""",
        "\\usepackage{endnotes}\n\\let\\footnote=\\endnote",
    )
    assert paragraphs(doc) == ["One", "First. Second.", "Notes"]
    assert notes(doc) == [
        ("1", "First.", "Doe, 3."),
        ("2", "Second.", "Ibid., 4.\n\nA second paragraph."),
    ]
    assert {n.role for n in doc.of_kind("note")} == {"endnote"}
    assert doc.of_kind("section")[-1].role == "notes"


def test_footnotes_made_endnotes_by_let() -> None:
    doc = article("A.\\footnote{One.}\n\n\\section*{Notes}\n\\theendnotes",
                  "\\usepackage{endnotes}\n\\let\\footnote=\\endnote\n\\def\\enoteheading{}")  # fmt: skip
    assert [n.role for n in doc.of_kind("note")] == ["endnote"]
    assert paragraphs(doc) == ["A.", "Notes"]


def test_a_memoir_book() -> None:
    doc = article(
        r"""\chapter[Ferry][Ferry]{The Ferry}
\epigraph{Rivers have three banks.}{A hydrographer}
\pagenote{See the log.}It crossed.\footnote{Log 1.}
\begin{verse}
Ice on the river,\\
nobody crosses.
\end{verse}
\footnotetext{A stray text.}
\chapter{The Piano}
It came back.\footnote{Log 2.}""",
        "\\counterwithout{footnote}{chapter}",
        "memoir",
    )
    assert paragraphs(doc) == [
        "The Ferry",
        "Rivers have three banks.",
        "A hydrographer",
        "It crossed.",
        "Ice on the river,\nnobody crosses.",
        "The Piano",
        "It came back.",
    ]
    assert [(label, text) for label, _, text in notes(doc)] == [
        ("1", "See the log."),
        ("1", "Log 1."),
        ("2", "Log 2."),
    ]
    assert "A stray text." in spans(doc, "note")
    assert spans(doc, "quote") == [
        "Rivers have three banks.\n\nA hydrographer",
        "Ice on the river,\nnobody crosses.",
    ]


def test_an_author_with_macros() -> None:
    doc = article(
        r"""In \ussr\ and in \prc{} they met.\fnt{\archive{AVPRF}{0100}[51], l.~4.} \work{Dve kolei}
says \say[yes]{no}\xx{}.""",
        r"""\newcommand{\ussr}{Soviet Union}
\def\prc{China}
\NewDocumentCommand{\archive}{m m o}{#1, f.~#2\IfValueT{#3}{, op.~#3}}
\newcommand{\fnt}[1]{\footnote{#1}}
\newcommand*\work[1]{\emph{#1}}
\newcommand{\say}[2][maybe]{``#2'' (#1)}
\newcommand{\xx}{\ifdraft draft\else\relax\fi}
\newif\ifdraft""",
    )
    assert paragraphs(doc) == ["In Soviet Union and in China they met. Dve kolei says “no” (yes)."]
    assert notes(doc) == [("1", "met.", "AVPRF, f.\u00a00100, op.\u00a051, l.\u00a04.")]
    assert spans(doc, "italic") == ["Dve kolei"]
    whole = {s.original for s in doc.segments if s.repair == "macro-expanded"}
    assert whole == {"\\ussr", "\\prc", "\\archive", "\\say"}


def test_notes_in_captions_tables_and_headings() -> None:
    doc = article(
        r"""\section{The Ferry\footnote{In a heading.}}
Text goes on
\begin{figure}[h]
\centering
\includegraphics[width=\textwidth]{ferry.png}
\caption[Short]{The ferry.\protect\footnotemark}
\end{figure}
\footnotetext{In a caption.}
in the same paragraph.\footnote{In the text.}

\begin{longtable}{@{}lr@{}}
\caption{Counts.\label{tab:c}}\tabularnewline
\toprule
Year & Count \\
\midrule
\endfirsthead
\toprule
Year & Count \\
\midrule
\endhead
\bottomrule
\endlastfoot
1954 & 640\footnote{In a cell.} \\
1956 & \multicolumn{1}{r}{910} \\[2pt]
\end{longtable}""",
    )
    assert paragraphs(doc) == [
        "The Ferry",
        "Text goes on in the same paragraph.",
        "The ferry.",
        "Counts.",
        "Year\tCount",
        "1954\t640",
        "1956\t910",
    ]
    assert sorted(text for _, _, text in notes(doc)) == [
        "In a caption.",
        "In a cell.",
        "In a heading.",
        "In the text.",
    ]
    assert spans(doc, "table") == ["Year\tCount\n\n1954\t640\n\n1956\t910"]


def test_latex_made_by_pandoc() -> None:
    doc = intake(
        r"""% Options for packages loaded elsewhere
\PassOptionsToPackage{unicode}{hyperref}
\documentclass[
  english,
]{article}
\usepackage{amsmath,amssymb}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[T1]{fontenc}
\else % if luatex or xetex
  \usepackage{unicode-math}
\fi
\makeatletter
\@ifundefined{KOMAClassName}{% if non-KOMA class
  \IfFileExists{parskip.sty}{%
    \usepackage{parskip}
  }{% else
    \setlength{\parindent}{0pt}}
}{% if KOMA class
  \KOMAoptions{parskip=half}}
\makeatother
\providecommand{\tightlist}{%
  \setlength{\itemsep}{0pt}\setlength{\parskip}{0pt}}
\hypersetup{
  pdftitle={The Ferry},
  pdfauthor={Hannah Brandvold},
  hidelinks}
\title{The Ferry}
\author{Hannah Brandvold}
\date{}
\begin{document}
\maketitle
\hypertarget{a-river}{%
\section{\texorpdfstring{A \emph{River}}{A River}}\label{a-river}}

Rivers ``have three banks.''\footnote{Doe, \emph{Rome}~3. See
  \url{https://example.org/a_b}.} More.\footnote{First.

  Second.}

\begin{itemize}
\tightlist
\item
  one;\footnote{In an item.}
\item
  two.
\end{itemize}

\begin{quote}
A quotation.
\end{quote}

\begin{center}\rule{0.5\linewidth}{0.5pt}\end{center}

{\def\LTcaptype{} % do not increment counter
\begin{longtable}[]{@{}ll@{}}
\toprule\noalign{}
\begin{minipage}[b]{\linewidth}\raggedright
Left
\end{minipage} & \begin{minipage}[b]{\linewidth}\raggedright
Right
\end{minipage} \\
\midrule\noalign{}
\endhead
\bottomrule\noalign{}
\endlastfoot
one & two \\
\end{longtable}
}
\end{document}
"""
    ).document
    assert paragraphs(doc) == [
        "The Ferry",
        "Hannah Brandvold",
        "A River",
        "Rivers “have three banks.” More.",
        "one;",
        "two.",
        "A quotation.",
        "Left\tRight",
        "one\ttwo",
    ]
    assert [text for _, _, text in notes(doc)] == [
        "Doe, Rome\u00a03. See https://example.org/a_b.",
        "First.\n\nSecond.",
        "In an item.",
    ]
    assert (doc.title, doc.authors) == ("The Ferry", ("Hannah Brandvold",))
    assert spans(doc, "table") == ["Left\tRight\n\none\ttwo"]


def test_blanks_and_line_ends_before_notes() -> None:
    doc = body(
        "A word \\footnote{One.} next.\\footnote{Two.}%\n\n"
        "Other word%\n\\footnote{Three.} ends\\footnote{%\n  Four.%\n}.\n"
        "See\\footnote {Five.}, so.\n"
    )
    assert paragraphs(doc) == ["A word next.", "Other word ends. See, so."]
    assert notes(doc) == [
        ("1", "word", "One."),
        ("2", "next.", "Two."),
        ("3", "word", "Three."),
        ("4", "ends", "Four."),
        ("5", "See", "Five."),
    ]


def test_natbib_with_a_bibliography_of_its_own() -> None:
    doc = article(
        r"""As \citet[p.~3]{doe} and others \citep[see][12]{roe} say; cf.\ \cite{nobody}.
\begin{thebibliography}{9}
\bibitem[Doe(1990)]{doe} Doe, J. (1990). \emph{Rome}. London.
\bibitem[Roe(1991)]{roe}
Roe, R. (1991). \emph{Carthage}. Paris.
\end{thebibliography}""",
        "\\usepackage{natbib}",
    )
    assert (
        paragraphs(doc)[0]
        == "As [Doe(1990), p.\u00a03] and others (see [Roe(1991), 12]) say; cf. [nobody?]."
    )
    assert spans(doc, "entry") == [
        "Doe, J. (1990). Rome. London.",
        "Roe, R. (1991). Carthage. Paris.",
    ]
