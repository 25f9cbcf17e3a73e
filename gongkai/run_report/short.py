"""The report of a run in a few lines, for the terminal and the log. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from crawler.run_facts import RunReport
from gongkai.run_report.words import missing, result, size
from gongkai.show_crawl.lines import counted, counts, duration

_NAMED = 10  # portals that are not whole


def short(report: RunReport) -> Iterator[str]:
    """What came, what did not, and on which portals; line by line."""
    finished = report.finished_at is not None
    sessions = len(report.sessions)
    again = f", taken up again {counted(sessions - 1, 'time')}" if sessions > 1 else ""
    took, requests = duration(report.took.total_seconds()), sum(one.requests for one in report.portals)
    fetched = size(sum(one.size for one in report.portals))
    yield (
        f"Run {report.run} {'is finished' if finished else 'is NOT finished'}{again}: "
        f"{counted(requests, 'request')}, {fetched}, {took}."
    )
    wanted, held = sum(one.wanted for one in report.portals), sum(one.held for one in report.portals)
    before = sum(one.before for one in report.portals)
    earlier = f" ({before} from earlier runs)" if before else ""
    yield f"{held} of {counted(wanted, 'report')} announced are held{earlier}."
    reasons = Counter(str(gap.reason) for _, gap in report.gaps)
    if reasons:
        yield f"What did not come: {counts(reasons)}."
    others = [one for one in report.portals if not one.is_whole]
    if not others:
        yield f"{'All' if len(report.portals) > 1 else 'The'} {counted(len(report.portals), 'portal')} whole."
        return
    whole = "whole" if finished else "without gaps so far"
    yield f"{len(report.portals) - len(others)} of {counted(len(report.portals), 'portal')} {whole}. The others:"
    others.sort(key=lambda one: (-len(one.gaps), one.code))
    for one in others[:_NAMED]:
        parts = [result(one, finished=finished), f"{one.held} of {one.wanted}", missing(one)]
        yield f"  {one.code} {one.name}: {', '.join(part for part in parts if part)}"
    if len(others) > _NAMED:
        yield f"  and {len(others) - _NAMED} more"
