"""A server that answers as the Hugging Face Hub does to what huggingface_hub asks of it (its own source and docs: Hub
API endpoints; git-lfs docs/api/batch.md). It stores by LFS, not by Xet. None is to be had in a package."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.upload.answering import Answering

TOKEN = "hub-secret-4711"  # noqa: S105 - of the test server
LONG = (".parquet", ".duckdb")
"""What the Hub stores by LFS."""


@dataclass
class Hub:
    """One repository: the LFS objects, every commit with all its files (bytes or the oid of an object), the tags."""

    objects: dict[str, bytes] = field(default_factory=dict)
    commits: list[dict[str, bytes | str]] = field(default_factory=list)
    tags: dict[str, int] = field(default_factory=dict)
    private: bool | None = None

    def files(self, revision: str) -> dict[str, bytes | str]:
        return self.commits[self.tags.get(revision, int(revision, 16) if len(revision) == 40 else -1)]

    def stored(self) -> dict[str, bytes]:
        """The files of the last commit, without the Hub's own."""
        files = self.commits[-1] if self.commits else {}
        found = {name: self.objects[one] if isinstance(one, str) else one for name, one in files.items()}
        return {name: content for name, content in found.items() if name != ".gitattributes"}


class HubServer(Answering):
    hub: Hub

    def answer(self) -> None:
        body = self.body()
        path = urlsplit(self.path).path
        if path.startswith("/lfs/"):
            self.hub.objects[path.removeprefix("/lfs/")] = body
            self.reply(200, b"")
        elif self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self.reply(401, {"error": "Invalid username or password."})
        elif path == "/api/repos/create":
            known = self.hub.private is not None
            if not known:
                self.hub.private = json.loads(body).get("visibility", "private") == "private"
                self.hub.commits.append({".gitattributes": b"*.parquet filter=lfs\n", "old.csv": b"old"})
            self.reply(
                409 if known else 200, {"url": f"http://{self.headers['Host']}/datasets/someone/gongkai"}
            )
        elif path == "/api/validate-yaml":
            self.reply(200, {"errors": [], "warnings": []})
        elif path.endswith("/info/lfs/objects/batch"):
            self.reply(200, {"objects": [self._object(one) for one in json.loads(body)["objects"]]})
        else:
            self._api(path.removeprefix("/api/datasets/someone/gongkai/").split("/"), body)

    def _object(self, asked: dict[str, Any]) -> dict[str, Any]:
        there = asked["oid"] in self.hub.objects
        href = f"http://{self.headers['Host']}/lfs/{asked['oid']}"
        return asked if there else asked | {"actions": {"upload": {"href": href}}}

    def _api(self, parts: list[str], body: bytes) -> None:
        match parts:
            case ["refs"]:
                tags = [
                    {"name": name, "ref": f"refs/tags/{name}", "targetCommit": f"{at:040x}"}
                    for name, at in self.hub.tags.items()
                ]
                self.reply(200, {"branches": [], "converts": [], "tags": tags})
            case ["revision", revision]:
                at = self.hub.tags.get(revision, len(self.hub.commits) - 1)
                told: dict[str, Any] = {
                    "id": "someone/gongkai",
                    "sha": f"{at:040x}",
                    "private": self.hub.private,
                    "siblings": [],
                }
                self.reply(200, told)
            case ["tree", revision]:
                self.reply(200, [self._file(*item) for item in self.hub.files(revision).items()])
            case ["preupload", _]:
                files = [
                    {"path": one["path"], "uploadMode": "lfs" if one["path"].endswith(LONG) else "regular"}
                    for one in json.loads(body)["files"]
                ]
                self.reply(200, {"files": [one | {"shouldIgnore": False} for one in files]})
            case ["commit", _]:
                self._commit([json.loads(line) for line in body.splitlines()])
            case ["tag", revision]:
                self.hub.tags[json.loads(body)["tag"]] = int(revision, 16)
                self.reply(200, {})
            case ["settings"]:
                self.hub.private = json.loads(body)["visibility"] == "private"
                self.reply(200, {})
            case _:
                self.reply(404, {"error": "not found"})

    def _commit(self, lines: list[dict[str, Any]]) -> None:
        files = dict(self.hub.files("main"))
        for line in lines:
            value = line["value"]
            if line["key"] == "file":
                files[value["path"]] = base64.b64decode(value["content"])
            elif line["key"] == "lfsFile":
                files[value["path"]] = value["oid"]
            elif line["key"] == "deletedFile":
                del files[value["path"]]
        self.hub.commits.append(files)
        at = len(self.hub.commits) - 1
        commit = f"http://{self.headers['Host']}/datasets/someone/gongkai/commit/{at:040x}"
        self.reply(200, {"commitUrl": commit, "commitOid": f"{at:040x}"})

    def _file(self, path: str, content: bytes | str) -> dict[str, Any]:
        stored = self.hub.objects[content] if isinstance(content, str) else content
        digest = hashlib.sha1(b"blob %d\0" % len(stored) + stored).hexdigest()  # noqa: S324 - git's
        told: dict[str, Any] = {"type": "file", "path": path, "size": len(stored), "oid": digest}
        if isinstance(content, str):
            oid = hashlib.sha256(stored).hexdigest()
            told["lfs"] = {"oid": oid, "size": len(stored), "pointerSize": 130}
        return told
