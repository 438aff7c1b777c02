"""The tesseract program: whether it is there, the languages it has, running it on a picture."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from scholiast.readers.recognition.image import Grey
from scholiast.readers.recognition.words import Letter, Word, letters, words

#: Seconds in which the program must tell its version and languages.
_SECONDS_TO_TELL: Final = 20
#: How the page is divided: 3, into columns and blocks by itself; 13, as one line, as it is.
WHOLE_PAGE: Final = 3
RAW_LINE: Final = 13


class RecognitionError(Exception):
    """A page could not be recognised; the message says why, in words for a user."""


@dataclass(frozen=True, slots=True)
class Tesseract:
    """An installed tesseract and the languages it has."""

    path: str
    languages: frozenset[str]

    def read(
        self,
        image: Grey,
        languages: Sequence[str],
        *,
        dpi: int,
        seconds: float,
        division: int = WHOLE_PAGE,
    ) -> list[Word]:
        """Return the words of a picture with their boxes.

        Raises ``RecognitionError`` where the program fails or takes too long.
        """
        settings = ["tessedit_create_tsv=1"]
        return words(self._told(image, languages, dpi, division, settings, seconds))

    def letters(
        self, image: Grey, language: str, *, dpi: int, seconds: float, only: str = ""
    ) -> list[Letter]:
        """Return the single signs of a picture of one line; ``only`` are those allowed."""
        settings = ["tessedit_create_hocr=1", "hocr_char_boxes=1"]
        if only:
            settings.append(f"tessedit_char_whitelist={only}")
        if language not in self.languages:
            language = min(self.languages - {"osd"}, default="eng")
        return letters(self._told(image, [language], dpi, RAW_LINE, settings, seconds))

    def _told(
        self,
        image: Grey,
        languages: Sequence[str],
        dpi: int,
        division: int,
        settings: Sequence[str],
        seconds: float,
    ) -> str:
        """Return what the program writes of a picture."""
        command = [self.path, "stdin", "stdout", "-l", "+".join(languages), "--dpi", str(dpi)]
        command += ["--psm", str(division)]
        for setting in settings:
            command += ["-c", setting]
        done = _run(command, image.pgm(), seconds)
        if done.returncode:
            why = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise RecognitionError(f"tesseract failed: {why[-1] if why else 'it does not say why'}")
        return done.stdout.decode("utf-8", "replace")


def installed() -> Tesseract | None:
    """Return the tesseract found on the path with its languages, or None."""
    path = shutil.which("tesseract")
    if path is None:
        return None
    try:
        told = _run([path, "--list-langs"], b"", _SECONDS_TO_TELL)
    except RecognitionError:
        return None
    lines = told.stdout.decode("utf-8", "replace").splitlines()
    # The first line is a heading; old versions write the list to the other stream.
    lines = lines or told.stderr.decode("utf-8", "replace").splitlines()
    return Tesseract(path, frozenset(line.strip() for line in lines[1:] if line.strip()))


def _run(command: list[str], data: bytes, seconds: float) -> subprocess.CompletedProcess[bytes]:
    """Run the program on one core (many pages are read at a time, not one by many cores)."""
    try:
        return subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired:
        raise RecognitionError(f"recognition took more than {seconds:g} seconds") from None
    except OSError as error:
        raise RecognitionError(f"tesseract cannot be started: {error.strerror}") from None
