"""What is told of an answer, and how a fetch ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.archive import Outcome


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of a portal. Header names are in lower case; `body` has its content-encoding undone, None where
    that is not possible. `hops` are the addresses that redirected to this one.
    """

    url: str
    kind: str
    status: int
    headers: Mapping[str, str]
    body: bytes | None
    hops: tuple[str, ...] = ()
    is_call: bool = False  # records were asked for, not a page


@dataclass(frozen=True, slots=True)
class Ending:
    """How a fetch ended. Of REDIRECTED and OFFSITE_REDIRECT the note is the address pointed to, nothing else."""

    outcome: Outcome
    note: str | None = None
