"""From lines and tables as written to blocks, each with its number: layout dissolved, the rest as grids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from pipeline.read.blocks import Block, Grid, Paragraph, ReadIssue
from pipeline.read.dom import Line, Table
from pipeline.read.tables import DataTable, resolve


@dataclass(frozen=True, slots=True)
class LaidOut:
    """`nodes` are the places of the grids in the tree of a page."""

    blocks: tuple[Block, ...]
    issues: tuple[ReadIssue, ...]
    nodes: tuple[LexborNode, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The running text, line by line."""
        return tuple(
            text for block in self.blocks if isinstance(block, Paragraph) and (text := block.text.strip())
        )


def lay_out(items: Sequence[Line | Table]) -> LaidOut:
    """The blocks of what stands in a document, in its order."""
    issues: list[ReadIssue] = []
    blocks: list[Block] = []
    nodes: list[LexborNode] = []
    tables = 0
    for number, item in enumerate(resolve(items), start=1):
        if isinstance(item, DataTable):
            tables += 1
            blocks.append(
                Grid(tables, item.grid.cells, item.grid.height, item.grid.width, veiled=item.veiled)
            )
            nodes += [] if item.node is None else [item.node]
            if item.grid.cut:
                issues.append(
                    ReadIssue(
                        "grid_cut",
                        f"Table {tables} is too large; only its first {item.grid.height} rows are read.",
                    )
                )
        else:
            blocks.append(Paragraph(item.text, number, item.level))
    return LaidOut(tuple(blocks), tuple(issues), tuple(nodes))
