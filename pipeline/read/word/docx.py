"""From the bytes of a docx to its blocks."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from pipeline.read.blocks import Document, Grid, ReadIssue
from pipeline.read.charset import decode
from pipeline.read.given import Given, Unreadable
from pipeline.read.html import page_items
from pipeline.read.laid_out import LaidOut, lay_out
from pipeline.read.mhtml import page_part
from pipeline.read.packed import Package
from pipeline.read.sniff import HTML, MHTML, TEXT, sniff
from pipeline.read.text import first_titles
from pipeline.read.word.body import Body, Items
from pipeline.read.word.fields import Fields
from pipeline.read.word.names import PACKAGE, W
from pipeline.read.word.numbering import Numbering
from pipeline.read.word.styles import Styles
from pipeline.read.xml import Element, parse_xml

_MOST = 40_000_000  # bytes of the document's own text unpacked; a long report has two million
_MOST_BESIDE = 10_000_000
_USUAL = "word/document.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_LONGEST_TITLE = 120
_SMALL = 10_000  # bytes; a smaller picture is a sign or a line


def read_docx(given: Given, *, is_recalculated: bool = False) -> Document:
    """Read a docx or docm. Deleted and hidden text is left out, inserted text is read; nothing of it is run.

    `is_recalculated` tells that a program wrote it which computes fields anew.
    """
    package = Package(given.data)
    main = _main_part(package)
    root = parse_xml(package.read(main, _MOST), main)
    folder = posixpath.dirname(main)
    styles = Styles(_beside(package, f"{folder}/styles.xml"))
    numbering = Numbering(_beside(package, f"{folder}/numbering.xml"))
    body = Body(styles, numbering, _Inside(package, main).items, Fields(is_recalculated))
    container = root.find(W + "body")
    if container is None:
        raise Unreadable("damaged_document", f"{main} holds no document of Word.")
    laid_out = lay_out(body.read(container))
    lines = laid_out.lines
    pictures = [one for one in package.members.values() if "/media/" in one.name and one.size > _SMALL]
    if not laid_out.blocks and pictures:
        raise Unreadable(
            "reader_missing", "The document is pictures of text, and there is no reader for these yet."
        )
    if not laid_out.blocks:
        raise Unreadable("empty_document", "The document shows no text.")
    own = _title(package)
    titles = (*first_titles(lines), *([own] if own else []))
    return Document(
        given.kind,
        titles=tuple(dict.fromkeys(titles)),
        blocks=laid_out.blocks,
        prose=lines if given.prose else (),
        issues=(*laid_out.issues, *_unseen(package, laid_out, len(pictures))),
    )


def _unseen(package: Package, laid_out: LaidOut, pictures: int) -> Iterator[ReadIssue]:
    """What may hold tables and is not read."""
    if pictures and not any(isinstance(block, Grid) for block in laid_out.blocks):
        message = f"The document has no table but {pictures} pictures, which are not read: a table may be among them."
        yield ReadIssue("pictures_not_read", message)
    inside = sum("/embeddings/" in name for name in package.members)
    if inside:
        yield ReadIssue("files_inside", f"The document holds {inside} files as objects, which are not read.")


def _main_part(package: Package) -> str:
    """The part that holds the text: what the package says, as a rule word/document.xml."""
    if _USUAL in package.members:
        return _USUAL
    relations = parse_xml(package.read("_rels/.rels", _MOST_BESIDE), "_rels/.rels")
    for relation in relations.iter(PACKAGE + "Relationship"):
        if (relation.get("Type") or "").endswith("/officeDocument"):
            return posixpath.normpath((relation.get("Target") or "").lstrip("/"))
    return _USUAL


def _beside(package: Package, name: str) -> Element | None:
    if name not in package.members:
        return None
    return parse_xml(package.read(name, _MOST_BESIDE), name)


def _title(package: Package) -> str | None:
    core = _beside(package, "docProps/core.xml")
    found = core.find(_TITLE) if core is not None else None
    text = (found.text or "").strip() if found is not None else ""
    return text if 0 < len(text) <= _LONGEST_TITLE else None


class _Inside:
    """The pages that a document takes in as text (altChunk): some programs put all of it there."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self._folder = posixpath.dirname(main)
        self._relations = posixpath.join(self._folder, "_rels", f"{posixpath.basename(main)}.rels")

    def items(self, relation: str) -> Items:
        """The lines and tables of one. Raises Unreadable where it is no page."""
        listed = parse_xml(self._package.read(self._relations, _MOST_BESIDE), self._relations)
        target = next((one.get("Target") or "" for one in listed if one.get("Id") == relation), "")
        path = (
            target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{self._folder}/{target}")
        )
        data = self._package.read(path, _MOST_BESIDE)
        kind = sniff(data)
        if kind == MHTML:
            part = page_part(data)
            return page_items(decode(part.data, declared=part.charset)[0])
        if kind in {HTML, TEXT}:
            return page_items(decode(data)[0])
        raise Unreadable(
            "unreadable_document", f"The text stands in {path} inside the file, which is no page."
        )
