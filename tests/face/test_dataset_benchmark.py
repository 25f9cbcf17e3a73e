"""The benchmark of the dataset measures what it says: the same rows every time, built as a build does, asked alike."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]
import pytest

from benchmarks import dataset, dataset_contender
from benchmarks.dataset_made import made_rows
from pipeline.tables.database import DATABASE

REPORTS = 400


def tables() -> dict[str, pa.Table]:
    batches: dict[str, list[pa.RecordBatch]] = {}
    for made in made_rows(REPORTS):
        batches.setdefault(made.table.name, []).append(made.rows)
    return {name: pa.Table.from_batches(found) for name, found in batches.items()}


def test_made_rows_are_the_same_every_time_and_have_the_shape_of_a_country() -> None:
    once = tables()
    assert all(once[name].equals(table) for name, table in tables().items())
    reports, figures = once["report"].to_pylist(), once["figure"]
    assert len(reports) == REPORTS == len({row["report_id"] for row in reports})
    cells = Counter(zip(figures["report_id"].to_pylist(), figures["cell"].to_pylist(), strict=True))
    assert set(cells.values()) == {1}
    assert 150 < figures.num_rows / REPORTS < 250
    statuses = Counter(figures["status"].to_pylist())
    assert set(statuses) == {"reported", "blank", "not_applicable", "unreadable", "ambiguous"}
    values = [value for value in figures["value"].to_pylist() if value is not None]
    assert len(values) == statuses["reported"] > 0.85 * figures.num_rows
    assert 0.75 < sum(value == 0 for value in values) / len(values) < 0.95
    years = {row["report_year"] for row in reports}
    assert years == set(range(2008, 2026))
    states = Counter(once["coverage"]["state"].to_pylist())
    assert states["missing"] > 0
    assert states["held"] > states["missing"]


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dataset.Measured]:
    folder = tmp_path_factory.mktemp("made")
    return folder, dataset.measure(REPORTS, folder, rounds=1)


def test_everything_is_built_weighed_and_asked(measured: tuple[Path, dataset.Measured]) -> None:
    folder, found = measured
    assert found.rows["report"] == REPORTS
    assert found.peak > 0
    assert all(seconds > 0 for seconds in found.spent.values())
    sizes = {size.name: size for size in found.sizes}
    assert sizes["figures, naive CSV"].total > sizes["figures, Parquet in no order"].total
    assert sizes["figures, Parquet in no order"].total > sizes["figures, Parquet"].total
    ratios = {(asked.question, asked.way): asked.ratio for asked in found.asked}
    assert ratios["city_year", dataset.OURS] == ratios["panel", dataset.OURS] == 1
    assert {way for question, way in ratios if question == "panel"} >= {
        "duckdb_parquet",
        "sqlite",
        dataset.BARE,
    }
    with duckdb.connect(folder / DATABASE, read_only=True) as opened:
        rows = opened.execute(
            "SELECT count(*), count(DISTINCT organ_id) FROM report WHERE is_current"
        ).fetchone()
    assert rows is not None
    assert 0 < rows[1] < rows[0]
    lines: list[str] = []
    dataset.report(found, lines.append)
    assert str(found.rows["figure"]) in lines[0]


def test_another_answer_is_an_error(
    measured: tuple[Path, dataset.Measured], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ratios of ways that do not answer alike would compare different work."""
    run = dataset._run

    def wrong(*command: str) -> str:
        said = run(*command)
        if "sqlite" not in command[2:]:
            return said
        answers = json.loads(said)
        answers["panel"]["total"] += 1
        return json.dumps(answers)

    monkeypatch.setattr(dataset, "_run", wrong)
    monkeypatch.setattr(dataset_contender, "WAYS", dict.fromkeys((dataset.OURS, "sqlite")))
    with pytest.raises(ValueError, match="sqlite answers panel otherwise"):
        list(dataset._asked(measured[0], 1, lambda _: None))
