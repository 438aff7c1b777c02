"""A copy of a file with its findings set beside the words: one function for all formats."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from scholiast.model import Document, Finding, Source
from scholiast.report.annotate_error import AnnotateError

__all__ = ["AnnotateError", "annotate", "cautions"]


def annotate(
    document: Document,
    findings: Iterable[Finding],
    source: Source,
    *,
    output: str = "",
    author: str = "Scholiast",
    date: datetime | None = None,
    password: str = "",
) -> dict[str, bytes]:
    """Return the annotated copy of a file under the name ``output`` (default: its own).

    Findings about other documents are passed over. Word files, OpenDocument texts and RTF get
    comments, TEI notes, PDFs highlights with notes, Markdown and LaTeX comments of their own,
    plain text remarks in double brackets. ``password`` opens an encrypted PDF. Raises
    ``AnnotateError``, in one line, for what cannot be annotated.
    """
    name = output or source.name
    if document.format == "docx" or source.name.lower().endswith((".docx", ".docm", ".dotx")):
        from scholiast.report.annotate_docx import annotate_docx

        return {name: annotate_docx(document, findings, source.data, author=author, date=date)}
    if document.format == "odt":
        from scholiast.report.annotate_odt import annotate_odt

        return {name: annotate_odt(document, findings, source.data, author=author, date=date)}
    if document.format == "tei":
        from scholiast.report.annotate_tei import annotate_tei

        return {name: annotate_tei(document, findings, source.data)}
    if document.format == "rtf":
        from scholiast.report.annotate_rtf import annotate_rtf

        return {name: annotate_rtf(document, findings, source.data, author=author, date=date)}
    if document.format == "pdf":
        from scholiast.report.annotate_pdf import annotate_pdf

        made = annotate_pdf(
            document, findings, source.data, author=author, date=date, password=password
        )
        return {name: made}
    if document.format in ("md", "txt"):
        from scholiast.report.annotate_text import annotate_text

        return {name: annotate_text(document, findings, source.data)}
    if document.format == "latex":
        from scholiast.report.annotate_latex import annotate_latex

        return {name: annotate_latex(document, findings, source.data)}
    kind = document.format or "unknown"
    raise AnnotateError(f"{source.name}: files of this kind ({kind}) cannot be annotated")


def cautions(document: Document, source: Source) -> tuple[str, ...]:
    """Return what a person must know who uses the annotated copy of a file, each in one line."""
    if document.format != "pdf":
        return ()
    from scholiast.report import annotate_pdf

    return annotate_pdf.cautions(source.name, source.data)
