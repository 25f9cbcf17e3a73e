"""Answers 304: what they confirm, how they stand in the WARC files, and what can be asked by."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.cli import main as warcio  # type: ignore[import-untyped]

from pipeline.archive import Archive, Entry, Outcome
from pipeline.archive.validators import validators
from pipeline.problem import Problem
from tests.archive.helpers import MOMENT, exchange, hold, records

LIST = "http://portal.example/年报/"
PAGE = b"<ul><li>2024</li></ul>" * 20
DATE = ("Date", "Tue, 03 Feb 2026 04:05:06 GMT")
HEADERS = (
    ("Content-Type", "text/html; charset=gbk"),
    ("ETag", '"5f3c-1a"'),
    ("Last-Modified", "Fri, 10 Jan 2025 01:02:03 GMT"),
    DATE,
)


def confirm(archive: Archive, held: Entry, days: int) -> Entry:
    answer = exchange(LIST, b"", DATE, status=304, fetched_at=MOMENT + timedelta(days=days))
    answer = replace(answer, request_headers=(*answer.request_headers, ("If-None-Match", '"5f3c-1a"')))
    return archive.store_exchange(
        answer, outcome=Outcome.UNCHANGED, portal="370800", run="r2", kind="list", same_as=held
    )


def test_an_answer_304_holds_what_it_confirms(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        held = hold(archive, exchange(LIST, PAGE, *HEADERS))
        entry = confirm(archive, held, 360)
        assert archive.body(entry) == PAGE
    with Archive.open(tmp_path) as archive:
        assert [archive.body(known) for known in archive.entries()] == [PAGE, PAGE]
        assert list(archive.entries())[1] == entry
        (first, _), (second, _) = archive.places()
        assert (archive.entry_at(first), archive.entry_at(second)) == (held, entry)
    assert (held.etag, held.last_modified) == ('"5f3c-1a"', "Fri, 10 Jan 2025 01:02:03 GMT")
    assert (entry.outcome, entry.status, entry.revisit, entry.run) == ("unchanged", 304, True, "r2")
    told = [
        (one.sha256, one.size, one.media_type, one.charset_declared, one.warc, one.offset)
        for one in (held, entry)
    ]
    assert told[0] == told[1]


def test_it_is_a_revisit_of_the_record_that_holds_the_bytes(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        first = hold(archive, exchange("http://portal.example/index.html", PAGE, *HEADERS))
        held = hold(archive, exchange(LIST, PAGE, *HEADERS, fetched_at=MOMENT + timedelta(days=1)))
        assert held.revisit
        confirm(archive, held, 2)
    found = records(tmp_path)
    revisit, request = found[-2:]
    response = next(record for record in found if record.type == "response")
    assert revisit.type == "revisit"
    assert revisit.warc["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    assert revisit.warc["WARC-Date"] == "2026-02-05T04:05:06.000789Z"
    assert revisit.warc["WARC-Target-URI"] == "http://portal.example/%E5%B9%B4%E6%8A%A5/"
    assert revisit.warc["WARC-Refers-To-Target-URI"] == first.url == response.warc["WARC-Target-URI"]
    assert revisit.warc["WARC-Refers-To-Date"] == response.warc["WARC-Date"]
    assert revisit.warc["Content-Length"] == "0"
    assert "WARC-Payload-Digest" not in revisit.warc
    assert request.type == "request"
    assert request.warc["WARC-Concurrent-To"] == revisit.warc["WARC-Record-ID"]
    assert ("If-None-Match", '"5f3c-1a"') in request.http


def test_warcio_check_passes(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        confirm(archive, hold(archive, exchange(LIST, PAGE, *HEADERS)), 1)
    (path,) = (tmp_path / "warc").iterdir()
    said = io.StringIO()
    with redirect_stdout(said), pytest.raises(SystemExit) as ending:
        warcio(["check", "-v", str(path)])
    assert ending.value.code == 0
    assert said.getvalue().count("(revisit)") == 1


def test_what_holds_nothing_cannot_be_confirmed(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        failed = archive.store_failure(
            LIST, outcome=Outcome.TIMEOUT, fetched_at=MOMENT, portal="1", run="r", kind="list"
        )
        with pytest.raises(Problem, match="No bytes were stored"):
            confirm(archive, failed, 1)
        assert list(archive.entries()) == [failed]


@pytest.mark.parametrize(
    ("etag", "last_modified", "usable"),
    [
        ('"a"', None, ('"a"', None)),
        ('W/"a-b"', None, ('W/"a-b"', None)),
        ("5f3c", None, (None, None)),
        ('"a" "b"', None, (None, None)),
        ('""', None, (None, None)),
        ('"年"', None, (None, None)),
        (None, "Tue, 03 Feb 2026 04:04:06 GMT", (None, "Tue, 03 Feb 2026 04:04:06 GMT")),
        (None, "Tue, 03 Feb 2026 04:05:05 GMT", (None, None)),
        (None, "Thu, 03 Feb 2028 04:05:06 GMT", (None, None)),
        (None, "long ago", (None, None)),
    ],
)
def test_words_that_can_be_used(
    etag: str | None, last_modified: str | None, usable: tuple[str | None, str | None]
) -> None:
    given_words = (("etag", etag), ("LAST-MODIFIED", last_modified))
    headers = tuple((name, value) for name, value in given_words if value is not None)
    assert validators((*headers, DATE)) == usable
    assert validators(headers)[1] is None, "without a Date the age of the document is not known"


@given(st.lists(st.tuples(st.sampled_from(["ETag", "Last-Modified", "Date"]), st.text())))
def test_any_words_at_all_may_be_given(headers: list[tuple[str, str]]) -> None:
    etag, last_modified = validators(headers)
    assert etag is None or etag.isascii()
    assert last_modified is None or ("Last-Modified", last_modified) in [
        (name, value.strip()) for name, value in headers
    ]
