"""Rows as text: exact, aligned, safe for a terminal."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pipeline.tables.show import Format, Row, show


def shown(columns: list[str], rows: list[Row], form: Format) -> str:
    out = io.StringIO()
    show(columns, rows, form, out)
    return out.getvalue()


def test_table_is_aligned_for_chinese() -> None:
    text = shown(["city", "n"], [("济宁市", 12), ("x", None), (None, 3)], Format.TABLE)
    assert text == "city       n\n──────  ────\n济宁市    12\nx       NULL\nNULL       3\n"
    assert {cell_len(line) for line in text.splitlines()} == {12}


def test_table_has_one_line_a_row_and_no_control_characters() -> None:
    text = shown(["raw"], [("a\nb\r\nc\x1b[31md",)], Format.TABLE)
    assert text.splitlines()[2] == "a↵b↵c·[31md"


def test_table_without_rows_shows_its_columns() -> None:
    assert shown(["a", "b"], [], Format.TABLE).splitlines()[0] == "a  b"


def test_json_is_one_array_of_objects_with_exact_numbers() -> None:
    rows: list[Row] = [
        (Decimal("12345678901234.5600"), "市", None, True, date(2026, 1, 2), 1.5, [1, {"a": Decimal("2.0")}])
    ]
    text = shown(["d", "t", "n", "b", "on", "f", "l"], rows, Format.JSON)
    assert json.loads(text, parse_float=Decimal) == [
        {
            "d": Decimal("12345678901234.56"),
            "t": "市",
            "n": None,
            "b": True,
            "on": "2026-01-02",
            "f": Decimal("1.5"),
            "l": [1, {"a": 2}],
        }
    ]


def test_json_keeps_columns_of_one_name_and_what_json_has_no_word_for() -> None:
    text = shown(["a", "a", "a_1"], [(1, float("nan"), datetime(2026, 1, 2, 3))], Format.JSON)  # noqa: DTZ001
    assert json.loads(text) == [{"a": 1, "a_1": "nan", "a_1_1": "2026-01-02 03:00:00"}]


def test_json_of_no_rows_is_an_empty_array() -> None:
    assert json.loads(shown(["a"], [], Format.JSON)) == []


def test_csv_reads_back() -> None:
    rows: list[Row] = [(Decimal("0.5000"), 'a "b"\n，c', None), (Decimal("100.0000"), "", False)]
    text = shown(["d", "t", "n"], rows, Format.CSV)
    assert list(csv.reader(io.StringIO(text))) == [
        ["d", "t", "n"],
        ["0.5", 'a "b"\n，c', ""],
        ["100", "", "false"],
    ]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**30), max_value=10**30))
def test_every_decimal_is_exact_in_every_format(value: Decimal) -> None:
    assert json.loads(shown(["v"], [(value,)], Format.JSON), parse_float=Decimal) == [{"v": value}]
    for form in (Format.CSV, Format.TABLE):
        assert Decimal(shown(["v"], [(value,)], form).splitlines()[-1]) == value
