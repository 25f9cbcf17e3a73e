"""The yearly runbook of CONTRIBUTING: every command is one, and those that need no portal run in its order."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gongkai.cli import PATHS, app, load_command
from pipeline.build import build
from pipeline.freshness import is_fresh
from pipeline.sample import sample_reports

ROOT = Path(__file__).resolve().parents[2]
PORTALS_ARE_ASKED = {"run", "portals check"}
MAY_FIND = {"coverage"}
"""Commands that end with 1 where they find something that is still to be done."""


def commands(title: str) -> list[list[str]]:
    """The commands of the blocks of one section, as words, in their order."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    return [shlex.split(line)[1:] for line in re.findall(r"^ {4,}(gongkai .+)$", section, re.MULTILINE)]


def path_of(words: list[str]) -> str:
    return max((path for path in PATHS if words[: len(path.split())] == path.split()), key=len)


def test_every_command_of_the_yearly_runbook_is_one_with_these_options() -> None:
    found = commands("The year")
    assert len(found) >= 12
    for words in found:
        path = path_of(words)
        load_command(path).make_context(path, words[len(path.split()) :])


def test_those_that_ask_no_portal_run_one_after_the_other(
    built: Path, released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data = Path(shutil.copytree(built, tmp_path / "datasets"))
    report = next(iter(sample_reports()))
    Path("FILE").write_bytes(report.html)
    Path("FOLDER").mkdir()
    (Path("FOLDER") / "saved.html").write_bytes(report.html)
    for version in ("2025.1", "2026.1-candidate"):
        shutil.copytree(released, data / "releases" / version)
    for words in commands("The year"):
        path = path_of(words)
        if path == "run" and not is_fresh(data):
            build(data)
        if path in PORTALS_ARE_ASKED or (path == "upload" and "--dry-run" not in words):
            continue
        ended = CliRunner().invoke(app, words)
        assert ended.exit_code in ((0, 1) if path in MAY_FIND else (0,)), (words, ended.output)
        assert ended.stdout or path == "import", words
    assert (data / "releases" / "latest").readlink() == Path("2026.1")
