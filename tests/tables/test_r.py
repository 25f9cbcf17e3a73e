"""R opens the database, where R and its package duckdb are on the machine; the project installs neither."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.tables.database import DATABASE, open_database
from tests.tables.test_clients import queries

SCRIPT = Path(__file__).with_name("client.R")


def test_r_has_the_rows_that_python_has(data: Path) -> None:
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("Rscript is not on this machine")
    asked = [rscript, "-e", 'quit(status = !requireNamespace("duckdb", quietly = TRUE))']
    if subprocess.run(asked, check=False, capture_output=True).returncode:
        pytest.skip("R on this machine has no package duckdb: install.packages('duckdb')")
    lines = [" ".join(sql.split()) for sql in queries()]
    ended = subprocess.run(
        [rscript, SCRIPT, data / DATABASE],
        input="\n".join(lines),
        check=False,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    with open_database(data) as connection:
        assert ended.stdout.split() == [str(len(connection.execute(sql).fetchall())) for sql in lines]
