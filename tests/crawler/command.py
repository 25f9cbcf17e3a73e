"""The crawl as a person runs it: the command in a process of its own."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from pipeline.archive import Archive, Entry
from tests.forked import ROOT, Forked

__all__ = ["ROOT", "crawl", "ledger", "portals_file", "start"]


def portals_file(folder: Path, homes: Mapping[str, str], group: str = "") -> Path:
    """A list of portals with these codes and home pages, all of one group if it has a name."""
    path = folder / "portals.csv"
    rows = [f"{code},清溪镇 {code},{home},{group}" for code, home in homes.items()]
    path.write_text("\n".join(["code,name,home,group", *rows, ""]), encoding="utf-8-sig")
    return path


def start(
    portals: Path, data: Path | str, *options: str, settings: Mapping[str, object] | None = None
) -> Forked:
    """Start `gongkai crawl` with no pause, unless one is given, and with other settings than its own, if any are."""
    pause = () if "--delay" in options else ("--delay", "0")
    command = ["crawl", "--portals", str(portals), "--data", str(data), *pause, *options]
    program = ["gongkai"] if settings is None else ["tests.crawler.driven", json.dumps(settings)]
    return Forked(*program, *command)


def crawl(
    portals: Path, data: Path | str, *options: str, settings: Mapping[str, object] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `gongkai crawl` to its end."""
    process = start(portals, data, *options, settings=settings)
    out, err = process.communicate(timeout=120)
    return subprocess.CompletedProcess(process.args, process.wait(), out, err)


def ledger(data: Path) -> list[Entry]:
    with Archive.open(data / "archive", writable=False) as archive:
        return list(archive.entries())
