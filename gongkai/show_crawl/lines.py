"""What there is to say of a crawl, in lines of text. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from crawler.standing import Standing
from crawler.time_left import TimeLeft


@dataclass(slots=True)
class Totals:
    """Portals together. `with_gaps` are ended and not whole."""

    ended: int = 0
    with_gaps: int = 0
    at_work: int = 0
    requests: int = 0
    wanted: int = 0
    held: int = 0
    waiting: int = 0
    gaps: Counter[str] = field(default_factory=Counter)

    def and_of(self, standings: Iterable[Standing]) -> Totals:
        """These totals and those of more portals."""
        sum_ = replace(self, gaps=self.gaps.copy())
        for standing in standings:
            sum_.ended += standing.ended
            sum_.with_gaps += standing.ended and not is_whole(standing)
            sum_.at_work += not standing.ended
            sum_.requests += standing.requests
            sum_.wanted += standing.wanted
            sum_.held += standing.held
            sum_.waiting += standing.waiting
            sum_.gaps.update(dict(standing.gaps))  # a copy in one step: the crawl's thread goes on counting
        return sum_


def is_whole(standing: Standing) -> bool:
    """Whether reports are announced, and all of them and everything on the way to them came."""
    return bool(standing.announced) and not standing.gaps


def progress_line(totals: Totals, portals: int, left: TimeLeft | None) -> str:
    """One line of a log: how far the crawl is."""
    parts = [
        f"{totals.ended} of {portals} portals done, {totals.at_work} at work",
        f"{totals.held} of {totals.wanted} reports held, {totals.waiting} waiting",
        f"{counted(totals.requests, 'request')}",
    ]
    if totals.gaps:
        parts.append(f"gaps: {counts(totals.gaps)}")
    if left is not None:
        parts.append(f"left: {time_left_text(left)}")
    return "; ".join(parts)


def result_line(standing: Standing) -> str:
    """One line for a portal that is searched to its end."""
    name = f"{standing.portal.code} {standing.portal.name}"
    if not standing.announced and not standing.pages:
        return f"{name}: NOTHING HAD, the home page did not come ({counts(standing.gaps) or 'not asked for'})"
    if not standing.announced:
        gaps = f"; gaps: {counts(standing.gaps)}" if standing.gaps else ""
        pages = counted(standing.pages, "page")
        return f"{name}: NO REPORTS FOUND, {pages} came and none announces any{gaps}"
    reports = f"{standing.held} of {counted(standing.wanted, 'report')} held"
    if standing.known:
        reports += f" ({standing.known} from earlier runs)"
    if is_whole(standing):
        return f"{name}: whole, {reports}"
    return f"{name}: WITH GAPS, {reports}; gaps: {counts(standing.gaps)}"


def time_left_text(left: TimeLeft) -> str:
    if not left.unknown:
        return f"about {duration(left.seconds)}"
    searched = "1 portal is" if left.unknown == 1 else f"{left.unknown} portals are"
    return f"at least {duration(left.seconds)}, as {searched} still to be searched"


def counts(numbers: Mapping[str, int]) -> str:
    """Counts of words, the greatest first: `3 not_found, 1 timeout`."""
    ranked = sorted(dict(numbers).items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{number} {name}" for name, number in ranked)


def counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def duration(seconds: float) -> str:
    """A time for people: 40 s, 12 min, 3 h 20 min, 2 d 4 h."""
    whole = max(0, round(seconds))
    if whole < 100:
        return f"{whole} s"
    minutes = round(seconds / 60)
    if minutes < 100:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes} min"
    return f"{hours // 24} d {hours % 24} h"
