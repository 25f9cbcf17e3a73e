"""Taking back what a converter did to spans: it printed a cell once for every place that the cell covers.

The repetitions are blanked and keep their place, so that the line's other cells keep theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.labels import Kind, Label, LabelIndex
from pipeline.extract.numerals import is_value
from pipeline.read.blocks import Paragraph


def without_repeats(lines: Sequence[Paragraph], separator: str, index: LabelIndex) -> list[Paragraph]:
    """`lines`, rows of cells that end at `separator`, with each label printed once for all the places it covers.

    Figures are repeated only where the head over them is, up to the row's end; where they differ, they stay.
    """
    kept: list[Paragraph] = []
    above: list[str] = []
    span = range(0)
    width = 0
    for line in lines:
        cells = [cell.strip() for cell in line.text.split(separator)]
        if len(cells) < 3:
            kept.append(line)
            above = []
            continue
        labels = [index.find(cell) if cell else () for cell in cells]
        heads = _is_row_of_heads(cells, labels)
        if heads:
            repeated = {
                place
                for place, cell in enumerate(cells)
                if labels[place] and place < len(above) and above[place] == cell
            }
            span, width = _last_run(cells, labels), len(cells)
        else:
            repeated = _repeated_figures(cells, span) if len(cells) == width else set()
        repeated |= {
            place for place in range(1, len(cells)) if labels[place] and cells[place] == cells[place - 1]
        }
        above = cells if heads else []
        kept.append(_blanked(line, separator, repeated) if repeated else line)
    return kept


def _is_row_of_heads(cells: Sequence[str], labels: Sequence[tuple[Label, ...]]) -> bool:
    named = any(label.kind in (Kind.MEASURE, Kind.GROUP, Kind.CORNER) for found in labels for label in found)
    return named and not any(is_value(cell) for cell in cells if cell)


def _last_run(cells: Sequence[str], labels: Sequence[tuple[Label, ...]]) -> range:
    """The places of the last head where it is repeated to the end of the row; empty where it is not."""
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    start = end - 1
    while start > 0 and cells[start - 1] == cells[end - 1]:
        start -= 1
    is_head = end > 0 and any(label.kind is Kind.MEASURE for label in labels[end - 1])
    return range(start, end) if is_head and end - start > 1 else range(0)


def _repeated_figures(cells: Sequence[str], span: range) -> set[int]:
    under = {cells[place] for place in span}
    return set(span[1:]) if len(under) == 1 and is_value(next(iter(under))) else set()


def _blanked(line: Paragraph, separator: str, places: set[int]) -> Paragraph:
    cells = line.text.split(separator)
    return replace(
        line, text=separator.join("" if place in places else cell for place, cell in enumerate(cells))
    )
