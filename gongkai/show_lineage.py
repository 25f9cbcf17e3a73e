"""The lineage of one figure for a person, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import TextIO

from rich.cells import cell_len, set_cell_size
from rich.console import Console

from pipeline.as_json import exact
from pipeline.lineage import Excerpt, Lineage

_LONGEST = 12  # characters of a cell


def show_json(found: Lineage, out: TextIO) -> None:
    """One JSON object with the rows as the tables hold them."""
    out.write(json.dumps(asdict(found), ensure_ascii=False, default=_plain) + "\n")


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return exact(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no shape in JSON")


def show_lineage(found: Lineage, out: TextIO) -> None:
    """What a person wants to see of a figure, the document's rows around it with the figure marked."""
    console = Console(file=out, highlight=False, soft_wrap=True)
    figure, report = found.figure, found.report
    unit = f" {figure['unit']}" if figure["unit"] else ""
    current = "the current one" if report["is_current"] else "an older one"
    value = f"{figure['value'].normalize():f}{unit}" if figure["value"] is not None else "no number"
    console.print(f"{figure['cell']}: {value} ({figure['status']})", style="bold", markup=False)
    if figure["corrected_value"] is not None:
        _pairs(
            console, [("corrected", f"{figure['corrected_value'].normalize():f} {figure['corrected_unit']}")]
        )
    _pairs(
        console,
        [
            ("printed", repr(figure["raw"])),
            *([("seen", _recognised(figure))] if figure["method"] else []),
            ("place", _place(figure)),
            ("report", f"{report['organ']} {report['report_year']}, {report['title']}"),
            ("", f"{report['report_id']}, version {report['version']}, {current}"),
            ("address", report["url"]),
            *([("inside", found.member)] if found.member else []),
            *([("stands on", _page(found))] if len(found.pages) > 1 else []),
            *([("page", report["page_url"])] if report["page_url"] else []),
            ("got", f"{report['fetched_at']} UTC"),
            ("bytes", f"sha256 {(found.page or report)['sha256']}"),
        ],
    )
    for fetch in found.fetches:
        where = f"{fetch['warc']} at {fetch['warc_offset']}" if fetch["warc"] else "no bytes"
        listed = f", listed on {fetch['referrer']}" if fetch["referrer"] else ""
        _pairs(
            console, [("fetch", f"{fetch['fetched_at']} {fetch['outcome']}, {where}, {fetch['url']}{listed}")]
        )
    if found.excerpt is not None:
        console.print()
        _show_excerpt(console, found.excerpt)
    elif found.missing:
        console.print(found.missing, markup=False)
    if found.findings or found.issues:
        console.print()
    for finding in found.findings:
        sides = " and ".join(
            "?" if side is None else f"{side.normalize():f}"
            for side in (finding["left_value"], finding["right_value"])
        )
        cause = f", by {finding['cause']}" if finding["cause"] else ""
        _pairs(
            console,
            [("check", f"{finding['check_id']} at {finding['at']}: {finding['verdict']}{cause} ({sides})")],
        )
    for issue in found.issues:
        _pairs(console, [("issue", f"{issue['code']} at {issue['at']}: {issue['message']}")])


def _place(figure: dict[str, object]) -> str:
    names = ("page", "table", "row", "column", "line", "box")
    given = ((name, figure[f"where_{name}"]) for name in names)
    return ", ".join(f"{name} {number}" for name, number in given if number is not None)


def _page(found: Lineage) -> str:
    page = found.page
    if page is None:
        return f"one of {len(found.pages)} pages"
    return f"page {page['position']}, {page['url']}"


def _recognised(figure: dict[str, object]) -> str:
    confirmed = ", confirmed by an identity of the form" if figure["method"] == "ocr_identity" else ""
    return f"in a picture, confidence {figure['confidence']}{confirmed}"


def _pairs(console: Console, pairs: Iterable[tuple[str, str]]) -> None:
    for name, text in pairs:
        console.print(f"  {name:<10}{text}", markup=False)


def _show_excerpt(console: Console, excerpt: Excerpt) -> None:
    """The rows, aligned; the figure stands between arrows, which also show in plain text."""
    rows = []
    for number, cells in excerpt.rows:
        texts = [text if excerpt.column is None else text[:_LONGEST] for text in cells]
        at = (excerpt.column or 1) - 1
        if number == excerpt.row and at < len(texts):
            texts[at] = f"▶{texts[at]}◀"
        rows.append((number, [str(number), *texts]))
    widths = [max(cell_len(row[place]) for _, row in rows) for place in range(len(rows[0][1]))]
    last = 0
    for number, texts in rows:
        if number > last + 1:
            console.print("  …")
        last = number
        line = "  ".join(
            set_cell_size(text, width) for text, width in zip(texts, widths, strict=True) if width
        )
        console.print(f"  {line.rstrip()}", style="bold" if number == excerpt.row else None, markup=False)
