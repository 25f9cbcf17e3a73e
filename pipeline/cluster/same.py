"""Whether a worker runs the same program as the machine that asks it."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.freshness import program
from pipeline.problem import Problem

__all__ = ["program", "require_same"]


def require_same(asked: str, *rooms: Path) -> None:
    """Raises Problem where `program` of these rooms is not here what it is where it was asked."""
    if program(*rooms) != asked:
        raise Problem(
            f"The worker on {os.uname().nodename} has another gongkai, or other libraries, than this machine: what is "
            "made would hang on which one works. Install the same ones on all machines of the cluster."
        )
