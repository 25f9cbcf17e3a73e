"""Tables that office programs hold apart and a person sees as one: heads in one, the figures under them in the next.

Typists part a table so that a page can end in it. Nothing then stands between the two but empty lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.read.dom import Line, Table, TableCell

_WORDS = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")


def continued(items: Sequence[Line | Table]) -> list[Line | Table]:
    """The items, with tables of figures alone as the rows below the table of heads right before them, where both have
    the same columns. Tables with words of their own, and below tables with figures, are left as they are.
    """
    found: list[Line | Table] = []
    for item in items:
        above = found[-1] if found else None
        if isinstance(item, Table) and isinstance(above, Table) and _goes_on(above, item):
            found[-1] = Table(above.node, above.hidden, [[*_rows(above), *_rows(item)]])
        else:
            found.append(item)
    return found


def _goes_on(above: Table, below: Table) -> bool:
    heads, figures = " ".join(_texts(above)), " ".join(_texts(below))
    return (
        _WORDS.search(heads) is not None
        and _DIGIT.search(heads) is None
        and _DIGIT.search(figures) is not None
        and _WORDS.search(figures) is None
        and _columns(above) == _columns(below) > 1
    )


def _rows(table: Table) -> Iterator[list[TableCell]]:
    return (row for group in table.groups for row in group)


def _columns(table: Table) -> int:
    """How many columns the first row spans: no cell of a row above reaches into it."""
    first = next(_rows(table), [])
    return sum(cell.colspan for cell in first)


def _texts(table: Table) -> Iterator[str]:
    for row in _rows(table):
        for cell in row:
            for item in cell.items:
                if isinstance(item, Line):
                    yield item.text
                else:
                    yield from _texts(item)
