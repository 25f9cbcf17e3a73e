"""Questions that the texts of a release show with their queries; every one is run by a test."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """One question in both languages, and its query."""

    english: str
    chinese: str
    sql: str


README = (
    Example(
        "How many requests did the organs of each city receive, year by year?",
        "各市机关每年收到多少件政府信息公开申请？",
        "SELECT city, report_year, requests_received, with_requests_received AS reports\n"
        "FROM city_year\nORDER BY city, report_year",
    ),
    Example(
        "How did one quantity develop, and where must its values not be joined?",
        "某一指标历年如何变化，哪些年份之间不可比？",
        "SELECT organ, report_year, value, unit, status, grade, segment, change\n"
        "FROM series('requests_received')\nORDER BY organ, report_year",
    ),
    Example(
        "Where does a number come from?",
        "某个数据出自哪里？",
        "SELECT organ, report_year, raw, value, where_table, where_row, where_column, url, sha256\n"
        "FROM figure JOIN report USING (report_id)\n"
        "WHERE cell = 'requests/received/total' AND is_current\nORDER BY organ, report_year",
    ),
)

CODEBOOK = (
    Example(
        "Which cells are there, in which form, and what do they mean?",
        "有哪些单元，属于哪种格式，是什么意思？",
        "SELECT form, part || '/' || item || '/' || measure AS cell, item_label, measure_label, unit\n"
        "FROM indicator\nORDER BY form, position",
    ),
    Example(
        "How often is a cell a number, a blank, a dash, or something else?",
        "各单元中数字、空白、不适用各有多少？",
        "SELECT cell, status, count(*) AS cells\nFROM current_figure\nGROUP BY cell, status\nORDER BY cell, status",
    ),
    Example(
        "Which reports contradict themselves, and where?",
        "哪些报告自相矛盾，在何处？",
        'SELECT organ, report_year, check_id, "at", left_value, right_value\n'
        "FROM finding JOIN report USING (report_id)\n"
        "WHERE verdict = 'fail' AND cause = 'source'\nORDER BY organ, report_year, check_id",
    ),
    Example(
        "What is missing, and why?",
        "缺少哪些报告，为什么？",
        "SELECT organ, report_year, state, reason\nFROM coverage\nWHERE state <> 'held'\nORDER BY report_year, organ",
    ),
    Example(
        "Which organs were renamed, merged or moved, and by what decision?",
        "哪些机关更名、合并或随区划变更，依据是什么？",
        "SELECT organ, name, successor_name, l.kind, report_year, until_year, is_certain, source\n"
        "FROM organ_link AS l JOIN organ AS o ON o.organ_id = l.successor_id\nORDER BY organ, report_year",
    ),
    Example(
        "What does a report say in words?",
        "报告正文写了什么？",
        "SELECT number, title, text\nFROM report_text((SELECT min(report_id) FROM report WHERE is_current))",
    ),
)

PYTHON = """import duckdb

rows = duckdb.sql(\"\"\"
    SELECT organ, report_year, value
    FROM 'tables/figure.parquet' JOIN 'tables/report.parquet' USING (report_id)
    WHERE cell = 'requests/received/total' AND status = 'reported' AND is_current
    ORDER BY organ, report_year
\"\"\").fetchall()
for organ, year, value in rows:
    print(organ, year, value)"""

PYTHON_DATABASE = """import duckdb

with duckdb.connect("gongkai.duckdb", read_only=True) as database:
    for row in database.execute(\"\"\"
{sql}
    \"\"\").fetchall():
        print(*row)"""

R_DATABASE = """library(duckdb)

database <- dbConnect(duckdb(), "gongkai.duckdb", read_only = TRUE)
rows <- dbGetQuery(database, r"(
{sql}
)")
print(rows)
dbDisconnect(database, shutdown = TRUE)"""
