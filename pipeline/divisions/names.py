"""What follows from the code and the name of a division: its level, and the shorter names in use. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

MUNICIPALITIES = ("110000", "120000", "310000", "500000")

# Peoples (民族) as they stand in the names of autonomous areas.
_PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|傣族|黎族|傈僳族|佤族|"
    "畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|塔吉克|怒族|"
    "鄂温克族|德昂族|保安族|裕固族|独龙族|普米族|各族"
)
_AUTONOMOUS = re.compile(rf"(?P<stem>.{{2,}}?)(?:{_PEOPLES})+自治(?P<kind>[州县旗])")
_PREFECTURE = re.compile(r"(?P<stem>.{2,}?)(?:市|地区|盟)")


def level_of(code: str) -> str:
    """`province`, `municipality`, `prefecture` or `county`, by the code."""
    if code in MUNICIPALITIES:
        return "municipality"
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def stem_of(name: str) -> str | None:
    """The name of a city or prefecture without what it is: 济宁市 -> 济宁, 延边朝鲜族自治州 -> 延边."""
    found = _AUTONOMOUS.fullmatch(name) or _PREFECTURE.fullmatch(name)
    return found["stem"] if found else None


def alias_of(name: str) -> str | None:
    """The name of an autonomous area as it is written short: 恩施土家族苗族自治州 -> 恩施州; None for others."""
    found = _AUTONOMOUS.fullmatch(name)
    return found["stem"] + found["kind"] if found else None


def unique(names: Iterable[str | None], taken: Iterable[str] = ()) -> frozenset[str]:
    """The names that stand once and are not taken."""
    counted = Counter(name for name in names if name)
    used = frozenset(taken)
    return frozenset(name for name, count in counted.items() if count == 1 and name not in used)
