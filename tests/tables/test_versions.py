"""A report that is changed at its address is kept as a new version, and the one that stands there is current."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.build import build
from pipeline.coverage import coverage
from pipeline.tables.database import open_database
from tests.tables.making import START, Crawl, reports


@pytest.mark.parametrize(
    ("got", "current"),
    [
        (["a", "b"], "b"),
        (["a", "b", "a"], "a"),  # taken back
        (["b", "a"], "a"),  # whatever day is printed
    ],
)
def test_what_stands_at_the_address_is_current(tmp_path: Path, got: list[str], current: str) -> None:
    older, newer = reports("jia-sci", 2022)  # the newer prints the later day
    bodies = {"a": older.html, "b": newer.html}
    for number, name in enumerate(got):
        with Crawl(tmp_path, "990100", years=[2022], start=START + timedelta(days=number)) as crawl:
            crawl.fetch(crawl.home + "report.html", bodies[name])
    build(tmp_path)
    with open_database(tmp_path) as connection:
        found = connection.execute("SELECT sha256, is_current FROM report").fetchall()
        first = connection.execute('SELECT sha256 FROM "fetch" ORDER BY number').fetchall()
    assert len(found) == 2
    shas = {name: row[0] for name, row in zip(got, first, strict=True)}
    assert {sha for sha, is_current in found if is_current} == {shas[current]}
    assert [row.state for row in coverage(tmp_path)] == ["held"]


def test_of_two_addresses_the_later_day_printed_counts(tmp_path: Path) -> None:
    older, newer = reports("jia-sci", 2022)
    with Crawl(tmp_path, "990100", years=[2022]) as crawl:
        crawl.report(newer)
        crawl.report(older)
    build(tmp_path)
    assert [row.url for row in coverage(tmp_path)] == ["http://127.0.0.2" + newer.path]
