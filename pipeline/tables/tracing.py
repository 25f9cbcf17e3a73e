"""From an announced address to how it ended: over redirects and files, to a report or a named failure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.archive import Outcome
from pipeline.tables.reasons import READER_FAILED, UNEXPLAINED, UNREADABLE

_GOOD = (Outcome.HELD, Outcome.UNCHANGED, Outcome.IMPORTED)
_NO_LIST = (
    *_GOOD,
    Outcome.REDIRECTED,
    Outcome.NOT_FOUND,
    Outcome.SOFT_404,
    Outcome.OFFSITE_REDIRECT,
    Outcome.WRONG_TYPE,
)
_STEPS = 20  # addresses looked at from one announced address: bounds a circle of links
_RANK = (UNEXPLAINED, "unreadable", "failed", "missing")


@dataclass(frozen=True, slots=True)
class Fetched:
    """One fetch, as far as coverage asks; `outcome` and `reason` as in table `fetch`."""

    url: str
    kind: str | None
    outcome: str
    reason: str | None
    report_id: str | None
    referrer: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an expectation ended: a state and reason of table `coverage`, or the report that was got."""

    state: str
    reason: str | None
    report_id: str | None = None
    is_column: bool = False  # the address is a page of links, announced by mistake: nothing is expected of it

    @property
    def rank(self) -> int:
        """Where several addresses announce one report and none gives it, the lowest says why."""
        return _RANK.index(UNEXPLAINED if self.reason == UNEXPLAINED else self.state)


class Trace:
    """The fetches of one portal, by address."""

    def __init__(self, fetched: Iterable[Fetched]) -> None:
        self._last: dict[str, Fetched] = {}
        self._reports: dict[str, str] = {}
        self._from: dict[str, list[str]] = {}
        self._first: Fetched | None = None
        for fetch in fetched:
            if self._first is None and fetch.kind == "page":
                self._first = fetch
            self._last[fetch.url] = fetch
            if fetch.report_id:
                self._reports[fetch.url] = fetch.report_id
            if fetch.referrer and fetch.referrer != fetch.url:
                self._from.setdefault(fetch.referrer, []).append(fetch.url)

    def end(self, url: str) -> Verdict:
        """How an announced address ended; followed to where it redirects, and to the files of a report."""
        ended: list[Fetched] = []
        waiting, known = [url], {url}
        while waiting and len(known) < _STEPS:
            here = waiting.pop(0)
            if here in self._reports:
                return Verdict("held", None, self._reports[here])
            fetch = self._last.get(here)
            if fetch is None:
                continue
            ended.append(fetch)
            if fetch.outcome == Outcome.REDIRECTED or fetch.kind == "report":
                beyond = [target for target in self._from.get(here, ()) if target not in known]
                waiting += beyond
                known.update(beyond)
        return self._failure(ended)

    def broken_list(self) -> Verdict | None:
        """The failure of a page or list that may have announced what is missing, None where all came."""
        for fetch in self._last.values():
            if (fetch.kind == "list" and fetch.outcome not in (*_GOOD, Outcome.REDIRECTED)) or (
                fetch.kind == "page" and fetch.outcome not in _NO_LIST
            ):
                return Verdict("failed", f"{fetch.kind}:{fetch.outcome}")
        return None

    def refused(self, home: str | None) -> Verdict | None:
        """The failure of the portal's home page, None where it came."""
        fetch = self._last.get(home or "") or (self._first and self._last[self._first.url])
        if fetch is None or fetch.outcome in (*_GOOD, Outcome.REDIRECTED):
            return None
        return Verdict("failed", fetch.outcome)

    @staticmethod
    def _failure(ended: Iterable[Fetched]) -> Verdict:
        """The first thing that went wrong on the way; a redirect by itself is none."""
        way = [fetch for fetch in ended if fetch.outcome != Outcome.REDIRECTED]
        for fetch in way:
            if fetch.outcome not in _GOOD:
                return Verdict("failed", fetch.outcome)
            if fetch.reason:
                unread = fetch.reason.partition(":")[0] in (UNREADABLE, READER_FAILED)
                return Verdict("unreadable" if unread else "missing", fetch.reason)
        if way:
            return Verdict("missing", None, is_column=True)
        return Verdict("missing", UNEXPLAINED)
