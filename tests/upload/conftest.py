"""A small release to send, and every kind of place to send it to, each behind a door that can fail."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from s3fs import S3FileSystem

from pipeline.publish.datapackage import datapackage
from pipeline.publish.edition import Edition
from pipeline.publish.metadata import as_json
from pipeline.publish.sums import write_sums
from pipeline.publish.version import Version
from pipeline.tables.schema import TABLES
from tests.environments import python_of
from tests.upload.answering import serving
from tests.upload.door import Door, Doorkeeper
from tests.upload.hub_server import TOKEN as HUB_TOKEN
from tests.upload.hub_server import Hub, HubServer
from tests.upload.zenodo_server import TOKEN as ZENODO_TOKEN
from tests.upload.zenodo_server import Zenodo, ZenodoServer

VERSION = "2026.1"
USER, PASSWORD = "someone", "webdav-secret-4711"
KEY = "s3-secret-4711"
BUCKET = "open-data"
KINDS = ("s3", "dav", "zenodo", "hf")


@dataclass(frozen=True)
class Served:
    """A place of one kind: its address, what the environment tells of it, its door, and a look past the door.

    `there` gives the files that are stored, by their name in the release; `finished` whether it is marked as whole.
    """

    url: str
    environment: dict[str, str]
    door: Door
    there: Callable[[], dict[str, bytes]]
    finished: Callable[[], bool]
    inside: Any = None


def make_release(data: Path, figures: bytes) -> dict[str, bytes]:
    """A release with the metadata of a real one, and few files; what is in it, by name."""
    folder = data / "releases" / VERSION
    edition = Edition(Version.of(VERSION), date(2026, 3, 1), "gongkai", {}, {})
    sums = {f"tables/{table.name}.parquet": ("0" * 64, 1) for table in TABLES}
    contents = {
        "README.md": "公开\n".encode(),
        "datapackage.json": as_json(datapackage(edition, (), sums)).encode(),
        "csv/报告 2020.csv": b"\xef\xbb\xbfa,b\n1,2\n",
        "tables/empty.csv": b"",
        "tables/figure.parquet": figures,
        "gongkai.duckdb": bytes(range(256)) * 200,
    }
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    write_sums(folder)
    return contents | {"SHA256SUMS": (folder / "SHA256SUMS").read_bytes()}


@pytest.fixture
def contents(tmp_path: Path) -> dict[str, bytes]:
    """What is in the release that is made in `tmp_path / "data"`."""
    return make_release(tmp_path / "data", b"PAR1" * 20_000)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits that were asked for; none is waited."""
    asked: list[float] = []
    monkeypatch.setattr(time, "sleep", asked.append)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DISABLE_XET", True)
    return asked


@contextmanager
def started(name: str, *arguments: str) -> Iterator[str]:
    """The address of a server that is a process of its own."""
    program = Path(__file__).with_name(f"serve_{name}.py")
    command = [str(python_of(name)), "-I", str(program), *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        yield address
        process.communicate("")


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3FileSystem]:
    with started("s3") as address:
        unchecked = {"response_checksum_validation": "when_required"}  # it looks at what was spoilt, too
        client = S3FileSystem(
            key="key", secret=KEY, endpoint_url=address, use_listings_cache=False, config_kwargs=unchecked
        )
        client.mkdir(BUCKET)
        yield client


@pytest.fixture(scope="session")
def webdav_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("webdav")
    with started("webdav", str(folder), USER, PASSWORD) as address:
        yield address, folder


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture(params=KINDS)
def served(request: pytest.FixtureRequest, stack: ExitStack, tmp_path: Path) -> Served:
    """A place of every kind."""
    return place(request.param, request, stack, tmp_path)


def place(kind: str, request: pytest.FixtureRequest, stack: ExitStack, tmp_path: Path) -> Served:
    """A place of one kind, empty, with a door of its own."""
    door = Door()
    host = stack.enter_context(serving(Doorkeeper, door=door)).removeprefix("http://")
    own = tmp_path.name  # of the servers that serve all tests, every test has its folder
    match kind:
        case "s3":
            served = _s3(host, door, own, request.getfixturevalue("s3_server"))
            for name, value in served.environment.items():
                request.getfixturevalue("monkeypatch").setenv(name, value)
            return served
        case "dav":
            return _webdav(host, door, own, *request.getfixturevalue("webdav_server"))
        case "zenodo":
            zenodo = Zenodo()
            door.behind = stack.enter_context(serving(ZenodoServer, zenodo=zenodo))
            environment = {"ZENODO_TOKEN": ZENODO_TOKEN}
            return Served(f"zenodo://{host}", environment, door, zenodo.unpacked, zenodo.published, zenodo)
    hub = Hub()
    door.behind = stack.enter_context(serving(HubServer, hub=hub))
    environment = {"HF_TOKEN": HUB_TOKEN, "HF_ENDPOINT": f"http://{host}", "HF_HUB_DISABLE_XET": "1"}
    return Served(
        "hf://datasets/someone/gongkai", environment, door, hub.stored, lambda: VERSION in hub.tags, hub
    )


def _s3(host: str, door: Door, own: str, client: S3FileSystem) -> Served:
    root = f"{BUCKET}/{own}/{VERSION}/"
    door.behind = client.endpoint_url

    def there() -> dict[str, bytes]:
        return {name.removeprefix(root): client.cat_file(name) for name in client.find(root)}

    environment = {
        "AWS_ENDPOINT_URL": f"http://{host}", "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": KEY,
        "AWS_REGION": "us-east-1",
    }  # fmt: skip
    return Served(f"s3://{BUCKET}/{own}", environment, door, there, lambda: "SHA256SUMS" in there())


def _webdav(host: str, door: Door, own: str, address: str, folder: Path) -> Served:
    root = folder / "a b" / own / VERSION
    door.behind = address

    def there() -> dict[str, bytes]:
        files = [path for path in root.rglob("*") if path.is_file()]
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}

    environment = {"GONGKAI_WEBDAV_USER": USER, "GONGKAI_WEBDAV_PASSWORD": PASSWORD}
    return Served(f"dav://{host}/a%20b/{own}", environment, door, there, lambda: "SHA256SUMS" in there())
