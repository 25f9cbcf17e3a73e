"""A release for places without folders: every folder as one ZIP, the same bytes for the same files."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

from pipeline.publish.sums import sum_of
from pipeline.upload.parcel import File

_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can tell
_PACKED = (".parquet", ".duckdb")  # they do not become smaller


def packed(files: Sequence[File], scratch: Path) -> list[File]:
    """The files of no folder, and one ZIP in `scratch` for each folder; unpacked beside them they are as before."""
    folders: dict[str, list[File]] = {}
    for file in files:
        folder, _, name = file.name.partition("/")
        folders.setdefault(folder if name else "", []).append(file)
    alone = folders.pop("", [])
    return [*(_zip(scratch / f"{folder}.zip", inside) for folder, inside in folders.items()), *alone]


def _zip(path: Path, files: Sequence[File]) -> File:
    with zipfile.ZipFile(path, "w") as archive:
        for file in files:
            entry = zipfile.ZipInfo(file.name, _NO_TIME)
            entry.external_attr = 0o644 << 16
            entry.file_size = file.size  # tells one of more than 4 GiB before it is written
            if not file.name.endswith(_PACKED):
                entry.compress_type = zipfile.ZIP_DEFLATED
            with file.path.open("rb") as source, archive.open(entry, "w") as target:
                shutil.copyfileobj(source, target, 1 << 20)
    return File.of(path.name, path, sum_of(path))
