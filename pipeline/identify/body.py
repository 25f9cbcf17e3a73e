"""What the body of a page shows: the headings of a report, its period, results or instructions.

Headings are those of the forms since 2019 and of the article of 2008 that says what a report holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.identify.period import opening_year, period_year

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
    r"(?:政府信息公开)?(?:工作)?(?:的)?(?:概述|基本情况|总体(?:工作)?情况|概况)",
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
_RUNNING = {2019: _inline(_SINCE_2019), 2008: _inline(_BEFORE_2019)}

# The rules for higher education, and the school year that its reports cover.
_UNIVERSITY = re.compile(
    r"高等学校信息公开|高校信息公开|教育部令第29号|我校[^校]*我校"
    r"|20\d\d年[89]月1日?.{0,4}20\d\d年(?:7|8|9|10)月3[01]日|20\d\d年?[-—–~至]+20\d\d学年"
)
_RESULT = re.compile(
    r"\d余?(?:件|条|次|份|个|篇|期|人次|场)|未(?:收到|发生|收取|出现)|没有(?:收到|发生)|不存在"
)
_INSTRUCTION = re.compile(
    r"(?:印发|下发|转发|发)给?你们|(?:通知|要求|公告|说明)如下|请(?:认真|遵照|参照|按照|结合|各|于|务必)|(?:应当?|须|务必|要)于.{0,20}前"
    r"|前(?:报送|上报|公布|发布|报)|(?:遵照|参照|贯彻)执行|抓好(?:贯彻)?落实$|各单位(?:要|应|须)"
)
_PLACEHOLDER = re.compile(
    r"(?<=[x×*_])[x×*_](?:年|市|县|区|局|镇|乡|省|条|件|单位|人民)|某某?(?:市|县|区|局|镇)|(?<=[□○〇])[□○〇](?:市|县|局|年)|_{3,}|\(单位名称\)"
)
_MODELS = re.compile(r"^(?:第[一二三四五六七八九十]+篇|篇[一二三四五六七八九十\d]|.{0,20}范文)")
_DISCLOSURE = re.compile(r"政府信息公开|信息公开")


@dataclass(frozen=True, slots=True)
class Body:
    """What was seen in a body. `headings` counts distinct headings of the form that shows more of them."""

    headings: int
    statutory: (
        bool  # four of the six headings since 2019; or of those before, with fees or disputes among them
    )
    period_year: int | None
    opening_year: int | None
    results: int
    instructions: int
    placeholders: int
    models: int
    disclosing: bool  # speaks of information disclosure at all
    length: int  # in characters
    university: bool  # cites the rules for higher education, or covers a school year


def read_body(keys: Sequence[str]) -> Body:
    """Look through the folded lines of a body, in time linear in their length."""
    since, before = _seen(keys, 2019), _seen(keys, 2008)
    period = period_year("".join(keys))
    opening = "".join(keys[:15])[:1500]
    # Fees, and reviews and suits, are what the regulation of 2008 asks for and a summary of work leaves out.
    legal = before[3] or before[4]
    disclosure = any(map(_DISCLOSURE.search, keys))
    return Body(
        headings=max(sum(since), sum(before)),
        statutory=sum(since) >= 4 or (disclosure and legal and sum(before) >= (3 if period else 4)),
        period_year=period,
        opening_year=opening_year(opening),
        results=sum(1 for key in keys if _RESULT.search(key)),
        instructions=sum(1 for key in keys if _INSTRUCTION.search(key)),
        placeholders=sum(len(_PLACEHOLDER.findall(key)) for key in keys),
        models=sum(1 for key in keys if _MODELS.match(key[:40])),
        disclosing=disclosure,
        length=sum(map(len, keys)),
        university=_UNIVERSITY.search(opening) is not None,
    )


def _seen(keys: Sequence[str], form: int) -> list[bool]:
    """Which of the six headings of a form stand on a line of their own, or numbered in running text."""
    short = [key for key in keys if len(key) <= 60]
    long = [key for key in keys if len(key) > 60]
    return [
        any(map(standing.fullmatch, short)) or any(map(running.search, long))
        for standing, running in zip(_STANDING[form], _RUNNING[form], strict=True)
    ]
