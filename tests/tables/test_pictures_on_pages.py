"""A report that its page shows as several pictures is one: crawled, built, asked and led back to its pictures."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from pipeline.archive import Archive, Outcome
from pipeline.build import build
from pipeline.lineage import lineage, picture
from pipeline.read.scan import apart
from pipeline.sample import SampleReport
from pipeline.tables.database import open_database
from pipeline.tables.shown import Shown, shown_pictures
from tests.crawler import town
from tests.crawler.command import crawl, portals_file
from tests.crawler.farm import Farm, Reply
from tests.documents.pictures import painted, png
from tests.tables.making import SCIENCE, Crawl, reports
from tests.tables.test_files_on_pages import changed

ARTICLE = "/zfxxgknb/202201/t20220112_1.html"


@cache
def report() -> SampleReport:
    return reports("jia-sci", 2021)[0]


def tables(*numbers: int) -> Image.Image:
    """Tables of the report as one picture, as wide as portals show them, with paper around."""
    (page,) = painted(report(), *numbers)
    return page


def dress() -> dict[str, bytes]:
    """What stands beside the tables: a poster, a code to be scanned, and a banner that leads elsewhere."""
    poster = Image.new("RGB", (700, 500), (30, 90, 220))
    pen = ImageDraw.Draw(poster)
    pen.rectangle((60, 60, 400, 300), fill=(240, 200, 30), outline=(255, 255, 255))
    code = Image.effect_noise((300, 300), 120).point(lambda grey: 255 if grey > 128 else 0)
    return {"W1.png": png(poster), "W5.png": png(code), "W6.png": png(Image.linear_gradient("L"))}


def shown_on_a_portal(_home: str) -> dict[str, Reply]:
    """A town's column with one report: its page shows a table in two slices and another one, and a file beside."""
    title = report().publication.title
    table = tables(5)
    slices = table.crop((0, 0, table.width, 150)), table.crop((0, 150, table.width, table.height))
    files = {"W2.png": png(slices[0]), "W3.png": png(slices[1]), "W4.png": png(tables(0, 1)), **dress()}
    shown = "".join(f'<img src="./{name}">' for name in ("W1.png", "W2.png", "W3.png", "W5.png", "W4.png"))
    away = '<a href="/"><img src="W6.png"></a>'
    site = {"/zfxxgknb/202201/" + name: Reply(data, content_type="image/png") for name, data in files.items()}
    more = f'<div>{away}{shown}</div><a href="P1.docx">附件：年度报告全文</a>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    site["/zfxxgknb/202201/P1.docx"] = Reply(changed(report()), content_type=kind)
    site[ARTICLE] = town.html(town.page(title, more=more))
    site["/"] = town.html(town.page("首页", [("/zfxxgknb/", "政府信息公开年报")]))
    site["/zfxxgknb/"] = town.html(town.page("政府信息公开年报", [(ARTICLE, title)]))
    return site


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    data = tmp_path_factory.mktemp("pictures")
    with Farm(shown_on_a_portal) as farm:
        home = farm.home.rstrip("/")
        done = crawl(portals_file(data, {"990100": farm.home}), data)
    assert done.returncode == 0, done.stderr
    build(data)
    return home, data


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with open_database(folder) as connection:
        return connection.execute(query).fetchall()


def at(home: str, *names: str) -> list[str]:
    return [f"{home}/zfxxgknb/202201/{name}" for name in names]


def test_pictures_on_a_page_are_one_report_in_the_order_of_the_page(built: tuple[str, Path]) -> None:
    home, data = built
    told = rows(data, "SELECT url, page_url, organ, report_year FROM report WHERE media_type = 'image/png'")
    assert told == [(*at(home, "W2.png"), home + ARTICLE, SCIENCE, 2021)]
    pictures = rows(data, "SELECT position, url FROM report_page ORDER BY position")
    assert pictures == list(zip((2, 3, 5), at(home, "W2.png", "W3.png", "W4.png"), strict=True))
    read = rows(
        data,
        "SELECT cell, value, status, where_page FROM figure JOIN report USING (report_id) "
        "WHERE media_type = 'image/png'",
    )
    assert len(read) == 15 + 6 + 1
    for cell, value, status, page in read:
        assert (status, value) == ("reported", report().figures[str(cell)].value), cell
        assert page == (3 if str(cell).startswith("disputes") else 5)


def test_what_dresses_the_page_counts_for_nothing(built: tuple[str, Path]) -> None:
    home, data = built
    told = rows(
        data, "SELECT url, reason FROM \"fetch\" WHERE url LIKE '%.png' AND report_id IS NULL ORDER BY url"
    )
    assert told == [(url, "no_page") for url in at(home, "W1.png", "W5.png")]
    assert rows(data, "SELECT count(*) FROM \"fetch\" WHERE url LIKE '%/W6.png'") == [(0,)]


def test_another_format_that_disagrees_is_a_finding_on_the_one_report(built: tuple[str, Path]) -> None:
    home, data = built
    found = rows(
        data,
        'SELECT r.url, o.url, "at" FROM finding JOIN report AS r USING (report_id) '
        "JOIN report AS o ON o.report_id = other_report_id WHERE check_id = 'formats_disagree'",
    )
    docx, first = at(home, "P1.docx", "W2.png")
    assert {(one, other) for one, other, _ in found} == {(docx, first)}
    assert rows(data, "SELECT count(*) FROM report WHERE is_current AND figure_count > 0") == [(1,)]


def test_a_figure_leads_back_to_its_picture_and_the_page(
    built: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is recognised a second time for it."""
    home, data = built
    with monkeypatch.context() as patch:
        patch.setattr(apart, "COMMAND", ("-c", "raise SystemExit(7)"))
        found = lineage(data, at(home, "W2.png")[0], "proactive/normative_documents/in_force")
    assert found.page is not None
    assert (found.page["url"], found.report["page_url"]) == (*at(home, "W4.png"), home + ARTICLE)
    assert found.excerpt is not None
    shown = dict(found.excerpt.rows)[found.excerpt.row]
    assert (shown[0], shown[(found.excerpt.column or 0) - 1]) == ("行政规范性文件", "14")
    drawn = Image.open(io.BytesIO(picture(data, found))).convert("L")
    whole = Image.open(io.BytesIO(png(tables(0, 1))))
    left, top, right, bottom = map(float, found.figure["where_box"].split())
    assert 0 < left < right < whole.width
    assert 0 < top < bottom < whole.height
    assert min(drawn.tobytes()) < 100


def page(more: str = "") -> str:
    return f'<h1>年报</h1><img src="1.png?v=3"><p>二</p><img src="/2.png"><img src="./3.png">{more}'


def of(shown: Shown) -> list[str | None]:
    """The bytes of what was shown, which in these tests are words."""
    return [
        f"{entry.url.rpartition('/')[2]} {entry.size}" if entry is not None else None
        for entry in shown.pictures
    ]


def test_pictures_belong_together_as_their_page_shows_them_not_as_they_were_got(tmp_path: Path) -> None:
    with Crawl(tmp_path, "990100") as run:
        cover = run.fetch(run.home + "a.html", page('<a href="4.png">四</a>'))
        for name in ("3.png", "4.png", "1.png"):
            run.fetch(run.home + name, name, referrer=cover.url)
        run.fetch(run.home + "2.png", outcome=Outcome.TIMEOUT, referrer=cover.url)
        run.fetch(run.home + "5.png", "linked", referrer=run.home)
    with Archive.open(tmp_path / "archive", writable=False) as archive:
        shown = shown_pictures(archive)
        assert sorted(shown) == [2, 4]
        assert {tuple(of(one)) for one in shown.values()} == {("1.png 5", None, "3.png 5")}
        assert shown_pictures(archive, "http://127.0.0.2/b.html") == {}


def test_pictures_that_change_make_another_report_and_are_never_mixed(tmp_path: Path) -> None:
    """Between the second and the third run, one was changed and the crawl stopped before it saw the others."""
    changes = [{"1.png": "a", "2.png": "b", "3.png": "c"}, {"1.png": "aa"}, {"2.png": "bb", "3.png": "cc"}]
    for number, pictures in enumerate(changes):
        with Crawl(tmp_path, "990100") as run:
            if number == 0:
                run.fetch(run.home + "a.html", page())
            for name, words in pictures.items():
                run.fetch(run.home + name, words, referrer=run.home + "a.html")
    with Archive.open(tmp_path / "archive", writable=False) as archive:
        shown = shown_pictures(archive)
    assert [of(shown[number]) for number in (2, 3, 4)] == [["1.png 1", "2.png 1", "3.png 1"]] * 3
    assert [of(shown[number]) for number in (5, 6, 7)] == [["1.png 2", "2.png 2", "3.png 2"]] * 3
