"""What people decided about findings, and the name by which a finding is known.

Decisions live in ``decisions.toml``, the truth; they attach by words and
context, never by offsets, and never to a look-alike.
"""

from __future__ import annotations

import hashlib

from scholiast.text import key

#: Length of a finding's id in hexadecimal digits.
ID_LENGTH = 12


def finding_id(code: str, quote: str, context: str, ordinal: int = 0) -> str:
    """Return the stable name of a finding: 12 hexadecimal digits.

    It is taken from the code and the folded words and context, so it stands
    while they do, wherever they move. ``ordinal`` counts from 0 the findings
    of one document that have the same code, words and context.
    """
    words = "\x1f".join((code, key(quote), key(context), str(ordinal)))
    digest = hashlib.sha256(words.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:ID_LENGTH]
