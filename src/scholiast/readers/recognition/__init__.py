"""Recognition of scanned pages: pictures of pages become the pages of placed words.

``recognise`` is all there is to call. It fills the same page model that the
characters of a PDF fill, so that columns, notes, running heads and paragraphs
are found by the same rules. Tesseract reads the letters; what it reads badly,
raised note marks, is found and read before (``marks``, ``numbers``).
"""

from __future__ import annotations

from scholiast.readers.recognition.scans import recognise

__all__ = ["recognise"]
