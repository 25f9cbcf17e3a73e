"""Packed files and web archives: every document inside is read, and the report among them found."""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import replace
from decimal import Decimal
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest

from pipeline.check import Verdict
from pipeline.read import read_document
from pipeline.report import Reading
from tests.documents.reports import assert_true, lines_and_tables, reader, report_docx, reports
from tests.documents.stand_in import COPY, compound, program
from tests.documents.workbooks import xlsx
from tests.documents.writing import docx, paragraph, plain, spanned, zipped
from tests.extract.rendering import Table

REPORT = reports()[0]
NOTE = docx(paragraph("关于印发安全生产检查方案的通知") + paragraph("各单位："))


def codes(reading: Reading) -> list[str]:
    return [issue.code for issue in reading.record.issues]


def test_the_report_in_a_zip_is_read_and_named() -> None:
    data = zipped(
        {"年报/说明.docx": NOTE, "年报/正文.docx": report_docx(REPORT), "__MACOSX/._正文.docx": b"x"}
    )
    reading = reader().read(data)
    assert reading.media_type == "application/zip"
    assert_true(reading, REPORT)
    assert [(issue.code, issue.at) for issue in reading.record.issues] == [
        ("packed_document", "年报/正文.docx")
    ]


def test_names_in_gbk_are_read_as_they_were_meant() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("AA.docx", report_docx(REPORT))
    data = buffer.getvalue().replace(b"AA.docx", "年".encode("gbk") + b".docx")
    assert [one.name for one in read_document(data).packed] == ["年.docx"]


def test_a_zip_in_a_zip_is_opened_and_a_third_is_not() -> None:
    once = zipped({"正文.docx": report_docx(REPORT)})
    twice = zipped({"年报.zip": once})
    assert_true(reader().read(twice), REPORT)
    reading = reader().read(zipped({"全部.zip": twice}))
    assert not reading.record.figures
    assert "too_complex" in codes(reading)


def test_several_formats_are_one_report_and_what_differs_is_a_finding() -> None:
    page = REPORT.html
    assert_true(reader().read(zipped({"a.html": page, "a.docx": report_docx(REPORT)})), REPORT)
    tables = [item if isinstance(item, str) else _with_7(item) for item in lines_and_tables(REPORT)]
    other = docx("".join(paragraph(one) if isinstance(one, str) else spanned(one) for one in tables))
    reading = reader().read(zipped({"a.docx": report_docx(REPORT), "b.docx": other}))
    assert_true(reading, REPORT)
    (finding,) = [one for one in reading.findings if one.check == "formats_disagree"]
    assert finding.verdict is Verdict.FAIL
    total = REPORT.figures["requests/received/total"].value
    assert (finding.at, finding.left, finding.right) == ("requests/received/total", total, Decimal(7))


def _with_7(rows: Table) -> Table:
    """The table with another total of requests received."""
    return [
        [*row[:-1], replace(row[-1], text="7")] if row[0].text.startswith("一、本年新收") else row
        for row in rows
    ]


def test_reports_of_two_years_in_one_file_are_not_mixed() -> None:
    other = next(one for one in reports() if one.publication.year != REPORT.publication.year)
    reading = reader().read(zipped({"1.docx": report_docx(REPORT), "2.docx": report_docx(other)}))
    assert (reading.record.is_report, reading.record.reason) == (False, "several_reports")
    assert not reading.record.figures
    assert "1.docx, 2.docx" in reading.record.issues[0].message


def test_reports_of_no_organ_in_one_file_are_not_taken_for_formats_of_one() -> None:
    nameless = REPORT.html.decode().replace(REPORT.organ.name, "本机关").encode()
    other = nameless.replace("全年".encode(), "这一年".encode())
    reading = reader().read(zipped({"1.html": nameless, "2.html": other}))
    assert reading.record.organ is None
    assert not reading.record.figures


def test_what_cannot_be_read_inside_is_an_issue_of_its_own() -> None:
    reading = reader().read(
        zipped({"正文.docx": report_docx(REPORT), "扫描.jpg": b"\xff\xd8\xff\xe0" + b"x" * 50})
    )
    assert_true(reading, REPORT)
    assert ("damaged_document", "扫描.jpg") in [(issue.code, issue.at) for issue in reading.record.issues]
    reading = reader().read(zipped({"断.docx": report_docx(REPORT)[:-300]}))
    assert not reading.record.is_report
    assert codes(reading) == ["damaged_document"]


def test_a_file_that_does_not_say_what_it_is_goes_by_its_name() -> None:
    tables = [item for item in lines_and_tables(REPORT) if not isinstance(item, str)]
    data = xlsx(tables)
    assert not reader().read(data).record.is_report
    title = f"附件：{REPORT.organ.name}{REPORT.publication.year}年政府信息公开工作年度报告.xlsx"
    reading = reader().read(data, title=title)
    assert (reading.record.organ, reading.record.year) == (REPORT.organ.name, REPORT.publication.year)
    assert {figure.cell for figure in reading.record.figures} == set(REPORT.figures)
    assert not reader().read(xlsx([plain(["姓名", "电话"], ["甲", "1"])]), title=title).record.is_report


@pytest.mark.parametrize("name", ["x/" * 50 + "a.docx", "../../a.docx", "/a.docx", "a\x01.docx"])
def test_names_lead_nowhere(name: str) -> None:
    assert_true(reader().read(zipped({name: report_docx(REPORT)})), REPORT)


def test_bombs_and_empty_packs_are_named() -> None:
    for data, code in (
        (zipped({"a.txt": b"\x20" * 70_000_000}), "too_large"),
        (zipped({}), "empty_document"),
        (zipped({f"{number}.txt": b"" for number in range(6_000)}), "too_complex"),
    ):
        document = read_document(data)
        assert document.blocks == ()
        assert [issue.code for issue in document.issues] == [code]
    many = read_document(zipped({f"{number}.txt": "甲" for number in range(60)}))
    assert len(many.packed) == 40
    assert [issue.code for issue in many.issues] == ["too_large"]


def web_archive(page: bytes, charset: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = "年报"
    message.make_related()
    part = EmailMessage()
    part.set_content(page.decode(charset), subtype="html", charset=charset, cte="quoted-printable")
    message.attach(part)
    return message.as_bytes()


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_web_archive_is_read_as_its_page(charset: str) -> None:
    report = next(one for one in reports() if one.publication.charset == charset)
    data = web_archive(report.html, charset)
    reading = reader().read(data, name="年报.doc", media_type="application/msword")
    assert reading.media_type == "multipart/related"
    assert_true(reading, report)
    cut = reader().read(data[: len(data) - 80])
    assert not cut.record.figures
    assert codes(cut) == ["damaged_document"]


def test_a_document_that_takes_in_a_page_is_read_as_that_page() -> None:
    relations = '<R><Relationship Id="rId9" Target="/word/afchunk.mht"/></R>'
    data = docx('<w:altChunk r:id="rId9"/>')
    buffer = BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/_rels/document.xml.rels", relations)
        archive.writestr("word/afchunk.mht", web_archive(REPORT.html, "utf-8"))
    reading = reader().read(buffer.getvalue())
    assert {figure.cell: figure.value for figure in reading.record.figures} == {
        name: one.value for name, one in REPORT.figures.items()
    }


def test_documents_inside_are_converted_in_one_start_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "report.docx").write_bytes(report_docx(REPORT))
    each = f'for f; do cp {tmp_path}/report.docx "$out/$(basename "${{f%.*}}").docx"; done'
    program(tmp_path, f"{COPY}echo x >> {tmp_path}/starts; {each}")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    data = zipped({f"{number}.doc": compound(sectors=4 + number) for number in range(3)})
    assert_true(reader().read(data), REPORT)
    assert (tmp_path / "starts").read_text() == "x\n"


def rar(files: dict[str, bytes], *, flags: int = 0) -> bytes:
    """Files in a rar of the fourth kind, as they are; names in GBK as Chinese programs write them."""

    def block(kind: int, flags: int, fields: bytes) -> bytes:
        head = struct.pack("<BHH", kind, flags, 7 + len(fields)) + fields
        return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head

    parts = [b"Rar!\x1a\x07\x00", block(0x73, 0, bytes(6))]
    for name, data in files.items():
        written = name.encode("gbk")
        sizes = struct.pack("<IIBII", len(data), len(data), 0, zlib.crc32(data), 0x5A000000)
        fields = sizes + struct.pack("<BBHI", 20, 0x30, len(written), 0x20) + written
        parts += [block(0x74, 0x8000 | flags, fields), data]
    return b"".join([*parts, block(0x7B, 0x4000, b"")])


def test_the_report_in_a_rar_is_read_and_named() -> None:
    data = rar({"说明.docx": NOTE, "正文.docx": report_docx(REPORT)})
    reading = reader().read(data, name="年报.zip")
    assert reading.media_type == "application/vnd.rar"
    assert_true(reading, REPORT)
    assert [(issue.code, issue.at) for issue in reading.record.issues] == [("packed_document", "正文.docx")]


def test_damaged_and_locked_rars_are_named() -> None:
    data = rar({"正文.docx": report_docx(REPORT)})
    for end in range(8, len(data), len(data) // 15):
        reading = reader().read(data[:end])
        assert not reading.record.figures or end > len(data) - 7  # only the mark of the end is gone
        assert reading.record.issues
    assert codes(reader().read(rar({"a.docx": NOTE}, flags=4))) == ["encrypted_document"]
