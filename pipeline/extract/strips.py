"""Rows as they are met: a label of the form, and behind it what is printed.

Both readers, of grids and of flattened text, cut a document into strips; `pipeline.extract.align` decides which
printed thing stands in which cell, or that this cannot be told.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline.extract.record import Where
from pipeline.read.blocks import Sight

LOCAL = "local."  # what the item of a row of the organ's own begins with


class Mark(StrEnum):
    """What one printed thing is."""

    VALUE = "value"  # a number, or a mark for none such as a dash
    BLANK = "blank"  # a cell with nothing in it, or padding behind the last cell: trailing ones may be either
    TEXT = "text"  # words that are no label


@dataclass(frozen=True, slots=True)
class Printed:
    """One thing printed behind a label. `padding` marks a blank that no cell but padding leaves; `sight` as in
    `pipeline.read.blocks.Cell`.
    """

    mark: Mark
    text: str
    where: Where
    fused: bool = False  # run together with its label, without any separator
    padding: bool = False
    sight: Sight | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of figures: the measure it stands for, the item where columns are grouped by items, its unit.

    `measure` is None for a column whose head is not a label of the form; `head` is what is printed there.
    """

    measure: str | None
    head: str
    item: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table, in order.

    It is not `complete` where heads are missing or unknown, so that the number of columns is not sure, and `contrary`
    where the heads stand in another order than the form's. `serial` tells of a column of serial numbers before the
    labels.
    """

    part: str
    columns: tuple[Column, ...]
    complete: bool = True
    contrary: bool = False
    serial: bool = False


@dataclass(frozen=True, slots=True)
class Strip:
    """One row: its part and item, its header if any, and what is printed behind its label.

    `item` is empty for a row of figures without a label, whose columns are grouped by items.
    """

    part: str
    item: str
    label: str
    unit: str | None  # a unit printed in the label or in a cell of its own
    header: Header | None
    printed: tuple[Printed, ...]
    where: Where  # the place of the label
    local: bool = False  # the label is not one of the form: a row added by the organ
    cut: bool = False  # the text ends within this row
    torn: bool = False  # it ends right behind the last thing printed, which may have gone on
    blanks_stand: bool = False  # the layout keeps blank cells in their place
    gap: bool = False  # blanks right behind the label may belong to the label
    by_order: bool = False  # heads are there, but its cells do not stand under them
    # there is no label, none of the form, or one of several rows: nothing tells which this is
    nameless: bool = False
