"""Workbooks of the binary kind (xls, et), opened by xlrd, which tells formats, borders and what is hidden as well."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import xlrd  # type: ignore[import-untyped]

from pipeline.read.blocks import Document
from pipeline.read.given import Given, Unreadable
from pipeline.read.sheets.dress import dressed
from pipeline.read.sheets.formats import UNKNOWN, shown
from pipeline.read.sheets.sheet import MAX_COLUMNS, MAX_ROWS, Sheet, as_document

_MAX_SHEETS = 100
_MARKS = {1: "^", 2: "_"}  # raised and lowered runs
_NUMBERS = frozenset((xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE))
_WHITE = frozenset((1, 9))  # of the palette of all workbooks
_SOLID = 1


class _Unheard:
    """Where the library may write its warnings."""

    def write(self, text: str) -> None:
        """Take a warning and do nothing with it."""


def read_xls(given: Given) -> Document:
    """Read a workbook of the binary kind; of formulas the value that was saved with them."""
    try:
        book: Any = xlrd.open_workbook(
            file_contents=given.data, logfile=_Unheard(), formatting_info=True, ragged_rows=True
        )
        sheets = [_sheet(book, one) for one in _counted(book)]
    except (Unreadable, MemoryError):
        raise
    except Exception as error:
        if "encrypted" in str(error):
            raise Unreadable("encrypted_document", "The workbook is locked with a password.") from error
        raise Unreadable("damaged_document", f"The workbook cannot be read: {error}.") from error
    return as_document(given, sheets)


def _counted(book: Any) -> Any:
    if book.nsheets > _MAX_SHEETS:
        raise Unreadable(
            "too_complex", f"The workbook has {book.nsheets} sheets; at most {_MAX_SHEETS} are read."
        )
    return book.sheets()


def _sheet(book: Any, read: Any) -> Sheet:
    if read.nrows > MAX_ROWS or read.ncols > MAX_COLUMNS:
        raise Unreadable(
            "too_large", f"The sheet {read.name} has {read.nrows} rows and {read.ncols} columns."
        )
    sheet = Sheet(hidden=read.visibility != 0, drawn=set())
    sheet.hidden_rows = {row + 1 for row, info in read.rowinfo_map.items() if info.hidden or info.height == 0}
    sheet.hidden_columns = {
        column + 1 for column, info in read.colinfo_map.items() if info.hidden or info.width == 0
    }
    sheet.merged = [((top + 1, left + 1), (bottom, right)) for top, bottom, left, right in read.merged_cells]
    bordered = [_has_border(style) for style in book.xf_list]
    for row in range(read.nrows):
        for column in range(read.row_len(row)):
            text = _text(book, read, row, column)
            style = book.xf_list[read.cell_xf_index(row, column)]
            font = book.font_list[style.font_index]
            text = dressed(text, is_struck=bool(font.struck_out), is_white=_is_white(style, font))
            if text == "0" and not read.show_zero_values and read.cell_type(row, column) in _NUMBERS:
                text = UNKNOWN + text
            if text:
                sheet.texts[row + 1, column + 1] = text
            elif bordered[read.cell_xf_index(row, column)] and sheet.drawn is not None:
                sheet.drawn.add((row + 1, column + 1))
    if not any(bordered):
        sheet.drawn = None
    return sheet


def _has_border(style: Any) -> bool:
    border = style.border
    return any(
        (border.left_line_style, border.right_line_style, border.top_line_style, border.bottom_line_style)
    )


def _is_white(style: Any, font: Any) -> bool:
    """Whether characters are white on a ground that is white as well."""
    ground = style.background
    is_white = ground.fill_pattern == 0 or (
        ground.fill_pattern == _SOLID and ground.pattern_colour_index in _WHITE
    )
    return font.colour_index in _WHITE and is_white


def _text(book: Any, read: Any, row: int, column: int) -> str:
    kind, value = read.cell_type(row, column), read.cell_value(row, column)
    if kind == xlrd.XL_CELL_TEXT:
        if not value:
            return UNKNOWN  # of a formula: an empty text, or never computed; xlrd does not tell which
        runs = read.rich_text_runlist_map.get((row, column))
        return _marked(book, value, runs) if runs else str(value).replace("\r\n", "\n").replace("\r", "\n")
    if kind in _NUMBERS:
        style = book.xf_list[read.cell_xf_index(row, column)]
        code = book.format_map[style.format_key].format_str
        return shown(Decimal(repr(value)), code, from_1904=bool(book.datemode))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, UNKNOWN))
    return ""


def _marked(book: Any, text: str, runs: list[tuple[int, int]]) -> str:
    """A text whose raised, lowered and struck runs stay apart from their neighbours."""
    starts = [(0, None), *runs] if runs[0][0] else list(runs)
    ends = [start for start, _ in starts[1:]] + [len(text)]
    parts = []
    for (start, font_index), end in zip(starts, ends, strict=True):
        part, font = text[start:end], None if font_index is None else book.font_list[font_index]
        struck = font is not None and font.struck_out
        parts.append(f"~{part}~" if struck else (_MARKS.get(font.escapement, "") if font else "") + part)
    return "".join(parts)
