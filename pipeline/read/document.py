"""From the bytes of any document to its blocks."""

from __future__ import annotations

from dataclasses import replace

from pipeline.read.blocks import Document, ReadIssue
from pipeline.read.charset import Decoded, decode_with_evidence
from pipeline.read.html import read_page
from pipeline.read.sniff import BINARY, HTML, TEXT, sniff
from pipeline.read.text import LINE_ENDS, read_lines

MAX_LINES = 500_000
MAX_BYTES = 30_000_000  # the largest page of a portal seen has 14 MB, most of it pictures


def read_document(
    data: bytes,
    *,
    media_type: str | None = None,
    charset: str | None = None,
    name: str | None = None,
    prose: bool = True,
) -> Document:
    """Read any bytes; nothing raises. What cannot be read gives a document without blocks and an issue that
    says why.

    `media_type` and `charset` are what the server declared, `name` the file's name: hints, the bytes
    decide. Without `prose` the main text of pages is not looked for.
    """
    kind = sniff(data, declared=media_type, name=name)
    if not data.strip():
        return _unread(kind, "empty_document", "The document is empty.")
    if kind == BINARY:
        return _unread(kind, "unreadable_document", "The bytes are of no kind of document that is known.")
    if kind not in {HTML, TEXT}:
        return _unread(kind, "reader_missing", f"There is no reader yet for documents of the kind {kind}.")
    if len(data) > MAX_BYTES:
        return _unread(
            kind,
            "too_large",
            f"The document has {len(data)} bytes; at most {MAX_BYTES} are read. Split it or save it smaller.",
        )
    decoded = decode_with_evidence(data, declared=charset or media_type)
    lines = sum(map(decoded.text.count, LINE_ENDS))
    if lines > MAX_LINES:
        return _unread(kind, "too_large", f"The document has {lines} lines; at most {MAX_LINES} are read.")
    return _read_text(decoded, prose=prose) if kind == TEXT else _read_html(decoded, prose=prose)


def _read_text(decoded: Decoded, *, prose: bool) -> Document:
    lines = read_lines(decoded.text)
    kept = lines.prose if prose else ()
    ends_open = not decoded.text.endswith(tuple(LINE_ENDS))
    document = Document(
        TEXT, decoded.charset, lines.titles, {}, lines.paragraphs, kept, _doubt(decoded), ends_open
    )
    return document if lines.prose else _without_text(document)


def _read_html(decoded: Decoded, *, prose: bool) -> Document:
    page = read_page(decoded.text, prose=prose)
    issues = (*_doubt(decoded), *page.issues)
    ends_open = not decoded.text.rstrip().endswith(">")
    document = Document(
        HTML, decoded.charset, page.titles, page.metadata, page.blocks, page.prose, issues, ends_open
    )
    return document if page.blocks or page.issues else _without_text(document)


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


def _unread(kind: str, code: str, message: str) -> Document:
    return Document(kind, issues=(ReadIssue(code, message),))
