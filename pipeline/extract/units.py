"""Units printed in heads, labels and cells of their own.

A unit that is not known, or left open (元/万元), is as bad as none: a figure under it has no certain size.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.extract.normalise import plain

UNKNOWN = "?"  # a unit is printed, but not one whose size is certain

_YUAN = {
    "元": Decimal(1),
    "千元": Decimal(1_000),
    "万元": Decimal(10_000),
    "万": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}
_BRACKETED = re.compile(r"\(([^()]*)\)?")
_NAMED = re.compile(r"(?:计量|计算)?单位:?([^,，、;；()]+)")
_PART = re.compile(r"[,，、;；]")
_OF_MONEY = re.compile(r"元|币|万$")
_SCALED_COUNT = re.compile(r"^[十百千万亿]+(?:件|条|项|个|次|人|人次|篇|份)?$")


def is_money(unit: str | None) -> bool:
    """Whether `unit` is one of money whose size is certain."""
    return unit in _YUAN


def yuan(value: Decimal, unit: str) -> Decimal:
    """`value` given in `unit`, a unit of money that `printed_unit` returns, in yuan."""
    return value * _YUAN[unit]


def printed_unit(text: str) -> str | None:
    """The unit printed in a head or label (`…（单位：万元）`): of money, or UNKNOWN; None where none is printed.

    The plain units of counts (件, 条) say nothing that the form does not say and are no unit here.
    """
    squeezed = "".join(plain(text).split())
    found = {unit for part in _candidates(squeezed) if (unit := _unit(part)) is not None}
    if not found:
        return None
    return found.pop() if len(found) == 1 else UNKNOWN


def _candidates(text: str) -> list[str]:
    named = _NAMED.findall(text)
    bracketed = [part for group in _BRACKETED.findall(text) for part in _PART.split(group)]
    return [part for part in (*named, *bracketed) if part]


def _unit(part: str) -> str | None:
    part = _NAMED.sub(r"\1", part).removeprefix("人民币")
    if part in _YUAN:
        return part
    if _SCALED_COUNT.match(part) or (_OF_MONEY.search(part) and len(part) <= 8 and part[-1] in "元币万"):
        return UNKNOWN
    return None
