"""Years that are nothing but the arguments of a call: their lists are called for as the page's own script would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.families.clicked import tabs_of
from crawler.pages import Page
from pipeline.archive import Outcome
from tests.crawler import town
from tests.crawler.command import crawl, ledger, portals_file
from tests.crawler.farm import Farm, Query, Reply

COLUMN = "/zfxxgknb/"
YEARS = range(2014, 2024)
ON_A_PAGE = 5
REPORTS = {
    year: {
        f"/nb/{year + 1}01/t{year + 1}0112_{year}{n:02}.html": f"清溪镇第{n}站{year}年政府信息公开工作年度报告"
        for n in range(12)
    }
    for year in YEARS
}

GET = "$.get('/api/list?year='+y+'&page='+p, function(d){ show(d.rows); });"
SENT = "{year: y, page: p, size: 5}"
AJAX = f'$.ajax({{url: base + "/list", type: "post", data: {SENT}, success: function(d){{ show(d); }}}});'
FETCHED = "fetch(`/api/list?year=${y}&page=${p}`).then(function(d){ show(d); });"
IN_PATH = "$.getJSON('/api/' + y + '/' + p + '.json', function(d){ show(d); });"


def tabs(body: str, *, tag: str = 'a href="javascript:void(0)"', first: int = 1) -> str:
    """The tabs of years, and the script behind them."""
    name = tag.partition(" ")[0]
    shown = "".join(f'<{tag} onclick="load({year},{first})">{year}年</{name}>' for year in reversed(YEARS))
    script = f"var base = '/api';\nfunction load(y, p) {{ {body} }}\nfunction show(rows) {{ render(rows); }}"
    return f'<div>{shown}</div><div id="list"></div><script>{script}</script>'


def site(markup: str) -> dict[str, Reply]:
    served = {
        path: town.html(town.report(title)) for listed in REPORTS.values() for path, title in listed.items()
    }
    served["/"] = town.html(town.page("首页", [(COLUMN, "政府信息公开年报")]))
    served[COLUMN] = town.html(town.page("政府信息公开年报", more=markup))
    return served


class Api:
    """Answers as the portal's own: pages of five, counted from `first`, with the number of all of the year."""

    def __init__(self, first: int = 1) -> None:
        self.first = first

    def __call__(self, query: Query) -> Reply | None:
        if not query.path.startswith("/api/"):
            return None
        given = dict(query.given)
        if query.path.endswith(".json"):
            _, _, given["year"], given["page"] = query.path.removesuffix(".json").split("/")
        listed = REPORTS.get(int(given.get("year") or 0), {})
        start = (int(given["page"]) - self.first) * ON_A_PAGE
        rows = [{"url": path, "title": title} for path, title in [*listed.items()][start : start + ON_A_PAGE]]
        body = json.dumps({"total": len(listed), "rows": rows}).encode()
        return Reply(body, content_type="application/json")


def crawled(data: Path, markup: str, first: int = 1) -> tuple[set[str], Farm]:
    """The reports got."""
    with Farm(site(markup), answer=Api(first)) as farm:
        crawl(portals_file(data, {"990900": farm.home}), data)
        got = {
            farm.path_of(one.url)
            for one in ledger(data)
            if one.kind == "report" and one.outcome is Outcome.HELD
        }
    return got, farm


@pytest.mark.parametrize(
    ("markup", "first"),
    [
        (tabs(GET), 1),
        (tabs(AJAX, tag="li"), 1),
        (tabs(FETCHED, tag='span class="tab"', first=0), 0),
        (tabs(IN_PATH), 1),
    ],
)
def test_all_reports_behind_tabs_are_found_with_no_request_too_many(
    tmp_path: Path, markup: str, first: int
) -> None:
    got, farm = crawled(tmp_path, markup, first)
    assert got == {path for listed in REPORTS.values() for path in listed}
    called = [one.path + one.posted for one in farm.asked if one.path.startswith("/api/")]
    assert len(called) == len(set(called)) == len(YEARS) * 3
    assert not [one for one in ledger(tmp_path) if one.outcome in (Outcome.EMPTY_LIST, Outcome.SHORT_LIST)]


def test_tabs_beside_the_entries_of_one_year_are_called_for_too(tmp_path: Path) -> None:
    shown = "".join(f'<li><a href="{path}">{title}</a></li>' for path, title in REPORTS[2023].items())
    got, _ = crawled(tmp_path, f"<ul>{shown}</ul>{tabs(GET)}")
    assert got == {path for listed in REPORTS.values() for path in listed}


def test_tabs_that_show_what_stands_on_the_page_call_for_nothing() -> None:
    page = Page(
        "http://www.lin.gov.cn/nb/", tabs("show(document.getElementById('y' + y))").encode(), "text/html"
    )
    assert (tabs_of(page).lists, tabs_of(page).unknown) == ((), 0)


def test_years_that_are_not_asked_for_are_not_called_for(tmp_path: Path) -> None:
    with Farm(site(tabs(GET)), answer=Api()) as farm:
        crawl(portals_file(tmp_path, {"990900": farm.home}), tmp_path, "--year", "2020")
        called = {one.path.partition("&")[0][-4:] for one in farm.asked if one.path.startswith("/api/")}
    assert "2020" in called
    assert called <= {"2020", "2021"}  # of a year of posting, too


def test_tabs_of_which_the_address_is_not_known_leave_a_reason(tmp_path: Path) -> None:
    """Nothing is called for with a part left out; the column is named as one of which lists are missing."""
    markup = tabs("$.get('/api/list/'+site()+'?year='+y+'&page='+p, show);")
    got, farm = crawled(tmp_path, markup)
    assert got == set()
    assert not [path for path in farm.paths() if "year=20" in path]
    short = [one for one in ledger(tmp_path) if one.outcome is Outcome.SHORT_LIST]
    assert [(farm.path_of(one.url), one.note) for one in short] == [
        (COLUMN, "10 tabs call for lists at addresses that are not known")
    ]


def found(markup: str) -> list[str]:
    page = Page("http://www.lin.gov.cn/nb/", f"<body>{markup}</body>".encode(), "text/html")
    return [way.request(0)[0].removeprefix("http://www.lin.gov.cn") for _, way in tabs_of(page).lists]


def test_names_within_strings_and_members_are_not_taken_for_arguments() -> None:
    body = "var o = {y: 1}; $.get('/api/y/p?y=' + y + '&d=' + o.y, show)"
    assert found(tabs(body)) == []
    assert found(tabs("$.get('/api/y/p?y=' + y, show)"))[0] == "/api/y/p?y=2023"


def test_what_says_nothing_of_a_year_or_lies_elsewhere_is_not_called() -> None:
    for body in (
        "$.get('/api/hit?page=' + p, show)",
        "$.get('http://elsewhere.cn/list?y=' + y, show)",
        "show(y)",
    ):
        assert found(tabs(body)) == []
    assert found(tabs(GET).replace("年</a>", "次</a>")) == []
