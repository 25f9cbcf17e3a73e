"""The panel: comparable series of organs over the years, and where they must not be joined."""

from __future__ import annotations

from pipeline.tables.model import Macro, View
from pipeline.tables.reading import REPORT_NUMBER

_COLUMNS = (
    ("organ_id", "The organ (机关)"),
    ("organ", "Its name in that report"),
    ("division_code", "Smallest known division (行政区划代码)"),
    ("province", "Province (省级)"),
    ("city", "City (地级)"),
    ("county", "County (县级), where it is known"),
    ("report_year", "Year reported on (报告年度)"),
    ("series", "The series (序列), see table series"),
    ("value", "The sum of its cells, in unit; NULL unless status is reported"),
    ("unit", "Unit of value; NULL where the report prints none for money"),
    (
        "status",
        (
            "reported: every cell is a number; incomplete: a cell of the sum is not in the report; mixed: the cells "
            "differ in status or unit; else what all of them are: blank, not_applicable, unreadable, ambiguous"
        ),
    ),
    ("form", "The form that its cells belong to (格式)"),
    ("scope", "own, area or NULL: the organ's own report stands before a roll-up of its area (汇总)"),
    (
        "grade",
        (
            "How comparable it is with the organ's report before (可比等级): A the same, B close, C related, N not; "
            "NULL for the first"
        ),
    ),
    ("form_break", "Whether the definition changes here: grade B, C or N"),
    ("scope_break", "Whether the report before had another scope"),
    ("unit_break", "Whether the report before had another unit"),
    (
        "organ_break",
        (
            "Whether the organ, or its division, took in another, came from a split or gave up a part since the report "
            "before, or may have, see organ_link and division (合并或拆分)"
        ),
    ),
    ("years_missing", "Years without a report of this organ since the one before; NULL for the first"),
    (
        "segment",
        "Counts up wherever the grade is C or N and at an organ_break: values of different segments are never one line",
    ),
    (
        "change",
        "Value less that of the year before; NULL over a gap, another scope or unit, and between segments",
    ),
    ("is_corrected", "Whether a cell of the sum is corrected (更正), see figure.corrected_value"),
    ("printed_value", "The sum as printed; NULL where a cell is no number. Without corrections it is value"),
    ("cells", "The cells whose sum it is, joined by +"),
    ("report_id", "The report"),
)

_FOUND = """WITH asked AS (
  SELECT series, form, count(*) AS asked FROM series_cell WHERE list_contains($part, series) GROUP BY series, form),
found AS (
  SELECT s.series, s.form, f.report_number, count(*) AS found, count(f.value) AS numbers, sum(f.value) AS total,
    min(f.unit) AS unit, count(f.unit) IN (0, count(*)) AND min(f.unit) IS NOT DISTINCT FROM max(f.unit) AS one_unit,
    min(f.status) FILTER (NOT is_corrected) AS low, max(f.status) FILTER (NOT is_corrected) AS high,
    bool_or(is_corrected) AS is_corrected, CASE WHEN count(printed) = count(*) THEN sum(printed) END AS printed
  FROM series_cell AS s JOIN cell_name AS c USING (cell) JOIN (
    SELECT report_number, cell_number, status, value AS printed, corrected_value IS NOT NULL AS is_corrected,
      coalesce(corrected_value, value) AS value, coalesce(corrected_unit, unit) AS unit
    FROM figure_stored) AS f USING (cell_number)
  WHERE list_contains($part, s.series)
  GROUP BY s.series, s.form, f.report_number),
chosen AS (
  SELECT r.organ_id, r.report_year, series, found.form, r.scope, report_number,
    is_corrected, CASE WHEN found = asked THEN printed::DECIMAL(18,4) END AS printed_value,
    CASE WHEN one_unit THEN unit END AS unit,
    CASE WHEN found < asked THEN 'incomplete' WHEN NOT one_unit OR low <> high THEN 'mixed'
      ELSE coalesce(low::VARCHAR, 'reported') END AS status,
    CASE WHEN numbers = asked AND one_unit THEN total::DECIMAL(18,4) END AS value
  FROM found JOIN asked USING (series, form) JOIN report AS r USING (report_number)
  WHERE r.is_current AND r.organ_id IS NOT NULL AND r.report_year IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY r.organ_id, r.report_year, series ORDER BY
    CASE WHEN r.scope = 'own' THEN 0 WHEN r.scope = 'area' THEN 2 ELSE 1 END, r.published_on DESC NULLS LAST,
    report_number, found = asked DESC, found.form = r.form DESC, found.form DESC) = 1),
reformed AS (
  SELECT organ_id, list(since) AS since FROM organ_reform GROUP BY organ_id),
reckoned AS (
  SELECT chosen.*, coalesce(len(list_filter(since, lambda year: year <= report_year)), 0) AS reforms
  FROM chosen LEFT JOIN reformed USING (organ_id)),
stepped AS (
  SELECT *, lag(form) OVER before AS form_before, lag(report_year) OVER before AS year_before,
    lag(value) OVER before AS value_before, lag(unit) OVER before AS unit_before,
    lag(scope) OVER before AS scope_before, coalesce(lag(reforms) OVER before < reforms, false) AS organ_break
  FROM reckoned WINDOW before AS (PARTITION BY organ_id, series ORDER BY report_year)),
graded AS (
  SELECT stepped.*, step.grade, year_before IS NOT NULL AND scope IS DISTINCT FROM scope_before AS scope_break,
    year_before IS NOT NULL AND unit IS DISTINCT FROM unit_before AS unit_break,
    report_year - year_before - 1 AS years_missing
  FROM stepped LEFT JOIN series_step AS step USING (series, form_before, form))
SELECT series, report_number, value, unit, status, form, grade, scope_break, unit_break, organ_break, years_missing,
  (1 + count(*) FILTER (grade IN ('C', 'N') OR organ_break) OVER (PARTITION BY organ_id, series ORDER BY report_year)
    )::INTEGER AS segment,
  CASE WHEN grade IN ('A', 'B') AND years_missing = 0 AND NOT scope_break AND NOT unit_break AND NOT organ_break
      AND unit IS NOT NULL
    THEN value - value_before END AS change, is_corrected, printed_value
FROM graded
ORDER BY series, report_number"""

# Half a million rows at a time, which take some tens of megabytes: a series has a row for nearly every current report.
_PARTS = """SELECT list(series ORDER BY series) AS part
FROM (SELECT series, (row_number() OVER (ORDER BY series) - 1) // greatest(1, 500000 // (
    SELECT greatest(count(*), 1) FROM report WHERE is_current)) AS turn FROM series)
GROUP BY turn ORDER BY turn"""

_QUERY = """SELECT r.organ_id, r.organ, r.division_code, r.province, r.city, r.county, r.report_year, p.series, p.value,
  p.unit, p.status, p.form, r.scope, p.grade, p.grade IS NOT NULL AND p.grade <> 'A' AS form_break, p.scope_break,
  p.unit_break, p.organ_break, p.years_missing, p.segment, p.change, p.is_corrected,
  p.printed_value, s.cells, r.report_id
FROM panel_stored AS p JOIN report AS r USING (report_number) JOIN (
    SELECT series, form, string_agg(cell, ' + ' ORDER BY position) AS cells FROM series_cell GROUP BY series, form)
  AS s ON s.series = p.series AND s.form = p.form"""

_KEPT = (
    *("series", "report_number", "value", "unit", "status", "form", "grade"),
    *(
        "scope_break",
        "unit_break",
        "organ_break",
        "years_missing",
        "segment",
        "change",
        "is_corrected",
        "printed_value",
    ),
)

PANEL_STORED = View(
    "panel_stored",
    "View panel as it is kept, by the number of the report and sorted by series: ask panel, which shows it whole",
    tuple((name, dict(_COLUMNS).get(name, REPORT_NUMBER.comment)) for name in _KEPT),
    _FOUND,
    kept=True,
    parts=_PARTS,
)

PANEL = View(
    "panel",
    "One organ, year and series (机关·年·序列): a comparable quantity from the current report, with how well it can be "
    "compared with the organ's report before. It follows an organ over new names, and is never joined "
    "over grades C and N, a merger or a split",
    _COLUMNS,
    _QUERY,
)

SERIES_MACRO = Macro(
    "series",
    "One series of all organs (序列), organ after organ, year after year: the rows of panel",
    (("name", "name of the series, for instance requests_received; see table series"),),
    _COLUMNS,
    f"{_QUERY}\nWHERE p.series = name\nORDER BY p.report_number",
)
