"""From an open page to a sheet: what is really shown, turned so that it can be read."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pypdfium2 import raw

from pipeline.read.pdf.geometry import LOST, MIDDLE, NUMERIC, Box, Glyph, Sheet
from pipeline.read.pdf.inlaid import inlaid
from pipeline.read.pdf.matrices import Matrix, applied, moved, times
from pipeline.read.pdf.notes import as_lost
from pipeline.read.pdf.paths import rules, within
from pipeline.read.pdf.pdfium import Character, Drawn, OpenPage, own_matrix
from pipeline.read.pdf.radicals import as_written
from pipeline.read.pdf.raster import Raster
from pipeline.read.pdf.shapes import Shapes
from pipeline.read.pdf.twins import without_twins

INSTALL = "; to read it, install the recogniser: python -m pip install 'gongkai[ocr]'"
SCANNED = f"it is a picture of text (a scan, or drawn without characters){INSTALL}"
GARBLED = f"its fonts do not tell which characters they show{INSTALL}"
TO_RECOGNISE = frozenset({SCANNED, GARBLED})  # what is wrong with pages that show text to eyes alone

_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\x00": LOST})
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\r\n")
_PALE = 185  # grey from which a character may be a watermark
_WATERMARK = 1.8  # of the usual size
_WHITE = 250
_FEW = 30  # characters; a page with fewer and with a picture is a picture
_LARGE = 0.4  # of the page: a picture so large is one of the page
_DRAWN = 0.004  # of the page: as dark as a page of text drawn without characters
_LONG = 30.0  # points; shorter lines may be strokes of characters
_STROKE = 0.75  # points that a line of a table is broad, as a rule
_FLAT = 0.02  # of the characters of a page that cannot be drawn here
_LEAST_INK = 0.05  # points
_JUST = 2.0  # points
_SLACK = 0.15  # of the size: by how much a character may stand beyond an edge and be whole to the eye
_POINT = 1.8  # points: no figure is so narrow
_ASIDE = 0.3  # points
_INSET = 0.25  # of the width of a character, on each side
_GARBLED = 0.2  # of the characters of a page that are of no known sign
_LATIN = 200  # characters of a page without one that is Chinese: the fonts lie


@dataclass(frozen=True, slots=True)
class Seen:
    """The sheet, the pictures of it without its text and with it, for who asks what else is drawn in a cell, and where
    pictures of tables stand on it.
    """

    sheet: Sheet
    bare: Raster
    full: Raster
    inlaid: tuple[Box, ...] = ()


def see(page: OpenPage, number: int, shapes: Shapes) -> Seen:
    """The page as it is shown. Raises `TooMuch`."""
    characters = page.characters()
    shown = _as_shown(page)
    turns = _turns(characters, shown)
    matrix = shown
    width, height = page.size
    for _ in range(turns):
        matrix = times(matrix, (0, 1, -1, 0, height, 0))
        width, height = height, width
    beneath = [page.picture(turns, text=text, added=False) for text in (False, True) if page.is_added_to]
    bare = page.picture(turns, text=False)
    full = page.picture(turns, text=True)
    whole = Box(0, 0, width, height)
    pictures = [_on_page(item, matrix, whole) for item in page.drawn if item.kind == raw.FPDF_PAGEOBJ_IMAGE]
    pictures = [box for box in pictures if not box.is_empty]
    picture = sum(box.width * box.height for box in pictures) > _LARGE * width * height
    glyphs: list[tuple[Glyph, Character]] = []
    hidden: list[Glyph] = []
    cut: list[Glyph] = []
    for character in characters:
        glyph = _glyph(character, matrix)
        if glyph is None:
            continue
        clip = None if character.clip is None else moved(character.clip, matrix)
        seen_part = whole if clip is None else whole.within(clip)
        inside = seen_part.holds(*glyph.middle)
        if not seen_part.is_empty and not (inside and seen_part.around(glyph.ink, _SLACK * glyph.size)):
            cut.append(_at_edge(glyph, seen_part))
            glyph = replace(glyph, text=LOST) if glyph.text in NUMERIC else glyph
        if not inside:
            continue
        if glyph.text.isspace() or _is_seen(
            character, drawn=full.differs(bare, _core(glyph.ink)), on_picture=picture
        ):
            glyphs.append((glyph, character))
        elif beneath and beneath[0].differs(beneath[1], _core(glyph.ink)):
            glyphs.append((replace(glyph, text=LOST), character))  # a note or a stamp covers it
        else:
            hidden.append(glyph)
    glyphs = _without_watermark(glyphs)
    kept = shapes.checked(page, turns, without_twins(glyphs))
    lines = [rule for rule in within(rules(page.drawn, matrix), whole) if bare.shows(rule)]
    visible = sum(not glyph.text.isspace() for glyph in kept)
    long = sum(rule.end - rule.start for rule in lines if rule.end - rule.start > _LONG)
    ruled = _STROKE * long / (width * height)
    if visible < _FEW + len(hidden) and (picture or (visible < _FEW and bare.darkness() > _DRAWN + ruled)):
        wrong = SCANNED
    else:
        wrong = _unreadable(kept, glyphs)
    sheet = Sheet(
        number,
        width,
        height,
        (*kept, *(lost for note in page.undrawn for lost in as_lost(moved(note, matrix)))),
        tuple(lines),
        tuple(glyph for glyph in hidden if glyph.text in NUMERIC),
        tuple(glyph for glyph in cut if not glyph.text.isspace()),
        any(character.shade >= _PALE or _direction(character, matrix) is None for character in characters),
        turns,
        wrong,
    )
    return Seen(sheet, bare, full, () if wrong else inlaid(pictures, kept, width, bare))


def _core(ink: Box) -> Box:
    """The middle of a character, out of reach of those beside it. Of a point it is more than all: small characters are
    drawn where the next pixel is, not where they should stand, and a middle of one pixel can miss them.
    """
    inset = _INSET * ink.width if ink.width > _POINT else -_ASIDE
    return Box(ink.left + inset, ink.top, ink.right - inset, ink.bottom)


def _at_edge(glyph: Glyph, shown: Box) -> Glyph:
    """A character beyond the part of a page where it may be seen, just inside of it: there it may go on with what is
    seen.
    """
    x, y = glyph.middle
    across, down = min(_JUST, shown.width / 4), min(_JUST, shown.height / 4)
    x = min(max(x, shown.left + across), shown.right - across)
    y = min(max(y, shown.top + down), shown.bottom - down)
    return replace(glyph, left=x, right=x, baseline=y + MIDDLE * glyph.size, ink=Box(x, y, x, y))


def _without_watermark(glyphs: list[tuple[Glyph, Character]]) -> list[tuple[Glyph, Character]]:
    """Without pale characters much larger than the text, as they stand behind whole pages."""
    if not any(glyph.light for glyph, _ in glyphs):
        return glyphs
    most = _WATERMARK * statistics.median(glyph.size for glyph, _ in glyphs)
    return [(glyph, character) for glyph, character in glyphs if not (glyph.light and glyph.size > most)]


def _unreadable(kept: Sequence[Glyph], glyphs: Sequence[tuple[Glyph, Character]]) -> str:
    """Why the characters of a page are not to be trusted; empty where they are."""
    if len(kept) < _FEW:
        return ""
    if sum(glyph.text == LOST for glyph in kept) > _GARBLED * len(kept):
        return GARBLED
    if len(kept) > _LATIN and not any(_is_wide(glyph.text) for glyph in kept):
        return GARBLED
    if sum(_cannot_be_drawn(*pair) for pair in glyphs) > _FLAT * len(kept):
        return "its fonts are not in the file, and no other shows its characters"
    return ""


def _cannot_be_drawn(glyph: Glyph, character: Character) -> bool:
    """Whether the character has no shape here. The library then loses others beside it."""
    return (
        not character.embedded
        and _is_wide(glyph.text)
        and not glyph.text.isspace()
        and min(glyph.ink.width, glyph.ink.height) < _LEAST_INK
    )


def _is_seen(character: Character, *, drawn: bool, on_picture: bool) -> bool:
    """Whether a person sees the character. One in a font that is neither in the document nor on this machine cannot be
    drawn here, though others see it: it counts as seen where nothing else speaks against it.
    """
    if drawn or character.unseen:
        return drawn and not character.unseen
    is_flat = min(character.ink.width, character.ink.height) < _LEAST_INK
    return is_flat and not character.embedded and not on_picture and character.shade < _WHITE


def _as_shown(page: OpenPage) -> Matrix:
    """From the page's own coordinates to those of the page as shown, its upper left corner the origin."""
    left, bottom, right, top = page.box
    turned: tuple[Matrix, ...] = (
        (1, 0, 0, -1, -left, top),
        (0, 1, 1, 0, -bottom, -left),
        (-1, 0, 0, 1, right, -bottom),
        (0, -1, -1, 0, top, right),
    )
    return turned[page.rotation % 4]


def _direction(character: Character, matrix: Matrix) -> int | None:
    """By how many quarters the character is turned clockwise; None where it stands aslant."""
    a, b, *_ = times(character.matrix, matrix)
    long = math.hypot(a, b)
    if not long:
        return None
    for quarter, (x, y) in enumerate(((1, 0), (0, 1), (-1, 0), (0, -1))):
        if (a * x + b * y) / long > 0.996:
            return quarter
    return None


def _turns(characters: Sequence[Character], shown: Matrix) -> int:
    """The quarter turns clockwise after which most characters stand upright."""
    found = Counter(
        direction
        for character in characters
        if not character.text.isspace() and (direction := _direction(character, shown)) is not None
    )
    return -found.most_common(1)[0][0] % 4 if found else 0


def _glyph(character: Character, matrix: Matrix) -> Glyph | None:
    text = as_written(character.text.translate(_HYPHENS))
    if text in _UNSEEN:
        return None
    direction = _direction(character, matrix)
    if direction is None:
        return None  # a watermark across the page
    text = text if character.known and text and not _says_nothing(text) else LOST
    a, b, c, d, *_ = times(character.matrix, matrix)
    size = character.size * math.hypot(c, d) or 1.0
    stretch = character.size * math.hypot(a, b)
    ink = moved(character.ink, matrix)
    x, y = applied(matrix, *character.origin)
    advance = moved(character.advance, matrix)
    right = max(advance.right, x + stretch if _is_wide(text) else x)
    return Glyph(text, x, max(right, x + 0.01), y, size, ink, direction, light=character.shade >= _PALE)


def _says_nothing(text: str) -> bool:
    """Whether it is of Unicode's private areas, or half of a character."""
    code = ord(text[0])
    return 0xD800 <= code <= 0xF8FF or code >= 0xF0000


def _is_wide(text: str) -> bool:
    return "\u2e80" <= text <= "\u9fff" or "\uff01" <= text <= "\uff60" or "\uac00" <= text <= "\ud7a3"


def _on_page(item: Drawn, matrix: Matrix, page: Box) -> Box:
    """The part of the page that a picture covers: it fills the unit square of its own coordinates."""
    return moved(Box(0, 0, 1, 1), times(own_matrix(item), matrix)).within(page)
