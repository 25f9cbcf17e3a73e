"""From the bytes of a PDF to its document. Runs foreign code: call it in a process that may end (see `apart`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.read.blocks import Block, Cell, Document, Grid, Paragraph, Place, ReadIssue
from pipeline.read.pdf.across import joined
from pipeline.read.pdf.furniture import without_furniture
from pipeline.read.pdf.geometry import Box
from pipeline.read.pdf.halves import halves
from pipeline.read.pdf.layout import Line, Piece, Table, pieces
from pipeline.read.pdf.paragraphs import joined_text, with_paragraphs
from pipeline.read.pdf.pdfium import OpenPage, TooMuch
from pipeline.read.pdf.shapes import Shapes
from pipeline.read.pdf.sheet import INSTALL, TO_RECOGNISE, see
from pipeline.read.pdf.wholeness import damage
from pipeline.read.sniff import PDF

MAX_PAGES = 200  # a report has some five to thirty

_TITLE_LINES = 12
_MOST_TITLES = 6
_UNWANTED_TITLE = ("microsoft word", "wps", "文档", "untitled", ".doc", ".wps", "幻灯片")
_ALIKE = 0.15  # of the size: lines of one title may hold figures of another font
_BIG_RUNS = 2  # of lines of one size, the largest first: a red head, and the title
_MOST_BIG = 4  # lines of a title
_LATIN = 200  # characters without one that is Chinese: the fonts lie
_CHINESE = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class PageRead:
    """What one page holds, or why it holds nothing."""

    number: int
    pieces: tuple[Piece, ...] = ()
    height: float = 0.0
    told: str = ""
    unread: int = 0  # pictures among the text, that may show tables


Recognise = Callable[[OpenPage, int, Box | None], Sequence[Piece]]
"""What stands on a page, by its number, or in a box of it alone, as it is shown."""


def read(data: bytes, recognise: Recognise | None = None) -> Document:
    """Read the bytes of a PDF; nothing raises. `recognise` reads pages that are pictures; without it they are issues
    `reader_missing`.
    """
    wrong = damage(data)
    if wrong is not None:
        return Document(PDF, issues=(wrong,))
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        return _unopened(error)
    try:
        return _read(document, recognise)
    except pdfium.PdfiumError as error:
        return _unread("damaged_document", f"The PDF is damaged: {error}")
    finally:
        document.close()


def _read(document: pdfium.PdfDocument, recognise: Recognise | None) -> Document:
    if document.get_formtype():
        document.init_forms()
    count = len(document)
    if not count:
        return _unread("empty_document", "The PDF has no page.")
    issues: list[ReadIssue] = []
    shapes = Shapes()
    found = [
        page for index in range(min(count, MAX_PAGES)) for page in _pages(document, index, shapes, recognise)
    ]
    if count > MAX_PAGES:
        message = f"The PDF has {count} pages; the first {MAX_PAGES} are read."
        issues.append(ReadIssue("too_large", message))
    told = [page for page in found if page.told]
    if told and not any(page.pieces for page in found):
        first = told[0].told
        code = "reader_missing" if first in TO_RECOGNISE else "unreadable_document"
        return _unread(code, f"No page can be read: {first}.")
    inside = raw.FPDFDoc_GetAttachmentCount(document)
    if inside > 0:
        message = f"The PDF holds {inside} files, which are not read. Take them out and import them."
        issues.append(ReadIssue("files_inside", message))
    issues += [
        ReadIssue(
            "reader_missing" if page.told in TO_RECOGNISE else "page_unreadable",
            f"Page {page.number}: {page.told}.",
        )
        for page in told
    ]
    issues += [
        ReadIssue(
            "pictures_not_read",
            f"Page {page.number}: {page.unread} pictures that may show tables are not read{INSTALL}.",
        )
        for page in found
        if page.unread
    ]
    return document_of(PDF, _own_title(document), found, issues)


def _own_title(document: pdfium.PdfDocument) -> str:
    """The title that the file carries; empty where it is none that can be read."""
    try:
        title: str = document.get_metadata_value("Title")
    except UnicodeDecodeError:
        return ""
    return title.strip()


def _pages(
    document: pdfium.PdfDocument, index: int, shapes: Shapes, recognise: Recognise | None
) -> list[PageRead]:
    """What stands on one page of the file: one page, or two side by side."""
    number = index + 1
    try:
        page = OpenPage(document, index)
    except (pdfium.PdfiumError, TooMuch) as error:
        return [PageRead(number, told=_why(error))]
    shown: list[tuple[Box, Sequence[Piece]]] = []
    try:
        seen = see(page, number, shapes)
        if seen.sheet.wrong in TO_RECOGNISE and recognise is not None:
            return [PageRead(number, tuple(recognise(page, number, None)), seen.sheet.height)]
        if recognise is not None:
            boxes = [seen.sheet.as_shown(box) for box in seen.inlaid]
            shown = [
                (box, recognise(page, number, where)) for box, where in zip(seen.inlaid, boxes, strict=True)
            ]
    except (pdfium.PdfiumError, TooMuch) as error:
        return [PageRead(number, told=_why(error))]
    finally:
        page.close()
    if seen.sheet.wrong:
        return [PageRead(number, told=seen.sheet.wrong)]
    sides = halves(seen.sheet)
    found = [PageRead(number, tuple(pieces(side, seen.bare, seen.full)), side.height) for side in sides]
    unread = 0 if recognise else len(seen.inlaid)
    return [replace(found[0], pieces=_with_shown(found[0].pieces, shown), unread=unread), *found[1:]]


def _with_shown(text: Sequence[Piece], shown: Sequence[tuple[Box, Sequence[Piece]]]) -> tuple[Piece, ...]:
    """The pieces of a page with those of its pictures at their places; a picture without a table counts for nothing.
    The order of the page's own stays: a table inside a cell of another comes right behind it.
    """
    placed = list(text)
    for box, found in shown:
        if any(isinstance(piece, Table) for piece in found):
            at = next((place for place, piece in enumerate(placed) if _top(piece) > box.top), len(placed))
            placed[at:at] = found
    return tuple(placed)


def _top(piece: Piece) -> float:
    return (
        piece.box.top
        if isinstance(piece, Line)
        else min((cell.slot.box.top for cell in piece.cells), default=0.0)
    )


def _why(error: Exception) -> str:
    return str(error) if isinstance(error, TooMuch) else "it is damaged"


def document_of(kind: str, title: str, found: Sequence[PageRead], issues: Sequence[ReadIssue]) -> Document:
    """The document that pages make; `title` is what the file itself says."""
    shown = without_furniture([page.pieces for page in found], [page.height for page in found])
    blocks: list[Block] = []
    prose: list[str] = []
    tables = 0
    for number, (piece, after_gap) in enumerate(_unbroken(found, shown), start=1):
        if isinstance(piece, Table):
            tables += 1
            blocks.append(replace(_grid(piece, tables), after_gap=after_gap))
        else:
            prose.append(joined_text(piece))
            blocks.append(Paragraph(prose[-1], number, sight=piece[0].sight, after_gap=after_gap))
    text = "".join(prose) + "".join(
        cell.text for block in blocks if isinstance(block, Grid) for cell in block.cells
    )
    if not text.strip():
        issues = [*issues, ReadIssue("empty_document", "No text is shown.")]
    elif len(text) > _LATIN and not _CHINESE.search(text):
        message = "No character of the document is Chinese: its fonts do not tell what they show."
        return Document(kind, issues=(ReadIssue("unreadable_document", message),))
    return Document(kind, None, titles_of(found, title), {}, tuple(blocks), tuple(prose), tuple(issues))


def _unbroken(
    found: Sequence[PageRead], shown: Sequence[Sequence[Piece]]
) -> Iterator[tuple[Table | list[Line], bool]]:
    """The tables and paragraphs of all pages, each with whether it is the first behind a page that was not read: none
    goes on over that.
    """
    runs: list[list[Sequence[Piece]]] = [[]]
    for page, kept in zip(found, shown, strict=True):
        if page.told or not page.pieces:
            runs.append([])
        runs[-1].append(kept)
    for place, run in enumerate(runs):
        for number, piece in enumerate(with_paragraphs(joined(run))):
            yield piece, place > 0 and number == 0


def _grid(table: Table, number: int) -> Grid:
    cells = tuple(
        Cell(
            cell.text,
            cell.slot.row,
            cell.slot.column,
            cell.slot.rowspan,
            cell.slot.colspan,
            place=Place(cell.page, *(round(side, 1) for side in cell.box)),
            sight=cell.sight,
        )
        for cell in table.cells
    )
    return Grid(number, cells, table.height, len(table.columns) - 1)


def titles_of(found: Sequence[PageRead], title: str) -> tuple[str, ...]:
    """The largest lines at the top of the first page with text, joined; the first paragraphs; the title that the file
    carries, unless it is the name of a program or file.
    """
    first = next((page.pieces for page in found if page.pieces), ())
    lines = [piece for piece in first if isinstance(piece, Line)][:_TITLE_LINES]
    paragraphs = [part for part in with_paragraphs(lines) if not isinstance(part, Table)]
    runs: list[list[Line]] = []
    for line in lines:
        if runs and abs(line.size - runs[-1][-1].size) < _ALIKE * line.size:
            runs[-1].append(line)
        else:
            runs.append([line])
    big = sorted((run for run in runs if len(run) <= _MOST_BIG), key=lambda run: -run[0].size)
    candidates = [joined_text(run) for run in big[:_BIG_RUNS]]
    candidates += [joined_text(part) for part in paragraphs[:_MOST_TITLES]]
    if not any(word in title.lower() for word in _UNWANTED_TITLE):
        candidates.append(title)
    return tuple(dict.fromkeys(candidate for candidate in candidates if candidate))


def _unopened(error: pdfium.PdfiumError) -> Document:
    if error.err_code == raw.FPDF_ERR_PASSWORD:
        return _unread("encrypted_document", "The PDF is locked with a password. Save it without one.")
    if error.err_code == raw.FPDF_ERR_SECURITY:
        return _unread("encrypted_document", "The PDF is locked in a way that is not known.")
    return _unread("damaged_document", "The PDF is damaged or cut off: it cannot be opened.")


def _unread(code: str, message: str) -> Document:
    return Document(PDF, issues=(ReadIssue(code, message),))
