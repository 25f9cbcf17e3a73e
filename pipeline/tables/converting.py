"""Converting all documents of an archive that only an office program opens, before they are read.

The program takes seconds to start and a tenth of a second for a document: they are given to it by the score.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pipeline.archive import Archive, DamagedRecord, Entry, UndecodableBody
from pipeline.read import sniff
from pipeline.read.given import Unreadable
from pipeline.read.office import Source, convert, program, source
from pipeline.tables.documents import may_be_report

_SCORE = 20
_BYTES = 100_000_000  # of one start of the program
_PAGES = ("text/html", "text/plain", "application/pdf", "image/")
_PAGE_ENDINGS = (".htm", ".html", ".shtml", ".jhtml", ".txt", ".pdf", ".docx", ".xlsx", ".jpg", ".png", "/")


def convert_all(archive: Archive, folder: Path, *, workers: int) -> None:
    """Put into `folder` what came of each document, by the SHA-256 of its bytes. Does nothing without the program."""
    if program() is None:
        return
    folder.mkdir()
    with ThreadPoolExecutor(workers) as threads:
        under_way: deque[Future[None]] = deque()
        for batch in _batches(_sources(archive)):
            under_way.append(threads.submit(_convert, batch, folder))
            if len(under_way) > workers:  # no more documents in memory than are worked on
                under_way.popleft().result()
        for one in under_way:
            one.result()


@dataclass(frozen=True, slots=True)
class Converted:
    """What `convert_all` put into a folder, to be asked for by the bytes of a document."""

    folder: Path

    def __call__(self, data: bytes) -> bytes | Unreadable | None:
        place = self.folder / sha256(data).hexdigest()
        if place.exists():
            return place.read_bytes()
        refusal = place.with_suffix(".json")
        return Unreadable(*json.loads(refusal.read_text("utf-8"))) if refusal.exists() else None


def _sources(archive: Archive) -> Iterator[Source]:
    """The documents of the archive that are to be converted, each once."""
    seen: set[str] = set()
    for entry in archive.entries():
        if (
            not may_be_report(entry)
            or entry.sha256 is None
            or entry.sha256 in seen
            or not _may_be_office(entry)
        ):
            continue
        seen.add(entry.sha256)
        try:
            body = archive.body(entry)
            wanted = source(body, sniff(body, declared=entry.media_type, name=entry.anchor or entry.url))
        except (DamagedRecord, UndecodableBody, Unreadable):
            continue  # the reader comes to it and says so
        if wanted is not None:
            yield wanted


def _may_be_office(entry: Entry) -> bool:
    """Whether a look at the bytes is worth it: pages that say they are pages are not read twice."""
    name = (entry.anchor if entry.kind == "import" else entry.url) or ""
    named = name.partition("?")[0].lower()
    if named.endswith((".doc", ".wps", ".rtf", ".odt", ".ods", ".dot")):
        return True
    declared = entry.media_type or ""
    return entry.kind in {"report", "import"} and not (
        declared.startswith(_PAGES) or named.endswith(_PAGE_ENDINGS)
    )


def _batches(sources: Iterable[Source]) -> Iterator[list[Source]]:
    batch: list[Source] = []
    for one in sources:
        if batch and (
            len(batch) == _SCORE or sum(len(other.data) for other in batch) + len(one.data) > _BYTES
        ):
            yield batch
            batch = []
        batch.append(one)
    if batch:
        yield batch


def _convert(batch: list[Source], folder: Path) -> None:
    for one, result in zip(batch, convert(batch), strict=True):
        place = folder / sha256(one.data).hexdigest()
        if isinstance(result, bytes):
            place.write_bytes(result)
        else:
            place.with_suffix(".json").write_text(json.dumps([result.code, result.message]), encoding="utf-8")
