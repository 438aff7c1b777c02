"""What the commands of LaTeX do to the text; the table at the end is all that are known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Final

from scholiast.readers.latex import apparatus, citing, definitions, environments, quotations
from scholiast.readers.latex.files import MOST_CHARACTERS, MOST_INPUTS, path_of
from scholiast.readers.latex.formulas import formula, symbol
from scholiast.readers.latex.galley import ACCENT, SYMBOL
from scholiast.readers.latex.mouth import (
    BLANK,
    CLOSE,
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
from scholiast.readers.latex.reading import Reading, known, symbols

Handler = Callable[[Reading, Token], None]

#: Characters of one \\verb.
LONGEST_VERB: Final = 2_000
_NO_BREAK: Final = frozenset(".,;:!?)]}'\"-/…”’»")


# --- looks -----------------------------------------------------------------------------------


def emphasis(reading: Reading, token: Token) -> None:
    r"""\emph{…}, which is upright within italics."""
    reading.stream(token)
    reading.looks.italic = not reading.looks.italic


def italic(reading: Reading, token: Token) -> None:
    r"""\textit{…}."""
    reading.stream(token)
    reading.looks.italic = True


def upright(reading: Reading, token: Token) -> None:
    r"""\textup{…}, \textnormal{…}."""
    reading.stream(token)
    reading.looks.italic = False


def bold(reading: Reading, token: Token) -> None:
    r"""\textbf{…}."""
    reading.stream(token)
    reading.looks.bold = True


def raised(reading: Reading, token: Token) -> None:
    r"""\textsuperscript{…}."""
    reading.stream(token)
    reading.looks.raised = True


def typewriter(reading: Reading, token: Token) -> None:
    r"""\texttt{…}, in which signs are not joined."""
    reading.stream(token)
    reading.looks.literal = True


def declared(reading: Reading, token: Token) -> None:
    r"""\itshape, \em, \bfseries …: up to the end of the group."""
    name = token.text
    if name == "em":
        reading.looks.italic = not reading.looks.italic
    elif name in ("itshape", "it", "slshape", "sl"):
        reading.looks.italic = True
    elif name in ("upshape", "normalfont", "rm", "up"):
        reading.looks.italic = False
        reading.looks.bold = reading.looks.bold and name == "upshape"
    elif name in ("bfseries", "bf"):
        reading.looks.bold = True
    elif name in ("ttfamily", "tt"):
        reading.looks.literal = True


def boxed(reading: Reading, token: Token) -> None:
    r"""\mbox{…} and others: words with nothing to them."""


# --- letters and signs -----------------------------------------------------------------------


def accent(reading: Reading, token: Token) -> None:
    r"""\'e, \"{u}, \v{c}: a letter with its accent is one character."""
    first = reading.solid() if token.text.isalpha() else reading.next()
    if first is None or first.kind in (PAR, CLOSE):
        if first is not None:
            reading.back(first)
        return
    end = first
    if first.kind == OPEN:
        inside = reading.balanced(first)
        letters = _letters(inside)
        end = inside[-1] if inside else first
        width = 1  # the closing brace
    elif first.kind == COMMAND:
        letters, width = _letters([first]), 0
        if first.text in known()["accents"] or first.text in ("ensuremath", "textit"):
            reading.back(first)
            reading.say(token, known()["accents"][token.text], ACCENT)
            return
    else:
        end = reading.first(first)
        letters, width = end.text, 0
    mark = known()["accents"][token.text]
    if not letters.strip():
        printed = {"^": "^", "~": "~", "'": "´", "`": "`", '"': "¨"}.get(token.text, letters)
    else:
        base = letters[0]
        base = {"ı": "i", "ȷ": "j"}.get(base, base) if mark < "\u0323" else base
        printed = unicodedata.normalize("NFC", base + mark) + letters[1:]
    whole = not (token.made or end.made)
    place = token._replace(end=end.end + width) if whole else token
    reading.say(place, printed, ACCENT)


def _letters(tokens: list[Token]) -> str:
    """Return the letters that tokens print."""
    parts: list[str] = []
    for token in tokens:
        if token.kind == COMMAND:
            parts.append(symbols().get(token.text, ""))
        elif token.kind in (WORDS, LIGATURE, BLANK):
            parts.append(token.text)
    return "".join(parts)


def newline(reading: Reading, token: Token) -> None:
    r"""\newline."""
    environments.line_break(reading, token)


def spaced(reading: Reading, token: Token) -> None:
    r"""\hspace{…}, \quad: a blank."""
    if token.text == "hspace":
        reading.arguments("*m")
    reading.galley.space(made(BLANK, " ", token), reading.looks) if not reading.mute else None


def xspace(reading: Reading, token: Token) -> None:
    r"""\xspace: a blank, unless a stop follows."""
    following = reading.next()
    if following is None:
        return
    reading.back(following)
    if following.kind == WORDS and following.text[0] not in _NO_BREAK and not reading.mute:
        reading.galley.space(made(BLANK, " ", token), reading.looks)


def french(reading: Reading, token: Token) -> None:
    r"""\og and \fg, the quotation marks of French babel."""
    opening = token.text in ("og", "guillemets")
    if opening:
        reading.say(token, symbols()["og"], "quotation-mark")
        following = reading.next()
        if following is not None and following.kind == OPEN:  # \og{}
            after = reading.next()
            if after is None or after.kind != CLOSE:
                reading.back(following, *([after] if after else []))
        elif following is not None:
            reading.back(following)
        reading.galley.blank = True
        return
    if not reading.mute:
        reading.galley.unspace()
    reading.say(token, symbols()["fg"], "quotation-mark")
    skipped = token.tape.text[token.end : token.end + 1] if not token.made else ""
    if skipped and skipped in " \t\r\n":
        xspace(reading, token)


def verb(reading: Reading, token: Token) -> None:
    r"""\verb|…|, \lstinline|…|: words as they stand."""
    tape = reading.tape()
    if tape is None:
        return
    text, at = tape.text, token.end
    if text[at : at + 1] == "*":
        at += 1
    if token.text == "lstinline" and text[at : at + 1] == "[":
        at = text.find("]", at) + 1
    sign = text[at : at + 1]
    if not sign or sign.isspace():
        return
    closing = "}" if sign == "{" and token.text != "verb" else sign
    stop = text.find(closing, at + 1, at + LONGEST_VERB)
    if stop < 0 or "\n" in text[at:stop] or "\r" in text[at:stop]:
        return
    tape.at = stop + 1
    if stop > at + 1:
        reading.words(Token(WORDS, text[at + 1 : stop], at + 1, stop, tape))


def address(reading: Reading, token: Token) -> None:
    r"""\url{…}, \nolinkurl{…}, \path{…}: an address as it stands."""
    tape = reading.tape()
    if tape is not None:
        text = tape.text
        match = re.compile(r"\s*(?:\[[^\]\r\n]*\])?\s*\{").match(text, token.end)
        if match:
            depth, at = 1, match.end()
            while at < len(text) and depth and text[at] not in "\r\n":
                depth += (text[at] == "{") - (text[at] == "}")
                at += 1
            if not depth:
                tape.at = at
                place = Token(WORDS, text[match.end() : at - 1], match.end(), at - 1, tape)
                _address(reading, place)
                return
    reading.optional()
    words = reading.argument()
    if words:
        whole = not any(one.made for one in words)
        first = words[0]._replace(end=words[-1].end) if whole else token
        text = first.tape.text[first.start : first.end] if whole else written(words)
        if whole:
            _address(reading, first._replace(text=text, kind=WORDS))
        else:
            reading.say(token, text.replace("\\", ""), SYMBOL)


def _address(reading: Reading, place: Token) -> None:
    """Print an address; signs that are written with a backslash are printed without."""
    start = place.start
    for match in re.finditer(r"\\(?=[%#&_{}~])", place.text):
        end = place.start + match.start()
        if end > start:
            words = place.tape.text[start:end]
            reading.words(Token(WORDS, words, start, end, place.tape))
        start = end + 1
    end = place.start + len(place.text)
    if end > start and place.text:
        reading.words(Token(WORDS, place.tape.text[start:end], start, end, place.tape))


def link(reading: Reading, token: Token) -> None:
    r"""\href{address}{words}: the words."""
    tape = reading.tape()
    if tape is not None:
        match = re.compile(r"\s*(?:\[[^\]\r\n]*\])?\s*\{[^{}\r\n]*\}").match(tape.text, token.end)
        if match:
            tape.at = match.end()
            return
    reading.optional()
    reading.argument()


def bookmark(reading: Reading, token: Token) -> None:
    r"""\texorpdfstring{words}{for the bookmarks}: the words."""
    words = reading.argument()
    reading.argument()
    reading.back(*words)


def date(reading: Reading, token: Token) -> None:
    r"""\today: the day on which it is printed, which the file does not know."""


def foreign(reading: Reading, token: Token) -> None:
    r"""\foreignlanguage{russian}{…}, \selectlanguage{…}, \textrussian{…}."""
    if token.text.startswith("text"):
        name = token.text.removeprefix("text")
    else:
        reading.optional()
        name = written(reading.argument()).strip()
    code = known()["languages"].get(name, reading.looks.language)
    if token.text != "selectlanguage":
        reading.stream(token)
    reading.looks.language = code
    reading.shorthands = reading.shorthands or shorthand(code)


def shorthand(language: str) -> bool:
    """Return whether babel makes a straight quotation mark a command in a language."""
    return language[:2] in known()["shorthands"]["languages"]


# --- headings and titles ---------------------------------------------------------------------


def heading(reading: Reading, token: Token) -> None:
    r"""\chapter[short]{…}, \section*{…}."""
    name = token.text
    level = known()["headings"][name]
    starred = reading.sign("*")
    reading.optional()
    reading.optional()
    reading.paragraph(token)
    if reading.mute:
        reading.argument()
        return
    counted = not starred and not name.startswith("add") and not reading.front
    if name == "chapter" and counted and reading.by_chapter:
        reading.numbers.new_chapter()
    if counted:
        _count(reading, name)

    def close(ending: Token) -> None:
        reading.galley.end(reading.looks)

    reading.stream(token, close)
    looks = reading.looks
    looks.level, looks.quote, looks.list, looks.table = level, False, "", 0
    looks.italic = looks.bold = False


_INNER: Final = {"chapter": "section", "section": "subsection", "subsection": "subsubsection"}


def _count(reading: Reading, name: str) -> None:
    """Count a section, and keep its number for the labels that follow."""
    numbers = reading.numbers
    numbers.step(name)
    inner = _INNER.get(name)
    while inner:
        numbers.counts[inner] = 0
        inner = _INNER.get(inner)
    row = ["chapter"] if reading.by_chapter else []
    row += ["section", "subsection", "subsubsection"]
    if name in row:
        row = row[: row.index(name) + 1]
        numbers.current = ".".join(str(numbers.counts.get(one, 0)) for one in row)
    else:
        numbers.current = str(numbers.counts[name])


def run_in(reading: Reading, token: Token) -> None:
    r"""\paragraph{…}: bold words at the beginning of a paragraph."""
    reading.sign("*")
    reading.optional()
    reading.paragraph(token)
    words = reading.argument()
    reading.back(*reading.internal("textbf", token, words), made(COMMAND, " ", token))
    following = reading.frames[-1]
    assert isinstance(following, Shelf)


def title(reading: Reading, token: Token) -> None:
    r"""\title[short]{…}, \author{…}, \date{…}: kept for \maketitle."""
    reading.optional()
    words = reading.argument()
    if token.text == "author" and reading.titles.get("author"):
        words = [*reading.titles["author"], made(COMMAND, "and", token), *words]
    reading.titles[token.text] = words


def make_title(reading: Reading, token: Token) -> None:
    r"""\maketitle: title, authors and date."""
    tokens: list[Token] = []
    for name in ("title", "subtitle", "author", "date"):
        words = reading.titles.get(name)
        if words:
            tokens += reading.internal(f"print {name}", token, words)
    reading.back(*tokens)


def print_title(reading: Reading, token: Token) -> None:
    """Print the title, the authors or the date."""
    reading.paragraph(token)

    def close(ending: Token) -> None:
        reading.galley.end(reading.looks)

    reading.stream(token, close)
    looks = reading.looks
    looks.level = 1 if token.text in ("print title", "print subtitle") else 0
    looks.title, looks.author = bool(looks.level), token.text == "print author"
    looks.italic = looks.bold = False


def and_author(reading: Reading, token: Token) -> None:
    r"""\and between authors."""
    reading.galley.end(reading.looks)
    reading.looks.author = True


def caption(reading: Reading, token: Token) -> None:
    r"""\caption[short]{…}: a paragraph of its own."""
    reading.sign("*")
    if token.text == "captionof":
        reading.argument()
    reading.optional()
    if reading.mute:
        reading.argument()
        return
    reading.galley.end(reading.looks)

    def close(ending: Token) -> None:
        reading.galley.end(reading.looks)

    reading.stream(token, close)
    looks = reading.looks
    looks.caption, looks.table, looks.quote, looks.list = True, 0, False, ""


def appendix(reading: Reading, token: Token) -> None:
    r"""\appendix, \mainmatter, \backmatter, \frontmatter."""
    reading.front = token.text in ("frontmatter", "backmatter")
    reading.paragraph(token)
    if token.text == "mainmatter":
        reading.numbers.counts["chapter"] = 0


def epigraph(reading: Reading, token: Token) -> None:
    r"""\epigraph{words}{source}: a quotation and, in a line of its own, its source."""
    words, who = reading.argument(), reading.argument()
    quote = [made(WORDS, "quote", token)]
    reading.back(
        *reading.internal("begin", token, quote),
        *words,
        made(PAR, "", token),
        *who,
        *reading.internal("end", token, quote),
    )


# --- files, classes, packages ----------------------------------------------------------------


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
    starred = reading.sign("*")
    inner = written(reading.argument()).strip()
    reading.optional()
    outer = written(reading.argument()).strip()
    if token.text in ("counterwithout", "@removefromreset"):
        reading.numbers.resets.get(outer, set()).discard(inner)
        if (inner, outer) == ("footnote", "chapter"):
            reading.by_chapter = reading.by_chapter and False
    elif inner != outer:
        reading.numbers.resets.setdefault(outer, set()).add(inner)
    del starred


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
    reading.frames.append(Tape(text, path))
    if token.text in ("include", "subfile"):
        reading.frames.append(Shelf([made(PAR, "", token)]))


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


def ignore(reading: Reading, token: Token) -> None:
    """A command of which nothing is printed."""


def silent(reading: Reading, token: Token) -> None:
    """A command some of whose arguments leave no text."""
    reading.arguments(_silent()[token.text])


@cache
def _silent() -> dict[str, str]:
    """The arguments that leave no text, by their commands."""
    specs: dict[str, str] = known()["silent"]
    return {name: spec for spec, names in specs.items() for name in names.split()}


@cache
def handlers() -> dict[str, Handler]:
    """Every command that does more than print a sign, by its name."""
    found: dict[str, Handler] = dict.fromkeys(_silent(), silent)
    found.update(dict.fromkeys(known()["registers"]["names"].split(), register))
    found.update(dict.fromkeys(known()["accents"], accent))
    found.update(dict.fromkeys(known()["notes"], apparatus.note))
    found.update(dict.fromkeys(known()["headings"], heading))
    found.update(dict.fromkeys(known()["run_in"]["commands"], run_in))
    found.update({f"text{name}": foreign for name in known()["languages"]})
    found.update(definitions.HANDLERS)
    found.update(quotations.HANDLERS)
    found.update(apparatus.HANDLERS)
    found.update(citing.handlers())
    for names, handler in _OWN.items():
        found.update(dict.fromkeys(names.split(), handler))
    return found


_OWN: Final[dict[str, Handler]] = {
    "emph": emphasis,
    "textit textsl mkbibemph mkbibitalic": italic,
    "textup textnormal": upright,
    "textbf": bold,
    "textsuperscript up": raised,
    "texttt": typewriter,
    "em itshape it slshape sl upshape normalfont rm bfseries bf ttfamily tt": declared,
    "newline": newline,
    "hspace quad qquad enspace hfill hfil space": spaced,
    "xspace": xspace,
    "og fg guillemets": french,
    "verb lstinline": verb,
    "url nolinkurl path": address,
    "href": link,
    "texorpdfstring": bookmark,
    "today": date,
    "foreignlanguage selectlanguage": foreign,
    "title subtitle author date": title,
    "maketitle": make_title,
    "and": and_author,
    "caption captionof": caption,
    "appendix mainmatter backmatter frontmatter": appendix,
    "epigraph": epigraph,
    "documentclass documentstyle": document_class,
    "usepackage RequirePackage": package,
    "setmainlanguage setdefaultlanguage": main_language,
    "hypersetup": properties,
    "setcounter addtocounter": counter,
    "stepcounter refstepcounter": step_counter,
    "counterwithin counterwithout @addtoreset @removefromreset numberwithin": within,
    "input include subfile subfileinclude import subimport inputfrom subinputfrom includefrom":
        include,
    "endinput": end_input,
    "begin": environments.begin,
    "end": environments.end,
    "item": environments.item,
    "\\ tabularnewline cr": environments.row,
    "endfirsthead endhead endfoot endlastfoot": environments.repeated_head,
    "par newpage clearpage cleardoublepage bigskip medskip smallskip": environments.paragraph_end,
    "( [": formula,
}  # fmt: skip

#: Commands of the reader's own; none can stand in a file.
INTERNAL: Final[dict[str, Handler]] = {
    environments.END: environments.end_own,
    "print title": print_title,
    "print subtitle": print_title,
    "print author": print_title,
    "print date": print_title,
}


def run(reading: Reading, token: Token) -> None:
    """Do what a command says."""
    name = token.text
    if name in reading.renamed:
        name = reading.renamed[name]
        token = token._replace(text=name)
    table = handlers()
    handler = table.get(name) or INTERNAL.get(name)
    own = reading.macros.get(name)
    if own is not None and (handler is None or handler is silent) and not reading.exploded:
        from scholiast.readers.latex.macros import expanded

        reading.expand(expanded(reading, own, token))
        return
    if handler is not None:
        handler(reading, token)
        return
    sign = symbol(name) if own is None else None
    if sign is not None:
        if sign == " ":
            reading.galley.space(made(BLANK, " ", token), reading.looks) if not reading.mute else 0
        else:
            reading.say(token, sign)
        return
    if name in reading.flags:
        definitions.conditional(reading, token)
        return
    if definitions.flag(reading, name):
        return
    _option(reading)


def _option(reading: Reading) -> None:
    """Take an argument in brackets that touches a command that is not known."""
    following = reading.next()
    if following is None:
        return
    reading.back(following)
    if following.kind == WORDS and following.text == "[":
        reading.optional()
