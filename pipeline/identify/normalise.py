"""One spelling for matching, and the printed characters beside it.

Portals and their copies write the same title in full-width or half-width signs, in traditional script, with spaces
inside words, or with pinyin in brackets behind a character. Patterns are matched against the folded text; what is
handed on is the printed text at the same place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from opencc import OpenCC

# Brackets holding a syllable in Latin letters behind a Chinese character: 請(qǐng), 政(zheng)(zheng).
_PINYIN = re.compile(r"(?<=[\u3400-\u9fff])(?:\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿê]{1,7}\))+")
# Radicals and compatibility forms that PDF text layers print in place of the character.
_LOOK_ALIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_VARIANTS = (("资讯公开", "信息公开"), ("咨讯公开", "信息公开"), ("报吿", "报告"), ("〈", "《"), ("〉", "》"))


@dataclass(frozen=True, slots=True)
class Folded:
    """`key` for matching and `printed` for handing on, of equal length, neither with white space.

    `gaps` holds the places in front of which white space stood.
    """

    key: str
    printed: str
    gaps: frozenset[int] = frozenset()

    def cut(self, start: int, end: int | None = None) -> Folded:
        """The part between two places, its gaps counted anew."""
        end = len(self.key) if end is None else end
        gaps = frozenset(gap - start for gap in self.gaps if start <= gap < end)
        return Folded(self.key[start:end], self.printed[start:end], gaps)


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _simplified(text: str) -> str:
    """The text in simplified script, of the same length."""
    whole = str(_converter().convert(text))
    if len(whole) == len(text):
        return whole
    single = (str(_converter().convert(character)) for character in text)
    return "".join(new if len(new) == 1 else old for new, old in zip(single, text, strict=True))


@lru_cache(maxsize=65536)
def _one(character: str) -> str:
    wide = unicodedata.normalize("NFKC", character)
    lower = wide.lower()
    return lower if len(lower) == 1 else character


def fold(text: str) -> Folded:
    """Fold a text of any origin. Never raises; time is linear in the length."""
    keys: list[str] = []
    prints: list[str] = []
    gaps: set[int] = set()
    for character in unicodedata.normalize("NFC", text):
        if character.isspace():
            gaps.add(len(keys))
        elif character.isprintable():
            key = _one(character)
            keys.append(key)
            prints.append(key if _LOOK_ALIKE.match(character) else character)
    key = _usual(_simplified("".join(keys)))
    return _without(Folded(key, "".join(prints), frozenset(gaps)), _PINYIN)


def folded_key(text: str) -> str:
    """The folded text alone, for where the printed form is not wanted: the same as `fold(text).key`."""
    keys = "".join(map(_one_or_none, unicodedata.normalize("NFC", text)))
    return _PINYIN.sub("", _usual(_simplified(keys)))


def folded_keys(texts: Sequence[str]) -> list[str]:
    """`folded_key` of each text, at the cost of one."""
    if not texts:
        return []
    keys = "\n".join("".join(map(_one_or_none, unicodedata.normalize("NFC", text))) for text in texts)
    return _PINYIN.sub("", _usual(_simplified(keys))).split("\n")


@lru_cache(maxsize=65536)
def _one_or_none(character: str) -> str:
    return _one(character) if character.isprintable() and not character.isspace() else ""


def _usual(key: str) -> str:
    for variant, usual in _VARIANTS:
        key = key.replace(variant, usual)
    return key


def _without(text: Folded, pattern: re.Pattern[str]) -> Folded:
    """The text without the matches of a pattern."""
    spans = [match.span() for match in pattern.finditer(text.key)]
    if not spans:
        return text
    kept: list[int] = []
    last = 0
    for start, end in spans:
        kept.extend(range(last, start))
        last = end
    kept.extend(range(last, len(text.key)))
    gaps = frozenset(new for new, old in enumerate(kept) if old in text.gaps)
    return Folded("".join(text.key[i] for i in kept), "".join(text.printed[i] for i in kept), gaps)
