"""How many documents other than pages are read in a second, beside well-known libraries in the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice

import docx
import openpyxl  # type: ignore[import-untyped]
import pdfplumber

from pipeline.read import read_document
from pipeline.read.office import Source, convert, program
from pipeline.sample import sample_reports
from tests.documents.reports import lines_and_tables, report_docx, reports
from tests.documents.workbooks import xls, xlsx
from tests.read.pdf.drawing import Drawing, Look

Read = Callable[[bytes], object]
OURS = "gongkai, blocks"


@dataclass(frozen=True, slots=True)
class DocumentRate:
    """Documents per second of one way to read one kind: the median of all rounds, and how often the other way fits."""

    kind: str
    way: str
    per_second: float
    ratio: float


def document_rates(count: int, *, rounds: int) -> Iterator[DocumentRate]:
    """The rate of each way over `count` reports of each kind. The ways take turns in every round."""
    taken = reports()[:count]
    yield from _rates("docx", [report_docx(one) for one in taken], {"python-docx": _python_docx}, rounds)
    yield from _rates("xlsx", [xlsx(lines_and_tables(one)) for one in taken], {"openpyxl": _openpyxl}, rounds)
    drawn = [Drawing(Look(numbered=True)).blocks(read_document(html).blocks) for html in _pages(count)]
    yield from _rates("pdf", drawn, {"pdfplumber": _pdfplumber}, rounds)
    yield from _rates("xls", [xls(lines_and_tables(one)) for one in taken], {}, rounds)
    if program() is not None:
        yield from _conversions([report_docx(one) for one in taken])


def _rates(
    kind: str, documents: Sequence[bytes], others: dict[str, Read], rounds: int
) -> Iterator[DocumentRate]:
    ways: dict[str, Read] = {OURS: lambda data: read_document(data).blocks, **others}
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way, read in ways.items():
            start = time.perf_counter()
            if not all(read(data) for data in documents):
                raise ValueError(
                    f"{way} finds nothing in a {kind}: the rate would be that of reading nothing"
                )
            seconds[way].append(time.perf_counter() - start)
    median = {way: statistics.median(each) for way, each in seconds.items()}
    last = median[list(ways)[-1]]
    for way, each in median.items():
        yield DocumentRate(kind, way, len(documents) / each, last / each)


def _python_docx(data: bytes) -> object:
    """Every cell of every table, as whoever reads figures has to."""
    document = docx.Document(BytesIO(data))
    return [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


def _openpyxl(data: bytes) -> object:
    sheet = openpyxl.load_workbook(BytesIO(data)).active
    return list(sheet.iter_rows(values_only=True)), list(sheet.merged_cells.ranges)


def _pages(count: int) -> list[bytes]:
    return [report.html for report in islice(sample_reports(), count)]


def _pdfplumber(data: bytes) -> object:
    with pdfplumber.open(BytesIO(data)) as document:
        return [table for page in document.pages for table in page.extract_tables()]


def _conversions(documents: Sequence[bytes]) -> Iterator[DocumentRate]:
    """Documents by way of LibreOffice: one start for each, and one start for all."""
    made = [
        one for one in convert([Source(data, "docx", "doc") for data in documents]) if isinstance(one, bytes)
    ]
    wanted = [Source(data, "doc", "docx") for data in made]
    start = time.perf_counter()
    convert(wanted[:1])
    alone = time.perf_counter() - start
    start = time.perf_counter()
    convert(wanted)
    each = (time.perf_counter() - start) / len(wanted)
    yield DocumentRate("doc", f"LibreOffice, {len(wanted)} a start", 1 / each, alone / each)
    yield DocumentRate("doc", "LibreOffice, one a start", 1 / alone, 1.0)
