"""A release arrives whole at every kind of place, whatever servers and networks do, or is not there as whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.problem import InputProblem, Problem
from pipeline.publish.version import Version
from pipeline.upload.course import upload
from pipeline.upload.parcel import parcel
from pipeline.upload.patience import Patience
from pipeline.upload.places import place_of
from tests.upload.conftest import VERSION, Served, make_release
from tests.upload.sending import Watched, send

ASKED = 7.0
"""The seconds that the door asks to wait."""


def test_it_arrives_whole_and_is_not_sent_again(
    served: Served, tmp_path: Path, contents: dict[str, bytes], waits: list[float]
) -> None:
    done = send(served, tmp_path / "data", waits)
    assert served.there() == contents
    assert done.held == 0
    sent = list(served.door.files)
    again = send(served, tmp_path / "data", waits)
    assert (again.sent, again.held, again.where) == (0, done.sent, done.where)
    assert served.door.files == sent
    assert not waits


def test_busy_servers_and_broken_connections_are_asked_again(
    served: Served, tmp_path: Path, contents: dict[str, bytes], waits: list[float]
) -> None:
    served.door.opened({1: "busy", 3: "cut", 4: "cut", "/commit/main": "busy"})
    send(served, tmp_path / "data", waits)
    assert served.there() == contents
    assert ASKED in waits
    assert len(waits) >= 2


def test_killed_half_way_it_goes_on_and_was_never_whole(
    served: Served, tmp_path: Path, contents: dict[str, bytes], waits: list[float]
) -> None:
    served.door.opened({2: "hold"})
    command = [sys.executable, "-m", "gongkai", "upload", VERSION, "--to", served.url]
    command += ["--data", str(tmp_path / "data")]
    with subprocess.Popen(command, env=os.environ | served.environment, stderr=subprocess.DEVNULL) as process:
        assert served.door.held.wait(60)
        process.send_signal(signal.SIGKILL)
    first = served.door.files[0]
    assert not served.finished()
    served.door.opened({})
    send(served, tmp_path / "data", waits)
    assert first not in served.door.files
    assert served.there() == contents


def test_what_is_spoilt_on_the_way_is_never_whole(
    served: Served, tmp_path: Path, contents: dict[str, bytes], waits: list[float]
) -> None:
    served.door.opened({1: "spoil"})
    with pytest.raises(Problem, match=r"read back|does not match"):
        send(served, tmp_path / "data", waits)
    assert not served.finished()


def test_a_finished_release_is_never_changed(
    served: Served, tmp_path: Path, contents: dict[str, bytes], waits: list[float]
) -> None:
    publishes = served.inside is not None
    send(served, tmp_path / "data", waits, publish=publishes)
    assert served.finished()
    make_release(tmp_path / "other", b"PAR1" * 30_000)
    with pytest.raises(Problem, match=r"Another release 2026\.1 is finished .*figure\.parquet|tables\.zip"):
        send(served, tmp_path / "other", waits, publish=publishes)
    assert served.there() == contents


def test_a_server_that_stays_busy_ends_with_what_to_do(
    served: Served, tmp_path: Path, contents: dict[str, bytes], waits: list[float]
) -> None:
    served.door.opened(dict.fromkeys(range(1, 60), "busy"))
    with pytest.raises(Problem, match=r"answered 503.*goes on from it"):
        send(served, tmp_path / "data", waits)
    assert not served.finished()


def test_publishing_is_refused_where_nothing_can_be_kept_from_others(
    tmp_path: Path, contents: object
) -> None:
    place = place_of("s3://bucket/folder", {}, Patience())
    with pytest.raises(InputProblem, match="--publish is for"):
        upload(parcel(tmp_path / "data", Version.of(VERSION)), place, Watched(), publish=True)
