"""Paints the blocks of a document as pictures of its pages, laid out as `tests.read.pdf.drawing` lays them out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from zlib import crc32

import noto_cjk_sans_otc
import reportlab
from PIL import Image, ImageDraw, ImageFont

from pipeline.read.blocks import Block
from tests.read.pdf.drawing import SIZE, Drawing, Look

CHINESE = Path(noto_cjk_sans_otc.__file__).parent / "NotoSansCJK-Regular.ttc"
LATIN = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"


class Painting(Drawing):
    """Pictures under way, `dpi` pixels to the inch; `latin` is the file of the font of the figures, `lost` the share of
    the lines' pieces that is not drawn.
    """

    def __init__(self, look: Look, dpi: int, latin: Path = LATIN, lost: float = 0.0) -> None:
        self.dpi, self.latin, self.lost = dpi, latin, lost
        self.pages: list[Image.Image] = []
        super().__init__(look)

    def painted(self, blocks: Sequence[Block]) -> list[Image.Image]:
        """The pages of all blocks."""
        self.blocks(blocks)
        return self.pages

    def text(self, x: float, baseline: float, text: str, size: float = SIZE) -> None:
        """One line; figures and the like in a font of their own."""
        scale = self.dpi / 72
        for character in text:
            font = _font(self.latin if character.isascii() else CHINESE, round(size * scale))
            self._pen.text((x * scale, baseline * scale), character, fill=20, font=font, anchor="ls")
            x += font.getlength(character) / scale

    def _rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        scale = self.dpi / 72
        ends = tuple(round(side * scale) for side in (x0, y0, x1, y1))
        if crc32(repr(ends).encode()) < self.lost * 2**32:
            return
        self._pen.line(ends, fill=40, width=max(1, round(0.6 * scale)))

    def _begin(self) -> None:
        super()._begin()
        scale = self.dpi / 72
        size = (round(self.look.width * scale), round(self.look.height * scale))
        self.pages.append(Image.new("L", size, 250))
        self._pen = ImageDraw.Draw(self.pages[-1])


@cache
def _font(path: Path, pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, pixels)
