"""Releases, and reports of runs for people, at a storage."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipeline.publish.sums import SUMS
from pipeline.publish.version import RELEASES, point_to_latest, released
from pipeline.storage.store import Store

_PAGES = "runs"
_EXPECTATIONS = "expectations.toml"


def pull_releases(folder: Path, store: Store) -> None:
    """Have all releases of the storage in a data folder, each whole, and the expectations that stand beside them."""
    there = store.sizes(RELEASES)
    for version in sorted({name.partition("/")[0] for name in there}):
        target = folder / RELEASES / version
        if f"{version}/{SUMS}" not in there or target.is_dir():
            continue
        part = target.with_name(f".part-{version}")
        shutil.rmtree(part, ignore_errors=True)
        for name in there:
            if name.startswith(f"{version}/"):
                store.fetch(f"{RELEASES}/{name}", part / name.removeprefix(f"{version}/"))
        part.rename(target)
    point_to_latest(folder)
    try:
        store.fetch(_EXPECTATIONS, folder / _EXPECTATIONS)
    except FileNotFoundError:
        (folder / _EXPECTATIONS).unlink(missing_ok=True)


def push_releases(folder: Path, store: Store) -> None:
    """Send the releases that are not there whole, of each the checksums last."""
    there = store.sizes(RELEASES)
    for version in released(folder):
        if f"{version.text}/{SUMS}" in there:
            continue
        top = folder / RELEASES / version.text
        files = sorted(path for path in top.rglob("*") if path.is_file() and path != top / SUMS)
        for path in (*files, top / SUMS):
            name = path.relative_to(folder / RELEASES).as_posix()
            if there.get(name) != path.stat().st_size:
                store.send(path, f"{RELEASES}/{name}")


def pull_pages(folder: Path, store: Store) -> None:
    """Have the reports of runs in a data folder that it has not."""
    for name in store.sizes(_PAGES):
        if not (folder / _PAGES / name).exists():
            store.fetch(f"{_PAGES}/{name}", folder / _PAGES / name)


def push_pages(folder: Path, store: Store) -> None:
    """Send the reports of runs that are not there, or otherwise."""
    there = store.sizes(_PAGES)
    for path in sorted((folder / _PAGES).glob("*.md")):
        content = path.read_bytes()
        name = f"{_PAGES}/{path.name}"
        if there.get(path.name) != len(content) or store.read(name) != content:
            store.write(name, content)
