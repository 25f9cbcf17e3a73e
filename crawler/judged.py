"""What the words of a link say, found out once: the menus of a portal stand on every page of it. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.words import BARE_COLUMN, CUT, GENERIC, GROUP, YEAR
from pipeline.identify import MAY_BE_REPORT, Identity, identify_title
from pipeline.identify.normalise import folded_key
from pipeline.identify.organ import is_organ

_SIGNS = r"[·•●○◎◆◇■□▪▫▶►▷▸☆★※→»›>+|*~、:：\s_-]"
_EDGES = re.compile(rf"^{_SIGNS}+|(?:{_SIGNS}|[(\[]\d{{1,4}}(?:条|篇|个|份)?[)\]])+$")
_WHOLE = "政府信息公开工作年度报告"
_MARKS = re.compile(r"[()、,/\s]")
_ORGAN_AND_CUT = re.compile(r"(.{3,}?)(?:关于?)?(?:2|20\d{0,2})?年?")
_BESIDE_YEAR = re.compile(rf"{YEAR.pattern}(?P<behind>\D.+)|(?P<before>.+?){YEAR.pattern}")
_KEPT = 4096  # different words; the menus of all portals that are searched side by side


@lru_cache(maxsize=_KEPT)
def identity_of(text: str) -> Identity:
    """As `identify_title`; of a title that a list has cut, how it begins may tell already that it is none."""
    identity = identify_title(text)
    if CUT.search(text) and (identity.is_report or identity.reason in MAY_BE_REPORT):
        whole = identify_title(_completed(CUT.sub("", text).rstrip()))
        return identity if whole.is_report or whole.reason in MAY_BE_REPORT else whole
    return identity


def _completed(title: str) -> str:
    """A title as it would be if it went on to be a report's."""
    cuts = range(len(_WHOLE), -1, -1)
    return title + next(_WHOLE[cut:] for cut in cuts if title.endswith(_WHOLE[:cut]))


@lru_cache(maxsize=_KEPT)
def key_of(text: str) -> str:
    """As `folded_key`, without the signs and counts that menus put around a name: ·政务公开, 2023年(25), 更多>>."""
    return _EDGES.sub("", folded_key(text))


@lru_cache(maxsize=_KEPT)
def names_organ(key: str) -> bool:
    """As `is_organ`."""
    return is_organ(key)


@lru_cache(maxsize=_KEPT)
def names_group(key: str) -> bool:
    """Whether words name a group of organs, each of which has reports of its own: 市直部门, 县(市、区), 乡镇(街道)."""
    return GROUP.fullmatch(_MARKS.sub("", key)) is not None


def is_cut(text: str) -> bool:
    """Whether a list has cut a title behind its year, or within or before it behind the organ's name, before it says
    what it is of.
    """
    if CUT.search(text) is None:
        return False
    of_organ = _ORGAN_AND_CUT.fullmatch(key_of(CUT.sub("", text).rstrip()))
    return re.search(r"20\d\d年", text) is not None or (of_organ is not None and names_organ(of_organ[1]))


def says_nothing(key: str) -> bool:
    """Whether words neither say nor exclude a report: an organ, a year, both, or 查看详情."""
    words = (YEAR, GENERIC, BARE_COLUMN)
    named = (key, _beside_year(key))
    return any(names_organ(one) or names_group(one) for one in named) or any(
        one.fullmatch(key) for one in words
    )


def organ_of_year(key: str) -> str | None:
    """The organ that words name together with a year and nothing else; None where it is a group of them."""
    beside = _beside_year(key)
    return beside if names_organ(beside) and not names_group(beside) else None


def _beside_year(key: str) -> str:
    """What stands before or behind a year in words that hold one: 市财政局2021年, 2021年市财政局."""
    found = _BESIDE_YEAR.fullmatch(key)
    return (found["behind"] or found["before"]) if found else ""
