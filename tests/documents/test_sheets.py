"""Workbooks: what a person sees in each cell, at its row and column."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import openpyxl  # type: ignore[import-untyped]
import pytest
import xlwt  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read import Document, Grid, read_document
from pipeline.read.sheets.formats import plain, shown
from tests.documents.reports import assert_true, lines_and_tables, reader, reports
from tests.documents.workbooks import saved, xls, xlsx
from tests.documents.writing import zipped

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINK = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


@pytest.mark.parametrize("make", [xlsx, xls])
def test_every_figure_of_a_report_in_a_workbook_is_right(make: object) -> None:
    assert callable(make)
    for report in reports()[::4]:
        reading = reader().read(make(lines_and_tables(report)), name="年报.docx")
        assert_true(reading, report, has_sections=False)


def test_a_figure_is_found_at_its_row_and_column_of_the_sheet() -> None:
    report = reports()[0]
    data = xlsx(lines_and_tables(report))
    sheet = openpyxl.load_workbook(BytesIO(data)).active
    for figure in reader().read(data).record.figures:
        assert str(sheet.cell(figure.where.row, figure.where.column).value) == figure.raw


# Value, format, and what a spreadsheet program shows.
FORMATS = [
    ("1", "General", "1"),
    ("1.0", "General", "1"),
    ("0.1", "General", "0.1"),
    ("0.30000000000000004", "General", "0.3"),
    ("12.5", "0", "13"),
    ("1234567", "#,##0", "1,234,567"),
    ("1234.5", "#,##0.00", "1,234.50"),
    ("-3", "0", "-3"),
    ("0.125", "0%", "13%"),
    ("0.125", "0.0%", "12.5%"),
    ("7", '0"件"', "7件"),
    ("7", "0\\件", "7件"),
    ("7", "0_ ", "7"),
    ("7", "0_);[Red]\\(0\\)", "7"),
    ("-7", "0_);[Red]\\(0\\)", "(7)"),
    ("5", "[$-804]0", "5"),
    ("44216", "yyyy\\年m\\月d\\日", "2021年1月20日"),
    ("44216", "m/d/yy", "2021年1月20日"),
    ("0", '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
    ("5", '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "5.00"),
    ("3", "@", "3"),
    ("1.0049999999999999", "0.00", "1.01"),  # typed as 1.005: a workbook shows fifteen digits
    ("-7", '0;"减"0', "减7"),
    ("7", "General;General;;@", "7"),  # of the general format in a section, and of conditions
    ("7", 'General"件"', "7件"),
    ("7", "G/通用格式", "7"),
    ("7", '[=0]"";0', "7"),
    ("0", '[=0]"-";General', "-"),
    ("0.5", "[<1]0.0;0", "0.5"),
    ("7.0000000001", "General", "7"),  # of the general format eleven characters are shown
    ("62.10971234567", "General", "62.10971235"),
    ("123456789012", "General", "123456789012"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "code", "text"), FORMATS)
def test_a_number_is_read_as_its_format_shows_it(value: str, code: str, text: str) -> None:
    assert shown(Decimal(value), code) == text


@pytest.mark.parametrize(
    "code", ["0,", "0.00,,", "# ?/?", "0.00E+00", ";;;", "", "x", "0 0", '0"件"0', "h:mm", "#"]
)
def test_a_format_that_is_not_known_makes_no_number(code: str) -> None:
    assert shown(Decimal(1250), code).startswith("\ufffd") or code == "#"
    assert code != "#" or shown(Decimal(1250), code) == "1250"


@pytest.mark.parametrize("code", ["0;[Red]0", "0.00_);[Red]0.00", "#,##0;[Red]#,##0"])
def test_a_negative_that_only_its_colour_tells_is_no_number(code: str) -> None:
    assert shown(Decimal(-12), code) == "\ufffd-12"
    assert shown(Decimal(12), code).startswith("12")


@given(st.integers(-(10**14), 10**14))
def test_a_whole_number_is_printed_whole(value: int) -> None:
    assert plain(Decimal(value)) == str(value)


def texts(data: bytes) -> list[tuple[str, int, int, bool]]:
    (grid,) = [block for block in read_document(data).blocks if isinstance(block, Grid)]
    return [(cell.text, cell.row, cell.column, cell.hidden) for cell in grid.cells]


def test_hidden_rows_columns_and_sheets_are_told() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in ("甲", "1", "2"), ("乙", "3", "4"):
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["C"].hidden = True
    assert [cell for cell in texts(saved(book)) if cell[3]] == [
        ("2", 1, 3, True),
        ("乙", 2, 1, True),
        ("3", 2, 2, True),
        ("4", 2, 3, True),
    ]
    other = book.create_sheet("底稿")
    other.append(["丙", "5"])
    other.sheet_state = "hidden"
    grids = [block for block in read_document(saved(book)).blocks if isinstance(block, Grid)]
    assert [(grid.number, all(cell.hidden for cell in grid.cells)) for grid in grids] == [
        (1, False),
        (2, True),
    ]


def test_rows_without_height_and_columns_without_width_are_hidden() -> None:
    rows = '<row ht="0"><c><v>7</v></c></row><row ht="15"><c><v>1</v></c></row>'
    assert [(text, hidden) for text, *_, hidden in texts(raw_sheet(rows))] == [("7", True), ("1", False)]
    old = xlwt.Workbook()
    sheet = old.add_sheet("a")
    for column in range(3):
        sheet.write(0, column, column)
    sheet.col(1).width = 0
    assert [text for text, *_, hidden in texts(saved(old)) if hidden] == ["1"]


def test_a_zero_that_its_sheet_hides_is_no_number() -> None:
    book = openpyxl.Workbook()
    book.active.append(["规章", 0, 1, "0"])
    book.active.sheet_view.showZeros = False
    assert [text for text, *_ in texts(saved(book))] == ["规章", "\ufffd0", "1", "0"]
    old = xlwt.Workbook()
    sheet = old.add_sheet("a")
    for column, value in enumerate(("规章", 0, 1)):
        sheet.write(0, column, value)
    sheet.show_zero_values = 0
    assert [text for text, *_ in texts(saved(old))] == ["规章", "\ufffd0", "1"]


def test_a_figure_that_is_white_on_white_is_no_number() -> None:
    book = openpyxl.Workbook()
    book.active.append(["规章", 5, 6])
    for place in ("A1", "B1", "C1"):
        book.active[place].font = openpyxl.styles.Font(color="FFFFFFFF")
    book.active["C1"].fill = openpyxl.styles.PatternFill("solid", fgColor="FF1F4E79")
    assert [text for text, *_ in texts(saved(book))] == ["规章", "\ufffd5", "6"]
    old = xlwt.Workbook()
    sheet = old.add_sheet("a")
    for column, dress in enumerate(("", "; pattern: pattern solid, fore_colour dark_blue")):
        sheet.write(0, column, 5 + column, xlwt.easyxf(f"font: colour white{dress}"))
    assert [text for text, *_ in texts(saved(old))] == ["\ufffd5", "6"]


def test_a_row_that_shows_nothing_has_no_cells_where_borders_tell_none() -> None:
    book = openpyxl.Workbook()
    for row in (["规章", 1, 2], [], ["总计", None, 3]):
        book.active.append(row)
    assert [(text, row) for text, row, *_ in texts(saved(book))] == [
        *(("规章", 1), ("1", 1), ("2", 1)),
        *(("总计", 3), ("", 3), ("3", 3)),
    ]


def test_a_formula_without_its_value_is_no_blank() -> None:
    book = openpyxl.Workbook()
    book.active.append(["合计", "=SUM(C1:C2)", 1])
    assert [text for text, *_ in texts(saved(book))] == ["合计", "\ufffd", "1"]


def test_a_formula_of_the_binary_kind_without_its_value_is_no_blank() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, "合计")
    sheet.write(0, 1, xlwt.Formula("C1+1"))
    sheet.write(0, 2, 1)
    assert [text for text, *_ in texts(saved(book))] == ["合计", "\ufffd", "1"]


def test_a_number_in_a_font_that_strikes_it_out_is_none() -> None:
    book = openpyxl.Workbook()
    book.active.append(["规章", 5, 6])
    book.active["B1"].font = openpyxl.styles.Font(strike=True)
    assert [text for text, *_ in texts(saved(book))] == ["规章", "~5~", "6"]
    old = xlwt.Workbook()
    sheet = old.add_sheet("a")
    for column, value in enumerate(("规章", 5, 6)):
        sheet.write(0, column, value, xlwt.easyxf("font: struck_out on" if value == 5 else ""))
    assert [text for text, *_ in texts(saved(old))] == ["规章", "~5~", "6"]


def test_errors_and_truths_are_shown_as_they_stand() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, "甲")
    sheet.row(0).set_cell_error(1, "#DIV/0!")
    sheet.row(0).set_cell_boolean(2, 1)
    assert [text for text, *_ in texts(saved(book))] == ["甲", "#DIV/0!", "TRUE"]


def raw_sheet(rows: str) -> bytes:
    return zipped(
        {
            "xl/workbook.xml": f'<workbook {MAIN} {LINK}><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<R><Relationship Id="r1" Target="worksheets/s.xml"/></R>',
            "xl/worksheets/s.xml": f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>",
        }
    )


def code(data: bytes) -> str:
    document: Document = read_document(data)
    assert document.blocks == ()
    return document.issues[-1].code


def test_a_cell_at_the_end_of_the_world_costs_nothing() -> None:
    far = '<row r="1048576"><c r="XFD1048576" t="str"><v>1</v></c></row>'
    assert code(raw_sheet(far)) == "too_large"
    near = '<row r="1"><c t="str"><v>甲</v></c><c><v>1</v></c></row>'
    assert [text for text, *_ in texts(raw_sheet(near))] == ["甲", "1"]


def test_cells_merged_and_drawn_without_number_are_read_in_bounded_time() -> None:
    far = '<row r="90"><c r="ALL90" t="str"><v>1</v></c></row></sheetData><mergeCells>'
    merged = "".join(f'<mergeCell ref="A{number}:ALL90"/>' for number in range(1, 90))
    assert code(raw_sheet(f"{far}{merged}</mergeCells><sheetData>")) == "too_complex"
    assert code(raw_sheet("<row/>" * 1_100_000)) == "too_large"


def test_damaged_and_empty_workbooks_are_named() -> None:
    assert code(raw_sheet("")) == "empty_document"
    assert code(zipped({"xl/workbook.bin": b"\0"})) == "reader_missing"
    assert code(zipped({"xl/other.xml": b"\0"})) == "damaged_document"
    assert code(zipped({"xl/workbook.xml": b" " * 50_000_000})) == "too_large"


@pytest.mark.parametrize("make", [xlsx, xls])
def test_a_workbook_cut_off_or_changed_anywhere_gives_no_other_figure(make: object) -> None:
    assert callable(make)
    report = reports()[3]
    data = make(lines_and_tables(report))
    true = {name: one.value for name, one in report.figures.items()}
    for place in range(0, len(data), len(data) // 25):
        cut = reader().read(data[:place])
        assert cut.record.issues
        values = {figure.cell: figure.value for figure in cut.record.figures if figure.value is not None}
        assert values.items() <= true.items()
    for place in range(600, len(data), len(data) // 25):
        reader().read(data[:place] + bytes((data[place] ^ 0x55,)) + data[place + 1 :])
