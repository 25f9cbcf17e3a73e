"""A build is fresh as long as another one would make the same."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import freshness
from pipeline.build import build
from pipeline.datasets import dataset_file
from pipeline.freshness import is_fresh
from tests.tables.making import Crawl, reports


def test_archive_data_and_tables_make_a_build_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (report,) = reports("jia-sci", 2024)
    assert not is_fresh(tmp_path)
    with Crawl(tmp_path, "990100") as crawl:
        crawl.report(report)
    build(tmp_path)
    assert is_fresh(tmp_path)

    corrections = tmp_path / "corrections.toml"
    shutil.copy(dataset_file("corrections.toml"), corrections)
    reviewed = {"corrections.toml": corrections}
    monkeypatch.setattr(freshness, "dataset_file", lambda name: reviewed.get(name) or dataset_file(name))
    assert is_fresh(tmp_path)
    with corrections.open("a") as file:
        file.write("# reviewed\n")
    assert not is_fresh(tmp_path)
    monkeypatch.undo()

    installed = freshness._installed
    monkeypatch.setattr(freshness, "_installed", lambda name: replace(installed(name), version="0"))
    assert not is_fresh(tmp_path)
    monkeypatch.undo()

    monkeypatch.setattr(freshness, "office_version", lambda: "LibreOffice 0")
    assert not is_fresh(tmp_path)
    monkeypatch.undo()

    organs = tmp_path / "tables" / "organ.parquet"
    whole = organs.read_bytes()
    organs.write_bytes(whole[:-1])
    assert not is_fresh(tmp_path)
    organs.write_bytes(whole)
    assert is_fresh(tmp_path)

    with Crawl(tmp_path, "990100"):
        """A run that asks for nothing."""
    assert not is_fresh(tmp_path)


def test_the_program_that_reads_is_part_of_it() -> None:
    code = {name for name, _ in freshness._code_files()}
    assert {"build.py", "extract/grids.py", "read/html.py"} <= code
    libraries = {name for name, _ in freshness._libraries()}
    assert {"duckdb", "pyarrow", "selectolax"} <= libraries
    assert not {"altair", "huggingface-hub", "huggingface_hub"} & libraries
    data = {name for name, _ in freshness._data_files()}
    assert {"forms/2021.toml", "registry/divisions.csv", "corrections.toml/corrections.toml"} <= data
