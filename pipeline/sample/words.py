"""The words of the sample pages, written for this project and kept in `datasets/sample/prose.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.datasets import dataset_file


@dataclass(frozen=True, slots=True)
class Words:
    """`paragraphs` of reports, each with variants; the text of other `pages`; `news` as title and text."""

    paragraphs: Mapping[str, tuple[str, ...]]
    pages: Mapping[str, str]
    news: tuple[tuple[str, str], ...]

    def variant(self, key: str, turn: int, **filled: object) -> str:
        """The variant of a paragraph whose turn it is, with its names in braces filled in."""
        variants = self.paragraphs[key]
        return variants[turn % len(variants)].format(**filled)


@cache
def load_words() -> Words:
    """Read the words from their file."""
    raw = tomllib.loads(dataset_file("sample", "prose.toml").read_text(encoding="utf-8"))
    return Words(
        paragraphs={key: tuple(variants) for key, variants in raw["paragraphs"].items()},
        pages=dict(raw["pages"]),
        news=tuple((item["title"], item["text"]) for item in raw["news"]),
    )
