"""When a portal is asked whether a page has changed, and when it is asked for the page itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.conditions import Conditions
from crawler.former import Former
from crawler.urls import Scope
from pipeline.archive import Archive, Entry, Exchange, Outcome
from tests.crawler.town import page

SITE = "http://www.qingxi.gov.cn/"
LIST = SITE + "nb/"
SCOPE = Scope.of(SITE)
NOW = datetime.now(UTC)
BODY = page("政府信息公开年报", [("a.html", "清溪镇2023年政府信息公开工作年度报告")]).encode()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive") as archive:
        yield archive


def hold(
    archive: Archive,
    url: str = LIST,
    body: bytes = BODY,
    *,
    days: float = 30,
    kind: str = "list",
    run: str = "1",
    etag: str | None = '"a"',
    outcome: Outcome = Outcome.HELD,
    same_as: Entry | None = None,
) -> Entry:
    headers = (("Content-Type", "text/html"), *((("ETag", etag),) if etag else ()))
    at = NOW - timedelta(days=days)
    payload = b"" if same_as else body
    exchange = Exchange(url, "GET", (), 304 if same_as else 200, "", headers, payload, at)
    return archive.store_exchange(exchange, outcome=outcome, portal="1", run=run, kind=kind, same_as=same_as)


def conditions(archive: Archive, *, proved: bool = True, reports: bool = False) -> Conditions:
    former = Former(archive, reports=reports)
    for place, entry in archive.places():
        former.meet(place, entry)
    made = Conditions(archive, former)
    if proved:
        made.learn(Request(SITE, headers={"If-None-Match": '"x"'}), hold(archive, SITE))
    return made


def asked(
    made: Conditions, url: str = LIST, *, kind: str = "list", method: str = "GET"
) -> dict[str, str] | None:
    """The words that a request asks by, None where it asks for the page itself."""
    request = Request(url, method=method, meta={"portal": "1", "kind": kind, "hops": ()})
    made.put(request, SCOPE)
    words = {
        name: (request.headers.get(name) or b"").decode()
        for name in ("If-None-Match", "If-Modified-Since")
        if name in request.headers
    }
    return words or None


def test_the_first_question_fits_no_document(archive: Archive) -> None:
    hold(archive)
    words = asked(conditions(archive, proved=False))
    assert words is not None
    assert '"a"' not in words.values()
    assert set(words) == {"If-None-Match", "If-Modified-Since"}
    assert asked(conditions(archive)) == {"If-None-Match": '"a"'}


@pytest.mark.parametrize(("days", "moving", "asks"), [
    (59, False, True), (61, False, False), (61, True, True), (399, True, True), (401, True, False),
])  # fmt: skip
def test_what_is_old_is_asked_for_itself(archive: Archive, days: float, moving: bool, asks: bool) -> None:
    hold(archive, SITE + "other/", b"before" * 9, days=days + 9, etag='"1"')
    hold(archive, SITE + "other/", b"after" * 9, days=days + 8, etag='"2"' if moving else None)
    hold(archive, days=days)
    assert (asked(conditions(archive)) is not None) == asks


def test_words_that_stand_still_are_never_believed(archive: Archive) -> None:
    hold(archive, SITE + "other/", b"before" * 9)
    hold(archive, SITE + "other/", b"after" * 9)
    hold(archive)
    assert asked(conditions(archive)) is None


@pytest.mark.parametrize("outcome", [Outcome.TIMEOUT, Outcome.EMPTY_LIST, Outcome.CHALLENGE])
def test_a_page_that_did_not_come_last_is_asked_for_itself(archive: Archive, outcome: Outcome) -> None:
    hold(archive)
    archive.store_failure(LIST, outcome=outcome, fetched_at=NOW, portal="1", run="1", kind="list")
    assert asked(conditions(archive)) is None


def test_a_portal_whose_lists_fell_short_is_asked_in_full_until_they_do_not(archive: Archive) -> None:
    hold(archive)
    archive.store_failure(
        SITE + "far/", outcome=Outcome.SHORT_LIST, fetched_at=NOW, portal="1", run="1", kind="list"
    )
    assert asked(conditions(archive)) is None
    hold(archive, run="2")
    assert asked(conditions(archive)) == {"If-None-Match": '"a"'}


def test_a_304_leaves_the_age_of_the_page_as_it_is(archive: Archive) -> None:
    held = hold(archive, days=70)
    hold(archive, days=10, outcome=Outcome.UNCHANGED, same_as=held)
    assert asked(conditions(archive)) is None


def test_a_challenge_that_was_once_taken_for_a_page_is_not_asked_by(archive: Archive) -> None:
    script = b"<html><head><script>$_ts = window['$_ts'];</script></head><body></body></html>"
    hold(archive, body=script)
    assert asked(conditions(archive)) is None


def test_a_page_that_the_archive_lost_is_asked_for_itself(archive: Archive) -> None:
    entry = hold(archive)
    made = conditions(archive)
    warc = archive.root / "warc" / str(entry.warc)
    raw = bytearray(warc.read_bytes())
    assert entry.offset is not None
    raw[entry.offset + 40] ^= 0xFF
    warc.write_bytes(bytes(raw))
    assert asked(made) is None


def test_what_is_posted_has_no_condition(archive: Archive) -> None:
    hold(archive)
    assert asked(conditions(archive), method="POST") is None


def test_reports_are_asked_by_strong_words_alone(archive: Archive) -> None:
    hold(archive, SITE + "weak.html", kind="report", etag='W/"a"')
    hold(archive, SITE + "strong.html", kind="report", etag='"b"')
    made = conditions(archive, reports=True)
    assert asked(made, SITE + "weak.html", kind="report") is None
    assert asked(made, SITE + "strong.html", kind="report") == {"If-None-Match": '"b"'}
    assert asked(conditions(archive), SITE + "strong.html", kind="report") is None


def test_a_request_in_full_asks_by_nothing(archive: Archive) -> None:
    hold(archive)
    made = conditions(archive)
    request = Request(LIST, meta={"portal": "1", "kind": "list", "hops": (), "attempts": 1})
    made.put(request, SCOPE)
    assert made.are_put(request)
    again = made.in_full(request)
    made.put(again, SCOPE)
    assert not made.are_put(again)
    assert again.meta["attempts"] == 1


@pytest.mark.parametrize(
    ("named", "believed"), [({}, True), ({"ETag": 'W/"a"'}, True), ({"ETag": '"b"'}, False)]
)
def test_a_304_must_not_name_another_document(
    archive: Archive, named: dict[str, str], believed: bool
) -> None:
    hold(archive)
    made = conditions(archive)
    request = Request(LIST, meta={"portal": "1", "kind": "list", "hops": ()})
    made.put(request, SCOPE)
    assert made.is_believed(request, Response(LIST, status=304, headers=named)) == believed
    assert (asked(made) is not None) == believed
