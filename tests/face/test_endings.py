"""What a command says and with which code it ends, for everything that can end it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.endings import ExitCode
from tests.face.running import gongkai

TITLE = "2020年样例市财政局政府信息公开工作年度报告"


def ending_with(statement: str) -> subprocess.CompletedProcess[str]:
    """A run of `gongkai identify x` where the command's work is that statement."""
    program = f"""
import sys, typer
import gongkai.cli
from pipeline.problem import InputProblem, Problem
def identify(title: str) -> None:
    "Example: gongkai identify x"
    {statement}
import gongkai.commands.identify as module
module.identify = identify
sys.argv = ["gongkai", "identify", "x"]
gongkai.cli.main()
"""
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("statement", "code", "message"),
    [
        ("pass", ExitCode.DONE, ""),
        ("raise typer.Exit(1)", ExitCode.DOUBTS, ""),
        ("raise InputProblem('No such year.')", ExitCode.WRONG_USE, "No such year.\n"),
        ("raise Problem('The disk is full.')", ExitCode.NOT_DONE, "The disk is full.\n"),
        ("raise KeyboardInterrupt", ExitCode.STOPPED, ExitCode.STOPPED.description + "\n"),
    ],
)
def test_an_ending_has_its_code_and_its_message_alone(statement: str, code: ExitCode, message: str) -> None:
    ended = ending_with(statement)
    assert (ended.returncode, ended.stdout, ended.stderr) == (code, "", message)


def test_a_fault_of_the_program_keeps_its_traceback_and_never_looks_done() -> None:
    ended = ending_with("raise ValueError('a fault')")
    assert ended.returncode == ExitCode.NOT_DONE
    assert ended.stderr.startswith("Traceback (most recent call last):")
    assert ended.stderr.endswith("ValueError: a fault\n")


@pytest.mark.parametrize("arguments", [("query",), ("query", "SELECT 1", "--format", "xml"), ("--nothing",)])
def test_wrong_options_are_wrong_use(arguments: tuple[str, ...]) -> None:
    ended = gongkai(*arguments)
    assert ended.returncode == ExitCode.WRONG_USE
    assert "Traceback" not in ended.stderr
    assert ended.stderr


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    titles = tmp_path / "titles.txt"
    titles.write_text(f"{TITLE}\n" * 5000, encoding="utf-8")
    with titles.open("rb") as given:
        running = subprocess.Popen(
            [sys.executable, "-m", "gongkai", "identify", "-"],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert running.stdout is not None
        assert TITLE in running.stdout.readline().decode()
        running.stdout.close()
        assert running.wait(timeout=60) == ExitCode.PIPE_CLOSED
        assert running.stderr is not None
        assert running.stderr.read() == b""
        running.stderr.close()


def test_control_c_stops_a_command_that_waits() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "gongkai", "identify", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write(f"{TITLE}\n".encode() * 400)
        running.stdin.flush()
        assert running.stdout.readline()  # the command is at its work
        os.kill(running.pid, signal.SIGINT)
        _, said = running.communicate(timeout=60)
    assert running.returncode == ExitCode.STOPPED
    assert said.decode() == ExitCode.STOPPED.description + "\n"
