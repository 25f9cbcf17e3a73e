"""Requests for information by city, organ and report year: `marimo edit notebooks/requests_across_cities.py`.

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
    import noto_cjk_sans_otc
    import vl_convert


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
    _file = Path(mo.cli_args().get("data") or "demo") / "gongkai.duckdb"
    if not _file.exists():
        raise FileNotFoundError(f"There is no database at {_file}. Run `make demo`, or give --data DIR.")
    database = duckdb.connect(_file, read_only=True)
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
    rows = database.sql(question).to_arrow_table().to_pylist()
    return (rows,)


@app.cell
def _(rows):
    mo.ui.table(rows, selection=None)
    return


@app.cell
def _(rows):
    _cities = list(dict.fromkeys(row["city"] for row in rows))
    choice = mo.ui.multiselect(_cities, value=_cities[:8], label="市 cities drawn")
    choice
    return (choice,)


@app.cell
def _(choice, rows):
    _drawn = [row for row in rows if row["city"] in choice.value]
    # Where it is not known how many are expected, a sum is not called whole.
    whole = [
        {**row, "received": row["received"] if row["reports"] == row["expected"] else None} for row in _drawn
    ]
    partial = [row for row in _drawn if row["reports"] != row["expected"]]

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
    chart = (lines + hollow).properties(width=560, height=300, title=title)
    chart
    return (chart,)


@app.cell
def _():
    mo.md("""
    ## 予以公开的比例 / The share that was granted

    予以公开 (granted in full) of 办理结果总计 (all that were concluded in the year), summed over those organs of a city
    whose reports print both.
    """)
    return


@app.cell
def _(choice, database):
    granted = (
        database.sql(
            """
        SELECT city, report_year, sum(granted)::INTEGER AS granted, sum(concluded)::INTEGER AS concluded
        FROM (
          SELECT r.city, f.report_id, f.report_year,
            max(f.value) FILTER (f.cell = 'requests/granted/total') AS granted,
            max(f.value) FILTER (f.cell = 'requests/concluded/total') AS concluded
          FROM current_figure AS f JOIN report AS r USING (report_id)
          WHERE r.scope IS DISTINCT FROM 'area' GROUP BY ALL
        )
        WHERE city IS NOT NULL AND granted IS NOT NULL AND concluded > 0
        GROUP BY ALL ORDER BY ALL
        """
        )
        .to_arrow_table()
        .to_pylist()
    )
    shares = (
        alt.Chart(alt.Data(values=[row for row in granted if row["city"] in choice.value]))
        .transform_calculate(share="datum.granted / datum.concluded")
        .mark_line(point=alt.OverlayMarkDef(size=70))
        .encode(
            x=alt.X("report_year:O", title="报告年度 report year", axis=alt.Axis(labelAngle=0)),
            y=alt.Y("share:Q", title="予以公开比例 share granted", axis=alt.Axis(format="%")),
            color=alt.Color("city:N", title="市 city"),
            tooltip=["city:N", "report_year:O", "granted:Q", "concluded:Q"],
        )
        .properties(
            width=560,
            height=200,
            title="予以公开占办结申请的比例 Requests granted, of those concluded",
        )
    )
    shares
    return granted, shares


@app.cell
def _():
    mo.md("""
    ## 各机关 / Organ by organ

    A line is broken where the national form changed the meaning of the quantity (`segment`) and where a year has no
    number: what is missing is never joined over. Drawn are at most 24 organs of the cities chosen above.
    """)
    return


@app.cell
def _(choice, database):
    developed = (
        database.sql(
            """
        SELECT city, organ, report_year, value::INTEGER AS received, segment,
          segment || ' ' || (report_year - row_number() OVER (PARTITION BY organ_id ORDER BY report_year)) AS stretch
        FROM series('requests_received')
        WHERE value IS NOT NULL AND city IS NOT NULL
        ORDER BY city, organ, report_year
        """
        )
        .to_arrow_table()
        .to_pylist()
    )
    _chosen = [row for row in developed if row["city"] in choice.value]
    _names = list(dict.fromkeys(row["organ"] for row in _chosen))[:24]
    organs = (
        alt.Chart(alt.Data(values=[row for row in _chosen if row["organ"] in _names]))
        .mark_line(point=alt.OverlayMarkDef(size=40))
        .encode(
            x=alt.X("report_year:O", title=None),
            y=alt.Y("received:Q", title="件 requests"),
            color=alt.Color("organ:N", title="机关 organ", legend=None),
            detail="stretch:N",
            tooltip=["organ:N", "report_year:O", "received:Q"],
        )
        .properties(width=150, height=110)
        .facet(
            facet=alt.Facet("organ:N", title=None, header=alt.Header(labelFontSize=11)),
            columns=3,
            title="各机关收到的申请 Requests received by organ",
        )
    )
    organs
    return developed, organs


@app.cell
def _(chart, organs, shares):
    page = alt.vconcat(chart, shares, organs).resolve_scale(color="independent")
    page = page.configure(font="Noto Sans CJK SC, sans-serif")
    plot = mo.cli_args().get("plot")
    if plot:
        vl_convert.register_font_directory(str(Path(noto_cjk_sans_otc.__file__).parent))
        page.save(plot, scale_factor=2)
    return (page,)


if __name__ == "__main__":
    app.run()
