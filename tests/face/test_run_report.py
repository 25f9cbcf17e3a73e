"""The report of a run as people read it: once by eye, and never broken by what portals write."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from crawler.run_facts import Gap, HostLeft, PortalReport, RunReport, SessionReport
from gongkai.run_report import markdown, short
from gongkai.run_report.advice import ADVICE
from gongkai.run_report.words import size, years
from pipeline.archive import Outcome
from tests.crawler import town
from tests.crawler.command import crawl, portals_file
from tests.crawler.farm import Farm
from tests.face.running import in_this_process as gongkai

TEN = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
HOME = "http://www.qingxi.gov.cn/"


def gap(
    number: int, reason: Outcome, kind: str = "report", *, text: str = "年度报告", note: str | None = None
) -> Gap:
    return Gap(kind, reason, f"{HOME}{number}.html", text, HOME + "nb/", note, asked=number < 9)


def after(minutes: float) -> datetime:
    return TEN + timedelta(minutes=minutes)


WHOLE = PortalReport(
    "371502", "河口区", "http://www.hekou.gov.cn/", announced=40, held=40, before=30, files=4, pages=12, requests=27,
    size=1_200_000, waited=timedelta(seconds=54), first=after(1), last=after(3), came=True, family="gkmlpt",
    unchanged=3, look_alikes=Counter({"website_report": 1}),
)  # fmt: skip
REFUSED = PortalReport(
    "370800", "清溪市", HOME, announced=12, held=4, before=1, other_years=2, pages=6, requests=14, size=250_000,
    waited=timedelta(minutes=3), first=after(1), last=after(5), came=True, family="static_directory",
    look_alikes=Counter({"notice": 2}),
    gaps=[
        gap(1, Outcome.NOT_FOUND, note="status 404"),
        gap(2, Outcome.BLOCKED, note="status 403"),
        *(gap(number, Outcome.BLOCKED) for number in range(9, 13)),
        gap(8, Outcome.SHORT_LIST, "list", text="2019年", note="12 of 40 entries"),
    ],
    left={"www.qingxi.gov.cn": HostLeft("www.qingxi.gov.cn", Outcome.BLOCKED, after(5), after(1445), 4)},
)  # fmt: skip
SILENT = PortalReport(
    "530925", "双江县", "http://www.shuangjiang.gov.cn/", requests=3, first=after(0), last=after(2),
    gaps=[Gap("page", Outcome.TIMEOUT, "http://www.shuangjiang.gov.cn/", None, None, None, asked=True)],
)  # fmt: skip
REPORT = RunReport(
    "20260301T100000Z-4", TEN, after(66), (2008, 2009, 2010, 2023), refetch=False,
    sessions=(
        SessionReport(TEN, after(4), "a@b.example", 2.0),
        SessionReport(after(60), after(66), "c_d@b.example", 2.0, "22:00-06:00"),
    ),
    portals=(WHOLE, SILENT, REFUSED),
)  # fmt: skip
GOLDEN = Path(__file__).with_name("run_report.md")


def test_a_report_reads_as_it_was_written_by_hand() -> None:
    assert markdown(REPORT) == GOLDEN.read_text(encoding="utf-8")


def test_in_short() -> None:
    assert list(short(REPORT)) == [
        "Run 20260301T100000Z-4 is finished, taken up again 1 time: 44 requests, 1.4 MB, 10 min.",
        "44 of 50 reports announced are held (31 from earlier runs).",
        "What did not come: 5 blocked, 1 not_found, 1 short_list, 1 timeout.",
        "1 of 3 portals whole. The others:",
        "  370800 清溪市: gaps, 4 of 10, 5 blocked, 1 not_found, 1 short_list",
        "  530925 双江县: home page not had, 0 of 0, 1 timeout",
    ]
    whole = replace(REPORT, portals=(WHOLE,), sessions=REPORT.sessions[:1])
    assert list(short(whole)) == [
        "Run 20260301T100000Z-4 is finished: 27 requests, 1.2 MB, 4 min.",
        "40 of 40 reports announced are held (30 from earlier runs).",
        "The 1 portal whole.",
    ]


def test_a_run_that_is_not_finished_says_so_first() -> None:
    text = markdown(replace(REPORT, finished_at=None))
    assert "**Not finished: the same command goes on with it.** So far: 44 of 50" in text
    assert "1. The run was stopped or broke off. Start the same command again" in text
    assert "Portals that are whole" not in text
    assert "look like reports, left alone | 0 |" in markdown(replace(REPORT, portals=(SILENT,)))


def test_there_is_advice_for_each_outcome_that_leaves_a_gap() -> None:
    good = {Outcome.HELD, Outcome.UNCHANGED, Outcome.IMPORTED, Outcome.REDIRECTED}
    advised = [outcome for advice in ADVICE for outcome in advice.outcomes]
    assert sorted(advised) == sorted(set(Outcome) - good)


def tokens(text: str) -> Iterator[Token]:
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        yield token
        yield from token.children or ()


WORDS = st.text("<>|`*_[]()#~\\&;:!-+.\n\r\t 年报a1\"'", min_size=1, max_size=60)


@given(name=WORDS, text=WORDS, note=WORDS, url=WORDS, host=WORDS)
def test_words_of_portals_never_become_markup(name: str, text: str, note: str, url: str, host: str) -> None:
    lost = Gap("report", Outcome.TIMEOUT, "http://h/" + url, text, "http://h/" + url, note, asked=True)
    left = {host: HostLeft(host, Outcome.TIMEOUT, TEN)}
    portal = replace(REFUSED, name=name, gaps=[lost], left=left)
    plain = replace(
        REFUSED,
        name="甲",
        gaps=[replace(lost, text="甲", note="甲", url=HOME, referrer=HOME)],
        left={"h": left[host]},
    )
    kinds = [
        [token.type for token in tokens(markdown(replace(REPORT, portals=(one,)))) if token.type != "text"]
        for one in (portal, replace(plain, left={"h": HostLeft("h", Outcome.TIMEOUT, TEN)}))
    ]
    assert kinds[0] == kinds[1]


def test_words() -> None:
    assert [size(n) for n in (0, 999, 1000, 12_345, 3_400_000, 999_950_000, 5 * 10**13)] == [
        "0 B", "999 B", "1.0 kB", "12.3 kB", "3.4 MB", "1000 MB", "50.0 TB"
    ]  # fmt: skip
    assert years(replace(REPORT, years=None)) == "all years"
    assert years(REPORT) == "2008 to 2010, 2023"


def test_the_command_writes_it_and_writes_it_again(tmp_path: Path) -> None:
    with Farm(town.town) as farm:
        ended = crawl(portals_file(tmp_path, {"990900": farm.home}), tmp_path)
    assert ended.returncode == 1
    (path,) = (tmp_path / "runs").iterdir()
    assert f"\nThe report, with what to do next: {path}\n" in ended.stderr
    assert "11 of 15 reports announced are held." in ended.stderr
    written = path.read_text(encoding="utf-8")
    assert "| 990900 清溪镇 990900 | gaps | 11 of 15 |" in written
    path.unlink()
    again = gongkai("crawl", "--report", "last", "--data", str(tmp_path))
    assert (again.returncode, again.stdout) == (0, f"{path}\n")
    assert path.read_text(encoding="utf-8") == written
    unknown = gongkai("crawl", "--report", "7", "--data", str(tmp_path))
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert f"has no run 7. It has {path.stem}." in unknown.stderr
    path.unlink()
    path.with_suffix(".md.new").mkdir()
    refused = gongkai("crawl", "--report", path.stem, "--data", str(tmp_path))
    assert refused.returncode == 3
    assert re.search(r"could not be written .* run gongkai crawl --report", refused.stderr)


def test_there_is_nothing_to_report_without_an_archive(tmp_path: Path) -> None:
    ended = gongkai("crawl", "--report", "last", "--data", str(tmp_path))
    assert ended.returncode == 3
    assert "There is no archive at" in ended.stderr
