"""README and its neighbours: the commands and endings are all there, and the examples print what they show."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.cli import COMMANDS
from gongkai.endings import ExitCode
from pipeline.tables.schema import TABLES, VIEWS
from tests.face.running import gongkai

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def examples() -> Iterator[tuple[str, str]]:
    """Every command that is shown in a console block, and the output shown below it."""
    for block in re.findall(r"^```console\n(.*?)^```", README, re.DOTALL | re.MULTILINE):
        for shown in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = shown.partition("\n")
            yield command, output


def test_every_command_is_listed() -> None:
    listed = re.findall(r"^\| `gongkai (\w+)` \| \S", README, re.MULTILINE)
    assert listed == list(COMMANDS)


def test_every_exit_code_is_listed_in_its_words() -> None:
    listed = re.findall(r"^\| (\d+) \| (.+) \|$", README, re.MULTILINE)
    assert listed == [(str(code.value), code.description) for code in ExitCode]


def test_every_table_and_view_is_named() -> None:
    made = README.partition("## What is made")[2].partition("\n## ")[0]
    missing = [one.name for one in (*TABLES, *VIEWS) if f"`{one.name}`" not in made]
    assert not missing


@pytest.mark.parametrize(("command", "output"), list(examples()))
def test_an_example_prints_what_is_shown(command: str, output: str, demo: Path) -> None:
    words = shlex.split(command)
    if words == ["make", "demo"]:
        printed = (demo / "stdout.txt").read_text(encoding="utf-8")
    else:
        assert words[0] == "gongkai"
        ended = gongkai(*words[1:], folder=demo)
        assert (ended.returncode, ended.stderr) == (0, "")
        printed = ended.stdout
    pattern = "".join(
        ".*" if part == "...\n" else re.escape(part) for part in output.splitlines(keepends=True)
    )
    assert re.fullmatch(pattern, printed, re.DOTALL), printed


def test_there_are_examples_to_run() -> None:
    assert len(list(examples())) >= 3


def test_every_link_leads_to_a_file() -> None:
    for page in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        missing = [link for link in re.findall(r"\]\(([^)#:]+)\)", text) if not (ROOT / link).exists()]
        assert not missing, f"{page}: {missing}"


def test_every_make_target_that_is_named_is_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        named = set(re.findall(r"(?:^ {4}|`)make ([a-z]+)", text, re.MULTILINE))
        assert named
        assert named <= targets, page


def test_version_and_licence_agree_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert set(re.findall(r"^ *version: (\S+)$", citation, re.MULTILINE)) == {project["version"]}
    assert re.findall(r"^ *license: (\S+)$", citation, re.MULTILINE) == [project["license"], "CC-BY-4.0"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## .*\b{re.escape(project['version'])}\b", changes, re.MULTILINE)
