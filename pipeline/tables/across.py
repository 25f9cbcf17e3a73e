"""The findings between reports: computed over the whole tables at once, in bounded memory, in one fixed order.

Only current reports with a known organ and year are compared, and only with reports of the same scope: an organ's own
report never with the roll-up of its area; and no year with the one before where the organ or its division was merged
or split in between.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from pipeline.check.across_years import AcrossYears, parse_across_years
from pipeline.datasets import dataset_file
from pipeline.forms import Forms
from pipeline.inside import FORMATS_DISAGREE
from pipeline.problem import Problem
from pipeline.tables.apart import Given, Step, run_apart
from pipeline.tables.database import figures_in, within_bounds
from pipeline.tables.identity import ORGAN_REFORM
from pipeline.tables.model import quoted
from pipeline.tables.reading import FINDING

_BATCH = 8_192
_GROUP = 65_536  # rows of which one piece of the file between the processes is


def load_across_years(forms: Forms) -> AcrossYears:
    """The checks of `datasets/across_years.toml`. Raises Problem for a file that is not as it must be."""
    path = dataset_file("across_years.toml")
    try:
        return parse_across_years(tomllib.loads(path.read_text(encoding="utf-8")), forms)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise Problem(
            f"The file of checks {path} cannot be used: {error}. Put it right or restore it."
        ) from error


def across_findings(tables: Path, checks: AcrossYears, beside: Path) -> Iterator[pa.RecordBatch]:
    """The findings between the reports in the folder `tables`, which has those of reports, figures, organs, their links
    and divisions, as batches of table `finding`, in the order of places, organs and years.

    A process of its own computes them, in memory as `within_bounds` says, and leaves them in the new file `beside`.
    """
    run_apart([*across_steps(tables, checks, beside)], within_bounds(beside, figures_in(tables)))
    schema = FINDING.schema
    with pq.ParquetFile(beside) as file:
        for batch in file.iter_batches(_BATCH):
            columns = [batch.column(field.name).cast(field.type) for field in schema]
            yield pa.RecordBatch.from_arrays(columns, schema=schema)


def across_steps(tables: Path, checks: AcrossYears, target: Path) -> Iterator[Step]:
    """What has DuckDB write the findings to the Parquet file `target`."""
    report, figure = (str(tables / f"{name}.parquet") for name in ("report", "figure"))
    yield from _prepared(tables, checks, report, figure)
    yield Step(_FORMATS, [{"report": report}])
    yield Step(f"INSERT INTO found {_DISAGREE}", [{"figure": figure, "check": FORMATS_DISAGREE}])
    for query in (_IDENTITIES, _MAGNITUDE, _COPIED, _COPIED_FROM_OTHER, _MISFILED):
        given = {"factor": checks.factor, "least": checks.misfiled_least}
        asked = {name: value for name, value in given.items() if f"${name}" in query}
        yield Step(f"INSERT INTO found {query}", [asked])
    yield Step(f"COPY ({_SHAPED}) TO {quoted(str(target))} (FORMAT parquet, ROW_GROUP_SIZE {_GROUP})")


def _prepared(tables: Path, checks: AcrossYears, report: str, figure: str) -> Iterator[Step]:
    """The reports by number, the pairs of years, and the few figures that the checks are about."""
    yield Step(_REPORTS, [{"report": report}])
    for table in ("organ", "organ_link", "division"):
        source = quoted(str(tables / f"{table}.parquet"))
        yield Step(f"CREATE VIEW {table} AS FROM read_parquet({source})")
    yield Step(ORGAN_REFORM.create)
    yield Step(_PAIRS)
    yield Step(_TERMS)
    yield Step(
        "INSERT INTO term VALUES ($check, $at, $is_left, $is_later, $sign, $cell)",
        [*map(asdict, checks.terms)],
    )
    yield Step("CREATE TEMP TABLE wanted (use VARCHAR, cell VARCHAR)")
    measures = ("items_previous", "items_change", "decisions")
    items = [f"proactive/{row}/{measure}" for row in checks.misfiled_rows for measure in measures]
    wanted = [("term", cell) for cell in {term.cell: None for term in checks.terms}]
    wanted += [("money", cell) for cell in checks.money] + [("item", cell) for cell in items]
    given = [{"use": use, "cell": cell} for use, cell in wanted]
    yield Step("INSERT INTO wanted VALUES ($use, $cell)", given)
    yield Step(_CELL)
    yield Step(_ASKED, [{"figure": figure}])
    copied = checks.copied
    asked: dict[str, Given] = {"figure": figure, "least": copied.least, "distinct": copied.distinct}
    yield Step(_MARKS, [{**asked, "stocks": [*copied.leave_out]}])
    yield Step(_FOUND)


_REPORTS = """CREATE TEMP TABLE one AS
SELECT row_number() OVER (ORDER BY division_code, organ_id, report_year, scope, report_id)::INTEGER AS n,
  report_id, organ_id, report_year, scope, province, city, failed_checks > failed_by_source AS is_doubtful
FROM read_parquet($report) WHERE is_current AND organ_id IS NOT NULL AND report_year IS NOT NULL"""

_PAIRS = """CREATE TEMP TABLE pair AS SELECT later.n AS later, earlier.n AS earlier
FROM one AS later JOIN one AS earlier ON later.organ_id = earlier.organ_id
  AND later.report_year = earlier.report_year + 1 AND later.scope IS NOT DISTINCT FROM earlier.scope
ANTI JOIN organ_reform AS reform ON reform.organ_id = later.organ_id AND since = later.report_year"""

_TERMS = """CREATE TEMP TABLE term
(check_id VARCHAR, place VARCHAR, is_left BOOLEAN, is_later BOOLEAN, sign INTEGER, cell VARCHAR)"""

# As text, the names of the cells would be most of what is held of a country's figures.
_CELL = "CREATE TYPE wanted_cell AS ENUM (SELECT DISTINCT cell FROM wanted)"

_ASKED = """CREATE TEMP TABLE asked AS
SELECT one.n, TRY_CAST(f.cell AS wanted_cell) AS cell, f.value
FROM read_parquet($figure) AS f JOIN one USING (report_id)
WHERE f.cell IN (SELECT cell FROM wanted)"""

# A mark is the same for the same figures, whatever their order; it is compared within this one run alone.
_MARKS = """CREATE TEMP TABLE print AS
SELECT one.n, count(*)::INTEGER AS figures, bit_xor(hash(f.cell, f.value)) AS mark
FROM read_parquet($figure) AS f JOIN one USING (report_id)
WHERE f.value <> 0 AND NOT list_contains($stocks, f.measure)
GROUP BY one.n HAVING count(DISTINCT f.value) FILTER (f.value >= $least) >= $distinct"""

_FOUND = """CREATE TEMP TABLE found (later INTEGER, other INTEGER, check_id VARCHAR, place VARCHAR,
left_value DECIMAL(38,4), right_value DECIMAL(38,4), is_failed BOOLEAN)"""

# Joined by nothing but what is equal: pairs and figures in all combinations are more than a country can bear.
_IDENTITIES = """SELECT later, earlier, check_id, place, l, r, CASE WHEN is_whole THEN l <> r END FROM (
  SELECT later, earlier, check_id, place, count(value) = count(*) AS is_whole, count(*) AS cells,
    sum(sign * value) FILTER (is_left) AS l, sum(sign * value) FILTER (NOT is_left) AS r
  FROM (SELECT *, later AS n, true AS is_later FROM pair UNION ALL SELECT *, earlier, false FROM pair)
  JOIN asked USING (n) JOIN term USING (cell, is_later)
  GROUP BY later, earlier, check_id, place)
JOIN (SELECT check_id, place, count(*) AS cells FROM term GROUP BY ALL) USING (check_id, place, cells)"""

_MAGNITUDE = """SELECT later, earlier, 'magnitude', a.cell, a.value, b.value,
  abs(a.value) >= $factor * abs(b.value) OR abs(b.value) >= $factor * abs(a.value)
FROM pair JOIN asked AS a ON a.n = later JOIN asked AS b ON b.n = earlier AND b.cell = a.cell
WHERE a.cell IN (SELECT cell FROM wanted WHERE use = 'money') AND a.value <> 0 AND b.value <> 0"""

_COPIED = """SELECT later, earlier, 'copied_report', 'report', a.figures, b.figures, true
FROM pair JOIN print AS a ON a.n = later JOIN print AS b ON b.n = earlier
WHERE a.mark = b.mark AND a.figures = b.figures"""

# Of each set of equal reports the first two organs are all that is asked: pairs of all organs of a city are too many.
_COPIED_FROM_OTHER = """WITH marked AS (
  SELECT n, organ_id, report_year, province, city, mark, figures FROM print JOIN one USING (n)),
equal AS (
  SELECT report_year, province, city, mark, figures, arg_min(organ_id, first) AS organ_id,
    min(first, 2)[1] AS first, min(first, 2)[2] AS second
  FROM (SELECT * EXCLUDE (n), min(n) AS first FROM marked GROUP BY ALL) GROUP BY ALL HAVING count(*) > 1)
SELECT n, CASE WHEN marked.organ_id = equal.organ_id THEN second ELSE first END, 'copied_from_other', 'report',
  figures, figures, true
FROM marked JOIN equal USING (report_year, mark, figures)
WHERE marked.province IS NOT DISTINCT FROM equal.province AND marked.city IS NOT DISTINCT FROM equal.city"""

_MISFILED = """SELECT n, NULL, 'misfiled_items', item, previous + change, decisions, true FROM (
  SELECT n, regexp_replace(cell, '/[^/]*$', '') AS item,
    max(value) FILTER (cell LIKE '%/items_previous') AS previous,
    max(value) FILTER (cell LIKE '%/items_change') AS change, max(value) FILTER (cell LIKE '%/decisions') AS decisions
  FROM asked WHERE cell IN (SELECT cell FROM wanted WHERE use = 'item') GROUP BY ALL)
WHERE decisions >= $least AND previous + change = decisions"""

# Formats of a current report: files on the page that carries it, or files on it where it is a page. They are numbered
# on from the reports.
_FORMATS = """CREATE TEMP TABLE format AS
WITH every AS (
  SELECT report_id, organ_id, report_year, scope, is_current, media_type, failed_checks, failed_by_source,
    coalesce(carrier_url, url) AS carrier
  FROM read_parquet($report) WHERE figure_count > 0)
SELECT one.n AS "of", (SELECT count(*) FROM one)::INTEGER + row_number() OVER (ORDER BY one.n, other.report_id)::INTEGER
  AS n, other.report_id, other.failed_checks > other.failed_by_source AS is_doubtful
FROM one JOIN every AS own USING (report_id)
JOIN every AS other ON NOT other.is_current AND other.organ_id = own.organ_id
  AND other.report_year = own.report_year AND other.scope IS NOT DISTINCT FROM own.scope
  AND other.carrier = own.carrier AND other.media_type <> own.media_type"""

_DISAGREE = """WITH number AS (
  SELECT report_id, cell, value FROM read_parquet($figure) WHERE value IS NOT NULL AND report_id IN (
    SELECT report_id FROM format UNION SELECT report_id FROM one WHERE n IN (SELECT "of" FROM format)))
SELECT format."of", min(format.n), $check, a.cell, min(a.value), arg_min(b.value, format.n), true
FROM format JOIN one ON one.n = format."of" JOIN number AS a ON a.report_id = one.report_id
JOIN number AS b ON b.report_id = format.report_id AND b.cell = a.cell AND b.value <> a.value
GROUP BY format."of", a.cell"""

_SHAPED = """SELECT o.report_id, NULL::INTEGER AS position, check_id, place AS "at",
  CASE WHEN is_failed IS NULL OR l IS NULL OR r IS NULL THEN 'unassessable' WHEN is_failed THEN 'fail' ELSE 'pass' END
    AS verdict,
  l AS left_value, r AS right_value,
  CASE WHEN verdict <> 'fail' THEN NULL
    WHEN o.is_doubtful OR coalesce(e.is_doubtful, false) THEN 'reading' ELSE 'source' END AS cause,
  e.report_id AS other_report_id
FROM (SELECT later, other, check_id, place, is_failed, TRY_CAST(left_value AS DECIMAL(18,4)) AS l,
    TRY_CAST(right_value AS DECIMAL(18,4)) AS r FROM found) AS f
JOIN one AS o ON o.n = f.later
LEFT JOIN (SELECT n, report_id, is_doubtful FROM one UNION ALL SELECT n, report_id, is_doubtful FROM format) AS e
  ON e.n = f.other ORDER BY f.later, check_id, place"""
