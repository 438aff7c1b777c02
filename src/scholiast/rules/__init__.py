"""The rules: each is one function with its page and its examples; ``ALL`` lists them.

The order is that of the codes. A user's own rules are named in the
configuration and come after these.
"""

from __future__ import annotations

from typing import Final

from scholiast.rule import Rule
from scholiast.rules import (
    blanks,
    brackets,
    characters,
    copies,
    documents,
    note_marks,
    note_references,
    notes,
    quotation_marks,
    words,
)

ALL: Final[tuple[Rule, ...]] = tuple(
    sorted(
        (
            *documents.RULES,
            *characters.RULES,
            *copies.RULES,
            *words.RULES,
            *blanks.RULES,
            *quotation_marks.RULES,
            *brackets.RULES,
            *notes.RULES,
            *note_references.RULES,
            *note_marks.RULES,
        ),
        key=lambda rule: rule.code,
    )
)
