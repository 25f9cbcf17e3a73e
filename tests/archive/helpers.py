"""What the tests of the archive share: exchanges, and a second reader of WARC files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

from pipeline.archive import Archive, Entry, Exchange, Outcome, Packed

MOMENT = datetime(2026, 2, 3, 4, 5, 6, 789, UTC)


def exchange(
    url: str,
    payload: bytes,
    *headers: tuple[str, str],
    method: str = "GET",
    status: int = 200,
    fetched_at: datetime = MOMENT,
    posted: bytes = b"",
) -> Exchange:
    return Exchange(
        url=url,
        method=method,
        request_headers=(("Host", "portal.example"), ("User-Agent", "gongkai")),
        status=status,
        reason="OK",
        response_headers=headers or (("Content-Type", "text/html"),),
        payload=payload,
        fetched_at=fetched_at,
        posted=posted,
    )


def hold(
    archive: Archive, what: Exchange, *, outcome: Outcome = Outcome.HELD, packed: Packed | None = None
) -> Entry:
    return archive.store_exchange(
        what, outcome=outcome, portal="370800", run="r1", kind="page", packed=packed
    )


@dataclass(frozen=True)
class Foreign:
    """A record as another reader sees it."""

    type: str
    warc: dict[str, str]
    status_line: str | None
    http: list[tuple[str, str]]
    raw: bytes  # what follows the heads: the payload as received
    offset: int
    digests_hold: bool | None


def records(root: Path) -> list[Foreign]:
    """Every record of every WARC file of the archive, read and verified by warcio."""
    found = []
    for path in sorted((root / "warc").iterdir()):
        with path.open("rb") as stream:
            iterator = ArchiveIterator(stream, check_digests=True)
            for record in iterator:
                block = b"".join(iter(partial(record.raw_stream.read, 1 << 16), b""))
                found.append(
                    Foreign(
                        type=record.rec_type,
                        warc=dict(record.rec_headers.headers),
                        status_line=record.http_headers and record.http_headers.statusline,
                        http=list(record.http_headers.headers) if record.http_headers else [],
                        raw=block,
                        offset=iterator.get_record_offset(),
                        digests_hold=record.digest_checker.passed,
                    )
                )
    return found
