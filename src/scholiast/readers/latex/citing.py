r"""Citations: what \\cite and its kin print, as notes or in the line, and the bibliography."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from scholiast.readers.latex.apparatus import open_note
from scholiast.readers.latex.database import Entry, names, parse
from scholiast.readers.latex.files import path_of
from scholiast.readers.latex.mouth import (
    CLOSE,
    COMMAND,
    OPEN,
    WORDS,
    Token,
    made,
    written,
)
from scholiast.readers.latex.reading import Reading, known

_STOPS: Final = ".,;:!?"
_LETTERS: Final = re.compile(r"\\[A-Za-z]+\s*|[\\{}\"'`^~]")


def cite(reading: Reading, token: Token) -> None:
    r"""\cite[pre][post]{keys} and all others; \cites(pre)(post)[pre][post]{key}…."""
    how = known()["cites"][token.text]
    reading.sign("*")
    several = token.text.endswith("s")
    pre: list[Token] = []
    post: list[Token] = []
    if several:
        pre, post = reading.optional("(", ")") or [], reading.optional("(", ")") or []
    groups = [_group(reading)]
    while several and (more := _more(reading)) is not None:
        groups.append(more)
    for _, keys, _ in groups:
        reading.cited.update(dict.fromkeys(keys))
    if reading.mute:
        return
    how = _auto(reading) if how == "auto" else how
    in_note = reading.outer is not None
    if how in ("note", "fullnote"):
        if in_note or token.text == "footcitetext":
            reading.back(*_within(reading, token, groups, pre, post, "parentheses note"))
            return
        reading.galley.unspace()
        stops = _stops(reading) if "footcite" not in token.text else []
        for stop in stops:
            reading.words(stop)
        words = _within(
            reading, token, groups, pre, post, "note full" if how == "fullnote" else "note"
        )
        opening, closing = made(OPEN, "{", token), made(CLOSE, "}", token)
        reading.back(opening, *words, closing)
        open_note(reading, token, "footnote")
        return
    reading.back(*_within(reading, token, groups, pre, post, how))


_Group = tuple[list[Token], list[str], list[Token]]


def _group(reading: Reading) -> _Group:
    """Return the words before, the keys, and the words behind, of one citation."""
    first, second = reading.optional(), reading.optional()
    keys = [key.strip() for key in written(reading.argument()).split(",") if key.strip()]
    if second is None:
        return [], keys, first or []
    return first or [], keys, second


def _more(reading: Reading) -> _Group | None:
    """Return another citation of the same command, None where there is none."""
    following = reading.next()
    if following is None:
        return None
    reading.back(following)
    if following.kind == OPEN or (following.kind == WORDS and following.text[0] == "["):
        return _group(reading)
    return None


def _stops(reading: Reading) -> list[Token]:
    """Take the stops behind a citation: its note mark stands behind them."""
    found: list[Token] = []
    while (following := reading.next()) is not None:
        if following.kind != WORDS or following.text[0] not in _STOPS:
            reading.back(following)
            break
        found.append(reading.first(following))
    return found


def _auto(reading: Reading) -> str:
    r"""Return how \autocite cites: as its style does."""
    options = reading.options.get("biblatex", "")
    given: dict[str, str] = {}
    for option in options.split(","):
        key, sign, value = option.partition("=")
        if sign:
            given[key.strip()] = value.strip().strip("{}")
    own = given.get("autocite", "")
    if own:
        return {"footnote": "note", "inline": "parentheses", "plain": "plain"}.get(
            own, "parentheses"
        )
    style = given.get("style", given.get("citestyle", ""))
    if reading.options.get("package") == "biblatex-chicago" and not style:
        style = "chicago-authordate" if "authordate" in options else "chicago-notes"
    styles = known()["styles"]
    if any(style.startswith(one) for one in styles["footnote"]):
        return "note"
    return "parentheses"


def _within(
    reading: Reading,
    token: Token,
    groups: list[_Group],
    pre: list[Token],
    post: list[Token],
    how: str,
) -> list[Token]:
    """Return the tokens of citations with the words around them."""
    found: list[Token] = []
    brackets = how.startswith("parentheses")
    note = "note" in how
    if brackets:
        found += reading.generate("(", token)
    if pre:
        found += [*pre, made(COMMAND, " ", token)]
    first = True
    for before, keys, behind in groups:
        for at, key in enumerate(keys):
            if not first:
                found += reading.generate("; ", token)
            first = False
            if at == 0 and before:
                found += [*before, made(COMMAND, " ", token)]
            last = at == len(keys) - 1
            found += _one(reading, token, key, behind if last else [], how)
    if post:
        found += [*reading.generate(", ", token), *post]
    if brackets:
        found += reading.generate(")", token)
    elif (
        note
        and "\\" not in written(found[-1:])
        and not written(found[-2:]).rstrip("}").endswith(".")
    ):
        found += reading.generate(".", token)
    return found


def _one(reading: Reading, token: Token, key: str, behind: list[Token], how: str) -> list[Token]:
    """Return the tokens of one citation, with the place cited."""
    entry = works(reading).get(key)
    if key in reading.items and entry is None:
        found = reading.generate(f"[{reading.items[key]}", token)
        if behind:
            found += [*reading.generate(", ", token), *behind]
        return [*found, *reading.generate("]", token)]
    if entry is None:
        _unknown(reading, token, key)
        return [made(WORDS, f"[{key}?]", token)]
    if how == "words":
        year = entry.get("year", "date")[:4]
        found = reading.generate(f"{authors(entry, short=True)} ({year}", token)
        if behind:
            found += [*reading.generate(", ", token), *behind]
        return [*found, *reading.generate(")", token)]
    if how in ("author", "title", "year"):
        latex = {
            "author": authors(entry, short=True),
            "title": titled(entry),
            "year": entry.get("year", "date")[:4],
        }[how]
    elif "note" in how or how == "full" or (how == "plain" and _auto(reading) == "note"):
        latex = full(entry)
    else:
        latex = f"{authors(entry, short=True)} {entry.get('year', 'date')[:4]}".strip()
    found = reading.generate(latex, token)
    if behind:
        found += [*reading.generate(", ", token), *behind]
    return found


def _unknown(reading: Reading, token: Token, key: str) -> None:
    line = token.tape.line(token.start)
    reading.trouble(
        f"the work “{key[:60]}” cited in line {line} is in no bibliography of the file: add it, or "
        "put the .bib file beside the main file",
        line,
    )


def works(reading: Reading) -> dict[str, Entry]:
    """Return the works of the databases beside the file, by their keys."""
    if reading.works is None:
        reading.works = {}
        for path in sorted(reading.files.beside):
            if path.lower().endswith(".bib"):
                text = reading.files.text(path)
                for key, entry in parse(text or "").items():
                    reading.works.setdefault(key, entry)
    return reading.works


def authors(entry: Entry, *, short: bool = False, reverse: bool = False) -> str:
    """Return the authors (or editors) of a work, in LaTeX."""
    people = names(entry.get("author") or entry.get("editor") or entry.get("organization"))
    if not people:
        return ""
    if short:
        listed = [family for _, family in people]
    else:
        listed = [f"{given} {family}".strip() for given, family in people]
        if reverse:
            given, family = people[0]
            listed[0] = f"{family}, {given}" if given else family
    if len(listed) > 3:
        return f"{listed[0]} et al."
    if len(listed) > 1:
        return f"{', '.join(listed[:-1])} and {listed[-1]}"
    return listed[0]


def titled(entry: Entry) -> str:
    """Return the title of a work: in italics, or between quotation marks within another."""
    title = entry.get("title")
    subtitle = entry.get("subtitle")
    words = f"{title}: {subtitle}" if subtitle else title
    if not words:
        return ""
    if entry.kind in ("article", "incollection", "inbook", "inproceedings", "unpublished", "misc"):
        return f"\\textquotedblleft{{}}{words}\\textquotedblright{{}}"
    return f"\\emph{{{words}}}"


def full(entry: Entry, *, reverse: bool = False) -> str:
    """Return a work as a note cites it: author, title, where and when, in LaTeX."""
    parts = [authors(entry, reverse=reverse), titled(entry)]
    journal = entry.get("journaltitle", "journal")
    book = entry.get("booktitle", "maintitle")
    year = entry.get("year", "date")[:4]
    if journal:
        where = f"\\emph{{{journal}}}"
        volume, number = entry.get("volume"), entry.get("number", "issue")
        where += f" {volume}" if volume else ""
        where += f", no. {number}" if number else ""
        where += f" ({year})" if year else ""
        pages = entry.get("pages")
        parts.append(f"{where}: {pages}" if pages else where)
    else:
        if book:
            parts.append(f"in \\emph{{{book}}}")
        house = ": ".join(
            one
            for one in (
                entry.get("location", "address"),
                entry.get("publisher", "institution", "school"),
            )
            if one
        )
        imprint = ", ".join(one for one in (house, year) if one)
        found = ", ".join(part for part in parts if part)
        return f"{found} ({imprint})" if imprint else found
    return ", ".join(part for part in parts if part)


# --- the bibliography ------------------------------------------------------------------------


def no_cite(reading: Reading, token: Token) -> None:
    r"""\nocite{keys}: works for the bibliography alone."""
    keys = [key.strip() for key in written(reading.argument()).split(",") if key.strip()]
    reading.cited.update(dict.fromkeys(works(reading) if "*" in keys else keys))


def resource(reading: Reading, token: Token) -> None:
    r"""\addbibresource{file}: its works may be cited."""
    reading.optional()
    _named(reading, token, written(reading.argument()))


def _named(reading: Reading, token: Token, listed: str) -> None:
    for name in listed.split(","):
        path = path_of(name, ".bib")
        if name.strip() and (not path or path not in reading.files.beside):
            line = token.tape.line(token.start)
            reading.trouble(
                f"the bibliography “{name.strip()[:80]}” named in line {line} is not there: put it "
                "beside the main file",
                line,
            )


def print_works(reading: Reading, token: Token) -> None:
    r"""\printbibliography[title={…}], \bibliography{files}: the works that were cited."""
    options = written(reading.optional() or [])
    if token.text == "bibliography":
        _named(reading, token, written(reading.argument()))
    if reading.mute:
        return
    available = works(reading)
    entries = [available[key] for key in reading.cited if key in available]
    for option in ("keyword", "type", "nottype", "notkeyword"):
        match = re.search(rf"\b{option}\s*=\s*\{{?([^,{{}}\]]+)", options)
        if match and match[0].startswith(option):
            entries = [one for one in entries if _chosen(one, option, match[1].strip())]
    if not entries:
        return
    title = re.search(r"\btitle\s*=\s*(?:\{([^{}]*)\}|([^,\]]*))", options)
    own = reading.macros.get("bibname" if reading.by_chapter else "refname")
    if "heading=none" not in options.replace(" ", ""):
        words = (title[1] or title[2]) if title else written(list(own.body)) if own else ""
        level = 3
        if "heading=sub" in options.replace(" ", ""):
            level = 4
        elif reading.by_chapter:
            level = 2
        reading.heading(words or reading.name_of("bibliography"), token, level)
    tokens: list[Token] = []
    for entry in sorted(entries, key=_sorting):
        tokens += reading.generate(f"{full(entry, reverse=True)}.", token)
        tokens.append(made(COMMAND, "par", token))
    reading.back(*tokens)


def _chosen(entry: Entry, option: str, wanted: str) -> bool:
    """Return whether a work belongs to a part of the bibliography."""
    words = [one.strip() for one in entry.get("keywords").split(",")]
    met = entry.kind == wanted if "type" in option else wanted in words
    return met != option.startswith("not")


def _sorting(entry: Entry) -> tuple[str, str, str]:
    people = names(entry.get("author") or entry.get("editor"))
    first = " ".join(f"{family} {given}" for given, family in people)
    words = _LETTERS.sub("", f"{first or entry.get('title')}").casefold()
    return words, entry.get("year", "date"), entry.key


def bib_item(reading: Reading, token: Token) -> None:
    r"""\bibitem[label]{key}: the next entry of a bibliography."""
    reading.optional()
    reading.argument()
    reading.paragraph(token)


def items_of(text: str) -> dict[str, str]:
    """Return the labels of the entries of a ``thebibliography``, by their keys."""
    found: dict[str, str] = {}
    for match in re.finditer(r"\\bibitem\s*(?:\[([^\]]*)\])?\s*\{([^{}]*)\}", text):
        label = re.sub(r"[{}]", "", match[1] or "")
        found.setdefault(match[2].strip(), label or str(len(found) + 1))
    return found


def handlers() -> dict[str, Callable[[Reading, Token], None]]:
    """Return the commands that cite, by their names."""
    return {
        **dict.fromkeys(known()["cites"], cite),
        "nocite": no_cite,
        "addbibresource": resource,
        "addglobalbib": resource,
        "printbibliography": print_works,
        "bibliography": print_works,
        "bibitem": bib_item,
    }
