"""A cell of a picture file as a person sees it, for who doubts what was read there."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

from pipeline.read.pdf.geometry import Box
from pipeline.read.scan.frames import SINGLE

_AROUND = 2.5  # heights of the cell that are shown around it
_FRAME = (200, 0, 0)
_WIDE = 4  # pixels
_HIGH = 60  # pixels that the cell has at least


def framed(pictures: Sequence[bytes | None], page: int, box: Box) -> bytes:
    """A PNG of `box`, in pixels of a page of the pictures as it is shown, with a frame around it and what is beside.

    Pages are counted over all pictures, as `pipeline.read.scan.together` counts them.
    """
    shown = _page(pictures, page)
    edge = _AROUND * box.height
    sides = (box.left - 3 * edge, box.top - edge, box.right + 3 * edge, box.bottom + edge)
    whole = (0, 0, shown.width, shown.height)
    left, top = (max(side, 0) for side in sides[:2])
    right, bottom = (min(side, most) for side, most in zip(sides[2:], whole[2:], strict=True))
    scale = max(1.0, _HIGH / max(box.height, 1.0))
    size = (round((right - left) * scale), round((bottom - top) * scale))
    part = shown.resize(size, Image.Resampling.BICUBIC, (left, top, right, bottom))
    corners = [
        ((box.left - left) * scale - _WIDE, (box.top - top) * scale - _WIDE),
        ((box.right - left) * scale + _WIDE, (box.bottom - top) * scale + _WIDE),
    ]
    ImageDraw.Draw(part).rectangle(corners, outline=_FRAME, width=_WIDE)
    out = BytesIO()
    part.save(out, "PNG")
    return out.getvalue()


def _page(pictures: Sequence[bytes | None], page: int) -> Image.Image:
    last = 0
    for data in pictures:
        before, last = last, last + _frames(data)
        if data is not None and page <= last:
            with Image.open(BytesIO(data)) as file:
                file.seek(page - before - 1)
                return ImageOps.exif_transpose(file).convert("RGB")
    raise ValueError(f"There is no page {page}")


def _frames(data: bytes | None) -> int:
    """How many pages a picture counts for; one that is lost or damaged for one."""
    try:
        with Image.open(BytesIO(data or b"")) as file:
            return 1 if file.format in SINGLE else int(getattr(file, "n_frames", 1))
    except OSError:
        return 1
