"""The pictures among the text of a document of Word that show pages or tables, read in their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from pipeline.read.blocks import Block, Grid, Paragraph, ReadIssue, Sheaf
from pipeline.read.given import Slow
from pipeline.read.sheaf import read_sheaves
from pipeline.read.word.runs import PICTURE

Picture = Callable[[str], bytes | None]
"""From the relation of a picture to its bytes; None of one that is not to be read."""


@dataclass(slots=True)
class WithPictures:
    """`blocks` are those of the text and of its pictures, in the order of the document, numbered anew."""

    blocks: list[Block] = field(default_factory=list)
    titles: tuple[str, ...] = ()
    page_titles: tuple[tuple[str, ...], ...] = ()
    issues: tuple[ReadIssue, ...] = ()


def without_marks(blocks: Iterable[Block]) -> list[Block]:
    """The blocks without the marks where pictures stand."""
    return [block for block in blocks if _relation(block) is None]


def pictures_in(blocks: Sequence[Block], picture: Picture) -> list[bytes]:
    """The pictures that are read, in the order of the document."""
    return [data for run in _runs(blocks, picture) for data in run]


def with_pictures(blocks: Sequence[Block], picture: Picture, slow: Slow) -> WithPictures | None:
    """The text with its pictures read; those that follow one another are pages of one run. None where there is none to
    be read. Raises Unreadable where they cannot be.
    """
    runs = [run for run in _runs(blocks, picture) if run]
    if not runs:
        return None
    sheaves = read_sheaves(runs, slow)
    return WithPictures(
        list(_numbered(_in_place(blocks, picture, sheaves))),
        tuple(dict.fromkeys(title for sheaf in sheaves for title in sheaf.document.titles)),
        tuple(page for sheaf in sheaves for page in _page_titles(sheaf)),
        tuple(
            issue for sheaf in sheaves for issue in sheaf.document.issues if issue.code != "empty_document"
        ),
    )


def _runs(blocks: Iterable[Block], picture: Picture) -> Iterator[list[bytes]]:
    """The pictures to be read that stand behind one another; a run may have none."""
    for is_text, together in groupby(blocks, lambda block: _relation(block) is None):
        if not is_text:
            found = (picture(_relation(block) or "") for block in together)
            yield [data for data in found if data is not None]


def _in_place(blocks: Iterable[Block], picture: Picture, sheaves: Iterable[Sheaf]) -> Iterator[Block]:
    left = iter(sheaves)
    for is_text, together in groupby(blocks, lambda block: _relation(block) is None):
        if is_text:
            yield from together
        elif any(picture(_relation(block) or "") is not None for block in together):
            yield from next(left).document.blocks


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    tables = 0
    for number, block in enumerate(blocks, start=1):
        if isinstance(block, Grid):
            tables += 1
            yield replace(block, number=tables)
        else:
            yield replace(block, number=number)


def _page_titles(sheaf: Sheaf) -> tuple[tuple[str, ...], ...]:
    return sheaf.document.page_titles or (sheaf.document.titles,)


def _relation(block: Block) -> str | None:
    """The relation of the picture that a block marks the place of; None of any other block."""
    if isinstance(block, Paragraph) and block.text.startswith(PICTURE) and len(block.text) > len(PICTURE):
        return block.text.removeprefix(PICTURE)
    return None
