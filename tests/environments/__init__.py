"""Python environments of their own, for programs that must not meet those of the project.

`NAME.in` says what is in one and `NAME.txt` locks it; `make environments` makes them under `.venv/environments`, and
`make lock` the locks. Without the registry they cannot be made, and what needs them says so.
"""

from __future__ import annotations

from pathlib import Path

import pytest

_LOCKS = Path(__file__).parent
_MADE = _LOCKS.parents[1] / ".venv" / "environments"


def environment(name: str) -> Path | None:
    """The Python of an environment that is made as its lock says; None where it is not."""
    lock = _LOCKS / f"{name}.txt"
    made = _MADE / name
    locked = made / "lock.txt"  # the lock it was made from, put there last
    return made / "bin" / "python" if locked.is_file() and locked.read_bytes() == lock.read_bytes() else None


def python_of(name: str) -> Path:
    """The Python of an environment; the test that asks is skipped where there is none."""
    python = environment(name)
    if python is None:
        pytest.skip(f"The environment {name} is not made. Run: make environments")
    return python
