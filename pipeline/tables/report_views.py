"""The views of one report in several places and versions."""

from __future__ import annotations

from pipeline.tables.model import View

REPORT_ADDRESS = View(
    "report_address",
    "One address of one report (报告的网址): where its figures and words were found, on whatever page",
    (
        ("report_id", "The report"),
        ("url", "Address, or the path of an imported file (网址)"),
        ("portal_code", "Portal (门户); NULL for an imported file"),
        ("first_seen", "When it was first got there, UTC (首次取得)"),
        ("last_seen", "When it was last got there or found unchanged, UTC"),
        ("sha256", "SHA-256 of the bytes that were first got there; see report for those that were read"),
        ("fetch_number", "Row of table fetch that tells where the archive holds them, by its number"),
        ("is_first", "Whether the report was got there first, as table report tells it"),
    ),
    """SELECT f.report_id, f.url, arg_min(f.portal_code, f.number) AS portal_code, min(f.fetched_at) AS first_seen,
  max(f.fetched_at) AS last_seen, arg_min(f.sha256, f.number) AS sha256, min(f.number) AS fetch_number,
  f.url = any_value(r.url) AS is_first
FROM main."fetch" AS f JOIN report AS r USING (report_id)
GROUP BY f.report_id, f.url
ORDER BY f.report_id, fetch_number""",
)

REPORT_REVISION = View(
    "report_revision",
    "One cell that differs between one version of a report and the next (修订): both versions stay, the later counts. "
    "A row without a cell tells of versions that differ in their words alone",
    (
        ("organ_id", "The organ (机关)"),
        ("organ", "Its name in the later version"),
        ("report_year", "Year reported on (报告年度)"),
        ("scope", "own, area or NULL"),
        ("version", "Number of the later version (第几版)"),
        ("report_id_before", "The earlier version, see table report"),
        ("report_id", "The later version"),
        ("published_on", "Date of the later version (发布日期)"),
        (
            "is_format",
            "Whether the two are formats of the report that one page carries: what differs is how they are read or set",
        ),
        ("cell", "part/item/measure; NULL where no cell differs"),
        ("value_before", "The number printed before; NULL where there was none"),
        ("value", "The number printed then"),
        ("unit_before", "Unit of value_before"),
        ("unit", "Unit of value"),
        ("status_before", "Status before; NULL where the cell was not there"),
        ("status", "Status then; NULL where the cell is not there any more"),
        ("raw_before", "What was printed before"),
        ("raw", "What is printed then"),
    ),
    """WITH pair AS (
  SELECT b.*, a.report_id AS report_id_before, a.report_number AS number_before,
    coalesce(a.carrier_url, a.url) = coalesce(b.carrier_url, b.url) AND a.url <> b.url AS is_format
  FROM report AS b JOIN report AS a ON a.organ_id = b.organ_id AND a.report_year = b.report_year
    AND a.scope IS NOT DISTINCT FROM b.scope AND a.version = b.version - 1
  WHERE b.version > 1),
cell AS (
  SELECT n.report_number, f.cell_number, f.value, f.unit, f.status, f.raw
  FROM figure_stored AS f JOIN (SELECT report_number FROM pair UNION SELECT number_before FROM pair) AS n
    USING (report_number)),
differing AS (
  SELECT report_number, cell_number, a.value AS value_before, b.value, a.unit AS unit_before, b.unit,
    a.status AS status_before, b.status, a.raw AS raw_before, b.raw
  FROM (SELECT pair.report_number, cell.* EXCLUDE report_number FROM pair
      JOIN cell ON cell.report_number = number_before) AS a
  FULL JOIN (SELECT cell.* FROM cell JOIN pair USING (report_number)) AS b USING (report_number, cell_number)
  WHERE a.value IS DISTINCT FROM b.value OR a.unit IS DISTINCT FROM b.unit OR a.status IS DISTINCT FROM b.status)
SELECT p.organ_id, p.organ, p.report_year, p.scope, p.version, p.report_id_before, p.report_id, p.published_on,
  p.is_format, c.cell,
  d.value_before, d.value, d.unit_before, d.unit, d.status_before::VARCHAR AS status_before,
  d.status::VARCHAR AS status, d.raw_before, d.raw
FROM pair AS p LEFT JOIN differing AS d USING (report_number) LEFT JOIN cell_name AS c USING (cell_number)
ORDER BY p.organ_id, p.report_year, p.scope, p.version, c.cell""",
    kept=True,
)
