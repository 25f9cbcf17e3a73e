"""Draws the blocks of a document as a PDF, in the ways in which word processors, browsers and portals draw theirs."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.read.blocks import Block, Cell, Grid
from tests.read.pdf.lettering import chinese_font

CHINESE, LATIN, NAMED = "Invented", "Vera", "STSong-Light"
SIZE, PITCH, PADDING = 8.0, 11.0, 3.0
MARGIN = 46.0


@dataclass(frozen=True, slots=True)
class Look:
    """How a document is drawn. `rules` names the way of its lines."""

    rules: str = "strokes"  # strokes, thin, cells, open, dashed, dots, double
    width: float = 595.0
    height: float = 842.0
    rotate: int = 0  # the page's own turn, in degrees
    turned: bool = False  # what is drawn is turned by a quarter
    heads: int = 0  # rows repeated on every page
    cut_rows: bool = False
    numbered: bool = False
    running: str = ""
    bold: bool = False  # each character twice
    unseen: bool = False  # as a scanner's text
    side_by_side: bool = False  # two pages on one sheet
    named: bool = False  # the font for Chinese is only named and not in the file
    widths: tuple[float, ...] = ()  # shares of the columns, for all tables of as many


@dataclass(slots=True)
class _Row:
    """A row on a page: its number in the table, its upper edge and height, the lines of text that it begins with."""

    number: int
    top: float
    height: float
    first: int = 0


@dataclass(slots=True)
class Drawing:
    """A PDF under way, from the top of its first page down."""

    look: Look
    out: io.BytesIO = field(default_factory=io.BytesIO)
    canvas: Canvas = field(init=False)
    down: float = 0.0
    page: int = 1

    def __post_init__(self) -> None:
        pdfmetrics.registerFont(TTFont(CHINESE, io.BytesIO(chinese_font())))
        pdfmetrics.registerFont(UnicodeCIDFont(NAMED))
        pdfmetrics.registerFont(TTFont(LATIN, "Vera.ttf"))
        look = self.look
        size = (look.height, look.width) if look.turned else (look.width, look.height)
        if look.side_by_side:
            size = (2 * look.width, look.height)
        if look.rotate % 180:
            size = size[::-1]  # reportlab is told the size as shown
        self.canvas = Canvas(self.out, pagesize=size, invariant=True)
        self._begin()

    def blocks(self, blocks: Sequence[Block]) -> bytes:
        """All of them, and the bytes of the file."""
        for block in blocks:
            self.add(block)
        return self.done()

    def add(self, block: Block) -> None:
        """One more block below what is drawn."""
        if isinstance(block, Grid):
            self.table(block)
        else:
            self.paragraph(block.text)

    def done(self) -> bytes:
        """The bytes of the file."""
        self._end()
        self.canvas.save()
        return self.out.getvalue()

    def paragraph(self, text: str, size: float = 10.0) -> None:
        """Text that fills lines, its first one indented."""
        room = int((self.look.width - 2 * MARGIN) / size)
        lines = _wrapped("　　" + text if len(text) > room else text, room)
        for line in lines:
            if self.down + size * 1.6 > self.look.height - MARGIN:
                self._next()
            self.down += size * 1.6
            self.text(MARGIN, self.down, line, size)
        self.down += 4

    def text(self, x: float, baseline: float, text: str, size: float = SIZE) -> None:
        """One line; figures and the like in a font of their own."""
        y = self.look.height - baseline
        for run in _runs(text):
            font = LATIN if run.isascii() else NAMED if self.look.named else CHINESE
            for step in (0.0, 0.35) if self.look.bold else (0.0,):
                pen = self.canvas.beginText(x + step, y)
                pen.setFont(font, size)
                pen.setTextRenderMode(3 if self.look.unseen else 0)
                pen.textOut(run)
                self.canvas.drawText(pen)
            x += pdfmetrics.stringWidth(run, font, size)

    def table(self, grid: Grid) -> None:
        """A table, over as many pages as it takes."""
        edges = self._edges(grid)
        lines = {id(cell): self._lines(cell, edges) for cell in grid.cells}
        heights = _heights(grid, lines)
        self.down += 6
        rows: list[_Row] = []
        for number, height in enumerate(heights, start=1):
            room = self.look.height - MARGIN - self.down
            if height <= room:
                rows.append(_Row(number, self.down, height))
                self.down += height
                continue
            whole = int((room - 2 * PADDING) / PITCH)
            cut = self.look.cut_rows and 0 < whole < (height - 2 * PADDING) / PITCH
            if cut:
                rows.append(_Row(number, self.down, room))
            self._part(grid, rows, edges, lines)
            self._next()
            rows = self._repeated(heights)
            rest = height - whole * PITCH if cut else height
            rows.append(_Row(number, self.down, rest, whole if cut else 0))
            self.down += rest
        self._part(grid, rows, edges, lines)
        self.down += 6

    def _repeated(self, heights: Sequence[float]) -> list[_Row]:
        rows = []
        for number in range(1, self.look.heads + 1):
            rows.append(_Row(number, self.down, heights[number - 1]))
            self.down += heights[number - 1]
        return rows

    def _part(
        self, grid: Grid, rows: Sequence[_Row], edges: Sequence[float], lines: dict[int, list[str]]
    ) -> None:
        """The part of a table that stands on one page."""
        for cell in grid.cells:
            mine = [row for row in rows if cell.row <= row.number < cell.row + cell.rowspan]
            if not mine:
                continue
            left, right = edges[cell.column - 1], edges[cell.column + cell.colspan - 1]
            top, bottom = mine[0].top, mine[-1].top + mine[-1].height
            outer = (
                cell.column == 1,
                mine[0] is rows[0],
                cell.column + cell.colspan - 1 == grid.width,
                mine[-1] is rows[-1],
            )
            self._border(left, top, right, bottom, outer)
            begun = mine[0].number == cell.row
            said = lines[id(cell)][mine[0].first :] if begun else []
            for place, line in enumerate(said[: max(1, int((bottom - top - 2 * PADDING + 0.1) / PITCH))]):
                self.text(left + PADDING, top + PADDING + PITCH * place + SIZE, line)

    def _border(
        self, left: float, top: float, right: float, bottom: float, outer: tuple[bool, bool, bool, bool]
    ) -> None:
        gap = 0.8 if self.look.rules == "cells" else 0.0
        left, top, right, bottom = left + gap, top + gap, right - gap, bottom - gap
        sides = (
            (left, top, left, bottom),
            (left, top, right, top),
            (right, top, right, bottom),
            (left, bottom, right, bottom),
        )
        for side, is_outer in zip(sides, outer, strict=True):
            if not (self.look.rules == "open" and is_outer):
                self._rule(*side)

    def _rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        height = self.look.height
        canvas = self.canvas
        canvas.setLineWidth(0.5)
        canvas.setDash([3, 2] if self.look.rules == "dashed" else [])
        if self.look.rules == "thin":
            canvas.rect(x0 - 0.25, height - y1 - 0.25, x1 - x0 + 0.5, y1 - y0 + 0.5, stroke=0, fill=1)
            return
        if self.look.rules == "dots":
            for place in range(int(max(x1 - x0, y1 - y0) / 2) + 1):
                along = (2.0 * place, 0.0) if y0 == y1 else (0.0, 2.0 * place)
                canvas.rect(x0 + along[0], height - y0 - along[1], 0.7, -0.7, stroke=0, fill=1)
            return
        for step in (-0.7, 0.7) if self.look.rules == "double" else (0.0,):
            across, down = (step, 0.0) if x0 == x1 else (0.0, step)
            canvas.line(x0 + across, height - y0 + down, x1 + across, height - y1 + down)

    def _edges(self, grid: Grid) -> list[float]:
        room = self.look.width - 2 * MARGIN
        shares = [2.0] * grid.width
        for cell in grid.cells:
            if cell.colspan == 1:
                shares[cell.column - 1] = max(shares[cell.column - 1], min(9.0, len(cell.text) * 0.6 + 1))
        if len(self.look.widths) == grid.width:
            shares = list(self.look.widths)
        edges = [MARGIN]
        for share in shares:
            edges.append(edges[-1] + room * share / sum(shares))
        return edges

    def _lines(self, cell: Cell, edges: Sequence[float]) -> list[str]:
        width = edges[cell.column + cell.colspan - 1] - edges[cell.column - 1] - 2 * PADDING
        return [line for part in cell.text.split("\n") for line in _wrapped(part, max(1, int(width / SIZE)))]

    def _begin(self) -> None:
        self.canvas.setPageRotation(self.look.rotate)
        if self.look.turned:
            self.canvas.transform(0, 1, -1, 0, self.look.height, 0)
        if self.look.side_by_side and self.page % 2 == 0:
            self.canvas.translate(self.look.width, 0)
        self.down = MARGIN
        if self.look.running:
            self.text(MARGIN, 24, self.look.running)

    def _next(self) -> None:
        self._end()
        self.page += 1
        self._begin()

    def _end(self) -> None:
        if self.look.numbered:
            self.text(self.look.width / 2, self.look.height - 22, f"- {self.page} -")
        if not self.look.side_by_side or self.page % 2 == 0:
            self.canvas.showPage()


def _heights(grid: Grid, lines: dict[int, list[str]]) -> list[float]:
    heights = [PITCH + 2 * PADDING] * grid.height
    for cell in sorted(grid.cells, key=lambda cell: cell.rowspan):
        over = range(cell.row - 1, cell.row - 1 + cell.rowspan)
        lack = len(lines[id(cell)]) * PITCH + 2 * PADDING - sum(heights[row] for row in over)
        if lack > 0:
            heights[over[-1]] += lack
    return heights


def _wrapped(text: str, room: int) -> list[str]:
    """Lines of `room` Chinese characters; figures and the like are narrower and stay together where they can."""
    lines, current, width = [], "", 0.0
    most = int(room / 0.62)
    for run in _runs(text):
        whole = [run[start : start + most] for start in range(0, len(run), most)]
        for piece in whole if run.isascii() else run:
            wide = 0.62 * len(piece) if piece.isascii() else len(piece)
            if current and width + wide > room:
                lines.append(current)
                current, width = "", 0.0
            current += piece
            width += wide
    return [*lines, current]


def _runs(text: str) -> Iterator[str]:
    run = ""
    for character in text:
        if run and character.isascii() is not run[-1].isascii():
            yield run
            run = ""
        run += character
    if run:
        yield run
