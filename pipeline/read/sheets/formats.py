"""Numbers of a workbook as their format shows them.

Formats are a language of their own (ECMA-376 part 1, 18.8.30). Known are whole numbers, decimals, thousands, percent,
words around the number and colours; a format that could show something else makes the cell unreadable, not wrong.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from operator import eq, ge, gt, le, lt, ne
from types import MappingProxyType

UNKNOWN = "\ufffd"
_BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    49: "@",
    **dict.fromkeys((*range(14, 18), 22, *range(27, 37), *range(50, 59)), "yyyy-mm-dd"),
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    41: "#,##0",
    43: "#,##0.00",
}
_QUIET = re.compile(r"\[[^\]]*\]|_.|\*.")  # colours, locales, widths, filling
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_NUMERALS = re.compile(r"\[DBNum", re.IGNORECASE)
_GENERALLY = re.compile("General|G/通用格式", re.IGNORECASE)
_WORDS = re.compile(r'"([^"]*)"|\\(.)')
_NUMBER = re.compile(r"[#0?,]*[#0?](?:\.[0#?]+)?%?")
_COMPARED = MappingProxyType(
    {"<=": le, ">=": ge, "<>": ne, "<": lt, ">": gt, "=": eq},
)
_NEGATIVE = re.compile("[-−(（减降]")
_DATE = re.compile(r"[yYdD年月日]")
_GENERAL = 11  # characters
_EPOCH = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)


def built_in(number: int) -> str:
    """The code of a format that workbooks name by number alone; empty for those that are not known."""
    return _BUILT_IN.get(number, "")


def plain(value: Decimal) -> str:
    """A number as the general format shows it where there is room: in eleven characters, the point among them, but
    never less than all digits of its whole part.
    """
    rounded = Decimal(f"{value:.15g}")
    before = len(f"{abs(rounded):f}".partition(".")[0])
    if rounded != rounded.to_integral_value():
        rounded = round(rounded, max(_GENERAL - before - 1, 0))
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(value: Decimal, code: str, *, from_1904: bool = False) -> str:
    """What a cell with this number and format shows; behind UNKNOWN where that is not certain."""
    code = _GENERALLY.sub("General", code)
    if code in {"General", "@"}:
        return plain(value)
    if _CONDITION.search(code):
        code = _chosen(value, code)
    bare = _QUIET.sub("", code)
    if _DATE.search(_WORDS.sub("", bare)):
        return _day(value, from_1904=from_1904)
    sections = bare.split(";")
    section = sections[1] if value < 0 and len(sections) > 1 else sections[0]
    if value == 0 and len(sections) > 2:
        section = sections[2]
    if value == 0 and "-" in section and not section.strip('"- ?'):
        return "-"  # as accounting formats show nothing
    pattern = _pattern(section)
    if _NUMERALS.search(code) or pattern is None or (abs(value) < 1 and not _shows_zero(pattern)):
        return UNKNOWN + plain(value)
    before, _, behind = _WORDS.sub(_word, section).partition(pattern)
    sign = "-" if value < 0 and len(sections) < 2 else ""
    if value < 0 and not sign and not _NEGATIVE.search(section):
        return UNKNOWN + plain(value)  # its colour alone says that it is negative
    return sign + before.strip() + _drawn(abs(value), pattern) + behind.strip()


def _chosen(value: Decimal, code: str) -> str:
    """The section of a format with conditions that a number is shown by: the first whose condition holds, or that has
    none. Empty, which shows nothing, where there is none, and of negatives: which of them lose their sign is not told.
    """
    for section in code.split(";") if value >= 0 else ():
        condition = _CONDITION.search(section)
        if condition is None or _COMPARED[condition[1]](value, Decimal(condition[2])):
            return section
    return ""


def _shows_zero(pattern: str) -> bool:
    return pattern == "General" or "0" in pattern.partition(".")[0]


def _pattern(section: str) -> str | None:
    """The one number that a section of a format draws; None where it draws none, several, or something else."""
    bare = _WORDS.sub("\0", section)
    if bare.strip("\0()-+¥￥$ ") == "General":
        return "General"
    drawn = _NUMBER.findall(bare)
    rest = _NUMBER.sub("", bare).strip("\0()-+¥￥$ ")
    if len(drawn) != 1 or rest or drawn[0].rstrip("%").endswith(",") or "?" in drawn[0]:
        return None
    return str(drawn[0])


def _word(found: re.Match[str]) -> str:
    return found[1] or found[2] or ""


def _drawn(value: Decimal, pattern: str) -> str:
    if pattern == "General":
        return plain(value)
    percent = pattern.endswith("%")
    decimals = pattern.rstrip("%").partition(".")[2]
    exact = Decimal(f"{value:.15g}")
    scaled = exact * 100 if percent else exact
    rounded = scaled.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in pattern else f"{rounded:f}"
    if decimals.endswith("#"):
        text = text.rstrip("0").rstrip(".")
    return text + ("%" if percent else "")


def _day(value: Decimal, *, from_1904: bool) -> str:
    days = int(value)
    if value != days or not 0 < days < 100_000:
        return UNKNOWN + plain(value)
    day = (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days)
    return f"{day.year}年{day.month}月{day.day}日"
