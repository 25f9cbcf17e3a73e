"""What the readers of tables know of the forms, prepared once: labels, their order, units, and shapes of parts."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.labels import LabelIndex
from pipeline.extract.normalise import loose_key, plain
from pipeline.extract.row_order import RowOrder
from pipeline.extract.units import is_money
from pipeline.forms import Block, Forms

_SHORTEST_SIGN = 3  # 总计 and 其他 are on every page
_LONG_LABEL = 8  # shorter row labels (行政许可) are words of any prose


class Grammar:
    """The forms as the readers of grids and of flattened text ask for them; one serves any number of documents."""

    def __init__(self, forms: Forms) -> None:
        self.blocks: tuple[Block, ...] = tuple(block for form in forms.forms for block in form.blocks)
        self.index = LabelIndex(forms)
        self.order = RowOrder(forms)
        # Parts whose rows are groups of columns, and parts whose columns stand under a common label.
        self.column_parts = frozenset(block.part for block in self.blocks if block.shape == "columns")
        self.grouped = {block.part: block for block in self.blocks if block.group}
        self._signs = _signs(self.blocks)
        self._units = frozenset(row.unit for block in self.blocks for row in block.rows if row.unit)

    def may_hold_table(self, lines: Sequence[str]) -> bool:
        """Whether a stretch of text has the words of a table's heads or long row labels anywhere, however broken."""
        squeezed = plain("".join("".join(lines).split()))
        return any(sign in squeezed for sign in self._signs)

    def is_unit(self, text: str) -> bool:
        """Whether `text` is a unit alone, as in the annex's column of units."""
        unit = "".join(plain(text).split())
        return unit in self._units or is_money(unit)


def _signs(blocks: Sequence[Block]) -> frozenset[str]:
    """Words that every flattened table has some of: heads of columns, captions, corners, and long row labels."""
    heads = {
        text for block in blocks for column in block.measures for text in (column.label, *column.aliases)
    }
    corners = {text for block in blocks for text in block.corner}
    rows = {row.label for block in blocks for row in block.rows if len(loose_key(row.label)) >= _LONG_LABEL}
    words = {loose_key(text) for text in heads | corners | rows}
    captions = {(block.caption or "").partition("（")[0] for block in blocks}
    return frozenset(word for word in words | captions if len(word) >= _SHORTEST_SIGN)
