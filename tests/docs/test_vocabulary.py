"""Every word that the database uses to say how something went stands in the vocabulary, and the lists are whole."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from pipeline.organs import ChangeKind
from pipeline.tables.holding import STATES
from pipeline.tables.identity import DOUBTS, Doubt
from tests.docs import pages


def section(title: str) -> set[str]:
    text = pages.vocabulary().partition(f"## {title}\n")[2].partition("\n## ")[0]
    words = set(re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE))
    assert words, title
    return words


@pytest.mark.parametrize(
    ("column", "titles"),
    [
        ('"fetch".outcome', ["Outcomes of a fetch"]),
        ("coverage.state", ["States of what is expected"]),
        ("coverage.reason", ["Why a report is not held", "Outcomes of a fetch"]),
        ("figure.status", ["Status of a cell"]),
        ("organ.kind", ["Kinds of organs"]),
        ("issue.code", ["Things noticed while reading"]),
        ("finding.check_id", ["Checks"]),
        ("finding.verdict", ["Verdicts of a check"]),
        ("finding.cause", ["Causes of a failed check"]),
    ],
)
def test_the_words_in_use_are_in_the_vocabulary(column: str, titles: list[str], demo: Path) -> None:
    table, name = column.rsplit(".", 1)
    with duckdb.connect(str(demo / "demo" / "gongkai.duckdb"), read_only=True) as connection:
        rows = connection.execute(f"SELECT DISTINCT {name} FROM {table} WHERE {name} IS NOT NULL").fetchall()
    used = {row[0].partition(":")[0] for row in rows}
    assert used
    assert used <= set().union(*map(section, titles))


def test_every_state_and_change_has_a_sentence() -> None:
    assert set(pages.STATES) == set(STATES)
    assert set(pages.LINKS) == set(ChangeKind)
    assert set(DOUBTS) == set(Doubt)
