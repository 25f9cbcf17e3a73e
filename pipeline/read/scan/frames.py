"""From the bytes of a picture file, or a page of a PDF, to pixels of the size that this room works on."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from io import BytesIO

import cv2
import numpy as np
from PIL import Image, ImageOps, ImageSequence

from pipeline.read.given import Unreadable
from pipeline.read.pdf.geometry import Box
from pipeline.read.pdf.pdfium import OpenPage, TooMuch
from pipeline.read.scan.colour import Coloured, Tinted, tinted

MAX_PIXELS = 120_000_000  # of a picture as it comes; a page of A4 at 600 dpi has 35 million
MAX_WORKED = 16_000_000  # of a page as it is worked on; A4 has 4 million

SINGLE = ("GIF", "MPO")  # formats in which what follows is no page: a film, or previews of the first

_LONG, _SHORT = 2339, 1654  # pixels of the sides of A4 at 200 dpi
_A4 = math.sqrt(2)  # a picture that is longer than this for its width is several pages below one another
_SAME = 0.005  # of its size: a picture that differs by less stays, as sizing it makes it less sharp
_SLACK = 1.02  # of scans of A4, which are not cut to the pixel


def frames(data: bytes) -> Iterator[Coloured]:
    """The pages of a picture file, upright as its camera noted, in their own pixels. Raises Unreadable."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data)) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise Unreadable(
                        "too_large",
                        f"The picture has {picture.width} x {picture.height} pixels; at most {MAX_PIXELS} are read.",
                    )
                if picture.format in SINGLE:
                    yield _frame(picture)
                    return
                for frame in ImageSequence.Iterator(picture):
                    yield _frame(frame)
    except Image.DecompressionBombError as error:
        raise Unreadable("too_large", f"The picture is larger than any page: {error}.") from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise Unreadable("damaged_document", f"The picture is cut off or damaged: {error}.") from error


def _frame(picture: Image.Image) -> Coloured:
    shown = ImageOps.exif_transpose(picture).convert("RGBA")
    paper = Image.new("RGBA", shown.size, "white")
    plain = np.asarray(Image.alpha_composite(paper, shown).convert("RGB"), np.uint8)[:, :, ::-1]
    return np.ascontiguousarray(plain)


def of_page(page: OpenPage) -> Tinted:
    """A page of a PDF as it is shown. Raises `TooMuch`."""
    width, height = page.size
    scale = _scale(width, height)
    if width * height * scale * scale > MAX_WORKED:
        raise TooMuch(f"it is {width:.0f} by {height:.0f} points large")
    columns, rows, pixels = page.coloured(scale)
    return tinted(np.frombuffer(pixels, np.uint8).reshape(rows, columns, 3), 1 / scale)


def within(page: Tinted, box: Box) -> Tinted:
    """The page with blank paper around a box, which is given in the page's own units."""
    rows = slice(max(0, int(box.top / page.unit)), int(box.bottom / page.unit) + 1)
    columns = slice(max(0, int(box.left / page.unit)), int(box.right / page.unit) + 1)
    grey, red, hidden = np.full_like(page.grey, 255), np.zeros_like(page.red), np.zeros_like(page.hidden)
    for part, whole in ((grey, page.grey), (red, page.red), (hidden, page.hidden)):
        part[rows, columns] = whole[rows, columns]
    return Tinted(grey, red, hidden, page.unit)


def worked(page: Coloured, most: int = MAX_WORKED) -> Tinted:
    """A page of a picture in the size that is worked on. Raises Unreadable where that is more than `most` pixels."""
    height, width = page.shape[:2]
    scale = _scale(width, height) if width <= _SLACK * _A4 * height else _scale_of_part(width)
    if width * height * scale * scale > most:
        raise Unreadable("too_large", f"A picture of {width} x {height} pixels is no page of a report.")
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    sized = page if abs(scale - 1) < _SAME else cv2.resize(page, None, fx=scale, fy=scale, interpolation=way)
    return tinted(np.asarray(sized, np.uint8), width / sized.shape[1])


def _scale(width: float, height: float) -> float:
    """What brings a page to the size of A4 at 200 dpi; one that is longer than A4, to its width."""
    short, long = min(width, height), max(width, height)
    return _LONG / max(1.0, min(long, short * _A4))


def _scale_of_part(width: float) -> float:
    """What brings a picture that is wider than a page, as of one table, to the width of a page, upright or lying."""
    return max(min(1.0, _LONG / width), _SHORT / width)
