"""Cutting flattened text into printed things: pipe rows, tab rows, one cell per line, columns of blanks, or fused.

Nothing is interpreted beyond the question whether a text is a label, a value or something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.labels import Label, LabelIndex
from pipeline.extract.markdown import unmarked
from pipeline.extract.normalise import plain
from pipeline.extract.numerals import is_value
from pipeline.extract.record import Where
from pipeline.extract.repeats import without_repeats
from pipeline.extract.strips import Mark
from pipeline.read.blocks import Paragraph

_VALUE = re.compile(
    r"(?:[+\-−]{1,2}|增加?\s?|减少?\s?)?[0-9][0-9,.]*(?:\s?\(?(?:万元|亿元|元|万|件|条|项|个|次|人次|篇)\)?)?"
    r"|[/\\]|[-—–―－]{1,4}|无(?![\u4e00-\u9fff])"
)
# A note behind a label, but not the number of the next one: 行政处罚 (含授权组织), 申请办结数 (三)申请答复数.
_NOTE = re.compile(r"\s*\((?![一二三四五六七八九十0-9]{1,3}\))[^()]{1,80}\)|\s*20[0-9]{2}年度?(?=\s|$)")
_BEHIND_NUMBER = (".", "．", "、", ")", "）")
_PAGE_NUMBER = re.compile(r"[-—–]\s*[0-9]{1,3}\s*[-—–]|第\s*[0-9]+\s*页(?:[\s,，]*共\s*[0-9]+\s*页)?")
_FIGURE = re.compile(r"[0-9][0-9,.]*(?=\s)")
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_WIDE_GAP = re.compile(r"\s{2,}|\t")
_GAP = re.compile(r"\s+")
_LEXED = 4000  # a longer line is lexed in its beginning only; no table of these forms is longer on one line
_LONGEST_CELL = 40  # words longer than this are prose, not a cell
_CLOSING = ")”’》】"
_SECTION = re.compile(r"\s*[一二三四五六七八九]\s*、")
_CLOSED = re.compile(r"[|\s]$|^$")  # how a line ends behind a thing that is printed whole


@dataclass(frozen=True, slots=True)
class Token:
    """One printed thing of flattened text. `labels` are the meanings it may have as a label, if any."""

    text: str
    where: Where
    mark: Mark
    labels: tuple[Label, ...] = ()
    fused: bool = False
    prose: bool = False
    row: int | None = None  # the printed row, where the layout keeps rows apart
    padding: bool = False  # nothing at all between two pipes


@dataclass(frozen=True, slots=True)
class Flattened:
    """The printed things of a stretch of text and what its layout tells about blank cells."""

    tokens: tuple[Token, ...]
    blanks_stand: bool  # blank cells are kept, and stand where they stand on the page
    gap: bool  # blanks right behind a label may belong to the label
    torn: bool  # nothing stands behind the last thing, so that it may be a part of one


def flattened(lines: Sequence[Paragraph], index: LabelIndex) -> Flattened:
    """The tokens of `lines`, by the separator that the text uses."""
    lines = unmarked(lines)
    texts = [line.text for line in lines]
    torn = bool(texts) and not _CLOSED.search(texts[-1])
    piped = sum("|" in text for text in texts)
    tabbed = [text for text in texts if "\t" in text.rstrip()]
    celled = sum(
        text.startswith("\t") and "\t" not in text[1:].rstrip() for text in texts if text.strip() or text
    )
    if piped >= 2:
        rows = without_repeats(lines, "|", index)
        return Flattened(tuple(_piped(rows, index)), blanks_stand=False, gap=False, torn=torn)
    if celled >= 5 and celled * 2 > len(tabbed):
        return Flattened(tuple(_one_cell_a_line(lines, index)), blanks_stand=True, gap=False, torn=torn)
    if len(tabbed) >= 2:
        rows = without_repeats(lines, "\t", index)
        return Flattened(tuple(_tabbed(rows, index)), blanks_stand=True, gap=True, torn=torn)
    return Flattened(tuple(_plain_lines(lines, index)), blanks_stand=False, gap=False, torn=torn)


def _piped(lines: Sequence[Paragraph], index: LabelIndex) -> Iterator[Token]:
    """Cells end at pipes, wherever the line breaks; a line of prose between pipe rows is a cell of its own lines."""
    framed = _framed(lines)
    open_lines: list[tuple[str, int]] = []
    count = 0
    for line in lines:
        pieces = line.text.split("|")
        if framed and len(pieces) > 2 and not pieces[0].strip() and not any(text for text, _ in open_lines):
            del pieces[0], open_lines[:]
        for piece in pieces[:-1]:
            open_lines.append((piece, line.number))
            count += 1
            yield from _cell(open_lines, count, index, closed=True)
            open_lines = []
        open_lines.append((pieces[-1], line.number))
        if len(pieces) > 1:
            count = 0
    yield from _cell(open_lines, count + 1, index, closed=False)


def _framed(lines: Sequence[Paragraph]) -> bool:
    """Whether rows begin with a pipe of their own, which ends no cell: a blank one is not to be seen in it."""
    rows = [line.text.strip() for line in lines if "|" in line.text and line.text.replace("|", "").strip()]
    return 2 * sum(row.startswith("|") for row in rows) > len(rows)


def _cell(lines: list[tuple[str, int]], column: int, index: LabelIndex, *, closed: bool) -> Iterator[Token]:
    printed = [(text.strip(), number) for text, number in lines if text.strip()]
    if not printed:
        if closed:
            padding = not any(text for text, _ in lines)
            yield Token("", Where(line=lines[-1][1], column=column), Mark.BLANK, padding=padding)
        return
    whole = "\n".join(text for text, _ in printed)
    where = Where(line=printed[0][1], column=column)
    if len(printed) > 1 and (index.find(whole) or is_value(whole)):
        yield _token(whole, where, index)
        return
    for text, number in printed:
        if not _PAGE_NUMBER.fullmatch(text):
            yield _token(text, Where(line=number, column=column), index)


def _one_cell_a_line(lines: Sequence[Paragraph], index: LabelIndex) -> Iterator[Token]:
    """A cell starts with a tab; lines without one go on inside it; an empty line ends the row."""
    cell: list[str] = []
    start = row = column = 0
    for line in lines:
        if line.text.startswith("\t"):
            if cell:
                yield _token("\n".join(cell).strip(), Where(line=start, column=column), index, row)
            cell, start, column = [line.text[1:]], line.number, column + 1
        elif cell and line.text.strip() and not (is_value("\n".join(cell)) and _SECTION.match(line.text)):
            cell.append(line.text)
        else:
            if cell:
                yield _token("\n".join(cell).strip(), Where(line=start, column=column), index, row)
            cell, column, row = [], 0, row + 1
            if line.text.strip():
                yield from _lexed(line.text, Where(line=line.number), index)
    if cell:
        yield _token("\n".join(cell).strip(), Where(line=start, column=column), index, row)


def _tabbed(lines: Sequence[Paragraph], index: LabelIndex) -> Iterator[Token]:
    for line in lines:
        if "\t" not in line.text:
            yield from _lexed(line.text, Where(line=line.number), index)
            continue
        for column, cell in enumerate(line.text.split("\t"), 1):
            yield _token(cell.strip(), Where(line=line.number, column=column), index, line.number)


def _plain_lines(lines: Sequence[Paragraph], index: LabelIndex) -> Iterator[Token]:
    for line in lines:
        text = line.text.strip()
        if not text or _PAGE_NUMBER.fullmatch(text):
            continue
        if index.exact(text) or is_value(text):
            yield _token(text, Where(line=line.number, column=1), index)
            continue
        column = 0
        for cell in _WIDE_GAP.split(text):
            for token in _lexed(cell, Where(line=line.number), index):
                column += 1
                yield replace(token, where=Where(line=line.number, column=column))


def _token(text: str, where: Where, index: LabelIndex, row: int | None = None) -> Token:
    if not text:
        return Token("", where, Mark.BLANK, row=row)
    if is_value(text):
        return Token(text, where, Mark.VALUE, row=row)
    labels = index.find(text)
    return Token(text, where, Mark.TEXT, labels, prose=not labels and _sentence(text), row=row)


def _sentence(text: str) -> bool:
    return len(text) > _LONGEST_CELL or "。" in text


def _lexed(text: str, where: Where, index: LabelIndex) -> Iterator[Token]:
    """The labels and values of one text, as far as it consists of them; the rest as words."""
    text = text.strip()
    if not text or _PAGE_NUMBER.fullmatch(text):
        return
    if is_value(text) or index.find(text):
        yield _token(text, where, index)
        return
    tokens = list(_lex(plain(text)[:_LEXED], where, index))
    if sum(token.mark is Mark.VALUE or bool(token.labels) for token in tokens) >= 1 and not _is_prose(tokens):
        yield from tokens
    else:
        yield Token(text, where, Mark.TEXT, prose=_sentence(text))


def _is_prose(tokens: Sequence[Token]) -> bool:
    """Whether words outweigh labels and values: a sentence that happens to begin with a label."""
    words = sum(len(token.text) for token in tokens if token.mark is Mark.TEXT and not token.labels)
    known = sum(len(token.text) for token in tokens if token.mark is Mark.VALUE or token.labels)
    return words > 2 * known


def _lex(text: str, where: Where, index: LabelIndex) -> Iterator[Token]:
    position = 0
    fused = False
    while position < len(text):
        if gap := _GAP.match(text, position):
            position, fused = gap.end(), False
            continue
        end = 0 if _FIGURE.match(text, position) else _label_end(text, position, index)
        if end:
            label = text[position:end]
            note = _NOTE.match(text, end)
            position = note.end() if note else end
            yield Token(label, where, Mark.TEXT, index.exact(label))
            fused = True
            continue
        if (match := _VALUE.match(text, position)) and _ends(text, match.end(), index):
            yield Token(
                match.group(), where, Mark.VALUE if is_value(match.group()) else Mark.TEXT, fused=fused
            )
            position, fused = match.end(), False
            continue
        gap = _GAP.search(text, position)
        end = gap.start() if gap else len(text)
        yield Token(text[position:end], where, Mark.TEXT)
        position, fused = end, False


def _ends(text: str, position: int, index: LabelIndex) -> bool:
    """Whether a value may end here: at a gap, at the end, or right before a label."""
    return position >= len(text) or text[position].isspace() or bool(_label_end(text, position, index))


def _label_end(text: str, start: int, index: LabelIndex) -> int:
    """Where the longest label that starts at `start` ends; 0 where none does."""
    for last in reversed(index.ends(text, start)):
        end = last
        while end < len(text) and text[end] in _CLOSING:
            end += 1
        if _label_may_end(text, end, index):
            return end
    return 0


def _label_may_end(text: str, end: int, index: LabelIndex) -> bool:
    """Whether a label may end before `end`: never within a longer word (其他 in 其他需要报告的事项)."""
    if end >= len(text) or not _WORD.match(text[end]):
        return True
    return bool(_label_end(text, end, index))


def without_loose_numbers(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """`tokens` without numbers that a line break has parted from their label (`1` and `．当面申请数`)."""
    behind = [*tokens[1:], None]
    return tuple(
        token
        for token, after in zip(tokens, behind, strict=True)
        if not (
            token.mark is Mark.VALUE
            and after is not None
            and after.mark is Mark.TEXT
            and after.text[:1] in _BEHIND_NUMBER
        )
    )
