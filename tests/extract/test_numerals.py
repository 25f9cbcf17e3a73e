"""What a cell says, and what is not certainly a number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.numerals import read_change, read_count, read_money
from pipeline.extract.record import Status


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        (" 12 ", 12),
        ("１２", 12),
        ("1,100", 1100),
        ("16368(件)", 16368),
        ("3件", 3),
        ("十二", 12),
        ("一百二十", 120),
        ("两万三千零五", 23005),
        ("零", 0),
        ("+22", 22),
        ("5.0", Decimal("5.0")),
    ],
)
def test_counts(text: str, value: int | Decimal) -> None:
    assert (read_count(text).status, read_count(text).value) == (Status.REPORTED, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("增 18", 18),
        ("减5", -5),
        ("-49", -49),
        ("+2", 2),
        ("增加3项", 3),
        ("减少 4", -4),
        ("－8", -8),
        ("0", 0),
        ("33", 33),
    ],
)
def test_changes(text: str, value: int) -> None:
    assert (read_change(text).status, read_change(text).value) == (Status.REPORTED, Decimal(value))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("106.36 万元", "1063600", "元"),
        ("211.509万", "2115090", "元"),
        ("198249.8元", "198249.8", "元"),
        ("￥3.5", "3.5", "¥"),
        ("1.2亿元", "120000000", "元"),
        ("8040", "8040", None),
        ("1,035,000", "1035000", None),
    ],
)
def test_money(text: str, value: str, unit: str | None) -> None:
    reading = read_money(text)
    assert (reading.status, reading.value, reading.unit) == (Status.REPORTED, Decimal(value), unit)


@pytest.mark.parametrize("text", ["/", "-", "—", "——", "－", "无", "不涉及", "N/A", "\\"])
def test_marks_for_not_applicable(text: str) -> None:
    assert read_count(text).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize("text", ["", " ", "\n", "\u3000", "\u00a0"])
def test_blank(text: str) -> None:
    assert read_count(text).status is Status.BLANK


@pytest.mark.parametrize(
    "text",
    [
        "--253", "+(0) -(0)", "? 0", "2019年", "约3", "3余件", "5①", "5²", "5^1", "~5~6", "12%", "1 2", "1\n2", "1,00",
        "007", "000", "一", "二百五", "百", "3（其中2件上年结转）", "未增未减", "O", "1.2.3", "-5", "0-1", "٣",
    ],
)  # fmt: skip
def test_not_certainly_a_number(text: str) -> None:
    reading = read_count(text)
    assert (reading.status, reading.value) == (Status.UNREADABLE, None)


@given(st.text(max_size=20))
def test_any_text_reads_without_error_and_a_value_needs_a_digit_or_numeral(text: str) -> None:
    for read in (read_count, read_change, read_money):
        reading = read(text)
        assert (reading.value is not None) == (reading.status is Status.REPORTED)
        if reading.value is not None:
            assert any(c.isdecimal() or c in "零〇一二两三四五六七八九十百千万" for c in text)


@given(st.integers(1, 99_999_999))
def test_chinese_numerals_are_read_back(number: int) -> None:
    assert read_count(chinese(number)).value in ({number} if chinese(number) != "一" else {None})


def chinese(number: int) -> str:
    """`number` in Chinese characters, as one writes it."""
    if number >= 10_000:
        low = number % 10_000
        middle = "" if not low or low >= 1000 else "零"
        return chinese(number // 10_000) + "万" + middle + (chinese(low) if low else "")
    text, pending = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if pending and text else "") + "零一二三四五六七八九"[digit] + name
            pending = False
        else:
            pending = True
    return text[1:] if text.startswith("一十") else text
