"""The hours in which portals are asked: kept at the server, and a wait for them ends when it is asked to."""

from __future__ import annotations

import re
import signal
import time
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from pathlib import Path

import pytest

from crawler.off_peak import CHINA, OffPeak
from pipeline.problem import InputProblem
from tests.crawler import town
from tests.crawler.command import ledger, portals_file, start
from tests.crawler.farm import Farm

NIGHT = OffPeak(clock(22), clock(6))


def at(hour: int, minute: int = 0, day: int = 3) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("hours", "now", "opens"),
    [
        (NIGHT, at(21, 59), at(22)),
        (NIGHT, at(22), None),
        (NIGHT, at(23, 59), None),
        (NIGHT, at(0), None),
        (NIGHT, at(5, 59), None),
        (NIGHT, at(6), at(22)),
        (OffPeak(clock(1), clock(5, 30)), at(0, 30), at(1)),
        (OffPeak(clock(1), clock(5, 30)), at(5, 29), None),
        (OffPeak(clock(1), clock(5, 30)), at(5, 30), at(1, day=4)),
        (OffPeak(clock(18), clock(0)), at(23, 59), None),
        (OffPeak(clock(18), clock(0)), at(0), at(18)),
    ],
)
def test_when_portals_may_be_asked(hours: OffPeak, now: datetime, opens: datetime | None) -> None:
    assert hours.opens(now) == opens
    assert hours.opens(now.astimezone(UTC)) == opens


def test_hours_are_those_of_china_wherever_the_machine_stands() -> None:
    assert NIGHT.opens(datetime(2026, 7, 1, 14, 0, tzinfo=UTC)) is None
    assert NIGHT.opens(datetime(2026, 7, 1, 22, 0, tzinfo=UTC)) == datetime(2026, 7, 2, 14, 0, tzinfo=UTC)


def test_hours_are_written_as_people_do() -> None:
    assert OffPeak.parse("22:00-06:00") == OffPeak.parse(" 22:00 – 6:00 ") == NIGHT
    assert str(NIGHT) == "22:00-06:00"
    assert str(OffPeak.parse("1:00:05-2:00")) == "01:00:05-02:00:00"
    for text in (
        "",
        "22-6",
        "22:00-22:00",
        "25:00-06:00",
        "24:00-06:00",
        "22:60-06:00",
        "night",
        "22:00-06:00-07:00",
    ):
        with pytest.raises(InputProblem, match="in China time"):
            OffPeak.parse(text)


def test_outside_of_the_hours_nothing_is_asked(tmp_path: Path) -> None:
    """Closed at first, then open for four seconds, then closed until tomorrow."""
    with Farm(town.town) as farm:
        portals = portals_file(tmp_path, {"990900": farm.home})
        process = start(portals, tmp_path, "--off-peak", "+4+8", "--delay", "0.5", settings={})
        assert process.stderr is not None
        zero = time.time() - time.monotonic()
        told = next(line for line in process.stderr if "waiting until" in line and is_tomorrow(line))
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    begins, ends = (moment - zero for moment in hours_of(told))
    came = [one.came for one in farm.asked]
    assert 2 <= len(came) <= 9  # of four seconds, half a second apart
    assert begins <= min(came)
    assert max(came) <= ends + 0.5


def hours_of(told: str) -> tuple[float, float]:
    """When the hours that a person was told of begin and end today."""
    begins, ends = re.findall(r"from (\S+)-(\S+) \(China time\)", told)[0]
    today = datetime.now(CHINA).date()
    first, last = (
        datetime.combine(today, clock.fromisoformat(hour), CHINA).timestamp() for hour in (begins, ends)
    )
    return first, last


def is_tomorrow(told: str) -> bool:
    return f"waiting until {datetime.now(CHINA) + timedelta(days=1):%Y-%m-%d}" in told


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_wait_for_the_hours_ends_when_it_is_asked_to(tmp_path: Path, number: signal.Signals) -> None:
    later = datetime.now(CHINA) + timedelta(hours=3)
    hours = f"{later:%H:%M}-{later + timedelta(hours=1):%H:%M}"
    with Farm(town.town) as farm:
        portals = portals_file(tmp_path, {"990900": farm.home})
        process = start(portals, tmp_path, "--off-peak", hours)
        assert process.stderr is not None
        while "waiting until" not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(number)
        _, said = process.communicate(timeout=30)
        assert process.returncode == 3
        assert "the same command goes on with it" in said
        assert "Traceback" not in said
        assert farm.asked == []
        assert ledger(tmp_path) == []
