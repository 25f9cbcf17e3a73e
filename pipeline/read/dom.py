"""One walk over a page's tree, in document order, to lines of text and tables as written.

Which table is data and which is layout is not decided here (see `tables`); nothing that a reader of the
page sees is dropped, but for scripts, styles, comments and the like. The walk keeps its own stack: no depth
of nesting breaks it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from pipeline.read.elements import BLOCKS, DROPPED, PREFORMATTED, ROW_GROUPS
from pipeline.read.grid import span
from pipeline.read.pale import UNKNOWN, is_pale_font, is_unseen_figure
from pipeline.read.shown import (
    TURNED,
    UNSEEN,
    is_for_listeners,
    is_hidden,
    is_note,
    is_spacer,
    is_unseen,
    is_veiled,
    meant_by_style,
    whiten,
)

MAX_TABLE_DEPTH = 24  # tables nested deeper are read as running text

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# These keep a raised, lowered or struck figure from running into its neighbour: 12 with note 1 is not 121.
_MARKS = {
    "sup": ("^", ""),
    "sub": ("_", ""),
    "del": ("~", "~"),
    "s": ("~", "~"),
    "strike": ("~", "~"),
    UNSEEN: (UNKNOWN, ""),
    TURNED: ("\u202e", "\u202c"),
}
_IN_CELLS = frozenset(("p", "div"))  # what cells are made of, on real pages
_TYPED_INPUTS = frozenset(("", "text", "number", "tel", "date"))
_BREAKING_SPACE = re.compile(r"[ \t]*[\n\r\f][ \t\n\r\f]*")
_TABS = re.compile(r" *\t[ \t]*")
_BLANKS = re.compile(r" {2,}")
# What a text turns round, from right to left: its figures are printed the other way than they stand.
TURNED_FIGURE = re.compile("\u202e(?=[^\u202c\n]*\\d)")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")


@dataclass(slots=True)
class Line:
    """One printed line of running text; `level` is that of a heading."""

    text: str
    level: int | None = None


@dataclass(slots=True)
class TableCell:
    """A cell as written: its lines and tables, in order. `rowspan` 0 means to the group's end.

    `pictured` tells of a picture in it that is no mere spacer.
    """

    rowspan: int
    colspan: int
    hidden: bool
    items: list[Line | Table] = field(default_factory=list)
    pictured: bool = False


@dataclass(slots=True)
class Table:
    """A table as written: row groups of rows of cells, in document order. `node` is its place in the tree of a page.

    `veiled` tells that something around it is not shown, as long as no script shows it.
    """

    node: LexborNode | None
    hidden: bool
    groups: list[list[list[TableCell]]] = field(default_factory=list)
    veiled: bool = False


def walk(start: LexborNode) -> list[Line | Table]:
    """The lines and tables below `start`, in document order."""
    return _Walk().run(start)


def shown_text(text: str) -> str:
    """A run of text as a browser shows it: white space collapsed, but a tab is kept as one tab.

    Non-breaking spaces become spaces and are not collapsed; characters that cannot be seen are removed.
    """
    # so without tabs, line ends, non-breaking and unseen characters
    if text.isprintable() and "  " not in text:
        return text.strip()
    if "\n" in text or "\r" in text or "\f" in text:
        text = _BREAKING_SPACE.sub(" ", text)
    if "\t" in text:
        text = _TABS.sub("\t", text)
    if "  " in text:
        text = _BLANKS.sub(" ", text)
    if "\u202e" in text:
        text = TURNED_FIGURE.sub(UNKNOWN, text)
    return _UNSEEN.sub("", text.replace("\u00a0", " ")).strip()


class _Walk:
    def __init__(self) -> None:
        self.items: list[Line | Table] = []  # where lines go now: the page's, or those of the open cell
        self.outside: list[list[Line | Table]] = []  # the same of what is around, innermost last
        self.tables: list[Table] = []
        self.depth = 0  # of open tables, also of those too deep to be kept
        self.row_hidden: list[tuple[bool, bool]] = []  # row group and row, of each open table
        self.buffer: list[str] = []
        self.level: int | None = None
        self.preformatted = 0

    def run(self, start: LexborNode) -> list[Line | Table]:
        stack: list[tuple[LexborNode, str]] = []
        buffer = self.buffer
        node = start.child
        while True:
            while node is not None:
                tag = node.tag or ""
                if tag == "-text":
                    buffer.append(node.text_content or "")
                elif tag not in DROPPED and (meant := self.enter(node, tag)):
                    child = node.child
                    if child is not None:
                        stack.append((node, meant))
                        node = child
                        continue
                    self.leave(meant)
                node = node.next
            if not stack:
                break
            node, tag = stack.pop()
            self.leave(tag)
            node = node.next
        self.flush()
        return self.items

    def enter(self, node: LexborNode, tag: str) -> str:
        """Note that an element begins. The tag it is to be left by, empty where its children are not to be walked.

        Inside tables a style counts as the element it stands for: a raised figure is a mark, a hidden one is none.
        """
        if self.preformatted and tag == "br":
            self.buffer.append("\n")
            return ""
        if tag in BLOCKS:
            self.flush()
            if self.outside and tag in _IN_CELLS:
                attributes = node.attributes
                if is_hidden(attributes, is_box=True) and node.css_first("table") is None:
                    return ""
                if is_unseen(node, attributes):
                    self.buffer.append(UNKNOWN)
            if tag in _HEADINGS:
                self.level = _HEADINGS[tag]
            elif tag in PREFORMATTED:
                self.preformatted += 1
            elif tag == "table":
                self.open_table(node)
            elif 0 < self.depth <= MAX_TABLE_DEPTH:
                self.enter_part(node, tag)
        else:
            return self.enter_inline(node, tag)
        return tag

    def enter_inline(self, node: LexborNode, tag: str) -> str:
        if tag in _MARKS:
            self.buffer.append(_MARKS[tag][0])
        elif tag in {"input", "textarea", "select"}:
            self.buffer.append(_entered_text(node, tag))
            return ""
        elif tag == "img":
            self.note_picture(node)
        elif self.depth:
            attributes = node.attributes
            if "class" in attributes and is_for_listeners(attributes):
                return ""
            style = attributes.get("style")
            meant = meant_by_style(node, style) if style else tag
            if meant == "font" and is_pale_font(attributes) and is_unseen_figure(node):
                meant = UNSEEN
            elif meant == "bdo" and (attributes.get("dir") or "").lower() == "rtl":
                meant = TURNED
            if meant == tag and self.buffer and self.buffer[-1][-1:].isdigit() and is_note(node):
                meant = "sup"
            self.buffer.append(_MARKS.get(meant, ("", ""))[0])
            return meant
        return tag

    def note_picture(self, node: LexborNode) -> None:
        row = self.tables[-1].groups[-1][-1] if self.outside and self.tables[-1].groups else []
        if row and not is_spacer(node.attributes):
            row[-1].pictured = True

    def leave(self, tag: str) -> None:
        if tag in BLOCKS:
            self.flush()
            if tag in _HEADINGS:
                self.level = None
            elif tag in PREFORMATTED:
                self.preformatted -= 1
            elif tag == "table":
                self.close_table()
            elif tag in {"td", "th"} and 0 < self.depth <= MAX_TABLE_DEPTH:
                self.items = self.outside.pop()
        elif tag in _MARKS:
            self.buffer.append(_MARKS[tag][1])

    def open_table(self, node: LexborNode) -> None:
        self.depth += 1
        if self.depth <= MAX_TABLE_DEPTH:
            veiled = is_veiled(node)
            attributes = node.attributes
            whiten(node, attributes)
            self.tables.append(Table(node, is_hidden(attributes), veiled=veiled))
            self.row_hidden.append((False, False))

    def close_table(self) -> None:
        self.depth -= 1
        if self.depth < MAX_TABLE_DEPTH:
            self.row_hidden.pop()
            self.items.append(self.tables.pop())

    def enter_part(self, node: LexborNode, tag: str) -> None:
        """A row group, row or cell of the innermost open table begins; captions are plain lines."""
        table = self.tables[-1]
        group_hidden, row_hidden = self.row_hidden[-1]
        if tag in ROW_GROUPS:
            table.groups.append([])
            attributes = node.attributes
            whiten(node, attributes)
            self.row_hidden[-1] = (is_hidden(attributes), False)
        elif tag == "tr":
            if not table.groups:
                table.groups.append([])
            table.groups[-1].append([])
            attributes = node.attributes
            whiten(node, attributes)
            self.row_hidden[-1] = (group_hidden, is_hidden(attributes))
        elif tag in {"td", "th"}:
            attributes = node.attributes
            hidden = table.hidden or group_hidden or row_hidden or is_hidden(attributes)
            cell = TableCell(span(attributes.get("rowspan"), zero=0), span(attributes.get("colspan")), hidden)
            table.groups[-1][-1].append(cell)
            self.outside.append(self.items)
            self.items = cell.items
            if "style" in attributes and is_unseen(node, attributes):
                self.buffer.append(UNKNOWN)

    def flush(self) -> None:
        """End the line of text that is being gathered."""
        if not self.buffer:
            return
        text = "".join(self.buffer)
        self.buffer.clear()
        if not text or text.isspace():
            return
        if self.preformatted:
            text = _UNSEEN.sub("", TURNED_FIGURE.sub(UNKNOWN, text).replace("\u00a0", " "))
            self.items.extend(Line(line, self.level) for line in text.strip("\r\n").split("\n"))
        elif shown := shown_text(text):
            self.items.append(Line(shown, self.level))


def _entered_text(node: LexborNode, tag: str) -> str:
    """What a form field shows: its value, its text, the option chosen (as browsers do, else the first)."""
    if tag == "textarea":
        return node.text()
    if tag == "input":
        attributes = node.attributes
        kind = (attributes.get("type") or "").strip().lower()
        return (attributes.get("value") or "") if kind in _TYPED_INPUTS else ""
    option = node.css_first("option[selected]") or node.css_first("option")
    return option.text() if option is not None else ""
