"""How well reports are read from pictures of them: painted from known figures, damaged, read, and compared."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from PIL import Image

from benchmarks.ocr_truth import multiplied, random_grid
from pipeline.check.recognised import SURE, THOUSANDTHS, confirmed
from pipeline.extract import Extractor, Figure, Record, Status
from pipeline.extract.numerals import read_money
from pipeline.forms import load_forms
from pipeline.read import read_document
from pipeline.read.blocks import Block, Cell, Document, Grid
from pipeline.read.scan.reader import read
from pipeline.read.sniff import TIFF
from pipeline.sample import sample_reports
from tests.read.pdf.drawing import Look
from tests.read.scan.damage import (
    Coloured,
    blurred,
    coloured,
    faded,
    noisy,
    photographed,
    skewed,
    speckled,
    squeezed,
    stamped,
)
from tests.read.scan.painting import Painting

TIMES = (1, 37, 1208)  # by which the figures of the sample are multiplied
_OPEN = (Status.UNREADABLE, Status.AMBIGUOUS)


@dataclass(frozen=True, slots=True)
class Way:
    """A way in which pages come to be pictures: what happens to them, and how many pixels an inch has."""

    name: str
    damage: Callable[[Coloured], Coloured]
    dpi: int = 200
    quality: int = 90  # of the JPEG
    lost: float = 0.0  # the share of the lines' pieces that is missing


@dataclass(frozen=True, slots=True)
class Score:
    """How many cells there were, and how many were read right, wrongly in silence, or not; seconds of computing."""

    way: str
    cells: int
    right: int
    wrong: int
    pages: int
    seconds: float


def _all_at_once(page: Coloured) -> Coloured:
    return skewed(noisy(stamped(page, 0.6, 0.5), 10), 1.8)


WAYS = (
    Way("clean", lambda page: page),
    Way("clean, 150 dpi", lambda page: page, 150),
    Way("clean, 300 dpi", lambda page: page, 300),
    Way("grain and blur, JPEG 40", lambda page: blurred(noisy(page, 14), 0.9), quality=40),
    Way("grain and blur, 150 dpi, JPEG 40", lambda page: noisy(blurred(page, 1.0), 12), 150, 40),
    Way("aslant by 2 degrees", partial(skewed, degrees=2.0)),
    Way("red seals", lambda page: stamped(stamped(page, 0.65, 0.4), 0.4, 1.1), quality=60),
    Way("printed pale", lambda page: noisy(faded(page, 150), 8), quality=60),
    Way("dust", partial(speckled, share=0.0006)),
    Way("6 % of the lines missing", lambda page: noisy(page, 6), lost=0.06),
    Way("photograph from the side", lambda page: blurred(photographed(page, 0.03), 0.8), quality=60),
    Way("aslant, grain, a seal, JPEG 40", _all_at_once, quality=40),
)


def report_scores(ways: Sequence[Way], reports: int) -> Iterator[Score]:
    """The reading of sample reports, as many as asked for in each way, with all that decides what is believed."""
    forms = load_forms()
    extractor = Extractor(forms)
    kinds = {(report.publication.form, report.publication.style): report.html for report in sample_reports()}
    pages = [read_document(html) for html in kinds.values()]
    for start, way in enumerate(ways):
        total = Score(way.name, 0, 0, 0, 0, 0.0)
        for number in range(start, start + reports):
            page = multiplied(pages[number % len(pages)], extractor, TIMES[number % len(TIMES)])
            document, score = _read(way, page.blocks)
            expected = _figures(extractor.extract(page, as_report=True))
            told = _figures(confirmed(extractor.extract(document, as_report=True), forms))
            total = _sum(total, score, *_compared(expected, told))
        yield total


def grid_scores(ways: Sequence[Way], tables: int) -> Iterator[Score]:
    """The reading of tables of figures that no identity confirms; right and wrong count what two ways read alike."""
    for start, way in enumerate(ways):
        total = Score(way.name, 0, 0, 0, 0, 0.0)
        for seed in range(start, start + tables):
            grid = random_grid(seed)
            document, score = _read(way, [grid])
            told = {(cell.row, cell.column): cell for cell in _cells(document)}
            pairs = [(cell.text, told.get((cell.row, cell.column))) for cell in grid.cells]
            sure = [(_plain(text), _plain(cell.text)) for text, cell in pairs if cell and _is_sure(cell)]
            right = sum(text == seen for text, seen in sure)
            total = _sum(total, score, len(pairs), right, len(sure) - right)
        yield total


def lines(title: str, scores: Iterator[Score]) -> Iterator[str]:
    """A table of scores, line by line as they come."""
    yield title
    yield f"  {'':<36}{'cells':>7}{'read':>9}{'wrong':>7}{'s a page':>10}"
    for score in scores:
        share = 100 * score.right / score.cells
        seconds = score.seconds / score.pages
        yield f"  {score.way:<36}{score.cells:>7}{share:>8.1f}%{score.wrong:>7}{seconds:>10.1f}"


def _read(way: Way, blocks: Sequence[Block]) -> tuple[Document, Score]:
    pages = Painting(Look(), way.dpi, lost=way.lost).painted(blocks)
    files = [squeezed(way.damage(coloured(page)), way.quality) for page in pages]
    first, *more = [Image.open(io.BytesIO(file)) for file in files]
    whole = io.BytesIO()
    first.save(whole, "TIFF", save_all=True, append_images=more)
    began = time.process_time()
    document = read(whole.getvalue(), TIFF)
    return document, Score(way.name, 0, 0, 0, len(pages), time.process_time() - began)


def _figures(record: Record) -> dict[str, Figure]:
    return {figure.cell: figure for figure in record.figures}


def _compared(expected: dict[str, Figure], told: dict[str, Figure]) -> tuple[int, int, int]:
    """Cells, right and wrong; what is not on the page and is told is wrong too."""
    right = sum(cell in told and _same(figure, told[cell]) for cell, figure in expected.items())
    wrong = sum(
        figure.status not in _OPEN and not (cell in expected and _same(expected[cell], figure))
        for cell, figure in told.items()
    )
    return len(expected), right, wrong


def _same(one: Figure, other: Figure) -> bool:
    return (one.status, one.value, one.unit) == (other.status, other.value, other.unit)


def _cells(document: Document) -> Iterator[Cell]:
    for block in document.blocks:
        if isinstance(block, Grid):
            yield from block.cells


def _is_sure(cell: Cell) -> bool:
    """Whether two ways read a number, or a mark for none, that is believed."""
    is_value = read_money(cell.text).status is not Status.UNREADABLE and not THOUSANDTHS.search(cell.text)
    return is_value and cell.sight is not None and cell.sight.certain and cell.sight.confidence >= SURE


def _plain(text: str) -> str:
    return text.replace("—", "-")


def _sum(total: Score, one: Score, cells: int, right: int, wrong: int) -> Score:
    return Score(
        total.way,
        total.cells + cells,
        total.right + right,
        total.wrong + wrong,
        total.pages + one.pages,
        total.seconds + one.seconds,
    )
