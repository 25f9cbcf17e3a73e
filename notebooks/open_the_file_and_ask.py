"""Open the database and ask it in SQL: `marimo edit notebooks/open_the_file_and_ask.py`.

As a script: `python notebooks/open_the_file_and_ask.py --data DIR`, where DIR is a folder that was built or released.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium")

with app.setup:
    from pathlib import Path

    import duckdb
    import marimo as mo


@app.cell
def _():
    mo.md("""
    # 打开数据并提问 / Open the file and ask

    Everything is in one file, `gongkai.duckdb`, and every table, view and column in it says what it is. Change a
    question below, or write one of your own.
    """)
    return


@app.cell
def _():
    _file = Path(mo.cli_args().get("data") or "demo") / "gongkai.duckdb"
    if not _file.exists():
        raise FileNotFoundError(f"There is no database at {_file}. Run `make demo`, or give --data DIR.")
    database = duckdb.connect(_file, read_only=True)
    return (database,)


@app.cell
def _():
    mo.md("""
    ## 有哪些表 / What is there

    Names that end in `_stored` only stand behind the others.
    """)
    return


@app.cell
def _(database):
    parts = (
        database.sql(
            """
        SELECT name, comment FROM (
          SELECT table_name AS name, comment FROM duckdb_tables() WHERE NOT internal
          UNION ALL SELECT view_name, comment FROM duckdb_views() WHERE NOT internal
        ) WHERE NOT ends_with(name, '_stored') ORDER BY name
        """
        )
        .to_arrow_table()
        .to_pylist()
    )
    mo.ui.table(parts, selection=None)
    return (parts,)


@app.cell
def _():
    mo.md("""
    ## 提一个问题 / A question of your own

    How many requests did each organ receive in its last year, and how many of them from 自然人 (persons)?
    """)
    return


@app.cell
def _():
    mine = mo.ui.code_editor(
        """SELECT organ, report_year,
  max(value) FILTER (cell = 'requests/received/total') AS received,
  max(value) FILTER (cell = 'requests/received/natural_person') AS from_persons
FROM current_figure
GROUP BY organ, report_year
QUALIFY report_year = max(report_year) OVER (PARTITION BY organ)
ORDER BY received DESC, organ""",
        language="sql",
    )
    mine
    return (mine,)


@app.cell
def _(database, mine):
    answer = database.sql(mine.value).to_arrow_table().to_pylist()
    mo.ui.table(answer, selection=None)
    return (answer,)


@app.cell
def _():
    mo.md("""
    ## 零、空白、横线、无法识别 / Four things that are not the same

    A zero is a number. A cell that is printed empty, one with a dash and one with words have no value, and none of them
    is counted as zero.
    """)
    return


@app.cell
def _(database):
    kinds = (
        database.sql(
            """
        SELECT CASE WHEN value = 0 THEN 'reported: 0' ELSE status::VARCHAR END AS kind,
          count(*) AS cells, count(value) AS with_a_value, mode(raw) AS most_often_printed
        FROM current_figure GROUP BY kind ORDER BY cells DESC, kind
        """
        )
        .to_arrow_table()
        .to_pylist()
    )
    mo.ui.table(kinds, selection=None)
    return (kinds,)


@app.cell
def _():
    mo.md("""
    ## 数据出自哪里 / One number, back to its page

    Every number leads to its table, row and column on a page, and to the SHA-256 of the bytes that were read.
    `gongkai explain` shows the rest of the way, into the archive.
    """)
    return


@app.cell
def _(database):
    origins = (
        database.sql(
            """
        SELECT organ, report_year, raw, value, where_table, where_row, where_column, url, sha256
        FROM figure JOIN report USING (report_id)
        WHERE cell = 'requests/received/total' AND is_current
        ORDER BY report_year DESC, organ LIMIT 5
        """
        )
        .to_arrow_table()
        .to_pylist()
    )
    mo.ui.table(origins, selection=None)
    return (origins,)


if __name__ == "__main__":
    app.run()
