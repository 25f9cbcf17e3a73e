"""Which of the documents in a packed file is its report, and whether its formats agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.check import Cause, Finding, Verdict
from pipeline.extract import Figure, Issue, Record, Status
from pipeline.identify import identify_title
from pipeline.read import Document, Packed

FORMATS_DISAGREE = "formats_disagree"
SEVERAL_REPORTS = "several_reports"

_Read = Callable[[Packed], Record]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The record of the report inside, and the findings between its formats."""

    record: Record
    findings: tuple[Finding, ...] = ()


def choose(document: Document, read: _Read) -> Chosen:
    """The report in a packed file. `read` gives the record of one document inside.

    Documents that are one organ's report of one year are one report in several formats: the one with most figures
    counts. Reports of several organs, years or scopes, or that do not name them, are not told apart here: then the file
    is none, and the issue names them.
    """
    read_ones = [(one.name, read(one)) for one in document.packed]
    unread = [
        Issue(issue.code, name, f"{name}: {issue.message}")
        for name, record in read_ones
        if not record.is_report and not record.figures
        for issue in record.issues
    ]
    noticed = [*(Issue(issue.code, None, issue.message) for issue in document.issues), *unread]
    found = [(name, record) for name, record in read_ones if record.is_report]
    if not found:
        with_figures = [record for _, record in read_ones if record.figures]
        if len(with_figures) == 1:
            return Chosen(replace(with_figures[0], issues=(*with_figures[0].issues, *noticed)))
        return Chosen(_none(read_ones[0][1].reason, noticed))
    told = {(record.organ, record.year, record.scope) for _, record in found}
    if len(told) > 1 or (
        len(found) > 1 and any(record.organ is None or record.year is None for _, record in found)
    ):
        names = ", ".join(name for name, _ in found[:8])
        message = f"The file packs {len(found)} reports, which are to be given one by one: {names}."
        return Chosen(_none(SEVERAL_REPORTS, [Issue(SEVERAL_REPORTS, None, message), *noticed]))
    name, best = max(found, key=lambda one: _certain(one[1].figures))
    others = [record for other, record in found if other != name]
    inside = Issue("packed_document", name, f"The report is {name} in the file.")
    record = replace(best, issues=(inside, *best.issues, *noticed))
    found_at = {one.at: one for other in reversed(others) for one in disagreements(best, other)}
    return Chosen(record, tuple(found_at.values()))


def is_of_several(document: Document) -> bool:
    """Whether the pages of a document that are files of their own say that they are of several organs or years."""
    return len(_told_by_pages(document)) > 1


def none_of_several(document: Document) -> Record:
    """The record of a document whose pages are of several reports: none."""
    told = ", ".join(f"{organ} {year}" for organ, year in _told_by_pages(document))
    message = f"The pictures are of several reports, which are to be given one by one: {told}."
    return _none(SEVERAL_REPORTS, [Issue(SEVERAL_REPORTS, None, message)])


def _told_by_pages(document: Document) -> list[tuple[str, int]]:
    told = (identify_title(title) for page in document.page_titles for title in page)
    found = ((one.organ, one.year) for one in told if one.is_report)
    return list(dict.fromkeys((organ, year) for organ, year in found if organ and year))


def disagreements(record: Record, other: Record) -> list[Finding]:
    """The cells to which two formats of one report give different numbers."""
    numbers = {figure.cell: figure for figure in other.figures if figure.status is Status.REPORTED}
    found = []
    for figure in record.figures:
        same = numbers.get(figure.cell)
        if figure.status is Status.REPORTED and same is not None and figure.value != same.value:
            cause = Cause.READING if figure.by_order or same.by_order else Cause.SOURCE
            found.append(
                Finding(FORMATS_DISAGREE, figure.cell, Verdict.FAIL, figure.value, same.value, cause)
            )
    return found


def _certain(figures: Sequence[Figure]) -> int:
    return sum(figure.status is Status.REPORTED for figure in figures)


def _none(reason: str | None, issues: Sequence[Issue]) -> Record:
    return Record(
        is_report=False,
        reason=reason,
        title=None,
        organ=None,
        year=None,
        form=None,
        published_on=None,
        scope=None,
        issues=tuple(issues),
    )
