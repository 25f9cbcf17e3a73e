"""From the archive to the tables and the database: a pure function of archive, registry and forms.

Everything is made again from the bytes every time. Of an earlier build nothing is used but what readers that are slow
made of the same bytes, as the same readers (`pipeline.tables.shelf`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import asdict, dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from pathlib import Path
from sqlite3 import Connection
from sqlite3 import Error as MetError

import duckdb

from pipeline.archive import Archive
from pipeline.check import Verdict
from pipeline.forms import Forms, load_forms
from pipeline.freshness import MADE_OF, made_of, slow_readers
from pipeline.organs import load_registry
from pipeline.problem import Problem
from pipeline.storage.store import Store
from pipeline.tables.across import across_findings, load_across_years
from pipeline.tables.codebook import codebook
from pipeline.tables.converting import Converted, convert_all
from pipeline.tables.corrections import load_corrections
from pipeline.tables.fetches import Counts, Fetches, Progress
from pipeline.tables.holding import COVERAGE, DIVISION
from pipeline.tables.identity import ORGAN_LINK
from pipeline.tables.looking import Looker
from pipeline.tables.met import on_disk
from pipeline.tables.model import Table
from pipeline.tables.naming import Naming
from pipeline.tables.noted_links import NotedLinks
from pipeline.tables.parquet import TableWriter, one_allocator
from pipeline.tables.reading import FINDING, REPORT
from pipeline.tables.reasons import UNEXPLAINED
from pipeline.tables.registry import change_documents, division_rows, known_places, load_changes
from pipeline.tables.rows import Row
from pipeline.tables.shelf import CACHE, Shelf
from pipeline.tables.staging import publish, staging
from pipeline.tables.unfit import unfit_corrections, unfit_decisions
from pipeline.tables.versions import settle
from pipeline.tables.workers import Cluster, Looking, looking
from pipeline.working_copy.place import url_of


@dataclass(frozen=True, slots=True)
class Slowly:
    """What is told of work that takes long: `converted` how many of the documents that an office program may have to
    convert are done, and `recognised` each page of which the characters were recognised. Called from any thread.
    """

    converted: Progress = lambda _done, _all: None
    recognised: Callable[[], None] = lambda: None


@dataclass(slots=True)
class BuildSummary(Counts):
    """What was built. `failed_across` counts failed checks between reports, `uncertain` the links between organs that
    are not certain. `unfit` tells, in a sentence each, what a person has decided on and nothing held has.
    """

    current: int = 0
    failed_across: int = 0
    expected: int = 0
    held: int = 0
    unexplained: int = 0
    uncertain: int = 0
    unfit: tuple[str, ...] = ()


def build(
    data: Path,
    *,
    progress: Progress | None = None,
    slowly: Slowly | None = None,
    workers: int = 1,
    cluster: Cluster | None = None,
) -> BuildSummary:
    """Build `data/tables/*.parquet` and `data/gongkai.duckdb` from `data/archive`.

    `progress` is told how many of all fetches are done, `slowly` what is done before one is. `workers` is how many
    processes read documents; they are spawned, so with more than one the calling program must be one that can be
    imported. With a `cluster`, its workers read, which must see `data` under the same path. The same archive gives the
    same Parquet files, byte for byte, whoever reads, and whatever `data/cache` holds of earlier builds. Raises Problem
    where there is no archive or nothing can be written; the last good tables stay.
    """
    with Archive.open(data / "archive", writable=False) as archive:
        try:
            with one_allocator(), staging(data) as folder:
                about = {"made_by": reader(), MADE_OF: made_of(archive)}
                url = url_of(data)
                cache = None if url is None else f"{url}/{CACHE}"
                shelf = Shelf((data / CACHE).resolve(), slow_readers(), cache)
                with closing(on_disk(folder.with_name("met.sqlite"))) as met:
                    made = _Build(archive, folder, shelf, workers, cluster, slowly or Slowly(), met)
                    summary = made.run(progress)
                publish(folder, data, about)
                shelf.clear()
                return summary
        except (OSError, MetError) as error:
            raise Problem(
                f"The tables in {data} could not be written: {error}. The last good ones are as they were. "
                "Make room or give the right to write there, then build again."
            ) from error
        except duckdb.Error as error:
            raise Problem(
                f"The database in {data} could not be written: {error}. The last good one is as it was."
            ) from error


def reader() -> str:
    """The program and version that reads, as the tables name it."""
    try:
        return f"gongkai {version('gongkai')}"
    except PackageNotFoundError:
        return "gongkai, from a checkout"


class _Build:
    """One build into one folder."""

    def __init__(
        self,
        archive: Archive,
        folder: Path,
        shelf: Shelf,
        workers: int,
        cluster: Cluster | None,
        slowly: Slowly,
        met: Connection,
    ) -> None:
        self._archive = archive
        self._folder = folder
        self._shelf = shelf
        self._slowly = slowly
        self._workers = workers
        self._cluster = cluster
        self._forms: Forms = load_forms()
        self._runs = archive.runs()
        self._naming = Naming(known_places(self._runs), load_registry())
        self._ended: dict[str, int] = {}  # by organ, the first year in which it was merged or split
        self._summary = BuildSummary()
        self._fetches = Fetches(archive, self._summary, dict(load_corrections(self._forms)), met)

    def run(self, progress: Progress | None) -> BuildSummary:
        unsettled = self._folder.with_name("unsettled")
        unsettled.mkdir()
        with TableWriter(FINDING, self._folder) as findings:
            self._fetches.read(self._looking, self._folder, unsettled, findings, progress)
            organs = settle(unsettled / f"{REPORT.name}.parquet", self._folder, self._fetches.versions)
            changes = load_changes()
            for table, rows in organs.tables(self._naming, change_documents(changes)):
                self._write(table, self._links(rows) if table is ORGAN_LINK else rows)
            corrections = chain.from_iterable(self._fetches.corrections.values())
            unfit = unfit_decisions(self._naming, organs.named(self._naming).values())
            self._summary.unfit = (*unfit_corrections(corrections), *unfit)
            self._write(DIVISION, division_rows(self._naming.places, changes))
            self._compare(findings, unsettled)
        for table, rows in codebook(self._forms):
            self._write(table, rows)
        self._write(COVERAGE, self._coverage())
        self._summary.current = sum(1 for _ in self._fetches.versions.all_current())
        return self._summary

    def _looking(self, bodies: int) -> AbstractContextManager[Looking]:
        """Who looks at so many bodies, here or on a cluster, for which the paths are whole."""
        converted = self._folder.with_name("converted").resolve()
        convert_all(self._archive, converted, self._shelf, workers=self._workers, told=self._slowly.converted)
        before = Converted(converted, self._shelf), self._shelf
        make = partial(Looker, self._archive.bodies, self._naming, reader(), *before)
        if self._cluster is not None:
            return self._cluster.looking(make, self._beside(), bodies)
        return looking(make, workers=self._workers, documents=bodies, on_page=self._slowly.recognised)

    def _beside(self) -> Store:
        """Where the machines of a cluster leave what they read."""
        url = url_of(self._archive.root.parent)
        return Store(self._folder.parent.resolve().as_uri() if url is None else f"{url}/reading")

    def _compare(self, findings: TableWriter, unsettled: Path) -> None:
        """Add the findings between reports to those within them."""
        checks = load_across_years(self._forms)
        for batch in across_findings(self._folder, checks, unsettled / "across.parquet"):
            findings.add_batch(batch)
            self._summary.failed_across += batch.column("verdict").to_pylist().count(Verdict.FAIL)

    def _coverage(self) -> Iterator[Row]:
        met, sightings = self._fetches, NotedLinks(self._archive)
        for row in met.gathered.coverage(self._runs, sightings, met.versions, self._naming, self._ended):
            self._summary.expected += 1
            self._summary.held += row.state == "held"
            self._summary.unexplained += row.reason == UNEXPLAINED
            yield asdict(row)

    def _links(self, links: Iterable[Row]) -> Iterator[Row]:
        """The links between organs, and on the way the years in which organs certainly were no more."""
        for link in links:
            organ = link["organ_id"]
            self._summary.uncertain += organ is not None and not link["is_certain"]
            if link["is_certain"] and organ not in (None, link["successor_id"]):
                year = link["until_year"]
                self._ended[organ] = max(year, self._ended.get(organ, year))
            yield link

    def _write(self, table: Table, rows: Iterable[Row]) -> None:
        with TableWriter(table, self._folder) as writer:
            for row in rows:
                writer.add(row)
