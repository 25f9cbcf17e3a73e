"""Which years are asked for. Pure."""

from __future__ import annotations


def may_hold(years: frozenset[int] | None, printed: int | None, hint: int | None = None) -> bool:
    """Whether a report, or a column, of this year is asked for; None of `years` asks for all.

    `printed` is what the link itself says. The `hint` of a folder may be the year of posting, a year after the one
    reported on.
    """
    if years is None or (printed is None and hint is None):
        return True
    if printed is not None or hint is None:
        return printed in years
    return hint in years or hint - 1 in years
