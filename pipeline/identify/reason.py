"""Why something is not taken for a report: the documented vocabulary."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Reason(StrEnum):
    """One reason for a refusal; `description` says it in a sentence."""

    description: str

    def __new__(cls, value: str, description: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.description = description
        return member

    NO_TITLE = "no_title", "There is no title, and the body alone does not show a report."
    NOT_ABOUT_DISCLOSURE = (
        "not_about_disclosure",
        "Nothing says that this is about open government information.",
    )
    OTHER_DISCLOSURE = "other_disclosure", "About open government information, but not a yearly report on it."
    SUBJECT_NOT_PRINTED = (
        "subject_not_printed",
        "A yearly report (年报), but of what is not printed in the title.",
    )
    CUT_SHORT = "cut_short", "The title is cut before it says what kind of paper it is."
    COLUMN_PAGE = "column_page", "The name of a column, or a list of reports, rather than one report."
    COVER_NOTICE = "cover_notice", "A paper that issues or forwards a report (关于印发…年度报告的通知)."
    NOTICE = "notice", "A notice about compiling, sending or publishing reports (通知, 公告, 函)."
    FORMAT = "format", "The prescribed form or how to fill it in (格式, 填报说明)."
    MODEL_TEXT = "model_text", "A model or a collection of models, not an organ's report (范文, 模板)."
    INTERPRETATION = "interpretation", "Explains a report in words or pictures (解读, 图解)."
    NEWS = "news", "News about reports or about disclosure work (发布, 召开, 培训)."
    SUMMARY = "summary", "A summary of work (工作总结), not the report that the regulation asks for."
    WORK_PLAN = "work_plan", "What is to be done (要点, 方案, 计划)."
    REGULATION = "regulation", "A rule or standing system (条例, 办法, 制度)."
    REQUEST_GUIDE = "request_guide", "A guide, a catalogue or help for requests (指南, 目录, 依申请公开)."
    STATISTICS = (
        "statistics",
        "Tables of figures standing alone (统计表); the report they belong to is another page.",
    )
    ASSESSMENT = "assessment", "An assessment, inspection or grading of disclosure work (评估, 考核, 自查)."
    REPLY = "reply", "An official answer or explanation (答复, 批复, 解释)."
    HALF_YEAR = "half_year", "Of a part of a year (上半年, 季度, 月)."
    WEBSITE_REPORT = "website_report", "The yearly return of a government website (政府网站工作年度报表)."
    LAW_REPORT = "law_report", "The yearly report on government by law (法治政府建设年度报告)."
    BUDGET = "budget", "Budgets, accounts or other financial disclosure (预算, 决算)."
    PARTY = (
        "party",
        "Disclosure of Party, village, court or police affairs: other regimes (党务公开, 村务公开).",
    )
    UNIVERSITY = "university", "A university's report under the rules for higher education (学年)."
    INSTITUTION = "institution", "Of a school, hospital or company: public institutions follow other rules."


MAY_BE_REPORT = frozenset(
    {
        Reason.NO_TITLE,
        Reason.SUBJECT_NOT_PRINTED,
        Reason.CUT_SHORT,
        Reason.COVER_NOTICE,
        Reason.COLUMN_PAGE,
        Reason.SUMMARY,
        Reason.OTHER_DISCLOSURE,
        Reason.NOT_ABOUT_DISCLOSURE,
    }
)
"""The reasons that a title alone does not settle: the page behind it can still be a report by its body."""
