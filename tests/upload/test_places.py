"""What each kind of place does that the others do not."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.publish.sums import write_sums
from pipeline.publish.version import Version
from pipeline.upload.parcel import parcel
from pipeline.upload.patience import Patience
from pipeline.upload.place import State
from pipeline.upload.places import place_of
from pipeline.upload.s3 import S3
from tests.upload.conftest import BUCKET, VERSION, Served, place
from tests.upload.sending import send


@pytest.fixture
def one(
    request: pytest.FixtureRequest, stack: ExitStack, tmp_path: Path, contents: dict[str, bytes]
) -> Served:
    """A place of the kind that the test is marked with, and a release to send."""
    return place(request.param, request, stack, tmp_path)


def only(kind: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("one", [kind], indirect=True)


@only("zenodo")
def test_zenodo_has_a_draft_until_it_is_told_to_publish(
    one: Served, tmp_path: Path, waits: list[float]
) -> None:
    assert "a draft: look at it" in send(one, tmp_path / "data", waits).where
    assert not one.finished()
    done = send(one, tmp_path / "data", waits, publish=True)
    assert (done.sent, done.where.partition(" ")[2]) == (0, "(published, DOI 10.5072/zenodo.100)")
    assert send(one, tmp_path / "data", waits, publish=True).where.endswith("(published)")
    assert len(one.inside.deposits) == 1


@only("zenodo")
def test_zenodo_is_told_what_the_release_is(one: Served, tmp_path: Path, waits: list[float]) -> None:
    send(one, tmp_path / "data", waits)
    (deposit,) = one.inside.deposits.values()
    told = deposit["metadata"]
    assert told["title"].startswith("gongkai: an open, longitudinal dataset")
    assert "<p>中国政府机关" in told["description"]
    asked = ("upload_type", "version", "publication_date", "license", "access_right", "creators")
    assert [told[name] for name in asked] == [
        "dataset", VERSION, "2026-03-01", "cc-by-4.0", "open", [{"name": "The gongkai developers"}],
    ]  # fmt: skip


@only("zenodo")
def test_a_new_version_of_a_record_has_no_file_of_the_old_one(
    one: Served, tmp_path: Path, contents: dict[str, bytes], waits: list[float]
) -> None:
    old = one.inside.new({"title": "gongkai", "version": "2025.1"}, {"old.csv": b"1", "README.md": b"old"})
    one.inside.deposits[old]["submitted"] = True
    record = replace(one, url=f"{one.url}/{old}")
    send(record, tmp_path / "data", waits)
    assert one.there() == contents
    assert one.inside.buckets[old] == {"old.csv": b"1", "README.md": b"old"}


@only("hf")
def test_a_repository_is_private_until_it_is_told_to_publish(
    one: Served, tmp_path: Path, waits: list[float]
) -> None:
    assert send(one, tmp_path / "data", waits).where.endswith(
        "(private: make it public there or with --publish)"
    )
    assert one.inside.private
    send(one, tmp_path / "data", waits, publish=True)
    assert not one.inside.private


@only("hf")
def test_one_commit_has_the_whole_release_and_the_tag_leads_to_it(
    one: Served, tmp_path: Path, contents: dict[str, bytes], waits: list[float]
) -> None:
    send(one, tmp_path / "data", waits)
    before, after = one.inside.commits
    assert before.keys() == {".gitattributes", "old.csv"}
    assert after.keys() == contents.keys() | {".gitattributes"}
    assert one.inside.tags == {VERSION: 1}


@only("s3")
def test_a_long_file_goes_in_parts_and_is_known_again_by_them(one: Served, tmp_path: Path) -> None:
    long = b"0123456789abcdef" * (11 << 16)
    path = tmp_path / "data" / "releases" / VERSION / "gongkai.duckdb"
    path.chmod(0o644)
    path.write_bytes(long)
    (path.parent / "SHA256SUMS").unlink()
    write_sums(path.parent)
    contents = parcel(tmp_path / "data", Version.of(VERSION))
    bucket = S3(BUCKET, one.url.rpartition("/")[2], Patience(), part=5 << 20)
    (files, _) = bucket.groups(contents, tmp_path)
    bucket.begin()
    (file,) = (file for file in files if file.size == len(long))
    bucket.send(file, lambda _: None)
    assert len(one.door.files) == 3
    one.door.opened({})
    assert bucket.state(file) is State.SAME
    assert [request.partition(" ")[0] for request in one.door.requests] == ["HEAD"]
    assert one.there() == {"gongkai.duckdb": long}


@only("s3")
def test_what_has_another_etag_is_read_back(one: Served, tmp_path: Path, waits: list[float]) -> None:
    send(one, tmp_path / "data", waits)
    one.door.opened({})
    contents = parcel(tmp_path / "data", Version.of(VERSION))
    bucket = place_of(one.url, one.environment, Patience())
    bucket.groups(contents, tmp_path)
    bucket.begin()
    file = contents.files[0]
    vars(file)["md5"] = "as a server with keys of its own tells it"
    assert bucket.state(file) is State.SAME
    assert [request.partition(" ")[0] for request in one.door.requests][-2:] == ["HEAD", "GET"]
