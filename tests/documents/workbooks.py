"""Writing workbooks: by openpyxl, and of the binary kind by xlwt."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import xlwt  # type: ignore[import-untyped]
from openpyxl.styles import Border, Side  # type: ignore[import-untyped]

from tests.extract.rendering import Table

_THIN = Border(*(Side("thin"),) * 4)


def placed(items: Iterable[str | Table], width: int) -> Iterable[tuple[int, int, int, int, object]]:
    """Row, column, rows and columns covered, and content of each cell, from 1: a text fills its row."""
    row = 0
    for item in items:
        if isinstance(item, str):
            row += 1
            yield row, 1, 1, width, item
            continue
        taken: set[tuple[int, int]] = set()
        for cells in item:
            row += 1
            column = 1
            for cell in cells:
                while (row, column) in taken:
                    column += 1
                yield row, column, cell.rowspan, cell.colspan, _typed(cell.text)
                taken |= {
                    (row + down, column + across)
                    for down in range(cell.rowspan)
                    for across in range(cell.colspan)
                }
                column += cell.colspan


def _typed(text: str) -> object:
    """As people type it: whole numbers are numbers, all else stays text."""
    return int(text) if text.isascii() and text.isdecimal() and (text == "0" or text[0] != "0") else text


def xlsx(items: Iterable[str | Table], *, width: int = 10) -> bytes:
    """A workbook of one sheet, its tables with borders."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row, column, down, across, value in placed(items, width):
        sheet.cell(row, column, value)
        for covered in range(row, row + down):
            for place in range(column, column + across):
                sheet.cell(covered, place).border = _THIN
        if down * across > 1:
            sheet.merge_cells(
                start_row=row, start_column=column, end_row=row + down - 1, end_column=column + across - 1
            )
    return saved(book)


def saved(book: Any) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xls(items: Iterable[str | Table], *, width: int = 10) -> bytes:
    """The same of the binary kind, without borders."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("年报")
    for row, column, down, across, value in placed(items, width):
        sheet.write_merge(row - 1, row + down - 2, column - 1, column + across - 2, value)
    return saved(book)
