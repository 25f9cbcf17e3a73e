"""An HTML page to blocks, titles and metadata."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from pipeline.read.blocks import Block, ReadIssue
from pipeline.read.dom import Line, Table, walk
from pipeline.read.given import Unreadable
from pipeline.read.guard import excess
from pipeline.read.laid_out import lay_out
from pipeline.read.meta import metadata, titles
from pipeline.read.page_styles import write_in
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
    try:
        tree, root = _parsed(text)
    except Unreadable as reason:
        return Page(issues=(ReadIssue(reason.code, reason.message),))
    laid_out = lay_out(walk(root))
    issues = list(laid_out.issues)
    tags = metadata(tree)
    candidates = titles(tree, tags)
    paragraphs: tuple[str, ...] = ()
    if prose:
        paragraphs, prose_issue = main_text(tree, laid_out.nodes, laid_out.blocks)
        issues.extend([prose_issue] if prose_issue else [])
    return Page(candidates, tags, laid_out.blocks, paragraphs, tuple(issues))


def page_items(text: str) -> list[Line | Table]:
    """The lines and tables of a page that stands inside another document. Raises Unreadable."""
    return walk(_parsed(text)[1])


def _parsed(text: str) -> tuple[LexborHTMLParser, LexborNode]:
    """The tree of a page and where its content begins."""
    reason = excess(text)
    if reason is not None:
        raise Unreadable("too_complex", reason)
    try:
        tree = LexborHTMLParser(text)
    except SelectolaxError as error:
        raise Unreadable("unreadable_document", f"The HTML parser gave up: {error}") from error
    root = tree.body or tree.root
    if root is None:
        raise Unreadable("unreadable_document", "The page holds no HTML element.")
    write_in(tree, text)
    return tree, root
