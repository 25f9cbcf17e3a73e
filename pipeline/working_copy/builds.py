"""Tables and database of a build at a storage: objects under a name of their own, and last the name of the build."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from pipeline.problem import Problem
from pipeline.publish.sums import SUMS, sum_of
from pipeline.storage.store import Store
from pipeline.tables.database import BUILT, DATABASE, open_database

_BUILDS = "builds"
_TABLES = "tables"


def last_build(store: Store) -> str | None:
    """The name of the last build at a storage, None where there is none."""
    try:
        return str(json.loads(store.read(BUILT))["build"])
    except FileNotFoundError:
        return None


def push_build(folder: Path, store: Store) -> None:
    """Send the build in a data folder, if it is not there, and have readers find it once it is whole.

    The build before it stays for those who read it; older ones are taken away. Raises Problem.
    """
    if not _is_whole(folder):
        return
    name = _name(folder)
    last = last_build(store)
    if name != last:
        there = store.sizes(f"{_BUILDS}/{name}")
        for path in (*sorted((folder / _TABLES).iterdir()), folder / DATABASE):
            short = path.relative_to(folder).as_posix()
            if there.get(short) != path.stat().st_size:
                store.send(path, f"{_BUILDS}/{name}/{short}")
        store.write(BUILT, json.dumps({"build": name}).encode())
    _note(folder, store, name)
    for old in set(store.folders(_BUILDS)) - {name, last}:
        store.remove_all(f"{_BUILDS}/{old}")


def meet_build(folder: Path, store: Store) -> None:
    """Have the data folder be of the last build at the storage: its own, if it is that one or was never sent; else one
    whose database is read where it lies. Raises Problem.
    """
    name = last_build(store)
    noted = _noted(folder)
    if name is None or noted.get("build") == name:
        return
    if (folder / DATABASE).is_file():
        if noted.get("sums") != _sums(folder):
            return
        (folder / DATABASE).unlink()
        shutil.rmtree(folder / _TABLES)
    _note(folder, store, name)


def pull_build(folder: Path, store: Store) -> None:
    """Have tables and database of the last build at the storage in the data folder. Raises Problem."""
    meet_build(folder, store)
    name = last_build(store)
    if name is None or (folder / DATABASE).is_file():
        return
    for short in store.sizes(f"{_BUILDS}/{name}"):
        if short != DATABASE:
            store.fetch(f"{_BUILDS}/{name}/{short}", folder / short)
    store.fetch(f"{_BUILDS}/{name}/{DATABASE}", folder / DATABASE)
    _note(folder, store, name)


def _is_whole(folder: Path) -> bool:
    """Whether there is a database, and the tables beside it are those that it was made of."""
    sums = _sums(folder)
    if sums is None or not (folder / DATABASE).is_file():
        return False
    with open_database(folder) as database:
        found = database.execute("SELECT value FROM about WHERE key = ?", [f"sha256 of tables/{SUMS}"])
        return found.fetchone() == (sums,)


def _name(folder: Path) -> str:
    """The beginning of the SHA-256 of what is in a build."""
    digest = sha256((folder / _TABLES / SUMS).read_bytes())
    digest.update(sum_of(folder / DATABASE).encode())
    return digest.hexdigest()[:16]


def _sums(folder: Path) -> str | None:
    with suppress(FileNotFoundError):
        return sum_of(folder / _TABLES / SUMS)
    return None


def _note(folder: Path, store: Store, name: str) -> None:
    part = folder / f".{BUILT}"
    told = {"build": name, "url": f"{store.url}/{_BUILDS}/{name}", "sums": _sums(folder)}
    part.write_text(json.dumps(told), encoding="utf-8")
    part.replace(folder / BUILT)


def _noted(folder: Path) -> Mapping[str, str | None]:
    try:
        noted = json.loads((folder / BUILT).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise Problem(
            f"{folder / BUILT} is damaged ({error}). Remove it, then run the same command again."
        ) from error
    return noted if isinstance(noted, dict) else {}
