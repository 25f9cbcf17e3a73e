"""What a crawl and a build made of a portal, held against its truth: every difference is a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from urllib.parse import urlsplit

from pipeline.archive import Entry, Outcome
from tests.crawler.farm.server import Asked
from tests.crawler.hostile.farm import Served
from tests.crawler.hostile.portal import Portal

_GOOD = (Outcome.HELD, Outcome.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Row:
    """A report of the database: the address of its page, what was read from it, and how many figures."""

    url: str
    organ: str | None
    year: int | None
    published_on: date | None
    figures: int


def path_of(portal: Portal, url: str) -> str:
    """The address below the portal's host, as one of those that are one."""
    parts = urlsplit(url)
    return portal.canonical((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def differences(served: Served, entries: Sequence[Entry]) -> Iterator[str]:
    """How a crawl's ledger, and what the server was asked for, differ from the truth."""
    portal = served.portal
    got = Counter(path_of(portal, e.url) for e in entries if e.kind == "report" and e.outcome in _GOOD)
    asked = list(served.farm.asked)
    yield from _held(portal, got)
    yield from _forbidden(portal, [one.path for one in asked])
    yield from _outcomes(portal, entries)
    yield from _again(portal, entries, [one.path for one in asked if one.status == 200])
    if len(asked) > portal.bound:
        yield f"{len(asked)} requests, and {portal.bound} are enough"
    yield from _manners(served, asked)


def _held(portal: Portal, got: Mapping[str, int]) -> Iterator[str]:
    left = dict(got)
    for held in portal.held:
        here = [path for path in held.paths if left.pop(path, 0)]
        if len(here) != 1:
            yield f"held {len(here)} times: {min(held.paths)} ({held.organ} {held.year})"
    for path in portal.files:
        if not left.pop(path, 0):
            yield f"file not held: {path}"
    for path in left:
        if path not in portal.optional | portal.decoys:
            yield f"held, and no report: {path}"


def _again(portal: Portal, entries: Sequence[Entry], answered: Sequence[str]) -> Iterator[str]:
    """Reports asked for again though they had come."""
    tried = {path_of(portal, entry.url) for entry in entries if entry.attempts > 1}
    kept = {path for held in portal.held for path in held.paths} - tried - {path_of(portal, portal.given)}
    counts = Counter(portal.canonical(path) for path in answered)
    yield from (f"asked for again: {path}" for path, count in counts.items() if path in kept and count > 1)


def _forbidden(portal: Portal, asked: Sequence[str]) -> Iterator[str]:
    for path in asked:
        if path != "/robots.txt" and any(path.startswith(start) for start in portal.forbidden):
            yield f"asked for what is forbidden: {path}"


def _outcomes(portal: Portal, entries: Sequence[Entry]) -> Iterator[str]:
    last = {path_of(portal, entry.url): entry for entry in entries if entry.kind != "robots"}
    for path, words in portal.outcomes.items():
        if path == "*":
            if not words <= {entry.outcome for entry in entries}:
                yield f"nothing ended as {' '.join(words)}"
        elif path not in last:
            yield f"not in the ledger: {path}, to end as {' or '.join(sorted(words))}"
        elif last[path].outcome not in words:
            yield f"ended as {last[path].outcome}, not {' or '.join(sorted(words))}: {path} ({last[path].note})"


def _manners(served: Served, asked: Sequence[Asked]) -> Iterator[str]:
    portal, paths = served.portal, [one.path for one in asked]
    if served.farm.most_at_once > 1 and not portal.lingers:
        yield f"{served.farm.most_at_once} requests at once"
    if portal.leaves_after is not None and portal.leaves_after in paths:
        after = len(paths) - paths.index(portal.leaves_after) - 1
        if after > 2:
            yield f"{after} requests after {portal.leaves_after}"
    if portal.pause is not None:
        pauses = [later.came - one.answered for one, later in pairwise(asked)]
        if min(pauses, default=portal.pause) < portal.pause * 0.98:
            yield f"a pause of {min(pauses):.3f} seconds"


def misread(portal: Portal, rows: Sequence[Row]) -> Iterator[str]:
    """How the reports of a build differ from the truth."""
    wanted = {path: held for held in portal.held for path in held.paths}
    found: Counter[tuple[str, int]] = Counter()
    for row in rows:
        path = path_of(portal, row.url)
        held = wanted.get(path)
        if held is None:
            if path not in portal.optional and (row.figures or path not in portal.decoys):
                yield f"built, and no report: {path} ({row.organ} {row.year})"
            continue
        found[held.organ, held.year] += 1
        if (row.organ, row.year) != (held.organ, held.year):
            yield f"built as {row.organ} {row.year}, not {held.organ} {held.year}: {path}"
        if row.published_on is not None and row.published_on.year != held.year + 1:
            yield f"built as published on {row.published_on}: {path}"
    for held in portal.held:
        if held.readable and found[held.organ, held.year] != 1:
            yield f"built {found[held.organ, held.year]} times: {held.organ} {held.year} ({min(held.paths)})"
