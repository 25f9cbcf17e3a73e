"""`gongkai explain` on the sample: what it shows of a figure is what stands in the sample's own files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from PIL import Image

from pipeline.read import read_document
from pipeline.read.blocks import Grid
from pipeline.sample import sample_reports
from tests.face.running import in_this_process as gongkai
from tests.read.pdf.drawing import Drawing, Look
from tests.read.scan.painting import Painting
from tests.shared import shared_file

HEALTH = "样例丙市卫生健康委员会"


def explain(data: Path, *words: str) -> str:
    done = gongkai("explain", *words, "--data", str(data))
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_figure_is_shown_in_its_row_under_its_heads(demo: Path) -> None:
    """Of 2023 the row 予以公开 prints 2 natural persons, 1 business and, against itself, 4 in all."""
    shown = explain(demo / "demo", f"{HEALTH} 2023", "requests/granted/total")
    assert shown.startswith("requests/granted/total: 4 件 (reported)\n")
    row = next(line for line in shown.splitlines() if "▶4◀" in line)
    assert row.split()[1:] == ["三、本年度办理结果", "（一）予以公开", "2", "1", "0", "0", "0", "0", "▶4◀"]
    assert any({"自然人", "商业企业", "总计"} <= set(line.split()) for line in shown.splitlines())
    assert "applicant_sum at requests/granted: fail, by source (4 and 3)" in shown
    assert "outcome_sum at requests/*/total: fail, by source (6 and 7)" in shown
    assert "request_balance at requests/*/total: pass (6 and 6)" in shown


def test_a_figure_says_what_it_is_compared_with_and_what_is_missing_from_it(demo: Path) -> None:
    shown = explain(demo / "demo", f"{HEALTH} 2020", "procurement/amount_yuan")
    assert "▶85.2◀" in shown
    assert "unit_not_printed" in shown
    assert "magnitude at proactive/procurement/amount_yuan: fail" in shown


def test_json_leads_to_the_bytes(demo: Path) -> None:
    told = json.loads(explain(demo / "demo", f"{HEALTH} 2023", "requests/granted/total", "--format", "json"))
    assert told["figure"]["value"] == 4
    assert told["report"]["sha256"] == told["fetches"][0]["sha256"]
    assert (demo / "demo" / "archive" / "warc" / told["fetches"][0]["warc"]).is_file()
    again = explain(demo / "demo", told["report"]["report_id"][:8], "requests/granted/total")
    assert again == explain(demo / "demo", told["report"]["url"], "requests/granted/total")


@pytest.mark.parametrize(
    ("report", "cell", "says"),
    [
        ("nobody 2020", "requests/granted/total", "No report is named nobody 2020"),
        (f"{HEALTH} 2020", "granted", "names 14 cells"),
        (f"{HEALTH} 2020", "requests/grantd/total", "Did you mean requests/granted/total"),
    ],
)
def test_what_names_nothing_or_too_much_is_wrong_use(demo: Path, report: str, cell: str, says: str) -> None:
    done = gongkai("explain", report, cell, "--data", str(demo / "demo"))
    assert done.returncode == 2
    assert says in done.stderr


def test_with_the_database_alone_the_document_cannot_be_shown(demo: Path, tmp_path: Path) -> None:
    shutil.copy(demo / "demo" / "gongkai.duckdb", tmp_path)
    shown = explain(tmp_path, f"{HEALTH} 2023", "requests/granted/total")
    assert "the document itself cannot be shown" in shown
    assert "requests/granted/total: 4 件 (reported)" in shown


def test_a_figure_of_a_text_is_shown_in_its_line(tmp_path: Path) -> None:
    seed = shared_file("seeds", "001.txt")
    assert gongkai("import", str(seed), "--data", str(tmp_path)).returncode == 0
    assert gongkai("build", "--data", str(tmp_path)).returncode == 0
    found = gongkai("query", "SELECT report_id FROM report", "--format", "csv", "--data", str(tmp_path))
    report = found.stdout.split()[1]
    told = json.loads(explain(tmp_path, report, "requests/received/total", "--format", "json"))
    line = told["figure"]["where_line"]
    assert line is not None
    text = seed.read_text(encoding="utf-8").splitlines()[line - 1].strip()
    assert [line, [text]] in told["excerpt"]["rows"]
    assert told["figure"]["raw"] in text


def test_a_figure_of_a_pdf_is_shown_on_its_page(tmp_path: Path) -> None:
    page = read_document(next(iter(sample_reports())).html)
    source = tmp_path / "report.pdf"
    source.write_bytes(Drawing(Look(height=500)).blocks(page.blocks))
    assert gongkai("import", str(source), "--data", str(tmp_path)).returncode == 0
    assert gongkai("build", "--data", str(tmp_path)).returncode == 0
    found = gongkai("query", "SELECT report_id FROM report", "--format", "csv", "--data", str(tmp_path))
    asked = (found.stdout.split()[1], "requests/received/total")
    picture = tmp_path / "cell.png"
    told = json.loads(explain(tmp_path, *asked, "--format", "json", "--picture", str(picture)))
    figure = told["figure"]
    assert figure["where_page"] > 1
    left, top, right, bottom = map(float, figure["where_box"].split())
    assert 0 < left < right < 595
    assert 0 < top < bottom < 500
    assert f"page {figure['where_page']}, table" in explain(tmp_path, *asked)
    with Image.open(picture) as drawn:
        assert drawn.width > 3 * (right - left)
        assert min(drawn.convert("L").tobytes()) == 0


def test_a_figure_of_a_picture_is_shown_in_it(tmp_path: Path) -> None:
    blocks = read_document(next(iter(sample_reports())).html).blocks
    tables = [block for block in blocks if isinstance(block, Grid)]
    (page,) = Painting(Look(height=300), 200).painted([*blocks[3:5], tables[1]])
    page.save(tmp_path / "report.png")
    assert gongkai("import", str(tmp_path / "report.png"), "--data", str(tmp_path)).returncode == 0
    assert gongkai("build", "--data", str(tmp_path)).returncode == 0
    found = gongkai("query", "SELECT report_id FROM report", "--format", "csv", "--data", str(tmp_path))
    picture = tmp_path / "cell.png"
    cell = "proactive/licensing/decisions"
    told = explain(tmp_path, found.stdout.split()[1], cell, "--picture", str(picture))
    assert f"{cell}: 0 件 (reported)" in told
    assert "in a picture, confidence 0.9" in told
    assert "page 1, table 1, row 3, column 4, box " in told
    with Image.open(picture) as drawn:
        red, green, _ = (plane.tobytes() for plane in drawn.convert("RGB").split())
        reds = sum(one > 150 > other for one, other in zip(red, green, strict=True))
        assert reds > 4 * 60
        assert drawn.height > 120


def test_a_page_without_pages_has_no_picture(demo: Path, tmp_path: Path) -> None:
    cell = "requests/granted/total"
    done = gongkai(
        "explain", f"{HEALTH} 2023", cell, "--picture", str(tmp_path / "no.png"), "--data", str(demo / "demo")
    )
    assert done.returncode == 2
    assert "without pages" in done.stderr
    assert not (tmp_path / "no.png").exists()
