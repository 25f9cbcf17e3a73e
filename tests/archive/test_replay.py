"""A crawl's archive in a player of another maker: pywb shows every answer as the server sent it."""

from __future__ import annotations

import gzip
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import format_datetime
from http.client import HTTPConnection
from pathlib import Path

import pytest

from pipeline.archive import Entry, Outcome
from tests.crawler import yearly
from tests.crawler.command import crawl, ledger, portals_file
from tests.crawler.farm import Farm, Reply
from tests.crawler.farm.comparing import SERVERS
from tests.crawler.town import html, page, report
from tests.environments import python_of

GBK, ZIPPED, ATTACHED = (yearly.path_of(number, 2022) for number in range(3))
FILE = "%E5%B9%B4%E6%8A%A5.pdf"


def site() -> dict[str, Reply]:
    """The portal of one year, with a page in GBK, one that is sent packed, and one whose report is a file."""
    title = yearly.title(2, 2022)
    return yearly.portal(2022) | {
        GBK: Reply(report(yearly.title(0, 2022)).encode("gbk"), content_type="text/html; charset=GBK"),
        ZIPPED: html(report(yearly.title(1, 2022)), zipped=True),
        ATTACHED: html(page(title, [(FILE, f"附件：{title}")])),
        f"{yearly.COLUMN}2022n/202301/{FILE}": Reply(
            b"%PDF-1.4\n" + bytes(range(256)) * 40, content_type="application/pdf"
        ),
    }


def wire(reply: Reply) -> bytes:
    """The body of an answer as it goes over the wire."""
    return gzip.compress(reply.body, mtime=0) if reply.zipped else reply.body


@dataclass(frozen=True)
class Player:
    """pywb with the WARC files of an archive as its one collection."""

    port: int

    def shows(self, entry: Entry) -> tuple[int, str | None, bytes]:
        """Status, moment and body that it gives for the moment of an entry, without any change of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(
                "GET",
                f"/reports/{entry.fetched_at:%Y%m%d%H%M%S}id_/{entry.url}",
                headers={"Accept-Encoding": "gzip"},
            )
            answer = connection.getresponse()
            return answer.status, answer.headers["Memento-Datetime"], answer.read()
        finally:
            connection.close()


@contextmanager
def player(programs: Path, folder: Path, warc: Path) -> Iterator[Player]:
    """Serve the WARC files from a copy of pywb's own, in a process that ends with the context."""
    files = [str(path) for path in sorted(warc.iterdir())]
    for words in (["init", "reports"], ["add", "reports", *files]):
        subprocess.run(
            [programs / "wb-manager", *words], cwd=folder, check=True, capture_output=True, timeout=60
        )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [programs / "wayback", "--bind", "127.0.0.1", "--port", str(port)],
            cwd=folder,
            stdout=log,
            stderr=log,
        )
        try:
            _wait(process, port, folder / "log")
            yield Player(port)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(300):
        assert process.poll() is None, log.read_text()
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"pywb did not begin to serve: {log.read_text()}")


def test_every_answer_is_replayed_as_it_was_sent(tmp_path: Path) -> None:
    programs = python_of("pywb").parent
    with (
        Farm(site(), "127.0.3.21", comparing=SERVERS["honest"]) as honest,
        Farm(site(), "127.0.3.22", comparing=SERVERS["restless"]) as restless,
    ):
        portals = portals_file(tmp_path, {"370801": honest.home, "370802": restless.home})
        for options in ((), ("--refetch",)):
            done = crawl(portals, tmp_path, *options)
            assert done.returncode == 0, done.stderr
    farms = {"370801": honest, "370802": restless}
    entries = [entry for entry in ledger(tmp_path) if entry.kind != "robots"]
    asked = {(entry.portal, farms[entry.portal or ""].path_of(entry.url)) for entry in entries}
    assert asked >= {(code, path) for code in farms for path in site()}
    again = {(entry.portal, entry.outcome, entry.status) for entry in entries if entry.revisit}
    assert again >= {("370801", Outcome.UNCHANGED, 304), ("370802", Outcome.UNCHANGED, 200)}
    warc = tmp_path / "archive" / "warc"
    replay = tmp_path / "replay"
    replay.mkdir()
    with player(programs, replay, warc) as shown:
        for entry in entries:
            farm = farms[entry.portal or ""]
            sent = wire(farm.site[farm.path_of(entry.url)])
            assert shown.shows(entry) == (200, format_datetime(entry.fetched_at, usegmt=True), sent), entry
    checked = subprocess.run(
        [programs / "warcio", "check", "-v", *sorted(warc.iterdir())],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert checked.returncode == 0, checked.stdout
    assert "digest failed" not in checked.stdout
