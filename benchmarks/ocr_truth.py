"""Pages whose every figure is known, to be read from pictures of them.

Reports of the sample with all their figures times a number: the identities of the forms are sums, so they hold for the
larger figures too. And tables of figures of every kind that nothing confirms, which are no reports.
"""

from __future__ import annotations

import random
from dataclasses import replace

from pipeline.extract import Extractor, Status
from pipeline.read.blocks import Block, Cell, Document, Grid

_MARKS = ("-", "/", "—", "无", "")


def multiplied(document: Document, extractor: Extractor, times: int) -> Document:
    """The document of a page with its figures, all but zeros, `times` as large."""
    places = {
        (figure.where.table, figure.where.row, figure.where.column)
        for figure in extractor.extract(document, as_report=True).figures
        if figure.status is Status.REPORTED and figure.raw.strip().isdigit()
    }
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            cells = tuple(
                replace(cell, text=str(int(cell.text) * times))
                if (block.number, cell.row, cell.column) in places
                else cell
                for cell in block.cells
            )
            blocks.append(replace(block, cells=cells))
        else:
            blocks.append(block)
    return replace(document, blocks=tuple(blocks))


def random_grid(seed: int, height: int = 30, width: int = 8) -> Grid:
    """A table of figures: of one to seven digits, with commas and decimals, marks for none, and empty cells."""
    dice = random.Random(seed)  # noqa: S311 - for invented figures
    cells = tuple(
        Cell(_figure(dice), row, column) for row in range(1, height + 1) for column in range(1, width + 1)
    )
    return Grid(1, cells, height, width)


def _figure(dice: random.Random) -> str:
    kind = dice.random()
    if kind < 0.08:
        return dice.choice(_MARKS)
    if kind < 0.3:
        return str(dice.randrange(10))
    number = dice.randrange(10 ** dice.randint(1, 7))
    if kind < 0.4:
        return f"{number:,}"
    if kind < 0.5:
        return f"{number}.{dice.randrange(100):02}"
    return str(number)
