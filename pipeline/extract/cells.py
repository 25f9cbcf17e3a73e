"""From rows to figures: every cell of a row with its status, value and unit, or the issue that says why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.extract.align import Alignment, Evidence, align, last_is_total
from pipeline.extract.numerals import SYMBOL, read_change, read_count, read_money
from pipeline.extract.record import Figure, Issue, Status
from pipeline.extract.strips import Column, Mark, Printed, Strip
from pipeline.extract.units import UNKNOWN, is_money, yuan
from pipeline.forms import Column as FormColumn
from pipeline.forms import Forms

_TOTAL = "total"


class CellReader:
    """Reads rows into figures by the forms' columns."""

    def __init__(self, forms: Forms) -> None:
        self._cells = {
            (cell.part, cell.item, cell.measure): cell for form in forms.forms for cell in form.cells()
        }
        self._measures: dict[tuple[str, str], FormColumn] = {}
        self._columns: dict[str, tuple[Column, ...]] = {}
        self._last_rows: set[tuple[str, str]] = set()
        self._rows: dict[tuple[str, str], list[list[str]]] = {}  # the measures that rows have, by form
        for form in forms.forms:
            last = {block.part: block.items[-1].code or "" for block in form.blocks}
            self._last_rows |= set(last.items())
            for block in form.blocks:
                for row in block.items:
                    measures = sorted(measure.code for measure in block.measures)
                    self._rows.setdefault((block.part, row.code or ""), []).append(measures)
                self._measures.update({(block.part, measure.code): measure for measure in block.measures})
                if block.group and block.shape == "rows":
                    self._columns[block.part] = tuple(Column(m.code, m.label) for m in block.measures)

    def read(self, strips: Sequence[Strip]) -> tuple[list[Figure], list[Issue]]:
        """The figures of `strips`, the rows of one document in order, and what was noticed on the way."""
        nameless = [_nameless(strip) for strip in strips if strip.nameless]
        placed = [
            (strip, self._columns_of(strip))
            for strip in strips
            if not strip.nameless and (strip.printed or not strip.blanks_stand)
        ]
        evidence = Evidence.of([(strip, len(columns)) for strip, columns in placed])
        aligned = [
            (
                strip,
                columns,
                self._trusted(strip, align(strip, len(columns), evidence, goes_on=self._goes_on(strip))),
            )
            for strip, columns in ((self._settled_end(*row), row[1]) for row in placed)
            if columns
        ]
        totals = {
            part: last_is_total([s for s, _, a in aligned if s.part == part and not a.certain])
            for part in self._columns
        }
        figures: list[Figure] = []
        issues = nameless + [_no_header(strip) for strip, columns in placed if not columns and strip.printed]
        for strip, columns, alignment in aligned:
            if self._misplaced(strip, columns):
                issues.append(_mismatch(strip))
                continue
            cells = alignment.cells
            if not alignment.certain:
                issues.append(_ambiguous(strip, len(columns)))
                if totals.get(strip.part) and columns[-1].measure == _TOTAL:
                    cells = _with_total(strip, cells)
            for column, printed in zip(columns, cells, strict=True):
                figures.extend(self._figure(strip, column, printed, issues))
        return figures, issues

    def _goes_on(self, strip: Strip) -> bool:
        """Whether the form has more rows of this table behind the row, so that a text ending here was cut off."""
        return bool(strip.item) and (strip.part, strip.item) not in self._last_rows

    def _settled_end(self, strip: Strip, columns: Sequence[Column]) -> Strip:
        """`strip`, torn only where its last figure may have gone on behind the end of the text.

        A total that the figures before it add up to is whole.
        """
        if not strip.torn or not columns:
            return strip
        if columns[-1].measure != _TOTAL:
            return strip
        group = sum(column.item == columns[-1].item for column in columns)
        numbers = [read_count(t.text).value for t in strip.printed if t.mark is not Mark.BLANK][-group:]
        values = [number for number in numbers if number is not None]
        whole = len(values) == group and sum(values[:-1], Decimal(0)) == values[-1]
        return replace(strip, torn=not whole)

    def _columns_of(self, strip: Strip) -> tuple[Column, ...]:
        if strip.header is None or not strip.header.complete:
            return self._columns.get(strip.part, ())
        if strip.header.serial and not strip.blanks_stand:
            return ()  # the number of the next row would pass for a lost figure of this one
        return strip.header.columns

    def _trusted(self, strip: Strip, alignment: Alignment) -> Alignment:
        """Without sure heads a full row is read only where no order of columns could change a figure.

        It is so where all its figures are alike, or where the row adds up to its last figure, as the form's order
        has it.
        """
        if strip.header is not None and strip.header.complete:
            return alignment
        if not alignment.certain or None in alignment.cells:
            return Alignment((None,) * len(alignment.cells), certain=False)
        numbers = [read_count(cell.text) for cell in alignment.cells if cell is not None]
        values = [number.value for number in numbers if number.value is not None]
        same = len({(number.status, number.value) for number in numbers}) == 1
        sums = len(values) == len(numbers) and values[-1] != 0 and sum(values[:-1], Decimal(0)) == values[-1]
        contrary = strip.header is not None and strip.header.contrary
        if same or (sums and not contrary):
            return alignment
        return Alignment((None,) * len(alignment.cells), certain=False)

    def _misplaced(self, strip: Strip, columns: Sequence[Column]) -> bool:
        """Whether the row cannot stand under these heads in any form: its own heads were lost."""
        if strip.local:
            return False
        measures = [column.measure for column in columns if column.measure is not None]
        if any(
            (strip.part, column.item or strip.item, column.measure) not in self._cells
            for column in columns
            if column.measure is not None
        ):
            return True
        # Where only order is left, a lost head must not be made up for by a lost figure.
        whole = self._rows.get((strip.part, strip.item), [])
        return not strip.blanks_stand and bool(strip.item) and sorted(measures) not in whole

    def _figure(
        self, strip: Strip, column: Column, printed: Printed | None, issues: list[Issue]
    ) -> Iterator[Figure]:
        item = column.item or strip.item
        if column.measure is None:
            issue = Issue("unknown_column", strip.part, f"the column headed “{column.head}” is not read")
            if printed is not None and printed.mark is not Mark.BLANK and issue not in issues:
                issues.append(issue)
            return
        at = f"{strip.part}/{item}/{column.measure}"
        if printed is None:
            if strip.cut:
                return
            raw = " ".join(thing.text for thing in strip.printed if thing.mark is not Mark.BLANK)
            yield Figure(strip.part, item, column.measure, None, None, Status.AMBIGUOUS, raw, strip.where)
            return
        cell = self._cells.get((strip.part, item, column.measure))
        measure = self._measures[strip.part, column.measure]
        unit = cell.unit if cell else measure.unit
        status, value, unit = _read(printed.text, strip, column, unit, signed=measure.signed)
        if status is Status.UNREADABLE:
            issues.append(Issue("unreadable_cell", at, f"“{printed.text}” is not certainly a number"))
        if status is Status.REPORTED and unit is None and is_money(cell.unit if cell else measure.unit):
            issues.append(
                Issue("unit_not_printed", at, f"“{printed.text}” has no unit; it stands as printed")
            )
        by_order = strip.by_order or strip.header is None or not strip.header.complete
        yield Figure(
            strip.part,
            item,
            column.measure,
            value,
            unit,
            status,
            printed.text,
            printed.where,
            by_order,
            printed.sight,
        )


def _read(
    text: str, strip: Strip, column: Column, unit: str | None, *, signed: bool
) -> tuple[Status, Decimal | None, str | None]:
    """Status, value and unit of one printed cell. Without a certain unit around it a number is unreadable."""
    around = {one for one in (column.unit, strip.unit) if one == UNKNOWN or is_money(one)}
    if not is_money(unit):
        reading = read_change(text) if signed else read_count(text)
        if reading.value is not None and UNKNOWN in around:
            return Status.UNREADABLE, None, None
        return reading.status, reading.value, unit
    reading = read_money(text)
    if reading.value is None or reading.unit not in (None, SYMBOL):
        return reading.status, reading.value, reading.unit
    if reading.unit == SYMBOL:
        around.add("元")
    if not around:
        return reading.status, reading.value, None
    printed = around.pop()
    if around or printed is None or printed == UNKNOWN:
        return Status.UNREADABLE, None, None
    return reading.status, yuan(reading.value, printed), "元"


def _with_total(strip: Strip, cells: tuple[Printed | None, ...]) -> tuple[Printed | None, ...]:
    """`cells` with the row's total put in its place, where rows of this document show that it comes last."""
    filled = [thing for thing in strip.printed if thing.mark is not Mark.BLANK]
    return cells if strip.cut or len(filled) < 2 else (*cells[:-1], filled[-1])


def _nameless(strip: Strip) -> Issue:
    return Issue(
        "ambiguous_row",
        strip.part,
        f"nothing tells which row of the form “{strip.label}” is"
        if strip.label
        else "a row of figures without a label is not read",
    )


def _no_header(strip: Strip) -> Issue:
    printed = " ".join(thing.text for thing in strip.printed)
    return Issue(
        "heads_missing", f"{strip.part}/{strip.item}", f"no heads of columns for “{strip.label}”: {printed}"
    )


def _mismatch(strip: Strip) -> Issue:
    return Issue(
        "heads_mismatch",
        f"{strip.part}/{strip.item}",
        f"“{strip.label}” stands under heads that no form gives it; its figures are not read",
    )


def _ambiguous(strip: Strip, columns: int) -> Issue:
    filled = [thing.text for thing in strip.printed if thing.mark is not Mark.BLANK]
    return Issue(
        "ambiguous_row",
        f"{strip.part}/{strip.item}".rstrip("/"),
        f"“{strip.label}”: {len(filled)} printed under {columns} columns: {' '.join(filled)}",
    )
