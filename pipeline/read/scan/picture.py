"""A cell of a picture file as a person sees it, for who doubts what was read there."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

from pipeline.read.pdf.geometry import Box

_AROUND = 2.5  # heights of the cell that are shown around it
_FRAME = (200, 0, 0)
_WIDE = 4  # pixels
_HIGH = 60  # pixels that the cell has at least


def framed(data: bytes, page: int, box: Box) -> bytes:
    """A PNG of `box`, in pixels of a page of the picture as it is shown, with a frame around it and what is beside."""
    with Image.open(BytesIO(data)) as file:
        file.seek(page - 1)
        shown = ImageOps.exif_transpose(file).convert("RGB")
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
