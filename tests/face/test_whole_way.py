"""Files at hand, from import to an answer, with nothing but the command line."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.sample import sample_reports
from tests.face.running import gongkai
from tests.shared import shared_file


def test_imported_files_are_built_and_answer(tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.mkdir()
    report = next(iter(sample_reports()))
    (given / "report.html").write_bytes(report.html)
    (given / "README.md").write_text("About these files", encoding="utf-8")
    for arguments in (["import", "given", "--data", "made"], ["build", "--data", "made"]):
        ended = gongkai(*arguments, folder=tmp_path)
        assert ended.returncode == 0, ended.stderr
    sql = "SELECT organ, report_year, url, cell, status, raw FROM figure JOIN report USING (report_id)"
    answer = gongkai("query", sql, "--format", "json", "--data", "made", folder=tmp_path)
    rows = json.loads(answer.stdout)
    assert {(row["organ"], row["report_year"], row["url"]) for row in rows} == {
        (report.organ.name, report.publication.year, "given/report.html")
    }
    assert {row["cell"]: row["status"] for row in rows} == {
        cell: printed.status for cell, printed in report.figures.items()
    }


def test_the_five_real_reports_are_imported_and_the_readme_beside_them_is_not(tmp_path: Path) -> None:
    folder = shared_file("seeds", "README.md").parent
    ended = gongkai("import", str(folder), "--data", "made", folder=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert "README.md: plain text named .md" in ended.stderr
    assert ended.stderr.endswith("5 imported, 0 were there already.\n")
    built = gongkai("build", "--data", "made", folder=tmp_path)
    assert built.returncode == 0, built.stderr
    sql = "SELECT organ, report_year, form FROM report ORDER BY url"
    answer = gongkai("query", sql, "--format", "json", "--data", "made", folder=tmp_path)
    assert [tuple(row.values()) for row in json.loads(answer.stdout)] == [
        ("济宁市科学技术局", 2020, "2019"),
        ("鹤岗市科学技术局", 2020, "2019"),
        ("威海市科学技术局", 2019, "2019"),
        ("济宁经济技术开发区", 2020, "2019"),
        ("濮阳市科学技术局", 2022, "2021"),
    ]
