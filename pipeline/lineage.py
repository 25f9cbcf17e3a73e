"""One figure back to its bytes: what is printed, where, in which document, from which address, got when and how."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.archive import Archive, Entry
from pipeline.freshness import slow_readers
from pipeline.problem import InputProblem, Problem
from pipeline.read import read_document
from pipeline.read.blocks import Block, Grid, Paragraph
from pipeline.read.cell_pictures import cell_picture
from pipeline.read.given import Slow, Unreadable
from pipeline.read.joined import join
from pipeline.read.sheaf import read_sheaf
from pipeline.read.sniff import HTML
from pipeline.tables.database import open_database
from pipeline.tables.shelf import CACHE, Shelf
from pipeline.tables.shown import bodies_of, shown_pictures

Row = dict[str, Any]

_PAGES = """SELECT p.*, (SELECT min(f."number") FROM main.fetch AS f WHERE f.url = p.url AND f.sha256 = p.sha256)
  AS "number" FROM report_page AS p WHERE report_id = ? ORDER BY position"""

_HEADS = 3  # rows of a table, and
_AROUND = 2  # rows or lines before and behind, that are shown with a figure
_LEAST_ID = 4  # characters by which a report may be named


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What stands around a figure in its document: rows of cells by their number, the figure's own among them.

    `row` and `column` are the figure's; of a text `rows` are lines, each with one cell, and `column` is None.
    """

    rows: tuple[tuple[int, tuple[str, ...]], ...]
    row: int
    column: int | None


@dataclass(frozen=True, slots=True)
class Lineage:
    """One figure and all that it came from. `figure`, `report`, each of `findings`, `issues` and `fetches` are rows of
    the tables of these names. `pages` are the rows of table `report_page` that the report is, and `page` the one that
    the figure stands on. `member` is the document inside a packed file that it stands in. `excerpt` is None where
    the bytes cannot be shown, and `missing` says why.
    """

    report: Row
    figure: Row
    findings: tuple[Row, ...]
    issues: tuple[Row, ...]
    fetches: tuple[Row, ...]
    excerpt: Excerpt | None
    missing: str | None
    member: str | None = None
    pages: tuple[Row, ...] = ()

    @property
    def page(self) -> Row | None:
        """The page or picture that the figure stands on, None in a report at one address."""
        page = self.figure["where_page"]
        return next((row for row in reversed(self.pages) if page and row["position"] <= page), None)


def lineage(data: Path, report: str, cell: str) -> Lineage:
    """The lineage of one figure of the database in `data`.

    `report` is a report_id or the beginning of one, an address, or an organ by any of its names and a year; `cell` is
    part/item/measure or a part of it that names one cell. Raises InputProblem where they name none or several, Problem
    where there is no usable database, or where the archive gives other bytes than were read.
    """
    with open_database(data) as connection:
        found = _report(connection, report.strip())
        figure = _figure(connection, found, cell.strip())
        fetches = _rows(
            connection, 'FROM main.fetch WHERE report_id = ? ORDER BY "number"', found["report_id"]
        )
        findings = _rows(connection, "FROM finding WHERE report_id = ? ORDER BY position", found["report_id"])
        issues = _rows(connection, "FROM issue WHERE report_id = ? ORDER BY position", found["report_id"])
        pages = _rows(connection, _PAGES, found["report_id"])
    member = next((row["at"] for row in issues if row["code"] == "packed_document"), None)
    excerpt, missing = _excerpt(data, found, pages, fetches, figure, member)
    return Lineage(
        found,
        figure,
        tuple(row for row in findings if _concerns(row["at"], figure)),
        tuple(row for row in issues if row["at"] and _concerns(row["at"], figure)),
        tuple(fetches),
        excerpt,
        missing,
        member,
        tuple(pages),
    )


def _rows(connection: duckdb.DuckDBPyConnection, query: str, *given: object) -> list[Row]:
    answer = connection.execute(query, list(given))
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _report(connection: duckdb.DuckDBPyConnection, given: str) -> Row:
    found = _rows(connection, "FROM report WHERE report_id = ? OR url = ?", given, given)
    if not found and len(given) >= _LEAST_ID:
        found = _rows(connection, "FROM report WHERE starts_with(report_id, ?)", given)
    organ, _, year = given.rpartition(" ")
    if not found and year.isdecimal():
        query = """FROM report WHERE report_year = ? AND is_current AND organ_id IN (
          SELECT organ_id FROM organ_name WHERE replace(name, ' ', '') = ?)"""
        found = _rows(connection, query, int(year), organ.replace(" ", ""))
    if not found:
        query = "FROM report WHERE report_id IN (SELECT report_id FROM report_address WHERE url = ?)"
        found = _rows(connection, query, given)
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(f"{row['report_id']} ({row['title']})" for row in found[:5])
        raise InputProblem(f"{given} names {len(found)} reports: {several}. Give one of these ids.")
    raise InputProblem(
        f"No report is named {given}. Give its report_id, its address, or its organ and year, as table report has them."
    )


def _figure(connection: duckdb.DuckDBPyConnection, report: Row, given: str) -> Row:
    figures = {
        row["cell"]: row for row in _rows(connection, "FROM figure WHERE report_id = ?", report["report_id"])
    }
    if given in figures:
        return figures[given]
    within = sorted(cell for cell in figures if given and given in cell)
    if len(within) == 1:
        return figures[within[0]]
    if within:
        raise InputProblem(
            f"{given} names {len(within)} cells: {', '.join(within[:8])}. Give one of them whole."
        )
    near = difflib.get_close_matches(given, figures, n=3, cutoff=0.5)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise InputProblem(f"The report {report['report_id']} has no cell {given}.{hint}")


def _concerns(at: str, figure: Row) -> bool:
    """Whether a check or issue at a place is about the figure."""
    part, item, measure = str(figure["part"]), str(figure["item"]), str(figure["measure"])
    if at in (figure["cell"], f"{part}/{item}", f"{part}/*/{measure}", "report"):
        return True
    row: str = item
    below = at.partition("/")[2]
    return bool(part == "annex") and (row == below or row.startswith(below + "."))


def picture(data: Path, found: Lineage) -> bytes:
    """The figure's cell as it is printed, framed, with what stands around it: a PNG.

    Raises InputProblem where its document has no pages, Problem where the document is not there or not to be drawn.
    """
    page, box = found.figure["where_page"], found.figure["where_box"]
    kind = found.report["media_type"]
    if page is None or kind == HTML:
        raise InputProblem(
            f"{found.figure['cell']} stands in a document without pages ({kind}): no picture is made."
        )
    shown = found.page
    digest = shown["sha256"] if shown else found.report["sha256"]
    got = _archived(data / "archive", digest, found.pages or found.fetches)
    if got is None:
        raise Problem(f"The archive {data / 'archive'} is not here: the document itself cannot be shown.")
    try:
        number = page - shown["position"] + 1 if shown else page
        return cell_picture(got[1], number, box, name=got[0].url, member=found.member)
    except Unreadable as reason:
        raise Problem(f"The page cannot be drawn: {reason}") from reason


def _archived(root: Path, digest: str, fetches: Sequence[Row]) -> tuple[Entry, bytes] | None:
    """The entry in the archive of a document and its bytes; None where there is no archive or they were never got."""
    number = next((row["number"] for row in fetches if row["sha256"] == digest), None)
    if not root.is_dir() or number is None:
        return None
    with Archive.open(root, writable=False) as archive:
        entry = next((e for place, e in enumerate(archive.entries(), start=1) if place == number), None)
        if entry is None or entry.sha256 != digest:
            raise Problem(
                f"The archive {root} is not the one this database was made from. Run: gongkai build"
            )
        return entry, archive.body(entry)


def _excerpt(
    data: Path, report: Row, pages: Sequence[Row], fetches: Sequence[Row], figure: Row, member: str | None
) -> tuple[Excerpt | None, str | None]:
    root = data / "archive"
    got = _archived(root, report["sha256"], pages or fetches)
    if got is None:
        return None, f"The archive {root} is not here: the document itself cannot be shown."
    slow = Slow(kept=Shelf((data / CACHE).resolve(), slow_readers()) if figure["method"] else None)
    if not pages:
        blocks = _blocks(*got, member, slow)
    elif report["media_type"] == HTML:
        blocks = _joined(root, pages)
    else:
        blocks = _shown(root, report, pages, slow)
    shown = _table(blocks, figure) if figure["where_table"] else _lines(blocks, figure)
    return (
        shown,
        None if shown else "The place of the figure is not in the document as it is read now. Build again.",
    )


def _blocks(entry: Entry, body: bytes, member: str | None, slow: Slow) -> tuple[Block, ...]:
    """What a document says, or the one inside that is named."""
    read = read_document(
        body,
        media_type=entry.media_type,
        charset=entry.charset_declared,
        name=entry.anchor or entry.url,
        prose=False,
        slow=slow,
    )
    return next((one.document.blocks for one in read.packed if one.name == member), read.blocks)


def _joined(root: Path, pages: Sequence[Row]) -> tuple[Block, ...]:
    """What the pages say over which a text is spread, without those that are missing."""
    got = {row["position"]: _archived(root, row["sha256"], pages) for row in pages}
    read = {
        position: read_document(
            one[1], media_type=one[0].media_type, charset=one[0].charset_declared, prose=False
        )
        for position, one in got.items()
        if one is not None
    }
    return join([read.get(position) for position in range(1, max(read, default=0) + 1)]).document.blocks


def _shown(root: Path, report: Row, pictures: Sequence[Row], slow: Slow) -> tuple[Block, ...]:
    """What the pictures say that a page shows, read with all that stood beside them there."""
    wanted = {row["sha256"] for row in pictures}
    with Archive.open(root, writable=False) as archive:
        of_page = shown_pictures(archive, report["page_url"]).values()
        shown = next((one for one in of_page if wanted.issubset(one.key)), None)
        return (
            read_sheaf(bodies_of(archive.bodies, shown.pictures), slow).document.blocks
            if shown is not None
            else ()
        )


def _table(blocks: tuple[Block, ...], figure: Row) -> Excerpt | None:
    grid = next(
        (one for one in blocks if isinstance(one, Grid) and one.number == figure["where_table"]), None
    )
    row = figure["where_row"]
    if grid is None or row is None:
        return None
    wanted = sorted(
        {*range(1, min(_HEADS, grid.height) + 1), *range(max(row - 1, 1), min(row + 1, grid.height) + 1)}
    )
    texts = {number: [""] * grid.width for number in wanted}
    for cell in grid.cells:
        for number in range(cell.row, cell.row + cell.rowspan):
            if number in texts:
                texts[number][cell.column - 1] = " ".join(cell.text.split())
    return Excerpt(tuple((number, tuple(texts[number])) for number in wanted), row, figure["where_column"])


def _lines(blocks: tuple[Block, ...], figure: Row) -> Excerpt | None:
    line = figure["where_line"]
    if line is None:
        return None
    near = range(line - _AROUND, line + _AROUND + 1)
    rows = [
        (one.number, (one.text.strip(),))
        for one in blocks
        if isinstance(one, Paragraph) and one.number in near
    ]
    return Excerpt(tuple(rows), line, None) if any(number == line for number, _ in rows) else None
