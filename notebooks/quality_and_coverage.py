"""How whole the dataset is, and how well it was read: `marimo edit notebooks/quality_and_coverage.py`.

As a script: `python notebooks/quality_and_coverage.py --data DIR --plot FILE.png`.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium")

with app.setup:
    from collections import Counter
    from pathlib import Path

    import altair as alt
    import duckdb
    import marimo as mo
    import noto_cjk_sans_otc
    import vl_convert


@app.cell
def _():
    mo.md("""
    # 完整性与质量 / Coverage and quality

    Before a sum is believed: which reports are there, why are others not, which cells hold no number, and which reports
    contradict themselves?
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
    coverage = (
        database.sql(
            """
        SELECT coalesce(d.name, c.portal_code, 'imported') AS portal, c.report_year,
          c.expected::INTEGER AS expected, c.held::INTEGER AS held
        FROM coverage_year AS c LEFT JOIN division AS d ON d.code = c.portal_code
        WHERE c.report_year IS NOT NULL
        ORDER BY c.portal_code, c.report_year
        """
        )
        .to_arrow_table()
        .to_pylist()
    )
    gaps = (
        database.sql(
            """
        SELECT organ, report_year, state::VARCHAR AS state, reason, url
        FROM coverage WHERE state <> 'held' ORDER BY report_year, organ
        """
        )
        .to_arrow_table()
        .to_pylist()
    )
    cells = (
        database.sql(
            """
        UNPIVOT (
          SELECT report_year, sum(blank)::INTEGER AS blank, sum(not_applicable)::INTEGER AS not_applicable,
            sum(unreadable)::INTEGER AS unreadable, sum(ambiguous)::INTEGER AS ambiguous
          FROM quality WHERE is_current AND report_year IS NOT NULL GROUP BY report_year
        ) ON blank, not_applicable, unreadable, ambiguous INTO NAME status VALUE cells
        ORDER BY report_year, status
        """
        )
        .to_arrow_table()
        .to_pylist()
    )
    checks = (
        database.sql(
            """
        SELECT report_year, check_id, cause::VARCHAR AS cause, count(*)::INTEGER AS failed
        FROM finding JOIN report USING (report_id)
        WHERE verdict = 'fail' AND is_current GROUP BY ALL ORDER BY ALL
        """
        )
        .to_arrow_table()
        .to_pylist()
    )
    return cells, checks, coverage, gaps


@app.cell
def _():
    mo.md("""
    ## 缺什么，为什么 / What is missing, and why
    """)
    return


@app.cell
def _(gaps):
    mo.ui.table(gaps, selection=None)
    return


@app.cell
def _(coverage):
    # Portals whose reports all came and those of which none came must be told apart at a glance: the share is a colour,
    # and the counts stand in it.
    _gaps = Counter()
    for row in coverage:
        _gaps[row["portal"]] += row["expected"] - row["held"]
    _worst = {portal for portal, _ in _gaps.most_common(40)}
    shares = [
        {**row, "share": row["held"] / row["expected"]}
        for row in coverage
        if row["expected"] and row["portal"] in _worst
    ]

    def _squares():
        return alt.Chart(alt.Data(values=shares)).encode(
            x=alt.X("report_year:O", title="报告年度 report year", axis=alt.Axis(labelAngle=0)),
            y=alt.Y("portal:N", title="门户 portal", sort=None),
        )

    _title = alt.Title(
        "应公开与已得 Reports held of those expected",
        subtitle="每格：已得 / 应公开；至多 40 个缺口最多的门户 held / expected; the 40 portals with most gaps at most",
    )
    held = (
        _squares()
        .mark_rect(stroke="white")
        .encode(
            color=alt.Color(
                "share:Q",
                title="已得 held",
                scale=alt.Scale(domain=[0, 1], range=["#c0392b", "#f2efe6", "#2e7d6b"]),
                legend=alt.Legend(format="%"),
            ),
            tooltip=["portal:N", "report_year:O", "held:Q", "expected:Q"],
        )
    )
    counts = (
        _squares()
        .transform_calculate(label="datum.held + ' / ' + datum.expected")
        .mark_text()
        .encode(
            text="label:N",
            color=alt.condition("datum.share == 1", alt.value("white"), alt.value("black")),
        )
    )
    coverage_plot = (held + counts).properties(width=560, height=alt.Step(34), title=_title)
    coverage_plot
    return (coverage_plot,)


@app.cell
def _(cells):
    # A year in which every cell holds a number stays on the axis.
    cells_plot = (
        alt.Chart(alt.Data(values=cells))
        .mark_bar()
        .encode(
            x=alt.X("report_year:O", title="报告年度 report year", axis=alt.Axis(labelAngle=0)),
            y=alt.Y("cells:Q", title="单元数 cells"),
            color=alt.Color(
                "status:N",
                title="状态 status",
                scale=alt.Scale(
                    domain=["blank", "not_applicable", "unreadable", "ambiguous"],
                    range=["#9db4c0", "#c9a66b", "#c0392b", "#6c4a7e"],
                ),
            ),
            tooltip=["report_year:O", "status:N", "cells:Q"],
        )
        .properties(width=560, height=180, title="不是数字的单元 Cells that hold no number")
    )
    cells_plot
    return (cells_plot,)


@app.cell
def _(checks):
    _most = max((row["failed"] for row in checks), default=1)
    checks_plot = (
        alt.Chart(alt.Data(values=checks))
        .mark_bar(stroke="white")
        .encode(
            x=alt.X("failed:Q", title="未通过 failed", axis=alt.Axis(tickCount=min(_most, 8), format="d")),
            y=alt.Y("check_id:N", title="核对 check"),
            color=alt.Color(
                "cause:N",
                title="原因 cause",
                scale=alt.Scale(domain=["source", "reading"], range=["#c9a66b", "#c0392b"]),
            ),
            tooltip=["check_id:N", "report_year:O", "cause:N", "failed:Q"],
        )
        .properties(
            width=560,
            height=alt.Step(28),
            title=alt.Title(
                "未通过的核对 Checks that fail",
                subtitle="source：原文如此 printed so；reading：识别存疑 our reading is doubtful",
            ),
        )
    )
    checks_plot
    return (checks_plot,)


@app.cell
def _(cells_plot, checks_plot, coverage_plot):
    page = (
        alt.vconcat(coverage_plot, cells_plot, checks_plot)
        .resolve_scale(color="independent")
        .configure(font="Noto Sans CJK SC, sans-serif")
    )
    plot = mo.cli_args().get("plot")
    if plot:
        vl_convert.register_font_directory(str(Path(noto_cjk_sans_otc.__file__).parent))
        page.save(plot, scale_factor=2)
    return (page,)


if __name__ == "__main__":
    app.run()
