"""An installation without any extra: what it cannot read says what to install, and coverage counts it.

The environment `base` holds what `pip install gongkai` brings, and nothing else.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from pipeline.coverage import coverage
from pipeline.read import read_document
from tests.documents.opendocument import odt
from tests.documents.reports import lines_and_tables, report_docx, reports
from tests.documents.stand_in import compound
from tests.documents.test_packs import rar, web_archive
from tests.documents.workbooks import xls, xlsx
from tests.documents.writing import zipped
from tests.environments import python_of
from tests.read.pdf.drawing import Drawing, Look
from tests.tables.making import BUILD, SCIENCE, Crawl

ROOT = Path(__file__).resolve().parents[2]
REPORT = reports()[0]
DOCUMENTS, OCR = ("pip install 'gongkai[documents]'", "pip install 'gongkai[ocr]'")
OFFICE = "apt-get install --no-install-recommends libreoffice-writer"


def picture(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.linear_gradient("L").save(buffer, kind)
    return buffer.getvalue()


def pdf() -> bytes:
    drawing = Drawing(Look())
    drawing.paragraph("本机关依法公开政府信息。" * 20)
    return drawing.done()


def files() -> dict[str, tuple[bytes, str | None]]:
    """A file of each kind, and what is to be installed for it."""
    items, word = list(lines_and_tables(REPORT)), report_docx(REPORT)
    return {
        "a.html": (REPORT.html, None),
        "a.docx": (word, None),
        "a.odt": (odt(items), None),
        "a.xlsx": (xlsx(items), None),
        "a.mht": (web_archive(REPORT.html, "utf-8"), None),
        "a.zip": (zipped({"a.docx": word}), None),
        "a.pdf": (pdf(), DOCUMENTS),
        "a.xls": (xls(items), DOCUMENTS),
        "a.rar": (rar({"a.docx": word}), DOCUMENTS),
        "b.zip": (zipped({"a.xls": xls(items)}), DOCUMENTS),
        **{f"a.{kind}": (picture(kind), OCR) for kind in ("png", "jpeg", "gif", "bmp", "tiff", "webp")},
        "a.doc": (compound(), OFFICE),
        "a.rtf": (rb"{\rtf1 a}", OFFICE),
    }


def run(*words: str) -> str:
    """What the installation says, where no other program is to be found."""
    done = subprocess.run(
        [python_of("base"), *words],
        cwd=ROOT,
        env={"PATH": "/nowhere", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout


def test_each_kind_is_read_or_says_what_to_install(tmp_path: Path) -> None:
    given = files()
    for name, (data, _) in given.items():
        (tmp_path / name).write_bytes(data)
    told = [json.loads(line) for line in run("-m", "gongkai", "extract", str(tmp_path)).splitlines()]
    assert {Path(one["source"]).name for one in told} == set(given)
    for one in told:
        wanted = given[Path(one["source"]).name][1]
        missing = [issue["message"] for issue in one["issues"] if issue["code"] == "reader_missing"]
        if wanted is None:
            assert missing == []
            assert {figure["value"] for figure in one["figures"]} == {
                figure.value for figure in REPORT.figures.values()
            }
        else:
            assert one["figures"] == []
            (message,) = missing
            assert wanted in message


def test_coverage_counts_what_could_not_be_read(tmp_path: Path) -> None:
    year = REPORT.publication.year
    with Crawl(tmp_path, "990100", years=[year]) as crawl:
        entry = crawl.fetch(crawl.home + "1.xls", xls(list(lines_and_tables(REPORT))))
        crawl.sight(entry.url, SCIENCE, year)
    run("-c", BUILD, str(tmp_path))
    (row,) = coverage(tmp_path)
    assert (row.state, row.reason) == ("unreadable", "unreadable:reader_missing")
    subprocess.run([sys.executable, "-c", BUILD, str(tmp_path)], cwd=ROOT, check=True)
    (row,) = coverage(tmp_path)
    assert row.state == "held"


@pytest.mark.parametrize("name", ["a.pdf", "a.xls", "a.rar", "b.zip"])
def test_with_the_extra_it_is_read(name: str) -> None:
    document = read_document(files()[name][0], name=name)
    inside = [document, *(one.document for one in document.packed)]
    assert any(one.blocks for one in inside)
    assert not [issue for one in inside for issue in one.issues]
