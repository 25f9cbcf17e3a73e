"""The order of rows in the forms, which tells apart labels that stand in several rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.extract.labels import Kind, Label
from pipeline.forms import Forms


class RowOrder:
    """Chooses the meaning of a row's label by the row before it."""

    def __init__(self, forms: Forms) -> None:
        self._place: dict[Label, int] = {}
        self._before: dict[Label, set[Label]] = {}
        for form in forms.forms:
            for block in form.blocks:
                labels = [Label(Kind.ITEM, block.part, row.code or "") for row in block.items]
                self._place.update({label: place for place, label in enumerate(labels)})
                for before, label in pairwise(labels):
                    self._before.setdefault(label, set()).add(before)

    def standing(self, labels: Sequence[Label], last: Label | None) -> tuple[Label, ...]:
        """`labels` without rows too short to stand alone that are not in their place behind `last`."""
        return tuple(label for label in labels if not label.placed or self._follows(label, last))

    def choose(self, labels: Sequence[Label], part: str | None, last: Label | None) -> Label | None:
        """The row that `labels` name: of `part` if one is. Of a label that stands twice it is the one of the group in
        which `last` stands before it; None where `last` does not tell.
        """
        items = [
            replace(label, placed=False) if label.placed else label
            for label in labels
            if label.kind is Kind.ITEM
        ]
        items = [label for label in items if label.part == part] or items
        if len(items) == 1:
            return items[0]
        return next((label for label in items if last is not None and self._leads_to(last, label)), None)

    def _leads_to(self, last: Label, label: Label) -> bool:
        groups = {one.code.partition(".")[0] for one in (last, label)}
        return last.part == label.part and len(groups) == 1 and self._place[last] < self._place[label]

    def _follows(self, label: Label, last: Label | None) -> bool:
        return last is not None and last in self._before.get(replace(label, placed=False), ())
