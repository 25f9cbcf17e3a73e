"""Documents of Word as one XML file (Flat OPC): programs of portals fill in such templates and name the result doc."""

from __future__ import annotations

import binascii
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

from lxml import etree  # type: ignore[import-untyped]

from pipeline.read.blocks import Document
from pipeline.read.given import Given, Unreadable
from pipeline.read.packed import MAX_MEMBERS
from pipeline.read.word.docx import read_docx
from pipeline.read.xml import parse_xml

_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"


def read_flat(given: Given) -> Document:
    """Read a document of Word whose parts stand in one XML file."""
    return read_docx(replace(given, data=_packed(given.data)))


def _packed(data: bytes) -> bytes:
    """The parts as a package. Raises Unreadable where they are damaged."""
    parts = list(parse_xml(data, "The file").iter(_PKG + "part"))
    if len(parts) > MAX_MEMBERS:
        raise Unreadable("too_complex", f"The file packs more than {MAX_MEMBERS} files.")
    made = BytesIO()
    with ZipFile(made, "w") as package:
        for part in parts:
            name = (part.get(_PKG + "name") or "").lstrip("/")
            written, binary = part.find(_PKG + "xmlData"), part.find(_PKG + "binaryData")
            if written is not None and len(written):
                package.writestr(name, etree.tostring(next(iter(written)), encoding="utf-8"))
            elif binary is not None:
                package.writestr(name, _decoded(binary.text or "", name))
    return made.getvalue()


def _decoded(written: str, name: str) -> bytes:
    try:
        return binascii.a2b_base64(written)
    except ValueError as error:
        raise Unreadable("damaged_document", f"{name} is cut off or damaged: {error}.") from error
