"""What the tests of releases share: one city of the sample as one build, and one release of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.build import build
from pipeline.datasets import dataset_file
from pipeline.publish.release import release
from pipeline.publish.version import Version
from pipeline.sample import sample_reports
from tests.tables.making import Crawl

FLOORS = "".join(
    f'\n[[floor]]\nprovince = "样例省"\nyear = {year}\nreports = 3\n' for year in range(2019, 2025)
)


def fill(data: Path) -> None:
    """Archive every report of one city of the sample, three a year."""
    with Crawl(data, "990100") as crawl:
        for report in sample_reports():
            if report.organ.city == crawl.code:
                crawl.report(report)
                crawl.sight(crawl.home.rstrip("/") + report.path, report.organ.name, report.publication.year)
    bounds = dataset_file("sample", "expectations.toml").read_text(encoding="utf-8").partition("[[floor]]")[0]
    (data / "expectations.toml").write_text(bounds + FLOORS, encoding="utf-8")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample's build; tests only read it."""
    data = tmp_path_factory.mktemp("built")
    fill(data)
    build(data)
    return data


@pytest.fixture
def data(built: Path, tmp_path: Path) -> Path:
    """A copy of that folder, to release in."""
    return Path(shutil.copytree(built, tmp_path / "data"))


@pytest.fixture(scope="session")
def released(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of release 2026.1 of the sample; tests only read it."""
    copy = Path(shutil.copytree(built, tmp_path_factory.mktemp("released") / "data"))
    return release(copy, Version.of("2026.1")).folder


@pytest.fixture
def data_released(released: Path, tmp_path: Path) -> Path:
    """A copy of the data folder in which 2026.1 is released, to release in."""
    return Path(shutil.copytree(released.parents[1], tmp_path / "data", symlinks=True))
