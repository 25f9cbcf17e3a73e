"""Every fetch of an archive as a row, and every report the first time that its bytes are met."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection

from pipeline.archive import Archive, Entry, Outcome
from pipeline.check.corrections import Correction
from pipeline.tables.content import Twins
from pipeline.tables.corrections import refuse_stale
from pipeline.tables.documents import Documents, may_be_report, together
from pipeline.tables.facts import Gathered
from pipeline.tables.holding import FETCH
from pipeline.tables.looking import PARTS, Rows, Told
from pipeline.tables.parquet import TableWriter
from pipeline.tables.reading import FINDING, REPORT
from pipeline.tables.rows import Row, address, utc
from pipeline.tables.versions import Versions
from pipeline.tables.workers import Looking

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Counts:
    """What was read. `damaged` bodies the archive no longer gives back, `crashed` ones this program failed on: table
    `fetch` names both, and neither should be.
    """

    fetches: int = 0
    reports: int = 0
    figures: int = 0
    failed_checks: int = 0
    damaged: int = 0
    crashed: int = 0


class Fetches:
    """Meets the fetches of an archive, and notes in `met` what can be told only of all together. `corrections` are in
    the end those that no report was met for.
    """

    def __init__(
        self, archive: Archive, counts: Counts, corrections: dict[str, Sequence[Correction]], met: Connection
    ) -> None:
        self.archive = archive
        self.counts = counts
        self.corrections = corrections
        self.versions = Versions(met)
        self.gathered = Gathered(met)
        self._twins = Twins(met)
        self._met = met

    def read(
        self,
        looking: Callable[[int], AbstractContextManager[Looking]],
        folder: Path,
        unsettled: Path,
        findings: TableWriter,
        progress: Progress | None,
    ) -> None:
        """Write the tables of fetches and of what reports say into `folder`, and the reports themselves, whose versions
        are not known before all are met, into `unsettled`. `looking` gives who looks at so many bodies.
        """
        total = bodies = 0
        for entry in self.archive.entries():
            total += 1
            bodies += may_be_report(entry)
        stale: list[str] = []
        with ExitStack() as stack:
            documents = Documents(stack.enter_context(looking(bodies)), together(self.archive), self._met)
            reports = stack.enter_context(TableWriter(REPORT, unsettled))
            fetches = stack.enter_context(TableWriter(FETCH, folder))
            parts = [
                findings if table is FINDING else stack.enter_context(TableWriter(table, folder))
                for table in PARTS
            ]
            for number, (entry, told) in enumerate(documents.tell(self.archive.entries()), start=1):
                is_new = told.rows is not None and not self._twins.meet(told.rows.report, told.rows.mark)
                fetches.add(self._fetch(number, entry, told))
                stale += told.stale
                if told.rows is not None and is_new:
                    reports.add(told.rows.report)
                    for writer, rows in zip(parts, told.rows.parts, strict=True):
                        writer.add_packed(rows)
                    self._report(told.rows)
                self.counts.fetches = number
                if progress is not None:
                    progress(number, max(number, total))
        refuse_stale(stale)
        self.counts.damaged, self.counts.crashed = documents.damaged, documents.crashed

    def _fetch(self, number: int, entry: Entry, told: Told) -> Row:
        row = _row(number, entry, told, told.report_id and self._twins.first(told.report_id))
        self.gathered.meet(row)
        if row["report_id"] is not None:
            anew = entry.outcome is not Outcome.UNCHANGED
            for url in told.pages or (row["url"],):
                self.versions.got(url, row["report_id"], entry.run, anew=anew)
        return row

    def _report(self, rows: Rows) -> None:
        row = rows.report
        self.versions.meet(row, rows.name_id)
        self.corrections.pop(row["sha256"], None)
        self.counts.reports += 1
        self.counts.figures += row["figure_count"]
        self.counts.failed_checks += row["failed_checks"]


def _row(number: int, entry: Entry, told: Told, report_id: str | None) -> Row:
    return {
        "number": number,
        "url": address(entry),
        "portal_code": entry.portal,
        "run_id": entry.run,
        "kind": entry.kind,
        "fetched_at": utc(entry.fetched_at),
        "outcome": told.outcome or entry.outcome.value,
        "reason": told.reason,
        "report_id": report_id,
        "status": entry.status,
        "media_type": entry.media_type,
        "charset_declared": entry.charset_declared,
        "sha256": entry.sha256,
        "size": entry.size,
        "warc": entry.warc,
        "warc_offset": entry.offset,
        "warc_length": entry.length,
        "referrer": entry.referrer,
        "anchor": entry.anchor,
        "note": entry.note,
        "attempts": entry.attempts,
        "tls": entry.tls and entry.tls.value,
        "left_until": entry.left_until and utc(entry.left_until),
    }
