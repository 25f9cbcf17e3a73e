"""What stands around the reports on every portal: menus, news, other columns with paging of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from tests.crawler.province.portal import Portal

COLUMNS = (
    ("要闻动态", "ywdt"),
    ("部门动态", "bmdt"),
    ("通知公告", "tzgg"),
    ("政策文件", "zcwj"),
    ("政策解读", "zcjd"),
    ("规划计划", "ghjh"),
    ("财政预决算", "czyjs"),
    ("人事信息", "rsxx"),
    ("重大项目", "zdxm"),
    ("政府采购", "zfcg"),
    ("统计信息", "tjxx"),
    ("建议提案办理", "jytabl"),
    ("政府公报", "zfgb"),
    ("行政执法公示", "xzzfgs"),
    ("在线访谈", "zxft"),
    ("民意征集", "myzj"),
    ("专题专栏", "ztzl"),
    ("走进本市", "zjbs"),
)
HEADLINES = (
    "市政府召开第三十二次常务会议",
    "全市防汛工作会议召开",
    "关于2024年公开招聘事业单位工作人员的公告",
    "市财政局2023年度部门决算公开",
    "我市举办政务公开工作培训会",
    "2024年国民经济和社会发展统计公报",
    "市教育局2023年工作总结",
    "今年重点工程建设进展顺利",
    "关于征求《城市绿化管理办法》意见的公告",
    "2023年度法治政府建设情况报告",
    "市领导调研乡村振兴工作",
    "关于公布2023年度企业年度报告公示情况的通告",
)
BLOCKS = ("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "依申请公开")

Shell = Callable[[str, str], str]
"""A whole page of the portal from its title and its main part."""


def anchors(pairs: Iterable[tuple[str, str]], line: str = '<li><a href="{href}">{text}</a></li>') -> str:
    """One line for each (address, text)."""
    return "\n".join(line.replace("{href}", href).replace("{text}", text) for href, text in pairs)


def metas(values: Mapping[str, str], style: int = 0) -> str:
    """Meta tags, in one of the ways in which portals write them."""
    line = (
        '<meta name="{name}" content="{value}">',
        "<meta content='{value}' name='{name}' />",
        '<META NAME="{name}" CONTENT="{value}"/>',
    )[style]
    return "\n".join(line.format(name=name, value=value) for name, value in values.items())


def cut(title: str, length: int = 24) -> str:
    return title if len(title) <= length else title[:length] + "..."


def other_columns(
    portal: Portal,
    shell: Shell,
    fronts: Iterable[tuple[str, str]],
    article: Callable[[str, int], str],
    more: Callable[[str], str],
) -> None:
    """Columns that hold no reports. Each has a first page with articles and a way to its second page; a crawl may look
    at the first pages, and at nothing behind them. `fronts` are (address, name); `article` and `more` give addresses.
    """
    for front, name in fronts:
        inside = [(article(front, number), text) for number, text in enumerate(HEADLINES)]
        further = more(front)
        portal.forbid([path for path, _ in inside])
        portal.forbid([further])
        pager = (
            f'<div class="page"><a href="{front}">首页</a><a href="{further}">下一页</a>'
            f'<a href="{further}">尾页</a></div>'
        )
        portal.add(front, shell(name, f"<ul class='list'>{anchors(inside)}</ul>{pager}"))
