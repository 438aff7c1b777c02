"""The words that open a reference: how a note begins when it is not with a name."""

from __future__ import annotations

import re
from typing import Final

from scholiast.data import table

SIGNAL: Final = re.compile(
    "|".join(re.escape(word) for word in table("signals")["opening"]), re.IGNORECASE
)
