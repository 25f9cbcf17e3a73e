"""Reviewed decisions that fit nothing held any more: a name is written otherwise, or the report is gone. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.check.corrections import Correction
from pipeline.tables.naming import Named, Naming


def unfit_decisions(naming: Naming, held: Iterable[Named]) -> Iterator[str]:
    """Of each decision on organs the names that no report has, one sentence each; none on a division of which nothing
    is held at all.
    """
    known = {(one.lineage, one.name.key) for one in held}
    lineages = {lineage for lineage, _ in known}
    decisions = naming.registry.decisions
    given = [("same", one.division, one.names) for one in decisions.same]
    given += [("apart", one.division, one.names) for one in decisions.apart]
    given += [("change", one.division, (*one.before, *one.after)) for one in decisions.changes]
    for kind, division, names in given:
        keys = naming.keys(division, names)
        lost = [name for name, key in zip(names, keys, strict=True) if key not in known]
        if lost and keys[0][0] in lineages:
            yield f"organs.toml, {kind} of {division}: no report is of {', '.join(lost)}."


def unfit_corrections(corrections: Iterable[Correction]) -> Iterator[str]:
    """A sentence for each of the corrections, which are of bytes that no report has."""
    for one in corrections:
        yield f"corrections.toml, {one.name}: no report has the bytes {one.sha256}."
