"""What the tests of the tables share."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.archive import Archive, Outcome
from pipeline.build import build
from tests.tables.making import SCIENCE, START, Crawl, reports


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports of one organ, among what else a crawl and an import bring."""
    folder = tmp_path_factory.mktemp("data")
    with Crawl(folder, "990100") as crawl:
        crawl.fetch(crawl.home, "<html><body><a href='/list/'>公开</a></body></html>", kind="page")
        for report in reports("jia-sci"):
            crawl.report(report)
            crawl.sight(crawl.home.rstrip("/") + report.path, SCIENCE, report.publication.year)
        first = reports("jia-sci", 2019)[0]
        crawl.report(first, crawl.home + "again.html")
        crawl.fetch(
            crawl.home + "notice.html", "<html><head><title>通知</title></head><body>无</body></html>"
        )
        crawl.fetch(crawl.home + "gone.html", outcome=Outcome.NOT_FOUND)
    with Archive.open(folder / "archive") as archive:
        archive.store_resource("file:///a/report.html", first.html, "text/html", START, name="a/report.html")
        archive.store_resource(
            "file:///a/x.bin", bytes(range(256)), "application/octet-stream", START, name="a/x.bin"
        )
    build(folder)
    return folder
