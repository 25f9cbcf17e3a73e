"""A set of texts that takes little memory: what a crawl has met goes into the millions. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.archive.table import Table


class Keys:
    """Texts by 64 bits of their hash, some 14 bytes for each. Among a million of them, two are taken for one with a
    chance of one in 30 million.
    """

    __slots__ = ("_table",)

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._table = Table()
        self.update(texts)

    def __len__(self) -> int:
        return len(self._table)

    def __contains__(self, text: str) -> bool:
        return hash(text) in self._table

    def has(self, key: int) -> bool:
        """Whether a text with this hash is there."""
        return key in self._table

    def add(self, text: str) -> None:
        self._table.put(hash(text))

    def update(self, texts: Iterable[str] | Keys) -> None:
        for key in texts._table if isinstance(texts, Keys) else map(hash, texts):  # noqa: SLF001 - its own kind
            self._table.put(key)

    def discard(self, text: str) -> None:
        self._table.discard(hash(text))

    def clear(self) -> None:
        self._table = Table()
