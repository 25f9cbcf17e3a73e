"""A sample portal as a pure function: every path of a city's site and what is answered there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from pipeline.datasets import dataset_file
from pipeline.problem import Problem
from pipeline.sample.forms import national_form
from pipeline.sample.render_columns import Entry, home_page, list_page, lookalike_page, menu_page, other_pages
from pipeline.sample.render_report import report_page
from pipeline.sample.truth import City, Organ, Printed, Publication, Truth, load_truth

_PAGE_LENGTH = 8
_ZERO = Printed("0", "reported", Decimal(0))
_POLICY = (("政策文件", "zcwj/"), ("规划计划", "ghjh/"), ("财政资金", "czzj/"))
_MENU = (("指南", "zn/"), ("制度", "zd/"), ("法定主动公开内容", "fdzdgknr/"), ("依申请公开", "ysqgk/"))

Trail = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Page:
    """What one address answers. With `failures` the first that many requests get a 500 instead."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    failures: int = 0


@dataclass(frozen=True, slots=True)
class SampleReport:
    """One version of a report that can be had: whose, its bytes, and what stands in every cell."""

    organ: Organ
    publication: Publication
    path: str
    html: bytes
    figures: Mapping[str, Printed]


def sample_reports() -> Iterator[SampleReport]:
    """Every version of every report that the sample portals hand out, with the truth of all its cells."""
    truth = load_truth()
    for city in truth.cities:
        pages = site(city.code)
        for publication in truth.publications_of(city):
            if publication.answer != "not_found":
                figures = all_figures(truth, publication)
                html = pages[publication.path].body
                yield SampleReport(
                    truth.organ(publication.organ), publication, publication.path, html, figures
                )


def all_figures(truth: Truth, publication: Publication) -> Mapping[str, Printed]:
    """What stands in every cell of the form, in the order of the page: the listed cells, 0 in all others."""
    printed = truth.printed(publication)
    cells = tuple(cell.name for cell in national_form(publication.form).cells())
    strangers = set(printed) - set(cells)
    if strangers:
        raise Problem(
            f"datasets/sample/figures.csv: {publication.organ} {publication.year} lists cells that the form "
            f"{publication.form} does not have: {', '.join(sorted(strangers))}. Correct the cell or the form."
        )
    return MappingProxyType({cell: printed.get(cell, _ZERO) for cell in cells})


@cache
def site(code: str) -> Mapping[str, Page]:
    """Every path of the site of the city with this code. What is not in it is answered with 404."""
    truth = load_truth()
    city = truth.city(code)
    pages = {path: _html(text) for path, text in other_pages(city).items()}
    pages["/"] = pages["/index.html"] = _html(home_page(city))
    pages |= {path: _html(text) for path, text in _way_to_column(city)}
    for path, title, trail, entries in _lists(truth, city):
        for name, text in _pages_of_list(city, title, trail, entries):
            pages[path + name] = _html(text)
        pages[path] = pages[path + "index.html"]
    pages |= dict(_articles(truth, city))
    robots = dataset_file("sample", "cities.csv").with_name(f"robots-{code}.txt")
    if robots.exists():
        pages["/robots.txt"] = Page(robots.read_bytes(), "text/plain")
    return MappingProxyType(pages)


def _html(text: str) -> Page:
    return Page(text.encode("utf-8"))


def _trail(city: City) -> Trail:
    """The columns above the reports, from the top: 政务公开, 政府信息公开, 政府信息公开年报."""
    names = ["政务公开", "政府信息公开", "政府信息公开年报"]
    folders = city.column.strip("/").split("/")
    paths = ["/" + "/".join(folders[: depth + 1]) + "/" for depth in range(len(folders))]
    return list(zip(paths, names[-len(paths) :], strict=True))


def _way_to_column(city: City) -> Iterator[tuple[str, str]]:
    """The menu pages between the home page and the column of reports."""
    trail = _trail(city)
    for depth, (path, title) in enumerate(trail[:-1]):
        beside = _MENU if depth == len(trail) - 2 else _POLICY
        yield (
            path,
            menu_page(
                city,
                title,
                trail[: depth + 1],
                [*((path + folder, name) for name, folder in beside), trail[depth + 1]],
            ),
        )
        for name, folder in beside:
            around = [*trail[: depth + 1], (path + folder, name)]
            yield path + folder, menu_page(city, name, around, [trail[depth + 1]])


def _lists(truth: Truth, city: City) -> Iterator[tuple[str, str, Trail, list[Entry]]]:
    """The list columns of a city: path, title, trail and entries, newest first."""
    trail = _trail(city)
    announced = [(item.path, item.title) for item in truth.publications_of(city)]
    announced += [(item.path, item.title) for item in truth.lookalikes if item.city == city.code]
    folders = {path.rsplit("/", 2)[0] + "/" for path, _ in announced}
    if city.structure == "list":
        yield city.column, trail[-1][1], trail, _entries(announced, city.column)
        return
    names = {organ.folder: organ.name for organ in truth.organs_of(city)}
    for folder in sorted(folders, reverse=city.structure == "years"):
        name = folder.removeprefix(city.column).strip("/")
        title = names[name] if city.structure == "organs" else f"{name.removesuffix('n')}年"
        inside = [(path, text) for path, text in announced if path.startswith(folder)]
        yield folder, title, [*trail, (folder, title)], _entries(inside, folder)


def _entries(announced: list[tuple[str, str]], folder: str) -> list[Entry]:
    dated = sorted(((_day(path), path, title) for path, title in announced), reverse=True)
    return [("./" + path.removeprefix(folder), title, day) for day, path, title in dated]


def _day(path: str) -> str:
    """The date in an article's address: t20230118_1234.html is of 2023-01-18."""
    digits = path.rsplit("/t", 1)[1][:8]
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def _pages_of_list(city: City, title: str, trail: Trail, entries: list[Entry]) -> Iterator[tuple[str, str]]:
    count = max(1, -(-len(entries) // _PAGE_LENGTH))
    for number in range(count):
        part = entries[number * _PAGE_LENGTH : (number + 1) * _PAGE_LENGTH]
        name = "index.html" if number == 0 else f"index_{number}.html"
        yield name, list_page(city, title, trail, part, page=number, pages=count)


def _articles(truth: Truth, city: City) -> Iterator[tuple[str, Page]]:
    """The articles of all lists, and above the lists of years or organs the page that leads to them."""
    trails = {path: (title, trail) for path, title, trail, _ in _lists(truth, city)}
    if city.structure != "list":
        below = [(path, title) for path, (title, _) in trails.items()]
        yield city.column, _html(menu_page(city, "政府信息公开年报", _trail(city), below))
    for item in truth.publications_of(city):
        if item.answer == "not_found":
            continue
        trail = trails[item.path.rsplit("/", 2)[0] + "/"][1]
        text = report_page(city, truth.organ(item.organ), item, truth.printed(item), trail)
        charset = "gb2312" if item.charset == "gb18030" else item.charset
        failures = 2 if item.answer == "error_twice" else 0
        yield item.path, Page(text.encode(item.charset), f"text/html; charset={charset}", failures=failures)
    for lookalike in truth.lookalikes:
        if lookalike.city == city.code:
            trail = trails[lookalike.path.rsplit("/", 2)[0] + "/"][1]
            yield lookalike.path, _html(lookalike_page(city, lookalike, trail, _day(lookalike.path)))
