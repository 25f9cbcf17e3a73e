"""Documents that are converted first, and then read as what they were converted to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from pipeline.read.blocks import Document
from pipeline.read.given import Given, Kept, Unreadable
from pipeline.read.office.soffice import MAX_CONVERTED, Source, convert
from pipeline.read.office.whole import check_ole, check_rtf, check_xml, check_zip
from pipeline.read.packed import Package
from pipeline.read.sheets.xlsx import read_xlsx
from pipeline.read.sniff import DOC, DOCX, EXCEL_XML, FODS, FODT, ODS, RTF, WORD_XML, XLSX, sniff
from pipeline.read.word import read_docx

READER = "office"
"""The name under which is kept what was converted."""
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
        ODS: _Kind("ods", "xlsx", check_zip),
        WORD_XML: _Kind("xml", "docx", check_xml),
        EXCEL_XML: _Kind("xml", "xlsx", check_xml),
        FODT: _Kind("fodt", "docx", check_xml),
        FODS: _Kind("fods", "xlsx", check_xml),
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


def converted(sources: Sequence[Source], kept: Kept | None) -> list[bytes | Unreadable]:
    """Each document converted, or why it is not; what is kept of before is not converted again."""
    before = [kept.take(one.data, READER) if kept is not None else None for one in sources]
    made = iter(convert([one for one, known in zip(sources, before, strict=True) if known is None]))
    results: list[bytes | Unreadable] = []
    for one, known in zip(sources, before, strict=True):
        result = next(made) if known is None else known
        if known is None and kept is not None and isinstance(result, bytes) and _is_whole(result):
            kept.keep(one.data, READER, result)
        results.append(result)
    return results


def _is_whole(made: bytes) -> bool:
    """Whether it is more than what a full disk or an end before its time has left of it."""
    try:
        package = Package(made)
        for member in package.members.values():
            package.read(member.name, MAX_CONVERTED)
    except Unreadable:
        return False
    return True


def convert_together(
    documents: Iterable[tuple[bytes, str | None]], kept: Kept | None = None
) -> dict[bytes, bytes | Unreadable]:
    """What comes of those documents, each with its name, that have to be converted: in one start of the program."""
    wanted: dict[bytes, Source] = {}
    for data, name in documents:
        try:
            one = source(data, sniff(data, name=name))
        except Unreadable:
            continue  # the reader comes to it and says so
        if one is not None:
            wanted[data] = one
    return dict(zip(wanted, converted(list(wanted.values()), kept), strict=True)) if wanted else {}


def read_office(given: Given) -> Document:
    """Read a document by way of LibreOffice, unless it was converted before."""
    made, is_text = _made(given)
    inner = replace(given, data=made, kind=DOCX if is_text else XLSX)
    document = read_docx(inner, is_recalculated=True) if is_text else read_xlsx(inner)
    return replace(document, media_type=given.kind, through=_made_by(made))


def as_docx(given: Given) -> bytes:
    """A document of text as one of Word. Raises Unreadable where it cannot be converted, or is a workbook."""
    made, is_text = _made(given)
    if not is_text:
        raise Unreadable("unreadable_document", "The document is a workbook.")
    return made


def _made(given: Given) -> tuple[bytes, bool]:
    """What LibreOffice makes of a document, and whether that is text. Raises Unreadable."""
    wanted = source(given.data, given.kind)
    if wanted is None:
        raise Unreadable("unreadable_document", f"Documents of the kind {given.kind} are not converted.")
    made = given.slow.converted(given.data) if given.slow.converted is not None else None
    if made is None:
        (made,) = converted([wanted], given.slow.kept)
    if not isinstance(made, bytes):
        raise made
    return made, wanted.target == "docx"


def _made_by(made: bytes) -> str:
    """The program that wrote an OOXML file, and its version, as the file says it."""
    package = Package(made)
    name = "docProps/app.xml"
    found = _MADE_BY.search(package.read(name, 1_000_000)) if name in package.members else None
    return " ".join(found[1].decode().split("/")) if found else "LibreOffice"
