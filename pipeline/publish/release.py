"""Cutting a release: made aside, held against what is expected, and only then given its name."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from pipeline.coverage import behind
from pipeline.datasets import dataset_file
from pipeline.problem import InputProblem, Problem
from pipeline.publish.changes import changes_files, changes_text, first_text
from pipeline.publish.checks_text import checks_text
from pipeline.publish.codebook import codebook, codebook_zh
from pipeline.publish.csv_files import CsvFile, write_csv
from pipeline.publish.diff import compared
from pipeline.publish.edition import Edition, edition_of
from pipeline.publish.expectations import load_expectations
from pipeline.publish.gates import BOUNDED, Gate, Passing, gates
from pipeline.publish.metadata import metadata
from pipeline.publish.readme import readme
from pipeline.publish.rereading import reread
from pipeline.publish.sums import SUMS, check_sums, sum_of, write_sums
from pipeline.publish.version import RELEASES, Version, before, point_to_latest, released
from pipeline.tables.database import DATABASE, make_database, open_database
from pipeline.tables.disk import synced
from pipeline.tables.schema import TABLES
from pipeline.tables.staging import staging

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Released:
    """A release that is there: its folder, what it was held against, and the latest version now."""

    folder: Path
    gates: tuple[Gate, ...]
    latest: Version | None


def release(
    data: Path, version: Version, *, day: date | None = None, progress: Progress = lambda _: None
) -> Released:
    """Make `data/releases/VERSION` from the last build, and let `data/releases/latest` lead to the latest release.

    Nothing is seen of a release before it is whole and on the disk. Raises InputProblem for a version that is there:
    releases never change. Raises Problem where the build is not whole or not of the whole archive, where a gate is not
    passed, or where nothing can be written; the releases that are there stay as they are.
    """
    point_to_latest(data)  # what a kill after the last release's naming left undone
    if version in released(data):
        raise InputProblem(
            f"Release {version.text} is already there, in {data / RELEASES}, and releases never change. "
            "Take the next number."
        )
    made_by = _built(data)
    try:
        with staging(data) as tables:
            folder = tables.with_name(version.text)
            passed = _made(data, folder, version, made_by, day, progress)
            target = data / RELEASES / version.text
            target.parent.mkdir(exist_ok=True)
            synced(data)
            folder.rename(target)
            synced(target.parent)
        return Released(target, passed, point_to_latest(data))
    except OSError as error:
        raise Problem(
            f"The release {version.text} could not be written: {error}. The releases in {data / RELEASES} are as they "
            "were. Make room or give the right to write there, then release again."
        ) from error
    except duckdb.Error as error:
        raise Problem(
            f"The release {version.text} could not be made: {error}. Nothing was released."
        ) from error


def _built(data: Path) -> str:
    """Who made the last build; raises Problem where its tables and database are not whole and of one build."""
    again = f"Run: gongkai build --data {data}"
    with open_database(data) as database:
        about = dict(database.execute("SELECT key, value FROM about").fetchall())
    tables = data / "tables"
    wrong = check_sums(tables)
    if wrong or about.get(f"sha256 of tables/{SUMS}") != sum_of(tables / SUMS):
        raise Problem(
            f"The tables in {tables} are not those that the database beside them was made of. "
            + "".join(f"{line}. " for line in wrong)
            + again
        )
    late = behind(data)
    if late:
        raise Problem(f"{late} fetches came after the last build of {data}. {again}")
    return str(about["made_by"])


def _made(
    data: Path, folder: Path, version: Version, made_by: str, day: date | None, progress: Progress
) -> tuple[Gate, ...]:
    """Everything of the release, in `folder`, on the disk."""
    last = before(data, version)
    expectations = load_expectations(data, version.text, BOUNDED)
    (folder / "tables").mkdir(parents=True)
    progress("copying the tables")
    for table in TABLES:
        shutil.copyfile(
            data / "tables" / f"{table.name}.parquet", folder / "tables" / f"{table.name}.parquet"
        )
    copied = {
        f"tables/{table.name}.parquet": sum_of(folder / "tables" / f"{table.name}.parquet")
        for table in TABLES
    }
    progress("making the database")
    about = {"made_by": made_by, "release": version.text}
    make_database(
        folder / "tables",
        folder / DATABASE,
        about | {f"sha256 of {name}": found for name, found in copied.items()},
    )
    with duckdb.connect(folder / DATABASE, read_only=True) as database:
        edition = edition_of(database, version, made_by, day)
        progress("checking")
        last_reports = data / RELEASES / last.text / "tables" / "report.parquet" if last else None
        passed = tuple(gates(database, edition, expectations, last_reports))
        _refuse([gate for gate in passed if gate.passing is Passing.FAIL], expectations.path)
        progress("writing CSV")
        csv = write_csv(folder / "tables", database, folder / "csv")
    progress("comparing with the last release")
    changes = first_text(version.text)
    if last is not None:
        with compared(data / RELEASES / last.text / "tables", folder / "tables") as comparison:
            changes = changes_text(comparison, last.text, version.text)
            changes_files(comparison, folder)
    progress("writing the codebook and metadata")
    texts = {"CHANGES.md": changes, **_texts(folder, edition, passed, csv, copied)}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    progress("reading all of it again")
    reread(folder, edition, csv)
    write_sums(folder)
    return passed


def _texts(
    folder: Path, edition: Edition, passed: tuple[Gate, ...], csv: list[CsvFile], copied: Mapping[str, str]
) -> Mapping[str, str]:
    sums = {name: (digest, (folder / name).stat().st_size) for name, digest in copied.items()}
    for file in csv:
        path = folder / "csv" / file.name
        sums[f"csv/{file.name}"] = (sum_of(path), path.stat().st_size)
    return {
        "README.md": readme(edition, list(passed)),
        "CODEBOOK.md": codebook(),
        "CODEBOOK.zh.md": codebook_zh(),
        "CHECKS.md": checks_text(edition, passed),
        "LICENSE-DATA": dataset_file("..", "LICENSE-DATA").read_text(encoding="utf-8"),
        **metadata(edition, csv, sums),
    }


def _refuse(failed: list[Gate], path: Path) -> None:
    if failed:
        lines = "".join(f"\n  {gate.what}: {gate.found}, asked for: {gate.asked}" for gate in failed)
        raise Problem(
            f"Nothing was released, {len(failed)} checks failed:{lines}\n"
            "Find out why. A floor or bound that is wrong for this release alone is overridden, with a reason, in "
            f"{path}"
        )
