"""The main text: every section's paragraphs, in the page's own words, and nothing of tables and furniture."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.read import read_document
from tests.read import pages

EXPECTED = [line for heading in pages.HEADINGS for line in (heading, *pages.SECTIONS[heading])] + [
    *pages.SIGNED
]


@pytest.mark.parametrize("dress", [pages.clean, pages.word_export, pages.in_layout_tables])
def test_no_section_is_lost_among_tables(dress: Callable[[], str]) -> None:
    document = read_document(dress().encode())
    assert [line for line in document.prose if line != pages.TITLE] == EXPECTED
    assert document.issues == ()


def test_words_spread_over_elements_stay_whole() -> None:
    spread = "".join(
        f"<span>{part}</span>" for part in ("本报告统计期限自2023年", "1", "月", "1", "日起算，到年底为止。")
    )
    document = read_document(pages.page(f"<p>{spread}</p>{pages.body()}").encode())
    assert "本报告统计期限自2023年1月1日起算，到年底为止。" in document.prose


def test_short_sections_only() -> None:
    content = "".join(f"<p>{heading}</p><p>无。</p>" for heading in pages.HEADINGS) + pages.table(
        pages.dispute_rows()
    )
    document = read_document(pages.page(content).encode())
    assert [line for line in document.prose if line in pages.HEADINGS] == list(pages.HEADINGS)
    assert not any("行政复议" in line and line not in pages.HEADINGS for line in document.prose)


def test_the_fallback_is_told() -> None:
    """Here the last section stands where pages have their visitors' comments."""
    apart = f'<div class="comments" id="comments"><p>{pages.HEADINGS[5]}</p><p>本年度没有其他事项。</p></div>'
    document = read_document(pages.page(pages.body().split(f"<p>{pages.HEADINGS[5]}")[0] + apart).encode())
    assert pages.HEADINGS[5] in document.prose
    assert pages.HEADINGS[0] in document.prose
    assert [issue.code for issue in document.issues] == ["prose_fallback"]


def test_reading_twice_gives_the_same() -> None:
    data = pages.word_export().encode()
    first = read_document(data)
    assert all(read_document(data) == first for _ in range(4))


def test_figures_alone_skip_it() -> None:
    document = read_document(pages.clean().encode(), prose=False)
    assert document.prose == ()
    assert document.blocks == read_document(pages.clean().encode()).blocks
