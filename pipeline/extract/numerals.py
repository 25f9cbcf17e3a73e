"""Reading what is printed in a cell: a number with its unit, or the reason why it is none.

What is not certainly a number is not one: signs doubled (`--253`), sentences, footnote marks, approximations,
percentages and anything unknown are `unreadable`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipeline.extract.normalise import plain
from pipeline.extract.record import Status
from pipeline.extract.units import yuan

_NOT_APPLICABLE = re.compile(r"^(?:[-—–―－_]{1,4}|[/\\]{1,2}|无|暂无|不适用|不涉及|n/?a)$", re.IGNORECASE)
SYMBOL = "¥"  # the sign of money alone: yuan, unless the head says 万元
# No leading zeros: `007` or `000` are as likely several cells run together.
_NUMBER = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*|0)(?:\.[0-9]+)?"
_UNITS = r"件次|人次|件|条|项|个|次|人|篇|份|宗|例"
_TWO = re.compile(r"[0-9.,]\s+[0-9.,]")
_MINUS = ("-", "−", "–")
_DIGITS = re.compile(rf"^(?P<sign>[+\-−–]?)(?P<number>{_NUMBER})(?:\(?(?P<unit>{_UNITS})\)?)?$")
_CHANGE = re.compile(
    rf"^(?:(?P<up>增加?|新增|上升)|(?P<down>减少?|下降|降低))了?:?(?P<number>{_NUMBER})(?:\(?(?P<unit>{_UNITS})\)?)?$"
)
_MONEY = re.compile(
    rf"^(?:人民币)?[¥￥]?(?P<number>{_NUMBER})\(?(?P<unit>元|万元|亿元|万|千元|百万元)?\)?(?:人民币)?$"
)
_CHINESE = re.compile(rf"^(?P<number>[零〇一二两三四五六七八九十百千万]+)(?P<unit>{_UNITS})?$")
_CHINESE_DIGIT = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
_CHINESE_UNIT = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says. `unit` is a unit printed in the cell itself; money is already in yuan then."""

    status: Status
    value: Decimal | None = None
    unit: str | None = None


UNREADABLE = Reading(Status.UNREADABLE)


@lru_cache(maxsize=16384)
def read_count(text: str) -> Reading:
    """A count: cases, documents, persons. A minus sign makes it unreadable, for there are no negative counts."""
    return _read(text, signed=False)


@lru_cache(maxsize=16384)
def read_change(text: str) -> Reading:
    """An increase or decrease: signs in symbols (`+2`, `-49`) or words (`增 18`, `减5`)."""
    return _read(text, signed=True)


@lru_cache(maxsize=16384)
def read_money(text: str) -> Reading:
    """An amount: in yuan where the cell prints a unit, else the bare number with no unit, or that of a SYMBOL."""
    if _several(text):
        return UNREADABLE
    squeezed = "".join(plain(text).split())
    match = _MONEY.match(squeezed)
    if match is None:
        return _not_a_number(squeezed)
    value, unit = _decimal(match["number"]), match["unit"]
    if unit is None:
        symbol = any(sign in squeezed for sign in "¥￥")
        return Reading(Status.REPORTED, value, SYMBOL if symbol else None)
    return Reading(Status.REPORTED, yuan(value, unit), "元")


@lru_cache(maxsize=16384)
def is_value(text: str) -> bool:
    """Whether `text` is something a cell of figures holds: a number of any kind, or a mark for none."""
    return any(read(text).status is not Status.UNREADABLE for read in (read_change, read_money))


def _read(text: str, *, signed: bool) -> Reading:
    if _several(text):
        return UNREADABLE
    squeezed = "".join(plain(text).split())
    if match := _DIGITS.match(squeezed):
        sign = match["sign"]
        if sign in _MINUS and not signed:
            return UNREADABLE
        value = _decimal(match["number"])
        return Reading(Status.REPORTED, -value if sign in _MINUS else value, match["unit"])
    if signed and (match := _CHANGE.match(squeezed)):
        value = _decimal(match["number"])
        return Reading(Status.REPORTED, -value if match["down"] else value, match["unit"])
    if match := _CHINESE.match(squeezed):
        number = _chinese(match["number"])
        if number is not None:
            return Reading(Status.REPORTED, Decimal(number), match["unit"])
    return _not_a_number(squeezed)


def _several(text: str) -> bool:
    """Whether a cell holds more than one number, which must never be run together."""
    return _TWO.search(plain(text)) is not None


def _not_a_number(squeezed: str) -> Reading:
    if not squeezed:
        return Reading(Status.BLANK)
    return Reading(Status.NOT_APPLICABLE) if _NOT_APPLICABLE.match(squeezed) else UNREADABLE


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _chinese(text: str) -> int | None:
    """The value of a numeral in Chinese characters up to 99,999,999; None where it is not well formed.

    A lone 一 is none either: in these tables it is as often a dash.
    """
    if text == "一":
        return None
    if len(text) > 1 and all(character in _CHINESE_DIGIT for character in text):
        return None
    # 二百五 is 250 when spoken and 205 to a careless parser.
    if len(text) > 1 and text[-1] in _CHINESE_DIGIT and text[-2] in "百千万":
        return None
    if text.count("万") > 1:
        return None
    high, separator, low = text.rpartition("万")
    if separator and not high:
        return None
    parts = [_below_ten_thousand(part) for part in ((high, low) if separator else (low,)) if part]
    if any(part is None for part in parts):
        return None
    numbers = [part for part in parts if part is not None]
    if not separator:
        return numbers[0]
    return numbers[0] * 10_000 + (numbers[1] if len(numbers) > 1 else 0)


def _below_ten_thousand(text: str) -> int | None:
    total, digit, smallest = 0, None, 10_000
    for character in text:
        if character in _CHINESE_UNIT:
            unit = _CHINESE_UNIT[character]
            if unit >= smallest or (digit is None and not (unit == 10 and total == 0)):
                return None
            total += (1 if digit is None else digit) * unit
            digit, smallest = None, unit
        elif _CHINESE_DIGIT[character] == 0:
            if digit is not None:
                return None
            digit = None if len(text) > 1 else 0
        elif digit is not None:
            return None
        else:
            digit = _CHINESE_DIGIT[character]
    return total + (digit or 0) if total or digit is not None else None
