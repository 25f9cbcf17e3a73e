"""The storing of one exchange: its records, then its ledger line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256

from pipeline.archive.bodies import place_of
from pipeline.archive.decoding import OversizedBody, UndecodableBody, decode_body
from pipeline.archive.entry import Entry, Exchange, declared
from pipeline.archive.outcome import Outcome
from pipeline.archive.validators import validators
from pipeline.archive.warc import exchange_records, not_modified_records
from pipeline.archive.writer import Writer
from pipeline.problem import Problem


@dataclass(frozen=True, slots=True)
class Packed:
    """What takes most of the time that the storing of an exchange takes, and hangs on it alone: the SHA-256 of its
    payload, and its records, for an archive that does not hold the payload yet.
    """

    digest: bytes
    records: tuple[bytes, bytes]


def pack(exchange: Exchange) -> Packed:
    """Pack an exchange. Safe to do anywhere."""
    digest = sha256(exchange.payload).digest()
    return Packed(digest, exchange_records(exchange, digest, None))


def store_body(
    writer: Writer, exchange: Exchange, entry: Entry, body: bytes | None, packed: Packed | None
) -> Entry:
    """Store what came; `entry` says how the fetch ended, and is given back with what its bytes are. `body` is the
    payload with its content-encoding undone, and `packed` the exchange packed, where that was done.
    """
    digest = packed.digest if packed is not None else sha256(exchange.payload).digest()
    try:
        if body is None:
            body = decode_body(exchange.payload, exchange.response_headers)
        same = body == exchange.payload
        entry = replace(entry, sha256=(digest if same else sha256(body).digest()).hex(), size=len(body))
    except UndecodableBody as problem:
        unfolded = Outcome.TOO_LARGE if isinstance(problem, OversizedBody) else Outcome.UNDECODABLE
        claims = entry.outcome in (Outcome.HELD, Outcome.UNCHANGED, Outcome.UNDECODABLE)
        outcome = unfolded if claims else entry.outcome
        note = f"{entry.note} {problem}" if entry.note else str(problem)
        entry = replace(entry, outcome=outcome, note=note)
    held = writer.held(exchange.payload, digest.hex(), entry.sha256)
    ready = packed.records if packed is not None and held is None else None
    place = writer.volumes.append(*(ready or exchange_records(exchange, digest, held)))
    media_type, charset = declared(exchange.response_headers)
    etag, last_modified = validators(exchange.response_headers)
    entry = replace(
        entry,
        media_type=media_type,
        charset_declared=charset,
        payload_sha256=digest.hex(),
        etag=etag,
        last_modified=last_modified,
    )
    return writer.ledger_stored(entry, place, held)


def store_confirmed(writer: Writer, exchange: Exchange, entry: Entry, held: Entry) -> Entry:
    """Store an answer 304: the document is still that of `held`."""
    if place_of(held) is None:
        raise Problem(f"No bytes were stored for {held.url} that an answer could confirm.")
    writer.volumes.append(*not_modified_records(exchange, writer.original(held)))
    return writer.ledger_not_modified(entry, held)
