"""The farm of hostile and odd portals, crawled for real and all at once, and what a build makes of some of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from pipeline.build import build
from tests.crawler.command import ledger, portals_file, start
from tests.crawler.farm.server import Query
from tests.crawler.hostile import columns, dress, variants_calls
from tests.crawler.hostile.farm import ALL, Served, served
from tests.crawler.hostile.judge import Row, differences, misread

# What takes minutes at its real length: an answer that drips, one that never comes.
_SOON = {"DOWNLOAD_TIMEOUT": 12, "LONGEST_SILENCE": 6.0}
_READ = (
    columns.collection,
    columns.index_html,
    columns.old_years,
    columns.looks_inside,
    columns.attached,
    dress.gbk_called_utf8,
    dress.utf16_and_bom,
    dress.odd_dates,
    dress.careless,
    variants_calls.gkmlpt,
)
"""Portals whose reports are odd themselves, and not only hard to find."""


def crawled(farms: Mapping[str, Served], folder: Path) -> dict[str, list[str]]:
    """Crawl all of these portals at once; in what each differs from its truth."""
    homes = {one.portal.code: one.portal.given for one in farms.values()}
    process = start(portals_file(folder, homes), folder, settings=_SOON)
    _, said = process.communicate(timeout=270)
    assert process.returncode in (0, 1), said
    assert "Traceback" not in said
    entries = ledger(folder)
    return _seen(
        (name, differences(one, [entry for entry in entries if entry.portal == one.portal.code]))
        for name, one in farms.items()
    )


def _seen(found: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    listed = ((name, list(what)) for name, what in found)
    return {name: what for name, what in listed if what}


def test_every_portal_is_held_to_its_truth(tmp_path: Path) -> None:
    with served() as farms:
        assert len(farms) == len(ALL)
        assert crawled(farms, tmp_path) == {}


def test_odd_reports_are_built_as_what_they_are(tmp_path: Path) -> None:
    with served(_READ) as farms:
        assert crawled(farms, tmp_path) == {}
    build(tmp_path)
    with duckdb.connect(str(tmp_path / "gongkai.duckdb"), read_only=True) as database:
        rows = [
            Row(*row)
            for row in database.execute(
                "SELECT url, organ, report_year, published_on, figure_count FROM report WHERE is_current"
            ).fetchall()
        ]
    assert (
        _seen(
            (name, misread(one.portal, [row for row in rows if row.url.startswith(one.farm.home)]))
            for name, one in farms.items()
        )
        == {}
    )


def test_the_farm_keeps_its_word() -> None:
    with served() as farms:
        for name, one in farms.items():
            for held in one.portal.held:
                for path in held.paths:
                    asked = [Query("GET", path, {}, {}, secure=secure) for secure in (False, True)]
                    replies = [one.portal.site.get(path) or one.portal.answer(query) for query in asked]
                    assert any(reply and reply.status == 200 for reply in replies), (name, path)
                for start_of in one.portal.forbidden:
                    assert not all(path.startswith(start_of) for path in held.paths), (name, start_of)
        assert len({one.portal.city for one in farms.values()}) == len(farms)
