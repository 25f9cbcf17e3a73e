"""The text of documents of Word, as a person sees it printed. Every golden is written from the markup by eye."""

from __future__ import annotations

import io
import zipfile

from pipeline.read import Paragraph, read_document
from tests.documents.seen import read, shown, texts
from tests.documents.writing import cell, docx, paragraph, plain, spanned, table

RUN = "<w:r><w:t>{}</w:t></w:r>"


def one_line(content: str, **parts: str) -> str:
    (line,) = texts(read(f"<w:p>{content}</w:p>", **parts))
    return line


def test_deleted_text_is_gone_and_inserted_text_is_there() -> None:
    deleted = "<w:del><w:r><w:delText>7</w:delText></w:r></w:del>"
    assert one_line(deleted + "<w:ins><w:r><w:t>8</w:t></w:r></w:ins>") == "8"
    moved = "<w:moveFrom><w:r><w:t>甲</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>乙</w:t></w:r></w:moveTo>"
    assert one_line(moved) == "乙"


def test_hidden_runs_are_not_read_by_their_own_mark_or_their_style() -> None:
    styles = (
        '<w:style w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    hidden = "<w:r><w:rPr>{}</w:rPr><w:t>9</w:t></w:r>"
    runs = hidden.format("<w:vanish/>") + hidden.format('<w:rStyle w:val="b"/>') + RUN.format("1")
    assert one_line(runs, styles=styles) == "1"
    assert one_line(hidden.format('<w:rStyle w:val="b"/><w:vanish w:val="0"/>'), styles=styles) == "9"


def test_raised_and_struck_figures_stay_apart() -> None:
    run = "<w:r><w:rPr>{}</w:rPr><w:t>1</w:t></w:r>"
    raised = '<w:vertAlign w:val="superscript"/>'
    assert one_line(RUN.format("12") + run.format(raised)) == "12^1"
    assert one_line(run.format("<w:strike/>") + RUN.format("2")) == "~1~2"
    assert one_line(RUN.format("12") + '<w:r><w:footnoteReference w:id="2"/></w:r>') == "12^注"


def test_a_note_set_higher_by_hand_or_by_its_style_stays_apart() -> None:
    run = "<w:r><w:rPr>{}</w:rPr><w:t>1</w:t></w:r>"
    styles = '<w:style w:styleId="a"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    assert one_line(RUN.format("12") + run.format('<w:rStyle w:val="a"/>'), styles=styles) == "12^1"
    assert one_line(RUN.format("12") + run.format('<w:position w:val="10"/>')) == "12^1"
    assert one_line(run.format('<w:position w:val="10"/>') * 2) == "11"
    assert one_line(RUN.format("12") + run.format('<w:position w:val="2"/>')) == "121"


def test_a_figure_that_is_white_on_white_is_no_number() -> None:
    run = "<w:r><w:rPr>{}<w:color w:val='FFFFFF'/></w:rPr><w:t>{}</w:t></w:r>"
    dark = '<w:shd w:val="clear" w:fill="1F4E79"/>'
    assert one_line(run.format("", 45)) == "\ufffd45"
    assert one_line(run.format(dark, 45)) == "45"
    assert one_line(run.format("", "规章")) == "规章"
    white = f"<w:p>{run.format('', 6)}</w:p>"
    (grid,) = read(table([cell(white, dark), cell(white), cell(paragraph("乙"))])).blocks
    assert [text for text, *_ in shown(grid)] == ["6", "\ufffd6", "乙"]


def test_a_figure_that_is_turned_round_is_no_number() -> None:
    turned = '<w:bdo w:val="{}">' + RUN.format("12") + "</w:bdo>" + RUN.format("件")
    assert one_line(turned.format("rtl")) == "\ufffd12件"
    assert one_line(turned.format("ltr")) == "12件"
    assert one_line(RUN.format("\u202e12\u202c")) == "\ufffd12"
    assert one_line(RUN.format("\u202d12\u202c")) == "12"


def test_what_a_field_draws_by_its_code_is_no_blank() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    field = mark.format("begin") + "<w:r><w:instrText> {} </w:instrText></w:r>" + mark.format("end")
    assert one_line(field.format("SYMBOL 53") + RUN.format("件")) == "\ufffd件"
    assert one_line(field.format("PAGE") + RUN.format("件")) == "件"


def test_a_document_in_one_file_of_xml_is_read_as_its_parts_packed() -> None:
    data = docx(spanned(plain(["规章", "1"], ["行政强制", "0"])) + paragraph("落款"))
    spaces = 'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"'
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = "".join(
            f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{package.read(name).decode().partition("?>")[2]}'
            "</pkg:xmlData></pkg:part>"
            for name in package.namelist()
            if name.endswith("document.xml")
        )
    flat = f'<?xml version="1.0"?><pkg:package {spaces}>{parts}</pkg:package>'.encode()
    assert read_document(flat).blocks == read_document(data).blocks
    assert [issue.code for issue in read_document(flat[:-20]).issues] == ["damaged_document"]


def test_empty_lines_that_a_portal_writes_before_a_file_hide_nothing() -> None:
    data = docx(paragraph("甲局"))
    assert read_document(b"\r\n\r\n" + data) == read_document(data)


def test_of_a_field_its_result_is_read() -> None:
    character = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = "<w:r><w:instrText>=SUM(ABOVE) \\# 9</w:instrText></w:r>"
    nested = character.format("begin") + RUN.format("77") + character.format("end")
    field = (
        character.format("begin")
        + code
        + nested
        + character.format("separate")
        + RUN.format("12")
        + character.format("end")
    )
    assert one_line(field + RUN.format("件")) == "12件"
    assert one_line('<w:fldSimple w:instr="PAGE"><w:r><w:t>5</w:t></w:r></w:fldSimple>') == "5"
    lost = f"<w:p>{character.format('begin')}</w:p>" + paragraph("不会消失")
    assert texts(read(lost)) == ["不会消失"]


def test_breaks_tabs_symbols_and_formulas() -> None:
    assert texts(read(paragraph("甲\n乙"))) == ["甲", "乙"]
    assert one_line("<w:r><w:t>1</w:t><w:tab/><w:t>2</w:t></w:r>") == "1\t2"
    assert one_line('<w:r><w:sym w:font="Symbol" w:char="F037"/></w:r>') == "7"
    assert one_line('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>') == "\ufffd"
    assert one_line("<m:oMath><m:r><m:t>15</m:t></m:r></m:oMath>") == "15"
    part = "<m:{0}><m:r><m:t>{1}</m:t></m:r></m:{0}>"
    fraction = f"<m:oMath><m:f>{part.format('num', 1)}{part.format('den', 5)}</m:f></m:oMath>"
    assert one_line(fraction) == "1\ufffd5"


def test_a_text_box_is_read_once_behind_the_paragraph_it_hangs_on() -> None:
    box = f"<w:txbxContent>{paragraph('框内')}</w:txbxContent>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert texts(read(f"<w:p>{RUN.format('框外')}<w:r>{both}</w:r></w:p>")) == ["框外", "框内"]


def test_a_picture_in_an_empty_cell_is_no_blank() -> None:
    picture = "<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>"
    label, number = cell(paragraph("规章")), cell(paragraph("1"))
    (grid,) = read(table([label, cell(picture)], [label, number], [label, cell(paragraph(""))])).blocks
    assert [text for text, *_ in shown(grid)] == ["规章", "\ufffc", "规章", "1", "规章", ""]


NUMBERING = (
    '<w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:isLgl/>'
    '<w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="5"/></w:num>'
)


def numbered(text: str, level: int = 0, of: int = 3) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{of}"/></w:numPr>')


def test_automatic_numbers_are_printed_and_never_run_into_figures() -> None:
    body = (
        numbered("总体情况")
        + numbered("甲", 1)
        + numbered("乙", 1)
        + numbered("主动公开")
        + numbered("丙", 1)
    )
    lines = texts(read(body, numbering=NUMBERING))
    assert lines == ["一、总体情况", "1.1甲", "1.2乙", "二、主动公开", "2.1丙"]
    rows = table(
        [cell(numbered("规章", 1)), cell(numbered("5", 1))], [cell(numbered("", 1)), cell(paragraph("6"))]
    )
    (grid,) = read(rows, numbering=NUMBERING).blocks
    assert [text for text, *_ in shown(grid)] == ["1.1规章", "1.2\ufffd5", "1.3\ufffd", "6"]


def test_headings_have_the_level_of_their_style() -> None:
    styles = '<w:style w:styleId="2"><w:name w:val="heading 2"/></w:style>'
    (heading, other) = read(
        paragraph("二级", '<w:pStyle w:val="2"/>') + paragraph("正文"), styles=styles
    ).blocks
    assert isinstance(heading, Paragraph)
    assert isinstance(other, Paragraph)
    assert (heading.level, other.level) == (2, None)


def test_content_controls_are_looked_through() -> None:
    inside = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    row = f"<w:tr>{inside.format(cell(paragraph('甲')))}{cell(inside.format(paragraph('1')))}</w:tr>"
    (grid,) = read(inside.format(f"<w:tbl>{inside.format(row)}</w:tbl>")).blocks
    assert shown(grid) == [("甲", 1, 1, 1, 1), ("1", 1, 2, 1, 1)]


def test_the_title_is_looked_for_in_the_text_first() -> None:
    core = '<cp:coreProperties xmlns:cp="x" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>旧</dc:title></cp:coreProperties>'
    data = docx(paragraph("某县甲局") + paragraph("2021年政府信息公开工作年度报告"))
    document = read_document(with_part(data, "docProps/core.xml", core))
    assert document.titles == (
        "某县甲局2021年政府信息公开工作年度报告",
        "某县甲局",
        "2021年政府信息公开工作年度报告",
        "旧",
    )


def test_pictures_and_files_that_may_hold_the_tables_are_told() -> None:
    picture = "x" * 20_000
    scan = read_document(with_part(docx("<w:p/>"), "word/media/image1.png", picture))
    assert [issue.code for issue in scan.issues] == ["reader_missing"]
    prose = docx(paragraph("甲局2021年政府信息公开工作年度报告"))
    assert [
        [issue.code for issue in read_document(data).issues]
        for data in (
            with_part(prose, "word/media/image1.png", picture),
            with_part(prose, "word/media/image1.png", "x"),
            with_part(prose, "word/embeddings/oleObject1.bin", "x"),
            with_part(docx(spanned(plain(["规章", "1"], ["文件", "2"]))), "word/media/image1.png", picture),
        )
    ] == [["pictures_not_read"], [], ["files_inside"], []]


def with_part(data: bytes, name: str, content: str) -> bytes:
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()
