"""Charsets by the bytes: lists of GBK whose header says UTF-8, and the other way round, asked for as browsers would."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from pipeline.archive import Archive, Outcome
from tests.crawler import town
from tests.crawler.command import crawl, portals_file
from tests.crawler.farm import Farm, Reply


@pytest.mark.parametrize(
    ("written", "claimed"), [("gb18030", "utf-8"), ("utf-8", "gbk"), ("gb18030", "iso-8859-1")]
)
def test_a_list_is_read_and_its_queries_are_asked_in_its_charset(
    tmp_path: Path, written: str, claimed: str
) -> None:
    def page(text: str) -> Reply:
        told = text.replace('charset="utf-8"', f'charset="{claimed}"')
        return Reply(told.encode(written), content_type=f"text/html; charset={claimed}")

    def named(path: str, word: str) -> str:
        return f"{path}?lm={quote(word, encoding=written)}"

    years = {year: f"清溪镇财政所{year}年政府信息公开工作年度报告" for year in (2022, 2023)}
    site = {
        "/": page(town.page("首页", [("/list.asp?lm=年报", "政府信息公开年报")])),
        named("/list.asp", "年报"): page(
            town.page(
                "政府信息公开年报", [(f"/nr.asp?lm=年报{year}", title) for year, title in years.items()]
            )
        ),
    }
    site |= {named("/nr.asp", f"年报{year}"): page(town.report(title)) for year, title in years.items()}
    with Farm(site) as farm:
        assert crawl(portals_file(tmp_path, {"990900": farm.home}), tmp_path).returncode == 0
    with Archive.open(tmp_path / "archive", writable=False) as archive:
        held = [one for one in archive.entries() if one.kind == "report" and one.outcome == Outcome.HELD]
        noted = {(one.organ_hint, one.year_hint) for one in archive.sightings() if one.verdict == "report"}
    assert {farm.path_of(one.url) for one in held} == {named("/nr.asp", f"年报{year}") for year in years}
    assert noted == {("清溪镇财政所", 2022), ("清溪镇财政所", 2023)}
