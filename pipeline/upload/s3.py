"""Uploads to a bucket of any server that speaks the S3 protocol: one folder for each version."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from pipeline.problem import Problem
from pipeline.publish.sums import SUMS
from pipeline.storage.client import client
from pipeline.storage.faults import told
from pipeline.upload.parcel import File, Parcel
from pipeline.upload.patience import BUSY, Again, Patience
from pipeline.upload.place import Sent, State, library

PART = 16 << 20
"""Bytes of one part of a long file."""
_MOST_PARTS = 10_000
_CHECKSUMS = {"ChecksumCRC32", "ChecksumCRC32C", "ChecksumCRC64NVME", "ChecksumSHA1", "ChecksumSHA256"}
_SETTINGS = {
    "connect_timeout": 30,  # seconds
    "read_timeout": 300,
    "retries": {"total_max_attempts": 1},
    "response_checksum_validation": "when_required",  # what is read back is held against its SHA-256
}
_T = TypeVar("_T")


class S3:
    """A bucket, reached as `pipeline.storage` reaches one; every request is asked again by itself.

    A file is there once it is whole. SHA256SUMS goes last, when all else was held against its checksum: where it is,
    the release is whole. Parts of a long file that was cut short stay until a rule of the bucket takes them away.
    """

    publishes = False

    def __init__(self, bucket: str, folder: str, patience: Patience, part: int = PART) -> None:
        self._bucket, self._folder = bucket, folder
        self._patience, self._part = patience, part

    def groups(self, parcel: Parcel, scratch: Path) -> Sequence[Sequence[File]]:
        self._prefix = f"{self._folder}/{parcel.version.text}".lstrip("/")
        return parcel.files[:-1], parcel.files[-1:]

    def address(self, name: str) -> str:
        return f"s3://{self._bucket}/{self._prefix}/{name}"

    def begin(self) -> bool:
        self._s3, _ = client(f"s3://{self._bucket}", config_kwargs=_SETTINGS, skip_instance_cache=True)
        self._s3.retries = 1  # how often it asks by itself; the patience asks again
        errors = library("botocore.exceptions")
        self._broken = (*library("s3fs.core").S3_RETRYABLE_ERRORS, errors.ConnectionError)
        self._distrusted = errors.SSLError
        try:
            self._call("head_bucket", "")
        except FileNotFoundError as error:
            raise Problem(
                f"There is no bucket {self._bucket} at {self._s3.s3.meta.endpoint_url}. Make it, then upload again."
            ) from error
        return self._head(SUMS) is not None

    def state(self, file: File) -> State:
        there = self._head(file.name)
        if there is None:
            return State.ABSENT
        if there["ContentLength"] != file.size:
            return State.OTHER
        if there["ETag"].strip('"') in {file.md5, _etag(file, self._part_of(file))}:
            return State.SAME
        return State.SAME if self._sha256(file) == file.sha256 else State.OTHER

    def send(self, file: File, sent: Sent) -> None:
        name, key = file.name, self._key(file.name)
        part = self._part_of(file)
        with file.path.open("rb") as opened:
            if file.size <= part:
                self._call("put_object", name, Key=key, Body=opened.read())
                sent(file.size)
                return
            long = {"Key": key, "UploadId": self._call("create_multipart_upload", name, Key=key)["UploadId"]}
            parts: list[dict[str, object]] = []
            while piece := opened.read(part):
                number = len(parts) + 1
                taken = self._call("upload_part", name, **long, PartNumber=number, Body=piece)
                parts.append({"PartNumber": number, **_sums(taken)})
                sent(len(piece))
        self._call("complete_multipart_upload", name, **long, MultipartUpload={"Parts": parts})

    def settle(self, group: Sequence[File]) -> None:
        """Nothing: a file is there once it is sent."""

    def finish(self, *, publish: bool) -> str:
        return self.address("")

    def _key(self, name: str) -> str:
        return f"{self._prefix}/{name}"

    def _part_of(self, file: File) -> int:
        return max(self._part, -(-file.size // _MOST_PARTS))

    def _head(self, name: str) -> Any:
        try:
            return self._call("head_object", name, Key=self._key(name))
        except FileNotFoundError:
            return None

    def _sha256(self, file: File) -> str:
        """Of what is given back: where a server's ETag is no MD5, as with some kinds of encryption."""
        digest = hashlib.sha256()
        path = f"{self._bucket}/{self._key(file.name)}"
        for start in range(0, file.size, self._part):
            part = {"start": start, "end": min(start + self._part, file.size)}
            digest.update(self._ask("get_object", file.name, partial(self._s3.cat_file, path, **part)))
        return digest.hexdigest()

    def _call(self, method: str, name: str, **given: Any) -> Any:
        return self._ask(method, name, partial(self._s3.call_s3, method, Bucket=self._bucket, **given))

    def _ask(self, method: str, name: str, question: Callable[[], _T]) -> _T:
        """Raises FileNotFoundError, and Problem where the server refuses or the patience ends."""

        def once() -> _T:
            try:
                return question()
            except self._distrusted:
                raise
            except self._broken as error:
                raise Again(f"the connection broke ({type(error).__name__})") from error
            except OSError as error:
                answer = getattr(error.__cause__, "response", {}).get("ResponseMetadata", {})
                if answer.get("HTTPStatusCode") in BUSY:
                    asked = answer["HTTPHeaders"].get("retry-after")
                    raise Again.busy(answer["HTTPStatusCode"], asked) from error
                raise

        where = self.address(name)
        with told(where):
            return self._patience.ask(f"{method} {where}", once)


def _sums(answer: Mapping[str, Any]) -> dict[str, object]:
    """What a server tells of a part that it took, and wants to hear again when all are there."""
    return {name: answer[name] for name in answer if name == "ETag" or name in _CHECKSUMS}


def _etag(file: File, part: int) -> str:
    """The ETag of a file that was sent in parts: the MD5 of their MD5s, and how many they are."""
    sums = []
    with file.path.open("rb") as opened:
        while piece := opened.read(part):
            sums.append(hashlib.md5(piece, usedforsecurity=False).digest())
    return f"{hashlib.md5(b''.join(sums), usedforsecurity=False).hexdigest()}-{len(sums)}"
