"""What the words of a link say, found out once: the menus of a portal stand on every page of it. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.words import CUT, GROUP
from pipeline.identify import MAY_BE_REPORT, Identity, identify_title
from pipeline.identify.normalise import folded_key
from pipeline.identify.organ import is_organ

_SIGNS = r"[·•●○◎◆◇■□▪▫▶►▷▸☆★※→»›>+|*~、:：\s_-]"
_EDGES = re.compile(rf"^{_SIGNS}+|(?:{_SIGNS}|[(\[]\d{{1,4}}(?:条|篇|个|份)?[)\]])+$")
_WHOLE = "政府信息公开工作年度报告"
_MARKS = re.compile(r"[()、,/\s]")
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
