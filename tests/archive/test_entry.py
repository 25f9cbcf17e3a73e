"""Ledger lines, sightings and outcomes, whatever text they carry."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive import Entry, Outcome, Sighting, Tls
from pipeline.archive.entry import declared
from pipeline.archive.fields import time_text
from pipeline.archive.lines import VERSION, encode_line

TEXT = st.text(st.characters(exclude_categories=()))
MAYBE = st.none() | TEXT
COUNT = st.none() | st.integers(0, 2**60)
ZONES = st.builds(timezone, st.integers(-720, 840).map(lambda minutes: timedelta(minutes=minutes)))
TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=ZONES)  # noqa: DTZ001 - bounds are naive

ENTRIES = st.builds(
    Entry,
    url=TEXT,
    fetched_at=TIMES,
    outcome=st.sampled_from(Outcome),
    portal=MAYBE,
    run=MAYBE,
    kind=MAYBE,
    status=COUNT,
    media_type=MAYBE,
    charset_declared=MAYBE,
    sha256=MAYBE,
    size=COUNT,
    warc=MAYBE,
    offset=COUNT,
    length=COUNT,
    referrer=MAYBE,
    anchor=MAYBE,
    note=MAYBE,
    attempts=st.integers(0, 2**60),
    payload_sha256=MAYBE,
    revisit=st.booleans(),
    etag=MAYBE,
    last_modified=MAYBE,
    tls=st.none() | st.sampled_from(Tls),
    left_until=st.none() | TIMES,
    waited_ms=COUNT,
)
SIGHTINGS = st.builds(
    Sighting,
    portal=TEXT,
    run=TEXT,
    listed_on=TEXT,
    url=TEXT,
    text=TEXT,
    organ_hint=MAYBE,
    year_hint=COUNT,
    seen_at=TIMES,
    verdict=TEXT,
)


def through_a_line(line: dict[str, object]) -> dict[str, object]:
    written = encode_line(line)
    assert written.count(b"\n") == 1
    read = json.loads(written)
    assert read.pop("v") == VERSION
    assert isinstance(read, dict)
    return read


@given(ENTRIES)
def test_an_entry_goes_through_its_line_unchanged(entry: Entry) -> None:
    assert Entry.from_line(through_a_line(entry.to_line())) == entry


@given(SIGHTINGS)
def test_a_sighting_goes_through_its_line_unchanged(sighting: Sighting) -> None:
    assert Sighting.from_line(through_a_line(sighting.to_line())) == sighting


def test_a_line_of_the_first_version_is_still_read() -> None:
    line = (
        '{"v":1,"url":"http://h/","fetched_at":"2025-03-01T08:00:00.000000Z","outcome":"held","portal":"1",'
        '"run":"r","kind":"list","status":200,"media_type":"text/html","sha256":"ab","size":5,'
        '"warc":"gongkai-000001-20250301T080000Z.warc.gz","offset":300,"length":200,"attempts":1,'
        '"payload_sha256":"ab"}'
    )
    read = json.loads(line)
    assert read.pop("v") == 1
    entry = Entry.from_line(read)
    assert (entry.kind, entry.offset, entry.etag, entry.last_modified) == ("list", 300, None, None)


@given(TIMES, TIMES)
def test_times_sort_as_their_text(one: datetime, other: datetime) -> None:
    assert (one < other) == (time_text(one) < time_text(other))


LINE = Entry("http://h/", datetime(2026, 1, 1, tzinfo=UTC), Outcome.HELD).to_line()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"url": None}, "url is missing"),
        ({"url": 5}, "url is not a text"),
        ({"size": "5"}, "size is not a whole number"),
        ({"size": True}, "size is not a whole number"),
        ({"size": 5.0}, "size is not a whole number"),
        ({"outcome": "fine"}, "fine"),
        ({"fetched_at": "2026-01-01T00:00:00"}, "fetched_at has no zone"),
        ({"fetched_at": "yesterday"}, "yesterday"),
        ({"attempts": None}, "attempts is missing"),
        ({"revisit": 1}, "revisit is not true"),
        ({"colour": "red"}, "unknown fields: colour"),
    ],
)
def test_a_line_that_is_no_entry_is_refused(change: dict[str, object], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Entry.from_line({**LINE, **change})


def test_a_time_without_zone_is_refused() -> None:
    entry = Entry("http://h/", datetime(2026, 1, 1), Outcome.HELD)  # noqa: DTZ001 - what is refused
    with pytest.raises(ValueError, match="no zone"):
        entry.to_line()
    assert replace(entry, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)).to_line() == LINE


def test_each_outcome_has_a_sentence_of_its_own() -> None:
    sentences = [outcome.description for outcome in Outcome]
    assert all(sentence.endswith(".") for sentence in sentences)
    assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize(
    ("value", "media_type", "charset"),
    [
        ("text/html; charset=GBK", "text/html", "GBK"),
        ('Text/HTML;Charset="utf-8"', "text/html", "utf-8"),
        ("text/html; boundary=x; charset = 'gb2312'", "text/html", "gb2312"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", None, None),
        ("charset=utf-8", None, None),
        ("", None, None),
    ],
)
def test_what_a_response_declares(value: str, media_type: str | None, charset: str | None) -> None:
    if value.startswith("application/"):
        media_type = value
    assert declared((("content-type", value),)) == (media_type, charset)


def test_a_response_may_declare_nothing() -> None:
    assert declared(()) == (None, None)
