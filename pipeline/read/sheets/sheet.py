"""What a sheet shows, from whatever format, and its way to blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.read.blocks import Block, Cell, Document, Grid, Paragraph, ReadIssue
from pipeline.read.given import Given, Unreadable
from pipeline.read.text import first_titles

MAX_ROWS = 20_000
MAX_COLUMNS = 1_000
_MAX_PLACES = 1_000_000  # of all sheets; the tables of a report have under a thousand

Place = tuple[int, int]  # row and column, from 1


@dataclass(slots=True)
class Sheet:
    """`texts` has what is shown in cells, as a person sees it. `drawn` are blank cells with a border: they are there.
    None where borders are not known; then every blank place between the filled ones is a cell, but for rows that show
    nothing: these part what stands above from what stands below. `merged` are the first and last place of merged cells.
    """

    hidden: bool = False
    texts: dict[Place, str] = field(default_factory=dict)
    drawn: set[Place] | None = None
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def as_document(given: Given, sheets: Sequence[Sheet], issues: Sequence[ReadIssue] = ()) -> Document:
    """The sheets as grids, numbered as in the workbook. A row at the head or foot of a sheet with one text alone is a
    paragraph as well: titles and signatures stand so. Raises Unreadable where nothing is shown.
    """
    noticed, blocks, left = list(issues), list[Block](), _MAX_PLACES
    for number, sheet in enumerate(sheets, start=1):
        shown = {place: text for place, text in sheet.texts.items() if text.strip()}
        if not shown:
            continue
        height, width = max(row for row, _ in shown), max(column for _, column in shown)
        if height > MAX_ROWS or width > MAX_COLUMNS or height * width > left:
            noticed.append(
                ReadIssue(
                    "grid_cut", f"Sheet {number} has {height} rows and {width} columns; it is not read."
                )
            )
            continue
        left -= height * width
        lines = _lines(shown)
        before, behind = ([], []) if sheet.hidden else (lines[0], lines[1])
        blocks += [Paragraph(text, len(blocks) + place) for place, text in enumerate(before, start=1)]
        blocks.append(Grid(number, tuple(_cells(sheet, height, width)), height, width))
        blocks += [Paragraph(text, len(blocks) + place) for place, text in enumerate(behind, start=1)]
    if not blocks:
        if noticed:
            raise Unreadable("too_large", noticed[0].message)
        raise Unreadable("empty_document", "The workbook shows no text.")
    prose = tuple(block.text for block in blocks if isinstance(block, Paragraph))
    return Document(
        given.kind,
        titles=first_titles(prose),
        blocks=tuple(blocks),
        prose=prose if given.prose else (),
        issues=tuple(noticed),
    )


def _lines(shown: dict[Place, str]) -> tuple[list[str], list[str]]:
    """The texts that stand alone in the first rows, and in the last."""
    rows: dict[int, list[str]] = {}
    for row, column in sorted(shown):
        rows.setdefault(row, []).append(shown[row, column])
    written = list(rows.values())
    head = next((at for at, texts in enumerate(written) if len(texts) > 1), len(written))
    foot = next((at for at, texts in enumerate(reversed(written)) if len(texts) > 1), 0)
    return _split(written[:head]), _split(written[len(written) - foot :])


def _split(rows: Sequence[Sequence[str]]) -> list[str]:
    return [line.strip() for texts in rows for line in texts[0].split("\n") if line.strip()]


def _cells(sheet: Sheet, height: int, width: int) -> Iterator[Cell]:
    """The cells in order. A merged cell shows the text of its first place; cells merged twice are not."""
    covered: set[Place] = set()
    spans: dict[Place, Place] = {}
    left_over = 2 * height * width
    for (top, left), last in sheet.merged:
        bottom, right = min(last[0], height), min(last[1], width)
        left_over -= max(bottom - top + 1, 0) * max(right - left + 1, 0)
        if left_over < 0:
            raise Unreadable("too_complex", "The sheet merges its cells over one another.")
        places = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        if places and not places & covered:
            covered |= places
            spans[top, left] = (bottom - top + 1, right - left + 1)
    filled = {row for row, _ in sheet.texts}
    for row in range(1, height + 1):
        for column in range(1, width + 1):
            place = (row, column)
            text = sheet.texts.get(place, "")
            if place in covered and place not in spans:
                continue
            is_there = row in filled if sheet.drawn is None else place in sheet.drawn
            if not text and place not in spans and not is_there:
                continue
            down, across = spans.get(place, (1, 1))
            hidden = sheet.hidden or row in sheet.hidden_rows or column in sheet.hidden_columns
            yield Cell(text, row, column, down, across, hidden)
