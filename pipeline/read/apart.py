"""Work of foreign code in a process of its own: it may crash, hang or eat memory without harm to anybody else."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence

from pipeline.read.given import Unreadable


def asked(command: Sequence[str], data: bytes, what: str, seconds: int) -> bytes:
    """What this interpreter writes when it is started with `command` and given `data`.

    Raises Unreadable, about `what` (“the PDF”), where it takes longer than `seconds` or does not end well.
    """
    try:
        done = subprocess.run(  # noqa: S603 - this interpreter and a module of ours
            [sys.executable, *command],
            input=data,
            capture_output=True,
            timeout=seconds,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        message = f"Reading {what} took more than {seconds} s and was ended."
        raise Unreadable("too_complex", message) from error
    if done.returncode:
        why = _ending(done.returncode, done.stderr)
        raise Unreadable("unreadable_document", f"{what[:1].upper()}{what[1:]} cannot be read: {why}.")
    return done.stdout


def bounded(seconds: int, memory: int) -> None:
    """Hold this process to `seconds` of computing, where nobody is left to end it, and `memory` bytes of addresses."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _ending(code: int, told: bytes) -> str:
    if code < 0:
        return f"its reader was ended by {signal.Signals(-code).name}"
    last = told.decode(errors="replace").strip().rpartition("\n")[2]
    return f"its reader failed ({last[:200] or f'exit {code}'})"
