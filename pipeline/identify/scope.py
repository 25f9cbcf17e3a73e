"""Does a report speak for one organ or for an area."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FIRST = 15  # lines in which a report says what it is made from
_MADE_FROM = re.compile(r"编制|汇总|综合|形成")
_AREA = re.compile(
    r"汇总|综合(?!行政|执法|保税|治理|整治|服务|管理|监管|考评|运用|体|性|办|交通|窗口|股|科)"
    r"|各(?:县|市|区|乡|镇|街道|地|级)[^,，。]{0,30}(?:部门|单位|政府|街道|报告|年报|数据|情况)|各部门"
    r"|[\d一二三四五六七八九十]+个(?:乡|镇|县|区|市|街道|部门)"
    r"|[市县区省州旗](?:直|属|级|政府)(?:各|有关|所属|直属|部门|、)*(?:部门|单位)|所属部门"
    r"|全[市县区省州旗](?:各|政府信息|行政机关|范围|政务公开)"
)
_GOVERNMENT = re.compile(
    r"(?:[省市县区旗州盟]|开发区|新区|管委会|管理委员会)(?:人民)?(?:政府)?$|政府(?:办公[室厅]|办)$|党政办(?:公室)?$"
)
_SINGLE = re.compile(
    r"(?:局|厅|委|委员会|办公室|中心|镇|乡|街道|办事处|苏木|[镇乡]人民政府|[镇乡]政府|队|站|所|处|署|部|院|联合会|社|馆|协会)$"
)


def read_scope(keys: Sequence[str], organ: str | None, *, area: bool) -> str | None:
    """`area` for a roll-up, `own` for a single organ that does not roll up, None for a government that says neither.

    `keys` are folded lines; `area` says that the title already speaks of the whole area.
    """
    sentences = (sentence for key in keys[:_FIRST] for sentence in re.split("[。;；]", key[:1500]))
    if area or any(_MADE_FROM.search(one) and _AREA.search(one) and "报告" in one for one in sentences):
        return "area"
    if organ is None or _GOVERNMENT.search(organ):
        return None
    return "own" if _SINGLE.search(organ) else None
