"""Scholiast follows the claims of footnoted scholarship to the page they stand on.

The public Python API, loaded lazily (PEP 562), so that ``import scholiast``
costs next to nothing:

>>> import scholiast
>>> document = scholiast.read("manuscript.docx")       # doctest: +SKIP
>>> for finding in scholiast.check("manuscript.docx"):  # doctest: +SKIP
...     print(finding)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOMES = {
    "read": "scholiast.api",
    "check": "scholiast.api",
    "Case": "scholiast.case",
    "Document": "scholiast.model",
    "Finding": "scholiast.model",
    "Settings": "scholiast.config",
}

__all__ = ["Case", "Document", "Finding", "Settings", "__version__", "check", "read"]

if TYPE_CHECKING:
    from scholiast.api import check, read
    from scholiast.case import Case
    from scholiast.config import Settings
    from scholiast.model import Document, Finding


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'scholiast' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
