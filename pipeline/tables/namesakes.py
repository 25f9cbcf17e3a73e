"""Whether the name of an organ tells which organ it is, in the area in which it is found."""

from __future__ import annotations

import re

from pipeline.organs import OrganName, Vocabulary, level_before, name_organ
from pipeline.tables.divisions import Divisions
from pipeline.tables.identity import Doubt
from pipeline.tables.places import Place

_BELOW = re.compile(r"(?P<place>.{1,12}?[市县区州旗盟])(?P<name>.+)")
_OFFICE_OF_TOWN = re.compile(r".*(?:镇|乡|苏木)人民政府办公室")
_BRANCH = re.compile(r".{2,}局.{2,}分局")
_NAMELESS_TOWN = re.compile(
    r"[本我]?(?:[镇乡](?:人民)?政府(?:办公室|办)?|街道(?:办事处|办)?|街办|办事处|[镇乡]|苏木)"
)
_TOWNS = ("town", "subdistrict")
_GOVERNMENTS = ("government", "government_office")

_CERTAIN: tuple[Doubt | None, bool] = None, False


class Namesakes:
    """Tells doubts about a name: why it is not certain where its organ belongs, and whether several may share it."""

    def __init__(self, divisions: Divisions, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        counties = (one for one in divisions.all if one.level == "county")
        self._names = {name for one in divisions.all for name in (one.name, one.alias) if name}
        self._over_counties = {upper.code for one in counties for upper in divisions.above(one)}

    def of(self, place: Place | None, name: OrganName, printed: str) -> tuple[Doubt | None, bool]:
        """The doubt about a name in its place, and whether organs share it. `printed` is the name, folded.

        Shared are a name without a place (县财政局 on the portal of a city, 财政局 where no portal is known) or with
        one that several divisions have, that of a town without its county, and in a province that of an unknown
        district. The branch of a department of the city above is told by its own place (市生态环境局任城分局 on the
        portal of that district). A department behind the name of a place in a city that the registry does not know is
        one, of an unknown place.
        """
        if place is None:
            return Doubt.UNPLACED, not self._names_unknown_place(printed)
        if place.is_another and self._is_branch_of_above(place, printed):
            return _CERTAIN
        if place.is_another or _NAMELESS_TOWN.fullmatch(place.own_name):
            return Doubt.ANOTHER_LEVEL, True
        if place.division_code not in self._over_counties:
            return _CERTAIN
        if name.kind in _TOWNS or _OFFICE_OF_TOWN.fullmatch(name.canonical):
            return Doubt.ANOTHER_LEVEL, True
        if name.function is None and self._is_below(place.own_name):
            return Doubt.ANOTHER_LEVEL, place.level == "province"
        return _CERTAIN

    @staticmethod
    def _is_branch_of_above(place: Place, printed: str) -> bool:
        level = level_before(printed)
        is_above = level is not None and place.level == "prefecture" and place.division.endswith(level)
        return is_above and _BRANCH.fullmatch(place.own_name) is not None

    def _names_unknown_place(self, printed: str) -> bool:
        """Whether a name without a known place begins with one that the registry does not have; one that it has is of
        several divisions.
        """
        below = _BELOW.fullmatch(printed)
        if below is None or len(below["place"]) < 3 or level_before(printed) is not None:
            return False
        return not any(printed[:length] in self._names for length in range(2, len(printed)))

    def _is_below(self, own_name: str) -> bool:
        """Whether a name begins with that of an unknown place, with a department or a government behind it."""
        below = _BELOW.fullmatch(own_name)
        if below is None:
            return False
        behind = name_organ(below["name"], "", None, self._vocabulary)
        return behind.function is not None or behind.kind in _GOVERNMENTS
