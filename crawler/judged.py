"""What the words of a link say, found out once: the menus of a portal stand on every page of it. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.identify import Identity, identify_title
from pipeline.identify.normalise import folded_key
from pipeline.identify.organ import is_organ

_SIGNS = r"[·•●○◎◆◇■□▪▫▶►▷▸☆★※→»›>+|*~、:：\s_-]"
_EDGES = re.compile(rf"^{_SIGNS}+|(?:{_SIGNS}|[(\[]\d{{1,4}}(?:条|篇|个|份)?[)\]])+$")
_KEPT = 4096  # different words; the menus of all portals that are searched side by side


@lru_cache(maxsize=_KEPT)
def identity_of(text: str) -> Identity:
    """As `identify_title`."""
    return identify_title(text)


@lru_cache(maxsize=_KEPT)
def key_of(text: str) -> str:
    """As `folded_key`, without the signs and counts that menus put around a name: ·政务公开, 2023年(25), 更多>>."""
    return _EDGES.sub("", folded_key(text))


@lru_cache(maxsize=_KEPT)
def names_organ(key: str) -> bool:
    """As `is_organ`."""
    return is_organ(key)
