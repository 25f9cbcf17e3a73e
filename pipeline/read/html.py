"""An HTML page to blocks, titles and metadata."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from pipeline.read.blocks import Block, Grid, Paragraph, ReadIssue
from pipeline.read.dom import walk
from pipeline.read.guard import excess
from pipeline.read.meta import metadata, titles
from pipeline.read.prose import main_text
from pipeline.read.tables import DataTable, resolve


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of a document that a page gives."""

    titles: tuple[str, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    prose: tuple[str, ...] = ()
    issues: tuple[ReadIssue, ...] = ()


def read_page(text: str, *, prose: bool = True) -> Page:
    """Read a page. Without `prose` the main text is not looked for, which takes most of the time."""
    reason = excess(text)
    if reason is not None:
        return Page(issues=(ReadIssue("too_complex", reason),))
    try:
        tree = LexborHTMLParser(text)
    except SelectolaxError as error:
        return Page(issues=(ReadIssue("unreadable_document", f"The HTML parser gave up: {error}"),))
    root = tree.body or tree.root
    if root is None:
        return Page(issues=(ReadIssue("unreadable_document", "The page holds no HTML element."),))
    resolved = resolve(walk(root))
    issues: list[ReadIssue] = []
    blocks: list[Block] = []
    tables = 0
    for number, item in enumerate(resolved, start=1):
        if isinstance(item, DataTable):
            tables += 1
            blocks.append(Grid(tables, item.grid.cells, item.grid.height, item.grid.width))
            if item.grid.cut:
                issues.append(
                    ReadIssue(
                        "grid_cut",
                        f"Table {tables} is too large; only its first {item.grid.height} rows are read.",
                    )
                )
        else:
            blocks.append(Paragraph(item.text, number, item.level))
    tags = metadata(tree)
    candidates = titles(tree, tags)
    paragraphs: tuple[str, ...] = ()
    if prose:
        nodes = [item.node for item in resolved if isinstance(item, DataTable) and item.node is not None]
        paragraphs, prose_issue = main_text(tree, nodes, blocks)
        issues.extend([prose_issue] if prose_issue else [])
    return Page(candidates, tags, tuple(blocks), paragraphs, tuple(issues))
