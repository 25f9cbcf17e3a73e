"""The macros: questions with a parameter, asked as `FROM name('…')`."""

from __future__ import annotations

from pipeline.tables.model import Macro
from pipeline.tables.panel import SERIES_MACRO

REPORT_TEXT = Macro(
    "report_text",
    "The prose of one report (正文), section by section in its order",
    (("report", "the report's report_id"),),
    (
        ("number", "number printed before the section's title (一 is 1); 0 for what stands before 一、"),
        ("title", "title as printed (标题)"),
        ("text", "the prose (正文)"),
    ),
    """SELECT s.number, s.title, s.text
FROM section_stored AS s JOIN report AS r USING (report_number)
WHERE r.report_id = report
ORDER BY s.position""",
)

CELL_BY_ORGAN = Macro(
    "cell_by_organ",
    "One cell of all current reports (单元·机关·年), organ after organ, year after year; what a cell means can differ "
    "between forms",
    (("name", "part/item/measure, for instance requests/received/total"),),
    (
        ("organ_id", "the organ (机关)"),
        ("organ", "its name in the report"),
        ("province", "province (省级)"),
        ("city", "city (地级)"),
        ("report_year", "year reported on (报告年度)"),
        ("form", "form of the report's tables (格式)"),
        ("scope", "own, area or NULL"),
        ("value", "the number printed, in unit; NULL unless status is reported"),
        ("unit", "unit of value"),
        ("status", "reported, blank, not_applicable, unreadable or ambiguous"),
        ("report_id", "the report"),
    ),
    """SELECT r.organ_id, r.organ, r.province, r.city, r.report_year, r.form, r.scope,
  f.value, f.unit, f.status, r.report_id
FROM figure_stored AS f JOIN cell_name AS c USING (cell_number) JOIN report AS r USING (report_number)
WHERE c.cell = name AND r.is_current
ORDER BY f.report_number""",
)

MACROS = (REPORT_TEXT, CELL_BY_ORGAN, SERIES_MACRO)
