"""The crawl of the next year: what it costs a portal, and that no server's word hides a new report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.archive import Archive, Entry, Outcome
from tests.crawler import yearly
from tests.crawler.command import crawl, ledger, portals_file
from tests.crawler.farm import Farm
from tests.crawler.farm.comparing import SERVERS

HONEST = ("honest", "weak", "dated")


@dataclass
class Year:
    """What the second crawl asked of one portal and what it brought."""

    farm: Farm
    asked: list[str]
    statuses: dict[str, int]
    entries: list[Entry]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("again")


@pytest.fixture(scope="module")
def next_year(data: Path) -> Iterator[dict[str, Year]]:
    """Portals crawled in 2024 and again in 2025, when each has three reports more."""
    with ExitStack() as stack:
        farms = {
            name: stack.enter_context(
                Farm(yearly.portal(2023, 2022), f"127.0.3.{number}", comparing=comparing)
            )
            for number, (name, comparing) in enumerate(SERVERS.items(), 1)
        }
        portals = portals_file(data, {name: farm.home for name, farm in farms.items()})
        done = crawl(portals, data)
        assert done.returncode == 0, done.stderr
        first = len(ledger(data))
        before = {name: len(farm.asked) for name, farm in farms.items()}
        for farm in farms.values():
            farm.site = yearly.portal(2024, 2023, 2022)
        done = crawl(portals, data)
        assert done.returncode == 0, done.stderr
        entries = ledger(data)[first:]
        yield {
            name: Year(
                farm,
                farm.paths()[before[name] :],
                {one.path: one.status for one in farm.asked[before[name] :]},
                [entry for entry in entries if entry.portal == name],
            )
            for name, farm in farms.items()
        }


@pytest.mark.parametrize("server", SERVERS)
def test_new_reports_come_and_known_ones_are_not_asked_for(next_year: dict[str, Year], server: str) -> None:
    year = next_year[server]
    assert set(year.asked) == yearly.lists(2024, 2023, 2022) | set(yearly.reports(2024))
    held = {
        year.farm.path_of(one.url)
        for one in year.entries
        if one.kind == "report" and one.outcome is Outcome.HELD
    }
    assert held == set(yearly.reports(2024))


@pytest.mark.parametrize("server", HONEST)
def test_a_server_that_compares_sends_what_has_changed_alone(next_year: dict[str, Year], server: str) -> None:
    year = next_year[server]
    assert len(year.asked) == len(set(year.asked))
    unchanged = {path for path, status in year.statuses.items() if status == 304}
    assert unchanged == {"/zwgk/", yearly.COLUMN + "2023n/", yearly.COLUMN + "2022n/"}
    entries = {year.farm.path_of(one.url): one for one in year.entries}
    for path in unchanged:
        assert (entries[path].outcome, entries[path].status, entries[path].revisit) == (
            Outcome.UNCHANGED,
            304,
            True,
        )


def test_the_archive_gives_what_was_not_sent_again(next_year: dict[str, Year], data: Path) -> None:
    with Archive.open(data / "archive", writable=False) as archive:
        for year in next_year.values():
            for entry in (entry for entry in year.entries if entry.kind != "robots"):
                assert archive.body(entry) == year.farm.site[year.farm.path_of(entry.url)].body


@pytest.mark.parametrize("server", ["always_304", "of_another"])
def test_a_server_that_is_caught_is_asked_in_full_from_then_on(
    next_year: dict[str, Year], server: str
) -> None:
    year = next_year[server]
    answered = [one for one in year.farm.asked if one.status == 304]
    assert len(answered) == 1
    assert all(entry.status == 200 for entry in year.entries if entry.kind != "robots")
    path = answered[0].path
    assert [entry.attempts for entry in year.entries if year.farm.path_of(entry.url) == path] == [2]


@pytest.mark.parametrize("server", ["restless", "stuck", "always_304"])
def test_the_same_bytes_are_unchanged_whatever_the_server_says(
    next_year: dict[str, Year], server: str
) -> None:
    year = next_year[server]
    outcomes = {year.farm.path_of(one.url): (one.outcome, one.revisit) for one in year.entries}
    for path in ("/zwgk/", yearly.COLUMN + "2022n/"):
        assert outcomes[path] == (Outcome.UNCHANGED, True)
    assert outcomes[yearly.COLUMN][0] is Outcome.HELD
