"""The command line as a process of its own, as people run it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

from gongkai.cli import app


def gongkai(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run `python -m gongkai` in a folder and give what it printed and its exit code."""
    command = [sys.executable, "-m", "gongkai", *arguments]
    return subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf-8", timeout=120, check=False
    )


def in_this_process(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The same without a process of its own, whose start costs a second: for what does not hang on one."""
    ended = CliRunner().invoke(app, arguments)
    if ended.exception is not None and not isinstance(ended.exception, SystemExit):
        raise ended.exception
    return subprocess.CompletedProcess(arguments, ended.exit_code, ended.stdout, ended.stderr)
