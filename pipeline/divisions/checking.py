"""Holding the state that the reviewed changes give against every list that a package holds. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.divisions.changes import State
from pipeline.divisions.editions import Edition, is_zone

Deviations = Mapping[tuple[str, str], str]
"""What an edition is known to list otherwise: the name by edition and code, blank where it lacks the code."""


def contradictions(
    states: Mapping[int, State], lists: Sequence[tuple[Edition, State]], deviations: Deviations
) -> list[str]:
    """Every place where a list and the state of its year differ and no deviation says why; and every deviation
    that is none. Development zones are left out: only some lists have them.
    """
    found = []
    used: set[tuple[str, str]] = set()
    for edition, listed in lists:
        years = [states[year] for year in edition.years]
        for code in sorted({*listed, *(code for state in years for code in state)} if years else ()):
            standing = [state.get(code, "") for state in years]
            name = "" if is_zone(code) else listed.get(code, "")
            if name in standing:
                continue
            key = (edition.name, code)
            if deviations.get(key) == name:
                used.add(key)
                continue
            found.append(f"{edition.name} lists {code} as {name or 'nothing'}, the changes give {standing}")
    found += [
        f"no list {name} has {code} as {deviations[name, code]!r}" for name, code in deviations.keys() - used
    ]
    return found
