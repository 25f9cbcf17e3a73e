"""The pages of one text that is spread over several, joined to one document. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, takewhile

from pipeline.read.blocks import Block, Document, Grid, Paragraph, ReadIssue
from pipeline.read.sniff import HTML

PAGE_MISSING = "page_missing"
_YEAR = re.compile(r"20\d\d|[二2][〇○零0O]")


@dataclass(frozen=True, slots=True)
class Joined:
    """The document that pages are, and of each given its number among them, None where it shows none of the text.

    `tables` and `lines` tell by the number of a table and of a paragraph on which page it stands.
    """

    document: Document
    numbers: tuple[int | None, ...]
    tables: Mapping[int, int] = field(default_factory=dict)
    lines: Mapping[int, int] = field(default_factory=dict)

    def page(self, table: int | None, line: int | None) -> int | None:
        """The number of the page on which something stands."""
        return self.tables.get(table or 0) if table is not None else self.lines.get(line or 0)


def join(pages: Sequence[Document | None]) -> Joined:
    """The pages in their order; None stands for one that was not got. The first says what the document is.

    A page that does not show the title of the first, or shows what a page before it shows, is none of the text: a
    server may answer so for one that it does not have. A flattened table does not go on from one page to the next, as
    the dress of both stands between; rows of tables go on, but over a page that is missing.
    """
    first = next(iter(pages), None)
    if first is None:
        return Joined(Document(HTML, issues=(_missing(1, pages),)), tuple(None for _ in pages))
    numbers: list[int | None] = []
    blocks: list[Block] = []
    torn: list[Block] = []
    prose: list[str] = []
    issues: list[ReadIssue] = []
    tables: dict[int, int] = {}
    lines: dict[int, int] = {}
    shown: list[tuple[str, ...]] = []
    lost = False  # the page before
    for number, page in enumerate(pages, start=1):
        issues += [issue for issue in (page.issues if page is not None else ()) if issue not in issues]
        words = () if page is None else _words(page)
        if page is None or not words or (number > 1 and (words in shown or not _is_of(page, first))):
            numbers.append(None)
            issues.append(_missing(number, pages))
            lost = True
            continue
        numbers.append(number)
        shown.append(words)
        added = list(_placed(page.blocks, len(tables), len(blocks), lost=lost))
        tables.update((one.number, number) for one in added if isinstance(one, Grid))
        lines.update((one.number, number) for one in added if isinstance(one, Paragraph))
        blocks += added
        if page.ends_open and added and number < len(pages):
            torn.append(added[-1])
        dress = _dress(page, first) if number > 1 else frozenset()
        prose += [line for line in page.prose if line.strip() not in dress]
        lost = False
    last = pages[-1]
    document = replace(
        first,
        blocks=tuple(blocks),
        prose=tuple(prose),
        issues=tuple(issues),
        ends_open=last is not None and numbers[-1] is not None and last.ends_open,
        torn=tuple(torn),
    )
    return Joined(document, tuple(numbers), tables, lines)


def _missing(number: int, pages: Sequence[Document | None]) -> ReadIssue:
    return ReadIssue(
        PAGE_MISSING, f"Page {number} of {len(pages)} is missing; nothing is told of what stands on it."
    )


def _dress(page: Document, first: Document) -> frozenset[str]:
    """The lines of a page that are none of its text: those that the first shows beside its own, and those with which
    both begin or end.
    """
    ours, theirs = _lines(first), _lines(page)
    beside = set(ours) - {line.strip() for line in first.prose} | {title.strip() for title in first.titles}
    return frozenset((*beside, *_alike(ours, theirs), *_alike(ours[::-1], theirs[::-1])))


def _lines(page: Document) -> list[str]:
    return [block.text.strip() for block in page.blocks if isinstance(block, Paragraph)]


def _alike(ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """The lines with which both begin."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(ours, theirs, strict=False))
    return [line for line, _ in pairs]


def _is_of(page: Document, first: Document) -> bool:
    """Whether a page is of the text that the first begins: it says the same title. A title has a year, as what heads
    every page of a site has not; where none has, that of the page itself counts.
    """
    told = [title for title in first.titles if _YEAR.search(title)] or first.titles[-1:]
    return any(_bare(one) in _bare(title) for one in told for title in page.titles)


def _bare(title: str) -> str:
    return "".join(title.split())


def _words(page: Document) -> tuple[str, ...]:
    """What a page shows."""
    texts: list[str] = []
    for block in page.blocks:
        texts += [block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells]
    return tuple(texts)


def _placed(blocks: Sequence[Block], tables: int, before: int, *, lost: bool) -> Iterator[Block]:
    """The blocks of a page, counted on; where a page is lost before it, its first table goes on with none either."""
    numbers = count(tables + 1)
    grid = next((place for place, block in enumerate(blocks) if isinstance(block, Grid)), None)
    gaps: set[int | None] = {0, grid} if lost else {0}
    if not before or (not lost and grid == 0):
        gaps.clear()
    for place, block in enumerate(blocks):
        after = block.after_gap or place in gaps
        if isinstance(block, Grid):
            yield replace(block, number=next(numbers), after_gap=after)
        else:
            yield replace(block, number=before + place + 1, after_gap=after)
