"""`python -m pipeline.divisions FOLDER`: make `datasets/registry/divisions.csv` from the packages in FOLDER."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from pipeline.datasets import dataset_file
from pipeline.divisions.changes import read_changes, states
from pipeline.divisions.checking import contradictions
from pipeline.divisions.editions import CURRENT, EDITIONS, is_zone, listed
from pipeline.divisions.rows import COLUMNS, division_rows
from pipeline.problem import Problem


def make(folder: Path) -> str:
    """Write the file anew; say what it holds. Raises Problem where lists and changes contradict one another."""
    changes = read_changes(_read("changes.csv"))
    deviations = {(row["edition"], row["code"]): row["listed"] for row in _read("deviations.csv")}
    lists = [(edition, listed(edition, folder)) for edition in EDITIONS]
    base = {code: name for code, name in lists[0][1].items() if not is_zone(code)}
    years = states(base, CURRENT.years[0], changes)
    if wrong := contradictions(years, lists, deviations):
        raise Problem("Lists and changes contradict one another:\n" + "\n".join(wrong))
    rows = division_rows(years, changes, lists, [row["code"] for row in _read("no_short_name.csv")])
    path = dataset_file("registry", "divisions.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return f"{path}: {len(rows)} rows, held against {len(lists)} lists, {len(deviations)} known deviations."


def _read(name: str) -> list[dict[str, str]]:
    with dataset_file("registry", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    try:
        sys.stdout.write(make(Path(sys.argv[1])) + "\n")
    except Problem as problem:
        sys.exit(str(problem))
