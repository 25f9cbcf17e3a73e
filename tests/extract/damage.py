"""What happens to tables on their way to a reader: damage done to true tables before they are rendered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st
from opencc import OpenCC

from tests.extract.rendering import Printed, Table, TableRow

Damage = Callable[[st.DrawFn, list[Table]], list[Table]]
_TRADITIONAL = OpenCC("s2t")
_NOISE = [
    "- 3 -",
    "（此页无正文）",
    "打印本页",
    "上一篇：公告",
    "第 2 页 共 5 页",
    "责任编辑：办公室",
    "备注",
]


def _some(draw: st.DrawFn, count: int, most: int = 4) -> list[int]:
    return draw(st.lists(st.integers(0, max(count - 1, 0)), max_size=most, unique=True)) if count else []


def split_tables(draw: st.DrawFn, tables: list[Table]) -> list[Table]:
    """One table becomes several, the heads stay with the first."""
    parts: list[Table] = []
    for table in tables:
        cuts = sorted(_some(draw, len(table), 2))
        parts += [table[start:end] for start, end in zip([0, *cuts], [*cuts, len(table)], strict=True)]
    return [part for part in parts if part]


def merge_tables(_: st.DrawFn, tables: list[Table]) -> list[Table]:
    """All tables become one."""
    return [[row for table in tables for row in table]]


def cut_heads(draw: st.DrawFn, tables: list[Table]) -> list[Table]:
    """Labels lose their ends."""

    def cut(cell: Printed) -> Printed:
        return replace(cell, text=cell.text[: draw(st.integers(1, len(cell.text)))])

    return _on_labels(draw, tables, cut)


def break_labels(draw: st.DrawFn, tables: list[Table]) -> list[Table]:
    """Labels are broken over lines or spaced out."""

    def broken(cell: Printed) -> Printed:
        place = draw(st.integers(1, len(cell.text)))
        return replace(
            cell, text=cell.text[:place] + draw(st.sampled_from(["\n", " ", "\u3000"])) + cell.text[place:]
        )

    return _on_labels(draw, tables, broken)


def misspell(draw: st.DrawFn, tables: list[Table]) -> list[Table]:
    """Labels have a wrong character."""

    def wrong(cell: Printed) -> Printed:
        place = draw(st.integers(0, len(cell.text) - 1))
        return replace(
            cell, text=cell.text[:place] + draw(st.sampled_from("型得末政")) + cell.text[place + 1 :]
        )

    return _on_labels(draw, tables, wrong)


def lose_rows(draw: st.DrawFn, tables: list[Table]) -> list[Table]:
    """Whole rows are gone: heads, captions, figures."""
    return [
        [row for place, row in enumerate(table) if place not in _some(draw, len(table))] for table in tables
    ]


def lose_figures(draw: st.DrawFn, tables: list[Table]) -> list[Table]:
    """Cells of figures are gone without a trace."""
    return [[_without(draw, row) for row in table] for table in tables]


def lose_labels(draw: st.DrawFn, tables: list[Table]) -> list[Table]:
    """Labels are gone, their cells empty."""
    return _on_labels(draw, tables, lambda cell: replace(cell, text=""))


def add_noise(draw: st.DrawFn, tables: list[Table]) -> list[Table]:
    """Rows of something else stand between the rows."""
    noisy = []
    for table in tables:
        rows = list(table)
        for place in _some(draw, len(rows), 3):
            rows.insert(place, [Printed(draw(st.sampled_from(_NOISE)), 4)])
        noisy.append(rows)
    return noisy


def print_twice(_: st.DrawFn, tables: list[Table]) -> list[Table]:
    """The page shows its tables twice, as for a second kind of screen."""
    return [*tables, *tables]


def in_traditional_script(_: st.DrawFn, tables: list[Table]) -> list[Table]:
    """The page was turned into traditional characters by a machine."""
    return [
        [[replace(cell, text=_TRADITIONAL.convert(cell.text)) for cell in row] for row in table]
        for table in tables
    ]


def swap_columns(draw: st.DrawFn, tables: list[Table]) -> list[Table]:
    """Two neighbouring columns of a table have changed places, heads and figures alike."""
    swapped = []
    for table in tables:
        place = draw(st.integers(1, 2))
        plain = all(cell.rowspan == cell.colspan == 1 for row in table for cell in row if len(row) > 2)
        swapped.append([_swapped(row, place) if plain and len(row) > place + 1 else row for row in table])
    return swapped


def _swapped(row: TableRow, place: int) -> TableRow:
    return [*row[:place], row[place + 1], row[place], *row[place + 2 :]]


def _without(draw: st.DrawFn, row: TableRow) -> TableRow:
    figures = [place for place, cell in enumerate(row) if cell.figure]
    if len(figures) < 2 or draw(st.integers(0, 3)):
        return row
    gone = {figures[place] for place in _some(draw, len(figures), 3)}
    return [cell for place, cell in enumerate(row) if place not in gone]


def _on_labels(draw: st.DrawFn, tables: list[Table], change: Callable[[Printed], Printed]) -> list[Table]:
    labels = sum(not cell.figure and len(cell.text) > 1 for table in tables for row in table for cell in row)
    chosen = set(_some(draw, labels, 6))
    changed, count = [], -1
    for table in tables:
        rows = []
        for row in table:
            cells = []
            for cell in row:
                is_label = not cell.figure and len(cell.text) > 1
                count += is_label
                cells.append(change(cell) if is_label and count in chosen else cell)
            rows.append(cells)
        changed.append(rows)
    return changed


DAMAGES: dict[str, Damage] = {
    damage.__name__: damage
    for damage in (
        split_tables,
        merge_tables,
        cut_heads,
        break_labels,
        misspell,
        lose_rows,
        lose_figures,
        lose_labels,
        add_noise,
        print_twice,
        in_traditional_script,
        swap_columns,
    )
}
