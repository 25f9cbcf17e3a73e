"""In which years an organ is expected to report. Pure.

An organ's life is told by its reports alone here, as they are held or announced: between the first and the last it
existed, and a little beyond it may have. Where the years of an organ are known from a registry, they belong here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

REACH = 2
"""Years beyond its first and last report in which an organ is still expected, where all lists came and are silent: an
organ that is silent for longer was not yet there, or is no more.
"""


def expected_years(
    told: Collection[int], years: Collection[int], is_silent: Callable[[int], bool]
) -> Iterator[int]:
    """Those of the `years` expected on a portal in which an organ is expected, whose reports are `told` of.

    `is_silent` tells whether everything came that could have announced the organ's report of a year: only then does
    its silence say anything. An organ of which no report is told of at all is expected in the newest years.
    """
    if not told:
        yield from sorted(years)[-REACH:]
        return
    first, last = min(told), max(told)
    yield from (year for year in years if first <= year <= last)
    yield from _reached(sorted(year for year in years if year > last), is_silent)
    yield from _reached(sorted((year for year in years if year < first), reverse=True), is_silent)


def _reached(years: Iterable[int], is_silent: Callable[[int], bool]) -> Iterator[int]:
    """Years in turn, until so many are silent."""
    silent = 0
    for year in years:
        if silent == REACH:
            return
        silent += is_silent(year)
        yield year
