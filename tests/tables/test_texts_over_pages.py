"""A report whose text is spread over several pages is one: crawled, built, asked, and led back to its pages."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.archive import Archive, Outcome
from pipeline.build import build
from pipeline.forms import load_forms
from pipeline.lineage import lineage, picture
from pipeline.problem import InputProblem
from pipeline.report import Body, ReportReader
from pipeline.sample import SampleReport
from pipeline.tables.database import open_database
from pipeline.tables.spread import Spread, spread_texts
from tests.crawler.command import crawl, portals_file
from tests.crawler.farm import Farm, Reply
from tests.crawler.over_pages import CMS, COLUMN, JPAAS, TRS, cut, portal, served
from tests.tables.making import Crawl, reports

PLACES = {
    2021: (COLUMN + "202201/t20220112_1.html", TRS),
    2022: (COLUMN + "202301/t20230109_2.html", CMS),
    2023: ("/jpaas/art.do?id=3", JPAAS),
    2024: (COLUMN + "202501/t20250110_4.html", TRS),
}
LOST = 2024
"""The year of the report of which the portal does not have the second page."""


def report(year: int) -> SampleReport:
    return reports("jia-sci", year)[0]


def addresses(year: int) -> list[str]:
    first, product = PLACES[year]
    return [first, product.address(first, 2), product.address(first, 3)]


def site(changed: int | None = None) -> dict[str, Reply]:
    """The portal; the first table on the second page of the report of the year `changed` ends with another number."""
    pages: dict[str, Reply] = {}
    for year, (first, product) in PLACES.items():
        parts = cut(report(year))
        if year == changed:
            parts[1] = re.sub(
                r"<td>\d+</td></tr></tbody></table>", "<td>77</td></tr></tbody></table>", parts[1]
            )
        pages |= served(first, parts, product)
    del pages[addresses(LOST)[1]]
    return portal({first: report(year).publication.title for year, (first, _) in PLACES.items()}, pages)


@dataclass
class Built:
    """What a crawl asked for, and the data that it and a build left."""

    home: str
    data: Path
    asked: list[str]

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with open_database(self.data) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def farm() -> Iterator[Farm]:
    with Farm(site()) as farm:
        yield farm


@pytest.fixture(scope="module")
def first(farm: Farm, tmp_path_factory: pytest.TempPathFactory) -> Built:
    data = tmp_path_factory.mktemp("first")
    done = crawl(portals_file(data, {"990100": farm.home}), data)
    assert done.returncode == 1, done.stderr
    build(data)
    return Built(farm.home.rstrip("/"), data, farm.paths())


@pytest.fixture(scope="module")
def second(farm: Farm, first: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The next year, when the second page of one report was changed and all are asked for again."""
    data = tmp_path_factory.mktemp("second") / "data"
    shutil.copytree(first.data, data)
    farm.site = site(changed=2022)
    before = len(farm.asked)
    crawl(portals_file(data, {"990100": farm.home}), data, "--refetch")
    build(data)
    return Built(first.home, data, farm.paths()[before:])


def figures(built: Built, year: int, *, current: bool = True) -> dict[str, list[object]]:
    told = built.rows(
        f"SELECT cell, status, value, where_page FROM figure JOIN report USING (report_id) "
        f"WHERE report_year = {year} AND is_current = {current}"
    )
    return {str(cell): rest for cell, *rest in told}


def page_of(cell: str) -> int:
    """The page on which the cut puts a cell."""
    return {"proactive": 1, "requests": 2, "disputes": 3}[cell.partition("/")[0]]


def test_every_page_is_asked_for_once_and_no_other(first: Built) -> None:
    pages = [page for year in PLACES for page in addresses(year)]
    assert sorted(first.asked) == sorted(
        ["/robots.txt", "/", "/zwgk/", COLUMN, COLUMN + "index_1.html", *pages]
    )


@pytest.mark.parametrize("year", [2021, 2022, 2023])
def test_the_figures_of_all_pages_are_one_report(first: Built, year: int) -> None:
    truth = report(year).figures
    expected = {cell: ["reported", one.value, page_of(cell)] for cell, one in truth.items()}
    assert figures(first, year) == expected
    told = first.rows(f"SELECT url, issue_count, version FROM report WHERE report_year = {year}")
    assert told == [(first.home + addresses(year)[0], 0, 1)]
    pages = first.rows(
        f"SELECT position, p.url FROM report_page AS p JOIN report USING (report_id) WHERE report_year = {year} "
        "ORDER BY position"
    )
    assert pages == [(n, first.home + one) for n, one in enumerate(addresses(year), start=1)]


def test_the_prose_is_that_of_all_pages_in_order(first: Built) -> None:
    told = first.rows(
        "SELECT number, s.title, text FROM section AS s JOIN report USING (report_id) WHERE report_year = 2021 "
        "ORDER BY position"
    )
    whole = ReportReader(load_forms()).read(report(2021).html).record.sections
    assert told == [(one.number, one.title, one.text) for one in whole]


def test_a_page_that_is_missing_is_named_and_nothing_of_it_told(first: Built) -> None:
    truth = {cell: one for cell, one in report(LOST).figures.items() if page_of(cell) != 2}
    assert figures(first, LOST) == {
        cell: ["reported", one.value, page_of(cell)] for cell, one in truth.items()
    }
    issues = first.rows(
        f"SELECT code, message FROM issue JOIN report USING (report_id) WHERE report_year = {LOST}"
    )
    assert [code for code, _ in issues] == ["page_missing"]
    assert "Page 2 of 3" in str(issues[0][1])
    lost = first.rows(f"SELECT outcome, report_id FROM main.fetch WHERE url LIKE '%{addresses(LOST)[1]}'")
    assert lost == [("not_found", None)]


def test_a_page_that_changes_makes_another_version_of_the_whole(second: Built) -> None:
    assert set(second.asked) >= {page for year in PLACES for page in addresses(year)}
    versions = second.rows("SELECT report_year, max(version) FROM report GROUP BY 1 ORDER BY 1")
    assert versions == [(2021, 1), (2022, 2), (2023, 1), (LOST, 1)]
    now, before = figures(second, 2022), figures(second, 2022, current=False)
    assert len(now) == len(before) == len(report(2022).figures)
    differing = {cell for cell in now if now[cell] != before[cell]}
    assert {(cell.partition("/")[0], *now[cell]) for cell in differing} == {("requests", "reported", 77, 2)}
    assert len(differing) == 1


def test_a_figure_leads_back_to_its_page(first: Built) -> None:
    found = lineage(first.data, first.home + addresses(2023)[0], "requests/received/total")
    assert found.page is not None
    assert found.page["url"] == first.home + addresses(2023)[1]
    assert found.excerpt is not None
    shown = dict(found.excerpt.rows)[found.excerpt.row]
    truth = report(2023).figures["requests/received/total"].value
    assert shown[(found.excerpt.column or 0) - 1] == f"{truth:f}"
    with pytest.raises(InputProblem):
        picture(first.data, found)


def test_wherever_a_page_ends_no_number_is_wrong() -> None:
    """Also within a table: a row may be lost then, but says so."""
    whole = report(2023)
    truth = {cell: one.value for cell, one in whole.figures.items()}
    (text,) = cut(whole, [""])
    reader = ReportReader(load_forms())
    for found in list(re.finditer(r"(?<=</tr>\n)<tr>|<table", text))[::3]:
        ended = "</tbody></table>" if found[0] == "<tr>" else ""
        begun = '<table border="1"><tbody>' if found[0] == "<tr>" else ""
        start = text.index("<p>", text.index("trs_editor_view"))
        behind = text.index('<div class="footer">')
        pages = [
            text[: found.start()] + ended + "</div></div>" + text[behind:],
            text[:start] + begun + text[found.start() :],
        ]
        read = reader.read_pages([Body(page.encode()) for page in pages]).reading.record
        assert read.is_report
        wrong = {
            one.cell: (one.value, found.start())
            for one in read.figures
            if one.value is not None and one.value != truth.get(one.cell)
        }
        assert wrong == {}
        assert sum(one.value is not None for one in read.figures) > len(truth) / 2


def test_what_a_run_that_was_broken_off_got_is_not_asked_for_again(tmp_path: Path) -> None:
    """Each page leads to the next alone: the second has to be read to know of the third."""
    first, second, third = addresses(2023)
    with Farm(site()) as farm:
        home = farm.home.rstrip("/")
        with Crawl(tmp_path, "990100") as run:
            run.finished = False
            for path, led in ((first, COLUMN), (second, first)):
                run.fetch(home + path, farm.site[path].body, referrer=home + led)
        crawl(portals_file(tmp_path, {"990100": farm.home}), tmp_path, "--year", "2023")
        assert [path for path in farm.paths() if path.startswith("/jpaas/")] == [third]
    build(tmp_path)
    told = Built(home, tmp_path, []).rows("SELECT report_year, reported_count, issue_count FROM report")
    assert told == [(2023, len(report(2023).figures), 0)]


PAGER = '<script>createPageHTML(3,0,"t1_1","html")</script>'


def words(spread: Spread) -> list[int | None]:
    """The pages by their sizes, which in these tests tell them apart."""
    return [entry.size if entry is not None else None for entry in spread.pages]


def test_pages_got_in_a_later_run_belong_to_what_did_not_change(tmp_path: Path) -> None:
    """The first run is broken off, the second gets what is wanting, the third sees a page changed."""
    for pages in ({"": PAGER, "_1": "a"}, {"_2": "bb"}, {"": PAGER, "_1": "aaa", "_2": "bb"}):
        with Crawl(tmp_path, "990100") as run:
            for name, said in pages.items():
                referrer = run.home + "t1_1.html" if name else run.home
                run.fetch(f"{run.home}t1_1{name}.html", said, referrer=referrer)
    with Archive.open(tmp_path / "archive", writable=False) as archive:
        spread = spread_texts(archive)
    size = len(PAGER)
    assert [words(spread[number]) for number in (1, 2, 3)] == [[size, 1, 2]] * 3
    assert [words(spread[number]) for number in (4, 5, 6)] == [[size, 3, 2]] * 3


def test_a_page_that_leads_to_others_that_were_not_asked_for_says_so(tmp_path: Path) -> None:
    (first, *_), (address, product) = cut(report(2021)), PLACES[2021]
    with Crawl(tmp_path, "990100") as run:
        body = served(address, [first, "", ""], product)[address].body
        run.fetch(run.home.rstrip("/") + address, body)
    build(tmp_path)
    told = Built("", tmp_path, []).rows("SELECT message FROM issue ORDER BY position")
    assert [re.findall(r"Page \d of 3", str(message)) for (message,) in told] == [
        ["Page 2 of 3"],
        ["Page 3 of 3"],
    ]


def test_a_further_page_that_did_not_come_is_no_page(tmp_path: Path) -> None:
    with Crawl(tmp_path, "990100") as run:
        run.fetch(run.home + "t1_1.html", PAGER)
        run.fetch(run.home + "t1_1_1.html", outcome=Outcome.TIMEOUT, referrer=run.home + "t1_1.html")
    with Archive.open(tmp_path / "archive", writable=False) as archive:
        spread = spread_texts(archive)
    assert {number: words(one) for number, one in spread.items()} == {1: [len(PAGER), None, None]}
