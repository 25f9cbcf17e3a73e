"""Which reports are asked for: by their years, and because they are said to be corrected. Pure."""

from __future__ import annotations

import re

_CORRECTED = re.compile(r"更正|勘误|修[订正]|订正|重新?(?:发布|公布|公开)|(?:已|有)更新")


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


def is_corrected(text: str) -> bool:
    """Whether the text of a link says that what it leads to takes the place of something published before."""
    return _CORRECTED.search(text) is not None
