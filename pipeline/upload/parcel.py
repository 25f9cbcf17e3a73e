"""What is sent: the files of one release, as its own sums tell them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.problem import InputProblem, Problem
from pipeline.publish.sums import SUMS, check_sums, sum_of, sums_in
from pipeline.publish.version import RELEASES, Version


@dataclass(frozen=True)
class File:
    """One file: its name in the release, with folders and `/`, where it lies, its size in bytes and its SHA-256."""

    name: str
    path: Path
    size: int
    sha256: str

    @classmethod
    def of(cls, name: str, path: Path, sha256: str) -> File:
        """The file that lies there."""
        return cls(name, path, path.stat().st_size, sha256)

    @cached_property
    def md5(self) -> str:
        """Its MD5, which some places tell instead of better."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()

    @cached_property
    def git_blob(self) -> str:
        """The name that git gives its content."""
        digest = hashlib.sha1(b"blob %d\0" % self.size, usedforsecurity=False)
        digest.update(self.path.read_bytes())
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Parcel:
    """One release to send: all files, SHA256SUMS last, and its datapackage.json."""

    version: Version
    files: tuple[File, ...]
    package: Mapping[str, object]


def parcel(data: Path, version: Version) -> Parcel:
    """The release of that version in a data folder.

    Raises InputProblem where there is none, and Problem where it is not, to the last byte, what its sums say.
    """
    folder = data / RELEASES / version.text
    if not folder.is_dir():
        raise InputProblem(
            f"There is no release {version.text} in {data / RELEASES}. Make one: gongkai release {version.text} "
            f"--data {data}"
        )
    wrong = check_sums(folder)
    if wrong:
        lines = "".join(f"\n  {line}" for line in wrong)
        raise Problem(
            f"The release in {folder} is not whole, so it is not sent:{lines}\nRelease a new version."
        )
    files = [File.of(name, folder / name, digest) for name, digest in sorted(sums_in(folder).items())]
    sums = File.of(SUMS, folder / SUMS, sum_of(folder / SUMS))
    return Parcel(version, (*files, sums), json.loads((folder / "datapackage.json").read_text("utf-8")))
