"""Reports printed to PDF by real programs: a browser, and a word processor."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.shared import Pt

from pipeline.read import Block, Grid, read_document
from pipeline.read.pdf.reader import read
from pipeline.sample import sample_reports
from tests.read.pdf.test_looks import extractor, told

STYLES = {
    "borders apart": "table{border-collapse:separate;border-spacing:2px}td{border:1px solid #666;padding:1px}",
    "small, on wide pages": "@page{size:A4 landscape}body{font-size:8px}.main td{border:1px solid #ccc}",
}


def pages(count: int) -> list[bytes]:
    """Sample reports, of either form and style."""
    return [report.html for report in list(sample_reports())[13 : 13 + count]]


def program(*names: str) -> str:
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip(f"{' or '.join(names)} is not installed: nothing to print with")
    listed = shutil.which("fc-list")
    if listed is None or not subprocess.run([listed, ":lang=zh"], check=True, capture_output=True).stdout:
        pytest.skip("no font for Chinese is installed: nothing to print in")
    return found


@pytest.mark.parametrize("style", STYLES)
def test_what_a_browser_prints(style: str, tmp_path: Path) -> None:
    browser = program("chromium", "google-chrome", "chromium-browser")
    html = pages(len(STYLES))[list(STYLES).index(style)]
    page = re.sub(rb"<style>.*?</style>", f"<style>{STYLES[style]}</style>".encode(), html, flags=re.DOTALL)
    source, target = tmp_path / "page.html", tmp_path / "page.pdf"
    source.write_bytes(page)
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile"]
    subprocess.run(
        [*command, f"--print-to-pdf={target}", str(source)], check=True, capture_output=True, timeout=120
    )
    same(target, html)


def test_what_a_word_processor_prints(tmp_path: Path) -> None:
    office = program("soffice", "libreoffice")
    sources = pages(2)
    files = []
    for number, html in enumerate(sources):
        files.append(tmp_path / f"report{number}.docx")
        written(read_document(html).blocks, files[-1], size=(10.5, 12.0)[number])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        *map(str, files),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=200)
    for file, html in zip(files, sources, strict=True):
        same(file.with_suffix(".pdf"), html)


def same(target: Path, html: bytes) -> None:
    """The PDF gives the page's figures; one that it does not give is rare, and none is another."""
    printed = extractor().extract(read(target.read_bytes()))
    shown = extractor().extract(read_document(html))
    found, expected = told(printed), told(shown)
    assert {cell: value for cell, value in found.items() if expected.get(cell) != value} == {}
    assert len(found) == len(expected) > 190
    assert (printed.organ, printed.year, printed.title) == (shown.organ, shown.year, shown.title)


def written(blocks: tuple[Block, ...], path: Path, *, size: float) -> None:
    """A document of Word with the blocks, its tables in the style of a grid."""
    document = docx.Document()
    for block in blocks:
        if not isinstance(block, Grid):
            document.add_paragraph().add_run(block.text).font.size = Pt(16)
            continue
        table = document.add_table(block.height, block.width)
        table.style = "Table Grid"
        for cell in block.cells:
            start = table.cell(cell.row - 1, cell.column - 1)
            whole = start.merge(table.cell(cell.row + cell.rowspan - 2, cell.column + cell.colspan - 2))
            whole.text = ""
            whole.paragraphs[0].add_run("".join(cell.text.split("\n"))).font.size = Pt(size)
        document.add_paragraph()
    document.save(str(path))
