"""Documents that LibreOffice has to open: refused by name without it, and with it every figure is right."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from pipeline.forms import load_forms
from pipeline.read import Grid, Paragraph, read_document
from pipeline.read.given import Slow, Unreadable
from pipeline.read.office import convert_together, soffice
from pipeline.read.office.soffice import Source, convert
from pipeline.report import ReportReader
from tests.documents.reports import assert_true, reader, report_docx, reports
from tests.documents.stand_in import COPY, compound, program
from tests.documents.writing import cell, docx, paragraph, table, zipped

needs_office = pytest.mark.skipif(
    soffice.program() is None, reason=f"LibreOffice is not here: {soffice.INSTALL}"
)
REPORTS = reports()[::18]


def code(data: bytes) -> str:
    document = read_document(data)
    assert document.blocks == ()
    return document.issues[0].code


def test_without_the_program_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    for data in (compound(), rb"{\rtf1 a}"):
        document = read_document(data)
        assert [issue.code for issue in document.issues] == ["reader_missing"]
        assert "libreoffice-writer" in document.issues[0].message


def test_what_is_cut_off_or_locked_never_reaches_a_program_that_mends_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    whole = compound()
    assert code(whole[:-512]) == "damaged_document"
    assert code(whole[:1300]) == "damaged_document"
    assert code(compound(locked=True)) == "encrypted_document"
    assert code(rb"{\rtf1 {\b a}") == "reader_missing"
    assert code(rb"{\rtf1 {\b a") == "damaged_document"
    opened = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}
    manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    assert code(zipped(opened)) == "damaged_document"
    assert code(zipped(opened | {"META-INF/manifest.xml": manifest})) == "encrypted_document"
    assert code(zipped(opened | {"META-INF/manifest.xml": "<x/>"})) == "reader_missing"


def test_what_was_converted_before_is_not_converted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    report, data = reports()[0], compound()
    known = ReportReader(
        load_forms(), slow=Slow(lambda asked: report_docx(report) if asked == data else None)
    )
    reading = known.read(data)
    assert reading.media_type == "application/msword"
    assert_true(reading, report)
    refused = ReportReader(load_forms(), slow=Slow(lambda _: Unreadable("too_complex", "zu lang")))
    assert [issue.code for issue in refused.read(data).record.issues] == ["too_complex"]


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path


def test_a_document_on_which_the_program_dies_costs_no_other(stand_in: Path) -> None:
    each = (
        'for f; do if grep -q boom "$f"; then kill -SEGV $$; fi; b=$(basename "$f"); '
        'cp "$f" "$out/${b%.*}.docx"; done'
    )
    program(stand_in, COPY + each)
    sources = [Source(text, "doc", "docx") for text in (b"one", b"two boom", b"three", b"four boom", b"five")]
    results = convert(sources)
    assert [one if isinstance(one, bytes) else one.code for one in results] == [
        *(b"one", "too_complex", b"three", "too_complex", b"five")
    ]


def test_a_document_that_the_program_does_not_open_is_damaged(stand_in: Path) -> None:
    program(stand_in, "exit 0")
    (result,) = convert([Source(b"x", "doc", "docx")])
    assert isinstance(result, Unreadable)
    assert result.code == "damaged_document"


def test_a_program_that_does_not_end_is_ended_with_all_it_started(
    stand_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soffice, "SECONDS", 1)
    monkeypatch.setattr(soffice, "SECONDS_EACH", 0)
    mark = stand_in / "mark"
    program(stand_in, f"(sleep 2; touch {mark}) & sleep 100")
    (result,) = convert([Source(b"x", "doc", "docx")])
    assert isinstance(result, Unreadable)
    assert "1 s" in result.message
    time.sleep(1.5)
    assert not mark.exists()


BIG = "import sys; data = bytearray(400 << 20); open(sys.argv[1], 'wb').write(b'made')"


def test_a_program_that_eats_memory_or_disk_is_ended(stand_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(stand_in, COPY + f'{sys.executable} -c "{BIG}" "$out/0.docx"')
    assert convert([Source(b"x", "doc", "docx")]) == [b"made"]
    monkeypatch.setattr(soffice, "MEMORY_KB", 300_000)
    (result,) = convert([Source(b"x", "doc", "docx")])
    assert isinstance(result, Unreadable)
    assert result.code == "too_complex"
    monkeypatch.setattr(soffice, "FILE_BLOCKS", 1000)
    program(stand_in, COPY + 'exec head -c 5000000 /dev/zero > "$out/0.docx"')
    assert code(compound()) == "damaged_document"


def uneven_table() -> str:
    """A table whose columns have edges that converters round; a person sees four."""

    def row(*texts: tuple[str, int]) -> list[str]:
        return [cell(paragraph(text), f'<w:gridSpan w:val="{span}"/>') for text, span in texts]

    rows = (
        row(("规章", 1), ("1", 1), ("2", 1), ("3", 1)),
        row(("甲", 1), ("乙", 3)),
        row(("丙", 2), ("丁", 2)),
    )
    return table(*rows, widths=[1333, 1457, 1391, 1411]) + paragraph("落款")


def test_what_fields_show_is_not_believed_where_a_program_computes_them_anew() -> None:
    """LibreOffice shows 0 for a sum that it cannot compute, and today for the day of a signature."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    shown = "<w:r><w:t>12</w:t></w:r>"

    def field(code: str) -> str:
        begun = f"{mark.format('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{mark.format('separate')}"
        return f"<w:p>{begun}{shown}{mark.format('end')}</w:p>"

    simple = f'<w:p><w:fldSimple w:instr=" DATE ">{shown}</w:fldSimple></w:p>'
    body = field(" =SUM(ABOVE) ") + field("TIME \\@ yyyy") + simple + field("HYPERLINK a") + field("REF b")
    data = compound()
    converted = {data: docx(body)}
    texts = [
        block.text
        for block in read_document(data, slow=Slow(converted.get)).blocks
        if isinstance(block, Paragraph)
    ]
    assert texts == ["\ufffd", "\ufffd", "\ufffd", "12", "12"]
    own = [block.text for block in read_document(docx(body)).blocks if isinstance(block, Paragraph)]
    assert own == ["12"] * 5


@needs_office
def test_every_figure_is_right_by_way_of_libreoffice() -> None:
    """The reports are converted to the formats, and read back from them."""
    endings = ("doc", "odt", "rtf")
    bodies = [*map(report_docx, REPORTS), docx(uneven_table())]
    written = convert([Source(body, "docx", ending) for ending in endings for body in bodies])
    made = [one for one in written if isinstance(one, bytes)]
    assert len(made) == len(bodies) * len(endings)
    kinds = [ending for ending in endings for _ in bodies]
    ways = [Source(data, ending, "docx") for data, ending in zip(made, kinds, strict=True) if ending != "odt"]
    slow = Slow({way.data: back for way, back in zip(ways, convert(ways), strict=True)}.get)
    batched = ReportReader(load_forms(), slow=slow)
    for place, data in enumerate(made):
        number = place % len(bodies)
        if number < len(REPORTS):
            assert_true(batched.read(data, name="年报.wps"), REPORTS[number])
        else:
            grid = read_document(data, slow=slow).blocks[0]
            assert isinstance(grid, Grid)
            assert [(one.text, one.row, one.column, one.colspan) for one in grid.cells] == [
                *(("规章", 1, 1, 1), ("1", 1, 2, 1), ("2", 1, 3, 1), ("3", 1, 4, 1)),
                *(("甲", 2, 1, 1), ("乙", 2, 2, 3), ("丙", 3, 1, 2), ("丁", 3, 3, 2)),
            ]
    assert_true(reader().read(made[0]), REPORTS[0])
    for data in made[:: len(bodies)]:
        assert not read_document(data[: len(data) // 2]).blocks


WORD_2003 = """<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>
<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="900"/><w:gridCol w:w="900"/></w:tblGrid><w:tr>
<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>规章</w:t></w:r></w:p></w:tc>
<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>7</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p/></w:body></w:wordDocument>"""
EXCEL_2003 = """<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table><Row>
<Cell><Data ss:Type="String">规章</Data></Cell><Cell><Data ss:Type="Number">7</Data></Cell></Row></Table></Worksheet>
</Workbook>"""


@needs_office
def test_documents_of_2003_in_xml_are_read() -> None:
    """Programs of portals fill in such files as templates, and name them doc and xls."""
    documents = [(WORD_2003.encode(), "年报.doc"), (EXCEL_2003.encode(), "年报.xls")]
    slow = Slow(convert_together(documents).get)
    for data, name in documents:
        (grid,) = read_document(data, name=name, slow=slow).blocks
        assert isinstance(grid, Grid)
        assert [one.text for one in grid.cells] == ["规章", "7"]
