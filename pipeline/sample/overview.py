"""What a newcomer is shown of the sample dataset: one table across cities and years, and how to read it."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

_NOTES = """
SELECT city, report_year, kind, text FROM (
  SELECT d.city, c.report_year, 1 AS kind,
    c.organ || ' ' || c.report_year || ': no report is held (' || c.state || ', ' || c.reason
      || '); the sum is without it.' AS text
  FROM coverage AS c LEFT JOIN division AS d ON d.code = c.portal_code
  WHERE c.state <> 'held' AND c.report_year IS NOT NULL
UNION ALL
  SELECT r.city, r.report_year, 2, r.organ || ' ' || r.report_year || ': published in ' || count(*)
      || ' versions; the one of ' || max(v.published_on) || ' counts.'
  FROM report AS r JOIN report AS v USING (organ_id, report_year)
  WHERE r.is_current GROUP BY r.report_id, r.city, r.organ, r.report_year HAVING count(*) > 1
UNION ALL
  SELECT r.city, r.report_year, 3, r.organ || ' ' || r.report_year || ': contradicts itself ('
      || string_agg(f."at" || ': ' || f.left_value::INTEGER || ' printed, its parts make '
      || f.right_value::INTEGER, '; ' ORDER BY f.position) || '); the figures stand as printed.'
  FROM report AS r JOIN finding AS f USING (report_id)
  WHERE r.is_current AND f.verdict = 'fail' AND f.cause = 'source' AND f.position IS NOT NULL
  GROUP BY r.report_id, r.city, r.organ, r.report_year
UNION ALL
  SELECT r.city, r.report_year, 4,
    r.organ || ' ' || r.report_year || ': still uses the tables of ' || r.form || '.'
  FROM report AS r JOIN (
    SELECT report_year, mode(form) AS usual FROM report WHERE is_current GROUP BY report_year
  ) USING (report_year)
  WHERE r.is_current AND r.form <> usual
)
"""

_RECEIVED = """
SELECT city, report_year, requests_received::INTEGER FROM city_year WHERE requests_received IS NOT NULL
"""

_COVERAGE = """
SELECT d.city, count(*), count(*) FILTER (c.state = 'held'), count(*) FILTER (c.reason = 'unexplained')
FROM coverage AS c LEFT JOIN division AS d ON d.code = c.portal_code GROUP BY d.city
"""

_CELLS = """
SELECT status, count(*) FROM current_figure GROUP BY status ORDER BY count(*) DESC, status
"""

_STATUSES = {
    "reported": "有数 a number",
    "blank": "空白 an empty cell",
    "not_applicable": "不适用 a dash, a slash or 无",
    "unreadable": "读不出 something that is no number",
    "ambiguous": "不确定 not certainly in this cell",
}


@dataclass(frozen=True, slots=True)
class Table:
    """Text cells under their heads."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Requests by city and year, where `32 [1]` points to the first of `notes`; what stands in the cells of the
    current reports; what is held of what is expected.
    """

    received: Table
    notes: tuple[str, ...]
    cells: Table
    coverage: Table


def overview(connection: duckdb.DuckDBPyConnection) -> Overview:
    """The overview of a built database, cities in the order of their codes."""
    codes = dict(connection.execute("SELECT city, min(code) FROM division GROUP BY city").fetchall())
    sums = {(city, year): total for city, year, total in connection.execute(_RECEIVED).fetchall()}
    noted = connection.execute(_NOTES).fetchall()
    noted.sort(key=lambda row: (codes[row[0]], *row[1:]))
    notes = [(city, year, text) for city, year, _, text in noted]
    places = {*sums, *((city, year) for city, year, _ in notes)}
    years = sorted({year for _, year in places})
    rows = []
    for city in sorted({city for city, _ in places}, key=lambda city: codes[city]):
        row = [city]
        for year in years:
            marks = "".join(f" [{n}]" for n, note in enumerate(notes, 1) if note[:2] == (city, year))
            row.append(f"{sums.get((city, year), 'none held')}{marks}")
        rows.append(tuple(row))
    coverage = sorted(connection.execute(_COVERAGE).fetchall(), key=lambda row: codes[row[0]])
    return Overview(
        received=Table(("市 City", *map(str, years)), tuple(rows)),
        notes=tuple(text for _, _, text in notes),
        cells=Table(
            ("单元 cells", "印的是 what is printed"),
            tuple((str(count), _STATUSES[status]) for status, count in connection.execute(_CELLS).fetchall()),
        ),
        coverage=Table(
            ("市 City", "应公开 expected", "已得 held", "未得 not held", "原因不明 unexplained"),
            tuple(
                (city, str(expected), str(held), str(expected - held), str(unexplained))
                for city, expected, held, unexplained in coverage
            ),
        ),
    )
