"""Uploads to a bucket of any server that speaks the S3 protocol: one folder for each version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from urllib3.exceptions import HTTPError

from pipeline.problem import InputProblem, Problem
from pipeline.publish.sums import SUMS
from pipeline.upload.counted import Counted
from pipeline.upload.parcel import File, Parcel
from pipeline.upload.patience import Again, Patience
from pipeline.upload.place import Sent, State, library, secret
from pipeline.upload.pool import PatientPool

PART = 64 << 20
"""Bytes of one part of a long file. S3 takes 10,000 of them."""
_AMAZON = "https://s3.amazonaws.com"
_KEY, _SECRET = "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"
_PIECE = 1 << 20


class S3:
    """A bucket, at the server that AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL names, or Amazon's.

    A file is there once it is whole. SHA256SUMS goes last, when all else was held against its checksum: where it is,
    the release is whole. Parts of a long file that was cut short stay until a rule of the bucket takes them away.
    """

    publishes = False

    def __init__(
        self, bucket: str, folder: str, environment: Mapping[str, str], patience: Patience, part: int = PART
    ) -> None:
        self._bucket, self._folder, self._part = bucket, folder, part
        self._environment, self._patience = environment, patience

    def groups(self, parcel: Parcel, scratch: Path) -> Sequence[Sequence[File]]:
        self._prefix = f"{self._folder}/{parcel.version.text}".lstrip("/")
        return parcel.files[:-1], parcel.files[-1:]

    def address(self, name: str) -> str:
        return f"s3://{self._bucket}/{self._prefix}/{name}"

    def begin(self) -> bool:
        minio = library("minio")
        key = secret(self._environment, _KEY, "The key of the S3 server")
        hidden = secret(self._environment, _SECRET, "The secret of that key")
        asked = (self._environment.get(name) for name in ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"))
        address = next(filter(None, asked), _AMAZON)
        endpoint = urlsplit(address)
        if endpoint.scheme not in {"http", "https"} or endpoint.path.strip("/"):
            raise InputProblem(
                f"AWS_ENDPOINT_URL is {address!r}. Give it as https://HOST or https://HOST:PORT."
            )
        regions = (self._environment.get(name) for name in ("AWS_REGION", "AWS_DEFAULT_REGION"))
        self._errors = minio.error.MinioException
        self._client: Any = minio.Minio(
            endpoint.netloc,
            access_key=key,
            secret_key=hidden,
            session_token=self._environment.get("AWS_SESSION_TOKEN") or None,
            secure=endpoint.scheme == "https",
            region=next(filter(None, regions), None),
            http_client=PatientPool(self._patience),
        )
        with self._told(endpoint.netloc):
            there = self._client.bucket_exists(self._bucket)
        if not there:
            raise Problem(
                f"There is no bucket {self._bucket} at {endpoint.netloc}. Make it, then upload again."
            )
        return self._stat(SUMS) is not None

    def state(self, file: File) -> State:
        there = self._stat(file.name)
        if there is None:
            return State.ABSENT
        if there.size != file.size:
            return State.OTHER
        if str(there.etag).strip('"') in {file.md5, _etag(file, self._part)}:
            return State.SAME
        return State.SAME if self._sha256(file.name) == file.sha256 else State.OTHER

    def send(self, file: File, sent: Sent) -> None:
        with (
            self._told(self.address(file.name)),
            file.path.open("rb") as opened,
            Counted(opened, file.size, sent) as body,
        ):
            self._client.put_object(
                self._bucket,
                self._key(file.name),
                body,
                file.size,
                part_size=self._part,
                num_parallel_uploads=1,
            )
            body.taken()

    def settle(self, group: Sequence[File]) -> None:
        """Nothing: a file is there once it is sent."""

    def finish(self, *, publish: bool) -> str:
        return self.address("")

    def _key(self, name: str) -> str:
        return f"{self._prefix}/{name}"

    def _stat(self, name: str) -> Any:
        with self._told(self.address(name)):
            try:
                return self._client.stat_object(self._bucket, self._key(name))
            except self._errors as error:
                if getattr(error, "code", None) == "NoSuchKey":
                    return None
                raise

    def _sha256(self, name: str) -> str:
        """Of what is given back: where a server's ETag is no MD5, as with some kinds of encryption."""

        def once() -> str:
            digest = hashlib.sha256()
            with self._client.get_object(self._bucket, self._key(name)) as answer:
                try:
                    for piece in answer.stream(_PIECE):
                        digest.update(piece)
                except HTTPError as error:
                    raise Again(f"the connection broke ({type(error).__name__})") from error
            return digest.hexdigest()

        with self._told(self.address(name)):
            return self._patience.ask(f"GET {self.address(name)}", once)

    @contextmanager
    def _told(self, where: str) -> Iterator[None]:
        """What the server refuses, for people."""
        try:
            yield
        except ValueError as error:
            raise InputProblem(f"{where}: {error}. Give another bucket or folder.") from error
        except self._errors as error:
            raise Problem(
                f"{where}: {error}\nIs what stands in {_KEY} and {_SECRET} right, and may it write there?"
            ) from error


def _etag(file: File, part: int) -> str:
    """The ETag of a file that was sent in parts: the MD5 of their MD5s, and how many they are."""
    sums = []
    with file.path.open("rb") as opened:
        while piece := opened.read(part):
            sums.append(hashlib.md5(piece, usedforsecurity=False).digest())
    return f"{hashlib.md5(b''.join(sums), usedforsecurity=False).hexdigest()}-{len(sums)}"
