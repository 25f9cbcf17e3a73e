"""From the bytes of a docx to its blocks."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from pipeline.read.blocks import Document
from pipeline.read.charset import decode
from pipeline.read.continued import continued
from pipeline.read.given import Given, Unreadable
from pipeline.read.html import page_items
from pipeline.read.laid_out import LaidOut, lay_out
from pipeline.read.mhtml import page_part
from pipeline.read.packed import Package
from pipeline.read.sniff import HTML, MHTML, TEXT, sniff
from pipeline.read.word.body import Body, Items
from pipeline.read.word.fields import Fields
from pipeline.read.word.names import PACKAGE, W
from pipeline.read.word.numbering import Numbering
from pipeline.read.word.pictures import pictures_in
from pipeline.read.word.printed import Pictures, printed
from pipeline.read.word.styles import Styles
from pipeline.read.xml import Element, parse_xml

_MOST = 40_000_000  # bytes of the document's own text unpacked; a long report has two million
_MOST_BESIDE = 10_000_000
_USUAL = "word/document.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def read_docx(given: Given, *, is_recalculated: bool = False) -> Document:
    """Read a docx or docm. Deleted and hidden text is left out, inserted text is read; nothing of it is run.

    `is_recalculated` tells that a program wrote it which computes fields anew.
    """
    package, main, laid_out = _laid_out(given.data, Fields(is_recalculated))
    related = _Related(package, main)
    inside = sum("/embeddings/" in name for name in package.members)
    return printed(given, laid_out, Pictures(package, "/media/", related.path), _title(package), inside)


def pictures_of(data: bytes) -> list[bytes]:
    """The pictures of a docx that are read, in its order. Raises Unreadable."""
    package, main, laid_out = _laid_out(data, Fields())
    return pictures_in(laid_out.blocks, Pictures(package, "/media/", _Related(package, main).path).picture)


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
    return package, main, lay_out(continued(body.read(container)))


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


def _title(package: Package) -> str:
    core = _beside(package, "docProps/core.xml")
    found = core.find(_TITLE) if core is not None else None
    return (found.text or "") if found is not None else ""


class _Related:
    """The parts that the text names by relations: pictures, and pages that it takes in as text (altChunk), in which
    some programs put all of it.
    """

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self._folder = posixpath.dirname(main)
        self._relations = posixpath.join(self._folder, "_rels", f"{posixpath.basename(main)}.rels")
        self._paths: dict[str, str] | None = None

    def items(self, relation: str) -> Items:
        """The lines and tables of a page. Raises Unreadable where it is none."""
        path = self.path(relation)
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

    def path(self, relation: str) -> str:
        """The name of the part; empty where the relation names none."""
        if self._paths is None:
            self._paths = dict(self._targets()) if self._relations in self._package.members else {}
        return self._paths.get(relation, "")

    def _targets(self) -> Iterator[tuple[str, str]]:
        for one in parse_xml(self._package.read(self._relations, _MOST_BESIDE), self._relations):
            target = one.get("Target") or ""
            path = target.lstrip("/") if target.startswith("/") else f"{self._folder}/{target}"
            yield one.get("Id") or "", posixpath.normpath(path)
