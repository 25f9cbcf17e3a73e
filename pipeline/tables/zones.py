"""The names under which a development zone goes, by the city that it lies in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from pipeline.tables.divisions import Division, Divisions

_KINDS = (
    ("高新技术产业开发区", "高新技术开发区", "高新技术产业园区", "高新区"),
    ("经济技术开发区", "经开区"),
    ("经济开发区", "经开区"),
)
_STATE = re.compile(r"国家(?:级)?")
_ZONE = re.compile(
    r"(?:国家(?:级)?)?(?:经济技术开发区|经济开发区|经开区|高新技术产业开发区|高新技术开发区|高新区|"
    r"综合保税区|保税港区|保税区)"
)


class Zones:
    """The zones of every city, by their names without the city's: 高新区, 净月高新区, 察北管理区."""

    def __init__(self, divisions: Divisions, province_names: Mapping[str, str]) -> None:
        forms: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._zones: dict[str, Division] = {}
        for zone in divisions.all:
            if zone.level != "zone" or not zone.is_current or zone.parent_code is None:
                continue
            self._zones[zone.code] = zone
            parents = divisions.above(zone)
            before = {name for parent in parents for name in (parent.name, parent.short_name) if name}
            before |= {province_names[parent.code] for parent in parents if parent.code in province_names}
            for form in _forms(_without(zone.name, before)):
                forms[zone.parent_code, form].add(zone.code)
        self._by_form = {key: codes.pop() for key, codes in forms.items() if len(codes) == 1}

    def at(self, text: str, city: Division) -> tuple[Division, int] | None:
        """The zone of a city that a text begins with, and the length of its name: the longest that is of one zone."""
        state = _STATE.match(text)
        start = state.end() if state else 0
        for length in range(min(len(text) - start, 20), 2, -1):
            code = self._by_form.get((city.code, text[start : start + length]))
            if code is not None:
                return self._zones[code], start + length
        return None


def names_zone(text: str) -> bool:
    """Whether a text begins with what a development zone is called behind the name of its city."""
    return _ZONE.match(text) is not None


def _without(name: str, before: Iterable[str]) -> str:
    """The name of a zone without those of its city and province in front."""
    longest = sorted(before, key=len, reverse=True)
    while True:
        prefix = next((one for one in longest if name.startswith(one) and len(name) > len(one) + 2), None)
        if prefix is None:
            return name.removeprefix("市")
        name = name[len(prefix) :]


def _forms(name: str) -> set[str]:
    forms = {name}
    for kinds in _KINDS:
        for kind in kinds[:-1]:
            if name.endswith(kind):
                forms |= {name.removesuffix(kind) + other for other in kinds}
    return {form for form in forms if len(form) > 2}
