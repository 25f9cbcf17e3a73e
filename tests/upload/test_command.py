"""`gongkai upload` as people run it: what it prints, how it ends, and that it keeps secrets."""

from __future__ import annotations

import errno
import os
import socket
import sys
from pathlib import Path

import pytest
from fsspec.registry import _registry
from typer.testing import CliRunner, Result

from gongkai.cli import app
from tests.upload.conftest import KEY, PASSWORD, Served
from tests.upload.hub_server import TOKEN as HUB_TOKEN
from tests.upload.zenodo_server import TOKEN as ZENODO_TOKEN

SECRETS = {
    "AWS_SECRET_ACCESS_KEY": KEY, "GONGKAI_WEBDAV_PASSWORD": PASSWORD, "ZENODO_TOKEN": ZENODO_TOKEN,
    "HF_TOKEN": HUB_TOKEN,
}  # fmt: skip
PLACES = ("s3://open-data/gongkai", "davs://example.org/open/", "zenodo://zenodo.org/17", "hf://datasets/a/b")


def run(tmp_path: Path, url: str, *arguments: str, **environment: str) -> Result:
    command = ["upload", "2026.1", "--to", url, "--data", str(tmp_path / "data"), *arguments]
    return CliRunner().invoke(app, command, env=environment)


def test_it_says_what_came_of_it_and_no_secret(
    served: Served, tmp_path: Path, contents: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DISABLE_XET", True)
    ended = run(tmp_path, served.url, **served.environment)
    assert ended.exit_code == 0, ended.output
    assert ended.stderr.count("there: ") == len(served.door.files) or "hf" in served.url
    assert "were sent, 0 were there. All of them are there as they are here." in ended.stderr
    assert served.there() == contents
    secrets = [served.environment[name] for name in SECRETS.keys() & served.environment.keys()]
    assert len(secrets) == 1
    assert secrets[0] not in ended.output


def test_who_is_not_taken_is_told_which_variable_and_not_what_is_in_it(
    served: Served, tmp_path: Path, contents: dict[str, bytes]
) -> None:
    if served.url.startswith("s3"):  # the server of the tests lets everybody in; it has no other bucket
        ended = run(tmp_path, "s3://nobody/gongkai", **served.environment)
        assert (ended.exit_code, "There is no bucket nobody" in ended.stderr) == (3, True)
        return
    (name,) = SECRETS.keys() & served.environment.keys()
    ended = run(tmp_path, served.url, **{**served.environment, name: "wrong-4711"})
    assert (ended.exit_code, name in ended.stderr, "401" in ended.stderr) == (3, True, True)
    assert "wrong-4711" not in ended.output


@pytest.mark.parametrize("url", PLACES)
def test_a_dry_run_contacts_nothing_and_needs_no_secret(
    url: str, tmp_path: Path, contents: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket.socket, "connect", None)
    monkeypatch.setattr(socket, "getaddrinfo", None)
    ended = run(tmp_path, url, "--dry-run")
    assert ended.exit_code == 0, ended.output
    lines = [line.split("\t") for line in ended.stdout.splitlines()]
    sizes = {address: int(size) for size, address in lines}
    (readme,) = (size for address, size in sizes.items() if address.endswith("README.md"))
    assert readme == len(contents["README.md"])
    total = sum(sizes.values())
    assert f"{len(sizes)} files, {total} bytes would be sent. Nothing was contacted." in ended.stderr


@pytest.mark.parametrize("url", PLACES)
def test_a_missing_secret_is_asked_for_by_its_variable(
    url: str, tmp_path: Path, contents: dict[str, bytes]
) -> None:
    known = {"AWS_ACCESS_KEY_ID": "key", "GONGKAI_WEBDAV_USER": "someone", **dict.fromkeys(SECRETS, "")}
    ended = run(tmp_path, url, **known)
    assert ended.exit_code == 2
    assert "in the environment variable" in ended.stderr
    assert any(name in ended.stderr for name in SECRETS)


@pytest.mark.parametrize(
    ("url", "name", "extra"), [(PLACES[0], "s3fs", "s3"), (PLACES[3], "huggingface_hub", "upload")]
)
def test_a_missing_library_is_named_with_the_command_that_installs_it(
    url: str, name: str, extra: str, tmp_path: Path, contents: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(_registry, "s3", raising=False)  # who asked for it before
    monkeypatch.setitem(sys.modules, name, None)
    ended = run(tmp_path, url, **SECRETS, AWS_ACCESS_KEY_ID="key")
    assert (ended.exit_code, f"pip install 'gongkai[{extra}]'" in ended.stderr) == (3, True)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://example.org/x", "is no place that is known"),
        ("s3:///x", "is no place that is known"),
        ("hf://datasets/a", "is no place that is known"),
        ("zenodo://zenodo.org/records", "is no place that is known"),
        ("dav://example.org/x", "Over plain http a password can be read"),
        ("davs://someone:word@example.org/x", "has no user, password or query"),
    ],
)
def test_what_is_no_place_is_wrong_use(url: str, said: str, tmp_path: Path, contents: object) -> None:
    ended = run(tmp_path, url)
    assert (ended.exit_code, said in ended.stderr) == (2, True)


@pytest.mark.parametrize(
    ("bucket", "endpoint", "said"),
    [
        ("o!en", "http://127.0.0.1:9", "Give another bucket"),
        ("open", "localhost:9000", "Give AWS_ENDPOINT_URL as https"),
    ],
)
def test_a_bucket_or_server_that_cannot_be_is_wrong_use(
    bucket: str, endpoint: str, said: str, tmp_path: Path, contents: object
) -> None:
    ended = run(tmp_path, f"s3://{bucket}/x", **SECRETS, AWS_ACCESS_KEY_ID="key", AWS_ENDPOINT_URL=endpoint)
    assert (ended.exit_code, said in ended.stderr) == (2, True)


def test_without_room_to_pack_folders_it_says_where_and_what_to_do(
    tmp_path: Path, contents: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("zipfile.ZipFile", full)
    ended = run(tmp_path, PLACES[2], "--dry-run")
    assert (ended.exit_code, "TMPDIR" in ended.stderr) == (3, True)


def test_a_release_that_is_not_there_or_not_whole_is_not_sent(
    tmp_path: Path, contents: dict[str, bytes]
) -> None:
    missing = CliRunner().invoke(
        app, ["upload", "2031.1", "--to", PLACES[0], "--data", str(tmp_path / "data")]
    )
    assert (missing.exit_code, "gongkai release 2031.1" in missing.stderr) == (2, True)
    path = tmp_path / "data" / "releases" / "2026.1" / "README.md"
    path.chmod(0o644)
    path.write_text("changed")
    changed = run(tmp_path, PLACES[0], "--dry-run")
    assert (changed.exit_code, "README.md is not what SHA256SUMS says" in changed.stderr) == (3, True)
