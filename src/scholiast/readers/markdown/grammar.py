"""The grammar of the Markdown that scholars write, with positions kept.

markdown-it-py parses CommonMark with tables; here it is taught to say where
in the source each inline token stands, where each line of a block begins
behind its quotation and list marks, to call notes that no one defined, to
define notes that no one calls, and to pass over attributes and the fences of
divisions.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import chain
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_def

BlockRule = Callable[[StateBlock, int, int, bool], bool]
InlineRule = Callable[[StateInline, bool], bool]

#: How deep quotations and lists may be nested; deeper text is kept as plain paragraphs.
DEEPEST_BLOCK: Final = 60
#: How deep links, emphasis and inline notes may be nested; deeper is plain text.
DEEPEST_INLINE: Final = 20

#: A note mark, and the labels believed to be one even where no note has them.
_CALL: Final = re.compile(r"\[\^([^\s\[\]]{1,200})\]")
_LABEL: Final = re.compile(r"[\w*†‡§][\w*†‡§.:-]{0,60}")
#: Lines that are no text: pandoc's divisions, kramdown's attributes, tags of templates.
_NO_TEXT: Final = re.compile(
    r":{3,}[ \t]*(?:\{[^{}\n]*\}|[\w-]+)?[ \t]*:*[ \t]*|\{:[^{}\n]*\}[ \t]*|\{%[^\n]*%\}[ \t]*"
)
#: Attributes of a picture, link or span: ``{.smallcaps}``, ``{width="6in"}``.
_ATTRIBUTES: Final = re.compile(r"\{:?[ \t]*(?:[#.][\w-]|[\w-]+=)[^{}\n]*\}")
#: What looks like the definition of a link, but whose label is that of a note.
_TYPED_NOTE: Final = re.compile(r"\[(?:\d{1,4}|[*†‡§]+)\]:[ \t]*(\S*)")
_ADDRESS: Final = re.compile(r"[/#<@]|:\S|\.\w{2,5}$")
#: The inline rules by the character they begin with; all other text is plain.
_STARTS: Final = {
    "\n": ["newline"],
    "\\": ["escape"],
    "`": ["backticks"],
    "*": ["emphasis"],
    "_": ["emphasis"],
    "[": ["callout", "link", "span"],
    "^": ["inline_note"],
    "!": ["image"],
    "<": ["autolink", "html_inline"],
    "&": ["entity"],
}
_PLAIN: Final = re.compile(r"[^\n\\`*_\[^!<&]+")
#: Which blocks each block may break into.
_BREAKS: Final = {
    "table": ["paragraph", "reference"],
    "code": [],
    "fence": ["paragraph", "reference", "blockquote", "list"],
    "html_block": ["paragraph", "reference", "blockquote"],
    "heading": ["paragraph", "reference", "blockquote"],
    "lheading": [],
    "paragraph": [],
}
_NESTING: Final = {
    "blockquote": ["paragraph", "reference", "blockquote", "list"],
    "list": ["paragraph", "reference", "blockquote"],
}


@cache
def grammar() -> MarkdownIt:
    """Return the parser; it keeps nothing between two texts."""
    md = MarkdownIt("commonmark", {"maxNesting": DEEPEST_BLOCK}).enable("table")
    rules = {rule.name: rule.fn for rule in md.block.ruler.__rules__}
    for name, breaks in _BREAKS.items():
        md.block.ruler.at(name, _located(rules[name]), {"alt": breaks})
    for name, breaks in _NESTING.items():
        md.block.ruler.at(name, _shallow(rules[name]), {"alt": breaks})
    md.block.ruler.at("reference", _reference(rules["reference"]), {"alt": []})
    everywhere = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("reference", "note", _note, {"alt": everywhere})
    md.block.ruler.before("note", "no_text", _no_text, {"alt": everywhere})
    md.inline = _Inline()
    md.inline.ruler.before("link", "callout", _callout)
    md.inline.ruler.before("link", "inline_note", _inline_note)
    md.inline.ruler.before("link", "span", _span)
    for name in ("link", "image"):
        rule = next(rule.fn for rule in md.inline.ruler.__rules__ if rule.name == name)
        md.inline.ruler.at(name, _with_attributes(rule))
    md.inline.ruler.enableOnly(["text", *dict.fromkeys(chain(*_STARTS.values()))])
    md.inline.ruler2.enableOnly(["balance_pairs", "emphasis"])
    return md


def parse_blocks(source: str) -> tuple[list[Token], dict[str, object]]:
    """Return the block tokens of a source, and what inline text refers to.

    Each token of a leaf block has ``meta["lines"]``: (first character that is
    no blank, end) of each of its lines.
    """
    tokens: list[Token] = []
    known: dict[str, object] = {}
    md = grammar()
    md.options["maxNesting"] = DEEPEST_BLOCK
    md.block.parse(source, md, known, tokens)
    return tokens, known


def parse_inline(content: str, known: dict[str, object]) -> list[Token]:
    """Return the inline tokens of a block's content, each with its span in ``meta["at"]``."""
    tokens: list[Token] = []
    md = grammar()
    md.options["maxNesting"] = DEEPEST_INLINE
    md.inline.parse(content, md, known, tokens)
    return tokens


class _Inline(ParserInline):
    """The inline parser, which stamps every token with its span in the content."""

    def tokenize(self, state: StateInline) -> None:
        """Make the tokens of a stretch of content; text is not held back between rules."""
        end = state.posMax
        deep = state.level >= state.md.options["maxNesting"]
        starts = _rules_by_start() if not deep else {}
        while state.pos < end:
            start, before = state.pos, len(state.tokens)
            plain = _PLAIN.match(state.src, start, end)
            rules = starts.get(state.src[start], ())
            if plain is not None:
                state.pending, state.pos = plain.group(), plain.end()
            elif not any(rule(state, False) for rule in rules):
                state.pending, state.pos = state.src[start], start + 1
            if state.pending:
                state.pushPending()
            _stamp(state.tokens, before, start, state.pos)


@cache
def _rules_by_start() -> dict[str, list[InlineRule]]:
    """Return the inline rules by the character they begin with, in their order."""
    rules = {rule.name: rule.fn for rule in grammar().inline.ruler.__rules__}
    return {start: [rules[name] for name in names] for start, names in _STARTS.items()}


def _stamp(tokens: list[Token], before: int, start: int, end: int) -> None:
    """Give the new tokens their span; a run of emphasis marks is one token a mark."""
    new = [token for token in tokens[before:] if "at" not in token.meta]
    run = len(new) == end - start and all(token.type == "text" for token in new)
    for number, token in enumerate(new):
        token.meta["at"] = (start + number, start + number + 1) if run else (start, end)


def _located(rule: BlockRule) -> BlockRule:
    """Return a block rule whose tokens know where their lines begin and end."""

    def located(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        before = len(state.tokens)
        if not rule(state, start, end, silent):
            return False
        for token in state.tokens[before:]:
            if token.map and token.type not in ("table_open", "thead_open", "tbody_open"):
                token.meta["lines"] = [
                    (state.bMarks[line] + state.tShift[line], state.eMarks[line])
                    for line in range(*token.map)
                ]
        return True

    return located


def _shallow(rule: BlockRule) -> BlockRule:
    """Return a rule that opens nothing near the deepest level, so that the text is kept."""

    def shallow(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return state.level < DEEPEST_BLOCK - 4 and rule(state, start, end, silent)

    return shallow


def _note(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read the definition of a note, and remember where its mark stands."""
    before = len(state.tokens)
    first = state.bMarks[start] + state.tShift[start]
    if state.level >= DEEPEST_BLOCK - 4:
        return False
    if not footnote_def(state, start, end, silent):
        return False
    if not silent:
        opening = state.tokens[before]
        opening.meta["at"] = (first, first + len(opening.meta["label"]) + len("[^]:"))
    return True


def _no_text(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Pass over a line that is no text: one that opens or closes a division, a template's tag."""
    first = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or not state.src.startswith((":::", "{:", "{%"), first):
        return False
    if not _NO_TEXT.fullmatch(state.src, first, state.eMarks[start]):
        return False
    if not silent:
        state.line = start + 1
    return True


def _reference(rule: BlockRule) -> BlockRule:
    """Return the rule of link definitions, which leaves ``[2]: Ibid.`` alone: it is a note."""

    def reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        first = state.bMarks[start] + state.tShift[start]
        note = _TYPED_NOTE.match(state.src, first, state.eMarks[start])
        if note and not _ADDRESS.search(note.group(1)):
            return False
        return rule(state, start, end, silent)

    return reference


def _callout(state: StateInline, silent: bool) -> bool:
    """Read a note mark, whether or not a note answers to it."""
    match = _CALL.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    label = match.group(1)
    defined = f":{label}" in state.env.get("footnotes", {}).get("refs", {})
    if not defined and not _LABEL.fullmatch(label):
        return False
    if not silent:
        state.push("callout", "", 0).meta["label"] = label
    state.pos = match.end()
    return True


def _with_attributes(rule: InlineRule) -> InlineRule:
    """Return the rule of links or pictures that takes the attributes behind them along."""

    def with_attributes(state: StateInline, silent: bool) -> bool:
        if not rule(state, silent):
            return False
        match = _ATTRIBUTES.match(state.src, state.pos, state.posMax)
        if match is not None:
            state.pos = match.end()
        return True

    return with_attributes


def _span(state: StateInline, silent: bool) -> bool:
    """Read a span of text with attributes: ``[Mao]{.smallcaps}``; only the text stays."""
    start, end = state.pos, state.posMax
    close = state.md.helpers.parseLinkLabel(state, start)
    match = _ATTRIBUTES.match(state.src, close + 1, end) if close >= 0 else None
    if match is None:
        return False
    if not silent:
        state.pos, state.posMax = start + 1, close
        state.push("span_open", "", 1)
        state.md.inline.tokenize(state)
        state.push("span_close", "", -1)
    state.pos, state.posMax = match.end(), end
    return True


def _inline_note(state: StateInline, silent: bool) -> bool:
    """Read a note that stands where it is called: ``^[Smith, 12.]``."""
    start, end = state.pos, state.posMax
    if not state.src.startswith("^[", start) or start + 2 >= end:
        return False
    close = state.md.helpers.parseLinkLabel(state, start + 1)
    if close < 0:
        return False
    if not silent:
        state.pos, state.posMax = start + 2, close
        state.push("inline_note_open", "", 1).meta["at"] = (start, start + 2)
        state.md.inline.tokenize(state)
        state.push("inline_note_close", "", -1).meta["at"] = (close, close + 1)
    state.pos, state.posMax = close + 1, end
    return True
