"""What a document shows, in the form that goldens are written in."""

from __future__ import annotations

from pipeline.read import Document, Grid, Paragraph, read_document
from tests.documents.writing import docx


def read(body: str, **parts: str) -> Document:
    """A document of Word, which has no issue."""
    document = read_document(docx(body, **parts))
    assert document.issues == ()
    return document


def texts(document: Document) -> list[str]:
    """The paragraphs."""
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def shown(grid: object) -> list[tuple[str, int, int, int, int]]:
    """Text, row, column, rows and columns covered, of each cell."""
    assert isinstance(grid, Grid)
    return [(one.text, one.row, one.column, one.rowspan, one.colspan) for one in grid.cells]
