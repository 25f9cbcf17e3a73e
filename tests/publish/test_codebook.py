"""Every question that the texts of a release show is answered by it alone; the Chinese words are of the schema."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipeline.publish.codebook import chinese_words, codebook_zh
from pipeline.tables.database import DATABASE
from pipeline.tables.schema import ABOUT, MACROS, TABLES, VIEWS

NO_CONTRADICTION = "cause = 'source'"
"""No report of the released city contradicts itself."""
NO_SUCCESSOR = "FROM organ_link"
"""No organ of the released city gave way to another."""


def shown(released: Path, name: str, language: str) -> list[str]:
    return re.findall(
        rf"^```{language}\n(.*?)^```", (released / name).read_text("utf-8"), re.DOTALL | re.MULTILINE
    )


def test_every_query_of_the_texts_is_answered(released: Path) -> None:
    with duckdb.connect(released / DATABASE, read_only=True) as database:
        met = 0
        for name in ("README.md", "CODEBOOK.md", "CODEBOOK.zh.md"):
            for sql in shown(released, name, "sql"):
                rows = database.execute(sql).fetchall()
                none = any(told in sql for told in (NO_CONTRADICTION, NO_SUCCESSOR, "state <> 'held'"))
                assert rows or none, sql
                met += 1
    assert met == 15


def test_the_python_of_the_readme_runs_in_the_folder_and_both_ways_agree(released: Path) -> None:
    printed = []
    for code in shown(released, "README.md", "python"):
        ended = subprocess.run(
            [sys.executable, "-c", code], cwd=released, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, ended.stderr
        printed.append(ended.stdout.splitlines())
    by_city, by_organ = printed
    totals = {sum(Decimal(line.split()[2]) for line in lines) for lines in (by_city, by_organ)}
    assert len(totals) == 1
    assert min(totals) > 0


def test_the_chinese_codebook_has_words_for_all_and_for_nothing_else() -> None:
    parts: dict[str, set[str]] = {}
    for table in (*TABLES, ABOUT):
        parts.setdefault(table.name, set()).update(column.name for column in table.columns)
    for part in (*VIEWS, *MACROS):
        parts.setdefault(part.name, set()).update(name for name, _ in part.columns)
    words = chinese_words()
    everywhere = set().union(*parts.values())
    assert words["any"].keys() <= everywhere
    for name, own in words.items():
        if name != "any":
            assert own.keys() <= {*parts[name], "_"}, name
    for table in TABLES:
        assert "_" in words[table.name]
        told = words[table.name].keys() | words["any"].keys()
        assert {column.name for column in table.columns} <= told, table.name


@pytest.mark.parametrize("said", ["报告年度（不是发布年份）", "一个机关一个年度报告的一个版本", "可比序列"])
def test_the_chinese_codebook_says_it_in_chinese(said: str) -> None:
    assert said in codebook_zh()
