"""Requests for information received, by city and report year: `marimo edit notebooks/requests_across_cities.py`.

As a script: `python notebooks/requests_across_cities.py --data DIR --plot FILE.png`.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium")

with app.setup:
    from pathlib import Path

    import altair as alt
    import duckdb
    import marimo as mo


@app.cell
def _():
    mo.md("""
    # 收到的政府信息公开申请 / Requests received

    How many requests for information did the organs of each city receive, year by year?

    Only the forms of 2019 and 2021 are compared: the annex of 2014 to 2018 counts requests otherwise. A sum is no
    city's whole where reports are missing, so every point knows how many reports it should rest on.
    """)
    return


@app.cell
def _():
    _data = Path(mo.cli_args().get("data") or "demo")
    database = _data / "gongkai.duckdb"
    if not database.exists():
        raise FileNotFoundError(f"There is no database at {database}. Run `make demo`, or give --data DIR.")
    return (database,)


@app.cell
def _(database):
    question = """
    WITH expected AS (
      SELECT coalesce(o.city, d.name) AS city, c.report_year, count(*) AS expected
      FROM coverage AS c
      LEFT JOIN organ AS o USING (organ_id)
      LEFT JOIN division AS d ON d.code = c.portal_code
      GROUP BY ALL
    )
    SELECT y.city, y.report_year, y.requests_received::BIGINT AS received,
      y.with_requests_received AS reports, e.expected
    FROM city_year AS y LEFT JOIN expected AS e USING (city, report_year)
    WHERE y.city IS NOT NULL AND y.requests_received IS NOT NULL
    ORDER BY y.city, y.report_year
    """
    with duckdb.connect(str(database), read_only=True) as connection:
        answer = connection.execute(question)
        columns = [column[0] for column in answer.description]
        rows = [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]
    return (rows,)


@app.cell
def _(rows):
    mo.ui.table(rows, selection=None)
    return


@app.cell
def _(rows):
    # Where it is not known how many are expected, a sum is not called whole.
    whole = [
        {**row, "received": row["received"] if row["reports"] == row["expected"] else None} for row in rows
    ]
    partial = [row for row in rows if row["reports"] != row["expected"]]

    def drawn(values):
        return alt.Chart(alt.Data(values=values)).encode(
            x=alt.X("report_year:O", title="报告年度 report year", axis=alt.Axis(labelAngle=0)),
            y=alt.Y("received:Q", title="收到申请（件） requests received", scale=alt.Scale(zero=True)),
            color=alt.Color("city:N", title="市 city"),
            tooltip=["city:N", "report_year:O", "received:Q", "reports:Q", "expected:Q"],
        )

    title = alt.Title(
        "各市收到的政府信息公开申请 Requests received by city",
        subtitle="空心点：有报告缺失，合计不全 Hollow: a report is missing, the sum is not whole",
    )
    lines = drawn(whole).mark_line(point=alt.OverlayMarkDef(size=90))
    hollow = drawn(partial).mark_point(filled=False, size=90, strokeWidth=2)
    chart = (lines + hollow).properties(width=560, height=320, title=title).configure(font="sans-serif")
    chart
    return (chart,)


@app.cell
def _(chart):
    plot = mo.cli_args().get("plot")
    if plot:
        chart.save(plot, scale_factor=2)
    return


if __name__ == "__main__":
    app.run()
