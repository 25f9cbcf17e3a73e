"""Dates as they are printed under a report, beside its title and in a page's standard tags."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date

_CHINESE_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_CHINESE_DIGITS |= dict.fromkeys("零○◯OoОо0", 0)
_NUMERIC = re.compile(r"(20\d\d)\s*[年./\-–—]\s*(\d{1,2})\s*[月./\-–—]\s*(\d{1,2})(?!\d)\s*日?")
_SPOKEN = re.compile(
    r"(二\s*[〇零○◯OoОо0]\s*[〇零○◯OoОо0一二三四五六七八九]\s*[〇零○◯OoОо0一二三四五六七八九])\s*年"
    r"\s*([元一二三四五六七八九十]{1,2})\s*月\s*([一二三四五六七八九十]{1,3})\s*日"
)
_LABELLED = re.compile(r"(?:发布|公开|发文|生成|成文|发表|公布|上传|更新)(?:日期|时间)\s*[:]?\s*")


def _small_number(text: str) -> int:
    """A Chinese numeral below one hundred: 十五, 二十一, 元 (for the first month)."""
    if text == "元":
        return 1
    tens, mark, ones = text.rpartition("十")
    if not mark:
        return _CHINESE_DIGITS[text] if len(text) == 1 else -1
    return (_CHINESE_DIGITS.get(tens, -9) if tens else 1) * 10 + (
        _CHINESE_DIGITS.get(ones, -99) if ones else 0
    )


def _real_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_date(text: str) -> date | None:
    """The first date in a text, in figures or in Chinese numerals; None where none is a day of the calendar."""
    plain = unicodedata.normalize("NFKC", text[:200])
    match = _NUMERIC.search(plain)
    if match:
        return _real_date(int(match[1]), int(match[2]), int(match[3]))
    match = _SPOKEN.search(plain)
    if match is None:
        return None
    digits = [_CHINESE_DIGITS[character] for character in match[1] if not character.isspace()]
    year = int("".join(map(str, digits)))
    return _real_date(year, _small_number(match[2]), _small_number(match[3]))


def only_date(text: str) -> date | None:
    """The date of a line that holds a date and nothing else, as under a signature."""
    plain = unicodedata.normalize("NFKC", text[:200]).strip().strip("()【】。.")
    match = _NUMERIC.fullmatch(plain) or _SPOKEN.fullmatch(plain)
    return parse_date(plain) if match else None


def tagged_date(metadata: Mapping[str, str]) -> date | None:
    """The date in the standard tag PubDate, whatever the case of its name."""
    for name, value in metadata.items():
        if name.lower() == "pubdate":
            return parse_date(value)
    return None


def labelled_date(lines: Sequence[str]) -> date | None:
    """The date on a line 发布时间 or 发布日期, the first that holds one."""
    for line in lines:
        if len(line) > 300:
            continue
        label = _LABELLED.search(unicodedata.normalize("NFKC", line))
        if label:
            found = parse_date(unicodedata.normalize("NFKC", line)[label.end() : label.end() + 30])
            if found:
                return found
    return None
