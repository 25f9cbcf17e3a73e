"""What all tests share: how many examples the property tests try, and one demo to look into."""

from __future__ import annotations

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
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which `gongkai demo` was run, with its data in `demo/`; tests only read it."""
    folder = tmp_path_factory.mktemp("demo_run")
    command = [sys.executable, "-m", "gongkai", "demo"]
    ended = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 0, ended.stderr
    (folder / "stdout.txt").write_text(ended.stdout, encoding="utf-8")
    return folder
