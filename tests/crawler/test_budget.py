"""What one portal may cost in one run: kept at the server, over a stop, and never in silence."""

from __future__ import annotations

import signal
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from crawler.budget import Budget, Spending
from pipeline.archive import Entry, Outcome
from pipeline.build import build
from pipeline.tables.database import open_database
from tests.crawler import town
from tests.crawler.command import crawl, ledger, portals_file, start
from tests.crawler.farm import Farm, Reply


def fetched(size: int, attempts: int = 1, portal: str = "1") -> Entry:
    return Entry("http://a/", datetime.now(UTC), Outcome.HELD, portal=portal, size=size, attempts=attempts)


def test_requests_and_bytes_are_counted_by_portal() -> None:
    spending, budget = Spending(), Budget(requests=5, size=1000)
    spending.spend(fetched(400, attempts=3))
    spending.spend(fetched(5000, attempts=0))  # not asked for
    assert spending.exceeds("1", budget) is None
    spending.spend(fetched(0, attempts=2))
    assert spending.exceeds("1", budget) == "the portal's 5 requests of this run are spent"
    spending.spend(fetched(1000, portal="2"))
    assert spending.exceeds("2", budget) == "the portal's 1000 bytes of this run are spent"
    assert Budget.of(7, None) == Budget(requests=7)
    assert Budget.of(None, 3) == Budget(size=3 << 20)


def test_a_budget_of_requests_ends_the_asking_and_names_what_is_left_out(tmp_path: Path) -> None:
    with Farm(town.town) as spent, Farm(town.small, "127.0.0.2") as other:
        portals = portals_file(tmp_path, {"990900": spent.home, "2": other.home})
        done = crawl(portals, tmp_path, "--max-requests", "12")
    assert done.returncode == 1
    assert len(spent.asked) == 12
    assert len(other.asked) < 12
    left_out = [entry for entry in ledger(tmp_path) if entry.outcome == Outcome.OVER_BUDGET]
    assert {entry.portal for entry in left_out} == {"990900"}
    assert {entry.attempts for entry in left_out} == {0}
    assert {entry.note for entry in left_out} == {"not asked: the portal's 12 requests of this run are spent"}
    reports = sum(entry.kind == "report" for entry in left_out)
    assert f"{reports} over_budget" in done.stderr
    build(tmp_path)
    with open_database(tmp_path) as connection:
        states = connection.execute(
            "SELECT state, reason, count(*) FROM coverage WHERE portal_code = '990900' GROUP BY ALL"
        ).fetchall()
    reasons = {reason for _, reason, _ in states}
    assert any("over_budget" in (reason or "") for reason in reasons), states
    assert "unexplained" not in reasons


def test_a_budget_of_bytes_ends_the_asking(tmp_path: Path) -> None:
    large = Reply(b"<p>" + b"x" * (1 << 20))

    def site(home: str) -> dict[str, Reply]:
        return {path: large if path.endswith(".html") else reply for path, reply in town.small(home).items()}

    with Farm(site) as farm:
        crawl(portals_file(tmp_path, {"990900": farm.home}), tmp_path, "--max-megabytes", "1")
    endings = Counter(entry.outcome for entry in ledger(tmp_path) if entry.kind == "report")
    assert endings == {Outcome.HELD: 1, Outcome.OVER_BUDGET: 2}


def test_what_was_spent_before_a_stop_counts(tmp_path: Path) -> None:
    with Farm(town.town) as farm:
        portals = portals_file(tmp_path, {"990900": farm.home})
        process = start(portals, tmp_path, "--delay", "0.2", "--max-requests", "10")
        while len(farm.asked) < 5:
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
        crawl(portals, tmp_path, "--max-requests", "10")
        assert len(farm.asked) == 10
