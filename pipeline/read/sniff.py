"""What kind of document bytes are, by the bytes themselves: names and headers of portals lie too often."""

from __future__ import annotations

import re
import struct

HTML = "text/html"
TEXT = "text/plain"
XML = "application/xml"
PDF = "application/pdf"
BINARY = "application/octet-stream"
MHTML = "multipart/related"
ZIP = "application/zip"
RAR = "application/vnd.rar"
SEVEN_ZIP, GZIP, ZSTD = UNOPENED = ("application/x-7z-compressed", "application/gzip", "application/zstd")
"""Packed files of these kinds are not opened."""
OFD = "application/ofd"
OLE = "application/x-ole-storage"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"
RTF = "application/rtf"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
WORD_XML = "application/x-word-xml"
FLAT_OPC = "application/x-flat-opc"
"""The parts of a docx in one XML file."""
EXCEL_XML = "application/x-excel-xml"
FODT = "application/vnd.oasis.opendocument.text-flat-xml"
FODS = "application/vnd.oasis.opendocument.spreadsheet-flat-xml"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSB = "application/vnd.ms-excel.sheet.binary.macroEnabled.12"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JPEG, PNG, GIF, BMP, TIFF, WEBP = IMAGES = (
    "image/jpeg",
    "image/png",
    "image/gif",
    "image/bmp",
    "image/tiff",
    "image/webp",
)

_OPENINGS = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF8", GIF),
    (b"BM", BMP),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"\x1f\x8b", GZIP),
    (b"Rar!\x1a\x07", RAR),
    (b"7z\xbc\xaf\x27\x1c", SEVEN_ZIP),
    (b"{\\rtf", RTF),
    (b"\x28\xb5\x2f\xfd", ZSTD),
)
_ZIP_MEMBERS = (
    (b"word/", DOCX),
    (b"xl/", XLSX),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"OFD.xml", OFD),
)
_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|br|span|script|style|h[1-6]|font|center|td|tr|ul|a"
    rb"|article|section|form|pre|iframe|frameset|link|base)(?:[\s>/:]|$)",
    re.IGNORECASE,
)
_HTML_ROOT = re.compile(rb"<(?:html|!doctype\s+html)", re.IGNORECASE)
_MHTML = re.compile(
    rb"mime-version:|(?:[a-z][a-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){1,30}?content-type:\s*multipart/related",
    re.IGNORECASE,
)
_XML_ROOTS = (
    (re.compile(rb"<(?:\w+:)?wordDocument\s[^>]*microsoft\.com/office/word/2003/wordml"), WORD_XML),
    (re.compile(rb"<(?:\w+:)?package\s[^>]*/2006/xmlPackage.{0,4000}?wordprocessingml", re.DOTALL), FLAT_OPC),
    (re.compile(rb"<(?:\w+:)?Workbook\s[^>]*urn:schemas-microsoft-com:office:spreadsheet"), EXCEL_XML),
    (re.compile(rb"<office:document\s[^>]*" + re.escape(ODT.encode()) + b'"'), FODT),
    (re.compile(rb"<office:document\s[^>]*" + re.escape(ODS.encode()) + b'"'), FODS),
)
_HTML_NAMES = frozenset((HTML, "application/xhtml+xml"))
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1a\x1b"))
_HEAD = 4096


def sniff(data: bytes, *, declared: str | None = None, name: str | None = None) -> str:
    """The media type of the bytes. `declared`, a Content-Type, and `name` decide only where they leave it
    open.
    """
    for opening, media_type in _OPENINGS:
        if data.startswith(opening) and (opening != b"BM" or _is_bitmap(data)):
            return media_type
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if b"%PDF-" in data[:1024] and b"<" not in data[: data.index(b"%PDF-")]:
        return PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _kind_of_ole(data, name)
    return _kind_of_text(data, _bare(declared), name)


def _kind_of_text(data: bytes, declared: str | None, name: str | None) -> str:
    head = data[:_HEAD]
    if head.startswith(_UTF16_MARKS):
        head = head[2:].replace(b"\x00", b"")
    elif _controls(head) * 50 > len(head) and not _TAG.match(head):
        return BINARY
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _MHTML.match(head):
        return MHTML
    if head.startswith(b"<") and not _HTML_ROOT.search(data, 0, 4 * _HEAD):
        for root, kind in _XML_ROOTS:
            if root.search(data, 0, 4 * _HEAD):
                return kind
        if head.startswith((b"<?xml", b"<office:document")):
            return XML
    if _TAG.search(head):
        return HTML
    if declared == TEXT or (name or "").lower().endswith(".txt"):
        return TEXT
    return HTML if _TAG.search(data, 0, 64 * _HEAD) or (declared in _HTML_NAMES and b"<" in data) else TEXT


def _bare(declared: str | None) -> str | None:
    return declared.split(";")[0].strip().lower() if declared else None


def _controls(head: bytes) -> int:
    return len(head) - len(head.translate(None, _CONTROLS))


def _is_bitmap(data: bytes) -> bool:
    return data[6:10] == b"\x00\x00\x00\x00" and len(data) > 26


def _kind_of_zip(data: bytes) -> str:
    """By the first member that tells: later ones may belong to a document that is packed inside."""
    opening = data[30:120]  # an OpenDocument says first what it is
    if opening.startswith(b"mimetype"):
        told = next((kind for kind in (ODT, ODS) if opening.startswith(b"mimetype" + kind.encode())), None)
        if told is not None:
            return told
    names, opening = _directory(data), rb"PK\x01\x02.{42}"
    if names is None:
        names, opening = data, rb"PK\x03\x04.{26}"
    found = [
        (member.start(), media_type)
        for name, media_type in _ZIP_MEMBERS
        if (member := re.search(opening + re.escape(name), names, re.DOTALL))
    ]
    kind = min(found)[1] if found else ZIP
    return XLSB if kind == XLSX and b"xl/workbook.bin" in names else kind


def _directory(data: bytes) -> bytes | None:
    """The list of members that a whole zip ends with; None where it is cut off. Members packed as they are have lists
    of their own.
    """
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or end + 22 > len(data):
        return None
    size, start = struct.unpack_from("<II", data, end + 12)
    listed = data[start : start + size]
    return listed if listed.startswith(b"PK\x01\x02") else None


def _kind_of_ole(data: bytes, name: str | None) -> str:
    for stream, media_type in (("WordDocument", DOC), ("Workbook", XLS), ("Book", XLS)):
        if stream.encode("utf-16-le") in data:
            return media_type
    ending = (name or "").lower().rpartition(".")[2]
    return {"doc": DOC, "wps": DOC, "xls": XLS, "et": XLS}.get(ending, OLE)
