"""A release that is killed, or finds the disk full, leaves the last one and `latest` as they were."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.problem import Problem
from pipeline.publish import release as releasing
from pipeline.publish.release import release
from pipeline.publish.sums import check_sums
from pipeline.publish.version import Version

FIRST, SECOND = Version.of("2026.1"), Version.of("2026.2")
STEPS = {
    "the first table is there": ("open", "report.parquet"),
    "the database is made": ("open", "report.csv"),
    "the sums are written": ("open", "SHA256SUMS"),
    "it gets its name": ("os.rename", "releases/2026.2"),
    "latest is made": ("os.symlink", ".latest"),
    "latest gets its name": ("os.rename", "latest"),
}
"""Before which event the process dies, and how the name of the file ends that it is about."""


def dies(data: str, event: str, name: str) -> None:
    """Release, and die right before the event."""

    def watch(met: str, arguments: tuple[object, ...]) -> None:
        if met != event:
            return
        writes = met != "open" or (isinstance(arguments[2], int) and arguments[2] & os.O_WRONLY)
        if writes and str(arguments[0 if met == "open" else 1]).endswith(name):
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    release(Path(data), SECOND)


def killed(data: Path, event: str, name: str) -> int:
    """How a process ended that dies so: minus the signal."""
    code = "import sys; from tests.publish.test_killed import dies; dies(*sys.argv[1:])"
    root = Path(__file__).resolve().parents[2]
    return subprocess.run([sys.executable, "-c", code, data, event, name], cwd=root, check=False).returncode


def test_killed_at_a_step_it_leaves_the_last_release_and_goes_on(data: Path) -> None:
    first = release(data, FIRST).folder
    latest = data / "releases" / "latest"
    for event, name in STEPS.values():
        assert killed(data, event, name) == -signal.SIGKILL, name
        assert check_sums(first) == []
        assert latest.readlink() == Path("2026.1")
        second = data / "releases" / "2026.2"
        assert check_sums(second) == [] if second.exists() else "latest" not in name
        if second.exists():
            second.rename(data / f"made-{event}-{len(name)}")
    release(data, SECOND)
    assert latest.readlink() == Path("2026.2")
    assert check_sums(latest) == []
    assert sorted(path.name for path in (data / "releases").iterdir()) == ["2026.1", "2026.2", "latest"]
    assert not (data / ".building").exists()


def test_a_full_disk_leaves_the_last_release(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    release(data, FIRST)

    def full(_: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(releasing, "write_sums", full)
    with pytest.raises(Problem, match=r"No space left on device.*are as they were"):
        release(data, SECOND)
    assert sorted(path.name for path in (data / "releases").iterdir()) == ["2026.1", "latest"]
    assert not (data / ".building").exists()
