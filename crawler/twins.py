"""The other addresses of a page: the other scheme, and the host with and without www. Pure.

Portals change to https, or fall back from it, and go on linking to themselves by the address that is silent. Then
the page is asked for at its twin. It stands in the ledger under both: as one that points to the other.
"""

from __future__ import annotations

from crawler.urls import Scope, host_of, origin_of, other_addresses
from pipeline.archive import Entry, Outcome

SILENT = frozenset({Outcome.CONNECTION_FAILED, Outcome.BROKEN_TLS, Outcome.TIMEOUT, Outcome.HOST_UNKNOWN})
"""Outcomes of an origin that says nothing."""


class Twins:
    """Which origins answer and which are silent, as far as a run has found out."""

    def __init__(self) -> None:
        self._answering: set[str] = set()
        self._silent: set[str] = set()

    def meet(self, entry: Entry) -> None:
        """Take note of how a fetch ended."""
        if entry.status is not None:
            self._answering.add(origin_of(entry.url))
        elif entry.attempts and entry.outcome in SILENT:
            self._silent.add(origin_of(entry.url))

    def answering(self, url: str, scope: Scope) -> str | None:
        """The twin of a silent address that has answered in this run, None where there is none."""
        return next(
            (other for other in self._others(url, scope) if origin_of(other) in self._answering), None
        )

    def untried(self, url: str, scope: Scope, *, of_home: bool) -> str | None:
        """The twin to try where none has answered and the address itself never has: the other scheme; of a portal's
        home page, with and without www as well.
        """
        if origin_of(url) in self._answering:
            return None
        others = (other for other in self._others(url, scope) if origin_of(other) not in self._silent)
        return next((other for other in others if of_home or host_of(other) == host_of(url)), None)

    @staticmethod
    def _others(url: str, scope: Scope) -> list[str]:
        return [other for other in other_addresses(url) if scope.allows(other)]
