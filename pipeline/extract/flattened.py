"""Rows of the forms in flattened text: the machine that walks over its tokens.

A label opens a row, what follows up to the next label belongs to it. Heads are gathered between a caption or corner
and the first row. Nothing outside such a stretch is taken: a sentence that names 规章 opens no row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.grammar import Grammar
from pipeline.extract.headers import flat_header
from pipeline.extract.labels import Kind, Label
from pipeline.extract.normalise import plain
from pipeline.extract.record import Where
from pipeline.extract.strips import LOCAL, Header, Mark, Printed, Strip
from pipeline.extract.tokens import Flattened, Token, flattened, without_loose_numbers
from pipeline.extract.units import printed_unit
from pipeline.read.blocks import Paragraph

_SECTION = re.compile(r"^\s*[一二三四五六七八九]\s*、")
_JOINED = 6  # pieces of one label broken over lines


def read_flattened(
    lines: Sequence[Paragraph], grammar: Grammar, *, open_end: bool = False
) -> tuple[list[Strip], set[int]]:
    """The rows found in `lines`, in order, and the numbers of the lines that belong to tables.

    With `open_end` the text may have been cut off within its last word: 1 may be what is left of 10, or of the number
    of the next row. It is not taken then, unless it is a zero, which no number goes on behind, or a sum.
    """
    text = flattened(lines, grammar.index)
    text = replace(text, torn=text.torn and open_end)
    machine = _Machine(replace(text, tokens=without_loose_numbers(text.tokens)), grammar)
    machine.run()
    return machine.strips, machine.lines


class _Machine:
    def __init__(self, text: Flattened, grammar: Grammar) -> None:
        self._text = text
        self._grammar = grammar
        self._index = grammar.index
        self._order = grammar.order
        self.strips: list[Strip] = []
        self.lines: set[int] = set()
        self._heads: list[str] | None = (
            None  # gathered since a caption or corner; None outside such a stretch
        )
        self._header: Header | None = None
        self._active = False  # inside a table: labels open rows
        self._labels: tuple[Label, ...] = ()  # the row that is open
        self._label_text = ""
        self._printed: list[Printed] = []
        self._unit: str | None = None
        self._row: int | None = None
        self._where = Where()
        self._seen: dict[str, Header] = {}  # the last header of each part, for rows that lost theirs
        self._last: Label | None = None

    def run(self) -> None:
        tokens = self._text.tokens
        place = 0
        while place < len(tokens):
            labels, length = self._label_at(place)
            labels = self._in_context(labels, place + length)
            if labels:
                taken = {token.where.line or 0 for token in tokens[place : place + length]}
                self._meet_label(labels, _merged(tokens[place : place + length]))
                place += length
            else:
                taken = {tokens[place].where.line or 0}
                self._meet_other(place)
                place += 1
            if self._active:
                self.lines |= taken
        self._close(cut=True)

    def _in_context(self, labels: tuple[Label, ...], behind: int) -> tuple[Label, ...]:
        """`labels` as far as they can stand here; `behind` is the place after them.

        Below the first row a head alone with figures behind it is none: it is the label of a row of the organ's own.
        """
        standing = self._order.standing(labels, self._last)
        tokens = self._text.tokens
        figures = behind < len(tokens) and tokens[behind].mark is not Mark.TEXT
        below = self._last is not None and self._heads is None and standing != labels
        if below and figures and all(label.kind is Kind.MEASURE for label in standing):
            return ()
        return standing

    def _label_at(self, place: int) -> tuple[tuple[Label, ...], int]:
        """The label at `place` and the number of tokens it takes: the longest run of tokens that is a label."""
        tokens = self._text.tokens
        joined, length = "", 0
        best: tuple[Label, ...] = ()
        for count in range(1, _JOINED + 1):
            if place + count > len(tokens) or tokens[place + count - 1].mark is not Mark.TEXT:
                break
            joined += tokens[place + count - 1].text
            if not self._index.begins(joined):
                break
            found = tokens[place].labels if count == 1 else self._index.whole(joined)
            if found and (count == 1 or not all(token.labels for token in tokens[place : place + count])):
                best, length = found, count
        return best, length

    def _meet_label(self, labels: tuple[Label, ...], token: Token) -> None:
        text = token.text
        kinds = {label.kind for label in labels}
        if kinds & {Kind.CAPTION, Kind.CORNER, Kind.SERIAL}:
            self._close()
            self._active = True
            if self._heads is None or Kind.CAPTION in kinds:
                self._heads = []
            if Kind.SERIAL in kinds:
                self._heads.append(text)
            return
        if kinds <= {Kind.HEADING, Kind.GROUP}:
            self._meet_heading(text, kinds)
            return
        item = Kind.ITEM in kinds
        if Kind.MEASURE in kinds and (not item or self._heads is not None):
            self._close()
            if self._heads is None:
                self._heads = []
            self._heads.append(text)
            return
        part = self._columns_part(labels)
        if part:
            self._close()
            if self._heads is None:
                self._heads = []
            self._heads.append(text)
            self._active = True
            return
        if item:
            self._open(labels, token)

    def _meet_heading(self, text: str, kinds: set[Kind]) -> None:
        if Kind.GROUP in kinds:
            self._close()
            if self._heads is None:
                self._heads = []
            self._heads.append(text)
            self._active = True
        elif self._active:
            self._settle_header()
            self._close()

    def _columns_part(self, labels: tuple[Label, ...]) -> str | None:
        """The part of a table whose rows are groups of columns, when `labels` name such a group."""
        parts = {label.part for label in labels if label.kind is Kind.ITEM}
        found = parts & self._grammar.column_parts
        return found.pop() if found and parts == found else None

    def _open(self, labels: tuple[Label, ...], token: Token) -> None:
        self._settle_header()
        self._close()
        self._active = True
        self._labels = tuple(label for label in labels if label.kind is Kind.ITEM)
        self._label_text, self._row, self._where = token.text, token.row, token.where
        self._unit = printed_unit(token.text)

    def _settle_header(self) -> None:
        if self._heads is not None:
            found = flat_header(self._heads, self._grammar)
            if found is not None:
                self._header = found
            self._heads = None

    def _meet_other(self, place: int) -> None:
        token = self._text.tokens[place]
        if token.mark is Mark.TEXT and (token.prose or _SECTION.match(token.text)):
            if self._heads is not None and not self._labels and not _SECTION.match(token.text):
                return
            self._close()
            self._heads, self._header, self._active = None, None, False
            return
        if not self._active:
            return
        if self._labels:
            self._meet_printed(token)
        elif self._heads is not None:
            self._meet_in_heads(place)

    def _meet_printed(self, token: Token) -> None:
        if token.row != self._row:
            if token.mark is Mark.BLANK:
                return
            if token.row is not None:
                self._close()
        if token.mark is Mark.TEXT and self._grammar.is_unit(token.text):
            if self._unit is not None:
                self._close()  # a second unit belongs to a row whose label is lost
            self._unit = plain(token.text)
        elif self._labels and self._begins_local_row(token):
            self._open((Label(Kind.ITEM, self._labels[0].part, LOCAL + token.text),), token)
        elif self._labels:
            self._printed.append(_printed(token))

    def _begins_local_row(self, token: Token) -> bool:
        """Whether words behind a row that is full already are the label of a row added by the organ."""
        filled = sum(printed.mark is not Mark.BLANK for printed in self._printed)
        header = self._header
        return (
            token.mark is Mark.TEXT
            and header is not None
            and header.complete
            and filled == len(header.columns)
        )

    def _meet_in_heads(self, place: int) -> None:
        token = self._text.tokens[place]
        heads = self._heads if self._heads is not None else []
        run_together = set(token.text) == {"0"} and len(token.text) > 1
        if token.mark is Mark.TEXT and not run_together:
            heads.append(token.text)
        elif token.mark is not Mark.BLANK:
            header = flat_header(heads, self._grammar)
            if header is not None and header.part in self._grammar.column_parts:
                self._header, self._heads, self._row = header, None, token.row
                self._labels = (Label(Kind.ITEM, header.part, ""),)
                row = [*self._blanks_before(place), token]
                self._where = row[0].where
                self._printed = [_printed(thing) for thing in row]

    def _blanks_before(self, place: int) -> list[Token]:
        """The blank cells that stand before `place` in the same printed row."""
        tokens = self._text.tokens
        row = tokens[place].row
        start = place
        while (
            row is not None
            and start
            and tokens[start - 1].mark is Mark.BLANK
            and tokens[start - 1].row == row
        ):
            start -= 1
        return list(tokens[start:place])

    def _close(self, *, cut: bool = False) -> None:
        if self._labels:
            self._emit(cut=cut)
        self._labels, self._label_text, self._printed, self._unit = (), "", [], None

    def _emit(self, *, cut: bool) -> None:
        label = self._order.choose(self._labels, self._header.part if self._header else None, self._last)
        if label is None:
            part = self._labels[0].part
            self.strips.append(Strip(part, "", self._label_text, None, None, (), self._where, nameless=True))
            return
        local = label.code.startswith(LOCAL)
        if local and all(printed.mark is Mark.BLANK for printed in self._printed):
            return
        header = (
            self._header if self._header and self._header.part == label.part else self._seen.get(label.part)
        )
        self.strips.append(
            Strip(
                part=label.part,
                item=label.code,
                label=self._label_text,
                unit=self._unit,
                header=header,
                printed=tuple(self._printed),
                where=self._where,
                local=local,
                cut=cut,
                torn=cut and self._text.torn,
                blanks_stand=self._text.blanks_stand,
                gap=self._text.gap and label.code != "",
            )
        )
        if header is not None:
            self._seen[label.part] = header
        if not local:
            self._last = label


def _printed(token: Token) -> Printed:
    return Printed(token.mark, token.text, token.where, token.fused, token.padding)


def _merged(tokens: Sequence[Token]) -> Token:
    return replace(tokens[0], text="".join(token.text for token in tokens))
