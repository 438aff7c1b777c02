"""Classes, packages, counters, and the files that a document takes in."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from scholiast.readers.latex.files import MOST_CHARACTERS, MOST_INPUTS, path_of
from scholiast.readers.latex.letters import shorthand
from scholiast.readers.latex.mouth import (
    BLANK,
    COMMAND,
    LIGATURE,
    OPEN,
    PAR,
    WORDS,
    Shelf,
    Tape,
    Token,
    made,
    written,
)
from scholiast.readers.latex.numbers import value
from scholiast.readers.latex.reading import Reading, known


def document_class(reading: Reading, token: Token) -> None:
    r"""\documentclass[options]{class}; a part with a class of its own begins at its document."""
    options, name = reading.optional(), reading.argument()
    reading.optional()
    tape = token.tape
    if tape.part:
        match = re.compile(r"\\begin\s*\{document\}").search(tape.text, tape.at)
        if match:
            tape.at = match.end()
        return
    found = written(name).strip()
    reading.by_chapter = found in known()["classes"]["chapters"]
    reading.properties["class"] = found
    _languages(reading, written(options or []))
    if found.startswith("ctex"):
        reading.language = reading.language or "zh"


def package(reading: Reading, token: Token) -> None:
    r"""\usepackage[options]{names}."""
    options = written(reading.optional() or [])
    names = [name.strip() for name in written(reading.argument()).split(",")]
    reading.optional()
    for name in names:
        if name in ("babel", "polyglossia"):
            _languages(reading, options)
        elif name in ("ctex", "xeCJK", "CJKutf8", "CJK"):
            reading.language = reading.language or "zh"
        elif name in ("fontenc", "t1enc"):
            reading.european = reading.european or any(
                one.strip() in ("T1", "T2A", "T2B", "T2C", "OT2", "X2", "TU")
                for one in options.split(",")
            )
        elif name in ("biblatex", "biblatex-chicago", "natbib"):
            reading.options["package"] = name
            reading.options["biblatex"] = options
        elif name == "footmisc" and "symbol" in options:
            reading.numbers.forms["footnote"] = "fnsymbol"


def _languages(reading: Reading, options: str) -> None:
    """Keep the main language of a list of options: the last one, or the one that is ``main``."""
    names: dict[str, str] = known()["languages"]
    found = ""
    for option in options.split(","):
        key, _, given = (part.strip() for part in option.partition("="))
        if key == "main" and given in names:
            found = names[given]
            break
        if key in names:
            found = names[key]
            reading.shorthands = reading.shorthands or shorthand(found)
    if found:
        _main(reading, found)


def _main(reading: Reading, code: str) -> None:
    reading.language = code
    reading.looks.language = code
    reading.shorthands = reading.shorthands or shorthand(code)
    reading.european = reading.european or code in ("ru", "uk", "bg")


def main_language(reading: Reading, token: Token) -> None:
    r"""\setmainlanguage[variant]{german} of polyglossia, which has no shorthands."""
    options = written(reading.optional() or [])
    name = written(reading.argument()).strip()
    before = reading.shorthands
    _main(reading, known()["languages"].get(name, reading.language))
    reading.shorthands = before or "babelshorthands" in options


def properties(reading: Reading, token: Token) -> None:
    r"""\hypersetup{pdfauthor={…}}: what the file says of itself."""
    text = written(reading.argument())
    for match in re.finditer(r"(pdf\w+)\s*=\s*(?:\{([^{}]*)\}|([^,{}]*))", text):
        reading.properties[match[1]] = (match[2] or match[3] or "").strip()


def counter(reading: Reading, token: Token) -> None:
    r"""\setcounter{footnote}{0}, \addtocounter{footnote}{-1}."""
    name, number = written(reading.argument()).strip(), value(reading.argument())
    if not re.fullmatch(r"-?\d{1,6}", number):
        return
    counts = reading.numbers.counts
    if token.text == "setcounter":
        if name in ("footnote", "endnote") and int(number) == 0:
            reading.numbers.chapter += 1
        counts[name] = int(number)
    else:
        counts[name] = counts.get(name, 0) + int(number)


def step_counter(reading: Reading, token: Token) -> None:
    r"""\stepcounter{footnote}."""
    reading.numbers.step(written(reading.argument()).strip())


def within(reading: Reading, token: Token) -> None:
    r"""\counterwithin{footnote}{section}, \counterwithout, \@addtoreset, \numberwithin."""
    reading.sign("*")
    inner = written(reading.argument()).strip()
    reading.optional()
    outer = written(reading.argument()).strip()
    if token.text in ("counterwithout", "@removefromreset"):
        reading.numbers.resets.get(outer, set()).discard(inner)
        if (inner, outer) == ("footnote", "chapter"):
            reading.runs_on = True
    elif inner != outer:
        reading.numbers.resets.setdefault(outer, set()).add(inner)


def include(reading: Reading, token: Token) -> None:
    r"""\input{file}, \include{file}, \subfile{file}: the file is read here."""
    folder = ""
    if "import" in token.text or "from" in token.text:
        reading.sign("*")
        folder = written(reading.argument()).strip()
        name = f"{folder}/{written(reading.argument()).strip()}".removeprefix("./")
        if folder.startswith("/"):
            name = f"/{name}"
    else:
        name = written(_file_name(reading)).strip()
    if token.text in ("include", "subfile"):
        reading.paragraph(token)
    if reading.mute and token.text not in ("input", "include"):
        return
    _read_file(reading, token, name)


def _file_name(reading: Reading) -> list[Token]:
    """Return the name of a file, which may stand without braces up to a blank."""
    first = reading.solid()
    if first is None or first.kind == OPEN:
        return reading.balanced(first) if first is not None else []
    found: list[Token] = []
    following: Token | None = first
    while following is not None and following.kind in (WORDS, LIGATURE, COMMAND):
        if following.kind == COMMAND:
            break
        words, blank, rest = following.text.partition(" ")
        found.append(following._replace(text=words))
        if blank:
            start = following.start + (0 if following.made else len(words))
            reading.back(following._replace(text=blank + rest, start=start))
            return found
        following = reading.next()
    if following is not None:
        reading.back(following)
    return found


def _read_file(reading: Reading, token: Token, name: str) -> None:
    path = path_of(name, ".tex")
    line = token.tape.line(token.start)
    where = f"line {line} of {token.tape.part}" if token.tape.part else f"line {line}"
    if not path:
        reading.trouble(
            f"the file “{name[:80]}” named in {where} lies outside of the folder and was not "
            "read: put it beside the main file",
            line,
        )
        return
    path = reading.files.find(path, token.tape.part)
    open_ = [frame.part for frame in reading.frames if isinstance(frame, Tape)]
    if path in open_:
        reading.trouble(f"the file “{path}” named in {where} takes itself in; once is enough", line)
        return
    text = reading.files.text(path)
    if text is None:
        if reading.mute:  # a style file, or macros that somebody else has
            return
        reading.trouble(
            f"the file “{path}” named in {where} is not there: put it beside the main file",
            line,
        )
        return
    reading.inputs += 1
    reading.files.characters += len(text)
    if reading.inputs > MOST_INPUTS or reading.files.characters > MOST_CHARACTERS:
        reading.trouble(
            f"more files are taken in than is allowed: from {where} on none was read", 0
        )
        return
    if token.text in ("include", "subfile"):
        reading.frames.append(Shelf([made(PAR, "", token)]))  # read when the file is at its end
    reading.frames.append(Tape(text, path))


_AMOUNT: Final = re.compile(
    r"=?\s*-?\s*(?:\d+(?:[.,]\d*)?|[.,]\d+)\s*(?:pt|em|ex|cm|mm|in|bp|pc|sp|dd|cc|mu|fil+)?"
    r"(?:\s+(?:plus|minus)\s*-?[\d.,]+\s*[a-z]{2,5})*\s?"
)


def register(reading: Reading, token: Token) -> None:
    r"""\parindent=0pt, \tolerance 500: a register, with what it is given."""
    following = reading.next()
    while following is not None and following.kind == BLANK:
        following = reading.next()
    if following is None:
        return
    match = _AMOUNT.match(following.text) if following.kind == WORDS else None
    if match is None:
        if following.kind == WORDS and following.text == "=":
            reading.solid()  # another register
        else:
            reading.back(following)
        return
    rest = following.text[match.end() :]
    if rest:
        start = following.start + (0 if following.made else match.end())
        reading.back(following._replace(text=rest, start=start))


def end_input(reading: Reading, token: Token) -> None:
    r"""\endinput: the rest of a file is not read."""
    tapes = [at for at, frame in enumerate(reading.frames) if isinstance(frame, Tape)]
    if tapes:
        tape = reading.frames[tapes[-1]]
        assert isinstance(tape, Tape)
        tape.at = len(tape.text)


#: The commands, those that do the same in one line.
HANDLERS: Final[dict[str, Callable[[Reading, Token], None]]] = {
    "documentclass documentstyle": document_class,
    "usepackage RequirePackage": package,
    "setmainlanguage setdefaultlanguage": main_language,
    "hypersetup": properties,
    "setcounter addtocounter": counter,
    "stepcounter refstepcounter": step_counter,
    "counterwithin counterwithout @addtoreset @removefromreset numberwithin": within,
    "input include subfile subfileinclude": include,
    "import subimport inputfrom subinputfrom includefrom": include,
    "endinput": end_input,
}
