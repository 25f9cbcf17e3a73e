"""Places at which data can lie: a real server of S3 on loopback, and a folder by its address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from s3fs import S3FileSystem

from pipeline.storage.store import Store
from tests.upload.conftest import started

BUCKET = "open-data"
SERVER = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "s3-secret-4711", "AWS_REGION": "us-east-1"}


@pytest.fixture(scope="session")
def s3_address() -> Iterator[str]:
    """The address of a server of S3 with an empty bucket."""
    with started("s3") as address:
        client = S3FileSystem(key="key", secret="secret", endpoint_url=address)  # noqa: S106
        client.mkdir(BUCKET)
        yield address


@pytest.fixture
def s3(s3_address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """An empty place at the server; the environment tells how it is reached."""
    S3FileSystem.clear_instance_cache()  # clients of another test may be of another server
    for name, value in {**SERVER, "AWS_ENDPOINT_URL": s3_address}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GONGKAI_WORK", str(tmp_path / "work"))
    return f"s3://{BUCKET}/{tmp_path.name}"


@pytest.fixture(params=["s3", "file"])
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """An empty place of each kind."""
    if request.param == "s3":
        return str(request.getfixturevalue("s3"))
    monkeypatch.setenv("GONGKAI_WORK", str(tmp_path / "work"))
    return (tmp_path / "shared").as_uri()


@pytest.fixture
def store(place: str) -> Store:
    return Store(place)
