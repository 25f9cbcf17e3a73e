"""The parts that characters are looked up by (⼈, ⻔), which some printers tell instead of the characters (人, 门).

One shape in a font may stand for both, and a PDF names only one of them.
"""

from __future__ import annotations

import unicodedata

_FIRST, _END = "\u2e80", "\u2fe0"
# Of the simplified forms Unicode itself names no character.
_SUPPLEMENT = dict(
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰",
        "民虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙",
        strict=True,
    )
)


def as_written(text: str) -> str:
    """`text`, one character, as the character that is written where it is only a part to look it up by."""
    if not _FIRST <= text < _END:
        return text
    return _SUPPLEMENT.get(text) or unicodedata.normalize("NFKC", text)
