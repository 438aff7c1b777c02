"""The tesseract program: whether it is there, the languages it has, running it on a picture."""

from __future__ import annotations

import math
import os
import re
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from scholiast.readers.recognition.image import Grey
from scholiast.readers.recognition.words import Letter, Word, letters, words

#: Seconds in which the program must tell its version and languages.
_SECONDS_TO_TELL: Final = 20
#: The data that tell how a page lies.
_ORIENTATION: Final = "osd"
_ROTATE: Final = re.compile(
    r"^Rotate: (0|90|180|270)$.*?^Orientation confidence: (\d+(?:\.\d+)?)$", re.M | re.S
)
#: How the page is divided: 0, not at all, only how it lies is told; 3, into columns and blocks
#: by itself; 6, into the lines of one block; 13, as one line, as it is.
ONLY_ORIENTATION: Final = 0
WHOLE_PAGE: Final = 3
ONE_BLOCK: Final = 6
RAW_LINE: Final = 13


class RecognitionError(Exception):
    """A page could not be recognised; the message says why, in words for a user."""


@dataclass(frozen=True, slots=True)
class Tesseract:
    """An installed tesseract and the languages it has."""

    path: str
    languages: frozenset[str]
    seconds: float = 60.0  # the time that is allowed
    until: float = math.inf  # when it is over

    def within(self, seconds: float) -> Tesseract:
        """Return the same program that has so many seconds from now on for all it is asked."""
        return replace(self, seconds=seconds, until=time.monotonic() + seconds)

    def read(
        self,
        image: Grey,
        languages: Sequence[str],
        *,
        dpi: int,
        division: int = WHOLE_PAGE,
    ) -> list[Word]:
        """Return the words of a picture with their boxes.

        Raises ``RecognitionError`` where the program fails or takes too long.
        """
        settings = ["tessedit_create_tsv=1"]
        return words(self._told(image, languages, dpi, division, settings))

    def letters(self, image: Grey, language: str, *, dpi: int, only: str = "") -> list[Letter]:
        """Return the single signs of a picture of one line; ``only`` are those allowed."""
        settings = ["tessedit_create_hocr=1", "hocr_char_boxes=1"]
        if only:
            settings.append(f"tessedit_char_whitelist={only}")
        if language not in self.languages:
            language = min(self.languages - {"osd"}, default="eng")
        return letters(self._told(image, [language], dpi, RAW_LINE, settings))

    def orientation(self, image: Grey, *, dpi: int) -> tuple[int, float]:
        """Return by how many degrees a page must be turned clockwise, and how sure that is.

        Nothing is sure without the data for it, or on a page with few letters.
        """
        if _ORIENTATION not in self.languages:
            return 0, 0.0
        try:
            told = self._told(image, [_ORIENTATION], dpi, ONLY_ORIENTATION, [])
        except RecognitionError:
            return 0, 0.0
        found = _ROTATE.search(told)
        return (int(found[1]), float(found[2])) if found else (0, 0.0)

    def _told(
        self,
        image: Grey,
        languages: Sequence[str],
        dpi: int,
        division: int,
        settings: Sequence[str],
    ) -> str:
        """Return what the program writes of a picture."""
        command = [self.path, "stdin", "stdout", "-l", "+".join(languages), "--dpi", str(dpi)]
        command += ["--psm", str(division)]
        for setting in settings:
            command += ["-c", setting]
        left = self.until - time.monotonic()
        if left <= 0:
            raise RecognitionError(self._late)
        try:
            done = _run(command, image.pgm(), left if left < math.inf else self.seconds)
        except subprocess.TimeoutExpired:
            raise RecognitionError(self._late) from None
        if done.returncode:
            why = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise RecognitionError(f"tesseract failed: {why[-1] if why else 'it does not say why'}")
        return done.stdout.decode("utf-8", "replace")

    @property
    def _late(self) -> str:
        return f"recognition took more than the {self.seconds:g} seconds that page-seconds allows"


def installed() -> Tesseract | None:
    """Return the tesseract found on the path with its languages, or None."""
    path = shutil.which("tesseract")
    if path is None:
        return None
    try:
        told = _run([path, "--list-langs"], b"", _SECONDS_TO_TELL)
    except (RecognitionError, subprocess.TimeoutExpired):
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
    except OSError as error:
        raise RecognitionError(f"tesseract cannot be started: {error.strerror}") from None
