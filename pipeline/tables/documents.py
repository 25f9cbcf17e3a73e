"""From ledger entries to reports: a body that is a report is read once, however often it was got."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.archive import Archive, DamagedRecord, Entry, Outcome, UndecodableBody
from pipeline.forms import Forms
from pipeline.report import Reading, ReportReader
from pipeline.tables.places import Places
from pipeline.tables.reasons import DAMAGED, NOT_A_REPORT, READER_FAILED, UNREADABLE
from pipeline.tables.rows import ReportRows, report_rows

_EXPECTED = ("report", "import")  # kinds whose body is meant to be a report
_CHANCE = ("page", "list")  # kinds whose body may turn out to be one
_READABLE = (Outcome.HELD, Outcome.UNCHANGED, Outcome.IMPORTED)
_CANNOT_BE_READ = ("empty_document", "unreadable_document", "reader_missing", "too_large", "too_complex")
_NUMBERING = re.compile(r"^[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*|[（(].*$")


@dataclass(frozen=True, slots=True)
class Told:
    """What a body told: the report it is, or why it is none. Both None where no report was expected."""

    report_id: str | None = None
    reason: str | None = None
    outcome: str | None = None  # where it is not the ledger's
    rows: ReportRows | None = None  # the first time that these bytes are met


@dataclass(slots=True)
class Documents:
    """Reads the bodies of an archive. `crashed` counts documents that the reader could not bear."""

    archive: Archive
    forms: Forms
    places: Places
    version: str
    crashed: int = 0
    damaged: int = 0
    _told: dict[str, Told] = field(default_factory=dict)  # by SHA-256 of the body
    _last: dict[str, str] = field(default_factory=dict)  # SHA-256 last got from an address
    _labels: tuple[tuple[bytes, bytes], ...] = field(init=False)
    _reader: ReportReader = field(init=False)

    def __post_init__(self) -> None:
        labels = {_NUMBERING.sub("", cell.item_label) for cell in self.forms.cells()}
        self._labels = tuple((text.encode(), text.encode("gb18030")) for text in labels if len(text) > 6)
        self._reader = ReportReader(self.forms)

    def tell(self, entry: Entry) -> Told:
        """What the body of an entry told, or tells now."""
        if entry.outcome not in _READABLE:
            return Told()
        digest = entry.sha256 or self._last.get(entry.url)
        if digest is None:
            return Told()
        self._last[entry.url] = digest
        if entry.kind not in _EXPECTED and entry.kind not in _CHANCE:
            return Told()
        told = self._told.get(digest)
        if told is None and entry.sha256 is not None:
            told = self._look(entry)
            if told is not None and told.outcome is None:
                self._told[digest] = Told(told.report_id, told.reason)
        if told is None or (entry.kind in _CHANCE and told.report_id is None and told.outcome is None):
            return Told()
        return told

    def _look(self, entry: Entry) -> Told | None:
        """What a body not met before tells; None for a page that need not be read."""
        try:
            body = self.archive.body(entry)
        except (DamagedRecord, UndecodableBody):
            self.damaged += 1
            return Told(outcome=DAMAGED, reason=DAMAGED)
        if entry.kind in _CHANCE and not self._has_tables(body):
            return None
        try:
            return read_entry(entry, body, self._reader, self.places, self.version)
        except Exception as error:  # noqa: BLE001 - one document must not cost all others their tables
            self.crashed += 1
            return Told(reason=f"{READER_FAILED}:{type(error).__name__}")

    def _has_tables(self, body: bytes) -> bool:
        """Whether a page shows labels of a form: tells a report from a list without reading it."""
        return sum(utf8 in body or gb in body for utf8, gb in self._labels) >= 3


def read_entry(entry: Entry, body: bytes, reader: ReportReader, places: Places, version: str) -> Told:
    """One body read: a pure function of its arguments, which may run anywhere."""
    reading = reader.read(
        body,
        media_type=entry.media_type,
        charset=entry.charset_declared,
        name=entry.anchor if entry.kind == "import" else entry.url,
    )
    if not reading.record.is_report:
        return Told(reason=_why_not(reading))
    rows = report_rows(entry, reading.media_type, reading.record, reading.findings, places, version)
    return Told(report_id=rows.report["report_id"], rows=rows)


def _why_not(reading: Reading) -> str:
    """What could not be read at all was not seen to be no report."""
    unread = next((issue.code for issue in reading.record.issues if issue.code in _CANNOT_BE_READ), None)
    return f"{UNREADABLE}:{unread}" if unread else f"{NOT_A_REPORT}:{reading.record.reason}"
