"""Sightings and runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.archive import Archive, Sighting
from pipeline.archive.lines import VERSION
from pipeline.problem import Problem
from tests.archive.helpers import MOMENT, exchange, hold


def test_sightings_are_kept_in_order(tmp_path: Path) -> None:
    sightings = [
        Sighting("370800", "r", "http://h/list", f"http://h/{n}", "年报", None, 2020 + n, MOMENT, "report")
        for n in range(3)
    ]
    with Archive.open(tmp_path) as archive:
        for sighting in sightings[:2]:
            archive.sight(sighting)
        archive.flush()
        assert list(archive.sightings()) == sightings[:2]
        archive.sight(sightings[2])
    assert list(Archive.open(tmp_path, writable=False).sightings()) == sightings


def test_runs_are_begun_found_again_and_finished(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        assert archive.runs() == []
        first = archive.begin_run({"years": [2020], "delay": 1.5})
        second = archive.begin_run({"only": "济宁"})
        assert first.id != second.id
    with Archive.open(tmp_path) as archive:
        assert archive.runs() == [first, second]
        archive.begin_session(second.id, {"contact": "a@b.c"})
        archive.begin_session(second.id, {"contact": None})
        archive.finish_run(second.id, {"held": 7})
        assert [run.finished_at is None for run in archive.runs()] == [True, False]
        archive.finish_run(first.id, {})
        assert [run.finished_at is None for run in archive.runs()] == [False, False]
        with pytest.raises(Problem, match="knows no run 2"):
            archive.finish_run("2", {})
        with pytest.raises(Problem, match="knows no run 2"):
            archive.begin_session("2", {})
        assert [(run.id, run.settings, run.summary) for run in archive.runs()] == [
            (first.id, {"years": [2020], "delay": 1.5}, {}),
            (second.id, {"only": "济宁"}, {"held": 7}),
        ]
        sessions = archive.runs()[1].sessions
        assert [session.details for session in sessions] == [{"contact": "a@b.c"}, {"contact": None}]
        assert second.begun_at <= sessions[0].begun_at <= sessions[1].begun_at
        assert archive.runs()[0].sessions == ()


def test_every_line_carries_the_version(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        run = archive.begin_run({})
        hold(archive, exchange("http://h/", b"page"))
        archive.sight(Sighting("1", run.id, "a", "b", "c", None, None, MOMENT, "report"))
    for name in ("ledger", "sightings", "runs"):
        (line,) = (tmp_path / f"{name}.jsonl").read_bytes().splitlines()
        assert json.loads(line)["v"] == VERSION
