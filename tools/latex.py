"""A manuscript as LaTeX with real notes, for XeLaTeX; it compiles as it stands.

Russian text needs a font that has its letters, Chinese the class ctexart; the
preamble names both. Notes are foot notes, or endnotes where the manuscript
ends with a heading for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from tools.manuscript import Block, Inline, Manuscript, Mark, Note, Words, number_of, plain
from tools.plain import _wrapped

_SIGNS: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "'": r"\textquotesingle{}",
    "`": r"\textasciigrave{}",
    "\u00a0": "~",
    "\n": "\\\\\n",
}
_SIGN: Final = re.compile("|".join(re.escape(sign) for sign in _SIGNS))
#: Signs that a font would join, and the second of them.
_JOINED: Final = re.compile(r"(?<=-)-|(?<=<)<|(?<=>)>|(?<=,),")
_HEADINGS: Final = ("section", "subsection", "subsubsection", "paragraph")
_LANGUAGES: Final = {"en": "english", "ru": "russian", "de": "german", "fr": "french"}


def write(manuscript: Manuscript) -> bytes:
    r"""Return a manuscript as the bytes of a .tex file.

    A mark without a note is ``\footnotemark[n]``, a note without a mark
    ``\footnotetext[n]{…}`` where the notes before it end; a label with two
    notes has the second as such a text.
    """
    return _Writer(manuscript).document().encode()


@dataclass
class _Writer:
    """Makes the LaTeX of one manuscript."""

    manuscript: Manuscript
    numbers: dict[str, int] = field(init=False)
    notes: dict[str, Note] = field(default_factory=dict)
    after: dict[str, list[Note]] = field(default_factory=dict)  # uncalled, behind a called one
    used: set[str] = field(default_factory=set)
    kind: str = "footnote"

    def __post_init__(self) -> None:
        self.numbers = self.manuscript.numbers()
        self.kind = "endnote" if self.manuscript.endnotes else "footnote"
        called = set(self.manuscript.marks())
        last = ""
        for note in self.manuscript.notes:
            if note.label in called and note.label not in self.notes:
                self.notes[note.label] = note
                last = note.label
            else:
                self.after.setdefault(last, []).append(note)

    def document(self) -> str:
        """Return the whole file."""
        blocks = self.manuscript.blocks
        levels = [block.level for block in blocks if block.kind == "heading"]
        titled = bool(levels) and blocks[0].kind == "heading" and levels.count(levels[0]) == 1
        titled = titled and levels[0] == min(levels)
        shift = min(levels, default=1) + (1 if titled else 0)
        title = self._inlines(blocks[0].words) if titled else ""
        pieces = [self._preamble(title), "\\begin{document}"]
        pieces += ["\\maketitle"] if titled else []
        for kind, group in groupby(blocks[titled:], key=lambda block: block.kind):
            pieces += self._group(kind, tuple(group), shift)
        pieces.append("\\end{document}")
        return "\n\n".join(pieces) + "\n"

    def _preamble(self, title: str) -> str:
        head = self.manuscript.head
        language = str(head.get("language", "en"))
        lines = ["\\documentclass[11pt]{ctexart}" if language == "zh" else
                 "\\documentclass[11pt]{article}"]  # fmt: skip
        if language != "zh":
            lines += ["\\usepackage{fontspec}", "\\setmainfont{DejaVu Serif}"]
            lines += [
                f"\\usepackage[{_LANGUAGES.get(language, 'english')}, shorthands=off]{{babel}}"
            ]
        lines += ["\\usepackage{booktabs}", "\\usepackage{csquotes}"]
        if self.kind == "endnote":
            lines.append("\\usepackage{endnotes}")
        lines.append("\\usepackage{hyperref}")
        authors = ", ".join(_creators(head))
        if authors:
            lines.append(f"\\hypersetup{{pdfauthor={{{_escaped(authors)}}}}}")
        if any(not label.isascii() and number_of(label) for label in self.manuscript.marks()):
            lines.append(
                f"\\renewcommand{{\\the{self.kind}}}{{\\textcircled{{\\arabic{{{self.kind}}}}}}}"
            )
        if title:
            lines += [f"\\title{{{title}}}", "\\date{}"]
        return "\n".join(lines)

    def _group(self, kind: str, blocks: Sequence[Block], shift: int) -> Iterator[str]:
        if kind == "heading":
            for block in blocks:
                yield self._heading(block, shift)
        elif kind == "quote":
            inner = "\n\n".join(self._paragraph(block.words) for block in blocks)
            yield f"\\begin{{quotation}}\n{inner}\n\\end{{quotation}}"
        elif kind == "item":
            for ordered, group in groupby(blocks, key=lambda block: bool(block.ordered)):
                name = "enumerate" if ordered else "itemize"
                items = "\n".join(f"\\item {self._paragraph(block.words)}" for block in group)
                yield f"\\begin{{{name}}}\n{items}\n\\end{{{name}}}"
        elif kind == "row":
            columns = "l" * max(len(block.cells) for block in blocks)
            rows = [" & ".join(map(self._inlines, block.cells)) + r" \\" for block in blocks]
            rows.insert(1, "\\midrule")
            inner = "\n".join(rows)
            yield (
                f"\\begin{{tabular}}{{{columns}}}\n\\toprule\n{inner}\n\\bottomrule\n\\end{{tabular}}"
            )
        else:
            for block in blocks:
                yield self._paragraph(block.words)

    def _heading(self, block: Block, shift: int) -> str:
        level = min(max(block.level - shift, 0), len(_HEADINGS) - 1)
        heading = f"\\{_HEADINGS[level]}*{{{self._inlines(block.words)}}}"
        if self.kind == "endnote" and block is self.manuscript.blocks[-1]:
            name = self._inlines(block.words)
            return f"\\renewcommand{{\\notesname}}{{{name}}}\n\\theendnotes"
        return heading

    def _paragraph(self, words: Words) -> str:
        """Return a paragraph in lines; of Chinese, in one."""
        text = self._inlines(words)
        if re.search(r"[\u3000-\u9fff]", plain(words)):
            return text
        return "\n".join(_wrapped(line, 95, "", "") for line in text.split("\n"))

    def _inlines(self, words: Words) -> str:
        parts: list[str] = []
        for inline in words:
            if isinstance(inline, Mark):
                parts.append(self._mark(inline.label))
            else:
                parts.append(self._run(inline))
        return "".join(parts)

    def _run(self, run: Inline) -> str:
        assert not isinstance(run, Mark)
        text = _escaped(run.text)
        if run.href and run.href == run.text:
            text = f"\\url{{{run.text}}}"
        elif run.href:
            address = re.sub(r"[%#]", r"\\\g<0>", run.href)
            text = f"\\href{{{address}}}{{{text}}}"
        text = f"\\textbf{{{text}}}" if run.bold else text
        return f"\\emph{{{text}}}" if run.italic else text

    def _mark(self, label: str) -> str:
        """Return the mark of a label with its note, and the notes that nobody calls behind it."""
        note = self.notes.get(label)
        number = self.numbers[label]
        if note is None or label in self.used:
            return f"\\{self.kind}mark[{number}]"
        self.used.add(label)
        given = "" if len(self.used) == number else f"[{number}]"
        found = f"\\{self.kind}{given}{{{self._note(note)}}}"
        for other in self.after.get(label, ()):
            found += f"\\{self.kind}text[{self.numbers[other.label]}]{{{self._note(other)}}}"
        return found

    def _note(self, note: Note) -> str:
        return "\n\n".join(self._inlines(words) for words in note.paragraphs)


def _escaped(text: str) -> str:
    """Return words in which no sign means anything to TeX."""
    text = _JOINED.sub("\0\\g<0>", text)
    return _SIGN.sub(lambda match: _SIGNS[match[0]], text).replace("\0", "{}")


def _creators(head: dict[str, Any]) -> tuple[str, ...]:
    for key in ("authors", "editors", "author", "editor"):
        value = head.get(key)
        if value:
            return tuple(map(str, value)) if isinstance(value, list) else (str(value),)
    return ()
