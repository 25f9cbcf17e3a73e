"""What a national reform says of the organs of one lineage: which became which, and in which years. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from pipeline.organs import Change, ChangeKind
from pipeline.tables.identity import Doubt
from pipeline.tables.organ_uses import OrganUses, Spelt
from pipeline.tables.rows import Row


class End(NamedTuple):
    """One end of a link: an organ by one of its names."""

    organ: OrganUses
    spelt: Spelt


class Years(NamedTuple):
    """The first and the last year that may be the first one reported on after a change; the last is None where nothing
    tells it.
    """

    first: int
    last: int | None


Settled = Callable[[Change, OrganUses | None, OrganUses], bool]
"""Whether a reform has nothing to say of two organs: they are one, or a person has decided on them. The organ before is
None where nothing is held of it.
"""


def reformed(change: Change, functions: Mapping[str, list[OrganUses]], is_settled: Settled) -> Iterator[Row]:
    """The links by which a reform connects organs that are not one by it; `functions` are the organs of a lineage by
    what stands in their names.

    Where nothing is held of an organ before, the one after may have taken it in all the same: that is told, in the
    years of the reform, where it would stand within the reports of the organ after.
    """
    befores = functions.get(change.before, ())
    for other in functions.get(change.after, ()):
        for organ in befores:
            if not is_settled(change, organ, other):
                yield from _held(change, organ, other)
        if not befores and change.kind is not ChangeKind.RENAMED and not is_settled(change, None, other):
            yield from _not_held(change, other)


def link(
    one: End, other: End, kind: ChangeKind, years: Years, source: str, doubt: Doubt | None = None
) -> Row:
    """One row of table `organ_link`."""
    before = one.organ.id, one.spelt.named.name.canonical
    return _row(before, other, kind, years, source, doubt)


def link_from_unheld(
    name: str, other: End, kind: ChangeKind, years: Years, source: str, doubt: Doubt | None = None
) -> Row:
    """One row of table `organ_link`, from an organ of which nothing is held."""
    return _row((None, name), other, kind, years, source, doubt)


def _row(
    before: tuple[str | None, str],
    other: End,
    kind: ChangeKind,
    years: Years,
    source: str,
    doubt: Doubt | None,
) -> Row:
    return {
        "organ_id": before[0],
        "name": before[1],
        "successor_id": other.organ.id,
        "successor_name": other.spelt.named.name.canonical,
        "kind": kind.value,
        "report_year": years.first,
        "until_year": years.last,
        "source": source,
        "is_certain": doubt is None,
        "doubt": doubt and doubt.value,
        "note": None,
    }


def _held(change: Change, organ: OrganUses, other: OrganUses) -> Iterator[Row]:
    before, after = organ.by_function(change.before), other.by_function(change.after)
    one, last = before[-1], max(spelt.last for spelt in after)
    went_on = organ.spelt[-1] is not one
    if went_on or last <= one.last or one.named.organ_id == after[0].named.organ_id:
        return
    if change.kind is ChangeKind.RENAMED and change.certain:
        return  # they are two organs only because a person has said so
    doubt = None if change.certain else Doubt.REFORM_DIFFERS
    if change.certain and one.last > change.years[1]:
        doubt = Doubt.AFTER_REFORM
    years = _years(change, one.last, other)
    row = link(End(organ, one), End(other, after[0]), change.kind, years, change.source, doubt)
    yield {**row, "note": change.note}


def _not_held(change: Change, other: OrganUses) -> Iterator[Row]:
    after = other.by_function(change.after)[0]
    first, until = change.years[0], change.years[1]
    first = max(first, _renamed_after(change, other))
    if change.by_name:
        until = min(until, after.first)
    last = max(spelt.last for spelt in other.spelt)
    if max(first, other.spelt[0].first + 1) <= min(until, last):
        end, years = End(other, after), Years(first, until)
        row = link_from_unheld(change.before, end, change.kind, years, change.source, Doubt.NOT_HELD)
        yield {**row, "note": change.note}


def _years(change: Change, last: int, other: OrganUses) -> Years:
    """When an organ that last reported on `last` became another."""
    start, end = change.years
    first = max(start, last + 1, _renamed_after(change, other))
    begun = other.by_function(change.after)[0].first
    if change.by_name and begun > last:
        return Years(first, max(first, min(begun, end) if change.certain and first <= end else begun))
    if change.by_name:  # the one before still reported when the one after already did
        return Years(min(first, max(start, begun)), last + 1)
    return Years(first, end if first <= end else None)


def _renamed_after(change: Change, other: OrganUses) -> int:
    """The first year in which an organ may have borne the name that it has by a reform, as far as its own reports
    tell.
    """
    begun = other.by_function(change.after)[0].first
    earlier: Iterable[int] = (
        spelt.last for spelt in other.spelt if spelt.named.name.function != change.after
    )
    return max((year + 1 for year in earlier if year < begun), default=0)
