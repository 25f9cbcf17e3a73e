"""`gongkai run`: the year from the portals to a candidate and its report; killed anywhere, it comes to the same end."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gongkai.cli import app
from pipeline.archive import Archive
from pipeline.archive.lock import Lock
from pipeline.datasets import dataset_file
from pipeline.publish.sums import check_sums
from pipeline.sample import Request, SamplePortal
from tests.face.yearly_starts import CALLS, FILES

CODE = re.compile(r"-?\d+\n")
CRAWLS = re.compile(r"Run \S+ (begins|is taken up again): 1 portal")
CITY = "990300"
FLOOR = '\n[[floor]]\nprovince = "样例省"\nyear = {}\nreports = {}\n'


def expect(data: Path, year: int, reports: int) -> None:
    bounds = dataset_file("sample", "expectations.toml").read_text(encoding="utf-8").partition("[[floor]]")[0]
    (data / "expectations.toml").write_text(bounds + FLOOR.format(year, reports), encoding="utf-8")


@dataclass
class Ran:
    """Starts of one yearly run: how they ended, what each said, what portals were asked."""

    data: Path
    arguments: list[str]
    ended: list[int] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    asked: tuple[Request, ...] = ()


STARTS = {2023: [*CALLS, *FILES, "the end"], 2020: ["the end", "the build begins", "the end"]}
"""Before which steps the starts of a year are killed; those of 2020 are to ask again."""


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Ran]:
    """The runs of both years of one city, each in a folder of its own."""
    folder = tmp_path_factory.mktemp("yearly")
    made: dict[int, Ran] = {}
    with SamplePortal() as portal, (folder / "said.txt").open("w+", encoding="utf-8") as said:
        portals = str(portal.portals_csv(folder / "portals.csv"))
        with subprocess.Popen(
            [sys.executable, "-m", "tests.face.yearly_starts"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, encoding="utf-8",
        ) as starts:  # fmt: skip
            assert starts.stdin is not None
            assert starts.stdout is not None
            for year, steps in STARTS.items():
                data = folder / str(year) / "data"
                data.mkdir(parents=True)
                expect(data, year, 2)
                arguments = ["run", "--year", str(year), "--only", CITY, "--portals", portals]
                ran = Ran(data, [*arguments, "--data", str(data), "--delay", "0", "--workers", "1"])
                before = len(portal.requests)
                again = ["--again"] if year == 2020 else []
                for step in steps:
                    starts.stdin.write(json.dumps([step, [*ran.arguments, *again]]) + "\n")
                    starts.stdin.flush()
                    ran.ended.append(next(int(line) for line in starts.stdout if CODE.fullmatch(line)))
                ran.asked = portal.requests[before:]
                made[year] = ran
        said.seek(0)
        parts = iter(said.read().split("--- before ")[1:])
        for ran in made.values():
            ran.said = [next(parts) for _ in ran.ended]
    return made


@pytest.fixture
def ran(runs: dict[int, Ran]) -> Ran:
    """A run that was killed before each of its steps, and then came to its end."""
    return runs[2023]


def test_killed_before_each_step_it_goes_on_and_comes_to_the_end(ran: Ran) -> None:
    kills = len(CALLS) + len(FILES)
    assert ran.ended == [*[-9] * kills, 0], ran.said
    with Archive.open(ran.data / "archive", writable=False) as archive:
        assert [run.finished_at is not None for run in archive.runs()] == [True]
    asked = Counter(one.path for one in ran.asked if one.status == 200 and one.path != "/robots.txt")
    assert asked.total() - len(asked) <= 2, (
        "only what was being stored, and what was under way, is asked again"
    )
    (candidate,) = (ran.data / "releases").iterdir()
    assert re.fullmatch(r"20\d\d\.1-candidate", candidate.name)
    assert check_sums(candidate) == []


def test_what_is_done_is_not_done_again(ran: Ran) -> None:
    crawled = [bool(CRAWLS.search(said)) for said in ran.said]
    assert crawled == [True, True, True, False, False, False, False, False], ran.said
    built = ["fetches. 3 of 3 expected are held" in said for said in ran.said]
    assert built == [False, False, False, False, False, True, False, False], ran.said


def test_its_report_says_what_came_and_what_to_do(ran: Ran) -> None:
    (path,) = (ran.data / "runs").glob("2023-*.md")
    text = path.read_text(encoding="utf-8")
    assert "**Whole.** 3 of 3 reports expected of 2023 are held; of 2022 there are 0." in text
    assert (
        "Reports of 2023 contradict themselves, as printed: 2 times (1 `applicant_sum`, 1 `outcome_sum`)."
        in text
    )
    (crawled,) = re.findall(r"\[run \S+\]\((\S+)\)", text)
    assert (path.parent / crawled).is_file()
    (final,) = re.findall(r"`gongkai release (\S+) --data", text)
    assert final + "-candidate" in text
    assert "is the first release" in text


def test_one_at_a_time(ran: Ran) -> None:
    with closing(Lock(ran.data / "runs" / "lock", "")):
        ended = CliRunner().invoke(app, ran.arguments)
    assert ended.exit_code == 3
    assert re.search(
        r"A yearly run is at work in .*, of another gongkai \(process \d+\)\. Wait", ended.stderr
    )


def test_below_a_floor_nothing_is_released_and_the_same_command_goes_on(ran: Ran) -> None:
    """The portals are gone by now: nothing is asked of them again."""
    expect(ran.data, 2023, 4)
    ended = CliRunner().invoke(app, [*ran.arguments, "--release", "2026.7"])
    assert (ended.exit_code, "1 checks failed" in ended.stderr) == (3, True)
    text = Path(ended.stdout.strip()).read_text(encoding="utf-8")
    assert "**Not released: 1 check failed.**" in text
    assert "| fail | current reports of 样例省, 2023 | 3 | at least 4 |" in text
    assert "gongkai release" not in text
    expect(ran.data, 2023, 2)
    ended = CliRunner().invoke(app, [*ran.arguments, "--release", "2026.7"])
    assert ended.exit_code == 0, ended.output
    assert (ran.data / "releases" / "latest").readlink() == Path("2026.7")
    (ran.data / "releases" / "latest").unlink()  # as a kill after the naming leaves it
    ended = CliRunner().invoke(app, ran.arguments)
    assert ended.exit_code == 0, ended.output
    assert "This build is released as 2026.7." in Path(ended.stdout.strip()).read_text(encoding="utf-8")
    assert (ran.data / "releases" / "latest").readlink() == Path("2026.7")
    assert len(list((ran.data / "releases").iterdir())) == 3


def test_gaps_end_with_1_and_are_asked_for_again_on_demand(runs: dict[int, Ran]) -> None:
    ran = runs[2020]
    data = ran.data
    assert ran.ended == [1, -9, 1], ran.said
    assert [bool(CRAWLS.search(said)) for said in ran.said] == [True, True, False]
    lost = [one.path for one in ran.asked if one.status == 404]
    assert len(lost) == 2, "the lists and what is missing are asked for again"
    held = Counter(one.path for one in ran.asked if "/t2021" in one.path and one.status == 200)
    assert max(held.values()) == 1
    candidates = sorted(path.name.partition("-")[2] for path in (data / "releases").iterdir())
    assert candidates == ["candidate", "candidate2"]
    pages = sorted((data / "runs").glob("2020-*.md"))
    assert len(pages) == 2
    text = pages[1].read_text(encoding="utf-8")
    assert "**Done, with 1 gap for a person to look at.** 2 of 3 reports expected of 2020 are held" in text
    assert "| `not_found` | 1 | 1 | yes | The portal says that the page does not exist" in text
    assert f"- {CITY} 样例丙市科学技术局: `not_found`, <http://" in text
