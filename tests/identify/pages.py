"""Bodies of pages in our own words, in the shapes that portals print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.identify import Identity, identify_page

TITLE = "青溪县商务局2021年政府信息公开工作年度报告"

SIX_HEADINGS = (
    "一、总体情况",
    "2021年，我局把公开工作列入年度计划，网站全年发布信息312条，答复来信15件。",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "一是栏目更新不够快，二是人手较少，今后逐步改善。",
    "六、其他需要报告的事项",
    "无。",
)

EARLIER_HEADINGS = (
    "一、概述",
    "2012年，全局共公开信息85条。",
    "二、主动公开政府信息情况",
    "三、依申请公开政府信息情况",
    "四、政府信息公开的收费及减免情况",
    "五、因政府信息公开申请行政复议、提起行政诉讼的情况",
    "六、存在的主要问题及改进情况",
)

FORM_CIRCULAR = (
    "各科室、各直属单位：",
    "现将修订后的报告格式印发给你们，请认真贯彻执行。",
    "政府信息公开工作年度报告格式",
    "一、总体情况",
    "这一部分写本机关一年来的总体情况。",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
    "2021年9月26日",
)

SIGNED = ("青溪县商务局", "2022年1月20日")


def look(
    lines: Sequence[str], title: str | None = None, metadata: Mapping[str, str] | None = None
) -> Identity:
    """What a page with these lines, title and tags is."""
    return identify_page([title] if title else [], lines, metadata or {})
