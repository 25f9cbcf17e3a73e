"""A person or the system stops the crawl: it ends soon, says how to go on, and what was under way is kept."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.stopping import SENTENCE
from tests.crawler import town
from tests.crawler.command import ledger, portals_file, start
from tests.crawler.farm import Farm, Reply
from tests.forked import Forked


def stopped(process: Forked, *signals: signal.Signals) -> list[str]:
    """What a crawl says that gets these signals, with a moment between them, after its first line."""
    for number in signals:
        process.send_signal(number)
        time.sleep(0.3)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 3
    begins, *lines = (line.partition("  ")[2] or line for line in said.splitlines())
    assert begins.startswith("Run ")
    return lines


def wait_for(happens: Callable[[], object]) -> None:
    until = time.monotonic() + 30
    while not happens():
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_long_wait_is_not_waited_out(tmp_path: Path, number: signal.Signals) -> None:
    waits = {
        signal.SIGINT: ("/", Reply(failures=(503,), retry_after="299")),
        signal.SIGTERM: (
            "/robots.txt",
            Reply(b"User-agent: *\nCrawl-delay: 100\n", content_type="text/plain"),
        ),
    }
    path, reply = waits[number]
    with Farm(lambda home: {**town.town(home), path: reply}) as farm:
        process = start(portals_file(tmp_path, {"990900": farm.home}), tmp_path)
        wait_for(lambda: path in farm.paths())
        time.sleep(0.2)
        asked = len(farm.asked)
        assert stopped(process, number) == ["Stopping.", SENTENCE]
        assert len(farm.asked) == asked
    assert {farm.path_of(entry.url) for entry in ledger(tmp_path)} == {"/robots.txt"}


def test_an_answer_under_way_is_waited_for(tmp_path: Path) -> None:
    with Farm(lambda home: {**town.town(home), "/": town.html(town.page("首页"), wait=2.0)}) as farm:
        process = start(portals_file(tmp_path, {"990900": farm.home}), tmp_path)
        wait_for(lambda: farm.paths() == ["/robots.txt"])
        time.sleep(0.3)
        first, second = stopped(process, signal.SIGINT)
    assert first.startswith("Stopping: 1 answer is under way")
    assert second == SENTENCE
    assert {farm.path_of(entry.url) for entry in ledger(tmp_path)} == {"/robots.txt", "/"}


def test_a_second_signal_ends_at_once(tmp_path: Path) -> None:
    with Farm(lambda home: {**town.town(home), "/": Reply(wait=5.0)}) as farm:
        process = start(portals_file(tmp_path, {"990900": farm.home}), tmp_path)
        wait_for(lambda: farm.paths() == ["/robots.txt"])
        time.sleep(0.3)
        first, second = stopped(process, signal.SIGINT, signal.SIGINT)
        assert "/" not in farm.paths()  # its answer was still to come
    assert first.startswith("Stopping: 1 answer is under way")
    assert second == SENTENCE
    assert {farm.path_of(entry.url) for entry in ledger(tmp_path)} == {"/robots.txt"}
