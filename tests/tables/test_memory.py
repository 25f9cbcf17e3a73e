"""What the building process keeps of each report."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pyarrow as pa  # type: ignore[import-untyped]

from pipeline.archive import Archive, Entry
from pipeline.build import build
from pipeline.sample import sample_reports
from pipeline.storage.store import Store
from pipeline.tables.looking import PARTS, Asked, Rows, Told
from pipeline.tables.model import Table
from pipeline.tables.rows import report_id
from pipeline.tables.worker import MakeLooker
from pipeline.tables.workers import Looking
from tests.tables.making import START

T = TypeVar("T")

_FEW, _MANY = 512, 1536  # between them as many as the writers of tables gather
_MOST = 400  # bytes; some 100 as measured: what a report leaves is on the disk


class _MadeUp:
    """A cluster that reads one document, and tells of every other the same under an organ of its own; and notes how
    much memory is held after so many.
    """

    def __init__(self) -> None:
        self.held: dict[int, int] = {}
        self._count = 0

    @contextmanager
    def looking(self, make: MakeLooker, beside: Store, documents: int) -> Iterator[Looking]:
        assert beside.url
        assert documents >= _MANY
        self._looker = make(on_page=lambda: None)
        self._first: Rows | None = None
        tracemalloc.start()
        try:
            yield self
        finally:
            tracemalloc.stop()

    def answers(
        self, asked: Iterable[tuple[T, Sequence[Asked]]]
    ) -> Iterator[tuple[T, Sequence[Told | None]]]:
        for key, entries in asked:
            if self._count in (_FEW, _MANY):
                self.held[self._count] = tracemalloc.get_traced_memory()[0]
            self._count += len(entries)
            yield key, [self.now(entry) for entry in entries]

    def now(self, entry: Asked) -> Told | None:
        assert isinstance(entry, Entry)
        assert entry.sha256 is not None
        if self._first is None:
            self._first = _rows(self._looker.look(entry))
            self._parts = [_batch(table, part) for table, part in zip(PARTS, self._first.parts, strict=True)]
        identity = report_id(entry.sha256)
        told = self._first.report
        report = {
            **told,
            "report_id": identity,
            "url": entry.url,
            "organ_id": f"{told['organ_id']}{identity}",
        }
        parts = tuple(_of(identity, part) for part in self._parts)
        return Told(report_id=identity, rows=Rows(report, parts, report["organ_id"], identity.encode()))


def _rows(told: Told | None) -> Rows:
    assert told is not None
    assert told.rows is not None
    return told.rows


def _batch(table: Table, part: bytes) -> pa.RecordBatch:
    return pa.ipc.read_record_batch(pa.py_buffer(part), table.schema).slice(0, 1)


def _of(identity: str, batch: pa.RecordBatch) -> bytes:
    place = batch.schema.get_field_index("report_id")
    columns = batch.columns
    columns[place] = pa.array([identity] * batch.num_rows, pa.string())
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema).serialize().to_pybytes()  # type: ignore[no-any-return]


def test_a_report_costs_the_building_process_little_memory(tmp_path: Path) -> None:
    """Its rows are on the disk, or with those of others in few pieces, as are its organ, year and address."""
    page = next(iter(sample_reports())).html
    with Archive.open(tmp_path / "archive") as archive, archive.together():
        for number in range(_MANY + 8):
            body = page if not number else str(number).encode()
            archive.store_resource(f"file:///{number}", body, "text/html", START)
    made_up = _MadeUp()
    summary = build(tmp_path, cluster=made_up)
    assert summary.reports == _MANY + 8
    assert (made_up.held[_MANY] - made_up.held[_FEW]) / (_MANY - _FEW) < _MOST
