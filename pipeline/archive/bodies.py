"""Reading back what an archive holds, wherever it lies."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pipeline.archive.decoding import decode_body
from pipeline.archive.elsewhere import elsewhere_of
from pipeline.archive.entry import Entry
from pipeline.archive.stored import Stored, read_record
from pipeline.archive.volumes import DamagedRecord, Place, read_member
from pipeline.problem import Problem


@dataclass(frozen=True, slots=True)
class Bodies:
    """The volumes in a folder, and those under the address `url` that are not in the folder. May be sent to other
    machines, which need not have the folder then.
    """

    folder: Path
    url: str | None = None

    @classmethod
    def of(cls, root: Path) -> Bodies:
        """The volumes of the archive in `root`."""
        elsewhere = elsewhere_of(root)
        return cls(root.resolve() / "warc", None if elsewhere is None else elsewhere.url)

    def record(self, place: Place) -> Stored:
        """The record at a place, in one seek or one request.

        Raises DamagedRecord; Problem where the storage cannot be asked, which says nothing of the record.
        """
        try:
            return read_record(self._member(place))
        except ValueError as error:
            raise self._damaged(place, str(error)) from error

    def body(self, entry: Entry) -> bytes:
        """The body of an entry with its content-encoding undone, verified against the ledger's SHA-256.

        Raises DamagedRecord where the bytes are not what was stored, UndecodableBody where the encoding
        cannot be undone, Problem where the entry has no bytes.
        """
        place = place_of(entry)
        if place is None:
            raise Problem(f"No bytes were stored for {entry.url} (outcome: {entry.outcome}).")
        stored = self.record(place)
        if sha256(stored.payload).hexdigest() != entry.payload_sha256:
            raise self._damaged(place, "its SHA-256 is not the ledger's")
        body = decode_body(stored.payload, stored.headers)
        if entry.sha256 is not None and sha256(body).hexdigest() != entry.sha256:
            raise self._damaged(place, "the SHA-256 of its body is not the ledger's")
        return body

    def _member(self, place: Place) -> bytes:
        try:
            return read_member(self.folder, place)
        except FileNotFoundError as error:
            if self.url is None:
                raise self._damaged(place, error.strerror or str(error)) from error
        except OSError as error:
            raise self._damaged(place, error.strerror or str(error)) from error
        from pipeline.storage.store import Store  # noqa: PLC0415 - what lies in a folder needs none of it

        try:
            return Store(self.url).read_part(place.warc, place.offset, place.length)
        except FileNotFoundError as error:
            raise self._damaged(place, "the file is not there") from error

    def _damaged(self, place: Place, reason: str) -> DamagedRecord:
        """What to tell a person about a record that is not what was stored."""
        here = self.folder / place.warc
        path = here if self.url is None or here.exists() else f"{self.url}/{place.warc}"
        return DamagedRecord(
            f"The record at byte {place.offset} of {path} is damaged ({reason}). "
            "Restore that file from a copy, or fetch the address again."
        )


def place_of(entry: Entry) -> Place | None:
    """Where the bytes of an entry lie, None where none were stored."""
    if entry.warc is None or entry.offset is None or entry.length is None:
        return None
    return Place(entry.warc, entry.offset, entry.length)
