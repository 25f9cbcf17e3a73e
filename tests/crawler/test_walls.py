"""Which hosts take turns, and which are left alone and until when: by what the ledger says, whoever wrote it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.portals import Portal
from crawler.turns import Turns
from crawler.walls import Walls, leave_until
from pipeline.archive import Entry, Outcome

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DAY = timedelta(hours=24)


def portal(code: str, home: str, group: str | None = None) -> Portal:
    return Portal(code, f"portal {code}", home, group=group)


def met(
    url: str,
    outcome: Outcome,
    *,
    status: int | None = 412,
    size: int = 400,
    portal: str = "990101",
    kind: str = "page",
    hours: float = 0,
    attempts: int = 1,
    until: datetime | None = None,
) -> Entry:
    """A fetch that was made so many hours ago."""
    at = NOW - timedelta(hours=hours)
    return Entry(
        url,
        at,
        outcome,
        portal=portal,
        kind=kind,
        status=status,
        size=size,
        attempts=attempts,
        left_until=until,
    )


def test_hosts_of_one_domain_take_turns_and_so_do_portals_of_one_group() -> None:
    turns = Turns(
        [
            portal("1", "http://www.lin.gov.cn/", "x"),
            portal("2", "http://www.shan.gov.cn/"),
            portal("3", "https://he.gov.cn/", "x"),
            portal("4", "http://qiao.he.gov.cn/", "y"),
            portal("5", "http://127.0.0.1:81/", "y"),
        ]
    )
    groups = [
        {"http://www.lin.gov.cn/a", "http://kjj.lin.gov.cn/", "https://he.gov.cn/", "http://127.0.0.1:99/"},
        {"http://www.shan.gov.cn/", "https://czj.shan.gov.cn/"},
        {"http://127.0.0.2/"},
    ]
    told = [{turns.turn_of(url) for url in group} for group in groups]
    assert [len(names) for names in told] == [1, 1, 1]
    assert len(set.union(*told)) == 3


@pytest.mark.parametrize("outcome", [Outcome.CHALLENGE, Outcome.CAPTCHA, Outcome.RATE_LIMITED])
def test_a_host_that_does_not_want_us_is_left_for_a_day(outcome: Outcome) -> None:
    walls = Walls([])
    walls.meet(met("http://www.lin.gov.cn/a", outcome, hours=23))
    left = walls.left("https://www.lin.gov.cn/b", NOW)
    assert left is not None
    assert (left.outcome, left.until) == (outcome, NOW + timedelta(hours=1))
    assert left.note == "www.lin.gov.cn is left alone until 2026-03-02 10:30 UTC"
    assert walls.left("http://www.lin.gov.cn/b", NOW + timedelta(hours=1)) is None
    assert walls.left("http://kjj.lin.gov.cn/", NOW) is None
    assert walls.left("http://www.shan.gov.cn/", NOW) is None


@pytest.mark.parametrize("outcome", [Outcome.HELD, Outcome.NOT_FOUND, Outcome.LOGIN, Outcome.SERVER_ERROR])
def test_other_endings_leave_nothing(outcome: Outcome) -> None:
    walls = Walls([])
    walls.meet(met("http://www.lin.gov.cn/a", outcome, status=500))
    assert walls.left("http://www.lin.gov.cn/a", NOW) is None


def test_what_was_not_asked_makes_no_day_longer() -> None:
    walls = Walls([])
    walls.meet(met("http://www.lin.gov.cn/a", Outcome.CHALLENGE, hours=20))
    walls.meet(met("http://www.lin.gov.cn/b", Outcome.CHALLENGE, hours=1, attempts=0, until=NOW + DAY))
    left = walls.left("http://www.lin.gov.cn/c", NOW)
    assert left is not None
    assert left.until == NOW + timedelta(hours=4)


def test_the_time_that_a_server_names_is_kept() -> None:
    def until(kind: str, outcome: Outcome, asked: float | None) -> timedelta | None:
        moment = leave_until(kind, outcome, NOW, asked)
        return None if moment is None else moment - NOW

    hour = timedelta(hours=1)
    assert until("page", Outcome.RATE_LIMITED, 3600) == hour
    assert until("page", Outcome.SERVER_ERROR, 3600) == hour
    assert until("robots", Outcome.SERVER_ERROR, 3600) == hour
    assert until("page", Outcome.BLOCKED, 3600) == DAY
    assert until("page", Outcome.BLOCKED, 200_000) == timedelta(seconds=200_000)
    assert until("page", Outcome.RATE_LIMITED, 1e300) == timedelta(days=30)
    assert until("page", Outcome.RATE_LIMITED, None) == DAY
    assert until("page", Outcome.CHALLENGE, None) == DAY
    assert until("robots", Outcome.CHALLENGE, None) == DAY
    # RFC 9309: a robots.txt that is refused forbids nothing
    assert until("robots", Outcome.BLOCKED, None) is None
    assert until("page", Outcome.SERVER_ERROR, None) is None
    assert until("page", Outcome.NOT_FOUND, None) is None


def test_a_second_host_with_the_same_wall_shows_that_it_stands_before_the_group() -> None:
    walls = Walls([portal("1", "http://www.lin.gov.cn/", "x"), portal("2", "http://www.he.gov.cn/", "x")])
    walls.meet(met("http://www.lin.gov.cn/", Outcome.HELD, status=200, hours=2))
    walls.meet(met("http://kjj.lin.gov.cn/", Outcome.CHALLENGE, hours=2))
    assert walls.left("http://czj.lin.gov.cn/", NOW) is None
    walls.meet(met("http://www.he.gov.cn/", Outcome.CHALLENGE, hours=1))
    for url in ("http://czj.lin.gov.cn/", "http://jyj.he.gov.cn/"):
        left = walls.left(url, NOW)
        assert left is not None
        assert (left.outcome, left.until) == (Outcome.CHALLENGE, NOW + timedelta(hours=23))
        assert left.note.startswith("kjj.lin.gov.cn and www.he.gov.cn show one wall")
    assert walls.left("http://www.lin.gov.cn/", NOW) is None  # it has answered: no wall stands before it
    assert walls.left("http://czj.lin.gov.cn/", NOW + timedelta(hours=22)) is None  # one of the two is past


def test_walls_of_another_kind_are_not_the_same() -> None:
    walls = Walls([])
    walls.meet(met("http://a.lin.gov.cn/", Outcome.CHALLENGE, status=412))
    walls.meet(met("http://b.lin.gov.cn/", Outcome.BLOCKED, status=403))
    walls.meet(met("http://c.lin.gov.cn/", Outcome.CHALLENGE, status=200, size=1334))
    walls.meet(met("http://d.lin.gov.cn/", Outcome.CHALLENGE, status=200, size=974))
    walls.meet(met("http://e.lin.gov.cn/", Outcome.SERVER_ERROR, status=503, until=NOW + DAY))
    walls.meet(met("http://f.lin.gov.cn/", Outcome.SERVER_ERROR, status=503, until=NOW + DAY))
    assert walls.left("http://g.lin.gov.cn/", NOW) is None
    walls.meet(met("http://h.lin.gov.cn/", Outcome.CHALLENGE, status=200, size=974))
    assert walls.left("http://g.lin.gov.cn/", NOW) is not None


def test_portals_of_a_prefecture_with_one_firewall_come_to_take_turns() -> None:
    homes = {
        "990101": "http://www.lin.gov.cn/",
        "990102": "http://www.shan.gov.cn/",
        "990103": "http://www.he.gov.cn/",
        "990201": "http://www.far.gov.cn/",
        "town": "http://www.town.gov.cn/",
    }
    walls = Walls([portal(code, home) for code, home in homes.items()])
    shell = {"outcome": Outcome.CHALLENGE, "status": 200, "size": 1334}
    walls.meet(met(homes["990101"], portal="990101", **shell))  # type: ignore[arg-type]
    walls.meet(met(homes["990201"], portal="990201", **shell))  # type: ignore[arg-type]
    assert len({walls.turns.turn_of(home) for home in homes.values()}) == 5
    walls.meet(met(homes["990102"], portal="990102", **shell))  # type: ignore[arg-type]
    turns = {code: walls.turns.turn_of(home) for code, home in homes.items()}
    assert turns["990101"] == turns["990102"] == turns["990103"] == "shan.gov.cn"
    assert len(set(turns.values())) == 3
    # asked in turn, and left only when it shows the wall itself
    assert walls.left(homes["990103"], NOW) is None
