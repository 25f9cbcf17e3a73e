"""Documents that are damaged, locked, or made to harm: an issue each, in bounded time, and never a figure."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from pipeline.read import Paragraph, read_document
from tests.documents.reports import assert_true, lines_and_tables, reader, report_docx, reports
from tests.documents.workbooks import xls, xlsx
from tests.documents.writing import cell, docx, paragraph, zipped

pytestmark = pytest.mark.timeout(60)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
LAUGHS = (
    '<!DOCTYPE w:document [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(
        f'<!ENTITY {one} "{f"&{before};" * 10}">' for before, one in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
FETCHED = '<!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def code(data: bytes, name: str | None = None) -> str:
    document = read_document(data, name=name)
    assert document.blocks == ()
    (issue,) = document.issues
    return issue.code


def with_declaration(declaration: str, text: str) -> bytes:
    return zipped(
        {
            "word/document.xml": f"{declaration}<w:document xmlns:w="
            f'"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{text}</w:t>'
            "</w:r></w:p></w:body></w:document>"
        }
    )


def test_a_document_cut_off_anywhere_gives_no_figure() -> None:
    data = report_docx(reports()[0])
    places = [*range(0, len(data), len(data) // 40), len(data) - 1]
    for end in places:
        reading = reader().read(data[:end])
        assert not reading.record.figures
        assert reading.record.issues


def test_a_document_with_a_byte_changed_is_damaged_or_as_it_was() -> None:
    report = reports()[0]
    data = report_docx(report)
    refused = 0
    for place in range(0, len(data), len(data) // 60):
        changed = data[:place] + bytes((data[place] ^ 0x10,)) + data[place + 1 :]
        reading = reader().read(changed)
        if reading.record.figures:
            assert_true(reading, report)
        else:
            refused += 1
    assert refused > 30


@pytest.mark.parametrize("declaration", [LAUGHS, FETCHED])
def test_no_entity_is_expanded_or_fetched(declaration: str) -> None:
    called = "&i;" if "ENTITY i" in declaration else "&a;"
    assert code(with_declaration(declaration, called)) in {"too_complex", "damaged_document"}
    assert code(with_declaration(declaration, "甲")) == "too_complex"


def test_a_bomb_is_not_unpacked() -> None:
    assert code(zipped({"word/document.xml": b" " * 60_000_000})) == "too_large"
    styles = docx(paragraph("甲"), styles=" " * 20_000_000)
    assert code(styles) == "too_large"
    assert code(zipped({f"word/{number}.xml": b"" for number in range(6_000)})) == "too_complex"


def test_endless_nesting_is_refused() -> None:
    depth = 400
    deep = "<w:sdt><w:sdtContent>" * depth + paragraph("1") + "</w:sdtContent></w:sdt>" * depth
    assert code(docx(deep)) in {"too_complex", "damaged_document"}
    tables = "<w:tbl><w:tr><w:tc>" * 60 + paragraph("底") + "</w:tc></w:tr></w:tbl>" * 60
    document = read_document(docx(tables))
    assert "底" in str(document.blocks)


def test_boxes_and_fields_without_number_are_read_in_bounded_time() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:txbxContent>"
    document = read_document(docx(f"<w:p><w:r><w:drawing>{box * 20_000}</w:drawing></w:r></w:p>"))
    assert len(document.blocks) == 20_000
    field = '<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/></w:r>'
    document = read_document(docx(f"<w:p>{field}<w:r><w:t>乙</w:t></w:r></w:p>" * 20_000))
    assert len(document.blocks) == 20_000


def test_a_hidden_paragraph_brings_back_no_box_of_the_one_before() -> None:
    box = f"<w:txbxContent>{paragraph('框')}</w:txbxContent>"
    styles = '<w:style w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = f"<w:p><w:r><w:drawing>{box}</w:drawing></w:r></w:p>" + paragraph("1", '<w:pStyle w:val="h"/>')
    assert [
        one.text for one in read_document(docx(body, styles=styles)).blocks if isinstance(one, Paragraph)
    ] == ["框"]


def test_a_table_of_endless_columns_is_bounded() -> None:
    wide = cell(paragraph("甲"), '<w:gridSpan w:val="999999999"/>')
    rows = "".join(f"<w:tr>{wide * 40}</w:tr>" for _ in range(100))
    document = read_document(docx(f"<w:tbl>{rows}</w:tbl>"))
    assert document.blocks


@pytest.mark.parametrize("value", ["-5", "x", "", "1e9"])
def test_spans_that_are_no_numbers_are_one(value: str) -> None:
    odd = cell(paragraph("甲"), f'<w:gridSpan w:val="{value}"/>')
    (grid,) = read_document(docx(f"<w:tbl><w:tr>{odd}{cell(paragraph('1'))}</w:tr></w:tbl>")).blocks
    assert "colspan=1" in str(grid)


def test_locked_documents_are_told_from_damaged_ones() -> None:
    locked = OLE + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 100
    assert code(locked, "年报.docx") == "encrypted_document"
    flagged = bytearray(docx(paragraph("甲")))
    at = -1
    while (at := flagged.find(b"PK\x01\x02", at + 1)) >= 0:
        flagged[at + 8] |= 1
    assert code(bytes(flagged)) == "encrypted_document"


def test_locked_workbooks_and_zips_are_named() -> None:
    workbook = xls(lines_and_tables(reports()[0]))
    at = workbook.index(b"\x09\x08")  # the beginning of the book, which a record that tells of a lock follows
    size = 4 + int.from_bytes(workbook[at + 2 : at + 4], "little")
    lock = b"\x2f\x00\x36\x00" + b"\x01\x00" * 27
    after = at + size + len(lock)
    locked = workbook[: at + size] + lock + workbook[after:]
    assert code(locked) == "encrypted_document"
    flagged = bytearray(zipped({"年报.html": reports()[0].html}))
    flagged[flagged.index(b"PK\x01\x02") + 8] |= 1
    assert code(bytes(flagged)) == "encrypted_document"


def test_of_a_file_that_is_two_the_figures_of_one_are_read_or_none() -> None:
    one, other = reports()[0], reports()[20]
    assert one.figures != other.figures
    firsts = (
        one.html,
        report_docx(one),
        xlsx(lines_and_tables(one)),
        b"%PDF-1.7\n",
        b"{\\rtf1 ",
        OLE,
    )
    true = [{name: figure.value for name, figure in report.figures.items()} for report in (one, other)]
    read = 0
    for first in firsts:
        for last in (other.html, report_docx(other)):
            reading = reader().read(first + last, name="年报.doc")
            figures = {figure.cell: figure.value for figure in reading.record.figures}
            assert figures in true or not figures, (first[:4], last[:4])
            assert figures or reading.record.issues
            read += bool(figures)
    assert read


def test_documents_without_text_or_parts() -> None:
    assert code(docx("")) == "empty_document"
    assert code(docx("<w:p/>")) == "empty_document"
    assert code(zipped({"word/other.xml": "<x/>"})) == "damaged_document"
    assert code(zipped({"word/document.xml": "<x/>"})) == "damaged_document"


def test_the_bytes_decide_what_a_file_is() -> None:
    report = reports()[0]
    for name in ("年报.doc", "年报.pdf", "年报.html", "年报"):
        assert_true(reader().read(report_docx(report), name=name, media_type="text/html"), report)
    for name in ("年报.doc", "年报.docx", "年报.xls"):
        reading = reader().read(report.html, name=name, media_type="application/msword")
        assert reading.media_type == "text/html"
        assert reading.record.figures


def test_documents_saved_as_strict_are_read_under_their_other_names() -> None:
    names = (
        (b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"wordprocessingml/main"),
        (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"spreadsheetml/main"),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"officeDocument/relationships",
        ),
    )
    for data in (report_docx(reports()[0]), xlsx(lines_and_tables(reports()[0]))):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        for usual, strict in names:
            parts = {
                name: part.replace(usual, b"http://purl.oclc.org/ooxml/" + strict)
                for name, part in parts.items()
            }
        assert any(b"purl.oclc.org" in part for part in parts.values())
        assert_true(reader().read(zipped(parts)), reports()[0], has_sections=False)
