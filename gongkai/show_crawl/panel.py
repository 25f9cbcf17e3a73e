"""The live table of a crawl on a terminal. Pure: it draws what it is given, to fit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from rich.text import Text

from crawler.standing import Standing, Wait, Why
from crawler.time_left import TimeLeft, time_left
from gongkai.show_crawl.lines import Totals, counts, duration, time_left_text

_AROUND = 8  # lines above and below the rows of portals, and one to spare
_LONG = 60.0  # seconds; portals that wait for longer stand last, as nothing happens to them
_PHASE, _PAGES, _REPORTS, _NEXT = 7, 5, 9, 18  # columns
_NARROW, _VERY_NARROW = 72, 56  # columns of a terminal that has no room for the pages, and the phase


def panel(
    active: Collection[Standing],
    totals: Totals,
    portals: int,
    *,
    title: str,
    now: float,
    size: tuple[int, int],
) -> list[Text]:
    """What a person sees, line by line: totals of all `portals`, and a row for each one at work, as many as fit
    `size` (columns, lines). `now` is of the monotonic clock.
    """
    width, height = size
    ranked = sorted(active, key=lambda one: (_waits_long(one.wait, now), one.first_request or now))
    shown = ranked[: max(1, height - _AROUND)]
    hidden = len(ranked) - len(shown)
    more = f"… and {hidden} more at work. " if hidden else ""
    lines = [
        Text(title, style="bold"),
        *_head(totals, portals, time_left(active, portals - totals.ended - totals.at_work, now)),
        *_rows(shown, width, now),
        Text(f"{more}Ctrl-C stops; the same command goes on.", style="dim"),
    ]
    for line in lines:
        line.rstrip()
        line.truncate(width, overflow="ellipsis")
    return lines


def _head(totals: Totals, portals: int, left: TimeLeft | None) -> Sequence[Text]:
    done = f"{totals.ended} of {portals} done"
    if totals.with_gaps:
        done += f" ({totals.with_gaps} with gaps)"
    queued = portals - totals.ended - totals.at_work
    return (
        Text(f"portals  {done}, {totals.at_work} at work, {queued} queued"),
        Text(f"reports  {totals.held} held of {totals.wanted} announced, {totals.waiting} waiting"),
        Text(f"gaps     {counts(totals.gaps) or 'none'}", style="yellow" if totals.gaps else ""),
        Text(f"left     {time_left_text(left) if left else 'not known yet'}"),
    )


def _rows(shown: Sequence[Standing], width: int, now: float) -> list[Text]:
    """The table; its last column, the gaps, takes what room is left."""
    sizes = {"phase": _PHASE, "pages": _PAGES, "reports": _REPORTS, "next": _NEXT}
    if width < _NARROW:
        del sizes["pages"]
    if width < _VERY_NARROW:
        del sizes["phase"]
    spare = width - sum(size + 1 for size in sizes.values()) - 1
    sizes = {"portal": max(8, min(34, spare // 2))} | sizes
    heads = {name: Text(name) for name in (*sizes, "gaps")}
    rows = [_row(heads, sizes)]
    rows[0].stylize("dim")
    for one in shown:
        cells = {
            "portal": Text(f"{one.portal.code} {one.portal.name}"),
            "phase": Text(one.phase),
            "pages": Text(str(one.pages)),
            "reports": Text(f"{one.held}/{one.wanted}"),
            "next": Text(_next(one.wait, now)),
            "gaps": _gaps(one),
        }
        rows.append(_row(cells, sizes))
    return rows


def _row(cells: dict[str, Text], sizes: dict[str, int]) -> Text:
    for name, size in sizes.items():
        if name in ("pages", "reports"):
            cells[name].pad_left(size - cells[name].cell_len)
        cells[name].truncate(size, overflow="ellipsis", pad=True)
    return Text(" ").join([*(cells[name] for name in sizes), cells["gaps"]])


def _gaps(one: Standing) -> Text:
    gaps = Text(counts(one.gaps), style="yellow")
    left = dict(one.left)  # a copy in one step: the crawl's thread goes on
    if not left:
        return gaps
    reasons = ", ".join(sorted(set(left.values())))
    hosts = "host left" if len(left) == 1 else f"{len(left)} hosts left"
    return Text.assemble((f"{hosts}: {reasons}", "red"), "; " if gaps else "", gaps)


def _next(wait: Wait | None, now: float) -> str:
    """When the next request is sent, and why not sooner."""
    seconds = max(0.0, wait.until - now) if wait is not None else 0.0
    if wait is None or seconds < 0.05:
        return "now"
    if wait.why is Why.PAUSE:
        return duration(seconds + 0.5)
    if wait.why is Why.OFF_PEAK:
        return f"{wait.why} {datetime.now() + timedelta(seconds=seconds):%H:%M}"  # noqa: DTZ005 - a person's clock
    return f"{wait.why} {duration(seconds + 0.5)}"


def _waits_long(wait: Wait | None, now: float) -> bool:
    return wait is not None and wait.until - now > _LONG
