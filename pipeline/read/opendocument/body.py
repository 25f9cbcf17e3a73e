"""The body of a text of OpenDocument to lines and tables as written, in the order they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.read.blocks import ReadIssue
from pipeline.read.dom import MAX_TABLE_DEPTH, Line, Table, TableCell, shown_text
from pipeline.read.given import Unreadable
from pipeline.read.opendocument.lists import Counts, Lists
from pipeline.read.opendocument.names import DRAW, OFFICE, TABLE, TEXT, XML
from pipeline.read.opendocument.rows import placed_rows
from pipeline.read.opendocument.runs import Runs
from pipeline.read.opendocument.styles import Styles
from pipeline.read.word.body import behind_number
from pipeline.read.word.fields import UNKNOWN
from pipeline.read.word.names import number
from pipeline.read.word.runs import PICTURE
from pipeline.read.xml import Element

_DEEPEST = 150  # elements inside one another, of those that are walked
_MOST_CELLS = 100_000  # of all tables, each as often as it is repeated; a long report has two thousand
_LEVELS = 6  # of headings
_SKIPPED = re.compile(
    r"\{[^}]*\}(?:tracked-changes|annotation|forms|\w+(?:-\w+)*-decls|index-\w+|\w[\w-]*-source)"
)
_INDEX_TEXT = frozenset((TEXT + "index-body", TEXT + "index-title"))

Items = list[Line | Table]


@dataclass(slots=True)
class _Open:
    """An open list, at a level from 0. `begun` is where its next paragraph begins anew; `waits` tells that the next
    paragraph is the first of its item, which has a number.
    """

    style: str
    counts: Counts
    level: int = 0
    begun: int | None = None
    waits: bool = False


class Body:
    """Walks a body once. Outside tables, a line that begins with PICTURE and names a part marks where a picture is.
    `issues` tell what could not be read.
    """

    def __init__(self, styles: Styles, lists: Lists) -> None:
        self._styles = styles
        self._lists = lists
        self._tables = 0  # open ones
        self._depth = 0
        self._cells = 0
        self._has_ground = False  # the cell that is open
        self.issues: list[ReadIssue] = []

    def read(self, container: Element, of_list: _Open | None = None) -> Items:
        """The lines and tables of a container. Raises Unreadable where it is beyond what people write."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unreadable("too_complex", "The document's parts are nested beyond what people write.")
        items = [item for child in container for item in self._items(child, of_list)]
        self._depth -= 1
        return items

    def _items(self, child: Element, of_list: _Open | None) -> Iterator[Line | Table]:
        tag = child.tag
        if tag in (TEXT + "p", TEXT + "h") or tag.startswith(DRAW):
            yield from self._paragraph(child, of_list)
        elif tag == TABLE + "table":
            yield from self._table(child)
        elif tag == TEXT + "list":
            yield from self._list(child, of_list)
        elif tag in (TEXT + "section", *_INDEX_TEXT):
            if self._shows(child):
                yield from self.read(child, of_list)
        elif tag.startswith((TEXT, OFFICE)) and not _SKIPPED.fullmatch(tag):
            yield from self.read(child, of_list)

    @staticmethod
    def _shows(section: Element) -> bool:
        return section.get(TEXT + "is-hidden") != "true" and section.get(TEXT + "display") != "none"

    def _list(self, element: Element, around: _Open | None) -> Iterator[Line | Table]:
        own = element.get(TEXT + "style-name")
        if around is not None:
            style = own or around.style
            opened = _Open(style, around.counts, around.level + 1)
        else:
            goes_on = element.get(TEXT + "continue-numbering") == "true"
            from_list = element.get(TEXT + "continue-list")
            counts = self._lists.counts(own or "", element.get(XML + "id"), from_list, goes_on=goes_on)
            opened = _Open(own or "", counts)
        for item in element:
            opened.waits = item.tag == TEXT + "list-item"
            begun = item.get(TEXT + "start-value")
            opened.begun = number(begun, 1) if begun is not None else None
            yield from self.read(item, opened)

    def _paragraph(self, paragraph: Element, of_list: _Open | None) -> Iterator[Line | Table]:
        runs = Runs(self._styles, has_ground=self._has_ground)
        text = runs.read(paragraph)
        if runs.is_hidden:
            return
        level = number(paragraph.get(TEXT + "outline-level"), 1) if paragraph.tag == TEXT + "h" else None
        if paragraph.tag.startswith(TEXT) and (text.strip() or self._tables):
            text = behind_number(self._number(paragraph, level, of_list), text)
        for line in text.split("\n"):
            if shown := shown_text(line):
                yield Line(shown, level if level is not None and level <= _LEVELS else None)
        if self._tables and runs.pictures and not text.strip():
            yield Line(PICTURE)
        if not self._tables:
            for name in runs.pictures:
                yield Line(PICTURE + name)
        for box in runs.boxes:
            yield from self.read(box)

    def _number(self, paragraph: Element, level: int | None, of_list: _Open | None) -> str:
        """What is printed before a paragraph that prints something."""
        if of_list is not None:
            if not of_list.waits:
                return ""
            begun, of_list.waits, of_list.begun = of_list.begun, False, None
            return self._lists.next(of_list.style, of_list.counts, of_list.level, begun)
        if level is None or paragraph.get(TEXT + "is-list-header") == "true":
            return ""
        return self._lists.heading(level - 1)

    def _in_cell(self, cell: Element) -> Items:
        around = self._has_ground
        ground = self._styles.look("table-cell", cell.get(TABLE + "style-name")).ground
        self._has_ground = around if ground is None else ground
        items = self.read(cell)
        self._has_ground = around
        return items

    def _table(self, element: Element) -> Iterator[Line | Table]:
        self._tables += 1
        table = Table(
            None, hidden=not self._styles.shows_table(element.get(TABLE + "style-name")), groups=[[]]
        )
        rows = placed_rows(element, self._styles)
        if rows is None:
            message = (
                "A table has rows with more cells than it has columns, and is not read: where they stand is lost. Save "
                "what the document was made of as docx or PDF."
            )
            self.issues.append(ReadIssue("grid_cut", message))
            rows = []
        self._cells += sum(len(row.cells) for row in rows)
        if self._cells > _MOST_CELLS:
            raise Unreadable("too_complex", f"The document's tables have more than {_MOST_CELLS} cells.")
        for row in rows:
            written = []
            for cell in row.cells:
                items = [] if cell.element is None else self._in_cell(cell.element)
                if not items and cell.element is not None and cell.element.get(OFFICE + "value") is not None:
                    items = [Line(UNKNOWN)]
                hidden = table.hidden or row.hidden
                written.append(TableCell(cell.rowspan, cell.end - cell.start, hidden, items))
            table.groups[0].append(written)
        self._tables -= 1
        if self._tables < MAX_TABLE_DEPTH:
            yield table
        else:
            for cells in table.groups[0]:
                for one in cells:
                    yield from one.items
