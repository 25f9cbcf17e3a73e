"""Plain text: one paragraph a line, nothing of the line changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.read import Paragraph, read_document

REPORTS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


def test_lines_as_they_stand() -> None:
    document = read_document("一、总体情况\r\n\t规章\t0  1 \n\n行政许可\f\u3000落款".encode())
    assert document.blocks == (
        Paragraph("一、总体情况", 1),
        Paragraph("\t规章\t0  1 ", 2),
        Paragraph("", 3),
        Paragraph("行政许可", 4),
        Paragraph("\u3000落款", 5),
    )
    assert document.prose == ("一、总体情况", "规章\t0  1", "行政许可", "落款")
    assert (document.media_type, document.charset) == ("text/plain", "utf-8")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            "\n云岭市林业局\n2023年政府信息公开工作年度报告\n正文",
            "云岭市林业局2023年政府信息公开工作年度报告",
        ),
        ("云岭市林业局2023年度报告\n2023年度报告\n正文", "云岭市林业局2023年度报告"),
        ("云岭市林业局\n一、总体情况", "云岭市林业局"),
    ],
)
def test_the_first_lines_are_titles(text: str, first: str) -> None:
    assert read_document(text.encode()).titles[0] == first


@pytest.mark.skipif(not REPORTS.is_dir(), reason=f"no real reports in {REPORTS}")
def test_real_reports_are_read_line_by_line() -> None:
    paths = sorted(REPORTS.glob("*.txt"))
    assert len(paths) == 5
    for path in paths:
        data = path.read_bytes()
        document = read_document(data, name=path.name)
        assert document.media_type == "text/plain"
        assert document.charset == "utf-8"
        assert document.issues == ()
        assert any("年度报告" in title for title in document.titles[:2]), path.name
        lines = [block.text for block in document.blocks if isinstance(block, Paragraph)]
        kept = "".join(lines).replace("\r", "")
        assert kept == "".join(data.decode("utf-8-sig").splitlines()), path.name
