"""Print a PDF and scan it, badly: ``python -m tools.scan FILE.pdf -o SCAN.pdf --wear heavy``.

The pages are rendered, turned, blurred, lit unevenly, specked and compressed,
and come back as a PDF that holds pictures and no text. The same seed gives the
same scan.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

_WHITE: Final = 255
_POINTS: Final = 72
#: The noise of a grey level is the mean of so many random bytes (nearly a bell curve).
_BYTES_OF_NOISE: Final = 3
#: Standard deviation of such a mean.
_SPREAD: Final = 255 / 12**0.5 / _BYTES_OF_NOISE**0.5


@dataclass(frozen=True, slots=True)
class Wear:
    """What befell a page between the press and the file."""

    skew: float = 0.0  # degrees at most, either way
    blur: float = 0.0  # radius in pixels at 300 dpi
    noise: float = 0.0  # standard deviation of the grey levels, of 255
    shade: int = 0  # how much darker the paper is at one edge
    ink: int = 0  # how light the blackest ink has become
    specks: int = 0  # specks of dust on a page
    quality: int = 95  # of the JPEG


#: The degrees that are measured, from a clean print to a photocopy of a photocopy.
WEARS: Final[dict[str, Wear]] = {
    "clean": Wear(),
    "light": Wear(skew=0.5, blur=0.6, noise=4, shade=10, ink=20, specks=20, quality=85),
    "medium": Wear(skew=1.0, blur=0.9, noise=8, shade=30, ink=40, specks=80, quality=75),
    "heavy": Wear(skew=1.5, blur=1.3, noise=14, shade=60, ink=60, specks=250, quality=60),
}


def scan(
    data: bytes,
    wear: Wear,
    *,
    seed: int = 0,
    dpi: int = 300,
    pages: Sequence[int] | None = None,
) -> bytes:
    """Return a PDF as a scan of its print; ``pages`` are the numbers of those wanted, from 0."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        wanted = range(len(document)) if pages is None else pages
        worn = []
        for number in wanted:
            image = document[number].render(scale=dpi / _POINTS, grayscale=True).to_pil()
            worn.append(_jpeg(_worn(image, wear, dpi, random.Random(f"{seed} {number}")), wear))
    finally:
        document.close()
    return _bound(worn, dpi)


def _worn(image: Image, wear: Wear, dpi: int, chance: random.Random) -> Image:
    """Return the picture of a page after what befell it."""
    from PIL import Image, ImageChops, ImageFilter

    image = image.convert("L")
    if wear.skew:
        angle = chance.choice((-1, 1)) * chance.uniform(0.6, 1.0) * wear.skew
        image = image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=_WHITE)
    if wear.ink:
        image = image.point([wear.ink + level * (_WHITE - wear.ink) // _WHITE for level in _LEVELS])
    for _ in range(wear.specks):
        _speck(image, dpi, chance)
    if wear.blur:
        image = image.filter(ImageFilter.GaussianBlur(wear.blur * dpi / 300))
    if wear.shade:
        ramp = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270)))
        ramp = ramp.point([level * wear.shade // _WHITE for level in _LEVELS])
        image = ImageChops.subtract(image, ramp.resize(image.size))
    if wear.noise:
        factor = wear.noise / _SPREAD
        grain = [int((level - 127.5) * factor + 127.5) for level in _LEVELS]
        image = ImageChops.add(image, _noise(image.size, chance).point(grain), 1, -127)
    return image


_LEVELS: Final = range(_WHITE + 1)


def _noise(size: tuple[int, int], chance: random.Random) -> Image:
    """Return a picture of noise around the middle grey."""
    from PIL import Image

    def layer() -> Image.Image:
        return Image.frombytes("L", size, chance.randbytes(size[0] * size[1]))

    first = Image.blend(layer(), layer(), 0.5)
    return Image.blend(first, layer(), 1 / _BYTES_OF_NOISE)


def _speck(image: Image, dpi: int, chance: random.Random) -> None:
    """Put one speck of dust on a page."""
    from PIL import ImageDraw

    x, y = chance.uniform(0, image.width), chance.uniform(0, image.height)
    size = chance.uniform(0.5, 2.0) * dpi / 300
    ImageDraw.Draw(image).ellipse((x, y, x + size, y + size * chance.uniform(0.6, 1.6)), fill=40)


def _jpeg(image: Image, wear: Wear) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=wear.quality)
    return out.getvalue()


def _bound(pages: Sequence[bytes], dpi: int) -> bytes:
    """Return a PDF of pictures."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in pages:
        picture = ImageReader(io.BytesIO(page))
        width, height = (side * _POINTS / dpi for side in picture.getSize())
        canvas.setPageSize((width, height))
        canvas.drawImage(picture, 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the scan of a PDF."""
    parser = argparse.ArgumentParser(prog="python -m tools.scan", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--wear", choices=sorted(WEARS), default="medium")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--dpi", type=int, default=300)
    options = parser.parse_args(arguments)
    data = scan(options.file.read_bytes(), WEARS[options.wear], seed=options.seed, dpi=options.dpi)
    options.output.write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
