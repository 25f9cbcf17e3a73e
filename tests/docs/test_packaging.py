"""The locks install anywhere: pinned, hashed, naming no place to get packages from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = {
    "requirements.txt": PROJECT["project"]["dependencies"],
    "requirements-dev.txt": [
        *PROJECT["project"]["dependencies"],
        *(need for extra in PROJECT["project"]["optional-dependencies"].values() for need in extra),
        *PROJECT["dependency-groups"]["dev"],
    ],
}


def name_of(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[><=!~\[ ;]", requirement)[0]).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_and_hashes_every_dependency_and_names_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pinned = re.findall(r"^([a-z0-9][a-z0-9-]*)==\S+.*\\\n {4}--hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
    entries = re.findall(r"^[^\s#]+", text, re.MULTILINE)
    assert len(pinned) == len(entries)
    assert {name_of(requirement) for requirement in LOCKS[lock]} <= set(pinned)
    assert not re.findall(r"://|--index|--find|file:|(?<=\()/", text)


def test_the_wheel_holds_every_folder_of_reviewed_data() -> None:
    included = set(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"])
    reviewed = {
        f"datasets/{path.name}" for path in (ROOT / "datasets").iterdir() if (path / "README.md").exists()
    }
    assert reviewed <= included
    assert "datasets/forms" in included
