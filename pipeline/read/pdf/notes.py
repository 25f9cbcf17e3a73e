"""Text written onto a page as a note whose look the file leaves to whoever shows it: the library draws none."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.read.pdf.geometry import LOST, Box, Glyph

_STEP = 6.0  # points; a figure is some five wide
_SIZE = 9.0  # points
_MOST = 2_000  # places of one note
_NOT_SHOWN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_EMPTY = 2  # bytes of a text without a character


def undrawn_notes(page: pdfium.PdfPage) -> list[Box]:
    """Where on the page, in its own coordinates, text is shown that is not drawn here."""
    return list(_undrawn(page))


def _undrawn(page: pdfium.PdfPage) -> Iterator[Box]:
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        try:
            if (
                raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_FREETEXT
                and not raw.FPDFAnnot_GetFlags(note) & _NOT_SHOWN
                and raw.FPDFAnnot_GetAP(note, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) <= _EMPTY
                and raw.FPDFAnnot_GetStringValue(note, b"Contents", None, 0) > _EMPTY
            ):
                edges = raw.FS_RECTF()
                raw.FPDFAnnot_GetRect(note, ctypes.byref(edges))
                yield Box(
                    min(edges.left, edges.right),
                    min(edges.bottom, edges.top),
                    max(edges.left, edges.right),
                    max(edges.bottom, edges.top),
                )
        finally:
            raw.FPDFPage_CloseAnnot(note)


def as_lost(note: Box) -> Iterator[Glyph]:
    """Characters that cannot be read, wherever a note on a sheet may show some."""
    across, down = (max(1, round(side / _STEP)) for side in (note.width, note.height))
    for place in range(min(across * down, _MOST)):
        row, column = divmod(place, across)
        x = note.left + (column + 0.5) * note.width / across
        y = note.top + (row + 0.5) * note.height / down
        yield Glyph(LOST, x, x + 0.01, y, _SIZE, Box(x, y, x + 0.01, y + 0.01))
