"""The schedules of docs/schedules: their programs take them, they start when they say, and what they start runs."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest

from pipeline.sample import SamplePortal
from tests.environments import python_of

SCHEDULES = Path(__file__).resolve().parents[2] / "docs" / "schedules"
PLACE = "/srv/gongkai"
SAMPLE = ("--year", "2023", "--only", "990300", "--delay", "0", "--workers", "1")
APRIL_TO_JUNE = 30 + 31 + 30


class Place:
    """A folder that stands for /srv/gongkai, in which `gongkai` crawls a sample portal."""

    def __init__(self, folder: Path, portals: Path) -> None:
        self.folder = folder
        self.program = folder / ".venv" / "bin" / "gongkai"
        self.program.parent.mkdir(parents=True)
        (folder / "data").mkdir()
        self.becomes(shlex.join([sys.executable, "-m", "gongkai"]) + ' "$@" ' + shlex.join(SAMPLE), portals)

    def becomes(self, command: str, portals: Path | None = None) -> None:
        """Let another command stand for gongkai."""
        more = f" --portals {shlex.quote(str(portals))}" if portals else ""
        self.program.write_text(f"#!/bin/sh\n{command}{more}\n", encoding="utf-8")
        self.program.chmod(0o755)

    def text(self, name: str) -> str:
        return (SCHEDULES / name).read_text(encoding="utf-8").replace(PLACE, str(self.folder))

    def put(self, name: str) -> Path:
        path = self.folder / name
        path.write_text(self.text(name), encoding="utf-8")
        return path

    def run(
        self, command: list[str], env: Mapping[str, str], folder: Path
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=folder,
            env={"PATH": "/usr/bin:/bin", **env},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("place")
    with SamplePortal() as portal:
        yield Place(folder, portal.portals_csv(folder / "portals.csv"))


def program(name: str) -> str:
    found = shutil.which(name, path="/usr/bin:/bin:/usr/sbin:/sbin")
    if found is None:
        pytest.skip(f"The program {name} is not on this machine, so what is for it is not tried with it.")
    return found


def unit(text: str) -> ConfigParser:
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    return parser


def workflow(path: Path) -> Any:
    code = "import json, sys; from ruamel.yaml import YAML; print(json.dumps(YAML(typ='safe').load(open(sys.argv[1]))))"
    ended = subprocess.run(
        [python_of("schedules"), "-c", code, path], capture_output=True, text=True, check=True
    )
    return json.loads(ended.stdout)


def test_what_systemd_starts_runs_the_year(place: Place) -> None:
    service = unit(place.text("gongkai.service"))["Service"]
    name, _, value = service["Environment"].partition("=")
    ended = place.run(shlex.split(service["ExecStart"]), {name: value}, Path(service["WorkingDirectory"]))
    assert ended.returncode == 0, ended.stderr
    (report,) = (place.folder / "data" / "runs").glob("2023-*.md")
    assert ended.stdout == f"{report}\n"


def test_what_cron_starts_goes_on_with_it(place: Place) -> None:
    lines = [line for line in place.text("crontab").splitlines() if line and not line.startswith("#")]
    env = dict(line.split("=", 1) for line in lines[:-1])
    command = lines[-1].split(None, 5)[5]
    ended = place.run(["/bin/sh", "-c", command], env, place.folder)
    log = (place.folder / "run.log").read_text(encoding="utf-8")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", ""), log
    assert re.search(r"^crawl: run \S+ is done$", log, re.MULTILINE)


def test_what_the_workflow_starts_goes_on_with_it_and_shows_the_report(place: Place) -> None:
    told = workflow(place.put("github-actions.yml"))
    steps = {step["name"]: step["run"] for step in told["jobs"]["run"]["steps"] if "run" in step}
    assert steps["Set up"] == "make setup"
    summary = place.folder / "summary.md"
    env = {**told["env"], "GITHUB_STEP_SUMMARY": str(summary)}
    for name in ("Run the year", "Show the report"):
        ended = place.run(["bash", "-e", "-o", "pipefail", "-c", steps[name]], env, place.folder)
        assert ended.returncode == 0, ended.stderr
    assert summary.read_text(encoding="utf-8").startswith("# The yearly run of 2023\n\n**Whole.**")
    before = place.program.read_text(encoding="utf-8")
    for code, shown in ((1, (0, True)), (3, (3, False))):
        place.becomes(f"exit {code}")
        ended = place.run(["bash", "-e", "-c", steps["Run the year"]], env, place.folder)
        assert (ended.returncode, "::warning::Done, and" in ended.stdout) == shown
    place.program.write_text(before, encoding="utf-8")


def test_systemd_takes_the_units(place: Place) -> None:
    analyze = program("systemd-analyze")
    units = [place.put("gongkai.service"), place.put("gongkai.timer")]
    ended = subprocess.run([analyze, "verify", *units], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_systemd_starts_it_on_each_night_from_april_to_june(place: Place) -> None:
    calendar = unit(place.text("gongkai.timer"))["Timer"]["OnCalendar"]
    options = ["--base-time=2027-01-01 00:00:00 UTC", f"--iterations={APRIL_TO_JUNE + 1}"]
    ended = subprocess.run(
        [program("systemd-analyze"), "calendar", *options, calendar],
        env={"TZ": "UTC", "LC_ALL": "C"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    times = re.findall(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) UTC", ended.stdout)
    assert len(times) == APRIL_TO_JUNE + 1
    assert (times[0], times[-2], times[-1]) == (
        "2027-04-01 14:00:00", "2027-06-30 14:00:00", "2028-04-01 14:00:00"
    )  # fmt: skip


def test_cron_takes_its_table(place: Place) -> None:
    crontab = program("crontab")
    told = subprocess.run([crontab, "-h"], capture_output=True, text=True, check=False)
    check = "-n" if "dry run" in told.stderr else "-T"
    ended = subprocess.run(
        [crontab, check, place.put("crontab")], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr


def test_both_cron_lines_start_it_on_each_night_from_april_to_june(place: Place) -> None:
    (line,) = [line for line in place.text("crontab").splitlines() if " run --data" in line]
    (ci,) = workflow(SCHEDULES / "github-actions.yml")["on"]["schedule"]
    code = (
        "import sys; from datetime import datetime as d; from cronsim import CronSim; "
        "times = [t for t, _ in zip(CronSim(sys.argv[1], d(2027, 1, 1)), range(92))]; "
        "print(times[0], times[90], times[91], sep='|')"
    )
    for cron, hour in ((" ".join(line.split()[:5]), 22), (ci["cron"], 14)):
        ended = subprocess.run(
            [python_of("schedules"), "-c", code, cron], capture_output=True, text=True, check=True
        )
        days = ("2027-04-01", "2027-06-30", "2028-04-01")
        assert ended.stdout.strip().split("|") == [f"{day} {hour}:00:00" for day in days]


def test_the_workflow_is_one_as_its_schema_says(place: Place) -> None:
    options = ["--builtin-schema", "vendor.github-workflows", str(SCHEDULES / "github-actions.yml")]
    ended = subprocess.run(
        [python_of("schedules"), "-m", "check_jsonschema", *options],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout


def test_its_readme_names_every_schedule() -> None:
    text = (SCHEDULES / "README.md").read_text(encoding="utf-8")
    files = {path.name for path in SCHEDULES.iterdir()} - {"README.md"}
    assert set(re.findall(r"docs/schedules/([\w.-]+)", text)) == files
