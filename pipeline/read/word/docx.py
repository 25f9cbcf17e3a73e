"""From the bytes of a docx to its blocks."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from pipeline.read.blocks import Block, Document, Grid, Paragraph, ReadIssue
from pipeline.read.charset import decode
from pipeline.read.given import Given, Slow, Unreadable
from pipeline.read.html import page_items
from pipeline.read.laid_out import LaidOut, lay_out
from pipeline.read.mhtml import page_part
from pipeline.read.packed import Package
from pipeline.read.sniff import HTML, IMAGES, MHTML, TEXT, sniff
from pipeline.read.text import first_titles
from pipeline.read.word.body import Body, Items
from pipeline.read.word.fields import Fields
from pipeline.read.word.names import PACKAGE, W
from pipeline.read.word.numbering import Numbering
from pipeline.read.word.pictures import WithPictures, pictures_in, with_pictures, without_marks
from pipeline.read.word.styles import Styles
from pipeline.read.xml import Element, parse_xml

_MOST = 40_000_000  # bytes of the document's own text unpacked; a long report has two million
_MOST_BESIDE = 10_000_000
_USUAL = "word/document.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_LONGEST_TITLE = 120
_MOST_PICTURES = 100_000_000  # bytes of all pictures
_LEAST = 400  # bytes of a picture that may show a table, or a slice of one
_SMALL = 10_000  # bytes; a smaller picture is a sign or a line


def read_docx(given: Given, *, is_recalculated: bool = False) -> Document:
    """Read a docx or docm. Deleted and hidden text is left out, inserted text is read; nothing of it is run.

    `is_recalculated` tells that a program wrote it which computes fields anew.
    """
    package, main, laid_out = _laid_out(given.data, Fields(is_recalculated))
    related = _Related(package, main)
    read, why = _with_pictures(laid_out.blocks, related, given.slow)
    blocks = tuple(read.blocks)
    unread = [
        one
        for one in package.members.values()
        if "/media/" in one.name and one.size > _SMALL and one.name not in related.read
    ]
    if not blocks and why is not None:
        raise why
    if not blocks and unread:
        raise Unreadable("reader_missing", "The document is pictures of a kind for which there is no reader.")
    if not blocks:
        raise Unreadable("empty_document", "The document shows no text.")
    lines = tuple(text for block in blocks if isinstance(block, Paragraph) and (text := block.text.strip()))
    own = _title(package)
    titles = (*first_titles(lines), *read.titles, *([own] if own else []))
    return Document(
        given.kind,
        titles=tuple(dict.fromkeys(titles)),
        blocks=blocks,
        prose=lines if given.prose else (),
        issues=(*laid_out.issues, *read.issues, *_unseen(package, blocks, len(unread))),
        page_titles=(first_titles(lines), *read.page_titles) if read.page_titles else (),
    )


def pictures_of(data: bytes) -> list[bytes]:
    """The pictures of a docx that are read, in its order. Raises Unreadable."""
    package, main, laid_out = _laid_out(data, Fields())
    return pictures_in(laid_out.blocks, _Related(package, main).picture)


def _laid_out(data: bytes, fields: Fields) -> tuple[Package, str, LaidOut]:
    """The package, the name of its main part, and what that prints. Raises Unreadable."""
    package = Package(data)
    main = _main_part(package)
    root = parse_xml(package.read(main, _MOST), main)
    folder = posixpath.dirname(main)
    styles = Styles(_beside(package, f"{folder}/styles.xml"))
    numbering = Numbering(_beside(package, f"{folder}/numbering.xml"))
    body = Body(styles, numbering, _Related(package, main).items, fields)
    container = root.find(W + "body")
    if container is None:
        raise Unreadable("damaged_document", f"{main} holds no document of Word.")
    return package, main, lay_out(body.read(container))


def _with_pictures(
    blocks: Sequence[Block], related: _Related, slow: Slow
) -> tuple[WithPictures, Unreadable | None]:
    """The text with its pictures read; without them, and why, where they cannot be."""
    try:
        read = with_pictures(blocks, related.picture, slow)
    except Unreadable as reason:
        related.read.clear()
        return WithPictures(without_marks(blocks)), reason
    return read or WithPictures(without_marks(blocks)), None


def _unseen(package: Package, blocks: Sequence[Block], pictures: int) -> Iterator[ReadIssue]:
    """What may hold tables and is not read."""
    if pictures and not any(isinstance(block, Grid) for block in blocks):
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


class _Related:
    """The parts that the text names by relations: pictures, and pages that it takes in as text (altChunk), in which
    some programs put all of it. `read` are the names of the pictures that were given.
    """

    def __init__(self, package: Package, main: str) -> None:
        self.read: set[str] = set()
        self._package = package
        self._folder = posixpath.dirname(main)
        self._relations = posixpath.join(self._folder, "_rels", f"{posixpath.basename(main)}.rels")
        self._paths: dict[str, str] | None = None
        self._pictures: dict[str, bytes | None] = {}
        self._left = _MOST_PICTURES

    def picture(self, relation: str) -> bytes | None:
        """A picture of a kind that is read; None of a sign or line, and beyond what is read. Raises Unreadable."""
        path = self._path(relation)
        if path not in self._pictures:
            self._pictures[path] = self._picture(path)
        return self._pictures[path]

    def _picture(self, path: str) -> bytes | None:
        member = self._package.members.get(path)
        if member is None or not _LEAST <= member.size <= self._left:
            return None
        data = self._package.read(path, self._left)
        if sniff(data) not in IMAGES:
            return None
        self._left -= len(data)
        self.read.add(path)
        return data

    def items(self, relation: str) -> Items:
        """The lines and tables of a page. Raises Unreadable where it is none."""
        path = self._path(relation)
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

    def _path(self, relation: str) -> str:
        """The name of the part; empty where the relation names none."""
        if self._paths is None:
            self._paths = dict(self._targets()) if self._relations in self._package.members else {}
        return self._paths.get(relation, "")

    def _targets(self) -> Iterator[tuple[str, str]]:
        for one in parse_xml(self._package.read(self._relations, _MOST_BESIDE), self._relations):
            target = one.get("Target") or ""
            path = target.lstrip("/") if target.startswith("/") else f"{self._folder}/{target}"
            yield one.get("Id") or "", posixpath.normpath(path)
