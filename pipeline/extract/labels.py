"""Which label of the forms a printed text is.

A text is compared whole, after normalisation, with every label and declared alias; then without what stands in
brackets; then up to a colon, for labels that carry their definition; and last by one changed character, where no
other label is as near. One text may be several labels (其他 is a column and a row): the place decides, not this
module.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from pipeline.extract.normalise import full_key, loose_key, number, numbering_end, plain
from pipeline.extract.units import printed_unit
from pipeline.forms import Block, Forms

_SHORT = 2  # labels of so few characters stand for themselves only with their number
# A changed character that changes what is counted is no slip: 上年 for 本年, 不属于 for 属于, 收入 for 收费.
_MEANINGFUL = frozenset("上去前本今年季月旬半不未非无没免出入增减")
_FIXED = _MEANINGFUL | frozenset("0123456789")  # a figure run together with its label is no slip either
_FUZZY_LENGTH = 6  # shorter labels differ from one another by a character or two: 行政处罚, 行政处理
_LONGEST_CAPTION = 60
_LONGEST = 400  # a longer text is prose, never a label


class Kind(StrEnum):
    ITEM = "item"
    MEASURE = "measure"
    HEADING = "heading"
    GROUP = "group"
    CORNER = "corner"
    CAPTION = "caption"
    SERIAL = "serial"


@dataclass(frozen=True, slots=True)
class Label:
    """One meaning of a printed text: the part of the form it belongs to, and the code of the item or measure.

    `placed` marks a label too short to stand for itself (其他, 总计) and printed without its number: it is that row
    only right behind the row that the form has before it.
    """

    kind: Kind
    part: str
    code: str
    placed: bool = False


class LabelIndex:
    """All labels of all forms, ready to be looked up."""

    def __init__(self, forms: Forms) -> None:
        self._labels: dict[str, tuple[Label, ...]] = {}
        for form in forms.forms:
            for block in form.blocks:
                for text, label in _labels(block):
                    for key in {full_key(text), loose_key(text)}:
                        known = self._labels.get(key, ())
                        if key and label not in known:
                            self._labels[key] = (*known, label)
        self._numbers = {
            Label(Kind.ITEM, block.part, row.code or ""): number(row.label)
            for form in forms.forms
            for block in form.blocks
            for row in block.items
            if len(full_key(row.label)) <= _SHORT and number(row.label)
        }
        self._captions = {
            key: labels
            for key, labels in self._labels.items()
            if any(label.kind is Kind.CAPTION for label in labels)
        }
        self._under = {
            Label(Kind.HEADING, block.part, full_key(above.label)): f"{row.code.partition('.')[0]}."
            for form in forms.forms
            for block in form.blocks
            for above, row in pairwise(block.rows)
            if above.code is None and row.code is not None and "." in row.code
        }  # what the codes of the rows under a heading begin with
        self._halves: dict[tuple[int, str], list[str]] = {}
        for key in self._labels:
            if len(key) >= _FUZZY_LENGTH:
                for half in {key[: len(key) // 2], key[-(len(key) // 2) :]}:
                    self._halves.setdefault((len(key), half), []).append(key)
        self._beginnings = {key[:length] for key in self._labels for length in range(1, len(key) + 1)}
        self._cache: dict[str, tuple[Label, ...]] = {}
        self.longest = max(map(len, self._labels))

    def exact(self, text: str) -> tuple[Label, ...]:
        """The meanings of `text` by its own words or a declared alias; empty where it is no label."""
        if len(text) > _LONGEST:
            return ()
        found = self._labels.get(full_key(text)) or self._labels.get(loose_key(text)) or ()
        return self._numbered(text, found)

    def _numbered(self, text: str, found: tuple[Label, ...]) -> tuple[Label, ...]:
        """`found` without rows that bear another number than the one printed, where the words alone are too few."""
        if not found or len(loose_key(text)) > _SHORT:
            return found
        printed = number(text)
        fitting = []
        for label in found:
            own = self._numbers.get(label)
            if own is None or printed == own:
                fitting.append(label)
            elif not printed:
                fitting.append(replace(label, placed=True))
        return tuple(fitting)

    def begins(self, text: str) -> bool:
        """Whether `text` is a label printed with all its words, or the beginning of one, or a label otherwise."""
        return full_key(text) in self._beginnings or bool(self.find(text))

    def ends(self, text: str, start: int) -> list[int]:
        """Where the labels that begin at `start` of `text`, in plain form, may end: the longest last.

        They are printed with all their words, or with none of those in brackets.
        """
        found: list[int] = []
        key = ""
        for place in range(numbering_end(text, start), len(text)):
            character = text[place]
            if character.isalnum() or character in "/%":
                key += character
                if key not in self._beginnings:
                    break
                if self._numbered(text[start : place + 1], self._labels.get(key, ())):
                    found.append(place + 1)
        return found

    def whole(self, text: str) -> tuple[Label, ...]:
        """The meanings of `text` with all its words, brackets included."""
        return self._numbered(text, self._labels.get(full_key(text), ()))

    def find(self, text: str) -> tuple[Label, ...]:
        """The meanings of `text`, with definitions cut off and one changed character forgiven."""
        if text not in self._cache:
            if len(self._cache) > 65_536:
                self._cache.clear()
            self._cache[text] = self._find(text)
        return self._cache[text]

    def _find(self, text: str) -> tuple[Label, ...]:
        if found := self.exact(text):
            return found
        head, colon, behind = plain(text).partition(":")
        # The colon of a unit, （单位：万元）, follows no label.
        is_definition = behind.strip() and head.count("(") == head.count(")") and not printed_unit(text)
        if colon and is_definition and (found := self.exact(head)):
            return found
        if caption := self._caption(text):
            return caption
        if len(text) > _LONGEST:
            return ()
        return self._behind_heading(plain(text)) or self._nearest(loose_key(text))

    def _behind_heading(self, text: str) -> tuple[Label, ...]:
        """The rows that `text` names with their heading before them: （三）不予公开1.属于国家秘密."""
        for end in self.ends(text, 0):
            codes = [self._under[label] for label in self.exact(text[:end]) if label in self._under]
            rows = self.exact(text[end:]) if codes else ()
            found = tuple(
                label for label in rows if label.kind is Kind.ITEM and label.code.startswith(codes[0])
            )
            if found:
                return found
        return ()

    def _caption(self, text: str) -> tuple[Label, ...]:
        """A caption with the name of the Regulation put before it."""
        if len(text) > _LONGEST_CAPTION:
            return ()
        key = full_key(text)
        endings = (found for caption, found in self._captions.items() if key.endswith(caption))
        return next(endings, ())

    def _nearest(self, key: str) -> tuple[Label, ...]:
        """The meanings of the labels one character away, if they all mean the same.

        Those that begin with the text are as near, for it may be a line of one: 维持具体行政行为或 is of
        维持具体行政行为或者驳回原告诉讼请求数, and no slip of 维持具体行政行为数.
        """
        near = {
            other
            for other in self._similar(key)
            if (changed := difference(key, other)) is not None and not changed & _FIXED
        }
        if len(key) > _SHORT and key in self._beginnings:
            near |= {other for other in self._labels if other.startswith(key)}
        meanings = {self._labels[other] for other in near}
        return meanings.pop() if len(meanings) == 1 else ()

    def _similar(self, key: str) -> Iterator[str]:
        """The labels that share a half with `key`: one changed character leaves one half of a label whole."""
        for length in (len(key) - 1, len(key), len(key) + 1):
            half = length // 2
            yield from self._halves.get((length, key[:half]), ())
            yield from self._halves.get((length, key[-half:] if half else ""), ())


def difference(left: str, right: str) -> frozenset[str] | None:
    """The characters in which `left` and `right` differ, where one put in, left out or changed makes them equal.

    None where it takes more than one.
    """
    if abs(len(left) - len(right)) > 1:
        return None
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    ends = {
        0: (start + 1, start + 1),
        1: (start + 1, start),
        -1: (start, start + 1),
    }[len(left) - len(right)]
    if left[ends[0] :] != right[ends[1] :]:
        return None
    return frozenset(left[start : ends[0]] + right[start : ends[1]])


def _labels(block: Block) -> Iterator[tuple[str, Label]]:
    for column in block.measures:
        for text in (column.label, *column.aliases):
            yield text, Label(Kind.MEASURE, block.part, column.code)
    for row in block.rows:
        for text in (row.label, *row.aliases):
            if row.code is None:
                yield text, Label(Kind.HEADING, block.part, full_key(row.label))
            else:
                yield text, Label(Kind.ITEM, block.part, row.code)
    if block.group:
        yield block.group, Label(Kind.GROUP, block.part, full_key(block.group))
    for text in block.corner:
        yield text, Label(Kind.CORNER, block.part, full_key(text))
    for text in block.serial:
        yield text, Label(Kind.SERIAL, block.part, full_key(text))
    if block.caption:
        yield block.caption, Label(Kind.CAPTION, block.part, full_key(block.caption))
