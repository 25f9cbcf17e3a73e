"""The command line as a process of its own, as people run it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def gongkai(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run `python -m gongkai` in a folder and give what it printed and its exit code."""
    command = [sys.executable, "-m", "gongkai", *arguments]
    return subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf-8", timeout=120, check=False
    )
