"""`gongkai import`: what is kept, under which name, what is left out and what is said of it."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from gongkai.cli import app
from pipeline.archive import Archive, Entry, Outcome
from tests.face.running import gongkai

PAGE = "<html><body><p>样例</p></body></html>".encode()
PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["import", *map(str, arguments)])


def entries(data: Path) -> list[Entry]:
    with Archive.open(data / "archive", writable=False) as archive:
        return list(archive.entries())


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "given"
    (folder / "deeper").mkdir(parents=True)
    return folder


def docx() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    return packed.getvalue()


def test_every_kind_of_document_is_kept_with_the_type_of_its_bytes(given: Path) -> None:
    files = {
        "a.html": (PAGE, "text/html"),
        "b.shtml": (PAGE + b"b", "text/html"),
        "c.txt": ("政府信息公开".encode("gb18030"), "text/plain"),
        "d.docx": (docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        "e.doc": (OLE, "application/msword"),
        "f.wps": (OLE + b"f", "application/msword"),
        "g.xls": (OLE + b"g", "application/vnd.ms-excel"),
        "h.pdf": (b"%PDF-1.4\n", "application/pdf"),
        "i.png": (PNG, "image/png"),
        "j.zip": (b"PK\x05\x06" + bytes(18), "application/zip"),
        "deeper/page.jsp": (PAGE + b"k", "text/html"),
        "no ending": ("一、总体情况".encode(), "text/plain"),
    }
    for name, (body, _) in files.items():
        (given / name).write_bytes(body)
    result = run("given", "--data", "made")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"{len(files)} imported, 0 were there already.\n"
    kept = entries(Path("made"))
    assert {entry.anchor: entry.media_type for entry in kept} == {
        f"given/{name}": media_type for name, (_, media_type) in files.items()
    }
    assert {entry.outcome for entry in kept} == {Outcome.IMPORTED}
    with Archive.open(Path("made/archive"), writable=False) as archive:
        bodies = {entry.anchor: archive.body(entry) for entry in kept}
    assert bodies == {f"given/{name}": body for name, (body, _) in files.items()}


def test_the_order_is_that_of_the_names_and_the_address_tells_no_folder_of_the_machine(given: Path) -> None:
    for name in ("b.html", "a.html", "deeper/年报 1.html"):
        (given / name).write_bytes(PAGE + name.encode())
    assert run("given/b.html", "given", "--data", "made").exit_code == 0
    assert [entry.url for entry in entries(Path("made"))] == [
        "file:given/b.html",
        "file:given/a.html",
        "file:given/deeper/%E5%B9%B4%E6%8A%A5%201.html",
    ]


def test_the_same_bytes_are_kept_once(given: Path) -> None:
    (given / "a.html").write_bytes(PAGE)
    (given / "b.html").write_bytes(PAGE)
    first = run("given", "--data", "made")
    assert first.stderr == (
        "not kept again given/b.html: the same bytes as given/a.html\n1 imported, 1 were there already.\n"
    )
    again = run("given/b.html", "--data", "made")
    assert again.exit_code == 0
    assert "0 imported, 1 were there already." in again.stderr
    assert [entry.anchor for entry in entries(Path("made"))] == ["given/a.html"]


SEVEN_ZIP = "packed files of the kind application/x-7z-compressed are not opened; unpack it and import the files in it"


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("README.md", b"About these reports", "plain text named .md, where reports are named .txt"),
        ("list.csv", b"a,b\n1,2\n", "plain text named .csv, where reports are named .txt"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\x00", SEVEN_ZIP),
        ("a.bin", bytes(200), "application/octet-stream cannot be a report"),
    ],
)
def test_what_is_no_document_is_left_out_and_said(given: Path, name: str, body: bytes, reason: str) -> None:
    (given / name).write_bytes(body)
    (given / "report.html").write_bytes(PAGE)
    result = run("given", "--data", "made")
    assert result.exit_code == 0
    assert result.stderr == f"left out given/{name}: {reason}\n1 imported, 0 were there already.\n"
    assert [entry.anchor for entry in entries(Path("made"))] == ["given/report.html"]


def test_hidden_files_of_a_folder_are_not_looked_at_but_one_that_is_named_is(given: Path) -> None:
    (given / ".hidden").mkdir()
    (given / ".hidden" / "a.html").write_bytes(PAGE)
    (given / "b.html").write_bytes(PAGE + b"b")
    assert run("given", "--data", "made").stderr == "1 imported, 0 were there already.\n"
    assert run("given/.hidden/a.html", "--data", "made").stderr == "1 imported, 0 were there already.\n"


def test_a_path_that_is_not_there_stops_everything(given: Path) -> None:
    (given / "a.html").write_bytes(PAGE)
    result = run("given", "nowhere", "--data", "made")
    assert result.exit_code == 2
    assert "nowhere" in result.stderr
    assert "Nothing was imported" in result.stderr
    assert not Path("made").exists()


def test_a_folder_without_a_document_is_wrong_use(given: Path) -> None:
    result = run("given", "--data", "made")
    assert result.exit_code == 2
    assert "There is no document in given" in result.stderr


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that fails when it is read")
def test_a_file_that_cannot_be_read_is_named_and_the_others_are_kept(given: Path) -> None:
    (given / "a.html").symlink_to("/proc/self/mem")
    (given / "b.html").write_bytes(PAGE)
    result = run("given", "--data", "made")
    assert result.exit_code == 3
    assert "given/a.html: Input/output error" in result.stderr
    assert [entry.anchor for entry in entries(Path("made"))] == ["given/b.html"]


def test_what_is_larger_than_the_archive_takes_is_left_out_unread(given: Path) -> None:
    with (given / "large.html").open("wb") as file:
        file.truncate(65 << 20)
    (given / "b.html").write_bytes(PAGE)
    result = run("given", "--data", "made")
    assert "left out given/large.html: it is larger than 64 MiB" in result.stderr
    assert [entry.anchor for entry in entries(Path("made"))] == ["given/b.html"]


def test_a_name_in_gb18030_is_read_and_its_bytes_stand_in_the_address(given: Path) -> None:
    name = "年报.html".encode("gb18030")
    (given / os.fsdecode(name)).write_bytes(PAGE)
    result = gongkai("import", "given", "--data", "made", folder=given.parent)
    assert result.returncode == 0, result.stderr
    (entry,) = entries(Path("made"))
    assert entry.url == "file:given/%C4%EA%B1%A8.html"
    assert entry.anchor == "given/年报.html"
