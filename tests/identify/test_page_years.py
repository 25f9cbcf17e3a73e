"""The year that a page reports on, and its date."""

from __future__ import annotations

from datetime import date

import pytest

from tests.identify.pages import SIGNED, SIX_HEADINGS, TITLE, look


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("统计期限自2018年1月1日起至2018年12月31日止。", 2018),
        ("统计期限为2018年1月1日至12月31日。", 2018),
        ("统计期限：2018年11日至2018年1231日。", 2018),
        ("数据的统计期限为201811日至20181231日。", 2018),
        ("统计期限为2018年1月1日—2018年12月31日。", 2018),
        ("统计时间：2018.1.1-2018.12.31。", 2018),
        ("所列数据的统计期限从２０１８年１月１日到１２月３１日。", 2018),
        ("統計期限自2018年1月1日起至2018年12月31日止。", 2018),
        ("统计期限为二〇一八年一月一日至十二月三十一日。", 2018),
        ("所列数据统计范围为2008年5月1日至12月31日。", 2008),
        ("统计期限为2018年度。", 2018),
        ("统计期限自2017年1月1日起至2018年12月31日止。", 2021),
        ("条例自2019年5月15日起施行。", 2021),
    ],
)
def test_the_period_sentence_beats_the_title(sentence: str, year: int) -> None:
    assert look([sentence, *SIX_HEADINGS], TITLE).year == year


def test_a_period_sentence_broken_over_two_lines() -> None:
    lines = ["数据统计期限自2018年1月1日起至2018", "年12月31日止。", *SIX_HEADINGS]
    assert look(lines, "商务局政府信息公开工作年度报告").year == 2018


def test_the_year_of_posting_is_not_the_year_of_the_report() -> None:
    lines = [line.replace("2021年，", "") for line in SIX_HEADINGS]
    tags = {"PubDate": "2022-01-20", "ColumnName": "2022年"}
    identity = look([*lines, *SIGNED], "青溪县商务局政府信息公开工作年度报告", tags)
    assert (identity.is_report, identity.year) == (True, None)


def test_a_column_that_names_report_and_year_tells_the_year() -> None:
    lines = [line.replace("2021年，", "") for line in SIX_HEADINGS]
    tags = {"ColumnName": "2021年政府信息公开年报"}
    assert look([*lines, *SIGNED], "青溪县商务局政府信息公开工作年度报告", tags).year == 2021


@pytest.mark.parametrize(
    ("lines", "tags", "day"),
    [
        (["青溪县商务局 2022年1月20日"], {"PubDate": "2022-02-01"}, date(2022, 1, 20)),
        (["青溪县商务局", "2022 年 1 月 20 日", "附件：统计表", "打印 关闭"], {}, date(2022, 1, 20)),
        (["青溪县商务局", "二〇二二年一月二十日"], {}, date(2022, 1, 20)),
        (["青溪县商务局"], {"PubDate": "2022/02/01"}, date(2022, 2, 1)),
        (["发布日期：2022-02-01 08:00"], {}, date(2022, 2, 1)),
        (["青溪县商务局", "2022年13月20日"], {}, None),
        ([], {}, None),
    ],
)
def test_the_date_is_that_of_the_signature_else_that_of_posting(
    lines: list[str], tags: dict[str, str], day: date | None
) -> None:
    assert look([*SIX_HEADINGS, *lines], TITLE, tags).published_on == day


@pytest.mark.parametrize(
    ("sentence", "signed", "tags", "year"),
    [
        ("统计期限自2020年1月1日起至2020年12月31日止。", "2022年1月20日", {}, 2021),
        ("统计期限自2022年1月1日起至2022年12月31日止。", "2023年1月20日", {}, 2022),
        ("统计期限自2020年1月1日起至2020年12月31日止。", "2021年1月20日", {"PubDate": "2022-01-20"}, 2020),
        ("统计期限自2020年1月1日起至2020年12月31日止。", "2024年1月20日", {}, 2020),
    ],
)
def test_of_two_printed_years_the_one_counts_that_the_date_follows(
    sentence: str, signed: str, tags: dict[str, str], year: int
) -> None:
    identity = look([sentence, *SIX_HEADINGS, "青溪县商务局", signed], TITLE, tags)
    assert identity.year == year
    assert identity.year_doubt is not None


@pytest.mark.parametrize(
    ("signed", "tags", "doubted"),
    [
        ("2021年1月20日", {}, True),
        ("2021年1月20日", {"PubDate": "2022-01-22"}, False),
        ("2021年12月28日", {}, False),
        ("2022年1月20日", {}, False),
    ],
)
def test_a_report_dated_before_its_year_has_ended_is_doubted(
    signed: str, tags: dict[str, str], doubted: bool
) -> None:
    identity = look([*SIX_HEADINGS, "青溪县商务局", signed], TITLE, tags)
    assert (identity.year, identity.year_doubt is not None) == (2021, doubted)


@pytest.mark.parametrize(
    "sentence", ["统计数据从2018年1月1日起，截止2018年12月31日。", "所列数据截至2018年12月31日。"]
)
def test_a_period_told_by_its_end(sentence: str) -> None:
    assert look([sentence, *SIX_HEADINGS], "商务局政府信息公开工作年度报告").year == 2018


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("根据2020年政府信息公开年度报告格式要求，现将我局2021年情况报告如下。", None),
        ("按照2022年政府信息公开年报编制通知的要求编制本报告。", None),
        ("2021年政府信息公开工作年度报告如下。", 2021),
    ],
)
def test_the_year_of_a_paper_that_asks_for_reports_is_not_theirs(sentence: str, year: int | None) -> None:
    lines = [sentence, *(line.replace("2021年，", "") for line in SIX_HEADINGS)]
    assert look(lines, "青溪县商务局政府信息公开工作年度报告").year == year
