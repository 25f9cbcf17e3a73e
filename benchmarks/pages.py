"""The pages that are read: the sample's reports, and one of them in the middle of a large page's furniture."""

from __future__ import annotations

from pipeline.sample import sample_reports

LARGE = 60 * 1024  # bytes; the size of page that rates are quoted for


def sample_pages() -> list[bytes]:
    """Every report of the sample portals as it is served."""
    return [report.html for report in sample_reports()]


def large_page() -> bytes:
    """A report of the sample with links of a portal around it, LARGE bytes long."""
    page = next(page for page in sample_pages() if b"charset=utf-8" in page.lower())
    head, body, rest = page.partition(b"<body>")
    if not body:
        raise ValueError("the sample's pages have no plain <body>")
    furniture = bytearray(b'<ul class="nav">')
    number = 0
    while len(page) + len(furniture) < LARGE:
        number += 1
        furniture += f'<li><a href="/lanmu/{number}/">栏目{number}：本级部门与下级单位</a></li>\n'.encode()
    furniture += b"</ul>"
    return head + body + bytes(furniture) + rest
