"""Uploads to a folder of a WebDAV server (RFC 4918): one folder for each version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from pipeline.publish.sums import SUMS
from pipeline.upload.parcel import File, Parcel
from pipeline.upload.patience import Patience
from pipeline.upload.place import Sent, State, secret
from pipeline.upload.web import Web

USER, PASSWORD = "GONGKAI_WEBDAV_USER", "GONGKAI_WEBDAV_PASSWORD"


class WebDav:
    """A folder of versions at `url`. WebDAV tells no checksums, so what is there is read back.

    SHA256SUMS goes last, when all else was read back: where it is, the release is whole.
    """

    publishes = False

    def __init__(self, url: str, environment: Mapping[str, str], patience: Patience) -> None:
        self._url, self._environment, self._patience = url, environment, patience

    def groups(self, parcel: Parcel, scratch: Path) -> Sequence[Sequence[File]]:
        self._root = f"{self._url}/{parcel.version.text}"
        self._folders = sorted({file.name.rpartition("/")[0] for file in parcel.files} - {""})
        return parcel.files[:-1], parcel.files[-1:]

    def address(self, name: str) -> str:
        return f"{self._root}/{quote(name)}"

    def begin(self) -> bool:
        user = secret(self._environment, USER, "A user of the WebDAV server")
        password = secret(self._environment, PASSWORD, "The password of that user")
        self._web = Web((user, password), f"{USER} and {PASSWORD}", self._patience)
        self._make(self._root)
        for folder in self._folders:
            self._make(self.address(folder))
        return self._size(self.address(SUMS)) is not None

    def _make(self, url: str) -> None:
        """Make a folder, and those that it is in where they are missing; servers know a folder by the slash."""
        asked = self._web.ask("PROPFIND", f"{url}/", accept={404}, Depth="0")
        if asked.status_code == 404:
            parent = url.rpartition("/")[0]
            if parent.count("/") > 2:
                self._make(parent)
            self._web.ask("MKCOL", f"{url}/", accept={405})  # it is there, by another who sends

    def _size(self, url: str) -> int | None:
        """In bytes; -1 where the server does not tell it, None where nothing is there."""
        asked = self._web.ask("HEAD", url, accept={404}, **{"Accept-Encoding": "identity"})
        return None if asked.status_code == 404 else int(asked.headers.get("Content-Length", -1))

    def state(self, file: File) -> State:
        url = self.address(file.name)
        size = self._size(url)
        if size is None:
            return State.ABSENT
        return State.SAME if size in {file.size, -1} and self._web.sha256(url) == file.sha256 else State.OTHER

    def send(self, file: File, sent: Sent) -> None:
        self._web.put(self.address(file.name), file, sent)

    def settle(self, group: Sequence[File]) -> None:
        """Nothing: a file is there once it is sent."""

    def finish(self, *, publish: bool) -> str:
        return self._root
