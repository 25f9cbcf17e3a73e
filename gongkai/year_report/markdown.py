"""The report of a yearly run as Markdown: what was asked, what came, what is missing and why, what changed. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from gongkai.run_report.words import link, moment, plain, table
from gongkai.show_crawl.lines import counted
from gongkai.year_report.facts import YearRun
from gongkai.year_report.steps import steps
from pipeline.archive import Outcome
from pipeline.coverage import CoverageRow, is_settled
from pipeline.publish.gates import Passing
from pipeline.tables.reasons import REASONS
from pipeline.yearly import Doubt, YearStanding

_NAMED = 12
"""How many gaps, doubts and portals are named one by one; the commands name them all."""


def year_markdown(run: YearRun) -> str:
    """The whole report."""
    parts = [
        *_head(run),
        "## What to do next",
        "",
        *(f"{number}. {step}" for number, step in enumerate(steps(run), start=1)),
        "",
        *_gaps(run),
        *_checks(run),
        *_changes(run),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _head(run: YearRun) -> Iterator[str]:
    year = run.standing
    yield f"# The yearly run of {year.year}"
    yield ""
    held = f"{year.held} of {counted(len(year.rows), 'report')} expected of {year.year} are held"
    yield f"{_verdict(run)} {held}; of {year.year - 1} there are {year.held_before}."
    yield ""
    rows = [
        ("asked for", f"reports of {year.year}, of {counted(year.portals, 'portal')}"),
        ("crawl", f"[run {run.run}]({run.run}.md), finished {moment(run.finished_at)}"),
        ("last release", year.last.text if year.last else "none"),
        ("this one", f"`{run.folder}`" if run.folder else "none could be made"),
    ]
    yield from table(("", ""), rows)


def _verdict(run: YearRun) -> str:
    year = run.standing
    if year.failed:
        return f"**Not released: {counted(len(year.failed), 'check')} failed.**"
    if year.is_whole:
        return "**Whole.**"
    wants = [counted(len(year.open), "gap")] if year.open else []
    wants += [counted(len(year.doubts), "doubtful reading")] if year.doubts else []
    return f"**Done, with {' and '.join(wants)} for a person to look at.**"


def _gaps(run: YearRun) -> Iterator[str]:
    year = run.standing
    missing = [row for row in year.rows if row.reason is not None]
    yield "## What is missing, and why"
    yield ""
    if not missing:
        yield "Nothing."
        yield ""
        return
    reasons = Counter(_kind(row.reason) for row in missing)
    ranked = sorted(reasons, key=lambda reason: (is_settled(reason), -reasons[reason], reason))
    rows = [
        (
            f"`{reason}`",
            str(reasons[reason]),
            str(len({row.portal_code for row in missing if _kind(row.reason) == reason})),
            "no" if is_settled(reason) else "yes",
            _meaning(reason),
        )
        for reason in ranked
    ]
    yield from table(("why", " reports", " portals", "to look at", "means"), rows)
    named = [row for row in missing if not is_settled(row.reason)]
    yield from _list([_gap(row) for row in named], "gap")


def _gap(row: CoverageRow) -> str:
    where = f", {link(row.url)}" if row.url else ""
    return f"{row.portal_code or 'imported'} {plain(row.organ or 'no organ known')}: `{row.reason}`{where}"


def _kind(reason: str | None) -> str:
    """The reason without its particulars; of a list or page that did not come, the outcome is told."""
    name, _, _ = (reason or "").partition(":")
    return reason or "" if name in {"list", "page"} else name


def _meaning(reason: str) -> str:
    name = reason.partition(":")[0]
    if name in REASONS:
        return REASONS[name][:1].upper() + REASONS[name][1:] + "."
    return Outcome(name).description


def _checks(run: YearRun) -> Iterator[str]:
    year = run.standing
    yield "## Checks"
    yield ""
    passed = sum(gate.passing is Passing.PASS for gate in year.gates)
    ended = f"{passed} {'passes' if passed == 1 else 'pass'}"
    yield f"A release is held against {counted(len(year.gates), 'check')}; {ended}."
    yield ""
    rows = [
        row for kind in (Passing.FAIL, Passing.OVERRIDDEN, Passing.NO_FLOOR) for row in _gates(year, kind)
    ]
    if rows:
        yield from table(("result", "what", " found", "asked for"), rows)
    total = year.contradictions.total()
    names = ", ".join(f"{number} `{check}`" for check, number in sorted(year.contradictions.items()))
    which = f" ({names})" if names else ""
    yield f"Reports of {year.year} contradict themselves, as printed: {counted(total, 'time')}{which}."
    yield ""
    yield f"Checks that fail because our reading is doubtful: {len(year.doubts)}."
    yield ""
    yield from _list([_doubt(one) for one in year.doubts], "doubt")


def _gates(year: YearStanding, kind: Passing) -> Iterator[tuple[str, str, str, str]]:
    """The checks that ended so, those of the year first; the last row counts the rest of many that failed nothing."""
    met = [gate for gate in year.gates if gate.passing is kind]
    met.sort(key=lambda gate: not gate.what.endswith(f", {year.year}"))
    result = kind.value.replace("_", " ")
    most = len(met) if kind is Passing.FAIL else _NAMED
    for gate in met[:most]:
        reason = f"; {gate.reason}" if gate.reason else ""
        yield result, plain(gate.what), gate.found, plain(gate.asked + reason)
    if len(met) > most:
        yield result, f"and {len(met) - most} more", "", "see CHECKS.md of the release"


def _doubt(doubt: Doubt) -> str:
    where = f"`{doubt.check}` at `{doubt.at}`"
    return f"{plain(doubt.organ or 'no organ known')}: {where}, report `{doubt.report_id}`"


def _changes(run: YearRun) -> Iterator[str]:
    if run.changes:
        yield re.sub(r"^(#+)", r"#\1", run.changes, flags=re.MULTILINE)


def _list(lines: Iterable[str], thing: str) -> Iterator[str]:
    lines = list(lines)
    yield from (f"- {line}" for line in lines[:_NAMED])
    if len(lines) > _NAMED:
        yield f"- and {counted(len(lines) - _NAMED, thing)} more"
    if lines:
        yield ""
