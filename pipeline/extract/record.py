"""What is read out of one document: figures, sections and what was noticed on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pipeline.read.blocks import Sight


class Status(StrEnum):
    """What stands in a cell of the form. Only `REPORTED` has a value; a cell that is not there has no figure."""

    REPORTED = "reported"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    UNREADABLE = "unreadable"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a figure in its document, each part counted from 1.

    In a grid: `table`, `row`, `column`. In flattened text: `line`, and `column` as the cell's number in that line.
    Where the document has pages, `page` and the cell's `box` on it: left, top, right and bottom in points from the
    upper left corner of the page as it is shown.
    """

    table: int | None = None
    row: int | None = None
    column: int | None = None
    line: int | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell of a form as printed. `value` is in `unit`; money is in yuan where its unit is printed.

    `by_order` tells that its column was told by the form's order of columns alone, not by a head over it. `sight` is
    there where it was recognised in a picture, and `by_identity` tells that an identity of the form confirms it.
    """

    part: str
    item: str
    measure: str
    value: Decimal | None
    unit: str | None
    status: Status
    raw: str
    where: Where
    by_order: bool = False
    sight: Sight | None = None
    by_identity: bool = False

    @property
    def method(self) -> str | None:
        """How it was recognised in a picture: `ocr`, or `ocr_identity`; None of characters that the document tells."""
        return None if self.sight is None else "ocr_identity" if self.by_identity else "ocr"

    @property
    def cell(self) -> str:
        """The cell's name, `part/item/measure`."""
        return f"{self.part}/{self.item}/{self.measure}"


@dataclass(frozen=True, slots=True)
class Section:
    """The prose of one of the report's sections, without its tables; `number` is 0 for what stands before 一、."""

    number: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing noticed: a code of the documented vocabulary, the cell or place it concerns, a sentence."""

    code: str
    at: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Record:
    """Everything read out of one document.

    Where `is_report` is false `reason` says why, and there are no figures and no sections. `form` is the form of the
    tables on the page (never guessed from the year): the form most cells belong to, None where there are no cells.
    `scope` is `own` for an organ's own report, `area` for the roll-up of an area, None where it cannot be told.
    """

    is_report: bool
    reason: str | None
    title: str | None
    organ: str | None
    year: int | None
    form: str | None
    published_on: date | None
    scope: str | None
    figures: tuple[Figure, ...] = ()
    sections: tuple[Section, ...] = ()
    issues: tuple[Issue, ...] = ()
