"""Any bytes that begin as a PDF give a document or an issue; none ends the process that asks."""

from __future__ import annotations

import io
import zlib
from functools import cache

import pypdfium2
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from pipeline.read import Document, read_document
from pipeline.read.given import Given, Unreadable
from pipeline.read.pdf import apart, pdfium, reader, wholeness
from pipeline.read.sniff import PDF
from tests.read.pdf.drawing import Drawing, Look


@cache
def sound() -> bytes:
    drawing = Drawing(Look())
    drawing.paragraph("样例市人民政府办公室2022年政府信息公开工作年度报告。" * 4)
    return drawing.done()


def codes(document: Document) -> list[str]:
    return [issue.code for issue in document.issues]


def test_a_pdf_is_read_by_its_bytes_whatever_it_is_called() -> None:
    document = read_document(sound(), media_type="text/html", name="年报.docx")
    assert document.media_type == PDF
    assert "年度报告" in document.prose[0]
    assert not document.issues


def test_a_pdf_cut_off_anywhere_is_not_read_for_what_is_left() -> None:
    data = sound()
    for end in range(5, len(data) - 8, len(data) // 60):
        document = reader.read(data[:end])
        assert not document.blocks
        assert codes(document) == ["damaged_document"]


def test_a_pdf_with_a_damaged_page_is_not_read_for_what_is_left() -> None:
    data = packed(b"BT /F1 12 Tf (all of it) Tj ET " * 40)
    start = data.index(b"stream\n") + 20
    document = reader.read(data[:start] + bytes([data[start] ^ 0x40]) + data[start + 1 :])
    assert codes(document) == ["damaged_document"]
    assert "damaged" in document.issues[0].message


def test_a_pdf_damaged_anywhere_gives_an_issue_or_what_is_left() -> None:
    data = sound()
    for start in range(8, len(data), len(data) // 60):
        document = reader.read(data[:start] + b"\xff/>>" + data[start + 4 :])
        assert document.blocks or document.issues


def made(pages: int, encrypt: StandardEncryption | None = None) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=encrypt)
    for _ in range(pages):
        canvas.drawString(100, 700, "page")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_locked_pdf_says_so() -> None:
    document = reader.read(made(1, StandardEncryption("secret", "owner")))
    assert codes(document) == ["encrypted_document"]
    assert "password" in document.issues[0].message


def test_a_pdf_that_is_only_locked_against_changes_is_read() -> None:
    document = reader.read(made(1, StandardEncryption("", "owner", canModify=0)))
    assert document.prose == ("page",)


def test_only_so_many_pages_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_PAGES", 3)
    document = reader.read(made(5))
    assert codes(document) == ["too_large"]
    assert document.prose == ("page page page",)


def test_a_page_of_too_many_characters_is_left_out_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfium, "MAX_CHARACTERS", 100)
    drawing = Drawing(Look())
    drawing.paragraph("第一页很短。")
    drawing._next()
    drawing.paragraph("第二页很长。" * 30)
    document = reader.read(drawing.done())
    assert codes(document) == ["page_unreadable"]
    assert document.prose == ("第一页很短。",)


def test_a_title_that_is_no_text_is_none() -> None:
    data = sound()
    start = data.index(b"/Title (") + len(b"/Title (")
    end = data.index(b")", start)
    document = reader.read(data[:start] + b"\\376\\377\\334\\000" + data[end:])
    assert not document.issues
    assert "年度报告" in document.titles[0]


def test_files_inside_are_told() -> None:
    document = pypdfium2.PdfDocument(sound())
    document.new_attachment("年报.xlsx").set_data(b"PK")
    out = io.BytesIO()
    document.save(out)
    document.close()
    read = reader.read(out.getvalue())
    assert codes(read) == ["files_inside"]
    assert "年度报告" in read.prose[0]


def packed(contents: bytes, more: bytes = b"") -> bytes:
    stream = zlib.compress(contents, 9)
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R" + more + b">>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(stream) + stream + b"\nendstream endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


def test_a_stream_that_only_lacks_its_checksum_is_whole() -> None:
    data = packed(b"0 0 600 800 re n " * 30)
    stop = data.index(b"\nendstream")
    shorter = data[: stop - 4] + data[stop:]
    assert wholeness.damage(data) is None
    assert wholeness.damage(shorter) is None
    assert wholeness.damage(data[: stop - 4] + b"abcd" + data[stop:]) is not None
    assert wholeness.damage(data[: stop - 9] + data[stop:]) is not None


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wholeness, "MOST_UNPACKED", 1_000_000)
    document = reader.read(packed(b" " * 2_000_000))
    assert codes(document) == ["too_complex"]
    assert "unpacks to more" in document.issues[0].message


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.4\ntrailer<</Root 1 0 R>>\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 9>>endobj %%EOF",
        packed(b""),
        packed(b"q " * 200_000),
        packed(b"0 0 1 1 re f\n" * 70_000),
        packed(b"0 0 m\n" + b"9 9 l\n" * 500_000 + b"S"),
        packed(b"", b"/UserUnit 75000"),
        packed(b"BT 1 0 0 1 1e30 -1e30 Tm (1) Tj ET 0 0 1e38 1e38 re S"),
    ],
    ids=[
        "head alone",
        "pages in a ring",
        "nothing",
        "saved states",
        "objects",
        "points",
        "huge unit",
        "far away",
    ],
)
def test_what_no_report_holds_gives_an_issue(data: bytes) -> None:
    assert codes(reader.read(data))


def test_a_reader_that_dies_gives_an_issue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "COMMAND", ("-c", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"))
    document = read_document(sound())
    assert codes(document) == ["unreadable_document"]
    assert "SIGSEGV" in document.issues[0].message


def test_a_reader_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "COMMAND", ("-c", "import time; time.sleep(60)"))
    monkeypatch.setattr(apart, "SECONDS", 0.5)
    with pytest.raises(Unreadable, match="took more than"):
        apart.read_pdf(Given(sound(), PDF))
