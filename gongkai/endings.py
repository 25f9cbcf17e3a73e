"""How a command ends: which exit code, and what is said to the person who ran it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Self

import typer

from pipeline.problem import InputProblem, Problem


class ExitCode(IntEnum):
    """The endings of every command; each has a sentence for people in `description`."""

    description: str

    def __new__(cls, value: int, description: str = "") -> Self:
        member = int.__new__(cls, value)
        member._value_ = value
        member.description = description
        return member

    DONE = 0, "Done."
    DOUBTS = 1, "Done, but expected reports are unexplained or checks failed."
    WRONG_USE = 2, "Wrong use: an option, a path or a query cannot be as given."
    NOT_DONE = 3, "The work could not be done; the message says why."
    STOPPED = (
        130,
        "Stopped with Ctrl-C. What was stored is safe. (A crawl ends with 3 then, and says how to go on.)",
    )
    PIPE_CLOSED = 141, "The reader of the output went away, as `head` does."


@contextmanager
def endings() -> Iterator[None]:
    """Turn what a person can put right into a message on stderr and its exit code.

    Anything else is a fault of this program and keeps its traceback.
    """
    try:
        yield
        sys.stdout.flush()
    except InputProblem as problem:
        raise _ending(ExitCode.WRONG_USE, str(problem)) from None
    except Problem as problem:
        raise _ending(ExitCode.NOT_DONE, str(problem)) from None
    except KeyboardInterrupt:
        raise _ending(ExitCode.STOPPED, ExitCode.STOPPED.description) from None
    except BrokenPipeError:
        # The interpreter flushes stdout once more when it ends, which would fail as loudly as the first time.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(ExitCode.PIPE_CLOSED) from None


def _ending(code: ExitCode, message: str) -> typer.Exit:
    typer.echo(message, err=True)
    return typer.Exit(code)
