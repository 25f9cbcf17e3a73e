"""Puts tables in place and dies at one of its steps: `python -m tests.tables.publishing DATA MARK WAY STEP…`.

A step is one change that the process makes to files or names in the data folder. Each STEP is taken in a copy of DATA,
DATA-STEP, by a process of its own; 0 lets it live. MARK is written into the tables and the database. WAY is `swap`, or
`files` for a file system that cannot swap folders. Prints, a line a step, how its process ended, and
stops at the first that was not killed: there are no more steps.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from pipeline.tables import staging
from pipeline.tables.parquet import TableWriter
from pipeline.tables.schema import TABLES

CHANGES = {"os.rename", "os.remove", "os.rmdir", "shutil.rmtree", "ctypes.dlsym", "open"}
DIVISION = {"code": "990000", "level": "other", "source": "portals"}


def put(data: Path, mark: str, step: int) -> None:
    met = 0

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal met
        writes = event != "open" or (isinstance(arguments[2], int) and arguments[2] & os.O_WRONLY)
        if event in CHANGES and writes:
            met += 1
            if met == step:
                os.kill(os.getpid(), signal.SIGKILL)

    with staging.staging(data) as folder:
        for table in TABLES:
            with TableWriter(table, folder) as writer:
                if table.name == "division":
                    empty = dict.fromkeys(column.name for column in table.columns)
                    writer.add({**empty, **DIVISION, "name": mark})
        if step:
            sys.addaudithook(watch)
        staging.publish(folder, data, {"mark": mark})
        if met + 1 < step:
            met = step  # of the steps that clear away what is left, one is as good as all


def main(data: Path, mark: str, way: str, steps: list[int]) -> None:
    """Each step in a fork: to import all of it again would cost more than the step."""
    if way == "files":
        staging._swapped = lambda *_: False
    for step in steps:
        child = os.fork()
        if child == 0:
            put(data.with_name(f"{data.name}-{step}") if step else data, mark, step)
            os._exit(0)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{ended}\n")
        sys.stdout.flush()
        if ended == 0:
            break


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], [int(step) for step in sys.argv[4:]])
