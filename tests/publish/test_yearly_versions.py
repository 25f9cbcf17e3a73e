"""The yearly run's memory of releases is the releases themselves."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.problem import Problem
from pipeline.publish.version import Version
from pipeline.yearly import next_candidate, release_of_build


def test_a_candidate_gets_the_next_number_and_a_build_is_known_by_its_tables(
    data: Path, released: Path
) -> None:
    def release(version: str) -> None:
        shutil.copytree(released, data / "releases" / version)

    assert (release_of_build(data), next_candidate(data)) == (None, Version.of("2026.1-candidate"))
    release("2026.1-candidate")
    assert release_of_build(data) == Version.of("2026.1-candidate")
    assert next_candidate(data) == Version.of("2026.1-candidate2")
    release("2026.1")
    assert release_of_build(data) == Version.of("2026.1")
    assert release_of_build(data, Version.of("2026.1-candidate")) == Version.of("2026.1-candidate")
    assert release_of_build(data, Version.of("2026.2")) is None
    assert next_candidate(data) == Version.of("2026.2-candidate")
    sums = data / "tables" / "SHA256SUMS"
    sums.write_text(sums.read_text().replace("a", "b"))
    assert release_of_build(data) is None


def test_of_nothing_there_is_no_candidate(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="gongkai build"):
        next_candidate(tmp_path)
    assert release_of_build(tmp_path) is None
