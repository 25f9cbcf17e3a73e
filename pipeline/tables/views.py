"""The views that researchers ask first."""

from __future__ import annotations

from pipeline.tables.identity import ORGAN_UNCERTAIN
from pipeline.tables.model import View
from pipeline.tables.panel import PANEL
from pipeline.tables.report_views import REPORT_ADDRESS, REPORT_REVISION

CURRENT_FIGURE = View(
    "current_figure",
    "Every cell of the current reports, beside the report it stands in (最新版本的单元)",
    (
        ("report_id", "The report"),
        ("organ_id", "The organ (机关)"),
        ("organ", "The organ's name"),
        ("province", "Province (省级)"),
        ("city", "City (地级)"),
        ("report_year", "Year reported on (报告年度)"),
        ("form", "Form of the report's tables (格式)"),
        ("scope", "own, area or NULL"),
        ("part", "Part of the form"),
        ("item", "Row of the form"),
        ("measure", "Column of the form"),
        ("cell", "part/item/measure"),
        ("value", "The number printed, in unit; NULL unless status is reported"),
        ("unit", "Unit of value"),
        ("status", "reported, blank, not_applicable, unreadable or ambiguous"),
        ("raw", "What is printed"),
    ),
    """SELECT r.report_id, r.organ_id, r.organ, r.province, r.city, r.report_year, r.form, r.scope,
  c.part, c.item, c.measure, c.cell, f.value, f.unit, f.status, f.raw
FROM figure_stored AS f JOIN cell_name AS c USING (cell_number) JOIN report AS r USING (report_number)
WHERE r.is_current""",
)


CITY_YEAR = View(
    "city_year",
    "One city and year (市·年): sums over the current reports that are held, roll-ups of areas left out, so "
    "that nothing is counted twice. A sum holds only what is printed as a number: read it beside the count "
    "of reports behind it; NULL is no number at all, never zero",
    (
        ("province", "Province (省级)"),
        ("city", "City (地级); NULL for organs of a province and for places not known"),
        ("report_year", "Year reported on (报告年度)"),
        ("reports", "Current reports, roll-ups of areas left out"),
        ("area_reports", "Current reports that are the roll-up of an area (汇总), in no sum here"),
        ("forms", "Forms of those reports; figures of different forms do not all mean the same"),
        ("with_requests_received", "Reports behind requests_received"),
        ("requests_received", "New requests (本年新收), forms of 2019 and 2021"),
        ("requests_carried_in", "Requests carried in (上年结转), forms of 2019 and 2021"),
        ("requests_granted", "Granted (予以公开), forms of 2019 and 2021"),
        ("requests_partly_granted", "Partly granted (部分公开), forms of 2019 and 2021"),
        ("requests_concluded", "Concluded (办理结果总计), forms of 2019 and 2021"),
        ("requests_carried_out", "Carried over to the next year (结转下年度), forms of 2019 and 2021"),
        ("reviews", "Administrative reviews (行政复议), forms of 2019 and 2021"),
        ("litigation_direct", "Litigation without review (未经复议直接起诉), forms of 2019 and 2021"),
        ("litigation_after_review", "Litigation after review (复议后起诉), forms of 2019 and 2021"),
        ("with_annex_received", "Reports behind annex_received"),
        (
            "annex_received",
            "Requests received (收到申请数), annex of 2014 to 2018: counted otherwise than from 2019 on",
        ),
    ),
    """SELECT province, city, report_year,
  count(report_id) FILTER (scope IS DISTINCT FROM 'area') AS reports,
  count(report_id) FILTER (scope = 'area') AS area_reports,
  string_agg(DISTINCT form, ', ' ORDER BY form) FILTER (scope IS DISTINCT FROM 'area') AS forms,
  count(value) FILTER (cell = 'requests/received/total') AS with_requests_received,
  sum(value) FILTER (cell = 'requests/received/total') AS requests_received,
  sum(value) FILTER (cell = 'requests/carried_in/total') AS requests_carried_in,
  sum(value) FILTER (cell = 'requests/granted/total') AS requests_granted,
  sum(value) FILTER (cell = 'requests/partly_granted/total') AS requests_partly_granted,
  sum(value) FILTER (cell = 'requests/concluded/total') AS requests_concluded,
  sum(value) FILTER (cell = 'requests/carried_out/total') AS requests_carried_out,
  sum(value) FILTER (cell = 'disputes/review/total') AS reviews,
  sum(value) FILTER (cell = 'disputes/litigation_direct/total') AS litigation_direct,
  sum(value) FILTER (cell = 'disputes/litigation_after_review/total') AS litigation_after_review,
  count(value) FILTER (cell = 'annex/received/value') AS with_annex_received,
  sum(value) FILTER (cell = 'annex/received/value') AS annex_received
FROM (
  SELECT province, city, report_year, report_id, scope, form, NULL AS cell, NULL AS value
  FROM report WHERE is_current
  UNION ALL
  SELECT r.province, r.city, r.report_year, NULL, r.scope, NULL, c.cell, f.value
  FROM figure_stored AS f JOIN cell_name AS c USING (cell_number) JOIN report AS r USING (report_number)
  WHERE r.is_current AND r.scope IS DISTINCT FROM 'area' AND c.cell IN (
    'requests/received/total', 'requests/carried_in/total', 'requests/granted/total',
    'requests/partly_granted/total', 'requests/concluded/total', 'requests/carried_out/total',
    'disputes/review/total', 'disputes/litigation_direct/total', 'disputes/litigation_after_review/total',
    'annex/received/value')
)
GROUP BY province, city, report_year
ORDER BY province, city, report_year""",
    kept=True,
)

QUALITY = View(
    "quality",
    "One report, how well it was read and whether it agrees with itself (质量)",
    (
        ("report_id", "The report"),
        ("organ", "The organ's name (机关名称)"),
        ("province", "Province (省级)"),
        ("city", "City (地级)"),
        ("report_year", "Year reported on (报告年度)"),
        ("form", "Form of its tables (格式)"),
        ("is_current", "Whether it is the latest version (最新版本)"),
        ("figures", "Cells read"),
        ("reported", "Cells with a number"),
        ("blank", "Cells printed empty"),
        ("not_applicable", "Cells with a dash, a slash or 无"),
        ("unreadable", "Cells with something that is no number"),
        ("ambiguous", "Cells whose number may belong to another cell"),
        ("checks", "Checks made"),
        ("failed_by_source", "Checks that fail because the source prints it so"),
        ("failed_by_reading", "Checks that fail and make our reading doubtful"),
        ("unassessable", "Checks that could not be made"),
        ("issues", "Things noticed while reading"),
        (
            "organ_is_uncertain",
            "Whether something about who the organ is, is listed in organ_uncertain (机关存疑)",
        ),
        ("url", "Where it was got from (网址)"),
    ),
    """SELECT report_id, organ, province, city, report_year, form, is_current,
  figure_count AS figures, reported_count AS reported, blank_count AS blank, not_applicable_count AS not_applicable,
  unreadable_count AS unreadable, ambiguous_count AS ambiguous, check_count AS checks, failed_by_source,
  failed_checks - failed_by_source AS failed_by_reading, unassessable_checks AS unassessable,
  issue_count AS issues, CASE WHEN organ_id IS NULL THEN organ IS NOT NULL ELSE organ_id IN (
    SELECT organ_id FROM organ_uncertain WHERE organ_id IS NOT NULL
    UNION ALL SELECT other_id FROM organ_uncertain WHERE other_id IS NOT NULL) END AS organ_is_uncertain, url
FROM report
ORDER BY province, city, organ, report_year, report_id""",
)

COVERAGE_YEAR = View(
    "coverage_year",
    "One portal and year (门户·年): how many reports are expected there, and how many are held or not",
    (
        ("portal_code", "Portal (门户); NULL for imported files"),
        ("report_year", "Year reported on (报告年度); NULL where it is not known"),
        ("expected", "Organs expected to have a report (应公开)"),
        ("held", "Reports held (已得)"),
        ("missing", "Reports missing (没有)"),
        ("failed", "Reports that did not come (没抓到)"),
        ("unreadable", "Reports that could not be read (读不出)"),
        ("unexplained", "Reports of which nothing says why they are not held"),
    ),
    """SELECT portal_code, report_year, count(*) AS expected,
  count(*) FILTER (state = 'held') AS held, count(*) FILTER (state = 'missing') AS missing,
  count(*) FILTER (state = 'failed') AS failed, count(*) FILTER (state = 'unreadable') AS unreadable,
  count(*) FILTER (reason = 'unexplained') AS unexplained
FROM coverage
GROUP BY portal_code, report_year
ORDER BY portal_code, report_year""",
)

VIEWS = (
    CURRENT_FIGURE,
    CITY_YEAR,
    ORGAN_UNCERTAIN,
    QUALITY,
    COVERAGE_YEAR,
    PANEL,
    REPORT_ADDRESS,
    REPORT_REVISION,
)
