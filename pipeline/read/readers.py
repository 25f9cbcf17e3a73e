"""Which reader serves which kind of document, what it needs, and how much it reads.

A reader is a function from `Given` to a `Document`; it raises `Unreadable` where it can read nothing, and is imported
when the first document of its kind comes. What it needs beyond the core comes with an extra of the package.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from types import MappingProxyType

from pipeline.read.blocks import Document
from pipeline.read.given import Given, Unreadable
from pipeline.read.scan import apart as scan
from pipeline.read.sniff import (
    BINARY,
    DOC,
    DOCX,
    EXCEL_XML,
    FLAT_OPC,
    FODS,
    FODT,
    HTML,
    IMAGES,
    MHTML,
    ODS,
    ODT,
    OFD,
    OLE,
    PDF,
    RAR,
    RTF,
    TEXT,
    UNOPENED,
    WORD_XML,
    XLS,
    XLSX,
    ZIP,
)

_PAGE_BYTES = 30_000_000  # the largest page of a portal seen has 14 MB, most of it pictures
_PACKS_BYTES = 200_000_000
_PACKED_BYTES = 60_000_000  # with the pictures in it
_PDF_BYTES = 100_000_000  # pictures of pages and whole fonts make some reports tens of megabytes

_LOCKED = "EncryptedPackage".encode("utf-16-le")  # the stream that holds a docx or xlsx under a password


@dataclass(frozen=True, slots=True)
class Reader:
    """`packages` are modules that must be there to be imported; the extra `gongkai[…]` brings them."""

    read: Callable[[Given], Document]
    most_bytes: int
    packages: tuple[str, ...] = ()
    extra: str | None = None


def read(given: Given) -> Document:
    """Read with the reader for this kind. Raises Unreadable, with `reader_missing` where there is none to be had."""
    if not given.data.strip():
        raise Unreadable("empty_document", "The document is empty.")
    if given.kind == BINARY:
        raise Unreadable("unreadable_document", "The bytes are of no kind of document that is known.")
    if given.kind == OLE and _LOCKED in given.data:
        raise Unreadable("encrypted_document", "The document is locked with a password. Save it without one.")
    reader = _READERS.get(given.kind)
    if reader is None:
        todo = (
            "Unpack it and import the files in it"
            if given.kind in UNOPENED
            else "Save it as docx, xlsx or PDF"
        )
        raise Unreadable(
            "reader_missing", f"There is no reader for documents of the kind {given.kind}. {todo}."
        )
    check_installed(given.kind)
    if len(given.data) > reader.most_bytes:
        raise Unreadable(
            "too_large",
            f"The document has {len(given.data)} bytes; at most {reader.most_bytes} are read. "
            "Split it or save it smaller.",
        )
    return reader.read(given)


def check_installed(kind: str) -> None:
    """Raise Unreadable (`reader_missing`) where what reading documents of a kind takes is not installed."""
    reader = _READERS[kind]
    absent = [package for package in reader.packages if find_spec(package) is None]
    if absent:
        raise Unreadable(
            "reader_missing",
            f"To read documents of the kind {kind}, {' and '.join(absent)} must be installed: "
            f"python -m pip install 'gongkai[{reader.extra}]'",
        )


def _page(given: Given) -> Document:
    from pipeline.read.pages import read_html  # noqa: PLC0415 - readers are loaded when they are first asked

    return read_html(given)


def _text(given: Given) -> Document:
    from pipeline.read.pages import read_text  # noqa: PLC0415

    return read_text(given)


def _docx(given: Given) -> Document:
    from pipeline.read.word import read_docx  # noqa: PLC0415

    return read_docx(given)


def _flat(given: Given) -> Document:
    from pipeline.read.word.flat import read_flat  # noqa: PLC0415

    return read_flat(given)


def _odt(given: Given) -> Document:
    from pipeline.read.opendocument import read_odt  # noqa: PLC0415

    return read_odt(given)


def _pdf(given: Given) -> Document:
    from pipeline.read.pdf.apart import read_pdf  # noqa: PLC0415

    return read_pdf(given)


def _ofd(given: Given) -> Document:
    from pipeline.read.ofd import read_ofd  # noqa: PLC0415

    return read_ofd(given)


def _picture(given: Given) -> Document:
    from pipeline.read.scan.apart import read_pictures  # noqa: PLC0415

    return read_pictures(given)


def _xlsx(given: Given) -> Document:
    from pipeline.read.sheets.xlsx import read_xlsx  # noqa: PLC0415

    return read_xlsx(given)


def _office(given: Given) -> Document:
    from pipeline.read.office.reader import read_office  # noqa: PLC0415

    return read_office(given)


def _xls(given: Given) -> Document:
    from pipeline.read.sheets.xls import read_xls  # noqa: PLC0415

    return read_xls(given)


def _mhtml(given: Given) -> Document:
    from pipeline.read.mhtml import read_mhtml  # noqa: PLC0415

    return read_mhtml(given)


def _zip(given: Given) -> Document:
    from pipeline.read.packs.members import read_zip  # noqa: PLC0415

    return read_zip(given, read)


def _rar(given: Given) -> Document:
    from pipeline.read.packs.rar import read_rar  # noqa: PLC0415

    return read_rar(given, read)


_READERS = MappingProxyType(
    {
        HTML: Reader(_page, _PAGE_BYTES),
        TEXT: Reader(_text, _PAGE_BYTES),
        MHTML: Reader(_mhtml, _PAGE_BYTES),
        ZIP: Reader(_zip, _PACKS_BYTES),
        RAR: Reader(_rar, _PACKS_BYTES, ("rarfile",), "documents"),
        DOCX: Reader(_docx, _PACKED_BYTES),
        FLAT_OPC: Reader(_flat, _PACKED_BYTES),
        PDF: Reader(_pdf, _PDF_BYTES, ("pypdfium2", "noto_cjk_sans_otc"), "documents"),
        OFD: Reader(_ofd, _PACKED_BYTES, ("pypdfium2", "noto_cjk_sans_otc"), "documents"),
        **dict.fromkeys(IMAGES, Reader(_picture, _PDF_BYTES, scan.PACKAGES, scan.EXTRA)),
        XLSX: Reader(_xlsx, _PACKED_BYTES),
        ODT: Reader(_odt, _PACKED_BYTES),
        **dict.fromkeys((DOC, RTF, ODS, WORD_XML, EXCEL_XML, FODT, FODS), Reader(_office, _PACKED_BYTES)),
        XLS: Reader(_xls, _PAGE_BYTES, ("xlrd",), "documents"),
    }
)
