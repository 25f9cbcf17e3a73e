"""Which organ became which: over the reforms, the changes of divisions and the reviewed decisions. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise, product

from pipeline.organs import Change, ChangeKind
from pipeline.tables.identity import Doubt
from pipeline.tables.naming import UNPLACED, Named, Naming
from pipeline.tables.organ_reforms import End, Years, link, link_from_unheld, reformed
from pipeline.tables.organ_uses import OrganUses, Use, by_years
from pipeline.tables.rows import Row

Documents = Mapping[tuple[str, int], str]
"""The documents on changes of divisions, by the code that began or ended and the year."""

ONE_OF_A_FUNCTION = "rule: a division has one organ of a function, whatever the form of its office"

_OF_A_PLACE = ("town", "subdistrict")  # whose name says nothing in another division


def organ_links(uses: Iterable[Use], naming: Naming, documents: Documents) -> Iterator[Row]:
    """The rows of table `organ_link`, lineage by lineage of divisions."""
    lineages: dict[str, dict[str, OrganUses]] = defaultdict(dict)
    for use in uses:
        if use.named.lineage != UNPLACED:
            organs = lineages[use.named.lineage]
            organs.setdefault(use.organ_id, OrganUses(use.organ_id)).meet(use)
    links = _Links(naming, documents, {name: _whole(organs) for name, organs in lineages.items()})
    for lineage in sorted(lineages):
        yield from links.of(lineage)


def _whole(organs: Mapping[str, OrganUses]) -> list[OrganUses]:
    return [organs[name] for name in sorted(organs) if organs[name].names]


class _Links:
    def __init__(self, naming: Naming, documents: Documents, lineages: Mapping[str, list[OrganUses]]) -> None:
        self._naming = naming
        self._divisions = naming.places.divisions
        self._reforms = naming.registry.reforms
        self._documents = documents
        self._lineages = lineages
        self._sources = {(change.before, change.after): change.source for change in self._reforms.changes}
        decisions = naming.registry.decisions
        self._same = [(set(naming.keys(one.division, one.names)), one.source) for one in decisions.same]
        decided = [(one.division, one.names) for one in decisions.apart]
        decided += [(one.division, (*one.before, *one.after)) for one in decisions.changes]
        self._settled = [set(naming.keys(division, names)) for division, names in decided]

    def of(self, lineage: str) -> Iterator[Row]:
        organs = self._lineages[lineage]
        for organ in organs:
            yield from self._renamed(organ)
            yield from self._moved(organ)
        yield from self._apart(organs)
        functions: dict[str, list[OrganUses]] = defaultdict(list)
        for organ in organs:
            for function in organ.functions:
                functions[function].append(organ)
        for change in self._reforms.changes:
            yield from reformed(change, functions, self._is_settled)
        yield from self._decided(lineage, organs)
        yield from self._ended(lineage, organs)

    def _is_settled(self, change: Change, organ: OrganUses | None, other: OrganUses) -> bool:
        if organ is other:
            return True
        after = other.by_function(change.after)[0].named
        settled = [keys for keys in self._settled if (after.lineage, after.name.key) in keys]
        if organ is None:
            return any(key.partition("/")[0] == change.before for keys in settled for _, key in keys)
        before = organ.by_function(change.before)[-1].named
        return any((before.lineage, before.name.key) in keys for keys in settled)

    def _renamed(self, organ: OrganUses) -> Iterator[Row]:
        for one, other in pairwise(organ.spelt):
            source = self._why_one(one.named, other.named)
            years = Years(min(one.last + 1, other.first), other.first)
            yield link(End(organ, one), End(organ, other), ChangeKind.RENAMED, years, source)

    def _why_one(self, one: Named, other: Named) -> str:
        """What says that two names are of one organ."""
        for keys, source in self._same:
            if {(one.lineage, one.name.key), (other.lineage, other.name.key)} <= keys:
                return source
        steps, last = [one.name.function or ""], other.name.function
        while steps[-1] in self._reforms.heirs and steps[-1] != last:
            steps.append(self._reforms.heirs[steps[-1]])
        sources = [self._sources[step] for step in pairwise(steps)]
        return "; ".join(sources) if sources and steps[-1] == last else ONE_OF_A_FUNCTION

    def _moved(self, organ: OrganUses) -> Iterator[Row]:
        codes = sorted(organ.divisions.items(), key=lambda one: (one[1], one[0]))
        end = End(organ, organ.spelt[-1])
        for (before, _), (after, year) in pairwise(codes):
            known = self._divisions.of_lineage(end.spelt.named.lineage)
            begun = next((one.valid_from for one in known if one.code == after), None)
            document = self._documents.get((after, begun or year), "")
            source = f"registry of divisions: {before} to {after} {document}".strip()
            since = min(begun or year, year)
            yield link(end, end, ChangeKind.MOVED, Years(since, since), source)

    def _apart(self, organs: list[OrganUses]) -> Iterator[Row]:
        """Names that the rules take for one organ, and reports for several."""
        by_rule: dict[str, list[OrganUses]] = defaultdict(list)
        for organ in organs:
            by_rule[organ.spelt[-1].named.organ_id].append(organ)
        for several in by_rule.values():
            in_order = sorted(several, key=lambda organ: (by_years(organ.spelt[0]), organ.id))
            for one, other in pairwise(in_order):
                before, after = End(one, one.spelt[-1]), End(other, other.spelt[0])
                source = self._why_one(before.spelt.named, after.spelt.named)
                doubt = Doubt.BOTH_IN_ONE_YEAR
                first = after.spelt.first
                years = Years(first, max(first, before.spelt.last + 1))
                yield link(before, after, ChangeKind.RENAMED, years, source, doubt)

    def _decided(self, lineage: str, organs: list[OrganUses]) -> Iterator[Row]:
        for became in self._naming.registry.decisions.changes:
            before = self._naming.keys(became.division, became.before)
            if before[0][0] != lineage:
                continue
            years = Years(became.year, became.year)
            afters = _ends(organs, self._naming.keys(became.division, became.after))
            for key, name in zip(before, became.before, strict=True):
                befores = _ends(organs, [key])
                for other in afters:
                    for one in befores:
                        if one.organ is not other.organ:
                            yield link(one, other, became.kind, years, became.source)
                    if not befores:
                        yield link_from_unheld(name, other, became.kind, years, became.source)

    def _ended(self, lineage: str, organs: list[OrganUses]) -> Iterator[Row]:
        """What became of the organs of a division that ended: those of the same function that have its area since."""
        known = self._divisions.of_lineage(lineage)
        if not known or known[-1].valid_to is None:
            return
        ended, year = known[-1], known[-1].valid_to
        heirs = self._divisions.heirs(ended)
        kind = ChangeKind.MERGED if len(heirs) == 1 else ChangeKind.SPLIT
        source = f"registry of divisions: end of {ended.name} {self._documents.get((ended.code, year), '')}"
        for heir in heirs:
            for organ, other in product(organs, self._lineages.get(heir, ())):
                one, after = End(organ, organ.spelt[-1]), End(other, other.spelt[-1])
                if self._is_same_office(one, after) and after.spelt.last > one.spelt.last:
                    since = max(one.spelt.last + 1, year)
                    yield link(one, after, kind, Years(since, since), source.strip())

    def _is_same_office(self, one: End, other: End) -> bool:
        """Whether two organs of different divisions have the same function, or the same name."""
        name, after = one.spelt.named.name, other.spelt.named.name
        if name.function and after.function:
            return self._reforms.last(name.function) == self._reforms.last(after.function)
        return name.key == after.key and name.kind not in _OF_A_PLACE


def _ends(organs: Iterable[OrganUses], keys: Iterable[tuple[str, str]]) -> list[End]:
    """The organs that have one of these names, each by the last of them."""
    names = {key for _, key in keys}
    found = [
        [End(organ, spelt) for spelt in organ.spelt if spelt.named.name.key in names] for organ in organs
    ]
    return [ends[-1] for ends in found if ends]
