"""The result of one check on one report."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Verdict(StrEnum):
    PASS = "pass"  # noqa: S105 - a verdict, not a secret
    FAIL = "fail"
    UNASSESSABLE = "unassessable"


class Cause(StrEnum):
    """Why a check fails: the source prints it so, or our reading is doubtful."""

    SOURCE = "source"
    READING = "reading"


@dataclass(frozen=True, slots=True)
class Finding:
    """One identity at one place: both sides of the equation, and who is to blame where they differ.

    `at` names the cells that share the identity: `requests/granted` for a row, `requests/*/total` for a column,
    `disputes/review` for a block. The sides are None where the verdict is `unassessable`.
    """

    check: str
    at: str
    verdict: Verdict
    left: Decimal | None
    right: Decimal | None
    cause: Cause | None = None
