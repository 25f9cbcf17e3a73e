"""The first notebook asks the demo's database, and every answer is the sample's."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.tables.schema import ABOUT, TABLES, VIEWS
from tests.notebooks.running import NOTEBOOKS, script


@pytest.fixture(scope="module")
def shown(demo: Path) -> Iterator[dict[str, Any]]:
    # Takes a second, which a process that has none of these tests is spared.
    from notebooks.open_the_file_and_ask import app

    with duckdb.connect(demo / "demo" / "gongkai.duckdb", read_only=True) as database:
        _, defined = app.run(defs={"database": database})
        yield dict(defined)


def test_it_lists_every_table_and_view_with_what_it_is(shown: dict[str, Any]) -> None:
    names = {row["name"] for row in shown["parts"] if row["comment"]}
    assert {one.name for one in (*TABLES, ABOUT, *VIEWS)} <= names
    assert not [name for name in names if name.endswith("_stored")]


def test_its_first_question_is_answered(shown: dict[str, Any]) -> None:
    answer = {row["organ"]: (row["report_year"], row["received"]) for row in shown["answer"]}
    assert len(answer) == 9
    assert {year for year, _ in answer.values()} == {2024}
    assert sum(received for _, received in answer.values()) == 36 + 48 + 23
    assert all(row["from_persons"] <= row["received"] for row in shown["answer"])


def test_a_zero_is_told_from_what_is_no_number(shown: dict[str, Any]) -> None:
    kinds = {row["kind"]: row for row in shown["kinds"]}
    assert kinds.keys() == {"reported", "reported: 0", "blank", "not_applicable", "unreadable"}
    assert kinds["reported: 0"]["with_a_value"] == kinds["reported: 0"]["cells"]
    assert [kinds[kind]["with_a_value"] for kind in ("blank", "not_applicable", "unreadable")] == [0, 0, 0]
    assert kinds["unreadable"]["most_often_printed"] == "约300"


def test_a_number_leads_to_its_page(shown: dict[str, Any]) -> None:
    assert len(shown["origins"]) == 5
    for row in shown["origins"]:
        assert row["raw"] == str(row["value"].normalize())
        assert row["url"].startswith("http://127.0.0.")


def test_as_a_script_it_runs_from_a_clean_start(demo: Path) -> None:
    ended = script("open_the_file_and_ask.py", demo)
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize("name", sorted(path.stem for path in NOTEBOOKS.glob("*.py")))
def test_without_a_database_it_says_what_to_do(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", [name, "--data", str(tmp_path)])
    notebook = import_module(f"notebooks.{name}")
    with pytest.raises(
        Exception, match=r"There is no database at .*\. Run `make demo`, or give --data DIR\."
    ):
        notebook.app.run()
