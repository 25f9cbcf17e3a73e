"""The hostile farm keeps its own word: what must be held is served, and what is expected of it can be asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.crawler.farm.server import Query
from tests.crawler.hostile.farm import ALL, Served, city, served


@pytest.fixture(scope="module")
def farms() -> Iterator[dict[str, Served]]:
    with served() as portals:
        yield portals


def test_every_report_of_the_truth_is_served(farms: dict[str, Served]) -> None:
    for name, one in farms.items():
        for held in one.portal.held:
            for path in held.paths:
                reply = one.portal.site.get(path) or one.portal.answer(Query("GET", path, {}, {}))
                assert reply is not None, (name, path)
                assert reply.status == 200, (name, path)


def test_no_report_is_both_wanted_and_forbidden(farms: dict[str, Served]) -> None:
    for name, one in farms.items():
        for path in one.portal.forbidden:
            assert not [file for file in one.portal.files if file.startswith(path)], (name, path)
            for held in one.portal.held:
                assert not all(address.startswith(path) for address in held.paths), (name, path)


def test_names_and_addresses_are_distinct(farms: dict[str, Served]) -> None:
    assert len({city(number) for number in range(len(ALL))}) == len(ALL)
    assert len({writer.__name__ for writer in ALL}) == len(ALL)
    assert len({one.farm.home for one in farms.values()}) == len(farms)
