"""The sample portals over real HTTP."""

from __future__ import annotations

import csv
import http.client
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.problem import Problem
from pipeline.sample import SamplePortal, load_truth, site


@pytest.fixture
def portal() -> Iterator[SamplePortal]:
    with SamplePortal() as running:
        yield running


def _get(portal: SamplePortal, address: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(address, portal.port, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()
    finally:
        connection.close()


def test_every_city_answers_on_its_own_address(
    portal: SamplePortal, capfd: pytest.CaptureFixture[str]
) -> None:
    for city in portal.cities:
        for path in ("/", city.column):
            status, headers, body = _get(portal, city.address, path)
            assert (status, body) == (200, site(city.code)[path].body)
            assert headers["content-type"] == "text/html; charset=utf-8"
            assert "last-modified" in headers
    assert [(r.city, r.path, r.status) for r in portal.requests][:2] == [
        ("990100", "/", 200),
        ("990100", "/zwgk/zfxxgk/zfxxgknb/", 200),
    ]
    assert capfd.readouterr() == ("", "")


def test_meant_faults_happen(portal: SamplePortal) -> None:
    truth = load_truth()
    addresses = {city.code: city.address for city in portal.cities}
    by_answer = {p.answer: (addresses[truth.organ(p.organ).city], p.path) for p in truth.publications}
    assert _get(portal, *by_answer["not_found"])[0] == 404
    assert [_get(portal, *by_answer["error_twice"])[0] for _ in range(4)] == [500, 500, 200, 200]


def test_robots_differ_by_city(portal: SamplePortal) -> None:
    status, headers, body = _get(portal, "127.0.0.2", "/robots.txt")
    assert (status, headers["content-type"]) == (200, "text/plain")
    assert b"Crawl-delay: 0.05" in body
    assert b"Disallow: /search/" in body
    assert _get(portal, "127.0.0.3", "/robots.txt")[0] == 404
    assert _get(portal, "127.0.0.4", "/robots.txt")[0] == 200


def test_an_unchanged_page_is_not_sent_again(portal: SamplePortal) -> None:
    _, headers, _ = _get(portal, "127.0.0.2", "/")
    status, _, body = _get(portal, "127.0.0.2", "/", **{"If-None-Match": headers["etag"]})
    assert (status, body) == (304, b"")


def test_a_connection_is_kept_for_several_requests(portal: SamplePortal) -> None:
    connection = http.client.HTTPConnection("127.0.0.2", portal.port, timeout=10)
    for path in ("/", "/nowhere", "/zwgk/"):
        connection.request("GET", path, headers={"User-Agent": "test"})
        connection.getresponse().read()
    connection.request("HEAD", "/")
    head = connection.getresponse()
    assert int(head.headers["Content-Length"]) == len(site("990100")["/"].body)
    assert head.read() == b""
    connection.close()
    assert [(r.method, r.status) for r in portal.requests] == [
        ("GET", 200),
        ("GET", 404),
        ("GET", 200),
        ("HEAD", 200),
    ]
    assert portal.requests[0].user_agent == "test"


def test_a_client_that_goes_away_leaves_no_noise(
    portal: SamplePortal, capfd: pytest.CaptureFixture[str]
) -> None:
    connection = http.client.HTTPConnection("127.0.0.2", portal.port, timeout=10)
    connection.request("GET", "/")
    connection.close()
    assert _get(portal, "127.0.0.2", "/")[0] == 200
    assert capfd.readouterr() == ("", "")


def test_an_address_that_cannot_be_used_is_named() -> None:
    portal = SamplePortal()
    portal.cities = (*portal.cities[:1], replace(portal.cities[1], address="192.0.2.1"))
    with pytest.raises(Problem, match=r"192\.0\.2\.1"), portal:
        pass


def test_two_portals_can_run_side_by_side(portal: SamplePortal) -> None:
    with SamplePortal() as other:
        assert other.port != portal.port
        assert _get(other, "127.0.0.4", "/")[0] == 200
    with pytest.raises(ConnectionError):
        _get(other, "127.0.0.4", "/")


def test_the_list_of_portals_is_what_a_crawl_takes(portal: SamplePortal, tmp_path: Path) -> None:
    path = portal.portals_csv(tmp_path / "portals.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0] == {
        "code": "990100",
        "name": "样例甲市",
        "home": f"http://127.0.0.2:{portal.port}/",
        "province": "样例省",
        "city": "样例甲市",
    }
    assert len(rows) == 3
