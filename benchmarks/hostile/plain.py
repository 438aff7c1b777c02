"""Bad inputs that are plain characters: text, Markdown, LaTeX, RTF."""

from __future__ import annotations

from random import Random
from typing import Final

from benchmarks.hostile.outside import Outside

_LARGE: Final = 5_000_000


def noise(size: int = 100_000) -> bytes:
    """Return random bytes, the same every time."""
    return Random(18960).randbytes(size)


def line() -> bytes:
    """Return 5 MB of words on one line."""
    return b"The wagons were counted twice at the frontier. " * (_LARGE // 47)


def word() -> bytes:
    """Return 5 MB without a blank."""
    return b"wagon" * (_LARGE // 5)


def brackets() -> bytes:
    """Return links and emphasis that open and never close."""
    return b"[" * 10_000 + b"*a _b " * 5_000 + b"![" * 5_000 + b"`" * 5_000


def lists() -> bytes:
    """Return a list in a list in a list."""
    return b"\n".join(b" " * (2 * depth) + b"- item" for depth in range(2_000))


def aliases() -> bytes:
    """Return a YAML head of aliases, each ten times the one before."""
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for number in range(1, 12):
        inside = ", ".join([f"*a{number - 1}"] * 10)
        rows.append(f"a{number}: &a{number} [{inside}]")
    return ("---\n" + "\n".join(rows) + "\ntitle: *a11\n---\n\nWords.\n").encode()


def tagged_head(outside: Outside) -> bytes:
    """Return a YAML head that asks for a call of the system."""
    call = f"!!python/object/apply:os.system ['touch {outside.file}']"
    return f"---\ntitle: {call}\n---\n\nWords.\n".encode()


def including(outside: Outside) -> bytes:
    """Return LaTeX that would take in files from elsewhere."""
    far = "\\input{/etc/passwd}\\include{../../../etc/passwd}"
    return latex(f"Words. {far}\\input{{{outside.file}}}\\verbatiminput{{{outside.file}}}")


def shelling(outside: Outside) -> bytes:
    """Return LaTeX that would run a program and write a file."""
    return latex(
        f"Words.\\immediate\\write18{{touch {outside.file}}}\\input{{|cat {outside.file}}}"
        f"\\newwrite\\f\\immediate\\openout\\f={outside.file}"
    )


def latex(body: str) -> bytes:
    """Return a LaTeX document."""
    return f"\\documentclass{{article}}\n\\begin{{document}}\n{body}\n\\end{{document}}\n".encode()


def growing_macros() -> bytes:
    """Return macros that double, thirty times, and one that calls itself."""
    rows = ["\\def\\a{x\\a}", "\\newcommand{\\bz}{lol}"]
    names = "abcdefghijklmnopqrstuvwxyz"
    last = "\\bz"
    for letter in names:
        rows.append(f"\\newcommand{{\\b{letter}q}}{{{last}{last}}}")
        last = f"\\b{letter}q"
    return latex("\n".join([*rows, last, "\\a"]))


def rtf_groups() -> bytes:
    """Return RTF whose groups are nested 10,000 deep."""
    return b"{\\rtf1\\ansi " + b"{\\i " * 10_000 + b"words" + b"}" * 10_000 + b"}"


def rtf_paragraphs() -> bytes:
    """Return RTF of 150,000 paragraphs."""
    return b"{\\rtf1\\ansi " + b"Some {\\i words} and {\\super 1} more.\\par " * 150_000 + b"}"


def dense() -> bytes:
    """Return LaTeX of 5 MB on one line, of which every word is marked up."""
    words = "Word \\emph{set} and \\textbf{b}\\footnote{A \\textit{note}, 3.} {\\it x} $a_1$ --- "
    return latex(words * (_LARGE // len(words)))


def rows() -> bytes:
    """Return a LaTeX table of 200,000 rows."""
    lines = "".join(f"a{n} & b{n} & \\emph{{c}} \\\\\n" for n in range(200_000))
    return latex(f"\\begin{{tabular}}{{lll}}\n{lines}\\end{{tabular}}")
