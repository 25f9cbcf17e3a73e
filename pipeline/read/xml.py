"""XML from strangers: nothing is fetched, no entity is expanded, and what would not end is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, cast

from lxml import etree  # type: ignore[import-untyped]

from pipeline.read.given import Unreadable

# The names of documents saved as Strict, and those that all others use.
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = (
    (b"wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)


class Element(Protocol):
    """What is used of an element of lxml."""

    tag: str
    text: str | None
    tail: str | None

    def get(self, name: str, /) -> str | None: ...

    def find(self, path: str, /) -> Element | None: ...

    def iter(self, *tags: str) -> Iterator[Element]: ...

    def __iter__(self) -> Iterator[Element]: ...

    def __len__(self) -> int: ...


def parse_xml(data: bytes, part: str) -> Element:
    """The root of a part of a document. Raises Unreadable where it is no XML, or declares a document type: no
    program that writes documents does, and bombs are built of them. Strict OOXML comes under the usual names.
    """
    if _STRICT in data:
        for strict, usual in _TRANSITIONAL:
            data = data.replace(_STRICT + strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("damaged_document", f"{part} is no whole XML: {error}.") from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable("too_complex", f"{part} declares a document type, as no office program does.")
    return cast("Element", root)
