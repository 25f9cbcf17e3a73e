"""Someone who has the folder of a release and DuckDB, and nothing of this project, gets answers from its README."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.environments import python_of

ASK = """import json, pathlib, re, duckdb
told = {}
for name in ("README.md", "CODEBOOK.md", "CODEBOOK.zh.md"):
    text = pathlib.Path(name).read_text(encoding="utf-8")
    with duckdb.connect("gongkai.duckdb", read_only=True) as database:
        told[name] = [
            database.execute(sql).fetchall() for sql in re.findall(r"^```sql\\n(.*?)^```", text, re.M | re.S)
        ]
print(json.dumps(told, default=str))
"""


@pytest.fixture(scope="module")
def folder(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release alone, as it is handed on."""
    return Path(shutil.copytree(released, tmp_path_factory.mktemp("newcomer") / "gongkai"))


def run(code: str, folder: Path) -> str:
    """What the code prints in that folder, with the oldest DuckDB that the release promises to open in."""
    ended = subprocess.run(
        [python_of("duckdb-oldest"), "-I", "-c", code],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def told(folder: Path) -> dict[str, list[list[list[Any]]]]:
    answers: dict[str, list[list[list[Any]]]] = json.loads(run(ASK, folder))
    return answers


def test_nothing_of_the_project_is_at_hand(folder: Path) -> None:
    found = run(
        "from importlib.util import find_spec; print(find_spec('gongkai'), find_spec('pipeline'))", folder
    )
    assert found.split() == ["None", "None"]


def test_the_three_questions_are_answered_as_the_sample_prints_it(
    told: dict[str, list[list[list[Any]]]],
) -> None:
    by_city, developed, origins = told["README.md"]
    city = "样例甲市"
    assert [(row[0], row[1], int(float(row[2])), row[3]) for row in by_city] == [
        (city, 2019, 23, 3), (city, 2020, 26, 3), (city, 2021, 27, 3),
        (city, 2022, 30, 3), (city, 2023, 35, 3), (city, 2024, 36, 3),
    ]  # fmt: skip
    assert {(row[0], row[1]) for row in developed} == {(row[0], row[1]) for row in origins}
    assert len(developed) == 18
    assert {row[6] for row in developed} == {1}, "one form after the other, each step comparable"
    republished = [row for row in origins if row[:2] == ["样例甲市科学技术局", 2022]]
    ((_, _, raw, value, table, line, column, url, digest),) = republished
    assert (raw, float(value)) == ("3", 3)
    assert (table, line, column) > (0, 0, 0)
    assert re.fullmatch(r"http://\S+\.html", url)
    assert re.fullmatch(r"[0-9a-f]{64}", digest)


def test_every_other_query_of_the_texts_has_an_answer(told: dict[str, list[list[list[Any]]]]) -> None:
    english, chinese = told["CODEBOOK.md"], told["CODEBOOK.zh.md"]
    assert len(english) == 6
    assert english == chinese
    cells, statuses, contradictions, missing, successors, prose = english
    assert len(cells) > 300
    assert {status for _, status, _ in statuses} > {"reported", "blank"}
    assert (contradictions, missing, successors) == ([], [], [])
    assert len(prose) > 3


def test_both_ways_in_python_print_an_answer(folder: Path) -> None:
    text = (folder / "README.md").read_text(encoding="utf-8")
    codes = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    printed = [run(code, folder).splitlines() for code in codes]
    assert [len(lines) for lines in printed] == [6, 18]
    assert printed[0][0].split()[:2] == ["样例甲市", "2019"]
