"""A release is whole and true to its build, or it is not there."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections import Counter
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from gongkai.cli import app
from pipeline.build import build
from pipeline.datasets import dataset_file
from pipeline.problem import InputProblem, Problem
from pipeline.publish.release import release
from pipeline.publish.version import Version, point_to_latest
from pipeline.tables.database import DATABASE
from pipeline.tables.schema import TABLES
from tests.tables.making import SCIENCE, Crawl, reports

FIRST = Version.of("2026.1")
CITY = "990100"


def told(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file as a spreadsheet opens it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def truth(name: str) -> list[dict[str, str]]:
    with dataset_file("sample", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_its_sums_hold_for_the_usual_tool(released: Path) -> None:
    ended = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=released, check=False)
    assert ended.returncode == 0
    named = {line.split("  ")[1] for line in (released / "SHA256SUMS").read_text().splitlines()}
    there = {path.relative_to(released).as_posix() for path in released.rglob("*") if path.is_file()}
    assert there - named == {"SHA256SUMS"}


def test_spreadsheets_hold_the_figures_that_the_sample_prints(released: Path) -> None:
    organs = {row["name"] for row in truth("organs.csv") if row["city"] == CITY}
    report_of = {row["report_id"]: row for row in told(released / "csv/report.csv")}
    found = {
        (report_of[row["report_id"]]["title"], row["cell"]): row
        for path in sorted((released / "csv").glob("figure-*.csv"))
        for row in told(path)
    }
    titles = {(row["organ"], row["year"], row["version"]): row["title"] for row in truth("reports.csv")}
    met = 0
    for row in truth("figures.csv"):
        if row["version"] == "1" and titles[row["organ"], row["year"], "1"]:
            cell = found.get((titles[row["organ"], row["year"], "1"], row["cell"]))
            if cell is None or (row["organ"], row["year"], "2") in titles:
                continue
            met += 1
            assert cell["status"] == row["status"]
            assert [Decimal(text) for text in (cell["value"], row["value"]) if text] in (
                [],
                [Decimal(row["value"] or 0)] * 2,
            )
    assert met > 300
    assert {row["organ"] for row in report_of.values()} == organs


def test_there_is_a_row_for_each_report_of_the_sample(released: Path) -> None:
    there = Counter(int(row["year"]) for row in truth("reports.csv") if row["organ"].startswith("jia-"))
    found = Counter(int(row["report_year"]) for row in told(released / "csv/report.csv"))
    assert found == there


def test_only_what_is_absent_stands_without_quotes(released: Path) -> None:
    with (released / "csv/figure-2019.csv").open("rb") as file:
        assert file.read(3) == b"\xef\xbb\xbf"
    with duckdb.connect() as memory:
        blank = memory.execute(
            "SELECT status, count(*), count(raw), count(value) FROM read_csv(?, allow_quoted_nulls = false, "
            "auto_detect = true) WHERE status = 'blank' GROUP BY ALL",
            [str(released / "csv/figure-*.csv")],
        ).fetchone()
    assert blank is not None
    assert (blank[1] == blank[2], blank[3]) == (True, 0)


def test_two_builds_of_one_archive_give_releases_of_the_same_bytes(data: Path, released: Path) -> None:
    shutil.rmtree(data / "tables")
    (data / DATABASE).unlink()
    build(data)
    again = release(data, FIRST).folder
    assert [path.name for path in sorted(again.iterdir())] == [
        path.name for path in sorted(released.iterdir())
    ]
    for line in (released / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        if name != DATABASE:
            assert f"{digest}  {name}\n" in (again / "SHA256SUMS").read_text(), name
    with duckdb.connect() as both:
        both.execute(f"ATTACH '{released / DATABASE}' AS one (READ_ONLY)")
        both.execute(f"ATTACH '{again / DATABASE}' AS other (READ_ONLY)")
        for name in (*(table.name for table in TABLES), "about"):
            query = f'(FROM one."{name}" EXCEPT ALL FROM other."{name}") UNION ALL (FROM other."{name}" EXCEPT ALL '
            assert both.execute(query + f'FROM one."{name}")').fetchall() == []


def test_a_version_is_never_changed_and_latest_leads_to_the_highest(data_released: Path) -> None:
    data = data_released
    latest = data / "releases" / "latest"
    (data / "releases" / "2026.1").rename(data / "releases" / "2026.2")
    for text in ("2026.1", "2026.3-candidate"):
        release(data, Version.of(text))
        assert latest.readlink() == Path("2026.2")
    with pytest.raises(InputProblem, match=r"2026\.1 is already there"):
        release(data, FIRST)
    latest.unlink()  # as a kill after the naming leaves it
    assert point_to_latest(data) == Version.of("2026.2")
    assert latest.readlink() == Path("2026.2")
    assert not list((data / "releases").glob(".*"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("2020\nreports = 3", "2020\nreports = 10"), "样例省, 2020: 3, asked for: at least 10"),
        (('unreadable_cells = "0.001"', 'unreadable_cells = "0.00001"'), "unreadable_cells"),
        (("year = 2024", "year = 2025"), "样例省, 2025: 0, asked for: at least 3"),
    ],
)
def test_what_is_below_a_floor_or_above_a_bound_is_not_released(
    data: Path, change: tuple[str, str], said: str
) -> None:
    path = data / "expectations.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(Problem, match=said):
        release(data, FIRST)
    assert not (data / "releases").exists()
    assert not (data / ".building").exists()


def test_an_override_is_for_one_release_and_its_reason_is_told(data: Path) -> None:
    path = data / "expectations.toml"
    text = path.read_text(encoding="utf-8").replace("reports = 3", "reports = 10")
    for year in range(2019, 2025):
        text += (
            f'\n[[override]]\nrelease = "2026.1"\nprovince = "样例省"\nyear = {year}\nreports = 2\n'
            'reason = "A portal was away."\n'
        )
    path.write_text(text, encoding="utf-8")
    folder = release(data, FIRST).folder
    assert "| 3 | at least 2 | overridden: A portal was away. |" in (folder / "CHECKS.md").read_text("utf-8")
    with pytest.raises(Problem, match="at least 10"):
        release(data, Version.of("2026.2"))


def test_without_a_floor_it_says_that_there_is_none(data: Path) -> None:
    shutil.copy(dataset_file("expectations.toml"), data)
    ended = CliRunner().invoke(app, ["release", "2026.1", "--data", str(data)])
    assert ended.exit_code == 0, ended.output
    assert "no_floor: current reports of 样例省, 2020: 3, no floor is known" in ended.stderr
    assert ended.stdout == f"{data / 'releases' / '2026.1'}\n"


@pytest.mark.parametrize(
    "text",
    [
        "bounds = 3",
        "[bounds]\nunexplained = 0.5",
        '[bounds]\nunexplained = "0.5"',
        '[bounds]\nunexplained = "2"',
        "[[floor]]\nyear = 2020",
    ],
)
def test_expectations_that_say_nothing_clear_are_refused(data: Path, text: str) -> None:
    (data / "expectations.toml").write_text(text)
    with pytest.raises(Problem, match=r"expectations\.toml"):
        release(data, FIRST)


def test_nothing_is_released_of_a_build_that_is_late_or_not_whole(data: Path) -> None:
    figures = data / "tables/figure.parquet"
    whole = figures.read_bytes()
    figures.write_bytes(whole[:-1])
    with pytest.raises(Problem, match=r"figure\.parquet is not what SHA256SUMS says.*gongkai build"):
        release(data, FIRST)
    figures.write_bytes(whole)
    with Crawl(data, "990100") as crawl:
        crawl.report(reports("jia-sci", 2019)[0], crawl.home + "more.html")
    with pytest.raises(Problem, match=r"1 fetches came after the last build.*gongkai build"):
        release(data, FIRST)


@pytest.mark.parametrize("version", ["2026", "v1", "2026.1/..", "2026.1-", "latest", "２０２６.1", ""])
def test_what_is_no_version_is_wrong_use(version: str) -> None:
    ended = CliRunner().invoke(app, ["release", version])
    assert (ended.exit_code, "is no version" in ended.stderr) == (2, True)


def test_the_metadata_name_every_file_of_data_with_its_sum(released: Path) -> None:
    sums = {
        name: digest
        for digest, name in (line.split("  ") for line in (released / "SHA256SUMS").read_text().splitlines())
    }
    data_files = {name for name in sums if name.startswith(("tables/", "csv/"))}
    package = json.loads((released / "datapackage.json").read_text("utf-8"))
    named = {one["path"]: one["hash"].removeprefix("sha256:") for one in package["resources"]}
    assert named == {name: sums[name] for name in data_files}
    croissant = json.loads((released / "croissant.json").read_text("utf-8"))
    named = {one["contentUrl"]: one["sha256"] for one in croissant["distribution"]}
    assert named == {name: sums[name] for name in data_files if name.endswith(".parquet")}
    assert SCIENCE in (released / "csv/organ.csv").read_text("utf-8-sig")
