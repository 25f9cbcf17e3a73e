"""A server that answers as Zenodo's documentation says (developers.zenodo.org: Depositions, Deposition files,
Deposition actions, and the Quickstart's files API with its bucket links). None is to be had in a package."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.upload.answering import Answering

TOKEN = "zenodo-secret-4711"  # noqa: S105 - of the test server
API = "/api/deposit/depositions"


@dataclass
class Zenodo:
    """All deposits by their number, and the bytes in the bucket of each."""

    deposits: dict[int, dict[str, Any]] = field(default_factory=dict)
    buckets: dict[int, dict[str, bytes]] = field(default_factory=dict)

    def new(self, metadata: dict[str, Any], files: dict[str, bytes]) -> int:
        number = 100 + len(self.deposits)
        self.deposits[number] = {"metadata": metadata, "submitted": False}
        self.buckets[number] = dict(files)
        return number

    def unpacked(self) -> dict[str, bytes]:
        """The files of the newest deposit, those in ZIPs by their name in them."""
        found: dict[str, bytes] = {}
        for name, content in self.buckets.get(max(self.buckets, default=0), {}).items():
            if name.endswith(".zip"):
                with zipfile.ZipFile(io.BytesIO(content)) as archive:
                    found |= {inside: archive.read(inside) for inside in archive.namelist()}
            else:
                found[name] = content
        return found

    def published(self) -> bool:
        """Whether the newest deposit is."""
        return bool(self.deposits) and bool(self.deposits[max(self.deposits)]["submitted"])


class ZenodoServer(Answering):
    zenodo: Zenodo

    def answer(self) -> None:
        body = self.body()
        asked = urlsplit(self.path)
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self.reply(401, {"status": 401, "message": "Unauthorized"})
            return
        parts = asked.path.removeprefix(API).strip("/").split("/")
        match self.command, asked.path.startswith("/api/files/"), parts:
            case "PUT", True, _:
                self._put(asked.path, body)
            case "GET", _, [""]:
                self._list(parse_qs(asked.query))
            case "POST", _, [""]:
                self.reply(201, self._told(self.zenodo.new(json.loads(body)["metadata"], {})))
            case "GET", _, [number]:
                self.reply(200, self._told(int(number)))
            case "PUT", _, [number]:
                self.zenodo.deposits[int(number)]["metadata"] = json.loads(body)["metadata"]
                self.reply(200, self._told(int(number)))
            case "DELETE", _, [number, "files", name]:
                del self.zenodo.buckets[int(number)][name.removeprefix("id-of-")]
                self.reply(204, b"")
            case "POST", _, [number, "actions", action]:
                self._act(int(number), action)
            case _:
                self.reply(404, {"status": 404, "message": "not found"})

    def _list(self, query: dict[str, list[str]]) -> None:
        page, size = int(query["page"][0]), int(query["size"][0])
        numbers = sorted(self.zenodo.deposits, reverse=True)[(page - 1) * size : page * size]
        self.reply(200, [self._told(number) for number in numbers])

    def _put(self, path: str, body: bytes) -> None:
        number, name = path.removeprefix("/api/files/bucket-").split("/")
        if self.zenodo.deposits[int(number)]["submitted"]:
            self.reply(403, {"status": 403, "message": "the record is published"})
            return
        self.zenodo.buckets[int(number)][name] = body
        self.reply(201, {"key": name, "size": len(body), "checksum": f"md5:{hashlib.md5(body).hexdigest()}"})  # noqa: S324 - Zenodo's

    def _act(self, number: int, action: str) -> None:
        if action == "publish":
            self.zenodo.deposits[number] |= {"submitted": True, "doi": f"10.5072/zenodo.{number}"}
            self.reply(202, self._told(number))
        else:
            draft = self.zenodo.new(self.zenodo.deposits[number]["metadata"], self.zenodo.buckets[number])
            links = self._told(number)["links"] | {"latest_draft": f"{self._here()}{API}/{draft}"}
            self.reply(201, self._told(number) | {"links": links})

    def _here(self) -> str:
        return f"http://{self.headers['Host']}"

    def _told(self, number: int) -> dict[str, Any]:
        links = {
            "bucket": f"{self._here()}/api/files/bucket-{number}",
            "html": f"{self._here()}/deposit/{number}",
        }
        files = [
            {
                "id": f"id-of-{name}",
                "filename": name,
                "filesize": len(content),
                "checksum": hashlib.md5(content).hexdigest(),  # noqa: S324 - Zenodo's
            }
            for name, content in self.zenodo.buckets[number].items()
        ]
        return {"id": number, "links": links, "files": files, **self.zenodo.deposits[number]}
