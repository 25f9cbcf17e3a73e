"""What the words of a link say, found out once: the menus of a portal stand on every page of it. Pure."""

from __future__ import annotations

from functools import lru_cache

from pipeline.identify import Identity, identify_title
from pipeline.identify.normalise import folded_key
from pipeline.identify.organ import is_organ

_KEPT = 4096  # different words; the menus of all portals that are searched side by side


@lru_cache(maxsize=_KEPT)
def identity_of(text: str) -> Identity:
    """As `identify_title`."""
    return identify_title(text)


@lru_cache(maxsize=_KEPT)
def key_of(text: str) -> str:
    """As `folded_key`."""
    return folded_key(text)


@lru_cache(maxsize=_KEPT)
def names_organ(key: str) -> bool:
    """As `is_organ`."""
    return is_organ(key)
