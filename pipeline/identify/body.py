"""What the body of a page shows: the headings of a report, its period, results or instructions.

Headings are those of the forms since 2019 and of the articles of 2008; period sentences are matched with the losses
met in copies (2018年11日至2018年1231日).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.identify.year import YEAR, year_of

_NUMBER = (
    r"(?:第?[一二三四五六七八九十]{1,2}(?:部分|章)?[、.,:：]?|[(（][一二三四五六七八九十][)）]|\d{1,2}[.、])"
)
_INLINE_NUMBER = r"[一二三四五六七八九][、.]"
_SINCE_2019 = (
    r"总体情况",
    r"(?:行政机关)?主动公开政府信息(?:的)?情况",
    r"(?:行政机关)?收到和(?:处理|办理)政府信息公开申请(?:的)?情况",
    r"(?:因)?政府信息公开(?:工作)?(?:被)?(?:申请)?行政复议.{0,6}?行政诉讼(?:的)?(?:情况)?",
    r"(?:政府信息公开工作)?(?:中)?(?:存在的?)?(?:主要)?问题(?:和|及|与)改进(?:情况|措施)?",
    r"其他需要(?:报告|说明)的(?:事项|情况)",
)
_BEFORE_2019 = (
    r"(?:工作)?(?:概述|基本情况|总体情况|概况)",
    r"(?:政府信息)?主动公开(?:政府信息)?(?:的)?(?:工作)?情况",
    r"(?:政府信息)?依申请公开.{0,22}?(?:情况)?",
    r".{0,14}(?:收费|费用).{0,10}?(?:情况)?",
    r".{0,16}(?:复议|诉讼|申诉).{0,16}?(?:情况)?",
    r".{0,12}(?:问题|不足).{0,16}|改进(?:措施|情况)",
)


def _headings(patterns: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"{_NUMBER}?(?:{pattern})[:：。]?(?:\(.{{0,20}}\))?") for pattern in patterns)


def _inline(patterns: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"{_INLINE_NUMBER}(?:{pattern})") for pattern in patterns)


_STANDING = {2019: _headings(_SINCE_2019), 2008: _headings(_BEFORE_2019)}
_RUNNING = {2019: _inline(_SINCE_2019), 2008: _inline(_BEFORE_2019[:3])}

_TO = r"(?:日?(?:起|开始|零时)?)(?:至|到|—+|-+|~)"
_YEAR4 = YEAR.replace("(?:年年度|年度|年|度)?", "")
_WHOLE_YEAR = re.compile(
    rf"({_YEAR4})[年./-]?(?:0?1|一)[月./-]?(?:0?1|一)?{_TO}(?:({_YEAR4})[年./-]?|(?:同|当)年)?(?:12|十二)[月./-]?(?:31|三十一)?"
)
_PART_OF_FIRST_YEAR = re.compile(rf"({_YEAR4})年5月1日?{_TO}(?:({_YEAR4})年)?12月31日")
_TERM = re.compile(
    rf"(?:统计|报告)(?:期限|时间|时段|周期|期间|范围|期)[^。;；]{{0,8}}?({_YEAR4})年(?:全年|度|1月?[-—至~到]12月|\(|,|，|。)"
)
_SCHOOL_YEAR = re.compile(r"20\d\d年(?:8|9)月1日?.{0,3}至20\d\d年(?:7|8)月3[01]日|学年")
_OPENING_YEAR = re.compile(
    rf"(?<!\d)({_YEAR4})年度?[^,，。;；]{{0,30}}?(?:信息|政务)公开[^,，。;；]{{0,12}}?(?:报告|情况|年报)"
)

_RESULT = re.compile(
    r"\d+(?:余)?(?:件|条|次|份|个|篇|期|人次|场)|未(?:收到|发生|收取|出现)|没有(?:收到|发生)|不存在"
)
_INSTRUCTION = re.compile(
    r"(?:印发|下发|转发|发)给?你们|(?:通知|要求|公告|说明)如下|请(?:认真|遵照|参照|按照|结合|各|于|务必)|(?:应当?|须|务必|要)于.{0,20}前"
    r"|前(?:报送|上报|公布|发布|报)|(?:遵照|参照|贯彻)执行|抓好(?:贯彻)?落实$|各单位(?:要|应|须)"
)
_PLACEHOLDER = re.compile(
    r"[x×*_]{2,}(?:年|市|县|区|局|镇|乡|省|条|件|单位|人民)|某某?(?:市|县|区|局|镇)|[□○〇]{2,}(?:市|县|局|年)|_{3,}|\(单位名称\)"
)
_MODELS = re.compile(r"^(?:第[一二三四五六七八九十]+篇|篇[一二三四五六七八九十\d]|.{0,20}范文)")
_UNIVERSITY_RULES = re.compile(r"高等学校信息公开办法|学校信息公开工作|我校")
_DISCLOSURE = re.compile(r"政府信息公开|信息公开")


@dataclass(frozen=True, slots=True)
class Body:
    """What was seen in a body. `headings` counts distinct headings of the form that shows more of them."""

    headings: int
    statutory: bool  # at least four of the six headings since 2019, or four of those before
    period_year: int | None
    opening_year: int | None
    results: int
    instructions: int
    placeholders: int
    models: int
    university: bool
    disclosure: bool


def read_body(keys: Sequence[str]) -> Body:
    """Look through the folded lines of a body, in time linear in their length."""
    since, before = _count(keys, 2019), _count(keys, 2008)
    whole = "".join(keys)
    opening = "".join(keys[:15])[:4000]
    disclosure = _DISCLOSURE.search(whole) is not None
    return Body(
        headings=max(since, before),
        statutory=since >= 4 or (before >= 4 and disclosure),
        period_year=period_year(whole),
        opening_year=_only(year_of(match[1]) for match in _OPENING_YEAR.finditer(opening)),
        results=sum(1 for key in keys if _RESULT.search(key)),
        instructions=sum(1 for key in keys if _INSTRUCTION.search(key)),
        placeholders=sum(len(_PLACEHOLDER.findall(key)) for key in keys),
        models=sum(1 for key in keys if _MODELS.match(key[:40])),
        university=bool(_UNIVERSITY_RULES.search(opening) or _SCHOOL_YEAR.search(opening)),
        disclosure=disclosure,
    )


def _count(keys: Sequence[str], form: int) -> int:
    short = [key for key in keys if len(key) <= 60]
    long = [key for key in keys if len(key) > 60]
    pairs = zip(_STANDING[form], [*_RUNNING[form], *[None] * 6], strict=False)
    return sum(
        any(standing.fullmatch(key) for key in short)
        or (running is not None and any(map(running.search, long)))
        for standing, running in pairs
    )


def _only(years: Iterable[int | None]) -> int | None:
    distinct = {year for year in years if year is not None}
    return distinct.pop() if len(distinct) == 1 else None


def period_year(key: str) -> int | None:
    """The one calendar year of the period that the body says it covers; None where its ends differ."""
    years: list[int | None] = []
    for pattern in (_WHOLE_YEAR, _PART_OF_FIRST_YEAR):
        for match in pattern.finditer(key):
            first, last = year_of(match[1]), year_of(match[2]) if match[2] else None
            if last is None or first == last:
                years.append(first)
    return _only(years) if years else _only(year_of(match[1]) for match in _TERM.finditer(key))
