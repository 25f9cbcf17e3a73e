"""The commands together: all there, quick to start, each with an example that its own options take."""

from __future__ import annotations

import shlex
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gongkai.cli import COMMANDS, GROUPS, PATHS, app, load_command
from tests.face.running import gongkai

HEAVY = ("duckdb", "lxml", "pyarrow", "rich.console", "scrapy", "selectolax", "trafilatura", "twisted")


def test_help_lists_every_command_with_a_sentence() -> None:
    shown = gongkai("--help")
    assert (shown.returncode, shown.stderr) == (0, "")
    listed = shown.stdout.partition("Commands:\n")[2].partition("\n\n")[0]
    rows = [line.split(maxsplit=1) for line in listed.splitlines()]
    assert [row[0] for row in rows] == list(COMMANDS)
    assert all(len(row) == 2 for row in rows), rows


def test_without_a_command_the_help_is_shown_as_wrong_use() -> None:
    shown = gongkai()
    assert shown.returncode == 2
    assert "Commands:" in shown.stdout + shown.stderr


def test_the_installed_script_is_the_same_program() -> None:
    script = Path(sys.executable).with_name("gongkai")
    shown = subprocess.run([script, "--version"], capture_output=True, encoding="utf-8", check=True)
    assert shown.stdout == gongkai("--version").stdout == f"gongkai {version('gongkai')}\n"


def test_the_help_loads_no_heavy_room() -> None:
    asked = "import sys, gongkai.cli as c; [c.load_command(n) for n in c.PATHS]; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, encoding="utf-8", check=True)
    assert not set(HEAVY) & set(loaded.stdout.split())


@pytest.mark.parametrize("name", PATHS)
def test_a_command_shows_an_example_that_it_takes(name: str) -> None:
    path = name.split()
    shown = CliRunner().invoke(app, [*path, "--help"])
    assert shown.exit_code == 0
    (line,) = [line for line in shown.stdout.splitlines() if "Example: " in line]
    words = shlex.split(line.partition("Example: ")[2], comments=True)
    assert words[: len(path) + 1] == ["gongkai", *path]
    arguments = words[len(path) + 1 : words.index(">") if ">" in words else None]
    load_command(name).make_context(name, arguments)  # raises what its options do not take


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_lists_its_commands_and_knows_a_misspelt_one(group: str) -> None:
    shown = gongkai(group, "--help")
    listed = shown.stdout.partition("Commands:\n")[2].partition("\n\n")[0]
    rows = [line.split(maxsplit=1) for line in listed.splitlines()]
    assert [row[0] for row in rows] == list(GROUPS[group])
    assert all(len(row) == 2 for row in rows), rows
    assert (gongkai(group).returncode, gongkai(group, "lost").returncode) == (2, 2)
    assert "Did you mean" in gongkai(group, GROUPS[group][0][:-1]).stderr


def test_a_misspelt_command_is_wrong_use_and_the_near_one_is_named() -> None:
    shown = gongkai("bild")
    assert shown.returncode == 2
    assert "No such command 'bild'. Did you mean 'build'?" in shown.stderr


def test_an_example_with_a_misspelt_option_would_be_seen() -> None:
    with pytest.raises(Exception, match="No such option"):
        load_command("identify").make_context("identify", ["--nothing-like-it"])
