"""The one error of annotating."""

from __future__ import annotations


class AnnotateError(ValueError):
    """The file cannot be annotated; the message says why, in one line."""
