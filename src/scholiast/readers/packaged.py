"""What the readers of packages share: an empty file, and a package that cannot be read."""

from __future__ import annotations

from collections.abc import Callable

from scholiast.config import Settings
from scholiast.model import Document, Intake, Source, Trouble


def read_package(
    source: Source,
    settings: Settings,
    form: str,
    version: str,
    read: Callable[[Source, Settings, str], Intake],
) -> Intake:
    """Return what ``read`` makes of a package, given the id of its Document.

    Where it raises ``PackageError`` the Document is empty, and the Trouble says why.
    """
    from scholiast.packages.zip import PackageError
    from scholiast.readers import identity

    id_ = identity(source.data, version)
    nothing = Document(source.name, id_, form, language=settings.language)
    if not source.data:
        return Intake(nothing, troubles=(Trouble("empty-file"),))
    try:
        return read(source, settings, id_)
    except PackageError as error:
        return Intake(nothing, troubles=(Trouble("unreadable-file", str(error)),))
