"""Pages of the size and kind of real ones: a sample report in the middle of a portal's furniture. Pure.

The furniture is menus, headlines, styles and scripts of invented words, which pack to about a fifth, as real ones do.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from pipeline.sample import sample_reports

_WORDS = (
    "便民 服务 建设 管理 发展 项目 工作 推进 通知 意见 方案 办理 群众 企业 改革 创新 环境 "
    "教育 医疗 交通 农业 水利 财政 审计 民生 就业 住房 法治 应急 统计 会议 领导 机构 规划 计划 招标 采购 公告"
)
_SLUGS = (
    "xwzx zwgk zfxxgk zcwj gsgg rsxx ghjh tjsj czzj zfcg xzsp bszn jyta hygq spaq hjbh aqsc jycy shbz ylws wjbz "
    "zdgc ldzc jgzn main nav left right list item title content footer header news more box"
)
_CUT = "<!--cut-->"


def report_page(size: int) -> list[bytes]:
    """A report of `size` bytes, or of its own size where that is larger, cut wherever its title goes."""
    whole = next(iter(sample_reports())).html.decode()
    title = re.search(r"<h1>(.+?)</h1>", whole)
    if title is None:
        raise ValueError("the sample's report has no heading")
    return _furnished(whole, size).split(title[1].encode())


def list_page(size: int) -> list[bytes]:
    """A page that is no report, of `size` bytes and what goes into it, cut where its title and its body go."""
    plain = f"<!DOCTYPE html><html><head><title>{_CUT}</title></head><body><h1>公开</h1>{_CUT}</body></html>"
    return _furnished(plain, size).split(_CUT.encode())


def _furnished(page: str, size: int) -> bytes:
    chance = random.Random(size)  # noqa: S311 - no secret
    head, body, rest = page.partition("<body>")
    before, after = [_made(share * (size - len(page.encode())), chance) for share in (0.7, 0.3)]
    return f"{head}{body}{before}{rest.replace('</body>', after + '</body>')}".encode()


def _made(size: float, chance: random.Random) -> str:
    made: list[str] = []
    length = 0
    pieces = _pieces(chance)
    while length < size:
        made.append(next(pieces))
        length += len(made[-1].encode())
    return '<ul class="nav">{}</ul>'.format("\n".join(made))


def _pieces(chance: random.Random) -> Iterator[str]:
    vocabulary, slugs = _WORDS.split(), _SLUGS.split()

    def words(least: int, most: int) -> str:
        return "".join(chance.choices(vocabulary, k=chance.randint(least, most)))

    while True:
        one, other = chance.choices(slugs, k=2)
        yield f'<li><a href="/{one}/{other}/" target="_blank">{words(2, 3)}</a></li>'
        day, name = f"2024{chance.randint(1, 12):02}{chance.randint(1, 28):02}", words(6, 12)
        path = f"/{one}/{day[:6]}/t{day}_{chance.randint(10**5, 10**6)}.html"
        yield f'<li><a href="{path}" target="_blank" title="{name}">{name}</a><span>{day}</span></li>'
        margin, colour = chance.randint(0, 30), chance.randint(0, 0xFFF)
        yield f"<style>.{one} .{other}{{margin:{margin}px auto;color:#{colour:03x};float:left}}</style>"
        yield f'<script>var {one} = document.getElementById("{other}"); {one}.style.display = "none";</script>'
