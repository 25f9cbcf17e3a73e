"""An HTML page to blocks, titles and metadata."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from pipeline.read.blocks import Block, ReadIssue
from pipeline.read.dom import walk
from pipeline.read.guard import excess
from pipeline.read.laid_out import lay_out
from pipeline.read.meta import metadata, titles
from pipeline.read.prose import main_text


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
    laid_out = lay_out(walk(root))
    issues = list(laid_out.issues)
    tags = metadata(tree)
    candidates = titles(tree, tags)
    paragraphs: tuple[str, ...] = ()
    if prose:
        paragraphs, prose_issue = main_text(tree, laid_out.nodes, laid_out.blocks)
        issues.extend([prose_issue] if prose_issue else [])
    return Page(candidates, tags, laid_out.blocks, paragraphs, tuple(issues))
