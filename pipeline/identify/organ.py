"""The name of an organ as it stands in a title or a signature."""

from __future__ import annotations

import re

from pipeline.identify.normalise import Folded
from pipeline.identify.year import DATE, DOCUMENT_NUMBER, YEAR, blank

# What the name of an organ or of its area ends in.
_ENDINGS = (
    r"研究室|参事室|省|市|县|区|旗|州|盟|镇|乡|街道|街|苏木|嘎查|村|社区|政府|局|厅|委|会|"
    r"部|署|院|办|公室|事处|处|所|站|中心|队|馆|社|组|司|团|师|场|园|城|关|[银支分总商]行|"
    r"校|部门|机关|本级|联|协|台|狱|库|港|岛|窗口|段|科|股|庭|基地|公司|"
    r"大学|学院|中学|小学|幼儿园|兵团|群岛|系统|海事|税务|地震|气象"
)
_ENDING = re.compile(rf"(?:{_ENDINGS})$")
_BRACKET = re.compile(r"[(\[【〔{][^()\[\]【】〔〕{}]*[)\]】〕}]")
_NAME = re.compile(
    r"(?![一二三四五六七八九十]+、)(?:\d{1,3}(?=[团师连号]))?[\u3400-\u9fff][\u3400-\u9fff\d〇○·•・、()\-]{0,58}[\u3400-\u9fff)]"
    r"|\d{1,3}[团师连]"
)
# Words that stand for an organ without naming it.
_PRONOUN = re.compile(
    r"[我本该][局委办厅院部市县区镇乡州省校站处]|本(?:机关|单位|部门|级)|各?有?关?部门|全[市县区镇乡州省国体]"
    r"|.*(?:各(?:乡镇|县区|区县|部门|单位|街道|镇|乡|县|市|区|级)|[市县区省州](?:直|级|政府)?(?:各)?(?:部门|单位)|乡镇街道|县市区)"
    r"|[市县区省州]?本级|乡镇|街道|[区县]市?[区县]|乡镇街道|部门|单位|机关|(?:各级)?行政机关|政府|人民政府|高等学校|高校|学校|各单位|中国|我国|[市县区省州]"
)
_AREA = re.compile(rf"(?:^|关于|{YEAR})全[市县区镇乡州省](?!委)|(?:^|[省市县区州])各[市县区镇乡部]|汇总")
_LEADING = re.compile(
    r"(?:关于|有关|现将|公布|发布|印发|转发|报送|上报|呈报|呈送|图解|一图(?:读懂|看懂|速览|了解)|数说|解读|下载|附件\d*|首页|标题|名称|最新|转载|公告|公示|年报|全文|年度|学年度?|一级|"
    r"\d{1,3}[.、)]|0?\d(?![\d团师连号])|[^\u3400-\u9fff\d])+"
)
_TRAILING = re.compile(
    r"(?:关于|有关|公布|发布|印发|编制|召开|举办|举行|开展|落实|推进|实施|执行|贯彻|年度|本年度?|全年|上年度|对|的|之|主动|依法|"
    r"[^\u3400-\u9fff\d)])+$"
)
_SITE = re.compile(r"(?:网|网站|门户|平台|官网|首页|频道|客户端|专栏|公众号)$")
# An area's site signs its titles with the government's name, whoever the report is of.
_SITE_OWNER = re.compile(r"(?:[省市县区旗州盟]|兵团)(?:人民)?政府$")
_EDGES = "()[]【】〔〕-—–_|:：·"
_LONGEST = 120  # no name of an organ is longer, with the words that lead to it
_PLACE = re.compile(r"[省市县区旗州盟]$")
# The name of a column in front of the title: 青溪县政府信息公开 青溪县商务局2021年….
_COLUMN = re.compile(
    r".{0,30}(?:信息|政务)公开(?:专栏|平台|年报)?(?!办|局|中心|科|处|领导|工作|服务|管理|[和与及暨、])"
)
_ANY_YEAR = re.compile(YEAR)
_PIECES = re.compile(rf"[(\[【〔]?(?:{YEAR})[)\]】〕]?|(?<!\d)\d{{2,6}}年度?|[:：|,，;；\u0001]+")


def is_organ(key: str) -> bool:
    """Whether a folded text is, as a whole, the name of an organ or of an area."""
    bare = _BRACKET.sub("", key)
    if not 2 <= len(bare) <= 60 or _NAME.fullmatch(key) is None:
        return False
    return (
        _ENDING.search(bare) is not None and _PRONOUN.fullmatch(bare) is None and _SITE.search(bare) is None
    )


def names_area(key: str) -> bool:
    """Whether what stands before the kind of paper speaks of a whole area or of a roll-up (全市, 汇总)."""
    return _AREA.search(key) is not None


def leads_nowhere(key: str) -> bool:
    """Whether words stand in front of 信息公开 that name no organ: a field of disclosure (食品安全, 征地)."""
    bare = _BRACKET.sub("", blank(key, DOCUMENT_NUMBER, DATE, _ANY_YEAR))
    trailing = _TRAILING.search(bare)
    bare = _LEADING.sub("", bare[: trailing.start()] if trailing else bare, count=1)
    return re.search(r"[\u3400-\u9fff]{2}", bare) is not None and not (
        _PRONOUN.fullmatch(bare) or names_area(bare) or is_organ(bare)
    )


def organ_in(text: Folded) -> str | None:
    """The organ that a run of text consists of, after words that only lead to it or away from it; else None."""
    if len(text.key) > _LONGEST:
        return None
    start, end = 0, len(text.key)
    leading = _LEADING.match(text.key)
    if leading:
        start = leading.end()
    trailing = _TRAILING.search(text.key, start)
    if trailing:
        end = trailing.start()
    key = text.key[start:end]
    column = _COLUMN.match(key)
    if column:
        return organ_in(text.cut(start + column.end(), end))
    about = key.rfind("关于")
    if about > 0:
        after = text.cut(start + about + 2, end)
        return organ_in(after) or organ_in(text.cut(start, start + about))
    if not is_organ(key):
        return None
    return text.printed[start:end]


def _opening_bracket(text: Folded) -> tuple[Folded, Folded]:
    """The inside of a bracket at the very beginning, and what follows it."""
    match = _BRACKET.match(text.key)
    if match is None:
        return text.cut(0, 0), text
    return text.cut(1, match.end() - 1), text.cut(match.end())


def organ_before(text: Folded) -> str | None:
    """The organ named in front of the kind of paper: 2023年度衢州市农业农村局, 【市教育局】2021年."""
    text = Folded(blank(text.key, DOCUMENT_NUMBER, DATE), text.printed, text.gaps)
    bracketed, rest = _opening_bracket(text)
    pieces: list[str] = []
    last = 0
    for match in [*_PIECES.finditer(rest.key), None]:
        end = len(rest.key) if match is None else match.start()
        organ = organ_in(rest.cut(last, end))
        if organ is not None:
            pieces.append(organ)
        last = 0 if match is None else match.end()
    if not pieces:
        return organ_in(bracketed) if bracketed.key else None
    if len(pieces) > 1 and _PLACE.search(pieces[-2]) and not pieces[-1].startswith(pieces[-2]):
        return pieces[-2] + pieces[-1]
    return pieces[-1]


def owns_site(organ: str) -> bool:
    """Whether an organ is the government of an area, whose name stands on every page of the area's site."""
    return _SITE_OWNER.search(organ) is not None


def organ_beside(text: Folded) -> str | None:
    """The organ named behind the title or in another part of it (2020年报_审计局), never the owner of the site."""
    start = len(text.key) - len(text.key.lstrip(_EDGES))
    organ = organ_before(text.cut(start, max(start, len(text.key.rstrip(_EDGES)))))
    return None if organ is None or owns_site(organ) else organ
