"""Kinds of documents by their bytes."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.read import read_document, sniff
from pipeline.read.sniff import EXCEL_XML, FLAT_OPC, FODT, IMAGES, UNOPENED, WORD_XML

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Why the bytes here, which are no whole documents, are not read; all others have no reader.
UNREAD = {
    **dict.fromkeys(
        (
            "application/pdf",
            WORD,
            SHEET,
            "application/vnd.ms-excel",
            "application/msword",
            "application/rtf",
            "application/ofd",
            *(WORD_XML, EXCEL_XML, FLAT_OPC, FODT),
            *IMAGES,
        ),
        "damaged_document",
    ),
    "multipart/related": "unreadable_document",
    "application/vnd.rar": "empty_document",
}


def packed(*names: str, inside: bytes = b"x") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, inside)
    return buffer.getvalue()


NAMED = b'xmlns:w="http://schemas.microsoft.com/'

KINDS = [
    (b"%PDF-1.7\n%\xe2\xe3", "application/pdf"),
    (b"\r\n%PDF-1.4\n", "application/pdf"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n\x00", "image/png"),
    (b"GIF89a\x01\x00", "image/gif"),
    (b"BM\x36\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00" + b"\x00" * 40, "image/bmp"),
    (b"II*\x00\x08", "image/tiff"),
    (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
    (b"\x1f\x8b\x08\x00", "application/gzip"),
    (b"Rar!\x1a\x07\x01\x00", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c\x00", "application/x-7z-compressed"),
    (b"{\\rtf1\\ansi", "application/rtf"),
    (packed("[Content_Types].xml", "word/document.xml"), WORD),
    (packed("[Content_Types].xml", "xl/workbook.xml"), SHEET),
    (packed("xl/workbook.xml", "xl/embeddings/a.docx", inside=packed("word/document.xml")), SHEET),
    (
        packed("[Content_Types].xml", "xl/worksheets/sheet1.bin", "xl/workbook.bin"),
        "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    ),
    (packed("OFD.xml", "Doc_0/Document.xml"), "application/ofd"),
    (packed("年报.doc"), "application/zip"),
    (OLE + "WordDocument".encode("utf-16-le"), "application/msword"),
    (OLE + "Workbook".encode("utf-16-le"), "application/vnd.ms-excel"),
    (OLE, "application/x-ole-storage"),
    (b"MIME-Version: 1.0\nContent-Type: multipart/related;", "multipart/related"),
    (b"<?xml version='1.0'?><rss></rss>", "application/xml"),
    (b"<office:document office:version='1.2'><table:table>", "application/xml"),
    (b'<?xml version="1.0"?><w:wordDocument ' + NAMED + b'office/word/2003/wordml">', WORD_XML),
    (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', EXCEL_XML),
    (b"<pkg:package " + NAMED + b'office/2006/xmlPackage"><pkg:part x="wordprocessingml">', FLAT_OPC),
    (b'<office:document office:mimetype="' + FODT.removesuffix("-flat-xml").encode() + b'">', FODT),
]


@pytest.mark.parametrize(("data", "kind"), KINDS)
def test_kinds_by_their_bytes(data: bytes, kind: str) -> None:
    assert sniff(data, declared="text/html", name="report.html") == kind


def test_kinds_without_a_reader_are_told_by_name() -> None:
    for data, kind in KINDS:
        document = read_document(data, media_type="text/html")
        assert document.media_type == kind
        assert document.blocks == ()
        if kind == "application/zip":
            assert [one.name for one in document.packed] == ["年报.doc"]
            continue
        (issue,) = document.issues
        assert issue.code == UNREAD.get(kind, "reader_missing"), kind
        assert issue.code != "reader_missing" or kind in issue.message
        assert ("Unpack it" in issue.message) is (kind in UNOPENED)


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE html><html></html>",
        b"  \r\n<HTML>",
        b"\xef\xbb\xbf<html>",
        b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC>\n<html xmlns='x'>",
        b"<p>x",
        b"<!-- a --><div>",
        "<td>规章</td>".encode("gbk"),
        "\ufeff<html><p>x".encode("utf-16-le"),
    ],
)
def test_pages(data: bytes) -> None:
    assert sniff(data, declared="application/pdf", name="a.pdf") == "text/html"


@pytest.mark.parametrize("data", ["规章\t0\t0\n".encode(), "规章 0 < 1".encode("gb18030"), b"", b"BM plain"])
def test_plain_text(data: bytes) -> None:
    assert sniff(data) == "text/plain"


def test_names_and_headers_count_where_bytes_leave_it_open() -> None:
    late = b"x" * 5000 + b"<p>y</p>"
    assert sniff(late) == "text/html"
    assert sniff(late, name="report.TXT") == "text/plain"
    assert sniff(late, declared="text/plain; charset=gbk") == "text/plain"
    assert sniff(OLE, name="report.wps") == "application/msword"


def test_what_is_nothing_and_what_is_no_document() -> None:
    for data in (b"", b" \r\n\t"):
        assert [issue.code for issue in read_document(data).issues] == ["empty_document"]
    document = read_document(b"\x00\x01\x02\x03" * 50)
    assert document.media_type == "application/octet-stream"
    assert [issue.code for issue in document.issues] == ["unreadable_document"]
