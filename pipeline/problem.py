"""What a person must put right."""

from __future__ import annotations


class Problem(Exception):
    """The work could not be done. The message says what happened, where, and what to do about it."""


class InputProblem(Problem):
    """The work was asked for wrongly: a path, a row or a query that cannot be as given."""
