"""The tables and the database of a whole country: how long they take, how large they are, how fast they answer."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from pyarrow import parquet  # type: ignore[import-untyped]

from benchmarks import dataset_contender
from benchmarks.dataset_build import BUILT
from benchmarks.dataset_sizes import Size, sizes
from tests.environments import environment

OURS = "duckdb_file"
BARE = "read_once"
LIBRARIES = "contenders"  # the environment with pandas and Polars
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question asked one way: the median of its seconds, and how often the database's own fit into them."""

    question: str
    way: str
    seconds: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: rows by table, seconds of the build by step, its peak in bytes, the sizes, the questions."""

    rows: dict[str, int]
    spent: dict[str, float]
    peak: float
    sizes: tuple[Size, ...]
    sqlite_seconds: float
    asked: tuple[Asked, ...]


def measure(reports: int, folder: Path, *, rounds: int, say: Say = lambda _: None) -> Measured:
    """Build an invented country of so many reports in the folder, unless one is built there, and ask it in all ways.

    Raises ValueError where two ways do not give the same answer: the ratios would compare different work. pandas and
    Polars are left out where their environment is not made.
    """
    if not (folder / BUILT).exists():
        say(f"building {reports} reports")
        _run(sys.executable, "-m", "benchmarks.dataset_build", str(reports), str(folder))
    spent = json.loads((folder / BUILT).read_text(encoding="utf-8"))
    rows = {
        path.stem: parquet.read_metadata(path).num_rows
        for path in sorted((folder / "tables").glob("*.parquet"))
    }
    say("weighing")
    weighed = sizes(folder)
    say("loading SQLite")
    loaded = float(_run(sys.executable, "-m", "benchmarks.dataset_sqlite", str(folder)))
    return Measured(rows, spent, spent.pop("peak"), weighed, loaded, tuple(_asked(folder, rounds, say)))


def _asked(folder: Path, rounds: int, say: Say) -> Iterator[Asked]:
    told: dict[str, dict[str, Any]] = {}
    for way, python in _pythons():
        say(f"asking {way}")
        told[way] = json.loads(_run(python, dataset_contender.__file__, way, str(folder), str(rounds)))
    for question, ours in told[OURS].items():
        base = median(ours["seconds"])
        for way, answers in told.items():
            if question not in answers:
                continue
            answer = answers[question]
            if way != BARE and (answer["above_zero"], round(answer["total"])) != (
                ours["above_zero"],
                round(ours["total"]),
            ):
                raise ValueError(f"{way} answers {question} otherwise than {OURS}: {answer} and {ours}")
            seconds = median(answer["seconds"])
            yield Asked(question, way, seconds, seconds / base)


def _told(answer: dict[str, Any]) -> tuple[int, int]:
    return answer["above_zero"], round(answer["total"])


def _pythons() -> Iterator[tuple[str, str]]:
    """Each way of asking with the Python that it runs in."""
    libraries = environment(LIBRARIES)
    for way in dataset_contender.WAYS:
        if way not in {"pandas", "polars"}:
            yield way, sys.executable
        elif libraries is not None:
            yield way, str(libraries)


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603 - our own


def report(measured: Measured, print_line: Say) -> None:
    """Print what was measured as a person reads it."""
    figures = measured.rows["figure"]
    print_line(f"a country of {measured.rows['report']} reports with {figures} figures")
    for step, seconds in measured.spent.items():
        print_line(f"  {step:<26}{seconds:10.1f} s")
    print_line(f"  {'peak of memory':<26}{measured.peak / 1e9:10.2f} GB")
    base = next(size.bytes_each for size in measured.sizes if size.name == "figures, Parquet")
    for size in measured.sizes:
        print_line(
            f"  {size.name:<34}{size.total / 1e6:12.1f} MB {size.bytes_each:8.2f} bytes a figure "
            f"{size.bytes_each / base:8.2f} x{size.note}"
        )
    print_line(f"  {'to load SQLite':<26}{measured.sqlite_seconds:10.1f} s")
    for asked in measured.asked:
        print_line(
            f"  {asked.question:<12}{asked.way:<18}{asked.seconds * 1000:10.1f} ms {asked.ratio:8.2f} x {OURS}"
        )
