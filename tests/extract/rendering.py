"""Rendering a true report into the layouts that portals and text extractors leave behind."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.forms import Block, Row
from tests.extract.truths import TrueReport


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell as rendered: its text, spans, and whether it is one of figures."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    figure: bool = False


TableRow = list[Printed]
Table = list[TableRow]


def tables(report: TrueReport) -> list[Table]:
    """The tables of a report, one for each part, each row holding the cells that start in it."""
    parts: dict[str, list[Block]] = {}
    for block in report.form.blocks:
        parts.setdefault(block.part, []).append(block)
    return [_table(report, part, blocks) for part, blocks in parts.items()]


def _table(report: TrueReport, part: str, blocks: list[Block]) -> Table:
    if part == "proactive":
        width = 1 + max(len(block.measures) for block in blocks)
        return [row for block in blocks for row in _small_table(report, block, width)]
    if part == "requests":
        return list(_matrix(report, blocks[0]))
    if part == "disputes":
        return _disputes(report, blocks[0])
    return list(_annex(report, blocks[0]))


def _figure(report: TrueReport, block: Block, row: Row, measure: str, colspan: int = 1) -> Printed:
    return Printed(report.cells[f"{block.part}/{row.code}/{measure}"].text, colspan, figure=True)


def _small_table(report: TrueReport, block: Block, width: int) -> Iterator[TableRow]:
    spare = width - 1 - len(block.measures)
    yield [Printed(block.caption or "", width)]
    heads = [Printed(column.label) for column in block.measures]
    yield [Printed("信息内容"), *heads[:-1], Printed(heads[-1].text, 1 + spare)]
    for row in block.items:
        figures = [_figure(report, block, row, column.code) for column in block.measures]
        yield [Printed(row.label), *figures[:-1], Printed(figures[-1].text, 1 + spare, figure=True)]


def _matrix(report: TrueReport, block: Block) -> Iterator[TableRow]:
    labels = [column.label for column in block.measures]
    yield [Printed(block.corner[1], 3, 3), Printed(block.corner[0], 7)]
    yield [Printed(labels[0], 1, 2), Printed(block.group or "", 5), Printed(labels[-1], 1, 2)]
    yield [Printed(label) for label in labels[1:-1]]
    rows = [row for row in block.rows if row.code or not row.label.startswith("三")]
    results = [row.label for row in rows].index("（一）予以公开")
    last = len(rows) - 1
    for place, row in enumerate(rows):
        if row.code is None:
            continue
        cells: TableRow = []
        if place == results:
            cells.append(Printed("三、本年度办理结果", 1, sum(1 for r in rows[results:last] if r.code)))
        if place and rows[place - 1].code is None:
            cells.append(Printed(rows[place - 1].label, 1, _group_size(rows, place)))
        outer = place < results or place == last
        inner = row.label[0].isdigit()
        cells.append(Printed(row.label, 3 if outer else 1 if inner else 2))
        yield [*cells, *(_figure(report, block, row, column.code) for column in block.measures)]


def _group_size(rows: list[Row], start: int) -> int:
    size = 0
    while start + size < len(rows) and rows[start + size].code and rows[start + size].label[0].isdigit():
        size += 1
    return size


def _disputes(report: TrueReport, block: Block) -> Table:
    labels = [column.label for column in block.measures]
    return [
        [Printed(block.rows[0].label, 5), Printed(block.group or "", 10)],
        [*(Printed(label, 1, 2) for label in labels), *(Printed(row.label, 5) for row in block.rows[1:])],
        [Printed(label) for _ in block.rows[1:] for label in labels],
        [_figure(report, block, row, column.code) for row in block.items for column in block.measures],
    ]


def _annex(report: TrueReport, block: Block) -> Iterator[TableRow]:
    yield [Printed(block.corner[0]), Printed(block.corner[1]), Printed(block.measures[0].label)]
    for row in block.rows:
        if row.code is None:
            yield [Printed(row.label), Printed("——"), Printed("——")]
        else:
            yield [Printed(row.label), Printed(row.unit or ""), _figure(report, block, row, "value")]


def as_html(all_tables: list[Table]) -> str:
    """Clean tables with their spans."""
    return "".join(f"<table>{''.join(_html_row(row) for row in table)}</table>" for table in all_tables)


def as_html_without_spans(all_tables: list[Table]) -> str:
    """Tables whose cells lost their spans, so that rows do not stand under their heads."""
    bare = [[[Printed(cell.text) for cell in row] for row in table] for table in all_tables]
    return as_html(bare)


def as_word_html(all_tables: list[Table]) -> str:
    """Word's way: upper-case tags left open, padded span attributes, paragraphs and breaks in cells, a layout table."""
    rows = []
    for table in all_tables:
        cells = "".join(
            "<TR>"
            + "".join(
                f"<TD colspan=' {cell.colspan} ' ROWSPAN=\"{cell.rowspan}\"><p class=MsoNormal><span>"
                f"{_broken(html.escape(cell.text), cell)}</span></p>"
                for cell in row
            )
            for row in table
        )
        rows.append(f"<TR><TD><TABLE>{cells}</TABLE>")
    return f"<TABLE>{''.join(rows)}</TABLE>"


def _broken(text: str, cell: Printed) -> str:
    return text if cell.figure or len(text) < 4 else f"{text[:2]}<br>{text[2:]}"


def _html_row(row: TableRow) -> str:
    cells = (
        f'<td colspan="{cell.colspan}" rowspan="{cell.rowspan}">{html.escape(cell.text)}</td>' for cell in row
    )
    return f"<tr>{''.join(cells)}</tr>"


def as_pipe_rows(all_tables: list[Table]) -> str:
    """A row a line, cells ended by pipes, padded with pipes to the width of the table; blanks keep their pipe."""
    return "\n".join(_pipes(row, _width(table), " ") for table in all_tables for row in table)


def as_pipe_rows_without_blanks(all_tables: list[Table]) -> str:
    """The same with blank cells gone, only the padding is longer."""
    return as_pipe_rows([[_filled(row) for row in table] for table in all_tables])


def as_pipe_cells(all_tables: list[Table]) -> str:
    """A cell a line, each ended by a pipe."""
    return "\n".join(_pipes(row, _width(table), "\n") for table in all_tables for row in table)


def as_framed_pipes(all_tables: list[Table]) -> str:
    """Pipes before the first cell too."""
    return "\n".join("| " + _pipes(row, _width(table), " ") for table in all_tables for row in table)


def as_lines(all_tables: list[Table]) -> str:
    """A cell a line; blank cells leave nothing."""
    return "\n\n".join(cell.text for table in all_tables for row in table for cell in _filled(row))


def as_spaced(all_tables: list[Table]) -> str:
    """A row a line, cells apart by blanks as from a PDF; blank cells leave nothing."""
    return "\n".join("   ".join(cell.text for cell in _filled(row)) for table in all_tables for row in table)


def as_one_line(all_tables: list[Table]) -> str:
    """All in one line, cells apart by one blank."""
    return " ".join(cell.text for table in all_tables for row in table for cell in _filled(row))


def as_word_cells(all_tables: list[Table]) -> str:
    """A tab before each cell, a cell a line, an empty line behind each row; blank cells stand."""
    return "\n\n".join("\n".join(f"\t{cell.text}" for cell in row) for table in all_tables for row in table)


def as_tab_rows(all_tables: list[Table]) -> str:
    """A row a line with a tab for each place of the grid, spans included; blank cells stand."""
    lines = []
    for table in all_tables:
        taken: dict[int, int] = {}
        for row in table:
            places: list[str] = []
            for cell in row:
                while taken.get(len(places), 0):
                    places.append("")
                start = len(places)
                places += [cell.text] + [""] * (cell.colspan - 1)
                for column in range(start, start + cell.colspan):
                    taken[column] = cell.rowspan
            taken = {column: left - 1 for column, left in _aged(taken, len(places)).items() if left > 1}
            lines.append("\t".join(places))
    return "\n".join(lines)


def _aged(taken: dict[int, int], width: int) -> dict[int, int]:
    return {column: left for column, left in taken.items() if left > 0 and column < width + 10}


def _width(table: Table) -> int:
    return max(sum(cell.colspan for cell in row) for row in table)


def _pipes(row: TableRow, width: int, gap: str) -> str:
    body = "".join(f"{cell.text}{' ' if gap == ' ' else ''}|{gap}" for cell in row)
    return body + "|" * (width - len(row))


def _filled(row: TableRow) -> TableRow:
    return [cell for cell in row if cell.text]


Layout = Callable[[list[Table]], str]

KEEP_BLANKS: dict[str, Layout] = {
    "html": as_html,
    "word_html": as_word_html,
    "word_cells": as_word_cells,
    "pipe_cells": as_pipe_cells,
    "pipe_rows": as_pipe_rows,
    "framed_pipes": as_framed_pipes,
    "tab_rows": as_tab_rows,
}
LOSE_BLANKS: dict[str, Layout] = {
    "html_without_spans": as_html_without_spans,
    "pipe_rows_without_blanks": as_pipe_rows_without_blanks,
    "lines": as_lines,
    "spaced": as_spaced,
    "one_line": as_one_line,
}
