"""The year a title reports on.

The rules (of titles on real portals): a year is four digits, or Chinese numerals, with or without 年 or 年度. The year
in the brackets of a document number (金统发〔2025〕2号) is the year of posting and is no year of a report; nor is the
year of a date, of a span of years, or of a school year.
"""

from __future__ import annotations

import re

_DIGITS = {"零": "0", "〇": "0", "○": "0", "◯": "0", "o": "0", "о": "0", "ο": "0"}
_DIGITS |= {character: str(value) for value, character in enumerate("一二三四五六七八九", start=1)}
_ZERO = "零〇○◯oоο0"
NUMERAL = rf"二[{_ZERO}][{_ZERO}一二三四五六七八九][{_ZERO}一二三四五六七八九]"
_SEPARATOR = r"[-–—―~至到/.、]"

YEAR = rf"(?:20\d\d(?!\d)|{NUMERAL})(?:年年度|年度(?!假)|年|度(?!假))?"
"""One year as printed in a title, as the source of a pattern without groups."""

DOCUMENT_NUMBER = re.compile(
    r"[(\[【〔]?[\u4e00-\u9fff]{0,12}[(\[【〔{](?:19|20)\d\d年?[)\]】〕}]第?(?:[\u4e00-\u9fff]{0,3})\d{1,5}号[)\]】〕]?"
    r"|(?:19|20)\d\d年第?\d{1,5}号"
)
"""The number of a document with the year of its posting."""

_SPAN = re.compile(rf"(?<!\d)20\d\d年?度?(?:{_SEPARATOR}|[-–—―]{{2}})20\d\d")
DATE = re.compile(
    r"20\d\d(?:年?新?版|年?修[订正]|年(?:发布|公布|公开|更新|报送|上报|印发|上网)(?=[)\]】〕]|$)|年\d{1,2}月(?:\d{1,2}日)?(?:起?[至到]\d{1,2}月\d{1,2}日)?|[-./]\d{1,2}[-./]\d{1,2}(?!\d))"
    rf"|{NUMERAL}年[元一二三四五六七八九十]{{1,2}}月(?:[一二三四五六七八九十]{{1,3}}日)?"
)
"""A date, or the year of an edition or of posting; none tells the year of a report."""

_ONE = re.compile(rf"(?<![\d.])({YEAR})(?![-./]?\d)")


def spans_years(key: str) -> bool:
    """Whether a folded title prints a span of several years (2018-2019年)."""
    return _SPAN.search(key) is not None


def year_of(printed: str) -> int | None:
    """The number of a printed year, None where it is no year in which such reports exist."""
    digits = "".join(_DIGITS.get(character, character) for character in printed[:4])
    if not (digits.isascii() and digits.isdigit()):
        return None
    return int(digits) if 2003 <= int(digits) <= 2099 else None


def blank(key: str, *patterns: re.Pattern[str]) -> str:
    """The text with what the patterns match replaced by a sign of the same length that no pattern asks for."""
    for pattern in patterns:
        key = pattern.sub(lambda match: "\u0001" * len(match.group()), key)
    return key


def find_years(key: str) -> list[tuple[int, int, int]]:
    """Every year printed in a folded title, as (year, start, end), without those of dates and document numbers."""
    clear = blank(key, DOCUMENT_NUMBER, DATE)
    found = ((year_of(match[1]), match.start(1), match.end(1)) for match in _ONE.finditer(clear))
    return [(year, start, end) for year, start, end in found if year is not None]


def title_year(key: str) -> int | None:
    """The one year a folded title reports on; None where it prints none or leaves a choice."""
    if spans_years(key):
        return None
    years = find_years(key)
    distinct = {year for year, _, _ in years}
    if len(distinct) > 1:
        distinct = {year for year, start, end in years if key[start:end].endswith("年度")}
    if len(distinct) > 1 or not distinct:
        return None
    return distinct.pop()
