"""The crawl as a person runs it: the command in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from pipeline.archive import Archive, Entry

ROOT = Path(__file__).resolve().parents[2]


def portals_file(folder: Path, homes: Mapping[str, str]) -> Path:
    """A list of portals with these codes and home pages."""
    path = folder / "portals.csv"
    rows = [f"{code},清溪镇 {code},{home}" for code, home in homes.items()]
    path.write_text("\n".join(["code,name,home", *rows, ""]), encoding="utf-8-sig")
    return path


def start(portals: Path, data: Path, *options: str) -> subprocess.Popen[str]:
    """Start `gongkai crawl` with no pause, unless one is given."""
    pause = () if "--delay" in options else ("--delay", "0")
    command = ["crawl", "--portals", str(portals), "--data", str(data), *pause, *options]
    return subprocess.Popen(
        [sys.executable, "-m", "gongkai", *command],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "default"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def crawl(portals: Path, data: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run `gongkai crawl` to its end."""
    process = start(portals, data, *options)
    out, err = process.communicate(timeout=60)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def ledger(data: Path) -> list[Entry]:
    with Archive.open(data / "archive", writable=False) as archive:
        return list(archive.entries())
