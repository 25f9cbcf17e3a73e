"""Which pictures in a packed file are the pages of one document: those that are numbered alike (1.jpg, 2.jpg …)."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

_NUMBER = re.compile(r"\d+(?=\D*$)")
_YEAR = re.compile(r"(?:19|20)\d\d")  # of a report; no document has so many pages
_COUNTED = 999  # numbers beyond are of cameras and clocks, which leave numbers out
_FEWEST = 2


def numbered(names: Iterable[str]) -> list[tuple[str | None, ...]]:
    """The names of pages that belong together, in the order of their numbers; None where a number is left out.

    They differ in nothing but their last number, stand in one folder and are files of one kind. Names that differ in a
    year are of different reports.
    """
    groups: dict[tuple[str, str, str], dict[int, str]] = defaultdict(dict)
    for name in names:
        stem, ending = posixpath.splitext(posixpath.basename(name))
        found = _NUMBER.search(stem)
        if found is None or _YEAR.fullmatch(found[0]):
            continue
        rest = stem[: found.start()] + "\0" + stem[found.end() :]
        kind = ending.lower().replace("jpeg", "jpg")
        groups[posixpath.dirname(name), rest, kind].setdefault(int(found[0]), name)
    return [tuple(_in_order(pages)) for pages in groups.values() if len(pages) >= _FEWEST]


def name_of(pages: Sequence[str | None]) -> str:
    """What the pages of one document are called together: 年报1.jpg–8.jpg."""
    first, last = (name for name in (pages[0], pages[-1]) if name is not None)
    last = posixpath.basename(last)
    number = _NUMBER.search(posixpath.splitext(last)[0])
    return f"{first}–{last[number.start() :] if number is not None else last}"


def _in_order(pages: dict[int, str]) -> list[str | None]:
    order = sorted(pages)
    found: list[str | None] = [pages[order[0]]]
    for before, number in pairwise(order):
        if number > before + 1 and number <= _COUNTED:
            found.append(None)
        found.append(pages[number])
    return found
