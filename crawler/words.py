"""The words that lead to yearly reports, as patterns over the texts of links.

They are those of research on some 3,200 portals.
"""

from __future__ import annotations

import re

from pipeline.identify import Reason

# Anchor texts of the column wanted, best first.
COLUMNS = (
    "政府信息公开年报",
    "政府信息公开工作年度报告",
    "政府信息公开年度报告",
    "信息公开年报",
    "信息公开工作年度报告",
    "信息公开年度报告",
    "公开年报",
    "公开年度报告",
)
COLUMN = re.compile(r"公开(?:工作|情况|的|年度)*(?:年报|年度报告|报告)(?:专栏|专题|专区|列表|查询|汇总)?$")
BARE_COLUMN = re.compile(
    r"(?:历年|历史|往年|以往|往期)?(?:年度报告|年报|工作年报|年度工作报告)(?:专栏|列表|查询)?"
)
SLUG = re.compile(
    r"(?:zf)?(?:xx|zw)?gk(?:gz){0,2}(?:nd)?(?:nb|ndbg|nbao|zndbg|ndgzbg|ndgzgbg)\w*|zfxxgk_gknbz|gknb|(?:nd)?xxgkbg|xxgknb\w*|"
    r"gkndbg|ndbg|annual_?report|opennessannualreport|xxgkannualreport|zfgknb|bmnb",
    re.IGNORECASE,
)
_SITES = r"(?:部门|单位|机关|机构|乡镇|镇街|街道|县区|区县|县市区)(?:政府)?(?:门户)?(?:网站群?|子站|站群|网站链接|导航)"
# Anchor texts of the pages on the way, with how promising each is.
WAYS = (
    (re.compile(r"政府信息公开(?:专栏|平台|专区|目录|网|栏目)?"), 60),
    (re.compile(r"(?:法定)?主动公开(?:内容|目录)?|法定主动公开(?:内容|目录)"), 20),
    (re.compile(r"信息公开(?:专栏|平台|专区|目录|网|栏目)?"), 50),
    (re.compile(r"政务公开(?:专栏|平台|专区|网|栏目)?"), 45),
    (re.compile(r"公开"), 40),
    (re.compile(r"专题(?:专栏|集锦|聚焦)?|(?:热点|重点|特色)专题|专题专栏|专栏专题"), 25),
    (re.compile(r"(?:政府)?信息公开(?:指南|制度)"), 15),
    (
        re.compile(
            r"\w{0,3}(?:部门|单位|机关|乡镇|镇街|街道|县区|区县|县市区)\w{0,4}?(?:政务|政府信息|信息)?公开(?:专栏|平台|目录)?"
        ),
        42,
    ),
    (re.compile(rf"\w{{0,3}}{_SITES}"), 25),
)
ORGANS = re.compile(
    rf"(?:部门|单位|机关|乡镇|镇街|街道|县区|区县|县市区)\w{{0,6}}公开|公开\w{{0,3}}(?:部门|单位)|{_SITES}"
)
SURE = 92
"""How promising the column itself is at least."""
BLOCK = 20
"""How promising the other blocks of a disclosure page are at most: their menu is the same as that of 年报."""
WAY_SLUGS = re.compile(r"/(?:zfxxgk|xxgk|govxxgk|zfxxgkzl|zfxxgkzn)\w*/?(?:index\.s?html?)?$", re.IGNORECASE)
YEAR = re.compile(r"(?:20\d\d|二[〇○零o][〇○零一二三]\w)年?度?(?:年?度?(?:工作)?(?:报告|年报|报))?")
_LEVEL = r"[省市州盟区县旗镇乡地]"
_HAND = r"(?:部门|单位|机关|机构)"
GROUP = re.compile(
    rf"{_LEVEL}?人民政府(?:本级|办公室)?|{_LEVEL}政府|{_LEVEL}?本级(?:政府|机关|部门|单位)?|"
    r"政府(?:部门|机关|本级|办公室)?|"
    rf"(?:{_LEVEL}|政府){{0,2}}[直级属]?(?:部门|单位|属)(?:单位|部门)?|"
    rf"(?:{_LEVEL}|政府){{0,3}}(?:[直级属]|所属|组成|工作|职能|直属|派出|其[他它]|有关|相关|各|及){{1,3}}{_HAND}{{1,2}}|"
    rf"(?:公共)?(?:企?事业|[垂双](?:直|重)?管(?:理)?|(?:中央|省|部|省部|中省){{0,2}}(?:属|直)?驻{_LEVEL}){_HAND}|"
    rf"[县市区旗州]{{2,5}}(?:人民政府|政府|{_HAND})?|功能区|"
    r"(?:各)?(?:县市区|县区|区县|乡镇|镇街|街镇|街道|镇|乡|旗县|园区|开发区)\w{0,6}|各\w{1,8}|直属\w{1,6}"
)
"""Of words without brackets and enumeration marks, as `names_group` takes them."""
OF_PART = re.compile(r"(?:其[他它]|历年|往年)?(.+?)(?:政府)?(?:信息公开)?(?:工作)?(?:年报|年度报告)")
"""The reports of a part of a column: 部门年报, 2023年年报, 其他部门信息公开年报."""
CUT = re.compile(r"(?:…+|\.{2,}|·{3,})$")
CUT_SUBJECT = re.compile(r"20\d\d.*政府(?:信|信息|信息公)?(?:…+|\.{2,}|·{3,})$")
"""A title that a list has cut within 政府信息公开."""
GENERIC = re.compile(
    r"(?:查看|详情|详细|更多|全文|下载|正文|点击\w*|文字版|pdf版?|word版?|html版?|[>》\W])*", re.IGNORECASE
)
PAGER = re.compile(
    r"\W*(?:首页|首|第一页|[上前下后]一?页|[上下前后]翻页?|最?[尾末]页|尾|[<>«»‹›]+|(?:第\s*)?\d{1,3}\s*页?\W*|prev\w*\W*|next\W*|"
    r"上[一个]?月|下[一个]?月|上一年|下一年|今天|本月)\W*",
    re.IGNORECASE,
)
NO_WAY = re.compile(
    r"登[录陆]|注册|搜索|检索|日历|信箱|邮箱|申请|投诉|咨询|访谈|办事|服务|地图|微博|微信|无障碍|english|首页|打印|关闭|收藏",
    re.IGNORECASE,
)
"""Words of pages that lead to no column of anything, or are no page to be asked for."""
LEFT = frozenset({Reason.NOT_ABOUT_DISCLOSURE, Reason.NO_TITLE})
