"""A form as a value: what a reader of reports must know of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One measure of a block: its code, printed label, unit, and the other labels it was met under.

    A `signed` measure is a change, printed with a sign in symbols or words.
    """

    code: str
    label: str
    english: str
    unit: str | None
    aliases: tuple[str, ...] = ()
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a block. A heading has a label alone and no code: figures never stand in its row."""

    code: str | None
    label: str
    english: str | None = None
    unit: str | None = None
    aliases: tuple[str, ...] = ()
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """One table of a form, or one of the small tables within it.

    `shape` is `rows` where a row label stands beside its figures, and `columns` where all figures stand in one row
    under column heads: each row of the block is then a group of columns (the review and litigation table).
    `group` is a label over several of the columns; the rows in `ungrouped` have columns that do not stand under it.
    `corner` are the words over the labels, `serial` those over a column of serial numbers that copies add.
    """

    part: str
    title: str
    caption: str | None
    shape: str
    measures: tuple[Column, ...]
    rows: tuple[Row, ...]
    group: str | None
    ungrouped: tuple[str, ...]
    corner: tuple[str, ...]
    serial: tuple[str, ...] = ()

    @property
    def items(self) -> tuple[Row, ...]:
        """The rows that hold figures, in the order of the form."""
        return tuple(row for row in self.rows if row.code is not None)


@dataclass(frozen=True, slots=True)
class Identity:
    """An equation between cells: the sum of `left` is the sum of `right`.

    With `each` = `measure` the names are items and it holds in every column of the part; with `each` = `item` they
    are measures and it holds in every row. `printed` tells whether the form itself prints the rule.
    """

    id: str
    part: str
    each: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    printed: bool
    rule: str


@dataclass(frozen=True, slots=True)
class FormCell:
    """One cell that a form has, with its labels in both languages."""

    form: str
    part: str
    item: str
    measure: str
    item_label: str
    measure_label: str
    item_english: str
    measure_english: str
    unit: str | None
    confirmed: bool

    @property
    def name(self) -> str:
        """The cell's name, `part/item/measure`."""
        return f"{self.part}/{self.item}/{self.measure}"


@dataclass(frozen=True, slots=True)
class Form:
    """One national form: where it is prescribed, the report years it was usual in, its blocks and identities."""

    code: str
    official_document: str
    usual_report_years: tuple[int, ...]
    blocks: tuple[Block, ...]
    identities: tuple[Identity, ...]

    def cells(self) -> Iterator[FormCell]:
        """Every cell of the form, in the order in which it is printed."""
        for block in self.blocks:
            for row in block.items:
                for column in block.measures:
                    yield FormCell(
                        self.code,
                        block.part,
                        row.code or "",
                        column.code,
                        row.label,
                        column.label,
                        row.english or "",
                        column.english,
                        column.unit or row.unit,
                        row.confirmed,
                    )


@dataclass(frozen=True, slots=True)
class LocalHeads:
    """The heads of statistical tables that are no national form: over names, units and codes of indicators.

    Those in `own` stand in no national form.
    """

    names: frozenset[str]
    units: frozenset[str]
    codes: frozenset[str]
    own: frozenset[str]


@dataclass(frozen=True, slots=True)
class Forms:
    """All national forms, oldest first, and how local tables are told from them."""

    forms: tuple[Form, ...]
    local: LocalHeads

    def cells(self) -> Iterator[FormCell]:
        """Every cell of every form; a cell of several forms comes once for each."""
        for form in self.forms:
            yield from form.cells()
