"""The live table as lines of text: read by eye once, and for any portals within the terminal."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from crawler.portals import Portal
from crawler.settings import SIDE_BY_SIDE
from crawler.standing import Phase, Standing, Wait, Why
from crawler.time_left import TimeLeft, time_left
from gongkai.show_crawl.lines import Totals, duration, progress_line, result_line
from gongkai.show_crawl.panel import panel
from pipeline.archive import Outcome

NOW = 1000.0


def standing(code: str, name: str, home: str = "", **facts: object) -> Standing:
    return Standing(Portal(code, name, home or f"http://www.{code}.gov.cn/"), **facts)  # type: ignore[arg-type]


LEFT = standing(
    "370800", "济宁市", phase=Phase.REPORTS, pages=34, announced=130, wanted=120, known=80, fetched=3, waiting=30,
    gaps=Counter({Outcome.NOT_FOUND: 2, Outcome.BLOCKED: 5}), left={"sjj.370800.gov.cn": Outcome.BLOCKED},
    wait=Wait(Why.PAUSE, NOW + 1.25), pause=2.0, requests=11, first_request=NOW - 50, last_request=NOW,
)  # fmt: skip
NIGHT = standing("152921", "阿拉善左旗", phase=Phase.LISTS, pages=7, wait=Wait(Why.RETRY_AFTER, NOW + 118.0))
ASKING = standing("530925", "双江拉祜族佤族布朗族傣族自治县", phase=Phase.LOOKING, first_request=NOW)
WHOLE = standing("371", "河口区", phase=Phase.ENDED, pages=8, announced=9, wanted=9, fetched=9, requests=20)


def test_a_panel_of_eighty_columns() -> None:
    active = [LEFT, NIGHT, ASKING]
    totals = Totals().and_of([WHOLE, *active])
    lines = panel(active, totals, 3000, title="Run 1   0:12:31   2 requests", now=NOW, size=(80, 24))
    assert [line.plain for line in lines] == [
        "Run 1   0:12:31   2 requests",
        "portals  1 of 3000 done, 3 at work, 2996 queued",
        "reports  92 held of 129 announced, 30 waiting",
        "gaps     5 blocked, 2 not_found",
        "left     at least 3 min, as 2998 portals are still to be searched",
        "portal             phase   pages   reports next               gaps",
        "370800 济宁市      reports    34    83/120 2 s                host left: blocke…",
        "530925 双江拉祜族… looking     0       0/0 now",
        "152921 阿拉善左旗  lists       7       0/0 Retry-After 2 min",
        "Ctrl-C stops; the same command goes on.",
    ]


NAMES = st.text("济宁市abc —\u200b🙂é", min_size=1, max_size=40)
STANDINGS = st.builds(
    standing, st.text("0123456789", min_size=1, max_size=12), NAMES, phase=st.sampled_from(Phase),
    pages=st.integers(0, 10**6), wanted=st.integers(0, 10**6), fetched=st.integers(0, 10**6),
    wait=st.none() | st.builds(Wait, st.sampled_from(Why), st.floats(0, 10**6)),
    gaps=st.dictionaries(st.sampled_from(Outcome), st.integers(1, 10**5)).map(Counter),
    left=st.dictionaries(NAMES, st.sampled_from(Outcome), max_size=3),
)  # fmt: skip


@given(st.lists(STANDINGS, max_size=30), st.integers(30, 200), st.integers(10, 60))
def test_a_panel_fits_any_terminal(active: list[Standing], width: int, height: int) -> None:
    totals = Totals().and_of(active)
    lines = panel(active, totals, 3000, title="Run 20261129T141556Z-1", now=NOW, size=(width, height))
    assert max(line.cell_len for line in lines) <= width
    assert len(lines) < height
    assert not any("\n" in line.plain for line in lines)


def test_the_time_left_is_that_of_the_longest_domain() -> None:
    one, other = (standing(str(n), "甲", "http://a.sub.gov.cn/", phase=Phase.REPORTS) for n in (1, 2))
    alone = standing("3", "乙", phase=Phase.REPORTS, waiting=4, pause=2.0)
    for each in (one, other):
        each.waiting, each.pause = 10, 3.0
    assert time_left([alone], 0, NOW) == TimeLeft(8.0, 0)
    assert time_left([one, alone, other], 0, NOW) == TimeLeft(60.0, 0)
    alone.wait = Wait(Why.OFF_PEAK, NOW + 3600)
    assert time_left([one, alone, other], 2, NOW) == TimeLeft(3608.0, 2)


def test_the_time_left_is_not_said_before_something_waits() -> None:
    assert time_left([ASKING], 5, NOW) is None
    assert time_left([], 0, NOW) is None


def test_a_slow_portal_goes_at_its_own_pace() -> None:
    assert time_left([LEFT], 0, NOW) == TimeLeft(1.25 + 30 * 5.0, 0)


def test_many_portals_share_the_places_there_are() -> None:
    many = [
        standing(str(n), "甲", phase=Phase.REPORTS, waiting=1, pause=2.0) for n in range(10 * SIDE_BY_SIDE)
    ]
    assert time_left(many, 0, NOW) == TimeLeft(20.0, 0)


def test_lines_of_a_log() -> None:
    assert result_line(WHOLE) == "371 河口区: whole, 9 of 9 reports held"
    assert result_line(LEFT) == (
        "370800 济宁市: WITH GAPS, 83 of 120 reports held (80 from earlier runs); gaps: 5 blocked, 2 not_found"
    )
    assert result_line(NIGHT) == "152921 阿拉善左旗: NO REPORTS FOUND, 7 pages came and none announces any"
    assert progress_line(Totals().and_of([WHOLE, LEFT]), 2, TimeLeft(5000, 0)) == (
        "1 of 2 portals done, 1 at work; 92 of 129 reports held, 30 waiting; 31 requests; "
        "gaps: 5 blocked, 2 not_found; left: about 83 min"
    )


def test_durations_for_people() -> None:
    assert [duration(s) for s in (0, 99.4, 100, 5999, 7260, 200_000)] == [
        "0 s", "99 s", "2 min", "1 h 40 min", "2 h 1 min", "2 d 7 h"
    ]  # fmt: skip
