"""From the many pieces that lines are drawn in to whole lines, and to the groups of lines that make one table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.read.pdf.geometry import Box, Rule

_GAP = 4.5  # points between pieces of one line: dashes, corners, borders that each cell has for itself
_SHORTEST = 5.0  # points; shorter lines are dots, corners and ornaments
_TIGHT = 1.0  # points within which lines that belong together stand


def whole(rules: Iterable[Rule], near: float) -> list[Rule]:
    """`rules` with those on one line (within `near` of each other) joined where they touch or nearly do."""
    found: list[Rule] = []
    for upright in (False, True):
        same = sorted((rule for rule in rules if rule.upright is upright), key=lambda rule: rule.at)
        for band in _bands(same, near):
            found += _along(band)
    return found


def _bands(rules: Sequence[Rule], near: float) -> list[list[Rule]]:
    bands: list[list[Rule]] = []
    for rule in rules:
        if bands and rule.at - bands[-1][0].at <= near:
            bands[-1].append(rule)
        else:
            bands.append([rule])
    return bands


def _along(band: Sequence[Rule]) -> list[Rule]:
    lines: list[list[Rule]] = []
    end = 0.0
    for rule in sorted(band, key=lambda rule: rule.start):
        if lines and rule.start - end <= _GAP:
            lines[-1].append(rule)
            end = max(end, rule.end)
        else:
            lines.append([rule])
            end = rule.end
    return [line for line in map(_line, lines) if line.end - line.start >= _SHORTEST]


def _line(pieces: Sequence[Rule]) -> Rule:
    total = sum(piece.end - piece.start for piece in pieces) or 1
    at = sum(piece.at * (piece.end - piece.start) for piece in pieces) / total
    start, end = min(piece.start for piece in pieces), max(piece.end for piece in pieces)
    cut = any(piece.cut for piece in pieces if piece.end == end)
    return Rule(pieces[0].upright, at, start, end, all(piece.soft for piece in pieces), cut)


def without_frames(rules: Sequence[Rule], near: float) -> list[Rule]:
    """The whole lines of `rules` without what frames the page or a whole table, and would count as cells of what it
    stands close to: single boxes around other lines or within a table, and lines that cross none, `near` to one that
    does.
    """
    tight = groups(whole(rules, _TIGHT), 1.5 * _TIGHT)
    crossing = [group for group in tight if len(group) > 1]
    outlines = [(_outline(group), _is_box(group)) for group in crossing]
    kept = []
    for place, group in enumerate(crossing):
        box, is_box = outlines[place]
        others = [other for number, other in enumerate(outlines) if number != place]
        around = is_box and any(box.around(other, _TIGHT) for other, _ in others)
        within = is_box and any(other.around(box) for other, other_is_box in others if not other_is_box)
        if not around and not within:
            kept += group
    lone = [group[0] for group in tight if len(group) == 1]
    return kept + [rule for rule in lone if not any(_beside(rule, other, near) for other in kept)]


def _beside(rule: Rule, other: Rule, near: float) -> bool:
    return (
        rule.upright is other.upright
        and abs(rule.at - other.at) <= near
        and min(rule.end, other.end) > max(rule.start, other.start)
    )


def _is_box(group: Sequence[Rule]) -> bool:
    return len(group) <= 4 and sum(rule.upright for rule in group) <= 2 >= sum(
        not rule.upright for rule in group
    )


def _outline(group: Sequence[Rule]) -> Box:
    across = [side for rule in group for side in ((rule.at,) if rule.upright else (rule.start, rule.end))]
    down = [side for rule in group for side in ((rule.start, rule.end) if rule.upright else (rule.at,))]
    return Box(min(across), min(down), max(across), max(down))


def groups(rules: Sequence[Rule], near: float) -> list[list[Rule]]:
    """The lines that cross or touch one another, group by group."""
    parent = list(range(len(rules)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    across = [place for place, rule in enumerate(rules) if not rule.upright]
    for place, rule in enumerate(rules):
        if rule.upright:
            for other in across:
                if _touch(rule, rules[other], near):
                    parent[root(other)] = root(place)
    found: dict[int, list[Rule]] = defaultdict(list)
    for place, rule in enumerate(rules):
        found[root(place)].append(rule)
    return list(found.values())


def _touch(upright: Rule, across: Rule, near: float) -> bool:
    return (
        across.start - near <= upright.at <= across.end + near
        and upright.start - near <= across.at <= upright.end + near
    )
