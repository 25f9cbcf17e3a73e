"""Lists of entries put together to be looked at in one go, and what they tell given to each list again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pipeline.tables.looking import Asked, Told

T = TypeVar("T")


@dataclass(slots=True)
class Piece(Generic[T]):
    """Some lists of entries, each by its key."""

    keys: list[tuple[T, int]] = field(default_factory=list)  # with how many entries each has
    entries: list[Asked] = field(default_factory=list)

    def shared_out(self, told: Sequence[Told | None]) -> Iterator[tuple[T, Sequence[Told | None]]]:
        """For each list what its entries tell; `told` is that of all of them."""
        each = iter(told)
        for key, count in self.keys:
            yield key, [next(each) for _ in range(count)]


def pieces(asked: Iterable[tuple[T, Sequence[Asked]]], lists: int) -> Iterator[Piece[T]]:
    """Pieces of so many lists, in their order, and one of what is left."""
    piece: Piece[T] = Piece()
    for key, entries in asked:
        piece.keys.append((key, len(entries)))
        piece.entries += entries
        if len(piece.keys) == lists:
            yield piece
            piece = Piece()
    yield piece
