"""A table of numbers that takes little memory: what an archive holds goes into the millions."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

_FREE, _GONE = 0, 1
_SMALLEST = 16
_MASK = (1 << 64) - 1


class Table:
    """Keys of 64 bits, each with a number of 64 bits where the table is `valued`: 8 bytes a number, and a third to a
    half of the room free.

    Of a longer key the lowest 64 bits count. Two keys that differ by less than 2 may be taken for one; keys are to be
    parts of digests and hashes, of which any two are taken for one with a chance of one in 18 billion billions.
    """

    __slots__ = ("_held", "_keys", "_used", "_values")

    def __init__(self, *, valued: bool = False) -> None:
        self._keys = _empty(_SMALLEST)
        self._values = _empty(_SMALLEST if valued else 0)
        self._held = 0
        self._used = 0  # places that are not free: keys that are gone leave theirs until the table grows

    def __len__(self) -> int:
        return self._held

    def __contains__(self, key: int) -> bool:
        return self._keys[self._place(_true(key))] != _FREE

    def __iter__(self) -> Iterator[int]:
        return (key for key in self._keys if key > _GONE)

    def get(self, key: int) -> int | None:
        """The number that stands with a key, None where the key is not there."""
        place = self._place(_true(key))
        return None if self._keys[place] == _FREE else self._values[place]

    def put(self, key: int, value: int = 0) -> None:
        """Keep a key, and its number in place of the one before."""
        key = _true(key)
        place = self._place(key)
        if self._keys[place] == _FREE:
            self._keys[place] = key
            self._held += 1
            self._used += 1
        if self._values:
            self._values[place] = value
        if self._used * 4 > len(self._keys) * 3:
            self._grow()

    def discard(self, key: int) -> None:
        """Let go of a key, if it is there."""
        place = self._place(_true(key))
        if self._keys[place] != _FREE:
            self._keys[place] = _GONE
            self._held -= 1

    def _place(self, key: int) -> int:
        """Where a key stands, or the free place in which its search ends."""
        keys, mask = self._keys, len(self._keys) - 1
        place = key & mask
        while (there := keys[place]) != key and there != _FREE:
            place = (place + 1) & mask
        return place

    def _grow(self) -> None:
        keys, values = self._keys, self._values
        size = max(_SMALLEST, 1 << (self._held * 2 - 1).bit_length())
        self._keys, self._values = _empty(size), _empty(size if values else 0)
        self._used = self._held
        for before, key in enumerate(keys):
            if key > _GONE:
                place = self._place(key)
                self._keys[place] = key
                if values:
                    self._values[place] = values[before]


def _empty(size: int) -> array[int]:
    return array("Q", bytes(8 * size))


def _true(key: int) -> int:
    """The key as it stands in the table."""
    key &= _MASK
    return key if key > _GONE else key + 2
