"""Normalisation that keeps the meaning of what is printed: width, script, debris, numbering, punctuation.

Only for comparing labels and reading numerals: what is published as `raw` stays as printed. Compatibility forms
such as ① or ² are left alone on purpose: Unicode's NFKC would turn the footnote mark of `5①` into the figure 51.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xA0: " "}
# Radicals and other doubles of characters, which fonts of PDFs leave in copied text: ⾏政, ⻓期.
_DOUBLES = {
    code: unicodedata.normalize("NFKC", chr(code))
    for codes in (range(0x2F00, 0x2FD6), range(0xF900, 0xFADA))
    for code in codes
} | dict(
    zip(
        map(ord, "⺠⺟⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻥⻦⻩⻬⻮⻰⻳"),
        "民母虎西见角贝车长门青页风飞食马鱼鸟黄齐齿龙龟",
        strict=True,
    )
)
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD, 0x200E, 0x200F], "")
_ODD = re.compile(f"[{''.join(map(chr, _WIDTH | _DOUBLES | _INVISIBLE))}]")
_PLAINER = str.maketrans(_WIDTH | _DOUBLES | _INVISIBLE)
# OpenCC leaves 覆議 as 覆议, and copies in machine-made traditional script write 于 and 製 for 於 and 制.
# 其它 is 其他 in another spelling.
_SCRIPT_FIXES = (("覆议", "复议"), ("制製", "制"), ("其它", "其他"))
_TRADITIONAL = OpenCC("t2s")

# Copies with the reading of a character in brackets behind it: 信息(xi), 請(qǐng).
_PINYIN = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]{1,7}\)")
# Word leaves the names of its bookmarks in extracted text.
_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]", re.IGNORECASE)
_NUMBERING = re.compile(
    r"(?:其中:|第[一二三四五六七八九十]{1,2}[、.]|\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}[、.,]|\d{1,2}[、.,](?!\d)|\d{1,2}\))+"
)
_NUMBER = re.compile(r"[一二三四五六七八九十\d]+")
# Footnote marks: those the page raises are read as ^1.
_FOOTNOTE = re.compile(r"[\^_]\[?\w{1,2}\]?|[①-⑳*※]")
_BRACKETED = re.compile(r"\([^()]*\)|\([^()]*$|【[^】]*】|\[[^\]]*\]")
_PUNCTUATION = re.compile(r"[^\w\u4e00-\u9fff/%]|_")
_YEAR = re.compile(r"^20[0-9]{2}年度?|20[0-9]{2}年度?$")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """`text` in half width and simplified script, without invisible characters and copying debris."""
    if _ODD.search(text):
        text = text.translate(_PLAINER)
    if not text.isascii():
        text = _TRADITIONAL.convert(text)
        for wrong, right in _SCRIPT_FIXES:
            text = text.replace(wrong, right)
    if "[" in text:
        text = _BOOKMARK.sub("", text)
    return _PINYIN.sub("", text) if "(" in text else text


def number(text: str) -> str:
    """The number printed before a label (`三` of 三、, `六` of （六）, `1` of 1.); empty where there is none."""
    numbering = _NUMBERING.match(_squeezed(text))
    found = _NUMBER.findall(numbering.group()) if numbering else []
    return found[-1] if found else ""


def numbering_end(text: str, start: int) -> int:
    """Where the numbering that `text`, in plain form, has at `start` ends; `start` where there is none."""
    numbering = _NUMBERING.match(text, start)
    return numbering.end() if numbering else start


@lru_cache(maxsize=65536)
def full_key(text: str) -> str:
    """The key of a label with all its words: no blanks, numbering, footnote marks or punctuation."""
    squeezed = _squeezed(text)
    return squeezed if squeezed.isalpha() else _PUNCTUATION.sub("", _bare(squeezed))


@lru_cache(maxsize=65536)
def loose_key(text: str) -> str:
    """The key of a label without what stands in brackets and without a year put before or behind it."""
    squeezed = _squeezed(text)
    if squeezed.isalpha():
        return squeezed
    key = _PUNCTUATION.sub("", _BRACKETED.sub("", _bare(squeezed)))
    return _YEAR.sub("", key) or key


def _squeezed(text: str) -> str:
    pieces = plain(text).split()
    return pieces[0] if len(pieces) == 1 else "".join(pieces)


def _bare(squeezed: str) -> str:
    """`squeezed` without footnote marks and numbering."""
    unmarked = _FOOTNOTE.sub("", squeezed)
    return unmarked[numbering_end(unmarked, 0) :]
