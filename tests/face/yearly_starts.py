"""Starts of `gongkai run`, one after the other, each killed right before the step that is named for it; where none of
that name is, it comes to its end. Standard input has a line of JSON for each start: the step and the arguments.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import pipeline.build
import pipeline.publish.release
from crawler.run import crawl
from gongkai.cli import main
from gongkai.commands import run
from pipeline.archive import Archive

LOADED = (run, crawl, pipeline.build, pipeline.publish.release)
"""What every start needs, loaded once before the starts are forked."""

CALLS = {
    "an answer is stored": ("store_exchange", 5),
    "the crawl is finished": ("finish_run", 1),
    "the build begins": ("extent", 1),
}
"""Steps that are calls of the archive: the method, and at which of its calls the process dies."""

FILES = {
    "the tables get their sums": ("open", "/.building/tables/SHA256SUMS"),
    "the database is put in place": ("os.rename", "/data/gongkai.duckdb"),
    "the candidate gets its name": ("os.rename", "-candidate"),
    "the report of the year gets its name": ("os.rename", ".md"),
}
"""Steps that are events: the event, and how the name of the file ends."""


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def dying(function: Callable[..., Any], at: int) -> Callable[..., Any]:
    """The function, whose call of this number is never made."""
    calls = 0

    def counted(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == at:
            die()
        return function(*arguments, **named)

    return counted


def prepare(step: str) -> None:
    if step in CALLS:
        name, at = CALLS[step]
        setattr(Archive, name, dying(getattr(Archive, name), at))
    elif step in FILES:
        event, ending = FILES[step]

        def watch(met: str, arguments: tuple[object, ...]) -> None:
            if met != event or (met == "open" and not int(str(arguments[2])) & os.O_WRONLY):
                return
            name = str(arguments[0 if met == "open" else 1])
            if name.endswith(ending) and (ending != ".md" or "/2023-" in name):
                die()

        sys.addaudithook(watch)


def start(step: str, arguments: list[str]) -> int:
    """How a start ended that dies right before this step: its exit code, or minus the signal."""
    child = os.fork()
    if child == 0:
        prepare(step)
        sys.argv[1:] = arguments
        sys.stderr.write(f"--- before {step}\n")
        main()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    for line in sys.stdin:
        name, words = json.loads(line)
        sys.stdout.write(f"{start(name, words)}\n")
        sys.stdout.flush()
