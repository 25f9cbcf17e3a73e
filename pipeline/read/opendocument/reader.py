"""From the bytes of a text of OpenDocument to its blocks."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace

from pipeline.read.blocks import Document
from pipeline.read.continued import continued
from pipeline.read.given import Given, Unreadable
from pipeline.read.laid_out import LaidOut, lay_out
from pipeline.read.opendocument.body import Body
from pipeline.read.opendocument.lists import Lists
from pipeline.read.opendocument.names import LOEXT, OFFICE, TABLE
from pipeline.read.opendocument.styles import Styles
from pipeline.read.packed import Package
from pipeline.read.word.pictures import pictures_in
from pipeline.read.word.printed import Pictures, printed
from pipeline.read.xml import Element, parse_xml

_MOST = 40_000_000  # bytes of the content unpacked
_MOST_BESIDE = 10_000_000
_CONTENT = "content.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_OBJECT = re.compile(r"Object \d+(?:/content\.xml)?")
_FOLDER = "Pictures/"


def read_odt(given: Given) -> Document:
    """Read an odt or ott. Deleted and hidden text is left out, inserted text is read; nothing of it is run or fetched.

    What fields show that programs compute anew when they open a file is not what was printed, and is not read.
    """
    package, laid_out = _laid_out(given.data)
    inside = sum(_OBJECT.fullmatch(name) is not None for name in package.members)
    return printed(given, laid_out, Pictures(package, _FOLDER, posixpath.normpath), _title(package), inside)


def pictures_of(data: bytes) -> list[bytes]:
    """The pictures of an odt that are read, in its order. Raises Unreadable."""
    package, laid_out = _laid_out(data)
    return pictures_in(laid_out.blocks, Pictures(package, _FOLDER, posixpath.normpath).picture)


def _laid_out(data: bytes) -> tuple[Package, LaidOut]:
    """The package, and what it prints. Raises Unreadable."""
    package = Package(data)
    check_open(package)
    content = parse_xml(package.read(_CONTENT, _MOST), _CONTENT)
    for one in content.iter(LOEXT + "*"):
        # LibreOffice writes tables in shapes, where the standard has none, under a name of its own.
        one.tag = one.tag.replace(LOEXT, TABLE)
    text = content.find(f"{OFFICE}body/{OFFICE}text")
    if text is None:
        raise Unreadable("damaged_document", f"{_CONTENT} holds no text of OpenDocument.")
    common = _beside(package, "styles.xml")
    containers = [
        common.find(OFFICE + "styles") if common is not None else None,
        content.find(OFFICE + "automatic-styles"),
    ]
    body = Body(Styles(containers), Lists(containers))
    laid_out = lay_out(continued(body.read(text)))
    return package, replace(laid_out, issues=(*laid_out.issues, *body.issues))


def check_open(package: Package) -> None:
    """Of a package of OpenDocument. Raises Unreadable where it is locked, or does not say what is in it."""
    if b"encryption-data" in package.read("META-INF/manifest.xml", _MOST_BESIDE):
        raise Unreadable("encrypted_document", "The document is locked with a password. Save it without one.")


def _beside(package: Package, name: str) -> Element | None:
    return parse_xml(package.read(name, _MOST_BESIDE), name) if name in package.members else None


def _title(package: Package) -> str:
    meta = _beside(package, "meta.xml")
    found = next(iter(meta.iter(_TITLE)), None) if meta is not None else None
    return (found.text or "") if found is not None else ""
