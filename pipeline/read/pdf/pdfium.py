"""What the PDF library tells of a page: its characters, rules and pictures.

The library is not safe for threads, and foreign code: call it in a process that may end (see `apart`).
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.read.pdf.fonts import use_own_fonts
from pipeline.read.pdf.geometry import Box
from pipeline.read.pdf.matrices import IDENTITY, Matrix, applied, moved, times
from pipeline.read.pdf.notes import undrawn_notes
from pipeline.read.pdf.pens import Pens
from pipeline.read.pdf.raster import Raster

use_own_fonts()

MAX_OBJECTS = 60_000  # of a page; a page of a real report has some hundreds
MAX_CHARACTERS = 60_000  # of a page
MAX_DEPTH = 12  # of forms within forms
MAX_SIDE = 2_400  # pixels of a picture

_SCALE = 1.5  # pixels of a point


class TooMuch(Exception):
    """A page holds more than is read. The message says what."""


@dataclass(frozen=True, slots=True)
class Character:
    """One character as the library gives it, in the page's own coordinates."""

    text: str
    origin: tuple[float, float]
    advance: Box  # from pen to pen, where the font tells it
    ink: Box
    matrix: Matrix
    size: float
    font: int
    embedded: bool  # the document brings the font: what is drawn is what its maker saw
    unseen: bool  # to be searched and copied, not to be seen
    shade: int  # grey of its filling
    known: bool  # the font says which character it is
    clip: Box | None  # what of the page it may be drawn on, in the page's own coordinates


@dataclass(frozen=True, slots=True)
class Drawn:
    """A path or a picture: its object, the matrix from its own coordinates to the page's, `clip` as in `Character`."""

    item: ctypes.c_void_p
    matrix: Matrix
    kind: int
    clip: Box | None = None


class OpenPage:
    """A page of an open document. Close it before the document."""

    def __init__(self, document: pdfium.PdfDocument, index: int) -> None:
        self._page = document[index]
        self.undrawn = undrawn_notes(self._page)
        own = raw.FPDFPage_CountObjects(self._page)
        if raw.FPDFPage_GetAnnotCount(self._page) and raw.FPDFPage_Flatten(
            self._page, raw.FLAT_NORMALDISPLAY
        ) == int(raw.FLATTEN_SUCCESS):
            self._page.close()
            self._page = document[index]
        self.size = self._page.get_size()
        self.rotation = (self._page.get_rotation() or 0) // 90
        self.box = self._page.get_bbox()
        self._texts: list[ctypes.c_void_p] = []
        self._clips: dict[int, Box] = {}
        self._forms: dict[int, Matrix] = {}
        self.drawn: list[Drawn] = []
        self._added: list[ctypes.c_void_p] = []
        self._walk(None, IDENTITY, 0, own)

    def close(self) -> None:
        """Give the page back."""
        self._page.close()

    def _walk(self, form: ctypes.c_void_p | None, matrix: Matrix, depth: int, own: int) -> None:
        """Collect what is drawn. Lines behind the first `own` objects are of annotations: they rule no table."""
        if form is None:
            count, get, of = raw.FPDFPage_CountObjects(self._page), raw.FPDFPage_GetObject, self._page
        else:
            count, get, of = raw.FPDFFormObj_CountObjects(form), raw.FPDFFormObj_GetObject, form
        for index in range(count):
            item = get(of, index)
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_FORM and form is None and index >= own:
                self._added.append(item)
            if len(self._texts) + len(self.drawn) >= MAX_OBJECTS:
                raise TooMuch(f"a page has more than {MAX_OBJECTS} objects")
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self._texts.append(item)
                if (clip := _clip(item, matrix)) is not None:
                    self._clips[_address(item)] = clip
                if matrix != IDENTITY:
                    self._forms[_address(item)] = matrix
            elif kind == raw.FPDF_PAGEOBJ_IMAGE or (kind == raw.FPDF_PAGEOBJ_PATH and index < own):
                self.drawn.append(Drawn(item, matrix, kind, _clip(item, matrix)))
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
                inside = MAX_OBJECTS if index < own else 0
                self._walk(item, times(_matrix_of(item), matrix), depth + 1, inside)

    def characters(self) -> list[Character]:
        """The characters of the page, those that the library makes up left out."""
        page = self._page.get_textpage()
        try:
            count = raw.FPDFText_CountChars(page)
            if count > MAX_CHARACTERS:
                raise TooMuch(f"a page has {count} characters; at most {MAX_CHARACTERS} are read")
            return list(_characters(page, count, self._clips, self._forms))
        finally:
            page.close()

    @property
    def is_added_to(self) -> bool:
        """Whether notes, stamps and the like lie on the page."""
        return bool(self._added)

    def picture(self, turns: int, *, text: bool, added: bool = True) -> Raster:
        """The page, turned clockwise by quarters, with its text or without, and so with what was added to it."""
        for item in self._texts:
            raw.FPDFPageObj_SetIsActive(item, text)
        for item in self._added:
            raw.FPDFPageObj_SetIsActive(item, added)
        width, height = self.size if turns % 2 == 0 else self.size[::-1]
        scale = min(_SCALE, MAX_SIDE / max(width, height, 1))
        return self._render(Box(0, 0, width, height), scale, turns)

    def detail(self, box: Box, scale: float, turns: int) -> Raster:
        """A part of the page as `picture` shows it, larger."""
        return self._render(box, scale, turns)

    def coloured(self, scale: float) -> tuple[int, int, bytes]:
        """The page as it is shown, `scale` pixels to a point: width, height, and blue, green and red of each pixel."""
        bitmap = self._page.render(scale=scale, force_bitmap_format=raw.FPDFBitmap_BGR)
        try:
            return bitmap.width, bitmap.height, bitmap.to_numpy().tobytes()
        finally:
            bitmap.close()

    def _render(self, box: Box, scale: float, turns: int) -> Raster:
        width, height = self.size if turns % 2 == 0 else self.size[::-1]
        columns, rows = max(1, math.ceil(box.width * scale)), max(1, math.ceil(box.height * scale))
        buffer = (ctypes.c_ubyte * (columns * rows))()
        bitmap = raw.FPDFBitmap_CreateEx(columns, rows, raw.FPDFBitmap_Gray, buffer, columns)
        if not bitmap:
            raise TooMuch("a page is too large to be drawn")
        try:
            raw.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, 0xFFFFFFFF)
            raw.FPDF_RenderPageBitmap(
                bitmap,
                self._page,
                -round(box.left * scale),
                -round(box.top * scale),
                max(1, round(width * scale)),
                max(1, round(height * scale)),
                turns,
                0,
            )
        finally:
            raw.FPDFBitmap_Destroy(bitmap)
        return Raster(columns, rows, scale, bytes(buffer))


def _matrix_of(item: ctypes.c_void_p) -> Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, found)
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def own_matrix(drawn: Drawn) -> Matrix:
    """From the coordinates of the object's points to those of the page."""
    return times(_matrix_of(drawn.item), drawn.matrix)


def _address(item: Any) -> int:
    return ctypes.addressof(item.contents) if item else 0


def _clip(item: ctypes.c_void_p, matrix: Matrix) -> Box | None:
    """The smallest box around the part of the page that an object may be drawn on; None where that is all of it."""
    path = raw.FPDFPageObj_GetClipPath(item)
    clip: Box | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for part in range(max(0, raw.FPDFClipPath_CountPaths(path)) if path else 0):
        points = []
        for index in range(raw.FPDFClipPath_CountPathSegments(path, part)):
            raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(path, part, index), x, y)
            points.append(applied(matrix, x.value, y.value))
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if points:
            box = Box(min(xs), min(ys), max(xs), max(ys))
            clip = box if clip is None else clip.within(box)
    return clip


def _characters(
    page: pdfium.PdfTextPage, count: int, clips: Mapping[int, Box], forms: Mapping[int, Matrix]
) -> Iterator[Character]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    x, y = ctypes.c_double(), ctypes.c_double()
    loose, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    texts: dict[int, tuple[int, bool, bool]] = {}
    pens = Pens(forms)
    for index in range(count):
        if raw.FPDFText_IsGenerated(page, index) == 1:
            continue
        code = raw.FPDFText_GetUnicode(page, index)
        raw.FPDFText_GetCharBox(page, index, left, right, bottom, top)
        raw.FPDFText_GetLooseCharBox(page, index, loose)
        raw.FPDFText_GetCharOrigin(page, index, x, y)
        raw.FPDFText_GetMatrix(page, index, matrix)
        raw.FPDFText_GetFillColor(page, index, red, green, blue, opacity)
        item = raw.FPDFText_GetTextObject(page, index)
        address = _address(item)
        if address not in texts:
            texts[address] = _of_text(item) if address else (0, False, False)
        font, embedded, unseen = texts[address]
        own: Matrix = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
        origin = (x.value, y.value)
        advance = Box(loose.left, loose.bottom, loose.right, loose.top)
        ink = Box(left.value, bottom.value, right.value, top.value)
        if address in forms:
            to_page = pens.to_page(address, own, origin, advance)
            origin, advance, ink = applied(to_page, *origin), moved(advance, to_page), moved(ink, to_page)
        grey = (299 * red.value + 587 * green.value + 114 * blue.value) // 1000
        yield Character(
            chr(code) if 0 < code < 0x110000 else "",
            origin,
            advance,
            ink,
            own,
            raw.FPDFText_GetFontSize(page, index),
            font,
            embedded,
            unseen or not opacity.value,
            255 - (255 - grey) * opacity.value // 255,
            raw.FPDFText_HasUnicodeMapError(page, index) != 1,
            clips.get(address),
        )


def _of_text(item: ctypes.c_void_p) -> tuple[int, bool, bool]:
    """Of a text object: its font, whether the document brings that, and whether the text is not drawn."""
    font = raw.FPDFTextObj_GetFont(item)
    unseen = raw.FPDFTextObj_GetTextRenderMode(item) in (
        raw.FPDF_TEXTRENDERMODE_INVISIBLE,
        raw.FPDF_TEXTRENDERMODE_CLIP,
    )
    if not font:
        return 0, False, unseen
    return ctypes.addressof(font.contents), raw.FPDFFont_GetIsEmbedded(font) == 1, unseen
