"""The text of OpenDocument, as a person sees it printed. Every golden is written from the markup by eye."""

from __future__ import annotations

import pytest

from pipeline.read import Grid, Paragraph, read_document
from pipeline.read.opendocument import pictures_of
from tests.documents.opendocument import TEXT, cell, common_styles, opendocument, table
from tests.documents.seen import shown, texts
from tests.documents.writing import zipped

LOOK = '<style:style style:name="{}" style:family="{}"><style:text-properties {}/></style:style>'
LOOKS = "".join(
    LOOK.format(name, family, properties)
    for name, family, properties in (
        ("h", "text", 'text:display="none"'),
        ("v", "text", 'text:display="true"'),
        ("up", "text", 'style:text-position="super 58%"'),
        ("low", "text", 'style:text-position="-33% 58%"'),
        ("even", "text", 'style:text-position="0% 100%"'),
        ("cut", "text", 'style:text-line-through-style="solid"'),
        ("H", "paragraph", 'text:display="none"'),
        ("C", "paragraph", 'style:text-line-through-type="single"'),
    )
)


def lines(body: str, *, styles: str = LOOKS, common: str = "") -> list[str]:
    """The paragraphs of a text without issues."""
    document = read_document(opendocument(body, styles=styles, beside=common_styles(common)))
    assert document.issues == ()
    return texts(document)


def one_line(content: str) -> str:
    (line,) = lines(f"<text:p>{content}</text:p>")
    return line


def span(style: str, text: str) -> str:
    return f'<text:span text:style-name="{style}">{text}</text:span>'


def test_hidden_text_is_not_read() -> None:
    assert one_line(f"1{span('h', '9')}2{span('h', '8' + span('v', '3'))}") == "123"
    hidden = f'<text:p text:style-name="H">9{span("v", "看")}</text:p><text:p text:style-name="H">9</text:p>'
    assert lines(hidden) == ["看"]
    field = '<text:hidden-text text:is-hidden="{}" text:string-value="5">5</text:hidden-text>'
    assert one_line("1" + field.format("true") + field.format("false")) == "15"
    whole = '<text:p>9<text:hidden-paragraph text:is-hidden="{}"/></text:p>'
    assert lines(whole.format("true") + whole.format("false").replace("9", "8")) == ["8"]
    section = "<text:section {}><text:p>{}</text:p></text:section>"
    told = (
        'text:display="none"',
        'text:display="condition" text:is-hidden="true"',
        'text:display="condition"',
    )
    assert lines("".join(section.format(one, number) for number, one in enumerate(told))) == ["2"]


def test_styles_pass_on_what_they_say() -> None:
    child = '<style:style style:name="b" style:family="text" style:parent-style-name="a"/>'
    common = LOOK.format("a", "text", 'text:display="none"')
    assert lines(f"<text:p>1{span('b', '9')}</text:p>", styles=child, common=common) == ["1"]
    assert lines(
        f"<text:p>1{span('a', '9')}</text:p>", styles=LOOK.format("a", "text", ""), common=common
    ) == ["19"]


def test_deleted_text_is_gone_and_inserted_text_is_there() -> None:
    region = '<text:changed-region text:id="{}"><text:{}>{}</text:{}></text:changed-region>'
    deleted = region.format("d", "deletion", "<office:change-info/><text:p>77</text:p>", "deletion")
    inserted = region.format("i", "insertion", "<office:change-info/>", "insertion")
    mark = "<text:change{}/>".format
    changed = f"<text:p>1{mark('')}{mark('-start')}2{mark('-end')}</text:p>"
    assert lines(f"<text:tracked-changes>{deleted}{inserted}</text:tracked-changes>{changed}") == ["12"]


def test_raised_and_struck_figures_stay_apart() -> None:
    assert one_line(f"12{span('up', '1')}") == "12^1"
    assert one_line(f"12{span('low', '1')}{span('even', '3')}") == "12_13"
    assert one_line(f"{span('cut', '1')}2") == "~1~2"
    assert lines('<text:p text:style-name="C">77</text:p>') == ["~77~"]
    note = "<text:note-citation>2</text:note-citation><text:note-body><text:p>3</text:p></text:note-body>"
    assert one_line(f"12<text:note>{note}</text:note>") == "12^注"


def test_blanks_breaks_comments_and_readings() -> None:
    assert one_line('甲<text:s text:c="3"/>\n   乙<text:tab/>丙<text:soft-page-break/>丁') == "甲 乙\t丙丁"
    assert one_line('1<text:s text:c="2000000000"/>2') == "1 2"
    assert lines("<text:p>甲<text:line-break/>乙</text:p>") == ["甲", "乙"]
    comment = "<office:annotation><text:p>9</text:p></office:annotation>"
    assert one_line(f"1{comment}2<office:annotation-end/>") == "12"
    ruby = "<text:ruby><text:ruby-base>字</text:ruby-base><text:ruby-text>zi</text:ruby-text></text:ruby>"
    assert one_line(f"{ruby}<text:a>链</text:a><text:bookmark/>") == "字链"
    assert one_line("\uf037件") == "\ufffd件"  # a 7 of one font, a picture of another


def test_what_fields_show_that_are_computed_anew_is_not_believed() -> None:
    assert one_line("<text:date>2月1日</text:date>") == "\ufffd"
    assert one_line('<text:date text:fixed="true">2月1日</text:date>') == "2月1日"
    assert one_line("<text:expression>12</text:expression>件") == "\ufffd件"
    assert one_line('<text:user-field-get text:display="none">9</text:user-field-get>5') == "5"
    assert one_line("<text:bookmark-ref>12</text:bookmark-ref>") == "12"


def test_a_drop_down_field_of_word_shows_what_is_chosen() -> None:
    parameter = '<field:param field:name="Dropdown_{}" field:value="{}"/>'
    entries = parameter.format("ListEntry", 7) + parameter.format("ListEntry", 12)
    field = '<field:fieldmark field:type="vnd.oasis.opendocument.field.FORMDROPDOWN">{}</field:fieldmark>件'
    for chosen, text in ((0, "7件"), (1, "12件"), (2, "\ufffd件")):
        assert one_line(field.format(entries + parameter.format("Selected", chosen))) == text


def test_a_figure_that_is_white_on_white_is_no_number() -> None:
    white = LOOK.format("w", "text", 'fo:color="#FFFFFF"')
    white += LOOK.format("k", "text", 'fo:color="#000000"')
    white += LOOK.format("d", "text", 'fo:color="#ffffff" fo:background-color="#1f4e79"')
    white += LOOK.format("auto", "text", 'fo:color="#ffffff" style:use-window-font-color="true"')
    white += (
        '<style:style style:name="blue" style:family="table-cell">'
        '<style:table-cell-properties fo:background-color="#1f4e79"/></style:style>'
    )
    for style, text, seen in (
        *(("w", "45", "\ufffd45"), ("w", "规章", "规章"), ("d", "45", "45"), ("auto", "45", "45")),
        ("w", span("k", "45"), "45"),
    ):
        assert lines(f"<text:p>{span(style, text)}</text:p>", styles=white) == [seen]
    row = [cell("规章"), cell(span("w", "6"), style="blue"), cell(span("w", "6"))]
    (grid,) = read_document(opendocument(table(row), styles=white)).blocks
    assert [text for text, *_ in shown(grid)] == ["规章", "6", "\ufffd6"]


def test_boxes_and_shapes_are_read_behind_the_paragraph_they_hang_on() -> None:
    box = "<draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    shape = (
        "<draw:g><draw:custom-shape><text:p>形</text:p><draw:enhanced-geometry/></draw:custom-shape></draw:g>"
    )
    unseen = span("h", box.format("9"))
    body = f"{box.format('页')}<text:p>外{box.format('内')}{shape}</text:p><text:p>{unseen}后</text:p>"
    assert lines(body) == ["页", "外", "内", "形", "后"]
    inside = table([cell("规章"), cell("1")]).replace("<table:", "<loext:").replace("</table:", "</loext:")
    document = read_document(
        opendocument(f"<text:p><draw:custom-shape>{inside}</draw:custom-shape></text:p>")
    )
    assert shown(document.blocks[0]) == [("规章", 1, 1, 1, 1), ("1", 1, 2, 1, 1)]


def test_what_is_no_text_in_a_cell_is_no_blank() -> None:
    picture = '<draw:frame><draw:image xlink:href="Pictures/a.png"/></draw:frame>'
    formula = '<draw:frame><draw:object xlink:href="./Object 1"/><draw:image xlink:href="a"/></draw:frame>'
    control = '<draw:control draw:control="c"/>'
    number = '<table:table-cell office:value-type="float" office:value="5"/>'
    rows = [[cell("规章"), cell(one)] for one in (picture, formula, control, "")] + [[cell("规章"), number]]
    (grid,) = read_document(opendocument(table(*rows))).blocks
    assert [text for text, _, column, *_ in shown(grid) if column == 2] == [
        "\ufffc",
        "\ufffd",
        "\ufffd",
        "",
        "\ufffd",
    ]


def test_the_pictures_of_a_text_are_found_by_the_names_it_shows_them_under() -> None:
    frame = '<draw:frame><draw:image xlink:href="{}"/><draw:image xlink:href="{}"/></draw:frame>'.format
    shown_pictures = frame("Pictures/a.svg", "./Pictures/b.gif") + frame(
        "http://x/c.png", "Pictures/none.png"
    )
    parts = {"Pictures/a.svg": "<svg/>" * 100, "Pictures/b.gif": "GIF89a" + "x" * 500}
    data = opendocument(f"<text:p>{shown_pictures}</text:p>", beside=parts)
    (picture,) = pictures_of(data)
    assert picture.endswith(b"x" * 500)
    twice = opendocument(
        "<text:p>1</text:p>", beside={"Object 1/content.xml": "<x/>", "Object 1/styles.xml": "<x/>"}
    )
    assert [issue.code for issue in read_document(twice).issues] == ["files_inside"]


LEVEL = '<text:list-level-style-number text:level="{}" style:num-format="{}" style:num-suffix="{}" {}/>'
LIST = (
    '<text:list-style style:name="L">'
    + LEVEL.format(1, "一, 二, 三, ...", "、", "")
    + LEVEL.format(2, "1", ".", 'text:display-levels="2" text:start-value="3"')
    + "</text:list-style>"
)


def listed(*items: str, more: str = "") -> str:
    inside = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    return f'<text:list text:style-name="L" {more}>{inside}</text:list>'


def test_numbers_of_lists_are_printed_and_never_run_into_figures() -> None:
    def read(body: str) -> list[str]:
        return lines(body, styles=LIST)

    paragraph = "<text:p>{}</text:p>".format
    inner = f"<text:list><text:list-item>{paragraph('乙')}{paragraph('续')}</text:list-item></text:list>"
    once = listed(paragraph("总体情况") + inner, paragraph(""), paragraph("主动公开"), more='xml:id="a"')
    assert read(once) == ["一、总体情况", "一.3.乙", "续", "二、主动公开"]
    goes_on = 'text:continue-numbering="true"'
    again = paragraph("中") + listed(paragraph("问题"), more=goes_on) + listed(paragraph("其他"))
    assert read(once + again)[4:] == ["中", "三、问题", "一、其他"]
    named = listed(paragraph("其他")) + listed(paragraph("问题"), more='text:continue-list="a"')
    assert read(once + named)[4:] == ["一、其他", "三、问题"]
    begun = listed(paragraph("五")).replace("<text:list-item>", '<text:list-item text:start-value="5">')
    assert read(begun) == ["五、\ufffd五"]
    rows = table([f"<table:table-cell>{listed(paragraph('1'))}</table:table-cell>", cell("6")])
    (grid,) = read_document(opendocument(rows, styles=LIST)).blocks
    assert [one[0] for one in shown(grid)] == ["一、\ufffd1", "6"]
    own = LIST.replace('text:level="1"', 'text:level="1" loext:num-list-format="（%1%）"')
    assert lines(listed(paragraph("甲")), styles="", common=own) == ["（一）甲"]


def test_headings_have_levels_and_the_numbers_of_the_outline() -> None:
    outline = LIST.replace('list-style style:name="L"', "outline-style").replace(
        "</text:list-style>", "</text:outline-style>"
    )
    heading = '<text:h text:outline-level="{}" {}>{}</text:h>'.format
    body = (
        heading(1, "", "总体情况")
        + heading(1, 'text:is-list-header="true"', "中")
        + heading(1, "", "主动公开")
    )
    document = read_document(opendocument(body, beside=common_styles(outline)))
    assert [(one.text, one.level) for one in document.blocks if isinstance(one, Paragraph)] == [
        *(("一、总体情况", 1), ("中", 1), ("二、主动公开", 1)),
    ]


def test_a_template_is_a_text_and_its_title_is_looked_for_in_the_text_first() -> None:
    meta = '<office:m xmlns:office="o" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>旧</dc:title></office:m>'
    body = "<text:p>某县甲局</text:p><text:p>2021年政府信息公开工作年度报告</text:p>"
    document = read_document(opendocument(body, beside={"meta.xml": meta}, kind=TEXT + "-template"))
    assert document.media_type == TEXT
    assert document.titles[0] == "某县甲局2021年政府信息公开工作年度报告"
    assert document.titles[-1] == "旧"


def code(data: bytes) -> str:
    document = read_document(data)
    assert document.blocks == ()
    (issue,) = document.issues
    return issue.code


def test_what_is_cut_off_locked_or_made_to_harm_is_refused() -> None:
    whole = opendocument("<text:p>1</text:p>")
    assert code(whole[:-40]) == "damaged_document"
    assert code(opendocument("")) == "empty_document"
    parts = {"mimetype": TEXT, "content.xml": "<x/>"}
    locked = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    assert code(zipped(parts | {"META-INF/manifest.xml": locked})) == "encrypted_document"
    assert code(zipped(parts | {"META-INF/manifest.xml": "<x/>"})) == "damaged_document"
    entity = '<!DOCTYPE x [<!ENTITY a "1">]><x>&a;</x>'
    assert code(zipped(parts | {"META-INF/manifest.xml": "", "content.xml": entity})) == "too_complex"
    deep = "<text:section>" * 200 + "<text:p>1</text:p>" + "</text:section>" * 200
    assert code(opendocument(deep)) == "too_complex"
    assert (
        code(opendocument("<text:p>" + "<text:span>" * 200 + "1" + "</text:span>" * 200 + "</text:p>"))
        == "too_complex"
    )


@pytest.mark.timeout(30)
def test_what_is_repeated_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    row = f'<table:table-row table:number-rows-repeated="{{}}">{cell("1")}{cell("")}</table:table-row>'
    assert code(opendocument(f"<table:table>{row.format(1_000_000)}</table:table>")) == "too_complex"
    monkeypatch.setattr("pipeline.read.opendocument.body._MOST_CELLS", 10_000)
    inner = row.format(1000)
    for _ in range(3):
        inner = row.format(1000).replace("<text:p>1</text:p>", f"<table:table>{inner}</table:table>")
    assert code(opendocument(f"<table:table>{inner}</table:table>")) == "too_complex"
    wide = cell("1").replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="1000000"')
    assert code(opendocument(table([wide]))) == "too_complex"
    empty = row.replace("1</text:p>", "</text:p>").format(1_000_000)
    columns = '<table:table-column table:number-columns-repeated="1000000000"/>'
    whole = table([cell("规章"), cell("1")]).replace("</table:table>", f"{columns}{empty}</table:table>")
    (grid,) = read_document(opendocument(whole)).blocks
    assert isinstance(grid, Grid)
    assert (grid.height, grid.width) == (2, 2)
