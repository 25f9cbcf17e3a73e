"""Pages and plain text: from bytes to characters, and on to blocks."""

from __future__ import annotations

from dataclasses import replace

from pipeline.read.blocks import Document, ReadIssue
from pipeline.read.charset import Decoded, decode_with_evidence
from pipeline.read.given import Given, Unreadable
from pipeline.read.html import read_page
from pipeline.read.sniff import HTML, TEXT
from pipeline.read.text import LINE_ENDS, read_lines

MAX_LINES = 500_000


def read_text(given: Given) -> Document:
    """Plain text, a paragraph a line."""
    decoded = _decoded(given)
    lines = read_lines(decoded.text)
    kept = lines.prose if given.prose else ()
    ends_open = not decoded.text.endswith(tuple(LINE_ENDS))
    document = Document(
        TEXT, decoded.charset, lines.titles, {}, lines.paragraphs, kept, _doubt(decoded), ends_open
    )
    return document if lines.prose else _without_text(document)


def read_html(given: Given) -> Document:
    """A page with its titles, tags, grids and main text."""
    decoded = _decoded(given)
    page = read_page(decoded.text, prose=given.prose)
    issues = (*_doubt(decoded), *page.issues)
    ends_open = not decoded.text.rstrip().endswith(">")
    document = Document(
        HTML, decoded.charset, page.titles, page.metadata, page.blocks, page.prose, issues, ends_open
    )
    return document if page.blocks or page.issues else _without_text(document)


def _decoded(given: Given) -> Decoded:
    decoded = decode_with_evidence(given.data, declared=given.declared)
    lines = sum(map(decoded.text.count, LINE_ENDS))
    if lines > MAX_LINES:
        raise Unreadable("too_large", f"The document has {lines} lines; at most {MAX_LINES} are read.")
    return decoded


def _without_text(document: Document) -> Document:
    issue = ReadIssue("empty_document", "The document shows no text.")
    return replace(document, blocks=(), issues=(*document.issues, issue))


def _doubt(decoded: Decoded) -> tuple[ReadIssue, ...]:
    if decoded.certain:
        return ()
    count = decoded.text.count("\ufffd")
    return (
        ReadIssue(
            "charset_uncertain",
            f"No charset explains all bytes; read as {decoded.charset}, with {count} characters replaced.",
        ),
    )
