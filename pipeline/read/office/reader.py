"""Documents that are converted first, and then read as what they were converted to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from types import MappingProxyType

from pipeline.read.blocks import Document
from pipeline.read.given import Given, Unreadable
from pipeline.read.office.soffice import Source, convert
from pipeline.read.office.whole import check_ole, check_rtf, check_zip
from pipeline.read.packed import Package
from pipeline.read.sheets.xlsx import read_xlsx
from pipeline.read.sniff import DOC, DOCX, ODS, ODT, RTF, XLSX, sniff
from pipeline.read.word import read_docx

_MADE_BY = re.compile(rb"<Application>([\w.-]+/[\w.-]+)")


@dataclass(frozen=True, slots=True)
class _Kind:
    ending: str
    target: str
    check: Callable[[bytes], None]


_KINDS = MappingProxyType(
    {
        DOC: _Kind("doc", "docx", check_ole),
        RTF: _Kind("rtf", "docx", check_rtf),
        ODT: _Kind("odt", "docx", check_zip),
        ODS: _Kind("ods", "xlsx", check_zip),
    }
)


def source(data: bytes, kind: str) -> Source | None:
    """What is to be converted of a document; None where its kind is not one that is. Raises Unreadable where it is
    damaged or locked.
    """
    known = _KINDS.get(kind)
    if known is None:
        return None
    known.check(data)
    return Source(data, known.ending, known.target)


def convert_together(documents: Iterable[tuple[bytes, str | None]]) -> dict[bytes, bytes | Unreadable]:
    """What comes of those documents, each with its name, that have to be converted: in one start of the program."""
    wanted: dict[bytes, Source] = {}
    for data, name in documents:
        try:
            one = source(data, sniff(data, name=name))
        except Unreadable:
            continue  # the reader comes to it and says so
        if one is not None:
            wanted[data] = one
    return dict(zip(wanted, convert(list(wanted.values())), strict=True)) if wanted else {}


def read_office(given: Given) -> Document:
    """Read a document by way of LibreOffice, unless it was converted before."""
    wanted = source(given.data, given.kind)
    if wanted is None:
        raise ValueError(f"{given.kind} is not converted")
    converted = given.converted(given.data) if given.converted is not None else None
    if converted is None:
        (converted,) = convert([wanted])
    if not isinstance(converted, bytes):
        raise converted
    is_text = wanted.target == "docx"
    inner = replace(given, data=converted, kind=DOCX if is_text else XLSX)
    document = read_docx(inner, is_recalculated=True) if is_text else read_xlsx(inner)
    return replace(document, media_type=given.kind, through=_made_by(converted))


def _made_by(converted: bytes) -> str:
    """The program that wrote an OOXML file, and its version, as the file says it."""
    package = Package(converted)
    name = "docProps/app.xml"
    found = _MADE_BY.search(package.read(name, 1_000_000)) if name in package.members else None
    return " ".join(found[1].decode().split("/")) if found else "LibreOffice"
