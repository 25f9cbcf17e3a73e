"""What a document is after reading: paragraphs and grids in the order they stand in, each with its place.

These types are what every reader, of any format, hands on. They hold what is printed and where, and judge
nothing: which cell is a label and which a figure is decided by `pipeline.extract`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands on the pages of a document that has pages.

    `page` counts from 1. The sides are points (1/72 inch) from the upper left corner of the page as it is shown.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Sight:
    """How the text of a cell was told from a picture of it, by recognising its characters.

    `seen` are the readings, each once: one where two ways read alike, none where nothing is drawn in the cell.
    `confidence` is the recogniser's, 0 to 1, the least of all ways. `certain` is false where only one way read, where
    they differ, or where the ink in the cell does not suit what was read.
    """

    confidence: float
    seen: tuple[str, ...] = ()
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell of a grid, at the place where it starts.

    `row` and `column` count from 1 in the expanded grid, so a cell with `colspan` 3 at column 2 covers 2, 3
    and 4. `text` keeps the line breaks of the source as `\\n`; it is empty for a blank cell. `sight` is there where
    the document shows a picture of the cell and no characters.
    """

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    hidden: bool = False
    place: Place | None = None
    sight: Sight | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: its cells in document order, never more than one cell over any place of the grid.

    `after_gap` tells that what stands before it, as on a page that was not read, is lost; `veiled` that something
    around the table is not shown, as long as no script shows it.
    """

    number: int  # counts the tables of the document from 1
    cells: tuple[Cell, ...]
    height: int
    width: int
    after_gap: bool = False
    veiled: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One run of text outside grids; of plain text, one line with its tabs and blanks as they stand.

    `number` is the line of a text file, or the count of blocks in other formats, from 1. `level` is the
    level of a heading where the format marks one (1 to 6). `sight` as in `Cell`, `after_gap` as in `Grid`.
    """

    text: str
    number: int
    level: int | None = None
    sight: Sight | None = None
    after_gap: bool = False


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class ReadIssue:
    """Something noticed while reading bytes: a documented code and a sentence for a person."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes of one document, read. Where nothing could be read `blocks` is empty and an issue says why.

    `titles` are candidates, best first: the standard meta tag, headings, the page's title element.
    `metadata` holds the standard meta tags under their names in 国办发〔2017〕47号. `prose` is the main text by
    paragraphs, without tables and page furniture. `ends_open` tells of text that ends without a line end, or a page
    that ends outside a tag: its last word may be cut off. `packed` are the documents inside a packed file, which has no
    blocks of its own. `through` is the program, with its version, that converted the bytes before they were read.
    `page_titles` are candidates on each page, where the pages are files of their own and may be of several documents.
    `torn` are the blocks, but the last, behind which a page ends as `ends_open` tells.
    """

    media_type: str
    charset: str | None = None
    titles: tuple[str, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    prose: tuple[str, ...] = ()
    issues: tuple[ReadIssue, ...] = ()
    ends_open: bool = False
    packed: tuple[Packed, ...] = ()
    through: str | None = None
    page_titles: tuple[tuple[str, ...], ...] = ()
    torn: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Packed:
    """A document inside a packed file, and its name there with its folders."""

    name: str
    document: Document


@dataclass(frozen=True, slots=True)
class Sheaf:
    """What pictures say that are pages of one document. `numbers` tells of each, in the order given, which it is,
    counted from 1 (its first page, where a file holds several), None where it shows no page: a logo, a seal.
    """

    document: Document
    numbers: tuple[int | None, ...]
