"""Reading the heads of columns where only their order is left, as in flattened text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.grammar import Grammar
from pipeline.extract.labels import Kind, LabelIndex
from pipeline.extract.normalise import full_key, plain
from pipeline.extract.strips import Column, Header
from pipeline.extract.units import printed_unit
from pipeline.forms import Block

_PIECES = 4  # a head broken over more lines than this was not met
_SHORTEST_CUT = 3
_NOTE = re.compile(r"\([^()]*\)|单位:[^,，()]{1,6}")  # a head's unit on a line of its own
_SIDE = (Kind.CORNER, Kind.GROUP, Kind.CAPTION, Kind.HEADING, Kind.SERIAL)


def flat_header(heads: Sequence[str], grammar: Grammar) -> Header | None:
    """The header made of `heads`, the texts that stand between a caption and the first row.

    A head broken over lines is joined. Heads cut short (本年新 / 本年新) are resolved only where one block of the
    forms has these very heads in this order. None where no head of a form is found.
    """
    index = grammar.index
    serial = any(label.kind is Kind.SERIAL for head in heads for label in index.find(head))
    pieces = [head for head in heads if head.strip() and not _furniture(head, index)]
    columns = _joined(pieces, index)
    parts = [part for part, _ in columns if part is not None] + _column_groups(pieces, grammar)
    if not parts:
        return None
    part = max(sorted(set(parts)), key=parts.count)
    blocks = [block for block in grammar.blocks if block.part == part]
    found = [column for _, column in columns]
    if any(block.group for block in blocks):
        return _grouped(part, found, heads, blocks[0], index)
    found = _without_labels_side(found, blocks)
    if any(column.measure is None for column in found):
        resolved = {cut for block in blocks if (cut := _resolve_cut(found, block)) is not None}
        if len(resolved) == 1:
            return Header(part, resolved.pop())
    complete = all(column.measure for column in found) and len({column.measure for column in found}) == len(
        found
    )
    return Header(part, tuple(found), complete=complete, serial=serial)


def _without_labels_side(found: Sequence[Column], blocks: Sequence[Block]) -> list[Column]:
    """`found` without unknown heads before the first known one: they stand over labels, unless they are cut heads."""
    labels = [full_key(column.label) for block in blocks for column in block.measures]
    start = 0
    while start < len(found) and found[start].measure is None:
        head = full_key(found[start].head)
        if len(head) >= _SHORTEST_CUT and any(label.startswith(head) for label in labels):
            break
        start += 1
    return list(found[start:])


def _column_groups(pieces: Sequence[str], grammar: Grammar) -> list[str]:
    """The parts whose groups of columns are named in `pieces`, once a piece."""
    labels = [label for piece in pieces for label in grammar.index.find(piece)]
    return [label.part for label in labels if label.kind is Kind.ITEM and label.part in grammar.column_parts]


def _furniture(head: str, index: LabelIndex) -> bool:
    return any(label.kind in _SIDE for label in index.find(head))


def _joined(pieces: Sequence[str], index: LabelIndex) -> list[tuple[str | None, Column]]:
    """Columns from pieces: the longest run of pieces that is the label of a measure makes one column."""
    columns: list[tuple[str | None, Column]] = []
    start = 0
    while start < len(pieces):
        for length in range(min(_PIECES, len(pieces) - start), 0, -1):
            text = "".join(pieces[start : start + length])
            labels = index.find(text) if length == 1 else index.whole(text)
            found = [label for label in labels if label.kind is Kind.MEASURE]
            if found and (length == 1 or not _whole(pieces[start : start + length], index)):
                columns.append((found[0].part, Column(found[0].code, text, unit=printed_unit(text))))
                start += length
                break
        else:
            if columns and _NOTE.fullmatch(plain(pieces[start]).strip()):
                part, column = columns[-1]
                columns[-1] = (part, replace(column, unit=printed_unit(pieces[start])))
            else:
                columns.append((None, Column(None, pieces[start])))
            start += 1
    return columns


def _whole(pieces: Sequence[str], index: LabelIndex) -> bool:
    """Whether every piece is a head by itself, so that joining them would swallow columns."""
    return all(any(label.kind is Kind.MEASURE for label in index.exact(piece)) for piece in pieces)


def _grouped(
    part: str, found: Sequence[Column], heads: Sequence[str], block: Block, index: LabelIndex
) -> Header:
    """The header of a table with groups of columns: flattening mixes its lines, so the form's order holds.

    It is complete only where the heads that are left do not speak against that order, and `contrary` where they do.
    """
    own = [column.code for column in block.measures]
    seen = [column.measure for column in found if column.measure]
    if block.shape == "columns":
        columns = tuple(
            Column(measure.code, measure.label, item=row.code)
            for row in block.items
            for measure in block.measures
        )
        labels = [label for head in heads for label in index.find(head) if label.part == part]
        items = [label.code for label in labels if label.kind is Kind.ITEM]
        above = [label.code for label in labels if label.kind is Kind.GROUP or label.code in block.ungrouped]
        ordered = (
            _in_order(seen, own * len(block.items))
            and _in_order(items, [row.code for row in block.items])
            and _in_order(above, [*block.ungrouped, full_key(block.group or "")])
        )
        return Header(part, columns, complete=ordered, contrary=not ordered)
    # Pieces of a head that a PDF prints on two lines do not add a column; whole unknown heads may.
    words = full_key("".join(column.label for column in block.measures))
    unknown = [column for column in found if column.measure is None and full_key(column.head) not in words]
    first, *middle, last = own
    # The form prints the first and the last head a line above the others; a copy may give them their place. With the
    # total printed before all others it may stand before them too: then only rows that add up show that it does not.
    usual = ([first, *middle, last], [first, last, *middle], [*middle, first, last])
    ordered = any(_in_order(seen, order) for order in usual)
    contrary = not ordered and not _in_order(seen, [last, first, *middle])
    columns = tuple(Column(measure.code, measure.label) for measure in block.measures)
    return Header(part, columns, complete=not unknown and ordered and len(seen) > 1, contrary=contrary)


def _in_order(seen: Sequence[str | None], order: Sequence[str | None]) -> bool:
    """Whether `seen` is `order` with some left out."""
    rest = iter(order)
    return all(one in rest for one in seen)


def _resolve_cut(found: Sequence[Column], block: Block) -> tuple[Column, ...] | None:
    """`found` with cut heads made whole by `block`, None where they do not agree with it in number and order."""
    if len(found) != len(block.measures) or not any(column.measure for column in found):
        return None
    columns = []
    for column, measure in zip(found, block.measures, strict=True):
        head = full_key(column.head)
        cut = (
            column.measure is None and len(head) >= _SHORTEST_CUT and full_key(measure.label).startswith(head)
        )
        if column.measure != measure.code and not cut:
            return None
        columns.append(Column(measure.code, column.head, unit=column.unit))
    return tuple(columns)
