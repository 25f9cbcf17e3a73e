"""Which label of the forms a printed text is.

A text is compared whole, after normalisation, with every label and declared alias; then without what stands in
brackets; then up to a colon, for labels that carry their definition; and last by one changed character, where no
other label is as near. One text may be several labels (其他 is a column and a row): the place decides, not this
module.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pipeline.extract.normalise import full_key, loose_key, plain
from pipeline.forms import Block, Forms

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


@dataclass(frozen=True, slots=True)
class Label:
    """One meaning of a printed text: the part of the form it belongs to, and the code of the item or measure."""

    kind: Kind
    part: str
    code: str


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
        self._captions = {
            key: labels
            for key, labels in self._labels.items()
            if any(label.kind is Kind.CAPTION for label in labels)
        }
        self._halves: dict[tuple[int, str], list[str]] = {}
        for key in self._labels:
            if len(key) >= _FUZZY_LENGTH:
                for half in {key[: len(key) // 2], key[-(len(key) // 2) :]}:
                    self._halves.setdefault((len(key), half), []).append(key)
        self._cache: dict[str, tuple[Label, ...]] = {}
        self.longest = max(map(len, self._labels))

    def exact(self, text: str) -> tuple[Label, ...]:
        """The meanings of `text` by its own words or a declared alias; empty where it is no label."""
        if len(text) > _LONGEST:
            return ()
        return self._labels.get(full_key(text)) or self._labels.get(loose_key(text)) or ()

    def whole(self, text: str) -> tuple[Label, ...]:
        """The meanings of `text` with all its words, brackets included."""
        return self._labels.get(full_key(text), ())

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
        head, colon, definition = plain(text).partition(":")
        if colon and definition.strip() and (found := self.exact(head)):
            return found
        if caption := self._caption(text):
            return caption
        if len(text) > _LONGEST:
            return ()
        return self._nearest(loose_key(text))

    def _caption(self, text: str) -> tuple[Label, ...]:
        """A caption with the name of the Regulation put before it."""
        if len(text) > _LONGEST_CAPTION:
            return ()
        key = full_key(text)
        endings = (found for caption, found in self._captions.items() if key.endswith(caption))
        return next(endings, ())

    def _nearest(self, key: str) -> tuple[Label, ...]:
        """The meanings of the labels one character away, if they all mean the same."""
        near = {
            other for other in self._similar(key) if within_one(key, other) and _digits(key) == _digits(other)
        }
        meanings = {self._labels[other] for other in near}
        return meanings.pop() if len(meanings) == 1 else ()

    def _similar(self, key: str) -> Iterator[str]:
        """The labels that share a half with `key`: one changed character leaves one half of a label whole."""
        for length in (len(key) - 1, len(key), len(key) + 1):
            half = length // 2
            yield from self._halves.get((length, key[:half]), ())
            yield from self._halves.get((length, key[-half:] if half else ""), ())


def _digits(key: str) -> str:
    """The digits of a key: a figure run together with its label is no slip of the pen."""
    return "".join(character for character in key if character.isdigit())


def within_one(left: str, right: str) -> bool:
    """Whether one character put in, left out or changed makes `left` into `right`."""
    if abs(len(left) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    if len(left) == len(right):
        return left[start + 1 :] == right[start + 1 :]
    if len(left) > len(right):
        return left[start + 1 :] == right[start:]
    return left[start:] == right[start + 1 :]


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
    if block.caption:
        yield block.caption, Label(Kind.CAPTION, block.part, full_key(block.caption))
