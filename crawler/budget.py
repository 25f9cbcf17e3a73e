"""What one portal may cost in one run: a search that knows no end comes to one, and says so. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pipeline.archive import Entry


@dataclass(frozen=True, slots=True)
class Budget:
    """The most requests and bytes of one portal in one run, retries and robots.txt among them.

    A prefecture's portal holds some 150 agencies x 18 years of reports, with files; these are several times that.
    """

    requests: int = 40_000
    size: int = 16 * 1024**3

    @classmethod
    def of(cls, requests: int | None, megabytes: int | None) -> Budget:
        """The budget with what a person has given, each where it is given."""
        usual = cls()
        return cls(requests or usual.requests, megabytes * 1024**2 if megabytes else usual.size)


class Spending:
    """What each portal has cost in this run, in the parts before it was broken off as well."""

    def __init__(self) -> None:
        self._requests: Counter[str] = Counter()
        self._size: Counter[str] = Counter()

    def spend(self, entry: Entry) -> None:
        """Count a fetch."""
        portal = entry.portal or ""
        self._requests[portal] += entry.attempts
        if entry.attempts and entry.status != 304:
            self._size[portal] += entry.size or 0

    def exceeds(self, portal: str, budget: Budget) -> str | None:
        """What of the budget is spent, in words, None while there is some left of all."""
        if self._requests[portal] >= budget.requests:
            return f"the portal's {budget.requests} requests of this run are spent"
        if self._size[portal] >= budget.size:
            return f"the portal's {budget.size} bytes of this run are spent"
        return None
