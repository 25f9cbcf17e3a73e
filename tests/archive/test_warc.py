"""The WARC files as readers of other makers see them."""

from __future__ import annotations

import gzip
import io
import zlib
from contextlib import redirect_stdout
from hashlib import sha256
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from warcio.cli import main as warcio  # type: ignore[import-untyped]

from pipeline.archive import Archive
from pipeline.archive.appending import make_folder
from pipeline.archive.bodies import Bodies
from pipeline.archive.stored import read_record
from pipeline.archive.volumes import Place, Volumes
from pipeline.archive.warc import exchange_records
from tests.archive.helpers import MOMENT, exchange, hold, records


def test_an_exchange_is_a_response_and_a_request_that_names_it(tmp_path: Path) -> None:
    page = "<p>公开</p>".encode("gb18030")
    with Archive.open(tmp_path) as archive:
        hold(archive, exchange("http://portal.example/a/b.html?c=d", page, ("Content-Type", "text/html")))
    info, response, request = records(tmp_path)
    assert info.type == "warcinfo"
    assert b"format: WARC File Format 1.1" in info.raw
    assert response.type == "response"
    assert response.status_line == "200 OK"
    assert response.raw == page
    assert response.warc["WARC-Target-URI"] == "http://portal.example/a/b.html?c=d"
    assert response.warc["WARC-Date"] == "2026-02-03T04:05:06.000789Z"
    assert response.digests_hold is True
    assert request.type == "request"
    assert request.warc["WARC-Concurrent-To"] == response.warc["WARC-Record-ID"]
    assert request.status_line == "/a/b.html?c=d HTTP/1.1"
    assert ("User-Agent", "gongkai") in request.http


def test_what_was_posted_stands_in_the_request(tmp_path: Path) -> None:
    url = "http://portal.example/list.do#pageNo=2"
    with Archive.open(tmp_path) as archive:
        hold(archive, exchange(url, b"page", method="POST", posted=b"columnId=37&pageNo=2"))
    _, response, request = records(tmp_path)
    assert (response.warc["WARC-Target-URI"], request.warc["WARC-Target-URI"]) == (url, url)
    assert (request.status_line, request.raw) == ("/list.do HTTP/1.1", b"columnId=37&pageNo=2")
    assert request.digests_hold is True


def test_each_record_is_a_gzip_member_of_its_own(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        entry = hold(archive, exchange("http://portal.example/", b"page"))
    data = (tmp_path / "warc" / str(entry.warc)).read_bytes()
    assert entry.offset is not None
    assert entry.length is not None
    member = gzip.decompress(data[entry.offset : entry.offset + entry.length])
    assert member.startswith(b"WARC/1.1\r\n")
    assert member.endswith(b"\r\n\r\npage\r\n\r\n")
    count = 0
    while data:
        unpacker = zlib.decompressobj(wbits=31)
        assert unpacker.decompress(data).startswith(b"WARC/1.1\r\n")
        data = unpacker.unused_data
        count += 1
    assert count == 3


def test_headers_are_right_for_replay(tmp_path: Path) -> None:
    packed = brotli.compress(b"page" * 100)
    with Archive.open(tmp_path) as archive:
        hold(
            archive,
            exchange(
                "http://portal.example/",
                packed,
                ("Transfer-Encoding", "chunked"),
                ("content-length", "999"),
                ("Content-Encoding", "br"),
                ("Set-Cookie", "a=1"),
                ("Set-Cookie", "b=2"),
            ),
        )
    response = records(tmp_path)[1]
    assert response.http == [
        ("Content-Encoding", "br"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
        ("Content-Length", str(len(packed))),
    ]
    assert response.raw == packed
    assert brotli.decompress(response.raw) == b"page" * 100


@pytest.mark.parametrize(("method", "status"), [("HEAD", 200), ("GET", 304)])
def test_the_length_of_an_answer_without_body_stands(tmp_path: Path, method: str, status: int) -> None:
    with Archive.open(tmp_path) as archive:
        hold(archive, exchange("http://h/", b"", ("Content-Length", "999"), method=method, status=status))
    assert records(tmp_path)[1].http == [("Content-Length", "999")]


def test_the_same_payload_is_stored_once_and_named_by_revisits(tmp_path: Path) -> None:
    page = b"the same page" * 50
    with Archive.open(tmp_path) as archive:
        first = hold(archive, exchange("http://portal.example/首页", page))
        again = hold(archive, exchange("http://portal.example/b", page))
        given = archive.store_resource("file:///reports/c.html", page, "text/html", MOMENT)
        for entry in (first, again, given):
            assert archive.body(entry) == page
    with Archive.open(tmp_path) as archive:
        later = hold(archive, exchange("http://portal.example/d", page))
        assert archive.body(later) == page
    assert [entry.revisit for entry in (first, again, given, later)] == [False, True, True, True]
    assert {(entry.warc, entry.offset) for entry in (first, again, given, later)} == {
        (first.warc, first.offset)
    }
    response, *revisits = [record for record in records(tmp_path) if record.type in ("response", "revisit")]
    assert [record.type for record in revisits] == ["revisit"] * 3
    for record in revisits:
        assert record.raw == b""
        assert record.warc["WARC-Profile"].endswith("/1.1/revisit/identical-payload-digest")
        assert record.warc["WARC-Payload-Digest"] == response.warc["WARC-Payload-Digest"]
        assert record.warc["WARC-Refers-To-Target-URI"] == response.warc["WARC-Target-URI"]
        assert record.warc["WARC-Refers-To-Date"] == response.warc["WARC-Date"]


def test_a_resource_holds_a_file_as_it_is(tmp_path: Path) -> None:
    report = bytes(range(256)) * 9
    with Archive.open(tmp_path) as archive:
        entry = archive.store_resource(
            "file:///年报.doc", report, "application/msword", MOMENT, name="年报.doc"
        )
        assert archive.body(entry) == report
    (record,) = [record for record in records(tmp_path) if record.type == "resource"]
    assert record.raw == report
    assert record.warc["Content-Type"] == "application/msword"
    assert record.digests_hold is True
    assert (entry.anchor, entry.kind, entry.outcome) == ("年报.doc", "import", "imported")
    assert (entry.size, entry.sha256) == (len(report), sha256(report).hexdigest())


def test_no_address_or_header_breaks_out_of_its_line(tmp_path: Path) -> None:
    url = "http://portal.example/a b\r\nWARC-Type: warcinfo\x00<>\ud800?q=公开"
    with Archive.open(tmp_path) as archive:
        entry = hold(archive, exchange(url, b"page", ("X", "one\r\n\r\ntwo"), ("Location", "/公开")))
        assert archive.body(entry) == b"page"
        assert next(archive.entries()).url == url
    _, response, request = records(tmp_path)
    assert (response.type, response.raw) == ("response", b"page")
    assert response.warc["WARC-Target-URI"].startswith(
        "http://portal.example/a%20b%0D%0AWARC-Type:%20warcinfo%00"
    )
    assert ("X", "one    two") in response.http
    assert ("Location", "/公开") in response.http
    assert request.type == "request"


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("http://h", "/ HTTP/1.1"),
        ("http://h?a=b#c", "/?a=b HTTP/1.1"),
        ("http://h/年?a/b?c#d", "/%E5%B9%B4?a/b?c HTTP/1.1"),
        ("http://[h/a", "/a HTTP/1.1"),
        ("no address at all", "/ HTTP/1.1"),
    ],
)
def test_the_request_asks_for_path_and_query(tmp_path: Path, url: str, line: str) -> None:
    with Archive.open(tmp_path) as archive:
        hold(archive, exchange(url, b"page"))
    assert b"GET " + line.encode() in gzip.decompress(next((tmp_path / "warc").iterdir()).read_bytes())


def test_header_bytes_come_out_as_they_were_received() -> None:
    received = "attachment; filename=年报.doc".encode("gb18030")
    what = exchange("http://h/", b"x", ("Content-Disposition", received.decode("latin-1")))
    response, _ = exchange_records(what, sha256(b"x").digest(), None)
    assert b"\r\nContent-Disposition: " + received + b"\r\n" in gzip.decompress(response)
    assert read_record(response).headers[0] == ("Content-Disposition", received.decode("latin-1"))


def test_warcio_check_passes(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        hold(archive, exchange("http://h/1", gzip.compress(b"page"), ("Content-Encoding", "gzip")))
        hold(archive, exchange("http://h/2", b""))
        hold(archive, exchange("http://h/3", b"page"))
        hold(archive, exchange("http://h/4", b"page"))
    (path,) = (tmp_path / "warc").iterdir()
    said = io.StringIO()
    with redirect_stdout(said), pytest.raises(SystemExit) as ending:
        warcio(["check", "-v", str(path)])
    assert ending.value.code == 0
    assert said.getvalue().count("digest pass") == 8
    assert said.getvalue().count("revisit") == 2


def test_files_are_begun_anew_when_full_and_at_each_opening(tmp_path: Path) -> None:
    make_folder(tmp_path)
    places: list[Place] = []
    for number in range(2):
        volumes = Volumes(tmp_path, rotate_at=1500)
        for step in range(4):
            payload = f"page {number} {step}".encode()
            what = exchange("http://h/", payload)
            places.append(volumes.append(*exchange_records(what, sha256(payload).digest(), None)))
        volumes.close()
    names = list(dict.fromkeys(place.warc for place in places))
    assert names == sorted(path.name for path in tmp_path.iterdir())
    assert [name[:14] for name in names] == [f"gongkai-{serial:06d}" for serial in range(1, len(names) + 1)]
    assert len(names) == 4
    assert [Bodies(tmp_path).record(place).payload for place in places] == [
        f"page {number} {step}".encode() for number in range(2) for step in range(4)
    ]
