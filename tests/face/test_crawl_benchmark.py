"""The benchmark of the crawl measures what it says: the same pages both ways, every report once."""

from __future__ import annotations

import pytest

from benchmarks import crawl
from benchmarks.crawl_site import COLUMN, Shape, Site
from pipeline.archive import decode_body
from pipeline.forms import load_forms
from pipeline.report import read_report

SHAPE = Shape(2, 30, zipped=True)


def body(answer: bytes) -> bytes:
    head, _, payload = answer.partition(b"\r\n\r\n")
    pairs = (line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    return decode_body(payload, [(name, value) for name, value in pairs])


def test_its_reports_are_as_large_as_real_ones_and_all_different() -> None:
    plain, zipped = Site(Shape(2, 30)), Site(SHAPE)
    reports = [path for path in plain.paths() if "/t2" in path]
    assert [path for path in plain.paths() if path not in reports] == [COLUMN, COLUMN + "index_1.html"]
    pages = [body(plain.answer(portal, path)) for portal in range(2) for path in reports]
    assert len(set(pages)) == 60
    assert all(20_000 < len(page) < 64_000 for page in pages)
    assert pages[:30] == [body(zipped.answer(0, path)) for path in reports]
    assert all(len(zipped.answer(0, path)) < len(plain.answer(0, path)) / 3 for path in reports)
    record = read_report(pages[0], load_forms()).record
    assert record.organ == "东东县财政局"
    assert record.figures


def test_both_ways_get_every_report_once_and_are_told_apart() -> None:
    bare, ours = crawl.beside_scrapy(SHAPE, rounds=1)
    assert (bare.way, ours.way) == (crawl.BARE, crawl.OURS)
    assert (bare.requests, bare.most) == (64, 32)
    assert (ours.requests, ours.most) == (70, 35)  # beside these, robots.txt and two pages on the way
    for one in (bare, ours):
        assert 0 < one.server_busy < one.busy
        assert 0 < one.seconds < one.whole
        assert one.peak > 10_000_000
    lines = [
        *crawl.report(SHAPE, bare, ours),
        *crawl.report_polite(0.1, ours),
        *crawl.report_memory(ours, ours),
    ]
    assert "1.00 x bare Scrapy" in lines[1]
    assert lines[-1].endswith("1.00 x")


def test_a_crawl_that_misses_a_report_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its rate would be that of less work."""
    monkeypatch.setattr(Site, "paths", lambda _: iter([COLUMN]))
    with pytest.raises(ValueError, match="bare Scrapy ended with 0 and asked"):
        crawl.crawled(crawl.BARE, Shape(1, 30))
