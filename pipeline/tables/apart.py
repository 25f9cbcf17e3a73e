"""Statements for DuckDB in a process of its own, which gives back all memory that they took when it ends.

That process loads nothing but DuckDB: it is small, and starts fast. Beside a build, the memory of both would add up,
as neither allocator gives back what the other could use.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from threading import Thread
from typing import Any

import duckdb

Given = str | bool | int | float | list[str]
Config = Mapping[str, Given]


@dataclass(frozen=True, slots=True)
class Step:
    """A statement, once for each of `given` in turn, or once where nothing is given.

    With `refused`, it is a query for what must not be, and a row raises duckdb.ConstraintException with that text.
    With `parts`, that is a query for lists of texts, each of which the statement is given as `$part`, an empty list
    where there are none; after the first, `more` stands in its place.
    """

    statement: str
    given: Sequence[Mapping[str, Given]] = ()
    refused: str | None = None
    parts: str | None = None
    more: str | None = None


def run_apart(steps: Sequence[Step], config: Config) -> None:
    """Run the steps in a new database in memory. Raises duckdb.Error as they do, or where the process does not end
    well. It ends with this one, however that ends.
    """
    asked = json.dumps({"config": config, "steps": [asdict(step) for step in steps]})
    with subprocess.Popen(  # noqa: S603 - this interpreter and this module
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    ) as process:
        try:
            told = _exchange(process, asked)
        except BaseException:
            process.kill()
            raise
    if told:
        failed = json.loads(told)
        raise getattr(duckdb, failed["error"])(failed["message"])
    if process.returncode:
        raise duckdb.Error(f"its process ended with {process.returncode}")


def _exchange(process: subprocess.Popen[bytes], asked: str) -> bytes:
    """What the process says. Its input stays open meanwhile: that is how it knows that somebody waits."""
    assert process.stdin is not None  # noqa: S101 - both are pipes
    assert process.stdout is not None  # noqa: S101
    try:
        process.stdin.write(f"{asked}\n".encode())
        process.stdin.flush()
    except BrokenPipeError:
        pass  # how it ended says why
    return process.stdout.read()


def _run(connection: duckdb.DuckDBPyConnection, step: Step) -> None:
    if step.parts is not None:
        first, *more = connection.execute(step.parts).fetchall() or [([],)]
        connection.execute(step.statement, {"part": first[0]})
        for (part,) in more:
            connection.execute(step.more or step.statement, {"part": part})
        return
    for given in step.given or ({},):
        connection.execute(step.statement, given)
    if step.refused is not None:
        row = connection.fetchone()
        if row is not None:
            raise duckdb.ConstraintException(f"{step.refused}, {row}")


def _end_with_parent() -> None:
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


def main() -> None:
    """The life of the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both; the one that asks ends this one
    asked: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    Thread(target=_end_with_parent, daemon=True).start()
    try:
        with duckdb.connect(config=asked["config"]) as connection:
            for step in asked["steps"]:
                _run(connection, Step(**step))
    except duckdb.Error as error:
        sys.stdout.write(json.dumps({"error": type(error).__name__, "message": str(error)}))


if __name__ == "__main__":
    main()
