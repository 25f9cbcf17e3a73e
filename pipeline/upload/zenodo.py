"""Uploads to Zenodo by its REST API (developers.zenodo.org: depositions, files in buckets, actions)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from pipeline.upload.packing import packed
from pipeline.upload.parcel import File, Parcel
from pipeline.upload.patience import Patience
from pipeline.upload.place import Sent, State, secret
from pipeline.upload.web import Bearer, Web

TOKEN = "ZENODO_TOKEN"  # noqa: S105 - the name of a variable
_PAGE = 100


class Zenodo:
    """A draft at a server of Zenodo's kind; with a number, of a new version of the record of that number.

    Zenodo has no folders and takes 100 files, so every folder is one ZIP. Nobody else sees the draft before it is
    published, which is done only when asked for and cannot be undone.
    """

    publishes = True

    def __init__(self, server: str, record: str, environment: Mapping[str, str], patience: Patience) -> None:
        self._server, self._record = server, record
        self._environment, self._patience = environment, patience
        self._deposits = f"{server}/api/deposit/depositions"

    def groups(self, parcel: Parcel, scratch: Path) -> Sequence[Sequence[File]]:
        self._about = _metadata(parcel)
        self._files = packed(parcel.files, scratch)
        return [self._files]

    def address(self, name: str) -> str:
        record = f"a new version of record {self._record}" if self._record else "a new record"
        return f"{self._server}: {record}{name and ': '}{name}"

    def begin(self) -> bool:
        token = secret(
            self._environment, TOKEN, "A token of Zenodo, with the scopes deposit:write and deposit:actions,"
        )
        self._web = Web(Bearer(token), TOKEN, self._patience)
        self._look(self._earlier() or self._draft())
        if not self._deposit["submitted"]:
            names = {file.name for file in self._files}
            for name in self._there.keys() - names:  # of the version before, which a new one begins with
                self._web.ask(
                    "DELETE", f"{self._deposits}/{self._deposit['id']}/files/{self._there[name]['id']}"
                )
        return bool(self._deposit["submitted"])

    def state(self, file: File) -> State:
        there = self._there.get(file.name)
        if there is None:
            return State.ABSENT
        told = (int(there["filesize"]), str(there["checksum"]).removeprefix("md5:"))
        return State.SAME if told == (file.size, file.md5) else State.OTHER

    def send(self, file: File, sent: Sent) -> None:
        self._web.put(f"{self._deposit['links']['bucket']}/{file.name}", file, sent)

    def settle(self, group: Sequence[File]) -> None:
        self._look(f"{self._deposits}/{self._deposit['id']}")

    def finish(self, *, publish: bool) -> str:
        page = str(self._deposit["links"]["html"])
        if self._deposit["submitted"]:
            return f"{page} (published)"
        if not publish:
            return f"{page} (a draft: look at it, then publish it there or with --publish)"
        self._web.ask("POST", f"{self._deposits}/{self._deposit['id']}/actions/publish")
        self.settle(())
        return f"{self._deposit['links']['html']} (published, DOI {self._deposit['doi']})"

    def _look(self, address: str) -> None:
        self._deposit: Any = self._web.ask("GET", address).json()
        self._there: dict[str, Any] = {one["filename"]: one for one in self._deposit["files"]}

    def _earlier(self) -> str | None:
        """The address of this version where an earlier upload made it."""
        for deposit in self._all():
            if all(deposit["metadata"].get(name) == self._about[name] for name in ("title", "version")):
                return f"{self._deposits}/{deposit['id']}"
        return None

    def _all(self) -> Iterator[Any]:
        page = 1
        while found := self._web.ask(
            "GET", f"{self._deposits}?all_versions=true&size={_PAGE}&page={page}"
        ).json():
            yield from found
            if len(found) < _PAGE:
                return
            page += 1

    def _draft(self) -> str:
        """The address of a new draft with the metadata."""
        body = {"metadata": self._about}
        if not self._record:
            made = self._web.ask("POST", self._deposits, json=body).json()
            return f"{self._deposits}/{made['id']}"
        asked = self._web.ask("POST", f"{self._deposits}/{self._record}/actions/newversion").json()
        draft = str(asked["links"]["latest_draft"])
        self._web.ask("PUT", draft, json=body)
        return draft


def _metadata(parcel: Parcel) -> dict[str, object]:
    """What Zenodo asks to know, from the datapackage.json of the release."""
    package: Any = parcel.package
    return {
        "upload_type": "dataset",
        "title": package["title"],
        "version": parcel.version.text,
        "publication_date": package["created"][:10],
        "description": "".join(f"<p>{escape(text)}</p>" for text in package["description"].split("\n\n")),
        "creators": [{"name": one["title"]} for one in package["contributors"]],
        "keywords": package["keywords"],
        "license": package["licenses"][0]["name"].lower(),
        "access_right": "open",
        "language": "zho",
    }
