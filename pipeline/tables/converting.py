"""Converting all documents of an archive that only an office program opens, before they are read.

The program takes seconds to start and a tenth of a second for a document: they are given to it by the score.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pipeline.archive import Archive, DamagedRecord, Entry, UndecodableBody
from pipeline.read import sniff
from pipeline.read.given import Kept, Unreadable
from pipeline.read.office import READER, Source, converted, program, source
from pipeline.tables.documents import may_be_report

_SCORE = 20
_BYTES = 100_000_000  # of one start of the program
_PAGES = ("text/html", "text/plain", "application/pdf", "image/")
_PAGE_ENDINGS = (".htm", ".html", ".shtml", ".jhtml", ".txt", ".pdf", ".docx", ".xlsx", ".jpg", ".png", "/")

Told = Callable[[int, int], None]


def convert_all(archive: Archive, folder: Path, kept: Kept, *, workers: int, told: Told) -> None:
    """Convert each document, unless it is kept of before, and keep it. Into `folder` goes why one could not be, by the
    SHA-256 of its bytes. Does nothing without the program.

    `told` is told how many of all documents that may have to be converted are done.
    """
    if program() is None:
        return
    folder.mkdir()
    wanted = {entry.sha256: entry for entry in archive.entries() if _is_wanted(entry)}
    with ThreadPoolExecutor(workers) as threads:
        under_way: deque[tuple[Future[None], int]] = deque()
        for batch, passed in _batches(_sources(archive, wanted.values(), kept)):
            under_way.append((threads.submit(_convert, batch, folder, kept), passed))
            if len(under_way) > workers:  # no more documents in memory than are worked on
                _wait(*under_way.popleft(), len(wanted), told)
        for future, passed in under_way:
            _wait(future, passed, len(wanted), told)


@dataclass(frozen=True, slots=True)
class Converted:
    """What came of documents, to be asked for by their bytes: what is kept, and why others could not be converted."""

    folder: Path
    kept: Kept

    def __call__(self, data: bytes) -> bytes | Unreadable | None:
        refusal = self.folder / sha256(data).hexdigest()
        if refusal.exists():
            return Unreadable(*json.loads(refusal.read_text("utf-8")))
        return self.kept.take(data, READER)


def _is_wanted(entry: Entry) -> bool:
    return may_be_report(entry) and entry.sha256 is not None and _may_be_office(entry)


def _sources(archive: Archive, entries: Iterable[Entry], kept: Kept) -> Iterator[Source | None]:
    """For each entry the document that is to be converted, None where it need not be."""
    for entry in entries:
        try:
            body = archive.body(entry)
            wanted = source(body, sniff(body, declared=entry.media_type, name=entry.anchor or entry.url))
        except (DamagedRecord, UndecodableBody, Unreadable):
            yield None  # the reader comes to it and says so
        else:
            yield None if wanted is None or kept.take(body, READER) is not None else wanted


def _may_be_office(entry: Entry) -> bool:
    """Whether a look at the bytes is worth it: pages that say they are pages are not read twice."""
    name = (entry.anchor if entry.kind == "import" else entry.url) or ""
    named = name.partition("?")[0].lower()
    if named.endswith((".doc", ".wps", ".rtf", ".ods", ".dot")):
        return True
    declared = entry.media_type or ""
    return entry.kind in {"report", "import"} and not (
        declared.startswith(_PAGES) or named.endswith(_PAGE_ENDINGS)
    )


def _batches(sources: Iterable[Source | None]) -> Iterator[tuple[list[Source], int]]:
    """What is converted in one start, and how many documents are behind it then."""
    batch: list[Source] = []
    passed = 0
    for one in sources:
        if one is not None:
            if batch and (
                len(batch) == _SCORE or sum(len(other.data) for other in batch) + len(one.data) > _BYTES
            ):
                yield batch, passed
                batch = []
            batch.append(one)
        passed += 1
    if batch:
        yield batch, passed


def _convert(batch: list[Source], folder: Path, kept: Kept) -> None:
    for one, result in zip(batch, converted(batch, kept), strict=True):
        if isinstance(result, Unreadable):
            refusal = folder / sha256(one.data).hexdigest()
            refusal.write_text(json.dumps([result.code, result.message]), encoding="utf-8")


def _wait(converting: Future[None], passed: int, most: int, told: Told) -> None:
    converting.result()
    told(passed, most)
