"""DuckDB in a process of its own: the same errors as here, and no life of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from pipeline.tables.apart import Step, run_apart

ROOT = Path(__file__).resolve().parents[2]


def test_steps_are_run_in_their_order(tmp_path: Path) -> None:
    target = tmp_path / "made.duckdb"
    parts = "SELECT [text] FROM (VALUES ('甲'), ('乙')) AS t(text)"
    steps = [
        Step(f"ATTACH '{target}' AS made"),
        Step("CREATE TABLE made.one (text VARCHAR)"),
        Step("INSERT INTO made.one VALUES ($text)", [{"text": "丙"}, {"text": "丁"}]),
        Step("SELECT 1 FROM made.one WHERE text = '戊'", refused="one of these"),
        Step("INSERT INTO made.one SELECT unnest($part::VARCHAR[])", parts=parts),
        Step("DETACH made"),
    ]
    run_apart(steps, {"memory_limit": "64MB"})
    with duckdb.connect(target, read_only=True) as made:
        assert made.execute("SELECT text FROM one").fetchall() == [("丙",), ("丁",), ("甲",), ("乙",)]


@pytest.mark.parametrize(
    ("step", "error", "message"),
    [
        (Step("SELECT nothing"), duckdb.BinderException, "nothing"),
        (
            Step("SELECT 7", refused="Two rows of x have the same key"),
            duckdb.ConstraintException,
            r"same key, \(7,\)",
        ),
    ],
)
def test_errors_are_those_of_duckdb(step: Step, error: type[duckdb.Error], message: str) -> None:
    with pytest.raises(error, match=message):
        run_apart([step], {})


_LONG = "SELECT count(*) FROM range(1000000) AS a, range(1000000) AS b WHERE (a.range * b.range) % 7 = 3"


def test_it_ends_with_the_one_that_asks() -> None:
    asks = (
        f"from pipeline.tables.apart import Step, run_apart; run_apart([Step({_LONG!r})], {{'threads': 1}})"
    )
    with subprocess.Popen([sys.executable, "-c", asks], cwd=ROOT) as asking:
        try:
            child = _child(asking.pid)
            time.sleep(1)
            assert _is_alive(child)
        finally:
            asking.kill()
    until = time.monotonic() + 60
    while _is_alive(child):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_one_that_is_killed_is_an_error() -> None:
    asks = (
        "import duckdb\nfrom pipeline.tables.apart import Step, run_apart\n"
        f"try: run_apart([Step({_LONG!r})], {{'threads': 1}})\n"
        "except duckdb.Error as error: print(error)"
    )
    with subprocess.Popen([sys.executable, "-c", asks], cwd=ROOT, stdout=subprocess.PIPE) as asking:
        os.kill(_child(asking.pid), signal.SIGKILL)
        assert asking.stdout is not None
        assert asking.stdout.read().decode().strip() == "its process ended with -9"


def _child(parent: int) -> int:
    """The process that another starts, waited for."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        listed = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(parent)], capture_output=True, text=True, check=False
        )
        for line in listed.stdout.splitlines():
            pid, command = line.split(None, 1)
            if "pipeline.tables.apart" in command:
                return int(pid)
        time.sleep(0.05)
    raise TimeoutError


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
