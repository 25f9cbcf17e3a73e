"""What every storage does alike, and how what goes wrong is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from s3fs import S3FileSystem

from pipeline.problem import InputProblem, Problem
from pipeline.storage.store import Store
from tests.working_copy.conftest import BUCKET


def test_objects_come_whole_and_of_two_makers_one_succeeds(store: Store, tmp_path: Path) -> None:
    assert store.sizes("a") == {}
    assert store.create("a/b", b"0123456789")
    assert not store.create("a/b", b"other")
    store.write("a/c/d", b"1")
    store.write("a/c/d", b"12")
    given = tmp_path / "given"
    given.write_bytes(b"x" * 3_000_000)
    store.send(given, "a/e")
    assert store.sizes("a") == {"b": 10, "c/d": 2, "e": 3_000_000}
    assert store.folders("a") == ["c"]
    assert store.read("a/b") == b"0123456789"
    assert store.read_part("a/b", 2, 3) == b"234"
    assert store.read_part("a/b", 8, 30) == b"89"
    store.below("a").fetch("e", tmp_path / "new" / "file")
    assert (tmp_path / "new" / "file").read_bytes() == given.read_bytes()
    for name in ("a/none", "a/b/none"):
        with pytest.raises((FileNotFoundError, Problem)):
            store.read(name)
    with pytest.raises(FileNotFoundError):
        store.fetch("a/none", tmp_path / "none")
    store.remove("a/b")
    store.remove("a/b")
    store.remove_all("a")
    assert store.sizes("") == {}


def test_folder_is_no_object_of_itself(store: Store, s3: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is an object a folder, nor a folder whose first object another makes between the client's two questions."""
    store.write("a/b", b"1")
    assert store.sizes("a/b") == {}
    asked = S3FileSystem._lsdir

    async def overtaken(self: S3FileSystem, path: str, **options: object) -> list[object]:
        found: list[object] = await asked(self, path, **options)
        await self._pipe_file(f"{path}/first", b"1")
        return found

    monkeypatch.setattr(S3FileSystem, "_lsdir", overtaken)
    assert Store(s3).sizes("ledger") == {}


def test_what_goes_wrong_is_told_with_what_to_do(s3: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Problem, match=r"s3://no-such-bucket/x/y: there is no such bucket.*Make it"):
        Store("s3://no-such-bucket/x").sizes("y")
    with pytest.raises(Problem, match="there is no such bucket"):
        Store("s3://no-such-bucket/x").create("y", b"")
    with pytest.raises(InputProblem, match="Give another bucket"):
        Store("s3://no!bucket/x").read("y")
    with pytest.raises(InputProblem, match="no address of a storage"):
        Store("nonsense://bucket/x")
    with pytest.raises(Problem, match=r"needs a library that is not installed .*"):
        Store("gs://bucket/x")
    assert Store(s3).sizes("") == {}


def test_server_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch, s3: str) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    S3FileSystem.clear_instance_cache()  # its clients keep the server that they were made for
    with pytest.raises(Problem, match=r"http://127.0.0.1:9.*AWS_ENDPOINT_URL"):
        Store(f"s3://{BUCKET}/elsewhere").read("x")


def test_half_a_secret_is_asked_for_by_its_variable(monkeypatch: pytest.MonkeyPatch, s3: str) -> None:
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    S3FileSystem.clear_instance_cache()
    with pytest.raises(InputProblem, match=r"AWS_SECRET_ACCESS_KEY, or name a profile.*AWS_PROFILE"):
        Store(s3).read("x")


def test_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Problem, match=r"file:///.*is a file"):
        Store((tmp_path / "file").as_uri()).create("x", b"")
