"""Which folder is the working copy of which storage."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from pipeline.archive.appending import could_not_write, make_folder
from pipeline.problem import Problem
from pipeline.storage.store import Store

_IDENTITY = "identity.json"
_COPY = "copy.json"


@dataclass(frozen=True, slots=True)
class Copy:
    """A working copy by its own name, and the storage that it is of: its identity and its address."""

    name: str
    identity: str
    url: str


def folder_of(url: str, environment: Mapping[str, str]) -> Path:
    """The folder for the storage at an address: below GONGKAI_WORK, or else below the user's folder for caches."""
    cache = environment.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    top = Path(environment.get("GONGKAI_WORK") or Path(cache) / "gongkai")
    url = url.rstrip("/")
    slug = re.sub(r"[^\w.-]+", "-", url, flags=re.ASCII).strip("-")[-60:]
    return (top / f"{slug}-{sha256(url.encode()).hexdigest()[:8]}").absolute()


def copy_in(folder: Path, store: Store, *, make: bool) -> Copy:
    """The working copy in a folder. With `make` the storage may be empty yet, and is given its identity.

    Raises Problem where nothing is there, or where the folder is the working copy of something else.
    """
    identity = _identity(store, make=make)
    make_folder(folder)
    path = folder / _COPY
    if not path.exists():
        copy = Copy(uuid4().hex, identity, store.url)
        try:
            part = path.with_name(f".{_COPY}-{copy.name}")
            part.write_text(json.dumps(asdict(copy)), encoding="utf-8")
            part.replace(path)
        except OSError as error:
            raise could_not_write(path, error) from error
    copy = _read(path)
    if copy.identity != identity:
        raise Problem(
            f"{folder} is the working copy of other data that lay at {store.url} before. If nothing in it is wanted "
            "any more, remove that folder; else name another with GONGKAI_WORK."
        )
    return copy


def url_of(data: Path) -> str | None:
    """The address of the storage that a data folder is the working copy of; None where it is none."""
    path = data / _COPY
    return _read(path).url if path.exists() else None


def _read(path: Path) -> Copy:
    try:
        return Copy(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise Problem(
            f"{path} cannot be read ({error}). Remove it, and run the same command again."
        ) from error


def _identity(store: Store, *, make: bool) -> str:
    try:
        return str(json.loads(store.read(_IDENTITY))["id"])
    except FileNotFoundError as error:
        if not make:
            raise Problem(
                f"There are no data of gongkai at {store.url}. Fetch or import reports first, or name the right "
                "place with --data."
            ) from error
    store.create(_IDENTITY, json.dumps({"id": uuid4().hex}).encode())
    return _identity(store, make=False)
