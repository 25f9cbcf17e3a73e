"""From an announced address to how it ended: over redirects and files, to a report or a named failure. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.archive import Outcome
from pipeline.tables.reasons import DAMAGED, READER_FAILED, UNEXPLAINED, UNREADABLE

GOOD = frozenset({Outcome.HELD, Outcome.UNCHANGED, Outcome.IMPORTED})
_STEPS = 20  # addresses looked at from one announced address: bounds a circle of links
_RANK = (UNEXPLAINED, "unreadable", "failed", "missing")


@dataclass(frozen=True, slots=True)
class Fetched:
    """One fetch, as far as coverage asks; `outcome` and `reason` as in table `fetch`. `target` is where an address
    points that is redirected, or silent and had at another of the page's addresses.
    """

    url: str
    kind: str | None
    outcome: str
    reason: str | None
    report_id: str | None
    referrer: str | None
    run: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an expectation ended: a state and reason of table `coverage`, or the report that was got. The state is
    `came` for a document that was not read yet.
    """

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
        for fetch in fetched:
            self._last[fetch.url] = fetch
            if fetch.report_id:
                self._reports[fetch.url] = fetch.report_id
            if fetch.referrer and fetch.referrer != fetch.url:
                self._from.setdefault(fetch.referrer, []).append(fetch.url)

    def end(self, url: str) -> Verdict:
        """How an announced address ended; followed to where it redirects, and to the files of a report."""
        ended: list[Fetched] = []
        for here in self._way(url):
            if here in self._reports:
                return Verdict("held", None, self._reports[here])
            if here in self._last:
                ended.append(self._last[here])
        return _ending([fetch for fetch in ended if fetch.outcome != Outcome.REDIRECTED])

    def lost_file(self, url: str) -> Verdict | None:
        """What went wrong with a file of the page at an address, None where nothing did or it has none."""
        ended = [self._last[here] for here in self._way(url) if here != url and here in self._last]
        files = [fetch for fetch in ended if fetch.kind == "report" and not fetch.report_id]
        verdict = _ending(files) if files else None
        return verdict if verdict is not None and verdict.state in ("failed", "unreadable") else None

    def _way(self, url: str) -> Iterator[str]:
        """An address, then those it leads to: where it redirects, and the files that a report's page links to."""
        waiting, known = [url], {url}
        while waiting and len(known) < _STEPS:
            here = waiting.pop(0)
            yield here
            fetch = self._last.get(here)
            if fetch is not None and (fetch.outcome == Outcome.REDIRECTED or fetch.kind == "report"):
                targets = [fetch.target] if fetch.target else []
                beyond = [target for target in (*targets, *self._from.get(here, ())) if target not in known]
                waiting += beyond
                known.update(beyond)


def _ending(way: Iterable[Fetched]) -> Verdict:
    """What went wrong on a way that led to no report. What did not come, or could not be read, may have been the
    report; so it says more than a page that was read and is none.
    """
    verdicts = [_verdict(fetch) for fetch in way]
    if not verdicts:
        return Verdict("missing", UNEXPLAINED)
    return min(verdicts, key=_weight)


def _weight(verdict: Verdict) -> tuple[int, bool]:
    return ("failed", "unreadable", "came", "missing").index(verdict.state), verdict.reason is None


def _verdict(fetch: Fetched) -> Verdict:
    if fetch.outcome not in GOOD:
        return Verdict("failed", fetch.outcome)
    if fetch.reason:
        unread = fetch.reason.partition(":")[0] in (UNREADABLE, READER_FAILED, DAMAGED)
        return Verdict("unreadable" if unread else "missing", fetch.reason)
    if fetch.kind == "report":
        return Verdict("came", None)
    return Verdict("missing", None, is_column=True)
