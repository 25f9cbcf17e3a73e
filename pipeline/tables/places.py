"""Where an organ belongs: its administrative division, told by its name or by the portal that publishes it.

Never a guess: a name that does not begin with a division's, on no known portal, has no place; where a name could be
of several divisions, the portal's is taken, which is the larger area, and certain.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.identify.normalise import folded_key
from pipeline.organs import level_before
from pipeline.tables.divisions import Division, Divisions
from pipeline.tables.zones import Zones, names_zone

_NOW = 9999
_PROVINCE = re.compile(r"(?:维吾尔|壮族|回族)?自治区$|[省市]$")
# Behind 东区 or 城区 these tell that it is no district, but a subdistrict or town of that name.
_MARKET = ("市场监督", "市场监管")
# Bodies of the whole country, whose names stand before the places of their branches.
_NATIONAL = re.compile(
    r"国家税务总局|国家统计局|中国人民银行|中华人民共和国|中国共产党|中共|中国共产主义青年团|共青团|中国人民政治协商会议|政协"
)
_TOWN = re.compile(r"街道|街办|[镇乡](?:人民政府|政府|$)")


@dataclass(frozen=True, slots=True)
class Place:
    """The division of an organ in a year, and the names of its province, city and county then. `own_name` is what is
    left of the organ's name without theirs in front; the name of the `division` itself where nothing is left.
    `is_another` tells that the name is of an organ of another level than the portal's (县财政局 on that of a city): of
    one of the divisions above, which is then the place, or of an unknown one below.
    """

    division_code: str
    province: str | None
    city: str | None
    county: str | None
    own_name: str
    division: str
    level: str
    lineage: str
    is_another: bool = False


class Places:
    """The known divisions, by name and by portal; `portals` gives the division of each portal code."""

    def __init__(self, divisions: Iterable[Division], portals: Mapping[str, Division]) -> None:
        known = {(division.code, division.name): division for division in (*divisions, *portals.values())}
        self.divisions = Divisions(known.values())
        self._portals = dict(portals)
        self._named: dict[str, list[Division]] = defaultdict(list)
        self._short: dict[str, Division] = {}
        for division in self.divisions.all:
            for name in filter(None, (division.name, division.alias)):
                self._named[name].append(division)
            if division.short_name:
                self._short[division.short_name] = division
            elif division.level == "province":
                self._short[_PROVINCE.sub("", division.name)] = division
        self._lengths = _lengths(self._named)
        provinces = {
            division.code: short for short, division in self._short.items() if division.level == "province"
        }
        self._zones = Zones(self.divisions, provinces)

    def place(self, organ: str | None, portal: str | None, year: int | None) -> Place | None:
        """Where an organ belonged in the year that it reports on.

        Certain are the names of divisions at the head of its name, one within the other; then the short name of a city
        before a district or a development zone; then the portal. The name of a county alone is certain where only one
        county has it, or only one in the portal's city; that of a district only where the portal does not lie
        elsewhere.
        """
        name = plain(organ or "")
        home = self._portals.get(portal or "")
        if home is not None:
            home = self.divisions.then(home, year)
        body = _NATIONAL.match(name)
        national = body[0] if body else ""
        name = name.removeprefix(national)
        found, end = self._read(name, home, year)
        is_another = False
        if found is None:
            found = self._zone_elsewhere(name)
        if found is None and home is not None:
            found, end, is_another = self._by_level(name, home)
        if found is None:
            return None
        division = self.divisions.then(found, year)
        names = self.divisions.names(division, year)
        return Place(
            division.code,
            *names,
            own_name=national + name[end:] or division.name,
            division=division.name,
            level=division.level,
            lineage=self.divisions.lineage(division),
            is_another=is_another,
        )

    def _by_level(self, name: str, home: Division) -> tuple[Division, int, bool]:
        """The portal's division for a name without a place, where its name without the word for that begins, and
        whether the word is of another level: the place is then above, or unknown below. A county that became a
        district goes by both words.
        """
        level = level_before(name)
        known = (home, *self.divisions.of_lineage(self.divisions.lineage(home)))
        if level is None or any(one.name.endswith(level) for one in known):
            return home, len(level or ""), False
        if level == "区" and home.level == "zone":
            return home, len(level), False
        uppers = (one for one in self.divisions.above(home) if one.name.endswith(level))
        return next(uppers, home), 0, True

    def _read(self, name: str, home: Division | None, year: int | None) -> tuple[Division | None, int]:
        """The smallest division at the head of a name, and where its name ends."""
        found, end = None, 0
        while step := self._step(name[end:], found, home, year):
            found, end = step[0], end + step[1]
        return found, end

    def _step(
        self, rest: str, above: Division | None, home: Division | None, year: int | None
    ) -> tuple[Division, int] | None:
        """The division below `above` that a text begins with, and the length of its name."""
        for length in self._lengths.get(rest[:2], ()):
            named = self._named.get(rest[:length], ()) if length <= len(rest) else ()
            if named and not (rest[length - 1] == "区" and _TOWN.match(rest, length)):
                shared = rest.startswith(_MARKET, length - 1)  # 安宁市场监督管理所 need not be of 安宁市
                picked = self._pick(named, above, home, year, is_loose=shared)
                if picked is not None:
                    return picked, length - shared
        city = above or home
        zone = self._zones.at(rest, city) if city is not None else None
        return zone or self._behind_short_name(rest, above, home, year)

    def _behind_short_name(
        self, rest: str, above: Division | None, home: Division | None, year: int | None
    ) -> tuple[Division, int] | None:
        """A division whose name follows the short name of one that it lies in: 上海浦东新区, 长春净月高新区."""
        for length in range(min(len(rest) - 2, 6), 1, -1):
            upper = self._short.get(rest[:length])
            if upper is not None and (above is None or self.divisions.is_below(upper, above)):
                step = self._step(rest[length:], upper, home, year)
                if step is not None:
                    return step[0], length + step[1]
        return None

    def _pick(
        self,
        named: Sequence[Division],
        above: Division | None,
        home: Division | None,
        year: int | None,
        *,
        is_loose: bool,
    ) -> Division | None:
        """The one of several divisions of a name that is meant; None where that is not certain. `is_loose` tells that
        the name may be a part of another word.
        """
        within = [one for one in named if above is None or self.divisions.is_below(one, above)]
        standing = _standing(within, year)
        if not standing and year is not None:
            standing = list({heir for one in within if (heir := self.divisions.heir(one, year)) is not None})
        if len(standing) > 1 and home is not None:
            standing = [one for one in standing if self._is_near(one, home)]
        if len(standing) != 1:
            return None
        picked = standing[0]
        return picked if above is not None or self._is_certain(picked, home, is_loose=is_loose) else None

    def _is_near(self, division: Division, home: Division) -> bool:
        """Whether a division is the portal's, or lies in the same city (in the same province, for a province's), then
        or now: portals also hold the reports of what their city took in later.
        """
        uppers = self.divisions.above(home)
        area = uppers[0] if uppers and uppers[0].level != "province" else home
        now = self.divisions.heir(division, _NOW)
        return any(
            one.code in (area.code, home.code) or self.divisions.is_below(one, area)
            for one in (division, now)
            if one is not None
        )

    def _is_certain(self, division: Division, home: Division | None, *, is_loose: bool) -> bool:
        """Whether a division's name says enough with nothing before it. 区 is also what areas call themselves that are
        no division: a portal elsewhere speaks against it, and 东区 or 城区 alone could be anywhere.
        """
        if division.level not in ("county", "zone") or (home is not None and self._is_near(division, home)):
            return True
        is_loose = is_loose or division.level == "zone" or division.name.endswith("区")
        return not is_loose or (home is None and len(division.name) > 2)

    def _zone_elsewhere(self, name: str) -> Division | None:
        """The city whose short name stands before a development zone that the registry does not have."""
        for length in range(min(len(name), 6), 1, -1):
            city = self._short.get(name[:length])
            if city is not None and city.level != "province" and names_zone(name[length:]):
                return city
        return None


def plain(text: str) -> str:
    """A name in one spelling: simplified script, full width folded, no white space."""
    return folded_key(text)


def _lengths(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """The lengths of names by their first two characters, the longest first."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in names:
        lengths[name[:2]].add(len(name))
    return {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}


def _standing(divisions: Sequence[Division], year: int | None) -> list[Division]:
    """Those that stood in a year: best all of it and when its reports are published, then in it, then by then."""
    if year is None:
        return [one for one in divisions if one.is_current] or list(divisions)
    tiers = (
        [one for one in divisions if one.stands(year) and one.stands(year + 1)],
        [one for one in divisions if one.stands(year)],
        [one for one in divisions if one.stands(year + 1)],
    )
    best = next((tier for tier in tiers if tier), [])
    return [one for one in best if one.valid_to is not None or one.is_current] or best
