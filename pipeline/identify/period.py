"""The calendar year that a report says its figures cover.

The sentence (统计期限自2018年1月1日起至2018年12月31日止) is matched with the losses met in copies, where a
character or two of a date is gone: 2018年11日至2018年1231日, 201711日至20171231日.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.identify.year import NUMERAL, year_of

_YEAR = rf"(20\d\d|{NUMERAL})"
_TO = r"日?(?:起|开始|零时|0时)*[,，]?(?:截?[至止到]|[-—–―~])+(?:于)?"
_WHOLE_YEAR = re.compile(
    rf"(?<!\d){_YEAR}[年./-]?(?:0?1|一)[月./-]?(?:0?1|一)?{_TO}(?:{_YEAR}[年./-]?|同年|当年)?(?:12|十二)[月./-]?(?:31|三十一)"
)
_FROM_MAY = re.compile(rf"(?<!\d){_YEAR}年5月1日?{_TO}(?:{_YEAR}年)?12月31日")
_FIRST_MONTHS = re.compile(r"(?<!\d)(2008)年5月?份?(?:至|到|[-—–―~]+)(?:(2008)年)?12月(?!3)")
_MONTHS = re.compile(rf"(?<!\d){_YEAR}年1月?(?:份)?(?:至|到|[-—–―~]+)(?:{_YEAR}年)?12月(?!3)")
_TERM = re.compile(
    rf"(?:统计|报告)(?:期限|时间|时段|时限|周期|期间|范围|期)[^。;；\d]{{0,8}}{_YEAR}(?:年全年|年度|全年|年[,，。;；)）])"
)
_UNTIL = re.compile(
    rf"(?:统计|报告|所列)(?:的)?(?:数据|期限)[^。;；\d]{{0,6}}截(?:[至止]到?|到){_YEAR}年12月31"
)
_ABOUT_FIGURES = re.compile(r"统计|数据|期限|时限|报告期|所列")
_ASKED = "编[制写报]|填报|格式|通知|要求"  # of the paper that asks for reports, which may name another year
_OPENING = re.compile(
    rf"(?<![\d\-—–]){_YEAR}(?!年?学|[-—–])年?度?[^,，。;；\d]{{0,30}}?(?:信息|政务)公开"
    rf"(?:(?!{_ASKED})[^,，。;；\d《》]){{0,12}}?(?:报告|情况|年报)(?!(?:的|有关)?(?:{_ASKED})|[^,，。;；]{{0,4}}》)"
)


def only(years: Iterable[int | None]) -> int | None:
    """The year that all agree on; None where there is none, or a choice."""
    distinct = {year for year in years if year is not None}
    return distinct.pop() if len(distinct) == 1 else None


def period_year(key: str) -> int | None:
    """The one year of the period that a folded body says it covers; None where its ends differ or leave a choice.

    In the first year of the regulation, 2008, the period began in May.
    """
    stated: list[int | None] = []
    mentioned: list[int | None] = []
    for pattern in (_WHOLE_YEAR, _FROM_MAY, _FIRST_MONTHS, _MONTHS):
        for match in pattern.finditer(key):
            first, last = year_of(match[1]), year_of(match[2]) if match[2] else None
            if last is not None and last != first:
                continue
            mentioned.append(first)
            if _ABOUT_FIGURES.search(key, max(0, match.start() - 40), match.start()):
                stated.append(first)
    if stated:
        return only(stated)
    terms = [*_TERM.finditer(key), *_UNTIL.finditer(key)]
    return only(mentioned) or only(year_of(match[1]) for match in terms)


def opening_year(key: str) -> int | None:
    """The year that the opening of a folded body names together with the report on it."""
    return only(year_of(match[1]) for match in _OPENING.finditer(key))
