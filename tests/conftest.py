"""What all tests share: how many examples the property tests try, and one demo to look into."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples in every run: a failure is the change's, never the day's. `make fuzz` looks for new ones.
settings.register_profile("ci", derandomize=True, deadline=None, database=None)
settings.register_profile("fuzz", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder in which `gongkai demo` was run, with its data in `demo/`; tests only read it.

    Test processes that run beside each other share it.
    """
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "demo_run"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "stdout.txt").exists():
            folder.mkdir()
            ended = run_demo(folder)
            assert ended.returncode == 0, ended.stderr
            (folder / "stderr.txt").write_text(ended.stderr, encoding="utf-8")
            (folder / "stdout.txt").write_text(ended.stdout, encoding="utf-8")
    return folder


def run_demo(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`gongkai demo`, run in a folder as a person runs it."""
    command = [sys.executable, "-m", "gongkai", "demo", *arguments]
    return subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf-8", timeout=120, check=False
    )
