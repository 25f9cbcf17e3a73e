"""What one body tells: a pure function of its bytes, which may run in any process."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.archive import Bodies, DamagedRecord, Entry, UndecodableBody
from pipeline.forms import load_forms
from pipeline.read.given import Converted, Kept, OnPage, Slow
from pipeline.read.joined import PAGE_MISSING
from pipeline.report import Body, Reading, ReportReader
from pipeline.tables.content import content_mark
from pipeline.tables.corrections import correct, load_corrections
from pipeline.tables.naming import Naming
from pipeline.tables.parquet import packed
from pipeline.tables.reading import FIGURE, FINDING, ISSUE, REPORT_PAGE, SECTION
from pipeline.tables.reasons import DAMAGED, NO_PAGE, NOT_A_REPORT, READER_FAILED, UNREADABLE
from pipeline.tables.rows import NO_PAGES, ReportRows, Row, address, report_rows
from pipeline.tables.shown import Shown, bodies_of
from pipeline.tables.spread import Spread, alone

PARTS = (FIGURE, SECTION, FINDING, ISSUE, REPORT_PAGE)
CHANCE = ("page", "list")  # kinds whose body may turn out to be a report
Asked = Entry | Shown | Spread
"""What is looked at: the body of an entry, or the pictures on a page or the pages of a text together."""

_CANNOT_BE_READ = (
    *("empty_document", "unreadable_document", "damaged_document", "encrypted_document", "reader_missing"),
    *("too_large", "too_complex", "several_reports", PAGE_MISSING),
)
_NUMBERING = re.compile(r"^[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*|[（(].*$")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one report: its own, and those of each table of PARTS, `packed`; the id of its organ's name, and the
    mark of its content.
    """

    report: Row
    parts: tuple[bytes, ...]
    name_id: str | None = None
    mark: bytes | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a body told: the report it is, or why it is none. Both None where no report was expected."""

    report_id: str | None = None
    reason: str | None = None
    outcome: str | None = None  # where it is not the ledger's
    rows: Rows | None = None  # the first time that these bytes are met
    stale: tuple[str, ...] = ()  # why corrections of this report hold no longer
    # addresses of the pages or pictures that are the report, where it has several
    pages: tuple[str, ...] = ()
    # why others shown with them are none of its pages, by address; None takes no room, of each of many bodies
    beside: Mapping[str, str] | None = None


class Looker:
    """Looks at bodies of an archive. Make one for all that a process looks at.

    `converted` and `kept` tell what slow readers made of documents before; `on_page` is called after each page
    that is read slowly.
    """

    def __init__(
        self,
        bodies: Bodies,
        naming: Naming,
        version: str,
        converted: Converted | None = None,
        kept: Kept | None = None,
        *,
        on_page: OnPage | None = None,
    ) -> None:
        forms = load_forms()
        self._bodies = bodies
        self._reader = ReportReader(forms, slow=Slow(converted, kept, on_page))
        self._naming = naming
        self._version = version
        self._corrections = load_corrections(forms)
        labels = {_NUMBERING.sub("", cell.item_label) for cell in forms.cells()}
        self._labels = tuple((text.encode(), text.encode("gb18030")) for text in labels if len(text) > 6)

    def look(self, asked: Asked) -> Told | None:
        """What the body of an entry tells, or pictures or pages together; None for a page that need not be read."""
        if isinstance(asked, Entry):
            return self._look(asked)
        return self._look_at_pictures(asked) if isinstance(asked, Shown) else self._look_at_pages(asked)

    def _look(self, entry: Entry) -> Told | None:
        try:
            body = self._bodies.body(entry)
        except (DamagedRecord, UndecodableBody):
            return Told(outcome=DAMAGED, reason=DAMAGED)
        if entry.kind in CHANCE and not self._has_tables(body):
            return None
        spread = alone(entry, body, address(entry))
        if spread is not None:
            return self._look_at_pages(spread)
        try:
            return self._read(entry, body)
        except Exception as error:  # noqa: BLE001 - one document must not cost all others their tables
            return Told(reason=f"{READER_FAILED}:{type(error).__name__}")

    def _look_at_pictures(self, shown: Shown) -> Told:
        """What the pictures tell that a page shows. Those of which the archive has no bytes any more are pages lost."""
        bodies = bodies_of(self._bodies, shown.pictures)
        pairs = zip(shown.pictures, bodies, strict=True)
        beside = {entry.url: DAMAGED for entry, body in pairs if entry is not None and body is None}
        first = next(entry for entry in shown.pictures if entry is not None)
        try:
            read = self._reader.read_pictures(bodies, title=first.anchor)
            pages = {
                number: entry if body is not None else None
                for number, entry, body in zip(read.numbers, shown.pictures, bodies, strict=True)
                if number is not None
            }
            held = [entry for entry in pages.values() if entry is not None]
            if not pages:
                return Told(reason=NO_PAGE, beside=beside)
            if not held or not read.reading.record.is_report:
                return Told(reason=_why_not(read.reading), beside=beside)
            told = self._told(held[0], read.reading, pages)
        except Exception as error:  # noqa: BLE001 - as above
            return Told(reason=f"{READER_FAILED}:{type(error).__name__}", beside=beside)
        urls = tuple(entry.url for entry in held)
        others = (entry for entry in shown.pictures if entry is not None and entry.url not in urls)
        return replace(told, pages=urls, beside={**{one.url: NO_PAGE for one in others}, **beside})

    def _look_at_pages(self, spread: Spread) -> Told:
        """What the pages of one text tell. Those of which the archive has no bytes any more are pages lost."""
        bodies = bodies_of(self._bodies, spread.pages)
        got = [
            Body(body, entry.media_type, entry.charset_declared)
            if entry is not None and body is not None
            else None
            for entry, body in zip(spread.pages, bodies, strict=True)
        ]
        pairs = zip(spread.pages, bodies, strict=True)
        beside = {entry.url: DAMAGED for entry, body in pairs if entry is not None and body is None}
        first = spread.pages[0]
        try:
            read = self._reader.read_pages(got)
            if first is None or not read.reading.record.is_report:
                return Told(reason=_why_not(read.reading), beside=beside)
            kept = {
                place: entry if number is not None else None
                for place, (entry, number) in enumerate(zip(spread.pages, read.numbers, strict=True), start=1)
            }
            told = self._told(first, read.reading, kept)
        except Exception as error:  # noqa: BLE001 - as above
            return Told(reason=f"{READER_FAILED}:{type(error).__name__}", beside=beside)
        urls = tuple(entry.url for entry in kept.values() if entry is not None)
        others = (entry.url for entry in spread.pages if entry is not None and entry.url not in urls)
        return replace(told, pages=urls, beside={**dict.fromkeys(others, NO_PAGE), **beside})

    def _has_tables(self, body: bytes) -> bool:
        """Whether a page shows labels of a form: tells a report from a list without reading it."""
        return sum(utf8 in body or gb in body for utf8, gb in self._labels) >= 3

    def _read(self, entry: Entry, body: bytes) -> Told:
        reading = self._reader.read(
            body,
            media_type=entry.media_type,
            charset=entry.charset_declared,
            name=entry.anchor if entry.kind == "import" else entry.url,
            title=entry.anchor,
        )
        if not reading.record.is_report:
            return Told(reason=_why_not(reading))
        return self._told(entry, reading)

    def _told(self, entry: Entry, reading: Reading, pages: Mapping[int, Entry | None] = NO_PAGES) -> Told:
        version = f"{self._version} with {reading.through}" if reading.through else self._version
        rows = report_rows(
            entry, reading.media_type, reading.record, reading.findings, self._naming, version, pages
        )
        stale = correct(rows.figures, self._corrections.get(rows.report["sha256"], ()))
        return Told(report_id=rows.report["report_id"], rows=_packed(rows), stale=stale)


def _packed(rows: ReportRows) -> Rows:
    lines = (rows.figures, rows.sections, rows.findings, rows.issues, rows.pages)
    parts = tuple(packed(table, part) for table, part in zip(PARTS, lines, strict=True))
    return Rows(rows.report, parts, rows.name_id, content_mark(rows))


def _why_not(reading: Reading) -> str:
    """What could not be read at all was not seen to be no report."""
    unread = next((issue.code for issue in reading.record.issues if issue.code in _CANNOT_BE_READ), None)
    return f"{UNREADABLE}:{unread}" if unread else f"{NOT_A_REPORT}:{reading.record.reason}"
