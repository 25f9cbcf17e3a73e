"""Killed at any moment, nothing that was acknowledged is lost."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from pipeline.archive import Archive
from tests.archive.helpers import records

ROUNDS = 10
APPENDER = """
import sys
from pathlib import Path
from pipeline.archive import Archive, Sighting
from tests.archive.helpers import MOMENT, exchange, hold
from tests.archive.test_kill import body_of
archive = Archive.open(Path(sys.argv[1]))
run = archive.begin_run({})
for number in range(1_000_000):
    url = f"http://h/{sys.argv[2]}/{number}"
    archive.sight(Sighting("1", run.id, url, url, "", None, None, MOMENT, "report"))
    hold(archive, exchange(url, body_of(url)))
    print(url, flush=True)
"""


def body_of(url: str) -> bytes:
    """Bodies of any size up to 200 kB that do not compress; every fourth is the same one."""
    seed = random.Random(url)  # noqa: S311 - chance, not secrets
    if seed.random() < 0.25:
        return b"the page that never changes" * 100
    return seed.randbytes(seed.choice((10, 1000, 20_000, 200_000)))


def test_kill_9_loses_nothing(tmp_path: Path) -> None:
    chance = random.Random(20260203)  # noqa: S311 - chance, not secrets
    acknowledged: list[str] = []
    for round_number in range(ROUNDS):
        with subprocess.Popen(
            [sys.executable, "-c", APPENDER, str(tmp_path), str(round_number)], stdout=subprocess.PIPE
        ) as appender:
            assert appender.stdout is not None
            acknowledged.append(appender.stdout.readline().decode().strip())
            time.sleep(chance.uniform(0, 0.1))
            appender.kill()
            rest = appender.stdout.read().decode()
            acknowledged += [line for line in rest.split("\n")[:-1] if line]
        with Archive.open(tmp_path) as archive:
            assert len(archive.runs()) == round_number + 1
            entries = list(archive.entries())
            for entry in entries:
                assert archive.body(entry) == body_of(entry.url)
            seen = {sighting.url for sighting in archive.sightings()}
        ledgered = [entry.url for entry in entries]
        assert len(set(ledgered)) == len(ledgered)
        assert set(acknowledged) <= set(ledgered)
        assert set(ledgered) <= seen
        assert len(ledgered) - len(acknowledged) <= round_number + 1  # at most one a kill was not yet told of
    assert len(acknowledged) >= ROUNDS
    found = [record for record in records(tmp_path) if record.type == "response"]
    assert all(record.digests_hold for record in found)
    assert {record.warc["WARC-Target-URI"] for record in found} >= {
        entry.url for entry in entries if not entry.revisit
    }
