from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.memory import Memory
from pipeline.archive import Archive, Outcome, Sighting

NOW = datetime(2026, 1, 15, tzinfo=UTC)
SITE = "http://www.qingxi.gov.cn/"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive") as archive:
        yield archive


def note(
    archive: Archive,
    run: str,
    path: str,
    outcome: Outcome,
    *,
    kind: str = "report",
    to: str | None = None,
    by: str | None = None,
    at: datetime = NOW,
) -> None:
    archive.store_failure(
        SITE + path,
        outcome=outcome,
        fetched_at=at,
        portal="1",
        run=run,
        kind=kind,
        note=to and SITE + to,
        referrer=by and SITE + by,
    )


def test_a_run_is_replayed_and_former_runs_are_held(archive: Archive) -> None:
    old, new = archive.begin_run({}).id, archive.begin_run({}).id
    note(archive, old, "old.html", Outcome.HELD)
    note(archive, old, "list/", Outcome.HELD, kind="list")
    note(archive, old, "gone.html", Outcome.NOT_FOUND)
    note(archive, new, "new.html", Outcome.HELD)
    archive.finish_run(old, {})
    memory = Memory(archive, new)
    assert memory.holds("https://qingxi.gov.cn/old.html")
    assert not memory.holds(SITE + "list/")
    assert not memory.holds(SITE + "gone.html")
    assert not memory.holds(SITE + "new.html")  # replayed, so that its files are looked for
    assert memory.replay(SITE + "old.html") is None
    replayed = memory.replay(SITE + "new.html")
    assert replayed is not None
    assert replayed.outcome is Outcome.HELD
    assert memory.replay(SITE + "new.html") is None


def test_a_report_is_held_over_redirects(archive: Archive) -> None:
    old = archive.begin_run({}).id
    for path, to in (("a", "b"), ("b", "c"), ("x", "y"), ("l", "l")):
        note(archive, old, path, Outcome.REDIRECTED, to=to)
    note(archive, old, "c", Outcome.HELD)
    memory = Memory(archive, "new")
    assert [memory.holds(SITE + path) for path in ("a", "b", "c", "x", "l")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_files_that_are_wanting_are_known_until_they_come(archive: Archive) -> None:
    old = archive.begin_run({}).id
    note(archive, old, "page.html", Outcome.HELD)
    note(archive, old, "one.pdf", Outcome.TIMEOUT, by="page.html")
    note(archive, old, "two.pdf", Outcome.TIMEOUT, by="page.html")
    note(archive, old, "two.pdf", Outcome.HELD, by="page.html")
    memory = Memory(archive, "new")
    assert [entry.url for entry in memory.wanting(SITE + "page.html")] == [SITE + "one.pdf"]
    assert memory.wanting(SITE + "other.html") == ()


def test_what_a_wall_kept_from_us_is_asked_for_again_once_the_host_is_no_longer_left_alone(
    archive: Archive,
) -> None:
    run = archive.begin_run({}).id
    now = datetime.now(UTC)
    note(archive, run, "a", Outcome.CHALLENGE, at=now - timedelta(hours=25))
    note(archive, run, "b", Outcome.HELD, at=now - timedelta(hours=26))
    memory = Memory(archive, run)
    assert memory.left_alone(SITE + "c", now) is None
    assert memory.replay(SITE + "a") is None
    assert memory.replay(SITE + "b") is not None
    note(archive, run, "a", Outcome.CHALLENGE, at=now - timedelta(hours=1))
    memory = Memory(archive, run)
    left = memory.left_alone(SITE + "c", now)
    assert left is not None
    assert left.outcome is Outcome.CHALLENGE
    assert memory.replay(SITE + "a") is not None


def test_sightings_of_this_run_are_known(archive: Archive) -> None:
    run = archive.begin_run({}).id
    sighting = Sighting("1", run, SITE, SITE + "a", "年报", None, None, NOW, "report")
    assert Memory(archive, run).is_new(sighting)
    archive.sight(sighting)
    archive.flush()
    assert not Memory(archive, run).is_new(sighting)
    assert Memory(archive, "other").is_new(sighting)


def test_answers_on_hosts_of_several_portals_are_shared(archive: Archive) -> None:
    run = archive.begin_run({}).id
    note(archive, run, "list/", Outcome.HELD, kind="list")
    memory = Memory(archive, run)
    for _ in range(3):
        assert memory.replay(SITE + "list/", shared=True) is not None
    memory.forget("qingxi.gov.cn")
    assert memory.replay(SITE + "list/", shared=True) is None
