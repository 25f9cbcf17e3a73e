"""The tables of sections two, three and four as real HTML, with the spans of the national form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from pipeline.forms import Block, Form, Row
from pipeline.sample.markup import cell
from pipeline.sample.truth import Printed

_TOP = "一二三四五六七八九"


def tables(form: Form, printed: Mapping[str, Printed], *, word: bool) -> dict[str, tuple[str, str]]:
    """For each part of the form the title of its section and its tables.

    A cell that `printed` does not list shows 0. With `word` they look like pasted from a word processor: one
    table for all of section two, headers broken over two lines, every cell a paragraph of its own.
    """
    blocks = {part: [block for block in form.blocks if block.part == part] for part in _DRAWN}
    return {
        part: (blocks[part][0].title, draw(blocks[part], printed, word=word)) for part, draw in _DRAWN.items()
    }


def _table(rows: Sequence[str], *, word: bool) -> str:
    style = ' class="MsoNormalTable" border="0" cellspacing="0" width="640"' if word else ' border="1"'
    return f"<table{style}><tbody>" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "</tbody></table>"


def _figures(block: Block, row: Row, printed: Mapping[str, Printed]) -> list[str]:
    """What is printed in one row, column by column."""
    names = (f"{block.part}/{row.code}/{column.code}" for column in block.measures)
    return [printed[name].text if name in printed else "0" for name in names]


def _proactive(blocks: Sequence[Block], printed: Mapping[str, Printed], *, word: bool) -> str:
    """One table a block; pasted from a word processor all blocks make one table, as wide as the widest."""
    widest = max(len(block.measures) for block in blocks)
    drawn: list[list[str]] = []
    for block in blocks:
        width = widest if word else len(block.measures)
        last = width - len(block.measures) + 1
        heads = [column.label for column in block.measures]
        rows = [cell(block.caption or "", across=width + 1, word=word)]
        rows.append(cell("信息内容", word=word) + _stretched(heads, last, word=word, broken=word))
        for row in block.rows:
            label = " ".join(row.label) if word and len(row.label) == 2 else row.label
            rows.append(cell(label, word=word) + _stretched(_figures(block, row, printed), last, word=word))
        drawn.append(rows)
    if word:
        return _table([row for rows in drawn for row in rows], word=True)
    return "\n".join(_table(rows, word=False) for rows in drawn)


def _stretched(texts: Sequence[str], last: int, *, word: bool, broken: bool = False) -> str:
    """Cells of one row, of which the last is `last` columns wide."""
    *before, end = texts
    row = "".join(cell(text, word=word, broken=broken) for text in before)
    return row + cell(end, across=last, word=word, broken=broken)


def _matrix(blocks: Sequence[Block], printed: Mapping[str, Printed], *, word: bool) -> str:
    """Requests: three columns of labels, then the applicants, all but the outer two of them organisations."""
    (block,) = blocks
    put = partial(cell, word=word)
    head = partial(cell, word=word, broken=word)
    applicants, balance = block.corner
    first, *organisations, last = (column.label for column in block.measures)
    rows = [
        put(balance, across=3, down=3) + put(applicants, across=len(block.measures)),
        head(first, down=2) + put(block.group or "", across=len(organisations)) + head(last, down=2),
        "".join(head(label) for label in organisations),
    ]
    opened = ""
    for index, row in enumerate(block.rows):
        if row.code is None:
            opened += put(row.label, down=_rows_below(block.rows, index))
            continue
        figures = "".join(put(text) for text in _figures(block, row, printed))
        rows.append(opened + put(row.label, across=3 - _level(row)) + figures)
        opened = ""
    return _table(rows, word=word)


def _rows_below(rows: Sequence[Row], index: int) -> int:
    """How many rows of figures stand under a heading: all until the next label of its own level or above."""
    count = 0
    for row in rows[index + 1 :]:
        if _level(row) <= _level(rows[index]):
            break
        count += row.code is not None
    return count


def _level(row: Row) -> int:
    """The level that the number of a label tells: 0 for 一、 1 for （一） 2 for 1."""
    if row.label[0] in _TOP:
        return 0
    return 1 if row.label[0] == "（" else 2


def _disputes(blocks: Sequence[Block], printed: Mapping[str, Printed], *, word: bool) -> str:
    """Review and litigation: one row of figures under three rows of headers; all but the first sue."""
    (block,) = blocks
    put = partial(cell, word=word)
    head = partial(cell, word=word, broken=word)
    width = len(block.measures)
    labels = [column.label for column in block.measures]
    review, *litigation = block.rows
    rows = [
        put(review.label, across=width) + put(block.group or "", across=width * len(litigation)),
        "".join(head(label, down=2) for label in labels)
        + "".join(put(row.label, across=width) for row in litigation),
        "".join(head(label) for _ in litigation for label in labels),
        "".join(put(text) for row in block.rows for text in _figures(block, row, printed)),
    ]
    return _table(rows, word=word)


_DRAWN = {"proactive": _proactive, "requests": _matrix, "disputes": _disputes}
