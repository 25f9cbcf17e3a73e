"""Clients of DuckDB from 1.1 on open the database, find every comment, and answer as this one does."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from pipeline.tables.database import DATABASE
from pipeline.tables.layout import lay_out
from pipeline.tables.schema import ABOUT, KEPT, MACROS, TABLES, VIEWS
from tests.environments import python_of
from tests.tables import client

CLIENTS = {"duckdb-oldest": "1.1.", "duckdb-middle": "1.3.", "duckdb-before-2": "1.5."}
README = Path(__file__).resolve().parents[2] / "README.md"


def queries() -> list[str]:
    """All rows of every table, view and macro, every query that README shows, and searches by what the views hide."""
    names = [table.name for table in (*TABLES, ABOUT)] + [view.name for view in (*VIEWS, *KEPT)]
    names += [laid.table.name for laid in lay_out(TABLES) if laid.table.name not in names]
    shown = [
        sql.replace('\\"', '"')
        for sql in re.findall(r'^\$ gongkai query [^"]*"((?:[^"\\]|\\.)+)"', README.read_text(), re.MULTILINE)
    ]
    assert len(shown) >= 3
    report = "(SELECT min(report_id) FROM report)"
    asked = {"report_text": report, "cell_by_organ": "'requests/received/total'"}
    return [
        *(f'SELECT * FROM "{name}" ORDER BY ALL' for name in names),
        *(f"SELECT * FROM {macro.name}({asked.get(macro.name, 'NULL')}) ORDER BY ALL" for macro in MACROS),
        *shown,
        f"SELECT * FROM figure WHERE report_id = {report} ORDER BY ALL",
        "SELECT * FROM figure WHERE part = 'requests' AND item = 'received' AND status <> 'blank' ORDER BY ALL",
        "SELECT * FROM figure WHERE status = 'no such word' OR cell = 'no such cell'",
        "SELECT status, count(*) FROM figure JOIN report USING (report_id) GROUP BY status ORDER BY status",
        "SELECT * FROM finding JOIN report USING (report_id) WHERE verdict = 'fail' ORDER BY ALL",
    ]


@pytest.mark.parametrize("name", CLIENTS)
def test_client_sees_what_this_one_sees(data: Path, name: str) -> None:
    asked = queries()
    ended = subprocess.run(
        [python_of(name), "-I", client.__file__, data / DATABASE],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    here = json.loads(json.dumps(client.seen(str(data / DATABASE), asked)))
    assert told["version"].startswith(CLIENTS[name])
    assert told["comments"] == here["comments"]
    for sql, there, ours in zip(asked, told["rows"], here["rows"], strict=True):
        assert there == ours, sql
    assert not [named for *named, comment in told["comments"] if not comment]
    assert sum(len(rows) > 0 for rows in told["rows"]) > len(asked) / 2


def test_clients_are_those_that_are_asked() -> None:
    """A test that is skipped where an environment is not made says nothing of one that nobody makes."""
    folder = Path(__file__).resolve().parents[1] / "environments"
    assert {path.stem for path in folder.glob("duckdb-*.in")} == set(CLIENTS)
