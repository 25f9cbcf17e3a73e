"""A release that is killed, or finds the disk full, leaves the last one and `latest` as they were."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.problem import InputProblem, Problem
from pipeline.publish import release as releasing
from pipeline.publish.release import release
from pipeline.publish.sums import check_sums
from pipeline.publish.version import Version

SECOND = Version.of("2026.2")
STEPS = {
    "the first table is there": ("open", "report.parquet"),
    "the database is made": ("open", "report.csv"),
    "the sums are written": ("open", "SHA256SUMS"),
    "it gets its name": ("os.rename", "releases/2026.2"),
    "latest is made": ("os.symlink", ".latest"),
    "latest gets its name": ("os.rename", "latest"),
}
"""Before which event the process dies, and how the name of the file ends that it is about. Each try begins with what
the one before has left, so the last, with all else done, only lets `latest` lead to it."""


def test_killed_at_a_step_it_leaves_the_last_release_and_goes_on(data_released: Path) -> None:
    data = data_released
    first, second, latest = (data / "releases" / name for name in ("2026.1", "2026.2", "latest"))
    command = [sys.executable, "-m", "tests.publish.releasing", str(data), SECOND.text]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for event, name in STEPS.values():
            process.stdin.write(f"{event} {name}\n")
            process.stdin.flush()
            assert int(process.stdout.readline()) == -signal.SIGKILL, name
            assert check_sums(first) == []
            assert latest.readlink() == Path("2026.1")
            assert second.exists() == ("latest" in name)
            assert not second.exists() or check_sums(second) == []
        process.communicate()
    with pytest.raises(InputProblem, match="already there"):
        release(data, SECOND)
    assert latest.readlink() == Path("2026.2")
    assert check_sums(latest) == []
    assert sorted(path.name for path in (data / "releases").iterdir()) == ["2026.1", "2026.2", "latest"]
    assert not (data / ".building").exists()


def test_a_full_disk_leaves_the_last_release(data_released: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(releasing, "write_sums", full)
    with pytest.raises(Problem, match=r"No space left on device.*are as they were"):
        release(data_released, SECOND)
    assert sorted(path.name for path in (data_released / "releases").iterdir()) == ["2026.1", "latest"]
    assert not (data_released / ".building").exists()
