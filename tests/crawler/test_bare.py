"""A page with the title of a report and no text is no report held, but a gap that is asked for again."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.answers import Answer
from crawler.outcomes import ending_of
from crawler.urls import Scope
from pipeline.archive import Outcome
from pipeline.build import build
from pipeline.coverage import coverage
from tests.crawler import town
from tests.crawler.command import crawl, ledger, portals_file
from tests.crawler.farm import Farm, Reply

TITLE = "清溪镇财政所2023年政府信息公开工作年度报告"
LATER = "/zfxxgknb/t20240110_0.html"
TOLD = "全年没有收到申请，没有收取费用，也没有因此引起的复议和诉讼。" * 3
MENU = "".join(f'<a href="/{n}/">栏目之{n}</a>' for n in range(90))


def shown(body: str, *, menu: str = MENU) -> str:
    around = "<p>发布时间：2024-01-12　来源：办公室　字体：大 中 小</p>"
    foot = "<div>主办：清溪镇人民政府　备案号：测备00000000号　联系电话：0000-0000000</div>"
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{TITLE}</title></head><body>{menu}"
        f"<h1>{TITLE}</h1>{around}<div id=zoom>{body}</div>{foot}</body></html>"
    )


def outcome(page: str, kind: str = "report") -> Outcome:
    url = "http://www.qingxi.gov.cn/nb/202401/t20240112_1.html"
    answer = Answer(url, kind, 200, {"content-type": "text/html"}, page.encode())
    return ending_of(answer, Scope.of(url)).outcome


@pytest.mark.parametrize("menu", [MENU, MENU * 20])
@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p>内容正在更新中，敬请期待。</p>",
        "<p>&nbsp;</p>",
        "<p>　</p><script>count(1);</script>",
        '<p>上一篇：<a href="t20230112_9.html">清溪镇财政所2022年政府信息公开工作年度报告</a></p>',
        '<img src="/images/logo.png">',
    ],
)
def test_a_title_alone_is_none(body: str, menu: str) -> None:
    assert outcome(shown(body, menu=menu)) is Outcome.SOFT_404
    assert outcome(shown(body, menu=menu), "list") is Outcome.HELD


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{TOLD}</p>",
        "<table><tr><td>申请</td><td>1</td></tr></table>",
        '<img src="./W020240112001.jpg">',
        '<img src="data:image/png;base64,' + "iVBORw0KGgoAAAAN" * 20 + '">',
        '<a href="./P020240112001.pdf">全文</a>',
        "<p>附件：年度报告</p>",
        '<iframe src="/show/1.html"></iframe>',
        '<embed src="/show/1.swf">',
        f"<script>show('{TOLD}')</script>",
        "<script>show('" + "\\u5e74" * 30 + "')</script>",
        "".join(f"<p>{n} 受理申请 {n} 件</p>" for n in range(70)),
        "".join(
            f'<a href="t2024011{n}_{n}.html">清溪镇第{n}站2023年政府信息公开工作年度报告</a>'
            for n in range(4)
        ),
    ],
)
def test_a_page_with_anything_of_its_own_is_kept(body: str) -> None:
    assert outcome(shown(body)) is Outcome.HELD


def test_the_text_is_got_when_it_has_come(tmp_path: Path) -> None:
    with Farm(lambda home: {**town.small(home), LATER: Reply(shown("").encode())}) as farm:
        portals = portals_file(tmp_path, {"990900": farm.home})
        assert crawl(portals, tmp_path).returncode == 1
        build(tmp_path)
        missing = [(row.url, row.state, row.reason) for row in coverage(tmp_path) if row.report_year == 2023]
        assert (farm.home + LATER[1:], "failed", "soft_404") in missing
        assert [state for _, state, _ in missing].count("held") == 2
        farm.site = town.small(farm.home)
        assert crawl(portals, tmp_path).returncode == 0
    last = {farm.path_of(entry.url): entry.outcome for entry in ledger(tmp_path)}
    assert last[LATER] is Outcome.HELD
