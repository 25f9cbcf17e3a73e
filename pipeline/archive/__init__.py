"""The archive: what was fetched or imported, when, with what outcome, and its bytes. It is the truth of the
project.

The folder on disk:

    warc/gongkai-NNNNNN-TIME.warc.gz   the bytes: WARC/1.1, one gzip member a record; a new one per opening
    ledger.jsonl                       one line a fetch or import: the outcome, and where its bytes lie
    sightings.jsonl                    one line a link that announces a report, and what was made of it
    runs.jsonl                         one line a run begun, one a session at work on it, one a run finished
    pieces/NAME/                       while a cluster crawls: an archive that a worker writes, taken over at its end
    elsewhere.json                     of a working copy: where the WARC files are kept that are not here
    lock                               held by the one writer while it writes

A record is on the disk before its ledger line is written, and the line before the call returns: what the
ledger says is there, is there. A kill leaves at most one torn last line and one torn last record, which the
next opening cuts off. A whole record without a line (killed between the two) stays in its file and is not
part of the archive: how its fetch ended was never said, so the address counts as not fetched. Nothing is ever
changed or deleted otherwise.
"""

from __future__ import annotations

from pipeline.archive.bodies import Bodies
from pipeline.archive.decoding import MAX_BODY, UndecodableBody, decode_body
from pipeline.archive.entry import Entry, Exchange
from pipeline.archive.lines import DamagedLedger
from pipeline.archive.outcome import Outcome
from pipeline.archive.runs import Run, RunSession
from pipeline.archive.sightings import Sighting
from pipeline.archive.store import Archive
from pipeline.archive.storing import Packed, pack
from pipeline.archive.tls import Tls
from pipeline.archive.volumes import DamagedRecord

__all__ = [
    "MAX_BODY",
    "Archive",
    "Bodies",
    "DamagedLedger",
    "DamagedRecord",
    "Entry",
    "Exchange",
    "Outcome",
    "Packed",
    "Run",
    "RunSession",
    "Sighting",
    "Tls",
    "UndecodableBody",
    "decode_body",
    "pack",
]
