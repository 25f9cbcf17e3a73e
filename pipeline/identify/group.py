"""Words that stand for several organs, each of which has a report of its own: 县直部门, 各乡镇(街道), 县(市、区)."""

from __future__ import annotations

import re

from pipeline.identify.year import DATE, DOCUMENT_NUMBER, YEAR, blank

_LEVEL = r"[省市州盟区县旗镇乡]"
_HANDS = r"(?:部门|单位|机构|机关)"
_LOCAL = (
    r"(?:乡镇|镇乡|镇街|街镇|镇办|乡|镇|街道|办事处|县市区|市县区|县区|区县|市县|县市|旗县|县|市|区|旗|地)"
)
_SEVERAL = r"(?:县市区|市县区|县区|区县|县市|市县|旗县区?|乡镇街道|镇街道|乡镇|镇街|街镇|镇办|功能区)"
_BEHIND = r"(?:人民政府|政府|街道|办事处|管委会|园区|开发区|部门|单位|机关)"
_GROUP = re.compile(
    rf"(?:.{{0,12}}{_LEVEL}(?:人民政府|政府|委)?)?(?:"
    rf"各(?:{_LOCAL}|部门|单位|委办局|科室|园区|开发区|直属){{1,3}}{_BEHIND}{{0,2}}"
    rf"|(?:[直级属]|所属|组成|工作|职能|直属|派出|其[他它]|有关|相关|各级?){{1,3}}{_HANDS}{{1,2}}"
    rf"|(?:公共)?(?:企?事业|垂直管理|双重管理|[垂双]管|(?:中央|中|省|部){{0,2}}[属直]?驻{_LEVEL})(?:部门|单位|机构)"
    rf"|{_SEVERAL}{_BEHIND}?|部门|单位)"
)
_OWN = frozenset({"部门", "单位"})  # behind the name of an organ, words for that organ: 县民政局2020年部门…
_YEAR = re.compile(rf"[(\[【〔]?(?:{YEAR})[)\]】〕]?")
_MARKS = re.compile(r"[()\[\]【】〔〕、,/\s《]|的$")


def names_group(key: str) -> bool:
    """Whether folded words in front of the kind of paper, or in brackets behind it, end in those for several organs."""
    pieces = (_MARKS.sub("", piece) for piece in _YEAR.split(blank(key, DOCUMENT_NUMBER, DATE)))
    words = [piece for piece in pieces if piece]
    if not words or (len(words) > 1 and words[-1] in _OWN):
        return False
    return _GROUP.fullmatch(words[-1]) is not None
