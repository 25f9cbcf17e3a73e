"""What slow readers made is kept from build to build: it saves their work, and changes no table."""

from __future__ import annotations

import io
import os
import pickle
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline import freshness
from pipeline.archive import Archive
from pipeline.build import Slowly, build
from pipeline.freshness import slow_readers
from pipeline.read import Document
from pipeline.read.apart import document_in
from pipeline.read.blocks import Cell, Grid, Paragraph, Place, ReadIssue, Sight
from pipeline.read.pdf import apart as pdf
from pipeline.read.scan import apart
from pipeline.tables.database import open_database
from pipeline.tables.shelf import CACHE, Shelf
from tests.documents.reports import report_docx
from tests.documents.stand_in import COPY, compound, program
from tests.documents.writing import zipped
from tests.read.pdf.drawing import Look
from tests.read.scan.painting import Painting
from tests.tables.making import START, reports, tables_of

ROOT = Path(__file__).resolve().parents[2]
REPORT = reports("jia-sci", 2021)[0]
WORDS = [
    Paragraph(f"{REPORT.organ.name}2021年政府信息公开工作年度报告", 1, 1),
    Paragraph("本报告由本机关编制。", 2),
]


def shelf(folder: Path, **versions: str) -> Shelf:
    return Shelf(folder / CACHE, versions or {"scan": "1"})


def kept(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / CACHE).rglob("*") if path.is_file())


def test_what_is_kept_is_given_back_to_the_same_reader_of_the_same_bytes(tmp_path: Path) -> None:
    one = shelf(tmp_path, scan="1" * 64, office="2" * 64)
    one.keep(b"a", "scan", b"read")
    assert one.take(b"a", "scan") == b"read"
    assert one.take(b"b", "scan") is None
    assert one.take(b"a", "office") is None
    assert shelf(tmp_path, scan="3" * 64).take(b"a", "scan") is None
    one.keep(b"a", "unknown", b"read")
    assert one.take(b"a", "unknown") is None
    assert len(kept(tmp_path)) == 1


def test_what_is_torn_or_damaged_is_not_believed(tmp_path: Path) -> None:
    one = shelf(tmp_path)
    one.keep(b"a", "scan", b"read" * 10)
    (place,) = kept(tmp_path)
    whole = place.read_bytes()
    for end in range(len(whole)):
        place.write_bytes(whole[:end])
        assert one.take(b"a", "scan") is None, end
        place.write_bytes(whole[:end] + bytes((whole[end] ^ 4,)) + whole[end + 1 :])
        assert one.take(b"a", "scan") is None, end
    one.keep(b"b", "scan", b"other")
    other = next(path for path in kept(tmp_path) if path != place)
    shutil.copy(other, place)  # whole, and of another document
    assert one.take(b"a", "scan") is None
    one.keep(b"a", "scan", b"again")
    assert one.take(b"a", "scan") == b"again"


def test_what_other_readers_made_and_what_is_half_written_goes(tmp_path: Path) -> None:
    before, now = (
        shelf(tmp_path, scan="1" * 64, office="1" * 64),
        shelf(tmp_path, scan="2" * 64, office="1" * 64),
    )
    for reader in ("scan", "office"):
        before.keep(b"a", reader, b"read")
    now.keep(b"a", "scan", b"read")
    (kept(tmp_path)[0].parent / "x.host-1-1.part").write_bytes(b"half")
    now.clear()
    assert len(kept(tmp_path)) == 2
    assert before.take(b"a", "scan") is None
    assert (now.take(b"a", "scan"), now.take(b"a", "office")) == (b"read", b"read")
    shelf(tmp_path / "none").clear()


def test_a_folder_that_cannot_be_written_costs_nothing_else(tmp_path: Path) -> None:
    (tmp_path / CACHE).write_text("in the way")
    one = shelf(tmp_path)
    one.keep(b"a", "scan", b"read")
    assert one.take(b"a", "scan") is None


_KEEPS = """
import os, sys
from pathlib import Path
from pipeline.tables.shelf import Shelf
shelf = Shelf(Path(sys.argv[1]), {"scan": "1"})
while True:
    shelf.keep(b"a", "scan", bytes((os.getpid() % 251,)) * 50_000)
"""


def test_processes_that_keep_at_once_and_are_killed_leave_whole_answers(tmp_path: Path) -> None:
    one, met = shelf(tmp_path), 0
    keepers = [
        subprocess.Popen([sys.executable, "-c", _KEEPS, str(tmp_path / CACHE)], cwd=ROOT) for _ in range(2)
    ]
    try:
        while met < 300:
            answer = one.take(b"a", "scan")
            if answer is not None:
                met += 1
                assert len(answer) == 50_000
                assert len(set(answer)) == 1
    finally:
        for keeper in keepers:
            keeper.kill()
            keeper.wait()
    assert one.take(b"a", "scan") is not None


def test_a_document_comes_back_as_it_was_and_nothing_else_is_made_of_bytes() -> None:
    cell = Cell("1", 1, 1, place=Place(1, 0.1, 0.2, 0.3, 0.4), sight=Sight(0.98765, ("1", "7")))
    document = Document(
        "image/png", None, ("甲",), {"a": "b"}, (Grid(1, (cell,), 1, 1),), ("乙",), (ReadIssue("a", "b"),)
    )
    assert document_in(pickle.dumps(document)) == document
    for other in (os.system, Path("a"), [document], Path):
        with pytest.raises(pickle.UnpicklingError):
            document_in(pickle.dumps(other))


def imported(data: Path, files: dict[str, bytes]) -> None:
    with Archive.open(data / "archive") as archive:
        for number, (name, body) in enumerate(files.items()):
            when = START + timedelta(seconds=number)
            archive.store_resource(f"file:///{name}", body, "application/octet-stream", when, name=name)


def test_documents_are_converted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Alone and in a packed file; what could not be converted is tried again."""
    (tmp_path / "report.docx").write_bytes(report_docx(REPORT))
    starts, unopened = tmp_path / "starts", len(compound(sectors=6))
    each = (
        f'for f; do size=$(wc -c < "$f"); echo $size >> {starts}; if [ $size = {unopened} ]; then continue; fi; '
        f'cp {tmp_path}/report.docx "$out/$(basename "${{f%.*}}").docx"; done'
    )
    program(tmp_path, f'if [ "$3" = --version ]; then echo Office 1; exit; fi\n{COPY}{each}')
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    data = tmp_path / "data"
    imported(
        data,
        {
            "1.doc": compound(),
            "2.zip": zipped({"1.doc": compound(sectors=5)}),
            "3.doc": compound(sectors=6),
        },
    )
    told: list[tuple[int, int]] = []
    slowly = Slowly(converted=lambda done, most: told.append((done, most)))
    assert build(data, slowly=slowly).reports == 1  # in other bytes
    assert told == [(3, 3)]
    first = tables_of(data)
    assert sorted(starts.read_text().split()) == sorted(str(len(compound(sectors=n))) for n in (4, 5, 6))
    starts.unlink()
    build(data)
    assert tables_of(data) == first
    assert starts.read_text().split() == [str(unopened)]
    for place in kept(data):
        place.write_bytes(place.read_bytes()[:-9])
    build(data)
    assert tables_of(data) == first
    assert len(starts.read_text().split()) == 1 + 3


@pytest.mark.skipif(not apart.available(), reason="The recogniser is not here: pip install 'gongkai[ocr]'")
def test_a_scan_is_recognised_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    buffer = io.BytesIO()
    page = Painting(Look(height=460), 200).painted(WORDS)[0]
    page.crop((0, 0, page.width, page.height // 4)).save(buffer, "PDF", resolution=200)
    imported(tmp_path, {"a.pdf": buffer.getvalue()})
    told: list[str] = []
    slowly = Slowly(recognised=lambda: told.append("page"))
    build(tmp_path, slowly=slowly)
    first = tables_of(tmp_path)
    assert told == ["page"]
    assert _reason(tmp_path).startswith("not_a_report")
    for reader in (apart, pdf):
        monkeypatch.setattr(reader, "COMMAND", ("-c", "raise SystemExit('not again')"))
    build(tmp_path, slowly=slowly)
    assert tables_of(tmp_path) == first
    assert told == ["page"]
    assert [place.parts[-3].partition("-")[0] for place in kept(tmp_path)] == ["pdf", "scan"]
    kept(tmp_path)[1].write_bytes(b"")
    build(tmp_path)
    assert _reason(tmp_path) == "unreadable:unreadable_document"  # it is read anew, by what cannot read it


def _reason(data: Path) -> str:
    with open_database(data) as opened:
        ((reason,),) = opened.execute('SELECT reason FROM "fetch"').fetchall()
    return str(reason)


def test_what_a_reader_cannot_do_now_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.2)
    monkeypatch.setattr(apart, "COMMAND", ("-c", "import time; time.sleep(60)"))
    imported(tmp_path, {"a.png": b"\x89PNG\r\n\x1a\n" + bytes(100)})
    build(tmp_path)
    assert not kept(tmp_path)


def test_versions_hang_on_the_code_and_on_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.freshness.office_version", lambda: "LibreOffice 1")
    now = slow_readers()
    assert now == slow_readers()
    installed = freshness._installed
    monkeypatch.setattr(freshness, "_installed", lambda name: replace(installed(name), version="0"))
    monkeypatch.setattr("pipeline.freshness.office_version", lambda: "LibreOffice 0")
    other = slow_readers()
    assert set(other) == {"office", "pdf", "scan"}
    assert not set(other.values()) & set(now.values())
    monkeypatch.setattr("pipeline.freshness.office_version", lambda: None)
    first, second = slow_readers(), slow_readers()
    assert first["office"] != second["office"]  # kept for one build: the next may have another program
    assert first["scan"] == other["scan"]
