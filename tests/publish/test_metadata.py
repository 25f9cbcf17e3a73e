"""The metadata of a release are valid to the validators of their formats, and a spoilt release is not."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import duckdb
import pytest
from huggingface_hub import DatasetCard

from tests.environments import python_of

VALIDATORS = Path(__file__).with_name("validators.py")
SPOILS = {
    "datapackage.json": ('"type": "integer"', '"type": "boolean"'),
    "croissant.json": ('"sc:Integer"', '"sc:Whole"'),
    "dcat.jsonld": ('"dcat:accessURL"', '"dcat:address"'),
    "CITATION.cff": ("license: CC-BY-4.0", "license: free"),
    "csv/series_step.csv": ('"A"', '"B"'),
}
"""What is written into the copy that must not pass, file by file."""


@pytest.fixture(scope="module")
def spoilt(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(released, tmp_path_factory.mktemp("spoilt") / "release"))
    for name, (right, wrong) in SPOILS.items():
        (folder / name).chmod(0o644)
        text = (folder / name).read_text("utf-8")
        assert right in text, name
        (folder / name).write_text(text.replace(right, wrong), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def told(released: Path, spoilt: Path) -> list[dict[str, Any]]:
    """What the validators say of the release and of the spoilt copy."""
    command: list[str | Path] = [python_of("metadata"), "-I", VALIDATORS, released, spoilt]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 0, ended.stderr
    assert "WARNING" not in ended.stderr
    found: list[dict[str, Any]] = json.loads(ended.stdout)
    return found


@pytest.mark.parametrize("name", ["datapackage", "croissant", "dcat"])
def test_the_validator_has_nothing_to_say(told: list[dict[str, Any]], name: str) -> None:
    assert told[0][name] == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("datapackage", "type-error"),
        ("datapackage", "hash-count"),
        ("croissant", "Whole"),
        ("dcat", "accessURL"),
    ],
)
def test_the_validator_finds_what_is_spoilt(told: list[dict[str, Any]], name: str, said: str) -> None:
    assert [line for line in told[1][name] if said in line]


def test_croissant_loads_the_rows_that_the_tables_hold(told: list[dict[str, Any]], released: Path) -> None:
    with duckdb.connect() as memory:
        for name, rows in told[0]["rows"].items():
            table = memory.from_parquet(str(released / f"tables/{name}.parquet"))
            there = [dict(zip(table.columns, row, strict=True)) for row in table.limit(len(rows)).fetchall()]
            assert len(rows) == min(5, table.count("*").fetchall()[0][0])
            for row, found in zip(there, rows, strict=True):
                assert found.keys() == {f"{name}/{column}" for column in row}
                texts = {column: value for column, value in row.items() if isinstance(value, str)}
                assert {column: found[f"{name}/{column}"] for column in texts} == texts


def test_citations_are_valid_and_a_spoilt_one_is_not(released: Path, spoilt: Path) -> None:
    python = python_of("citation")
    project = Path(__file__).resolve().parents[2]
    for folder, code in ((project, 0), (released, 0), (spoilt, 1)):
        command: list[str | Path] = [python.with_name("cffconvert"), "--validate", "-i"]
        assert (
            subprocess.run([*command, folder / "CITATION.cff"], capture_output=True, check=False).returncode
            == code
        )


def test_the_head_of_the_readme_is_a_card_of_the_hub_that_leads_to_every_table(released: Path) -> None:
    told = vars(DatasetCard((released / "README.md").read_text("utf-8")).data)
    assert (told["license"], told["language"]) == ("cc-by-4.0", ["zh", "en"])
    tables = {path.relative_to(released).as_posix() for path in released.glob("tables/*.parquet")}
    assert {one["data_files"] for one in told["configs"]} == tables
    assert [one["config_name"] for one in told["configs"] if one.get("default")] == ["report"]
