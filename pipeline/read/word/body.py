"""The body of a document of Word to lines and tables as written, in the order they are printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.read.dom import MAX_TABLE_DEPTH, Line, Table, TableCell, shown_text
from pipeline.read.given import Unreadable
from pipeline.read.word.fields import UNKNOWN, Fields
from pipeline.read.word.names import MC, WRAPPERS, R, W, chosen, is_shaded, value
from pipeline.read.word.numbering import Numbering
from pipeline.read.word.rows import placed_rows
from pipeline.read.word.runs import PICTURE, Runs
from pipeline.read.word.styles import Styles, numbering_of, outline_level
from pipeline.read.xml import Element

_DEEPEST = 150  # elements inside one another, of those that are walked
_WORD = re.compile(r"[^\W\d_]")
_CHINESE_NUMERAL = re.compile(r"[〇零一二两三四五六七八九十百千万\s]+")

Items = list[Line | Table]


class Body:
    """Walks a body once. `foreign` is asked for the lines and tables of a document that is embedded as text; `fields`
    knows whether what fields show can be believed. Outside tables, a line that begins with PICTURE and names a relation
    marks where a picture stands.
    """

    def __init__(
        self, styles: Styles, numbering: Numbering, foreign: Callable[[str], Items], fields: Fields
    ) -> None:
        self._styles = styles
        self._numbering = numbering
        self._foreign = foreign
        self._runs = Runs(styles, fields=fields)
        self._tables = 0  # open ones
        self._shaded = 0  # cells that are open and have a ground of their own
        self._depth = 0

    def read(self, container: Element) -> Items:
        """The lines and tables of a container. Raises Unreadable where it is nested beyond all documents."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unreadable("too_complex", "The document's parts are nested beyond what people write.")
        items = list(self._items(container))
        self._depth -= 1
        return items

    def _items(self, container: Element) -> Iterator[Line | Table]:
        for child in container:
            tag = child.tag
            if tag == W + "p":
                yield from self._paragraph(child)
            elif tag == W + "tbl":
                yield from self._table(child)
            elif tag in WRAPPERS:
                yield from self.read(child)
            elif tag == MC + "AlternateContent":
                if (option := chosen(child)) is not None:
                    yield from self.read(option)
            elif tag == W + "altChunk":
                yield from self._foreign(child.get(R + "id") or "")

    def _paragraph(self, paragraph: Element) -> Iterator[Line | Table]:
        properties = paragraph.find(W + "pPr")
        style = self._styles.of(value(properties, "pStyle"))
        if style.hidden:
            return
        self._runs.is_shaded = self._shaded > 0 or is_shaded(properties)
        text = self._runs.read(paragraph)
        boxes, has_picture, pictures = self._runs.boxes, self._runs.has_picture, self._runs.pictures
        text = self._numbered(text, numbering_of(properties) or style.numbering)
        level = outline_level(properties) or style.level
        for line in text.split("\n"):
            if shown := shown_text(line):
                yield Line(shown, level)
        if self._tables and has_picture and not text.strip():
            yield Line(PICTURE)
        if not self._tables:
            for relation in pictures:
                yield Line(PICTURE + relation)
        for box in boxes:
            yield from self.read(box)

    def _numbered(self, text: str, of: tuple[str, int] | None) -> str:
        if of is None or of[0] == "0" or (not text.strip() and not self._tables):
            return text
        return behind_number(self._numbering.next(*of), text)

    def _cell(self, element: Element) -> Items:
        dark = is_shaded(element.find(W + "tcPr"))
        self._shaded += dark
        items = self.read(element)
        self._shaded -= dark
        return items

    def _table(self, element: Element) -> Iterator[Line | Table]:
        self._tables += 1
        rows = placed_rows(element)
        table = Table(None, hidden=False, groups=[[]])
        for row in rows:
            written = []
            for cell in row.cells:
                items = self._cell(cell.element) if cell.element is not None else []
                written.append(TableCell(cell.rowspan, cell.end - cell.start, row.hidden, items))
            table.groups[0].append(written)
        self._tables -= 1
        if self._tables < MAX_TABLE_DEPTH:
            yield table
        else:
            for written in table.groups[0]:
                for one in written:
                    yield from one.items


def behind_number(number: str, text: str) -> str:
    """The text behind its automatic number. A number is never put before what may be a figure: 1. and 5 are not 1.5."""
    if not number:
        return text
    is_words = _WORD.search(text) is not None and not _CHINESE_NUMERAL.fullmatch(text)
    return number + text if is_words else number + UNKNOWN + text
