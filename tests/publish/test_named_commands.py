"""The commands that the texts for people name: every one is one, and those that need no portal run in their order."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gongkai.cli import COMMANDS, PATHS, app, load_command
from pipeline.build import build
from pipeline.freshness import is_fresh
from pipeline.sample import sample_reports

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("README.md", "CONTRIBUTING.md", "docs/schedules/README.md")
PORTALS_ARE_ASKED = {"crawl", "run", "portals check", "portals add"}
MAY_FIND = {"coverage"}
"""Commands that end with 1 where they find something that is still to be done."""


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str, title: str) -> list[list[str]]:
    """The commands of the blocks of one section, as words, in their order."""
    section = text_of(page).partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    return [shlex.split(line)[1:] for line in re.findall(r"^ {4,}(gongkai .+)$", section, re.MULTILINE)]


def path_of(words: list[str]) -> str:
    """Which command these words call."""
    return max((path for path in PATHS if words[: len(path.split())] == path.split()), key=len)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_is_named_is_one_with_these_options(page: str) -> None:
    text = text_of(page)
    named = re.findall(r"^ {4,}(gongkai .+)$", text, re.MULTILINE) + re.findall(
        r"`(gongkai [a-z][^`]+)`", text
    )
    assert named
    for words in (shlex.split(" ".join(command.split()))[1:] for command in named):
        assert words[0] in COMMANDS
        if len(words) > 1:
            path = path_of(words)
            load_command(path).make_context(path, words[len(path.split()) :])


def run_all(commands: list[list[str]], data: Path) -> None:
    """Run those that ask no portal, in the current folder; what a yearly run would build is built."""
    for words in commands:
        path = path_of(words)
        if path == "run" and not is_fresh(data):
            build(data)
        if path in PORTALS_ARE_ASKED or (path == "upload" and "--dry-run" not in words):
            continue
        ended = CliRunner().invoke(app, words)
        assert ended.exit_code in ((0, 1) if path in MAY_FIND else (0,)), (words, ended.output)
        assert ended.stdout or path == "import", words


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a report as FILE and in the folders FOLDER and reports."""
    monkeypatch.chdir(tmp_path)
    report = next(iter(sample_reports()))
    Path("FILE").write_bytes(report.html)
    for name in ("FOLDER", "reports"):
        Path(name).mkdir()
        (Path(name) / "saved.html").write_bytes(report.html)
    return tmp_path


def test_the_yearly_runbook_runs_from_end_to_end(built: Path, released: Path, here: Path) -> None:
    data = Path(shutil.copytree(built, here / "datasets"))
    for version in ("2025.1", "2026.1-candidate"):
        shutil.copytree(released, data / "releases" / version)
    commands = blocks("CONTRIBUTING.md", "The year")
    assert len(commands) >= 14
    run_all(commands, data)
    assert (data / "releases" / "latest").readlink() == Path("2026.1")


def test_what_readme_says_of_real_reports_runs_in_an_empty_folder(here: Path) -> None:
    commands = blocks("README.md", "Real reports")
    assert [words[0] for words in commands] == [
        "import",
        "build",
        "query",
        "crawl",
        "build",
        "coverage",
        "run",
    ]
    run_all(commands, here / "datasets")
